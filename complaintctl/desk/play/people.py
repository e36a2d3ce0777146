"""Playing the registers of people and places out of a script: who joined and left, departments, buildings, homes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from complaintctl.desk import department, places, staff
from complaintctl.desk.office import Office
from complaintctl.reading.moments import read_day
from complaintctl.rules.localtime import day_end, instant

Step = Mapping[str, Any]


def _staff(office: Office, step: Step, known: Mapping[str, int]) -> None:
    """Somebody who is registered; `since` is a day."""
    told = {name: step[name] for name in staff.Particulars._fields if name in step and name != "since"}
    day = _day(office, step.get("since"))
    since = None if day is None else instant(day, 0, office.zone)
    staff.add(office, staff.Particulars(**told, since=since))


def _staff_change(office: Office, step: Step, known: Mapping[str, int]) -> None:
    fields = [name for name in staff.Particulars._fields if name not in ("name", "since")]
    told = {name: step[name] for name in fields if name in step}
    staff.change(office, step["name"], staff.Particulars(**told), step.get("clear", ()))


def _staff_left(office: Office, step: Step, known: Mapping[str, int]) -> None:
    """Somebody who leaves, now or at the end of the day `on`."""
    day = _day(office, step.get("on"))
    staff.leave(office, step["name"], None if day is None else day_end(day, office.zone))


def _department(office: Office, step: Step, known: Mapping[str, int]) -> None:
    told = department.Particulars(step.get("categories"), step.get("head"), step.get("open"))
    department.keep_department(office, step["name"], told, step.get("clear", ()))


def _place(office: Office, step: Step, known: Mapping[str, int]) -> None:
    """A building: registered, or changed where it is already."""
    told = places.Particulars(*(step.get(name) for name in places.Particulars._fields))
    deed = places.change if places.known(office, step["building"]) is not None else places.add
    deed(office, step["building"], told)


def _units(office: Office, step: Step, known: Mapping[str, int]) -> None:
    places.units(office, step["building"], step["units"], gone=bool(step.get("gone")))


def _day(office: Office, text: str | None) -> date | None:
    return None if text is None else read_day(text, now=office.now, zone=office.zone, future=None)


VERBS = {
    "staff": _staff,
    "staff-change": _staff_change,
    "staff-left": _staff_left,
    "department": _department,
    "place": _place,
    "units": _units,
}
