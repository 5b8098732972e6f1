// What a host itself says, asked without the product, to compare the dashboard's figures with.
import { ask, askStatus, type LabHost } from "./lab.ts";
import { lines } from "./sshd.ts";

export interface HostFigures {
  memoryTotalBytes: number;
  swapTotalBytes: number;
  hostname: string;
  kernel: string;
  /** Size in bytes by mount point, as `df` prints it; what has no size is left out. */
  filesystemSizes: Map<string, number>;
  failedUnits: string[] | null;
  runningContainers: string[] | null;
  updates: string[] | null;
}

/** Asks all that stays the same while a test runs. */
export async function figuresOf(host: LabHost): Promise<HostFigures> {
  const [memory, df, hostname, kernel] = await Promise.all([
    ask(host, "cat", "/proc/meminfo"),
    ask(host, "sh", "-c", "df -aPk 2>/dev/null || :"),
    ask(host, "hostname"),
    ask(host, "uname", "-r"),
  ]);
  return {
    memoryTotalBytes: kibibytes(memory, "MemTotal"),
    swapTotalBytes: kibibytes(memory, "SwapTotal"),
    hostname: hostname.trim(),
    kernel: kernel.trim(),
    filesystemSizes: sizes(df),
    failedUnits: host.init === "systemd" ? firstWords(await ask(host, "systemctl", "list-units", "--failed", "--plain", "--no-legend")) : null,
    runningContainers: host.docker ? lines(await ask(host, "docker", "ps", "--format", "{{.Names}}")) : null,
    updates: await updates(host),
  };
}

/** The three load averages, as the host has them now. */
export async function loadOf(host: LabHost): Promise<number[]> {
  return (await ask(host, "cat", "/proc/loadavg")).split(" ").slice(0, 3).map(Number);
}

export async function uptimeSecondsOf(host: LabHost): Promise<number> {
  return Number((await ask(host, "cat", "/proc/uptime")).split(" ")[0]);
}

function kibibytes(memory: string, name: string): number {
  return Number(new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(memory)?.[1]) * 1024;
}

function sizes(df: string): Map<string, number> {
  const rows = lines(df).slice(1).map((line) => /^.+? +(\d+) +\d+ +-?\d+ +\S+ (\/.*)$/.exec(line));
  return new Map(rows.flatMap((row) => (row === null ? [] : [[row[2] ?? "", Number(row[1]) * 1024] as const])).filter(([, size]) => size > 0));
}

async function updates(host: LabHost): Promise<string[] | null> {
  const names = async (...command: string[]) => firstWords(await ask(host, ...command)).map((name) => name.split("/")[0] ?? "");
  if (host.family.startsWith("debian")) return (await names("apt", "list", "--upgradable")).filter((name) => !name.startsWith("Listing"));
  if (!host.family.startsWith("fedora")) return null;
  // 100 says that there are some.
  const { stdout } = await askStatus(host, "dnf", "-q", "-C", "check-update");
  return firstWords(stdout).map((name) => name.replace(/\.[^.]+$/, ""));
}

function firstWords(text: string): string[] {
  return lines(text).map((line) => line.trim().split(/\s+/)[0] ?? "");
}
