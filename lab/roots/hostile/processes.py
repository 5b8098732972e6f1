"""Processes of the host `hostile` with hostile titles and names, and some that listen on many ports.

Invariant: all end with this process's unit.
"""

import ctypes
import os
import signal
import socket

from texts import TEXTS, name, raw

PR_SET_NAME = 15
PORTS_EACH = 30
libc = ctypes.CDLL(None, use_errno=True)


def listen(at: int, text: str) -> None:
    libc.prctl(PR_SET_NAME, raw(text)[:15], 0, 0, 0)
    held = [socket.create_server(("127.0.0.1", 20000 + at * PORTS_EACH + port)) for port in range(PORTS_EACH)]
    while held:
        signal.pause()


for at, text in enumerate(TEXTS):
    if os.fork() == 0:
        listen(at, text)
    if os.fork() == 0:
        # The kernel calls a process by its file, and `ps` by its first word.
        os.makedirs("/run/hostile", exist_ok=True)
        program = os.path.join(b"/run/hostile", name(text))
        os.symlink("/usr/bin/sleep", program)
        os.execv(program, [raw(text) or b" ", b"infinity"])
while True:
    signal.pause()
