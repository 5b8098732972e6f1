// In the title bar of every window whose server is lost: when it is tried again, and to try at once.
import { RefreshCw, TriangleAlert } from "lucide-react";
import { errorTitle } from "../../api/errors";
import { connect } from "../../api/servers";
import type { Server } from "../../api/types";
import { Countdown } from "../../kit/Countdown";
import { Tooltip } from "../../kit/Tooltip";
import { visibleText } from "../../lib/visibleText";

/** Takes no place while the server is anything but lost. */
export function ReconnectMark({ server }: { server: Server }) {
  const { state } = server;
  if (state.status !== "reconnecting") return null;
  const { error, retryAt } = state;
  return (
    <div role="group" aria-label={`Connection to ${server.name}`} className="flex h-7 shrink-0 items-center rounded-control bg-warn-ground text-small font-medium text-warn max-wide:h-8">
      <span className="flex items-center gap-1.5 pl-2">
        <TriangleAlert size={13} strokeWidth={2} aria-hidden="true" />
        <Countdown retryAt={retryAt} wordsClassName="@max-medium:sr-only" />
      </span>
      <Tooltip text={<span className="block max-w-80">{`${errorTitle(error)}: ${visibleText(error.message, 300)}`}</span>}>
        <button
          type="button"
          // The pointer leaves the focus in the app: who was typing goes on typing.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => void connect(server.id).catch(() => undefined)}
          className="relative flex h-full items-center gap-1.5 rounded-control px-2 underline-offset-2 hover:underline focus-visible:-outline-offset-1 max-wide:min-w-11 max-wide:justify-center max-wide:before:absolute max-wide:before:inset-x-0 max-wide:before:-inset-y-1.5"
        >
          <RefreshCw size={13} strokeWidth={2} aria-hidden="true" className="hidden @max-medium:block" />
          <span className="underline decoration-warn/50 @max-medium:sr-only">Reconnect now</span>
        </button>
      </Tooltip>
    </div>
  );
}
