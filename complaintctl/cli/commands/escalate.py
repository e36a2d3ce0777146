"""`escalate`: refer a complaint to a rung of the ladder."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Refer a complaint upwards: 1 department-head, 2 supervisor, 3 manager, 4 company, 5 outside.\n\n"
    "A referral meets every referral clock that has started at its rung or below."
)
EXAMPLES = N_(
    "complaintctl escalate 7 manager\n"
    'complaintctl escalate 7 4 --to "General manager" --opinion "Replace the pump this week"'
)


def escalate(
    complaint: common.Id,
    level: Annotated[str, typer.Argument(metavar=N_("LEVEL"), help=N_("The rung: its number, code or name."))],
    to: Annotated[str | None, typer.Option("--to", metavar=N_("NAME"), help=N_("Who was told."))] = None,
    opinion: Annotated[str | None, typer.Option("--opinion", metavar=N_("TEXT"), help=N_("The opinion given."))] = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.escalate import escalate as verb

    form = answer.choose(fmt, as_json)
    whom, thought = _writing.said(to, "--to"), _writing.said(opinion, "--opinion")
    with open_office(write=True) as office:
        when = _writing.moment(office, at, "--at")
        _writing.give(form, office, [verb(office, complaint, level, to=whom, opinion=thought, at=when)])
