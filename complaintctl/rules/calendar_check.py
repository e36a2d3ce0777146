"""Looking at calendars: does a year add up, and what would another calendar change."""

from datetime import date, timedelta
from typing import NamedTuple

from complaintctl.rules.calendar import REST, WEEKDAYS, WORKDAY, Calendar, spans_text

LEGAL_HOLIDAYS = ((0, 10), (2008, 11), (2025, 13))
"""Statutory days off a year in China, and from which year on: so many weekdays are won over the make-up days."""

KNOWN_EXCEPTIONS = {
    2006: 9,
    2007: 12,
    2011: 10,
    2012: 12,
    2015: 12,
    2020: 13,
}
"""Years with another sum: days moved across the turn of a year (2006, 2007, 2011, 2012), 2015 with its single
day of remembrance, and 2020 with the Spring Festival that was prolonged."""


class YearCheck(NamedTuple):
    """What a year's list adds up to: weekdays off less weekends worked (`found`), and what it should; `ok` if so."""

    year: int
    weekdays_off: int
    make_ups: int
    found: int
    expected: int
    ok: bool


class DayChange(NamedTuple):
    """A day that another calendar sees differently: its nature and office hours, before and after."""

    day: date
    old: str
    new: str
    old_hours: list[str]
    new_hours: list[str]


class WeekChange(NamedTuple):
    """A weekday with other office hours; empty on a weekday off."""

    weekday: str
    old: list[str]
    new: list[str]


def check_year(calendar: Calendar, year: int) -> YearCheck:
    """Whether a year's public holidays and make-up workdays can be the whole list for China.

    Weekday holidays less weekend make-ups are the statutory days off, because whatever else is taken off on a
    weekday is worked off on a weekend. A list that falls short has lost dates on its way here.
    """
    off = sum(_weekday(year, day) < 5 for day in calendar.holidays.get(str(year), ()))
    made_up = sum(_weekday(year, day) >= 5 for day in calendar.workdays.get(str(year), ()))
    legal = next(days for since, days in reversed(LEGAL_HOLIDAYS) if year >= since)
    expected = KNOWN_EXCEPTIONS.get(year, legal)
    return YearCheck(year, off, made_up, off - made_up, expected, off - made_up == expected)


def changed_days(old: Calendar, new: Calendar) -> list[DayChange]:
    """The days of all years listed or covered by either calendar whose nature or own office hours change.

    Days that change only because the week does are left out: `changed_week` names those weekdays.
    """
    changes = []
    for year in sorted(_years(old) | _years(new)):
        before, after = old.year(year).natures, new.year(year).natures
        first = date(year, 1, 1)
        for index, (was, becomes) in enumerate(zip(before, after, strict=True)):
            day = first + timedelta(days=index)
            changed = was != becomes and {was, becomes} != {WORKDAY, REST}
            if changed or old.day_hours.get(day) != new.day_hours.get(day):
                hours = spans_text(old.intervals(day)), spans_text(new.intervals(day))
                changes.append(DayChange(day, was, becomes, *hours))
    return changes


def changed_week(old: Calendar, new: Calendar) -> list[WeekChange]:
    """The weekdays whose office hours change."""
    return [
        WeekChange(name, spans_text(was), spans_text(becomes))
        for name, was, becomes in zip(WEEKDAYS, old.week, new.week, strict=True)
        if was != becomes
    ]


def _weekday(year: int, day: str) -> int:
    return date(year, int(day[:2]), int(day[3:])).weekday()


def _years(calendar: Calendar) -> set[int]:
    listed = {int(year) for year in (*calendar.holidays, *calendar.workdays)}
    listed |= {day.year for day in (*calendar.day_hours, *calendar.overrides)}
    return listed | set(calendar.covered or ())
