"""For `undo`: whether the registers of people and places still hold together after something was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.ledger import people as register
from complaintctl.rules.ladder import cycle, there
from complaintctl.rules.people import Person
from complaintctl.rules.place import Building

Things = Mapping[tuple[str, int], Any | None]
"""What was taken back, by register and id: as it stands now, None where its beginning was undone."""


def broken(office: Office, things: Things) -> Iterable[tuple[str, int]]:
    """Yield what may not be taken back, because others rest on it.

    Somebody who is named as superior, head or assistant; a name that somebody else bears meanwhile; superiors in a
    circle; a home that was put down for another building meanwhile.
    """
    for (kind, number), thing in things.items():
        if kind == "staff" and (_is_named(office, number, things) if thing is None else _clashes(office, thing)):
            yield kind, number
        if isinstance(thing, Building) and any(_is_elsewhere(office, unit, things) for unit in _back(office, thing)):
            yield kind, number


def _is_named(office: Office, number: int, things: Things) -> bool:
    for rests in register.resting_on(office.query, number):
        if rests not in things:
            return True
        other = things[rests]
        if number in (getattr(other, name, None) for name in ("superior", "head", "assistant")):
            return True
    return False


def _clashes(office: Office, person: Person) -> bool:
    rows = {row["id"]: row for row in register.staff(office.query)}
    same = [row for row in rows.values() if row["name"] == person.name and row["id"] != person.id]
    if person.name is not None and there(person._asdict(), office.now) and any(there(row, office.now) for row in same):
        return True
    return bool(cycle({row["id"]: row["superior"] for row in rows.values()} | {person.id: person.superior}, person.id))


def _back(office: Office, building: Building) -> list[str]:
    """Return the homes of a building that its rows do not have: they come back with what is undone."""
    homes = register.homes(office.query)
    return [unit for unit in building.units if homes.get(unit) != building.id]


def _is_elsewhere(office: Office, unit: str, things: Things) -> bool:
    row = register.building_of_home(office.query, unit)
    return row is not None and ("building", row["id"]) not in things
