// The first step of an import: a file, dropped or chosen, or text that was pasted; and what it is, where that shall not be guessed.
import { FileUp } from "lucide-react";
import { useRef, useState, type DragEvent } from "react";
import type { ImportSource } from "../../../api/serverManager";
import type { ImportFormat } from "../../../api/types";
import { Button, buttonClasses } from "../../../kit/Button";
import { Labelled } from "../../../kit/Labelled";
import { StepFooter, useStepFocus } from "../../../kit/StepDialog";
import { TextArea } from "../../../kit/TextArea";
import { classes } from "../../../lib/classes";
import { asBase64 } from "./base64";
import { FORMAT_WORDS, FORMATS } from "./formats";

const MOST_BYTES = 1 << 20;

export interface ChooseStepProps {
  isBusy: boolean;
  onCancel: () => void;
  onRead: (source: ImportSource) => void;
}

export function ChooseStep({ isBusy, onCancel, onRead }: ChooseStepProps) {
  const [format, setFormat] = useState<ImportFormat | "">("");
  const [text, setText] = useState("");
  const [isOver, setIsOver] = useState(false);
  const [mistake, setMistake] = useState<string | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const select = useStepFocus<HTMLSelectElement>();
  const chosen = format === "" ? null : format;

  const read = async (picked: File | undefined) => {
    if (picked === undefined) return;
    if (picked.size > MOST_BYTES) {
      setMistake(`${picked.name} is larger than 1 MB. A list of servers is not.`);
      return;
    }
    setMistake(null);
    try {
      onRead({ format: chosen, base64: asBase64(new Uint8Array(await picked.arrayBuffer())), fileName: picked.name });
    } catch {
      setMistake(`${picked.name} could not be read.`);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <div className="flex flex-col gap-4">
      <Labelled label="What it is" hint={chosen === null ? "Told by what is in it." : FORMAT_WORDS[chosen].hint}>
        {({ border, ...control }) => (
          <select
            {...control}
            ref={select}
            value={format}
            onChange={(event) => setFormat(FORMATS.find((each) => each === event.target.value) ?? "")}
            className={`h-8 w-full rounded-control border bg-card px-2 text-ink max-wide:h-11 ${border}`}
          >
            <option value="">Found out by itself</option>
            {FORMATS.map((each) => (
              <option key={each} value={each}>
                {FORMAT_WORDS[each].name}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <div
        role="group"
        aria-label="File"
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={onDrop}
        className={classes("flex flex-col items-center gap-2 rounded-card border border-dashed px-4 py-6 text-center text-ink-soft", isOver ? "border-accent-ink bg-accent-ground" : "border-line-strong bg-card")}
      >
        <FileUp size={24} strokeWidth={1.5} className="text-ink-faint" aria-hidden="true" />
        <p>
          Drop a file here, or{" "}
          <button type="button" onClick={() => file.current?.click()} className={classes(buttonClasses(), "ml-1")}>
            Choose a file
          </button>
        </p>
        <input
          ref={file}
          type="file"
          aria-label="File to import"
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        {mistake !== null && (
          <p role="alert" className="text-small text-bad">
            {mistake}
          </p>
        )}
      </div>
      <TextArea label="Or paste the text" isMono rows={6} spellCheck={false} value={text} maxLength={MOST_BYTES} onChange={(event) => setText(event.target.value)} />
      <StepFooter>
        <Button onClick={onCancel}>Cancel</Button>
        <Button look="primary" isBusy={isBusy} disabled={text.trim() === ""} onClick={() => onRead({ format: chosen, text })}>
          Show what is in it
        </Button>
      </StepFooter>
    </div>
  );
}
