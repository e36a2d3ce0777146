"""Playing visits to residents out of a script: planned, held, what was raised and asked there, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.desk.visit import About, drop, move, plan, result
from complaintctl.desk.visit_matter import Brought, bring, meet, record
from complaintctl.reading.moments import read_day
from complaintctl.rules.localtime import day_end

Step = Mapping[str, Any]


def _plan(office: Office, step: Step, known: Mapping[str, int]) -> int:
    """A visit planned for a day; where it has the key already, moved to that day."""
    day = read_day(step["on"], now=office.now, zone=office.zone, future=True)
    until = day_end(day, office.zone)
    if step["key"] in known:
        return move(office, str(known[step["key"]]), until, _about(step)).visit.id
    return plan(office, step["kind"], until, _about(step)).visit.id


def _record(office: Office, step: Step, known: Mapping[str, int]) -> int:
    """A visit planned under the key, or where it has none a visit of a kind."""
    what = str(known[step["key"]]) if step["key"] in known else step["kind"]
    brought = Brought(step.get("raised", ()), step.get("promise"), step.get("asked", ()), step.get("reply_by"))
    return record(office, what, None, _about(step), brought).visit.id


def _result(office: Office, step: Step, known: Mapping[str, int]) -> None:
    result(office, str(known[step["key"]]), _about(step))


def _raised(office: Office, step: Step, known: Mapping[str, int]) -> None:
    bring(office, str(known[step["key"]]), Brought([step["text"]], step.get("promise")), None)


def _asked(office: Office, step: Step, known: Mapping[str, int]) -> None:
    bring(office, str(known[step["key"]]), Brought(asked=[step["text"]], reply_by=step.get("reply_by")), None)


def _dealt(office: Office, step: Step, known: Mapping[str, int]) -> None:
    meet(office, f"{known[step['key']]}.{step['n']}", "raised", step["text"], None)


def _answered(office: Office, step: Step, known: Mapping[str, int]) -> None:
    meet(office, f"{known[step['key']]}.{step['n']}", "asked", step["text"], None)


def _drop(office: Office, step: Step, known: Mapping[str, int]) -> None:
    drop(office, str(known[step["key"]]), step["reason"])


def _about(step: Step) -> About:
    """What a step says of the visit; `by` is who writes it down, `person` who visits."""
    said = {name: step[name] for name in About._fields if name in step and name != "by"}
    return About(by=step.get("person"), **said)


VERBS = {
    "visit-plan": _plan,
    "visit-record": _record,
    "visit-result": _result,
    "visit-raised": _raised,
    "visit-asked": _asked,
    "visit-dealt": _dealt,
    "visit-answered": _answered,
    "visit-drop": _drop,
}
