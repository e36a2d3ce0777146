"""Finding a procedure pack by its id or its file, and checking it against its own worked examples."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl import procedures
from complaintctl.errors import BadText, FileMissing, FileUnusable, NotFound
from complaintctl.language import N_, Words, system_words
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.example import Difference, run
from complaintctl.rules.pack import examples, parse
from complaintctl.rules.procedure import Procedure, Wording

#: A pack is some pages of text; a larger file is none.
LARGEST = 4 * 1024 * 1024


class Failed(NamedTuple):
    """A worked example that gives something else than it says."""

    title: Wording
    differences: Sequence[Difference]


def text_of(name: str) -> str:
    """Return the TOML text of a shipped pack, or of a file.

    Raises:
        NotFound: neither a shipped pack nor a file.
        FileMissing, FileUnusable, BadText.
    """
    if name in procedures.SHIPPED:
        return procedures.text(name)
    file = Path(name)
    if not name.endswith(".toml") and file.parent == Path() and not os.path.lexists(file):
        error = NotFound(what=Words(N_("procedure")), name=name, shipped=list(procedures.SHIPPED))
        error.hint = N_("These ship with the program: {shipped}. A file is named FILE.toml.")
        raise error
    return read_text(file)


def read_text(file: Path) -> str:
    """Return a small UTF-8 file's text.

    Raises:
        FileMissing, FileUnusable, BadText.
    """
    try:
        with file.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except FileNotFoundError:
        raise FileMissing(name=str(file)) from None
    except OSError as error:
        raise FileUnusable(file=str(file), problem=system_words(error)) from error
    if len(raw) > LARGEST:
        raise FileUnusable(file=str(file), problem=Words(N_("too large")))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadText(field=str(file), problem="UTF-8") from None


def load(name: str) -> dict[str, Any]:
    """Return the compiled snapshot of a pack named by id or file.

    Raises:
        NotFound, FileMissing, FileUnusable, PackWrong.
    """
    return parse(text_of(name), procedures.common(), name)


def shipped_calendar(zone: str = "Asia/Shanghai") -> Calendar:
    """Return the holidays that ship with the program, for a site in a zone."""
    from complaintctl.procedures.holidays import shipped

    return Calendar.from_snapshot({**shipped(), "timezone": zone})


def shipped_book(name: str = procedures.DEFAULT) -> Book:
    """Return a book of one pack and the shipped calendar, for what needs no ledger."""
    calendar = shipped_calendar()
    return Book(ZoneInfo(calendar.timezone), [(0, Procedure(load(name)))], [(0, calendar)])


def check(name: str) -> tuple[int, list[Failed]]:
    """Run a pack's worked examples; return how many there are and those that fail.

    Raises:
        NotFound, FileMissing, FileUnusable, PackWrong.
    """
    text = text_of(name)
    calendar = shipped_calendar()
    procedure = Procedure(parse(text, procedures.common(), name))
    book = Book(ZoneInfo(calendar.timezone), [(0, procedure)], [(0, calendar)])
    found = examples(text, name)
    failed = [Failed(example.get("title", {}), run(example, book)) for example in found]
    return len(found), [one for one in failed if one.differences]
