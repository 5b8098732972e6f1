// One line of a form: label, input, and below it either the mistake or a hint, both read out with the input.
import { useId, type ComponentProps, type ReactNode } from "react";
import { classes } from "../lib/classes";

export interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value; null when it is fine. */
  mistake?: string | null;
  isMono?: boolean;
  /** Shows dots for what is typed without being a password. */
  isConcealed?: boolean;
}

export function Field({ label, hint, mistake = null, isMono = false, isConcealed = false, className, ...input }: FieldProps) {
  const id = useId();
  const hasNote = mistake !== null || hint !== undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-small font-medium text-ink-soft">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={mistake !== null || undefined}
        aria-describedby={hasNote ? `${id}-note` : undefined}
        className={classes(
          "h-8 w-full rounded-control border bg-card px-2.5 text-ink placeholder:text-ink-faint max-wide:h-11",
          "focus-visible:outline-offset-0",
          isMono && "font-mono text-mono",
          isConcealed && "concealed",
          mistake === null ? "border-control-line" : "border-bad",
        )}
        {...input}
      />
      {hasNote && (
        <p id={`${id}-note`} className={classes("mt-1 text-small", mistake === null ? "text-ink-faint" : "text-bad")}>
          {mistake ?? hint}
        </p>
      )}
    </div>
  );
}
