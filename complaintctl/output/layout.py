"""Lines with a hanging indent: folded to the width of a terminal, and left whole where they are piped."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from complaintctl.output.paragraph import wrap
from complaintctl.output.text import safe, width

NARROWEST = 24
"""A column of text is never folded narrower than this; the terminal breaks such lines itself."""


class Text(NamedTuple):
    """A line: `head` stands before the text once, the folded rest of the text below it."""

    text: str
    head: str = ""
    style: str = ""


def laid(lines: Iterable[Text], columns: int | None) -> Iterator[tuple[str, str]]:
    """Give lines ready to print, made safe; `columns` None folds nothing."""
    for line in lines:
        head, text = safe(line.head), safe(line.text)
        room = columns - width(head) if columns is not None else 0
        if columns is None or room < NARROWEST:
            yield (head + text).rstrip(), line.style
            continue
        for number, part in enumerate(wrap(text, room)):
            yield ((head if not number else " " * width(head)) + part).rstrip(), line.style


def fold(line: str, columns: int) -> list[str]:
    """A line folded to a width, the rest further in than its beginning; what is to be copied is never broken."""
    text = line.lstrip(" ")
    head = " " * (len(line) - len(text))
    room = columns - len(head) - 2
    if width(line) <= columns or room < NARROWEST:
        return [line]
    first, *rest = wrap(text, room, whole=True)
    return [head + first, *(f"{head}  {part}" for part in rest)]
