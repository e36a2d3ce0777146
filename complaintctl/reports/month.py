"""The report of a month: every figure with its comparison and target, broken down, with what grew and what to study.

The report knows moments and codes only; `output.month` makes words of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import FutureMoment
from complaintctl.language import N_, Words
from complaintctl.ledger import monthly
from complaintctl.ledger.query import Queries
from complaintctl.reports import figures
from complaintctl.reports.breakdown import Slice, breakdowns, grown
from complaintctl.reports.figure import Figure, Tally, matching, reckon
from complaintctl.reports.figures import LATER
from complaintctl.reports.gather import Gathered
from complaintctl.reports.occasions import Owed
from complaintctl.reports.places import NOBODY, Households, households
from complaintctl.reports.span import Span, current, month_before, named, year_before
from complaintctl.reports.target import Target, joined, met, targets_of
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import Moment, instant, shown
from complaintctl.rules.period import BY_DAY, parse_limit
from complaintctl.rules.period import reckon as reckon_limit


class Reckoned(NamedTuple):
    """A figure of this month. `met` is None without a target; `previous` and `last_year` None without records.

    The few later rounds of a month are not compared.
    """

    figure: Figure
    tally: Tally
    target: Target | None
    met: bool | None
    previous: float | int | None
    last_year: float | int | None


class Case(NamedTuple):
    """A complaint worth a study, and why: major, collective, reopened."""

    id: int
    number: str
    why: tuple[str, ...]


class MonthReport(NamedTuple):
    """A month as it stands at `as_of`. Moments in seconds since 1970 UTC; `end` is the 24:00 of the last day.

    `preliminary`: the month has not ended; `restated`: it has, but limits of its complaints still run.
    `gaps` are the periods that ended in the month without the inspection or visit that they owed.
    `anchor` is (seq, hash) of the ledger's last entry; `households` says by how many the rates divide, and why.
    """

    span: Span
    as_of: Moment
    preliminary: bool
    restated: bool
    due: Moment | None
    due_clause: str
    procedure: str
    site: str | None
    figures: tuple[Reckoned, ...]
    breakdowns: Mapping[str, Sequence[Slice]]
    weaknesses: Mapping[str, Sequence[Slice]]
    cases: Sequence[Case]
    gaps: Sequence[Owed]
    anchor: tuple[int, str]
    households: Households = NOBODY

    def figure(self, key: str) -> Reckoned:
        """The figure of a key; KeyError if there is none."""
        for one in self.figures:
            if one.figure.key == key:
                return one
        raise KeyError(key)


def month_span(text: str | None, zone: ZoneInfo, now: Moment, site: Mapping[str, Any]) -> Span:
    """The month called `2026-11` (None: the one that `now` lies in), with the site's cut-off day.

    Raises BadMonth, and FutureMoment for a month that has not begun.
    """
    cut_off = site.get("cut_off")
    if text is None:
        return current(now, zone, cut_off)
    month = named(text, zone, cut_off)
    if month.start > now:
        field = Words(N_("The month"))
        raise FutureMoment(field=field, moment=month.name, now=shown(now, zone, due=False))
    return month


def month_report(
    query: Queries,
    procedure: Mapping[str, Any],
    site: Mapping[str, Any],
    zone: ZoneInfo,
    now: Moment,
    month: Span,
    anchor: tuple[int, str],
) -> MonthReport:
    """The report of a month as the ledger behind `query` knows it at `now`.

    `procedure` is the snapshot in force, for its targets; `site` the settings (households, cut_off, name).
    """
    cut_off = site.get("cut_off")
    first = monthly.first_receipt(query)
    before, year_ago = (
        Gathered(query, span, now, compared=True) if first is not None and first < span.end else None
        for span in (month_before(month, zone, cut_off), year_before(month, zone, cut_off))
    )
    this = Gathered(query, month, now, before=before)
    targets = targets_of(procedure["targets"])
    homes = households(query, site)
    site = {**site, "households": homes.value}
    by_facet = breakdowns(this, before, year_ago, homes)
    return MonthReport(
        span=month,
        as_of=now,
        preliminary=now < month.end,
        restated=now >= month.end and monthly.clocks_run(query, month.start, month.end, now),
        due=_due(procedure, month, zone, query),
        due_clause=procedure["report"]["clause"] if procedure["report"] else "",
        procedure=procedure["id"],
        site=site.get("name"),
        figures=tuple(_reckoned(figure, this, before, year_ago, site, targets) for figure in figures.FIGURES),
        breakdowns=by_facet,
        weaknesses={name: grown(by_facet[name]) for name in figures.WEAK_FACETS},
        cases=list(_cases(this)),
        gaps=[one for one in this.owed if not one.held],
        anchor=anchor,
        households=homes,
    )


def _due(procedure: Mapping[str, Any], month: Span, zone: ZoneInfo, query: Queries) -> Moment | None:
    """When the report is due: `by day N` of the month itself, any other limit counted from the month's end."""
    report = procedure["report"]
    if report is None:
        return None
    wording: str = report["due"]
    limit = parse_limit(procedure["params"][wording[1:]]["value"] if wording.startswith("$") else wording)
    if limit.unit == BY_DAY:
        return reckon_limit(limit, instant(date(month.year, month.month, 1), 0, zone), Calendar(zone.key)).at
    adopted = query.adoption_at("calendar", month.end)
    calendar = Calendar.from_snapshot(json.loads(adopted.snapshot)) if adopted else Calendar(zone.key)
    return reckon_limit(limit, month.end, calendar, from_due=True).at


def _reckoned(
    figure: Figure,
    this: Gathered,
    before: Gathered | None,
    year_ago: Gathered | None,
    site: Mapping[str, Any],
    targets: Mapping[str, Iterable[Target]],
) -> Reckoned:
    tally = reckon(figure, this.sheet(figure.rows), site)
    earlier, last_year = (
        reckon(figure, month.sheet(figure.rows), site).value if month is not None and figure.rows != LATER else None
        for month in (before, year_ago)
    )
    target = joined(targets.get(figure.key, ()))
    return Reckoned(figure, tally, target, met(target, tally), earlier, last_year)


# ---- what to look at more closely

_WORTH_A_STUDY = figures.find("worth-a-study")
_WHY = ("major", "collective", "reopened")


def _cases(month: Gathered) -> Iterator[Case]:
    """The complaints worth a study, oldest first, each with every reason."""
    assert _WORTH_A_STUDY is not None
    sorts = month.sorts
    candidates = matching(sorts.cells, _WORTH_A_STUDY.of, sorts.columns)
    those = [{cell[-2] for cell in matching(candidates, one, sorts.columns)} for one in _WORTH_A_STUDY.hit]
    why = {
        sort: tuple(name for name, found in zip(_WHY, those, strict=True) if sort in found)
        for sort in set().union(*those)
    }
    found = [(one, why[sort]) for one, sort in zip(month.columns["id"], month.sort_of, strict=True) if sort in why]
    numbers = monthly.numbers(month.query, [one for one, _ in found])
    for complaint, reasons in found:
        yield Case(complaint, numbers[complaint], reasons)
