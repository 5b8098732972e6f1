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
  expect(shortcutOf(press("KeyL", ["Control", "Alt"], "l"))).toEqual({ kind: "lock" });
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

it("goes to servers by number and one by one", () => {
  expect(shortcutOf(press("Digit3", ["Control", "Alt"], "3"))).toEqual({ kind: "workspace", at: 2 });
  expect(shortcutOf(press("PageUp", ["Control", "Alt"]))).toEqual({ kind: "nextWorkspace", isBackwards: true });
  expect(shortcutOf(press("Digit3", ["Control", "Alt", "AltGraph"], "³"))).toBeNull();
  expect(shortcutOf(press("Digit0", ["Control", "Alt"], "0"))).toBeNull();
  expect(shortcutOf(press("PageUp", ["Control"]))).toBeNull();
});

it("opens the palette by one letter", () => {
  expect(shortcutOf(press("KeyK", ["Control"], "k"))).toEqual({ kind: "palette" });
  expect(shortcutOf(press("KeyK", ["Meta"], "k"))).toEqual({ kind: "palette" });
  expect(shortcutOf(press("KeyP", ["Control", "Alt"], "p"))).toEqual({ kind: "palette" });
  expect(shortcutOf(press("KeyK", ["Control", "Shift"], "K"))).toBeNull();
});
