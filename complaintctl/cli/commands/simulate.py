"""`procedure simulate`: the ledger's complaints under another procedure, before an office promises it."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.opening import past
from complaintctl.cli.session import session
from complaintctl.errors import BadValue, FutureMoment
from complaintctl.language import N_, Phrase

if TYPE_CHECKING:
    from complaintctl.desk.office import Office
    from complaintctl.output.simulated import Span
    from complaintctl.reports.simulate import Simulation

HELP = N_(
    "Replay the complaints received since a day under another procedure, and compare: what would have been late and "
    "what would not, who would have been told, and what it would have cost each department in hours.\n\n"
    "The deeds stay as they were, only the limits are others: the calendar in force, the parameters as PACK has them. "
    "Nothing in the ledger is changed. CSV lists the changes. How it is reckoned: docs/simulate.md."
)
EXAMPLES = N_(
    "complaintctl procedure simulate work-instruction --since 2026-10-01\n"
    "complaintctl procedure simulate stricter.toml --since 2026-08-01 --until 2026-10-31 --complaints\n"
    "complaintctl procedure simulate service-code --since 2026-10-01 --format csv --output changes.csv"
)

MANY = 500
"""Complaints that take longer than a breath."""


def simulate(
    pack: Annotated[
        str, typer.Argument(metavar=N_("PACK or FILE"), help=N_("A shipped procedure's id, or a file: what to try."))
    ],
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("DATE"), help=N_("Received from this day on, as 2026-10-01.")),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar=N_("DATE"), help=N_("Received up to this day and on it (default: today).")),
    ] = None,
    complaints: Annotated[
        bool, typer.Option("--complaints", help=N_("List the complaint behind each change, instead of the tables."))
    ] = False,
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
    from complaintctl.desk import packs
    from complaintctl.rules.procedure import Procedure

    form = answer.choose(fmt, as_json, answer.LISTS)
    first = common.need(since, "--since")
    other = Procedure(packs.load(pack))
    with into(output), open_office() as office:
        now = session().now if as_of is None else past(as_of, office.zone)
        span = _span(first, until, now, office)
        found = _replayed(office, other, span, now, as_known=as_of is not None)
        _give(form, found, span, _names(office, other), complaints=complaints, raw=raw)


def _span(since: str, until: str | None, now: int, office: "Office") -> "Span":
    """Read the days of the span; both are of the past, today included.

    Raises:
        BadDay, FutureMoment, BadValue.
    """
    from complaintctl.output.simulated import Span
    from complaintctl.reading.moments import read_day
    from complaintctl.rules.localtime import day_end, day_of, instant

    today = day_of(now, office.zone)
    days = []
    for field, typed in (("--since", since), ("--until", until)):
        day = today if typed is None else read_day(typed, now=now, zone=office.zone, future=False)
        if day > today:
            raise FutureMoment(field=field, moment=day.isoformat(), now=office.show(now))
        days.append(day)
    first, last = days
    if first > last:
        raise BadValue(
            field="--until", text=last.isoformat(), expected=Phrase(N_("{day} or later"), day=first.isoformat())
        )
    return Span(instant(first, 0, office.zone), day_end(last, office.zone), office.zone)


def _replayed(office: "Office", other: Any, span: "Span", now: int, *, as_known: bool) -> "Simulation":
    from complaintctl.desk.replay import book_as_of
    from complaintctl.ledger.looking import received_between
    from complaintctl.output.progress import progress
    from complaintctl.reports.simulate import replay

    book = book_as_of(office, now) if as_known else office.book
    ids = received_between(office.query, span.since, span.until)
    # What is done in a moment needs no bar that flickers.
    with progress(N_("Replaying"), len(ids)) if len(ids) > MANY else nullcontext(lambda _: None) as done:
        return replay(office.ledger, ids, book, other, now, until_recorded=now if as_known else None, done=done)


def _names(office: "Office", other: Any) -> dict[str, Any]:
    """Give what both procedures call their steps, roles and rungs; the one to be tried has the first word."""
    present = office.procedure.snapshot
    return {key: {**other.snapshot[key], **_missing(present[key], other.snapshot[key])} for key in _NAMED}


_NAMED = ("steps", "roles", "rungs")


def _missing(names: Any, known: Any) -> dict[str, Any]:
    return {name: value for name, value in names.items() if name not in known}


def _give(form: str, found: "Simulation", span: "Span", names: Any, *, complaints: bool, raw: bool) -> None:
    from complaintctl.output.labels import Labels

    if form in ("json", "csv"):
        from complaintctl.output import simulatedata

        if form == "json":
            answer.give_json(simulatedata.as_json(found, span, names))
        else:
            rows = map(simulatedata.as_row, found.changes)
            answer.give_listing(form, simulatedata.CHANGES, rows, span.zone, raw=raw)
        return
    from complaintctl.output import simulated, style

    columns = max(style.screen()[0], simulated.NARROW) if form == "table" else None
    show = simulated.changes if complaints else simulated.lines
    answer.write_lines(show(found, span, Labels(names), columns))
    answer.tell_warnings()
