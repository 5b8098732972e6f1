// The commands for one server or for several, the same under the button of a row, at the pointer and at the foot of the list.
import { Activity, Copy, ExternalLink, KeyRound, LockKeyhole, Pencil, Plug, Radar, RefreshCw, Save, Trash2, Unplug } from "lucide-react";
import { isFromConfig } from "../../api/servers";
import type { Server } from "../../api/types";
import { MenuItem, MenuSeparator } from "../../kit/Menu";
import { plural } from "../../lib/numbers";
import { isIdle, isOwn } from "./actions";

const ICON = { size: 15, strokeWidth: 1.75 };

/** What the list can do. */
export interface Act {
  open: (server: Server) => void;
  connect: (servers: readonly Server[]) => void;
  disconnect: (servers: readonly Server[]) => void;
  check: (servers: readonly Server[]) => void;
  /** Shows how it is connected. */
  details: (server: Server) => void;
  test: (server: Server) => void;
  save: (server: Server) => void;
  edit: (server: Server) => void;
  duplicate: (server: Server) => void;
  installKey: (server: Server) => void;
  /** Asks first. */
  remove: (servers: readonly Server[]) => void;
}

export function RowMenu({ servers, act }: { servers: readonly Server[]; act: Act }) {
  const [server] = servers;
  if (server === undefined) return null;
  return servers.length === 1 ? <ForOne server={server} act={act} /> : <ForMany servers={servers} act={act} />;
}

function ForOne({ server, act }: { server: Server; act: Act }) {
  const isLocal = server.kind === "local";
  return (
    <>
      <MenuItem icon={<ExternalLink {...ICON} />} keys="Enter" onSelect={() => act.open(server)}>
        Open
      </MenuItem>
      {isIdle(server) ? (
        <MenuItem icon={<Plug {...ICON} />} onSelect={() => act.connect([server])}>
          Connect
        </MenuItem>
      ) : (
        <>
          {server.state.status === "reconnecting" && (
            <MenuItem icon={<RefreshCw {...ICON} />} onSelect={() => act.connect([server])}>
              Reconnect now
            </MenuItem>
          )}
          <MenuItem icon={<Unplug {...ICON} />} onSelect={() => act.disconnect([server])}>
            Disconnect
          </MenuItem>
        </>
      )}
      <MenuItem icon={<LockKeyhole {...ICON} />} onSelect={() => act.details(server)}>
        Connection details
      </MenuItem>
      {!isLocal && (
        <>
          <MenuItem icon={<Activity {...ICON} />} onSelect={() => act.test(server)}>
            Test connection
          </MenuItem>
          <MenuItem icon={<Radar {...ICON} />} onSelect={() => act.check([server])}>
            Check whether it can be reached
          </MenuItem>
          <MenuItem icon={<KeyRound {...ICON} />} onSelect={() => act.installKey(server)}>
            Install a key
          </MenuItem>
          <MenuSeparator />
          {!server.saved && !isFromConfig(server) && (
            <MenuItem icon={<Save {...ICON} />} onSelect={() => act.save(server)}>
              Save this server
            </MenuItem>
          )}
          <MenuItem icon={<Pencil {...ICON} />} keys="F2" onSelect={() => act.edit(server)}>
            {isFromConfig(server) ? "Edit a copy" : "Edit server"}
          </MenuItem>
          {!isFromConfig(server) && (
            <MenuItem icon={<Copy {...ICON} />} onSelect={() => act.duplicate(server)}>
              Duplicate
            </MenuItem>
          )}
        </>
      )}
      {isOwn(server) && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 {...ICON} />} keys="Delete" isDanger onSelect={() => act.remove([server])}>
            Remove server {server.name}
          </MenuItem>
        </>
      )}
    </>
  );
}

function ForMany({ servers, act }: { servers: readonly Server[]; act: Act }) {
  const idle = servers.filter(isIdle).length;
  const own = servers.filter(isOwn);
  return (
    <>
      <MenuItem icon={<Plug {...ICON} />} isDisabled={idle === 0} onSelect={() => act.connect(servers)}>
        Connect {plural(idle, "server")}
      </MenuItem>
      <MenuItem icon={<Unplug {...ICON} />} isDisabled={idle === servers.length} onSelect={() => act.disconnect(servers)}>
        Disconnect {plural(servers.length - idle, "server")}
      </MenuItem>
      <MenuItem icon={<Radar {...ICON} />} onSelect={() => act.check(servers)}>
        Check whether they can be reached
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 {...ICON} />} keys="Delete" isDanger isDisabled={own.length === 0} onSelect={() => act.remove(own)}>
        Remove {plural(own.length, "server")}
      </MenuItem>
    </>
  );
}
