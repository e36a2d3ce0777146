"""What the commands that look share: spans of time as typed, and the columns of their listings."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.errors import BadValue
from complaintctl.language import N_, gettext
from complaintctl.output import style
from complaintctl.output.labels import Labels, short_name
from complaintctl.output.listing import Column
from complaintctl.output.moments import due, duration

_SPAN = re.compile(r"(\d{1,6}) ?(s|m|min|minutes?|h|hours?|d|days?|分钟|分|小时|个小时|天|日)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "分": 60, "小": 3600, "个": 3600, "天": 86_400, "日": 86_400}


def span(typed: str | None, option: str) -> int:
    """Read a span of elapsed time, `30m`, `2h`, `1d`, `2小时`, as seconds; 0 for None.

    Raises:
        BadValue.
    """
    if typed is None:
        return 0
    found = _SPAN.fullmatch(typed.strip().lower())
    if found is None:
        raise BadValue(field=option, text=typed, expected=["30m", "2h", "1d"])
    return int(found[1]) * _SECONDS[found[2][0]]


def fitting(form: str, columns: Sequence[Column], least: Mapping[str, int]) -> tuple[Column, ...]:
    """Leave out, on a terminal too narrow for them, the columns that a person misses least.

    `least` gives the width from which on a column is shown. Off a terminal and in other formats all stay.
    """
    if form != "table" or not style.is_terminal(sys.stdout):
        return tuple(columns)
    wide, _high = style.screen()
    return tuple(column._replace(human=False) if wide < least.get(column.key, 0) else column for column in columns)


OVERDUE_FITS = {"state": 96, "number": 100, "department": 112, "clause": 128, "next_person": 144}
"""From which width on a table of overdue steps has these columns."""


def due_with_mark(key: str, flag: str, zone: ZoneInfo) -> Callable[[Any], str]:
    """Give what shows a due moment, marked where it rests on a year whose holidays are not known."""

    def show(row: Any) -> str:
        if row[key] is None:
            return ""
        text = due(row[key], zone)
        return gettext(N_("{due} (provisional)")).format(due=text) if row[flag] else text

    return show


def overdue_columns(
    labels: Labels, zone: ZoneInfo, *, counted: bool, marked: bool, people: bool = False
) -> tuple[Column, ...]:
    """Give the columns of overdue steps; `counted` adds how many more a complaint has, `marked` what is not late yet,
    `people` who stands at the next rung.

    JSON and CSV have all of them in this order.
    """

    def late(row: Any) -> str:
        if row["late_by_seconds"] is not None:
            return duration(row["late_by_seconds"])
        return gettext(N_("in {span}")).format(span=duration(row["due_in_seconds"]))

    shown = (
        Column("id", N_("ID"), "number", show=short_name),
        Column("number", N_("Number"), "number"),
        Column("step", N_("Step"), show=labels.todo),
        Column("clause", N_("Clause")),
        Column("pack", human=False),
        Column("due_at", N_("Due"), "due", show=due_with_mark("due_at", "provisional", zone)),
        Column("late_by_seconds", N_("Late by"), "duration", style="red", show=late),
        Column("duty_of", N_("Duty of"), show=lambda row: labels.duty(row["duty_of"])),
        Column("department", N_("Department")),
        Column("next_rung", N_("Next rung"), show=lambda row: labels.rung_code(row["next_rung"])),
        Column("state", N_("State"), "word", "state", human=marked),
    )
    scripts = ("round", "rung", "rung_name", "ground", "subject", "item", "due_in_seconds", "provisional", "clock")
    more = tuple(Column(key, human=False) for key in (*scripts, "kind", "severity", "building", "stage"))
    person = Column("next_person", N_("Who is next"), human=people)
    columns = (*shown, *more, Column("received_at", kind="moment", human=False), person)
    if counted:
        columns = (
            *columns,
            Column("others", N_("More"), show=lambda row: f"+{row['others']}" if row["others"] else ""),
        )
    return columns
