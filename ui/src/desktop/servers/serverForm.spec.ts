// Holds what may be typed or pasted for a server.
import { expect, it } from "vitest";
import { asNewServer, asServerChange, mistakesIn, splitAddress, startForm } from "./serverForm";

it.each([
  ["web1", { host: "web1" }],
  ["root@web1", { host: "web1", user: "root" }],
  ["root@web1:2222", { host: "web1", user: "root", port: "2222" }],
  ["ssh root@web1 -p 2222", { host: "web1", user: "root", port: "2222" }],
  ["ssh -p 2222 deploy@10.0.0.5", { host: "10.0.0.5", user: "deploy", port: "2222" }],
  ["ssh://a@[2001:db8::1]:22", { host: "2001:db8::1", user: "a", port: "22" }],
  ["2001:db8::1", { host: "2001:db8::1" }],
  ["two words", {}],
])("takes %j apart", (text, parts) => expect(splitAddress(text)).toEqual(parts));

const empty = startForm(null, "teal");

it("names each mistake", () => {
  expect(Object.keys(mistakesIn(empty)).toSorted()).toEqual(["host", "user"]);
  const bad = { ...empty, host: "a b", port: "0", user: "-x", method: "keyFile" as const, name: "n".repeat(65) };
  expect(Object.keys(mistakesIn(bad)).toSorted()).toEqual(["host", "keyPath", "name", "port", "user"]);
  for (const port of ["", "65536", "1e3", "-1", "22.5"]) expect(mistakesIn({ ...empty, port }).port).toBeDefined();
});

it("becomes the request", () => {
  const form = { ...empty, host: " web1 ", user: "root", method: "keyFile" as const, keyPath: "~/.ssh/id" };
  expect(mistakesIn(form)).toEqual({});
  expect(asNewServer(form)).toEqual({
    name: null,
    host: "web1",
    port: 22,
    user: "root",
    auth: { method: "keyFile", path: "~/.ssh/id" },
    color: "teal",
    capabilities: null,
  });
});

it("becomes the change, in which an emptied name is the host", () => {
  const change = asServerChange({ ...empty, host: "web1", user: "root", name: " " });
  expect(change).toMatchObject({ name: "web1", host: "web1", user: "root", auth: { method: "auto" } });
  expect(change).not.toHaveProperty("capabilities");
});
