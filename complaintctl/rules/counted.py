"""What a limit counted on its way to its due moment, one by one, for people who want to count along."""

from datetime import date
from typing import NamedTuple

from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import ONE_DAY, Moment, day_of, ended_day
from complaintctl.rules.period import (
    AT_ONCE,
    BUSINESS,
    DAYS,
    ELAPSED,
    MONTHS,
    TEN_MINUTES,
    WORKDAYS,
    Ends,
    Limit,
    last_day,
    reckon,
)

MOST = 60
"""How many lines are given at most; more than two months of days tell a person nothing."""


class Counted(NamedTuple):
    """One thing counted: a whole day or month's end, or a stretch of time from `start` to `end` (else None).

    `number` counts days and months from 1. It is 0 for stretches of time, and for a day that is not counted but
    ends the limit: the same day, a day named, the working day to which the limit rolled.
    """

    number: int
    day: date
    nature: str
    start: Moment | None = None
    end: Moment | None = None


class Tally(NamedTuple):
    """What was counted, in order, and the days off that were passed over on the way (workdays and rolling).

    `left_out` counts the days or months left out before the last item, to keep the list short.
    """

    items: list[Counted]
    passed_over: list[Counted]
    left_out: int


def counted(
    limit: Limit,
    start: Moment,
    calendar: Calendar,
    *,
    roll: bool = False,
    ends: Ends = "24:00",
    from_due: bool = False,
    at_once: Limit = TEN_MINUTES,
    most: int = MOST,
) -> Tally:
    """What `reckon` counts when it is asked the same; about `most` items, always with the first and the last."""
    if limit.unit == AT_ONCE:
        limit = at_once
    due = reckon(limit, start, calendar, roll=roll, ends=ends, from_due=from_due)
    if limit.unit in ELAPSED:
        day = day_of(start, calendar.zone)
        return Tally([Counted(0, day, calendar.nature(day), start, due.at)], [], 0)
    if limit.unit in BUSINESS:
        return _stretches(calendar, start, due.at, most)
    return _days(limit, start, calendar, roll, from_due, most)


def _days(limit: Limit, start: Moment, calendar: Calendar, roll: bool, from_due: bool, most: int) -> Tally:
    """The days or months of a limit that ends with a day, and the day on which it ends if that is another."""

    def last(number: int, roll: bool = False) -> date:
        return last_day(Limit(limit.unit, number), start, calendar, roll=roll, from_due=from_due).day

    counts = limit.unit in (DAYS, WORKDAYS, MONTHS)
    numbers = [*range(1, min(limit.n, most) + 1)] if counts else []
    if counts and limit.n > most:
        numbers[-1] = limit.n
    items = [_item(calendar, number, last(number)) for number in numbers]
    end = last(limit.n, roll)
    if not items or end != items[-1].day:
        items.append(_item(calendar, 0, end))
    if limit.unit == WORKDAYS:
        base = last_day(Limit(DAYS, 0), start, calendar, roll=False, from_due=from_due).day
        before = base if limit.n else base - ONE_DAY
    else:
        before = last(limit.n) if numbers else last(limit.n) - ONE_DAY
    passed_over = [
        _item(calendar, 0, date.fromordinal(day))
        for day in range(before.toordinal() + 1, min(end.toordinal(), before.toordinal() + 1 + 7 * most))
        if not calendar.is_workday(date.fromordinal(day))
    ]
    return Tally(items, passed_over[:most], max(limit.n - most, 0) if counts else 0)


def _item(calendar: Calendar, number: int, day: date) -> Counted:
    return Counted(number, day, calendar.nature(day))


def _stretches(calendar: Calendar, start: Moment, until: Moment, most: int) -> Tally:
    """The office hours between two moments; the last day's are always among them."""
    items: list[Counted] = []
    left_out = 0
    last = ended_day(until, calendar.zone) or day_of(until, calendar.zone)
    day: date | None = day_of(start, calendar.zone)
    while day is not None and day <= last:
        for opening, closing in calendar.open_spans(day):
            begin, end = max(opening, start), min(closing, until)
            if begin < end:
                items.append(Counted(0, day, calendar.nature(day), begin, end))
        following = calendar.workday_after(day, 1)
        if len(items) >= most - 1 and following is not None and following < last:
            left_out += calendar.workdays_between(day, last)
            following = last
        day = following
    return Tally(items, [], left_out)
