// Holds what is read from other terminals' colour files: good ones, broken ones, hostile ones.
import { describe, expect, it } from "vitest";
import { importSchemes, LARGEST_BYTES, MOST_IMPORTED, withImported, type SchemeColors } from "./importScheme";
import { parsePlist } from "./plist";

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">`;

function color(name: string, [red, green, blue]: readonly (number | string)[], space = "sRGB"): string {
  return `<key>${name}</key><dict><key>Alpha Component</key><real>1</real><key>Blue Component</key><real>${blue ?? ""}</real>
    <key>Color Space</key><string>${space}</string><key>Green Component</key><real>${green ?? ""}</real><key>Red Component</key><real>${red ?? ""}</real></dict>`;
}

const ANSI = Array.from({ length: 16 }, (_none, index) => color(`Ansi ${index} Color`, [index / 15, 0, 1]));
const iterm = (...more: string[]) => `${HEAD}\n<dict>\n${[...ANSI, ...more].join("\n")}\n</dict></plist>\n`;
const GROUND = color("Background Color", [0, "0.16862745", "2.1176470588e-01"]);
const TEXT = color("Foreground Color", [1, 1, 1]);

const NAMES = ["black", "red", "green", "yellow", "blue", "purple", "cyan", "white"];
const windows = (name: string, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  name,
  background: "#0C0C0C",
  foreground: "#CCC",
  ...Object.fromEntries(NAMES.flatMap((key, index) => [[key, `#00000${index}`], [`bright${key[0]?.toUpperCase() ?? ""}${key.slice(1)}`, `#00001${index}`]])),
  ...change,
});

describe("an iTerm2 file", () => {
  it("is read", () => {
    const { schemes, mistake } = importSchemes(iterm(GROUND, TEXT, color("Cursor Color", [1, 0, 0]), "<!-- a note --><key>Other</key><true/>"), "My Own.itermcolors");
    expect(mistake).toBeNull();
    expect(schemes).toEqual([
      {
        id: "imported-my-own",
        name: "My Own",
        foreground: "#ffffff",
        background: "#002b36",
        cursor: "#ff0000",
        selection: "#406068",
        ansi: Array.from({ length: 16 }, (_none, index) => `#${(index * 17).toString(16).padStart(2, "0")}00ff`),
      },
    ]);
  });

  it("may be written in P3", () => {
    const p3 = importSchemes(iterm(color("Background Color", [0.5, 0.5, 0.5], "P3"), color("Foreground Color", [1, 0, 0], "P3")), "a");
    expect(p3.schemes?.[0]).toMatchObject({ background: "#808080", foreground: "#ff0000" });
  });

  it.each([
    ["a colour that is missing", iterm(TEXT), "lacks the background"],
    ["a part past one", iterm(GROUND, color("Foreground Color", [1.2, 0, 0])), "lacks the foreground"],
    ["no colours", `${HEAD}<dict></dict></plist>`, "and 16 more"],
    ["a part that is no number", iterm(GROUND, color("Foreground Color", ["url(x)", 0, 0])), "no colour scheme"],
    ["an end that is missing", iterm(GROUND, TEXT).slice(0, -20), "no colour scheme"],
    ["something after the end", `${iterm(GROUND, TEXT)}<dict/>`, "no colour scheme"],
    ["tags that cross", `${HEAD}<dict><key>a</dict></key></plist>`, "no colour scheme"],
    ["a web page", "<html><script>alert(1)</script></html>", "no colour scheme"],
  ])("with %s is refused", (_what, text, reason) => expect(importSchemes(text, "x").mistake).toContain(reason));

  it("cannot declare entities, nest without end or run on", () => {
    const bomb = '<!DOCTYPE plist [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><plist><dict><key>&b;</key><string/></dict></plist>';
    expect(parsePlist(bomb)).toBeNull();
    expect(parsePlist("<plist><dict><key>&a;</key><string/></dict></plist>")).toBeNull();
    expect(parsePlist(`<plist>${"<dict><key>a</key>".repeat(5000)}`)).toBeNull();
    expect(parsePlist(`<plist><dict>${"<key>a</key><string>b</string>".repeat(10_000)}</dict></plist>`)).toBeNull();
    const startedAt = performance.now();
    for (const hostile of ["<".repeat(250_000), "<!--".repeat(60_000), "&".repeat(250_000), `<plist ${" ".repeat(250_000)}`, `<plist><dict><key>${"&".repeat(200_000)}</key>`]) {
      expect(parsePlist(hostile)).toBeNull();
    }
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  it("keeps strange keys as keys", () => {
    const dict = parsePlist("<plist><dict><key>__proto__</key><dict><key>x &lt; y</key><true/></dict></dict></plist>");
    expect(dict?.get("__proto__")).toEqual(new Map([["x < y", true]]));
    expect(({} as Record<string, unknown>)["x < y"]).toBeUndefined();
  });
});

describe("a Windows Terminal scheme", () => {
  it("is read, alone, in a list and in a settings file with comments", () => {
    const one = windows("One", { cursorColor: "#FF0000", selectionBackground: "#123456" });
    const { schemes } = importSchemes(JSON.stringify(one), "file.json");
    expect(schemes).toEqual([
      {
        id: "imported-one",
        name: "One",
        foreground: "#cccccc",
        background: "#0c0c0c",
        cursor: "#ff0000",
        selection: "#123456",
        ansi: [...NAMES.map((_name, index) => `#00000${index}`), ...NAMES.map((_name, index) => `#00001${index}`)],
      },
    ]);
    expect(importSchemes(JSON.stringify([one, windows("Two")]), "").schemes).toHaveLength(2);
    const settings = `\ufeff// "mine"\n{ "url": "https://a//b", /* a\nlist */ "profiles": {}, "schemes": [${JSON.stringify(one)}, ${JSON.stringify(windows("b // c ,}"))},], }`;
    expect(importSchemes(settings, "").schemes?.map(({ name }) => name)).toEqual(["One", "b // c ,}"]);
  });

  it("may say magenta, and may lack a name", () => {
    const { purple, ...rest } = windows("x");
    expect(importSchemes(JSON.stringify({ ...rest, name: 7, magenta: purple }), "From file.json").schemes?.[0]).toMatchObject({ name: "From file" });
  });

  it.each([
    ["nothing", "", "no colour scheme"],
    ["half of it", JSON.stringify(windows("a")).slice(0, -1), "no colour scheme"],
    ["other JSON", '{"a":[1,2]}', "no colour scheme"],
    ["no schemes", '{"schemes":[]}', "no colour scheme"],
    ["a colour that is none", JSON.stringify(windows("Odd", { cyan: "url(https://x)" })), "Odd lacks colour 6 (cyan)"],
    ["a colour by name", JSON.stringify(windows("Odd", { background: "red" })), "Odd lacks the background"],
  ])("of %s is refused", (_what, text, reason) => expect(importSchemes(text, "x").mistake).toContain(reason));

  it("gets a name that can be shown and an id that is one", () => {
    const odd = importSchemes(JSON.stringify(windows("\u202e<b>\u0007 ünï\n")), "").schemes?.[0];
    expect(odd).toMatchObject({ name: "<b> ünï", id: "imported-b-n" });
    expect(importSchemes(JSON.stringify(windows("x".repeat(9999))), "").schemes?.[0]?.name).toHaveLength(100);
    expect(importSchemes(JSON.stringify(windows("\u0000")), "\u0000.json").schemes?.[0]).toMatchObject({ name: "Imported", id: "imported-imported" });
    expect(importSchemes(JSON.stringify(windows("日本")), "").schemes?.[0]).toMatchObject({ name: "日本", id: "imported-scheme" });
  });

  it("is bounded, and costs no time", () => {
    expect(importSchemes(" ".repeat(LARGEST_BYTES + 1), "").mistake).toContain("too large");
    const startedAt = performance.now();
    for (const hostile of ["/*".repeat(130_000), '"\\'.repeat(130_000), `{${",".repeat(250_000)}`, ", ".repeat(130_000), "[".repeat(250_000), `,${" ".repeat(250_000)}`]) {
      expect(importSchemes(hostile, "").mistake).toContain("no colour scheme");
    }
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

it("replaces one of the same name, keeps ids apart, and stops at fifty", () => {
  const scheme = (name: string, background = "#000000"): SchemeColors => {
    const { schemes } = importSchemes(JSON.stringify(windows(name, { background })), "");
    if (schemes?.[0] === undefined) throw new Error("not read");
    return schemes[0];
  };
  const kept = withImported([], [scheme("A b"), scheme("A-b"), scheme("A b", "#ffffff")]).schemes ?? [];
  expect(kept.map(({ id, name, background }) => [id, name, background])).toEqual([
    ["imported-a-b", "A b", "#ffffff"],
    ["imported-a-b-2", "A-b", "#000000"],
  ]);
  const many = Array.from({ length: MOST_IMPORTED - 1 }, (_none, index) => scheme(`n${index}`));
  expect(withImported(kept, many).mistake).toContain("At most 50");
  expect(withImported(kept, many.slice(1)).schemes).toHaveLength(MOST_IMPORTED);
});
