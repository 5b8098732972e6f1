// Zero footprint: after a day's work with every feature a host is what it was, but for what the user asked for and what the host's own sshd, PAM and sudo write about a login.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { Api } from "../support/apiOf.ts";
import { argumentsFor, catalogOf, type Arguments } from "../support/catalog.ts";
import { passwordOf, type Desktop } from "../support/desktop.ts";
import { FilesApp } from "../support/files.ts";
import { footprintOf, logLengths, logWriters, stopTimers, traces, type Footprint, type Reason } from "../support/footprint.ts";
import { ask, labHost, whyNot, type LabHost } from "../support/lab.ts";
import type { Program } from "../support/program.ts";
import { TerminalApp } from "../support/terminal.ts";
import { expect, test } from "../support/test.ts";

test.setTimeout(300_000);
test.use({ expectedErrors: [/status of (4\d\d|502)/] });

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJK9GKzJHHFNCNP5bNzOmrSBKPnwNTEDKXEdjCAxTxFp footprint";

/** What is typed in a terminal: a shell keeps no line that is the one before it again. */
const TYPED = `id; cd /; ls; : ${randomUUID()}`;

/** Whether it is there or not, looking at it leaves nothing. */
const LOG = "/var/log/dpkg.log";

/** What is asked about where something must be said. */
const ARGUMENTS: Arguments = { "logs.access path": LOG, "logs.syslog path": LOG, "logs.web_errors path": LOG, "logs.new_lines path": LOG, path: "/etc/hostname", container: "none", image: "none", package: "none", term: "lab", unit: "cron.service" };

/** What may differ on any host, and why. */
const ANYWHERE: readonly Reason[] = [
  { what: /^file \/var\/log\/(wtmp|wtmp\.db|btmp|lastlog)$|^file \/run\/utmp$/, why: "sshd and PAM record each login" },
  { what: /^file \/var\/log\/(auth\.log|syslog|messages)$/, why: "sshd, PAM and sudo log what they let in; who wrote there is looked at" },
];

/** What may differ on the small host beyond that. */
const SMALL: readonly Reason[] = [
  { what: /^(file|content) \/(root(\/|$)|tmp\/e2e-)|^file \/tmp$|^process root /, why: "tests that run at the same time are logged in as root" },
];

/** What may differ on a Debian host beyond that. */
const DEBIAN: readonly Reason[] = [
  { what: /^(file|content) \/home\/(?!admin(\/|$))|^process (?!admin |root )/, why: "tests that run at the same time are logged in as other users" },
  { what: /^file \/var\/log$/, why: "PAM makes wtmp.db at the first login" },
  { what: /^file \/var\/log\/journal\/\w+(\/(system|user-\d+)\.journal)?$/, why: "the journal keeps the same lines as the logs, each user's in a file" },
  { what: /^file \/var\/log\/(cron\.log|sysstat(\/\S*)?)$/, why: "cron and sysstat do their own work every few minutes" },
  { what: /^file \/run(\/motd\.dynamic)?$/, why: "PAM makes the greeting for who logs in on a terminal" },
  { what: /^file \/run\/sudo(\/ts(\/\d+)?)?$/, why: "sudo notes that it asked; `sudo -k` made the note invalid when administrator access ended" },
  { what: /^(file|content) \/home\/admin\/\.sudo_as_admin_successful$/, why: "Debian's sudo notes so that a member of its group has used it" },
  { what: /^file \/run\/(user|systemd(\/(users(\/\d+)?|sessions|transient|propagate|units|journal\/streams))?)$/, why: "logind and systemd had a session here, and services that a query wakes by D-Bus (hostnamed, timedated)" },
  { what: /^file \/(var\/)?tmp$/, why: "those services have private folders there while they run" },
  { what: /^(file|content) \/home\/admin\/\.bash_history$/, why: "the user's own shell in a terminal keeps what the user typed; what is in it is looked at" },
  { what: /^(file|content) \/home\/admin\/\.ssh(\/authorized_keys)?$/, why: "the user put a key there; what is in it is looked at" },
  { what: /^file \/(home\/admin|root)(\/\.local(\/share(\/Trash(\/(files|info))?)?)?)?$/, why: "the user deleted into the Recycle Bin, which stays, empty" },
];

/** Every query and every feed. */
async function askEverything(desktop: Desktop, host: LabHost, api: Api): Promise<void> {
  const { queries, feeds } = await catalogOf(desktop.page);
  const pid = (await ask(host, "sh", "-c", 'for each in /proc/[0-9]*; do if grep -qs ^cron "$each/comm"; then echo "${each#/proc/}"; break; fi; done')).trim();
  let answered = 0;
  for (const query of queries) {
    const given = Object.fromEntries(argumentsFor(query, { ...ARGUMENTS, pid }));
    const args = "pid" in given ? { pid: Number(pid) } : given;
    const { status, body } = await api.post(`queries/${query.id}`, { args, maxAgeSeconds: 0 });
    expect(status, `${query.id}: ${JSON.stringify(body)}`).toBe(200);
    if ((body["outcome"] as { status: string }).status === "ok") answered += 1;
  }
  expect(answered).toBeGreaterThan(20);
  for (const feed of feeds) await api.follow(feed.id, Object.fromEntries(argumentsFor(feed, ARGUMENTS)));
}

/** What is done to files in a day, in a folder that is gone at its end. */
async function workWithFiles(desktop: Desktop, host: LabHost, api: Api, home: string): Promise<void> {
  const folder = `${home}/footprint`;
  const at = (name: string) => ({ path: `${folder}/${name}` });
  await api.done("files/folders", { path: folder });
  await api.done("files/folders", at("sub"));
  await api.done("files/files", at("made.txt"));
  await api.done("files/links", { ...at("way"), target: "made.txt" });
  for (const text of ["first\n", "second\n"]) await api.put(`files/text?path=${folder}/made.txt&force=1`, text);
  expect(await api.get(`files/content?path=${folder}/made.txt`)).toBe("second\n");
  await api.done("files/rename", { from: `${folder}/made.txt`, to: `${folder}/note.txt` });
  await api.done("files/list", { path: folder });
  await api.done("files/info", { paths: [folder, "/etc/passwd"] });
  await api.done("files/space", { path: folder });
  await api.done("files/measure", { paths: [folder] });
  await api.done("files/search", { path: folder, name: "note", hidden: true, limit: 10 });
  await api.done("files/search", { path: folder, name: "", hidden: true, limit: 10, content: { text: "second", regex: false, anyCase: false } });
  await api.job({ kind: "copy", paths: [`${folder}/note.txt`], toServer: api.server, toFolder: `${folder}/sub`, verify: true });
  await api.job({ kind: "move", paths: [`${folder}/note.txt`], toServer: api.server, toFolder: `${folder}/sub`, conflict: "replace" });
  await api.job({ kind: "attributes", paths: [`${folder}/sub`], recursive: true, fileMode: 0o600 });
  const files = await new FilesApp(desktop, host.name).open(folder);
  await files.upload("Files", [fileURLToPath(import.meta.url)]);
  await expect(files.item("lab-footprint.spec.ts")).toBeVisible();
  await files.select("lab-footprint.spec.ts");
  await files.press("Delete");
  await expect(files.item("lab-footprint.spec.ts")).toHaveCount(0);
  await files.press("Control+Z");
  await expect(files.item("lab-footprint.spec.ts")).toBeVisible();
  const download = desktop.page.waitForEvent("download");
  await files.menu("sub", "Download as .tar");
  await (await download).path();
  await files.goTo(home);
  await api.job({ kind: "delete", paths: [folder], confirm: host.name });
}

/** A terminal, and a port that leads to the host's own sshd. */
async function workOnTheWay(desktop: Desktop, host: LabHost, api: Api, program: Program): Promise<void> {
  const app = new TerminalApp(desktop, host.name);
  const pane = await app.open();
  await pane.run(TYPED);
  await desktop.page.request.delete(`${program.url}api/terminals/${pane.id}`);
  await expect.poll(async () => (await app.terminals()).length).toBe(0);
  const { id, localAddress, localPort } = (await api.done("forwards", { to: { kind: "port", host: "localhost", port: 22 } })) as { id: string; localAddress: string; localPort: number };
  const way = connect(localPort, localAddress);
  expect(String((await once(way, "data"))[0])).toMatch(/^SSH-2.0-/);
  way.destroy();
  await desktop.page.request.delete(`${program.url}api/servers/${api.server}/forwards/${id}`);
}

/** The connection is lost, as by a crash of its sshd, and comes back. */
async function lose(host: LabHost, user: string, api: Api): Promise<void> {
  await ask(host, "pkill", "-KILL", "-f", `^sshd[a-z-]*: ${user}`);
  await expect.poll(async () => ((await api.post("queries/system.load", { maxAgeSeconds: 0 })).body["outcome"] as { status: string } | undefined)?.status).toBe("ok");
}

/** Waits until what goes by itself after a logout has gone, then tells what is left. */
async function isAsBefore(host: LabHost, before: Footprint, reasons: readonly Reason[]): Promise<void> {
  await expect.poll(async () => traces(before, await footprintOf(host), reasons), { timeout: 60_000, intervals: [1000] }).toEqual([]);
}

test("a Debian server is what it was", async ({ desktop, program }) => {
  const host = labHost("deb13");
  test.skip(host === null, whyNot("deb13"));
  if (host === null) return;
  const [home, logs] = ["/home/admin", ["/var/log/auth.log", "/var/log/syslog"]];
  const keys = await ask(host, "cat", `${home}/.ssh/authorized_keys`);
  // Other tests have terminals here too.
  const typedBefore = await ask(host, "sh", "-c", `cat ${home}/.bash_history 2>/dev/null || true`);
  const startTimers = await stopTimers(host);
  try {
    const [before, lengths] = [await footprintOf(host), await logLengths(host, logs)];
    await desktop.connect(host, "admin");
    const api = new Api(desktop, program, host.name);
    await expect.poll(() => desktop.figure("memory.total")).not.toBeNull();
    await askEverything(desktop, host, api);
    await workWithFiles(desktop, host, api, home);
    await workOnTheWay(desktop, host, api, program);
    expect((await api.done("administrator", { on: true, way: "sudo", secret: passwordOf(host, "admin") }))["status"]).toBe("on");
    await askEverything(desktop, host, api);
    await workWithFiles(desktop, host, api, "/root");
    await api.done("administrator", { on: false });
    await api.done("authorized-keys", { text: KEY });
    await lose(host, "admin", api);
    await api.done("disconnect");
    await isAsBefore(host, before, [...ANYWHERE, ...DEBIAN]);
    // What was asked for is there, to the letter, and nothing of ours beside it.
    expect(await ask(host, "cat", `${home}/.ssh/authorized_keys`)).toBe(`${keys}${KEY}\n`);
    const typed = await ask(host, "cat", `${home}/.bash_history`);
    expect(typed.slice(0, typedBefore.length)).toBe(typedBefore);
    expect(typed.slice(typedBefore.length)).toMatch(new RegExp(`^${TYPED}; echo "<""\\d+>"\n$`));
    const writers = await logWriters(host, lengths);
    // crontab(1) says that it was asked for a table.
    expect(writers.filter((writer) => !/^(sshd(-session)?|sudo|su|CRON|cron|sa1|crontab|rsyslogd|dbus-daemon|\(?systemd\S*|\(sd-pam\))$/.test(writer))).toEqual([]);
  } finally {
    await startTimers();
    await ask(host, "sh", "-c", `cd ${home} && echo "$0" >.ssh/authorized_keys && rm -rf .sudo_as_admin_successful .local /root/.local`, keys.trimEnd());
  }
});

test("a small server without SFTP is what it was", async ({ desktop, program }) => {
  const host = labHost("busybox");
  test.skip(host === null, whyNot("busybox"));
  if (host === null) return;
  const [before, lengths] = [await footprintOf(host), await logLengths(host, ["/var/log/messages"])];
  await desktop.connect(host, "plain");
  const api = new Api(desktop, program, host.name);
  await expect.poll(() => desktop.figure("memory.total")).not.toBeNull();
  await askEverything(desktop, host, api);
  await workOnTheWay(desktop, host, api, program);
  await api.done("disconnect");
  await isAsBefore(host, before, [...ANYWHERE, ...SMALL]);
  expect((await logWriters(host, lengths)).filter((writer) => !/^(dropbear|login|crond|syslogd)$/.test(writer))).toEqual([]);
});
