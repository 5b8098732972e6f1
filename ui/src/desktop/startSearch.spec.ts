// Holds the order of what the start menu finds.
import { expect, it } from "vitest";
import { searchStart, type StartEntry } from "./startSearch";

function entry(title: string, detail = ""): StartEntry {
  return { id: title, kind: "app", title, detail, run: () => undefined };
}
const entries = [entry("Dashboard", "figures of a server"), entry("Servers", "add, connect"), entry("web1", "root@web1.example"), entry("Add server", "action")];
const found = (text: string) => searchStart(entries, text).map(({ title }) => title);

it("prefers the start of the title, then a word in it, then the detail", () => {
  expect(found("serv")).toEqual(["Servers", "Add server", "Dashboard"]);
});

it("wants every word", () => {
  expect(found("add serv")).toEqual(["Add server", "Servers"]);
  expect(found("add nothing")).toEqual([]);
});

it("finds a server by its address, in any case", () => {
  expect(found("ROOT@web1")).toEqual(["web1"]);
});

it("finds nothing for no words", () => expect(found("  ")).toEqual([]));
