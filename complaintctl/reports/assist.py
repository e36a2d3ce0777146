"""What others must solve: to whom it went, how long nobody has answered, by when the resident hears again (C 4.4.3)."""

from __future__ import annotations

from typing import Any

from complaintctl.ledger.care import assisted as open_ones
from complaintctl.ledger.care import last_of
from complaintctl.reports.view import View, applies
from complaintctl.rules.assist import Answer, Passed, passed_on, waiting
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry

Row = dict[str, Any]


def assisted(view: View, *, every: bool = False) -> list[Row]:
    """Give the open complaints that wait for others, the longest silent first, those passed to nobody at the end.

    What was answered no longer waits, and comes only with `every`. Recipients stand under `to`, one list a row, with
    the complainant's own facts beside them (`private`), so that these can be masked.
    """
    found = open_ones(view.query)
    ids = [row["id"] for row in found]
    words = words_of(view.procedure)
    told = last_of(view.query, ids, words, view.now)
    due: dict[int, Any] = {}
    for clock in view.query.next_due(ids):
        if clock["step"] in words and applies(clock, view.now):
            due.setdefault(clock["complaint"], clock)
    rows = []
    for row in found:
        entries = standing(_entries(view, row["id"]))
        passed, answers = passed_on(entries)
        if every or not passed or waiting(passed, view.now):
            held = _row(view, row, passed, answers)
            rows.append({**held, **_word(view, told.get(row["id"]), due.get(row["id"])), "private": _private(entries)})
    return sorted(
        rows, key=lambda one: (one["silent_since"] is None, one["silent_since"] or one["received_at"], one["id"])
    )


def words_of(procedure: Any) -> tuple[str, ...]:
    """Give the steps at which the resident hears from the office, from a procedure's snapshot."""
    steps = procedure["steps"].items()
    return tuple(name for name, step in steps if name == "word-given" or "word-given" in step["contains"])


def _entries(view: View, complaint: int) -> list[Entry]:
    # What the ledger said earlier is told by what had been written down by then.
    until = None if view.query is view.ledger.query else view.now
    return view.ledger.entries(f"complaint/{complaint}", until)


def _row(view: View, row: Any, passed: list[Passed], answers: list[Answer]) -> Row:
    open_ = waiting(passed, view.now)
    given = [one for one in answers if one.at <= view.now]
    shown = open_ or passed
    return {
        "id": row["id"],
        "number": row["number"],
        "to": list(dict.fromkeys(one.to for one in shown if one.to)),
        "passed_on_at": shown[0].at if shown else None,
        "silent_since": open_[0].at if open_ else None,
        "silent_seconds": view.now - open_[0].at if open_ else None,
        "answered_at": given[-1].at if given else None,
        **{name: row[name] for name in ("received_at", "responsibility", "category", "department", "building")},
    }


def _word(view: View, last: int | None, clock: Any | None) -> Row:
    due = None if clock is None else clock["due_at"]
    return {
        "last_word_at": last,
        "next_word_due": due,
        "provisional": None if clock is None else bool(clock["provisional"]),
        "late_by_seconds": view.now - due if due is not None and due < view.now else None,
    }


def _private(entries: list[Entry]) -> Row:
    found: Row = {}
    for entry in entries:
        if entry.kind in ("logged", "amended") and entry.private:
            found |= {name: entry.private[name] for name in ("name", "phone", "unit") if name in entry.private}
    return found
