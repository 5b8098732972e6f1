"""Reads the same fixtures with jc, in this one process and as a command, for `cargo xtask bench parse`.

Takes the lines that `read_fixtures` printed on standard input; prints a line of JSON for each fixture that
one of jc's parsers is for: the parser, whether it read it, how many records it made, how long it took; and a
last line with the parsers that there are and those that a fixture or a file we read led to.
"""

import json
import re
import shlex
import subprocess
import sys
import time

import jc
import jc.lib

COMMAND_RUNS = int(sys.argv[1])
JC, OURS = sys.argv[2], sys.argv[3]

# The rule by which `timing.rs` measures: rounds until two medians in a row have not moved.
ROUND, STABLE, LONGEST_NS = 25, 0.01, 400_000_000

# Programs that run another, as jc's own command line has to be told too.
RUNNERS = {"sudo", "env", "timeout", "nice"}
FILES = {
    "/etc/passwd": "passwd", "/etc/group": "group", "/etc/shadow": "shadow", "/etc/fstab": "fstab",
    "/etc/hosts": "hosts", "/etc/resolv.conf": "resolve_conf", "/etc/os-release": "os_release",
    "/etc/crontab": "crontab_u",
}


def by_magic():
    found = {}
    for info in jc.lib.all_parser_info():
        for magic in info.get("magic_commands", []):
            found[magic] = info["name"]
    return found


MAGIC = by_magic()


def parser_of_file(path):
    if path.startswith("/proc/"):
        return "proc"
    return FILES.get(path)


def parser_for(command):
    """The parser that jc's own magic would choose, by the first two words, then by the first."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None
    while words and (words[0] in RUNNERS or "=" in words[0]):
        words.pop(0)
    if not words:
        return None
    words[0] = words[0].rsplit("/", 1)[-1]
    if words[0] == "cat":
        return next((parser for parser in map(parser_of_file, words[1:]) if parser), None)
    return MAGIC.get(" ".join(words[:2])) or MAGIC.get(words[0])


def records(value):
    """The longest list at the top, or one for a single record."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, dict):
        lists = [len(field) for field in value.values() if isinstance(field, list)]
        return max(lists) if lists else 1
    return 0


def until_stable(work):
    took, median, stable, begun = [], 0, 0, time.perf_counter_ns()
    while stable < 2 and (len(took) < ROUND or time.perf_counter_ns() - begun < LONGEST_NS):
        for _ in range(ROUND):
            begin = time.perf_counter_ns()
            work()
            took.append(time.perf_counter_ns() - begin)
        now = sorted(took)[len(took) // 2]
        stable = stable + 1 if abs(now - median) <= STABLE * median else 0
        median = now
    took.sort()
    at = lambda part: took[(len(took) - 1) * part // 100]
    return {"runs": len(took), "min": took[0], "p10": at(10), "median": at(50), "p90": at(90)}


def as_command(words, stdin):
    with open(stdin, "rb") as source:
        begin = time.perf_counter_ns()
        subprocess.run(words, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return time.perf_counter_ns() - begin


def side_by_side(parser, command, stdin):
    """The medians of both commands, run in turns."""
    theirs, ours = [], []
    for _ in range(COMMAND_RUNS):
        theirs.append(as_command([JC, "--" + parser.replace("_", "-"), "-q"], stdin))
        ours.append(as_command([OURS, "parse", "--command", command], stdin))
    return sorted(theirs)[COMMAND_RUNS // 2], sorted(ours)[COMMAND_RUNS // 2]


def of_proc(path):
    """jc's own name for a file of /proc."""
    return "proc_" + re.sub(r"^(self|\d+)/", "pid/", path[6:]).replace("/", "_")


led_to, measured_commands = set(), set()
for line in sys.stdin:
    ours = json.loads(line)
    command = ours["command"]
    paths = ours["files"] + (command or "").split()
    led_to.update(of_proc(path) for path in paths if path.startswith("/proc/"))
    led_to.update(FILES.get(path) for path in paths)
    parser = parser_for(command) if command else None
    led_to.add(parser)
    if parser is None or ours["exitCode"] != 0:
        continue
    with open(ours["stdout"], encoding="utf-8", errors="replace") as source:
        text = source.read()
    result = {"fixture": ours["fixture"], "query": ours["query"], "parser": parser}
    try:
        value = jc.parse(parser, text, quiet=True)
        result["records"] = records(value)
        result["value"] = value
    except Exception as error:  # whatever it raises, it did not read it
        result["error"] = f"{type(error).__name__}: {str(error)[:200]}"
    else:
        result["nanoseconds"] = until_stable(lambda: jc.parse(parser, text, quiet=True))
        result["nanosecondsToWrite"] = until_stable(lambda: json.dumps(jc.parse(parser, text, quiet=True)))
        # A command costs its start whatever it reads: one fixture for each parser.
        if parser not in measured_commands and "value" in ours["outcome"]:
            measured_commands.add(parser)
            result["asCommandNs"], result["oursAsCommandNs"] = side_by_side(parser, command, ours["stdout"])
    print(json.dumps(result), flush=True)
streaming = {name for name in jc.lib.parser_mod_list() if name.endswith("_s")}
print(json.dumps({"parsers": sorted(set(jc.lib.parser_mod_list()) - streaming), "ledTo": sorted(filter(None, led_to))}))
