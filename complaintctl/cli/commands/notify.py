"""`notify`: the resident is told the result."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Say that the resident was told the result, and whether it was accepted.\n\n"
    "Not accepted reopens the complaint for a new round. What is not valid is answered, resolved and closed by this "
    "explanation. Collective complaints are told by visit, written ones in writing; both can be given: visit,written."
)
EXAMPLES = N_(
    "complaintctl notify 7 --via phone --accepted\n"
    'complaintctl notify 7 --via visit --not-accepted --note "The lamp flickers"'
)


def notify(
    complaint: common.Id,
    via: Annotated[
        str | None, typer.Option("--via", metavar="phone|visit|written|desk", help=N_("How the resident was told."))
    ] = None,
    accepted: Annotated[bool, typer.Option("--accepted", help=N_("The resident accepts the result."))] = False,
    not_accepted: Annotated[
        bool, typer.Option("--not-accepted", help=N_("The resident does not: a new round begins."))
    ] = False,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.notify import Told
    from complaintctl.desk.notify import notify as verb
    from complaintctl.rules.facts import VIAS

    form = answer.choose(fmt, as_json)
    given = common.need(via, "--via")
    vias = [str(common.one_of(one, "--via", VIAS)) for one in common.several(given) or [given]]
    said = _writing.said(note, "--note")
    if accepted and not_accepted:
        raise UsageFault(problem=Words(N_("Give --accepted or --not-accepted, not both.")))
    opinion = True if accepted else False if not_accepted else None
    with open_office(write=True) as office:
        told = Told(vias, opinion, said, _writing.moment(office, at, "--at"))
        _writing.give(form, office, [verb(office, complaint, told)])
