"""Runs a command as root inside a host, without SSH.

Usage: inside.py PID COMMAND..., PID being the host's init as this machine sees
it. Output and exit code are the command's (128 + N when signal N ended it, 127
when there is no such command, 125 when the host has just gone). nsenter(1) would do, but stops for good when the
host stops its processes to reboot, and the host then waits for it. Invariant:
the command ends when this process does.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
NAMESPACES = ["cgroup", "ipc", "uts", "net", "pid", "mnt"]  # mnt last: it hides /proc
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ENVIRONMENT = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8"}

libc = ctypes.CDLL(None, use_errno=True)


def enter(pid):
    """Moves this process, and for the pid namespace its children, into PID's."""
    handles = [os.open(f"/proc/{pid}/ns/{name}", os.O_RDONLY) for name in NAMESPACES]
    for handle in handles:
        if libc.setns(handle, 0) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        os.close(handle)
    os.chdir("/")


def become(command):
    """Turns this process into COMMAND. Nothing may be imported any more: it
    would come from the host."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    folders = [""] if "/" in command[0] else [f"{folder}/" for folder in PATH.split(":")]
    for folder in folders:
        try:
            os.execve(folder + command[0], command, ENVIRONMENT)
        except OSError:
            pass  # not there; try the next
    os.write(2, f"lab: no command {command[0]} in the host\n".encode())
    os._exit(127)


def main():
    try:
        enter(sys.argv[1])
    except OSError:
        sys.exit(125)  # its init has ended
    child = os.fork()
    if child == 0:
        become(sys.argv[2:])
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    sys.exit(code if code >= 0 else 128 - code)


main()
