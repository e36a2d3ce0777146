"""What a limit counted: the list that `due` shows."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintctl.procedures import holidays
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.counted import counted
from complaintctl.rules.localtime import shown
from complaintctl.rules.period import Limit, parse_limit, reckon

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar.from_snapshot(holidays.shipped())
DESK = Calendar.from_toml(
    """
    [hours]
    thu = ["08:30-12:00", "14:00-18:00"]
    fri = ["08:30-12:00", "14:00-17:30"]
    """
)


def moment(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp())


def days(tally):
    return [(item.number, item.day.isoformat(), item.nature) for item in tally.items]


def passed_over(tally):
    return [(item.day.isoformat(), item.nature) for item in tally.passed_over]


def stretches(tally):
    return [(shown(item.start, SHANGHAI, due=False), shown(item.end, SHANGHAI)) for item in tally.items]


def test_workdays_with_the_holidays_passed_over():
    tally = counted(Limit("workdays", 3), moment("2026-09-30 16:00"), CHINA)
    assert days(tally) == [
        (1, "2026-10-08", "workday"),
        (2, "2026-10-09", "workday"),
        (3, "2026-10-10", "make-up"),
    ]
    assert passed_over(tally) == [(f"2026-10-0{day}", "holiday") for day in range(1, 8)]
    assert tally.left_out == 0


def test_workdays_from_a_due_moment():
    tally = counted(Limit("workdays", 1), moment("2026-11-21 00:00"), CHINA, from_due=True)
    assert days(tally) == [(1, "2026-11-23", "workday")]
    assert passed_over(tally) == [("2026-11-21", "weekend"), ("2026-11-22", "weekend")]


def test_the_starting_day_is_not_passed_over():
    tally = counted(Limit("workdays", 1), moment("2026-11-21 09:00"), CHINA)
    assert passed_over(tally) == [("2026-11-22", "weekend")]
    assert [item.number for item in tally.passed_over] == [0]


def test_no_workday_passes_over_the_starting_day():
    tally = counted(Limit("workdays", 0), moment("2026-11-21 09:00"), CHINA)
    assert days(tally) == [(0, "2026-11-23", "workday")]
    assert passed_over(tally) == [("2026-11-21", "weekend"), ("2026-11-22", "weekend")]


def test_days():
    tally = counted(Limit("days", 2), moment("2026-11-20 09:00"), CHINA)
    assert days(tally) == [(1, "2026-11-21", "weekend"), (2, "2026-11-22", "weekend")]
    assert passed_over(tally) == []


def test_days_that_roll():
    tally = counted(Limit("days", 1), moment("2026-11-20 09:00"), CHINA, roll=True)
    assert days(tally) == [(1, "2026-11-21", "weekend"), (0, "2026-11-23", "workday")]
    assert passed_over(tally) == [("2026-11-22", "weekend")]


def test_same_day():
    assert days(counted(Limit("same day", 0), moment("2026-11-21 09:00"), CHINA)) == [(0, "2026-11-21", "weekend")]
    rolled = counted(Limit("same day", 0), moment("2026-11-21 09:00"), CHINA, roll=True)
    assert days(rolled) == [(0, "2026-11-23", "workday")]
    assert passed_over(rolled) == [("2026-11-21", "weekend"), ("2026-11-22", "weekend")]


def test_a_day_of_the_month():
    tally = counted(Limit("by day", 30), moment("2026-11-01 09:00"), CHINA, most=10)
    assert tally.left_out == 0
    assert days(tally) == [(0, "2026-11-30", "workday")]
    assert passed_over(tally) == []


def test_months_each_from_the_original_day():
    tally = counted(Limit("months", 3), moment("2026-01-31 09:00"), CHINA)
    assert days(tally) == [
        (1, "2026-02-28", "make-up"),
        (2, "2026-03-31", "workday"),
        (3, "2026-04-30", "workday"),
    ]


@pytest.mark.parametrize("unit", ["days", "workdays", "months"])
def test_a_long_list_is_cut_before_its_last(unit):
    start = moment("2026-11-20 09:00")
    tally = counted(Limit(unit, 1000), start, CHINA, most=10)
    assert [item.number for item in tally.items] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000]
    assert tally.left_out == 990
    assert len(tally.passed_over) <= 10
    exact = counted(Limit(unit, 10), start, CHINA, most=10)
    assert [item.number for item in exact.items] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert exact.left_out == 0


def test_elapsed_time_is_one_stretch():
    tally = counted(Limit("hours", 2), moment("2026-11-20 23:00"), CHINA)
    assert stretches(tally) == [("2026-11-20 23:00", "2026-11-21 01:00")]
    start = moment("2026-11-20 23:00")
    assert tally == ([(0, date(2026, 11, 20), "workday", start, start + 7200)], [], 0)
    at_once = counted(Limit("at once", 0), moment("2026-11-20 23:50"), CHINA)
    assert stretches(at_once) == [("2026-11-20 23:50", "2026-11-20 24:00")]


def test_business_time_is_its_stretches():
    tally = counted(Limit("business hours", 8), moment("2026-11-19 15:00"), DESK)
    assert stretches(tally) == [
        ("2026-11-19 15:00", "2026-11-19 18:00"),
        ("2026-11-20 08:30", "2026-11-20 12:00"),
        ("2026-11-20 14:00", "2026-11-20 15:30"),
    ]
    assert [(item.number, str(item.day), item.nature) for item in tally.items] == [
        (0, "2026-11-19", "workday"),
        (0, "2026-11-20", "workday"),
        (0, "2026-11-20", "workday"),
    ]
    assert (tally.passed_over, tally.left_out) == ([], 0)
    assert counted(Limit("business hours", 0), moment("2026-11-19 15:00"), DESK).items == []


def test_long_business_time_is_cut_before_its_last_day():
    tally = counted(Limit("business hours", 100), moment("2026-11-19 08:30"), DESK, most=5)
    # Thursdays have 7.5 hours, Fridays 7: six weeks are 87, the seventh Thursday ends at 94.5.
    assert stretches(tally) == [
        ("2026-11-19 08:30", "2026-11-19 12:00"),
        ("2026-11-19 14:00", "2026-11-19 18:00"),
        ("2026-11-20 08:30", "2026-11-20 12:00"),
        ("2026-11-20 14:00", "2026-11-20 17:30"),
        ("2027-01-01 08:30", "2027-01-01 12:00"),
        ("2027-01-01 14:00", "2027-01-01 16:00"),
    ]
    assert tally.left_out == 11


@settings(max_examples=60, deadline=None)
@given(
    st.integers(moment("2026-01-01 00:00"), moment("2026-12-01 00:00")),
    st.sampled_from(["3 days", "7 workdays", "2 months", "same day", "30 business hours", "5 hours", "0 days"]),
    st.booleans(),
    st.booleans(),
)
def test_the_last_one_is_where_the_limit_ends(start, text, roll, from_due):
    limit = parse_limit(text)
    due = reckon(limit, start, CHINA, roll=roll, from_due=from_due)
    last = counted(limit, start, CHINA, roll=roll, from_due=from_due).items[-1]
    if last.end is None:
        assert shown(due.at, SHANGHAI) == f"{last.day} 24:00"
    else:
        assert last.end == due.at
