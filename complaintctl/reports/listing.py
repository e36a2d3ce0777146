"""Complaints in rows, narrowed to what is asked for, each with the limit that runs out next."""

from __future__ import annotations

from typing import Any, NamedTuple

from complaintctl.ledger.query import Filter
from complaintctl.reports.view import View, applies, severity_at

Row = dict[str, Any]

#: Columns that a complaint's row takes over from the ledger as they are.
COPIED = (
    "id",
    "number",
    "kind",
    "stage",
    "round",
    "received_at",
    "channel",
    "category",
    "responsibility",
    "class",
    "validity",
    "urgency",
    "department",
    "building",
    "outcome",
    "resolved_at",
    "notified_at",
    "closed_at",
    "households",
    "event",
)


class Page(NamedTuple):
    """Some rows of a listing; `total` is None where counting would read all of history."""

    rows: list[Row]
    more: bool
    total: int | None


def page(view: View, wanted: Filter, *, limit: int | None, offset: int = 0) -> Page:
    """Give the complaints that a filter leaves, newest first, at most `limit` after `offset`."""
    asked = None if limit is None else limit + 1
    found = view.query.list_complaints(wanted, now=view.now, limit=asked, offset=offset)
    more = limit is not None and len(found) > limit
    cheap = wanted.open is True or wanted.stage not in (None, "closed") or wanted.received_from is not None
    total = view.query.count_complaints(wanted, now=view.now) if more and cheap else None
    if not more and (found or not offset):
        total = offset + len(found)
    return Page(described(view, found[:limit]), more, total)


def described(view: View, found: list[Any]) -> list[Row]:
    """Give complaints' rows with severity at this moment, and the clock of each that runs, or ran, out first."""
    soonest: dict[int, Any] = {}
    for clock in view.query.next_due([row["id"] for row in found if row["closed_at"] is None]):
        if applies(clock, view.now):
            soonest.setdefault(clock["complaint"], clock)
    return [_row(view, row, soonest.get(row["id"])) for row in found]


def _row(view: View, row: Any, clock: Any | None) -> Row:
    due = clock["due_at"] if clock is not None else None
    return {
        **{name: row[name] for name in COPIED},
        "severity": severity_at(row, view.now),
        "collective": row["collective_at"] is not None and row["collective_at"] <= view.now,
        "repeat": bool(row["repeat"]),
        "next_step": clock["step"] if clock is not None else None,
        "next_step_rung": clock["rung"] if clock is not None else None,
        "next_due_at": due,
        "next_provisional": bool(clock["provisional"]) if clock is not None else None,
        "late_by_seconds": view.now - due if due is not None and due < view.now else None,
    }
