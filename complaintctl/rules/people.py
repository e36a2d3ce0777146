"""People and departments of the office, folded from their entries (`staff/3`, `department/2`).

Nobody has to be registered. Who is, keeps his entry after he has left: what he did stays his. Names and telephone
numbers are private and may be erased; roles, departments and areas are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment

REGISTERED, CHANGED, LEFT = "registered", "changed", "left"
"""Kinds of entries: put into the register, something about it changed, left the office."""


class Person(NamedTuple):
    """A member of staff; `name` is None once erased, `superior` the id of another, `left_at` None while he is there.

    `area_since` is when the area was written down.

    `phone` is known from the entries only, not from the derived row.
    """

    id: int
    name: str | None
    role: str
    department: str | None = None
    area: str | None = None
    superior: int | None = None
    since: Moment = 0
    left_at: Moment | None = None
    phone: str | None = None
    area_since: Moment | None = None
    last_seq: int = 0


class Department(NamedTuple):
    """A department: the categories it answers for, the id of its head; `closed_at` None while it exists."""

    id: int
    name: str
    head: int | None = None
    categories: tuple[str, ...] = ()
    closed_at: Moment | None = None
    last_seq: int = 0


def _id(entries: Sequence[Entry]) -> int:
    return int(entries[0].subject.partition("/")[2])


def told(entries: Sequence[Entry]) -> dict[str, Any] | None:
    """Return what the standing entries say last of each thing, private parts too; None where none begins it.

    A private part that was taken away is named in the body's `cleared`; one that was erased is missing. `area_since`
    is when the area was last written down otherwise.
    """
    kept = [entry for entry in standing(entries) if entry.kind in (REGISTERED, CHANGED, LEFT)]
    if not any(entry.kind == REGISTERED for entry in kept):
        return None
    found: dict[str, Any] = {}
    for entry in kept:
        if entry.body.get("area", found.get("area")) != found.get("area"):
            found["area_since"] = entry.recorded_at
        found |= entry.body
        for name in entry.body.get("cleared", ()):
            found.pop(name, None)
        found |= entry.private or {}
    return found


def fold_person(entries: list[Entry], book: Book) -> Person | None:
    """Return a member of staff as the entries have it; None where the registration was undone."""
    found = told(entries)
    if found is None:
        return None
    values = {name: found[name] for name in Person._fields if name in found}
    return Person(**{"name": None, **values, "id": _id(entries), "last_seq": entries[-1].seq})


def person_rows(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Return the derived row of a member of staff."""
    row = person._asdict()
    del row["phone"]
    return {"staff": [row]}


def person_of(row: Mapping[str, Any]) -> Person:
    """Return a member of staff from the derived row, without the telephone number."""
    return Person(**{name: row[name] for name in Person._fields if name != "phone"})


def fold_department(entries: list[Entry], book: Book) -> Department | None:
    """Return a department as the entries have it; None where the registration was undone."""
    found = told(entries)
    if found is None:
        return None
    values = {name: found[name] for name in Department._fields if name in found}
    categories = tuple(found.get("categories", ()))
    return Department(**{**values, "id": _id(entries), "categories": categories, "last_seq": entries[-1].seq})


def department_rows(department: Department) -> dict[str, list[dict[str, Any]]]:
    """Return the derived row of a department; its categories joined by commas."""
    return {"department": [{**department._asdict(), "categories": ",".join(department.categories)}]}


def department_of(row: Mapping[str, Any]) -> Department:
    """Return a department from its derived row."""
    values = {name: row[name] for name in Department._fields}
    return Department(**{**values, "categories": tuple(part for part in row["categories"].split(",") if part)})
