// Everything that a host holds, as the host itself tells it without the product, and what of two such pictures differs.
import { ask, type LabHost } from "./lab.ts";
import { lines } from "./sshd.ts";

/** Each thing by its name, with what is told of it. */
export type Footprint = ReadonlyMap<string, string>;

/** A difference that may be, and why. What has no reason here is a trace. */
export interface Reason {
  /** What differs, as `kind name`. */
  what: RegExp;
  why: string;
}

/** Every path with its type, mode, owner, size and time, and what files hold where programs leave things. What is gone between two looks is no trace. */
const FILES = `find / \\( -path /proc -o -path /sys -o -path /dev \\) -prune -o -exec stat -c 'file %n|%F %a %u:%g %s %Y' {} + 2>/dev/null || :
find /dev/shm /dev/mqueue -exec stat -c 'file %n|%F %a %u:%g' {} + 2>/dev/null || :
find /etc /home /root /tmp /usr/local /var/spool /var/tmp -type f -exec sha256sum {} + 2>/dev/null | sed 's/^\\(\\S*\\) *\\(.*\\)$/content \\2|\\1/'`;
const SYSTEMD = `systemctl list-units --all --plain --no-legend --no-pager | awk '{ print "unit " $1 "|" $2 " " $3 " " $4 }'
systemctl list-timers --all --plain --no-legend --no-pager | awk '{ print "timer " $(NF-1) "|" }'
loginctl list-sessions --no-legend | awk '{ print "session " $3 "|" }'
ss -Htulnx | awk '{ print "listener " $1 " " $5 "|" }'
ps -eo user:32,args | awk '{ print "process " $0 "|" }'`;
const BUSYBOX = `netstat -tulnx | awk 'NR > 2 { print "listener " $1 " " $4 "|" }'
ps -o user,args | awk '{ print "process " $0 "|" }'`;
/** By these it would find itself. */
const OWN = /^process \S+ +(sh -ec |\{?ps|awk|find|stat|sed|sha256sum|\(sd-)/;

/** A picture of the host now. */
export async function footprintOf(host: LabHost): Promise<Footprint> {
  const told = lines(await ask(host, "sh", "-ec", `${FILES}\n${host.init === "systemd" ? SYSTEMD : BUSYBOX}`)).filter((line) => !OWN.test(line));
  const all = new Map<string, string>();
  for (const line of told) {
    const cut = line.lastIndexOf("|");
    const name = line.slice(0, cut);
    // Of what there are several, how many.
    const before = all.get(name);
    const facts = line.slice(cut + 1);
    all.set(name, before === undefined ? facts : `${before}, ${facts}`);
  }
  return all;
}

/** What differs and is not allowed; each with how it was and how it is. Of what runs it is what runs now, as others end when they like. */
export function traces(before: Footprint, after: Footprint, reasons: readonly Reason[]): string[] {
  const names = new Set([...[...before.keys()].filter((name) => /^(file|content|timer) /.test(name)), ...after.keys()]);
  return [...names]
    .filter((name) => before.get(name) !== after.get(name) && !reasons.some(({ what }) => what.test(name)))
    .map((name) => `${name}: ${before.get(name) ?? "not there"} -> ${after.get(name) ?? "not there"}`)
    .toSorted();
}

/** Stops the host's timers, as one that is due leaves traces of its own; gives what starts them again. */
export async function stopTimers(host: LabHost): Promise<() => Promise<string>> {
  const timers = lines(await ask(host, "sh", "-ec", "systemctl list-units --type=timer --state=active --plain --no-legend --no-pager | awk '{ print $1 }'"));
  await ask(host, "systemctl", "stop", ...timers);
  return () => ask(host, "systemctl", "start", ...timers);
}

/** How long each log is. */
export async function logLengths(host: LabHost, logs: readonly string[]): Promise<Map<string, number>> {
  const sizes = await Promise.all(logs.map(async (log) => Number(await ask(host, "stat", "-c", "%s", log))));
  return new Map(logs.map((log, at) => [log, sizes[at] ?? 0]));
}

/** Which programs have written into the logs since then. */
export async function logWriters(host: LabHost, since: ReadonlyMap<string, number>): Promise<string[]> {
  const said = await Promise.all([...since].map(([log, size]) => ask(host, "tail", "-c", `+${size + 1}`, log)));
  // `TIME HOST NAME[PID]: ..`, where busybox puts the facility before the name.
  const writers = lines(said.join("")).map((line) => /^(?:\S+T\S+|\w+ +\d+ \S+) \S+ (?:\w+\.\w+ )?([^[:]+)/.exec(line)?.[1] ?? line);
  return [...new Set(writers)].toSorted();
}
