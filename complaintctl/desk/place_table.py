"""Taking buildings and homes from a table, a row for each building or for each home: all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintctl.desk.office import Command, Office
from complaintctl.desk.people import tidy
from complaintctl.desk.places import Particulars, begin, opened, put_down, values
from complaintctl.desk.refused_people import UnitElsewhere
from complaintctl.desk.tables import ADDED, CHANGED, UNCHANGED, BadRow, Lines, Refused, Row, Taken, tried
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import people as register
from complaintctl.rules.people import CHANGED as CHANGED_ENTRY
from complaintctl.rules.place import Building
from complaintctl.rules.units import bare_code

COLUMNS = ("building", "name", "area", "assistant", "households", "unit")
MOST_HOUSEHOLDS = 1_000_000


class _Building:
    """What the rows of a table say of one building, and the line of each thing said."""

    def __init__(self, line: int, code: str, typed: str) -> None:
        """Begin with the row in which it stands first."""
        self.line, self.code, self.typed = line, code, typed
        self.told: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.units: list[str] = []


def take(office: Office, lines: Lines, *, dry_run: bool = False) -> Taken:
    """Register the buildings of a table, or change what it says otherwise of them; a `dry_run` only looks.

    A row is refused with its reason, and then nothing is taken: no building, a number of households that is none, an
    unknown assistant, rows of one building that contradict each other, a home twice or in another building.
    """
    if dry_run:
        wanted, refused = _planned(office, lines)
        return Taken([] if refused else [_row(office, one) for one in wanted], refused)
    with office.command() as command:
        wanted, refused = _planned(office, lines)
        return Taken([] if refused else [_written(command, one) for one in wanted], refused)


def _now(office: Office, code: str) -> Building | None:
    row = register.building_coded(office.query, code)
    found: Building | None = office.thing("building", row["id"]) if row is not None else None
    return found


def _row(office: Office, one: _Building) -> Row:
    before = _now(office, one.code)
    if before is None:
        return Row(one.line, None, one.code, ADDED, len(one.units))
    told, new = _news(before, one)
    return Row(one.line, before.id, one.code, CHANGED if told or new else UNCHANGED, len(new))


def _news(before: Building, one: _Building) -> tuple[dict[str, Any], list[str]]:
    """Return what the rows say otherwise of a building than it stands, and the homes that they add."""
    told = {name: value for name, value in one.told.items() if value != getattr(before, name)}
    return told, [unit for unit in one.units if unit not in before.units]


def _written(command: Command, one: _Building) -> Row:
    done = _row(command.office, one)
    if done.id is None:
        building, new = begin(command, one.code, one.typed, one.told), one.units
    else:
        building = opened(command, f"building/{done.id}")
        told, new = _news(building, one)
        if told:
            command.write(f"building/{done.id}", CHANGED_ENTRY, command.office.now, told)
    if new:
        put_down(command, building, new)
    return done._replace(id=building.id)


def _planned(office: Office, lines: Lines) -> tuple[list[_Building], list[Refused]]:
    refused: list[Refused] = []
    found: dict[str, _Building] = {}
    codes = {row["id"]: str(row["code"]) for row in register.buildings(office.query)}
    places = {unit: (codes[building], 0) for unit, building in register.homes(office.query).items()}
    for line, cells in lines:
        tried(line, refused, lambda: _read(office, line, cells, found, places))  # noqa: B023 - called at once
    return list(found.values()), refused


def _read(
    office: Office,
    line: int,
    cells: Mapping[str, str],
    found: dict[str, _Building],
    places: dict[str, tuple[str, int]],
) -> None:
    """Add a row to what is said of its building; `places` knows where each home lies, and by which line (0: before)."""
    if "building" not in cells:
        raise BadRow(problem=Words(N_("the building is missing")))
    code = bare_code(tidy(cells["building"]))
    one = found.get(code) or _Building(line, code, cells["building"])
    told = values(office, _particulars(cells))
    for name, value in told.items():
        if one.told.get(name, value) != value:
            text = N_("line {line} says otherwise of building {code}")
            raise BadRow(problem=Phrase(text, line=one.lines[name], code=code))
    unit = tidy(cells["unit"]) if "unit" in cells else None
    if unit is not None:
        _lies_here(unit, code, places)
        places[unit] = (code, line)
        one.units.append(unit)
    for name, value in told.items():
        one.told.setdefault(name, value)
        one.lines.setdefault(name, line)
    found[code] = one


def _lies_here(unit: str, code: str, places: Mapping[str, tuple[str, int]]) -> None:
    known, line = places.get(unit, (code, 0))
    if line:
        raise BadRow(problem=Phrase(N_("the home stands in line {line} already"), line=line))
    if known != code:
        raise UnitElsewhere(unit=unit, code=known, clause="")


def _particulars(cells: Mapping[str, str]) -> Particulars:
    count = cells.get("households")
    if count is not None and not (count.isascii() and count.isdigit() and 1 <= int(count[:12]) <= MOST_HOUSEHOLDS):
        raise BadValue(field=Words(N_("The number of households")), text=count, expected=f"1–{MOST_HOUSEHOLDS}")
    told = Particulars(cells.get("name"), cells.get("area"), cells.get("assistant"))
    return told._replace(households=None if count is None else int(count))
