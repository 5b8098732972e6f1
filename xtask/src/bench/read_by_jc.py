"""Reads the same fixtures with jc, in one Python process and as a command, for `cargo xtask bench parse`.

Takes the lines that `read_fixtures` printed on standard input; prints one line of JSON for each fixture
that one of jc's parsers is for: the parser, whether it read it, how many records it made, how long it took.
"""

import json
import shlex
import statistics
import subprocess
import sys
import time

import jc
import jc.lib

RUNS = int(sys.argv[1])
COMMAND_RUNS = int(sys.argv[2])
JC, OURS = sys.argv[3], sys.argv[4]

# Programs that run another, as jc's own command line has to be told too.
RUNNERS = {"sudo", "env", "timeout", "nice"}


def by_magic():
    found = {}
    for info in jc.lib.all_parser_info():
        for magic in info.get("magic_commands", []):
            found[magic] = info["name"]
    return found


MAGIC = by_magic()


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
    for word in words[1:]:
        if words[0] == "cat" and word.startswith("/proc/"):
            return "proc"
        if words[0] == "cat":
            files = {"/etc/passwd": "passwd", "/etc/group": "group", "/etc/shadow": "shadow",
                     "/etc/fstab": "fstab", "/etc/hosts": "hosts", "/etc/resolv.conf": "resolve_conf",
                     "/etc/os-release": "os_release", "/etc/crontab": "crontab_u"}
            return files.get(word)
    return MAGIC.get(" ".join(words[:2])) or MAGIC.get(words[0])


def records(value):
    """The longest list at the top, or one for a single record."""
    if isinstance(value, list):
        return len(value)
    if isinstance(value, dict):
        lists = [len(field) for field in value.values() if isinstance(field, list)]
        return max(lists) if lists else 1
    return 0


def median_ns(work, runs):
    took = []
    for _ in range(runs):
        begin = time.perf_counter_ns()
        work()
        took.append(time.perf_counter_ns() - begin)
    return statistics.median(took)


def as_command(words, stdin):
    with open(stdin, "rb") as source:
        subprocess.run(words, stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


measured_commands = set()
for line in sys.stdin:
    ours = json.loads(line)
    command = ours["command"]
    parser = parser_for(command) if command else None
    if parser is None or ours["exitCode"] != 0:
        continue
    with open(ours["stdout"], encoding="utf-8", errors="replace") as source:
        text = source.read()
    result = {"fixture": ours["fixture"], "query": ours["query"], "parser": parser}
    try:
        value = jc.parse(parser, text, quiet=True)
        value = list(value) if not isinstance(value, (list, dict)) else value
        result["records"] = records(value)
        result["value"] = value
        result["nanoseconds"] = median_ns(lambda: jc.parse(parser, text, quiet=True), RUNS)
    except Exception as error:  # whatever it raises, it did not read it
        result["error"] = f"{type(error).__name__}: {str(error)[:200]}"
    # A command costs its start whatever it reads: one fixture for each parser.
    if parser not in measured_commands and "error" not in result:
        measured_commands.add(parser)
        flag = "--" + parser.replace("_", "-")
        result["asCommandNs"] = median_ns(lambda: as_command([JC, flag, "-q"], ours["stdout"]), COMMAND_RUNS)
        result["oursAsCommandNs"] = median_ns(lambda: as_command([OURS, "parse", "--command", command], ours["stdout"]), COMMAND_RUNS)
    print(json.dumps(result), flush=True)
