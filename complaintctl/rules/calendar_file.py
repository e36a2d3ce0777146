"""The calendar file that an office writes: read strictly, and written again from a calendar.

Whatever the form does not foresee is refused with the key and what was expected there, because a date that is
silently passed over moves deadlines. The form is described in docs/calendar-files.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from complaintctl.errors import CalendarWrong
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.calendar import WEEKDAYS, Calendar, DatesByYear, Spans, spans, spans_text

YEARS = range(1900, 9999)
"""The years a calendar may speak of."""
LEAP_YEAR = 2000
"""A year that has every day that a year can have."""

_HOURS = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEARLY = re.compile(r"[0-9]{2}-[0-9]{2}")


class _Reader:
    """Checks one file's values and names the place of what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file

    def refuse(self, key: object, expected: str, **values: object) -> NoReturn:
        wanted = Phrase(expected, **values) if values else Words(expected)
        raise CalendarWrong(file=self.file, key=key, expected=wanted)

    def table(self, key: str, value: object) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.refuse(key, N_("a table"))
        return value

    def listed(self, key: str, value: object) -> list[Any]:
        if not isinstance(value, list):
            self.refuse(key, N_("a list in square brackets"))
        return value

    def day(self, key: str, value: object) -> date:
        if isinstance(value, date) and not isinstance(value, datetime):
            value = value.isoformat()
        try:
            day = date.fromisoformat(value) if isinstance(value, str) and _DATE.fullmatch(value) else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            self.refuse(key, N_('a date of the calendar like "2026-10-01"'))
        return day

    def zone(self, key: str, value: object) -> str:
        try:
            zone = ZoneInfo(value).key if isinstance(value, str) and value.isascii() else ""
        except (ZoneInfoNotFoundError, ValueError, OSError):
            zone = ""
        if not zone:
            self.refuse(key, N_('a time zone like "Asia/Shanghai"'))
        return zone

    def dates(self, key: str, value: object) -> DatesByYear:
        """Dates by year and in order, as a calendar holds them."""
        by_year: dict[str, list[str]] = {}
        for index, one in enumerate(self.listed(key, value)):
            day = self.day(f"{key}[{index}]", one)
            days = by_year.setdefault(str(day.year), [])
            if day.isoformat()[5:] in days:
                self.refuse(f"{key}[{index}]", N_("each date once"))
            days.append(day.isoformat()[5:])
        return {year: sorted(days) for year, days in sorted(by_year.items())}

    def yearly(self, key: str, value: object) -> list[str]:
        days: list[str] = []
        for index, one in enumerate(self.listed(key, value)):
            place = f"{key}[{index}]"
            if not isinstance(one, str) or not _YEARLY.fullmatch(one):
                self.refuse(place, N_('a day of every year like "12-31"'))
            try:
                date(LEAP_YEAR, int(one[:2]), int(one[3:]))
            except ValueError:
                self.refuse(place, N_('a day of every year like "12-31"'))
            if one in days:
                self.refuse(place, N_("each date once"))
            days.append(one)
        return sorted(days)

    def years(self, key: str, value: object) -> list[int]:
        years: list[int] = []
        for index, one in enumerate(self.listed(key, value)):
            place = f"{key}[{index}]"
            if isinstance(one, bool) or not isinstance(one, int) or one not in YEARS:
                self.refuse(place, N_("a year like 2026"))
            if one in years:
                self.refuse(place, N_("each year once"))
            years.append(one)
        return years

    def hours(self, key: str, value: object) -> Spans:
        """Office hours of a day, put in order."""
        texts = self.listed(key, value)
        for index, text in enumerate(texts):
            if not isinstance(text, str) or not _HOURS.fullmatch(text):
                self.refuse(f"{key}[{index}]", N_('hours like "08:30-12:00"'))
        own = spans(texts)
        for index, (start, end) in enumerate(own):
            if end <= start:
                self.refuse(f"{key}[{index}]", N_("hours that end after they begin"))
        ordered = tuple(sorted(own))
        if any(later[0] < earlier[1] for earlier, later in pairwise(ordered)):
            self.refuse(key, N_("hours that do not overlap"))
        return ordered

    def week(self, key: str, value: object) -> list[Spans]:
        table = self.table(key, value)
        for name in table:
            if name not in WEEKDAYS:
                self.refuse(f"{key}.{name}", N_("one of {names}"), names=list(WEEKDAYS))
        return [self.hours(f"{key}.{name}", table.get(name, [])) for name in WEEKDAYS]

    def day_hours(self, key: str, value: object) -> dict[date, Spans]:
        own: dict[date, Spans] = {}
        for name, texts in self.table(key, value).items():
            place = f'{key}."{name}"'
            day = self.day(place, name)
            own[day] = self.hours(place, texts)
            if not own[day]:
                self.refuse(place, N_("at least one pair of hours; a day off stands in holidays"))
        return own


def read(text: str, *, file: str, zone: str) -> Calendar:
    """The calendar that a file's text describes; `zone` holds where it names none. Raises CalendarWrong."""
    reader = _Reader(file)
    content = _parsed(reader, text)
    known: dict[str, Callable[[str, object], Any]] = {
        "timezone": reader.zone,
        "holidays": reader.dates,
        "workdays": reader.dates,
        "annual": reader.yearly,
        "covered": reader.years,
        "hours": reader.week,
        "day_hours": reader.day_hours,
    }
    for key in content:
        if key not in known:
            reader.refuse(key, N_("one of {names}"), names=list(known))
    parts = {key: known[key](key, value) for key, value in content.items()}
    return Calendar(parts.pop("timezone", zone), **parts)


def _parsed(reader: _Reader, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        reader.refuse(Words(N_("the file")), N_("lists and tables that are not nested"))
    except ValueError as error:
        place = re.search(r"\(at (?:line ([0-9]+)|end of document)", str(error))
        if not place:
            reader.refuse(Words(N_("the file")), N_("numbers that a calendar needs"))
        line = place[1] or len(text.splitlines())
        reader.refuse(Phrase(N_("line {line}"), line=line), N_("TOML: names, an equals sign, values in quotes"))


def write(calendar: Calendar) -> str:
    """A file's text that reads as this calendar; the site's own dates become holidays and workdays in it."""
    off, on = _dates(calendar.holidays), _dates(calendar.workdays)
    for day, override in calendar.overrides.items():
        (on if override.work else off).add(day)
        if not override.work:
            on.discard(day)
    lines = [f'timezone = "{calendar.timezone}"']
    lines += [_list("holidays", [f'"{day.isoformat()}"' for day in sorted(off)])]
    lines += [_list("workdays", [f'"{day.isoformat()}"' for day in sorted(on)])]
    lines += [_list("annual", [f'"{day}"' for day in calendar.annual])]
    if calendar.covered is not None:
        lines += [_list("covered", [str(year) for year in sorted(calendar.covered)])]
    if calendar.hours is not None:
        lines += ["", "[hours]"]
        lines += [f"{name} = {_quoted(own)}" for name, own in zip(WEEKDAYS, calendar.hours, strict=True) if own]
    if calendar.day_hours:
        lines += ["", "[day_hours]"]
        lines += [f'"{day.isoformat()}" = {_quoted(own)}' for day, own in sorted(calendar.day_hours.items())]
    return "\n".join(lines) + "\n"


def _dates(by_year: DatesByYear) -> set[date]:
    return {date.fromisoformat(f"{year}-{day}") for year, days in by_year.items() for day in days}


def _list(key: str, values: list[str]) -> str:
    """A list in rows that fit a screen."""
    # Five dates fit a screen of 80 columns.
    rows = [", ".join(values[at : at + 5]) for at in range(0, len(values), 5)]
    return f"{key} = [{rows[0] if rows else ''}]" if len(values) < 5 else f"{key} = [\n  " + ",\n  ".join(rows) + ",\n]"


def _quoted(own: Spans) -> str:
    return "[" + ", ".join(f'"{text}"' for text in spans_text(own)) + "]"
