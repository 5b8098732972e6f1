// What terminals are called, and the words for how they are.
import { describeError } from "../../api/errors";
import type { Terminal } from "../../api/types";
import { visibleText } from "../../lib/visibleText";

const LONGEST_TITLE = 80;

/** What the shell called itself, else `shell 2`. */
export function titleOf({ title, number }: Pick<Terminal, "title" | "number">): string {
  const shown = title === null ? "" : visibleText(title, LONGEST_TITLE).trim();
  return shown === "" ? `shell ${number}` : shown;
}

/** A sentence for a terminal whose shell is no more; null while there is one. */
export function endOf(terminal: Terminal): string | null {
  const { state } = terminal;
  if (state.status === "lost") {
    const why = visibleText(sentence(describeError(state.error).message), 300);
    return why.startsWith("The connection ") ? why : `The connection was lost: ${why}`;
  }
  if (state.status !== "ended") return null;
  if (state.signal !== null) return `The shell was ended by ${visibleText(state.signal, 40)}.`;
  return state.exitCode === null ? "The shell ended." : `The shell ended (exit code ${state.exitCode}).`;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
