// The server manager: all servers, found, put in order and acted on; it never connects or looks by itself.
import { useMemo, useRef, useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { duplicateServer, saveServer } from "../../api/serverManager";
import { useServers } from "../../api/servers";
import type { ErrorBody, Server } from "../../api/types";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { Button } from "../../kit/Button";
import type { AppProps } from "../manifest";
import { connectAll, disconnectAll } from "./actions";
import { AppDialogs, type AppDialog } from "./AppDialogs";
import { FirstSteps, NothingFound } from "./Empty";
import { Footer } from "./Footer";
import { checkReachability } from "./reachability";
import type { Act } from "./RowMenu";
import { rowsOf } from "./rows";
import { NOTHING } from "./selection";
import { ServerTable } from "./ServerTable";
import { TagChips } from "./TagChips";
import { Toolbar } from "./Toolbar";
import { useView } from "./view";

export function ServersApp({ server: active, shell }: AppProps) {
  const servers = useServers();
  const view = useView();
  const [picked, setPicked] = useState(NOTHING);
  const [dialog, setDialog] = useState<AppDialog | null>(null);
  const [error, setError] = useState<ErrorBody | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => rowsOf(servers ?? [], view), [servers, view]);
  if (servers === null) return null;
  const chosen = servers.filter((server) => picked.ids.has(server.id));

  const run = (action: Promise<unknown>) => {
    setError(null);
    action.catch((thrown: unknown) => setError(asErrorBody(thrown)));
  };
  const act: Act = {
    open: (server) => shell.openServer(server.id),
    connect: (some) => run(connectAll(some)),
    disconnect: (some) => run(disconnectAll(some)),
    check: (some) => run(checkReachability(some.map(({ id }) => id))),
    details: (server) => shell.showConnection(server.id),
    test: (server) => shell.testServer(server.id),
    save: (server) => run(saveServer(server.id)),
    edit: (server) => shell.editServer(server.id),
    duplicate: (server) => run(duplicateServer(server.id).then((copy) => shell.editServer(copy.id))),
    installKey: (server) => setDialog({ kind: "keys", server }),
    remove: (some) => (some.length === 1 && some[0] !== undefined ? shell.removeServer(some[0].id) : setDialog({ kind: "remove", servers: some })),
  };
  return (
    <div className="@container flex h-full flex-col">
      <Toolbar
        search={search}
        servers={servers}
        onAdd={shell.addServer}
        onQuick={(server) => shell.openServer(server.id)}
        onImport={() => setDialog({ kind: "import" })}
        onKeys={() => setDialog({ kind: "keys", server: null })}
        onCheck={() => act.check(servers.filter((server) => server.kind !== "local"))}
      />
      <TagChips servers={servers} />
      {error !== null && (
        <div className="shrink-0 border-b border-line px-3 py-2">
          <ErrorNotice {...describeError(error)} isAlert>
            <Button onClick={() => setError(null)}>Dismiss</Button>
          </ErrorNotice>
        </div>
      )}
      {rows.length === 0 ? (
        <NothingFound />
      ) : (
        <ServerTable rows={rows} active={active} picked={picked} act={act} chosen={chosen} onPick={setPicked} onSearch={() => search.current?.focus()} />
      )}
      {servers.length === 1 && rows.length > 0 && <FirstSteps onAdd={shell.addServer} onImport={() => setDialog({ kind: "import" })} />}
      <Footer servers={servers} shownCount={rows.filter((row) => row.kind === "server").length} chosen={chosen} act={act} onClear={() => setPicked({ ...picked, ids: new Set<string>() })} />
      <AppDialogs dialog={dialog} servers={servers} onClose={() => setDialog(null)} onRemoved={(gone: readonly Server[]) => setPicked({ ...picked, ids: new Set([...picked.ids].filter((id) => !gone.some((server) => server.id === id))) })} />
    </div>
  );
}
