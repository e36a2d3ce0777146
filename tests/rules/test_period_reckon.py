"""What the case file cannot show: limits without an end, long limits, and what loading costs."""

import subprocess
import sys
import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from complaintctl.errors import LimitTooFar
from complaintctl.procedures import holidays
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import shown
from complaintctl.rules.period import Due, Limit, parse_limit, reckon

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = Calendar.from_snapshot(holidays.shipped())


def moment(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).timestamp())


START = moment("2026-11-20 09:00")


@pytest.mark.parametrize(
    "text",
    [
        "99999999999999 minutes",
        "70000000 hours",
        "3000000 days",
        "99999999999999 days",
        "3000000 workdays",
        "99999999999999 workdays",
        "100000 months",
        "99999999999999 months",
        "5000000000 business minutes",
        "99999999999999 business hours",
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York"])
def test_beyond_the_year_9999(text, zone):
    began = time.perf_counter()
    with pytest.raises(LimitTooFar) as refusal:
        reckon(parse_limit(text), START, Calendar(zone))
    assert refusal.value.exit_code == 2
    assert refusal.value.code == "bad-limit"
    assert refusal.value.values == {"limit": text}
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("66620232 hours", "9626-11-20 09:00"),
        ("2775843 days", "9626-11-20 24:00"),
        ("91200 months", "9626-11-20 24:00"),
        ("1982745 workdays", "9626-11-20 24:00"),
        ("47585880 business hours", "9626-11-20 09:00"),
    ],
)
def test_nineteen_times_four_hundred_years(text, due):
    # 400 years are 146,097 days, which are 20,871 whole weeks: all dates and weekdays come again.
    assert shown(reckon(parse_limit(text), START, Calendar()).at, SHANGHAI) == due


def test_the_last_day_there_is():
    days = (date(9999, 12, 28) - date(2026, 11, 20)).days
    assert shown(reckon(Limit("days", days), START, CHINA).at, SHANGHAI) == "9999-12-28 24:00"
    with pytest.raises(LimitTooFar):
        reckon(Limit("days", days + 1), START, CHINA)
    with pytest.raises(LimitTooFar):
        reckon(Limit("hours", days * 24 + 24), START, CHINA)


@pytest.mark.parametrize("text", ["1 workday", "0 workdays", "0 business minutes", "1 business hour"])
def test_a_calendar_without_working_days(text):
    calendar = Calendar.from_toml("[hours]")
    with pytest.raises(LimitTooFar) as refusal:
        reckon(parse_limit(text), START, calendar)
    assert refusal.value.values == {"limit": text}
    with pytest.raises(LimitTooFar):
        reckon(Limit("days", 1), START, calendar, roll=True)
    assert reckon(Limit("days", 1), START, calendar) == Due(moment("2026-11-22 00:00"), False)


def test_the_last_working_day_that_a_calendar_has():
    calendar = Calendar.from_toml('workdays = ["2026-11-28"]\n[hours]')
    assert reckon(Limit("workdays", 1), START, calendar).at == moment("2026-11-29 00:00")
    with pytest.raises(LimitTooFar):
        reckon(Limit("workdays", 2), START, calendar)
    # A make-up workday goes by Monday's hours, and Monday has none: it counts as a day but opens no office.
    with pytest.raises(LimitTooFar):
        reckon(Limit("business minutes", 1), START, calendar)
    assert reckon(Limit("workdays", 1), START, calendar, ends="closing").at == moment("2026-11-29 00:00")


@pytest.mark.parametrize(
    ("at_once", "due"),
    [
        (Limit("minutes", 5), "2026-11-20 09:05"),
        (Limit("business minutes", 30), "2026-11-20 09:30"),
        (Limit("same day", 0), "2026-11-20 24:00"),
    ],
)
def test_at_once_is_what_the_site_says(at_once, due):
    assert shown(reckon(Limit("at once", 0), START, CHINA, at_once=at_once).at, SHANGHAI) == due


def test_seconds_are_kept():
    assert reckon(Limit("minutes", 1), START + 7, CHINA).at == START + 67


def test_from_due_matters_only_at_the_end_of_a_day():
    for limit in (Limit("days", 2), Limit("workdays", 2), Limit("months", 1), Limit("same day", 0)):
        plain = reckon(limit, START, CHINA)
        assert reckon(limit, START, CHINA, from_due=True) == plain


def test_from_due_leaves_elapsed_and_business_time_alone():
    midnight = moment("2026-11-21 00:00")
    for limit in (Limit("minutes", 10), Limit("hours", 2), Limit("business minutes", 10)):
        assert reckon(limit, midnight, CHINA, from_due=True) == reckon(limit, midnight, CHINA)


@pytest.mark.parametrize(
    "text", ["1000000 workdays", "1000000 days", "1000000 business hours", "1000000000 business minutes"]
)
@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin"])
def test_large_counts_take_no_time(text, zone):
    began = time.process_time()
    assert reckon(parse_limit(text), START, Calendar(zone)).at > START
    assert time.process_time() - began < 3


def test_sixty_clocks_take_well_under_two_milliseconds():
    limits = [
        parse_limit(text)
        for text in ("10 minutes", "2 hours", "same day", "2 days", "3 workdays", "15 workdays", "1 month")
    ] * 9
    snapshot = holidays.shipped()
    best = 1.0
    for _ in range(20):
        began = time.process_time()
        calendar = Calendar.from_snapshot(snapshot)
        for limit in limits[:60]:
            reckon(limit, START, calendar)
        best = min(best, time.process_time() - began)
    assert best < 0.002


def test_loading_calendar_and_periods_stays_light():
    script = (
        "import sys, json, zoneinfo, functools, typing, datetime\n"
        "before = set(sys.modules)\n"
        "from complaintctl.procedures import holidays\n"
        "from complaintctl.rules.calendar import Calendar\n"
        "from complaintctl.rules.period import parse_limit, reckon\n"
        "calendar = Calendar.from_snapshot(holidays.shipped())\n"
        "reckon(parse_limit('3 workdays'), 0, calendar)\n"
        "print(*sorted(set(sys.modules) - before))\n"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    heavy = {"tomllib", "dataclasses", "chinese_calendar", "dateutil", "inspect", "re._compiler", "logging"}
    assert not {name for name in loaded.split() if name in heavy}
    assert "complaintctl.rules.calendar_file" not in loaded
