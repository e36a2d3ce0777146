"""Linking complaints of one event: five distinct households make it collective (C 4.1.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from complaintctl.desk.event import catch_up
from complaintctl.desk.office import Command, Done, Office, private_facts
from complaintctl.desk.refused import LinkedAlready, NotLinked
from complaintctl.desk.steps import names
from complaintctl.rules.facts import VOID_OUTCOMES
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment


def link(office: Office, complaints: Sequence[str]) -> list[Done]:
    """Link complaints, with all that each was linked to before, to one event named after the first of them.

    Raises:
        NotFound, NotLinked, LinkedAlready.
    """
    with office.command() as command:
        named = {life.id: life for life in (command.open(name) for name in complaints)}
        if len(named) < 2:
            raise NotLinked()
        before = {complaint: _event(office, complaint) for complaint in named}
        if None not in before.values() and len(set(before.values())) == 1:
            raise LinkedAlready(**names(min(named.values(), key=lambda life: life.id)))
        members = _members(office, command, named)
        receipts = _receipts(members)
        event = min(members)
        for complaint in sorted(members):
            command.append(complaint, "linked", office.now, {"event": event, "receipts": receipts})
        lives = {complaint: command.open(str(complaint)) for complaint in members}
        for complaint, life in lives.items():
            if life.course.closed_at is None:
                catch_up(command, life, (other for other in lives.values() if other.id != complaint))
        return [command.done(complaint) for complaint in sorted(members)]


def count_anew(office: Office, command: Command, life: Life) -> None:
    """Count the households of a complaint's event again, after one of its homes or their number was corrected."""
    event = _event(office, life.id)
    if event is None:
        return
    members = _members(office, command, {life.id: life})
    receipts = _receipts(members)
    for complaint in sorted(members):
        command.append(complaint, "linked", office.now, {"event": event, "receipts": receipts})


def _event(office: Office, complaint: int) -> int | None:
    row = office.query.complaint(complaint)
    return None if row is None else row["event"]


def _members(office: Office, command: Command, named: Mapping[int, Life]) -> dict[int, Life]:
    """Return the complaints named and all that each was linked to before."""
    members = dict(named)
    for complaint in named:
        event = _event(office, complaint)
        for other in office.query.event_of(event) if event is not None else ():
            members.setdefault(other["id"], command.open(str(other["id"])))
    return members


def _receipts(members: dict[int, Life]) -> list[list[Moment | int]]:
    """Return when how many distinct households were received; a unit that complains twice counts once."""
    seen: set[str] = set()
    newest = max(life.course.received_at for life in members.values())
    receipts: list[list[Moment | int]] = []
    for life in sorted(members.values(), key=lambda one: (one.course.received_at, one.id)):
        if _gone(life, newest):
            continue
        unit = private_facts(life).get("unit")
        households = int(life.course.versions[0].known["households"]) if life.course.round == 1 else 1
        if unit is None or unit not in seen:
            receipts.append([life.course.received_at, _own_households(life, households)])
        if unit is not None:
            seen.add(unit)
    return receipts


def _gone(life: Life, newest: Moment) -> bool:
    """Say whether a household no longer complains: withdrawn, a duplicate, or closed before the last one came."""
    course = life.course
    return course.outcome in VOID_OUTCOMES or (course.closed_at is not None and course.closed_at < newest)


def _own_households(life: Life, otherwise: int) -> int:
    """Return the households that the complaint itself speaks of, whatever it is linked to."""
    spoken = [
        entry.body["facts"]["households"]
        for entry in life.entries
        if entry.kind in ("logged", "amended") and "households" in entry.body.get("facts", {})
    ]
    return int(spoken[-1]) if spoken else min(otherwise, 1)
