"""Who stands at the next rung of what is late, by name, where people are registered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from complaintctl.ledger import people as register
from complaintctl.reports.view import View
from complaintctl.rules.ladder import Ladder, answering

Row = dict[str, Any]


def with_persons(view: View, rows: Iterable[Row]) -> list[Row]:
    """Give the rows of `overdue` with `next_person`: the name of who stands at the next rung; None for nobody known."""
    found = list(rows)
    asked = [row["id"] for row in found if row["subject"] == "complaint" and row["next_rung"] is not None]
    departments = register.departments(view.query)
    ladder = Ladder(register.staff(view.query), departments, view.now)
    # A replica holds what was folded, not the entries: these lie in the ledger itself.
    until = None if view.query is view.ledger.query else view.now
    handlers = register.handlers(view.ledger.query, asked, until)
    areas = {row["code"]: row["area"] for row in register.buildings(view.query)}
    named = _departments(view, asked, departments)
    told = []
    for row in found:
        person = None
        if row["subject"] == "complaint" and row["next_rung"] is not None:
            person = ladder.at_rung(
                row["next_rung"],
                department=row["department"] or named.get(row["id"]),
                handler=handlers.get(row["id"]),
                area=areas.get(row["building"]),
            )
        told.append({**row, "next_person": person["name"] if person is not None else None})
    return told


def _departments(view: View, complaints: Sequence[int], departments: Sequence[Any]) -> dict[int, str]:
    """Give for complaints that have not gone out the department that alone answers for their category."""
    found = {}
    for row in view.query.complaints(complaints):
        if row["department"] is None:
            answers = answering(departments, row["category"], view.now)
            if len(answers) == 1:
                found[row["id"]] = answers[0]["name"]
    return found
