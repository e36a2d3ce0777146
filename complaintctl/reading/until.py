"""Reading by when something must be done: a moment, a day (until its 24:00), or a limit that is counted."""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadDay, BadLimit, BadMoment, BadValue, DoubleTime, LimitTooFar, SkippedTime
from complaintctl.reading.moments import read, read_day
from complaintctl.rules.localtime import Moment, day_end, shown
from complaintctl.rules.period import parse_limit


class Until(NamedTuple):
    """A moment, or the wording of a limit that runs from what it is set for; one of the two is None.

    `echo` is the full reading for people.
    """

    at: Moment | None
    limit: str | None
    echo: str


def read_until(text: str, *, now: Moment, zone: ZoneInfo, field: object = "--until") -> Until:
    """Read `2026-11-27`, `11-27 18:00`, `明天`, `3 workdays`, `5个工作日`. Moments that are over are taken too.

    Raises:
        BadValue: the text is none of these.
        SkippedTime, DoubleTime, LimitTooFar.
    """
    for reading in (_day, _moment, _limit):
        found = reading(text, now, zone)
        if found is not None:
            return found
    raise BadValue(field=field, text=text[:60], expected=["2026-11-27", "2026-11-27 18:00", "3 workdays"])


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


def _limit(text: str, _now: Moment, _zone: ZoneInfo) -> Until | None:
    try:
        limit = parse_limit(text).text()
    except LimitTooFar:
        raise
    except BadLimit:
        return None
    return Until(None, limit, limit)
