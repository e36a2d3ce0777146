"""`link`: several households complain of one event."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Link complaints about one event; five households make it collective, since the fifth one's receipt.\n\n"
    "--off takes complaints out of their event, and the households left are counted anew. That holds from now on: what "
    "was late stays late. One that was linked by mistake never belonged to it: --off --from-the-start."
)
EXAMPLES = N_(
    "complaintctl link 7 8 9 12 15\ncomplaintctl link 9 --off\n"
    'complaintctl link 9 --off --from-the-start --reason "Another lift"'
)


def link(
    complaints: common.Ids,
    off: Annotated[bool, typer.Option("--off", help=N_("Take them out of the event they are linked to."))] = False,
    from_the_start: Annotated[
        bool, typer.Option("--from-the-start", help=N_("With --off: they never belonged to it."))
    ] = False,
    reason: common.Reason = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.link import link as verb
    from complaintctl.desk.link import unlink

    form = answer.choose(fmt, as_json)
    why = _writing.said(reason, "--reason")
    if not off and (from_the_start or why is not None):
        raise UsageFault(problem=Words(N_("--from-the-start and --reason go with --off.")))
    with open_office(write=True) as office:
        if off:
            done = unlink(office, complaints, from_the_start=from_the_start, reason=why)
        else:
            done = verb(office, complaints)
        if form == "json":
            _writing.give(form, office, done)
        else:
            from complaintctl.output.event import linked

            answer.give(form, dict, lambda: linked(office, done))
