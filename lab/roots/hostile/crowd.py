"""Three thousand processes with hostile titles, for the time that a test wants them.

Invariant: each is as small as a process can be, and all end with this one's unit.
"""

import os
import signal

from texts import over, raw

for _, text in over(3000):
    if os.fork() == 0:
        os.execv("/usr/bin/sleep", [raw(text) or b" ", b"infinity"])
while True:
    signal.pause()
