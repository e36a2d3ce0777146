"""The calendar file: every sentence of its form, and what is refused at which key."""

from datetime import date

import pytest

from complaintctl.desk import packs
from complaintctl.errors import CalendarWrong
from complaintctl.language import say
from complaintctl.rules.calendar import Calendar, Override
from complaintctl.rules.calendar_file import write

EXAMPLE = """
timezone = "Asia/Shanghai"
holidays = ["2026-01-01", "2026-10-01"]     # days off, whatever weekday
workdays = ["2026-02-14"]                    # make-up working days, whatever weekday
annual   = ["12-31"]                         # off every year
covered  = [2026]                            # years of which the holidays are known in full

[hours]                                      # office hours; a weekday left out is no working day
mon = ["08:30-12:00", "14:00-18:00"]
tue = ["08:30-12:00", "14:00-18:00"]
wed = ["08:30-12:00", "14:00-18:00"]
thu = ["08:30-12:00", "14:00-18:00"]
fri = ["08:30-12:00", "14:00-17:30"]

[day_hours]                                  # one date's own hours
"2026-02-14" = ["09:00-12:00"]
"""


def test_the_example():
    calendar = Calendar.from_toml(EXAMPLE)
    whole = ["08:30-12:00", "14:00-18:00"]
    assert calendar.to_snapshot() == {
        "timezone": "Asia/Shanghai",
        "holidays": {"2026": ["01-01", "10-01"]},
        "workdays": {"2026": ["02-14"]},
        "annual": ["12-31"],
        "covered": [2026],
        "hours": {"mon": whole, "tue": whole, "wed": whole, "thu": whole, "fri": ["08:30-12:00", "14:00-17:30"]},
        "day_hours": {"2026-02-14": ["09:00-12:00"]},
    }
    assert calendar.intervals(date(2026, 2, 14)) == ((540, 720),)
    assert not calendar.is_workday(date(2026, 11, 21))


def test_the_empty_file():
    calendar = Calendar.from_toml("")
    assert calendar.to_snapshot() == {"timezone": "Asia/Shanghai"}
    assert calendar == Calendar()
    assert calendar.intervals(date(2026, 11, 20)) == ((0, 1440),)
    assert calendar.intervals(date(2026, 11, 21)) == ()
    assert calendar.knows(2500)


def test_the_zone_of_the_site_where_the_file_names_none():
    assert Calendar.from_toml("", zone="Europe/Berlin").timezone == "Europe/Berlin"
    assert Calendar.from_toml('timezone = "Asia/Tokyo"', zone="Europe/Berlin").timezone == "Asia/Tokyo"


def test_hours_of_no_weekday_at_all():
    calendar = Calendar.from_toml("[hours]")
    assert calendar.to_snapshot()["hours"] == {}
    assert not any(calendar.is_workday(date(2026, 11, day)) for day in range(1, 31))
    assert Calendar.from_snapshot(calendar.to_snapshot()) == calendar


def test_an_empty_weekday_is_one_left_out():
    assert Calendar.from_toml("[hours]\nmon = []") == Calendar.from_toml("[hours]")


def test_no_year_covered():
    calendar = Calendar.from_toml("covered = []")
    assert not calendar.knows(2026)
    assert Calendar.from_snapshot(calendar.to_snapshot()) == calendar


def test_order_does_not_matter():
    one = Calendar.from_toml('holidays = ["2026-10-01", "2025-10-01", "2026-01-01"]\ncovered = [2026, 2025]')
    two = Calendar.from_toml('covered = [2025, 2026]\nholidays = ["2025-10-01", "2026-01-01", "2026-10-01"]')
    assert one == two
    assert Calendar.from_toml('[hours]\nmon = ["14:00-18:00", "08:30-12:00"]') == Calendar.from_toml(
        '[hours]\nmon = ["08:30-12:00", "14:00-18:00"]'
    )


def test_hours_may_touch_and_end_at_midnight():
    calendar = Calendar.from_toml('[hours]\nmon = ["00:00-12:00", "12:00-24:00"]')
    assert calendar.intervals(date(2026, 11, 23)) == ((0, 720), (720, 1440))


def test_dates_without_quotes_are_dates():
    assert Calendar.from_toml("holidays = [2026-10-01]") == Calendar.from_toml('holidays = ["2026-10-01"]')


def test_a_date_may_be_holiday_and_workday():
    calendar = Calendar.from_toml('holidays = ["2026-11-20"]\nworkdays = ["2026-11-20"]')
    assert calendar.is_workday(date(2026, 11, 20))


WRONG = {
    'timezone = "Mars/Olympus"': ("timezone", "Asia/Shanghai"),
    'timezone = "Asia"': ("timezone", "Asia/Shanghai"),
    'timezone = "../../etc/passwd"': ("timezone", "Asia/Shanghai"),
    'timezone = ""': ("timezone", "Asia/Shanghai"),
    'timezone = "亚洲/上海"': ("timezone", "Asia/Shanghai"),
    "timezone = 8": ("timezone", "Asia/Shanghai"),
    'holiday = ["2026-01-01"]': ("holiday", "timezone, holidays, workdays, annual, covered, hours, day_hours"),
    "[office]": ("office", "timezone, holidays"),
    'holidays = "2026-01-01"': ("holidays", "list"),
    'holidays = ["2026-01-01", "2026-02-30"]': ("holidays[1]", "2026-10-01"),
    'holidays = ["2026-1-1"]': ("holidays[0]", "2026-10-01"),
    'holidays = ["20260101"]': ("holidays[0]", "2026-10-01"),
    'holidays = ["2026-W01-1"]': ("holidays[0]", "2026-10-01"),
    'holidays = ["01-01"]': ("holidays[0]", "2026-10-01"),
    'holidays = ["1026-01-01"]': ("holidays[0]", "2026-10-01"),
    'holidays = ["９９９９-01-01"]': ("holidays[0]", "2026-10-01"),
    'holidays = ["9999-12-31"]': ("holidays[0]", "2026-10-01"),
    "holidays = [20260101]": ("holidays[0]", "2026-10-01"),
    "holidays = [2026-01-01T10:00:00]": ("holidays[0]", "2026-10-01"),
    "holidays = [10:00:00]": ("holidays[0]", "2026-10-01"),
    'holidays = ["2026-01-01", "2026-01-01"]': ("holidays[1]", "once"),
    'workdays = ["2026-02-14", "2026-02-31"]': ("workdays[1]", "2026-10-01"),
    'workdays = [["2026-02-14"]]': ("workdays[0]", "2026-10-01"),
    'annual = ["2026-12-31"]': ("annual[0]", "12-31"),
    'annual = ["12-32"]': ("annual[0]", "12-31"),
    'annual = ["12-31", "02-30"]': ("annual[1]", "12-31"),
    'annual = ["12-31", "12-31"]': ("annual[1]", "once"),
    "annual = [1231]": ("annual[0]", "12-31"),
    "annual = {}": ("annual", "list"),
    "covered = 2026": ("covered", "list"),
    'covered = ["2026"]': ("covered[0]", "2026"),
    "covered = [26]": ("covered[0]", "2026"),
    "covered = [2026.0]": ("covered[0]", "2026"),
    "covered = [true]": ("covered[0]", "2026"),
    "covered = [99999]": ("covered[0]", "2026"),
    "covered = [2026, 2026]": ("covered[1]", "once"),
    'hours = ["08:30-12:00"]': ("hours", "table"),
    '[hours]\nmonday = ["08:30-12:00"]': ("hours.monday", "mon, tue, wed, thu, fri, sat, sun"),
    '[hours]\nMon = ["08:30-12:00"]': ("hours.Mon", "mon, tue"),
    '[hours]\nmon = "08:30-12:00"': ("hours.mon", "list"),
    '[hours]\nmon = ["8:30-12:00"]': ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["08:30 - 12:00"]': ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["08:30–12:00"]': ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["08:60-12:00"]': ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["08:30-24:01"]': ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["24:00-24:00"]': ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["08:30-25:00"]': ("hours.mon[0]", "08:30-12:00"),
    "[hours]\nmon = [830]": ("hours.mon[0]", "08:30-12:00"),
    '[hours]\nmon = ["08:30-12:00", "12:00-08:30"]': ("hours.mon[1]", "end after"),
    '[hours]\nmon = ["08:30-08:30"]': ("hours.mon[0]", "end after"),
    '[hours]\ntue = ["08:30-12:00", "11:59-18:00"]': ("hours.tue", "overlap"),
    '[hours]\nwed = ["08:30-18:00", "09:00-10:00"]': ("hours.wed", "overlap"),
    '[hours]\nwed = ["13:00-18:00", "08:30-13:01"]': ("hours.wed", "overlap"),
    "day_hours = []": ("day_hours", "table"),
    '[day_hours]\n"2026-02-30" = ["09:00-12:00"]': ('day_hours."2026-02-30"', "2026-10-01"),
    '[day_hours]\nmon = ["09:00-12:00"]': ('day_hours."mon"', "2026-10-01"),
    '[day_hours]\n"2026-02-14" = []': ('day_hours."2026-02-14"', "at least one"),
    '[day_hours]\n"2026-02-14" = ["12:00-09:00"]': ('day_hours."2026-02-14"[0]', "end after"),
    "timezone = ": ("line 1", "TOML"),
    'holidays = ["2026-01-01"\n[hours]': ("line 2", "TOML"),
    "covered = [2026]\ncovered = [2027]": ("line 2", "TOML"),
    '[hours]\nmon = ["08:30-12:00"]\nmon = ["14:00-18:00"]': ("line 3", "TOML"),
    'holidays = ["2026-01-01': ("line 1", "TOML"),
    "holidays = [2026-13-01]": ("line 1", "TOML"),
    "holidays = [\n": ("line 1", "TOML"),
    "covered = [" + "9" * 5000 + "]": ("the file", "numbers"),
    "holidays = " + "[" * 5000: ("the file", "not nested"),
    "\x00": ("line 1", "TOML"),
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: repr(text[:40]))
def test_refused(text):
    key, expected = WRONG[text]
    with pytest.raises(CalendarWrong) as refusal:
        Calendar.from_toml(text, file="site.toml")
    values = refusal.value.values
    assert values["file"] == "site.toml"
    assert say(values["key"]) == key
    assert expected in say(values["expected"])
    assert refusal.value.exit_code == 2


def test_a_calendar_written_as_a_file():
    calendar = Calendar.from_toml(EXAMPLE)
    text = write(calendar)
    assert Calendar.from_toml(text) == calendar
    assert 'fri = ["08:30-12:00", "14:00-17:30"]' in text
    assert write(Calendar()) == 'timezone = "Asia/Shanghai"\nholidays = []\nworkdays = []\nannual = []\n'


def test_the_sites_own_dates_are_written_as_holidays_and_workdays():
    base = Calendar.from_toml('workdays = ["2026-11-21", "2026-11-28"]')
    site = base.overlay(
        [
            Override(date(2026, 11, 20), False, "notice", "manager"),
            Override(date(2026, 11, 21), False, "notice", "manager"),
            Override(date(2026, 11, 22), True, "duty", "manager"),
        ]
    )
    again = Calendar.from_toml(write(site))
    for day in range(1, 31):
        assert again.is_workday(date(2026, 11, day)) == site.is_workday(date(2026, 11, day))


def test_long_lists_are_written_in_rows():
    days = [f"2026-01-{day:02}" for day in range(1, 32)]
    calendar = Calendar.from_toml(f"holidays = {days!r}")
    text = write(calendar)
    assert max(len(line) for line in text.splitlines()) < 110
    assert Calendar.from_toml(text) == calendar


def test_a_calendar_fits_a_screen_of_80_columns():
    lines = write(packs.shipped_calendar()).split("\n")
    assert len(lines) > 100 and max(map(len, lines)) <= 80
