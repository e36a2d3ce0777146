"""Which row of a file holds the headings: one row, or two of which the upper stands over several cells of the lower."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from complaintctl.intake.columns import Columns, columns_of, field_of, fitting, missing, plain
from complaintctl.intake.sources import Row

#: Longer than any heading over or below another.
_LONGEST = 12


#: What a bare 日期, 结果, 内容 means; the heading above it may make it that of something else.
_BARE = ("received_at", "time", "result", "text", "name", "note")


class Headings(NamedTuple):
    """The place of the first heading row among the rows at a file's head, how many rows they are, what they say."""

    at: int
    rows: int
    columns: Columns


def find(name: str, head: Sequence[Row], given: Mapping[str, str]) -> Headings:
    """Return the first headings that name all that is needed; `given` is what the clerk says of them.

    Raises:
        HeadingsWrong.
    """
    best: Columns | None = None
    for found in _readings(head, given):
        if fitting(found.columns):
            return found
        if best is None or len(found.columns.places) > len(best.places):
            best = found.columns
    raise missing(name, best)


def wordings(head: Sequence[Row]) -> list[list[str]]:
    """Return every row of headings that may stand there, each heading plain; a double row as the one it makes."""
    alone = [list(row.cells) for row in head]
    both = [_joined(upper, lower) for upper, lower in pairwise(alone)]
    return [[plain(cell) for cell in cells] for cells in (*alone, *both) if cells]


def _readings(head: Sequence[Row], given: Mapping[str, str]) -> Iterator[Headings]:
    for at, row in enumerate(head):
        alone = columns_of(row.line, row.cells, given)
        below = head[at + 1] if at + 1 < len(head) else None
        cells = _joined(row.cells, below.cells) if below is not None else None
        if below is not None and cells is not None:
            both = columns_of(row.line, cells, given)._replace(rows=(tuple(row.cells), tuple(below.cells)))
            # Two rows are one row of headings only where that tells more than either of them.
            if _told(both) > max(_told(alone), _told(columns_of(below.line, below.cells, given))):
                yield Headings(at, 2, both)
        yield Headings(at, 1, alone)


def _told(columns: Columns) -> int:
    return sum(map(len, columns.places.values()))


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """Return two rows as one: 日期 below 处理 is 处理日期; None where the second cannot stand below headings."""
    below = [plain(cell) for cell in lower]
    above = [plain(cell) for cell in upper]
    if (
        len(list(filter(None, below))) < 2
        or len(list(filter(None, above))) < 2
        or not all(map(_short, (*above, *below)))
    ):
        return None
    wide = max(len(above), len(below))
    above += [""] * (wide - len(above))
    below += [""] * (wide - len(below))
    names, group = [], ""
    for over, under in zip(above, below, strict=True):
        # A heading with nothing below it is a heading by itself, and what stands beside it is not below it.
        group = (over if under else "") if over else group
        names.append(_name(group, under) if under else over)
    return names


def _short(text: str) -> bool:
    return len(text) <= _LONGEST and not any(char.isdigit() for char in text)


def _name(group: str, under: str) -> str:
    own, both = field_of(under), f"{group}{under}"
    return both if group and field_of(both) and (own is None or own in _BARE) else under
