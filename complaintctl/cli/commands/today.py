"""`today`: the desk at a glance; also what runs when no command is named."""

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_

HELP = N_(
    "The desk at a glance: what is late, what falls due next, which residents wait for a notice and which for a "
    "revisit. It is also what “complaintctl” alone shows."
)
EXAMPLES = N_("complaintctl\ncomplaintctl today --json\ncomplaintctl today --as-of 2026-11-20T18:00+08:00")


def today(as_of: common.AsOf = None, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.output import day, style
    from complaintctl.reports.today import today as look

    form = answer.choose(fmt, as_json)
    with open_view(as_of) as view:
        found = look(view, most=day.LISTED)
        answer.give(form, lambda: day.data(view, found), lambda: day.lines(view, found, style.columns()))
