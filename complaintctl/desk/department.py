"""Departments of the office: registering them, what they answer for, and whether a typed name is one of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Office
from complaintctl.desk.people import Kept, somebody_there, tidy
from complaintctl.desk.refused_people import DepartmentClosed, NearlyADepartment, UnknownDepartment
from complaintctl.ledger import people as register
from complaintctl.rules.ladder import answering, department_names, exists
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import CHANGED, REGISTERED, Department, department_of


class Particulars(NamedTuple):
    """What is told of a department: None leaves as it is, `head` a name or id, `open` False closes it."""

    categories: Sequence[str] | None = None
    head: str | None = None
    open: bool | None = None


def keep_department(office: Office, name: str, told: Particulars, cleared: Collection[str] = ()) -> Kept:
    """Register a department, or change the one of that name; `cleared` takes out `category` or `head`.

    Raises:
        NotFound, SeveralOfThatName, PersonLeft: the head.
    """
    name = tidy(name)
    with office.command() as command:
        row = register.department_named(office.query, name)
        before = department_of(row) if row is not None else None
        changes = _changes(office, told, cleared, before or Department(0, name))
        if before is None:
            return Kept(None, begin(command, name, changes))
        if not changes:
            return Kept(before, before)
        return Kept(before, command.write(f"department/{before.id}", CHANGED, office.now, changes))


def begin(command: Command, name: str, changes: dict[str, Any] | None = None) -> Department:
    """Register a new department within a command."""
    subject = command.new_thing("department")
    after = command.write(subject, REGISTERED, command.office.now, {"name": name, **(changes or {})})
    assert isinstance(after, Department)
    return after


def _changes(office: Office, told: Particulars, cleared: Collection[str], now: Department) -> dict[str, Any]:
    wanted: dict[str, Any] = {}
    if told.categories is not None or "category" in cleared:
        wanted["categories"] = list(dict.fromkeys(told.categories or ()))
    if told.head is not None:
        wanted["head"] = somebody_there(office, told.head).id
    elif "head" in cleared:
        wanted["head"] = None
    if told.open is not None and told.open == (now.closed_at is not None):
        wanted["closed_at"] = None if told.open else office.now
    had = {**now._asdict(), "categories": list(now.categories)}
    return {key: value for key, value in wanted.items() if value != had[key]}


def shared(office: Office, department: Department) -> dict[str, list[str]]:
    """Return by category who else answers for what a department answers for: none is proposed for these."""
    others = [row for row in register.departments(office.query) if row["id"] != department.id]
    found = {
        category: [row["name"] for row in answering(others, category, office.now)] for category in department.categories
    }
    return {category: names for category, names in found.items() if names and department.closed_at is None}


# ---- names as they are typed


def known_names(office: Office) -> list[str]:
    """Return the departments' names: those registered and not closed, the site's own, those people belong to."""
    rows, people = register.departments(office.query), register.staff(office.query)
    return department_names(rows, office.site.get("departments") or (), people, office.now)


def checked(office: Office, typed: str, at: Moment) -> str:
    """Return a department's name as typed, if it is known or none is registered.

    Raises:
        UnknownDepartment: departments are registered, and this is none of them.
        DepartmentClosed: it was closed by that moment.
    """
    name = tidy(typed)
    if not office.query.registered("department"):
        return name
    row = register.department_named(office.query, name)
    if row is not None and not exists(row, at):
        raise DepartmentClosed(department=name, at=office.show(row["closed_at"]), clause="")
    known = known_names(office)
    if row is None and name not in known:
        near = like(name, known)
        if near:
            raise NearlyADepartment(text=name, near=near)
        raise UnknownDepartment(text=name, known=known)
    return name


def like(name: str, known: Sequence[str]) -> list[str]:
    """Return the known names that are written nearly like one, at most three."""
    from difflib import get_close_matches

    parts = [one for one in known if len(name) > 1 and (name in one or one in name)]
    return list(dict.fromkeys([*parts, *get_close_matches(name, known, 3, 0.6)]))[:3]
