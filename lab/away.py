"""Runs a command in a network of its own, and says what left it that was not SSH to a lab host.

Usage: unshare --net --mount --propagation private away.py HOSTS_JSON LOG HOST=INDEX=PID.. -- COMMAND..
HOST is reached at 10.233.INDEX.2; all else leads to a sink that answers nothing, names too. LOG
gets a line for each flow. Invariant: that a packet to the sink is seen is tried before the command
begins; where the record may have a hole there is no "nothing left". Exit code: the command's; 1
when something left.
"""

import ipaddress
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading

SINK = "sink0"
OUTGOING = 4  # PACKET_OUTGOING
TCP, UDP, ICMP6 = 6, 17, 58
# What the kernel says by itself on an IPv6 link: solicitations, advertisements, listener reports.
OF_THE_KERNEL = {130, 131, 132, 133, 134, 135, 136, 143}
PACKET_STATISTICS, SOL_PACKET, SO_RCVBUFFORCE = 6, 263, 33
PLANTED = ("192.0.2.1", 443)
# Servers that tests enter and that must not be there; looking them up is what is asked of the program.
OF_TESTS = ".invalid"


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def lay_cables(hosts):
    ip("link", "set", "lo", "up")
    for _, index, pid in hosts:
        way = f"way{index}"
        ip("link", "add", way, "type", "veth", "peer", "name", "away0", "netns", pid)
        ip("addr", "add", f"10.233.{index}.1/24", "dev", way)
        ip("link", "set", way, "up")
        inside = ["nsenter", f"--net=/proc/{pid}/ns/net", "ip"]
        for words in (["addr", "add", f"10.233.{index}.2/24", "dev", "away0"], ["link", "set", "away0", "up"]):
            subprocess.run([*inside, *words], check=True)
    ip("link", "add", SINK, "type", "veth", "peer", "name", "sink1")
    for end in ("sink1", SINK):
        ip("link", "set", end, "up")
    for family, address, gateway in (("-4", "10.234.0.2/24", "10.234.0.1"), ("-6", "fd00:234::2/64", "fd00:234::1")):
        ip(family, "addr", "add", address, "dev", SINK, *(["nodad"] if family == "-6" else []))
        ip(family, "neigh", "add", gateway, "lladdr", "02:00:00:00:00:01", "dev", SINK, "nud", "permanent")
        ip(family, "route", "add", "default", "via", gateway, "dev", SINK)
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
        file.write("nameserver 10.234.0.1\noptions timeout:1 attempts:1\n")
    os.chmod(file.name, 0o644)
    subprocess.run(["mount", "--bind", file.name, os.path.realpath("/etc/resolv.conf")], check=True)
    os.unlink(file.name)


class Record:
    """The flows that left by one interface, each with the first bytes that it carried."""

    def __init__(self, name):
        self.name = name
        self.flows = {}
        self.lost = 0
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 64 << 20)
        self.socket.bind((name, 3))
        self.socket.settimeout(0.2)
        self.is_over = False
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        while True:
            try:
                packet, (_, kind, way, *_) = self.socket.recvfrom(256)
            except TimeoutError:
                if self.is_over:
                    return
                continue
            if way == OUTGOING:
                self.take(kind, packet)

    def take(self, kind, packet):
        if kind == 0x0800:
            head, protocol, to = (packet[0] & 15) * 4, packet[9], packet[16:20]
        elif kind == 0x86DD:
            head, protocol, to = 40, packet[6], packet[24:40]
        else:
            return  # ARP, which leaves no link
        rest = packet[head:]
        if protocol == 0 and kind == 0x86DD and rest:  # hop-by-hop options: listener reports
            protocol, rest = rest[0], rest[(rest[1] + 1) * 8 :]
        if protocol == ICMP6 and rest[:1] and rest[0] in OF_THE_KERNEL:
            return
        ports = struct.unpack("!HH", rest[:4]) if protocol in (TCP, UDP) and len(rest) >= 4 else (0, 0)
        payload = b""
        if protocol == TCP and len(rest) >= 20:
            payload = rest[(rest[12] >> 4) * 4 :]
        elif protocol == UDP:
            payload = rest[8:]
        key = (str(ipaddress.ip_address(to)), protocol, *ports)
        self.flows[key] = self.flows.get(key) or payload[:80]

    def saw(self, address, protocol, port):
        return any((to, by, at) == (address, protocol, port) for to, by, _, at in list(self.flows))

    def end(self):
        self.is_over = True
        self.thread.join()
        _, self.lost = struct.unpack("II", self.socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))


def try_the_record(sink):
    """A connection and a question for a name are planted, seen, and forgotten."""
    with socket.socket() as planted:
        planted.setblocking(False)
        planted.connect_ex(PLANTED)
    subprocess.run(["getent", "hosts", "planted.example.test"], stdout=subprocess.DEVNULL, timeout=30)
    for _ in range(50):
        if sink.saw(*PLANTED[:1], TCP, PLANTED[1]) and sink.saw("10.234.0.1", UDP, 53):
            sink.flows.clear()
            return
        threading.Event().wait(0.1)
    sys.exit("away: what was planted is not seen; nothing can be said")


def words(name, key, payload):
    to, protocol, _, port = key
    kind = {TCP: "TCP", UDP: "UDP"}.get(protocol, f"protocol {protocol}")
    return f"{name} {kind} {to} port {port}: {payload!r}"


def name_asked(question):
    """The name in a question to a name server; cut short where that is cut or strange."""
    labels, rest = [], question[12:]
    while rest and 0 < rest[0] < len(rest):
        labels.append(rest[1 : 1 + rest[0]].decode("ascii", "replace"))
        rest = rest[1 + rest[0] :]
    return ".".join(labels) if rest[:1] == b"\0" else ""


def faults_of(records):
    """What left and is not SSH: by its first words, on whatever port a test's own sshd listens."""
    faults = []
    for record in records:
        is_ssh = {(to, port) for (to, by, _, port), payload in record.flows.items() if by == TCP and payload.startswith(b"SSH-2.0-")}
        for key, payload in sorted(record.flows.items()):
            to, protocol, _, port = key
            # A knock without a word is only whether SSH answers, where SSH is spoken.
            is_fine = protocol == TCP and (payload.startswith(b"SSH-2.0-") or payload == b"" and (port == 22 or (to, port) in is_ssh))
            if record.name == SINK and protocol == UDP and port == 53:
                is_fine = name_asked(payload).endswith(OF_TESTS)
            elif record.name == SINK:
                is_fine = False
            if not is_fine:
                faults.append(words(record.name, key, payload))
        # Of a host only how much was copied may fill the buffer; the sink must have no hole.
        if record.lost and record.name == SINK:
            faults.append(f"{record.name}: {record.lost} packets were not seen")
    return faults


def elsewhere(described, hosts):
    """hosts.json for in here: the hosts that are reached, by their addresses here."""
    text = described
    for _, index, _ in hosts:
        text = text.replace(f"10.231.{index}.2", f"10.233.{index}.2")
    lab = json.loads(text)
    names = {name for name, _, _ in hosts}
    lab["hosts"] = [host for host in lab["hosts"] if host["name"] in names]
    return json.dumps(lab)


def run(command, hosts):
    """The command's exit code. Whoever ends this process ends the command, and still gets the record."""
    with subprocess.Popen(command, env={**os.environ, "HEADLESSOS_LAB_HOSTS": hosts}) as running:
        for end in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(end, lambda number, _: running.send_signal(number))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # which a terminal sends to the command too
        return running.wait() % 256


def main():
    described, log, *rest = sys.argv[1:]
    middle = rest.index("--")
    hosts, command = [tuple(each.split("=")) for each in rest[:middle]], rest[middle + 1 :]
    lay_cables(hosts)
    records = [Record(name) for name in [SINK, *(f"way{index}" for _, index, _ in hosts)]]
    try:
        try_the_record(records[0])
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            with open(described, encoding="utf-8") as known:
                file.write(elsewhere(known.read(), hosts))
            file.flush()
            code = run(command, file.name)
    finally:
        for record in records:
            record.end()
    with open(log, "w", encoding="utf-8") as file:
        for record in records:
            file.writelines(f"{words(record.name, *flow)}\n" for flow in sorted(record.flows.items()))
            file.write(f"{record.name}: {len(record.flows)} flows, {record.lost} packets not seen\n")
    ways = [record for record in records if record.name != SINK]
    print(f"away: {sum(len(record.flows) for record in ways)} flows to hosts of the lab, {len(records[0].flows)} elsewhere", flush=True)
    faults = faults_of(records)
    for fault in faults:
        print(f"away: LEFT {fault}", file=sys.stderr)
    sys.exit(code or int(bool(faults)))


main()
