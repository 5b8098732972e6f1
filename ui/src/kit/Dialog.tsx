// The modal dialog: takes the focus, keeps it, closes with Escape and gives it back.
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { classes } from "../lib/classes";
import { IconButton } from "./IconButton";

const WIDTHS = {
  narrow: "max-w-[480px] max-wide:max-w-none",
  medium: "max-w-[600px] max-wide:max-w-none",
  wide: "max-w-[760px] max-wide:max-w-none",
  /** For two things side by side. */
  double: "max-w-[1120px] max-wide:max-w-none",
} as const;

export interface DialogProps {
  title: string;
  /** A line under the title. */
  lead?: ReactNode;
  /** Marks the dialog as a warning, with a red bar beside the title. */
  tone?: "plain" | "danger";
  width?: keyof typeof WIDTHS;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** The content is text alone, with nothing in it that takes the focus: it takes the focus itself, so that the keys can scroll it. */
  isText?: boolean;
  footer?: ReactNode;
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where the focus goes when the dialog closes; left out or null: to where it was before. */
  finalFocus?: () => HTMLElement | null;
  /** False where leaving by accident costs something: only Escape and the buttons close. */
  closesOutside?: boolean;
}

export function Dialog({
  title,
  lead,
  tone = "plain",
  width = "narrow",
  isOpen,
  onClose,
  children,
  isText = false,
  footer,
  initialFocus,
  finalFocus,
  closesOutside = true,
}: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()} disablePointerDismissal={!closesOutside}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 animate-fade bg-backdrop" />
        <Base.Viewport className="fixed inset-0 z-30 grid place-items-center overflow-hidden p-4 max-wide:items-end max-wide:p-0 max-wide:pt-6">
          <Base.Popup
            initialFocus={initialFocus}
            finalFocus={() => !movesFocus(finalFocus?.() ?? null)}
            className={classes(
              "flex max-h-full w-full animate-appear flex-col overflow-hidden rounded-window bg-popover text-ink shadow-window outline-none",
              "max-wide:rounded-b-none",
              WIDTHS[width],
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-3">
              {tone === "danger" && <span className="mt-0.5 h-5 w-1 shrink-0 rounded-full bg-bad-solid" />}
              <div className="min-w-0 grow">
                <Base.Title className="text-title font-semibold [overflow-wrap:anywhere] whitespace-pre-wrap">{title}</Base.Title>
                {lead !== undefined && <Base.Description render={<div />} className="mt-0.5 text-ink-soft">{lead}</Base.Description>}
              </div>
              <Base.Close render={<IconButton label="Close" icon={<X size={16} strokeWidth={1.75} />} className="-mt-1 -mr-2 max-wide:-my-3" />} />
            </header>
            <div
              {...(isText ? { role: "group", "aria-label": title, tabIndex: 0 } : {})}
              className="min-h-0 grow overflow-y-auto px-5 pb-5 focus-visible:-outline-offset-2"
            >
              {children}
            </div>
            {footer !== undefined && (
              <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-window px-5 py-3 max-wide:pb-[calc(12px+env(safe-area-inset-bottom))] max-wide:*:grow">{footer}</footer>
            )}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** Base UI would give the focus to the first control inside the element, so the element takes it here, after the dialog is gone. */
function movesFocus(element: HTMLElement | null): boolean {
  if (element === null) return false;
  queueMicrotask(() => element.focus({ preventScroll: true }));
  return true;
}
