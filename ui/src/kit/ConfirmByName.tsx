// Asks for a name to be typed, or pasted, before something that cannot be undone; until it is that name, Enter does nothing.
import { Check } from "lucide-react";
import type { RefObject } from "react";
import { Field } from "./Field";

export interface ConfirmByNameProps {
  /** What is to be typed. */
  name: string;
  /** What the name is, such as "the server's name". */
  what: string;
  typed: string;
  onType: (typed: string) => void;
  /** Enter, once the name is there. */
  onConfirm: () => void;
  field?: RefObject<HTMLInputElement | null>;
}

/** Whether that is the name; blanks around it do not count. */
export function isNamed(typed: string, name: string): boolean {
  return typed.trim() === name;
}

export function ConfirmByName({ name, what, typed, onType, onConfirm, field }: ConfirmByNameProps) {
  const isIt = isNamed(typed, name);
  return (
    <form
      noValidate
      className="mt-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isIt) onConfirm();
      }}
    >
      <Field
        {...(field === undefined ? {} : { ref: field })}
        label={
          <>
            Type {what}, <bdi className="font-mono text-mono text-ink select-text">{name}</bdi>, to go on
          </>
        }
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={typed}
        onChange={(event) => onType(event.target.value)}
      />
      <p role="status" className="mt-1 flex h-5 items-center gap-1 text-small text-good">
        {isIt && (
          <>
            <Check size={14} strokeWidth={2} aria-hidden="true" />
            That is it.
          </>
        )}
      </p>
    </form>
  );
}
