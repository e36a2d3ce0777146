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
from complaintctl.language import N_
from complaintctl.reading.days import last_of_month, last_of_week
from complaintctl.reading.moments import WHICH_WEEK, Read, read, read_day, tidy
from complaintctl.rules.localtime import Moment, day_end, day_of, shown
from complaintctl.rules.period import Limit, parse_limit

_BEFORE = ("之前", "以前", "前")
_WITHIN = ("之内", "以内", "内")
_TODAY = ("今天", "今日")

_ENDS: dict[str, Callable[[date], date]] = {
    **dict.fromkeys(_TODAY, lambda day: day),
    **dict.fromkeys(("本周", "这周", "这个星期", "本星期"), last_of_week),
    **dict.fromkeys(("下周", "下个星期", "下星期"), lambda day: last_of_week(day, 1)),
    **dict.fromkeys(("本月", "这个月"), last_of_month),
    **dict.fromkeys(("下月", "下个月"), lambda day: last_of_month(day, 1)),
    "今年": lambda day: date(day.year, 12, 31),
}
"""The last day of what somebody names as a span: 本周内 is until Sunday 24:00."""

_ENDINGS = {
    **dict.fromkeys(("月底", "月末", "本月底", "本月末", "这个月底"), "本月"),
    **dict.fromkeys(("下月底", "下月末", "下个月底", "下个月末"), "下月"),
    **dict.fromkeys(("年底", "年末", "今年底", "今年年底"), "今年"),
}
"""Names of a last day, and the span that it ends."""

TODAY_BEFORE = N_("That may mean until now or until tonight. Write 今天内, 当天, or the time: 今天18:00前.")


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
    if hint := _why_not(text):
        error.hint = hint
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
    except BadMoment as error:
        found = _worded(text, now, zone)
        if found is not None and found.at is not None:
            return Read(found.at, found.echo.endswith("24:00"), found.echo)
        limit = _limit_of(text)
        if limit is None:
            error.hint = _why_not(text) or error.hint
            raise
    at = due(limit)
    echo = shown(at, zone)
    return Read(at, echo.endswith("24:00"), echo)


def _why_not(text: str) -> str | None:
    """Give the hint for a wording that only lacks what would make it clear; None for any other."""
    typed = tidy(text)
    bare = next((typed.removesuffix(word) for word in _BEFORE if typed.endswith(word)), typed)
    if re.fullmatch("(周|星期|礼拜)([一二三四五六日天末])", bare):
        return WHICH_WEEK
    return TODAY_BEFORE if bare in _TODAY and bare != typed else None


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
    if before is not None and span is None:
        if before in _TODAY:
            return None
        return _day(before, now, zone) or _moment(_spaced(text), now, zone)
    within = next((typed.removesuffix(word) for word in _WITHIN if typed.endswith(word)), None)
    ends = _ENDS.get(span or within or "")
    if ends is None:
        return None
    end = day_end(ends(day_of(now, zone)), zone)
    return Until(end, None, shown(end, zone))


def _spaced(text: str) -> str:
    """The moment before which something must be done, with the space that a date in figures needs."""
    typed = tidy(text)
    return next(typed.removesuffix(word) for word in _BEFORE if typed.endswith(word)).strip()


def _limit(text: str, _now: Moment, _zone: ZoneInfo) -> Until | None:
    limit = _limit_of(text)
    return None if limit is None else Until(None, limit.text(), limit.text())


def _limit_of(text: str) -> Limit | None:
    try:
        return parse_limit(text)
    except LimitTooFar:
        raise
    except BadLimit:
        return None
