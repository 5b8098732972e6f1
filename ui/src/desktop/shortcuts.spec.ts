// Holds which keys the desktop takes, and that typing with AltGr is left alone.
import { expect, it } from "vitest";
import { shortcutOf } from "./shortcuts";

function press(code: string, held: string[], key = code): Parameters<typeof shortcutOf>[0] {
  return {
    key,
    code,
    ctrlKey: held.includes("Control"),
    altKey: held.includes("Alt"),
    shiftKey: held.includes("Shift"),
    metaKey: held.includes("Meta"),
    getModifierState: (name) => held.includes(name),
  };
}

it("knows the keys of windows", () => {
  expect(shortcutOf(press("ArrowLeft", ["Control", "Alt"]))).toEqual({ kind: "step", arrow: "left" });
  expect(shortcutOf(press("KeyM", ["Control", "Alt"], "m"))).toEqual({ kind: "minimize" });
  expect(shortcutOf(press("Tab", ["Control", "Alt", "Shift"]))).toEqual({ kind: "cycle", isBackwards: true });
  expect(shortcutOf(press("F6", []))).toEqual({ kind: "region", isBackwards: false });
});

it("leaves everything else to the app", () => {
  expect(shortcutOf(press("KeyM", ["Control"], "m"))).toBeNull();
  expect(shortcutOf(press("KeyM", [], "m"))).toBeNull();
  expect(shortcutOf(press("KeyM", ["Control", "Alt", "AltGraph"], "µ"))).toBeNull();
  expect(shortcutOf(press("ArrowLeft", ["Control", "Alt", "Meta"]))).toBeNull();
  expect(shortcutOf(press("F6", ["Control"]))).toBeNull();
});
