"""Buildings and the homes in them, folded from a building's entries (`building/4`).

A building's code is what stands before the first separator of a unit's number (`3` of `3-2-501`), as complaints
have it. Units are private, because a unit is somebody's home; a building, its area and its size are not.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import told

UNITS, UNITS_GONE = "units", "units-gone"
"""Kinds of entries: homes put down as lying in the building, homes taken out again."""


class Building(NamedTuple):
    """A building: `assistant` is the id of a member of staff, `households` as told, `units` its homes as told.

    `area_since` is when the area was written down.
    """

    id: int
    code: str
    name: str | None = None
    area: str | None = None
    assistant: int | None = None
    households: int | None = None
    area_since: Moment | None = None
    last_seq: int = 0
    units: tuple[str, ...] = ()

    @property
    def homes(self) -> int | None:
        """How many households there are: as told, else as many as homes are known; None where neither is."""
        return self.households if self.households is not None else len(self.units) or None


def fold(entries: list[Entry], book: Book) -> Building | None:
    """Return a building as the entries have it; None where the registration was undone."""
    found = told(entries)
    if found is None:
        return None
    values = {name: found[name] for name in Building._fields if name in found}
    number = int(entries[0].subject.partition("/")[2])
    return Building(**{**values, "id": number, "last_seq": entries[-1].seq, "units": _units(entries)})


def _units(entries: list[Entry]) -> tuple[str, ...]:
    units: dict[str, None] = {}
    for entry in standing(entries):
        if entry.kind in (UNITS, UNITS_GONE) and entry.private:
            for unit in entry.private["units"]:
                if entry.kind == UNITS:
                    units[unit] = None
                else:
                    units.pop(unit, None)
    return tuple(units)


def rows(building: Building) -> dict[str, list[dict[str, Any]]]:
    """Return the derived rows of a building: itself with its number of households, and each home."""
    row = building._asdict()
    del row["units"]
    row["households"] = building.homes
    return {"building": [row], "home": [{"unit": unit, "building": building.id} for unit in building.units]}
