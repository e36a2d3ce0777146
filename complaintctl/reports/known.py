"""The names that the registers know, for whoever types them: departments, people, areas, buildings, roles."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from complaintctl.language import current
from complaintctl.ledger import people as register
from complaintctl.reports.view import View
from complaintctl.rules.ladder import department_names, there


def _departments(view: View) -> list[str]:
    rows, people = register.departments(view.query), register.staff(view.query)
    return department_names(rows, view.site.get("departments") or (), people, view.now)


def _staff(view: View) -> list[str]:
    return [row["name"] for row in register.staff(view.query) if row["name"] is not None and there(row, view.now)]


def _areas(view: View) -> list[str]:
    return register.areas(view.query)


def _buildings(view: View) -> list[str]:
    return [row["code"] for row in register.buildings(view.query)]


def _roles(view: View) -> list[str]:
    return [name for code, wording in view.procedure["roles"].items() for name in (code, wording.get(current(), code))]


KNOWN: Mapping[str, Callable[[View], list[str]]] = {
    "departments": _departments,
    "staff": _staff,
    "areas": _areas,
    "buildings": _buildings,
    "roles": _roles,
}


def names(view: View, what: str) -> list[str]:
    """Give the names of a kind, each once, in the order of registration."""
    return list(dict.fromkeys(KNOWN[what](view)))
