"""`corrective`: corrective and preventive actions, their checks, and which of them wait."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Take a corrective action on a major or important complaint: its cause, what puts it right, what prevents it, who "
    "takes it on, by when it is checked. It stands among what is due until --checked says how it was checked; one "
    "that had not worked needs a new --cause and a new --until.\n\n"
    "Without ID: the actions that wait to be checked, soonest first."
)
EXAMPLES = N_(
    'complaintctl corrective 7 --cause "No spare part" --correction "Lamp changed" --prevention "Parts kept in store" '
    '--by "Engineering" --until "12-01 18:00"\n'
    'complaintctl corrective 7 --checked "Store looked at: ten lamps" --effective\n'
    'complaintctl corrective 7 --checked "Dark again" --not-effective --cause "Old cable" --until "12-15 18:00"\n'
    "complaintctl corrective\ncomplaintctl corrective --owed"
)


def corrective(
    complaint: Annotated[
        str | None,
        typer.Argument(metavar="ID", help=N_("The complaint's number, or its short id."), show_default=False),
    ] = None,
    cause: Annotated[str | None, typer.Option("--cause", metavar=N_("TEXT"), help=N_("What caused it."))] = None,
    correction: Annotated[
        str | None, typer.Option("--correction", metavar=N_("TEXT"), help=N_("What puts it right."))
    ] = None,
    prevention: Annotated[
        str | None, typer.Option("--prevention", metavar=N_("TEXT"), help=N_("What keeps it from happening again."))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who takes it on: a person or a department."))
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=common.MOMENT, help=N_("By when it is checked."))
    ] = None,
    checked: Annotated[str | None, typer.Option("--checked", metavar=N_("HOW"), help=N_("How it was checked."))] = None,
    effective: Annotated[
        bool | None,
        typer.Option("--effective/--not-effective", help=N_("Whether it had worked."), show_default=False),
    ] = None,
    action: Annotated[
        str | None, typer.Option("--action", metavar="N", help=N_("Which action is checked, where several wait."))
    ] = None,
    at: common.At = None,
    list_: Annotated[bool, typer.Option("--list", help=N_("The same as without ID."), show_default=False)] = False,
    owed: Annotated[
        bool, typer.Option("--owed", help=N_("Complaints that ask for an action and have none yet."))
    ] = False,
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    planned = {"cause": cause, "correction": correction, "prevention": prevention, "by": by, "until": until}
    told = (*planned.values(), checked, effective, action, at)
    if complaint is None or list_:
        if complaint is not None or any(one is not None for one in told):
            raise UsageFault(problem=Words(N_("An action needs the complaint's ID; the list takes none.")))
        rows = _list(answer.choose(fmt, as_json, answer.LISTS), owed, as_of, raw)
        common.leave_if(rows, exit_code)
        return
    if owed or as_of is not None or raw or exit_code:
        raise UsageFault(problem=Words(N_("--owed, --as-of, --raw and --exit-code belong to the list, without ID.")))
    if checked is None and (effective is not None or action is not None):
        common.need(None, "--checked")
    _write(answer.choose(fmt, as_json), complaint, planned, checked, effective, action, at)


def _write(
    form: str,
    complaint: str,
    planned: dict[str, str | None],
    checked: str | None,
    effective: bool | None,
    action: str | None,
    at: str | None,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.cli.opening import office as open_office
    from complaintctl.desk import corrective as verbs

    number = common.whole(action, "--action", least=1)
    how = _writing.said(checked, "--checked")
    cause, correction, prevention, by = (
        _writing.said(planned[name], f"--{name}") for name in ("cause", "correction", "prevention", "by")
    )
    with open_office(write=True) as office:
        until = _writing.moment(office, planned["until"], "--until", future=True, since=at)
        when = _writing.moment(office, at, "--at")
        plan = verbs.Plan(cause, correction, prevention, by, until)
        if how is None:
            done = verbs.take(office, complaint, plan._replace(at=when))
        else:
            done = verbs.check(office, complaint, verbs.Check(how, effective, number, plan, when))
        _writing.give(form, office, [done])


def _list(form: str, owed: bool, as_of: str | None, raw: bool) -> int:
    from complaintctl.cli.commands._looking import fitting
    from complaintctl.cli.opening import view as open_view
    from complaintctl.output.care_list import CORRECTIVE_FITS, corrective_columns, owed_columns
    from complaintctl.output.labels import Labels
    from complaintctl.output.moments import iso
    from complaintctl.reports.care import actions, actions_owed

    with open_view(as_of) as view:
        rows = actions_owed(view) if owed else actions(view)
        columns = owed_columns() if owed else corrective_columns(Labels(view.procedure), view.zone)
        zone, now = view.zone, view.now
    columns = fitting(form, columns, CORRECTIVE_FITS)
    return answer.give_listing(form, columns, rows, zone, raw=raw, more={"as_of": iso(now, zone)})
