// An sshd of the test's own inside a lab host, so that a test may kill it, change its key or count its connections without disturbing any other.
import { randomInt } from "node:crypto";
import { ask, type LabHost } from "./lab.ts";

export interface Sshd {
  port: number;
  /** `SHA256:…`, as the host's own ssh-keygen prints it. */
  fingerprint: () => Promise<string>;
  start: () => Promise<void>;
  /** Starts it anew with an SFTP that has no step that renames over a file. */
  withoutRename: () => Promise<void>;
  /** Starts it anew with a program of the test's own before the host's in every login; for those who log in here alone. */
  withProgram: (name: string, script: string) => Promise<void>;
  /** Starts it anew with an option of its configuration. */
  withOption: (option: string) => Promise<void>;
  /** Kills the daemon and every session at once, as a crash would. */
  kill: () => Promise<void>;
  /** Gives it another host key; to be started again. */
  changeKey: () => Promise<void>;
  /** How many connections it has. */
  connections: () => Promise<number>;
  /** What it logged, at VERBOSE. */
  log: () => Promise<string>;
  remove: () => Promise<void>;
}

/** Starts one on a port that is free in the host; the host runs systemd. */
export async function startSshd(host: LabHost): Promise<Sshd> {
  const port = await freePort(host);
  const unit = `e2e-sshd-${port}`;
  const folder = `/run/${unit}`;
  const sh = (script: string) => ask(host, "sh", "-c", script);
  const newKey = () => sh(`mkdir -p ${folder} && rm -f ${folder}/key* && ssh-keygen -q -t ed25519 -N '' -f ${folder}/key`);
  // Given when it starts; the host's own configuration has a Subsystem, which cannot be given twice.
  let config = "/etc/ssh/sshd_config";
  let environment = "";
  const sshd: Sshd = {
    port,
    fingerprint: async () => (await sh(`ssh-keygen -lf ${folder}/key.pub`)).split(" ")[1] ?? "",
    start: async () => {
      await sh(
        `mkdir -p /run/sshd; systemd-run --quiet --collect --unit=${unit} -p KillMode=control-group /usr/sbin/sshd -D -f ${config} -E ${folder}/log ` +
          `-p ${port} -h ${folder}/key -o UsePAM=no -o PidFile=none -o LogLevel=VERBOSE -o MaxStartups=200 ${environment}&& ` +
          `until ss -Hltn sport = :${port} | grep -q .; do :; done`,
      );
    },
    withoutRename: async () => {
      await sh(`{ echo 'Subsystem sftp internal-sftp -P posix-rename'; grep -v '^Subsystem' ${config}; } >${folder}/config`);
      config = `${folder}/config`;
      await sshd.kill();
      await sshd.start();
    },
    withProgram: async (name, script) => {
      await ask(host, "sh", "-c", 'mkdir -p "$0" && printf "#!/bin/sh\\n%s\\n" "$2" >"$0/$1" && chmod 755 "$0/$1"', `${folder}/bin`, name, script);
      environment = `-o SetEnv=PATH=${folder}/bin:/usr/local/bin:/usr/bin:/bin `;
      await sshd.kill();
      await sshd.start();
    },
    withOption: async (option) => {
      environment += `-o ${option} `;
      await sshd.kill();
      await sshd.start();
    },
    kill: async () => void (await sh(`systemctl kill -s KILL ${unit}; while systemctl -q is-active ${unit}; do :; done; systemctl reset-failed ${unit} 2>/dev/null || :`)),
    changeKey: async () => void (await newKey()),
    connections: async () => lines(await sh(`ss -Htn state established sport = :${port}`)).length,
    log: async () => sh(`cat ${folder}/log`),
    remove: async () => void (await sh(`systemctl kill -s KILL ${unit} 2>/dev/null; systemctl reset-failed ${unit} 2>/dev/null; rm -rf ${folder}; iptables -w -D INPUT ${ACCEPT(port).join(" ")}`)),
  };
  // The host's firewall is on, and its own.
  await ask(host, "iptables", "-w", "-I", "INPUT", ...ACCEPT(port));
  await newKey();
  await sshd.start();
  return sshd;
}

const ACCEPT = (port: number): string[] => ["-p", "tcp", "--dport", String(port), "-j", "ACCEPT"];

export function lines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

async function freePort(host: LabHost): Promise<number> {
  const taken = await ask(host, "ss", "-Hltn");
  for (;;) {
    const port = randomInt(20_000, 30_000);
    if (!taken.includes(`:${port} `)) return port;
  }
}
