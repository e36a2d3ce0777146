"""The month of a report: from which moment to which it runs, and which months it is compared with."""

from __future__ import annotations

import re
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadMonth
from complaintctl.reports.view import month_span
from complaintctl.rules.localtime import Moment, day_of

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])", re.ASCII)


class Span(NamedTuple):
    """A month of the site: from `start` to just before `end`, which is the 24:00 of its last day."""

    year: int
    month: int
    start: Moment
    end: Moment

    @property
    def name(self) -> str:
        """The month as it is typed: `2026-11`."""
        return f"{self.year:04d}-{self.month:02d}"


def named(text: str, zone: ZoneInfo, cut_off: int | None = None) -> Span:
    """The month called `2026-11`.

    Raises BadMonth for any other form, and for years before 1970 or after 9990.
    """
    found = _MONTH.fullmatch(text.strip())
    if found is None or not 1970 <= int(found[1]) <= 9990:
        raise BadMonth(text=text[:40])
    return span(int(found[1]), int(found[2]), zone, cut_off)


def span(year: int, month: int, zone: ZoneInfo, cut_off: int | None = None) -> Span:
    """A month of the site; with a cut-off day it runs from the day after the last cut-off to this one's."""
    return Span(year, month, *month_span(year, month, zone, cut_off))


def current(now: Moment, zone: ZoneInfo, cut_off: int | None = None) -> Span:
    """The month in which a moment lies."""
    today = day_of(now, zone)
    found = span(today.year, today.month, zone, cut_off)
    return found if now < found.end else span(*_later(today.year, today.month), zone, cut_off)


def month_before(month: Span, zone: ZoneInfo, cut_off: int | None = None) -> Span:
    """The month before."""
    return span(*_earlier(month.year, month.month), zone, cut_off)


def year_before(month: Span, zone: ZoneInfo, cut_off: int | None = None) -> Span:
    """The same month a year ago."""
    return span(month.year - 1, month.month, zone, cut_off)


def _earlier(year: int, month: int) -> tuple[int, int]:
    return (year, month - 1) if month > 1 else (year - 1, 12)


def _later(year: int, month: int) -> tuple[int, int]:
    return (year, month + 1) if month < 12 else (year + 1, 1)
