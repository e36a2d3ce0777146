"""The register of places: buildings with area, assistant and households, and the homes in them. It may be empty."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.log import building_of
from complaintctl.desk.office import Command, Office, Remark
from complaintctl.desk.people import Kept, somebody_there, tidy
from complaintctl.desk.refused_people import BuildingKnown, UnitElsewhere
from complaintctl.errors import NotFound
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import people as register
from complaintctl.rules.people import CHANGED, REGISTERED
from complaintctl.rules.place import UNITS, UNITS_GONE, Building
from complaintctl.rules.units import bare_code, code_within

CLEARABLE = ("name", "area", "assistant", "households")
"""What can be taken out of a building's record again."""


class Particulars(NamedTuple):
    """What is told of a building; None leaves as it is. `assistant` is a name or id, `households` a number."""

    name: str | None = None
    area: str | None = None
    assistant: str | None = None
    households: int | None = None


def find(office: Office, typed: str) -> dict[str, Any]:
    """Return the row of a building called by its code (`3`, `3号楼`) or its name.

    Raises:
        NotFound.
    """
    row = known(office, typed)
    if row is None:
        error = NotFound(what=Words(N_("building")), name=typed)
        error.hint = N_("“complaintctl place list” shows the buildings; “place add” registers one.")
        raise error
    return row


def known(office: Office, typed: str) -> dict[str, Any] | None:
    """Return the row of a building called by its code or its name; None for none."""
    name = tidy(typed)
    row = register.building_coded(office.query, name) or register.building_coded(office.query, bare_code(name))
    return row or next((one for one in register.buildings(office.query) if one["name"] == name), None)


def building_at(office: Office, unit: str | None) -> str | None:
    """Return the building of a unit: as registered, else the one its number begins with, else as it is written."""
    if not unit:
        return None
    home = register.building_of_home(office.query, tidy(unit))
    if home is not None:
        return str(home["code"])
    codes = {row["code"]: row for row in register.buildings(office.query)}
    return code_within(tidy(unit), codes) or building_of(unit)


def add(office: Office, typed: str, told: Particulars) -> Kept:
    """Register a building; `3号楼` has the code 3, as complaints have it, and is called as it was typed.

    Raises:
        BuildingKnown, NotFound, SeveralOfThatName, PersonLeft.
    """
    with office.command() as command:
        code = bare_code(tidy(typed))
        if register.building_coded(office.query, code) is not None:
            raise BuildingKnown(code=code, clause="")
        return Kept(None, begin(command, code, typed, values(office, told)))


def begin(command: Command, code: str, typed: str, told: dict[str, Any]) -> Building:
    """Register a new building within a command."""
    if tidy(typed) != code:
        told = {"name": tidy(typed), **told}
    subject = command.new_thing("building")
    command.write(subject, REGISTERED, command.office.now, {"code": code, **told})
    return opened(command, subject)


def opened(command: Command, subject: str) -> Building:
    """Return a building as it is under the write lock."""
    building = command.thing(subject)
    assert isinstance(building, Building)
    return building


def change(office: Office, typed: str, told: Particulars, cleared: Collection[str] = ()) -> Kept:
    """Change what is registered of a building; what is told as it stands already changes nothing.

    Raises:
        NotFound, SeveralOfThatName, PersonLeft.
    """
    with office.command() as command:
        row = find(office, typed)
        before = opened(command, f"building/{row['id']}")
        wanted = {**values(office, told), **dict.fromkeys(cleared)}
        wanted = {name: value for name, value in wanted.items() if value != getattr(before, name)}
        if not wanted:
            return Kept(before, before)
        return Kept(before, command.write(f"building/{row['id']}", CHANGED, office.now, wanted))


def values(office: Office, told: Particulars) -> dict[str, Any]:
    """Return what is told of a building, checked: the assistant's id in the place of the name."""
    found: dict[str, Any] = {name: tidy(text) for name in ("name", "area") if (text := getattr(told, name)) is not None}
    if told.assistant is not None:
        found["assistant"] = somebody_there(office, told.assistant).id
    if told.households is not None:
        found["households"] = told.households
    return found


def units(office: Office, typed: str, homes: Sequence[str], *, gone: bool = False) -> Kept:
    """Put homes down as lying in a building, or take them out again; those that are there already stay.

    Raises:
        NotFound: no such building, or a home to be taken out that is not there.
        UnitElsewhere.
    """
    with office.command() as command:
        row = find(office, typed)
        before = opened(command, f"building/{row['id']}")
        wanted = list(dict.fromkeys(tidy(unit) for unit in homes))
        if gone:
            for unit in wanted:
                if unit not in before.units:
                    raise NotFound(what=Words(N_("home")), name=unit)
        else:
            wanted = [unit for unit in wanted if unit not in before.units]
            for unit in wanted:
                stays_elsewhere(office, unit)
        if not wanted:
            return Kept(before, before)
        after = put_down(command, before, wanted, gone=gone)
        return Kept(before, after, tuple(_misplaced(office, row["code"], [] if gone else wanted)))


def put_down(command: Command, building: Building, homes: Sequence[str], *, gone: bool = False) -> Building:
    """Write homes down for a building within a command; their numbers are private."""
    kind = UNITS_GONE if gone else UNITS
    body, private = {"count": len(homes)}, {"units": list(homes)}
    command.write(f"building/{building.id}", kind, command.office.now, body, private)
    return opened(command, f"building/{building.id}")


def stays_elsewhere(office: Office, unit: str) -> None:
    """Refuse a home that is put down for another building.

    Raises:
        UnitElsewhere.
    """
    other = register.building_of_home(office.query, unit)
    if other is not None:
        raise UnitElsewhere(unit=unit, code=other["code"], clause="")


def _misplaced(office: Office, code: str, homes: Sequence[str]) -> list[Remark]:
    codes = {row["code"]: row for row in register.buildings(office.query)}
    other = [unit for unit in homes if code_within(unit, codes) not in (None, code)]
    return (
        [Remark("other-number", Phrase(N_("{units} begin with another building's code"), units=other))] if other else []
    )
