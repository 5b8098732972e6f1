import { describe, expect, it } from "vitest";
import type { NetworkSocket } from "../../api/types";
import { hostAndPort, listeningPorts, webScheme } from "./listening";

function socket(address: string, port: number, program = "", more: Partial<NetworkSocket> = {}): NetworkSocket {
  return {
    protocol: "tcp",
    family: null,
    state: "listen",
    receiveQueue: 0,
    sendQueue: 0,
    local: { address, port, service: null },
    peer: { address: "*", port: null, service: null },
    interface: null,
    processes: program === "" ? [] : [{ name: program, pid: 1, fd: null }],
    user: null,
    inode: null,
    ...more,
  };
}

describe("listeningPorts", () => {
  it("gives each place once, by port, as the server itself reaches it", () => {
    const sockets = [socket("0.0.0.0", 80, "nginx"), socket("::", 80, "nginx"), socket("127.0.0.1", 22), socket("10.0.0.7", 53, "dnsmasq"), socket("127.0.0.53%lo", 53, "resolved")];
    expect(listeningPorts(sockets)).toEqual([
      { port: 22, host: "localhost", isPublic: false, programs: [] },
      { port: 53, host: "10.0.0.7", isPublic: true, programs: ["dnsmasq"] },
      { port: 53, host: "127.0.0.53", isPublic: false, programs: ["resolved"] },
      { port: 80, host: "localhost", isPublic: true, programs: ["nginx"] },
    ]);
  });

  it("leaves out what does not listen by TCP", () => {
    const sockets = [socket("*", 53, "", { protocol: "udp" }), socket("*", 80, "", { state: "established" }), socket("*", 1, "", { local: { address: "*", port: null, service: "x" } })];
    expect(listeningPorts(sockets)).toEqual([]);
  });
});

describe("webScheme", () => {
  it("tells what a browser would speak", () => {
    expect([80, 3000, 443, 8443, 8006, 22, 5432].map(webScheme)).toEqual(["http", "http", "https", "https", "https", null, null]);
  });
});

describe("hostAndPort", () => {
  it("puts an IPv6 address in brackets", () => {
    expect([hostAndPort("::1", 80), hostAndPort("db", 5432)]).toEqual(["[::1]:80", "db:5432"]);
  });
});
