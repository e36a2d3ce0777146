"""`assist`: what others were asked to solve, who has not answered, and when the resident must hear again."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_

HELP = N_(
    "Show the open complaints that others must solve: to whom each went in writing, how long nobody has answered, and "
    "by when the resident must hear again. What waits longest comes first; what was answered is left out."
)
EXAMPLES = N_("complaintctl assist\ncomplaintctl assist --all --format csv")


def assist(
    every: Annotated[bool, typer.Option("--all", help=N_("Also those that were answered."))] = False,
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands._looking import fitting
    from complaintctl.output.care_list import ASSIST_FITS, assist_columns, masked
    from complaintctl.output.moments import iso
    from complaintctl.reports import assist as report

    form = answer.choose(fmt, as_json, answer.LISTS)
    with open_view(as_of) as view:
        rows = masked(report.assisted(view, every=every))
        zone, now = view.zone, view.now
    columns = fitting(form, assist_columns(zone), ASSIST_FITS)
    count = answer.give_listing(form, columns, rows, zone, raw=raw, more={"as_of": iso(now, zone)})
    common.leave_if(count, exit_code)
