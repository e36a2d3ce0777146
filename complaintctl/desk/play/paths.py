"""Playing disputes, suggestions and repairs out of a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintctl.desk.dispute import Deed, dispute
from complaintctl.desk.office import Office
from complaintctl.desk.repair import Repair, repair
from complaintctl.desk.suggestion import Decision, decide, publish, tell

Step = Mapping[str, Any]

#: Words of these steps that are moments.
MOMENTS = ("appointment", "finish")


def _dispute(office: Office, step: Step, known: Mapping[str, int]) -> None:
    """`evidence` maps file names to texts: a script carries no files."""
    files = [(name, text.encode("utf-8")) for name, text in step.get("evidence", {}).items()]
    said = {name: step[name] for name in ("before", "agreement", "outcome", "result", "note") if name in step}
    dispute(office, _id(step, known), Deed(step["route"], step.get("with", ()), evidence=files, **said))


def _told(office: Office, step: Step, known: Mapping[str, int]) -> None:
    tell(office, _id(step, known), to=step.get("to"), note=step.get("note"))


def _adopt(office: Office, step: Step, known: Mapping[str, int]) -> None:
    decision = Decision(True, step["plan"], step.get("person"), step.get("until"), note=step.get("note"))
    decide(office, _id(step, known), decision)


def _decline(office: Office, step: Step, known: Mapping[str, int]) -> None:
    decide(office, _id(step, known), Decision(False, reason=step["reason"], note=step.get("note")))


def _publish(office: Office, step: Step, known: Mapping[str, int]) -> None:
    publish(office, _id(step, known), consent=step.get("consent"), note=step.get("note"))


def _repair(office: Office, step: Step, known: Mapping[str, int]) -> None:
    said = {name: step[name] for name in Repair._fields if name in step and name != "at"}
    repair(office, _id(step, known), Repair(**said))


def _id(step: Step, known: Mapping[str, int]) -> str:
    return str(known[step["key"]])


VERBS = {
    "dispute": _dispute,
    "suggestion-told": _told,
    "suggestion-adopt": _adopt,
    "suggestion-decline": _decline,
    "suggestion-publish": _publish,
    "repair": _repair,
}
