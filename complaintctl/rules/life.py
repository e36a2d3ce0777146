"""The life of a complaint: a pure fold from its entries, with procedure and calendar, to its state.

Every verb, `rebuild`, `verify` and `--as-of` go through `fold`. It asks for no time: `Life` holds moments, and
`seen_at` reads them at a moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.clock import Clock, governing, state_of
from complaintctl.rules.clocks import clocks_of
from complaintctl.rules.course import Course, Milestone, Version, link_of, standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.judge import Reason, reasons
from complaintctl.rules.localtime import Moment


class Sight(NamedTuple):
    """What a complaint looks like at a moment: what is known and judged, and each clock's state."""

    version: Version
    reasons: list[Reason]
    states: list[str]
    governing: set[int]


class Life:
    """A complaint folded from its entries: its course, its clocks, its stage."""

    def __init__(self, entries: list[Entry], course: Course) -> None:
        """Keep the entries as written and the course that they gave."""
        self.entries = entries
        self.course = course
        self.id = int(course.intake.subject.partition("/")[2])
        self.number: str = course.intake.body["number"]
        self.clocks: list[Clock] = clocks_of(course) + _never_right(entries, course)

    @property
    def stage(self) -> str:
        """Return open, resolved, notified or closed."""
        course = self.course
        if course.closed_at is not None:
            return "closed"
        if course.resolved_at is None:
            return "open"
        return "notified" if course.notified_at is not None else "resolved"

    def version_at(self, now: Moment) -> Version:
        """Return what was known and judged at a moment; before the receipt, as at the receipt."""
        found = self.course.versions[0]
        for version in self.course.versions:
            if version.at <= now:
                found = version
        return found

    def seen_at(self, now: Moment) -> Sight:
        """Return the judgement with its reasons, and the state of every clock, at a moment."""
        version = self.version_at(now)
        states = [
            state_of(clock.started_at, clock.due_at, clock.met_at, clock.ended_at, clock.ended_by, now)
            for clock in self.clocks
        ]
        found = reasons(self.course.procedure, version.known, version.overruled)
        return Sight(version, found, states, governing(self.clocks, states))


def _never_right(entries: Iterable[Entry], course: Course) -> list[Clock]:
    """Return the clocks that ran only because of what was *wrong from the start*: lifted from their very start."""
    if not any(one.step == "wrong-from-the-start" for one in course.milestones):
        return []
    believed = [
        entry._replace(body={**entry.body, "from_the_start": False}) if entry.kind == "amended" else entry
        for entry in standing(entries)
    ]
    right = {(clock.id, clock.round, clock.ground) for clock in clocks_of(course)}
    return [
        clock._replace(
            met_at=None, met_by=None, ended_at=clock.started_at or course.received_at, ended_by="lifted", over=True
        )
        for clock in clocks_of(Course(believed, course.book))
        if (clock.id, clock.round, clock.ground) not in right
    ]


def fold(entries: Iterable[Entry], book: Book) -> Life | None:
    """Fold a complaint's entries to its life; None where the intake itself was undone."""
    written = list(entries)
    kept = standing(written)
    if not any(entry.kind == "logged" for entry in kept):
        return None
    return Life(written, Course(kept, book))


class Rows(NamedTuple):
    """The derived rows of one complaint, as the ledger keeps them: moments only, never a state."""

    complaint: dict[str, Any]
    clocks: list[dict[str, Any]]
    milestones: list[dict[str, Any]]


def rows(life: Life) -> Rows:
    """Return the derived rows of a complaint."""
    return Rows(
        complaint_row(life),
        [clock_row(life.id, number, clock) for number, clock in enumerate(life.clocks, 1)],
        [milestone_row(life.id, number, one) for number, one in enumerate(_in_order(life.course.milestones), 1)],
    )


def complaint_row(life: Life) -> dict[str, Any]:
    """Return the flat row that listings and figures read."""
    course = life.course
    last = life.version_at(max(entry.at for entry in life.entries))
    final = course.versions[-1]
    known = last.known
    marks = course.milestones
    return {
        "id": life.id,
        "number": life.number,
        **{name: known[name] for name in ("kind", "channel", "category", "responsibility")},
        **{name: known[name] for name in ("class", "validity", "urgency", "severity")},
        "becomes_major_at": _last_major(course) if final.known["severity"] == "major" else None,
        "collective_at": next((one.at for one in course.versions if one.known["collective"] == "yes"), None),
        "repeat": int(known["repeat"] == "yes"),
        "round": course.round,
        "outcome": course.outcome,
        "building": course.building,
        "department": course.department,
        "procedure": course.procedure.id,
        "heard_at": known.get("heard_at"),
        "received_at": course.received_at,
        "dispatched_at": _first(marks, "dispatched"),
        "contacted_at": _first_word(course),
        "first_resolved_at": _first(marks, "resolved"),
        "resolved_at": course.resolved_at,
        "notified_at": course.notified_at,
        "closed_at": course.closed_at,
        "reopened": course.round - 1,
        "chased": sum(one.step == "chased" for one in marks),
        "nameless": int(course.nameless),
        "households": known["households"],
        "event": _event(life),
        "imported": int("imported" in course.intake.body),
        "voided_at": None,
        "last_seq": life.entries[-1].seq,
        "dispute": course.paths.route if course.on_paths else None,
        "decision": course.paths.suggestion.decision if course.on_paths else None,
        "part": course.paths.repair.part if course.on_paths else None,
    }


def _last_major(course: Course) -> Moment | None:
    return max((one.at for one in course.milestones if one.step == "became-major"), default=None)


def _first(marks: Iterable[Milestone], step: str) -> Moment | None:
    """Return the first moment of a step in the first round."""
    return min((one.at for one in marks if one.step == step and one.round == 1), default=None)


def _first_word(course: Course) -> Moment | None:
    steps = course.procedure.containing("contacted")
    return min((one.at for one in course.milestones if one.step in steps and one.round == 1), default=None)


def _event(life: Life) -> int | None:
    link = link_of(life.entries)
    return None if link is None else int(link.body["event"])


def _in_order(milestones: Iterable[Milestone]) -> list[Milestone]:
    return sorted(milestones, key=lambda one: (one.at, one.seq))


def clock_row(complaint: int, number: int, clock: Clock) -> dict[str, Any]:
    """Return a clock as a derived row."""
    return {
        "complaint": complaint,
        "n": number,
        "clock": clock.id,
        "step": clock.step,
        "round": clock.round,
        "rung": clock.rung,
        "ground": clock.ground,
        "clause": clock.clause,
        "pack": clock.pack,
        "duty": ",".join(clock.duty),
        "limit": clock.limit,
        "parameter": int(clock.parameter is not None),
        "from": clock.start,
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "met_at": clock.met_at,
        "ended_at": clock.ended_at,
        "ended_by": clock.ended_by,
        "over": int(clock.over),
        "provisional": int(clock.provisional),
    }


def milestone_row(complaint: int, number: int, one: Milestone) -> dict[str, Any]:
    """Return a milestone as a derived row."""
    return {
        "complaint": complaint,
        "n": number,
        "step": one.step,
        "at": one.at,
        "round": one.round,
        "rung": one.rung,
        "detail": one.detail,
    }
