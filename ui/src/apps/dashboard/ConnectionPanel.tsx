// Fills the window while there is nothing to show: why the server is not connected, and the next step.
import { MessageCircleQuestion, Plug } from "lucide-react";
import { useState } from "react";
import { asErrorBody } from "../../api/client";
import { describeError } from "../../api/errors";
import { addressOf, connect } from "../../api/servers";
import type { ErrorBody } from "../../api/types";
import { Button } from "../../kit/Button";
import { ErrorNotice } from "../../kit/ErrorNotice";
import type { AppProps } from "../manifest";

export function ConnectionPanel({ server, shell }: AppProps) {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<ErrorBody | null>(null);
  const error = refusal ?? (server.state.status === "failed" ? server.state.error : null);
  const isAsking = server.state.status === "question";
  const start = async () => {
    setIsBusy(true);
    setRefusal(null);
    await connect(server.id).catch((thrown: unknown) => setRefusal(asErrorBody(thrown)));
    setIsBusy(false);
  };
  const Glyph = isAsking ? MessageCircleQuestion : Plug;

  return (
    <div className="grid h-full animate-late place-items-center overflow-y-auto p-6">
      <div className="flex w-full max-w-105 flex-col items-center gap-1 text-center">
        <Glyph size={32} strokeWidth={1.25} className="mb-2 text-ink-faint" aria-hidden="true" />
        <h3 className="text-title font-semibold">{isAsking ? `${server.name} asks a question` : `Not connected to ${server.name}`}</h3>
        <p className="text-ink-soft">{isAsking ? "The connection goes on with your answer." : addressOf(server)}</p>
        {error !== null && (
          <div className="mt-4 w-full text-left">
            <ErrorNotice {...describeError(error)} isAlert />
          </div>
        )}
        {!isAsking && (
          <div className="mt-4 flex gap-2">
            {server.kind === "ssh" && <Button onClick={() => shell.editServer(server.id)}>Edit server</Button>}
            <Button look="primary" isBusy={isBusy} onClick={() => void start()}>
              {error === null ? "Connect" : "Try again"}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}
