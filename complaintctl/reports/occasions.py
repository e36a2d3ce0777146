"""Inspections and visits that are owed and were not held: for what is late, for the day, and for a month's figures.

A period gone by without one counts from its last 24:00. It stands until the next of its kind is held: that one
comes late for it, as nothing can be held in a quarter that is over. The month's figures keep it for good.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from complaintctl.ledger import occasions as questions
from complaintctl.reports.view import Sight
from complaintctl.rules.localtime import Moment
from complaintctl.rules.occasions import SUBJECTS, Occasion, Period, occasion_of, period_of, periods

Row = dict[str, Any]


class Owed(NamedTuple):
    """One occasion owed in one period, by the area `area` where each area owes it; `held` says how many there were."""

    occasion: Occasion
    period: Period
    area: str | None
    held: int


def missed(view: Sight, *, overdue: bool) -> list[Owed]:
    """Give what was owed in periods gone by and not made good since, the longest ended first.

    Either the occasions that are `overdue` then, or those whose periods are gaps.
    """
    found = []
    for occasion, area, since, until in _owing_now(view):
        if occasion.overdue != overdue:
            continue
        last = questions.last_held(view.query, occasion.subject, occasion.name, area, view.now)
        for period in periods(str(occasion.every), _start(last, since), until, view.zone):
            if period.end <= until and (last is None or period.start > last):
                found.append(Owed(occasion, period, area, 0))
    stand = [one for one in found if _in_force(view, one.occasion, one.period.end)]
    return sorted(stand, key=lambda one: (one.period.end, one.occasion.step, one.area or ""))


def due_until(view: Sight, ahead: int) -> list[Owed]:
    """Give what is owed in a period that ends within `ahead` seconds from now and was not held in it yet."""
    found = []
    for occasion, area, _, until in _owing_now(view):
        period = period_of(str(occasion.every), view.now, view.zone)
        if until == view.now and period.end <= view.now + ahead:
            count = _count(view, occasion, area, period)
            if not count:
                found.append(Owed(occasion, period, area, count))
    return sorted(found, key=lambda one: (one.period.end, one.occasion.step, one.area or ""))


def owed_between(view: Sight, start: Moment, end: Moment) -> list[Owed]:
    """Give every occasion owed in a period that ended after `start` and by `end`, with how many were held in it.

    What a procedure asked for while it was in force stays owed for that time, whatever was adopted since.
    """
    found = []
    snapshots = {one.seq: json.loads(one.snapshot) for one in view.query.adoptions("procedure")}
    for occasion, area, since, until in _owing(view, snapshots.values()):
        for period in periods(str(occasion.every), max(since, start), min(end, until), view.zone):
            if start < period.end <= min(end, until) and _in_force(view, occasion, period.end):
                found.append(Owed(occasion, period, area, _count(view, occasion, area, period)))
    return sorted(found, key=lambda one: (one.period.end, one.occasion.step, one.area or ""))


def planned_and_not_held(view: Sight) -> list[Row]:
    """Give the plans whose day has gone by without the inspection or visit, the oldest first."""
    keys = ("id", "number", "kind", "planned_at")
    found = [
        {"subject": subject, **{key: row[key] for key in keys}}
        for subject in SUBJECTS
        for row in questions.planned_and_not_held(view.query, subject, view.now)
    ]
    return sorted(found, key=lambda row: (row["planned_at"], row["number"]))


def _count(view: Sight, occasion: Occasion, area: str | None, period: Period) -> int:
    before = min(period.end, view.now + 1)
    return questions.held(view.query, occasion.subject, occasion.name, area, period.start, before)


def _owing_now(view: Sight) -> list[tuple[Occasion, str | None, Moment, Moment]]:
    """Give what the procedure in force asks for, as `_owing`; the day asks several times."""
    found: list[tuple[Occasion, str | None, Moment, Moment]] = view.once(
        "owing", lambda: list(_owing(view, (view.procedure,)))
    )
    return found


def _owing(
    view: Sight, procedures: Iterable[Mapping[str, Any]]
) -> Iterator[tuple[Occasion, str | None, Moment, Moment]]:
    """Yield each periodic occasion of some procedures, for every area that owes it: since when, and until when."""
    found = [row for one in procedures for row in one.get("occasions", ()) if row["every"] is not None]
    rows = {(row["subject"], row["name"], row["every"], row["per"]): row for row in found}
    since = questions.began(view.query) if rows else None
    if since is None:
        return
    areas = questions.areas(view.query, view.now)
    for row in rows.values():
        occasion = occasion_of(row)
        if not areas or not occasion.per:
            yield occasion, None, since, view.now
            continue
        # Before areas were put into the register the site was one; each owes from the period in which it was.
        first = period_of(str(occasion.every), min(known for _, known in areas), view.zone).start
        yield occasion, None, since, first
        for area, known in areas:
            yield occasion, area, max(since, known), view.now


def _start(last: Moment | None, since: Moment) -> Moment:
    """Where to begin looking: after the last one held, but never before the office began."""
    return since if last is None else max(since, last)


def _in_force(view: Sight, occasion: Occasion, at: Moment) -> bool:
    """Say whether the procedure in force when a period ended asked for the occasion."""
    rows = view.procedure_at(at - 1).get("occasions", ())
    return any((row["subject"], row["name"], row["every"], row["per"]) == _key(occasion) for row in rows)


def _key(occasion: Occasion) -> tuple[str, str, str | None, str | None]:
    return (occasion.subject, occasion.name, occasion.every, occasion.per)
