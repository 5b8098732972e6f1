// A look at what is selected, beside the items: a picture, the start of a text, or what there is to say about it.
import { X } from "lucide-react";
import { useEffect, useState, type ReactNode } from "react";
import { asErrorBody } from "../../api/client";
import { contentUrl, readHead } from "../../api/files";
import { isFolder, kindOf, sizeOf, type FileItem } from "../../api/folderItems";
import { FileIcon } from "../../kit/FileIcon";
import { IconButton } from "../../kit/IconButton";
import { later } from "../../kit/later";
import { Skeleton } from "../../kit/Skeleton";
import { formatBytes } from "../../lib/bytes";
import { familyOf } from "../../lib/fileFamily";
import { formatMode } from "../../lib/fileMode";
import { visibleLines, visibleText } from "../../lib/visibleText";
import { changeSettings } from "./settings";
import type { PaneModel } from "./usePane";
import { exactMoment, iconOf, itemsWord, typeWord } from "./words";

const PdfPreview = later(async () => (await import("./PdfPreview")).PdfPreview);

const HEAD_BYTES = 64 * 1024;
const WAIT_MS = 120;

export function Preview({ server, pane }: { server: string; pane: PaneModel }) {
  const [item] = pane.selected;
  return (
    <aside aria-label="Preview" className="flex w-72 shrink-0 flex-col border-l border-line bg-window">
      <header className="flex h-8 shrink-0 items-center justify-between border-b border-line pr-1 pl-3">
        <h3 className="font-medium text-ink-soft">Preview</h3>
        <IconButton label="Close the preview" icon={<X size={14} strokeWidth={1.75} />} onClick={() => changeSettings({ hasPreview: false })} className="wide:size-6" />
      </header>
      {item === undefined || pane.selected.length > 1 ? (
        <p className="m-auto p-6 text-center text-ink-faint">
          {item === undefined ? "Select an item to see it here." : `${itemsWord(pane.selected.length)} selected, ${formatBytes(pane.selectedBytes)} in files`}
        </p>
      ) : (
        <OneItem key={`${item.path}\0${item.modifiedAt ?? 0}`} server={server} item={item} />
      )}
    </aside>
  );
}

function OneItem({ server, item }: { server: string; item: FileItem }) {
  const sizeBytes = sizeOf(item);
  const isReadable = kindOf(item) === "file";
  const family = familyOf(item.name);
  const body: ReactNode = !isReadable ? (
    <Large item={item} />
  ) : family === "image" ? (
    <Picture server={server} item={item} />
  ) : family === "pdf" && sizeBytes !== null && sizeBytes > 0 ? (
    <Pdf server={server} item={item} sizeBytes={sizeBytes} />
  ) : (
    <Text server={server} item={item} />
  );
  const facts: { name: string; text: string }[] = [{ name: "Kind", text: typeWord(item) }];
  if (!isFolder(item)) facts.push({ name: "Size", text: formatBytes(sizeBytes) });
  facts.push({ name: "Modified", text: exactMoment(item.modifiedAt) }, { name: "Permissions", text: formatMode(item.mode) });
  if (item.link !== null) facts.push({ name: "Leads to", text: visibleText(item.link.target ?? "not readable", 300) });
  return (
    <div className="flex min-h-0 grow flex-col">
      <div className="flex min-h-0 grow flex-col overflow-hidden border-b border-line bg-sunken">{body}</div>
      <div className="shrink-0 p-3">
        <p className="font-semibold [overflow-wrap:anywhere]">
          <bdi>{visibleText(item.name, 300)}</bdi>
        </p>
        <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-small">
          {facts.map(({ name, text }) => (
            <div key={name} className="contents">
              <dt className="text-ink-faint">{name}</dt>
              <dd className="figures [overflow-wrap:anywhere] text-ink-soft">{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}

function Large({ item, note }: { item: FileItem; note?: string }) {
  return (
    <div className="m-auto flex flex-col items-center gap-2 p-4 text-center">
      <FileIcon {...iconOf(item)} size={96} />
      {note !== undefined && <p className="text-small text-ink-faint">{note}</p>}
    </div>
  );
}

function Picture({ server, item }: { server: string; item: FileItem }) {
  const [isBad, setIsBad] = useState(false);
  if (isBad) return <Large item={item} note="The browser cannot show this picture." />;
  return <img src={contentUrl(server, item.path)} alt={`Preview of ${visibleText(item.name, 100)}`} onError={() => setIsBad(true)} className="m-auto max-h-full max-w-full object-contain p-3" />;
}

function Pdf({ server, item, sizeBytes }: { server: string; item: FileItem; sizeBytes: number }) {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setIsDue(true), WAIT_MS);
    return () => window.clearTimeout(timer);
  }, []);
  if (!isDue) return null;
  return <PdfPreview server={server} path={item.path} sizeBytes={sizeBytes} label={`First page of ${visibleText(item.name, 100)}`} otherwise={(note) => <Large item={item} note={visibleText(note, 200)} />} />;
}

type Head = { kind: "text"; text: string; isWhole: boolean } | { kind: "binary" } | { kind: "failed"; message: string };

function Text({ server, item }: { server: string; item: FileItem }) {
  const [head, setHead] = useState<Head | null>(null);
  const { path } = item;
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      try {
        setHead(headOf(await readHead(server, path, HEAD_BYTES, controller.signal)));
      } catch (thrown) {
        if (!controller.signal.aborted) setHead({ kind: "failed", message: asErrorBody(thrown).message });
      }
    };
    // Who goes through a folder by arrow keys does not fetch every file on the way.
    const timer = window.setTimeout(() => void read(), WAIT_MS);
    return () => {
      window.clearTimeout(timer);
      controller.abort();
    };
  }, [server, path]);
  if (head === null) {
    return (
      <div className="flex flex-col gap-2.5 p-3">
        {["w-48", "w-56", "w-40", "w-52", "w-32"].map((width) => (
          <Skeleton key={width} className={`h-3 ${width}`} />
        ))}
      </div>
    );
  }
  if (head.kind === "failed") return <Large item={item} note={visibleText(head.message, 200)} />;
  if (head.kind === "binary") return <Large item={item} note="No text to show." />;
  if (head.text === "") return <Large item={item} note="The file is empty." />;
  return (
    <pre tabIndex={0} role="group" aria-label="Start of the file" className="grow overflow-auto p-3 text-mono select-text focus-visible:-outline-offset-2">
      {visibleLines(head.text, HEAD_BYTES)}
      {!head.isWhole && "\n…"}
    </pre>
  );
}

function headOf(bytes: Uint8Array): Head {
  if (bytes.subarray(0, 8000).includes(0)) return { kind: "binary" };
  return { kind: "text", text: new TextDecoder().decode(bytes), isWhole: bytes.length < HEAD_BYTES };
}
