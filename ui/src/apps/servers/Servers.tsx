// The list of all servers: where each one is, how its connection stands, and what can be done with it.
import { Ellipsis, Pencil, Plug, Plus, Trash2, Unplug } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeConnection } from "../../api/connectionWords";
import { describeError, errorTitle } from "../../api/errors";
import { addressOf, connect, disconnect, THIS_COMPUTER, useServers } from "../../api/servers";
import type { ErrorBody, Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Menu, MenuItem, MenuSeparator } from "../../kit/Menu";
import { StatusMark } from "../../kit/StatusMark";
import { plural } from "../../lib/numbers";
import type { AppProps, Shell } from "../manifest";

const ICON = { size: 15, strokeWidth: 1.75 };

export function Servers({ server: active, shell }: AppProps) {
  const servers = useServers() ?? [];
  const [error, setError] = useState<ErrorBody | null>(null);
  const run = (action: Promise<void>) => {
    setError(null);
    action.catch((thrown: unknown) => setError(asErrorBody(thrown)));
  };
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center justify-between gap-3 px-4 py-3">
        <p className="text-ink-soft">{plural(servers.length, "server")}</p>
        <Button look="primary" icon={<Plus size={15} />} onClick={shell.addServer}>
          Add server
        </Button>
      </div>
      {error !== null && (
        <div className="px-4 pb-3">
          <ErrorNotice {...describeError(error)} isAlert />
        </div>
      )}
      <ul aria-label="Servers" tabIndex={0} className="min-h-0 grow overflow-y-auto px-3 pb-3 -outline-offset-2">
        {servers.map((server) => (
          <ServerRow key={server.id} server={server} isActive={server.id === active.id} shell={shell} run={run} />
        ))}
        {servers.length === 1 && (
          <li className="mt-4 rounded-card border border-dashed border-line-strong px-4 py-5 text-center text-ink-soft">
            Only this computer so far. Add a server you reach over SSH; nothing is installed on it.
          </li>
        )}
      </ul>
    </div>
  );
}

interface ServerRowProps {
  server: Server;
  isActive: boolean;
  shell: Shell;
  run: (action: Promise<void>) => void;
}

function ServerRow({ server, isActive, shell, run }: ServerRowProps) {
  const { mark, word } = describeConnection(server.state);
  const isIdle = server.state.status === "disconnected" || server.state.status === "failed";
  return (
    <li data-color={server.color} className="mb-2 flex items-center gap-3 rounded-card border border-line bg-card py-2.5 pr-2 pl-3">
      <span className="h-9 w-1 shrink-0 rounded-full bg-identity" />
      <div className="min-w-0 grow">
        <p className="truncate font-semibold">{server.name}</p>
        <p className="truncate text-small text-ink-faint">{addressOf(server)}</p>
      </div>
      <p className="flex shrink-0 items-center gap-1.5 text-small text-ink-soft">
        <StatusMark mark={mark} />
        <span className="max-wide:sr-only">{server.state.status === "failed" ? errorTitle(server.state.error) : word}</span>
      </p>
      <Button onClick={() => shell.openServer(server.id)} disabled={isActive && !isIdle} aria-label={`Open ${server.name}`}>
        Open
      </Button>
      <Menu
        align="end"
        trigger={
          <button type="button" aria-label={`More for ${server.name}`} className="grid size-7 place-items-center rounded-control text-ink-soft hover:bg-hover max-wide:size-11">
            <Ellipsis size={16} strokeWidth={1.75} />
          </button>
        }
      >
        {isIdle ? (
          <MenuItem icon={<Plug {...ICON} />} onSelect={() => run(connect(server.id))}>
            Connect
          </MenuItem>
        ) : (
          <MenuItem icon={<Unplug {...ICON} />} onSelect={() => run(disconnect(server.id))}>
            Disconnect
          </MenuItem>
        )}
        {server.id !== THIS_COMPUTER && (
          <>
            <MenuItem icon={<Pencil {...ICON} />} onSelect={() => shell.editServer(server.id)}>
              Edit server
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<Trash2 {...ICON} />} isDanger onSelect={() => shell.removeServer(server.id)}>
              Remove server {server.name}
            </MenuItem>
          </>
        )}
      </Menu>
    </li>
  );
}
