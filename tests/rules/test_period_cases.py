"""Every row of tests/cases/time.toml: limits and due moments that a clerk can check on a wall calendar."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaintctl.procedures import holidays
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import shown
from complaintctl.rules.period import parse_limit, reckon

FILE = Path(__file__).parents[1] / "cases" / "time.toml"
CONTENT = tomllib.loads(FILE.read_text(encoding="utf-8"))
CALENDARS = {name: Calendar.from_toml(text) for name, text in CONTENT["calendars"].items()}
CALENDARS["shipped"] = Calendar.from_snapshot(holidays.shipped())
KEYS = {"why", "from", "limit", "due", "due_at", "calendar", "provisional", "roll", "ends"}


def moment(text: str, zone: ZoneInfo) -> int:
    """A clock reading as seconds, by the standard library alone."""
    ends = text.endswith("24:00")
    day = datetime.fromisoformat(text.replace("24:00", "00:00"))
    return int(((day + timedelta(days=1)) if ends else day).replace(tzinfo=zone).timestamp())


def name(case: dict[str, str]) -> str:
    return f"{case['from']} + {case['limit']}"


@pytest.mark.parametrize("case", CONTENT["case"], ids=name)
def test_due(case):
    assert set(case) <= KEYS
    calendar = CALENDARS[case.get("calendar", "shipped")]
    start = moment(case["from"], calendar.zone)
    limit = parse_limit(case["limit"])
    due = reckon(
        limit,
        start,
        calendar,
        roll=case.get("roll", False),
        ends=case.get("ends", "24:00"),
        from_due=case["from"].endswith("24:00"),
    )
    assert shown(due.at, calendar.zone) == case["due"]
    if "due_at" in case:
        assert due.at == int(datetime.fromisoformat(case["due_at"]).timestamp())
    else:
        assert due.at == moment(case["due"], calendar.zone)
    assert due.provisional is case.get("provisional", False)


def test_every_calendar_is_used():
    assert {case.get("calendar", "shipped") for case in CONTENT["case"]} == set(CALENDARS)


def test_every_unit_is_used():
    units = {parse_limit(case["limit"]).unit for case in CONTENT["case"]}
    assert units == {
        "minutes",
        "hours",
        "same day",
        "days",
        "workdays",
        "months",
        "by day",
        "business minutes",
        "business hours",
        "at once",
    }
