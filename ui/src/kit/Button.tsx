// The button with words; a dangerous one says the verb and the object.
import type { ComponentProps, ReactNode } from "react";
import { classes } from "../lib/classes";

const LOOKS = {
  primary: "bg-accent text-on-solid hover:bg-accent-hover",
  danger: "bg-bad-solid text-on-solid hover:bg-bad-solid-hover",
  plain: "border border-line-strong bg-card text-ink hover:bg-hover active:bg-pressed",
  quiet: "text-ink-soft hover:bg-hover hover:text-ink active:bg-pressed",
} as const;

export interface ButtonProps extends ComponentProps<"button"> {
  look?: keyof typeof LOOKS;
  icon?: ReactNode;
  /** Shown as busy and not pressable; the words stay, so nothing jumps. */
  isBusy?: boolean;
}

/** The classes of a button, for elements that must be something else, such as a popover's trigger. */
export function buttonClasses(look: keyof typeof LOOKS = "plain"): string {
  return classes(
    "inline-flex h-7 items-center justify-center gap-1.5 rounded-control px-3 text-base font-medium whitespace-nowrap select-none",
    "transition-colors duration-120 disabled:opacity-55 max-wide:h-11 max-wide:px-4",
    LOOKS[look],
  );
}

export function Button({ look = "plain", icon, isBusy = false, className, children, disabled, type = "button", ...rest }: ButtonProps) {
  return (
    <button
      // oxlint-disable-next-line react/button-has-type -- the type is one of the three, "button" unless said otherwise
      type={type}
      className={classes(buttonClasses(look), className)}
      disabled={disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      {...rest}
    >
      {icon}
      {children}
    </button>
  );
}
