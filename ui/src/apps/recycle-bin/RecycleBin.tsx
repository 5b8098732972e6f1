// The Recycle Bin of one server: what was deleted, from where and when; it can be restored or deleted for good.
import { CircleAlert, History, Lock, RotateCw, Search, Trash2, Undo2, X } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { notGranted } from "../../api/permissions";
import { useConnecting } from "../../api/useConnecting";
import type { TrashedFile } from "../../api/fileTypes";
import { Button } from "../../kit/Button";
import { ConnectPanel } from "../../kit/ConnectPanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { IconButton } from "../../kit/IconButton";
import { Skeleton } from "../../kit/Skeleton";
import { formatBytes } from "../../lib/bytes";
import { plural } from "../../lib/numbers";
import { formatClock } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import type { AppProps } from "../manifest";
import { deleteForGood, restore } from "./actions";
import { ConfirmDialog } from "./ConfirmDialog";
import { arranged, bytesIn, shownName, type TrashOrder } from "./trashList";
import { TrashTable, type Picked } from "./TrashTable";
import { useTrash } from "./useTrash";

const NONE_PICKED: Picked = { ids: new Set(), focus: null, anchor: null };
const ICON = { size: 16, strokeWidth: 1.75 };

export function RecycleBin({ server, shell }: AppProps) {
  const isConnected = server.state.status === "connected";
  const connecting = useConnecting(server);
  const { trash, error, readAtMs, reload } = useTrash(server.id, isConnected);
  const [order, setOrder] = useState<TrashOrder>({ by: "deleted", isDescending: true, filter: "" });
  const [picked, setPicked] = useState<Picked>(NONE_PICKED);
  const [asked, setAsked] = useState<"picked" | "all" | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [news, setNews] = useState<{ text: string; isBad: boolean } | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const root = useRef<HTMLDivElement>(null);

  const all = trash?.items ?? [];
  const items = arranged(all, order);
  const chosen = items.filter((item) => picked.ids.has(item.id));
  const isStale = trash !== null && (!isConnected || error !== null);
  const bytes = bytesIn(all);
  const denied = notGranted(server, "files.write");

  const run = async (doing: string, done: string, work: () => Promise<string | null>) => {
    setBusy(doing);
    setNews(null);
    const failure = await work();
    setBusy(null);
    setNews(failure === null ? { text: done, isBad: false } : { text: failure, isBad: true });
    setPicked(NONE_PICKED);
    reload();
    root.current?.querySelector<HTMLElement>("[data-trash]")?.focus({ preventScroll: true });
  };
  const restoreChosen = () => {
    if (chosen.length > 0 && denied === null) void run(`Restoring ${wordFor(chosen)}`, `Restored ${wordFor(chosen)} to where ${chosen.length === 1 ? "it was" : "they were"}`, () => restore(server.id, chosen));
  };
  const confirm = (name: string) => {
    const isAll = asked === "all";
    setAsked(null);
    if (isAll) void run("Emptying the Recycle Bin", "The Recycle Bin is empty", () => deleteForGood(server.id, null, name));
    else void run(`Deleting ${wordFor(chosen)}`, `Deleted ${wordFor(chosen)} for good`, () => deleteForGood(server.id, chosen, name));
  };
  return (
    <div ref={root} className="@container flex h-full flex-col">
      <div role="toolbar" aria-label="Recycle Bin" className="flex shrink-0 items-center gap-1 border-b border-line bg-window px-2 py-1.5 max-wide:px-1 max-wide:py-0">
        <Button look="quiet" icon={<Undo2 {...ICON} />} disabled={chosen.length === 0 || busy !== null || denied !== null} onClick={restoreChosen} className="px-2">
          Restore
        </Button>
        <Button look="quiet" icon={<X {...ICON} />} disabled={chosen.length === 0 || busy !== null || denied !== null} onClick={() => setAsked("picked")} className="px-2" aria-label="Delete for good">
          <span className="max-wide:hidden">Delete for good</span>
        </Button>
        <Button look="quiet" icon={<Trash2 {...ICON} />} disabled={all.length === 0 || busy !== null || denied !== null} onClick={() => setAsked("all")} className="px-2" aria-label="Empty Recycle Bin">
          <span className="max-wide:hidden">Empty Recycle Bin</span>
        </Button>
        <span className="grow" />
        <IconButton label="Reload" icon={<RotateCw {...ICON} />} onClick={reload} disabled={!isConnected} className="max-wide:hidden" />
        <div className="relative w-52 max-wide:w-auto max-wide:min-w-0 max-wide:shrink">
          <Search size={14} strokeWidth={1.75} className="pointer-events-none absolute top-1/2 left-2 -translate-y-1/2 text-ink-faint" aria-hidden="true" />
          <input
            ref={field}
            value={order.filter}
            aria-label="Filter deleted items"
            placeholder="Filter"
            spellCheck={false}
            onChange={(event) => setOrder({ ...order, filter: event.target.value })}
            onKeyDown={(event) => event.key === "Escape" && setOrder({ ...order, filter: "" })}
            className="h-7 w-full rounded-control border border-control-line bg-card pr-2 pl-7 text-ink placeholder:text-ink-faint focus-visible:outline-offset-0 max-wide:h-11"
          />
        </div>
      </div>
      {isStale && (
        <Line icon={<History {...ICON} className="shrink-0 text-warn" />} ground="bg-warn-ground">
          <span className="font-semibold text-warn">As of {formatClock(new Date(readAtMs).toISOString(), true)}.</span> <bdi>{isConnected ? visibleText(asErrorBody(error).message, 400) : `${server.name} is not connected`}</bdi>
        </Line>
      )}
      {denied !== null && (
        <Line icon={<Lock {...ICON} className="shrink-0 text-info" />} ground="bg-info-ground">
          <span className="font-semibold text-info">Read only.</span> {denied}
        </Line>
      )}
      {trash !== null && trash.problems.length > 0 && (
        <Line icon={<CircleAlert {...ICON} className="shrink-0 text-warn" />} ground="bg-warn-ground">
          {visibleText(trash.problems.slice(0, 3).join("; "), 400)}
        </Line>
      )}
      {(busy !== null || news !== null) && (
        <div role="status">
          <Line icon={news?.isBad === true ? <CircleAlert {...ICON} className="shrink-0 text-bad" /> : null} ground={news?.isBad === true ? "bg-bad-ground" : "bg-info-ground"} {...(news === null ? {} : { onDismiss: () => setNews(null) })}>
            {busy ?? news?.text}
          </Line>
        </div>
      )}
      {trash !== null && items.length > 0 ? (
        <TrashTable
          items={items}
          order={order}
          picked={picked}
          isStale={isStale}
          onSort={(by) => setOrder({ ...order, by, isDescending: by === order.by ? !order.isDescending : by === "deleted" || by === "size" })}
          onPick={setPicked}
          onRestore={restoreChosen}
          onDelete={() => chosen.length > 0 && denied === null && setAsked("picked")}
          onFilter={() => field.current?.focus()}
        />
      ) : (
        <div className="min-h-0 grow overflow-y-auto bg-card">
          {trash !== null ? (
            <Panel icon={<Trash2 size={32} strokeWidth={1.25} />} title={all.length === 0 ? "The Recycle Bin is empty" : "No deleted item matches"} line={all.length === 0 ? "What you delete in the File Explorer comes here and can be restored." : `Nothing has “${visibleText(order.filter, 60)}” in its name or place.`}>
              {all.length === 0 ? <Button onClick={() => shell.openFolder(server.id, "~")}>Open the File Explorer</Button> : <Button onClick={() => setOrder({ ...order, filter: "" })}>Clear the filter</Button>}
            </Panel>
          ) : !isConnected ? (
            <ConnectPanel name={server.name} line="Its Recycle Bin can be seen once it is connected." {...connecting} />
          ) : error !== null ? (
            <div className="mx-auto max-w-120 p-6">
              <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
                <Button onClick={reload}>Try again</Button>
              </ErrorNotice>
            </div>
          ) : (
            <div className="flex flex-col gap-3 p-3">
              {["w-72", "w-96", "w-60", "w-80", "w-64"].map((width) => (
                <Skeleton key={width} className={`h-4 ${width}`} />
              ))}
            </div>
          )}
        </div>
      )}
      <footer className="figures flex h-6 shrink-0 items-center border-t border-line bg-window px-3 text-small text-ink-soft">
        {trash !== null && `${plural(items.length, "item")}${chosen.length > 0 ? `, ${chosen.length} selected` : ""}`}
        <span className="grow" />
        {trash !== null && all.length > 0 && <span className="text-ink-faint">{formatBytes(bytes)} in files</span>}
      </footer>
      {asked !== null && <ConfirmDialog server={server} items={asked === "all" ? all : chosen} isAll={asked === "all"} onClose={() => setAsked(null)} onConfirm={confirm} />}
    </div>
  );
}

function wordFor(items: readonly TrashedFile[]): string {
  const [first] = items;
  return items.length === 1 && first !== undefined ? visibleText(shownName(first), 60) : plural(items.length, "item");
}

function Line({ icon, ground, onDismiss, children }: { icon: ReactNode; ground: string; onDismiss?: () => void; children: ReactNode }) {
  return (
    <div className={`flex min-h-8 shrink-0 items-center gap-2 border-b border-line py-1 pr-1 pl-3 ${ground}`}>
      {icon}
      <p className="min-w-0 grow [overflow-wrap:anywhere]">{children}</p>
      {onDismiss !== undefined && <IconButton label="Dismiss" icon={<X size={14} strokeWidth={1.75} />} onClick={onDismiss} className="wide:size-6" />}
    </div>
  );
}

function Panel({ icon, title, line, children }: { icon: ReactNode; title: string; line: string; children: ReactNode }) {
  return (
    <div className="grid min-h-full animate-fade place-items-center p-6">
      <div className="flex max-w-105 flex-col items-center gap-1 text-center">
        <span className="mb-2 text-ink-faint">{icon}</span>
        <h3 className="text-title font-semibold">{title}</h3>
        <p className="text-ink-soft">{line}</p>
        <div className="mt-4">{children}</div>
      </div>
    </div>
  );
}
