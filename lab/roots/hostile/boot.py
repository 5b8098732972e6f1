"""What of the host `hostile` lives only while it runs: its name, interfaces, mounts, journal,
firewall and containers.

Invariant: what the kernel or a tool refuses is left out; the boot goes on.
"""

import ctypes
import os
import socket
import subprocess

from texts import TEXTS, field, name, over, raw, word

NO_CHARACTERS = 0xFFFE, 0xFFFF, 0xFDD0
libc = ctypes.CDLL(None, use_errno=True)


def run(*command) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode == 0


def hostname() -> None:
    called = b"h<img src=x>\x1b]0;OWNED\x07\xe2\x80\xae"
    libc.sethostname(called, len(called))


def interfaces() -> None:
    for text in TEXTS:
        called = word(text).replace(b"/", b"|")[:15]
        if run("ip", "link", "add", "name", called, "type", "bridge"):
            run("ip", "link", "set", "dev", called, "alias", raw(text)[:200])


def mounts() -> None:
    for text in TEXTS:
        # systemd lists no unit at all while one's name is no UTF-8, or holds what is no character.
        called = name(text).decode("utf-8", "replace").translate(dict.fromkeys(NO_CHARACTERS, "_"))
        place = os.path.join(b"/srv/hostile/mounts", called.encode())
        os.makedirs(place, exist_ok=True)
        libc.mount(raw(text), place, b"tmpfs", 0, b"size=64k")


def journal() -> None:
    """By journald's own socket, which takes any bytes in any field."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as way:
        way.connect("/run/systemd/journal/socket")
        for at, text in over(5000):
            entry = b""
            for key in b"MESSAGE", b"SYSLOG_IDENTIFIER", b"HOSTILE", b"UNIT":
                value = raw(text)
                entry += key + b"\n" + len(value).to_bytes(8, "little") + value + b"\n"
            way.send(entry + b"PRIORITY=%d\n" % (at % 8))


def firewall() -> None:
    rules = [b"table inet hostile {\n chain input { type filter hook input priority 10;\n"]
    rules += [b'  tcp dport %d counter accept comment "%s"\n' % (11000 + at, field(text, '"\\')[:120]) for at, text in over(200)]
    subprocess.run(["nft", "-f", "-"], input=b"".join(rules) + b" }\n}\n", stderr=subprocess.DEVNULL)
    for text in TEXTS[:20]:
        run("iptables", "-w", "-A", "OUTPUT", "-m", "comment", "--comment", raw(text)[:250], "-j", "ACCEPT")


def containers() -> None:
    for at, text in enumerate(TEXTS):
        said = raw(text)
        run(
            "docker", "create", "--name", f"hostile-{at}", "--label", b"org.example.hostile=" + said,
            "--label", field(text, "=") + b"=x", "--env", b"HOSTILE=" + said, "lab/busybox:1", "/bin/echo", said,
        )
    for at in range(3):
        run("docker", "start", f"hostile-{at}")
    lines = b"\n".join(map(raw, TEXTS)).replace(b"'", b"")
    run("docker", "run", "--detach", "--name", "hostile-log", "lab/busybox:1", "/bin/sh", "-c", b"while :; do echo '" + lines + b"'; sleep 1; done")
    for text in TEXTS[:10]:
        run("docker", "network", "create", "--label", b"x=" + raw(text), raw(text))


for make in hostname, interfaces, mounts, journal, firewall, containers:
    make()
