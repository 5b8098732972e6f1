// Shows several lines before they are pasted, as a shell may run each of them at once; they can be changed here.
import { useRef, useState } from "react";
import { Button } from "../../kit/Button";
import { Dialog } from "../../kit/Dialog";
import { cleanPaste } from "./paste";

export interface PasteDialogProps {
  /** Already cleaned. */
  text: string;
  /** How many terminals get it. */
  receivers: number;
  onPaste: (text: string) => void;
  onClose: () => void;
}

const LONGEST_SHOWN = 100_000;

export function PasteDialog({ text: given, receivers, onPaste, onClose }: PasteDialogProps) {
  const isShown = given.length <= LONGEST_SHOWN;
  const [text, setText] = useState(isShown ? given : given.slice(0, LONGEST_SHOWN));
  const button = useRef<HTMLButtonElement>(null);
  const sent = isShown ? text : given;
  const lines = sent.replace(/\n$/, "").split("\n").length;
  const object = lines === 1 ? "1 line" : `${lines} lines`;
  const paste = () => {
    onPaste(cleanPaste(sent));
    onClose();
  };
  return (
    <Dialog
      title={`Paste ${object}${receivers > 1 ? ` into ${receivers} terminals` : ""}?`}
      lead="The shell may run each line as soon as it arrives."
      width="wide"
      isOpen
      onClose={onClose}
      initialFocus={button}
      footer={
        <>
          {sent.endsWith("\n") && isShown && <Button onClick={() => setText(text.replace(/\n+$/, ""))}>Remove the last line end</Button>}
          <Button onClick={onClose}>Cancel</Button>
          <Button ref={button} look="primary" onClick={paste}>
            Paste {object}
          </Button>
        </>
      }
    >
      <textarea
        aria-label="Text to paste"
        value={text}
        readOnly={!isShown}
        onChange={({ target }) => setText(target.value)}
        rows={Math.min(16, Math.max(4, lines + 1))}
        spellCheck={false}
        className="block w-full resize-y rounded-control border border-control-line bg-sunken px-2.5 py-2 font-mono text-mono whitespace-pre text-ink"
      />
      {!isShown && <p className="mt-1 text-small text-ink-faint">Only the beginning is shown; all of it is pasted.</p>}
    </Dialog>
  );
}
