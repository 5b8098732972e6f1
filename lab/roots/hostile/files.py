"""Names and contents of files of the host `hostile`, in /srv/hostile, and its recycle bin.

Invariant: every string is the name of a file, a folder, a link and a fifo.
"""

import io
import os
import tarfile
import zipfile
from urllib.parse import quote_from_bytes

from texts import TEXTS, name, over, raw, write

ROOT = b"/srv/hostile"
HTML = b"<!doctype html><title>OWNED</title><script>alert(1)</script><img src=x onerror=alert(2)><meta http-equiv=refresh content='0;url=http://evil.example.test/'>"
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='60' height='40' onload='alert(1)'><script>alert(2)</script><image href='http://evil.example.test/x.png'/></svg>"


def make() -> None:
    names()
    many()
    deep()
    contents()
    archives()
    trash()


def names() -> None:
    for at, text in enumerate(TEXTS):
        called = name(text)
        write(os.path.join(ROOT, b"names", called), raw(text) + b"\n")
        os.makedirs(os.path.join(ROOT, b"folders", called, called))
        os.makedirs(os.path.join(ROOT, b"links"), exist_ok=True)
        os.symlink(raw(text), os.path.join(ROOT, b"links", called))
        os.makedirs(os.path.join(ROOT, b"pipes"), exist_ok=True)
        os.mkfifo(os.path.join(ROOT, b"pipes", called))
        ending = (b".png", b".svg", b".html", b".md", b".pdf", b".desktop", b".mp4", b".json")[at % 8]
        write(os.path.join(ROOT, b"kinds", called[:240] + ending), SVG if ending == b".svg" else HTML)


def many() -> None:
    for at, text in over(20000):
        # Each name once: the number stands before it.
        called = b"%05d " % at + name(text)[:200] if at % 50 == 0 else b"entry %05d.txt" % at
        write(os.path.join(ROOT, b"many", called), b"")


def deep() -> None:
    os.makedirs(os.path.join(ROOT, b"deep", *[b"<b>" + b"d" * 20] * 100))


def contents() -> None:
    lines = b"\n".join(map(raw, TEXTS)) + b"\n"
    # What holds a control or no UTF-8 is no text to look at, but bytes.
    texts = [text for text in TEXTS if not any(c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text)]
    for ending in b"txt", b"py":
        write(os.path.join(ROOT, b"contents", b"strings." + ending), lines)
    for ending in b"md", b"csv", b"log":
        write(os.path.join(ROOT, b"contents", b"texts." + ending), b"\n\n".join(map(raw, texts)) + b"\n")
    write(os.path.join(ROOT, b"contents", b"one-line.txt"), b"<b>" + b"W" * 2_000_000)
    write(os.path.join(ROOT, b"contents", b"right.txt"), "\u05e9\u05dc\u05d5\u05dd \u202e abc\n".encode() * 2000)
    write(os.path.join(ROOT, b"contents", b"nested.json"), b"[" * 20000 + b"]" * 20000)
    write(os.path.join(ROOT, b"contents", b"keys.json"), b"{" + b",".join(b'"%d<img src=x onerror=alert(1)>":"\\u202e\\u001b[31m"' % at for at in range(5000)) + b"}")
    write(os.path.join(ROOT, b"contents", b"wide.csv"), b",".join(b"<b>%d" % at for at in range(2000)) + b"\n" + b'"\x1b[31m\n=1+1",' * 5000 + b"\n")


def archives() -> None:
    os.makedirs(os.path.join(ROOT, b"archives"))
    with tarfile.open(os.path.join(ROOT, b"archives", b"hostile.tar"), "w", errors="surrogateescape") as tar:
        for text in ["../../../etc/passwd", "/etc/passwd", *TEXTS]:
            entry = tarfile.TarInfo(text)
            entry.uname = "<b>"
            tar.addfile(entry, io.BytesIO())
    with zipfile.ZipFile(os.fsdecode(ROOT + b"/archives/hostile.zip"), "w") as pack:
        for text in ["../../../etc/passwd", *TEXTS]:
            pack.writestr(text.encode("utf-8", "replace").decode()[:200].replace("\0", "") or "x", b"")


def trash() -> None:
    """What lies in root's bin: names, places and times that whoever put it there chose."""
    for home in b"/root", b"/home/ops":
        folder = home + b"/.local/share/Trash"
        for at, text in over(2000):
            called = b"%04d " % at + name(text)[:200]
            write(os.path.join(folder, b"files", called), b"")
            path = quote_from_bytes(raw(text)).encode()
            time = (b"2026-11-29T04:00:00", b"9999-99-99T99:99:99", b"<b>never</b>")[at % 3]
            write(os.path.join(folder, b"info", called + b".trashinfo"), b"[Trash Info]\nPath=/srv/" + path + b"\nDeletionDate=" + time + b"\n")
        if home != b"/root":
            os.system("chown -R ops: /home/ops/.local")
