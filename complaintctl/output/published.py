"""The monthly service report to the owners, as text to be put up and as JSON; free of anything private."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext, say
from complaintctl.output import monthwords
from complaintctl.output.labels import Labels
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, iso, local
from complaintctl.output.text import pad, width
from complaintctl.output.words import word
from complaintctl.reports.month import Reckoned
from complaintctl.reports.published import TOLD, Published


def data(one: Published, labels: Labels, zone: ZoneInfo) -> dict[str, Any]:
    """The report as JSON `data`; moments in ISO 8601 with the site's offset."""
    report = one.report
    return {
        "month": report.span.name,
        "from": iso(report.span.start, zone),
        "to": iso(report.span.end, zone),
        "as_of": iso(report.as_of, zone),
        "preliminary": report.preliminary,
        "site": report.site,
        "figures": [_figure(report.figure(key), labels) for key in TOLD],
        "kinds": [{"kind": kind, "received": received} for kind, received in kinds(one)],
        "matters": [dict(row) for row in one.matters],
        "events": [{name: _value(name, value, zone) for name, value in row.items()} for row in one.events],
        "suggestions": {"received": one.suggestions[0], "adopted": one.suggestions[1]},
    }


def kinds(one: Published) -> list[tuple[str, int]]:
    """How many of each kind were received: a suggestion or a question is no complaint, nor is a bare repair."""
    return [(str(row.value), row.received) for row in one.report.breakdowns["kind"] if row.received]


def _value(name: str, value: Any, zone: ZoneInfo) -> Any:
    return iso(value, zone) if name.endswith("_at") and value is not None else value


def _figure(one: Reckoned, labels: Labels) -> dict[str, Any]:
    told = {"value": one.tally.value, "numerator": one.tally.numerator, "denominator": one.tally.denominator}
    return {"key": one.figure.key, "label": monthwords.label(one.figure, labels), "unit": one.figure.unit, **told}


def lines(one: Published, labels: Labels, zone: ZoneInfo) -> Iterator[Text]:
    """The report in lines."""
    report = one.report
    site = report.site or gettext(N_("Our site"))
    title = gettext(N_("{site}: monthly property service report, {month}"))
    yield Text(title.format(site=site, month=report.span.name), style="bold")
    first, last = local(report.span.start, zone), due(report.span.end, zone)
    yield Text(gettext(N_("{first} to {last}")).format(first=first, last=last))
    if report.preliminary:
        yield Text(gettext(N_("The month has not ended; figures so far.")), style="yellow")
    yield from _section(N_("How complaints were handled"), list(_figures(one, labels)))
    yield from _section(N_("Matters that many share"), list(_matters(one)))
    yield from _section(N_("Complaints of several households about one event"), list(_events(one, zone)))
    received, adopted = one.suggestions
    if received:
        yield Text("")
        text = gettext(N_("Suggestions: {received} received, {adopted} adopted. Thank you."))
        yield Text(text.format(received=received, adopted=adopted))


def _section(title: str, rows: list[tuple[str, str]]) -> Iterator[Text]:
    if not rows:
        return
    yield Text("")
    yield Text(gettext(title), style="bold")
    wide = max(width(name) for name, _ in rows)
    for name, told in rows:
        yield Text(told, f"  {pad(name, wide)}  ")


def _figures(one: Published, labels: Labels) -> Iterator[tuple[str, str]]:
    for key in TOLD:
        found = one.report.figure(key)
        tally = found.tally
        if tally.value is None or (found.figure.unit == "count" and not tally.value and key not in TOLD[:4]):
            continue
        told = monthwords.shown(found.figure, tally.value)
        if found.figure.unit == "share":
            told = gettext(N_("{share} ({part} of {all})")).format(
                share=told, part=tally.numerator, all=tally.denominator
            )
        yield monthwords.label(found.figure, labels), told
        if key == "received" and len(parts := kinds(one)) > 1:
            yield gettext(N_("  of these")), say([f"{word('kind', kind)} {received}" for kind, received in parts])


def _matters(one: Published) -> Iterator[tuple[str, str]]:
    for row in one.matters:
        text = gettext(N_("{received} received, {resolved} resolved, {closed} closed"))
        yield word("category", row["category"]), text.format(**row)


def _events(one: Published, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    for row in one.events:
        head = gettext(N_("{category}, {households} households")).format(
            category=word("category", row["category"]), households=row["households"]
        )
        since = local(row["received_at"], zone)
        if row["resolved_at"] is None:
            yield head, gettext(N_("since {since}; being worked on")).format(since=since)
        else:
            text = gettext(N_("since {since}; {outcome} on {resolved}"))
            outcome = word("outcome", row["outcome"])
            yield head, text.format(since=since, outcome=outcome, resolved=local(row["resolved_at"], zone))
