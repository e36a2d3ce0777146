"""`overdue`: what is late, by whom, since when, and which rung comes next."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_

HELP = N_(
    "Show what is late: which step of which complaint, since when, whose duty it is, and which rung of the ladder "
    "comes next. One line a complaint, the one longest late first; nothing at all where nothing is late.\n\n"
    "JSON and CSV list every overdue step."
)
EXAMPLES = N_(
    "complaintctl overdue\ncomplaintctl overdue --within 2h --department Engineering\n"
    "complaintctl overdue --json --exit-code"
)


def overdue(
    every: Annotated[bool, typer.Option("--all", help=N_("Every overdue step, not only the worst of each."))] = False,
    within: Annotated[
        str | None,
        typer.Option("--within", metavar=N_("SPAN"), help=N_("Also what falls due this soon: 30m, 2h, 1d.")),
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("Only this department's."))
    ] = None,
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _looking
    from complaintctl.output.labels import Labels
    from complaintctl.output.moments import iso
    from complaintctl.reports import overdue as report

    form = answer.choose(fmt, as_json, answer.LISTS)
    ahead = _looking.span(within, "--within")
    with open_view(as_of) as view:
        rows = report.overdue(view, within=ahead, department=department)
        one_each = form in ("table", "plain") and not every
        if one_each:
            rows = report.worst(rows)
        people = view.query.registered("staff")
        if people:
            from complaintctl.reports.ladder import with_persons

            rows = with_persons(view, rows)
        labels = Labels(view.procedure)
        zone, now = view.zone, view.now
    columns = _looking.overdue_columns(labels, zone, counted=one_each, marked=bool(ahead), people=people)
    columns = _looking.fitting(form, columns, _looking.OVERDUE_FITS)
    count = answer.give_listing(form, columns, rows, zone, raw=raw, more={"as_of": iso(now, zone)})
    common.leave_if(count, exit_code)
