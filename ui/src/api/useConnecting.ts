// What a part that waits for a connection shows and does: the phase, the reason, and to connect, or to try again at once.
import { useState } from "react";
import { asErrorBody } from "./client";
import { describeError } from "./errors";
import { connect } from "./servers";
import type { ConnectionState, ErrorBody, Server } from "./types";

export interface Connecting {
  phase: ConnectionState["status"];
  /** When a lost connection is tried again, RFC 3339; null: it is not. */
  retryAt: string | null;
  error: ReturnType<typeof describeError> | null;
  isBusy: boolean;
  onConnect: () => void;
}

export function useConnecting(server: Server): Connecting {
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<ErrorBody | null>(null);
  const { state } = server;
  const start = async () => {
    setIsBusy(true);
    setRefusal(null);
    await connect(server.id).catch((thrown: unknown) => setRefusal(asErrorBody(thrown)));
    setIsBusy(false);
  };
  const error = refusal ?? (state.status === "failed" || state.status === "reconnecting" ? state.error : null);
  return {
    phase: state.status,
    retryAt: state.status === "reconnecting" ? state.retryAt : null,
    error: error === null ? null : describeError(error),
    isBusy,
    onConnect: () => void start(),
  };
}
