// A short name or explanation on hover and focus; never the only place where something is said.
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";

export interface TooltipProps {
  text: ReactNode;
  children: ReactElement<Record<string, unknown>>;
  side?: "top" | "bottom" | "left" | "right";
}

export function Tooltip({ text, children, side = "bottom" }: TooltipProps) {
  return (
    // Escape closes what the tooltip lies on as well: it is not a step of its own.
    <Base.Root onOpenChange={(_isOpen, { reason, allowPropagation }) => reason === "escape-key" && allowPropagation()}>
      <Base.Trigger render={children} delay={450} />
      <Base.Portal role="region" aria-label="Hint">
        <Base.Positioner side={side} sideOffset={6} className="z-50">
          <Base.Popup className="animate-fade rounded-control bg-tooltip px-2 py-1 text-small text-on-tooltip shadow-popover">
            {text}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
