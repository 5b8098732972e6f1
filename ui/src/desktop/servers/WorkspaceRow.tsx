// The servers whose workspaces are open, at the left of the taskbar: each with its colour, its name where there is room, and the state of its connection; what finds no place is in the switcher.
import { LockKeyhole, Plug, RefreshCw, Unplug, X } from "lucide-react";
import { useRef } from "react";
import { describeConnection } from "../../api/connectionWords";
import { connect } from "../../api/servers";
import type { Server } from "../../api/types";
import { ContextMenu } from "../../kit/ContextMenu";
import { Countdown } from "../../kit/Countdown";
import { MenuItem, MenuSeparator } from "../../kit/Menu";
import { StatusMark } from "../../kit/StatusMark";
import { Tooltip } from "../../kit/Tooltip";
import { useSize } from "../../kit/useSize";
import { classes } from "../../lib/classes";
import { useSpring } from "../dragOver";
import { disconnectWithReceipt } from "../receipts";
import { openDialog, setPanel, showServer } from "../shell";
import { useWorkspaces } from "../workspaces";
import { closeWorkspace } from "./closeWorkspace";
import { rowFor } from "./rowFor";

const ICON = { size: 15, strokeWidth: 1.75 };

export function WorkspaceRow({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const row = useRef<HTMLDivElement>(null);
  const { widthPx } = useSize(row);
  const opened = useWorkspaces((state) => state.opened);
  const open = opened.map((id) => servers.find((server) => server.id === id)).filter((server) => server !== undefined);
  const { shown, hiddenCount, hasNames } = rowFor(open, active, widthPx);
  return (
    <div ref={row} className="min-w-0 overflow-clip max-wide:hidden">
      {open.length > 1 && (
        <ul aria-label="Open servers" className="flex items-center gap-1">
          {shown.map((server) => (
            <li key={server.id} className={hasNames ? "min-w-20" : "shrink-0"}>
              <WorkspaceButton server={server} place={open.indexOf(server) + 1} isActive={server.id === active.id} hasName={hasNames} />
            </li>
          ))}
          {hiddenCount > 0 && (
            <li>
              <button
                type="button"
                aria-label={`${hiddenCount} more servers`}
                onClick={() => setPanel("switcher")}
                className="figures h-8 rounded-control px-2 text-small font-medium text-ink-soft hover:bg-hover active:bg-pressed"
              >
                +{hiddenCount}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function WorkspaceButton({ server, place, isActive, hasName }: { server: Server; place: number; isActive: boolean; hasName: boolean }) {
  const { mark, word } = describeConnection(server.state);
  const spring = useSpring(() => showServer(server.id));
  const isIdle = server.state.status === "disconnected" || server.state.status === "failed";
  return (
    <ContextMenu
      items={
        <>
          {isIdle ? (
            <MenuItem icon={<Plug {...ICON} />} onSelect={() => void connect(server.id).catch(() => undefined)}>
              Connect
            </MenuItem>
          ) : (
            <>
              {server.state.status === "reconnecting" && (
                <MenuItem icon={<RefreshCw {...ICON} />} onSelect={() => void connect(server.id).catch(() => undefined)}>
                  Reconnect now
                </MenuItem>
              )}
              <MenuItem icon={<Unplug {...ICON} />} onSelect={() => void disconnectWithReceipt(server)}>
                Disconnect
              </MenuItem>
            </>
          )}
          <MenuItem icon={<LockKeyhole {...ICON} />} onSelect={() => openDialog({ kind: "connection", id: server.id })}>
            Connection details
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<X {...ICON} />} onSelect={() => closeWorkspace(server.id)}>
            Close workspace
          </MenuItem>
        </>
      }
    >
      <div className="flex min-w-0 items-center">
        <Tooltip text={`${server.name} · ${word}${place <= 9 ? ` · Ctrl+Alt+${place}` : ""}`} side="top">
          <button
            type="button"
            aria-label={`Workspace ${server.name}, ${word}`}
            aria-current={isActive || undefined}
            data-color={server.color}
            {...spring}
            onClick={() => showServer(server.id)}
            onAuxClick={(event) => event.button === 1 && closeWorkspace(server.id)}
            className={classes(
              "flex h-8 w-full min-w-0 items-center gap-1.5 rounded-control px-2 text-small transition-colors duration-120",
              isActive ? "bg-identity-ground font-semibold text-ink" : "text-ink-soft hover:bg-hover active:bg-pressed",
            )}
          >
            <span className="h-4 w-1 shrink-0 rounded-full bg-identity" />
            <span className="min-w-0 grow truncate text-left">{hasName ? server.name : shortName(server.name)}</span>
            <StatusMark mark={mark} size={13} />
          </button>
        </Tooltip>
        {hasName && server.state.status === "reconnecting" && (
          <span className="shrink-0 pr-1 text-caption text-warn">
            <Countdown retryAt={server.state.retryAt} wordsClassName="sr-only" />
          </span>
        )}
      </div>
    </ContextMenu>
  );
}

/** Two letters that tell `web1` from `web2`: the first and the last. */
function shortName(name: string): string {
  const letters = Array.from(name.replaceAll(/[^\p{L}\p{N}]/gu, ""));
  return letters.length < 3 ? name.slice(0, 2) : `${letters[0] ?? ""}${letters.at(-1) ?? ""}`;
}
