"""The hostile strings of strings.json, in the forms that a system's tables take.

Invariant: the same from run to run; what a form cannot hold is replaced, never dropped, so that
each string stands in every table.
"""

import itertools
import json
import os
from pathlib import Path

HOME = Path(__file__).resolve().parent
# A byte that is no text is spelled as Python does: the lone surrogate U+DC00 plus the byte.
TEXTS = [entry["text"] for entry in json.loads((HOME / "strings.json").read_text())]


def raw(text: str) -> bytes:
    """The string as bytes."""
    return text.encode("utf-8", "surrogateescape")


def name(text: str) -> bytes:
    """As a file's name: no slash, no NUL, at most 255 bytes."""
    return raw(text.replace("/", "\u2215"))[:255]


def field(text: str, apart: str = ":") -> bytes:
    """As a field of a table of lines: no line feed and none of what keeps fields apart."""
    for each in "\n" + apart:
        text = text.replace(each, "_")
    return raw(text)


def word(text: str) -> bytes:
    """As a word without any space."""
    return b"_".join(field(text).split()) or b"_"


def escaped(text: str) -> str:
    """As systemd spells what may not stand in a unit's name."""
    plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:_"
    # A unit's name has 255 bytes at most, its suffix among them.
    return "".join(chr(c) if chr(c) in plain else f"\\x{c:02x}" for c in raw(text))[:200]


def over(count: int):
    """So many strings with their numbers, from the first again after the last."""
    return enumerate(itertools.islice(itertools.cycle(TEXTS), count))


def write(path, content: bytes, mode: int = 0o644) -> None:
    """A file with what it takes above it."""
    os.makedirs(os.path.dirname(os.fsencode(path)), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    os.chmod(path, mode)


def add(path, content: bytes) -> None:
    """To the end of a file."""
    os.makedirs(os.path.dirname(os.fsencode(path)), exist_ok=True)
    with open(path, "ab") as file:
        file.write(content)
