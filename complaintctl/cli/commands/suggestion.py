"""`suggestion told|adopt|decline|publish|list`: the path of a suggestion from the director to the notice board."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = {
    "told": N_("Say that the director was told of a suggestion."),
    "adopt": N_(
        "Record that the director adopted a suggestion: with a plan, and who carries it out until when. "
        "Whoever decides has been told, so “told” need not be typed before."
    ),
    "decline": N_("Record that the director decided against a suggestion, with the reason that the resident hears."),
    "publish": N_(
        "Record that the decision was published with thanks, and print the text ready to be posted. The resident's "
        "name stands in it only with --consent; text, phone and home never do.\n\n"
        "A second time only where the resident has changed their mind about the name."
    ),
    "list_": N_("List the suggestions that wait: for the director, a decision, an answer, publishing."),
}
EXAMPLES = {
    "told": N_("complaintctl suggestion told 7\ncomplaintctl suggestion told 7 --to Director --at 10:30"),
    "adopt": N_('complaintctl suggestion adopt 7 --plan "A lamp at the gate" --by Li --until "12-15 24:00"'),
    "decline": N_('complaintctl suggestion decline 7 --reason "The fire lane must stay free"'),
    "publish": N_("complaintctl suggestion publish 7\ncomplaintctl suggestion publish 7 --consent"),
    "list_": N_("complaintctl suggestion list\ncomplaintctl suggestion list --waiting publishing"),
}


def told(
    complaint: common.Id,
    to: Annotated[str | None, typer.Option("--to", metavar=N_("NAME"), help=N_("Who was told."))] = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.desk.suggestion import tell

    form = answer.choose(fmt, as_json)
    whom, remark = _writing.said(to, "--to"), _writing.said(note, "--note")
    with open_office(write=True) as office:
        when = _writing.moment(office, at, "--at")
        _writing.give(form, office, [tell(office, complaint, to=whom, note=remark, at=when)])


def adopt(
    complaint: common.Id,
    plan: Annotated[str | None, typer.Option("--plan", metavar=N_("TEXT"), help=N_("What will be done."))] = None,
    by: Annotated[str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who carries it out."))] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=common.MOMENT, help=N_("By when it will be done."))
    ] = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.desk.suggestion import Decision, decide

    form = answer.choose(fmt, as_json)
    planned = common.text_of(common.need(plan, "--plan"), "--plan")
    who, remark = _writing.said(by, "--by"), _writing.said(note, "--note")
    with open_office(write=True) as office:
        by_then = _writing.moment(office, until, "--until", future=True, since=at)
        decision = Decision(True, planned, who, by_then, None, remark, _writing.moment(office, at, "--at"))
        _writing.give(form, office, [decide(office, complaint, decision)])


def decline(
    complaint: common.Id,
    reason: common.Reason = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.desk.suggestion import Decision, decide

    form = answer.choose(fmt, as_json)
    why = common.text_of(common.need(reason, "--reason"), "--reason")
    remark = _writing.said(note, "--note")
    with open_office(write=True) as office:
        decision = Decision(False, reason=why, note=remark, at=_writing.moment(office, at, "--at"))
        _writing.give(form, office, [decide(office, complaint, decision)])


def publish(
    complaint: common.Id,
    consent: Annotated[
        bool | None,
        typer.Option("--consent/--no-consent", help=N_("The resident agrees to be named in it."), show_default=False),
    ] = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.desk.suggestion import publish as verb
    from complaintctl.output.notice import notice

    form = answer.choose(fmt, as_json)
    remark = _writing.said(note, "--note")
    with open_office(write=True) as office:
        done = verb(office, complaint, consent=consent, note=remark, at=_writing.moment(office, at, "--at"))
        text = notice(office, done.life)
        if form == "json":
            common.warn_of(done.remarks)
            answer.give_json({**_writing.data(office, done), "notice": "\n".join(text)})
            return
        answer.write_lines([*text, ""])
        _writing.give(form, office, [done])


def list_(
    waiting: Annotated[
        str | None,
        typer.Option("--waiting", metavar="director|decision|answer|publishing", help=N_("Only what waits for this.")),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=N_("Also those for which nothing is left to do."))] = False,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands._looking import fitting
    from complaintctl.desk.suggestion import WAITS, listed
    from complaintctl.output.path_list import SUGGESTION_FITS, suggestion_columns, suggestion_row

    form = answer.choose(fmt, as_json, answer.LISTS)
    common.one_of(waiting, "--waiting", WAITS)
    with open_office() as office:
        found = [suggestion_row(office, life) for life in listed(office, every=every)]
        rows = [row for row in found if waiting in (None, row["waits_for"])]
        zone = office.zone
    count = answer.give_listing(form, fitting(form, suggestion_columns(), SUGGESTION_FITS), rows, zone, raw=raw)
    common.leave_if(count, exit_code)
