"""Linking complaints of one event: five distinct households make it collective (C 4.1.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from complaintctl.desk.event import catch_up
from complaintctl.desk.office import Command, Done, Office, Remark, private_facts
from complaintctl.desk.refused import LinkedAlready, NotLinked
from complaintctl.desk.refused_event import collective_clause, in_event
from complaintctl.desk.steps import names
from complaintctl.errors import NotFound
from complaintctl.language import N_, Phrase
from complaintctl.rules.course import link_of
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import JUDGED_KINDS, VOID_OUTCOMES
from complaintctl.rules.home import home
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

#: When how many households came, or (below 0) left.
Receipts = list[list[Moment | int]]


def link(office: Office, complaints: Sequence[str]) -> list[Done]:
    """Link complaints, with all that each was linked to before, to one event named after the first of them.

    Raises:
        NotFound: one of them is not in this ledger; then none is linked.
        NotLinked, LinkedAlready.
    """
    with office.command() as command:
        members = join(command, [here(command, name) for name in complaints])
        remarks = not_counted(command, members)
        return [command.done(complaint, *(remarks if complaint == members[0] else ())) for complaint in members]


def join(command: Command, lives: Iterable[Life]) -> list[int]:
    """Link complaints within a command under way; return the ids of all complaints of the event.

    Raises:
        NotLinked, LinkedAlready.
    """
    named = {life.id: life for life in lives}
    if len(named) < 2:
        raise NotLinked()
    before = {complaint: _event(command.office, complaint) for complaint in named}
    if None not in before.values() and len(set(before.values())) == 1:
        raise LinkedAlready(**names(min(named.values(), key=lambda life: life.id)))
    members = _members(command, named)
    event = _event(command.office, min(members))
    joined = [one for one in sorted(members) if event is None or _event(command.office, one) != event]
    _write_down(command, members, _receipts(members), joined=joined)
    linked = {complaint: command.open(str(complaint)) for complaint in members}
    for complaint, life in linked.items():
        if life.course.closed_at is None:
            catch_up(command, life, (other for other in linked.values() if other.id != complaint))
    return sorted(members)


def not_counted(command: Command, members: Iterable[int]) -> tuple[Remark, ...]:
    """Say which of an event's members do not count: whoever suggests or asks does not complain (C 4.1.4)."""
    lives = [command.open(str(one)) for one in members]
    others = [one.number for one in lives if not _complains(one)]
    clause = collective_clause(lives[0].course.procedure)
    text = N_("a suggestion or inquiry is no complaint; not counted among the households: {numbers} ({clause})")
    return (Remark("not-counted", Phrase(text, numbers=others, clause=clause)),) if others else ()


def here(command: Command, name: str) -> Life:
    """Return the life of a complaint that shall be linked: of this ledger, for an event is one site's (C 4.1.4).

    Raises:
        NotFound.
    """
    try:
        return command.open(name)
    except NotFound as error:
        error.hint = N_("A link joins complaints of this ledger; one ledger is one site. Nothing was linked.")
        raise


def unlink(
    office: Office, complaints: Sequence[str], *, from_the_start: bool = False, reason: str | None = None
) -> list[Done]:
    """Take complaints out of the event they are linked to; the households left are counted anew.

    From now on, that is: what was late while they were linked stays late. `from_the_start` says that they never
    belonged to it; the event is then counted as if they had never been linked.

    Raises:
        NotFound, NotInEvent: then none is taken out.
    """
    with office.command() as command:
        leaving: dict[int, set[int]] = {}
        for name in complaints:
            life = here(command, name)
            leaving.setdefault(in_event(life), set()).add(life.id)
        left = [_left(command, event, ids, from_the_start, reason) for event, ids in leaving.items()]
        gone = {complaint for ids in leaving.values() for complaint in ids}
        return [command.done(complaint) for complaint in (*sorted(gone), *sorted(set().union(*left) - gone))]


def _left(
    command: Command, event: int, leaving: Collection[int], from_the_start: bool, reason: str | None
) -> Collection[int]:
    """Take complaints out of an event; one that would be left alone is no event any more. Return all it had."""
    now = command.office.now
    members = _members(command, {one: command.open(str(one)) for one in leaving})
    rest = dict(members)
    left: Receipts = []
    before: Receipts = _link(members[min(leaving)]).body["receipts"]
    gone: Receipts = [] if from_the_start else [*before, [now, -sum(int(count) for _, count in before)]]
    for one in sorted(leaving):
        del rest[one]
        if rest and not from_the_start:
            left += _departure(one, before, _receipts(rest, left), now)
            before = _receipts(rest, left)
    for one in sorted(leaving if len(rest) > 1 else members):
        body = {"event": event, "receipts": gone, "from_the_start": from_the_start and one in leaving}
        command.append(one, "unlinked", now, body, {"reason": reason})
    if len(rest) > 1:
        _write_down(command, rest, _receipts(rest, left), without=sorted(leaving))
    return members


def _departure(leaver: int, full: Receipts, rest: Receipts, now: Moment) -> Receipts:
    """Return, each with who left, what the households of an event lose without one: nothing before, and from now on.

    Another complaint of the same home may stand in for the one that left, at another moment.
    """
    changes: dict[int, int] = {}
    for sign, receipts in ((1, full), (-1, rest)):
        for *_, at, count in receipts:
            changes[int(at)] = changes.get(int(at), 0) + sign * int(count)
    lost = sum(changes.values())
    found: Receipts = [[leaver, at, change] for at, change in sorted(changes.items()) if change]
    return [*found, [leaver, now, -lost]] if lost else found


def count_anew(office: Office, command: Command, life: Life) -> None:
    """Count the households of a complaint's event again, after one of its homes or their number was corrected."""
    if _event(office, life.id) is None:
        return
    members = _members(command, {life.id: life})
    _write_down(command, members, _receipts(members))


def _link(life: Life) -> Entry:
    link = link_of(life.entries)
    if link is None:
        raise ValueError("only for complaints of an event")
    return link


def _write_down(
    command: Command,
    members: Mapping[int, Life],
    receipts: Receipts,
    *,
    joined: Sequence[int] = (),
    without: Sequence[int] = (),
) -> None:
    """Write down on each complaint of an event which one it is, and when its households came; say who came or left."""
    body: dict[str, Any] = {"event": min(members), "receipts": [one[-2:] for one in receipts]}
    departed = [one for one in receipts if len(one) == DEPARTED]
    if departed:
        body["left"] = departed
    if without:
        body["without"] = list(without)
    for complaint in sorted(members):
        again = {} if complaint in joined else {"again": True, **({"joined": list(joined)} if joined else {})}
        command.append(complaint, "linked", command.office.now, {**body, **again})


#: What a departure is kept as: who left, when, how many households that changed.
DEPARTED = 3


def _event(office: Office, complaint: int) -> int | None:
    row = office.query.complaint(complaint)
    return None if row is None else row["event"]


def _members(command: Command, named: Mapping[int, Life]) -> dict[int, Life]:
    """Return the complaints named and all that each was linked to before."""
    members = dict(named)
    for complaint in named:
        event = _event(command.office, complaint)
        for other in command.office.query.event_of(event) if event is not None else ():
            members.setdefault(other["id"], command.open(str(other["id"])))
    return members


def _receipts(members: Mapping[int, Life], departed: Receipts | None = None) -> Receipts:
    """Return when how many distinct households were received; a household that complains twice counts once.

    Those that were linked before and left count until they left; they stand at the end, with who it was.
    """
    homes: set[str] = set()
    phones: set[str] = set()
    loose: set[str] = set()
    newest = max(life.course.received_at for life in members.values())
    receipts: Receipts = []
    for life in sorted(members.values(), key=lambda one: (one.course.received_at, one.id)):
        if _gone(life, newest) or not _complains(life):
            continue
        told = private_facts(life)
        unit, phone = told.get("unit"), told.get("phone")
        # Whoever does not say the home is known by the phone, if by anything.
        known = home(str(unit)) in homes or phone in loose if unit else phone in phones
        if not known:
            households = int(life.course.versions[0].known["households"]) if life.course.round == 1 else 1
            receipts.append([life.course.received_at, _own_households(life, households)])
        homes |= {home(str(unit))} if unit else set()
        phones |= {str(phone)} if phone else set()
        loose |= {str(phone)} if phone and not unit else set()
    left = {tuple(one) for life in members.values() for one in _departed(life)} | {tuple(one) for one in departed or ()}
    return [*receipts, *(list(one) for one in sorted(left) if one[0] not in members)]


def _departed(life: Life) -> Receipts:
    """Return who left the event that a complaint is linked to, as it is written down on it."""
    link = link_of(life.entries)
    return [] if link is None else link.body.get("left", [])


def _gone(life: Life, newest: Moment) -> bool:
    """Say whether a household no longer complains: withdrawn, a duplicate, or closed before the last one came."""
    course = life.course
    return course.outcome in VOID_OUTCOMES or (course.closed_at is not None and course.closed_at < newest)


def _complains(life: Life) -> bool:
    return life.course.known["kind"] in JUDGED_KINDS


def _own_households(life: Life, otherwise: int) -> int:
    """Return the households that the complaint itself speaks of, whatever it is linked to."""
    spoken = [
        entry.body["facts"]["households"]
        for entry in life.entries
        if entry.kind in ("logged", "amended") and "households" in entry.body.get("facts", {})
    ]
    return int(spoken[-1]) if spoken else min(otherwise, 1)
