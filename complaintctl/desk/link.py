"""Linking complaints of one event: five distinct households make it collective (C 4.1.4)."""

from __future__ import annotations

from collections.abc import Sequence

from complaintctl.desk.office import Command, Done, Office, private_facts
from complaintctl.desk.refused import NotLinked
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment


def link(office: Office, complaints: Sequence[str]) -> list[Done]:
    """Link complaints, with all that each was linked to before, to one event named after the first of them.

    Raises:
        NotFound, NotLinked.
    """
    with office.command() as command:
        members = _members(office, command, complaints)
        if len(members) < 2:
            raise NotLinked()
        receipts = _receipts(members)
        event = min(members)
        for complaint in sorted(members):
            command.append(complaint, "linked", office.now, {"event": event, "receipts": receipts})
        return [command.done(complaint) for complaint in sorted(members)]


def _members(office: Office, command: Command, complaints: Sequence[str]) -> dict[int, Life]:
    members = {life.id: life for life in (command.open(name) for name in complaints)}
    for life in list(members.values()):
        row = office.query.complaint(life.id)
        if row is not None and row["event"] is not None:
            for other in office.query.event_of(row["event"]):
                members.setdefault(other["id"], command.open(str(other["id"])))
    return members


def _receipts(members: dict[int, Life]) -> list[list[Moment | int]]:
    """Return when how many distinct households were received; a unit that complains twice counts once."""
    seen: set[str] = set()
    receipts: list[list[Moment | int]] = []
    for life in sorted(members.values(), key=lambda one: (one.course.received_at, one.id)):
        unit = private_facts(life).get("unit")
        households = int(life.course.versions[0].known["households"]) if life.course.round == 1 else 1
        if unit is None or unit not in seen:
            receipts.append([life.course.received_at, _own_households(life, households)])
        if unit is not None:
            seen.add(unit)
    return receipts


def _own_households(life: Life, otherwise: int) -> int:
    """Return the households that the complaint itself speaks of, whatever it is linked to."""
    spoken = [
        entry.body["facts"]["households"]
        for entry in life.entries
        if entry.kind in ("logged", "amended") and "households" in entry.body.get("facts", {})
    ]
    return int(spoken[-1]) if spoken else min(otherwise, 1)
