"""Reading by when something must be done: a moment, a day (until its 24:00), a wording such as 本周五前, or a limit.

`本周五前` ends with that Friday's 24:00, as a report due by day 30 may be handed in on the 30th; `明天中午12点前` at
that moment. A limit such as `两天内` is counted from the moment at which it is set.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadDay, BadLimit, BadMoment, BadValue, DoubleTime, LimitTooFar, SkippedTime
from complaintctl.reading.days import NUMBER, last_of_month, last_of_week
from complaintctl.reading.moments import Read, read, read_day, tidy
from complaintctl.rules.localtime import Moment, day_end, day_of, shown
from complaintctl.rules.period import ELAPSED, Limit, parse_limit, whole_number

_BEFORE = ("之前", "以前", "前")
_WITHIN = ("之内", "以内", "内")
_AFTER = ("之后", "以后", "后")
_TODAY = ("今天", "今日")

_ENDS: dict[str, Callable[[date], date]] = {
    **dict.fromkeys(_TODAY, lambda day: day),
    **dict.fromkeys(("本周", "这周", "本星期", "这星期", "这个星期", "本礼拜", "这礼拜", "这个礼拜"), last_of_week),
    **dict.fromkeys(("下周", "下星期", "下个星期", "下礼拜", "下个礼拜"), lambda day: last_of_week(day, 1)),
    **dict.fromkeys(("本月", "这个月"), last_of_month),
    **dict.fromkeys(("下月", "下个月"), lambda day: last_of_month(day, 1)),
    **dict.fromkeys(("今年", "本年", "年"), lambda day: date(day.year, 12, 31)),
}
"""The last day of what somebody names as a span: 本周内 is until Sunday 24:00."""

_ENDINGS = {
    **dict.fromkeys(("月底", "月末", "本月底", "本月末", "这个月底"), "本月"),
    **dict.fromkeys(("下月底", "下月末", "下个月底", "下个月末"), "下月"),
    **dict.fromkeys(("年底", "年末", "今年底", "今年年底"), "今年"),
}
"""Names of a last day, and the span that it ends."""

_MONTH_END = re.compile(rf"(今年|明年)?({NUMBER})月[底末]")
_DATE_LIKE = re.compile(rf"{NUMBER}(?:日|月(?:之内|以内|内)?)")
"""22日 and 12月内 are dates to some and spans to others, where both may be typed."""


class Until(NamedTuple):
    """A moment, or the wording of a limit that runs from what it is set for; one of the two is None.

    `echo` is the full reading for people.
    """

    at: Moment | None
    limit: str | None
    echo: str


def read_until(text: str, *, now: Moment, zone: ZoneInfo, field: object = "--until") -> Until:
    """Read `2026-11-27`, `11-27 18:00`, `明天`, `本周五前`, `3 workdays`, `5个工作日`; moments that are over, too.

    Raises:
        BadValue: the text is none of these, or reads two ways.
        SkippedTime, DoubleTime, LimitTooFar.
    """
    for reading in (_day, _moment, _worded, _limit):
        found = reading(text, now, zone)
        if found is not None:
            return found
    error = BadValue(field=field, text=text[:60], expected=["2026-11-27", "2026-11-27 18:00", "3 workdays"])
    _explain(error, text, now, zone)
    raise error


def read_ahead(
    text: str, *, now: Moment, zone: ZoneInfo, due: Callable[[Limit], Moment], field: object = "--until"
) -> Read:
    """Read a moment to come: as `moments.read` does, or by a wording as `本周五前`, or by a limit as `两天内`.

    `due` says when a limit runs out that is set here. A bare day is none: nobody knows at which hour of it.
    Raises BadMoment, SkippedTime, DoubleTime, LimitTooFar.
    """
    try:
        return read(text, now=now, zone=zone, future=True, field=field)
    except (SkippedTime, DoubleTime):
        raise
    except BadMoment:
        found = _worded(text, now, zone)
        if found is not None and found.at is not None:
            return Read(found.at, found.echo.endswith("24:00"), found.echo)
        limit = _limit_of(text)
        if limit is None:
            raise
    at = due(limit)
    echo = shown(at, zone)
    return Read(at, echo.endswith("24:00"), echo)


def _explain(error: BadValue, text: str, now: Moment, zone: ZoneInfo) -> None:
    from complaintctl.reading.unclear import explain

    explain(error, text, now=now, zone=zone, future=True)


def _day(text: str, now: Moment, zone: ZoneInfo) -> Until | None:
    try:
        end = day_end(read_day(text, now=now, zone=zone, future=True), zone)
    except BadDay:
        return None
    return Until(end, None, shown(end, zone))


def _moment(text: str, now: Moment, zone: ZoneInfo) -> Until | None:
    try:
        found = read(text, now=now, zone=zone, future=True)
    except (SkippedTime, DoubleTime):
        raise
    except BadMoment:
        return None
    return Until(found.at, None, found.echo)


def _worded(text: str, now: Moment, zone: ZoneInfo) -> Until | None:
    """`本周五前`, `明天中午12点前`, `月底前`, `本周内`: until the end of a day, or a moment."""
    typed = tidy(text).replace(" ", "") if not tidy(text).isascii() else ""
    before = next((typed.removesuffix(word) for word in _BEFORE if typed.endswith(word)), None)
    span = _ENDINGS.get(typed if before is None else before)
    end = None if span else _month_end(typed if before is None else before, day_of(now, zone))
    if end is not None:
        return _until(end, zone)
    if before is not None and span is None:
        if before in _TODAY:
            return None
        return _day(before, now, zone) or _moment(_spaced(text), now, zone)
    within = next((typed.removesuffix(word) for word in _WITHIN if typed.endswith(word)), None)
    ends = _ENDS.get(span or within or "")
    if ends is not None:
        return _until(ends(day_of(now, zone)), zone)
    return _day(within, now, zone) if within else None


def _until(day: date, zone: ZoneInfo) -> Until:
    end = day_end(day, zone)
    return Until(end, None, shown(end, zone))


def _month_end(typed: str, today: date) -> date | None:
    """`12月底`: the last day of that month; of the next one of its name, as 1月底 in November is."""
    found = _MONTH_END.fullmatch(typed)
    month = whole_number(found[2]) if found else None
    if not found or month is None or not 1 <= month <= 12:
        return None
    next_year = found[1] == "明年" or (not found[1] and month < today.month)
    return last_of_month(date(today.year + next_year, month, 1))


def _spaced(text: str) -> str:
    """The moment before which something must be done, with the space that a date in figures needs."""
    typed = tidy(text)
    return next(typed.removesuffix(word) for word in _BEFORE if typed.endswith(word)).strip()


def _limit(text: str, _now: Moment, _zone: ZoneInfo) -> Until | None:
    limit = _limit_of(text)
    return None if limit is None else Until(None, limit.text(), limit.text())


def _limit_of(text: str) -> Limit | None:
    """A limit, also as `半小时后`; None for none, and for one that may as well be a date."""
    typed = tidy(text)
    if _DATE_LIKE.fullmatch(typed):
        return None
    after = next((typed.removesuffix(word) for word in _AFTER if typed.endswith(word)), None)
    try:
        limit = parse_limit(text if after is None else after)
    except LimitTooFar:
        raise
    except BadLimit:
        return None
    # Two days after, nobody knows at which hour.
    return limit if after is None or limit.unit in ELAPSED else None
