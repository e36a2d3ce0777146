"""`monthly-report`: the figures of a month, and the complaints behind one of them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.errors import NotFound
from complaintctl.language import N_, current

if TYPE_CHECKING:
    from complaintctl.reports.view import View

HELP = N_(
    "Report the figures of a month, this month's so far if none is named: how many, how fast, how well, of what kind, "
    "against the month before and the same month a year ago.\n\nEvery rate prints its numerator and denominator; "
    "--complaints lists the complaints behind a figure. The figures are explained in docs/figures.md."
)
EXAMPLES = N_(
    "complaintctl monthly-report\ncomplaintctl monthly-report 2026-10 --format csv --output 2026-10.csv\n"
    "complaintctl monthly-report --complaints timely-rate"
)

NARROW = 80
"""Columns that the report is laid out for; a narrower terminal breaks its lines."""


class UnknownFigure(NotFound):
    """There is no figure of this `name`; `known` are those there are."""

    message = N_("There is no figure “{name}”.")
    hint = N_("The figures are: {known}.")


class NoComplaintsBehind(NotFound):
    """A figure (`name`) counts inspections or visits, which no complaint stands behind."""

    message = N_("No complaints stand behind the figure “{name}”.")
    hint = N_("“complaintctl inspect list” and “complaintctl visit list” show what it counts.")


def monthly_report(
    month: Annotated[
        str | None, typer.Argument(metavar=N_("MONTH"), help=N_("The month, as 2026-11 (default: this one)."))
    ] = None,
    complaints: Annotated[
        str | None,
        typer.Option("--complaints", metavar=N_("FIGURE"), help=N_("List the complaints behind a figure, by its key.")),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", metavar=N_("FILE"), help=N_("Write to a file that only you can read.")),
    ] = None,
    as_of: common.AsOf = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.into import into

    with into(output), open_view(as_of) as view:
        form = answer.choose(fmt, as_json, answer.LISTS)
        if complaints is None:
            _report(view, month, form, raw)
        else:
            _behind(view, month, complaints, form, raw)


def _report(view: "View", month: str | None, form: str, raw: bool) -> None:
    from complaintctl.output import style
    from complaintctl.output.labels import Labels
    from complaintctl.reports.month import month_report, month_span

    # One state of the ledger for all figures, and let go before anything is printed: writers wait meanwhile.
    with view.ledger.snapshot():
        span = month_span(month, view.zone, view.now, view.site)
        head = view.ledger.head(view.now if view.query is not view.ledger.query else None)
        report = month_report(view.query, view.procedure, view.site, view.zone, view.now, span, head[:2])
        labels, zone = Labels(view.procedure), view.zone
    if form == "csv":
        from complaintctl.output import csvfile, monthdata

        heading: Sequence[str] = monthdata.COLUMNS
        if not raw and current() != "en":
            from complaintctl.output.headings import of_the_month

            heading = of_the_month(heading)
        for block in csvfile.blocks(heading, monthdata.csv_rows(report, labels, zone), raw=raw):
            answer.write_bytes(block.encode("utf-8", "backslashreplace"))
        answer.tell_warnings()
    elif form == "json":
        from complaintctl.output import monthdata

        if report.households.differs:
            common.warn(
                "households-differ",
                N_("Households: the site has {n}, its buildings together {other}; the rates use {n}."),
                n=report.households.value,
                other=report.households.together,
            )
        answer.give_json(monthdata.as_json(report, labels, zone))
    else:
        from complaintctl.output import month as shown

        columns = max(style.screen()[0], NARROW) if form == "table" else None
        answer.write_lines(shown.lines(report, labels, zone, columns))
        answer.tell_warnings()


def _behind(view: "View", month: str | None, key: str, form: str, raw: bool) -> None:
    from complaintctl.output.listing import Column
    from complaintctl.output.monthwords import part
    from complaintctl.reports import figures
    from complaintctl.reports.behind import rows
    from complaintctl.reports.gather import Gathered
    from complaintctl.reports.month import month_span

    figure = figures.find(key)
    if figure is None:
        raise UnknownFigure(name=key, known=[one.key for one in figures.FIGURES])
    if figure.rows == figures.BESIDE:
        raise NoComplaintsBehind(name=key)
    with view.ledger.snapshot():
        span = month_span(month, view.zone, view.now, view.site)
        found = rows(figure, Gathered(view.query, span, view.now))
    columns = (
        Column("number", N_("Number")),
        Column("part", N_("In the figure"), show=part),
        Column("times", N_("Times"), "number"),
        Column("seconds", N_("Took"), "duration"),
        Column("received_at", N_("Received"), "moment"),
        Column("kind", N_("Kind"), "word"),
        Column("category", N_("Category"), "word"),
        Column("severity", N_("Severity"), "word"),
        Column("department", N_("Department")),
        Column("building", N_("Building")),
        Column("stage", N_("Stage"), "word"),
        Column("id", N_("ID"), "number", human=False),
    )
    shown = [column for column in columns if column.key not in ("times", "seconds") or _told(column.key, found)]
    more = {"figure": figure.key, "month": span.name}
    answer.give_listing(form, columns if form in ("json", "csv") else shown, found, view.zone, raw=raw, more=more)


def _told(key: str, found: Sequence[Mapping[str, Any]]) -> bool:
    """Say whether a column tells anything: how often, where it was more than once; how long, where it was measured."""
    return any((row[key] or 0) > (1 if key == "times" else 0) for row in found)
