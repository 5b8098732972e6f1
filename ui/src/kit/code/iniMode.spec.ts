// What each part of an INI line is taken for; no line takes longer than its length.
import { StringStream } from "@codemirror/language";
import { expect, it } from "vitest";
import { ini } from "./iniMode";

/** The parts of a line that mean something, as `kind:text`. */
function tokens(line: string): string[] {
  const stream = new StringStream(line, 2, 2);
  const state = ini.startState?.(2) ?? { isValue: false, continues: false };
  const found: string[] = [];
  while (!stream.eol()) {
    stream.start = stream.pos;
    const kind = ini.token(stream, state);
    if (kind !== null) found.push(`${kind}:${stream.current()}`);
  }
  return found;
}

it("knows keys, values, sections and comments", () => {
  expect(tokens("  Exec Start  =  /bin/x 5s")).toEqual(["propertyName:Exec Start", "operator:=", "number:5s"]);
  expect(tokens("a=b=c")).toEqual(["propertyName:a", "operator:="]);
  expect(tokens("=x")).toEqual(["operator:="]);
  expect(tokens("server 10.0.0.1 iburst")).toEqual(["propertyName:server"]);
  expect(tokens("[Unit]")).toEqual(["heading:[Unit]"]);
  expect(tokens("; a = b")).toEqual(["comment:; a = b"]);
  expect(tokens("a = ${HOME} %(x)s")).toEqual(["propertyName:a", "operator:=", "variableName:${HOME}", "variableName:%(x)s"]);
});

it("looks for what closes a key or a name no further than a key is long", { timeout: 60_000 }, () => {
  // To look to the end of the line from each place would take hours.
  expect(tokens(`a${" ".repeat(2_000_000)}x`)).toEqual(["propertyName:a"]);
  expect(tokens("a ".repeat(100_000))).toEqual(["propertyName:a"]);
  expect(tokens(`x=${"${".repeat(50_000)}`)).toHaveLength(2);
});
