// A dialog whose content changes from step to step without opening anew; each step has its own buttons and says where the focus goes.
import { createContext, use, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";
import { createPortal } from "react-dom";
import { Dialog, type DialogProps } from "./Dialog";

const FooterSlot = createContext<HTMLElement | null>(null);

export interface StepDialogProps extends Omit<DialogProps, "footer" | "initialFocus"> {
  /** Whether the step that is shown has a `StepFooter`. */
  hasFooter: boolean;
}

export function StepDialog({ hasFooter, children, ...dialog }: StepDialogProps) {
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <Dialog
      {...dialog}
      {...(hasFooter ? { footer: <div ref={setSlot} className="flex min-w-0 grow flex-wrap justify-end gap-2 max-wide:*:grow" /> } : {})}
    >
      <FooterSlot value={slot}>{children}</FooterSlot>
    </Dialog>
  );
}

/** The buttons of a step, at the foot of the dialog. */
export function StepFooter({ children }: { children: ReactNode }) {
  const slot = use(FooterSlot);
  return slot === null ? null : createPortal(children, slot);
}

/** Gives the focus to a step's first control when the step appears. */
export function useStepFocus<Control extends HTMLElement>(): RefObject<Control | null> {
  const control = useRef<Control>(null);
  useLayoutEffect(() => {
    const take = () => control.current?.focus({ preventScroll: true });
    // At once, or the dialog would take the focus that was lost with the step before; and again, after a dialog that opens has given it to its first control.
    take();
    const frame = window.requestAnimationFrame(take);
    return () => window.cancelAnimationFrame(frame);
  }, []);
  return control;
}
