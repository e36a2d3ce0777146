"""`publish`: what the owners are told of a month."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_

HELP = N_(
    "Print the monthly property service report to the owners: how complaints were handled, and how matters that many "
    "share were solved.\n\nIt holds no name, home, phone or word of a resident, so it can be put up as it is. "
    "A category is named from three complaints on; quarrels and charges are nobody else's affair."
)
EXAMPLES = N_("complaintctl publish\ncomplaintctl --lang zh publish 2026-10 --output notice.txt")


def publish(
    month: Annotated[
        str | None, typer.Argument(metavar=N_("MONTH"), help=N_("The month, as 2026-11 (default: this one)."))
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", metavar=N_("FILE"), help=N_("Write to a file that only you can read.")),
    ] = None,
    as_of: common.AsOf = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands._one import folded
    from complaintctl.cli.into import into
    from complaintctl.output import published as output_of
    from complaintctl.output.labels import Labels
    from complaintctl.reports.month import month_report, month_span
    from complaintctl.reports.published import published

    with into(output), open_view(as_of) as view:
        form = answer.choose(fmt, as_json)
        with view.ledger.snapshot():
            span = month_span(month, view.zone, view.now, view.site)
            report = month_report(view.query, view.procedure, view.site, view.zone, view.now, span, (0, ""))
            found = published(view.query, report)
        labels, zone = Labels(view.procedure), view.zone
        answer.give(
            form,
            lambda: output_of.data(found, labels, zone),
            lambda: folded(output_of.lines(found, labels, zone), form),
        )
