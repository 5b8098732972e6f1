// One pane: its tabs where there are several, a line when what it shows is old, the items and the status bar.
import { History, RotateCw, Search, TriangleAlert } from "lucide-react";
import { useEffect, useId } from "react";
import { describeError } from "../../api/errors";
import type { Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { classes } from "../../lib/classes";
import { formatClock } from "../../lib/time";
import { visibleText } from "../../lib/visibleText";
import type { Shell } from "../manifest";
import type { Commands } from "./commands";
import { focusPane } from "./explorer";
import { FileArea } from "./FileArea";
import { visited } from "./places";
import { haltSearch, isLooking, stopSearch } from "./search";
import type { Scope } from "./searchForm";
import { failedTitle, wantedWords } from "./searchWords";
import { StatusBar } from "./StatusBar";
import { tabId, TabStrip } from "./TabStrip";
import type { PaneModel } from "./usePane";
import { folderName } from "./words";

export interface PaneViewProps {
  server: Server;
  shell: Shell;
  pane: PaneModel;
  commands: Commands;
  isActive: boolean;
  isSplit: boolean;
  isPhone: boolean;
  onPathBar: () => void;
  onFilter: (scope: Scope) => void;
}

export function PaneView(props: PaneViewProps) {
  const { server, shell, pane, commands, isActive, isSplit, isPhone, onPathBar, onFilter } = props;
  const panelId = useId();
  const hasTabs = isSplit || pane.pane.tabs.length > 1;
  const { path } = pane;
  const isThere = pane.folder.readAtMs !== null;
  useEffect(() => {
    if (path !== null && isThere) visited(server.id, path);
  }, [server.id, path, isThere]);
  return (
    <section
      id={panelId}
      {...(hasTabs ? { role: "tabpanel", "aria-labelledby": tabId(panelId, pane.tab) } : { "aria-label": path === null ? "Home" : folderName(path) })}
      data-active-pane={isActive ? "" : undefined}
      onPointerDownCapture={() => focusPane(server.id, pane.at)}
      onFocusCapture={() => focusPane(server.id, pane.at)}
      className={classes("flex min-w-0 flex-1 flex-col", isSplit && pane.at > 0 && "border-l border-line-strong")}
    >
      {hasTabs && <TabStrip server={server.id} pane={pane} isActivePane={isActive} isSplit={isSplit} panelId={panelId} />}
      <SearchLine pane={pane} />
      <BrokenLine pane={pane} />
      <StaleLine server={server} pane={pane} onRetry={commands.reload} />
      <FileArea {...{ server, shell, pane, commands, isPhone, onPathBar, onFilter }} />
      <StatusBar server={server} pane={pane} />
    </section>
  );
}

function SearchLine({ pane }: { pane: PaneModel }) {
  const { search } = pane;
  if (search === null) return null;
  const isOn = isLooking(search);
  const words = wantedWords(search);
  return (
    <div className="flex h-8 shrink-0 items-center gap-2 border-b border-line bg-info-ground pr-1 pl-3 max-wide:h-11">
      <Search size={14} strokeWidth={1.75} className="shrink-0 text-info" aria-hidden="true" />
      <p className="min-w-0 grow truncate" title={words}>
        {words}
      </p>
      <Button look="quiet" onClick={() => (isOn ? haltSearch : stopSearch)(pane.tab.id)} className="wide:h-6">
        {isOn ? "Stop" : "Close"}
      </Button>
    </div>
  );
}

/** Why there is no more than what was found; where nothing was, it stands in its place. */
function BrokenLine({ pane }: { pane: PaneModel }) {
  const { search, items } = pane;
  if (search === null || search.error === null || items.length === 0) return null;
  const why = visibleText(search.error.message, 400);
  return (
    <div role="alert" className="flex min-h-8 shrink-0 items-center gap-2 border-b border-line bg-bad-ground px-3 max-wide:py-1">
      <TriangleAlert size={14} strokeWidth={1.75} className="shrink-0 text-bad" aria-hidden="true" />
      <p className="min-w-0 grow truncate" title={why}>
        <span className="font-semibold text-bad">{failedTitle(search)}.</span> {why}
      </p>
    </div>
  );
}

function StaleLine({ server, pane, onRetry }: { server: Server; pane: PaneModel; onRetry: () => void }) {
  const { readAtMs, status, error } = pane.folder;
  const isConnected = server.state.status === "connected";
  if (readAtMs === null || pane.search !== null || (isConnected && status !== "failed")) return null;
  const why = !isConnected ? `${server.name} is not connected` : error === null ? "It could not be read again" : `${describeError(error).title}: ${error.message}`;
  return (
    <div role="status" className="flex min-h-8 shrink-0 items-center gap-2 border-b border-line bg-warn-ground pr-1 pl-3">
      <History size={14} strokeWidth={1.75} className="shrink-0 text-warn" aria-hidden="true" />
      <p className="figures min-w-0 grow truncate" title={visibleText(why, 400)}>
        <span className="font-semibold text-warn">As of {formatClock(new Date(readAtMs).toISOString(), true)}.</span> {visibleText(why, 200)}
      </p>
      {isConnected && (
        <Button look="quiet" icon={<RotateCw size={14} strokeWidth={1.75} />} onClick={onRetry} className="wide:h-6">
          Try again
        </Button>
      )}
    </div>
  );
}
