"""Text made fit for a terminal: nothing invisible or commanding in it, and as wide as it will look.

Whatever came from outside (a resident's words, a unit, a name typed by a clerk) passes `safe` before it is
printed: terminals obey escape sequences, and direction marks can make one text look like another.
"""

import re
import unicodedata

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_LINE_BREAKS = re.compile(r"\r\n?|\n")


def safe(text: str, *, lines: bool = False) -> str:
    r"""`text` with control, format and surrogate characters and line separators shown as `\u{…}`.

    Rare and private-use characters stay: names and places are written with them. With `lines`, line breaks
    stay breaks, for texts that are shown as paragraphs.
    """
    if text.isprintable():
        return text
    if lines:
        return "\n".join(safe(line) for line in _LINE_BREAKS.split(text))
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    return f"\\u{{{ord(char):x}}}" if unicodedata.category(char) in _UNSEEN else char


def width(text: str) -> int:
    """How many columns `text` takes on a terminal: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(map(_char_width, text))


def _char_width(char: str) -> int:
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
        room -= _char_width(char)
        if room < 0:
            break
        kept += char
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """`text` broken into lines of a width: between words, or anywhere between wide characters.

    Spaces at the breaks are dropped; a word wider than the line is broken. Closing punctuation of Chinese
    is never left alone at the head of a line.
    """
    lines, line, room = [], "", columns
    for piece in _pieces(text):
        taken = width(piece)
        if taken > room and line.strip():
            lines.append(line.rstrip())
            line, room, piece = "", columns, piece.lstrip()
            taken = width(piece)
        while taken > columns:
            head = _head(piece, columns)
            lines.append(head)
            piece = piece[len(head) :]
            taken = width(piece)
        line += piece
        room -= taken
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


_WIDE = "\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6"
_CLOSING = "、。，．：；！？）］｝〉》」』】〕”’…"
_PIECE = re.compile(rf"\s+|[“‘]*[{_WIDE}][{_CLOSING}]*|[^\s{_WIDE}]+[{_CLOSING}]*")


def _pieces(text: str) -> list[str]:
    return _PIECE.findall(text)


def _head(text: str, columns: int) -> str:
    head, room = "", columns
    for char in text:
        room -= _char_width(char)
        if room < 0 and head:
            break
        head += char
    return head
