// The bytes of any file, of any size: sixteen a row with their place and their characters; only what is in sight is fetched.
import { FileQuestion } from "lucide-react";
import { useState, type FormEvent } from "react";
import { describeError } from "../../api/errors";
import type { FileChunks } from "../../api/fileChunks";
import { useFileChunks } from "../../api/useFileChunks";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { RowWindow } from "../../kit/RowWindow";
import { PartSkeleton } from "./Part";
import type { ViewProps } from "./view";

const ROW = 20;
const IN_ROW = 16;
const IN_ROW_PHONE = 8;
const HEAD = 26;

export function HexView({ server, path, version, isPhone }: ViewProps & { isPhone: boolean }) {
  const chunks = useFileChunks(server, path, version);
  const [typed, setTyped] = useState("");
  const [mistake, setMistake] = useState(false);
  const [target, setTarget] = useState({ row: 0, request: 0 });
  const inRow = isPhone ? IN_ROW_PHONE : IN_ROW;
  const size = chunks?.sizeBytes ?? null;

  if (chunks === null || size === null) {
    return chunks !== null && chunks.error !== null ? <ChunkError chunks={chunks} /> : <PartSkeleton />;
  }
  if (size === 0) return <CentrePanel icon={FileQuestion} title="The file is empty" />;
  const digits = Math.max(8, (size - 1).toString(16).length);
  const go = (event: FormEvent) => {
    event.preventDefault();
    const at = placeOf(typed, size);
    setMistake(at === null);
    if (at !== null) setTarget((now) => ({ row: Math.floor(at / inRow), request: now.request + 1 }));
  };

  return (
    <div className="flex h-full flex-col">
      <form onSubmit={go} className="flex shrink-0 items-center gap-2 border-b border-line bg-window px-3 py-1.5">
        <input
          aria-label="Go to a byte, or a share of the file"
          aria-invalid={mistake || undefined}
          placeholder="0x1000, 4096 or 50 %"
          value={typed}
          autoComplete="off"
          spellCheck={false}
          onChange={({ target: { value } }) => {
            setTyped(value);
            setMistake(false);
          }}
          className={`h-7 w-52 min-w-0 rounded-control border bg-card px-2 font-mono text-mono placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11 ${mistake ? "border-bad" : "border-control-line"}`}
        />
        <Button type="submit">Go</Button>
        {mistake && <span role="alert" className="text-small text-bad">No such place.</span>}
      </form>
      <ChunkError chunks={chunks} />
      <div className="min-h-0 grow">
        <RowWindow
          label="Bytes"
          rowCount={Math.ceil(size / inRow)}
          rowHeight={ROW}
          headerHeight={HEAD}
          target={target}
          className="bg-card font-mono text-mono [font-variant-ligatures:none]"
          header={
            <div aria-hidden="true" className="flex h-6.5 items-center border-b border-line bg-card px-3 whitespace-pre text-ink-faint">
              <span>{"Offset".padEnd(digits + 2)}</span>
              <span>{Array.from({ length: inRow }, (_, index) => hex(index, 2) + gap(index)).join("")}</span>
              <span className="pl-2">Text</span>
            </div>
          }
          renderRow={(index) => <HexRow key={index} offset={index * inRow} digits={digits} inRow={inRow} bytes={chunks.bytes(index * inRow, Math.min(size, (index + 1) * inRow))} />}
        />
      </div>
    </div>
  );
}

function ChunkError({ chunks }: { chunks: FileChunks }) {
  if (chunks.error === null) return null;
  return (
    <div className="shrink-0 p-2">
      <ErrorNotice {...describeError(chunks.error)} isAlert>
        <Button
          onClick={() => {
            chunks.retry();
            chunks.get(0);
          }}
        >
          Try again
        </Button>
      </ErrorNotice>
    </div>
  );
}

function HexRow({ offset, digits, inRow, bytes }: { offset: number; digits: number; inRow: number; bytes: Uint8Array | null }) {
  const places = Array.from({ length: inRow }, (_, index) => index);
  return (
    <div className="flex h-5 items-center px-3 whitespace-pre hover:bg-hover">
      <span className="text-ink-faint">{hex(offset, digits)}  </span>
      {bytes === null ? (
        <span className="text-ink-faint">…</span>
      ) : (
        <>
          <span>{places.map((index) => (index < bytes.length ? hex(bytes[index] ?? 0, 2) : "  ") + gap(index)).join("")}</span>
          <span className="border-l border-line pl-2 text-ink-soft">{[...bytes].map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : "·")).join("")}</span>
        </>
      )}
    </div>
  );
}

/** A wider gap after each eight. */
function gap(index: number): string {
  return index % 8 === 7 ? "  " : " ";
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

function placeOf(typed: string, size: number): number | null {
  const text = typed.trim().replace(",", ".");
  const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  const at = share !== undefined ? Math.floor((Math.min(100, Number(share)) / 100) * (size - 1)) : /^(\d+|0x[\da-f]+)$/i.test(text) ? Number(text) : null;
  return at === null || at >= size ? null : at;
}
