"""Runs a command, and holds what the hosts' SSH servers started meanwhile against the journals that it left.

Usage: audit.py FOLDER -- COMMAND.. (as root, outside of any container)
The kernel's audit says which programs were run, with their words; its process events say whose child each
was. The command leaves, in FOLDER, a file of JSON for each journal: {"servers", "entries"}, as the program
prints them. Invariant: where the record may have a hole there is no "equal". Exit code: the command's; 1 when
the two lists differ.
"""

import collections
import contextlib
import errno
import glob
import json
import os
import platform
import re
import socket
import struct
import subprocess
import sys
import threading
import time

# linux/audit.h
AUDIT_GET, AUDIT_SET, AUDIT_ADD_RULE, AUDIT_DEL_RULE = 1000, 1001, 1011, 1012
SYSCALL, EXECVE = 1300, 1309
ENABLED, HAS_PID, HAS_BACKLOG, HAS_WAIT = 1, 4, 0x10, 0x20
# EM_X86_64 and EM_AARCH64 with the marks of 64 bit and little end: execve, execveat.
ARCHITECTURES = {"x86_64": (0xC000003E, (59, 322)), "aarch64": (0xC00000B7, (221, 281))}
NETLINK_AUDIT, NETLINK_CONNECTOR, SO_RCVBUFFORCE = 9, 11, 33
PROC_FORK = 1

EXEC_LINE = b"""exec /bin/sh -c 'IFS= read -r c && eval "$c"'"""
SCRIPT = b"""IFS= read -r c && eval "$c\""""
SERVERS = re.compile(rb"(.*/)?(sshd(-session|-auth)?|dropbear)(:.*)?")
# What PAM does at a login, and a shell's own way to its SFTP server.
OF_LOGIN = re.compile(rb"run-parts|unix_chkpwd|update-motd|motd|xauth|pam|systemd|dbus|lesspipe|dircolors")
PLANTED = b"headlessos-audit-planted"


class Forks:
    """Whose child each process is, from before the command began to its end."""

    def __init__(self):
        self.parents = {}
        self.lost = 0
        self.is_over = False
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, NETLINK_CONNECTOR)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
        self.socket.bind((0, 1))
        listen = struct.pack("=IIIIHHI", 1, 1, 0, 0, 4, 0, 1)
        self.socket.send(struct.pack("=IHHII", 16 + len(listen), 3, 0, 0, 0) + listen)
        self.socket.settimeout(0.2)
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        while True:
            try:
                event = self.socket.recv(4096)[36:]
            except TimeoutError:
                if self.is_over:
                    return
                continue
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
                self.lost += 1
                continue
            if len(event) >= 32 and struct.unpack("=I", event[:4])[0] == PROC_FORK:
                _, parent, child, group = struct.unpack("=4I", event[16:32])
                if child == group:  # no thread
                    self.parents[child] = parent

    def end(self):
        self.is_over = True
        self.thread.join()


class Execs:
    """Every program that was run: its process and its words, in order."""

    def __init__(self):
        self.records = collections.OrderedDict()
        self.is_over = False
        self.socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_AUDIT)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 128 << 20)
        self.socket.bind((0, 0))
        self.before = self.status()
        self.set(HAS_PID | ENABLED | HAS_BACKLOG | HAS_WAIT, os.getpid(), 1, 1 << 16, 60_000)
        self.ask(AUDIT_ADD_RULE, rule())
        self.socket.settimeout(0.2)
        self.lost_before = self.before[6]
        self.lost = 0
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def ask(self, kind, body=b""):
        self.socket.send(struct.pack("=IHHII", 16 + len(body), kind, 5, 1, 0) + body)
        while True:
            answer = self.socket.recv(1 << 16)
            if struct.unpack("=H", answer[4:6])[0] == 2:
                code = struct.unpack("=i", answer[16:20])[0]
                if code:
                    raise OSError(-code, f"audit: {os.strerror(-code)}")
                return
            self.take(answer)

    def status(self):
        self.socket.send(struct.pack("=IHHII", 16, AUDIT_GET, 1, 1, 0))
        while True:
            answer = self.socket.recv(1 << 16)
            if struct.unpack("=H", answer[4:6])[0] == AUDIT_GET:
                return struct.unpack("=8I", answer[16:48])
            self.take(answer)

    def set(self, mask, pid, enabled, backlog, wait):
        body = struct.pack("=11I", mask, enabled, 0, pid, 0, backlog, 0, 0, 0, wait, 0)
        self.ask(AUDIT_SET, body)

    def take(self, message):
        kind = struct.unpack("=H", message[4:6])[0]
        if kind in (SYSCALL, EXECVE):
            text = message[16:].rstrip(b"\0")
            serial = int(re.match(rb"audit\([\d.]+:(\d+)\)", text)[1])
            self.records.setdefault(serial, []).append((kind, text))

    def read(self):
        while True:
            try:
                self.take(self.socket.recv(1 << 16))
            except TimeoutError:
                if self.is_over:
                    return
            except OSError as error:
                if error.errno != errno.ENOBUFS:
                    raise
                self.lost += 1

    def end(self):
        self.is_over = True
        self.thread.join()
        self.socket.settimeout(5)
        self.ask(AUDIT_DEL_RULE, rule())
        self.lost += self.status()[6] - self.lost_before
        self.set(HAS_PID | ENABLED | HAS_BACKLOG | HAS_WAIT, 0, self.before[1], self.before[5], 1)

    def all(self):
        for _, records in sorted(self.records.items()):
            texts = {kind: text for kind, text in records if kind == SYSCALL}
            words = b" ".join(text for kind, text in records if kind == EXECVE)
            pid = re.search(rb" pid=(\d+)", texts.get(SYSCALL, b""))
            if pid and words:
                yield int(pid[1]), argv(words)


def rule():
    architecture, calls = ARCHITECTURES[platform.machine()]
    mask = [0] * 64
    for call in calls:
        mask[call // 32] |= 1 << call % 32
    fields = ((11, architecture), (104, 1))  # AUDIT_ARCH, AUDIT_SUCCESS
    column = lambda values: list(values) + [0] * (64 - len(fields))
    numbers = [4, 2, len(fields), *mask, *column(each for each, _ in fields), *column(value for _, value in fields)]
    return struct.pack("=260I", *numbers, *column(0x40000000 for _ in fields), 0)


def argv(text):
    """The words of records such as `argc=3 a0="sh" a1="-c" a2=6C73`; long ones come in pieces `a2[0]=..`."""
    words = {}
    for index, value in re.findall(rb" a(\d+)(?:\[\d+\])?=(\"[^\"]*\"|[0-9A-F]*)", text):
        piece = value[1:-1] if value.startswith(b'"') else bytes.fromhex(value.decode())
        words[int(index)] = words.get(int(index), b"") + piece
    return [words[index] for index in sorted(words)]


class Trace:
    """What was started over SSH, by the processes' descent."""

    def __init__(self, parents):
        self.parents = parents
        self.stages = {}
        self.started, self.strangers = collections.Counter(), collections.Counter()
        self.file_sessions = 0
        for path in glob.glob("/proc/[0-9]*/comm"):
            with contextlib.suppress(OSError), open(path, "rb") as comm:
                if SERVERS.fullmatch(comm.read().strip()):
                    self.stages[int(path.split("/")[2])] = "server"

    def inherited(self, pid):
        for _ in range(1000):
            pid = self.parents.get(pid)
            if pid is None or pid in self.stages:
                return self.stages.get(pid)
        return None

    def take(self, pid, words):
        stage = self.stages.get(pid)
        if stage is None:
            stage = self.inherited(pid)
            if stage not in ("server", None) and not is_root(stage):
                stage = "told"  # what a script or a shell starts is its own
        if stage is None and not SERVERS.fullmatch(words[0]):
            return
        self.stages[pid] = self.next(stage, words)

    def next(self, stage, words):
        if stage in (None, "server"):
            if SERVERS.fullmatch(words[0]):
                return "server"
            if words[1:] == [b"-c", EXEC_LINE]:
                return "asked"
            if len(words) == 1 and words[0].startswith(b"-"):
                self.started[("terminal",)] += 1
            elif words[-1].endswith(b"sftp-server"):
                self.file_sessions += 1
            elif not OF_LOGIN.search(b" ".join(words)):
                self.strangers[b" ".join(words)] += 1
            return "told"
        if stage == "asked":
            return "script" if words == [b"/bin/sh", b"-c", SCRIPT] else self.strange(words)
        if stage == "script":
            way = words[0] if words[0] in (b"sudo", b"doas", b"su") else None
            if way and any(SCRIPT in word for word in words):
                return ("root", way)
            return self.start(tuple(words))
        if is_root(stage):
            if any(SCRIPT in word for word in words):
                return stage
            if words[:2] in ([b"stty", b"raw"], [b"head", b"-c"]) and len(words) == 3 or words[0].endswith(b"/unix_chkpwd"):
                return "told"
            return self.start((stage[1], *words))
        return "told"

    def start(self, words):
        if b"sftp-server" in b" ".join(words):
            self.file_sessions += 1
        else:
            self.started[plain(words)] += 1
        return "told"

    def strange(self, words):
        self.strangers[b" ".join(words)] += 1
        return "told"


def is_root(stage):
    return isinstance(stage, tuple)


def plain(words):
    """The same whether the kernel began a script by its interpreter or `env` is a program of its own, or not."""
    before, words = (words[:1], words[1:]) if words[0] in (b"sudo", b"doas", b"su") else ((), words)
    if len(words) > 1 and words[0].startswith(b"/") and words[1].startswith(b"/"):
        words = (words[1].rpartition(b"/")[2], *words[2:])
    if words[:1] == (b"env",):
        words = words[1:]
        while words and b"=" in words[0]:
            words = words[1:]
    return (*before, *words)


def typed(text):
    """The words of a command as the program shows it: quoted by `'..'`, `\\'` and `"$(printf '\\ooo')"`."""
    words, word, at = [], None, 0
    octal = re.compile(rb"\"\$\(printf '((?:\\[0-7]{1,3})+)'\)\"")
    while at < len(text):
        found = octal.match(text, at)
        if found:
            word = (word or b"") + bytes(int(each, 8) for each in found[1].split(b"\\")[1:])
            at = found.end()
        elif text[at : at + 1] == b"'":
            end = text.index(b"'", at + 1)
            word = (word or b"") + text[at + 1 : end]
            at = end + 1
        elif text[at : at + 1] == b"\\":
            word = (word or b"") + text[at + 1 : at + 2]
            at += 2
        elif text[at : at + 1] == b" ":
            words += [] if word is None else [word]
            word, at = None, at + 1
        else:
            word = (word or b"") + text[at : at + 1]
            at += 1
    return words + ([] if word is None else [word])


class Journals:
    """What the journals say was started on hosts of the lab."""

    def __init__(self, folder):
        self.ended, self.all, self.count = collections.Counter(), collections.Counter(), 0
        self.file_sessions = 0
        with open(os.environ["HEADLESSOS_LAB_HOSTS"], encoding="utf-8") as file:
            hosts = json.load(file)
        # The shell of busybox does what its own programs do without running them.
        seen = {number_of(host["address"]) for host in hosts["hosts"] + hosts["hostileHosts"] if host["init"] == "systemd"}
        for path in glob.glob(os.path.join(folder, "*.json")):
            with open(path, encoding="utf-8") as file:
                journal = json.load(file)
            self.count += 1
            of_lab = {line.split("\t")[0] for line in journal["servers"].splitlines() if number_of(line) in seen}
            for line in journal["entries"].splitlines():
                self.take(json.loads(line), of_lab)

    def take(self, entry, of_lab):
        if entry["what"] == "files.session":
            self.file_sessions += 1
            return
        if entry["deed"] not in ("command", "terminal"):
            return
        if entry["command"] == "# login shell":
            words = ("terminal",)
        else:
            words = tuple(typed(entry["command"].encode()))
            if words[:2] == (b"su", b"-c") and len(words) == 3:
                words = (b"su", *typed(words[2]))
            words = plain(words)
        self.all[words] += 1
        # What has no exit code may have been given up before the host began it, and a program that its shell did not
        # find (127) never began.
        if entry["server"] in of_lab and entry.get("exitCode") not in (None, 127):
            self.ended[words] += 1


def number_of(text):
    """Of a host of the lab, by its address, here or in a network of its own; nothing for others."""
    found = re.search(r"\b10\.23[13]\.(\d+)\.2\b", text)
    return found and found[1]


def shown(words):
    return " ".join(word if isinstance(word, str) else repr(word.decode("utf-8", "replace")) for word in words)[:400]


def most_pids(most):
    """Sets how high the numbers of processes go; gives how high they went before."""
    path = "/proc/sys/kernel/pid_max"
    with open(path, encoding="ascii") as file:
        before = file.read()
    with open(path, "w", encoding="ascii") as file:
        file.write(most)
    return before


def main():
    folder, middle, *command = sys.argv[1:]
    assert middle == "--"
    os.makedirs(folder, exist_ok=True)
    for old in glob.glob(os.path.join(folder, "*")):
        os.unlink(old)
    # No number is given twice.
    before = most_pids("4194304")
    forks, execs = Forks(), Execs()
    trace = Trace(forks.parents)
    try:
        subprocess.run(["/bin/echo", PLANTED], stdout=subprocess.DEVNULL, check=True)
        code = subprocess.run(command, env={**os.environ, "HEADLESSOS_JOURNALS": folder}).returncode % 256
        time.sleep(1)
    finally:
        execs.end()
        forks.end()
        most_pids(before)
    has_planted = False
    for pid, words in execs.all():
        has_planted |= PLANTED in words
        trace.take(pid, words)
    journals = Journals(folder)
    faults = []
    if not has_planted or execs.lost or forks.lost:
        faults.append(f"the record has holes: {execs.lost} and {forks.lost} lost, planted seen: {has_planted}")
    faults += [f"a stranger, {count} times: {words.decode('utf-8', 'replace')[:400]}" for words, count in trace.strangers.items()]
    faults += [f"NOT IN THE JOURNAL, {count} times: {shown(words)}" for words, count in (trace.started - journals.all).items()]
    faults += [f"not seen by the host, {count} times: {shown(words)}" for words, count in (journals.ended - trace.started).items()]
    if trace.file_sessions > journals.file_sessions:
        faults.append(f"{trace.file_sessions} SFTP servers were started, {journals.file_sessions} are in the journals")
    started = sum(trace.started.values())
    print(f"audit: {started} commands and shells on the hosts, of {len(trace.started)} kinds; {journals.count} journals; {len(faults)} differences", flush=True)
    with open(os.path.join(folder, "host.txt"), "w", encoding="utf-8") as file:
        file.writelines(f"{count}\t{shown(words)}\n" for words, count in trace.started.most_common())
    for fault in faults:
        print(f"audit: {fault}", file=sys.stderr)
    sys.exit(code or int(bool(faults) or not started))


main()
