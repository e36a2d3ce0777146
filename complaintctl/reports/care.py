"""Which cases wait to be written up or trained on, and which corrective actions to be taken or checked."""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple

from complaintctl.ledger import care as ledger
from complaintctl.reports.view import View, applies, severity_at

Row = dict[str, Any]


class Cases(NamedTuple):
    """Complaints whose case waits, newest first, and whether there are more than were asked for."""

    rows: list[Row]
    more: bool


def cases(view: View, step: str, *, limit: int, received: ledger.Span = ledger.EVER) -> Cases:
    """Give the complaints whose `case-study` is not written, or, written, whose `training` was not held (Q 4.2.6)."""
    if step == "training":
        found = ledger.untrained(view.query, view.now, received)
    else:
        found = ledger.untimed_at(view.query, step, view.now, received)
    rows = [_case(view, row) for row in islice(found, limit + 1)]
    return Cases(rows[:limit], len(rows) > limit)


def _case(view: View, row: Any) -> Row:
    kept = ("id", "number", "received_at", "category", "resolved_at", "outcome", "department", "building", "round")
    return {**{name: row[name] for name in kept}, "severity": severity_at(row, view.now), "since": row["since"]}


def actions(view: View) -> list[Row]:
    """Give the corrective actions that wait to be checked (R 四.6(2)), soonest due first, late ones among them."""
    return [_action(view, row) for row in ledger.actions(view.query) if applies(row, view.now)]


def _action(view: View, row: Any) -> Row:
    late = view.now - row["due_at"]
    return {
        "id": row["complaint"],
        "number": row["number"],
        "action": int(row["ground"].rpartition("-")[2]),
        "duty_of": row["duty"],
        "taken_at": row["started_at"],
        "due_at": row["due_at"],
        "late_by_seconds": late if late > 0 else None,
        "clause": row["clause"],
        "severity": severity_at(row, view.now),
        "category": row["category"],
        "department": row["department"],
        "building": row["building"],
        "stage": row["stage"],
    }


def actions_owed(view: View) -> list[Row]:
    """Give the complaints that ask for a corrective action and have none yet, newest first."""
    return [_case(view, row) for row in ledger.untimed_at(view.query, "corrective-action", view.now)]
