"""`resolve`: say how a complaint was solved."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Say how a complaint was solved; the form comes back with it unless you say otherwise.\n\n"
    "Withdrawn and duplicate close at once and stay out of the rates. What was solved at once after receipt needs "
    "no dispatch: --on-the-spot."
)
EXAMPLES = N_(
    'complaintctl resolve 7 "Lamp changed, tested with the resident"\n'
    'complaintctl resolve 7 "Passed to the water works" --outcome passed-on --no-form-returned\n'
    'complaintctl resolve 9 "Same matter" --outcome duplicate --of 7\n'
    'complaintctl resolve 7 "Pump replaced, water back in all homes" --whole-event'
)


def resolve(
    complaint: common.Id,
    result: Annotated[
        str, typer.Argument(metavar=N_("RESULT"), help=N_("What was done; - reads it from standard input."))
    ],
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome", metavar="solved|partly|passed-on|explained|withdrawn|duplicate", help=N_("What came of it.")
        ),
    ] = "solved",
    of: Annotated[str | None, typer.Option("--of", metavar="ID", help=N_("Of which it is a duplicate."))] = None,
    on_the_spot: Annotated[bool, typer.Option("--on-the-spot", help=N_("Solved at once after receipt."))] = False,
    whole_event: Annotated[
        bool, typer.Option("--whole-event", help=N_("Also every other open complaint linked to it."))
    ] = False,
    cause: Annotated[str | None, typer.Option("--cause", metavar=N_("TEXT"), help=N_("What caused it."))] = None,
    analysis: Annotated[
        str | None, typer.Option("--analysis", metavar=N_("TEXT"), help=N_("What is learnt from it."))
    ] = None,
    person: Annotated[str | None, typer.Option("--person", metavar=N_("NAME"), help=N_("Who solved it."))] = None,
    at: common.At = None,
    form_returned: Annotated[
        bool | None,
        typer.Option(
            "--form-returned/--no-form-returned", help=N_("Whether the form came back with it (default: yes).")
        ),
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.resolve import Result, resolve_event
    from complaintctl.desk.resolve import resolve as verb
    from complaintctl.rules.facts import OUTCOMES

    form = answer.choose(fmt, as_json)
    text = common.text_of(result, "RESULT")
    common.one_of(outcome, "--outcome", OUTCOMES)
    with open_office(write=True) as office:
        told = Result(
            text,
            outcome,
            of,
            on_the_spot,
            _writing.said(cause, "--cause"),
            _writing.said(analysis, "--analysis"),
            _writing.said(person, "--person"),
            _writing.moment(office, at, "--at"),
            form_returned,
        )
        done = resolve_event(office, complaint, told) if whole_event else [verb(office, complaint, told)]
        _writing.give(form, office, done)
