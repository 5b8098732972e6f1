// A menu of commands under a button: arrow keys, type-ahead and Escape work.
import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode, RefObject } from "react";
import { classes } from "../lib/classes";

export interface MenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom";
  align?: "start" | "center" | "end";
  /** Where the focus goes when the menu closes; else to its button. */
  finalFocus?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

export function Menu({ trigger, side = "bottom", align = "start", finalFocus, children }: MenuProps) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      {/* A landmark of its own: it hangs at the end of the page, outside all others. */}
      <Base.Portal role="region" aria-label="Menu">
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className="z-40">
          <Base.Popup {...(finalFocus === undefined ? {} : { finalFocus })} className="max-h-(--available-height) min-w-45 animate-appear overflow-y-auto rounded-card bg-popover p-1 text-ink shadow-popover outline-none">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

export interface MenuItemProps {
  icon?: ReactNode;
  /** The keys that do the same, shown at the right. */
  keys?: string;
  isDanger?: boolean;
  isDisabled?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon, keys, isDanger = false, isDisabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Base.Item
      onClick={onSelect}
      disabled={isDisabled}
      className={classes(
        "flex h-7 items-center gap-2 rounded-control px-2 outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover max-wide:h-11",
        isDanger && "text-bad",
      )}
    >
      <span className="grid size-4 place-items-center text-ink-faint">{icon}</span>
      <span className="grow">{children}</span>
      {keys !== undefined && <kbd className="pl-6 font-sans text-caption text-ink-faint max-wide:hidden">{keys}</kbd>}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="mx-2 my-1 h-px bg-line" />;
}
