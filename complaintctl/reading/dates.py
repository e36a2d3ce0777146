"""The grammar of days as people write them into a register: read where they have one reading, never guessed.

The order year, month, day is the usual one; a day that may be read in two ways, or that is a span of days, is given
back as such, for somebody to decide. What is written around it, a weekday or a time of day, is read as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.reading.days import FIRST_YEAR, LAST_YEAR

AMBIGUOUS, SPAN, NO_YEAR, UNREADABLE = "ambiguous", "span", "no-year", "unreadable"
#: What was odd about a day that can be read.
WEEKDAY, CLOCK = "weekday", "clock"

DAY_SECONDS = 86_400
#: The days from which spreadsheets count. The first is a day early, because they take 1900 for a leap year.
EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
#: Serial numbers of the years 1982 to 2119 (1900 system): shorter and longer numbers are something else.
_SERIAL = re.compile(r"[34567]\d{4}(?:\.\d+)?")
_LONGEST = 60
_CENTURY = 70
"""Years of two digits from here on are of the last century."""


class Day(NamedTuple):
    """What a cell says: its day and, where a time stands there, the seconds after midnight (86,400: 24:00).

    `problem` is None for a day with one reading; then `day` is set. `odd` says what did not fit around it.
    """

    day: date | None
    seconds: int | None = None
    problem: str | None = None
    odd: tuple[str, ...] = ()


def read_day(text: str, *, year: int | None = None, epoch: int = 1900, zone: ZoneInfo | None = None) -> Day:
    """Read a cell that should hold a day.

    Args:
        text: the cell as it stands there.
        year: the year of days written without one; None: such a day cannot be read.
        epoch: from which year on the spreadsheet counts its days, 1900 or 1904.
        zone: where a moment that names its offset (2025-03-07T01:05:00Z) is a day and a time; None: not read.
    """
    return _read(text, year, epoch, zone)


#: The usual ways to write a day, of which registers hold hundreds of thousands: nothing in them has to be put right.
_USUAL = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?: ([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?)?", re.ASCII)


def _usual(text: str) -> Day | None:
    """Read a day in one of the usual forms; None for all others."""
    found = _USUAL.fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    try:
        day = date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        return None
    return Day(day, (int(found[5]) * 3600 + int(found[6]) * 60 + int(found[7] or 0) or None) if found[5] else None)


@lru_cache(maxsize=4096)
def _read(text: str, year: int | None, epoch: int, zone: ZoneInfo | None) -> Day:
    usual = _usual(text)
    if usual is not None:
        return usual
    typed = _tidy(text)
    if not typed or len(typed) > _LONGEST:
        return Day(None, problem=UNREADABLE)
    if _SERIAL.fullmatch(typed):
        return _serial(typed, epoch)
    stamp = _stamp(typed, zone)
    if stamp is not None:
        return stamp
    typed, weekdays = _without_weekday(typed)
    day_text, clock_text = _split(typed)
    problem, days = _days(day_text, year)
    if problem:
        return Day(None, problem=problem)
    seconds, odd = _clock(clock_text)
    if weekdays and days[0].weekday() not in weekdays:
        odd = (WEEKDAY, *odd)
    return Day(days[0], seconds, None, odd)


def read_clock(text: str) -> int | None:
    """Read a cell that should hold a time of day alone; None where it is none, or reads two ways."""
    typed = _tidy(text)
    if re.fullmatch(r"0\.\d+", typed):
        # A spreadsheet keeps 12:00 as half a day.
        return round(float(typed) * DAY_SECONDS)
    seconds, odd = _clock(typed)
    return None if odd else seconds


# ---- making it plain

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_DIGITS = {**dict(zip("零〇○一二三四五六七八九", (0, 0, 0, *range(1, 10)), strict=True)), "两": 2}
_HANZI = "[零〇○一二两三四五六七八九十廿卅]"


def _tidy(text: str) -> str:
    """Full-width signs made narrow, Chinese numerals made digits, blanks inside of words dropped."""
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).strip().lower()
    if len(plain) > 2 * _LONGEST:
        return ""
    # What stands around a day by habit: (2025.3.7), '2025-3-7, 2025.3.7. and signs between that can be nothing else.
    plain = re.sub(r"^\(([^()]+)\)$", r"\1", plain.removeprefix("'"))
    plain = re.sub(r"(?<=[\d日号])[.,;、。]+$", "", plain)
    plain = re.sub(r"^(\d{4})([。、, —–−_\\]) ?(\d{1,2})\2 ?(\d{1,2})(?![\d:点时])", r"\1-\3-\4", plain)
    plain = plain.replace("星期天", "星期日").replace("周天", "周日")
    plain = re.sub(rf"({_HANZI}{{2,4}})年", lambda found: f"{_year(found[1])}年", plain)
    plain = re.sub(rf"({_HANZI}{{1,3}})(?=[月日号点时分])", lambda found: _number(found[1]), plain)
    plain = re.sub(rf"(?<=[点时])({_HANZI}{{1,3}})$", lambda found: _number(found[1]), plain)
    plain = re.sub(r"\s+", " ", plain)
    plain = re.sub(r" ?([年月]) ?", r"\1", plain)
    plain = re.sub(r"(?<=\d) (?=[日号点时分])", "", plain)
    return re.sub(r"(?<=\d) ?([./-]) ?(?=\d)", r"\1", plain)


def _year(hanzi: str) -> str:
    return "".join(str(_DIGITS.get(char, "?")) for char in hanzi)


def _number(hanzi: str) -> str:
    """Return a number below a hundred as digits: 二十一, 廿一, 三十, 〇七."""
    said = hanzi.replace("廿", "二十").replace("卅", "三十")
    if "十" not in said:
        return "".join(str(_DIGITS[char]) for char in said)
    tens, _, ones = said.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return "?"
    return str((_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0))


_WEEK = "一二三四五六日"
_ENGLISH_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"[(\[]? ?(?:(?:星期|周|礼拜)([一二三四五六日])"
    r"|\b(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs|r)?\b\.?) ?[)\]]?,?"
    r"|(?<=[日号\d]) ?\(([一二三四五六日])\)"
)


def _without_weekday(typed: str) -> tuple[str, set[int]]:
    found = {
        _ENGLISH_WEEK.index(one[2]) if one[2] else _WEEK.index(one[1] or one[3]) for one in _WEEKDAY.finditer(typed)
    }
    return re.sub(r"\s+", " ", _WEEKDAY.sub(" ", typed)).strip(" ,"), found


# ---- the day

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_FORMS = (
    # 2025-3-7, 2025/03/07, 2025.3.7, 2025年3月7日
    r"(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})[日号]?"
    r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?)",
    r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)",
    r"(?P<y2>\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]?",
    r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{1,2})",
    r"(?P<six>\d{6})",
    r"(?P<m>\d{1,2})(?:月(?P<d>\d{1,2})[日号]?|[-/.](?P<d2>\d{1,2}))",
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[- ,]*{_MONTH}[- ,]*(?P<y>\d{{4}}|\d\d)?",
    rf"{_MONTH}[- ,]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:[- ,]+(?P<y>\d{{4}}))?",
    rf"(?P<y>\d{{4}})[- ]{_MONTH}[- ](?P<d>\d{{1,2}})",
)
_COMPILED = tuple(re.compile(form) for form in _FORMS)
#: A month, a third of it, its beginning or end, about a day: more days than one.
_VAGUE = re.compile(
    r"(?:(?:\d{2}|\d{4})年)?\d{0,2}月?(?:上旬|中旬|下旬|[月年]?[初底末]|份)|(?:\d{2}|\d{4})年\d{1,2}月|\d{4}[-/.]\d{1,2}"
    r"|(?:19|20)\d{2}年?|\d{1,2}月|.*(?:左右|前后|上下|以后|之后|以前|之前)|(?:约|大约|大概).*"
)
_BETWEEN = re.compile(r" ?(?:至|到|~|—|–|--|-|、|,|;|和|及|与|&| to | and ) ?")
_EITHER = re.compile(r" ?(?:或者?|还是| or ) ?")
_PART = re.compile(r"(?:\d{1,2}月)?\d{1,2}[日号]?|\d{1,2}[./]\d{1,2}")


def _split(typed: str) -> tuple[str, str]:
    """Part the day from the time of day that follows it; the longest beginning that is a day."""
    for pattern in _COMPILED:
        found = pattern.match(typed)
        if found is None:
            continue
        rest = typed[found.end() :]
        ended = typed[found.end() - 1] in "日号" and rest[:1] not in "至到-~—–、,"
        if rest and (ended or rest[0] in "t ,上下中早晚凌傍清夜深半午约大"):
            tail = rest.removeprefix("t").strip(" ,")
            if _CLOCK.fullmatch(tail) or _ROUGHLY.fullmatch(tail):
                return found[0], tail
    return typed, ""


def _days(text: str, year: int | None) -> tuple[str | None, list[date]]:
    """Return what is wrong with a day, or its only reading."""
    for pattern in _COMPILED:
        found = pattern.fullmatch(text)
        if found is not None:
            read = sorted(set(_readings(found.groupdict(), year)))
            if len(read) == 1:
                return None, read
            if read:
                return AMBIGUOUS, read
            if _lacks_year(found.groupdict()) and year is None and _readings_any_year(found.groupdict()):
                return NO_YEAR, []
            # 2025-13-40 is no day; 3.40 is none in any year.
            return (SPAN if _VAGUE.fullmatch(text) else UNREADABLE), []
    if _are_two(text, _EITHER):
        return AMBIGUOUS, []
    if _VAGUE.fullmatch(text) or _are_two(text, _BETWEEN):
        return SPAN, []
    return UNREADABLE, []


def _are_two(text: str, sign: re.Pattern[str]) -> bool:
    """Say whether two days stand there with a sign between them, the second perhaps without its year or month."""
    for between in sign.finditer(text):
        first, last = text[: between.start()], text[between.end() :]
        first, last = _split(first)[0], _split(last)[0]
        begins = _PART.fullmatch(first) or any(pattern.fullmatch(first) for pattern in _COMPILED)
        ends = _PART.fullmatch(last) or any(pattern.fullmatch(last) for pattern in _COMPILED)
        if begins and ends:
            return True
    return False


def _lacks_year(words: dict[str, str | None]) -> bool:
    return not any(words.get(name) for name in ("y", "y2", "six", "a"))


def _readings_any_year(words: dict[str, str | None]) -> bool:
    # 2024 has a 29th of February.
    return any(_readings(words, 2024))


def _readings(words: dict[str, str | None], year: int | None) -> Iterator[date]:
    """Yield every day that the words may mean."""
    if words.get("six"):
        one, two, three = (str(words["six"])[at : at + 2] for at in (0, 2, 4))
        yield from _ordered(one, two, three, "")
        return
    if words.get("a"):
        yield from _ordered(str(words["a"]), str(words["b"]), str(words["c"]), str(words["sep"]))
        return
    month = words.get("m") or words.get("m2")
    if words.get("name"):
        month = str(_MONTHS.index(str(words["name"])) + 1)
    day = words.get("d") or words.get("d2")
    written = words.get("y") or words.get("y2")
    if written is None and year is None:
        return
    whole = _whole_year(written) if written is not None else int(year or 0)
    yield from _day(whole, int(month or 0), int(day or 0))
    if words.get("name") and written is not None and len(written) == 2:
        # 25-Mar-07: the year may stand first.
        yield from _day(_whole_year(str(day).zfill(2)), int(month or 0), int(written))


def _ordered(one: str, two: str, three: str, sign: str) -> Iterator[date]:
    """Yield the readings of three numbers: the year first as here, or last as elsewhere."""
    if len(one) == 2 and len(three) <= 2:
        yield from _day(_whole_year(one), int(two), int(three))
        if sign in ".-" and sign:
            # Points and dashes are the Chinese way of writing, which has the year first.
            return
    if len(three) >= 2:
        last = _whole_year(three)
        yield from _day(last, int(one), int(two))
        yield from _day(last, int(two), int(one))


def _whole_year(written: str) -> int:
    if len(written) == 4:
        return int(written)
    return int(written) + (1900 if int(written) >= _CENTURY else 2000)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    if FIRST_YEAR <= year <= LAST_YEAR:
        try:
            yield date(year, month, day)
        except ValueError:
            return


def _serial(typed: str, epoch: int) -> Day:
    """Read the number by which a spreadsheet keeps a day, with the time as its fraction."""
    whole, _, part = typed.partition(".")
    seconds = round(float(f"0.{part}") * DAY_SECONDS) if part else 0
    day = EPOCHS[epoch] + timedelta(days=int(whole) + seconds // DAY_SECONDS)
    return Day(day, seconds % DAY_SECONDS or None)


_STAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[t ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)? ?(z|[+-]\d\d:?\d\d)"
    r"|(\d{4})(\d\d)(\d\d)[t ]?(\d\d)(\d\d)(\d\d)?"
)


def _stamp(typed: str, zone: ZoneInfo | None) -> Day | None:
    """Read a moment as programs write it, with its offset or as mere digits; None where it is none."""
    found = _STAMP.fullmatch(typed)
    if found is None:
        return None
    year, month, day, hour, minute, second = (
        int(part or 0) for part in (found.groups()[:6] if found[7] else found.groups()[7:])
    )
    try:
        at = datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None
    if found[7] and zone is None:
        return None
    if found[7]:
        at = datetime.fromisoformat(f"{at.isoformat()}{found[7].replace('z', '+00:00')}").astimezone(zone)
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        return None
    return Day(at.date(), at.hour * 3600 + at.minute * 60 + at.second or None)


# ---- the time of day

_PARTS = {
    "凌晨": (0, 7),
    "早上": (4, 12),
    "早晨": (4, 12),
    "清晨": (4, 12),
    "上午": (0, 13),
    "中午": (11, 14),
    "下午": (12, 20),
    "傍晚": (16, 21),
    "晚上": (17, 24),
    "晚间": (17, 24),
    "晚": (17, 24),
    # One o'clock at night is the day before's to some, and this day's to others.
    **dict.fromkeys(("夜里", "夜间", "深夜", "半夜", "夜晚", "夜"), (18, 24)),
    "午后": (12, 20),
    "早": (4, 12),
    "am": (0, 12),
    "pm": (12, 24),
}
_SAID = "|".join(part for part in _PARTS)
_CLOCK = re.compile(
    rf"(?P<part>{_SAID})? ?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:\.\d+)?)?"
    r"|(?P<oclock>\d{1,2})[点时](?:(?P<half>半)|整|钟|(?P<past>\d{1,2})分?(?:(?P<after>\d{1,2})秒)?)?)"
    r" ?(?P<late>am|pm|a\.m\.|p\.m\.|[上下]午|晚上)?(?: ?(?:左右|许))?"
    rf"|(?P<only>{_SAID})"
)


#: About nine, past nine, from nine to ten: a time of day, but not which.
_TOLD = rf"(?:{_SAID})? ?\d{{1,2}}(?::\d{{1,2}}|[点时](?:半|整|钟|\d{{1,2}}分?)?)"
_ROUGHLY = re.compile(
    rf"(?:约|大约|大概|差不多)? ?(?:{_TOLD}|\d{{1,2}}(?= ?[-~—–至到]))(?: ?[-~—–至到] ?{_TOLD})?"
    r" ?(?:多钟?|前后|以后|之后|过后|以前|之前|左右|许|前|后)?"
)


def _clock(text: str) -> tuple[int | None, tuple[str, ...]]:
    """Read a time of day: its seconds, None where none is told; and whether it could not be read."""
    if not text:
        return None, ()
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None, (CLOCK,)
    if found["only"]:
        return None, ()
    hour = int(found["hour"] or found["oclock"])
    minute = 30 if found["half"] else int(found["minute"] or found["past"] or 0)
    second = int(found["second"] or found["after"] or 0)
    part = found["part"] or (found["late"] or "").replace(".", "") or None
    if part:
        within = _PARTS[part]
        fitting = [told for told in _turns(hour, part) if within[0] <= told < within[1]]
        if not fitting:
            return None, (CLOCK,)
        hour = fitting[0]
    elif found["oclock"] and (1 <= hour <= 6 or hour == 12):
        # 三点 is said of the night and of the afternoon: such hours need their part of the day.
        return None, (CLOCK,)
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None, (CLOCK,)
    seconds = hour * 3600 + minute * 60 + second
    # A spreadsheet writes a day without a time as its midnight.
    return seconds or None, ()


def _turns(hour: int, part: str) -> tuple[int, ...]:
    """Return the hours that a number may mean with its part of the day, the likelier first."""
    if part in ("am", "pm"):
        return (hour % 12, hour % 12 + 12) if 1 <= hour <= 12 else (hour,)
    if part == "上午" and hour == 12:
        # Spreadsheets write half past midnight so, people half past noon.
        return ()
    return hour, hour + 12
