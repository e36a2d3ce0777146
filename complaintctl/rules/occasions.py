"""Occasions beside complaints, inspections and visits: which a procedure knows, and once in which period they are owed.

A period is a calendar month, quarter, half-year or year of the site; it ends at the 24:00 of its last day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.rules.localtime import Moment, day_end, day_of

SUBJECTS = ("inspection", "visit")
#: What every office may hold, whatever its procedure says of it (O 02, O 03; H11 3.2.2).
INSPECTIONS = ("regular", "irregular", "joint")
VISITS = ("director", "assistant", "forum", "festival", "questionnaire")
#: What each may leave to be done.
FOLLOWUPS = {"inspection": ("rectified",), "visit": ("matters-dealt-with", "answered")}
#: Months in each period.
EVERY = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}

Wording = Mapping[str, str]


class Occasion(NamedTuple):
    """A kind of inspection or visit: who must take part, and whether one is owed in each period.

    `every` None: held as planned. `per` "area": owed for each area of the site. `overdue`: a period gone by without
    one is overdue; else it is a gap that is shown and counted.
    """

    subject: str
    name: str
    pack: str
    clause: str
    title: Wording
    parties: tuple[str, ...]
    every: str | None
    per: str | None
    overdue: bool
    duty: tuple[str, ...]

    @property
    def step(self) -> str:
        """The code under which it stands among what is late: `joint-inspection`, `forum-visit`."""
        return f"{self.name}-{self.subject}"


class Followup(NamedTuple):
    """What an occasion leaves to be done: a finding put right, a matter dealt with, a question answered.

    `limit` None: only the time given counts; `limit` is a wording, or `$name` of a site parameter.
    """

    subject: str
    step: str
    pack: str
    clause: str
    title: Wording
    limit: str | None
    duty: tuple[str, ...]


class Period(NamedTuple):
    """A period by its name (`2026`, `2026-H1`, `2026-Q3`, `2026-09`) with the moments at which it begins and ends."""

    name: str
    start: Moment
    end: Moment


def occasion_of(row: Mapping[str, Any]) -> Occasion:
    """Return an occasion from a procedure's snapshot."""
    return Occasion(**{**row, "parties": tuple(row["parties"]), "duty": tuple(row["duty"])})


def followup_of(row: Mapping[str, Any]) -> Followup:
    """Return a follow-up from a procedure's snapshot."""
    return Followup(**{**row, "duty": tuple(row["duty"])})


def period_of(every: str, at: Moment, zone: ZoneInfo) -> Period:
    """Return the period in which a moment lies; local midnight lies in the one that begins."""
    return _period(every, day_of(at, zone), zone)


def periods(every: str, since: Moment, until: Moment, zone: ZoneInfo) -> Iterator[Period]:
    """Yield the periods from the one in which `since` lies to the one in which `until` lies."""
    period = period_of(every, since, zone)
    while period.start <= until:
        yield period
        period = _period(every, day_of(period.end, zone), zone)


def _period(every: str, day: date, zone: ZoneInfo) -> Period:
    months = EVERY[every]
    number = (day.month - 1) // months
    first = date(day.year, number * months + 1, 1)
    following = date(day.year + 1, 1, 1) if first.month + months > 12 else date(day.year, first.month + months, 1)
    one = timedelta(days=1)
    return Period(_name(every, first, number), day_end(first - one, zone), day_end(following - one, zone))


def _name(every: str, first: date, number: int) -> str:
    if every == "year":
        return f"{first.year}"
    if every == "month":
        return f"{first.year}-{first.month:02d}"
    return f"{first.year}-{'Q' if every == 'quarter' else 'H'}{number + 1}"
