"""CSV that a spreadsheet opens rightly: UTF-8 with its mark, all quoted, and no cell that acts as a formula."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from complaintctl.output.text import without_unseen

BOM = "\ufeff"
_FORMULA = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]*[=+\\-@\t\r\n＝＋－＠]")
_SPACING = re.compile("([\t\r\n]+)")
_BLOCK = 1000


def safe_cell(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets a leading apostrophe; numbers stay numbers.

    Escape sequences and invisible characters are shown as in a table; tabs and line breaks stay.
    """
    if not isinstance(value, str):
        return value
    if not value.isprintable():
        value = "".join(part if _SPACING.match(part) else without_unseen(part) for part in _SPACING.split(value))
    return "'" + value if _FORMULA.match(value) else value


def blocks(header: Sequence[str], rows: Iterable[Sequence[object]], *, raw: bool = False) -> Iterator[str]:
    """The file in blocks of text, so that a long listing never stands in memory whole.

    `raw` leaves the mark and the apostrophes out, for machines. Flags are 1 and 0, what is not known is empty.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    if not raw:
        buffer.write(BOM)
    writer.writerow(header)
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value, raw) for value in row])
        if number % _BLOCK == 0:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(value: object, raw: bool) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (list, tuple)):
        value = " ".join(str(one) for one in value)
    return value if raw else safe_cell(value)
