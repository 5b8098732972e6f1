// The app takes few keys; everything a shell uses must pass.
import { describe, expect, it } from "vitest";
import { meaningOf } from "./keys";

const press = (code: string, modifiers = "", key = code) => ({
  key,
  code,
  ctrlKey: modifiers.includes("c"),
  shiftKey: modifiers.includes("s"),
  altKey: modifiers.includes("a"),
  metaKey: modifiers.includes("m"),
});

describe("keys", () => {
  it("of a shell pass, in a tab and in a window of its own", () => {
    for (const code of ["KeyC", "KeyV", "KeyD", "KeyW", "KeyR", "KeyZ", "KeyK", "ArrowUp", "Space"]) {
      expect(meaningOf(press(code, "c"), false)).toBeNull();
      expect(meaningOf(press(code, "c"), true)).toBeNull();
    }
    for (const code of ["KeyA", "F3", "Enter", "PageUp", "Tab", "Escape"]) expect(meaningOf(press(code), true)).toBeNull();
    expect(meaningOf(press("ArrowLeft", "ca"), true)).toBeNull();
    expect(meaningOf(press("KeyB", "a"), true)).toBeNull();
    expect(meaningOf(press("KeyC", "m"), true)).toBeNull();
  });

  it("with Ctrl and Shift are the app's", () => {
    expect(meaningOf(press("KeyT", "cs"), false)).toBe("newTab");
    expect(meaningOf(press("KeyV", "cs"), false)).toBe("native");
    expect(meaningOf(press("Insert", "s"), false)).toBe("native");
    expect(meaningOf(press("ArrowUp", "cs"), false)).toBe("previousPrompt");
    expect(meaningOf(press("Space", "cs"), false)).toBe("toolbar");
    expect(meaningOf(press("ArrowUp", "csa"), false)).toBe("focusUp");
    expect(meaningOf(press("KeyA", "cs"), false)).toBeNull();
  });

  it("change the size by what they type", () => {
    expect(meaningOf(press("BracketRight", "c", "+"), false)).toBe("larger");
    expect(meaningOf(press("Equal", "cs", "+"), false)).toBe("larger");
    expect(meaningOf(press("Slash", "c", "-"), false)).toBe("smaller");
    expect(meaningOf(press("Minus", "cs", "_"), false)).toBeNull();
    expect(meaningOf(press("Digit0", "c", "0"), false)).toBe("usualSize");
  });

  it("that a browser takes in a tab work in a window of its own", () => {
    expect(meaningOf(press("KeyT", "c"), false)).toBeNull();
    expect(meaningOf(press("KeyT", "c"), true)).toBe("newTab");
    expect(meaningOf(press("PageUp", "c"), true)).toBe("previousTab");
  });
});
