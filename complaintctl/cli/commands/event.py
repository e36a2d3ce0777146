"""`event`: an event of several households as a whole, and the events that are open."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.language import N_

HELP = N_(
    "Show an event of several households: what is done once for all of them, and what each was told and is still "
    "owed. It may be named by any of its complaints. Without one, list the events that are open.\n\n"
    "Homes are masked; --reveal WHY shows them and writes that down."
)
EXAMPLES = N_("complaintctl event\ncomplaintctl event 7\ncomplaintctl event 7 --json")


def event(
    complaint: Annotated[
        str | None, typer.Argument(metavar="[ID]", help=N_("Any complaint of the event."), show_default=False)
    ] = None,
    reveal: common.Reveal = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    if complaint is None:
        _list(answer.choose(fmt, as_json, answer.LISTS), raw, exit_code)
    else:
        _show(complaint, reveal, answer.choose(fmt, as_json))


def _show(complaint: str, why: str | None, form: str) -> None:
    from complaintctl.cli.commands._one import folded
    from complaintctl.cli.opening import office as open_office
    from complaintctl.desk.event_sheet import event_of, write_down
    from complaintctl.output import event as output

    reason = common.text_of(why, "--reveal") if why is not None else None
    with open_office(write=reason is not None) as office:
        found = event_of(office, complaint)
        if reason is not None:
            write_down(office, found, reason)
        shown = reason is not None
        answer.give(
            form,
            lambda: output.data(office, found, reveal=shown),
            lambda: folded(output.lines(office, found, reveal=shown), form),
        )


def _list(form: str, raw: bool, exit_code: bool) -> None:
    from complaintctl.cli.opening import view as open_view
    from complaintctl.output.event_list import columns, flat, items
    from complaintctl.reports.events import open_events

    with open_view() as view:
        rows = open_events(view)
        if form == "json":
            answer.give_json({"items": items(view, rows)})
        else:
            answer.give_listing(form, columns(view), flat(rows), view.zone, raw=raw)
    common.leave_if(len(rows), exit_code)
