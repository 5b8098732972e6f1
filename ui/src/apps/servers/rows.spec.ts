// Holds what the list of servers shows, and in which order.
import { expect, it } from "vitest";
import type { Server } from "../../api/types";
import { found, rowsOf, tagsOf, type View } from "./rows";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fields the list looks at are all there
const server = (name: string, more: Partial<Server> = {}): Server => ({ id: name, kind: "ssh", name, host: `${name}.example`, port: 22, user: "root", folder: "", tags: [], notes: "", lastSeen: null, state: { status: "disconnected" }, ...more }) as unknown as Server;
const servers = [
  server("local"),
  server("web10", { folder: "shop/front", tags: ["web", "eu"], lastSeen: "2026-01-02T00:00:00Z" }),
  server("web2", { folder: "shop/front", tags: ["web"], notes: "behind the load balancer" }),
  server("db", { folder: "shop", tags: ["eu"], lastSeen: "2026-01-03T00:00:00Z" }),
];
const view: View = { text: "", tags: new Set(), sort: "own", isDescending: false, closed: new Set() };
const shown = (change: Partial<View>) => rowsOf(servers, { ...view, ...change }).map((row) => `${"  ".repeat(row.depth)}${row.kind === "folder" ? `${row.name}/ ${row.count}` : row.server.name}`);

it("shows folders with what is in them, below what is in none", () => {
  expect(shown({})).toEqual(["local", "shop/ 3", "  db", "  front/ 2", "    web10", "    web2"]);
});

it("closes a folder, and opens all while something is searched for", () => {
  expect(shown({ closed: new Set(["shop/front"]) })).toEqual(["local", "shop/ 3", "  db", "  front/ 2"]);
  expect(shown({ closed: new Set(["shop"]), text: "web2" })).toEqual(["shop/ 1", "  front/ 1", "    web2"]);
});

it("sorts within the folder, numbers as numbers", () => {
  expect(shown({ sort: "name" }).slice(-2)).toEqual(["    web2", "    web10"]);
  expect(shown({ sort: "name", isDescending: true }).slice(-2)).toEqual(["    web10", "    web2"]);
  expect(shown({ sort: "lastSeen" }).slice(-2)).toEqual(["    web10", "    web2"]);
});

it("finds by every word and every tag", () => {
  const names = (text: string, ...tags: string[]) => found(servers, { text, tags: new Set(tags) }).map(({ name }) => name);
  expect(names("balancer WEB2")).toEqual(["web2"]);
  expect(names("root@db")).toEqual(["db"]);
  expect(names("", "web", "eu")).toEqual(["web10"]);
  expect(names("web nothing")).toEqual([]);
});

it("counts tags, the most used first", () => {
  expect(tagsOf(servers)).toEqual([
    { tag: "eu", count: 2 },
    { tag: "web", count: 2 },
  ]);
});
