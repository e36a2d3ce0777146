"""The first line of a listing's CSV in Chinese, for people. English and `--raw` have the stable keys instead."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from complaintctl.language import N_, gettext


class Headed(Protocol):
    """What a column has to say about its heading."""

    @property
    def key(self) -> str:
        """The stable key."""

    @property
    def label(self) -> str:
        """The heading that people see, or nothing where only CSV has the column."""

    @property
    def kind(self) -> str:
        """What kind of value it holds."""


_ONLY_IN_CSV: Mapping[str, str] = {
    "id": N_("ID"),
    "number": N_("Number"),
    "kind": N_("Kind"),
    "category": N_("Category"),
    "responsibility": N_("Responsibility"),
    "class": N_("Cause class"),
    "severity": N_("Severity"),
    "validity": N_("Validity"),
    "urgency": N_("Urgency"),
    "collective": N_("Collective complaint"),
    "repeat": N_("Repeat"),
    "channel": N_("Channel"),
    "building": N_("Building"),
    "department": N_("Department"),
    "households": N_("Households"),
    "event": N_("Event"),
    "stage": N_("Stage"),
    "round": N_("Round"),
    "outcome": N_("Outcome"),
    "step": N_("Step"),
    "steps": N_("Steps on the way"),
    "rung": N_("Rung"),
    "rung_name": N_("Name of the rung"),
    "next_step_rung": N_("Rung of the next step"),
    "next_provisional": N_("Next step provisional"),
    "ground": N_("Ground of the referral"),
    "subject": N_("About"),
    "item": N_("No."),
    "n": N_("No."),
    "clock": N_("Limit's code"),
    "clause": N_("Clause"),
    "pack": N_("Procedure"),
    "role": N_("Role"),
    "state": N_("State"),
    "late": N_("Is it late"),
    "provisional": N_("Provisional"),
    "due_at": N_("Due"),
    "due_in_seconds": N_("Left until due (seconds)"),
    "late_by_seconds": N_("Late by (seconds)"),
    "silent_seconds": N_("No answer for (seconds)"),
    "waiting_seconds": N_("Waiting for (seconds)"),
    "seconds": N_("Took (seconds)"),
    "simulated_due_at": N_("Due under the other procedure"),
    "simulated_state": N_("State under the other procedure"),
    "met_at": N_("Met"),
    "at": N_("When"),
    "since": N_("Since"),
    "received_at": N_("Received"),
    "resolved_at": N_("Resolved"),
    "notified_at": N_("Result told"),
    "closed_at": N_("Closed at"),
    "silent_since": N_("No answer since"),
    "answered_at": N_("Answered at"),
    "taken_at": N_("Action taken at"),
    "told_at": N_("Director told at"),
    "decided_at": N_("Decided at"),
    "published_at": N_("Published at"),
    "found_at": N_("Found"),
    "rectified_at": N_("Put right"),
    "checked_at": N_("Checked again"),
    "planned_on": N_("Planned for"),
    "dropped_at": N_("Given up"),
    "inspection": N_("Inspection"),
    "place": N_("Place"),
    "open": N_("Open"),
    "sent": N_("Sheets handed out"),
    "returned": N_("Sheets returned"),
    "satisfied": N_("Satisfied"),
    "complaints": N_("Complaints linked"),
    "superior": N_("Superior's ID"),
    "head": N_("Head's ID"),
    "assistant": N_("Area assistant's ID"),
    "line": N_("Line of the file"),
    "fate": N_("What becomes of the row"),
    "code": N_("Code of the reason"),
    "reason": N_("Why so"),
    "month": N_("Month of the report"),
    "section": N_("Part of the report"),
    "key": N_("Code of the figure"),
    "label": N_("Figure's name"),
    "value": N_("Value"),
    "shown": N_("In words"),
    "unit": N_("Counted in"),
    "numerator": N_("Numerator of the share"),
    "denominator": N_("Denominator of the share"),
    "left_out": N_("Number left out"),
    "target": N_("Target of the share"),
    "met": N_("Target met"),
    "previous": N_("Month before"),
    "last_year": N_("Same month last year"),
}
"""What columns that no table shows are called; spans of time say that CSV counts them in seconds."""

_IN_THE_MONTH: Mapping[str, str] = {"item": N_("Of what")}


def line(columns: Sequence[Headed]) -> list[str]:
    """Give the first line of a listing in the words of the language set."""
    return [_said(column) for column in columns]


def of_the_month(keys: Sequence[str]) -> list[str]:
    """Give the first line of the month's figures in the words of the language set."""
    return [gettext(_IN_THE_MONTH.get(key) or _ONLY_IN_CSV[key]) for key in keys]


def _said(column: Headed) -> str:
    if column.label and column.kind != "duration":
        return gettext(column.label)
    return gettext(_ONLY_IN_CSV.get(column.key, column.label or column.key))
