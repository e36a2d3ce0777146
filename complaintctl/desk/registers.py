"""What the desk keeps beside complaints, each folded from the entries of its own subject (`inspection/3`).

A new register is a line here, a pure module in `rules` that folds it, and its tables in `ledger/schema.py` and
`ledger/registers.py`; undoing, rebuilding, verifying and looking back then go over it as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.language import N_
from complaintctl.rules.book import Book
from complaintctl.rules.entries import Entry

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


class Register(NamedTuple):
    """How a register is folded and filed; `word` is what people call one thing of it."""

    fold: Callable[[list[Entry], Book], Any | None]
    rows: Callable[[Any], Tables]
    word: str


def _inspection() -> Register:
    from complaintctl.rules import inspection

    return Register(inspection.fold, inspection.rows, N_("inspection"))


def _visit() -> Register:
    from complaintctl.rules import visit

    return Register(visit.fold, visit.rows, N_("visit"))


def _staff() -> Register:
    from complaintctl.rules import people

    return Register(people.fold_person, people.person_rows, N_("member of staff"))


def _department() -> Register:
    from complaintctl.rules import people

    return Register(people.fold_department, people.department_rows, N_("department"))


def _building() -> Register:
    from complaintctl.rules import place

    return Register(place.fold, place.rows, N_("building"))


#: Imported only where a command touches one.
REGISTERS: Mapping[str, Callable[[], Register]] = {
    "inspection": _inspection,
    "visit": _visit,
    "staff": _staff,
    "department": _department,
    "building": _building,
}


def parted(subject: str) -> tuple[str, int] | None:
    """Return register and id of a subject; None for a complaint's, the site's, or one of no register."""
    register, _, number = subject.partition("/")
    plain = number.isascii() and number.isdigit()
    return (register, int(number)) if register in REGISTERS and plain else None


def fold(subject: str, entries: list[Entry], book: Book) -> Any | None:
    """Fold what the entries of a register's subject tell; None where nothing of it stands."""
    found = parted(subject)
    if found is None:
        raise ValueError(f"{subject} is of no register")
    return REGISTERS[found[0]]().fold(entries, book)


def rows(subject: str, thing: Any | None) -> Tables:
    """Return the derived rows of what was folded; none where nothing of it stands."""
    found = parted(subject)
    if found is None:
        raise ValueError(f"{subject} is of no register")
    return {} if thing is None else REGISTERS[found[0]]().rows(thing)
