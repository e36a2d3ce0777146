"""`list`: complaints in rows, narrowed to what is asked for."""

from typing import Annotated, Any

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


def _only(option: str, values: str, text: str) -> Any:
    return typer.Option(option, metavar=values, help=text)


Stage = Annotated[str | None, _only("--stage", "open|resolved|notified|closed", N_("Only those at this stage."))]
Kind = Annotated[str | None, _only("--kind", "complaint|repair|suggestion|inquiry", N_("Only this kind."))]
Category = Annotated[str | None, _only("--category", N_("CODE"), N_("Only this category, such as noise."))]
Severity = Annotated[str | None, _only("--severity", "major|important|minor", N_("Only this severity."))]
Class = Annotated[str | None, _only("--class", "1|2|3", N_("Only this cause class."))]
Validity = Annotated[str | None, _only("--validity", "valid|assist|invalid|undetermined", N_("Only this validity."))]
Urgency = Annotated[str | None, _only("--urgency", "urgent|general", N_("Only this urgency."))]
Department = Annotated[str | None, _only("--department", N_("DEPARTMENT"), N_("Only this department's."))]
Building = Annotated[str | None, _only("--building", N_("BUILDING"), N_("Only this building's."))]
Area = Annotated[str | None, _only("--area", N_("AREA"), N_("Only the buildings of this area."))]
Channel = Annotated[str | None, _only("--channel", N_("CODE"), N_("Only what came this way, such as phone."))]
Month = Annotated[str | None, _only("--month", "YYYY-MM", N_("Only what was received in this month."))]


def list_(
    every: Annotated[bool, typer.Option("--all", help=N_("Closed ones too."))] = False,
    stage: Stage = None,
    kind: Kind = None,
    category: Category = None,
    severity: Severity = None,
    class_: Class = None,
    validity: Validity = None,
    urgency: Urgency = None,
    department: Department = None,
    building: Building = None,
    area: Area = None,
    channel: Channel = None,
    month: Month = None,
    imported: Annotated[
        bool | None,
        typer.Option(
            "--imported/--no-imported", help=N_("Only those taken over from a register, or none."), show_default=False
        ),
    ] = None,
    limit: Annotated[str, typer.Option("--limit", metavar="N", help=N_("Rows of a page."))] = "50",
    offset: Annotated[str, typer.Option("--offset", metavar="N", help=N_("Rows to leave out at the head."))] = "0",
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    given = dict(locals())
    from complaintctl.cli.commands import _listing
    from complaintctl.ledger.query import Filter
    from complaintctl.reports.listing import page

    form = answer.choose(fmt, as_json, answer.LISTS)
    rows, skipped = _listing.pages(limit, offset)
    values = _listing.checked({name: given[name] for name in _listing.NARROWED})
    if imported is not None:
        values["imported"] = imported
    with open_view(as_of) as view:
        if month is not None:
            values |= _listing.month_of(view, month)
        elif not every and stage is None:
            values["open"] = True
        if building is not None or area is not None:
            values |= _listing.places(view, building, area)
        found = page(view, Filter(**values), limit=rows, offset=skipped)
        _listing.give(form, view, found, offset=skipped, raw=raw)
    common.leave_if(len(found.rows), exit_code)
