"""The month's report as people read it, at 80 columns: how many, how fast, how well, of what, and what grew."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext, pick
from complaintctl.output import monthwords as words
from complaintctl.output.labels import Labels
from complaintctl.output.layout import Text, laid
from complaintctl.output.moments import due, local
from complaintctl.output.text import pad, safe, width
from complaintctl.reports.breakdown import Slice
from complaintctl.reports.month import MonthReport, Reckoned
from complaintctl.reports.occasions import Owed
from complaintctl.reports.places import BUILDINGS

Line = tuple[str, str]

_FLOW = ("open-start", "received", "resolved", "closed", "reopened", "reopened-after-closing", "chased", "open-end")
_RATES = (
    *("dispatched-on-time", "contacted-on-time", "timely-rate", "notified-on-time", "revisit-rate", "satisfaction"),
    *("revisit-handling-rate", "valid-complaint-rate", "promises-kept"),
)
_LATER = (
    *("later-dispatched-on-time", "later-contacted-on-time", "later-timely-rate", "later-notified-on-time"),
    "later-satisfaction",
)
_TIMES = tuple(f"time-to-{step}-{which}" for step in ("dispatch", "contact", "resolve") for which in ("median", "p90"))
_EVENTS = (
    *("became-major", "collective", "collective-events", "repeat-units", "extensions", "wrong-from-the-start"),
    *("escalations", *(f"escalations-{rung}" for rung in range(1, 6)), "case-studies", "trainings"),
)
_BESIDE_COUNTS = ("inspections", "findings", "visits")
_BESIDE_RATES = (
    *("inspections-owed-held", "findings-in-time", "visits-owed-held", "visit-handling-rate"),
    "questionnaire-satisfaction",
)
_AGES = ("open-up-to-1-day", "open-up-to-3-days", "open-up-to-7-days", "open-up-to-30-days", "open-over-30-days")

_NAME, _WIDTHS = 33, (11, 10, 11, 11)
"""Widths of the columns: the figure's name; the value, what it is of, the month before, a year ago. 80 in all."""

_CASES_SHOWN = 8
_VALUES_SHOWN = 15
"""Values of a facet on a screen; every vocabulary of the procedures fits, a hundred buildings do not."""


def lines(report: MonthReport, labels: Labels, zone: ZoneInfo, columns: int | None) -> Iterator[Line]:
    """The report in lines with their styles; what runs on is folded at `columns` (None: nothing is)."""
    yield from laid(_head(report, zone), columns)
    yield from _table(report, labels, gettext(N_("How many")), _FLOW)
    yield from _items(gettext(N_("of them open for: ")), _ages(report), columns)
    yield from _table(report, labels, gettext(N_("In time and well")), _RATES, columns=columns)
    if any(report.figure(key).tally.denominator for key in _LATER):
        yield from _table(report, labels, gettext(N_("Later rounds, counted apart")), _LATER, columns=columns)
    yield from _table(report, labels, gettext(N_("Time taken")), _TIMES)
    told = [key for key in _EVENTS if _told(report.figure(key))]
    yield from _table(report, labels, gettext(N_("Also in this month")), told)
    counts = [key for key in _BESIDE_COUNTS if _told(report.figure(key))]
    yield from _table(report, labels, gettext(N_("Inspections and visits")), counts)
    rates = [key for key in _BESIDE_RATES if report.figure(key).tally.denominator]
    yield from _table(report, labels, gettext(N_("Held and dealt with")), rates, columns=columns)
    yield from _breakdowns(report, columns)
    yield from _lessons(report, columns)
    yield "", ""
    seq, digest = report.anchor
    yield gettext(N_("Ledger: entry {seq}, hash")).format(seq=seq), ""
    yield digest, ""


def _head(report: MonthReport, zone: ZoneInfo) -> Iterator[Text]:
    site = report.site or gettext(N_("Complaints"))
    yield Text(gettext(N_("{site}: report of {month}")).format(site=site, month=report.span.name), style="bold")
    first, last = local(report.span.start, zone), due(report.span.end, zone)
    text = gettext(N_("{first} to {last}, as of {now}"))
    yield Text(text.format(first=first, last=last, now=local(report.as_of, zone)))
    if report.preliminary:
        yield Text(gettext(N_("PRELIMINARY: the month has not ended.")), style="yellow")
    if report.restated:
        yield Text(gettext(N_("RESTATED: limits of its complaints still run.")), style="yellow")
    if report.due is not None:
        text = gettext(N_("Report due {due} ({clause}). Procedure: {procedure}."))
        yield Text(text.format(due=due(report.due, zone), clause=report.due_clause, procedure=report.procedure))
    yield from _households(report)


def _households(report: MonthReport) -> Iterator[Text]:
    """Say by how many households the rates divide where that does not stand in the site's settings, or differs."""
    homes = report.households
    if homes.source == BUILDINGS:
        text = gettext(N_("Households: {n}, those of the buildings together."))
        yield Text(text.format(n=homes.value))
    if homes.differs:
        text = gettext(N_("Households: the site has {n}, its buildings together {other}; the rates use {n}."))
        yield Text(text.format(n=homes.value, other=homes.together), style="yellow")


# ---- figures in columns


def _table(
    report: MonthReport, labels: Labels, title: str, keys: Sequence[str], columns: int | None = None
) -> Iterator[Line]:
    if not keys:
        return
    yield "", ""
    unit = report.figure(keys[0]).figure.unit
    of = {"share": gettext(N_("of all")), "seconds": gettext(N_("measured"))}.get(unit, "")
    headings = [gettext(N_("this month")), of, gettext(N_("prior month")), gettext(N_("a year ago"))]
    yield _row(title, headings), "bold"
    for key in keys:
        one = report.figure(key)
        yield _row("  " + words.label(one.figure, labels), list(_values(one))), "red" if one.met is False else ""
        yield from laid(_remarks(one), columns)


def _values(one: Reckoned) -> Iterator[str]:
    tally = one.tally
    yield words.shown_against(one)
    if one.figure.unit == "share":
        bottom = words.NOTHING if tally.denominator is None else tally.denominator
        yield f"{tally.numerator}/{bottom}"
    else:
        yield str(tally.denominator) if one.figure.unit == "seconds" else ""
    yield words.shown(one.figure, one.previous)
    yield words.shown(one.figure, one.last_year)


def _row(name: str, values: Sequence[str]) -> str:
    cells = [pad(name, _NAME)]
    for value, wide in zip(values, _WIDTHS, strict=True):
        cells.append(pad(value, wide, right=True))
    return " ".join(cells).rstrip()


def _remarks(one: Reckoned) -> Iterator[Text]:
    """Below a figure: its target, missed or met, and what its denominator leaves out."""
    if one.target is not None:
        sides = " ".join(words.target_words(one.target))
        if one.met is None:
            text, style = gettext(N_("target {target} ({clause})")), ""
        elif one.met:
            text, style = gettext(N_("target {target} ({clause}): met")), "green"
        else:
            text, style = gettext(N_("target {target} ({clause}): MISSED")), "red"
        yield Text(text.format(target=sides, clause=one.target.clause), "    ", style)
    apart = words.apart(one.tally) if one.figure.unit == "share" else ""
    if apart:
        yield Text(gettext(N_("not in it: {apart}")).format(apart=apart), "    ", "dim")


def _told(one: Reckoned) -> bool:
    return bool(one.tally.value or one.previous or one.last_year)


def _ages(report: MonthReport) -> list[str]:
    bands = (
        N_("up to 1 day {n}"),
        N_("to 3 days {n}"),
        N_("to 7 days {n}"),
        N_("to 30 days {n}"),
        N_("longer {n}"),
    )
    counts = [report.figure(key).tally.value for key in _AGES]
    return [gettext(text).format(n=n) for text, n in zip(bands, counts, strict=True)]


# ---- what runs on


def _breakdowns(report: MonthReport, columns: int | None) -> Iterator[Line]:
    found = {facet: slices for facet, slices in report.breakdowns.items() if any(one.value for one in slices)}
    if not found:
        return
    yield "", ""
    yield gettext(N_("Received (in brackets: the month before), by")), "bold"
    for facet, slices in found.items():
        items = [_slice(facet, one) for one in slices]
        left = len(items) - _VALUES_SHOWN
        if columns is not None and left > 1:
            items[_VALUES_SHOWN:] = [gettext(N_("{left} more")).format(left=left)]
        yield from _items(_name(words.FACETS[facet]), items, columns)
        rates = [_rate(one) for one in slices if one.households]
        if rates:
            if columns is not None and len(rates) > _VALUES_SHOWN + 1:
                rates[_VALUES_SHOWN:] = [gettext(N_("{left} more")).format(left=len(rates) - _VALUES_SHOWN)]
            yield from _items(_name(N_("valid rate")), rates, columns)


def _name(text: str) -> str:
    return pad("  " + gettext(text), 15)


def _items(head: str, items: Sequence[str], columns: int | None) -> Iterator[Line]:
    """Several items after each other, none of them broken; on further lines below the first."""
    line, begun, blank = head, False, " " * width(head)
    for number, item in enumerate(map(safe, items), 1):
        piece = item if number == len(items) else item + gettext(N_(", "))
        if begun and columns is not None and width(line + piece.rstrip()) > columns:
            yield line.rstrip(), ""
            line = blank
        line, begun = line + piece, True
    yield line.rstrip(), ""


def _slice(facet: str, one: Slice) -> str:
    value = words.slice_name(facet, one)
    if one.previous is None:
        return gettext(N_("{value} {n}")).format(value=value, n=one.received)
    return gettext(N_("{value} {n} ({before})")).format(value=value, n=one.received, before=one.previous)


def _rate(one: Slice) -> str:
    """A building's rate of valid complaints, with its numerator and denominator."""
    valid, homes = one.valid or 0, one.households or 1
    text = gettext(N_("{value} {share} ({valid}/{homes})"))
    return text.format(
        value=words.slice_name("building", one), share=words.share(valid / homes), valid=valid, homes=homes
    )


def _lessons(report: MonthReport, columns: int | None) -> Iterator[Line]:
    grown = {facet: found for facet, found in report.weaknesses.items() if found}
    if not grown and not report.cases and not report.gaps:
        return
    yield "", ""
    yield gettext(N_("To look at")), "bold"
    for facet, found in grown.items():
        head = _name(words.FACETS[facet]) + gettext(N_("grew most: "))
        yield from _items(head, [_growth(facet, one) for one in found], columns)
    if report.cases:
        yield from _items(_name(N_("cases")) + gettext(N_("worth a study: ")), list(_cases(report)), columns)
    if report.gaps:
        yield from _items(_name(N_("gaps")) + gettext(N_("not held: ")), list(map(_gap, report.gaps)), columns)


def _gap(one: Owed) -> str:
    parts = (pick(one.occasion.title), one.period.name, one.area)
    return " ".join(part for part in parts if part)


def _growth(facet: str, one: Slice) -> str:
    value = words.slice_name(facet, one)
    return gettext(N_("{value} {before} → {now}")).format(value=value, before=one.previous, now=one.received)


def _cases(report: MonthReport) -> Iterator[str]:
    for one in report.cases[:_CASES_SHOWN]:
        why = gettext(N_(", ")).join(gettext(words.WHY[reason]) for reason in one.why)
        yield gettext(N_("{number} ({why})")).format(number=one.number, why=why)
    left = len(report.cases) - _CASES_SHOWN
    if left > 0:
        yield gettext(N_("{left} more")).format(left=left)
