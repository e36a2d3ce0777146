"""The month's report for scripts and spreadsheets: the JSON data, and the rows of the CSV with their stable columns.

docs/figures.md names every key and column. Codes stay English; only labels and words for people change with the
language. The same report always gives the same bytes.
"""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext, pick
from complaintctl.output import monthwords as words
from complaintctl.output.labels import Labels
from complaintctl.output.moments import due, iso, iso_or_none, local
from complaintctl.reports.breakdown import Slice
from complaintctl.reports.figure import Figure
from complaintctl.reports.month import MonthReport, Reckoned
from complaintctl.reports.target import Target, share

COLUMNS = (
    *("month", "section", "key", "item", "label", "value", "shown", "unit", "numerator", "denominator"),
    *("left_out", "target", "met", "previous", "last_year", "clause"),
)
"""The columns of the CSV, in this order for good; a new one may only come at the end."""

Cells = dict[str, object]


# ---- JSON


def as_json(report: MonthReport, labels: Labels, zone: ZoneInfo) -> dict[str, Any]:
    """The report as JSON `data`; shares are quotients from 0 to 1, times are seconds."""
    return {
        "month": report.span.name,
        "from": iso(report.span.start, zone),
        "to": iso(report.span.end, zone),
        "as_of": iso(report.as_of, zone),
        "preliminary": report.preliminary,
        "restated": report.restated,
        "due": iso_or_none(report.due, zone),
        "procedure": report.procedure,
        "site": report.site,
        "households": {
            "value": report.households.value,
            "source": report.households.source,
            "buildings": report.households.together,
        },
        "figures": [_figure(one, labels) for one in report.figures],
        "breakdowns": {facet: [_slice(facet, one) for one in found] for facet, found in report.breakdowns.items()},
        "weaknesses": {
            facet: [{**_slice(facet, one), "growth": one.growth} for one in found]
            for facet, found in report.weaknesses.items()
        },
        "cases": [{"id": one.id, "number": one.number, "why": list(one.why)} for one in report.cases],
        "gaps": [
            {
                "subject": one.occasion.subject,
                "occasion": one.occasion.name,
                "label": pick(one.occasion.title),
                "period": one.period.name,
                "area": one.area,
                "due_at": iso(one.period.end, zone),
                "clause": one.occasion.clause,
            }
            for one in report.gaps
        ],
        "anchor": {"seq": report.anchor[0], "hash": report.anchor[1]},
    }


def _figure(one: Reckoned, labels: Labels) -> dict[str, Any]:
    figure, tally = one.figure, one.tally
    return {
        "key": figure.key,
        "label": words.label(figure, labels),
        "value": tally.value,
        "unit": figure.unit,
        "numerator": tally.numerator,
        "denominator": tally.denominator,
        "left_out": tally.left_out,
        "apart": dict(tally.apart),
        "target": None if one.target is None else _target(one.target),
        "met": one.met,
        "previous": one.previous,
        "last_year": one.last_year,
        "clause": figure.clause,
    }


def _target(target: Target) -> dict[str, Any]:
    return {
        "at_least": None if target.at_least is None else share(target.at_least),
        "at_most": None if target.at_most is None else share(target.at_most),
        "clause": target.clause,
    }


def _slice(facet: str, one: Slice) -> dict[str, Any]:
    return {
        "value": one.value,
        "label": words.slice_name(facet, one),
        "received": one.received,
        "previous": one.previous,
        "last_year": one.last_year,
        "timely": {"numerator": one.in_time, "denominator": one.judged},
        **({} if one.valid is None else {"valid": {"numerator": one.valid, "denominator": one.households}}),
    }


# ---- CSV


def csv_rows(report: MonthReport, labels: Labels, zone: ZoneInfo) -> Iterator[list[object]]:
    """The rows of the CSV below the heading: the report, the figures, what they leave out, the rest, the anchor."""
    for section, rows in (
        ("report", _report_rows(report, zone)),
        ("figure", (_figure_row(one, labels) for one in report.figures)),
        ("apart", (row for one in report.figures for row in _apart_rows(one))),
        ("breakdown", (_slice_row(f, one) for f, found in report.breakdowns.items() for one in found)),
        ("building", (_rate_row(one) for one in report.breakdowns["building"] if one.households)),
        ("weakness", (_slice_row(f, one) for f, found in report.weaknesses.items() for one in found)),
        ("case", _case_rows(report)),
        ("gap", _gap_rows(report, zone)),
        ("anchor", _anchor_rows(report)),
    ):
        for row in rows:
            cells: Cells = {"month": report.span.name, "section": section, **row}
            yield [cells.get(column) for column in COLUMNS]


def _report_rows(report: MonthReport, zone: ZoneInfo) -> Iterator[Cells]:
    for key, text, moment, words_of in (
        ("from", N_("month begins"), report.span.start, local),
        ("to", N_("month ends"), report.span.end, due),
        ("as-of", N_("as of"), report.as_of, local),
        ("due", N_("report due"), report.due, due),
    ):
        told: Cells = {} if moment is None else {"value": iso(moment, zone), "shown": words_of(moment, zone)}
        clause = report.due_clause if key == "due" else None
        yield {"key": key, "label": gettext(text), "unit": "moment", "clause": clause, **told}
    for key, text, flag in (
        ("preliminary", N_("preliminary"), report.preliminary),
        ("restated", N_("restated"), report.restated),
    ):
        said = gettext(N_("yes")) if flag else gettext(N_("no"))
        yield {"key": key, "label": gettext(text), "value": flag, "shown": said, "unit": "flag"}
    yield {"key": "procedure", "label": gettext(N_("procedure")), "value": report.procedure, "unit": "text"}
    yield {"key": "site", "label": gettext(N_("site")), "value": report.site, "unit": "text"}
    homes = report.households
    if homes.together is not None:
        label = gettext(N_("households of the buildings together"))
        yield {"key": "households", "item": homes.source, "label": label, "value": homes.together, "unit": "count"}


def _figure_row(one: Reckoned, labels: Labels) -> Cells:
    figure, tally = one.figure, one.tally
    return {
        "key": figure.key,
        "label": words.label(figure, labels),
        "value": _exact(figure, tally.value),
        "shown": "" if tally.value is None else words.shown_against(one),
        "unit": figure.unit,
        "numerator": tally.numerator,
        "denominator": tally.denominator,
        "left_out": tally.left_out,
        "target": None if one.target is None else " ".join(words.target_words(one.target)),
        "met": one.met,
        "previous": _exact(figure, one.previous),
        "last_year": _exact(figure, one.last_year),
        "clause": figure.clause,
    }


def _exact(figure: Figure, value: float | int | None) -> object:
    """A share with four places, so that it is the same text everywhere; everything else is a whole number."""
    return f"{value:.4f}" if value is not None and figure.unit == "share" else value


def _apart_rows(one: Reckoned) -> Iterator[Cells]:
    for reason, count in one.tally.apart.items():
        text = gettext(words.REASONS[reason])
        yield {"key": one.figure.key, "item": reason, "label": text, "value": count, "unit": "count"}


def _slice_row(facet: str, one: Slice) -> Cells:
    return {
        "key": facet,
        "item": one.value,
        "label": words.slice_name(facet, one),
        "value": one.received,
        "unit": "count",
        "numerator": one.in_time,
        "denominator": one.judged,
        "previous": one.previous,
        "last_year": one.last_year,
    }


def _rate_row(one: Slice) -> Cells:
    """A building's rate of valid complaints."""
    value = (one.valid or 0) / (one.households or 1)
    return {
        "key": "valid-complaint-rate",
        "item": one.value,
        "label": words.slice_name("building", one),
        "value": f"{value:.4f}",
        "shown": words.share(value),
        "unit": "share",
        "numerator": one.valid,
        "denominator": one.households,
    }


def _case_rows(report: MonthReport) -> Iterator[Cells]:
    for one in report.cases:
        why = gettext(N_(", ")).join(gettext(words.WHY[reason]) for reason in one.why)
        yield {"key": "worth-a-study", "item": one.number, "label": why, "value": one.id, "unit": "id"}


def _gap_rows(report: MonthReport, zone: ZoneInfo) -> Iterator[Cells]:
    for one in report.gaps:
        period = " ".join(part for part in (one.period.name, one.area) if part)
        told = {"key": one.occasion.step, "item": period, "label": pick(one.occasion.title)}
        moment = {"value": iso(one.period.end, zone), "shown": due(one.period.end, zone), "unit": "moment"}
        yield {**told, **moment, "clause": one.occasion.clause}


def _anchor_rows(report: MonthReport) -> Iterator[Cells]:
    yield {"key": "seq", "label": gettext(N_("last entry")), "value": report.anchor[0], "unit": "count"}
    yield {"key": "hash", "label": gettext(N_("its hash")), "value": report.anchor[1], "unit": "text"}
