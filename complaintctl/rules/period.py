"""Limits and how they run: what a limit says, and when one that starts at a moment is due.

After the Civil Code of China (民法典 200–204): the starting day is not counted, a period of days, workdays or
months ends at 24:00 of its last day, and what the parties or a procedure agree otherwise goes first (204).
"""

from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from complaintctl.errors import BadLimit, LimitTooFar
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import LAST_DAY, LAST_MOMENT, ONE_DAY, Moment, day_end, day_of, ended_day

MINUTES, HOURS = "minutes", "hours"
SAME_DAY, DAYS, WORKDAYS, MONTHS, BY_DAY = "same day", "days", "workdays", "months", "by day"
BUSINESS_MINUTES, BUSINESS_HOURS = "business minutes", "business hours"
AT_ONCE = "at once"

ELAPSED = {MINUTES: 60, HOURS: 3600}
"""Seconds of the units that run on through nights and holidays."""
BUSINESS = {BUSINESS_MINUTES: 60, BUSINESS_HOURS: 3600}
"""Seconds of the units that run in office hours only."""

Ends = Literal["24:00", "closing"]


class Limit(NamedTuple):
    """How long something may take: `n` of a unit; 0 for `same day` and `at once`; the day for `by day`."""

    unit: str
    n: int

    def text(self) -> str:
        """The limit as it is written in packs, entries and JSON: `2 hours`, `by day 30 of the month`."""
        if self.unit in (SAME_DAY, AT_ONCE):
            return self.unit
        if self.unit == BY_DAY:
            return f"by day {self.n} of the month"
        return f"{self.n} {self.unit[:-1] if self.n == 1 else self.unit}"


class Due(NamedTuple):
    """When a limit runs out; provisional if it rests on a year whose holidays are not known yet."""

    at: Moment
    provisional: bool


class LastDay(NamedTuple):
    """The day at whose end a limit runs out, and the first day the calendar was asked about (None: none)."""

    day: date
    asked_from: date | None


_FIXED = {
    "same day": Limit(SAME_DAY, 0),
    "at once": Limit(AT_ONCE, 0),
    **dict.fromkeys(("当天", "当日", "即日", "同日"), Limit(SAME_DAY, 0)),
    **dict.fromkeys(("立即", "立刻", "马上", "即刻"), Limit(AT_ONCE, 0)),
}
_COUNTED = {
    "分钟": MINUTES,
    "小时": HOURS,
    **dict.fromkeys(("个小时", "钟头", "个钟头"), HOURS),
    "天": DAYS,
    "日": DAYS,
    "工作日": WORKDAYS,
    "个工作日": WORKDAYS,
    "月": MONTHS,
    "个月": MONTHS,
}
for _unit in (MINUTES, HOURS, DAYS, WORKDAYS, MONTHS, BUSINESS_MINUTES, BUSINESS_HOURS):
    _COUNTED[_unit] = _COUNTED[_unit[:-1]] = _unit
for _word in ("营业", "工作", "办公"):
    _COUNTED[f"个{_word}分钟"] = _COUNTED[f"{_word}分钟"] = BUSINESS_MINUTES
    _COUNTED[f"个{_word}小时"] = _COUNTED[f"{_word}小时"] = BUSINESS_HOURS

_EXACT = {"半小时": 30, "半个小时": 30, "半个钟头": 30, "一刻钟": 15, "三刻钟": 45}
"""Wordings of their own for so many minutes; 半天 and 半个月 are not: nobody says how long they are."""
_WEEKS = ("周", "个星期", "星期", "个礼拜", "礼拜")

_NARROW = str.maketrans("０１２３４５６７８９　個這內兩鐘鍾時週禮點後", "0123456789 个这内两钟钟时周礼点后")
_HANZI = {hanzi: digit for digit, hanzi in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_LONGEST = 15
"""Digits of a count: more would only lead beyond the year 9999."""

TEN_MINUTES = Limit(MINUTES, 10)
"""What `at once` means unless the site says otherwise (after R 四.5)."""


@lru_cache(maxsize=256)
def parse_limit(text: str) -> Limit:
    """A limit from its English or Chinese wording: `3 workdays`, `by day 30 of the month`, `5个工作日`.

    Raises BadLimit for anything else, LimitTooFar for a count of more than fifteen digits.
    """
    words = text[:200].translate(_NARROW).casefold().split()
    joined = "".join(words).removesuffix("以内").removesuffix("之内").removesuffix("内")
    found = _FIXED.get(" ".join(words)) or _FIXED.get(joined)
    if found is None and len(text) <= 200:
        found = _by_day_limit(words, joined) or _counted_limit(words, joined) or _worded_limit(joined)
    if found is None:
        raise BadLimit(text=text[:60])
    if found.n >= 10**_LONGEST:
        raise LimitTooFar(limit=text[:60])
    return found


def whole_number(text: str) -> int | None:
    """A count in digits or in Chinese numerals below a hundred (`两`, `十五`, `三十`); None: neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HANZI.get(text)
    number = (_HANZI.get(tens, -1) if tens else 1) * 10 + (_HANZI.get(ones, -1) if ones else 0)
    return number if number >= 10 and (tens, ones) == (tens.strip("零〇"), ones.strip("零〇")) else None


def _counted_limit(words: list[str], joined: str) -> Limit | None:
    """`2 hours`, `2小时`: English with a space, Chinese with or without."""
    if len(words) > 1 and words[0].isascii() and words[0].isdigit():
        unit = _COUNTED.get(" ".join(words[1:]))
        if unit is not None:
            return Limit(unit, int(words[0]))
    at = next((at for at, sign in enumerate(joined) if sign not in "0123456789零〇一二两三四五六七八九十"), 0)
    count, unit = whole_number(joined[:at]), _COUNTED.get(joined[at:])
    return None if count is None or unit is None or joined[at:].isascii() else Limit(unit, count)


def _worded_limit(joined: str) -> Limit | None:
    """`半小时`, `一个半小时`, `两周`: seven days a week, as the Civil Code counts days."""
    if joined in _EXACT:
        return Limit(MINUTES, _EXACT[joined])
    if joined.endswith("个半小时"):
        hours = whole_number(joined.removesuffix("个半小时"))
        return None if hours is None else Limit(MINUTES, hours * 60 + 30)
    unit = next((unit for unit in _WEEKS if joined.endswith(unit)), None)
    weeks = whole_number(joined.removesuffix(unit)) if unit else None
    return None if weeks is None else Limit(DAYS, weeks * 7)


def _by_day_limit(words: list[str], joined: str) -> Limit | None:
    """`by day 30 of the month`, `每月30日前`."""
    count: int | None = None
    if len(words) == 6 and words[:2] == ["by", "day"] and words[3:] == ["of", "the", "month"]:
        count = whole_number(words[2])
    elif joined[:2] in ("每月", "当月", "本月") and joined[-2:] in ("日前", "号前"):
        count = whole_number(joined[2:-2])
    return Limit(BY_DAY, count) if count is not None and 1 <= count <= 31 else None


def reckon(
    limit: Limit,
    start: Moment,
    calendar: Calendar,
    *,
    roll: bool = False,
    ends: Ends = "24:00",
    from_due: bool = False,
    at_once: Limit = TEN_MINUTES,
) -> Due:
    """When a limit that starts at a moment runs out; never before the start.

    `roll`: a last day on which the site does not work gives way to the next working day (art. 203).
    `ends="closing"`: the last day ends when the office closes (art. 203, second sentence); where it is closed
    all day, or has closed before the start, at 24:00 all the same. `from_due`: the start is itself a due
    moment, so that one at local midnight is the 24:00 of the day before. None of the three touches minutes
    and hours.
    Raises LimitTooFar beyond the year 9999, or where the calendar has no working day left.
    """
    if limit.unit == AT_ONCE:
        limit = at_once
    seconds = ELAPSED.get(limit.unit)
    if seconds is not None:
        return Due(_within_years(start + limit.n * seconds, limit), False)
    seconds = BUSINESS.get(limit.unit)
    if seconds is not None:
        return _in_office_hours(limit, limit.n * seconds, start, calendar)
    last = last_day(limit, start, calendar, roll=roll, from_due=from_due)
    at = day_end(last.day, calendar.zone)
    asked = last.asked_from
    if ends == "closing":
        closing = calendar.closing(last.day)
        asked = asked or last.day
        if closing is not None and closing >= start:
            at = closing
    return Due(at, asked is not None and not _all_known(calendar, asked.year, last.day.year))


def last_day(limit: Limit, start: Moment, calendar: Calendar, *, roll: bool, from_due: bool) -> LastDay:
    """The last day of a limit of days, workdays or months, of `same day` and of `by day`."""
    base = begins = day_of(start, calendar.zone)
    if from_due:
        base = ended_day(start, calendar.zone) or base
    asked: date | None = None
    if limit.unit == SAME_DAY:
        last = begins
    elif limit.unit == WORKDAYS:
        # No working day at all: the first one that comes, as with no business minutes.
        asked = base + ONE_DAY if limit.n else base
        last = _workday_after(calendar, asked - ONE_DAY, max(limit.n, 1), limit)
    elif limit.unit == BY_DAY:
        last = _by_day(begins, limit)
    else:
        last = _later(base, limit)
    if roll and asked is None:
        asked = last
        last = _workday_after(calendar, last - ONE_DAY, 1, limit)
    if last > LAST_DAY:
        raise LimitTooFar(limit=limit.text())
    return LastDay(last, asked)


def _later(base: date, limit: Limit) -> date:
    """Days or months after a day; months from the original day, at most to the month's last (art. 202)."""
    if limit.n > (LAST_DAY.year - base.year) * (366 if limit.unit == DAYS else 12):
        raise LimitTooFar(limit=limit.text())
    if limit.unit == DAYS:
        return date.fromordinal(min(base.toordinal() + limit.n, date.max.toordinal()))
    from dateutil.relativedelta import relativedelta

    return base + relativedelta(months=limit.n)


def _by_day(today: date, limit: Limit) -> date:
    """Day N of the month, or the month's last; of the next month where that day is over."""
    month_end = _month_end(today)
    last = min(month_end, today.replace(day=1) + timedelta(days=limit.n - 1))
    if last >= today:
        return last
    following = month_end + ONE_DAY
    return min(_month_end(following), following + timedelta(days=limit.n - 1))


def _month_end(day: date) -> date:
    in_next = day.replace(day=28) + timedelta(days=4)
    return in_next - timedelta(days=in_next.day)


def _workday_after(calendar: Calendar, day: date, count: int, limit: Limit) -> date:
    found = calendar.workday_after(day, count)
    if found is None:
        raise LimitTooFar(limit=limit.text())
    return found


def _in_office_hours(limit: Limit, left: int, start: Moment, calendar: Calendar) -> Due:
    """Run a quota of seconds down in office hours; one that is used up at closing is due at closing."""
    _within_years(start + left, limit)
    day = first = day_of(start, calendar.zone)
    while day <= LAST_DAY:
        if day.month == day.day == 1 and day > first:
            whole = calendar.open_seconds(day.year)
            if whole < left or not whole:
                if day.year == LAST_DAY.year:
                    break
                left -= whole
                day = day.replace(year=day.year + 1)
                continue
        for opening, closing in calendar.open_spans(day):
            opening = max(opening, start)
            if opening >= closing:
                continue
            if left <= closing - opening:
                return Due(opening + left, not _all_known(calendar, first.year, day.year))
            left -= closing - opening
        day += ONE_DAY
    raise LimitTooFar(limit=limit.text())


def _within_years(at: Moment, limit: Limit) -> Moment:
    if at > LAST_MOMENT:
        raise LimitTooFar(limit=limit.text())
    return at


def _all_known(calendar: Calendar, first: int, last: int) -> bool:
    return calendar.covered is None or all(calendar.knows(year) for year in range(first, last + 1))
