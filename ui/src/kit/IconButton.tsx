// The button without words: its label is its name for everyone, on hover as well.
import type { ComponentProps, ReactNode } from "react";
import { classes } from "../lib/classes";
import { Tooltip, type TooltipProps } from "./Tooltip";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children"> {
  label: string;
  icon: ReactNode;
  tooltipSide?: TooltipProps["side"];
}

export function IconButton({ label, icon, className, tooltipSide = "bottom", ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} side={tooltipSide}>
      <button
        type="button"
        aria-label={label}
        className={classes(
          "inline-flex size-7 shrink-0 items-center justify-center rounded-control text-ink-soft transition-colors duration-120",
          "hover:bg-hover hover:text-ink active:bg-pressed disabled:opacity-55 max-wide:size-11",
          className,
        )}
        {...rest}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
