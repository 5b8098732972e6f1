// How terminals look and behave, in every window; each change applies at once and is kept by the program.
import { useRef, useState } from "react";
import { asErrorBody } from "../../../api/client";
import { describeError } from "../../../api/errors";
import { changeTerminalPreferences, TERMINAL_START, usePreferences } from "../../../api/preferences";
import type { ErrorBody, TerminalPreferences } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Dialog } from "../../../kit/Dialog";
import { ErrorNotice } from "../../../kit/ErrorNotice";
import { AccessSection } from "./AccessSection";
import { BehaviourSection } from "./BehaviourSection";
import { ColourSection } from "./ColourSection";
import { CursorSection } from "./CursorSection";
import { TextSection } from "./TextSection";

export interface TerminalSettingsProps {
  open: boolean;
  onClose: () => void;
}

export function TerminalSettings({ open, onClose }: TerminalSettingsProps) {
  const preferences = usePreferences((all) => all.terminal);
  const done = useRef<HTMLButtonElement>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  /** What was chosen before everything went back to the defaults; null when that was not done. */
  const [before, setBefore] = useState<TerminalPreferences | null>(null);

  const change = async (changed: Partial<TerminalPreferences>) => {
    try {
      await changeTerminalPreferences(changed);
      setError(null);
    } catch (thrown) {
      setError(asErrorBody(thrown));
    }
  };
  const onChange = (changed: Partial<TerminalPreferences>) => {
    setBefore(null);
    void change(changed);
  };
  const toDefaults = () => {
    setBefore(preferences);
    // Imported schemes are possessions, not settings.
    void change({ ...TERMINAL_START, schemes: preferences.schemes });
  };
  const undo = () => {
    setBefore(null);
    if (before !== null) void change(before);
  };
  const close = () => {
    setBefore(null);
    onClose();
  };

  return (
    <Dialog
      title="Terminal settings"
      lead="They hold for the terminals of all servers, and apply at once."
      width="wide"
      isOpen={open}
      onClose={close}
      initialFocus={done}
      footer={
        <>
          {before === null ? (
            <Button look="quiet" className="mr-auto" onClick={toDefaults}>
              Back to defaults
            </Button>
          ) : (
            <div role="status" className="mr-auto flex items-center gap-3">
              <span className="text-ink-soft">Everything is back to its default.</span>
              <Button onClick={undo}>Undo</Button>
            </div>
          )}
          <Button ref={done} look="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      {error !== null && (
        // In sight wherever the change was made.
        <div className="sticky top-0 z-10 bg-popover pb-3">
          <ErrorNotice {...describeError(error)} title="The program could not keep this; it holds for this page only" isAlert />
        </div>
      )}
      <TextSection preferences={preferences} onChange={onChange} />
      <CursorSection preferences={preferences} onChange={onChange} />
      <ColourSection preferences={preferences} onChange={onChange} />
      <BehaviourSection preferences={preferences} onChange={onChange} />
      <AccessSection preferences={preferences} onChange={onChange} />
    </Dialog>
  );
}
