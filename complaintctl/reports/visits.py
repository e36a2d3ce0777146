"""Visits of a year: what was planned, what was held and came of it, and the gaps against plan and procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

from complaintctl.ledger import visits
from complaintctl.reports import occasions
from complaintctl.reports.view import View
from complaintctl.rules.localtime import Moment, day_end, day_of
from complaintctl.rules.occasions import VISITS

Row = dict[str, Any]


def kinds(view: View) -> tuple[str, ...]:
    """Return every kind of visit that the procedure in force knows."""
    own = (row["name"] for row in view.procedure.get("occasions", ()) if row["subject"] == "visit")
    return tuple(dict.fromkeys((*VISITS, *own)))


def year_span(view: View, year: int | None) -> tuple[int, Moment, Moment]:
    """Return a year of the site (None: the present one) with the moments at which it begins and ends."""
    found = day_of(view.now, view.zone).year if year is None else year
    return found, day_end(date(found - 1, 12, 31), view.zone), day_end(date(found, 12, 31), view.zone)


def listing(view: View, year: int | None = None, *, kind: str | None = None, area: str | None = None) -> list[Row]:
    """Give the visits planned for or held in a year, in the order of time, each with its state at the moment."""
    _, start, end = year_span(view, year)
    return [
        {**dict(row), "state": state_of(row, view.now)}
        for row in visits.visits(view.query, start, end, kind=kind, area=area)
    ]


def state_of(row: Any, now: Moment) -> str:
    """Say how a visit stands: dropped, held, planned, or missed where the day planned went by."""
    if row["dropped_at"] is not None:
        return "dropped"
    if row["held_at"] is not None:
        return "held"
    return "missed" if row["planned_at"] <= now else "planned"


def gaps(view: View, year: int | None = None, *, kind: str | None = None, area: str | None = None) -> list[Row]:
    """Give the periods of a year that ended without a visit they owed, and the plans whose day went by.

    A period stays a gap for good: nothing can be held in a quarter that is over. `period` is None for a plan,
    `id` and `number` for a period.
    """
    _, start, end = year_span(view, year)
    found = [
        {
            "id": None,
            "number": None,
            "kind": one.occasion.name,
            "period": one.period.name,
            "area": one.area,
            "due_at": one.period.end,
            "clause": one.occasion.clause,
        }
        for one in occasions.owed_between(view, start, end)
        if one.occasion.subject == "visit" and not one.held
    ]
    clauses = {one["name"]: one["clause"] for one in view.procedure.get("occasions", ()) if one["subject"] == "visit"}
    found += [
        {
            "id": row["id"],
            "number": row["number"],
            "kind": row["kind"],
            "period": None,
            "area": row["area"],
            "due_at": row["planned_at"],
            "clause": clauses.get(row["kind"]),
        }
        for row in visits.visits(view.query, start, end)
        if state_of(row, view.now) == "missed"
    ]
    return [row for row in sorted(found, key=_order) if kind in (None, row["kind"]) and area in (None, row["area"])]


def _order(row: Row) -> tuple[Any, ...]:
    return (row["due_at"], row["period"] is None, row["kind"], row["area"] or "", row["id"] or 0)
