"""The grammar of moments, days and months as people type them: strict, so that nothing is guessed.

A day and a clock reading in the site's zone, or an instant with its offset. A day may be a date, a date without
its year, or a word (today, 昨天, 上周五); a reading may be 09:05 or 上午9点05分. Whatever reads two ways is refused,
and what was read is given back in full, so that it can be shown.
"""

import re
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadDay, BadMoment, BadMonth, DoubleTime, FutureMoment, SkippedTime
from complaintctl.language import N_
from complaintctl.reading.days import DAY, FIRST_YEAR, LAST_YEAR, WITHOUT_WEEK, date_of
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
from complaintctl.rules.period import whole_number

_LONGEST = 60
_NARROW = str.maketrans("０１２３４５６７８９：－＋　", "0123456789:-+ ")

_EXACT = r"(?P<date>\d{4}-\d\d-\d\d)[T ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
_OFFSET = r"(?P<offset>Z|[+-](?:0\d|1[0-4]):[0-5]\d)"
_HANZI = "[零〇一二两三四五六七八九十]"
_CLOCK = (
    r"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|深夜)? ?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    rf"|(?P<oclock>\d{{1,2}}|{_HANZI}{{1,3}})(?:[点时]|点钟)"
    rf"(?:(?P<half>半)|(?P<quarter>[一三])刻|整|(?P<past>\d\d|(?:\d{{1,2}}|{_HANZI}{{1,3}})(?=分))分?)?)"
)
_QUARTERS = {"一": "15", "三": "45"}
_PARTS = {
    "凌晨": range(7),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "上午": range(12),
    "中午": range(11, 14),
    "下午": range(12, 20),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
    **dict.fromkeys(("夜里", "深夜"), range(21, 24)),
}
"""The hours of each part of the day; an hour told is that one of its two readings that lies in its part."""

_MORNING = range(7, 12)
"""Hours that mean the morning where the date is written out, as forms have it; 3点 and 12点 are said of two hours."""

_SHORT = {"昨晚": "昨天晚上", "今晚": "今天晚上", "明晚": "明天晚上", "昨夜": "昨天夜里"}
_SHORT |= {"昨早": "昨天早上", "今早": "今天早上", "明早": "明天早上"}


WHICH_WEEK = N_("That is a day of several weeks. Say 上周五, 本周五 or 下周五, or write the date.")
WHICH_MIDNIGHT = N_("That is said of the beginning and of the end of a day. Write 00:00 or 24:00 with its date.")


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
    found = _from_offset(exact, zone, text) if exact else _from_local(typed, now, zone, future, text)
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
        error = BadDay(text=text[:_LONGEST])
        if WITHOUT_WEEK.fullmatch(tidy(text)):
            error.hint = WHICH_WEEK
        raise error
    return next((day for day in days if _fits(day.toordinal(), today.toordinal(), future)), days[0])


def read_month(text: str) -> tuple[int, int]:
    """Read a month, `2026-11` or `2026年11月`, as year and month. Raises BadMonth."""
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)|年(\d{1,2})月)", tidy(text), re.ASCII)
    year, month = (int(found[1]), int(found[2] or found[3])) if found else (0, 0)
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        raise BadMonth(text=text[:_LONGEST])
    return year, month


def tidy(text: str) -> str:
    """Full-width digits and signs made narrow, spaces at the ends dropped and inside single."""
    if len(text) > 2 * _LONGEST:
        return ""
    return re.sub("[ \t]+", " ", text.translate(_NARROW).strip())


def _from_offset(exact: re.Match[str], zone: ZoneInfo, text: str) -> Read:
    day = date_of(exact["date"])
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
        day, clock = date_of(exact["date"]), _clock(exact)
        days = [day] if day else []
    else:
        typed = _SHORT.get(typed[:2], typed[:2]) + typed[2:]
        found = re.fullmatch(rf"(?:{DAY}(?P<space> ?))?{_CLOCK}", typed.lower(), re.ASCII)
        if not found or (found["space"] == "" and not found["chinese"]):
            raise _unread(typed, text)
        clock = _clock(found)
        if clock is None and _needs_part(found):
            raise _two_ways(text)
        days = days_of(found, today, future)
    if not days or clock is None:
        raise _unread(typed, text)
    due_like = clock == DAY_SECONDS
    choices = [(day_end(day, zone) if due_like else readings(day, 0, zone, clock)[0], day) for day in days]
    at, day = next((choice for choice in choices if _fits(choice[0], now, future)), choices[0])
    if not due_like:
        _refuse_unclear(day, clock, zone)
    return Read(at, due_like, shown(at, zone, due=due_like))


def _fits(at: int, now: int, future: bool | None) -> bool:
    """Whether a moment or a day lies on the side of now that its field asks for."""
    return future is None or (at >= now if future else at <= now)


def _clock(found: re.Match[str]) -> int | None:
    """Seconds after midnight, 86,400 for 24:00; None where there is no such reading or it is not clear which."""
    words = found.groupdict()
    hour = whole_number(words["hour"] or words["oclock"])
    past = words["minute"] or words.get("past") or "0"
    quarter = words.get("quarter")
    told = "30" if words.get("half") else _QUARTERS[quarter] if quarter else past.lstrip("零〇")
    minute = whole_number(told or "0")
    second = int(words["second"] or 0)
    if hour is None or minute is None or minute > 59 or second > 59:
        return None
    part = words.get("part")
    if part:
        hour = next((told for told in (hour, hour + 12) if told in _PARTS[part]), None)
    elif _needs_part(found):
        return None
    if hour is None or hour > 24 or (hour == 24 and (minute or second)):
        return None
    return hour * 3600 + minute * 60 + second


def _needs_part(found: re.Match[str]) -> bool:
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


def _unread(typed: str, text: str) -> BadMoment:
    """What is no moment, with a hint where a part of the day or a week is all that is missing."""
    error = BadMoment(text=text[:_LONGEST])
    if WITHOUT_WEEK.match(typed):
        error.hint = WHICH_WEEK
    elif typed.startswith(("半夜", "午夜", "夜里")) or re.search("(晚上?|半夜|午夜|夜里)(12|十二|零|0)点", typed):
        error.hint = WHICH_MIDNIGHT
    return error


def _two_ways(text: str) -> BadMoment:
    error = BadMoment(text=text[:_LONGEST])
    error.hint = N_("That is said of two hours. Say 上午, 下午 or 晚上 before the hour, or write 09:00 or 21:00.")
    return error


def _refuse_unclear(day: date, clock: int, zone: ZoneInfo) -> None:
    first, second = readings(day, 0, zone, clock)
    if first == second:
        return
    text = f"{day.isoformat()} {clock // 3600:02}:{clock // 60 % 60:02}"
    if first > second:
        raise SkippedTime(text=text, zone=zone.key, example=iso(first, zone))
    raise DoubleTime(text=text, zone=zone.key, first=iso(first, zone), second=iso(second, zone))
