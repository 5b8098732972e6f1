// A menu of commands at the pointer, by the secondary button, a long press or the menu key; its items are those of `Menu`.
import { ContextMenu as Base } from "@base-ui/react/context-menu";
import type { ReactElement, ReactNode } from "react";

export interface ContextMenuProps {
  children: ReactElement<Record<string, unknown>>;
  items: ReactNode;
  /** Where the focus goes when the menu closes. */
  finalFocus?: () => HTMLElement | null;
}

export function ContextMenu({ children, items, finalFocus }: ContextMenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal role="region" aria-label="Menu">
        <Base.Positioner collisionPadding={8} className="z-40">
          <Base.Popup
            finalFocus={() => {
              const element = finalFocus?.() ?? null;
              element?.focus({ preventScroll: true });
              return element === null;
            }}
            className="max-h-(--available-height) min-w-50 animate-appear overflow-y-auto rounded-card bg-popover p-1 text-ink shadow-popover outline-none"
          >
            {items}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
