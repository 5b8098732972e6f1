// Holds what is a variable in a snippet, and that values go in as they are.
import { expect, it } from "vitest";
import { asInput, fillIn, variablesIn } from "./variables";

it.each([
  ["uptime", []],
  ["ls {{folder}}", [["folder", ""]]],
  ["ls {{folder:/var/log}} {{count:20}}", [["folder", "/var/log"], ["count", "20"]]],
  ["{{a:1}} {{a:2}} {{b}} {{b:3}}", [["a", "1"], ["b", "3"]]],
  ["{{größe_2-x:}}", [["größe_2-x", ""]]],
  ["{{time:12:30}}", [["time", "12:30"]]],
  ["{{json:{\"a\":{}}}}", [["json", '{"a":{}}']]],
  ["docker ps --format '{{.Names}} {{ .ID }} {{json .}}' {{}} {{1a}} {a}", []],
  ["\\{{end}} {{x}}", [["x", ""]]],
  ["{{a\n}} {{b:1\n2}}", []],
])("finds the variables of %j", (text, variables) => {
  expect(variablesIn(text).map(({ name, standard }) => [name, standard])).toEqual(variables);
});

it("puts values in as they are", () => {
  const values = new Map([
    ["a", "$& $1 {{b}} \\ ' \" `id`"],
    ["b", ""],
  ]);
  expect(fillIn("echo {{a}} [{{b:x}}] {{c:d}} {{a:z}} \\{{end}} {{.Go}}", values)).toBe(
    "echo $& $1 {{b}} \\ ' \" `id` [] d $& $1 {{b}} \\ ' \" `id` {{end}} {{.Go}}",
  );
});

it("gives the same default to each place", () => expect(fillIn("{{a}} {{a:1}} {{a:2}}", new Map())).toBe("1 1 1"));

it("costs no time, whatever the text", () => {
  const startedAt = performance.now();
  for (const hostile of ["{{a:".repeat(5000), "{".repeat(20_000), `{{${"a".repeat(20_000)}`, "{{a:}".repeat(4000)]) {
    expect(variablesIn(hostile)).toEqual([]);
  }
  expect(performance.now() - startedAt).toBeLessThan(1000);
});

it("runs nothing that is to be inserted", () => {
  expect(asInput("a\r\nb\r\n\n")).toBe("a\nb");
  expect(asInput("uptime \n")).toBe("uptime");
});
