"""Why a wording is no moment: both readings of one that reads two ways, or what one lacks.

Loaded only when something was refused. The readings are shown as they can be typed.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadDay, BadMoment, DeskError, DoubleTime, SkippedTime
from complaintctl.language import N_, Phrase
from complaintctl.reading.days import DAY, WEEKDAY, first_of_month, last_of_month, last_of_week
from complaintctl.reading.days import NUMBER as DAY_NUMBER
from complaintctl.reading.days import days as days_of
from complaintctl.reading.moments import PART, needs_part, read, read_day, seconds_of, tidy, told
from complaintctl.rules.localtime import Moment, day_end, day_of, readings, shown
from complaintctl.rules.period import whole_number

TWO_WAYS = N_("“{text}” may be read in two ways: {first} or {second}.")

WHICH_HALF = N_("Say 上午, 下午 or 晚上 before the hour, or write it like one of these.")
WHICH_WEEK = N_("Say which week: 上周五, 本周五 or 下周五; or write the date.")
WHICH_MONTH = N_("Say which month: 上月, 本月 or 下月; or write the date.")
WHICH_NIGHT = N_("Write the one that is meant, with its date.")
WHICH_END = N_("Write 今天内, 当天, or the time: 今天18:00前.")
WHICH_DAY = N_("Write the date: 本周五前 or 本周日前.")
DATE_OR_SPAN = N_("Write 3天内 for a span, 11月27日前 for a date.")
NO_HOUR = N_("The hour is missing: write it like 昨天下午3点半 or 11月17日 15:30.")
NO_HOUR_AHEAD = N_(
    "The hour is missing: write it like 明天下午3点 or 11月27日18:00前. "
    "Until the end of a day: 11月27日前, 今天内, 两天内."
)
NO_DAY = N_("There is no such day in the calendar. Write it like 2026-11-22 09:05 or 昨天18:30.")
NO_TIME = N_("There is no such time at that part of the day. Write it like 2026-11-22 09:05 or 昨天18:30.")
MEANS_NOW = N_("Leave it out: that means now. Any other moment like 2026-11-22 09:05 or 昨天18:30.")

_BEFORE = ("之前", "以前", "前")
_WITHIN = ("之内", "以内", "内")
_NIGHT = ("晚上", "晚间", "晚", "夜里", "夜间", "深夜", "半夜", "午夜")
_EARLY = range(6)
"""Hours after midnight that many still call the night of the day before."""
_NOON = 12
_NOW = ("现在", "此刻", "刚才", "刚刚", "now")
_NO_CLOCK = re.compile(rf"(?:{DAY})? ?(?:{PART}|[昨今明]晚|[昨今明]早|下班)?")


class Two(NamedTuple):
    """What a wording may mean, and what to type instead."""

    first: object
    second: object
    hint: str


class _Asked(NamedTuple):
    """A wording as typed and tidied, the word for `before` taken off, and what it is read against."""

    text: str
    before: bool
    now: Moment
    zone: ZoneInfo
    future: bool | None
    only_day: bool

    @property
    def today(self) -> date:
        return day_of(self.now, self.zone)


def explain(error: DeskError, text: str, *, now: Moment, zone: ZoneInfo, future: bool | None) -> None:
    """Say on an error about `text` which two readings it has, or what it lacks; nothing where it is just no moment."""
    typed = tidy(text)
    bare = next((typed.removesuffix(word) for word in _BEFORE if typed.endswith(word)), typed)
    asked = _Asked(bare, bare != typed, now, zone, future, isinstance(error, BadDay))
    for look in _LOOKS:
        found = look(asked)
        if found is not None:
            error.message, error.hint = TWO_WAYS, found.hint
            error.values |= {"text": text[:60], "first": found.first, "second": found.second}
            return
    error.hint = _lacking(asked) or error.hint


def _lacking(asked: _Asked) -> str | None:
    """What is wrong with a wording that is nearly a moment; None for any other."""
    if asked.text in _NOW and not asked.future:
        return MEANS_NOW
    hourless = _NO_CLOCK.fullmatch(asked.text.lower()) if asked.text else None
    found = hourless or told(asked.text)
    if not found:
        return None
    if not days_of(found, asked.today, asked.future):
        return NO_DAY
    if hourless is None:
        return NO_TIME if seconds_of(found) is None else None
    return NO_HOUR_AHEAD if asked.future else NO_HOUR


def _hours(asked: _Asked) -> Two | None:
    """9点, 昨天三点: an hour that is said of two hours of a day."""
    found = told(asked.text)
    if not found or not needs_part(found):
        return None
    return _both(asked, _hour(found), _hour(found) + _NOON, found, WHICH_HALF)


def _night(asked: _Asked) -> Two | None:
    """昨晚12点, 昨天半夜1点: of the day that begins or of the night that ends it; 午夜 is 12点."""
    typed = asked.text if re.search("[点时:]", asked.text) else f"{asked.text}12点"
    found = told(typed)
    part = found["part"] if found else None
    if not found or (typed != asked.text and part not in ("半夜", "午夜")):
        return None
    hour = _hour(found)
    if part == "凌晨" and hour == _NOON:
        hour = 0
    elif part not in _NIGHT or hour not in (*_EARLY, _NOON):
        return None
    return _both(asked, hour % _NOON, hour % _NOON + 24, found, WHICH_NIGHT)


def _both(asked: _Asked, first: int, second: int, found: re.Match[str], hint: str) -> Two | None:
    """Two hours of the day of a reading; hours from 24 on are of the next day, but for its midnight itself."""
    days = days_of(found, asked.today, asked.future)
    minute = _minute(found)
    if not days or minute is None:
        return None
    return Two(_shown(asked, days[0], first, minute), _shown(asked, days[0], second, minute), hint)


def _shown(asked: _Asked, day: date, hour: int, minute: int) -> str:
    if hour < 24:
        return shown(readings(day, 0, asked.zone, hour * 3600 + minute * 60)[0], asked.zone, due=False)
    if hour == 24 and minute == 0:
        return shown(day_end(day, asked.zone), asked.zone)
    return _shown(asked, day + timedelta(days=1), hour - 24, minute)


def _hour(found: re.Match[str]) -> int:
    return whole_number(found["hour"] or found["oclock"]) or 0


def _minute(found: re.Match[str]) -> int | None:
    """The minutes told; None where there are no such."""
    if found["half"]:
        return 30
    if found["quarter"]:
        return 45 if found["quarter"] in "三3" else 15
    minute = whole_number((found["minute"] or found["past"] or "0").lstrip("零〇") or "0")
    return minute if minute is not None and minute < 60 else None


def _week(asked: _Asked) -> Two | None:
    """周五, 周五下午3点: which week?"""
    if not re.match(WEEKDAY, asked.text):
        return None
    return _prefixed(asked, ("本", "下") if asked.future else ("上", "本"), WHICH_WEEK)


def _month(asked: _Asked) -> Two | None:
    """22日9:05, 30号前: which month?"""
    if not re.match(rf"{DAY_NUMBER}[日号]", asked.text):
        return None
    if re.fullmatch(rf"{DAY_NUMBER}日", asked.text) and asked.future and not asked.before:
        return _span(asked)
    return _prefixed(asked, ("本月", "下月") if asked.future else ("上月", "本月"), WHICH_MONTH)


def _span(asked: _Asked) -> Two | None:
    """22日, 12月内: a date, or so many days or months?"""
    within = next((asked.text.removesuffix(word) for word in _WITHIN if asked.text.endswith(word)), asked.text)
    found = re.fullmatch(rf"({DAY_NUMBER})([日月])", within)
    number = whole_number(found[1]) if found else None
    if not found or not number or not asked.future:
        return None
    if found[2] == "日":
        day = _read(asked, f"本月{within}")
        several = Phrase(N_("{n} days") if number != 1 else N_("{n} day"), n=number)
        return Two(day, several, DATE_OR_SPAN) if day and within == asked.text else None
    if number > 12:
        return None
    months = Phrase(N_("{n} months") if number != 1 else N_("{n} month"), n=number)
    ahead = (number - asked.today.month) % 12
    end = last_of_month(first_of_month(asked.today), ahead)
    return Two(shown(day_end(end, asked.zone), asked.zone), months, DATE_OR_SPAN)


def _prefixed(asked: _Asked, words: tuple[str, str], hint: str) -> Two | None:
    first, second = (_read(asked, word + asked.text) for word in words)
    return Two(first, second, hint) if first and second else None


def _read(asked: _Asked, text: str) -> str | None:
    """What a clear wording says: a moment, or a day until its end where the field is of the future."""
    try:
        return read(text, now=asked.now, zone=asked.zone, future=None).echo
    except (SkippedTime, DoubleTime):
        return None
    except BadMoment:
        pass
    try:
        day = read_day(text, now=asked.now, zone=asked.zone, future=None)
    except BadDay:
        return None
    ends = (asked.future or asked.before) and not asked.only_day
    return shown(day_end(day, asked.zone), asked.zone) if ends else day.isoformat()


def _before_today(asked: _Asked) -> Two | None:
    """今天前: before it began, or before it ends?"""
    if asked.text not in ("今天", "今日") or not asked.before:
        return None
    yesterday, today = (day_end(asked.today - timedelta(days=back), asked.zone) for back in (1, 0))
    return Two(shown(yesterday, asked.zone), shown(today, asked.zone), WHICH_END)


def _weekend(asked: _Asked) -> Two | None:
    """周末前: before it begins, or before it ends?"""
    found = re.fullmatch("([本这下]?)个?(?:周|星期|礼拜)末", asked.text)
    if not found or not asked.future:
        return None
    sunday = last_of_week(asked.today, 1 if found[1] == "下" else 0)
    friday = sunday - timedelta(days=2)
    before, after = (shown(day_end(day, asked.zone), asked.zone) for day in (friday, sunday))
    return Two(before, after, WHICH_DAY)


_LOOKS = (_hours, _night, _week, _month, _span, _before_today, _weekend)
