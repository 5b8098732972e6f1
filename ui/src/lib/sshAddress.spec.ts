// Holds which addresses of servers are understood.
import { expect, it } from "vitest";
import { isHop, parseAddress } from "./sshAddress";

it.each([
  ["web1", { host: "web1" }],
  ["root@web1", { host: "web1", user: "root" }],
  [" root@web1:2222 ", { host: "web1", user: "root", port: "2222" }],
  ["ssh root@web1 -p 2222", { host: "web1", user: "root", port: "2222" }],
  ["ssh -p2222 deploy@10.0.0.5", { host: "10.0.0.5", user: "deploy", port: "2222" }],
  ["ssh://a@[2001:db8::1]:22", { host: "2001:db8::1", user: "a", port: "22" }],
  ["2001:db8::1", { host: "2001:db8::1" }],
  ["ssh -J ops@bastion:2200,inner -i ~/.ssh/id web1", { host: "web1", jump: ["ops@bastion:2200", "inner"], keyPath: "~/.ssh/id" }],
  ["web1 -l root", { host: "web1", user: "root" }],
])("takes %j apart", (text, parts) => expect(parseAddress(text)).toEqual(parts));

it.each(["", "two words", "-oProxyCommand=x", "root@", "web1 -p x", "a/b", "-J x"])("finds no address in %j", (text) => expect(parseAddress(text)).toBeNull());

it("knows a hop", () => {
  expect(["bastion", "ops@bastion:2200", "[::1]:22"].every(isHop)).toBe(true);
  expect(["", "a b", "ops@", "bastion:0", "bastion:70000", "-x"].some(isHop)).toBe(false);
});
