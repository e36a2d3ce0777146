"""The files of an export as CSV: one a table, in words for people or with keys and codes for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.desk.path_words import PART_WORDS
from complaintctl.desk.path_words import ROUTE_WORDS as ROUTES
from complaintctl.language import N_, gettext
from complaintctl.output.csvfile import blocks
from complaintctl.output.labels import Labels
from complaintctl.output.limits import limit_words
from complaintctl.output.listing import Column, cell, value
from complaintctl.output.paths import DECISIONS
from complaintctl.output.words import word

#: The file of each table.
FILES: Mapping[str, str] = {
    "complaint": "complaints.csv",
    "clock": "clocks.csv",
    "milestone": "steps.csv",
    "inspection": "inspections.csv",
    "finding": "findings.csv",
    "visit": "visits.csv",
    "matter": "matters.csv",
    "duty": "duties.csv",
    "staff": "staff.csv",
    "department": "departments.csv",
    "building": "buildings.csv",
}

_LABELS: Mapping[str, str] = {
    "id": N_("ID"),
    "number": N_("Number"),
    "kind": N_("Kind"),
    "stage": N_("Stage"),
    "channel": N_("Channel"),
    "category": N_("Category"),
    "responsibility": N_("Responsibility"),
    "class": N_("Cause class"),
    "validity": N_("Validity"),
    "urgency": N_("Urgency"),
    "severity": N_("Severity"),
    "becomes_major_at": N_("Became major"),
    "collective_at": N_("Collective since"),
    "repeat": N_("Repeat"),
    "round": N_("Round"),
    "outcome": N_("Outcome"),
    "building": N_("Building"),
    "department": N_("Department"),
    "procedure": N_("Procedure"),
    "heard_at": N_("First heard"),
    "received_at": N_("Received"),
    "dispatched_at": N_("Dispatched"),
    "contacted_at": N_("First word"),
    "first_resolved_at": N_("First resolved"),
    "resolved_at": N_("Resolved"),
    "notified_at": N_("Result told"),
    "closed_at": N_("Closed"),
    "reopened": N_("Times reopened"),
    "chased": N_("Times asked again"),
    "nameless": N_("Nameless"),
    "households": N_("Households"),
    "event": N_("Event"),
    "imported": N_("Imported"),
    "dispute": N_("Route"),
    "decision": N_("Decision"),
    "part": N_("Part of the home"),
    "complaint": N_("Complaint"),
    "n": N_("No."),
    "step": N_("Step"),
    "rung": N_("Rung"),
    "clause": N_("Clause"),
    "pack": N_("Procedure"),
    "duty": N_("Duty of"),
    "time_limit": N_("Limit"),
    "parameter": N_("Set by the site"),
    "started_at": N_("Started"),
    "due_at": N_("Due"),
    "met_at": N_("Met"),
    "ended_at": N_("Ended"),
    "provisional": N_("Provisional"),
    "at": N_("When"),
    "planned_at": N_("Planned for"),
    "held_at": N_("Held"),
    "findings": N_("Findings"),
    "open": N_("Open"),
    "dropped_at": N_("Given up"),
    "inspection": N_("Inspection"),
    "found_at": N_("Found"),
    "rectified_at": N_("Put right"),
    "checked_at": N_("Checked again"),
    "area": N_("Area"),
    "area_since": N_("In this area since"),
    "participants": N_("People"),
    "sent": N_("Sheets handed out"),
    "returned": N_("Sheets returned"),
    "satisfied": N_("Satisfied"),
    "visit": N_("Visit"),
    "raised_at": N_("Raised"),
    "subject": N_("About"),
    "role": N_("Role"),
    "superior": N_("Superior"),
    "since": N_("Since"),
    "left_at": N_("Left"),
    "name": N_("Name"),
    "head": N_("Head"),
    "categories": N_("Answers for"),
    "code": N_("Building"),
    "assistant": N_("Area assistant"),
    "text": N_("Text"),
    "place": N_("Place"),
    "against": N_("Complained of"),
    "demand": N_("Demand"),
    "unit": N_("Home"),
    "phone": N_("Phone"),
    "answer": N_("Answer"),
    "result": N_("How it was solved"),
    "cause": N_("What caused it"),
    "analysis": N_("What was learnt"),
    "notes": N_("Notes and opinions"),
}
"""The headings; a column that has none holds codes that only programs read, and stands in raw files only."""

_OWN_LABELS: Mapping[tuple[str, str], str] = {
    ("complaint", "closed_at"): N_("Closed at"),
    ("finding", "closed_at"): N_("Closed at"),
    **dict.fromkeys((("inspection", "number"), ("visit", "number")), N_("Reference")),
    **dict.fromkeys((("inspection", "kind"), ("visit", "kind"), ("matter", "kind")), N_("Sort")),
    ("staff", "since"): N_("First day"),
    **dict.fromkeys((("complaint", "name"), ("staff", "name")), N_("Full name")),
}
"""What a column is called in one table only."""

_WORDS = frozenset(
    ("stage", "channel", "category", "responsibility", "class", "validity", "urgency", "severity", "outcome")
)
_FLAGS = frozenset(("repeat", "nameless", "imported", "provisional", "parameter"))
_DUE = frozenset(("due_at", "planned_at", "left_at"))
_KINDS = {"inspection": "inspection-kind", "visit": "visit-kind"}


def files(table: str, names: Iterable[str], moments: Iterable[str], labels: Labels) -> tuple[Column, ...]:
    """Return the columns of a table's file, those that hold words only programs read marked as such."""
    return tuple(_column(table, name, name in moments, labels) for name in names)


def _column(table: str, name: str, moment: bool, labels: Labels) -> Column:
    label = _OWN_LABELS.get((table, name)) or _LABELS.get(name, "")
    if moment:
        return Column(name, label, "due" if name in _DUE else "moment")
    if name in _FLAGS:
        return Column(name, label, "flag")
    if name in _WORDS:
        return Column(name, label, "word", name)
    show = _shown(table, name, labels)
    return Column(name, label, human=bool(label), show=show)


def _shown(table: str, name: str, labels: Labels) -> Any:
    """Give what says a value that needs more than a word of its own; None where it is said as it stands."""
    if name in ("duty", "role"):
        return lambda row: labels.duty(row[name])
    if name == "time_limit":
        return lambda row: limit_words(row[name])
    if name == "rung":
        return lambda row: labels.rung(row[name]) if row[name] is not None else ""
    if name == "step":
        return lambda row: labels.step(row[name]) if table != "duty" else _owed(row[name])
    if name == "subject":
        return lambda row: word("subject", row[name])
    if name == "categories":
        return lambda row: "、".join(word("category", one) for one in (row[name] or "").split(",") if one)
    if name == "kind":
        return lambda row: _kind(table, row[name])
    if name in ("decision", "part"):
        return lambda row: gettext({**DECISIONS, **PART_WORDS}.get(row[name], row[name])) if row[name] else ""
    if name == "dispute":
        return lambda row: gettext(ROUTES.get(row[name], row[name])) if row[name] else ""
    return None


def _owed(step: str) -> str:
    """Say what an inspection or a visit left to be done."""
    said = word("step", step)
    return word("entry", step) if said == step else said


def _kind(table: str, code: str) -> str:
    if table == "matter":
        return gettext(N_("matter raised") if code == "raised" else N_("question asked"))
    return word(_KINDS.get(table, "kind"), code)


def csv_blocks(
    columns: Iterable[Column], rows: Iterable[Mapping[str, Any]], zone: ZoneInfo, *, raw: bool
) -> Iterator[str]:
    """Give a table's file in blocks of text: words under headings, or with `raw` values under keys."""
    if raw:
        kept = tuple(columns)
        return blocks([one.key for one in kept], ([value(one, row, zone) for one in kept] for row in rows), raw=True)
    shown = tuple(one for one in columns if one.human and one.label)
    return blocks([gettext(one.label) for one in shown], ([_cell(one, row, zone) for one in shown] for row in rows))


def _cell(column: Column, row: Mapping[str, Any], zone: ZoneInfo) -> object:
    """Give a cell for people; free text keeps its line breaks and numbers stay numbers."""
    told = row[column.key]
    if column.show is None and column.kind == "text":
        return told if isinstance(told, str) else "" if told is None else told
    return cell(column, row, zone)
