"""Periods in which inspections and visits are owed: their names, their ends, and that they leave no gap."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintctl.rules.localtime import day_end
from complaintctl.rules.occasions import EVERY, period_of, periods

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


@pytest.mark.parametrize(
    ("every", "moment", "name", "end"),
    [
        ("quarter", "2026-07-01 00:00", "2026-Q3", "2026-10-01 00:00"),
        ("quarter", "2026-09-30 23:59", "2026-Q3", "2026-10-01 00:00"),
        ("quarter", "2026-10-01 00:00", "2026-Q4", "2027-01-01 00:00"),
        ("quarter", "2026-12-31 23:59", "2026-Q4", "2027-01-01 00:00"),
        ("year", "2026-12-31 23:59", "2026", "2027-01-01 00:00"),
        ("year", "2027-01-01 00:00", "2027", "2028-01-01 00:00"),
        ("half-year", "2026-06-30 23:59", "2026-H1", "2026-07-01 00:00"),
        ("half-year", "2026-07-01 00:00", "2026-H2", "2027-01-01 00:00"),
        ("month", "2026-11-30 23:59", "2026-11", "2026-12-01 00:00"),
        ("month", "2026-12-31 23:59", "2026-12", "2027-01-01 00:00"),
        ("month", "2028-02-29 12:00", "2028-02", "2028-03-01 00:00"),
    ],
)
def test_a_moment_lies_in_the_period_whose_last_24_00_is_its_end(every, moment, name, end):
    period = period_of(every, at(moment), ZONE)
    assert (period.name, period.end) == (name, at(end))


@given(st.sampled_from(sorted(EVERY)), st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(0, 800))
def test_periods_follow_each_other_without_a_gap(every, day, days):
    since, until = day_end(day, ZONE), day_end(day + timedelta(days=days), ZONE)
    found = list(periods(every, since, until, ZONE))
    assert found[0].start <= since < found[0].end
    assert found[-1].start <= until < found[-1].end
    assert all(one.end == other.start for one, other in pairwise(found))
    assert len({one.name for one in found}) == len(found)
