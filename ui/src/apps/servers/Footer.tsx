// The foot of the list: how many servers there are, or what can be done with those that are chosen; one height, so that nothing jumps.
import { Plug, Radar, Trash2, Unplug, X } from "lucide-react";
import type { Server } from "../../api/types";
import { IconButton } from "../../kit/IconButton";
import { plural } from "../../lib/numbers";
import { isIdle, isOwn } from "./actions";
import type { Act } from "./RowMenu";

const ICON = { size: 15, strokeWidth: 1.75 };

export interface FooterProps {
  servers: readonly Server[];
  shownCount: number;
  chosen: readonly Server[];
  act: Act;
  onClear: () => void;
}

export function Footer({ servers, shownCount, chosen, act, onClear }: FooterProps) {
  const connected = servers.filter(({ state }) => state.status === "connected").length;
  const own = chosen.filter(isOwn);
  return (
    <footer className="figures flex h-8 shrink-0 items-center gap-1 border-t border-line bg-window pr-1.5 pl-3 text-small text-ink-soft max-wide:h-12">
      <p role="status" className="min-w-0 grow truncate">
        {chosen.length > 0 ? `${chosen.length} of ${plural(servers.length, "server")} selected` : `${shownCount === servers.length ? "" : `${shownCount} of `}${plural(servers.length, "server")}, ${connected} connected`}
      </p>
      {chosen.length > 0 && (
        <div role="toolbar" aria-label="Selected servers" className="flex items-center gap-0.5">
          <IconButton tooltipSide="top" label="Connect the selected servers" icon={<Plug {...ICON} />} disabled={!chosen.some(isIdle)} onClick={() => act.connect(chosen)} />
          <IconButton tooltipSide="top" label="Disconnect the selected servers" icon={<Unplug {...ICON} />} disabled={chosen.every(isIdle)} onClick={() => act.disconnect(chosen)} />
          <IconButton tooltipSide="top" label="Check whether they can be reached" icon={<Radar {...ICON} />} onClick={() => act.check(chosen)} />
          <IconButton tooltipSide="top" label="Remove the selected servers" icon={<Trash2 {...ICON} />} disabled={own.length === 0} onClick={() => act.remove(own)} />
          <IconButton tooltipSide="top" label="Clear the selection" icon={<X {...ICON} />} onClick={onClear} />
        </div>
      )}
    </footer>
  );
}
