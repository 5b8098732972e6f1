// Takes over colour schemes from files of other terminals; what was found, or why nothing was, is said in place.
import { FileInput } from "lucide-react";
import { useRef, useState } from "react";
import type { TerminalPreferences } from "../../../api/types";
import { Button } from "../../../kit/Button";
import { Notice } from "../../../kit/Notice";
import { plural } from "../../../lib/numbers";
import { visibleText } from "../../../lib/visibleText";
import { importSchemes, LARGEST_BYTES, withImported, type SchemeColors } from "../schemes/importScheme";

export interface ImportSchemesProps {
  kept: TerminalPreferences["schemes"];
  onImport: (change: Partial<TerminalPreferences>) => void;
}

interface Result {
  tone: "good" | "bad";
  title: string;
  detail: string;
}

export function ImportSchemes({ kept, onImport }: ImportSchemesProps) {
  const input = useRef<HTMLInputElement>(null);
  const [result, setResult] = useState<Result | null>(null);

  const take = async (file: File) => {
    const text = file.size > LARGEST_BYTES ? " ".repeat(LARGEST_BYTES + 1) : await file.text();
    const found = importSchemes(text, file.name);
    const all = found.schemes === null ? found : withImported(kept, found.schemes);
    if (found.schemes === null || all.schemes === null) {
      setResult({ tone: "bad", title: `${visibleText(file.name, 80)} was not imported`, detail: all.mistake ?? "" });
      return;
    }
    const names = new Set(found.schemes.map(({ name }) => name));
    const first = all.schemes.find(({ name }) => names.has(name));
    // A single one is what the user wants to see; of several, the user chooses.
    onImport({ schemes: all.schemes.map(asKept), ...(names.size === 1 && first !== undefined ? { scheme: first.id } : {}) });
    setResult({ tone: "good", title: `${plural(names.size, "scheme")} imported`, detail: visibleText([...names].join(", "), 200) });
  };
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Button icon={<FileInput size={15} strokeWidth={1.75} />} onClick={() => input.current?.click()}>
          Import scheme
        </Button>
        <p className="text-small text-ink-faint">From iTerm2 (.itermcolors) or Windows Terminal (.json).</p>
      </div>
      <input
        ref={input}
        type="file"
        accept=".itermcolors,.json,.jsonc,application/json"
        hidden
        aria-label="File with colour schemes"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) void take(file).catch(() => setResult({ tone: "bad", title: "The file could not be read", detail: "" }));
          event.target.value = "";
        }}
      />
      <div role="status">
        {result !== null && (
          <Notice tone={result.tone} title={result.title}>
            {result.detail !== "" && <p>{result.detail}</p>}
          </Notice>
        )}
      </div>
    </div>
  );
}

function asKept(scheme: SchemeColors): TerminalPreferences["schemes"][number] {
  return { ...scheme, ansi: [...scheme.ansi] };
}
