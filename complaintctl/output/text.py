"""Text made fit for a terminal: nothing invisible or commanding in it, and as wide as it will look.

Whatever came from outside (a resident's words, a unit, a name typed by a clerk) passes `safe` before it is
printed: terminals obey escape sequences, and direction marks can make one text look like another.
"""

import unicodedata
from collections.abc import Callable

_plain: Callable[[str], str] | None = None


def speak_plainly(how: Callable[[str], str] | None) -> None:
    """Say how a text is put for a terminal that lacks characters, so that columns are as wide as what is printed.

    None: every character is printed as it is.
    """
    global _plain
    _plain = how


_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def safe(text: str, *, lines: bool = False) -> str:
    r"""`text` with control, format and surrogate characters and line separators shown as `\u{…}`.

    Rare and private-use characters stay: names and places are written with them. With `lines`, line breaks
    stay breaks, for texts that are shown as paragraphs.
    """
    if _plain is not None and not text.isascii():
        text = _plain(text)
    if text.isprintable():
        return text
    if lines:
        return "\n".join(safe(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "".join(_shown(char) for char in text)


def without_unseen(text: str) -> str:
    """A text with only what is invisible or commanding shown, for files that carry every character."""
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    return f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in _UNSEEN else char


def width(text: str) -> int:
    """How many columns `text` takes on a terminal: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text if _plain is None else _plain(text)))


def char_width(char: str) -> int:
    """How many columns one character takes."""
    return _cells(char) if _plain is None else sum(map(_cells, _plain(char)))


def _cells(char: str) -> int:
    if char < "\u0300":
        return 1
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    # Vowels and finals of Hangul written in parts are drawn into the syllable's first cell.
    if unicodedata.category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff":
        return 0
    return 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to a width; one that is wider already stays whole. `right` aligns right."""
    blank = " " * (columns - width(text))
    return blank + text if right else text + blank


def clip(text: str, columns: int) -> str:
    """`text` cut to a width, with an ellipsis where something is missing: for terminals only, never a pipe."""
    if width(text) <= columns:
        return text
    room, kept = columns - 1, ""
    for char in text:
        room -= char_width(char)
        if room < 0:
            break
        kept += char
    return kept + "…"
