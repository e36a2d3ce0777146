"""What a calendar moves beside complaints: the due moments of findings, and of what visits left to be done."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from complaintctl.desk import registers
from complaintctl.desk.office import Office
from complaintctl.rules.book import Book
from complaintctl.rules.localtime import Moment

#: Whose rows hold due moments.
COUNTED = ("inspection", "visit")


class Recounted(NamedTuple):
    """A thing of a register whose rows another calendar changes; `moved` are (n, step, clause, old, new)."""

    register: str
    id: int
    number: str
    rows: registers.Tables
    moved: list[tuple[int, str, str, Moment, Moment]]


def recounted(office: Office, book: Book) -> Iterator[Recounted]:
    """Yield every inspection and visit that has other rows under the calendars of `book` than under those in force."""
    entries = office.ledger.entries_of(COUNTED)
    for subject, group in groupby(entries, key=lambda entry: entry.subject):
        written = list(group)
        before = registers.rows(subject, registers.fold(subject, written, office.book))
        after = registers.rows(subject, registers.fold(subject, written, book))
        part = registers.parted(subject)
        if part is not None and before != after:
            yield Recounted(*part, after[part[0]][0]["number"], after, list(_moved(before, after)))


def _moved(before: registers.Tables, after: registers.Tables) -> Iterator[tuple[int, str, str, Moment, Moment]]:
    later: dict[int, Any] = {row["n"]: row for row in after["duty"]}
    for row in before["duty"]:
        other = later.get(row["n"])
        if other and row["due_at"] is not None and row["due_at"] != other["due_at"]:
            yield row["n"], row["step"], row["clause"], row["due_at"], other["due_at"]
