"""`record`: any other step that the procedure in force names."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Record steps on the way: contacted, verified, planned, progress-told, signed, form-returned, chased, tried, "
    "matters-dealt-with and every other that the procedure names. Several steps are joined by commas.\n\n"
    "A word promised by a time is a clock of its own; a time agreed for the solution replaces its limits, if it was "
    "agreed before they ran out."
)
EXAMPLES = N_(
    'complaintctl record 7 contacted,verified "Seen on site: the lamp is broken"\n'
    'complaintctl record 7 contacted --promise "today 18:00"\n'
    'complaintctl record 7 reply-agreed --agreed-by "11-27 18:00"\n'
    'complaintctl record 7 passed-on "Leak below the road" --to "Sample Water Works"\n'
    'complaintctl record 7 answered "They dig on Monday" --by "Sample Water Works"\n'
    'complaintctl record 7 warranty "Seepage in six homes" --to "Warranty office" --large\n'
    'complaintctl record 7 explained-class-3 "The bus stop is the city\'s" --not-understood\n'
    "complaintctl record 7 8 9 signed"
)


def record(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=N_("ID… STEP[,STEP…] [NOTE]"), help=N_("Numbers or short ids, then steps, then a note.")
        ),
    ],
    promise: Annotated[
        str | None, typer.Option("--promise", metavar=common.MOMENT, help=N_("By when a word was promised."))
    ] = None,
    agreed_by: Annotated[
        str | None,
        typer.Option("--agreed-by", metavar=common.MOMENT, help=N_("By when the solution was agreed on.")),
    ] = None,
    matter: Annotated[
        str | None,
        typer.Option("--matter", metavar=N_("N"), help=N_("Which matter raised was dealt with (default: all).")),
    ] = None,
    person: Annotated[str | None, typer.Option("--person", metavar=N_("NAME"), help=N_("Who did it."))] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar=N_("WHOM"), help=N_("To whom it was passed on in writing."))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=N_("WHOM"), help=N_("Who answered what was passed on."))
    ] = None,
    large: Annotated[
        bool, typer.Option("--large", help=N_("The effect is large: a written report to the superior is owed."))
    ] = False,
    understood: Annotated[
        bool | None,
        typer.Option(
            "--understood/--not-understood",
            help=N_("Whether the owner understood the explanation."),
            show_default=False,
        ),
    ] = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.record import Record
    from complaintctl.desk.record import record as verb

    form = answer.choose(fmt, as_json)
    ids, steps, note = _sorted_out(words)
    who = _writing.said(person, "--person")
    with open_office(write=True) as office:
        what = Record(
            steps,
            note,
            _writing.moment(office, promise, "--promise", future=True, since=at),
            _writing.moment(office, agreed_by, "--agreed-by", future=True, since=at),
            common.whole(matter, "--matter", least=1),
            who,
            _writing.moment(office, at, "--at"),
            _writing.said(to, "--to"),
            _writing.said(by, "--by"),
            large,
            understood,
        )
        _writing.give(form, office, verb(office, ids, what))


def _sorted_out(words: list[str]) -> tuple[list[str], list[str], str | None]:
    """Tell ids, steps and note apart: the ids are the leading words that are numbers of complaints."""
    count = 0
    while count < len(words) and common.is_id(words[count]):
        count += 1
    ids, rest = words[:count], words[count:]
    if not ids or not rest or len(rest) > 2:
        raise UsageFault(problem=Words(N_("Type ID…, then the steps joined by commas, then at most one note.")))
    note = common.text_of(rest[1], "NOTE") if len(rest) == 2 else None
    steps = common.several(rest[0])
    if not steps:
        raise UsageFault(problem=Words(N_("Type ID…, then the steps joined by commas, then at most one note.")))
    return ids, steps, note
