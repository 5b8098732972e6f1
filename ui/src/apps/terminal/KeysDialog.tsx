// Which keys do what, and which the browser keeps to itself where; with the way to have them all.
import { Maximize } from "lucide-react";
import { useRef } from "react";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { canLockKeys, isAppWindow } from "./fullScreen";
import { KEY_HELP } from "./keys";

export interface KeysDialogProps {
  isFullScreen: boolean;
  onFullScreen: () => void;
  onClose: () => void;
}

const ROW = "flex items-center gap-4 border-t border-line py-1.5 first:border-t-0";

export function KeysDialog({ isFullScreen, onFullScreen, onClose }: KeysDialogProps) {
  const done = useRef<HTMLButtonElement>(null);
  const hasAll = isAppWindow() || (isFullScreen && canLockKeys());
  return (
    <Dialog
      title="Keys in the terminal"
      lead="Every key that is not listed goes to the shell."
      width="wide"
      isText
      isOpen
      onClose={onClose}
      initialFocus={done}
      footer={
        <>
          {!isFullScreen && (
            <Button icon={<Maximize size={15} strokeWidth={1.75} />} onClick={onFullScreen}>
              {canLockKeys() ? "Full screen with all keys" : "Full screen"}
            </Button>
          )}
          <Button ref={done} look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <dl>
        {KEY_HELP.map(({ keys, instead, what }) => (
          <div key={keys} className={ROW}>
            <dt className="flex w-62 shrink-0 flex-wrap items-center gap-1.5 max-wide:w-36">
              {keys.split("  ").map((key) => (
                <Key key={key}>{key}</Key>
              ))}
              {instead !== undefined && (
                <>
                  <span className="text-small text-ink-faint">or</span>
                  <Key>{instead}</Key>
                </>
              )}
            </dt>
            <dd className="min-w-0">{what}</dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-4 mb-1 font-semibold">What the browser keeps to itself</h3>
      <dl>
        <div className={ROW}>
          <dt className="w-62 shrink-0 max-wide:w-36">In a tab of the browser</dt>
          <dd className="min-w-0 text-ink-soft">
            Ctrl+W, Ctrl+T, Ctrl+N, Ctrl+Tab, and these with Shift, never reach the page. The second key in the list above works instead.
          </dd>
        </div>
        <div className={ROW}>
          <dt className="w-62 shrink-0 max-wide:w-36">Installed, or in a window without tabs</dt>
          <dd className="min-w-0 text-ink-soft">All of them reach the page. Ctrl+T opens a tab here, Ctrl+PgUp and PgDn go through them; Ctrl+W and Ctrl+N go to the shell.</dd>
        </div>
        <div className={ROW}>
          <dt className="w-62 shrink-0 max-wide:w-36">In full screen</dt>
          <dd className="min-w-0 text-ink-soft">
            {canLockKeys() ? "All of them reach the shell. Hold Escape to leave." : "This browser keeps them in full screen as well."}
          </dd>
        </div>
        <div className={ROW}>
          <dt className="w-62 shrink-0 max-wide:w-36">Of the desktop, everywhere</dt>
          <dd className="min-w-0 text-ink-soft">F6 leaves the terminal for the taskbar; Ctrl+Alt with a letter or an arrow belongs to the windows. For F6 itself press Escape, then 6.</dd>
        </div>
      </dl>
      <p className="mt-3 text-small text-ink-faint">{hasAll ? "At the moment every key reaches the page." : "At the moment the page is in a tab of the browser."}</p>
    </Dialog>
  );
}

function Key({ children }: { children: string }) {
  return <kbd className="rounded-control border border-line-strong bg-sunken px-1.5 py-0.5 font-sans text-small whitespace-nowrap text-ink-soft">{children}</kbd>;
}
