// Holds how a connection test grows line by line.
import { expect, it } from "vitest";
import type { DiagnosisStep } from "../../api/types";
import { NO_STEPS, withLine } from "./testSteps";

const step = (name: DiagnosisStep["name"], status: DiagnosisStep["status"] = "ok"): DiagnosisStep => ({ name, title: name, status, detail: "", tookMs: 1, hint: null });

it("shows what runs, then what it gave, then the end", () => {
  const running = withLine(NO_STEPS, { type: "started", name: "resolve", title: "Resolve" });
  expect(running.running?.title).toBe("Resolve");
  const done = withLine(running, { type: "step", step: step("resolve") });
  expect(done).toMatchObject({ running: null, end: null, done: [{ name: "resolve" }] });
  expect(withLine(done, { type: "done", ok: true, connected: false }).end).toEqual({ ok: true, connected: false });
});

it("takes the later word about a step", () => {
  const twice = withLine(withLine(NO_STEPS, { type: "step", step: step("login") }), { type: "step", step: step("login", "failed") });
  expect(twice.done.map(({ status }) => status)).toEqual(["failed"]);
});
