"""Draws the terminal pictures of README from what the program really prints.

    python docs/picture.py

Runs the commands below in a fresh ledger, on a fixed clock and on a real (pseudo-)terminal, and writes docs/desk-en.svg
and docs/desk-zh.svg. Nothing in them is typed by hand; a test draws them again and compares.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from rich.ansi import AnsiDecoder
from rich.cells import cell_len
from rich.console import Console
from rich.containers import Lines
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

DOCS = Path(__file__).parent
COLUMNS, LINES = 116, 60
CELL, LINE, FONT, EDGE = 8.4, 19, 14, 14
BACKGROUND, FOREGROUND = "#1b1f24", "#d8dee4"
COLOURS = {"red": "#ff8178", "yellow": "#e3b341", "green": "#6bc46d", "cyan": "#76c7e8", "bright_black": "#8b949e"}


class Shot(NamedTuple):
    """A command at a moment of 20 November 2026; `shown` False where it only prepares the ledger."""

    time: str
    words: Sequence[str]
    shown: bool = True


ENGLISH = (
    Shot("08:00", ("init", "--name", "Sample Gardens"), shown=False),
    Shot("14:00", ("log", "--text", "The lamp at the gate of building 3 is out", "--unit", "3-1-502")),
    Shot("14:04", ("assign", "1", "Engineering")),
    Shot("14:40", ("resolve", "1", "Bulb changed, tried together with the resident")),
    Shot("14:45", ("notify", "1", "--via", "visit", "--accepted")),
)
CHINESE = (
    Shot("08:00", ("init", "--name", "样例花园"), shown=False),
    Shot("09:10", ("log", "--text", "电梯停运,老人下不了楼", "--unit", "5-2-903", "--channel", "phone"), shown=False),
    Shot("09:15", ("assign", "1", "工程部"), shown=False),
    Shot("10:30", ("log", "--text", "前台接电话态度生硬", "--unit", "2-1-301", "--channel", "wechat"), shown=False),
    Shot("13:45", ("log", "--text", "楼上住户半夜拖桌子", "--unit", "8-3-1204", "--channel", "phone"), shown=False),
    Shot("14:00", ("overdue",)),
    Shot("14:01", ("log", "--text", "小区门外道路施工,灰尘很大", "--unit", "1-1-102", "--channel", "phone")),
)


def run(shot: Shot, lang: str, folder: Path) -> str:
    """Run one command on a terminal and return what came to stand there, colours and all."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    env = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(DOCS.parent),
        "HOME": str(folder),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "COMPLAINTCTL_LANG": lang,
        "COMPLAINTCTL_NOW": f"2026-11-20T{shot.time}+08:00",
        "COMPLAINTCTL_ACTOR": "desk",
    }
    command = [sys.executable, "-m", "complaintctl", *shot.words]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=env, cwd=folder)
    os.close(theirs)
    seen = b"".join(_blocks(ours))
    os.close(ours)
    if process.wait():
        raise SystemExit(f"{shot.words} failed:\n{seen.decode()}")
    return seen.decode().replace("\r\n", "\n")


def _blocks(handle: int) -> Iterator[bytes]:
    while True:
        try:
            block = os.read(handle, 65536)
        except OSError:  # the terminal is gone with the process
            return
        if not block:
            return
        yield block


def typed(words: Sequence[str]) -> str:
    """Return a command line as a person types it."""
    return " ".join(f'"{word}"' if " " in word or not word.isascii() else word for word in ("complaintctl", *words))


def screen(shots: Sequence[Shot], lang: str) -> list[list[Segment]]:
    """Return the lines of a terminal on which the commands were typed one after the other."""
    console = Console(width=COLUMNS, color_system="standard", force_terminal=True, legacy_windows=False)
    decoder = AnsiDecoder()
    lines: list[list[Segment]] = []
    with tempfile.TemporaryDirectory() as folder:
        for shot in shots:
            printed = run(shot, lang, Path(folder))
            if not shot.shown:
                continue
            if lines:
                lines.append([])
            lines.append([Segment("$ ", Style(dim=True)), Segment(typed(shot.words), Style(bold=True))])
            for text in decoder.decode(printed.rstrip("\n")):
                lines += [list(row.render(console, end="")) for row in folded(text)]
    return lines


def folded(text: Text) -> Lines:
    """Part a line where the terminal's width ends, as the terminal itself does."""
    cuts, column = [], 0
    for number, char in enumerate(text.plain):
        if column + cell_len(char) > COLUMNS:
            cuts.append(number)
            column = 0
        column += cell_len(char)
    return text.divide(cuts)


def drawn(lines: Sequence[Sequence[Segment]]) -> str:
    """Return an SVG picture of terminal lines; each run of text stands at its own column."""
    width, height = COLUMNS * CELL + 2 * EDGE, len(lines) * LINE + 2 * EDGE
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img">',
        f'<rect width="100%" height="100%" rx="8" fill="{BACKGROUND}"/>',
        f'<g fill="{FOREGROUND}" font-size="{FONT}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, '
        "'Sarasa Mono SC', 'Noto Sans Mono CJK SC', 'Microsoft YaHei', monospace\" xml:space=\"preserve\">",
    ]
    for number, line in enumerate(lines):
        column = 0
        for segment in line:
            for text in _runs(segment.text):
                cells = cell_len(text)
                if text.strip():
                    at = f'x="{EDGE + column * CELL:g}" y="{EDGE + number * LINE + FONT:g}"'
                    rows.append(f'<text {at} textLength="{cells * CELL:g}"{_look(segment.style)}>{escape(text)}</text>')
                column += cells
    return "\n".join([*rows, "</g>", "</svg>", ""])


def _runs(text: str) -> Iterator[str]:
    """Part a text where wide and narrow characters meet, and where blanks come in a row, so that columns stay."""
    for wide, group in groupby(text, key=lambda char: cell_len(char) == 2):
        narrow_or_wide = "".join(group)
        yield from [narrow_or_wide] if wide else re.split("( {2,})", narrow_or_wide)


def _look(style: Style | None) -> str:
    if style is None:
        return ""
    look = ' font-weight="bold"' if style.bold else ""
    if style.dim:
        return f'{look} fill="{COLOURS["bright_black"]}"'
    colour = COLOURS.get(style.color.name) if style.color else None
    return f'{look} fill="{colour}"' if colour else look


def pictures() -> dict[str, str]:
    """Return both pictures by the name of their file."""
    return {"desk-en.svg": drawn(screen(ENGLISH, "en")), "desk-zh.svg": drawn(screen(CHINESE, "zh"))}


if __name__ == "__main__":
    for name, picture in pictures().items():
        (DOCS / name).write_text(picture, encoding="utf-8")
