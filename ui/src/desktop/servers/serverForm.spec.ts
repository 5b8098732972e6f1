// Holds what may be typed or pasted for a server.
import { expect, it } from "vitest";
import { asNewServer, asServerChange, mistakesIn, splitAddress, startForm } from "./serverForm";

const empty = startForm(null, "teal");

it.each([
  ["root@web1:2222", { host: "web1", user: "root", port: "2222" }],
  ["ssh -J ops@bastion,inner -i ~/.ssh/id web1", { host: "web1", jump: "ops@bastion, inner", method: "keyFile", keyPath: "~/.ssh/id" }],
  ["two words", {}],
])("takes %j apart", (text, parts) => expect(splitAddress(text)).toEqual(parts));

it("names each mistake", () => {
  expect(Object.keys(mistakesIn(empty))).toEqual(["host"]);
  const bad = {
    ...empty,
    host: "a b",
    port: "0",
    user: "-x",
    method: "keyFile" as const,
    name: "n".repeat(61),
    folder: "a/b/c/d/e/f/g/h/i",
    tags: "t".repeat(41),
    notes: "ä".repeat(10_241),
    jump: "bastion, not a hop",
  };
  expect(Object.keys(mistakesIn(bad)).toSorted()).toEqual(["folder", "host", "jump", "keyPath", "name", "notes", "port", "tags", "user"]);
  for (const port of ["65536", "1e3", "-1", "22.5"]) expect(mistakesIn({ ...empty, port }).port).toBeDefined();
});

it("becomes the request, with what was left empty left open", () => {
  const form = { ...empty, host: " web1 ", method: "keyFile" as const, keyPath: "~/.ssh/id", folder: " shop / front/", tags: "web, eu,web,", jump: "ops@bastion:2200, inner" };
  expect(mistakesIn(form)).toEqual({});
  expect(asNewServer(form)).toEqual({
    name: null,
    host: "web1",
    port: null,
    user: "",
    auth: { method: "keyFile", path: "~/.ssh/id" },
    color: "teal",
    capabilities: null,
    production: false,
    folder: "shop/front",
    tags: ["web", "eu"],
    notes: "",
    jump: ["ops@bastion:2200", "inner"],
    keepSecrets: false,
  });
});

it("becomes the change, in which an emptied name is the host and an emptied port is cleared", () => {
  const change = asServerChange({ ...empty, host: "web1", user: "root", name: " " });
  expect(change).toMatchObject({ name: "web1", host: "web1", port: null, user: "root", auth: { method: "auto" }, folder: "", tags: [], jump: [] });
  expect(change).not.toHaveProperty("capabilities");
  expect(asServerChange({ ...empty, host: "web1", capabilities: ["system.read"], production: true })).toMatchObject({ capabilities: ["system.read"], production: true });
});
