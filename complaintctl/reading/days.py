"""The grammar of days: dates with or without their year, words such as 昨天 and 下周五, days of a month.

A week begins on Monday. What may mean several days is refused: 周五 without its week, 22日 without its month.
"""

import re
from datetime import date, timedelta

from complaintctl.rules.period import whole_number

FIRST_YEAR, LAST_YEAR = 1900, 9998
"""A year outside of these is a slip of the pen."""

_HALF_A_YEAR = timedelta(days=183)
"""So near must a date of last or next year be to be meant when its year is left out."""

_DAY_WORDS = {
    **dict.fromkeys(("today", "今天", "今日"), 0),
    **dict.fromkeys(("yesterday", "昨天", "昨日"), -1),
    "前天": -2,
    **dict.fromkeys(("tomorrow", "明天", "明日"), 1),
    "后天": 2,
    "大后天": 3,
}
_WEEKS = {"上": -1, "本": 0, "这": 0, "下": 1}
_MONTHS = {"上": -1, "本": 0, "这": 0, "下": 1}
_YEARS = {"去年": -1, "今年": 0, "明年": 1}
NUMBER = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
"""The number of a day or a month as part of a pattern."""
WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天]"
"""A day of some week, which nobody can tell, as part of a pattern."""

DAY = (
    r"(?:(?P<date>(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2})|(?P<english>today|yesterday|tomorrow)"
    r"|(?P<chinese>今天|今日|昨天|昨日|前天|明天|明日|大后天|后天"
    rf"|[上本这下]个?{WEEKDAY}|[上本这下]个?月{NUMBER}[日号]"
    rf"|(?:[0-9]{{4}}年|去年|今年|明年)?{NUMBER}月{NUMBER}[日号]))"
)
"""A day as part of a pattern; `days` reads what it found."""


def days(found: re.Match[str], today: date, future: bool | None) -> list[date]:
    """The days that the words found may mean, the likeliest first; none where there is no such day.

    No words at all are today. `future` says on which side of now the day must lie, as in `moments.read`.
    """
    words = found.groupdict()
    word = words["english"] or words["chinese"]
    written = words["date"]
    if word in _DAY_WORDS:
        return [today + timedelta(days=_DAY_WORDS[word])]
    if word and (word[0] in _WEEKS):
        day = _of_week(word, today) if "月" not in word else _of_month(word, today)
        return [day] if day else []
    if word:
        written = _figures(word, today)
    if not written:
        return [] if word else [today]
    if len(written) > len("MM-DD"):
        found_days = [date_of(written)]
    else:
        found_days = [date_of(f"{today.year}-{written}")]
        if future is not None:
            near = date_of(f"{today.year + (1 if future else -1)}-{written}")
            found_days += [near] if near and abs(near - today) <= _HALF_A_YEAR else []
    return [day for day in found_days if day]


def date_of(written: str) -> date | None:
    """The day of an ISO date; None where there is none."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def last_of_month(day: date, later: int = 0) -> date:
    """The last day of the month of a day, or of one so many months later."""
    first = first_of_month(day, later + 1)
    return first - timedelta(days=1)


def first_of_month(day: date, later: int = 0) -> date:
    """The first day of the month of a day, or of one so many months later."""
    months = day.year * 12 + day.month - 1 + later
    return date(months // 12, months % 12 + 1, 1)


def last_of_week(day: date, later: int = 0) -> date:
    """The Sunday of the week of a day, or of one so many weeks later."""
    return day + timedelta(days=6 - day.weekday() + 7 * later)


def _of_week(word: str, today: date) -> date:
    """下周五: the day of a week counted from this one; 日 and 天 are its last."""
    weekday = "一二三四五六日".index(word[-1].replace("天", "日"))
    return today + timedelta(days=weekday - today.weekday() + 7 * _WEEKS[word[0]])


def _of_month(word: str, today: date) -> date | None:
    """下月5日: the day of a month counted from this one; None where it has no such day."""
    number = whole_number(word.partition("月")[2][:-1])
    first = first_of_month(today, _MONTHS[word[0]])
    return date_of(f"{first:%Y-%m}-{number:02}") if number is not None else None


def _figures(word: str, today: date) -> str | None:
    """The ISO form of a date as Chinese writes it, with or without its year; None where a number is none."""
    year = ""
    if word[:2] in _YEARS:
        year, word = f"{today.year + _YEARS[word[:2]]}-", word[2:]
    elif "年" in word:
        year, word = f"{word[:4]}-", word[5:]
    month, _, day = word[:-1].partition("月")
    numbers = [whole_number(part) for part in (month, day)]
    return None if None in numbers else f"{year}{numbers[0]:02}-{numbers[1]:02}"
