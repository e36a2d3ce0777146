"""What `list` and `search` share: the values they are narrowed to, their pages and their columns."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.cli import answer, common
from complaintctl.cli.commands._looking import due_with_mark, fitting
from complaintctl.errors import BadValue
from complaintctl.language import N_, Words
from complaintctl.output.labels import Labels
from complaintctl.output.listing import Column
from complaintctl.output.moments import iso
from complaintctl.reports.listing import Page
from complaintctl.reports.view import View

STAGES = ("open", "resolved", "notified", "closed")
#: Rows of one page at most; CSV of more is taken month by month.
MOST = 100_000


def pages(limit: str, offset: str) -> tuple[int, int]:
    """Read the rows of a page and the rows before it.

    Raises:
        BadValue.
    """
    rows = common.whole(limit, "--limit", least=1, most=MOST)
    skipped = common.whole(offset, "--offset", most=10**9)
    return rows or 1, skipped or 0


NARROWED = (
    *("stage", "kind", "category", "severity", "class_", "validity", "urgency"),
    *("department", "building", "channel"),
)
"""What a listing may be narrowed to, by the fields of the ledger's filter."""


def checked(values: Mapping[str, str | None]) -> dict[str, Any]:
    """Check what a listing is narrowed to; what was not given is left out.

    Raises:
        BadValue: a code that is not in its list.
        BadText: a name that is no text.
    """
    from complaintctl.rules import facts

    choices: dict[str, tuple[str, ...]] = {
        "stage": STAGES,
        "kind": facts.KINDS,
        "category": facts.CATEGORIES,
        "severity": facts.SEVERITIES,
        "class_": facts.CLASSES,
        "validity": facts.VALIDITIES,
        "urgency": facts.URGENCIES,
        "channel": facts.CHANNELS,
    }
    given = {name: value for name, value in values.items() if value is not None}
    for name, value in given.items():
        if name in choices:
            common.one_of(value, f"--{name.rstrip('_')}", choices[name])
        else:
            common.check_characters(value, f"--{name}")
    return dict(given)


def month_of(view: View, typed: str) -> dict[str, int]:
    """Give the filter for what was received in a month of the site, `2026-11`.

    Raises:
        BadMonth.
    """
    from complaintctl.reading.moments import read_month
    from complaintctl.reports.view import month_span

    start, end = month_span(*read_month(typed), view.zone, view.site.get("cut_off"))
    return {"received_from": start, "received_before": end}


def places(view: View, building: str | None, area: str | None) -> dict[str, Any]:
    """Give the filter for a building, by its code or its registered name, and for the buildings of an area.

    Raises:
        BadValue: nobody has named such an area; BadText.
    """
    from complaintctl.ledger.people import areas
    from complaintctl.reports.places import code_of, codes_of_area

    found: dict[str, Any] = {}
    if building is not None:
        found["building"] = code_of(view.query, building)
    if area is not None:
        common.check_characters(area, "--area")
        found["buildings"] = codes_of_area(view.query, area)
        if found["buildings"] is None:
            expected = areas(view.query) or Words(N_("an area; complaintctl place add registers buildings with theirs"))
            raise BadValue(field="--area", text=area, expected=expected)
    return found


LISTED_FITS = {"stage": 90, "number": 100, "department": 112}
"""From which width on a table of complaints has these columns."""
FOUND_FITS = {
    **dict.fromkeys(("number", "severity", "stage"), 110),
    "department": 130,
    "next_due_at": 150,
    "next_step": 150,
}
"""The same for a table of what was found, which needs the room for the place where it stands."""


def columns(labels: Labels, zone: ZoneInfo, *more: Column) -> tuple[Column, ...]:
    """Give the columns of complaints, with `more` at the end of what people see."""
    shown = (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number"), "number"),
        Column("received_at", N_("Received"), "moment"),
        Column("kind", human=False),
        Column("category", N_("Category"), "word", "category"),
        Column("severity", N_("Severity"), "word", "severity"),
        Column("stage", N_("Stage"), "word", "stage"),
        Column("department", N_("Department")),
        Column("next_due_at", N_("Due next"), "due", show=due_with_mark("next_due_at", "next_provisional", zone)),
        Column("next_step", N_("Step"), show=lambda row: labels.step(row["next_step"], row["next_step_rung"])),
        *more,
    )
    scripts = ("class", "validity", "urgency", "collective", "repeat", "channel", "responsibility", "building")
    rest = (
        *scripts,
        "round",
        "outcome",
        "households",
        "event",
        "next_step_rung",
        "next_provisional",
        "late_by_seconds",
    )
    moments = ("resolved_at", "notified_at", "closed_at")
    return (
        *shown,
        *(Column(key, human=False) for key in rest),
        *(Column(key, kind="moment", human=False) for key in moments),
    )


def give(form: str, view: View, found: Page, *, offset: int, raw: bool, extra: tuple[Column, ...] = ()) -> None:
    """Answer with a page of complaints, and say beside it whether there is more."""
    more = {
        "total": found.total,
        "more": found.more,
        "offset": offset,
        "as_of": iso(view.now, view.zone),
    }
    shown = fitting(form, columns(Labels(view.procedure), view.zone, *extra), FOUND_FITS if extra else LISTED_FITS)
    answer.give_listing(form, shown, found.rows, view.zone, raw=raw, more=more)
    if form != "json" and found.more:
        last = offset + len(found.rows)
        if found.total is None:
            answer.tell(N_("Rows {first} to {last}; --offset {last} shows what follows."), first=offset + 1, last=last)
        else:
            text = N_("Rows {first} to {last} of {total}; --offset {last} shows what follows.")
            answer.tell(text, first=offset + 1, last=last, total=found.total)
