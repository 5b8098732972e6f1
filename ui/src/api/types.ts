// The shapes on the wire, as the program's OpenAPI document states them; absent is null, times are RFC 3339 UTC, sizes are bytes.

export const COLORS = ["blue", "violet", "pink", "red", "orange", "amber", "green", "teal"] as const;
export type Color = (typeof COLORS)[number];

export type Auth =
  | { method: "auto" }
  | { method: "agent" }
  | { method: "password" }
  | { method: "keyFile"; path: string };

export interface NewServer {
  name: string | null;
  host: string;
  port: number;
  user: string;
  auth: Auth;
  color: Color | null;
  capabilities: string[] | null;
}

export interface ErrorBody {
  code: string;
  message: string;
  hint: string | null;
  server: string | null;
  command: string | null;
  requestId: string;
}

export interface ConnectionDetails {
  hostKey: string | null;
  keyExchange: string;
  cipher: string;
  sftp: boolean;
  os: string | null;
}

export interface HostKeyQuestion {
  id: string;
  kind: "hostKey";
  host: string;
  port: number;
  algorithm: string;
  fingerprint: string;
  randomart: string;
}
export interface PasswordQuestion {
  id: string;
  kind: "password";
  user: string;
  host: string;
  retry: boolean;
}
export interface PassphraseQuestion {
  id: string;
  kind: "passphrase";
  path: string;
  retry: boolean;
}
export interface RunAsRootQuestion {
  id: string;
  kind: "runAsRoot";
}
export type Question = HostKeyQuestion | PasswordQuestion | PassphraseQuestion | RunAsRootQuestion;

export type Answer = { kind: "trust"; trust: boolean } | { kind: "secret"; secret: string } | { kind: "cancel" };

export type ConnectionState =
  | { status: "disconnected" }
  | { status: "connecting" }
  | { status: "question"; question: Question }
  | { status: "connected"; since: string; details: ConnectionDetails }
  | { status: "reconnecting"; attempt: number; retryAt: string; error: ErrorBody }
  | { status: "failed"; error: ErrorBody };

export interface Server {
  id: string;
  name: string;
  kind: "local" | "ssh";
  host: string | null;
  port: number | null;
  user: string;
  auth: Auth | null;
  color: Color;
  capabilities: string[];
  state: ConnectionState;
}

export interface Status {
  version: string;
  platform: string;
  user: string;
  runsAsRoot: boolean;
}

export type Theme = "auto" | "light" | "dark";
export interface Preferences {
  theme: Theme;
  accent: string;
  clock24h: boolean;
}

export interface UnreadLine {
  line: number;
  text: string;
}
export type Outcome<T> =
  | { status: "ok"; value: T; unread: UnreadLine[] }
  | { status: "unsupported"; needs: string[] }
  | { status: "denied"; detail: string }
  | { status: "unavailable"; detail: string }
  | { status: "failed"; error: ErrorBody };

export type Origin =
  | { kind: "command"; command: string; exitCode: number | null }
  | { kind: "files"; paths: string[]; via: "sftp" | "command"; command: string | null };

export interface RawOutput {
  stdout: string;
  stderr: string;
  truncated: boolean;
}

export interface Reading<T> {
  server: string;
  query: string;
  args: unknown;
  outcome: Outcome<T>;
  variant: string | null;
  origin: Origin | null;
  takenAt: string;
  durationMs: number;
  raw: RawOutput | null;
}

export type LiveMessage =
  | { type: "servers"; servers: Server[] }
  | { type: "reading"; id: number; reading: Reading<unknown> }
  | { type: "checked"; id: number; takenAt: string }
  | { type: "error"; id: number; error: ErrorBody };

export interface CpuUsage {
  busyPercent: number | null;
  userPercent: number | null;
  systemPercent: number | null;
  iowaitPercent: number | null;
  stealPercent: number | null;
}
export interface Core extends CpuUsage {
  core: number;
}
export interface Cpu {
  total: CpuUsage;
  cores: Core[];
}
export interface Identity {
  hostname: string;
  distribution: string | null;
  distributionId: string | null;
  distributionVersion: string | null;
  kernel: string;
  architecture: string | null;
  virtualization: string | null;
  bootedAt: string | null;
  uptimeSeconds: number | null;
}
export interface Load {
  one: number;
  five: number;
  fifteen: number;
  runnable: number | null;
  processes: number | null;
  uptimeSeconds: number | null;
}
export interface Memory {
  totalBytes: number;
  usedBytes: number;
  availableBytes: number;
  freeBytes: number;
  buffersBytes: number | null;
  cachedBytes: number | null;
  swapTotalBytes: number;
  swapUsedBytes: number;
  swapFreeBytes: number;
}
export interface NetworkInterface {
  name: string;
  rxBytes: number;
  txBytes: number;
  rxPackets: number;
  txPackets: number;
  rxErrors: number;
  txErrors: number;
  rxBytesPerSecond: number | null;
  txBytesPerSecond: number | null;
}
export interface NetworkRates {
  interfaces: NetworkInterface[];
}
export interface Filesystem {
  source: string;
  type: string | null;
  mountPoint: string;
  sizeBytes: number;
  usedBytes: number;
  availableBytes: number;
  usedPercent: number | null;
}
export interface Filesystems {
  filesystems: Filesystem[];
}
export interface Session {
  user: string;
  terminal: string | null;
  from: string | null;
  since: string | null;
}
export interface Sessions {
  sessions: Session[];
}
export interface Container {
  id: string;
  name: string;
  image: string;
  state: string;
  status: string;
  ports: string | null;
  createdAt: string | null;
}
export interface Containers {
  containers: Container[];
}
export interface FailedUnit {
  name: string;
  description: string | null;
  state: string;
}
export interface FailedUnits {
  units: FailedUnit[];
}
export interface Unit {
  name: string;
  description: string | null;
  loadState: string;
  activeState: string;
  subState: string;
  result: string | null;
  mainPid: number | null;
  since: string | null;
  fragmentPath: string | null;
}
export interface UpgradablePackage {
  name: string;
  installedVersion: string | null;
  candidateVersion: string;
  architecture: string | null;
  security: boolean | null;
}
export interface UpgradablePackages {
  packages: UpgradablePackage[];
}

/** Every query the desktop asks, with the arguments it takes and the answer it gives. */
export interface QueryMap {
  "system.identity": { args: Record<string, never>; answer: Identity };
  "system.cpu": { args: Record<string, never>; answer: Cpu };
  "system.load": { args: Record<string, never>; answer: Load };
  "system.memory": { args: Record<string, never>; answer: Memory };
  "network.rates": { args: Record<string, never>; answer: NetworkRates };
  "storage.filesystems": { args: { path: string | null }; answer: Filesystems };
  "accounts.sessions": { args: Record<string, never>; answer: Sessions };
  "docker.containers": { args: Record<string, never>; answer: Containers };
  "services.failed": { args: Record<string, never>; answer: FailedUnits };
  "services.unit": { args: { unit: string }; answer: Unit };
  "packages.upgradable": { args: Record<string, never>; answer: UpgradablePackages };
}
export type QueryId = keyof QueryMap;
export type Args<Q extends QueryId> = QueryMap[Q]["args"];
export type AnswerOf<Q extends QueryId> = QueryMap[Q]["answer"];
