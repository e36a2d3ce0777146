"""Office hours inside a span: 08:30-12:00 and 14:00-18:00 from Monday to Friday; 2026-11-20 is a Friday."""

from zoneinfo import ZoneInfo

import pytest

from complaintctl.rules.calendar import Calendar
from complaintctl.rules.example import moment
from complaintctl.rules.officehours import OfficeHours

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = "\n".join(f'{day} = ["08:30-12:00", "14:00-18:00"]' for day in ("mon", "tue", "wed", "thu", "fri"))
OWN = f"""
holidays = ["2026-11-23"]
workdays = ["2026-11-21"]
[hours]
{WEEK}
[day_hours]
"2026-11-22" = ["09:00-24:00"]
"""


def minutes(text: str, start: str, end: str) -> float:
    hours = OfficeHours(Calendar.from_toml(text))
    return hours.between(moment(start, ZONE), moment(end, ZONE)) / 60


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-20 09:05", "2026-11-20 12:35", 175),
        ("2026-11-20 08:00", "2026-11-20 08:30", 0),
        ("2026-11-20 08:00", "2026-11-20 08:31", 1),
        ("2026-11-20 11:59", "2026-11-20 14:01", 2),
        ("2026-11-20 12:00", "2026-11-20 14:00", 0),
        ("2026-11-20 17:59", "2026-11-20 23:00", 1),
        ("2026-11-20 18:00", "2026-11-23 08:30", 0),
        ("2026-11-20 17:00", "2026-11-23 09:00", 90),
        ("2026-11-20 22:30", "2026-11-21 01:30", 0),
        ("2026-11-20 00:00", "2026-11-27 00:00", 5 * 450),
        ("2026-11-20 09:00", "2026-11-20 09:00", 0),
        ("2026-11-20 10:00", "2026-11-20 09:00", 0),
    ],
)
def test_minutes_by_hand(start: str, end: str, expected: float) -> None:
    assert minutes(f"[hours]\n{WEEK}\n", start, end) == expected


def test_holidays_make_up_days_and_a_dates_own_hours() -> None:
    """The make-up Saturday is worked like a Monday, the Sunday from 09:00 to 24:00, the Monday not at all."""
    assert minutes(OWN, "2026-11-20 18:00", "2026-11-22 00:00") == 450
    assert minutes(OWN, "2026-11-22 00:00", "2026-11-23 00:00") == 15 * 60
    assert minutes(OWN, "2026-11-22 23:59", "2026-11-24 08:31") == 2


def test_without_hours_working_days_are_open_round_the_clock() -> None:
    assert minutes("", "2026-11-20 12:00", "2026-11-23 06:00") == 12 * 60 + 6 * 60
