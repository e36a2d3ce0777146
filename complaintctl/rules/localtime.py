"""Days and clock readings in the site's zone, exact where clocks are put forward or back.

A moment is a whole number of seconds since 1970 UTC. A day ends at its 24:00, which is the instant at which
the next day begins for good: also where local midnight does not exist, or comes twice.
"""

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

Moment = int

DAY_SECONDS = 86_400
LAST_DAY = date(9999, 12, 28)
"""No due moment lies on a later day: a little beyond it Python's years come to an end."""
LAST_MOMENT = 253_402_041_600
"""The end of that day in UTC."""
ONE_DAY = timedelta(days=1)

_EPOCH_DAY = date(1970, 1, 1).toordinal()


def local(at: Moment, zone: ZoneInfo) -> datetime:
    """The clock reading at a moment."""
    return datetime.fromtimestamp(at, zone)


def day_of(at: Moment, zone: ZoneInfo) -> date:
    """The local day in which a moment lies; local midnight lies in the day that begins."""
    return datetime.fromtimestamp(at, zone).date()


def readings(day: date, minutes: int, zone: ZoneInfo, seconds: int = 0) -> tuple[Moment, Moment]:
    """The two moments that a clock reading of a day may mean, equal but for clock changes.

    Where the clock is put back, the reading comes twice: first and second in order. Where it is put forward
    over the reading, there is none: the first is then later than the second. `minutes` may be 1440.
    """
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minutes, seconds=seconds)
    plain = (wall.toordinal() - _EPOCH_DAY) * DAY_SECONDS + wall.hour * 3600 + wall.minute * 60 + wall.second
    early, late = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    assert early is not None and late is not None
    return plain - _seconds(early), plain - _seconds(late)


def instant(day: date, minutes: int, zone: ZoneInfo) -> Moment:
    """The moment of a clock reading: the first of two, and the end of the gap where there is none."""
    first, second = readings(day, minutes, zone)
    if first <= second:
        return first
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minutes)
    return _first_reading_from(wall, second, first, zone)


@lru_cache(maxsize=4096)
def day_end(day: date, zone: ZoneInfo) -> Moment:
    """24:00 of a day: from then on it is the next day, or a later one, for good."""
    first, second = readings(day, 24 * 60, zone)
    if first == second:
        return first
    if first > second:
        return instant(day, 24 * 60, zone)
    # Put back at 00:01 to 23:01, the old day comes again; put back at 01:00 to 00:00, only the new day does.
    return second if day_of(second - 1, zone) <= day else first


def ended_day(at: Moment, zone: ZoneInfo) -> date | None:
    """The day whose 24:00 the moment is; None for any other moment."""
    before = day_of(at - 1, zone)
    if day_of(at, zone) != before and day_end(before, zone) == at:
        return before
    return None


def shown(at: Moment, zone: ZoneInfo, due: bool = True) -> str:
    """A moment as people write it: `2026-10-10 17:30`, with seconds only where there are some.

    A due moment at a day's end is shown as that day's 24:00. A reading that comes twice carries its offset.
    """
    if due:
        ended = ended_day(at, zone)
        if ended is not None:
            return f"{ended.isoformat()} 24:00"
    here = local(at, zone)
    text = here.isoformat(" ", "seconds" if here.second else "minutes")
    if here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset():
        return text
    return text[: 19 if here.second else 16]


def iso(at: Moment, zone: ZoneInfo) -> str:
    """A moment in ISO 8601 with the site's offset: `2026-10-11T00:00:00+08:00`."""
    return local(at, zone).isoformat()


def _seconds(offset: timedelta) -> int:
    return offset.days * DAY_SECONDS + offset.seconds


def _first_reading_from(wall: datetime, low: Moment, high: Moment, zone: ZoneInfo) -> Moment:
    """The first moment after `low`, at most `high`, at which the clock reads `wall` or later."""
    while high - low > 1:
        middle = (low + high) // 2
        if local(middle, zone).replace(tzinfo=None) >= wall:
            high = middle
        else:
            low = middle
    return high
