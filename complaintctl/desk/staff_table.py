"""Taking a list of staff from a table: everybody in it, or nobody. Superiors may stand in any of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Office
from complaintctl.desk.people import somebody_there, tidy
from complaintctl.desk.refused_people import SuperiorCycle
from complaintctl.desk.staff import Particulars, name_of, parted, values
from complaintctl.desk.tables import ADDED, CHANGED, UNCHANGED, BadRow, Lines, Refused, Row, Taken, tried
from complaintctl.errors import FutureMoment
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import people as register
from complaintctl.rules.ladder import cycle, there
from complaintctl.rules.localtime import Moment, instant
from complaintctl.rules.people import CHANGED as CHANGED_ENTRY
from complaintctl.rules.people import REGISTERED

COLUMNS = ("name", "role", "department", "area", "superior", "phone", "since")


class _One(NamedTuple):
    """A row's request: `key` is the id of who is there already, else minus the line; `wanted` what it says."""

    line: int
    key: int
    name: str
    wanted: dict[str, Any]


def take(office: Office, lines: Lines, *, dry_run: bool = False) -> Taken:
    """Register everybody in a table, or change what it says otherwise of who is there; a `dry_run` only looks.

    A row is refused with its reason, and then nothing is taken: no name, no or an unknown role, an unknown department
    or superior, somebody twice, superiors in a circle.
    """
    if dry_run:
        wanted, refused = _planned(office, lines)
        return Taken([] if refused else [_fate(one, None) for one in wanted], refused)
    with office.command() as command:
        wanted, refused = _planned(office, lines)
        return Taken([] if refused else list(_written(command, wanted)), refused)


def _fate(one: _One, number: int | None) -> Row:
    fate = ADDED if one.key < 0 else CHANGED if one.wanted else UNCHANGED
    return Row(one.line, one.key if one.key > 0 else number, one.name, fate)


def _written(command: Command, wanted: list[_One]) -> list[Row]:
    first = command.batch.next_id("staff")
    ids = {one.key: first + number for number, one in enumerate(one for one in wanted if one.key < 0)}
    rows = []
    for one in wanted:
        told = {**one.wanted}
        told |= {"superior": ids.get(told["superior"], told["superior"])} if told.get("superior") else {}
        body, private = parted(told)
        if one.key < 0:
            since = body.setdefault("since", command.office.now)
            command.write(f"staff/{ids[one.key]}", REGISTERED, since, body, private)
        elif told:
            command.write(f"staff/{one.key}", CHANGED_ENTRY, command.office.now, body, private)
        rows.append(_fate(one, ids.get(one.key)))
    return rows


def _planned(office: Office, lines: Lines) -> tuple[list[_One], list[Refused]]:
    refused: list[Refused] = []
    keys: dict[str, int] = {}
    there_now = {row["name"]: row["id"] for row in register.staff(office.query) if there(row, office.now)}
    named: list[tuple[int, Mapping[str, str], str]] = []
    for line, cells in lines:
        name = tried(line, refused, lambda: _name(cells, keys))  # noqa: B023 - called at once
        if name is not None:
            keys[name] = there_now.get(name, -line)
            named.append((line, cells, name))
    wanted = []
    for line, cells, name in named:
        told = tried(line, refused, lambda: _told(office, cells, name, keys))  # noqa: B023 - called at once
        if told is not None:
            wanted.append(_One(line, keys[name], name, told))
    refused += _circles(office, wanted)
    return wanted, refused


def _name(cells: Mapping[str, str], keys: Mapping[str, int]) -> str:
    if "name" not in cells:
        raise BadRow(problem=Words(N_("the name is missing")))
    name = name_of(cells["name"])
    if name in keys:
        raise BadRow(problem=Phrase(N_("{name} stands in an earlier line already"), name=name))
    return name


def _told(office: Office, cells: Mapping[str, str], name: str, keys: Mapping[str, int]) -> dict[str, Any]:
    """Return what a row says of somebody; of who is there already only what is otherwise so far."""
    key = keys[name]
    if key < 0 and "role" not in cells:
        raise BadRow(problem=Words(N_("the role is missing")))
    superior = tidy(cells["superior"]) if "superior" in cells else None
    told = Particulars(name, cells.get("role"), cells.get("department"), cells.get("area"), None, cells.get("phone"))
    found = values(office, told._replace(since=_day(office, cells.get("since"))))
    if superior is not None:
        found["superior"] = keys[superior] if superior in keys else somebody_there(office, superior).id
    if key < 0:
        return found
    before = office.thing("staff", key)
    return {field: value for field, value in found.items() if value != getattr(before, field)}


def _day(office: Office, typed: str | None) -> Moment | None:
    """Return when the day of somebody's start begins.

    Raises:
        BadDay, FutureMoment.
    """
    if typed is None:
        return None
    from complaintctl.reading.moments import read_day

    day = read_day(typed, now=office.now, zone=office.zone, future=None)
    at = instant(day, 0, office.zone)
    if at > office.now:
        raise FutureMoment(field=Words(N_("The start")), moment=day.isoformat(), now=office.show(office.now))
    return at


def _circles(office: Office, wanted: list[_One]) -> list[Refused]:
    above: dict[int, int | None] = {row["id"]: row["superior"] for row in register.staff(office.query)}
    names = {row["id"]: row["name"] or str(row["id"]) for row in register.staff(office.query)}
    above |= {one.key: one.wanted.get("superior", above.get(one.key)) for one in wanted}
    names |= {one.key: one.name for one in wanted}
    found = []
    for one in wanted:
        chain = cycle(above, one.key) if one.wanted.get("superior") else []
        if chain:
            told = " → ".join(names[number] for number in (*chain, one.key))
            found.append(Refused(one.line, SuperiorCycle(chain=told, clause="")))
    return found
