"""`extend`: give the solution more time, before its limit runs out."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Extend the limit of the solution, with a reason and how the resident was told.\n\n"
    "Only before the limit runs out; what was late stays late."
)
EXAMPLES = N_('complaintctl extend 7 --until "11-27 18:00" --reason "Spare part ordered" --told "By phone, agrees"')


def extend(
    complaint: common.Id,
    until: Annotated[
        str | None, typer.Option("--until", metavar=common.MOMENT, help=N_("The new time for the solution."))
    ] = None,
    reason: common.Reason = None,
    told: Annotated[
        str | None, typer.Option("--told", metavar=N_("TEXT"), help=N_("How the resident was told."))
    ] = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.extend import extend as verb

    form = answer.choose(fmt, as_json)
    why = common.text_of(common.need(reason, "--reason"), "--reason")
    how = common.text_of(common.need(told, "--told"), "--told")
    with open_office(write=True) as office:
        new = _writing.moment(office, common.need(until, "--until"), "--until", future=True, since=at) or 0
        when = _writing.moment(office, at, "--at")
        _writing.give(form, office, [verb(office, complaint, until=new, reason=why, told=how, at=when)])
