"""`revisit`: the resident is asked, some days later, whether the result holds."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Say what a revisit gave: satisfied closes the complaint, dissatisfied reopens it.\n\n"
    "A matter raised there is dealt with by itself, by the time promised or within the site's limit."
)
EXAMPLES = N_(
    "complaintctl revisit 7 --satisfied --by Chen\n"
    'complaintctl revisit 7 --satisfied --raised "The bin stands in the way" --promise "11-25 18:00"\n'
    "complaintctl revisit 7 --no-answer"
)


def revisit(
    complaint: common.Id,
    satisfied: Annotated[bool, typer.Option("--satisfied", help=N_("The resident is satisfied."))] = False,
    dissatisfied: Annotated[bool, typer.Option("--dissatisfied", help=N_("The resident is not satisfied."))] = False,
    no_answer: Annotated[bool, typer.Option("--no-answer", help=N_("Nobody could be asked."))] = False,
    raised: Annotated[
        str | None, typer.Option("--raised", metavar=N_("TEXT"), help=N_("A matter raised at the revisit."))
    ] = None,
    promise: Annotated[
        str | None, typer.Option("--promise", metavar=common.MOMENT, help=N_("By when an answer was promised."))
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who visited."))] = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.revisit import Visit
    from complaintctl.desk.revisit import revisit as verb

    form = answer.choose(fmt, as_json)
    if satisfied + dissatisfied + no_answer > 1:
        raise UsageFault(problem=Words(N_("Give one of --satisfied, --dissatisfied and --no-answer, not several.")))
    if not (satisfied or dissatisfied or no_answer):
        common.need(None, "--satisfied | --dissatisfied | --no-answer")
    given = "no-answer" if no_answer else "satisfied" if satisfied else "dissatisfied"
    with open_office(write=True) as office:
        visit = Visit(
            given,
            _writing.said(raised, "--raised"),
            _writing.moment(office, promise, "--promise", future=True, since=at),
            _writing.said(by, "--by"),
            _writing.said(note, "--note"),
            _writing.moment(office, at, "--at"),
        )
        _writing.give(form, office, [verb(office, complaint, visit)])
