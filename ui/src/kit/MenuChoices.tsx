// Menu entries that choose: one of a few, or on and off; the menu stays open, so that several can be set.
import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import { useId, type ReactNode } from "react";

const LOOK = "flex gap-2 rounded-control px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover";
const ONE_LINE = `${LOOK} h-7 items-center max-wide:h-11`;

export interface MenuRadiosProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly { value: Value; label: string; keys?: string }[];
  /** The menu closes with the choice. */
  isLast?: boolean;
  onChange: (value: Value) => void;
}

export function MenuRadios<Value extends string>({ label, value, choices, isLast = false, onChange }: MenuRadiosProps<Value>) {
  return (
    <Base.RadioGroup value={value} onValueChange={(next: Value) => onChange(next)} aria-label={label}>
      {choices.map((choice) => (
        <Base.RadioItem key={choice.value} value={choice.value} closeOnClick={isLast} className={ONE_LINE}>
          <Mark>
            <Base.RadioItemIndicator>
              <Check size={14} strokeWidth={2} />
            </Base.RadioItemIndicator>
          </Mark>
          <span className="grow">{choice.label}</span>
          {choice.keys !== undefined && <Keys>{choice.keys}</Keys>}
        </Base.RadioItem>
      ))}
    </Base.RadioGroup>
  );
}

export interface MenuCheckProps {
  isOn: boolean;
  keys?: string;
  /** What it does, where the name does not say it all. */
  hint?: string;
  isDisabled?: boolean;
  onChange: (isOn: boolean) => void;
  children: ReactNode;
}

export function MenuCheck({ isOn, keys, hint, isDisabled = false, onChange, children }: MenuCheckProps) {
  const id = useId();
  return (
    <Base.CheckboxItem
      checked={isOn}
      disabled={isDisabled}
      onCheckedChange={onChange}
      closeOnClick={false}
      className={hint === undefined ? ONE_LINE : `${LOOK} max-w-70 py-1 max-wide:py-2.5`}
      {...(hint === undefined ? {} : { "aria-labelledby": id, "aria-describedby": `${id}-hint` })}
    >
      <Mark>
        <Base.CheckboxItemIndicator>
          <Check size={14} strokeWidth={2} />
        </Base.CheckboxItemIndicator>
      </Mark>
      <span className="min-w-0 grow">
        <span id={id} className="block">
          {children}
        </span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="block text-small text-ink-faint">
            {hint}
          </span>
        )}
      </span>
      {keys !== undefined && <Keys>{keys}</Keys>}
    </Base.CheckboxItem>
  );
}

/** A heading over a few entries. */
export function MenuHeading({ children }: { children: string }) {
  return (
    <div role="presentation" className="px-2 pt-1.5 pb-1 text-caption font-medium text-ink-faint">
      {children}
    </div>
  );
}

function Keys({ children }: { children: string }) {
  return <kbd className="pl-6 font-sans text-caption text-ink-faint max-wide:hidden">{children}</kbd>;
}

function Mark({ children }: { children: ReactNode }) {
  return <span className="grid h-5 w-4 shrink-0 place-items-center text-accent-ink">{children}</span>;
}
