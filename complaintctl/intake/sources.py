"""A register's file as rows of text: what kind of file it is, how it is encoded and divided, one row after the other.

Everything is streamed, so that a register of any length needs little memory; what could fill the memory (a row
without an end, a file that is no table) is refused before.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from complaintctl.errors import BadValue, FileMissing, FileUnusable, UsageFault
from complaintctl.language import N_, Phrase, Words, system_words

#: A register of a hundred thousand rows has some thirty megabytes.
LARGEST = 512 * 1024 * 1024
#: Characters of one row; a quotation mark that is never closed would make the whole rest of the file one row.
LONGEST_ROW = 200_000
DELIMITERS = ",;\t"
#: Every spelling of the two encodings in which Chinese programs write.
ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "cp936", "ansi"), "gb18030"),
}
_BLOCK = 1 << 16


class SourceWrong(UsageFault):
    """A file that cannot be read as a register: `problem` says why, `line` where."""

    code = "source-wrong"
    message = N_("{file}, line {line}: {problem}. Nothing was taken.")
    hint = N_("Save the register as “CSV UTF-8” or as XLSX, one complaint a row, headings above.")


class Row(NamedTuple):
    """One row: the line on which it begins, its cells, and which of them are formulas without a value, or with.

    `merged` are columns whose cell is one with the cell above; `blurred` those of numbers that may be 3.1 or 3.10.
    """

    line: int
    cells: Sequence[str]
    empty_formulas: tuple[int, ...] = ()
    formulas: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    blurred: tuple[int, ...] = ()


class Source(NamedTuple):
    """A file ready to be read, as often as wanted. `strict` says that every row must have all its cells.

    `format` is csv or xlsx; `encoding` and `delimiter` are None for xlsx, `sheet` and `others` (further sheets that
    hold something) for csv. `epoch` is the year from which its day numbers count. `size` in bytes, `about` in rows.
    `elsewhere` gives the other sheets, where none was named.
    """

    name: str
    format: str
    rows: Callable[[], Iterator[Row]]
    size: int
    encoding: str | None = None
    bom: bool = False
    delimiter: str | None = None
    sheet: str | None = None
    others: tuple[str, ...] = ()
    epoch: int = 1900
    strict: bool = False
    digest: str = ""
    about: int = 0
    elsewhere: Callable[[], Iterator[Source]] = lambda: iter(())


def open_source(name: str, *, encoding: str | None = None, sheet: str | None = None) -> Source:
    """Look at a file and make it ready to be read.

    Raises:
        FileMissing, FileUnusable, BadValue (an encoding or sheet that is not known), MissingExtra.
        SourceWrong: it is no table, or in no encoding that can be read.
    """
    known = None
    if encoding is not None:
        known = ENCODINGS.get(encoding.lower().replace("_", "-"))
        if known is None:
            raise BadValue(field="--encoding", text=encoding[:40], expected=["utf-8", "gb18030"])
    head, size, digest, about = _looked_at(name)
    if head.startswith(b"PK\x03\x04"):
        from complaintctl.intake.workbook import open_workbook

        return open_workbook(name, size, digest, sheet)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        problem = N_("it is password-protected, or of the old XLS form; save it without a password as XLSX")
        raise SourceWrong(file=name, line=1, problem=Words(problem))
    if sheet is not None:
        raise BadValue(field="--sheet", text=sheet[:40], expected=Words(N_("a file with sheets (XLSX)")))
    return _text_source(name, head, size, digest, known)._replace(about=about)


def _looked_at(name: str) -> tuple[bytes, int, str, int]:
    """Return a file's head, its size, its digest by which the same file is known again, and about how many rows."""
    from hashlib import sha256

    found = sha256()
    try:
        with Path(name).open("rb") as file:
            head = file.read(_BLOCK)
            found.update(head)
            size, about = len(head), head.count(b"\n")
            while block := file.read(1 << 20):
                found.update(block)
                size += len(block)
                about += block.count(b"\n")
                if size > LARGEST:
                    raise FileUnusable(file=name, problem=Words(N_("too large for a register; divide it by years")))
    except FileNotFoundError:
        raise FileMissing(name=name) from None
    except (OSError, ValueError) as error:
        raise FileUnusable(file=name, problem=system_words(error)) from error
    return head, size, found.hexdigest(), about


# ---- text


def _text_source(name: str, head: bytes, size: int, digest: str, forced: str | None) -> Source:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _wrong(name, 1, N_("it is UTF-16, which spreadsheets call “Unicode text”; save it as “CSV UTF-8”"))
    bom = head.startswith(codecs.BOM_UTF8)
    if not head.removeprefix(codecs.BOM_UTF8).strip():
        raise _wrong(name, 1, N_("there is nothing in it"))
    _no_program(name, head)
    if forced is not None:
        _decodes(name, forced, forced=True)
        if forced == "gb18030" and (bom or not _ascii(name)) and _decodes(name, "utf-8"):
            # Read so it would be nothing but wrong characters; hardly any Chinese text is both.
            raise SourceWrong(file=name, line=_first_fault(name, "ascii"), problem=Phrase(_FORCED, encoding="GB18030"))
        encoding = forced
    elif _decodes(name, "utf-8"):
        encoding = "utf-8"
    else:
        if bom or not _decodes(name, "gb18030"):
            raise _wrong(name, _mixed(name, bom), N_("it is neither UTF-8 nor GB18030; save it as “CSV UTF-8”"))
        encoding = "gb18030"
    if encoding == "gb18030" and _first_utf8(name)[0]:
        raise _wrong(name, _mixed(name, bom), N_("it is neither UTF-8 nor GB18030; save it as “CSV UTF-8”"))
    codec = "utf-8-sig" if encoding == "utf-8" else encoding
    text = codecs.getincrementaldecoder(codec)("ignore").decode(head)
    _no_binary(name, text, guessed=encoding != "utf-8" and forced is None)
    delimiter = _delimiter(text)

    def rows() -> Iterator[Row]:
        with Path(name).open("r", encoding=codec, newline="") as file:
            yield from csv_rows(file, delimiter, name)

    return Source(name, "csv", rows, size, encoding=encoding, bom=bom, delimiter=delimiter, strict=True, digest=digest)


_FORCED = N_("what stands there is not {encoding}; leave --encoding out")


def _ascii(name: str) -> bool:
    return _decodes(name, "ascii")


def _decodes(name: str, encoding: str, *, forced: bool = False) -> bool:
    """Say whether a whole file is in an encoding; where that was `forced`, refuse it at the line where it is not."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with Path(name).open("rb") as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            if not forced:
                return False
            line = _first_fault(name, encoding)
            problem = Phrase(_FORCED, encoding=encoding.upper())
            raise SourceWrong(file=name, line=line, problem=problem) from None
    return True


def _first_fault(name: str, encoding: str) -> int:
    """Return the line at which a file is not in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with Path(name).open("rb") as file:
        for raw in iter(lambda: file.readline(_BLOCK), b""):
            try:
                decoder.decode(raw)
            except UnicodeDecodeError:
                return line
            line += raw.endswith(b"\n")
    return line


def _first_utf8(name: str) -> tuple[int, bool]:
    """Return the first line that is clearly UTF-8, or 0, and whether no line of another encoding stands before it.

    Four hanzi in a line that reads as UTF-8 throughout are never GB18030 that somebody wrote; as such they would be
    taken for rarities without a meaning.
    """
    line, first = 1, True
    with Path(name).open("rb") as file:
        for raw in iter(lambda: file.readline(_BLOCK), b""):
            if not raw.isascii():
                if _clear(raw):
                    return line, first
                first = False
            line += raw.endswith(b"\n")
    return 0, False


def _clear(raw: bytes) -> bool:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum("\u3000" <= char <= "\u9fff" for char in text) >= 4


def _mixed(name: str, bom: bool) -> int:
    """Return the line at which a file stops being in the encoding in which it began."""
    other, from_the_start = _first_utf8(name)
    if bom or from_the_start:
        return _first_fault(name, "utf-8")
    fault = _first_fault(name, "gb18030")
    return min(fault, other) if other else fault


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


_MARKS = (b"\x89PNG", b"%PDF", b"\x7fELF", b"MZ", b"\x1f\x8b", b"BZh", b"Rar!", b"7z\xbc\xaf", b"\xff\xd8\xff", b"GIF8")
_WEB_PAGE = re.compile(rb"\s*<(?:!doctype html|html|table|\?xml|meta)", re.IGNORECASE)


def _no_program(name: str, head: bytes) -> None:
    """Refuse a file that shows by its first bytes that it is no table: a picture, an archive, a web page."""
    plain = head.removeprefix(codecs.BOM_UTF8)
    if plain.startswith(_MARKS):
        raise _wrong(name, 1, _NO_TEXT)
    if _WEB_PAGE.match(plain):
        raise _wrong(name, 1, N_("it is a web page, whatever its name says; open it and save it as XLSX"))
    if b"\0" in head:
        raise _wrong(name, head.count(b"\n", 0, head.index(b"\0")) + 1, _NO_TEXT)


_NO_TEXT = N_("that is no text; it seems to be a program's or a picture's file")


def _no_binary(name: str, text: str, *, guessed: bool) -> None:
    """Refuse what is no text: a picture or a program happens to be GB18030 more often than one would think."""
    found = _CONTROLS.findall(text)
    odd = sum(0xE000 <= ord(char) <= 0xF8FF for char in text) if guessed else 0
    if "\0" in text or (len(found) > 8 and len(found) * 100 > len(text)) or odd * 20 > len(text):
        at = _CONTROLS.search(text)
        line = text.count("\n", 0, at.start()) + 1 if at else 1
        raise _wrong(name, line, _NO_TEXT)


def _delimiter(text: str) -> str:
    """Return what divides the cells: whatever stands most often outside of quotation marks in the first lines."""
    lines = re.sub('"[^"]*"', "", text).splitlines()[:20]
    return max(DELIMITERS, key=lambda sign: sum(line.count(sign) for line in lines))


def csv_rows(file: Iterator[str], delimiter: str, name: str) -> Iterator[Row]:
    """Yield the rows of a text, each with the line on which it begins; blank lines too.

    Raises:
        SourceWrong: a quotation that is not closed, a row beyond every measure, NUL.
    """
    import csv

    csv.field_size_limit(LONGEST_ROW)
    lines = _Lines(file, name)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        begins = lines.number + 1
        lines.begin()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if "field larger" in str(error):
                raise _too_long(name, begins) from error
            raise _wrong(name, begins, N_("a quotation mark is not closed, or stands in the middle")) from error
        if cells is None:
            return
        yield Row(begins, cells)


class _Lines:
    """Hands lines to the reader and measures the row that they make."""

    def __init__(self, file: Iterator[str], name: str) -> None:
        self.file, self.name, self.number, self.first, self.length = file, name, 0, 1, 0

    def begin(self) -> None:
        """A new row begins."""
        self.first, self.length = self.number + 1, 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line: str = self.file.readline(LONGEST_ROW + 1)  # type: ignore[attr-defined]
        if not line:
            raise StopIteration
        self.number += 1
        self.length += len(line)
        if self.length > LONGEST_ROW:
            raise _too_long(self.name, self.first)
        if "\0" in line:
            raise _wrong(self.name, self.number, N_("it holds a NUL, which no text does"))
        return line


def _too_long(name: str, line: int) -> SourceWrong:
    problem = Phrase(N_("a row of more than {n} characters; perhaps a quotation mark is not closed"), n=LONGEST_ROW)
    return SourceWrong(file=name, line=line, problem=problem)


def _wrong(name: str, line: int, problem: str) -> SourceWrong:
    return SourceWrong(file=name, line=line, problem=Words(problem))
