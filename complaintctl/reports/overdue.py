"""What is late, by how much, whose duty it is and which rung comes next; on request what falls due soon."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from complaintctl.ledger.looking import highest_referrals
from complaintctl.ledger.occasions import open_duties
from complaintctl.reports.view import View, applies, severity_at, subject

if TYPE_CHECKING:
    from complaintctl.reports.occasions import Owed

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
    rows = [_row(view, row, _next_rung(view, row["complaint"], owed, referred)) for row in found]
    beside = beside_complaints(view, within, department)
    # Both are in order already; the clocks of complaints come first where two are due at one moment.
    return sorted([*rows, *beside], key=lambda row: row["due_at"]) if beside else rows


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
        "item": None,
        "title": None,
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


# ---- what stands beside complaints


def beside_complaints(view: View, within: int = 0, department: str | None = None) -> list[Row]:
    """Give what inspections and visits left to be done, and the periods that went by without one that was owed.

    Rows have the keys of a complaint's; `item` is the number of the finding or matter, `title` what is to be done.
    """
    duties = open_duties(view.query, view.now + within + 1 if within else view.now)
    found = [_duty_row(view, row) for row in duties if department is None or row["department"] == department]
    if department is None and any(row["overdue"] for row in view.procedure.get("occasions", ())):
        from complaintctl.reports import occasions

        owed = occasions.missed(view, overdue=True) + (occasions.due_until(view, within) if within else [])
        found += [_owed_row(view, one) for one in owed if one.occasion.overdue]
    return found


def _duty_row(view: View, row: Any) -> Row:
    rules = view.procedure.get("followups", ())
    rule = next((one for one in rules if (one["subject"], one["step"]) == (row["subject"], row["step"])), None)
    given = {key: row[key] for key in ("id", "number", "step", "clause", "pack", "department", "subject")}
    more = {"duty_of": row["duty"], "item": row["n"], "title": rule["title"] if rule else None}
    return _beside(view, row["due_at"], {**given, **more, "provisional": bool(row["provisional"])})


def _owed_row(view: View, one: Owed) -> Row:
    occasion = one.occasion
    number = one.period.name if one.area is None else f"{one.period.name} {one.area}"
    found = {
        "id": None,
        "number": number,
        "step": occasion.step,
        "clause": occasion.clause,
        "pack": occasion.pack,
        "department": None,
        "subject": occasion.subject,
        "duty_of": ",".join(occasion.duty),
        "item": None,
        "title": occasion.title,
        "provisional": False,
    }
    # A quarter that ends without one is overdue from its last 24:00, that moment included.
    return _beside(view, one.period.end, found, from_due=True)


def _beside(view: View, due_at: int, given: Row, *, from_due: bool = False) -> Row:
    late = view.now - due_at
    is_late = late > 0 or (from_due and late == 0)
    nothing = ("round", "rung", "rung_name", "ground", "clock", "kind", "severity", "building", "stage", "received_at")
    return {
        **dict.fromkeys((*nothing, "next_rung")),
        **given,
        "due_at": due_at,
        "late_by_seconds": late if is_late else None,
        "state": "overdue" if is_late else "running",
        "due_in_seconds": None if is_late else -late,
    }


def worst(rows: Iterable[Row]) -> list[Row]:
    """Keep of each complaint, inspection and visit the row that is longest late; `others` counts the rest of it.

    Of the periods that went by without one occasion only the first is kept: an office that never held one would
    find years of them above its complaints.
    """
    kept: dict[tuple[str, Any], Row] = {}
    for row in rows:
        key = (row["subject"], row["id"] or row["step"])
        if key in kept:
            kept[key]["others"] += 1
        else:
            kept[key] = {**row, "others": 0}
    return list(kept.values())
