// Which TCP ports a server listens on, one line each, and which of them a browser can look at; pure.
import type { NetworkSocket } from "../../api/types";

export interface ListeningPort {
  port: number;
  /** The host to forward to: as the server reaches it itself. */
  host: string;
  /** Where it can be reached from: the server alone, or others too. */
  isPublic: boolean;
  /** The programs behind it, without doubles; empty where the server does not tell. */
  programs: string[];
}

const ANY = new Set(["*", "0.0.0.0", "::", "[::]"]);

/** By port. One that is bound to several addresses of which one is loopback is reached there. */
export function listeningPorts(sockets: readonly NetworkSocket[]): ListeningPort[] {
  const byPlace = new Map<string, ListeningPort>();
  for (const { protocol, state, local, processes } of sockets) {
    const { port } = local;
    if (protocol !== "tcp" || state !== "listen" || port === null || local.address === null) continue;
    const address = local.address.split("%")[0] ?? "";
    const isLoopback = address === "::1" || address.startsWith("127.");
    const host = ANY.has(address) || address === "::1" || address === "127.0.0.1" ? "localhost" : address;
    const key = `${port} ${host}`;
    const known = byPlace.get(key) ?? { port, host, isPublic: false, programs: [] };
    const programs = [...new Set([...known.programs, ...processes.map((process) => process.name)])];
    byPlace.set(key, { ...known, isPublic: known.isPublic || !isLoopback, programs });
  }
  return [...byPlace.values()].toSorted((one, other) => one.port - other.port || one.host.localeCompare(other.host));
}

/** Ports of services that speak no HTTP. */
const NOT_WEB = new Set([21, 22, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 465, 587, 636, 993, 995, 1080, 1433, 1521, 1883, 2049, 2181, 3306, 3389, 5432, 5672, 5900, 5901, 6379, 8883, 11211, 27017]);
/** Ports of web pages that come by TLS alone, beside those that end in 443: Kubernetes, Proxmox, Webmin. */
const TLS = new Set([6443, 8006, 10_000]);

/** What a browser would speak with this port, null where it is known to be nothing for a browser. */
export function webScheme(port: number): "http" | "https" | null {
  if (NOT_WEB.has(port)) return null;
  return port % 1000 === 443 || TLS.has(port) ? "https" : "http";
}

/** `[::1]:80`, `127.70.1.9:80`. */
export function hostAndPort(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}
