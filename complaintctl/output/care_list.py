"""Columns of the listings of what others must solve, of cases and of corrective actions that wait."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext, say
from complaintctl.output import masks
from complaintctl.output.labels import Labels
from complaintctl.output.listing import Column
from complaintctl.output.moments import due, duration

ASSIST_FITS = {"number": 100, "last_word_at": 116}
STUDY_FITS = {"department": 100, "number": 90}
CORRECTIVE_FITS = {"severity": 90, "number": 100, "category": 110}
"""From which width on a table of each has these columns."""


def assist_columns(zone: ZoneInfo) -> tuple[Column, ...]:
    """Give the columns of what others must solve; JSON and CSV have all of them in this order."""

    def whom(row: Mapping[str, Any]) -> str:
        if row["passed_on_at"] is None:
            return gettext(N_("not passed on yet"))
        return row["to"] or gettext(N_("(to whom is not said)"))

    def silent(row: Mapping[str, Any]) -> str:
        if row["silent_seconds"] is not None:
            return duration(row["silent_seconds"])
        return gettext(N_("answered")) if row["answered_at"] is not None else ""

    def next_word(row: Mapping[str, Any]) -> str:
        if row["next_word_due"] is None:
            return ""
        text = due(row["next_word_due"], zone)
        return gettext(N_("{due} (provisional)")).format(due=text) if row["provisional"] else text

    shown = (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number"), "number"),
        Column("to", N_("Passed to"), show=whom),
        Column("passed_on_at", N_("Passed on"), "moment"),
        Column("silent_seconds", N_("No answer for"), "duration", show=silent),
        Column("last_word_at", N_("Last word"), "moment"),
        Column("next_word_due", N_("Next word by"), "due", show=next_word),
        Column("late_by_seconds", N_("Late by"), "duration", style="red"),
    )
    moments = ("silent_since", "answered_at", "received_at")
    codes = ("responsibility", "category", "department", "building", "provisional")
    return (
        *shown,
        *(Column(key, kind="moment", human=False) for key in moments),
        *(Column(key, human=False) for key in codes),
    )


def masked(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give rows as anyone may see them: recipients in one line, without what names the complainant."""
    return [
        {**row, "to": say([masks.words(one, row["private"], row["building"]) for one in row["to"]]) or None}
        for row in rows
    ]


def study_columns() -> tuple[Column, ...]:
    """Give the columns of the cases that wait; JSON and CSV have all of them in this order."""
    return (
        *_of_complaint(),
        Column("resolved_at", N_("Resolved"), "moment"),
        Column("outcome", N_("Outcome"), "word", "outcome"),
        Column("department", N_("Department")),
        *(Column(key, human=False) for key in ("building", "round")),
        Column("since", kind="moment", human=False),
    )


def owed_columns() -> tuple[Column, ...]:
    """Give the columns of the complaints that ask for a corrective action and have none."""
    return (
        *_of_complaint(),
        Column("since", N_("Owed since"), "moment"),
        Column("department", N_("Department")),
        *(Column(key, human=False) for key in ("building", "round", "outcome")),
        Column("resolved_at", kind="moment", human=False),
    )


def _of_complaint() -> tuple[Column, ...]:
    return (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number"), "number"),
        Column("received_at", N_("Received"), "moment"),
        Column("category", N_("Category"), "word", "category"),
        Column("severity", N_("Severity"), "word", "severity"),
    )


def corrective_columns(labels: Labels, zone: ZoneInfo) -> tuple[Column, ...]:
    """Give the columns of corrective actions that wait to be checked; JSON and CSV have all in this order."""
    return (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number"), "number"),
        Column("action", N_("Action"), "number"),
        Column("duty_of", N_("Who"), show=lambda row: labels.duty(row["duty_of"])),
        Column("due_at", N_("Check by"), "due"),
        Column("late_by_seconds", N_("Late by"), "duration", style="red"),
        Column("severity", N_("Severity"), "word", "severity"),
        Column("category", N_("Category"), "word", "category"),
        Column("taken_at", kind="moment", human=False),
        *(Column(key, human=False) for key in ("clause", "department", "building", "stage")),
    )
