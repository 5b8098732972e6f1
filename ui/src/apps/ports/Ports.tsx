// Port forwarding of one server: what is forwarded, with its traffic, and what could be.
import { Cable, History, Monitor } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { closeForward, openForward, useForwards } from "../../api/forwards";
import type { ErrorBody, Forward, NewForward } from "../../api/types";
import { notGranted } from "../../api/permissions";
import { useConnecting } from "../../api/useConnecting";
import { Button } from "../../kit/Button";
import { CentrePanel } from "../../kit/CentrePanel";
import { ConnectPanel } from "../../kit/ConnectPanel";
import { ErrorNotice } from "../../kit/ErrorNotice";
import { NotGranted } from "../../kit/NotGranted";
import { Skeleton } from "../../kit/Skeleton";
import { useNow } from "../../kit/useNow";
import { plural } from "../../lib/numbers";
import type { AppProps } from "../manifest";
import { ForwardRow } from "./ForwardRow";
import { ListeningPorts } from "./ListeningPorts";
import { NewForwardForm } from "./NewForwardForm";

export function Ports({ server, shell }: AppProps) {
  const { forwards, error, reload } = useForwards(server.id);
  const nowMs = useNow(1000);
  const [isOpening, setIsOpening] = useState(false);
  const [stopping, setStopping] = useState<string | null>(null);
  const [failure, setFailure] = useState<ErrorBody | null>(null);
  const connecting = useConnecting(server);
  const isConnected = server.state.status === "connected";

  const run = async (work: Promise<unknown>) => {
    setFailure(null);
    try {
      await work;
    } catch (thrown) {
      setFailure(asErrorBody(thrown));
    }
  };
  const open = async (wanted: NewForward) => {
    setIsOpening(true);
    await run(openForward(server.id, wanted));
    setIsOpening(false);
  };
  const stop = async (forward: Forward) => {
    setStopping(forward.id);
    await run(closeForward(forward));
    setStopping(null);
  };
  if (server.kind === "local") {
    return <CentrePanel icon={Monitor} title="Nothing to forward" line="The ports of this computer can be opened as they are. In the workspace of a server, its ports can be opened here." />;
  }
  const denied = notGranted(server, "terminal.open");
  if (denied !== null) return <NotGranted line={`Over a forwarded port one reaches what a shell reaches. ${denied}`} onEdit={() => shell.editServer(server.id)} />;
  const all = forwards ?? [];
  if (!isConnected && all.length === 0) return <ConnectPanel name={server.name} line="Its ports can be forwarded once it is connected." {...connecting} />;
  return (
    <div className="@container flex h-full flex-col">
      <div className="min-h-0 grow overflow-y-auto">
        <NewForwardForm isBusy={isOpening} isDisabled={!isConnected} onOpen={(wanted) => void open(wanted)} />
        {!isConnected && (
          <p role="status" className="flex items-center gap-2 border-b border-line bg-warn-ground px-4 py-1.5">
            <History size={16} strokeWidth={1.75} className="shrink-0 text-warn" aria-hidden="true" />
            {server.name} is not connected. The ports stay; what connects to them is closed until it is back.
          </p>
        )}
        {failure !== null && (
          <div className="px-4 pt-3">
            <ErrorNotice {...describeError(failure)} isAlert>
              <Button onClick={() => setFailure(null)}>Dismiss</Button>
            </ErrorNotice>
          </div>
        )}
        <section aria-label="Forwarded ports" className="px-4 py-3">
          <h3 className="mb-2 font-semibold">Forwarded</h3>
          {forwards === null && error !== null ? (
            <ErrorNotice {...describeError(asErrorBody(error))} isAlert>
              <Button onClick={reload}>Try again</Button>
            </ErrorNotice>
          ) : forwards === null ? (
            <Skeleton className="h-14 w-full" />
          ) : all.length === 0 ? (
            <p className="flex items-center gap-3 rounded-card border border-dashed border-line-strong px-4 py-4 text-ink-soft">
              <Cable size={20} strokeWidth={1.5} className="shrink-0 text-ink-faint" aria-hidden="true" />
              No port is forwarded. Choose one below, or type where it should lead: a port of this computer then leads there, over the connection that there is.
            </p>
          ) : (
            <ul aria-label="Forwarded ports" className="flex flex-col gap-2">
              {all.map((forward) => (
                <ForwardRow key={forward.id} forward={forward} nowMs={nowMs} isStopping={stopping === forward.id} onStop={() => void stop(forward)} />
              ))}
            </ul>
          )}
        </section>
        <section aria-label={`Listening on ${server.name}`} className="px-4 pt-1 pb-4">
          <h3 className="mb-1 font-semibold">Listening on {server.name}</h3>
          <ListeningPorts server={server} forwards={all} isDisabled={!isConnected || isOpening} onOpen={(wanted) => void open(wanted)} />
        </section>
      </div>
      <footer className="flex min-h-6 shrink-0 max-wide:py-1.5 items-center gap-3 border-t border-line bg-window px-3 text-small text-ink-soft">
        <span className="shrink-0">{plural(all.length, "port")}</span>
        <span className="grow" />
        <span className="text-ink-faint">Any program and user of this computer can connect to a forwarded port.</span>
      </footer>
    </div>
  );
}
