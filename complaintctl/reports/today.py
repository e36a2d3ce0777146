"""The desk at a glance: what is late, what falls due next, who waits for a notice, who for a revisit."""

from __future__ import annotations

from typing import Any, NamedTuple

from complaintctl.ledger.looking import unanswered, untimed
from complaintctl.reports.overdue import Row, overdue, worst
from complaintctl.reports.signatures import waiting_count
from complaintctl.reports.view import View, applies, severity_at

DAY = 86_400
#: How far ahead "due next" looks: a day, and where that brings nothing, a week.
HORIZONS = (DAY, 7 * DAY)
#: How long before its end a period without a visit or inspection that it owes is spoken of.
SOON = 14 * DAY


class Today(NamedTuple):
    """The day: late and due-next clocks (one a complaint), waiting complaints, and how much else there is.

    `signatures` that wait are counted up to `COUNTED`, which means that many or more. `not_held`: inspections and
    visits planned or owed that did not take place, the longest ago first.
    """

    late: list[Row]
    due_next: list[Row]
    waiting_for_notice: list[Row]
    waiting_for_revisit: list[Row]
    untimed: int
    open: int
    not_held: list[Row]
    unanswered: int
    signatures: int


def today(view: View, *, most: int) -> Today:
    """Look at the day; of those that wait for something only the first `most` are given their limits."""
    clocks = overdue(view, within=HORIZONS[0])
    late = [row for row in clocks if row["state"] == "overdue"]
    due_next = [row for row in clocks if row["state"] == "running"]
    if not due_next:
        due_next = [row for row in overdue(view, within=HORIZONS[1]) if row["state"] == "running"]
    return Today(
        worst(late),
        worst(due_next),
        _waiting(view, "resolved", "notified", most),
        _waiting(view, "notified", "revisited", most),
        untimed(view.query, view.now),
        view.query.count_open(),
        not_held(view),
        unanswered(view.query),
        waiting_count(view),
    )


def not_held(view: View) -> list[Row]:
    """Give the plans whose day has gone by, the periods gone by without a visit, and those that soon end so.

    A period without an inspection that is overdue for it stands among what is late already.
    """
    from complaintctl.reports import occasions

    rows = [
        {**row, "occasion": row["kind"], "period": None, "area": None, "due_at": row["planned_at"], "gone": True}
        for row in occasions.planned_and_not_held(view)
    ]
    owed = [(one, True) for one in occasions.missed(view, overdue=False)]
    owed += [(one, False) for one in occasions.due_until(view, SOON)]
    rows += [
        {
            "subject": one.occasion.subject,
            "id": None,
            "number": None,
            "kind": one.occasion.name,
            "occasion": one.occasion.name,
            "title": one.occasion.title,
            "period": one.period.name,
            "area": one.area,
            "due_at": one.period.end,
            "clause": one.occasion.clause,
            "gone": gone,
        }
        for one, gone in owed
    ]
    return sorted(rows, key=lambda row: (row["due_at"], row["occasion"]))


def _waiting(view: View, stage: str, step: str, most: int) -> list[Row]:
    """Give the complaints at a stage, longest waiting first, with the limit of the step that they wait for."""
    found = view.query.waiting_for(stage)
    since = "resolved_at" if stage == "resolved" else "notified_at"
    first = sorted(found, key=lambda row: (row[since], row["id"]))
    due: dict[int, Any] = {}
    for clock in view.query.next_due([row["id"] for row in first[:most]]):
        if clock["step"] == step and applies(clock, view.now):
            due.setdefault(clock["complaint"], clock)
    return [_row(view, row, row[since], due.get(row["id"])) for row in first]


def _row(view: View, row: Any, since: int, clock: Any | None) -> Row:
    due = clock["due_at"] if clock is not None else None
    return {
        "id": row["id"],
        "number": row["number"],
        "since": since,
        "due_at": due,
        "provisional": bool(clock["provisional"]) if clock is not None else None,
        "late_by_seconds": view.now - due if due is not None and due < view.now else None,
        "kind": row["kind"],
        "category": row["category"],
        "severity": severity_at(row, view.now),
        "department": row["department"],
        "building": row["building"],
    }
