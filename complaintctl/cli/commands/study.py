"""`study`: writing a complaint up as a case, and which cases still wait to be written up."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Write a complaint up as a case: what happened, what caused it, what is to be learnt; and who was trained on it. "
    "The training can be taken down later by itself.\n\n"
    "Without ID: the complaints that are to be written up and are not yet, the newest first."
)
EXAMPLES = N_(
    'complaintctl study 7 --what "Lamp dark for a week" --cause "No round at night" --lesson "Rounds after dark"\n'
    'complaintctl study 7 --trained "Night shift; desk" --training-at "yesterday 15:00"\n'
    "complaintctl study\ncomplaintctl study --untrained --month 2026-11"
)


def study(
    complaint: Annotated[
        str | None,
        typer.Argument(metavar="ID", help=N_("The complaint's number, or its short id."), show_default=False),
    ] = None,
    what: Annotated[str | None, typer.Option("--what", metavar=N_("TEXT"), help=N_("What happened."))] = None,
    cause: Annotated[str | None, typer.Option("--cause", metavar=N_("TEXT"), help=N_("What caused it."))] = None,
    lesson: Annotated[
        str | None, typer.Option("--lesson", metavar=N_("TEXT"), help=N_("What is to be learnt from it."))
    ] = None,
    trained: Annotated[
        str | None, typer.Option("--trained", metavar=N_("WHO; WHO"), help=N_("Who was trained on it."))
    ] = None,
    training_at: Annotated[
        str | None, typer.Option("--training-at", metavar=common.MOMENT, help=N_("When the training was held."))
    ] = None,
    at: common.At = None,
    list_: Annotated[bool, typer.Option("--list", help=N_("The same as without ID."), show_default=False)] = False,
    untrained: Annotated[
        bool, typer.Option("--untrained", help=N_("Those written up on which nobody was trained yet."))
    ] = False,
    month: Annotated[
        str | None, typer.Option("--month", metavar=N_("MONTH"), help=N_("Only those received in a month: 2026-11."))
    ] = None,
    limit: Annotated[str, typer.Option("--limit", metavar="N", help=N_("At most so many rows."))] = "50",
    as_of: common.AsOf = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    told = (what, cause, lesson, trained, training_at, at)
    if complaint is None or list_:
        if complaint is not None or any(one is not None for one in told):
            raise UsageFault(problem=Words(N_("A study needs the complaint's ID; the list takes none.")))
        _cases(answer.choose(fmt, as_json, answer.LISTS), untrained, month, limit, as_of, raw)
        return
    if untrained or month is not None or as_of is not None or raw:
        raise UsageFault(problem=Words(N_("--untrained, --month, --as-of and --raw belong to the list, without ID.")))
    _write(answer.choose(fmt, as_json), complaint, *told)


def _write(
    form: str,
    complaint: str,
    what: str | None,
    cause: str | None,
    lesson: str | None,
    trained: str | None,
    training_at: str | None,
    at: str | None,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.cli.opening import office as open_office
    from complaintctl.desk.study import Study
    from complaintctl.desk.study import study as verb

    happened, why, learnt = (
        _writing.said(value, option) for value, option in ((what, "--what"), (cause, "--cause"), (lesson, "--lesson"))
    )
    who = _people(_writing.said(trained, "--trained"))
    if training_at is not None and not who:
        common.need(None, "--trained")
    with open_office(write=True) as office:
        held = _writing.moment(office, training_at, "--training-at")
        case = Study(happened, why, learnt, who, held, _writing.moment(office, at, "--at"))
        _writing.give(form, office, [verb(office, complaint, case)])


def _people(typed: str | None) -> list[str]:
    """Return who was trained, as typed between semicolons of either keyboard."""
    parts = (typed or "").replace("；", ";").replace("\n", ";").split(";")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _cases(form: str, untrained: bool, month: str | None, limit: str, as_of: str | None, raw: bool) -> None:
    from complaintctl.cli.commands._listing import month_of, pages
    from complaintctl.cli.opening import view as open_view
    from complaintctl.ledger.care import EVER
    from complaintctl.output.care_list import STUDY_FITS, study_columns
    from complaintctl.output.moments import iso
    from complaintctl.reports.care import cases

    rows, _ = pages(limit, "0")
    with open_view(as_of) as view:
        span = month_of(view, month) if month is not None else None
        received = (span["received_from"], span["received_before"]) if span else EVER
        found = cases(view, "training" if untrained else "case-study", limit=rows, received=received)
        more = {"more": found.more, "as_of": iso(view.now, view.zone)}
        zone = view.zone
    from complaintctl.cli.commands._looking import fitting

    answer.give_listing(form, fitting(form, study_columns(), STUDY_FITS), found.rows, zone, raw=raw, more=more)
    if found.more and form != "json":
        answer.tell(N_("Only the newest {n}; --limit N or --month shows others."), n=rows)
