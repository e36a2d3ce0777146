"""Reading a table from a CSV file as offices have them: UTF-8 with or without a mark, or GB18030; any separator.

Headings may be English or Chinese. What cannot be read is said with its line; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from complaintctl.errors import FileMissing, FileUnusable, UsageFault
from complaintctl.language import N_, Words, system_words

#: A register of some ten thousand homes is a megabyte; a larger file is none.
LARGEST = 32 * 1024 * 1024
SEPARATORS = ",;\t"
#: Characters of a name, a department, a home: what is longer was put into the wrong column, or is no table.
LONGEST = 200


class TableWrong(UsageFault):
    """A file that holds no table of the kind asked for: `problem` says why, `line` where."""

    code = "table-wrong"
    message = N_("{file}, line {line}: {problem}.")
    hint = N_("Expected is a CSV file whose first line names the columns: {known}.")


class Line(NamedTuple):
    """One row: the number of the line on which it begins, and its cells that hold something, by their column."""

    number: int
    cells: Mapping[str, str]


class Table(NamedTuple):
    """The rows of a file, and the headings of it that name none of the columns asked for."""

    lines: Sequence[Line]
    ignored: Sequence[str]


def read_table(name: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str] = ()) -> Table:
    """Return the rows of a CSV file. `columns` gives for each column every heading that means it, in either language.

    Raises:
        FileMissing, FileUnusable.
        TableWrong: no heading, one column named twice, one of those `needed` missing, a row with more cells than
            there are headings, a cell of more than 200 characters, a broken quotation.
    """
    text = decoded(_bytes(name), name, columns)
    rows = _rows(text, name, columns)
    first = next(rows, None)
    if first is None:
        raise _wrong(name, columns, 1, N_("there is nothing in it"))
    known, ignored = _headings(first[1], name, columns, needed)
    lines = []
    for number, cells in rows:
        if any(cell.strip() for cell in cells[len(first[1]) :]):
            raise _wrong(name, columns, number, N_("there are more cells than headings"))
        if any(len(cell) > LONGEST for at, cell in enumerate(cells) if at in known):
            raise _wrong(name, columns, number, _TOO_LONG)
        told = {known[at]: cell.strip() for at, cell in enumerate(cells) if at in known and cell.strip()}
        if told or any(cell.strip() for cell in cells):
            lines.append(Line(number, told))
    return Table(lines, ignored)


def _bytes(name: str) -> bytes:
    try:
        with Path(name).open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise FileMissing(name=name) from None
    except (OSError, ValueError) as error:
        raise FileUnusable(file=name, problem=system_words(error)) from error
    if len(data) > LARGEST:
        raise FileUnusable(file=name, problem=Words(N_("too large for a table")))
    return data


def decoded(data: bytes, name: str, columns: Mapping[str, Sequence[str]]) -> str:
    """Return a file's text: UTF-8, else GB18030, in which Chinese programs write.

    Raises:
        TableWrong: neither, such as what a spreadsheet calls Unicode text.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
        break
    raise _wrong(name, columns, 1, N_("it is neither UTF-8 nor GB18030; save it as “CSV UTF-8”"))


def _rows(text: str, name: str, columns: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, list[str]]]:
    import csv
    import io

    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            if cells:
                yield number, cells
            number = reader.line_num + 1
    except csv.Error as error:
        # The reader has no codes for what it meets.
        quoted = N_("a quotation mark is not closed, or stands in the middle")
        raise _wrong(name, columns, number, _TOO_LONG if "field larger" in str(error) else quoted) from error


_TOO_LONG = N_("a cell holds more than 200 characters")


def _headings(
    cells: Sequence[str], name: str, columns: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[dict[int, str], list[str]]:
    meant = {heading.lower(): column for column, headings in columns.items() for heading in (column, *headings)}
    known: dict[int, str] = {}
    for at, cell in enumerate(cells):
        column = meant.get(cell.strip().lower())
        if column is not None:
            if column in known.values():
                raise _wrong(name, columns, 1, N_("a column is named twice"))
            known[at] = column
    if any(column not in known.values() for column in needed):
        raise _wrong(name, columns, 1, N_("a heading that is needed is missing"))
    return known, [cell.strip() for at, cell in enumerate(cells) if at not in known and cell.strip()]


def _wrong(name: str, columns: Mapping[str, Sequence[str]], line: int, problem: str) -> TableWrong:
    known = [f"{column} ({headings[0]})" for column, headings in columns.items()]
    return TableWrong(file=name, line=line, problem=Words(problem), known=known)
