// Holds what is said of a connection: which algorithm is weak in which part, when the lack of strictness matters, and the words of the mark.
import { expect, it } from "vitest";
import { remarksOf, weaknessesOf } from "./connectionRemarks";
import type { ConnectionDetails } from "./types";

const SOUND: ConnectionDetails = {
  hostKey: "SHA256:abc",
  hostKeyAuthority: null,
  hostKeyAlgorithm: "ssh-ed25519",
  keyExchange: "mlkem768x25519-sha256",
  isStrict: true,
  cipher: "aes128-gcm@openssh.com",
  mac: null,
  weak: [],
  via: [],
  unheeded: [],
  sftp: true,
  os: "Linux",
  uid: 1000,
};
const server = (details: Partial<ConnectionDetails>, kind: "ssh" | "local" = "ssh") => ({
  kind,
  state: { status: "connected" as const, since: "2026-11-22T14:03:22Z", details: { ...SOUND, ...details } },
});

it("says nothing of a sound connection", () => {
  expect(weaknessesOf(SOUND)).toEqual([]);
  expect(remarksOf(server({}))).toBeNull();
});

it("names each weak algorithm with its part", () => {
  const details = {
    ...SOUND,
    keyExchange: "diffie-hellman-group14-sha1",
    hostKeyAlgorithm: "ssh-rsa",
    cipher: "aes128-cbc",
    mac: "hmac-sha1",
    weak: ["diffie-hellman-group14-sha1", "aes128-cbc", "ssh-rsa", "hmac-sha1"],
  };
  expect(weaknessesOf(details).map(({ part, algorithm }) => [part, algorithm])).toEqual([
    ["keyExchange", "diffie-hellman-group14-sha1"],
    ["cipher", "aes128-cbc"],
    ["hostKey", "ssh-rsa"],
    ["mac", "hmac-sha1"],
  ]);
  expect(weaknessesOf(details)[1]?.why).toContain("CBC");
  expect(weaknessesOf(details)[1]?.remedy).toContain("Ciphers");
  expect(weaknessesOf(details)[3]?.remedy).toContain("MACs");
});

it("counts a key exchange that is not strict only where the cipher is affected", () => {
  expect(weaknessesOf({ ...SOUND, isStrict: false })).toEqual([]);
  expect(weaknessesOf({ ...SOUND, isStrict: false, cipher: "aes256-ctr", mac: "hmac-sha2-256-etm@openssh.com" })).toEqual([]);
  expect(weaknessesOf({ ...SOUND, isStrict: false, cipher: "chacha20-poly1305@openssh.com" })).toHaveLength(1);
  expect(weaknessesOf({ ...SOUND, isStrict: false, cipher: "aes128-cbc", mac: "hmac-sha2-256-etm@openssh.com", weak: ["aes128-cbc"] }).map(({ part }) => part)).toEqual(["keyExchange", "cipher"]);
  expect(weaknessesOf({ ...SOUND, isStrict: true, cipher: "chacha20-poly1305@openssh.com" })).toEqual([]);
});

it("puts both kinds of remarks into words, and none of This computer or of a server that is not connected", () => {
  expect(remarksOf(server({ weak: ["hmac-sha1"], mac: "hmac-sha1" }))).toBe("1 weak algorithm");
  expect(remarksOf(server({ unheeded: ["ForwardAgent for a: the agent is not passed on", "RemoteCommand for a: …"] }))).toBe("2 settings not applied");
  expect(remarksOf(server({ weak: ["hmac-sha1"], mac: "hmac-sha1", unheeded: ["ForwardAgent for a: …"] }))).toBe("1 weak algorithm, 1 setting not applied");
  // One name with two faults is one algorithm.
  expect(remarksOf(server({ isStrict: false, cipher: "aes128-cbc", mac: "hmac-sha1-etm@openssh.com", keyExchange: "diffie-hellman-group14-sha1", weak: ["diffie-hellman-group14-sha1"] }))).toBe("1 weak algorithm");
  expect(remarksOf(server({ weak: ["none"] }, "local"))).toBeNull();
  expect(remarksOf({ kind: "ssh", state: { status: "disconnected" } })).toBeNull();
});
