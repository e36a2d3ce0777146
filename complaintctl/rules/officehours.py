"""How much of a span of time lies inside the office hours of a calendar; the rest is nights and days off."""

from __future__ import annotations

from datetime import date

from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import ONE_DAY, Moment, day_of


class OfficeHours:
    """The office hours of one calendar, each day looked up once however many spans are asked for."""

    def __init__(self, calendar: Calendar) -> None:
        """Take the calendar whose hours count; one without hours is open round the clock on working days."""
        self.calendar = calendar
        self._days: dict[date, tuple[int, list[tuple[Moment, Moment]]]] = {}

    def between(self, start: Moment, end: Moment) -> int:
        """Return the seconds of office hours between two moments; 0 where the second is not later."""
        if end <= start:
            return 0
        first, last = day_of(start, self.calendar.zone), day_of(end, self.calendar.zone)
        total = sum(max(0, min(end, closing) - max(start, opening)) for opening, closing in self._day(first)[1])
        day = first + ONE_DAY
        while day < last:
            total += self._day(day)[0]
            day += ONE_DAY
        if last > first:
            total += sum(max(0, min(end, closing) - opening) for opening, closing in self._day(last)[1])
        return total

    def _day(self, day: date) -> tuple[int, list[tuple[Moment, Moment]]]:
        """Return a day's office hours, in all and span by span."""
        if day not in self._days:
            spans = self.calendar.open_spans(day)
            self._days[day] = (sum(closing - opening for opening, closing in spans), spans)
        return self._days[day]
