"""Does a year add up, and what would another calendar change."""

from datetime import date

import pytest

from complaintctl.procedures import holidays
from complaintctl.rules.calendar import Calendar, Override
from complaintctl.rules.calendar_check import changed_days, changed_week, check_year

CHINA = Calendar.from_snapshot(holidays.shipped())


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_shipped_year_adds_up(year):
    assert check_year(CHINA, year).ok


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2010, 11), (2024, 11), (2025, 13), (2026, 13), (2007, 12), (2011, 10), (2012, 12), (2015, 12), (2020, 13)],
)
def test_how_many_statutory_days(year, expected):
    found = check_year(CHINA, year)
    assert found.expected == found.found == found.weekdays_off - found.make_ups == expected


def test_a_year_that_lost_a_date():
    snapshot = holidays.shipped()
    snapshot["holidays"]["2026"].remove("10-07")
    assert check_year(Calendar.from_snapshot(snapshot), 2026) == (2026, 18, 6, 12, 13, False)


def test_a_year_that_lost_a_make_up_day():
    snapshot = holidays.shipped()
    snapshot["workdays"]["2026"].remove("10-10")
    assert check_year(Calendar.from_snapshot(snapshot), 2026) == (2026, 19, 5, 14, 13, False)


def test_a_year_without_any_dates():
    assert check_year(CHINA, 2027) == (2027, 0, 0, 0, 13, False)


def test_no_difference():
    assert changed_days(CHINA, CHINA) == []
    assert changed_week(CHINA, CHINA) == []


def test_days_that_change():
    old = Calendar.from_toml('holidays = ["2026-11-20"]\nworkdays = ["2026-11-21"]\ncovered = [2026]')
    new = Calendar.from_toml('holidays = ["2026-11-19"]\nworkdays = ["2026-11-21"]\ncovered = [2026, 2027]')
    assert changed_days(old, new) == [
        (date(2026, 11, 19), "workday", "holiday", ["00:00-24:00"], []),
        (date(2026, 11, 20), "holiday", "workday", [], ["00:00-24:00"]),
    ]


def test_a_day_of_the_site_and_a_yearly_one():
    old = Calendar.from_toml("covered = [2026]")
    new = Calendar.from_toml('covered = [2026, 2027]\nannual = ["12-31"]').overlay(
        [Override(date(2026, 11, 21), True, "duty", "manager")]
    )
    assert [(str(change.day), change.new) for change in changed_days(old, new)] == [
        ("2026-11-21", "site-work"),
        ("2026-12-31", "annual"),
        ("2027-12-31", "annual"),
    ]


def test_hours_of_one_day_that_change():
    old = Calendar.from_toml('[hours]\nfri = ["09:00-17:00"]\n[day_hours]\n"2026-11-20" = ["09:00-12:00"]')
    new = Calendar.from_toml('[hours]\nfri = ["09:00-17:00"]')
    assert changed_days(old, new) == [(date(2026, 11, 20), "workday", "workday", ["09:00-12:00"], ["09:00-17:00"])]
    assert changed_week(old, new) == []


def test_hours_of_one_day_that_stay():
    text = 'holidays = ["2026-10-01"]\n[hours]\nfri = ["09:00-17:00"]\n[day_hours]\n"2027-11-26" = ["09:00-12:00"]'
    old, new = Calendar.from_toml(text), Calendar.from_toml(text.replace("10-01", "10-02"))
    assert [(str(one.day), one.old, one.new) for one in changed_days(old, new)] == [
        ("2026-10-01", "holiday", "weekend"),
        ("2026-10-02", "workday", "holiday"),
    ]
    longer = Calendar.from_toml(text.replace("12:00", "13:00"))
    assert [str(one.day) for one in changed_days(old, longer)] == ["2027-11-26"]


def test_a_week_that_changes_is_told_by_weekday():
    old = Calendar.from_toml('covered = [2026]\n[hours]\nfri = ["09:00-17:00"]')
    new = Calendar.from_toml('covered = [2026]\n[hours]\nfri = ["09:00-16:00"]\nsat = ["09:00-12:00"]')
    assert changed_days(old, new) == []
    assert changed_week(old, new) == [
        ("fri", ["09:00-17:00"], ["09:00-16:00"]),
        ("sat", [], ["09:00-12:00"]),
    ]
