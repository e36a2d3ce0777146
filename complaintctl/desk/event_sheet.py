"""An event as one sheet: its households, what each is still owed, and what happens once for all (C 4.5, 4.8).

Contact, home visit, notice and revisit belong to each household; the referral to the centre manager, the special event
report and the manager's decision are the event's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from complaintctl.desk.advice import command_for
from complaintctl.desk.event import of_event
from complaintctl.desk.office import Office
from complaintctl.desk.refused_event import in_event
from complaintctl.rules.clock import Clock
from complaintctl.rules.course import NOTICE_STEPS, link_of
from complaintctl.rules.facts import VOID_OUTCOMES
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

#: What is done towards a household; the first of them that are still ahead of it are told while they wait, too.
TOWARDS = ("contacted", "reply-agreed", "word-given", "progress-told", "notified", "revisited", "matters-dealt-with")
AHEAD = ("notified", "revisited")
#: Who decides on telling the company and the developer, and these two (C 4.5.1).
MANAGER, COMPANY, OUTSIDE = 3, 4, 5


class Owed(NamedTuple):
    """A step that a household still waits for, with the clock that runs out first; `due_at` None where none runs."""

    step: str
    due_at: Moment | None
    state: str
    command: str


class Household(NamedTuple):
    """One complaint of an event, and what happened towards its household in the present round."""

    life: Life
    contacted_at: Moment | None
    notified_at: Moment | None
    visited: bool
    revisited_at: Moment | None
    owed: tuple[Owed, ...]


class Once(NamedTuple):
    """What happens once for the event: a step (`decided` for the manager's decision), its rung, moments and state.

    `round` is above 1 for what a household that did not accept the result asks for anew (C 4.11).
    """

    step: str
    rung: int | None
    clause: str | None
    due_at: Moment | None
    met_at: Moment | None
    state: str
    command: str | None
    round: int = 1


class Event(NamedTuple):
    """An event as it stands: `since` its first receipt; `collective_at` None while it has too few households."""

    lead: Life
    households: int
    since: Moment
    collective_at: Moment | None
    members: tuple[Household, ...]
    once: tuple[Once, ...]


def event_of(office: Office, name: str) -> Event:
    """Return the event that a complaint belongs to; one of which many households are told is an event by itself.

    Raises:
        NotFound, NotInEvent.
    """
    life = office.life(office.find(name))
    if link_of(life.entries) is None and life.version_at(office.now).known["collective"] == "yes":
        lives = [life]
    else:
        lives = [office.life(row["id"]) for row in office.query.event_of(in_event(life))]
    lead = min(lives, key=lambda one: one.id)
    known = [one.version_at(office.now).known for one in lives]
    collective = [
        version.at for one in lives for version in one.course.versions if version.known["collective"] == "yes"
    ]
    return Event(
        lead,
        max(int(one["households"]) for one in known),
        min(one.course.received_at for one in lives),
        min(collective) if any(one["collective"] == "yes" for one in known) else None,
        tuple(household(office, one) for one in lives),
        tuple(once(office, lead, lives)),
    )


# ---- each household


def household(office: Office, life: Life) -> Household:
    """Return what happened towards one household, and what it is still owed."""
    course = life.course
    here = [one for one in course.milestones if one.round == course.round]
    words = course.procedure.containing("contacted")
    notices = [str(one.detail or "").split(",") for one in here if one.step in NOTICE_STEPS]
    return Household(
        life,
        min((one.at for one in here if one.step in words), default=None),
        course.notified_at,
        any("visit" in vias for vias in notices),
        max((one.at for one in here if one.step == "revisited"), default=None),
        tuple(_owed(office, life)),
    )


def _owed(office: Office, life: Life) -> Iterable[Owed]:
    """Yield the steps that a household waits for, each with its clock due first."""
    if life.course.outcome in VOID_OUTCOMES:
        return
    states = life.seen_at(office.now).states
    waiting: dict[str, list[tuple[Clock, str]]] = {}
    for clock, state in zip(life.clocks, states, strict=True):
        wanted = state in ("running", "overdue", "untimed") or (state == "waiting" and clock.step in AHEAD)
        if wanted and clock.step in TOWARDS and clock.round == life.course.round:
            waiting.setdefault(clock.step, []).append((clock, state))
    for step in TOWARDS:
        if step in waiting:
            clock, state = min(waiting[step], key=lambda one: (one[0].due_at is None, one[0].due_at or 0))
            yield Owed(step, clock.due_at, state, command_for(life, clock))


# ---- once for all


def once(office: Office, lead: Life, lives: Sequence[Life]) -> Iterable[Once]:
    """Yield what happens once for the event, done or not: the clocks that its many households brought about.

    The first rounds of all households are one; so are their later ones, unless one deed met both.
    """
    first: dict[tuple[str, int | None], Moment | None] = {}
    groups: dict[tuple[bool, str, int | None], list[tuple[Life, Clock, str]]] = {}
    still_open = next((one for one in (lead, *lives) if one.course.closed_at is None), None)
    for life in lives:
        for clock, state in zip(life.clocks, life.seen_at(office.now).states, strict=True):
            if of_event(clock) and state not in ("lifted", "replaced"):
                groups.setdefault((clock.round > 1, clock.step, clock.rung), []).append((life, clock, state))
    for (again, step, rung), found in sorted(groups.items(), key=lambda one: one[0][0]):
        life, clock, state = min(found, key=lambda one: _done_first(one[1], again))
        if again and clock.met_at is not None and clock.met_at == first.get((step, rung)):
            continue
        first.setdefault((step, rung), clock.met_at)
        asker = life if again else still_open or lead
        # The report outlives the closing; what is closed is referred no more.
        ahead = clock.met_at is None and (asker.course.closed_at is None or step != "referred")
        command = command_for(asker, clock) if ahead else None
        yield Once(step, rung, clock.clause, clock.due_at, clock.met_at, state, command, clock.round)
        if step == "referred" and rung == MANAGER and not again:
            yield from _decision(still_open, lives, clock)


def _done_first(clock: Clock, again: bool) -> tuple[bool, Moment]:
    """Order clocks that one deed meets: what was done first, but of later rounds what still waits for it."""
    return ((clock.met_at is None) is not again, clock.met_at or clock.due_at or 0)


def _decision(still_open: Life | None, lives: Sequence[Life], clock: Clock) -> Iterable[Once]:
    """Yield whether the manager has decided on telling company and developer, and when these were told."""
    began = clock.started_at or 0
    told: dict[int, Moment] = {}
    opinions = []
    for life in lives:
        seqs = {entry.seq: entry for entry in life.entries if entry.kind == "referred"}
        for one in life.course.milestones:
            if one.step != "referred" or one.at < began or (one.rung or 0) < MANAGER:
                continue
            if one.rung in (COMPANY, OUTSIDE):
                told[one.rung] = min(one.at, told.get(one.rung, one.at))
            if one.seq in seqs and (seqs[one.seq].private or {}).get("opinion"):
                opinions.append(one.at)
    decided = min([*opinions, *told.values()], default=None)
    command = None
    if decided is None and still_open is not None:
        rung_code = still_open.course.procedure.rungs[str(MANAGER)]["code"]
        command = f'escalate {still_open.id} {rung_code} --opinion "{{note}}"'
    yield Once("decided", None, clock.clause, None, decided, "untimed" if decided is None else "done", command)
    for rung in sorted(told):
        yield Once("referred", rung, clock.clause, None, told[rung], "done", None)


def write_down(office: Office, event: Event, reason: str) -> None:
    """Write down on every complaint of an event that its private facts are shown, and why (PIPL 6, R 8)."""
    with office.command() as command:
        for one in event.members:
            command.open(str(one.life.id))
            command.append(one.life.id, "revealed", office.now, {}, {"reason": reason})
