"""For `undo`: whether the registers of people and places still hold together after something was taken back."""

from __future__ import annotations

from collections import Counter
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

    Somebody who is named as superior, head or assistant, or would be again but is registered no more; a name that
    somebody else bears meanwhile; superiors in a circle; a home that was put down for another building meanwhile.
    """
    people = {row["id"]: row for row in register.staff(office.query)}
    gone = {number for (kind, number), thing in things.items() if kind == "staff" and thing is None}
    above = {number: row["superior"] for number, row in people.items()}
    above |= {thing.id: thing.superior for thing in things.values() if isinstance(thing, Person)}
    here = Counter(row["name"] for row in people.values() if there(row, office.now))
    for (kind, number), thing in things.items():
        if number in gone and kind == "staff" and _is_named(office, number, things):
            yield kind, number
        if not _names(thing) <= people.keys() - gone:
            yield kind, number
        if isinstance(thing, Person) and (_is_taken(office, thing, people, here) or cycle(above, number)):
            yield kind, number
        if isinstance(thing, Building) and any(_is_elsewhere(office, unit, things) for unit in _back(office, thing)):
            yield kind, number


def _is_named(office: Office, number: int, things: Things) -> bool:
    for rests in register.resting_on(office.query, number):
        if rests not in things:
            return True
        if number in _names(things[rests]):
            return True
    return False


def _names(thing: Any | None) -> set[int]:
    """Return the ids of the members of staff that something registered names."""
    named = (getattr(thing, name, None) for name in ("superior", "head", "assistant"))
    return {number for number in named if number is not None}


def _is_taken(office: Office, person: Person, people: Mapping[int, Mapping[str, Any]], here: Counter[str]) -> bool:
    """Say whether somebody else who is there bears the name that a person who is there gets back."""
    if person.name is None or not there(person._asdict(), office.now):
        return False
    before = people.get(person.id)
    itself = before is not None and before["name"] == person.name and there(before, office.now)
    return here[person.name] > itself


def _back(office: Office, building: Building) -> list[str]:
    """Return the homes of a building that its rows do not have: they come back with what is undone."""
    homes = register.homes(office.query)
    return [unit for unit in building.units if homes.get(unit) != building.id]


def _is_elsewhere(office: Office, unit: str, things: Things) -> bool:
    row = register.building_of_home(office.query, unit)
    return row is not None and ("building", row["id"]) not in things
