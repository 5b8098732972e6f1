// The words and the mark for each state of a connection, in one place.
import type { Mark } from "../kit/StatusMark";
import type { ConnectionState } from "./types";

export interface ConnectionWords {
  mark: Mark;
  word: string;
}

export function describeConnection(state: ConnectionState): ConnectionWords {
  switch (state.status) {
    case "connected":
      return { mark: "good", word: "Connected" };
    case "connecting":
      return { mark: "busy", word: "Connecting" };
    case "question":
      return { mark: "ask", word: "Needs an answer" };
    case "reconnecting":
      return { mark: "warn", word: "Reconnecting" };
    case "failed":
      return { mark: "bad", word: "Connection failed" };
    case "disconnected":
      return { mark: "idle", word: "Not connected" };
  }
}
