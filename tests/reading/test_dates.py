"""Days as people write them into a register: every usual form, and nothing guessed."""

import calendar
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from complaintctl.reading.dates import read_clock, read_day

DAYS = some.dates(date(1990, 1, 1), date(2099, 12, 31))
HANZI = "〇一二三四五六七八九"
WIDE = str.maketrans("0123456789/-:.", "０１２３４５６７８９／－：．")
WEEK = "一二三四五六日"


def hanzi(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HANZI[tens] + "十") + (HANZI[ones] if ones else "")


def year(number: int) -> str:
    return "".join(HANZI[int(digit)] for digit in str(number))


FORMS = (
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.year}-{d.month:02}-{d.day:02}",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year} 年 {d.month} 月 {d.day} 号",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}".translate(WIDE),
    lambda d: f"{year(d.year)}年{hanzi(d.month)}月{hanzi(d.day)}日",
    lambda d: f"{d.year}年{d.month}月{d.day}日（星期{WEEK[d.weekday()]}）",
    lambda d: f"{d.year}-{d.month}-{d.day} 周{WEEK[d.weekday()]}",
    lambda d: f"{d.day} {calendar.month_name[d.month]} {d.year}",
    lambda d: f"{calendar.month_abbr[d.month]} {d.day}, {d.year}",
    lambda d: f"{d.year}-{d.month:02}-{d.day:02} 00:00:00",
    lambda d: f"\u200b{d.year}/{d.month}/{d.day}\ufeff",
)


@given(DAYS, some.sampled_from(FORMS))
def test_a_day_in_any_usual_form_is_that_day(day, form):
    found = read_day(form(day))
    assert (found.day, found.seconds, found.problem, found.odd) == (day, None, None, ())


@given(some.dates(date(1982, 4, 1), date(2099, 12, 31)), some.integers(1, 86_399))
def test_the_number_of_a_spreadsheet_is_its_day_and_time(day, seconds):
    number = (day - date(1899, 12, 30)).days
    assert read_day(str(number)).day == day
    found = read_day(f"{number + seconds / 86_400:.10f}")
    assert (found.day, found.seconds) == (day, seconds)
    if number - 1462 >= 30_000:
        # 1904 workbooks count from four years and a day later.
        assert read_day(str(number - 1462), epoch=1904).day == day


@given(DAYS, some.integers(0, 6))
def test_a_wrong_weekday_is_said(day, weekday):
    found = read_day(f"{day.year}年{day.month}月{day.day}日 星期{WEEK[weekday]}")
    assert found.day == day
    assert found.odd == (() if weekday == day.weekday() else ("weekday",))


@given(DAYS)
def test_the_year_last_has_one_reading_or_is_not_read(day):
    found = read_day(f"{day.month:02}/{day.day:02}/{day.year}")
    if day.day > 12 or day.day == day.month:
        assert found.day == day
    else:
        assert (found.day, found.problem) == (None, "ambiguous")


@given(DAYS, some.integers(1, 40), some.sampled_from(("-", "至", "~", "—", "到")))
def test_two_days_are_a_span(day, more, between):
    last = day + timedelta(days=more)
    for text in (
        f"{day.year}/{day.month}/{day.day}{between}{last.year}/{last.month}/{last.day}",
        f"{day.year}年{day.month}月{day.day}日{between}{last.month}月{last.day}日",
    ):
        assert (read_day(text).day, read_day(text).problem) == (None, "span")


@given(some.text(max_size=30))
def test_nothing_that_is_typed_breaks_it(text):
    found = read_day(text)
    assert (found.day is None) == (found.problem is not None)
    read_clock(text)


def test_without_a_year_a_day_waits_for_one():
    for text in ("3.7", "3月7日", "3-7", "三月七日"):
        assert read_day(text).problem == "no-year"
        assert read_day(text, year=2025).day == date(2025, 3, 7)
    assert read_day("2.29").problem == "no-year"
    assert read_day("2.29", year=2025).problem == "unreadable"
    assert read_day("2.29", year=2024).day == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["25.3.7", "25-3-7", "25/3/7", "25年3月7日", "２５．３．７"])
def test_two_digits_are_a_year_where_nothing_else_can_be(text):
    assert read_day(text).day == date(2025, 3, 7)


@pytest.mark.parametrize(
    "text",
    [
        "2025.3.7.",
        "（2025.3.7）",
        "2025。3。7",
        "2025、3、7",
        "2025，3，7",
        "2025 3 7",
        "'2025-03-07",
        "2025年3月7日。",
    ],
)
def test_signs_that_habit_or_a_slip_left_around_a_day_do_not_hide_it(text):
    assert read_day(text).day == date(2025, 3, 7)


def test_a_part_of_a_day_is_a_time_where_a_time_is_expected():
    assert (read_clock("0.5"), read_clock("0.3958333333"), read_clock("0")) == (43_200, 34_200, None)
    assert (read_clock("9.5"), read_clock("1.5")) == (None, None)


def test_signs_between_days_and_times_keep_their_meaning():
    assert read_day("2025、3、7、8").problem == "span"
    assert read_day("2025 3 7-8").problem == "span"
    assert read_day("2025 3 7:05").problem == "unreadable"
    assert read_day("2025-3-7 9:05 p.m.").seconds == 21 * 3600 + 300
    assert read_day("2025年3月7日（周五）").day == date(2025, 3, 7)


@pytest.mark.parametrize("text", ["3/4/25", "07/08/2025", "25/03/07", "250307", "7-Mar-25", "1.2.2025"])
def test_what_has_two_readings_is_ambiguous(text):
    assert (read_day(text).day, read_day(text).problem) == (None, "ambiguous")


@pytest.mark.parametrize(
    "text", ["2025年3月", "2025-03", "3月上旬", "2025年3月底", "3.7、3.9", "约3月7日", "3月7日左右"]
)
def test_more_days_than_one_or_about_one_is_a_span(text):
    assert read_day(text, year=2025).problem == "span"


@pytest.mark.parametrize("text", ["", "abc", "2025/2/30", "2025-13-01", "15:30", "昨天", "20253.7", "三月", "1.54E+10"])
def test_what_is_no_day_is_not_read(text):
    assert read_day(text).problem in ("unreadable", "span") and read_day(text).day is None


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2025年3月7日上午9点", 9, 0),
        ("2025年3月7日9点半", 9, 30),
        ("2025.3.7下午3点半", 15, 30),
        ("2025-03-07T09:05:00", 9, 5),
        ("2025-3-7 9:05 PM", 21, 5),
        ("2025年3月7号晚上8点20分", 20, 20),
        ("2025/3/7 15时30分", 15, 30),
        ("２０２５／３／７　０９：０５", 9, 5),
        ("二〇二五年三月七日下午两点", 14, 0),
    ],
)
def test_a_time_beside_the_day_is_read(text, hour, minute):
    found = read_day(text)
    assert (found.day, found.seconds, found.odd) == (date(2025, 3, 7), hour * 3600 + minute * 60, ())


@pytest.mark.parametrize("text", ["2025-03-07 25:70", "2025年3月7日三点", "2025-3-7 上午15点"])
def test_a_time_that_cannot_be_or_reads_two_ways_leaves_the_day(text):
    found = read_day(text)
    assert (found.day, found.seconds, found.odd) == (date(2025, 3, 7), None, ("clock",))


def test_only_the_part_of_the_day_is_no_time():
    assert read_day("2025年3月7日上午")[:2] == (date(2025, 3, 7), None)


@pytest.mark.parametrize(
    ("text", "day", "seconds"),
    [
        ("2025-03-07T09:05:00+08:00", 7, 32_700),
        ("2025-03-07T20:30:00Z", 8, 16_200),
        ("2025-03-07 09:05 +0800", 7, 32_700),
        ("202503070905", 7, 32_700),
        ("20250307 090515", 7, 32_715),
        ("2025-03-07T16:00:00Z", 8, None),
    ],
)
def test_a_moment_as_programs_write_it_is_read_where_the_office_is(text, day, seconds):
    found = read_day(text, zone=ZoneInfo("Asia/Shanghai"))
    assert (found.day, found.seconds, found.odd) == (date(2025, 3, day), seconds, ())


def test_digits_that_are_no_moment_are_not_read():
    for text in ("202513070905", "15400000001", "2025-03-07T25:05:00Z", "99990307 0905"):
        assert read_day(text, zone=ZoneInfo("Asia/Shanghai")).problem == "unreadable"


@pytest.mark.parametrize(
    "text", ["2025—3—7", "2025–3–7", "2025_3_7", "2025\\3\\7", "2025年3月7日（五）", "2025/3/7 (五)"]
)
def test_other_signs_between_and_a_bare_weekday(text):
    assert (read_day(text).day, read_day(text).odd) == (date(2025, 3, 7), ())
    assert read_day("2025年3月7日（六）").odd == ("weekday",)


@pytest.mark.parametrize(
    "text",
    [
        *("2025/3/7 约9点", "2025年3月7日9点多", "2025.3.7 9:00-10:00", "2025/3/7 9点到10点", "2025/3/7 上午12:30"),
        "2025/3/7 夜里1点",
    ],
)
def test_about_which_hour_it_was_is_no_time(text):
    found = read_day(text)
    assert (found.day, found.seconds, found.odd) == (date(2025, 3, 7), None, ("clock",))


def test_one_day_or_another_is_ambiguous():
    assert read_day("3.1或3.10", year=2025).problem == "ambiguous"
    assert read_day("2025/3/7或3/8").problem == "ambiguous"
    assert read_day("2503").problem == "unreadable"
