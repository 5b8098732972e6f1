"""Carries packets between this machine and a host with delay and loss.

Usage: slowlink.py PID INDEX DELAY_MS LOSS_PERCENT. PID is any process in the
host's network namespace. Afterwards 10.232.INDEX.1 (here) and 10.232.INDEX.2
(there) reach each other over two TUN devices; each packet waits DELAY_MS and
is dropped with a probability of LOSS_PERCENT. This replaces the kernel's netem,
which not every kernel has. Invariant: both devices vanish with this process.
"""

import collections
import ctypes
import fcntl
import os
import random
import select
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000
MTU_BYTES = 1400
# More than that at once are dropped. What a long line holds on its way, 5 MB over 100 ms at 400 Mbit/s,
# is not what a router holds back, so this is far above it.
QUEUE_PACKETS = 20000


def open_tun(name, address, peer):
    """Makes the device NAME in the current network namespace and ups it."""
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    subprocess.run(["ip", "addr", "add", address, "peer", peer, "dev", name], check=True)
    subprocess.run(["ip", "link", "set", name, "mtu", str(MTU_BYTES), "txqueuelen", str(QUEUE_PACKETS), "up"], check=True)
    return tun


def enter_network(path):
    """Moves this process into the network namespace at PATH."""
    libc = ctypes.CDLL(None, use_errno=True)
    namespace = os.open(path, os.O_RDONLY)
    if libc.setns(namespace, 0) != 0:
        raise OSError(ctypes.get_errno(), "setns", path)
    os.close(namespace)


def carry(here, there, delay_seconds, loss):
    """Moves packets between the two devices for ever."""
    waiting = collections.deque()  # (due, device, packet); the delay is the same for all
    other = {here: there, there: here}
    while True:
        now = time.monotonic()
        while waiting and waiting[0][0] <= now:
            _, device, packet = waiting.popleft()
            try:
                os.write(device, packet)
            except OSError:
                pass  # the device's own queue is full: one more loss
        timeout = max(0.0, waiting[0][0] - now) if waiting else None
        for device in select.select([here, there], [], [], timeout)[0]:
            take(device, other[device], waiting, delay_seconds, loss)


def take(device, target, waiting, delay_seconds, loss):
    """Takes every packet that DEVICE has now."""
    while True:
        try:
            packet = os.read(device, MTU_BYTES + 100)
        except BlockingIOError:
            return
        if len(waiting) < QUEUE_PACKETS and random.random() >= loss:
            waiting.append((time.monotonic() + delay_seconds, target, packet))


def main():
    pid, index, delay_ms, loss_percent = sys.argv[1:]
    near, far = f"10.232.{index}.1", f"10.232.{index}.2"
    here = open_tun(f"labslow{index}", near, far)
    enter_network(f"/proc/{pid}/ns/net")
    there = open_tun("slow0", far, near)
    carry(here, there, float(delay_ms) / 1000, float(loss_percent) / 100)


main()
