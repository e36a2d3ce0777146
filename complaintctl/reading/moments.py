"""The grammar of moments, days and months as people type them: strict, so that nothing is guessed.

A day and a clock reading in the site's zone, or an instant with its offset. A day may be a date, a date without
its year, or a word (today, 昨天, 上周五); a reading may be 09:05 or 上午9点05分. Whatever reads two ways is refused,
and what was read is given back in full, so that it can be shown.
"""

import re
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import (
    BadDay,
    BadLimit,
    BadMoment,
    BadMonth,
    DoubleTime,
    FutureMoment,
    LimitTooFar,
    SkippedTime,
)
from complaintctl.reading.days import DAY, FIRST_YEAR, LAST_YEAR, date_of
from complaintctl.reading.days import days as days_of
from complaintctl.rules.localtime import (
    DAY_SECONDS,
    Moment,
    day_end,
    day_of,
    ended_day,
    iso,
    readings,
    shown,
)
from complaintctl.rules.period import ELAPSED, parse_limit, whole_number

_LONGEST = 60
_NARROW = str.maketrans(
    "０１２３４５６７８９：－＋　點時鐘鍾號週禮個這後內兩間裡裏", "0123456789:-+ 点时钟钟号周礼个这后内两间里里"
)
"""Full-width signs, and the traditional characters that moments are written with."""

_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) | (?=[年月日号点时分秒刻个小天工周])")
"""A blank beside a Chinese character, as in 11 月 17 日: it says nothing."""

_EXACT = r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
_OFFSET = r"(?P<offset>Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
_HANZI = "[零〇一二两三四五六七八九十]"
_PARTS = {
    "凌晨": range(7),
    **dict.fromkeys(("清晨", "清早"), range(4, 9)),
    **dict.fromkeys(("早上", "早晨", "早间", "早"), range(4, 12)),
    "上午": range(12),
    **dict.fromkeys(("中午", "午间"), range(11, 14)),
    "正午": range(12, 13),
    **dict.fromkeys(("下午", "午后"), range(12, 20)),
    "傍晚": range(16, 21),
    **dict.fromkeys(("晚上", "晚间", "晚"), range(17, 24)),
    **dict.fromkeys(("夜里", "夜间", "深夜", "半夜"), range(21, 24)),
    "午夜": range(0),
}
"""The hours of each part of the day; an hour told is that one of its two readings that lies in its part."""

PART = "|".join(_PARTS)
"""A part of the day as part of a pattern."""

_UNITS = "一二三四五六七八九"
_PAST = rf"\d\d|[零〇][\d{_UNITS}]|[二三四五]?十[{_UNITS}]|[二三四五]十|(?:\d{{1,2}}|{_HANZI}{{1,3}})(?=分)"
_CLOCK = (
    rf"(?P<part>{PART})? ?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"|(?P<oclock>\d{{1,2}}|{_HANZI}{{1,3}})(?:[点时]|点钟)"
    rf"(?:(?P<half>半)|(?P<quarter>[一三13])刻|[整正]|(?P<past>{_PAST})(?:分(?:(?P<later>\d{{1,2}})秒)?)?)?)"
)
_QUARTERS = {"一": "15", "三": "45", "1": "15", "3": "45"}

_MORNING = range(7, 12)
"""Hours that mean the morning where the date is written out, as forms have it; 3点 and 12点 are said of two hours."""

_DAYS = {"前": "前天", "昨": "昨天", "今": "今天", "明": "明天"}
_SHORT = {f"{day}{part[0]}": f"{_DAYS[day]}{part}" for day in _DAYS for part in ("晚上", "早上")}
_SHORT |= {f"{day}{part[0]}": f"{_DAYS[day]}{part}" for day in "昨今" for part in ("夜里",)}
_SHORT |= {f"{day}晨": f"{_DAYS[day]}早晨" for day in "昨今明"}

_AGO = ("之前", "以前", "前")
_AGO_AT_MOST = 30 * DAY_SECONDS
"""Whoever says how many hours ago something was says it of the last days."""


class Read(NamedTuple):
    """A moment as it was understood; `due_like` when it is a day's 24:00, so that days count from that day.

    `echo` is the full reading for people: `2026-11-22 09:05`, `2026-11-20 24:00`.
    """

    at: Moment
    due_like: bool
    echo: str


def read(text: str, *, now: Moment, zone: ZoneInfo, future: bool | None = False, field: object = "--at") -> Read:
    """Read a moment as typed.

    `future=False` is a field of the past: a moment still to come raises FutureMoment (of `field`). `future=True`
    is a field of the future, though moments that are over are taken too; None is any time. A date without its
    year is of this year; only around New Year, where that lies on the wrong side of now, of last or next year.
    Raises BadMoment where the text is no moment or reads two ways, SkippedTime and DoubleTime where a clock
    change leaves no such reading or two.
    """
    typed = tidy(text)
    exact = re.fullmatch(_EXACT + _OFFSET, typed, re.ASCII)
    found = _from_offset(exact, zone, text) if exact else None if future else _ago(typed, now, zone)
    found = found or _from_local(typed, now, zone, future, text)
    if future is False and found.at > now:
        raise FutureMoment(field=field, moment=found.echo, now=shown(now, zone, due=False))
    return found


def read_day(text: str, *, now: Moment, zone: ZoneInfo, future: bool | None = False) -> date:
    """Read a day: `2026-11-22`, `11-22`, `today`, `昨天`, `11月22日`; a missing year as in `read`.

    Raises BadDay. Whether the day may be one to come is for the caller to say.
    """
    found = re.fullmatch(DAY, tidy(text).lower(), re.ASCII)
    today = day_of(now, zone)
    days = days_of(found, today, future) if found else []
    if not days:
        raise _explained(BadDay(text=text[:_LONGEST]), text, now, zone, future)
    return next((day for day in days if _fits(day.toordinal(), today.toordinal(), future)), days[0])


def read_month(text: str) -> tuple[int, int]:
    """Read a month, `2026-11` or `2026年11月`, as year and month. Raises BadMonth."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)|年(\d{1,2})月)", tidy(text), re.ASCII)
    year, month = (int(found[1]), int(found[2] or found[3])) if found else (0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise BadMonth(text=text[:_LONGEST])
    return year, month


def tidy(text: str) -> str:
    """Full-width and traditional characters made plain, spaces dropped at the ends and beside Chinese, else single."""
    if len(text) > 2 * _LONGEST:
        return ""
    typed = re.sub("[ \t]+", " ", text.translate(_NARROW).strip())
    return typed if typed.isascii() else _BLANK.sub("", typed)


def _from_offset(exact: re.Match[str], zone: ZoneInfo, text: str) -> Read:
    day = date_of(exact["date"])
    clock = seconds_of(exact)
    if day is None or clock is None:
        raise BadMoment(text=text[:_LONGEST])
    offset, ahead = exact["offset"], 0
    if offset != "Z":
        ahead = (int(offset[1:3]) * 60 + int(offset[4:])) * (-60 if offset[0] == "-" else 60)
    at = (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY_SECONDS + clock - ahead
    due_like = clock == DAY_SECONDS and ended_day(at, zone) is not None
    return Read(at, due_like, shown(at, zone, due=due_like))


def _from_local(typed: str, now: Moment, zone: ZoneInfo, future: bool | None, text: str) -> Read:
    """A day and a reading in the site's zone; of the days that a date without its year may mean, the right one."""
    today = day_of(now, zone)
    exact = re.fullmatch(_EXACT, typed, re.ASCII)
    if exact:
        day, clock = date_of(exact["date"]), seconds_of(exact)
        days = [day] if day else []
    else:
        found = told(typed)
        clock = seconds_of(found) if found else None
        days = days_of(found, today, future) if found else []
    if not days or clock is None:
        raise _explained(BadMoment(text=text[:_LONGEST]), text, now, zone, future)
    due_like = clock == DAY_SECONDS
    choices = [(day_end(day, zone) if due_like else readings(day, 0, zone, clock)[0], day) for day in days]
    at, day = next((choice for choice in choices if _fits(choice[0], now, future)), choices[0])
    if not due_like:
        _refuse_unclear(day, clock, zone)
    return Read(at, due_like, shown(at, zone, due=due_like))


def told(typed: str) -> re.Match[str] | None:
    """The day, the part of the day and the reading of the clock in a tidy text; None where it is no such thing."""
    if typed[:2] in _SHORT:
        # 昨晚上 and 昨夜里 say no more than 昨晚 and 昨夜.
        whole = _SHORT[typed[:2]]
        typed = whole + (typed[3:] if typed[2:3] == whole[-1] else typed[2:])
    found = re.fullmatch(rf"(?:{DAY}(?P<space> ?))?{_CLOCK}", typed.lower(), re.ASCII)
    return found if found and (found["space"] != "" or found["chinese"] or found["part"]) else None


def _ago(typed: str, now: Moment, zone: ZoneInfo) -> Read | None:
    """`半小时前`: so many minutes or hours before now; of days, nobody knows the hour."""
    span = next((typed.removesuffix(word) for word in _AGO if typed.endswith(word)), "")
    try:
        limit = parse_limit(span)
    except (BadLimit, LimitTooFar):
        return None
    seconds = limit.n * ELAPSED.get(limit.unit, 0)
    if not 0 < seconds <= _AGO_AT_MOST:
        return None
    return Read(now - seconds, False, shown(now - seconds, zone, due=False))


def _fits(at: int, now: int, future: bool | None) -> bool:
    """Whether a moment or a day lies on the side of now that its field asks for."""
    return future is None or (at >= now if future else at <= now)


def seconds_of(found: re.Match[str]) -> int | None:
    """Seconds after midnight, 86,400 for 24:00; None where there is no such reading or it is not clear which."""
    words = found.groupdict()
    hour = whole_number(words["hour"] or words["oclock"])
    past = words["minute"] or words.get("past") or "0"
    quarter = words.get("quarter")
    told = "30" if words.get("half") else _QUARTERS[quarter] if quarter else past.lstrip("零〇")
    minute = whole_number(told or "0")
    second = int(words["second"] or words.get("later") or 0)
    if hour is None or minute is None or minute > 59 or second > 59:
        return None
    part = words.get("part")
    if part:
        choices = (0,) if part == "凌晨" and hour == 12 and minute else (hour, hour + 12)
        hour = next((choice for choice in choices if choice in _PARTS[part]), None)
    elif needs_part(found):
        return None
    if hour is None or hour > 24 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def needs_part(found: re.Match[str]) -> bool:
    """Whether an hour is told without its part of the day, though it is said of two hours of that day.

    三点 is said of the night and of the afternoon, and 昨天九点 of the morning and of the evening. Beside a date that
    is written out, 7 to 11 are those of the clock with 24 hours, as forms have it.
    """
    words = found.groupdict()
    hour = whole_number(words.get("oclock") or "0")
    if hour is None or words.get("part") or not 1 <= hour <= 12:
        return False
    written = words.get("date") or "月" in (words.get("chinese") or "")
    return not (written and hour in _MORNING)


def _explained(error: BadMoment, text: str, now: Moment, zone: ZoneInfo, future: bool | None) -> BadMoment:
    """An error that names both readings of what reads two ways, or what is missing."""
    from complaintctl.reading.unclear import explain

    explain(error, text, now=now, zone=zone, future=future)
    return error


def _refuse_unclear(day: date, clock: int, zone: ZoneInfo) -> None:
    first, second = readings(day, 0, zone, clock)
    if first == second:
        return
    text = f"{day.isoformat()} {clock // 3600:02}:{clock // 60 % 60:02}"
    if first > second:
        raise SkippedTime(text=text, zone=zone.key, example=iso(first, zone))
    raise DoubleTime(text=text, zone=zone.key, first=iso(first, zone), second=iso(second, zone))
