// A panel that hangs on a button; it takes the focus, closes with Escape or a click elsewhere, and gives the focus back.
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode, RefObject } from "react";
import { classes } from "../lib/classes";

export interface PopoverProps {
  /** The name of the panel for screen readers. */
  label: string;
  trigger: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  opensOnHover?: boolean;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Asked when the panel closes: false leaves the focus where it is. */
  returnsFocus?: () => boolean;
  className?: string;
  children: ReactNode;
}

export function Popover(props: PopoverProps) {
  const { label, trigger, side = "bottom", align = "center", isOpen, onOpenChange, className, children } = props;
  const control = isOpen === undefined ? {} : { open: isOpen };
  return (
    <Base.Root {...control} onOpenChange={(open) => onOpenChange?.(open)}>
      <Base.Trigger render={trigger} openOnHover={props.opensOnHover ?? false} delay={200} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={8} collisionPadding={8} className="z-40 max-w-full">
          <Base.Popup
            aria-label={label}
            {...(props.initialFocus === undefined ? {} : { initialFocus: props.initialFocus })}
            finalFocus={() => props.returnsFocus?.() ?? true}
            className={classes("animate-appear rounded-window bg-popover text-ink shadow-popover outline-none", className)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
