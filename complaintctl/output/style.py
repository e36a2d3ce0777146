"""When a stream is a person's terminal, when it may be coloured, and how many lines and columns it has."""

import os
from typing import TextIO

_RESET = "\x1b[0m"
_CODES = {"bold": "\x1b[1m", "dim": "\x1b[2m", "red": "\x1b[31m", "green": "\x1b[32m", "yellow": "\x1b[33m"}


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody sits at this stream; a closed stream has nobody."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def colourful(stream: TextIO) -> bool:
    """Whether colour is welcome: on a terminal, unless NO_COLOR is set or TERM is dumb."""
    return is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: str, stream: TextIO) -> str:
    """`text` in a style (bold, dim, red, green, yellow) where the stream may be coloured."""
    return f"{_CODES[style]}{text}{_RESET}" if style and colourful(stream) else text


def screen() -> tuple[int, int]:
    """Columns and lines of the terminal, or 80 by 24 where there is none."""
    import shutil

    size = shutil.get_terminal_size((80, 24))
    return size.columns, size.lines


def columns() -> int | None:
    """Columns of the terminal at standard output; None where there is none, and nothing is to be cut."""
    import sys

    return screen()[0] if is_terminal(sys.stdout) else None


def speaks_unicode(stream: TextIO) -> bool:
    """Whether the stream can carry every character; others get ASCII or escapes instead."""
    return (getattr(stream, "encoding", None) or "").lower().replace("-", "").replace("_", "") == "utf8"


def fitted(text: str, stream: TextIO) -> list[str]:
    """A text line as the lines in which a person's terminal shows it; off a terminal as it is.

    The terminal itself would break it in the middle of a word or a number.
    """
    if not is_terminal(stream):
        return [text]
    from complaintctl.output.text import width

    wide = screen()[0]
    if width(text) <= wide:
        return [text]
    from complaintctl.output.layout import fold

    return fold(text, wide)
