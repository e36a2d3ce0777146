"""`list`: complaints in rows, narrowed to what is asked for."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_

HELP = N_(
    "List complaints, the newest first: those that are open, or with --all, --stage or --month others too.\n\n"
    "A page holds 50; --limit and --offset turn the pages."
)
EXAMPLES = N_(
    "complaintctl list\ncomplaintctl list --severity major --department Engineering\n"
    "complaintctl list --month 2026-11 --format csv --limit 1000"
)


def list_(
    every: Annotated[bool, typer.Option("--all", help=N_("Closed ones too."))] = False,
    stage: Annotated[
        str | None,
        typer.Option("--stage", metavar="open|resolved|notified|closed", help=N_("Only those at this stage.")),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", metavar="complaint|repair|suggestion|inquiry", help=N_("Only this kind.")),
    ] = None,
    category: Annotated[
        str | None, typer.Option("--category", metavar=N_("CODE"), help=N_("Only this category, such as noise."))
    ] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="major|important|minor", help=N_("Only this severity."))
    ] = None,
    class_: Annotated[str | None, typer.Option("--class", metavar="1|2|3", help=N_("Only this cause class."))] = None,
    validity: Annotated[
        str | None,
        typer.Option("--validity", metavar="valid|assist|invalid|undetermined", help=N_("Only this validity.")),
    ] = None,
    urgency: Annotated[
        str | None, typer.Option("--urgency", metavar="urgent|general", help=N_("Only this urgency."))
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("Only this department's."))
    ] = None,
    building: Annotated[
        str | None, typer.Option("--building", metavar=N_("BUILDING"), help=N_("Only this building's."))
    ] = None,
    channel: Annotated[
        str | None, typer.Option("--channel", metavar=N_("CODE"), help=N_("Only what came this way, such as phone."))
    ] = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="YYYY-MM", help=N_("Only what was received in this month."))
    ] = None,
    limit: Annotated[str, typer.Option("--limit", metavar="N", help=N_("Rows of a page."))] = "50",
    offset: Annotated[str, typer.Option("--offset", metavar="N", help=N_("Rows to leave out at the head."))] = "0",
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _listing
    from complaintctl.ledger.query import Filter
    from complaintctl.reports.listing import page

    form = answer.choose(fmt, as_json, answer.LISTS)
    rows, skipped = _listing.pages(limit, offset)
    values = _listing.checked(
        stage=stage,
        kind=kind,
        category=category,
        severity=severity,
        class_=class_,
        validity=validity,
        urgency=urgency,
        department=department,
        building=building,
        channel=channel,
    )
    with open_view(as_of) as view:
        if month is not None:
            values |= _listing.month_of(view, month)
        elif not every and stage is None:
            values["open"] = True
        found = page(view, Filter(**values), limit=rows, offset=skipped)
        _listing.give(form, view, found, offset=skipped, raw=raw)
    common.leave_if(len(found.rows), exit_code)
