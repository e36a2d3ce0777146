"""What is late, by how much, whose duty it is and which rung comes next; on request what falls due soon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from complaintctl.ledger.looking import highest_referrals
from complaintctl.reports.view import View, applies, severity_at, subject

Row = dict[str, Any]


def overdue(view: View, *, within: int = 0, department: str | None = None) -> list[Row]:
    """Give every governing clock that is overdue, longest late first, then those due within `within` seconds.

    Of the open clocks of one step, rung and ground in one round only the one due first governs. At its due
    moment a clock is still on time.
    """
    now = view.now
    seen: set[tuple[Any, ...]] = set()
    found = []
    for row in view.query.open_clocks(now + within + 1 if within else now):
        if not applies(row, now) or subject(row) in seen:
            continue
        seen.add(subject(row))
        if department is None or row["department"] == department:
            found.append(row)
    referred = highest_referrals(view.query, [row["complaint"] for row in found])
    owed = _owed(found, now)
    return [_row(view, row, _next_rung(view, row["complaint"], owed, referred)) for row in found]


def _next_rung(view: View, complaint: int, owed: dict[int, int], referred: dict[int, int]) -> str | None:
    """Give the rung to tell next: the lowest that is owed, else the one above the highest told so far."""
    if complaint in owed:
        return view.rungs.get(owed[complaint])
    return view.next_rung(referred.get(complaint, 0))


def _owed(rows: Iterable[Any], now: int) -> dict[int, int]:
    """Give for each complaint the lowest rung that should have been told by now and was not."""
    lowest: dict[int, int] = {}
    for row in rows:
        if row["rung"] is not None and row["due_at"] < now:
            lowest[row["complaint"]] = min(row["rung"], lowest.get(row["complaint"], row["rung"]))
    return lowest


def _row(view: View, row: Any, next_rung: str | None) -> Row:
    late = view.now - row["due_at"]
    return {
        "id": row["complaint"],
        "number": row["number"],
        "step": row["step"],
        "clause": row["clause"],
        "pack": row["pack"],
        "due_at": row["due_at"],
        "late_by_seconds": late if late > 0 else None,
        "duty_of": row["duty"],
        "department": row["department"],
        "next_rung": next_rung,
        "round": row["round"],
        "rung": row["rung"],
        "rung_name": view.rungs.get(row["rung"]),
        "ground": row["ground"] or None,
        "subject": "complaint",
        "state": "overdue" if late > 0 else "running",
        "due_in_seconds": -late if late <= 0 else None,
        "provisional": bool(row["provisional"]),
        "clock": row["clock"],
        "kind": row["kind"],
        "severity": severity_at(row, view.now),
        "building": row["building"],
        "stage": row["stage"],
        "received_at": row["received_at"],
    }


def worst(rows: Iterable[Row]) -> list[Row]:
    """Keep of each complaint the row that is longest late; `others` counts the rest of it."""
    kept: dict[tuple[str, int], Row] = {}
    for row in rows:
        key = (row["subject"], row["id"])
        if key in kept:
            kept[key]["others"] += 1
        else:
            kept[key] = {**row, "others": 0}
    return list(kept.values())
