"""The open events of several households: how many they are, since when, and what is owed to them and for them."""

from __future__ import annotations

from typing import Any

from complaintctl.ledger.related import in_events, owed
from complaintctl.reports.view import View
from complaintctl.rules.condition import holds
from complaintctl.rules.facts import OPEN_DEFAULTS

Row = dict[str, Any]

#: What is done towards each household; the rest of what an event wants is done once for it.
TOWARDS = ("contacted", "reply-agreed", "word-given", "progress-told", "notified", "revisited", "matters-dealt-with")
ONCE = ("special-report",)


def open_events(view: View) -> list[Row]:
    """Give the events that have an open complaint, the latest first.

    `owed` has a mapping a step: `households` is the number of complaints it is owed to, None for what is done once.
    """
    events: dict[int, list[Any]] = {}
    for row in in_events(view.query):
        events.setdefault(row["event"] or row["id"], []).append(row)
    rows = [_row(view, lead, members) for lead, members in events.items()]
    return sorted(rows, key=lambda row: (-row["since"], -row["id"]))


def _row(view: View, lead: int, members: list[Any]) -> Row:
    first = next((one for one in members if one["id"] == lead), members[0])
    since = [one["collective_at"] for one in members if _before(one["collective_at"], view.now)]
    collective = any(_collective(view, one) for one in members)
    still = [one["id"] for one in members if one["closed_at"] is None]
    return {
        "id": first["id"],
        "number": first["number"],
        "households": max(one["households"] for one in members),
        "complaints": len(members),
        "open": len(still),
        "since": min(one["received_at"] for one in members),
        "collective_at": min(since, default=None) if collective else None,
        "category": first["category"],
        "building": first["building"],
        "owed": _owed(view, still),
    }


def _collective(view: View, row: Any) -> bool:
    """Say whether a complaint is collective as it stands: households may have left the event since it became so."""
    known = {**OPEN_DEFAULTS, **dict(row)}
    rules = view.procedure.get("judgements", ())
    return any(rule["facet"] == "collective" and holds(rule["when"], known) for rule in rules)


def _before(moment: int | None, now: int) -> bool:
    return moment is not None and moment <= now


def _owed(view: View, complaints: list[int]) -> list[Row]:
    """Give what is owed for an event, once or to so many households, what runs out first at the head."""
    found: dict[tuple[str, int | None], Row] = {}
    owing: dict[tuple[str, int | None], set[int]] = {}
    for clock in owed(view.query, complaints, view.now):
        once = clock["ground"] == "collective" or clock["step"] in ONCE
        if not once and clock["step"] not in TOWARDS:
            continue
        key = (clock["step"], clock["rung"])
        due = clock["due_at"]
        one = found.setdefault(key, {"step": key[0], "rung": key[1], "households": None, "due_at": due})
        one["due_at"] = due if one["due_at"] is None else min(one["due_at"], due or one["due_at"])
        if not once:
            owing.setdefault(key, set()).add(clock["complaint"])
    for key, one in found.items():
        one["households"] = len(owing[key]) if key in owing else None
        due = one["due_at"]
        one["late_by_seconds"] = view.now - due if due is not None and due < view.now else None
    return sorted(found.values(), key=lambda one: (one["due_at"] is None, one["due_at"] or 0))
