"""Rows as people and programs want them: a table on a terminal, plain lines, JSON items, CSV.

A row is a mapping with codes, numbers and moments; a column knows its key, its heading and what kind of value
it holds. So one set of rows serves every format: JSON and CSV carry the values, tables and plain lines the words.
Plain lines are aligned, never cut and never wrapped, and are written as they come: a listing may be long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple, TextIO
from zoneinfo import ZoneInfo

from complaintctl.language import N_, current, gettext, say
from complaintctl.output import moments
from complaintctl.output.text import pad, safe, width

FORMATS = ("table", "plain", "json", "csv")
Row = Mapping[str, Any]

_MEASURED = 500
"""Rows of which the widths of plain columns are taken; a wider cell in a later row pushes its line only."""


class Column(NamedTuple):
    """One column. `kind`: text, word (a code; `facet` names its vocabulary), moment, due, duration, number, flag.

    `show` makes the words of a value that none of these fits; it gets the row. Columns with `human` False
    stand in CSV only.
    """

    key: str
    label: str = ""
    kind: str = "text"
    facet: str = ""
    human: bool = True
    style: str = ""
    show: Callable[[Row], str] | None = None

    @property
    def right(self) -> bool:
        """Numbers and spans are aligned right."""
        return self.kind in ("number", "duration")


def cell(column: Column, row: Row, zone: ZoneInfo) -> str:
    """The words of one value, safe to print."""
    if column.show is not None:
        return safe(column.show(row))
    value = row.get(column.key)
    if value is None:
        return ""
    if column.kind == "text":
        return safe(say(value))
    if column.kind == "word":
        from complaintctl.output.words import word

        return safe(word(column.facet or column.key, value))
    if column.kind == "flag":
        return gettext(N_("yes")) if value else gettext(N_("no"))
    if column.kind == "number":
        return str(value)
    return _TIMES[column.kind](value, zone)


_TIMES: dict[str, Callable[[int, ZoneInfo], str]] = {
    "moment": moments.local,
    "due": moments.due,
    "duration": lambda seconds, _zone: moments.duration(seconds),
}


def value(column: Column, row: Row, zone: ZoneInfo) -> object:
    """The value for scripts: codes, numbers, seconds, and moments as ISO 8601 with the site's offset."""
    raw = row.get(column.key)
    if raw is not None and column.kind in ("moment", "due"):
        return moments.iso(raw, zone)
    return raw if raw is None or isinstance(raw, (bool, int)) else say(raw)


def plain(columns: Sequence[Column], rows: Iterable[Row], zone: ZoneInfo, *, heading: bool = True) -> Iterator[str]:
    """Aligned lines without trailing spaces, the heading first; nothing at all where there are no rows."""
    shown = [column for column in columns if column.human]
    cells = ([cell(column, row, zone) for column in shown] for row in rows)
    measured = list(islice(cells, _MEASURED))
    if not measured:
        return
    head = [[gettext(column.label) for column in shown]] if heading else []
    widths = [max(map(width, texts)) for texts in zip(*head, *measured, strict=True)]
    rights = [column.right for column in shown]
    for texts in chain(head, measured, cells):
        line = "  ".join(pad(text, wide, right=right) for text, wide, right in zip(texts, widths, rights, strict=True))
        yield line.rstrip()


def csv_blocks(columns: Sequence[Column], rows: Iterable[Row], zone: ZoneInfo, *, raw: bool = False) -> Iterator[str]:
    """The listing as CSV in blocks of text, under the headings of the language set, or with `raw` under keys."""
    from complaintctl.output.csvfile import blocks

    heading = [column.key for column in columns]
    if not raw and current() != "en":
        from complaintctl.output.headings import line

        heading = line(columns)
    return blocks(heading, ([value(column, row, zone) for column in columns] for row in rows), raw=raw)


def items(columns: Sequence[Column], rows: Iterable[Row], zone: ZoneInfo) -> list[dict[str, object]]:
    """The listing as JSON items."""
    return [{column.key: value(column, row, zone) for column in columns} for row in rows]


def table(columns: Sequence[Column], rows: Sequence[Row], zone: ZoneInfo, stream: TextIO, columns_wide: int) -> None:
    """Draw a table with Rich; on a terminal cells fold at its width, elsewhere nothing is folded."""
    from complaintctl.output.richtable import draw

    shown = [column for column in columns if column.human]
    headings = [gettext(column.label) for column in shown]
    texts = [[cell(column, row, zone) for column in shown] for row in rows]
    draw(shown, headings, texts, stream, columns_wide)
