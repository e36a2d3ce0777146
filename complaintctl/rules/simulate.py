"""One complaint under two procedures: what each asks of the same deeds, and what came of it by a moment.

Nothing but the yardstick changes. The entries stay as they were written, the calendars as they were adopted; a time
agreed with the resident counts as the other procedure says, and where it says nothing, not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.clock import Clock, state_of
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Procedure, Wording

LATE = ("late", "missed", "overdue")
DECIDED = ("met", *LATE)
"""States that are decided: the denominator of a rate, as in the month's report."""
NOT_ASKED = "not-asked"
_UNKNOWN = ("unknown", "unrecorded")
_BY_LIMIT = (*DECIDED, "running")

Key = tuple[Moment, str, int | None, str]
"""What is asked once: the moment its round began, the step, the rung, the ground."""


class Asked(NamedTuple):
    """What a procedure asks of one step of a round, on one rung and ground, and what came of it by a moment.

    Of several clocks the one due first speaks for all. `state` is that of a clock, or `not-asked` where all were
    lifted or replaced; `told` says that a referral had to be made by then, or was; `shared` that it is made once for
    all households of an event; `title` says in the procedure's words what must be done.
    """

    round: int
    step: str
    rung: int | None
    ground: str
    due_at: Moment | None
    met_at: Moment | None
    state: str
    told: bool
    shared: bool
    title: Wording


def under(book: Book, procedure: Procedure) -> Book:
    """Return a site's book as if `procedure` had been in force all along; its calendars stay."""
    return Book(book.zone, [(0, procedure)], book.calendars)


def asked(life: Life, now: Moment) -> dict[Key, Asked]:
    """Return what a complaint's procedure asks of it, as it stands at a moment.

    Rounds are known by the moment they began and recurring words by the moment they run from, because another
    procedure may number both differently.
    """
    together: dict[tuple[object, ...], list[tuple[Clock, str]]] = {}
    for clock in life.clocks:
        state = state_of(clock.started_at, clock.due_at, clock.met_at, clock.ended_at, clock.ended_by, now)
        together.setdefault(clock.key, []).append((clock, state))
    return {_key(life, clocks): _asked(clocks, now) for clocks in together.values()}


def _key(life: Life, clocks: list[tuple[Clock, str]]) -> Key:
    clock = clocks[0][0]
    ground = clock.ground
    if clock.start == "last-word":
        starts = [one.started_at for one, _ in clocks if one.started_at is not None]
        ground = str(min(starts)) if starts else ""
    return (life.course.rounds[clock.round - 1], clock.step, clock.rung, ground)


def _asked(clocks: list[tuple[Clock, str]], now: Moment) -> Asked:
    speaking, state = _speaking(clocks)
    done = (clock.met_at for clock, one in clocks if clock.met_at is not None and one in ("met", "late", "done"))
    return Asked(
        speaking.round,
        speaking.step,
        speaking.rung,
        speaking.ground,
        speaking.due_at if state in _BY_LIMIT else None,
        min(done, default=None),
        state,
        any(_told(clock, one, now) for clock, one in clocks),
        any(name == "collective" for clock, _ in clocks for name, _ in clock.because),
        speaking.title,
    )


def _speaking(clocks: list[tuple[Clock, str]]) -> tuple[Clock, str]:
    """Return the clock that speaks for all clocks of one thing asked, and the state of the thing.

    As in the month's report: of the clocks that applied the one due first, also one that ran out and was lifted
    after that. Where another of them is overdue, the thing is overdue, for it can still be done.
    """
    by_limit = [(clock, state) for clock, state in clocks if clock.due_at is not None and state in _BY_LIMIT]
    if by_limit:
        clock, state = min(by_limit, key=lambda one: one[0].due_at or 0)
        if state == "missed" and any(other == "overdue" for _, other in by_limit):
            state = "overdue"
        return clock, state
    for wanted in (*_UNKNOWN, "done", "untimed"):
        for clock, state in clocks:
            if state == wanted:
                return clock, state
    for clock, state in clocks:
        if state == "waiting" and clock.limit is not None:
            return clock, state
    return clocks[0][0], NOT_ASKED


def _told(clock: Clock, state: str, now: Moment) -> bool:
    """Say whether a rung had to be told by a moment, or was.

    What was lifted before its limit ran out troubled nobody. A referral without a limit is owed as soon as it stands.
    """
    if clock.step != "referred" or state in _UNKNOWN:
        return False
    if clock.due_at is not None:
        return state in DECIDED
    started = clock.started_at
    if started is None or started > now or clock.limit is not None:
        return state == "done"
    return clock.ended_at is None or clock.ended_at > started


def event_of(life: Life) -> int | None:
    """Return the lead complaint of the event that a complaint is linked to, or None."""
    linked = [entry for entry in standing(life.entries) if entry.kind == "linked"]
    return int(linked[-1].body["event"]) if linked else None


def unread(entries: Iterable[Entry], procedure: Procedure) -> Counter[str]:
    """Count the steps that were recorded and that the procedure does not know, by name; they met nothing in it."""
    return Counter(
        step
        for entry in standing(entries)
        if entry.kind == "recorded"
        for step in entry.body["steps"]
        if step not in procedure.steps
    )
