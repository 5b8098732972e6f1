"""Fills the root of the host `hostile` while it is built: files and tables.

Invariant: what a tool of the system refuses is left out of its table, so that the host boots and
lets its users in as any other.
"""

import os
import struct
import subprocess

import files
from texts import TEXTS, add, escaped, field, over, raw, word, write

NOON = 1_790_000_000
NEVER = b"0 0 30 2 *"


def release() -> None:
    os.remove("/etc/os-release")
    nasty = b"".join(raw(text).replace(b"\n", b" ") for text in TEXTS[:20])
    for byte in b'\\"$`':
        nasty = nasty.replace(bytes([byte]), b"\\" + bytes([byte]))
    write("/etc/os-release", b'ID=debian\nVERSION_ID="12"\nNAME="<b>Debian</b>"\nPRETTY_NAME="' + nasty + b'"\nHOME_URL="javascript:alert(1)"\n')
    write("/etc/machine-info", b'PRETTY_HOSTNAME="' + nasty + b'"\nLOCATION="<img src=x onerror=alert(1)>"\n')


def greetings() -> None:
    everything = b"\n".join(map(raw, TEXTS)) + b"\n"
    write("/etc/motd", everything)
    # Of what is no UTF-8, which SSH asks for, no login would come.
    write("/etc/issue.net", everything.decode("utf-8", "replace").encode())
    write("/etc/ssh/sshd_config.d/hostile.conf", b"Banner /etc/issue.net\n")
    # Only for who sits at a terminal: what it prints elsewhere is the user noisy's.
    write("/etc/profile.d/hostile.sh", b"cat /etc/motd\n")
    add("/home/noisy/.bashrc", b"cat /etc/motd\n")


def accounts() -> None:
    users, shadows, groups = [], [], []
    for at, text in over(5000):
        users.append(b"u%05d:x:%d:%d:%s:/home/%s:/bin/%s\n" % (at, 20000 + at, 20000 + at, field(text), word(text), word(text)))
        shadows.append(b"u%05d:!:19000:0:99999:7:::\n" % at)
        groups.append(b"u%05d:x:%d:\n" % (at, 20000 + at))
    add("/etc/passwd", b"".join(users))
    add("/etc/shadow", b"".join(shadows))
    add("/etc/group", b"".join(groups) + b"crowd:x:19999:" + b",".join(b"u%05d" % at for at in range(5000)) + b"\n")
    # A key that nobody has; its comment is what is shown.
    key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJK9GKzJHHFNCNP5bNzOmrSBKPnwNTEDKXEdjCAxTxFp"
    for home in "/root", "/home/ops":
        add(f"{home}/.ssh/authorized_keys", b"".join(raw(key) + b" " + field(text, "") + b"\n" for text in TEXTS))


def logins() -> None:
    """The records of who was let in and who was not; names and hosts are whatever the other side said."""
    record = struct.Struct("<hxxi32s4s32s256shhiii16s20x")
    rows = [
        record.pack(7, 1, b"pts/%d" % (at % 50), b"x", raw(text)[:32], raw(text)[:256], 0, 0, 0, NOON + at, 0, bytes(16))
        for at, text in over(3000)
    ]
    add("/var/log/wtmp", b"".join(rows))
    add("/var/log/btmp", b"".join(rows))
    os.chmod("/var/log/btmp", 0o600)


def cron() -> None:
    lines = [NEVER + b" root " + field(text, "") + b" # %d\n" % at for at, text in over(10000)]
    write("/etc/cron.d/hostile", b"".join(lines))
    write("/var/spool/cron/crontabs/root", b"".join(NEVER + b" " + field(text, "") + b"\n" for _, text in over(2000)), 0o600)


def units() -> None:
    """Thousands that are loaded and cost nothing, some that fail, some that wait for a time that is far."""
    folder = "/etc/systemd/system"
    wants = f"{folder}/multi-user.target.wants"

    def unit(file: str, kind: bytes, wanted: bool, text: str) -> None:
        write(f"{folder}/{file}", b"[Unit]\nDefaultDependencies=no\nDescription=" + field(text, "\\") + b"\n" + kind)
        if wanted:
            os.symlink(f"../{file}", f"{wants}/{file}")

    os.makedirs(wants, exist_ok=True)
    for at, text in over(2000):
        unit(f"hostile-{at:04}-{escaped(text)[:40]}.target".replace("\\.", "."), b"", True, text)
    for at, text in enumerate(TEXTS):
        unit(f"hostile-failed-{at}.service", b"[Service]\nType=oneshot\nExecStart=/bin/false '" + field(text, "'\\%$") + b"'\n", True, text)
        unit(f"hostile-{at}.timer", b"[Timer]\nOnCalendar=2099-01-01\n", True, text)
        unit(f"hostile-{at}.service", b"[Service]\nType=oneshot\nExecStart=/bin/true\n", False, text)
    for program, wanted in ("boot", True), ("processes", True), ("crowd", False):
        kind = b"oneshot\nRemainAfterExit=yes" if program == "boot" else b"exec\nLimitNOFILE=65536\nTasksMax=infinity"
        text = f"[Unit]\nAfter=docker.service lab-containers.service ufw.service\n[Service]\nType={kind.decode()}\nExecStart=/usr/bin/python3 -B /usr/local/lib/lab/{program}.py\n"
        write(f"{folder}/lab-{program}.service", text.encode())
        if wanted:
            os.symlink(f"../lab-{program}.service", f"{wants}/lab-{program}.service")


def packages() -> None:
    """One that dpkg itself takes, and a thousand in its list."""
    tree = "/tmp/lab/hostile"

    def told(text: str) -> bytes:
        # Which for dpkg ends a file.
        return field(text, "\x1a") or b"."

    said = b"\n ".join(map(told, TEXTS))
    head = b"Package: lab-hostile\nVersion: 1.0\nArchitecture: all\nMaintainer: <img src=x onerror=alert(1)> <x@example.invalid>\nDescription: "
    write(f"{tree}/DEBIAN/control", head + told(TEXTS[0]) + b"\n " + said + b"\n")
    subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, "/tmp/lab/hostile.deb"], check=True)
    subprocess.run(["dpkg", "--install", "/tmp/lab/hostile.deb"], check=True)
    rows = []
    for at, text in over(1000):
        rows.append(b"\nPackage: lab-hostile-%d\nStatus: install ok installed\nMaintainer: %s\nArchitecture: all\nVersion: 1.0\nDescription: %s\n" % (at, told(text), told(text)))
        write(f"/var/lib/dpkg/info/lab-hostile-{at}.list", b"/usr/share/" + field(text, "") + b"\n")
    add("/var/lib/dpkg/status", b"".join(rows))


def logs() -> None:
    """What strangers are quoted with: names that do not exist, requests, browsers."""
    rows = {"auth.log": [], "syslog": [], "nginx/access.log": [], "nginx/error.log": []}
    for _, text in over(5000):
        said = field(text, "")
        rows["auth.log"].append(b"Nov 29 04:00:00 hostile sshd[1]: Failed password for invalid user " + said + b" from 203.0.113.7 port 1 ssh2\n")
        rows["syslog"].append(b"Nov 29 04:00:00 " + word(text) + b" " + word(text) + b"[1]: " + said + b"\n")
        rows["nginx/access.log"].append(b'203.0.113.7 - ' + word(text) + b' [29/Nov/2026:04:00:00 +0000] "GET /' + field(text, '"') + b' HTTP/1.1" 200 1 "http://evil.example.test/' + field(text, '"') + b'" "' + field(text, '"') + b'"\n')
        rows["nginx/error.log"].append(b"2026/11/29 04:00:00 [error] 1#1: *1 " + said + b", client: 203.0.113.7, server: " + word(text) + b"\n")
    for file, lines in rows.items():
        write(f"/var/log/{file}", b"".join(lines), 0o640)


def tables() -> None:
    """The firewall's comments, and mounts that are named and never made."""
    rules, mounts = [], []
    for at, text in over(200):
        port = 10000 + at
        rules.append(b"\n### tuple ### allow tcp %d 0.0.0.0/0 any 0.0.0.0/0 in comment=%s\n-A ufw-user-input -p tcp --dport %d -j ACCEPT\n" % (port, raw(text)[:200].hex().encode(), port))
        place = "".join(chr(c) if chr(c).isalnum() and c < 128 else f"\\{c:03o}" for c in text.encode("utf-8", "replace")[:100])
        mounts.append(b"%s /srv/%s tmpfs noauto 0 0\n" % (word(text), place.encode()))
    path = "/etc/ufw/user.rules"
    with open(path, "rb") as file:
        before = file.read()
    write(path, before.replace(b"### END RULES ###", b"".join(rules) + b"\n### END RULES ###"), 0o640)
    add("/etc/fstab", b"".join(mounts))


for make in release, greetings, accounts, logins, cron, units, packages, logs, tables, files.make:
    make()
