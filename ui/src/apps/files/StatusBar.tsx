// The line at the foot of a pane: how much there is, what of it is selected, what is hidden, the room that is left.
import { useSpace } from "../../api/files";
import type { Server } from "../../api/types";
import { formatBytes } from "../../lib/bytes";
import { foundWords, unreadWords } from "./searchWords";
import { useSettings } from "./settings";
import type { PaneModel } from "./usePane";
import { itemsWord } from "./words";

export function StatusBar({ server, pane }: { server: Server; pane: PaneModel }) {
  const { items, selected, selectedBytes, hiddenCount, folder, path, search } = pane;
  const showsHidden = useSettings((settings) => settings.showsHidden);
  const space = useSpace(server.id, path ?? "/", server.state.status === "connected" && path !== null);
  const unread = search === null ? null : unreadWords(search);
  const isReading = search === null && folder.status === "loading" && server.state.status === "connected";
  return (
    <footer className="figures flex h-6 shrink-0 items-center gap-3 overflow-hidden border-t border-line bg-window px-3 text-small whitespace-nowrap text-ink-soft">
      <span role="status" className="truncate">
        {search !== null ? foundWords(search, items.length) : (folder.readAtMs !== null || items.length > 0) && itemsWord(items.length)}
        {isReading ? ", reading" : ""}
        {selected.length > 0 && `, ${itemsWord(selected.length)} selected${selectedBytes > 0 ? `, ${formatBytes(selectedBytes)}` : ""}`}
      </span>
      {!showsHidden && hiddenCount > 0 && <span className="shrink-0 text-ink-faint max-wide:hidden">{hiddenCount.toLocaleString("en-GB")} hidden</span>}
      {unread !== null && <span className="shrink-0 text-warn">{unread}</span>}
      <span className="grow" />
      {space !== null && (
        <span className="shrink-0 text-ink-faint" title={`${formatBytes(space.usedBytes)} of ${formatBytes(space.totalBytes)} used`}>
          {space.readOnly ? "Read-only, " : ""}
          {formatBytes(space.availableBytes)} free
        </span>
      )}
    </footer>
  );
}
