// Holds that a set is told by what is in it, and that what is refused is named.
import { expect, it } from "vitest";
import { CAPABILITIES, modeOf, notGranted, type ModeSet } from "./permissions";
import type { Server } from "./types";

const MODES: ModeSet[] = [
  { mode: "observe", capabilities: ["system.read", "files.read"] },
  { mode: "administer", capabilities: CAPABILITIES.filter((each) => each !== "agent.act") },
];

it("tells a mode by just its permissions, in any order", () => {
  expect(modeOf(["files.read", "system.read"], MODES)).toBe("observe");
  expect(modeOf(["files.read"], MODES)).toBe("custom");
  expect(modeOf(["files.read", "logs.read"], MODES)).toBe("custom");
  expect(modeOf(CAPABILITIES, MODES)).toBe("custom");
});

it("says which permission is missing, and by which mode", () => {
  const server = { name: "web1", capabilities: ["system.read"], mode: "observe" } as unknown as Server;
  expect(notGranted(server, "system.read")).toBeNull();
  expect(notGranted(server, "terminal.open")).toBe("web1 is set to Observe, which does not include “Open terminals and forward ports” (terminal.open).");
  expect(notGranted({ ...server, mode: null }, "files.write")).toContain("The permissions of web1 do not include");
});
