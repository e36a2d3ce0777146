"""Periods against slow and plain reckonings of the same thing, over calendars made up at random."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from complaintctl.rules.calendar import Calendar
from complaintctl.rules.calendar_file import write
from complaintctl.rules.localtime import day_end, day_of, shown
from complaintctl.rules.period import Limit, reckon

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = timedelta(days=1)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
SOME_DAYS = st.lists(DAYS, max_size=40, unique=True)
ZONES = st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])


@st.composite
def hours(draw, most=3):
    """Office hours without overlap, as the file writes them.

    None opens or closes in the hours in which clocks are changed, where the clock on the wall tells nothing.
    """
    quarters = st.sampled_from([0, *range(12, 97)])
    marks = sorted(draw(st.lists(quarters, max_size=2 * most, unique=True)))
    marks = marks[: len(marks) // 2 * 2]
    quarter = [f"{mark // 4:02}:{mark % 4 * 15:02}" for mark in marks]
    return [f"{start}-{end}" for start, end in zip(quarter[::2], quarter[1::2], strict=True)]


@st.composite
def files(draw):
    """What a calendar file may hold, as the plain data that the slow reckonings use."""
    content = {
        "timezone": draw(ZONES),
        "holidays": [day.isoformat() for day in draw(SOME_DAYS)],
        "workdays": [day.isoformat() for day in draw(SOME_DAYS)],
        "annual": sorted({day.isoformat()[5:] for day in draw(st.lists(DAYS, max_size=4))}),
    }
    if draw(st.booleans()):
        content["covered"] = draw(st.lists(st.integers(2025, 2029), unique=True))
    if draw(st.booleans()):
        content["hours"] = {name: own for name in WEEK if (own := draw(hours()))}
        content["day_hours"] = {
            day.isoformat(): own for day in draw(SOME_DAYS.map(lambda days: days[:5])) if (own := draw(hours()))
        }
    return content


def toml(content):
    lines = []
    for key in ("timezone", "holidays", "workdays", "annual", "covered"):
        if key in content:
            lines.append(f"{key} = {content[key]!r}")
    for table in ("hours", "day_hours"):
        if table in content:
            lines.append(f"[{table}]")
            lines += [f'"{key}" = {own!r}' for key, own in content[table].items()]
    return "\n".join(lines)


def works(content, day):
    """The sentences of the file's form, one after another."""
    text = day.isoformat()
    if text in content["workdays"]:
        return True
    if text in content["holidays"] or text[5:] in content["annual"]:
        return False
    if text in content.get("day_hours", {}):
        return True
    return WEEK[day.weekday()] in content["hours"] if "hours" in content else day.weekday() < 5


def office_hours(content, day):
    text = day.isoformat()
    if not works(content, day):
        return []
    if text in content.get("day_hours", {}):
        return content["day_hours"][text]
    if "hours" not in content:
        return ["00:00-24:00"]
    return content["hours"].get("mon" if text in content["workdays"] else WEEK[day.weekday()], [])


def is_open(content, at, zone):
    """Whether the office is open in the minute that begins at a moment: by the clock on its wall."""
    here = datetime.fromtimestamp(at, UTC).astimezone(zone)
    clock = f"{here.hour:02}:{here.minute:02}"
    return any(own[:5] <= clock < own[6:] for own in office_hours(content, here.date()))


STARTS = st.integers(
    int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()), int(datetime(2027, 10, 1, tzinfo=UTC).timestamp())
)
ALL_LIMITS = st.one_of(
    st.builds(Limit, st.sampled_from(["minutes", "hours", "business minutes"]), st.integers(0, 3000)),
    st.builds(Limit, st.sampled_from(["days", "workdays", "business hours"]), st.integers(0, 60)),
    st.builds(Limit, st.just("months"), st.integers(0, 30)),
    st.builds(Limit, st.just("by day"), st.integers(1, 31)),
    st.sampled_from([Limit("same day", 0), Limit("at once", 0)]),
)


def usable(content):
    """Without any working weekday a count never ends."""
    return "hours" not in content or bool(content["hours"])


@settings(max_examples=150, deadline=None)
@given(files(), STARTS, ALL_LIMITS, st.booleans(), st.sampled_from(["24:00", "closing"]), st.booleans())
def test_no_due_moment_before_its_start(content, start, limit, roll, ends, from_due):
    assume(usable(content))
    calendar = Calendar.from_toml(toml(content))
    due = reckon(limit, start, calendar, roll=roll, ends=ends, from_due=from_due)
    assert due.at >= start


@settings(max_examples=150, deadline=None)
@given(files(), STARTS, st.integers(1, 300))
def test_workdays_agree_with_counting_day_by_day(content, start, count):
    assume(usable(content))
    calendar = Calendar.from_toml(toml(content))
    zone = ZoneInfo(content["timezone"])
    day = first = datetime.fromtimestamp(start, zone).date()
    left = count
    while left:
        day += DAY
        left -= works(content, day)
    due = reckon(Limit("workdays", count), start, calendar)
    assert shown(due.at, zone) == f"{day} 24:00"
    looked_at = {(first + DAY).year, day.year} | set(range((first + DAY).year, day.year))
    assert due.provisional == ("covered" in content and not looked_at <= set(content["covered"]))


@settings(max_examples=150, deadline=None)
@given(files(), STARTS, st.integers(0, 90))
def test_rolling_agrees_with_counting_day_by_day(content, start, count):
    assume(usable(content))
    calendar = Calendar.from_toml(toml(content))
    zone = ZoneInfo(content["timezone"])
    day = last = datetime.fromtimestamp(start, zone).date() + count * DAY
    while not works(content, day):
        day += DAY
    due = reckon(Limit("days", count), start, calendar, roll=True)
    assert shown(due.at, zone) == f"{day} 24:00"
    known = set(content.get("covered", range(2000, 3000)))
    assert due.provisional == (not {last.year, day.year} <= known)


@settings(max_examples=100, deadline=None)
@given(files(), STARTS, st.integers(0, 900))
def test_business_time_agrees_with_counting_minute_by_minute(content, start, count):
    calendar = Calendar.from_toml(toml(content))
    zone = ZoneInfo(content["timezone"])
    at = start - start % 60
    left, horizon = count, at + 14 * 86_400
    while at < horizon and not (left == 0 and (count or is_open(content, at, zone))):
        left -= left > 0 and is_open(content, at, zone)
        at += 60
    assume(at < horizon)
    due = reckon(Limit("business minutes", count), start - start % 60, calendar)
    assert due.at == at
    # The last minute counted; of no minutes at all, the one that had to be open.
    last = max(start, at - 1) if count else at
    years = {datetime.fromtimestamp(moment, zone).year for moment in (start, last)}
    assert due.provisional == ("covered" in content and not years <= set(content["covered"]))


@settings(max_examples=40, deadline=None)
@given(files(), st.integers(2026, 2030))
def test_the_office_hours_of_a_year_are_the_sum_of_its_days(content, year):
    calendar = Calendar.from_toml(toml(content))
    total, day = 0, date(year, 1, 1)
    while day.year == year:
        total += sum(end - start for start, end in calendar.open_spans(day))
        day += DAY
    assert calendar.open_seconds(year) == total


@settings(max_examples=40, deadline=None)
@given(files(), STARTS, st.integers(5_000, 20_000))
def test_long_business_time_agrees_with_adding_up_days(content, start, count):
    assume(usable(content))
    calendar = Calendar.from_toml(toml(content))
    left, day = count * 3600, day_of(start, calendar.zone)
    while True:
        spans = [(max(opening, start), closing) for opening, closing in calendar.open_spans(day)]
        today = sum(max(closing - opening, 0) for opening, closing in spans)
        if left <= today:
            break
        left -= today
        day += DAY
    due = reckon(Limit("business hours", count), start, calendar)
    assert spans[0][0] < due.at <= day_end(day, calendar.zone)
    used = sum(max(min(closing, due.at) - opening, 0) for opening, closing in spans)
    assert used == left


@settings(max_examples=60, deadline=None)
@given(files())
def test_days_and_hours_are_those_of_the_file(content):
    calendar = Calendar.from_toml(toml(content))
    for index in range(800):
        day = date(2025, 12, 20) + index * DAY
        assert calendar.is_workday(day) == works(content, day)
        own = [f"{s // 60:02}:{s % 60:02}-{e // 60:02}:{e % 60:02}" for s, e in calendar.intervals(day)]
        assert own == office_hours(content, day)


@settings(max_examples=60, deadline=None)
@given(files())
def test_a_snapshot_gives_the_same_calendar(content):
    calendar = Calendar.from_toml(toml(content))
    text = json.dumps(calendar.to_snapshot(), sort_keys=True, ensure_ascii=False)
    again = Calendar.from_snapshot(json.loads(text))
    assert again == calendar
    assert hash(again) == hash(calendar)
    assert json.dumps(again.to_snapshot(), sort_keys=True, ensure_ascii=False) == text
    for index in range(0, 800, 7):
        day = date(2025, 12, 20) + index * DAY
        assert (again.nature(day), again.intervals(day)) == (calendar.nature(day), calendar.intervals(day))


@settings(max_examples=60, deadline=None)
@given(files())
def test_a_written_file_reads_as_the_same_calendar(content):
    calendar = Calendar.from_toml(toml(content))
    assert Calendar.from_toml(write(calendar)) == calendar


@settings(max_examples=100, deadline=None)
@given(STARTS, st.integers(0, 400))
def test_months_agree_with_the_calendar_on_the_wall(start, count):
    calendar = Calendar()
    first = day_of(start, calendar.zone)
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    lengths = [31, 28 if year % 4 else 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    last = date(year, month + 1, min(first.day, lengths[month]))
    due = reckon(Limit("months", count), start, calendar)
    assert shown(due.at, calendar.zone) == f"{last} 24:00"


@settings(max_examples=100, deadline=None)
@given(STARTS, st.integers(0, 5000), ZONES)
def test_workdays_between_is_the_count_of_days_in_between(start, length, zone):
    calendar = Calendar(zone)
    first = day_of(start, calendar.zone)
    expected = sum((first + index * DAY).weekday() < 5 for index in range(1, length))
    assert calendar.workdays_between(first, first + length * DAY) == expected
