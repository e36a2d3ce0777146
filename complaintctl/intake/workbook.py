"""A register kept in a spreadsheet (XLSX), read row by row by openpyxl, which is an optional part.

The archive is looked at before anything of it is unpacked: what would swell beyond every measure is refused.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from complaintctl.errors import BadValue, MissingExtra
from complaintctl.intake.sources import Row, Source, SourceWrong
from complaintctl.intake.texts import Texts
from complaintctl.language import N_, Phrase, Words

#: Bytes of all parts unpacked, and of the table of texts, which has to be held in memory.
LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_TEXTS = 256 * 1024 * 1024
#: A sheet of numbers is packed to a fortieth at best; what is packed closer was made to burst.
STEEPEST = 150
SMALL = 4 * 1024 * 1024
MOST_PARTS = 5_000
LONGEST_ROW = 200_000
MOST_COLUMNS = 500
MOST_ROWS = 1_048_576


def open_workbook(name: str, size: int, digest: str, sheet: str | None) -> Source:
    """Look at a workbook and make its sheet ready to be read: the one named, else the first that is shown.

    Raises:
        MissingExtra: openpyxl is not installed.
        SourceWrong: no workbook, damaged, or made to burst.
        BadValue: no sheet of that name.
    """
    parts = _harmless(name)
    if "xl/workbook.xml" not in parts:
        raise _wrong(name, N_("it is an archive, but no XLSX workbook"))
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        raise MissingExtra(feature=Words(N_("Reading a workbook (XLSX)")), extra="xlsx") from None
    book, _ = _loaded(name, values=False)
    try:
        pages = [one.title for one in book.worksheets]
        shown = [one.title for one in book.worksheets if one.sheet_state == "visible"] or pages
        chosen = _chosen(shown if sheet is None else pages, sheet)
        epoch = 1904 if book.epoch.year == 1904 else 1900
        path = book[chosen]._worksheet_path
    finally:
        book.close()
    told = _looked_through(name, path)

    def rows() -> Iterator[Row]:
        return _rows(name, chosen, told)

    others = tuple(one for one in shown if one != chosen)

    def elsewhere() -> Iterator[Source]:
        return (open_workbook(name, size, digest, one) for one in others if sheet is None)

    more: dict[str, Any] = {"others": others, "epoch": epoch, "digest": digest, "elsewhere": elsewhere}
    return Source(name, "xlsx", rows, size, sheet=chosen, about=told.rows, **more)


class _Told(NamedTuple):
    """What a sheet's file says before its cells are read: whether formulas stand there, how many rows there are.

    `merged` are cells merged downwards: the first line below the first, the last line, the column.
    """

    formulas: bool
    rows: int
    merged: Sequence[tuple[int, int, int]]


def _harmless(name: str) -> set[str]:
    """Return the names of the parts of an archive that may be unpacked."""
    try:
        with zipfile.ZipFile(name) as archive:
            parts = archive.infolist()
            whole = sum(part.file_size for part in parts)
            swollen = any(
                part.file_size > SMALL and part.file_size > STEEPEST * max(part.compress_size, 1) for part in parts
            )
            texts = next((one.file_size for one in parts if one.filename == "xl/sharedStrings.xml"), 0)
            if len(parts) > MOST_PARTS or whole > LARGEST_UNPACKED or texts > LARGEST_TEXTS or swollen:
                raise _wrong(name, N_("unpacked it would be larger than any register; it was not unpacked"))
            if any(part.flag_bits & 1 for part in parts):
                raise _wrong(name, N_("it is password-protected; save it without a password"))
            for part in parts:
                if part.filename.endswith(".xml") and b"<!DOCTYPE" in archive.open(part).read(1024):
                    raise _wrong(name, N_("it holds definitions that no spreadsheet writes; it was not unpacked"))
            return {part.filename for part in parts}
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(name) from error


def _loaded(name: str, *, values: bool) -> tuple[Any, str | None]:
    """Open the workbook: with the values that formulas gave last, or with the formulas themselves.

    Its table of texts is left out (see `Texts`); beside the workbook stands which part that is.
    """
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.utils.exceptions import InvalidFileException
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.xml.constants import SHARED_STRINGS

    class Page(ReadOnlyWorksheet):
        def _get_size(self) -> None:
            """Leave it: where a file does not say its size, all of it would be read to find none."""

    class Reader(ExcelReader):
        texts: str | None = None

        def read_strings(self) -> None:
            """Leave the texts where they are."""
            part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
            self.texts = None if part is None else part.PartName[1:]

        def read_worksheets(self) -> None:
            """Take the pages down without reading them."""
            book: Any = self.wb
            found: Any = self.parser.find_sheets()
            for sheet, place in found:
                if place.target not in self.valid_files:
                    continue
                if "chartsheet" in place.Type:
                    self.read_chartsheet(sheet, place)
                    continue
                page = Page(book, sheet.name, place.target, [])
                page.sheet_state = sheet.state
                book._sheets.append(page)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # Handed over open: by its name it would be refused for another ending.
            reader = Reader(Path(name).open("rb"), read_only=True, data_only=values)  # noqa: SIM115 - closed with it
            reader.read()
            return reader.wb, reader.texts
        except (*_DAMAGES, InvalidFileException) as error:
            raise _damaged(name) from error


#: What a damaged workbook makes openpyxl and the standard library raise.
_DAMAGES = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,
    OSError,
    EOFError,
    zipfile.BadZipFile,
)


def _chosen(sheets: Sequence[str], wanted: str | None) -> str:
    if wanted is None:
        return sheets[0]
    if wanted in sheets:
        return wanted
    raise BadValue(field="--sheet", text=wanted[:40], expected=list(sheets))


_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_FORMULA = (b"<f>", b"<f ", b"<f/", b":f>", b":f ")


def _looked_through(name: str, path: str) -> _Told:
    """Look through a sheet's file: reading both formulas and values takes twice as long as values alone."""
    kept, end, formulas, rows = b"", b"", False, 0
    try:
        with zipfile.ZipFile(name) as archive, archive.open(path.lstrip("/")) as part:
            while block := part.read(1 << 20):
                rows += block.count(b"</row>")
                block = kept + block
                formulas = formulas or any(sign in block for sign in _FORMULA)
                if end or b"</sheetData>" in block:
                    end = (end + block[len(kept) :]) if end else block
                kept = block[-12:]
                if len(end) > SMALL * 4:
                    break
    except (zipfile.BadZipFile, KeyError, OSError, EOFError) as error:
        raise _damaged(name) from error
    merged = [
        (int(found[2]) + 1, int(found[3]), _number(found[1])) for found in _MERGED.finditer(end) if found[2] != found[3]
    ]
    return _Told(formulas, rows, sorted(merged))


def _number(letters: bytes) -> int:
    """Return the place of a column by its letters: 0 for A."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _rows(name: str, sheet: str, told: _Told) -> Iterator[Row]:
    values, part = _loaded(name, values=True)
    written = _loaded(name, values=False)[0] if told.formulas else None
    covered = _Covered(told.merged)
    texts_of = Texts()
    try:
        texts_of.read(name, part)
        found = _cells(values, sheet, texts_of)
        beside = _cells(written, sheet, texts_of) if written is not None else None
        for line, cells in enumerate(found, 1):
            texts = _texts(cells)
            if sum(map(len, texts)) > LONGEST_ROW or len(texts) > MOST_COLUMNS:
                problem = Phrase(N_("a row of more than {n} characters"), n=LONGEST_ROW)
                raise SourceWrong(file=name, line=line, problem=problem)
            marked = _formulas(next(beside, ())) if beside is not None else ()
            empty = tuple(at for at in marked if at >= len(texts) or not texts[at])
            kept = tuple(at for at in marked if at not in empty)
            yield Row(line, texts, empty, kept, covered.on(line), _blurred(cells))
    except _DAMAGES as error:
        raise _damaged(name) from error
    finally:
        texts_of.close()
        values.close()
        if written is not None:
            written.close()


class _Covered:
    """Tells line after line which columns hold a cell that is merged with the one above."""

    def __init__(self, merged: Sequence[tuple[int, int, int]]) -> None:
        self._coming = list(reversed(merged))
        self._open: list[tuple[int, int]] = []

    def on(self, line: int) -> tuple[int, ...]:
        """Return the columns; lines are asked for in their order."""
        if not self._coming and not self._open:
            return ()
        while self._coming and self._coming[-1][0] <= line:
            _, last, column = self._coming.pop()
            self._open.append((last, column))
        self._open = [one for one in self._open if one[0] >= line]
        return tuple(column for _, column in self._open)


def _blurred(cells: Sequence[Any]) -> tuple[int, ...]:
    """Return the columns of numbers such as 3.1, which is what a spreadsheet makes of 3.10 as well."""
    return tuple(at for at, value in enumerate(cells) if type(value) is float and value in _DAYS_OF_TWO_READINGS)


_DAYS_OF_TWO_READINGS = frozenset(float(f"{month}.{day}") for month in range(1, 13) for day in (1, 2, 3))


def _cells(book: Any, sheet: str, texts: Texts) -> Iterator[tuple[Any, ...]]:
    """Yield the values of row after row; rows that the file leaves out are empty."""
    from openpyxl.worksheet._reader import WorkSheetParser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with book[sheet]._get_source() as source:
            parser = WorkSheetParser(
                source,
                texts,
                data_only=book.data_only,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            # How high each row is nobody asks, and a hundred thousand heights take as much room as the program.
            parser.row_dimensions = _Forgotten()
            line = 0
            for number, cells in _parsed(source, parser):
                if number > MOST_ROWS:
                    raise ValueError("no spreadsheet has so many rows")
                while line < number - 1:
                    line += 1
                    yield ()
                if line < number:
                    line = number
                    yield _row(cells)


def _parsed(source: Any, parser: Any) -> Iterator[tuple[int, Sequence[Mapping[str, Any]]]]:
    """Yield the number and the cells of each row, and let go of it; the parser's own loop keeps a trace of all rows."""
    from openpyxl.worksheet._reader import ROW_TAG
    from openpyxl.xml.functions import iterparse

    rows = None
    for event, node in iterparse(source, events=("start", "end")):
        if event == "start":
            rows = node if rows is None and node.tag.endswith("}sheetData") else rows
        elif node.tag == ROW_TAG:
            yield parser.parse_row(node)
            if rows is not None:
                rows.clear()


class _Forgotten(dict[str, Any]):
    """Keeps nothing."""

    def __setitem__(self, key: str, value: Any) -> None:
        """Forget it."""


def _row(cells: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    values: list[Any] = [None] * max((cell["column"] for cell in cells), default=0)
    for cell in cells:
        values[cell["column"] - 1] = cell["value"]
    return tuple(values)


def _formulas(cells: Sequence[Any]) -> tuple[int, ...]:
    return tuple(
        at for at, value in enumerate(cells) if (isinstance(value, str) and value.startswith("=")) or _shared(value)
    )


def _shared(value: Any) -> bool:
    return type(value).__name__ in ("ArrayFormula", "DataTableFormula")


def _texts(cells: Sequence[Any]) -> list[str]:
    """Return the cells as text, without the empty ones at the end."""
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # Spreadsheets keep control characters in an escape of their own.
        return value.replace("_x000D_", "")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def _damaged(name: str) -> SourceWrong:
    return _wrong(name, N_("the workbook is damaged, or no workbook"))


def _wrong(name: str, problem: str) -> SourceWrong:
    return SourceWrong(file=name, line=1, problem=Words(problem))
