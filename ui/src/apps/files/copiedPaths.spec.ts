// What is pasted into a shell must not run by itself, whatever a server calls its files.
import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { copiedPaths } from "./copiedPaths";

it("are as they are, one on a line", () => {
  expect(copiedPaths(["/srv/a b", "/srv/it's", "/srv/\u{10fee9}"])).toEqual({ text: "/srv/a b\n/srv/it's\n/srv/\u{10fee9}", quoted: 0 });
});

it("have no line end and no control of their own, and a shell reads the same path", () => {
  const names = ["/x\ncurl evil\n", "/\u001b[201~x", "/it's\\\r0", "/tab\there", "/\u009bé", "/\u00071"];
  for (const name of names) {
    const { text, quoted } = copiedPaths([name]);
    expect(quoted).toBe(1);
    // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/u);
    expect(execFileSync("bash", ["-c", `printf %s ${text}`], { encoding: "utf8" })).toBe(name);
  }
});
