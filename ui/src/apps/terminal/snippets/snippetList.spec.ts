// Holds how snippets are found, reached by keys, and checked.
import { expect, it } from "vitest";
import { afterKey, mistakesInSnippet, searchSnippets, withSnippet } from "./snippetList";

const snippet = (name: string, text = "x") => ({ id: name, name, text });
const all = [snippet("Show log 10", "journalctl -u nginx"), snippet("Show log 9", "tail -f"), snippet("Disk", "df -h # log"), snippet("log in", "ssh")];
const names = (search: string) => searchSnippets(all, search).map(({ name }) => name);

it("finds by name and text", () => {
  expect(names("")).toEqual(["Disk", "log in", "Show log 9", "Show log 10"]);
  expect(names("LOG")).toEqual(["log in", "Disk", "Show log 9", "Show log 10"]);
  expect(names("nginx show")).toEqual(["Show log 10"]);
  expect(names("nothing")).toEqual([]);
});

it("moves by keys and stays inside", () => {
  expect(afterKey(all, null, "ArrowDown")).toBe("Show log 10");
  expect(afterKey(all, "Disk", "ArrowDown")).toBe("log in");
  expect(afterKey(all, "log in", "ArrowDown")).toBe("log in");
  expect(afterKey(all, "Show log 10", "ArrowUp")).toBe("Show log 10");
  expect(afterKey(all, "Disk", "Home")).toBe("Show log 10");
  expect(afterKey(all, "Disk", "a")).toBeNull();
  expect(afterKey([], null, "End")).toBeNull();
});

it("adds and changes", () => {
  expect(withSnippet(all, snippet("New"))).toHaveLength(5);
  expect(withSnippet(all, snippet("Disk", "du"))[2]).toEqual(snippet("Disk", "du"));
});

it("names each mistake", () => {
  expect(mistakesInSnippet(snippet(" ", " \n"), all)).toEqual({ name: "Give it a name.", text: "Write the command or text to insert." });
  expect(mistakesInSnippet(snippet("Disk"), all)).toEqual({});
  expect(mistakesInSnippet({ ...snippet("disk"), id: "2" }, all).name).toContain("already");
  expect(mistakesInSnippet(snippet("n".repeat(101), "t".repeat(10_001)), all)).toEqual({ name: "At most 100 characters.", text: "At most 10000 characters." });
});
