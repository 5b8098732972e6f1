// The line over the cards: whether the figures are live, and what is being done about it when they are not; always of the same height.
import { LoaderCircle, LockKeyhole, Radio, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { remarksOf } from "../../api/connectionRemarks";
import { errorHint, errorTitle } from "../../api/errors";
import { addressOf, connect, disconnect } from "../../api/servers";
import type { Server } from "../../api/types";
import { Button } from "../../kit/Button";
import { IconButton } from "../../kit/IconButton";
import { ServerText } from "../../kit/ServerText";
import { Tooltip } from "../../kit/Tooltip";
import { classes } from "../../lib/classes";
import { visibleText } from "../../lib/visibleText";
import type { AppProps } from "../manifest";

const ICON = { size: 14, strokeWidth: 2 };

export function DashboardHeader({ server, shell }: AppProps) {
  return (
    <div className="mb-2 flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-1">
      <p className="min-w-0 grow text-ink-soft">
        <ServerText>{detailOf(server)}</ServerText>
      </p>
      <DetailsButton server={server} onOpen={() => shell.showConnection(server.id)} />
      <Condition server={server} />
    </div>
  );
}

/** The way to what was agreed; it says in words where something of that is weak or not applied. */
function DetailsButton({ server, onOpen }: { server: Server; onOpen: () => void }) {
  const remarks = remarksOf(server);
  if (remarks === null) {
    return <IconButton label="Connection details" icon={<LockKeyhole size={15} strokeWidth={1.75} />} onClick={onOpen} />;
  }
  return (
    <Tooltip text="Connection details">
      <button
        type="button"
        onClick={onOpen}
        aria-label={`Connection details: ${remarks}`}
        className="relative flex min-h-6 items-center gap-1.5 rounded-full bg-warn-ground px-2.5 py-0.5 text-left text-small font-medium text-warn hover:underline max-wide:min-h-8 max-wide:before:absolute max-wide:before:inset-x-0 max-wide:before:-inset-y-1.5"
      >
        <TriangleAlert {...ICON} className="shrink-0" aria-hidden="true" />
        {remarks}
      </button>
    </Tooltip>
  );
}

function Condition({ server }: { server: Server }) {
  const { state } = server;
  switch (state.status) {
    case "connected":
      return (
        <Pill look="text-ink-soft" icon={<Radio {...ICON} className="text-good" aria-hidden="true" />}>
          Live, every 2 s
        </Pill>
      );
    case "connecting":
      return (
        <>
          <Pill look="bg-info-ground text-info" icon={<LoaderCircle {...ICON} className="animate-spin" aria-hidden="true" />}>
            Connecting
          </Pill>
          <Button onClick={() => void disconnect(server.id).catch(() => undefined)}>Cancel</Button>
        </>
      );
    case "reconnecting":
      return (
        <>
          <Pill look="bg-warn-ground text-warn" icon={<TriangleAlert {...ICON} aria-hidden="true" />} title={`${visibleText(state.error.message, 300)} ${errorHint(state.error) ?? ""}`}>
            {errorTitle(state.error)}
          </Pill>
          <Button onClick={() => void disconnect(server.id).catch(() => undefined)}>Disconnect</Button>
        </>
      );
    case "failed":
    case "question":
    case "disconnected":
      return (
        <>
          <Pill look="bg-bad-ground text-bad" icon={<TriangleAlert {...ICON} aria-hidden="true" />} title={state.status === "failed" ? visibleText(state.error.message, 300) : undefined}>
            {state.status === "failed" ? errorTitle(state.error) : "Waiting for an answer"}
          </Pill>
          {state.status === "failed" && <Button onClick={() => void connect(server.id).catch(() => undefined)}>Try again</Button>}
        </>
      );
  }
}

function Pill({ look, icon, title, children }: { look: string; icon: ReactNode; title?: string | undefined; children: ReactNode }) {
  return (
    <span title={title} className={classes("flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-small font-medium", look)}>
      {icon}
      <span>{children}</span>
    </span>
  );
}

function detailOf(server: Server): string {
  const os = server.state.status === "connected" ? server.state.details.os : null;
  return os === null ? addressOf(server) : `${addressOf(server)} · ${os}`;
}
