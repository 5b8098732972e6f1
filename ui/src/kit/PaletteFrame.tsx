// The frame of a palette: a modal panel near the top of the page that holds a search box and what it finds; Escape and a press outside close it.
import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";

export interface PaletteFrameProps {
  label: string;
  isOpen: boolean;
  onClose: () => void;
  initialFocus: RefObject<HTMLElement | null>;
  /** Where the focus goes when it closes; null leaves it where it is. */
  finalFocus: () => HTMLElement | null;
  children: ReactNode;
}

export function PaletteFrame({ label, isOpen, onClose, initialFocus, finalFocus, children }: PaletteFrameProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 animate-fade bg-backdrop" />
        <Base.Viewport className="fixed inset-0 z-30 flex items-start justify-center overflow-hidden p-4 pt-[12vh] max-wide:p-2 max-wide:pt-4">
          <Base.Popup
            aria-label={label}
            initialFocus={initialFocus}
            finalFocus={() => {
              const element = finalFocus();
              // The element itself, not the first control in it, once the palette is gone.
              if (element !== null) queueMicrotask(() => element.focus({ preventScroll: true }));
              return false;
            }}
            className="flex max-h-[min(560px,76vh)] w-full max-w-(--container-medium) animate-appear flex-col overflow-hidden rounded-window bg-popover text-ink shadow-window outline-none"
          >
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
