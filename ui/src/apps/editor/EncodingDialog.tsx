// The encoding of a file: how its bytes are read, or how they are written the next time.
import { useState } from "react";
import { ChoiceGroup } from "../../kit/ChoiceGroup";
import { Dialog } from "../../kit/Dialog";
import type { Encoding } from "../../lib/textEncoding";
import type { OpenFile } from "./documents";
import { readAs } from "./opening";

export interface EncodingDialogProps {
  file: OpenFile;
  choices: readonly { value: Encoding; label: string }[];
  onSaveAs: (encoding: Encoding) => void;
  onDone: () => void;
  onClose: () => void;
  finalFocus: () => HTMLElement | null;
}

export function EncodingDialog({ file, choices, onSaveAs, onDone, onClose, finalFocus }: EncodingDialogProps) {
  const [use, setUse] = useState<"save" | "read">("save");
  const [mistake, setMistake] = useState<string | null>(null);
  const isBlocked = use === "read" && file.isDirty;
  const pick = async ({ value, label }: { value: Encoding; label: string }) => {
    if (use === "save") onSaveAs(value);
    else if (await readAs(file.id, value)) onDone();
    else setMistake(`These bytes are not valid ${label}.`);
  };
  return (
    <Dialog title="Encoding" isOpen onClose={onClose} finalFocus={finalFocus}>
      <ChoiceGroup
        legend="The file is to be"
        choices={[
          { value: "save", label: "Saved as" },
          { value: "read", label: "Read again as" },
        ]}
        value={use}
        onChange={(value) => {
          setUse(value);
          setMistake(null);
        }}
      />
      <div className="mt-3 grid grid-cols-2 gap-1 max-wide:grid-cols-1">
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            disabled={isBlocked}
            aria-pressed={choice.value === file.encoding}
            onClick={() => void pick(choice)}
            className={`flex h-8 items-center justify-between gap-2 rounded-control border px-2.5 text-left disabled:opacity-55 max-wide:h-11 ${
              choice.value === file.encoding ? "border-accent-ink bg-accent-ground font-medium" : "border-line hover:bg-hover"
            }`}
          >
            {choice.label}
            {choice.value === file.encoding && <span className="text-small text-ink-soft">now</span>}
          </button>
        ))}
      </div>
      <p role="status" className={`mt-2 min-h-4 text-small ${mistake === null ? "text-ink-faint" : "text-bad"}`}>
        {mistake ?? (isBlocked ? "Save or undo the changes first." : use === "save" ? "The text stays as it is; its bytes change when it is saved." : "For text that looks garbled.")}
      </p>
    </Dialog>
  );
}
