"""Running text broken into lines, for help pages and long answers on a terminal."""

import re
from collections.abc import Iterator

from complaintctl.output.text import char_width, width


def wrap(text: str, columns: int, *, whole: bool = False) -> list[str]:
    """`text` broken into lines of a width: between words, or anywhere between wide characters.

    Spaces at the breaks are dropped; a word wider than the line is broken, or with `whole` stands in a line of its
    own, as wide as it is. Closing punctuation of Chinese is never left alone at the head of a line, nor opening at
    its end.
    """
    lines, line, room = [], "", columns
    for piece in _pieces(text, None if whole else columns):
        taken = width(piece)
        if taken > room:
            if line.strip():
                lines.append(line.rstrip())
            line, room, piece = "", columns, piece.lstrip()
            taken = width(piece)
        while taken > columns and not whole:
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
_OPENING = "“‘（［｛〈《「『【〔"
#: A clause (R 四.6(2), H5 三(二)1, C 4.3.1) is one word: nobody looks it up by its second half.
_NUMERAL = "一二三四五六七八九十"
_CLAUSE = rf"(?:[RQOCH]\d{{0,2}} (?=[{_NUMERAL}\d])|(?=[{_NUMERAL}][.(]))[{_NUMERAL}\d.()①-⑨]+,?"
#: A number and what it counts are read together: 3个工作日, 10分钟前.
_COUNTED = "个?(?:工作日|办公小时|办公分钟|小时|分钟|星期|月)|[年月日号天周时点分秒件户次项条份人栋级轮个]"
_AFTER_COUNT = f"(?:(?<=\\d)(?:{_COUNTED})[前内起止后]?)?"
_PLAIN = rf"\s+|[{_OPENING}]*(?:{_CLAUSE}|[^\s{_OPENING}{_WIDE}]+{_AFTER_COUNT}|[{_WIDE}])[{_CLOSING}]*|[{_OPENING}]+"
#: A command to be typed is copied from one line.
_COMMAND = rf'complaintctl(?: (?:"[^"]*"|[^\s,;"{_OPENING}{_CLOSING}]+)){{0,9}}'
#: Nor are a moment and a span read by their halves: 2026-11-20 09:05, 10 minutes.
_MOMENT = r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?"
_SPAN = r"\d+ (?:working days?|office (?:hours?|minutes?)|minutes?|hours?|days?|months?|min|h|s)\b‡?"
_PIECE = re.compile(rf"(?:{_COMMAND}|[{_OPENING}]*(?:{_MOMENT}|{_SPAN}))[{_CLOSING},;)]*|{_PLAIN}")
_PARTS = re.compile(_PLAIN)


def _pieces(text: str, columns: int | None) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        if columns is not None and " " in piece and width(piece) > columns:
            yield from _PARTS.findall(piece)
        else:
            yield piece


def _head(text: str, columns: int) -> str:
    head, room = "", columns
    for char in text:
        room -= char_width(char)
        if room < 0 and head:
            break
        head += char
    return head
