"""Playing inspections out of a script: planned, held with what they found, put right and checked again.

`limit` of a finding is typed as a clerk types it (a day, a moment, “3 workdays”); `until` is a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintctl.desk.inspection import Held, Plan, drop, hold, move, plan
from complaintctl.desk.inspection_finding import Found, Recheck, Rectified, find_fault, recheck, rectified
from complaintctl.desk.office import Office
from complaintctl.reading.moments import read_day
from complaintctl.reading.until import Until, read_until

Step = Mapping[str, Any]


def _plan(office: Office, step: Step, known: Mapping[str, int]) -> int:
    return plan(office, step["kind"], _planned(office, step)).inspection.id


def _move(office: Office, step: Step, known: Mapping[str, int]) -> None:
    move(office, _id(step, known), _planned(office, step))


def _planned(office: Office, step: Step) -> Plan:
    day = read_day(step["on"], now=office.now, zone=office.zone, future=True)
    return Plan(day, step.get("inspectors", ()), step.get("items", ()), step.get("note"))


def _drop(office: Office, step: Step, known: Mapping[str, int]) -> None:
    drop(office, _id(step, known), reason=step["reason"])


def _record(office: Office, step: Step, known: Mapping[str, int]) -> int:
    """What was planned under the key, or where nothing was an inspection of a kind."""
    what = _id(step, known) if step["key"] in known else step["kind"]
    parties = [(code, person) for code, people in step.get("parties", {}).items() for person in people]
    held = Held(
        step.get("inspectors", ()),
        step.get("items", ()),
        parties,
        step.get("found"),
        step.get("note"),
        [_found(office, one) for one in step.get("findings", ())],
    )
    return hold(office, what, held).inspection.id


def _finding(office: Office, step: Step, known: Mapping[str, int]) -> None:
    find_fault(office, _id(step, known), [_found(office, step)])


def _rectified(office: Office, step: Step, known: Mapping[str, int]) -> None:
    rectified(office, f"{_id(step, known)}.{step['n']}", Rectified(step["result"], step.get("person")))


def _recheck(office: Office, step: Step, known: Mapping[str, int]) -> None:
    told = Recheck(step["passed"], _until(office, step), step.get("note"), step.get("person"))
    recheck(office, f"{_id(step, known)}.{step['n']}", told)


def _found(office: Office, told: Mapping[str, Any]) -> Found:
    return Found(told["text"], told["department"], _until(office, told), told.get("place"))


def _until(office: Office, told: Mapping[str, Any]) -> Until | None:
    if "until" in told:
        return Until(told["until"], None, "")
    return read_until(told["limit"], now=office.now, zone=office.zone) if "limit" in told else None


def _id(step: Step, known: Mapping[str, int]) -> str:
    return str(known[step["key"]])


VERBS = {
    "inspect-plan": _plan,
    "inspect-move": _move,
    "inspect-drop": _drop,
    "inspect-record": _record,
    "inspect-finding": _finding,
    "inspect-rectified": _rectified,
    "inspect-recheck": _recheck,
}
