// A button of the taskbar: an icon with a mark below it that tells running from front.
import { useEffect, useRef, type ComponentProps, type ReactNode } from "react";
import { classes } from "../lib/classes";
import { Tooltip } from "../kit/Tooltip";

export interface TaskbarButtonProps extends Omit<ComponentProps<"button">, "children"> {
  label: string;
  icon: ReactNode;
  /** Whether the app has a window, and whether that is the front one. */
  running?: "no" | "yes" | "front";
  /** The colour of another server that it belongs to. */
  color?: string;
}

export function TaskbarButton({ label, icon, running = "no", color, className, ...rest }: TaskbarButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  // On a phone there may be more of them than there is room for.
  useEffect(() => {
    if (running === "front") button.current?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [running]);
  return (
    <Tooltip text={label} side="top">
      <button
        ref={button}
        type="button"
        aria-label={label}
        data-running={running}
        data-color={color}
        className={classes(
          "relative grid size-10 max-wide:scroll-mx-4 shrink-0 place-items-center rounded-control transition-colors duration-120 hover:bg-hover active:bg-pressed",
          "data-popup-open:bg-pressed max-wide:size-11",
          running === "front" && "bg-hover",
          color !== undefined && "bg-identity-ground",
          className,
        )}
        {...rest}
      >
        {icon}
        {running !== "no" && (
          <span
            className={classes(
              "absolute bottom-0.5 h-0.75 rounded-full transition-[width] duration-150 ease-out",
              running === "front" ? "w-4 bg-identity" : color === undefined ? "w-1.5 bg-ink-faint" : "w-1.5 bg-identity",
            )}
          />
        )}
      </button>
    </Tooltip>
  );
}
