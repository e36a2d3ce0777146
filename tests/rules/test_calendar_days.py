"""What kind of day it is, the office hours on it, and corrections on top."""

from datetime import date, datetime

import pytest

from complaintctl.procedures import holidays
from complaintctl.rules.calendar import OPEN, Calendar, Override

CHINA = Calendar.from_snapshot(holidays.shipped())
SITE = Calendar.from_toml(
    """
    timezone = "Asia/Shanghai"
    holidays = ["2026-11-23", "2026-11-24"]
    workdays = ["2026-11-21", "2026-11-24", "2026-11-27"]
    annual   = ["11-26", "02-29"]
    covered  = [2026]
    [hours]
    mon = ["08:30-12:00", "14:00-18:00"]
    tue = ["09:00-17:00"]
    wed = ["09:00-17:00"]
    thu = ["09:00-17:00"]
    fri = ["09:00-16:00"]
    [day_hours]
    "2026-11-22" = ["10:00-11:00"]
    "2026-11-23" = ["10:00-12:00"]
    "2026-11-24" = ["15:00-16:00"]
    "2026-11-25" = ["13:00-24:00"]
    "2026-11-26" = ["13:00-14:00"]
    """
)


def hm(text):
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def hours(*texts):
    return tuple(tuple(hm(part) for part in text.split("-")) for text in texts)


@pytest.mark.parametrize(
    ("day", "nature", "own"),
    [
        ("2026-11-19", "workday", hours("09:00-17:00")),
        ("2026-11-20", "workday", hours("09:00-16:00")),
        ("2026-11-21", "make-up", hours("08:30-12:00", "14:00-18:00")),
        ("2026-11-22", "day-hours", hours("10:00-11:00")),
        ("2026-11-23", "holiday", ()),
        ("2026-11-24", "make-up", hours("15:00-16:00")),
        ("2026-11-25", "workday", hours("13:00-24:00")),
        ("2026-11-26", "annual", ()),
        ("2026-11-27", "make-up", hours("08:30-12:00", "14:00-18:00")),
        ("2026-11-28", "weekend", ()),
        ("2027-11-26", "annual", ()),
        ("2027-11-25", "workday", hours("09:00-17:00")),
        ("2028-02-28", "workday", hours("08:30-12:00", "14:00-18:00")),
        ("2028-02-29", "annual", ()),
        ("2027-03-01", "workday", hours("08:30-12:00", "14:00-18:00")),
    ],
)
def test_natures_and_hours(day, nature, own):
    when = date.fromisoformat(day)
    assert SITE.nature(when) == nature
    assert SITE.is_workday(when) == (nature in OPEN)
    assert SITE.intervals(when) == own


@pytest.mark.parametrize(
    ("day", "closes"),
    [
        ("2026-11-20", "2026-11-20T16:00+08:00"),
        ("2026-11-21", "2026-11-21T18:00+08:00"),
        ("2026-11-25", "2026-11-26T00:00+08:00"),
        ("2026-11-23", None),
    ],
)
def test_closing(day, closes):
    expected = closes and int(datetime.fromisoformat(closes).timestamp())
    assert SITE.closing(date.fromisoformat(day)) == expected


def test_closing_at_the_end_of_a_day_that_comes_back():
    # At 00:01 on Sunday the clocks were put back to 23:01 on Saturday.
    calendar = Calendar.from_toml('timezone = "America/St_Johns"\n[hours]\nsat = ["09:00-24:00"]')
    assert calendar.closing(date(2010, 11, 6)) == int(datetime.fromisoformat("2010-11-07T00:00-03:30").timestamp())


def test_a_make_up_day_where_monday_is_closed_opens_no_office():
    calendar = Calendar.from_toml('workdays = ["2026-11-21"]\n[hours]\ntue = ["09:00-17:00"]')
    assert calendar.is_workday(date(2026, 11, 21))
    assert calendar.intervals(date(2026, 11, 21)) == ()
    assert calendar.closing(date(2026, 11, 21)) is None


def test_which_years_are_known():
    assert SITE.knows(2026)
    assert not SITE.knows(2025)
    assert not SITE.knows(2027)
    assert Calendar().knows(1900)
    assert CHINA.knows(2004)
    assert CHINA.knows(2026)
    assert not CHINA.knows(2027)


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2025-12-31", 1, "2026-01-04"),
        ("2026-12-30", 1, "2026-12-31"),
        ("9999-12-27", 1, "9999-12-28"),
        ("9999-12-28", 1, None),
        ("9999-12-30", 1, None),
    ],
)
def test_workday_after(day, count, found):
    after = CHINA.workday_after(date.fromisoformat(day), count)
    assert after == (found and date.fromisoformat(found))


# ---- office hours of a whole year

ONLY_SUNDAYS = 'timezone = "Europe/London"\nannual = {annual}\n[hours]\nsun = ["00:00-24:00"]'
LAST_WEEK = {month: [f"{month}-{day}" for day in range(25, 32)] for month in ("03", "10")}


@pytest.mark.parametrize("year", range(2020, 2036))
@pytest.mark.parametrize(("closed", "hours_more"), [("03", 1), ("10", -1)])
def test_the_hour_that_a_clock_change_gives_or_takes(year, closed, hours_more):
    """Clocks are changed on the last Sundays of March and October; the office is closed on one of the two."""
    calendar = Calendar.from_toml(ONLY_SUNDAYS.format(annual=LAST_WEEK[closed]))
    days = (date.fromordinal(day) for day in range(date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()))
    sundays = sum(day.weekday() == 6 for day in days)
    assert calendar.open_seconds(year) == 3600 * (24 * (sundays - 1) + hours_more)


def test_a_year_in_which_a_day_was_left_out():
    # 260 weekdays; Friday the 30th of December never was.
    assert Calendar("Pacific/Apia").open_seconds(2011) == 259 * 24 * 3600


@pytest.mark.parametrize("years", [(2015, 2026), (2026, 2015)])
def test_years_of_the_same_kind_with_and_without_holidays(years):
    calendar = Calendar(holidays={"2026": ["01-01", "10-01"]})
    assert {year: calendar.open_seconds(year) // 86_400 for year in years} == {2015: 261, 2026: 259}


# ---- corrections

OFF = Override(date(2026, 11, 20), False, "notice of the district", "manager")
WORK = Override(date(2026, 10, 1), True, "festival duty", "manager")


def test_overlay():
    site = CHINA.overlay([OFF, WORK])
    assert site.nature(OFF.day) == "site-off"
    assert not site.is_workday(OFF.day)
    assert site.intervals(OFF.day) == ()
    assert site.nature(WORK.day) == "site-work"
    assert site.is_workday(WORK.day)
    assert CHINA.nature(OFF.day) == "workday"
    assert CHINA.nature(WORK.day) == "holiday"
    assert site.workday_after(date(2026, 9, 30), 1) == WORK.day


def test_the_last_word_on_a_date_holds():
    changed = OFF._replace(work=True, source="notice withdrawn")
    site = CHINA.overlay([OFF]).overlay([changed])
    assert site.overrides == {OFF.day: changed}
    assert site.is_workday(OFF.day)


@pytest.mark.parametrize(
    ("day", "own"),
    [
        ("2026-11-20", hours("09:00-16:00")),
        ("2026-11-28", hours("08:30-12:00", "14:00-18:00")),
        ("2026-11-23", hours("10:00-12:00")),
        ("2026-11-26", hours("13:00-14:00")),
    ],
)
def test_a_day_that_the_site_opens_has_its_own_hours_the_weekdays_or_mondays(day, own):
    when = date.fromisoformat(day)
    site = SITE.overlay([Override(when, True, "duty", "manager")])
    assert site.intervals(when) == own


def test_an_override_in_an_unlisted_year():
    site = SITE.overlay([Override(date(2030, 1, 1), False, "New Year", "manager")])
    assert site.nature(date(2030, 1, 1)) == "site-off"
    assert site.nature(date(2029, 1, 1)) == "workday"
    assert not site.knows(2030)


def test_a_corrected_calendar_stays_in_its_zone():
    berlin = Calendar("Europe/Berlin")
    assert berlin.overlay([OFF]).timezone == "Europe/Berlin"
    assert berlin.with_public_holidays(CHINA).zone.key == "Europe/Berlin"


def test_a_snapshot_of_nothing_is_the_plain_calendar():
    assert Calendar.from_snapshot({}) == Calendar()
    assert Calendar.from_snapshot({}).source == ""


def test_overrides_are_kept_in_the_snapshot():
    site = CHINA.overlay([OFF, WORK])
    snapshot = site.to_snapshot()
    assert snapshot["overrides"] == [
        {"date": "2026-10-01", "nature": "work", "source": "festival duty", "who": "manager"},
        {"date": "2026-11-20", "nature": "off", "source": "notice of the district", "who": "manager"},
    ]
    assert Calendar.from_snapshot(snapshot) == site
    assert Calendar.from_snapshot(snapshot).overrides == site.overrides
    assert site != CHINA


PUBLIC = Calendar(
    holidays={"2027": ["01-01"], "2028": ["01-03"]},
    workdays={"2027": ["01-02"]},
    covered=[2026, 2027],
    source="a newer list",
)


def test_public_holidays_of_new_years_are_taken_in():
    site = SITE.overlay([OFF]).with_public_holidays(PUBLIC)
    assert site.covered == {2026, 2027}
    assert site.nature(date(2027, 1, 1)) == "holiday"
    assert site.nature(date(2027, 1, 2)) == "make-up"
    # 2026 is taken from the new list, which has none; the site's own days, hours and yearly days off stay.
    assert site.nature(date(2026, 11, 23)) == "workday"
    assert site.nature(date(2026, 11, 21)) == "weekend"
    assert site.nature(OFF.day) == "site-off"
    assert site.nature(date(2026, 11, 26)) == "annual"
    assert site.intervals(date(2027, 1, 4)) == hours("08:30-12:00", "14:00-18:00")
    # 2028 is listed in part only, and not covered: not taken.
    assert site.nature(date(2028, 1, 3)) == "workday"
    assert site.source == "a newer list"
    assert site.timezone == "Asia/Shanghai"


def test_years_that_the_new_list_does_not_cover_stay():
    site = SITE.with_public_holidays(PUBLIC._changed(covered=[2027]))
    assert site.nature(date(2026, 11, 23)) == "holiday"
    assert site.covered == {2026, 2027}


def test_office_hours_alone_know_the_years_that_are_taken_in():
    site = Calendar.from_toml('[hours]\nmon = ["09:00-17:00"]').with_public_holidays(PUBLIC)
    assert site.covered == {2026, 2027}
    assert site.intervals(date(2026, 11, 23)) == hours("09:00-17:00")


def test_a_calendar_that_knows_all_years_goes_on_knowing_them():
    assert Calendar(holidays={"2030": ["01-01"]}).with_public_holidays(PUBLIC).covered is None
    public = Calendar(holidays={"2030": ["01-01"]}, workdays={"2030": ["01-05"]}, source="all years")
    everything = SITE.with_public_holidays(public)
    assert everything.covered is None
    assert everything.source == "all years"
    assert everything.nature(date(2030, 1, 5)) == "make-up"
    assert everything.nature(date(2030, 1, 1)) == "holiday"
    assert everything.nature(date(2026, 11, 23)) == "workday"
