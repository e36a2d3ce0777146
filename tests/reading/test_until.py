"""By when something must be done: a day, a moment or a limit, each as a clerk types it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from complaintctl.errors import BadValue, LimitTooFar, SkippedTime
from complaintctl.reading.until import read_until

ZONE = ZoneInfo("Asia/Shanghai")


def exact(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


NOW = exact("2026-11-20T10:00+08:00")


@pytest.mark.parametrize(
    ("typed", "at", "echo"),
    [
        ("2026-11-27", "2026-11-28T00:00+08:00", "2026-11-27 24:00"),
        ("11-27", "2026-11-28T00:00+08:00", "2026-11-27 24:00"),
        ("11月27日", "2026-11-28T00:00+08:00", "2026-11-27 24:00"),
        ("明天", "2026-11-22T00:00+08:00", "2026-11-21 24:00"),
        ("2026-11-27 18:00", "2026-11-27T18:00+08:00", "2026-11-27 18:00"),
        ("2026-11-27 24:00", "2026-11-28T00:00+08:00", "2026-11-27 24:00"),
        ("2026-11-27T18:00+08:00", "2026-11-27T18:00+08:00", "2026-11-27 18:00"),
        # Around New Year a day without its year is the next one.
        ("01-15", "2027-01-16T00:00+08:00", "2027-01-15 24:00"),
        # A day gone by is taken: a record may be written late.
        ("2026-11-01", "2026-11-02T00:00+08:00", "2026-11-01 24:00"),
    ],
)
def test_a_day_ends_at_its_24_00_and_a_moment_is_exact(typed: str, at: str, echo: str) -> None:
    assert read_until(typed, now=NOW, zone=ZONE) == (exact(at), None, echo)


@pytest.mark.parametrize(
    ("typed", "limit"),
    [
        ("3 workdays", "3 workdays"),
        ("3个工作日", "3 workdays"),
        ("5天内", "5 days"),
        ("当天", "same day"),
        ("立即", "at once"),
        ("by day 30 of the month", "by day 30 of the month"),
    ],
)
def test_a_limit_is_kept_as_its_wording(typed: str, limit: str) -> None:
    assert read_until(typed, now=NOW, zone=ZONE) == (None, limit, limit)


@pytest.mark.parametrize("typed", ["", "soon", "3", "2026-02-30", "25:00", "下周"])
def test_whatever_is_none_of_these_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_until(typed, now=NOW, zone=ZONE)
    assert caught.value.values["field"] == "--until" and "3 workdays" in str(caught.value.values["expected"])


def test_what_reads_well_but_cannot_be_says_why() -> None:
    with pytest.raises(LimitTooFar):
        read_until(f"{'9' * 20} days", now=NOW, zone=ZONE)
    with pytest.raises(SkippedTime):
        read_until("2026-03-08 02:30", now=NOW, zone=ZoneInfo("America/New_York"))
