"""The calendar of a site: which days it works, and its office hours on them.

Working days know public holidays and make-up workdays (调休补班) and what the site itself laid down for
single dates. A calendar never changes; what corrects it makes a new one. It is kept as a snapshot (plain
JSON), so that a later list of holidays moves no past deadline. The file that people write is read by
`calendar_file`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.rules.localtime import LAST_DAY, Moment, day_end, instant

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DEFAULT_ZONE = "Asia/Shanghai"

WORKDAY = "workday"
REST = "weekend"  # of this site: any weekday without office hours
HOLIDAY = "holiday"
ANNUAL = "annual"
MAKE_UP = "make-up"
OPENED = "day-hours"
SITE_OPEN = "site-work"
SITE_CLOSED = "site-off"
OPEN = frozenset({WORKDAY, MAKE_UP, OPENED, SITE_OPEN})
"""The natures of a day on which the site works; all others are days off."""

Span = tuple[int, int]
"""Office hours of a day from minute to minute after its midnight; the end may be 1440."""
Spans = tuple[Span, ...]
DatesByYear = Mapping[str, Sequence[str]]
"""`{"2026": ["01-01", "10-01"]}`, in order."""

ALL_DAY: Spans = ((0, 24 * 60),)
PLAIN_WEEK: tuple[Spans, ...] = (ALL_DAY,) * 5 + ((),) * 2
"""Without office hours: Monday to Friday round the clock."""


class Override(NamedTuple):
    """What the site laid down for one date against the public calendar: on which ground, and who did."""

    day: date
    work: bool
    source: str
    who: str


class Year(NamedTuple):
    """One year reckoned out: each day's nature, and which of them, counted from 0, are working days."""

    natures: Sequence[str]
    working: Sequence[int]


class Calendar:
    """Working days and office hours of one site in one zone.

    `covered` are the years of which the holidays are known in full; None: all. In any other year the listed
    dates and hours still hold, and whatever rests on the year is provisional. `source` says where the list
    comes from.
    """

    __slots__ = (
        "_kinds",
        "_own_years",
        "_totals",
        "_years",
        "annual",
        "covered",
        "day_hours",
        "holidays",
        "hours",
        "overrides",
        "source",
        "timezone",
        "workdays",
        "zone",
    )

    def __init__(
        self,
        timezone: str = DEFAULT_ZONE,
        *,
        holidays: DatesByYear | None = None,
        workdays: DatesByYear | None = None,
        annual: Iterable[str] = (),
        covered: Iterable[int] | None = None,
        hours: Sequence[Spans] | None = None,
        day_hours: Mapping[date, Spans] | None = None,
        overrides: Iterable[Override] = (),
        source: str = "",
    ) -> None:
        """Take the parts as they are; `hours` has one entry a weekday from Monday, None: no office hours."""
        self.timezone = timezone
        self.zone = ZoneInfo(timezone)
        self.holidays: DatesByYear = holidays or {}
        self.workdays: DatesByYear = workdays or {}
        self.annual = tuple(annual)
        self.covered = None if covered is None else frozenset(covered)
        self.hours = None if hours is None else tuple(hours)
        self.day_hours = dict(day_hours or {})
        self.overrides = {override.day: override for override in overrides}
        self.source = source
        self._own_years = {int(year) for year in (*self.holidays, *self.workdays)}
        self._own_years |= {day.year for day in (*self.day_hours, *self.overrides)}
        self._years: dict[int, Year] = {}
        self._kinds: dict[tuple[int, int], Year] = {}
        self._totals: dict[tuple[int, int], int] = {}

    # ---- reading and keeping

    @classmethod
    def from_toml(cls, text: str, *, file: str = "", zone: str = DEFAULT_ZONE) -> "Calendar":
        """A calendar from the text of a calendar file; `zone` holds where the file names none.

        Raises CalendarWrong with `file`, the key and what was expected there.
        """
        from complaintctl.rules.calendar_file import read

        return read(text, file=file, zone=zone)

    @classmethod
    def from_snapshot(cls, snapshot: Mapping[str, Any]) -> "Calendar":
        """A calendar from what `to_snapshot` gave; it was checked when it was taken in."""
        hours = snapshot.get("hours")
        return cls(
            snapshot.get("timezone", DEFAULT_ZONE),
            holidays=snapshot.get("holidays"),
            workdays=snapshot.get("workdays"),
            annual=snapshot.get("annual", ()),
            covered=snapshot.get("covered"),
            hours=None if hours is None else [spans(hours.get(name, ())) for name in WEEKDAYS],
            day_hours={date.fromisoformat(day): spans(own) for day, own in snapshot.get("day_hours", {}).items()},
            overrides=[
                Override(date.fromisoformat(one["date"]), one["nature"] == "work", one["source"], one["who"])
                for one in snapshot.get("overrides", ())
            ],
            source=snapshot.get("source", ""),
        )

    def to_snapshot(self) -> dict[str, Any]:
        """The calendar as plain JSON of strings and whole numbers, the same for equal calendars."""
        parts: dict[str, Any] = {
            "timezone": self.timezone,
            "holidays": {year: list(days) for year, days in sorted(self.holidays.items())},
            "workdays": {year: list(days) for year, days in sorted(self.workdays.items())},
            "annual": list(self.annual),
            "day_hours": {day.isoformat(): spans_text(own) for day, own in sorted(self.day_hours.items())},
            "overrides": [
                {
                    "date": day.isoformat(),
                    "nature": "work" if one.work else "off",
                    "source": one.source,
                    "who": one.who,
                }
                for day, one in sorted(self.overrides.items())
            ],
            "source": self.source,
        }
        kept = {key: part for key, part in parts.items() if part}
        if self.covered is not None:
            kept["covered"] = sorted(self.covered)
        if self.hours is not None:
            kept["hours"] = {name: spans_text(own) for name, own in zip(WEEKDAYS, self.hours, strict=True) if own}
        return kept

    def __eq__(self, other: object) -> bool:
        """Equal when everything that is kept is equal."""
        return isinstance(other, Calendar) and self.to_snapshot() == other.to_snapshot()

    def __hash__(self) -> int:
        """Two equal calendars lie in one zone and cover the same years."""
        return hash((self.timezone, self.covered))

    # ---- days

    def knows(self, year: int) -> bool:
        """Whether the holidays of a year are known in full; if not, what rests on it is provisional."""
        return self.covered is None or year in self.covered

    def nature(self, day: date) -> str:
        """What kind of day it is: one of the words above; `OPEN` holds those on which the site works."""
        return self.year(day.year).natures[day.toordinal() - date(day.year, 1, 1).toordinal()]

    def is_workday(self, day: date) -> bool:
        """Whether the site works on a day."""
        return self.nature(day) in OPEN

    def workday_after(self, day: date, count: int) -> date | None:
        """The `count`-th working day after a day (count ≥ 1); None if the years end before it."""
        number, first = day.year, date(day.year, 1, 1).toordinal()
        working = self.year(number).working
        index = bisect_right(working, day.toordinal() - first) + count - 1
        while index >= len(working):
            index -= len(working)
            number += 1
            if number > LAST_DAY.year:
                return None
            working = self.year(number).working
        found = date.fromordinal(date(number, 1, 1).toordinal() + working[index])
        return found if found <= LAST_DAY else None

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days lie between two days, neither counted."""
        total = 0
        for number in range(first.year, last.year + 1):
            begin, working = date(number, 1, 1).toordinal(), self.year(number).working
            low = bisect_right(working, first.toordinal() - begin) if number == first.year else 0
            high = bisect_left(working, last.toordinal() - begin) if number == last.year else len(working)
            total += max(high - low, 0)
        return total

    # ---- office hours

    @property
    def week(self) -> Sequence[Spans]:
        """The office hours of each weekday from Monday; empty on weekdays off."""
        return self.hours or PLAIN_WEEK

    def intervals(self, day: date) -> Spans:
        """The office hours of a day in minutes after midnight; empty on days off."""
        nature = self.nature(day)
        if nature not in OPEN:
            return ()
        own = self.day_hours.get(day)
        if own is not None:
            return own
        week = self.week
        if nature == MAKE_UP:
            # Such a day makes up for a weekday that was given away, and is worked as one: by Monday's hours.
            return week[0]
        return week[day.weekday()] or week[0]

    def open_spans(self, day: date) -> list[tuple[Moment, Moment]]:
        """The office hours of a day as moments, from opening to closing."""
        return [(self._moment(day, start), self._moment(day, end)) for start, end in self.intervals(day)]

    def closing(self, day: date) -> Moment | None:
        """When the office closes for the day; None on days without office hours."""
        own = self.intervals(day)
        return self._moment(day, own[-1][1]) if own else None

    def open_seconds(self, year: int) -> int:
        """All office hours of a year, in seconds that really pass."""
        first, known = date(year, 1, 1), self.year(year)
        kind = (year, 0) if year in self._own_years else (first.weekday(), len(known.natures))
        total = self._totals.get(kind)
        if total is None:
            days = [date.fromordinal(first.toordinal() + index) for index in known.working]
            total = self._totals[kind] = sum(_seconds(self.intervals(day)) for day in days)
        if total:
            for day in self._days_by_clock_changes(first, len(known.natures)):
                total += sum(end - start for start, end in self.open_spans(day)) - _seconds(self.intervals(day))
        return total

    def _moment(self, day: date, minutes: int) -> Moment:
        return day_end(day, self.zone) if minutes == 24 * 60 else instant(day, minutes, self.zone)

    def _days_by_clock_changes(self, first: date, length: int) -> list[date]:
        """The days of all weeks of a year in which the clock is put forward or back."""
        begin = first.toordinal()
        weeks = [min(begin + index, LAST_DAY.toordinal()) for index in range(0, length + 7, 7)]
        offsets = [datetime.fromordinal(day).replace(tzinfo=self.zone).utcoffset() for day in weeks]
        return [
            date.fromordinal(day)
            for week, before, after in zip(weeks, offsets, offsets[1:], strict=False)
            if before != after
            for day in range(week, min(week + 7, begin + length))
        ]

    # ---- corrections

    def overlay(self, overrides: Iterable[Override]) -> "Calendar":
        """This calendar with what the site laid down for single dates; the last word on a date holds."""
        return self._changed(overrides=[*self.overrides.values(), *overrides])

    def with_public_holidays(self, public: "Calendar") -> "Calendar":
        """This calendar with the holidays and make-up workdays of all years that `public` covers.

        Zone, hours, yearly days off and the site's own dates stay; years that `public` does not cover, too.
        """
        if public.covered is None:
            return self._changed(holidays=public.holidays, workdays=public.workdays, covered=None, source=public.source)
        taken = {str(year) for year in public.covered}
        covered = None if self.covered is None else self.covered | public.covered
        if not self.holidays and not self.workdays and covered is None:
            # A list of office hours alone says nothing about holidays: what is known of them is what is taken in.
            covered = public.covered
        return self._changed(
            holidays=_with_years(self.holidays, public.holidays, taken),
            workdays=_with_years(self.workdays, public.workdays, taken),
            covered=covered,
            source=public.source,
        )

    def _changed(self, **parts: Any) -> "Calendar":
        same: dict[str, Any] = {
            "holidays": self.holidays,
            "workdays": self.workdays,
            "annual": self.annual,
            "covered": self.covered,
            "hours": self.hours,
            "day_hours": self.day_hours,
            "overrides": self.overrides.values(),
            "source": self.source,
        }
        return Calendar(self.timezone, **(same | parts))

    # ---- one year

    def year(self, number: int) -> Year:
        """A year reckoned out; years without dates of their own share one reckoning for each kind of year."""
        known = self._years.get(number)
        if known is not None:
            return known
        first = date(number, 1, 1)
        length = date(number, 12, 31).toordinal() - first.toordinal() + 1
        kind = (first.weekday(), length)
        if number in self._own_years:
            known = self._reckoned(first, length)
        else:
            known = self._kinds.get(kind) or self._kinds.setdefault(kind, self._reckoned(first, length))
        self._years[number] = known
        return known

    def _reckoned(self, first: date, length: int) -> Year:
        """From the weakest word to the strongest: week, own hours, yearly, holidays, make-up, the site's."""
        week = [WORKDAY if own else REST for own in self.week]
        natures = (week * 54)[first.weekday() : first.weekday() + length]
        begin, year = first.toordinal(), first.year
        for day in self.day_hours:
            if day.year == year and natures[day.toordinal() - begin] == REST:
                natures[day.toordinal() - begin] = OPENED
        for nature, days in (
            (ANNUAL, [day for day in self.annual if day != "02-29" or length == 366]),
            (HOLIDAY, self.holidays.get(str(year), ())),
            (MAKE_UP, self.workdays.get(str(year), ())),
        ):
            for listed in days:
                natures[date(year, int(listed[:2]), int(listed[3:])).toordinal() - begin] = nature
        for override in self.overrides.values():
            if override.day.year == year:
                natures[override.day.toordinal() - begin] = SITE_OPEN if override.work else SITE_CLOSED
        return Year(natures, [index for index, nature in enumerate(natures) if nature in OPEN])


def spans(texts: Iterable[str]) -> Spans:
    """Office hours from `["08:30-12:00", …]`, as a snapshot holds them: right, in order, without overlap."""
    return tuple((_minutes(text[:5]), _minutes(text[6:])) for text in texts)


def spans_text(own: Iterable[Span]) -> list[str]:
    """Office hours as `["08:30-12:00", …]`."""
    return [f"{start // 60:02}:{start % 60:02}-{end // 60:02}:{end % 60:02}" for start, end in own]


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _seconds(own: Spans) -> int:
    return 60 * sum(end - start for start, end in own)


def _with_years(old: DatesByYear, new: DatesByYear, taken: set[str]) -> DatesByYear:
    """`old`, with the years `taken` as `new` has them, also where it has none."""
    kept = {year: days for year, days in old.items() if year not in taken}
    return kept | {year: days for year, days in new.items() if year in taken}
