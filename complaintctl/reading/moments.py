"""The grammar of moments, days and months as people type them: strict, so that nothing is guessed.

A day and a clock reading in the site's zone, or an instant with its offset. A day may be a date, a date without
its year, or a word (today, 昨天); a reading may be 09:05 or 上午9点05分. Whatever reads two ways is refused, and
what was read is given back in full, so that it can be shown.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadDay, BadMoment, BadMonth, DoubleTime, FutureMoment, SkippedTime
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
from complaintctl.rules.period import whole_number

FIRST_YEAR, LAST_YEAR = 1900, 9998
"""A year outside of these is a slip of the pen."""

_LONGEST = 60
_HALF_A_YEAR = timedelta(days=183)
"""So near must a date of last or next year be to be meant when its year is left out."""
_NARROW = str.maketrans("０１２３４５６７８９：－＋　", "0123456789:-+ ")

_EXACT = r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
_OFFSET = r"(?P<offset>Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
_DAY = (
    r"(?:(?P<date>(?:\d{4}-)?\d\d-\d\d)|(?P<english>today|yesterday|tomorrow)"
    r"|(?P<chinese>今天|今日|昨天|昨日|前天|明天|后天|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号]))"
)
_HANZI = "[零〇一二两三四五六七八九十]"
_CLOCK = (
    r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)? ?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"|(?P<oclock>\d{{1,2}}|{_HANZI}{{1,3}})[点时]"
    rf"(?:(?P<half>半)|整|(?P<past>\d\d|(?:\d{{1,2}}|{_HANZI}{{1,3}})(?=分))分?)?)"
)
_DAY_WORDS = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), -1),
    "前天": -2,
    **dict.fromkeys(("tomorrow", "明天"), 1),
    "后天": 2,
}
_PARTS = {
    "凌晨": range(7),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "上午": range(12),
    "中午": range(11, 14),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
}
"""The hours of each part of the day; an hour told is that one of its two readings that lies in its part."""


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
    typed = _tidy(text)
    exact = re.fullmatch(_EXACT + _OFFSET, typed, re.ASCII)
    found = _from_offset(exact, zone, text) if exact else _from_local(typed, now, zone, future, text)
    if future is False and found.at > now:
        raise FutureMoment(field=field, moment=found.echo, now=shown(now, zone, due=False))
    return found


def read_day(text: str, *, now: Moment, zone: ZoneInfo, future: bool | None = False) -> date:
    """Read a day: `2026-11-22`, `11-22`, `today`, `昨天`, `11月22日`; a missing year as in `read`.

    Raises BadDay. Whether the day may be one to come is for the caller to say.
    """
    found = re.fullmatch(_DAY, _tidy(text).lower(), re.ASCII)
    today = day_of(now, zone)
    days = _days(found, today, future) if found else []
    if not days:
        raise BadDay(text=text[:_LONGEST])
    return next((day for day in days if _fits(day.toordinal(), today.toordinal(), future)), days[0])


def read_month(text: str) -> tuple[int, int]:
    """Read a month, `2026-11` or `2026年11月`, as year and month. Raises BadMonth."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)|年(\d{1,2})月)", _tidy(text), re.ASCII)
    year, month = (int(found[1]), int(found[2] or found[3])) if found else (0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise BadMonth(text=text[:_LONGEST])
    return year, month


def _tidy(text: str) -> str:
    """Full-width digits and signs made narrow, spaces at the ends dropped and inside single."""
    if len(text) > 2 * _LONGEST:
        return ""
    return re.sub("[ \t]+", " ", text.translate(_NARROW).strip())


def _from_offset(exact: re.Match[str], zone: ZoneInfo, text: str) -> Read:
    day = _date(exact["date"])
    clock = _clock(exact)
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
        day, clock = _date(exact["date"]), _clock(exact)
        days = [day] if day else []
    else:
        found = re.fullmatch(rf"(?:{_DAY}(?P<space> ?))?{_CLOCK}", typed.lower(), re.ASCII)
        if not found or (found["space"] == "" and not found["chinese"]):
            raise BadMoment(text=text[:_LONGEST])
        clock = _clock(found)
        days = _days(found, today, future)
    if not days or clock is None:
        raise BadMoment(text=text[:_LONGEST])
    due_like = clock == DAY_SECONDS
    choices = [(day_end(day, zone) if due_like else readings(day, 0, zone, clock)[0], day) for day in days]
    at, day = next((choice for choice in choices if _fits(choice[0], now, future)), choices[0])
    if not due_like:
        _refuse_unclear(day, clock, zone)
    return Read(at, due_like, shown(at, zone, due=due_like))


def _days(found: re.Match[str], today: date, future: bool | None) -> list[date]:
    """The days that the words may mean, the likeliest first; none where there is no such day."""
    words = found.groupdict()
    word = words["english"] or words["chinese"]
    written = words["date"]
    if word in _DAY_WORDS:
        return [today + timedelta(days=_DAY_WORDS[word])]
    if word:
        written = "-".join(part.zfill(2) for part in re.split("[年月]", word[:-1]))
    if not written:
        return [today]
    if len(written) > len("MM-DD"):
        days = [_date(written)]
    else:
        days = [_date(f"{today.year}-{written}")]
        if future is not None:
            near = _date(f"{today.year + (1 if future else -1)}-{written}")
            days += [near] if near and abs(near - today) <= _HALF_A_YEAR else []
    return [day for day in days if day]


def _fits(at: int, now: int, future: bool | None) -> bool:
    """Whether a moment or a day lies on the side of now that its field asks for."""
    return future is None or (at >= now if future else at <= now)


def _date(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _clock(found: re.Match[str]) -> int | None:
    """Seconds after midnight, 86,400 for 24:00; None where there is no such reading or it is not clear which."""
    words = found.groupdict()
    hour = whole_number(words["hour"] or words["oclock"])
    past = words["minute"] or words.get("past") or "0"
    minute = 30 if words.get("half") else whole_number(past.lstrip("零〇") or "0")
    second = int(words["second"] or 0)
    if hour is None or minute is None or minute > 59 or second > 59:
        return None
    part = words.get("part")
    if part:
        hour = next((told for told in (hour, hour + 12) if told in _PARTS[part]), None)
    elif words.get("oclock") and 1 <= hour <= 12:
        # 三点 is said of the night and of the afternoon: such hours need their part of the day.
        return None
    if hour is None or hour > 24 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def _refuse_unclear(day: date, clock: int, zone: ZoneInfo) -> None:
    first, second = readings(day, 0, zone, clock)
    if first == second:
        return
    text = f"{day.isoformat()} {clock // 3600:02}:{clock // 60 % 60:02}"
    if first > second:
        raise SkippedTime(text=text, zone=zone.key, example=iso(first, zone))
    raise DoubleTime(text=text, zone=zone.key, first=iso(first, zone), second=iso(second, zone))
