"""Days and clock readings where clocks are changed, and how moments are shown."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintctl.rules.localtime import (
    LAST_DAY,
    LAST_MOMENT,
    day_end,
    day_of,
    ended_day,
    instant,
    iso,
    readings,
    shown,
)


def exact(text):
    return int(datetime.fromisoformat(text).timestamp())


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("Asia/Shanghai", "2026-11-20", "2026-11-20T16:00Z"),
        ("UTC", "2026-11-20", "2026-11-21T00:00Z"),
        ("Asia/Kathmandu", "2026-11-20", "2026-11-20T18:15Z"),
        # put forward from 24:00 to 01:00
        ("America/Sao_Paulo", "2018-11-03", "2018-11-04T01:00-02:00"),
        # put forward from 23:30 to 00:30
        ("America/Toronto", "1919-03-30", "1919-03-31T00:30-04:00"),
        # put back from 01:00 to 00:00: the new day has two midnights, and begins at the first
        ("America/Havana", "2026-10-31", "2026-11-01T00:00-04:00"),
        # put back from 00:01 to 23:01: the old day comes back for an hour
        ("America/St_Johns", "2010-11-06", "2010-11-07T00:00-03:30"),
        # put back from 24:00 to 23:00
        ("Asia/Beirut", "2022-10-29", "2022-10-30T00:00+02:00"),
        # a day that never was: it ends as it begins
        ("Pacific/Apia", "2011-12-29", "2011-12-31T00:00+14:00"),
        ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00+14:00"),
    ],
)
def test_when_a_day_ends(zone, day, end):
    assert day_end(date.fromisoformat(day), ZoneInfo(zone)) == exact(end)


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("Asia/Shanghai", "2026-11-21T00:00+08:00", "2026-11-20"),
        ("Asia/Shanghai", "2026-11-21T00:00:01+08:00", None),
        ("Asia/Shanghai", "2026-11-20T23:59:59+08:00", None),
        ("America/Sao_Paulo", "2018-11-04T01:00-02:00", "2018-11-03"),
        ("America/Havana", "2026-11-01T00:00-04:00", "2026-10-31"),
        ("America/Havana", "2026-11-01T00:00-05:00", None),
        ("America/St_Johns", "2010-11-07T00:00-02:30", None),
        ("America/St_Johns", "2010-11-07T00:00-03:30", "2010-11-06"),
    ],
)
def test_which_day_has_ended(zone, at, day):
    assert ended_day(exact(at), ZoneInfo(zone)) == (day and date.fromisoformat(day))


@pytest.mark.parametrize(
    ("zone", "at", "due", "text"),
    [
        ("Asia/Shanghai", "2026-11-21T00:00+08:00", True, "2026-11-20 24:00"),
        ("Asia/Shanghai", "2026-11-21T00:00+08:00", False, "2026-11-21 00:00"),
        ("Asia/Shanghai", "2026-11-21T00:00:01+08:00", True, "2026-11-21 00:00:01"),
        ("Asia/Shanghai", "2026-11-20T09:05+08:00", True, "2026-11-20 09:05"),
        ("Asia/Shanghai", "2026-11-20T09:05:30+08:00", True, "2026-11-20 09:05:30"),
        ("America/Sao_Paulo", "2018-11-04T01:00-02:00", True, "2018-11-03 24:00"),
        ("America/Sao_Paulo", "2018-11-04T01:00-02:00", False, "2018-11-04 01:00"),
        ("America/New_York", "2026-11-01T01:30-04:00", True, "2026-11-01 01:30-04:00"),
        ("America/New_York", "2026-11-01T01:30-05:00", True, "2026-11-01 01:30-05:00"),
        ("America/New_York", "2026-11-01T02:00-05:00", True, "2026-11-01 02:00"),
        ("America/Havana", "2026-11-01T00:00-05:00", True, "2026-11-01 00:00-05:00"),
    ],
)
def test_shown(zone, at, due, text):
    assert shown(exact(at), ZoneInfo(zone), due=due) == text


def test_a_due_moment_unless_said_otherwise():
    assert shown(exact("2026-11-20T16:00Z"), ZoneInfo("Asia/Shanghai")) == "2026-11-20 24:00"


def test_iso():
    assert iso(exact("2026-11-20T16:00Z"), ZoneInfo("Asia/Shanghai")) == "2026-11-21T00:00:00+08:00"


@pytest.mark.parametrize(
    ("zone", "day", "minutes", "at"),
    [
        ("Asia/Shanghai", "2026-11-20", 570, "2026-11-20T09:30+08:00"),
        ("Asia/Shanghai", "2026-11-20", 1440, "2026-11-21T00:00+08:00"),
        # in the hour that is skipped: the moment at which it is
        ("America/New_York", "2026-03-08", 150, "2026-03-08T03:00-04:00"),
        ("America/New_York", "2026-03-08", 120, "2026-03-08T03:00-04:00"),
        ("America/New_York", "2026-03-08", 180, "2026-03-08T03:00-04:00"),
        ("America/New_York", "2026-03-08", 119, "2026-03-08T01:59-05:00"),
        # in the hour that comes twice: the first
        ("America/New_York", "2026-11-01", 90, "2026-11-01T01:30-04:00"),
    ],
)
def test_the_moment_of_a_reading(zone, day, minutes, at):
    assert instant(date.fromisoformat(day), minutes, ZoneInfo(zone)) == exact(at)


def test_every_reading_in_a_gap_means_its_end():
    for zone, day, minutes, end in (
        ("America/New_York", date(2026, 3, 8), range(121, 180), "2026-03-08T03:00-04:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), range(121, 150), "2026-10-04T02:30+11:00"),
        ("America/Sao_Paulo", date(2018, 11, 4), range(60), "2018-11-04T01:00-02:00"),
    ):
        found = [instant(day, minute, ZoneInfo(zone)) for minute in minutes]
        assert found == [exact(end)] * len(minutes)
        assert {type(moment) for moment in found} == {int}


def test_readings_that_come_once_twice_and_never():
    new_york = ZoneInfo("America/New_York")
    first, second = readings(date(2026, 11, 1), 90, new_york)
    assert (first, second) == (exact("2026-11-01T01:30-04:00"), exact("2026-11-01T01:30-05:00"))
    first, second = readings(date(2026, 3, 8), 150, new_york)
    assert first > second
    once = exact("2026-11-20T09:05:07-05:00")
    assert readings(date(2026, 11, 20), 545, new_york, 7) == (once, once)


def test_the_last_day():
    assert datetime.fromtimestamp(LAST_MOMENT, UTC).date() > LAST_DAY
    for zone in ("Pacific/Kiritimati", "UTC", "Etc/GMT+12"):
        assert day_of(day_end(LAST_DAY, ZoneInfo(zone)) - 1, ZoneInfo(zone)) == LAST_DAY
        assert shown(LAST_MOMENT + 86_400, ZoneInfo(zone))


ZONES = st.sampled_from(
    [
        "Asia/Shanghai",
        "Asia/Beirut",
        "Africa/Cairo",
        "America/Havana",
        "America/Sao_Paulo",
        "America/St_Johns",
        "Pacific/Apia",
        "America/Asuncion",
        "Asia/Gaza",
        "Australia/Lord_Howe",
        "Europe/London",
        "Antarctica/Troll",
        "Africa/Casablanca",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.dates(date(1975, 1, 1), date(2037, 1, 1)), ZONES)
def test_a_day_ends_once_and_for_good(day, name):
    zone = ZoneInfo(name)
    end = day_end(day, zone)
    assert day_of(end, zone) > day
    assert day_of(end - 1, zone) <= day
    assert all(day_of(end + seconds, zone) > day for seconds in range(0, 8000, 600))
