// The words and the mark for each state of a connection, in one place.
import type { ConnectionState } from "./types";

/** Which of the marks for states stands beside the word. */
export type ConnectionMark = "good" | "busy" | "ask" | "warn" | "bad" | "idle";

export interface ConnectionWords {
  mark: ConnectionMark;
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
