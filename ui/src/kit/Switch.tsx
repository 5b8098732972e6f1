// A setting that is on or off: a native checkbox drawn as a switch, its name before it, and below that what it does.
import { useId, type ReactNode } from "react";
import { classes } from "../lib/classes";

export interface SwitchProps {
  label: ReactNode;
  /** What it does, where the name does not say it all. */
  hint?: ReactNode;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  className?: string;
}

export function Switch({ label, hint, isOn, onChange, className }: SwitchProps) {
  const id = useId();
  return (
    <label className={classes("flex items-start gap-3 select-none max-wide:min-h-11 max-wide:items-center", className)}>
      <span className="min-w-0 grow">
        <span id={id} className="block">
          {label}
        </span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="block text-small text-ink-faint">
            {hint}
          </span>
        )}
      </span>
      <span className="relative h-5 w-8.5 shrink-0 rounded-full has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink">
        <input
          type="checkbox"
          role="switch"
          aria-labelledby={id}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          checked={isOn}
          aria-checked={isOn}
          onChange={(event) => onChange(event.target.checked)}
          className="absolute inset-0 opacity-0"
        />
        <span
          aria-hidden="true"
          className={classes(
            "pointer-events-none absolute inset-0 rounded-full border transition-colors duration-120",
            isOn ? "border-transparent bg-accent" : "border-control-line bg-track",
          )}
        />
        <span
          aria-hidden="true"
          className={classes(
            "pointer-events-none absolute top-1 left-1 size-3 rounded-full transition-transform duration-120 ease-out",
            isOn ? "translate-x-3.5 bg-on-solid" : "bg-ink-faint",
          )}
        />
      </span>
    </label>
  );
}
