// The server of this workspace in the tray, with the state of its connection, and the way to every other one.
import { ChevronUp, LockKeyhole, Plus, Settings2 } from "lucide-react";
import { useRef, type ComponentProps } from "react";
import { describeConnection } from "../../api/connectionWords";
import { addressOf } from "../../api/servers";
import type { Server } from "../../api/types";
import { findApp } from "../../apps/index";
import { Button } from "../../kit/Button";
import { Countdown } from "../../kit/Countdown";
import { IconButton } from "../../kit/IconButton";
import { Popover } from "../../kit/Popover";
import { StatusMark } from "../../kit/StatusMark";
import { useSpring } from "../dragOver";
import { openDialog, openServer, setPanel, useShell } from "../shell";
import { openApp } from "../workspaces";

export function ServerSwitcher({ servers, active }: { servers: readonly Server[]; active: Server }) {
  const isOpen = useShell((shell) => shell.panel === "switcher");
  const hasRun = useRef(false);
  const { mark, word } = describeConnection(active.state);
  const run = (action: () => void) => {
    hasRun.current = true;
    setPanel(null);
    action();
  };
  const manager = findApp("servers");
  const spring = useSpring(() => setPanel("switcher"));
  return (
    <Popover
      label="Switch server"
      side="top"
      align="end"
      isOpen={isOpen}
      onOpenChange={(open) => {
        hasRun.current = false;
        setPanel(open ? "switcher" : null);
      }}
      returnsFocus={() => !hasRun.current}
      className="w-80 max-w-[calc(100vw-16px)] overflow-hidden"
      trigger={
        <button
          type="button"
          aria-label={`Server ${active.name}, ${word}`}
          {...spring}
          className="flex h-10 min-w-0 items-center gap-2 rounded-control px-2.5 hover:bg-hover active:bg-pressed data-popup-open:bg-pressed max-wide:h-11"
        >
          <StatusMark mark={mark} size={15} />
          <span className="min-w-0 max-w-48 truncate text-small font-medium max-wide:max-w-20">{active.name}</span>
          <ChevronUp size={14} strokeWidth={1.75} className="shrink-0 text-ink-faint max-wide:hidden" aria-hidden="true" />
        </button>
      }
    >
      <h3 className="px-4 pt-3 pb-1 text-small font-semibold text-ink-soft">Servers</h3>
      <ul className="max-h-[50vh] overflow-y-auto px-2 pb-2">
        {servers.map((server) => (
          <li key={server.id}>
            <ServerButton
              id={server.id}
              aria-current={server.id === active.id || undefined}
              onClick={() => run(() => openServer(server.id))}
            >
              <span data-color={server.color} className="h-7 w-1 shrink-0 rounded-full bg-identity" />
              <span className="min-w-0 grow">
                <span className="flex items-baseline gap-2 font-medium">
                  <span className="truncate">{server.name}</span>
                  {server.id === active.id && <span className="shrink-0 text-caption font-normal text-ink-faint">Current</span>}
                </span>
                <span className="block truncate text-small text-ink-faint">{addressOf(server)}</span>
              </span>
              <StateWord server={server} />
            </ServerButton>
          </li>
        ))}
      </ul>
      <footer className="flex gap-2 border-t border-line bg-window px-3 py-2.5">
        <Button look="primary" className="grow" icon={<Plus size={15} />} onClick={() => run(() => openDialog({ kind: "addServer" }))}>
          Add server
        </Button>
        {manager !== null && (
          <Button icon={<Settings2 size={15} strokeWidth={1.75} />} onClick={() => run(() => openApp(manager))}>
            Manage
          </Button>
        )}
        <IconButton
          label={`Connection details of ${active.name}`}
          tooltipSide="top"
          icon={<LockKeyhole size={15} strokeWidth={1.75} />}
          className="border border-line-strong bg-card"
          onClick={() => run(() => openDialog({ kind: "connection", id: active.id }))}
        />
      </footer>
    </Popover>
  );
}

/** Files that are held over it open the server's workspace. */
function ServerButton({ id, ...rest }: { id: string } & ComponentProps<"button">) {
  const spring = useSpring(() => openServer(id));
  return <button type="button" className="flex h-12 w-full items-center gap-3 rounded-control px-2 text-left hover:bg-hover active:bg-pressed" {...rest} {...spring} />;
}

function StateWord({ server }: { server: Server }) {
  const { mark, word } = describeConnection(server.state);
  return (
    <span className="flex shrink-0 items-center gap-1.5 text-small text-ink-soft">
      <StatusMark mark={mark} />
      {server.state.status === "reconnecting" ? <Countdown retryAt={server.state.retryAt} /> : word}
    </span>
  );
}
