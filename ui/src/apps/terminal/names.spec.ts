// What a shell calls itself is the server's word, and how it ended is said in plain ones.
import { expect, it } from "vitest";
import type { ErrorBody, Terminal } from "../../api/types";
import { endOf, titleOf } from "./names";

const error: ErrorBody = { code: "lost", message: "The server closed the connection", hint: null, server: "web1", command: null, requestId: null };
const terminal = (state: Terminal["state"]): Terminal => ({
  id: "t",
  server: "web1",
  number: 2,
  title: null,
  folder: null,
  state,
  columns: 80,
  rows: 24,
  bells: 0,
  outputAt: null,
  recording: false,
  openedAt: "2026-01-01T00:00:00Z",
});

it("a terminal is called as its shell says, else by its number", () => {
  expect(titleOf({ title: "vim \u202etxt", number: 2 })).toBe("vim <U+202E>txt");
  expect(titleOf({ title: "  ", number: 2 })).toBe("shell 2");
  expect(titleOf({ title: null, number: 3 })).toBe("shell 3");
});

it("the end of a shell is a sentence", () => {
  expect(endOf(terminal({ status: "running" }))).toBeNull();
  expect(endOf(terminal({ status: "ended", exitCode: 1, signal: null }))).toBe("The shell ended (exit code 1).");
  expect(endOf(terminal({ status: "ended", exitCode: null, signal: "KILL" }))).toBe("The shell was ended by KILL.");
  expect(endOf(terminal({ status: "lost", error }))).toBe("The connection was lost: The server closed the connection.");
  expect(endOf(terminal({ status: "lost", error: { ...error, message: "The connection is gone: it was closed here" } }))).toBe("The connection is gone: it was closed here.");
});
