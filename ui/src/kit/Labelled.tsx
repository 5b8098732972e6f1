// The frame of a form's line: label above the control, and below it either the mistake or a hint, both read out with the control.
import { useId, type ReactNode } from "react";
import { classes } from "../lib/classes";

export interface LabelledProps {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong with the value; null when it is fine. */
  mistake?: string | null | undefined;
  className?: string | undefined;
}

/** What the control takes over, and the colour of its border. */
export interface ControlProps {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
  border: string;
}

export function Labelled({ label, hint, mistake = null, className, children }: LabelledProps & { children: (control: ControlProps) => ReactNode }) {
  const id = useId();
  const hasNote = mistake !== null || hint !== undefined;
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-small font-medium text-ink-soft">
        {label}
      </label>
      {children({
        id,
        "aria-invalid": mistake !== null || undefined,
        "aria-describedby": hasNote ? `${id}-note` : undefined,
        border: mistake === null ? "border-control-line" : "border-bad",
      })}
      {hasNote && (
        <p id={`${id}-note`} className={classes("mt-1 text-small", mistake === null ? "text-ink-faint" : "text-bad")}>
          {mistake ?? hint}
        </p>
      )}
    </div>
  );
}
