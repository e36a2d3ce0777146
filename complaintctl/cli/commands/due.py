"""`due`: what the calendar makes of a limit."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.errors import BadValue
from complaintctl.language import N_

HELP = N_(
    "Say when a limit runs out: what the calendar makes of “3 workdays”.\n\n"
    "Limits: N minutes, hours, days, workdays, months, business minutes, business hours; same day; at once; by day N "
    "of the month; also in Chinese (2小时, 3个工作日, 当天, 立即). It needs no ledger: without one, or --calendar, the "
    "holidays that ship with the program hold."
)
EXAMPLES = N_(
    'complaintctl due "3 workdays" --from "2026-09-30 16:00"\ncomplaintctl due 1个月 --from 2026-01-31T10:00\n'
    'complaintctl due "2 days" --from "2026-11-20 09:00" --roll\n'
    'complaintctl due "4 business hours" --from "2026-11-20 16:00" --calendar hours.toml'
)


def due(
    limit: Annotated[str, typer.Argument(metavar=N_("LIMIT"), help=N_("How long: “3 workdays”, “当天”."))],
    start: Annotated[
        str | None,
        typer.Option("--from", metavar=common.MOMENT, help=N_("From when; now if not given.")),
    ] = None,
    roll: Annotated[
        bool, typer.Option("--roll", help=N_("A last day that is a rest day gives way to the next working day."))
    ] = False,
    ends: Annotated[
        str, typer.Option("--ends", metavar="24:00|closing", help=N_("When the last day ends for days and months."))
    ] = "24:00",
    calendar: Annotated[
        str | None, typer.Option("--calendar", metavar="FILE", help=N_("Try this calendar file instead."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _book
    from complaintctl.output import due as output
    from complaintctl.reading.moments import read
    from complaintctl.rules.period import parse_limit

    form = answer.choose(fmt, as_json)
    if ends not in ("24:00", "closing"):
        raise BadValue(field="--ends", text=ends, expected=["24:00", "closing"])
    wanted = parse_limit(limit)
    known = _book.calendar(calendar)
    now = session().now
    began = None if start is None else read(start, now=now, zone=known.zone, future=None, field="--from")
    question = output.Question(
        wanted,
        now if began is None else began.at,
        known,
        roll,
        "closing" if ends == "closing" else "24:00",
        began is not None and began.due_like,
    )
    answer.give(form, lambda: output.data(question), lambda: output.lines(question))
