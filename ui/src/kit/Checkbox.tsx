// A box that is on, off or, where it stands for several that differ, neither.
import { Check, Minus } from "lucide-react";
import { useEffect, useRef, type ReactNode } from "react";
import { classes } from "../lib/classes";

export interface CheckboxProps {
  /** Null: neither. */
  isOn: boolean | null;
  onChange: (isOn: boolean) => void;
  /** The name where there is no text beside it. */
  label?: string;
  isDisabled?: boolean;
  className?: string;
  children?: ReactNode;
}

export function Checkbox({ isOn, onChange, label, isDisabled = false, className, children }: CheckboxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current !== null) box.current.indeterminate = isOn === null;
  }, [isOn]);
  const Glyph = isOn === null ? Minus : Check;
  return (
    <label className={classes("inline-flex items-center gap-2 select-none max-wide:min-h-11", className)}>
      <span className="relative grid size-4 shrink-0 place-items-center">
        <input
          ref={box}
          type="checkbox"
          aria-label={label}
          checked={isOn === true}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.checked)}
          className="absolute inset-0 appearance-none rounded-[4px] border border-control-line bg-card transition-colors duration-120 checked:border-transparent checked:bg-accent indeterminate:border-transparent indeterminate:bg-accent disabled:opacity-55"
        />
        {isOn !== false && <Glyph size={12} strokeWidth={3} className="pointer-events-none relative text-on-solid" aria-hidden="true" />}
      </span>
      {children}
    </label>
  );
}
