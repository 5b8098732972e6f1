// What is in an archive, without unpacking it to anywhere.
import { Archive, Lock } from "lucide-react";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { FileIcon } from "../../kit/FileIcon";
import { ProgressBar } from "../../kit/ProgressBar";
import { RowWindow } from "../../kit/RowWindow";
import { formatBytes } from "../../lib/bytes";
import { familyOf } from "../../lib/fileFamily";
import { plural } from "../../lib/numbers";
import { visibleText } from "../../lib/visibleText";
import { MOST_ENTRIES, type ArchiveEntry, type Listing } from "./archives";
import { DownloadLink } from "./DownloadLink";
import { CutLine, PartSkeleton } from "./Part";
import { formatOf, readArchive } from "./readArchive";
import { MOST_UNPACKED_BYTES } from "./readGzip";
import type { ViewProps } from "./view";

const ROW = 26;
const GRID = "grid grid-cols-[minmax(280px,1fr)_88px_96px_152px] items-center max-wide:grid-cols-[minmax(220px,1fr)_80px]";

export function ArchiveView({ head, ...view }: ViewProps & { head: Uint8Array }) {
  const { server, path, sizeBytes } = view;
  const format = useMemo(() => formatOf(head), [head]);
  const [listing, setListing] = useState<Listing | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const [filter, setFilter] = useState("");

  const isListed = format === "zip" || format === "tar" || format === "gzip";

  const running = useRef<AbortController | null>(null);
  const read = () => {
    if (format === null || format === "compressed") return;
    const stop = new AbortController();
    running.current = stop;
    readArchive({ server, path, sizeBytes }, format, stop.signal, (so) => !stop.signal.aborted && setListing(so)).catch((thrown: unknown) => {
      if (!stop.signal.aborted) setError(asErrorBody(thrown));
    });
  };
  const readFirst = useEffectEvent(read);
  useEffect(() => {
    readFirst();
    return () => running.current?.abort();
  }, []);

  const isSingle = listing?.end === "single";
  if (!isListed || isSingle) {
    return (
      <CentrePanel
        icon={Archive}
        title={isSingle ? "One compressed file" : format === "compressed" ? "The archive is compressed as a whole" : "The contents cannot be listed"}
        line={
          isSingle
            ? "It is compressed with gzip, but it is no archive of files. Download it, or show it in a terminal: zcat"
            : format === "compressed"
              ? "What is in it can only be listed by unpacking all of it. Download it, or list it in a terminal: tar -tf"
              : "The Viewer knows ZIP and tar archives, those that are compressed with gzip too."
        }
      >
        <Button onClick={() => view.onKind("hex")}>Show the bytes</Button>
        <DownloadLink server={server} path={path} look="primary" />
      </CentrePanel>
    );
  }
  if (error !== null) {
    return (
      <div className="p-4">
        <ErrorNotice {...describeError(error)} isAlert>
          <Button
            onClick={() => {
              setError(null);
              setListing(null);
              read();
            }}
          >
            Try again
          </Button>
        </ErrorNotice>
      </div>
    );
  }
  if (listing === null) return <PartSkeleton />;
  if (listing.end === null && listing.entries.length === 0) return listing.share === null ? <PartSkeleton /> : <Unpacking share={listing.share} />;
  if (listing.entries.length === 0) {
    if (listing.end === "whole") return <CentrePanel icon={Archive} title="The archive is empty" />;
    const isDamaged = listing.end === "damaged";
    return (
      <CentrePanel
        icon={Archive}
        title={isDamaged ? "The archive is damaged" : "Too much to unpack"}
        line={!isDamaged ? `Its first entry does not come within the first ${formatBytes(MOST_UNPACKED_BYTES)}.` : format === "gzip" ? "It cannot be unpacked, or what comes out is no archive." : "It has no table of contents that can be read."}
      >
        <Button onClick={() => view.onKind("hex")}>Show the bytes</Button>
        <DownloadLink server={server} path={path} look="primary" />
      </CentrePanel>
    );
  }

  const word = filter.trim().toLowerCase();
  const shown = word === "" ? listing.entries : listing.entries.filter(({ name }) => name.toLowerCase().includes(word));
  const total = listing.entries.reduce((sum, { sizeBytes: size }) => sum + (size ?? 0), 0);
  return (
    <div className="flex h-full flex-col">
      {listing.end === "damaged" && <CutLine>The archive is damaged: what comes after these entries cannot be read.</CutLine>}
      {listing.end === "limit" && (
        <CutLine>
          Only the first {plural(listing.entries.length, "entry", "entries")} are listed
          {format === "gzip" && listing.entries.length < MOST_ENTRIES ? `: no more than ${formatBytes(MOST_UNPACKED_BYTES)} are unpacked for that` : ""}.
        </CutLine>
      )}
      <div className="shrink-0 border-b border-line bg-window px-3 py-1.5">
        <input
          type="search"
          aria-label="Filter the contents"
          placeholder="Filter"
          value={filter}
          onChange={({ target }) => setFilter(target.value)}
          className="h-7 w-full max-w-80 rounded-control border border-control-line bg-card px-2.5 placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
        />
      </div>
      <div className="min-h-0 grow">
        {shown.length === 0 ? (
          <CentrePanel icon={Archive} title="Nothing has that in its name" />
        ) : (
          <RowWindow
            label="Contents"
            rowCount={shown.length}
            rowHeight={ROW}
            headerHeight={ROW}
            className="figures bg-card text-small"
            header={
              <div className={`${GRID} h-6.5 border-b border-line bg-window font-medium text-ink-soft`}>
                <span className="px-3">Name</span>
                <span className="px-3 text-right">Size</span>
                <span className="px-3 text-right max-wide:hidden">{format === "zip" ? "Packed" : ""}</span>
                <span className="px-3 max-wide:hidden">Modified</span>
              </div>
            }
            renderRow={(index) => {
              const entry = shown[index];
              return entry === undefined ? null : <EntryRow key={index} entry={entry} />;
            }}
          />
        )}
      </div>
      <footer className="figures flex h-7 shrink-0 items-center gap-3 border-t border-line bg-window px-3 text-small text-ink-soft max-wide:h-11">
        <span>
          {plural(listing.entries.length, "entry", "entries")}, {formatBytes(total)} unpacked
        </span>
        <span role="status">{listing.end === null ? "Reading on…" : ""}</span>
        {listing.end === null && listing.share !== null && (
          <div className="w-24">
            <ProgressBar label="Unpacking" done={listing.share} />
          </div>
        )}
        {word !== "" && <span>{shown.length} shown</span>}
      </footer>
    </div>
  );
}

function Unpacking({ share }: { share: number }) {
  return (
    <div className="grid h-full place-items-center p-6">
      <div className="w-full max-w-80 animate-late text-center">
        <p className="mb-2 text-ink-soft">Unpacking, to see what is in it…</p>
        <ProgressBar label="Unpacking" done={share} />
      </div>
    </div>
  );
}

function EntryRow({ entry }: { entry: ArchiveEntry }) {
  const kind = entry.kind === "folder" ? "folder" : entry.kind === "other" ? "device" : familyOf(entry.name);
  return (
    <div className={`${GRID} h-6.5 border-b border-line hover:bg-hover`}>
      <span className="flex min-w-0 items-center gap-2 px-3">
        <FileIcon kind={kind} size={16} isLink={entry.kind === "link"} />
        <bdi className="truncate" title={visibleText(entry.name, 1000)}>
          {visibleText(entry.name, 300)}
        </bdi>
        {entry.isEncrypted && <Lock size={12} strokeWidth={2} aria-label="encrypted" className="shrink-0 text-ink-faint" />}
      </span>
      <span className="px-3 text-right">{entry.kind === "folder" ? "" : formatBytes(entry.sizeBytes)}</span>
      <span className="px-3 text-right text-ink-soft max-wide:hidden">{entry.kind === "folder" || entry.packedBytes === null ? "" : formatBytes(entry.packedBytes)}</span>
      <span className="px-3 whitespace-nowrap text-ink-soft max-wide:hidden">{dayOf(entry.modifiedAt)}</span>
    </div>
  );
}

function dayOf(seconds: number | null): string {
  const date = new Date((seconds ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 16).replace("T", " ");
}
