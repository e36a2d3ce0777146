"""The grammar of moments: what is read, how it is echoed, and what is refused."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintctl.errors import BadDay, BadMoment, BadMonth, DoubleTime, FutureMoment, SkippedTime
from complaintctl.reading.moments import Read, read, read_day, read_month
from complaintctl.rules.localtime import shown

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


def exact(text):
    return int(datetime.fromisoformat(text).timestamp())


NOW = exact("2026-11-22T10:30+08:00")


def past(text, now=NOW, zone=SHANGHAI):
    return read(text, now=now, zone=zone)


def future(text, now=NOW, zone=SHANGHAI):
    return read(text, now=now, zone=zone, future=True)


def any_time(text, now=NOW, zone=SHANGHAI):
    return read(text, now=now, zone=zone, future=None)


READ = {
    "2026-11-22 09:05": "2026-11-22 09:05",
    "2026-11-22 09:05:59": "2026-11-22 09:05:59",
    "2026-11-22T09:05": "2026-11-22 09:05",
    "2026-11-22T09:05:00": "2026-11-22 09:05",
    "2026-11-22T09:05+08:00": "2026-11-22 09:05",
    "2026-11-22 09:05+08:00": "2026-11-22 09:05",
    "2026-11-22T01:05Z": "2026-11-22 09:05",
    "2026-11-21T20:05:10-05:00": "2026-11-22 09:05:10",
    "2026-11-22T05:50+04:45": "2026-11-22 09:05",
    "2026-11-22T11:05+10:00": "2026-11-22 09:05",
    "2026-11-22T00:00+08:00": "2026-11-22 00:00",
    "2026-11-22T10:30+08:00": "2026-11-22 10:30",
    "2026-11-22 9:05": "2026-11-22 09:05",
    "2026-01-31 00:00": "2026-01-31 00:00",
    "1999-12-31 23:59": "1999-12-31 23:59",
    "11-22 09:05": "2026-11-22 09:05",
    "02-10 09:05": "2026-02-10 09:05",
    "09:05": "2026-11-22 09:05",
    "9:05": "2026-11-22 09:05",
    "10:30": "2026-11-22 10:30",
    "09:05:30": "2026-11-22 09:05:30",
    "today 09:05": "2026-11-22 09:05",
    "TODAY 09:05": "2026-11-22 09:05",
    "Yesterday 18:30": "2026-11-21 18:30",
    "  yesterday   18:30  ": "2026-11-21 18:30",
    "昨天18:30": "2026-11-21 18:30",
    "昨天 18:30": "2026-11-21 18:30",
    "昨日18:30": "2026-11-21 18:30",
    "前天18:30": "2026-11-20 18:30",
    "今天09:05": "2026-11-22 09:05",
    "今日9:05": "2026-11-22 09:05",
    "今天上午9点05分": "2026-11-22 09:05",
    "今天上午 9点05分": "2026-11-22 09:05",
    "今天上午9点5分": "2026-11-22 09:05",
    "今天上午9点": "2026-11-22 09:00",
    "今天上午9点整": "2026-11-22 09:00",
    "今天上午9点半": "2026-11-22 09:30",
    "今天上午9时05分": "2026-11-22 09:05",
    "今天上午九点零五分": "2026-11-22 09:05",
    "今天上午九点零分": "2026-11-22 09:00",
    "今天上午九点五分": "2026-11-22 09:05",
    "上午9:05": "2026-11-22 09:05",
    "早上8点": "2026-11-22 08:00",
    "凌晨2点": "2026-11-22 02:00",
    "昨天下午3点": "2026-11-21 15:00",
    "昨天下午三点二十分": "2026-11-21 15:20",
    "昨天下午3:20": "2026-11-21 15:20",
    "昨天下午15:20": "2026-11-21 15:20",
    "昨天中午12点": "2026-11-21 12:00",
    "昨天中午1点": "2026-11-21 13:00",
    "昨天中午11点半": "2026-11-21 11:30",
    "昨天下午12点半": "2026-11-21 12:30",
    "昨天傍晚6点": "2026-11-21 18:00",
    "昨天晚上8点半": "2026-11-21 20:30",
    "昨天晚上十一点": "2026-11-21 23:00",
    "昨天15点": "2026-11-21 15:00",
    "昨天0点": "2026-11-21 00:00",
    "11月20日 9:05": "2026-11-20 09:05",
    "11月20日上午9点": "2026-11-20 09:00",
    "1月2号 09:05": "2026-01-02 09:05",
    "2026年1月2日 09:05": "2026-01-02 09:05",
    "2025年12月31日下午3点": "2025-12-31 15:00",
    "２０２６－１１－２２　０９：０５": "2026-11-22 09:05",
    "昨天１８：３０": "2026-11-21 18:30",
    "今天上午９点０５分": "2026-11-22 09:05",
}


@pytest.mark.parametrize(("text", "echo"), READ.items())
def test_read(text, echo):
    expected = exact(echo.replace(" ", "T") + "+08:00")
    assert past(text) == Read(expected, False, echo)
    assert any_time(text) == Read(expected, False, echo)


DUE_LIKE = {
    "2026-11-20 24:00": "2026-11-20 24:00",
    "2026-11-20T24:00": "2026-11-20 24:00",
    "2026-11-20 24:00:00": "2026-11-20 24:00",
    "2026-11-20T24:00+08:00": "2026-11-20 24:00",
    "11-20 24:00": "2026-11-20 24:00",
    "yesterday 24:00": "2026-11-21 24:00",
    "昨天24点": "2026-11-21 24:00",
    "前天24:00": "2026-11-20 24:00",
}


@pytest.mark.parametrize(("text", "echo"), DUE_LIKE.items())
def test_the_end_of_a_day(text, echo):
    found = past(text)
    assert found.due_like
    assert found.echo == echo
    assert found.at == exact(echo[:10] + "T23:59:59+08:00") + 1


def test_midnight_typed_as_the_day_that_begins():
    assert past("2026-11-21 00:00") == Read(past("2026-11-20 24:00").at, False, "2026-11-21 00:00")


def test_the_end_of_a_day_elsewhere_is_an_instant_here():
    assert past("2026-11-20T24:00Z") == Read(exact("2026-11-21T00:00Z"), False, "2026-11-21 08:00")


REFUSED = [
    "",
    " ",
    "10",
    "1030",
    "Sat",
    "12.07",
    "2026-02",
    "2026-11-22",
    "20261122",
    "20261122T0905",
    "2026/11/22 09:05",
    "2026.11.22 09:05",
    "22-11-2026 09:05",
    "2026-1-2 09:05",
    "26-11-22 09:05",
    "1-2 09:05",
    "2026-02-29 09:05",
    "2026-13-01 09:05",
    "2026-11-31 09:05",
    "0026-11-22 09:05",
    "1899-12-31 09:05",
    "9999-01-01 09:05",
    "2026-11-22 25:00",
    "2026-11-22 24:01",
    "2026-11-22 24:00:01",
    "2026-11-22 09:60",
    "2026-11-22 09:05:60",
    "2026-11-22 09",
    "2026-11-22 09:5",
    "2026-11-22 9:5",
    "2026-11-22  T09:05",
    "2026-11-2209:05",
    "11-2209:05",
    "2026-11-22T09:05+8",
    "2026-11-22T09:05+0800",
    "2026-11-22T09:05+15:00",
    "2026-11-22T09:05+08:60",
    "2026-11-22T09:05 +08:00",
    "2026-11-22T25:05+08:00",
    "2026-02-30T09:05+08:00",
    "2026-11-22T09:05:00.5+08:00",
    "2026-11-22T09:05z",
    "2026-11-22t09:05",
    "11-22T09:05",
    "09:05Z",
    "today09:05",
    "yesterday18:30",
    "today",
    "now",
    "tomorrow",
    "昨天",
    "前天",
    "今天上午",
    "刚才",
    "Friday 09:05",
    "today 9:05 am",
    "9am",
    "9:05 pm",
    "今天上午9点5",
    "今天上午12点",
    "今天上午13点",
    "今天下午20点",
    "昨天晚上24:00",
    "今天上午9点60分",
    "昨天25点",
    "大前天18:30",
    "13月1日 09:05",
    "2026年2月30日 09:05",
    "02-29 09:05",
    "09:05\n10:05",
    "09:05\x00",
    "٠٩:٠٥",
    "09：05：",
    "-1:00",
    "1e3",
    "0x10",
    "yesterday yesterday 18:30",
    "x" * 1_000_000,
    "0" * 1_000_000,
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:24]))
@pytest.mark.parametrize("way", [past, future, any_time])
def test_refused(way, text):
    with pytest.raises(BadMoment) as refusal:
        way(text)
    assert type(refusal.value) is BadMoment
    assert refusal.value.code == "bad-moment"
    assert refusal.value.exit_code == 2
    assert refusal.value.values == {"text": text[:60]}


TWO_WAYS = ["周五 09:05", "今天9点05分", "今天三点", "今天12点", "9点", "今天晚上12点", "今天晚上1点", "今天凌晨12点"]


@pytest.mark.parametrize("text", TWO_WAYS)
@pytest.mark.parametrize("way", [past, future, any_time])
def test_what_reads_two_ways_is_refused_with_both_readings(way, text):
    with pytest.raises(BadMoment) as refusal:
        way(text)
    assert type(refusal.value) is BadMoment
    assert (refusal.value.code, refusal.value.exit_code) == ("bad-moment", 2)
    values = refusal.value.values
    assert values.keys() == {"text", "first", "second"} and values["text"] == text
    first, second = (any_time(values[which]) for which in ("first", "second"))
    assert first.at < second.at and (first.echo, second.echo) == (values["first"], values["second"])


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("2026-11-22 10:31", "2026-11-22 10:31"),
        ("2026-11-22T10:30:01+08:00", "2026-11-22 10:30:01"),
        ("11-23 09:05", "2026-11-23 09:05"),
        ("10:31", "2026-11-22 10:31"),
        ("today 24:00", "2026-11-22 24:00"),
        ("今天下午3点", "2026-11-22 15:00"),
        ("tomorrow 09:05", "2026-11-23 09:05"),
        ("明天上午9点", "2026-11-23 09:00"),
        ("后天09:05", "2026-11-24 09:05"),
        ("2027-01-01 00:00", "2027-01-01 00:00"),
    ],
)
def test_a_moment_still_to_come(text, echo):
    with pytest.raises(FutureMoment) as refusal:
        read(text, now=NOW, zone=SHANGHAI, field="--heard-at")
    assert refusal.value.values == {"field": "--heard-at", "moment": echo, "now": "2026-11-22 10:30"}
    assert refusal.value.exit_code == 2
    assert future(text).echo == any_time(text).echo == echo


@pytest.mark.parametrize(
    ("now", "text", "before", "after", "this_year"),
    [
        # in the middle of the year a date is of this year, on whichever side of now it lies
        ("2026-07-01T12:00+08:00", "06-30 09:00", "2026-06-30", "2026-06-30", "2026-06-30"),
        ("2026-11-22T10:30+08:00", "02-10 09:00", "2026-02-10", "2027-02-10", "2026-02-10"),
        # around New Year the near one of the other year is meant
        ("2026-01-03T10:30+08:00", "12-30 09:00", "2025-12-30", "2026-12-30", "2026-12-30"),
        ("2026-12-30T10:30+08:00", "01-03 09:00", "2026-01-03", "2027-01-03", "2026-01-03"),
        # up to now itself
        ("2026-11-22T10:30+08:00", "11-22 10:30", "2026-11-22", "2026-11-22", "2026-11-22"),
        # half a year is near, and a day more is not
        ("2026-02-01T12:00+08:00", "08-02 09:00", "2025-08-02", "2026-08-02", "2026-08-02"),
        ("2026-02-01T12:00+08:00", "08-01 09:00", None, "2026-08-01", "2026-08-01"),
        # 29 February of a year near enough, or none
        ("2028-03-05T12:00+08:00", "02-29 09:00", "2028-02-29", "2028-02-29", "2028-02-29"),
        ("2027-12-05T12:00+08:00", "02-29 09:00", None, "2028-02-29", None),
    ],
)
def test_the_year_left_out(now, text, before, after, this_year):
    for way, day in ((past, before), (future, after), (any_time, this_year)):
        if day is None:
            with pytest.raises((BadMoment, FutureMoment)):
                way(text, now=exact(now))
        else:
            assert way(text, now=exact(now)).echo == f"{day} {text[6:]}"


def test_today_is_the_sites_day():
    late = exact("2026-11-22T23:30-05:00")
    assert past("today 23:00", now=late, zone=NEW_YORK).at == exact("2026-11-22T23:00-05:00")
    assert past("today 12:00", now=late, zone=SHANGHAI).at == exact("2026-11-23T12:00+08:00")


def test_a_reading_that_is_skipped():
    with pytest.raises(SkippedTime) as refusal:
        any_time("2026-03-08 02:30", zone=NEW_YORK)
    assert refusal.value.values == {
        "text": "2026-03-08 02:30",
        "zone": "America/New_York",
        "example": "2026-03-08T03:30:00-04:00",
    }
    assert refusal.value.code == "bad-moment"
    assert any_time(refusal.value.values["example"], zone=NEW_YORK).echo == "2026-03-08 03:30"


def test_a_reading_that_comes_twice():
    with pytest.raises(DoubleTime) as refusal:
        any_time("2026-11-01 01:30", zone=NEW_YORK)
    values = refusal.value.values
    assert values == {
        "text": "2026-11-01 01:30",
        "zone": "America/New_York",
        "first": "2026-11-01T01:30:00-04:00",
        "second": "2026-11-01T01:30:00-05:00",
    }
    assert any_time(values["first"], zone=NEW_YORK).echo == "2026-11-01 01:30-04:00"
    assert any_time(values["second"], zone=NEW_YORK).echo == "2026-11-01 01:30-05:00"
    assert any_time("2026-11-01 01:30-05:00", zone=NEW_YORK).at == exact("2026-11-01T01:30-05:00")


def test_what_is_said_of_a_late_reading_that_comes_twice():
    with pytest.raises(DoubleTime) as refusal:
        any_time("2010-11-06 23:09", zone=ZoneInfo("America/St_Johns"))
    assert refusal.value.values["text"] == "2010-11-06 23:09"


def test_today_in_a_day_typed_is_the_sites():
    assert read_day("today", now=exact("2026-11-22T23:30-05:00"), zone=NEW_YORK) == date(2026, 11, 22)


def test_a_midnight_that_is_skipped():
    sao_paulo = ZoneInfo("America/Sao_Paulo")
    with pytest.raises(SkippedTime):
        past("2018-11-04 00:00", zone=sao_paulo)
    assert past("2018-11-03 24:00", zone=sao_paulo) == Read(exact("2018-11-04T01:00-02:00"), True, "2018-11-03 24:00")


@settings(max_examples=150, deadline=None)
@given(
    st.integers(exact("1970-01-02T00:00Z"), exact("2090-01-01T00:00Z")),
    st.sampled_from(["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "America/St_Johns"]),
    st.booleans(),
)
def test_what_is_shown_can_be_typed_again(at, name, due):
    zone = ZoneInfo(name)
    text = shown(at, zone, due=due)
    assert read(text, now=NOW, zone=zone, future=None) == Read(at, text.endswith("24:00"), text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text):
    for way in (past, future, any_time):
        try:
            assert isinstance(way(text), Read)
        except (BadMoment, FutureMoment) as refusal:
            assert refusal.exit_code == 2


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789:-+ T年月日点半今天昨上下午晚Ztoday", max_size=20))
def test_texts_near_the_grammar_are_read_or_refused(text):
    try:
        found = any_time(text)
    except BadMoment:
        return
    assert any_time(found.echo) == found


# ---- days and months


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-11-23", "2026-11-23"),
        ("11-22", "2026-11-22"),
        ("02-10", "2026-02-10"),
        ("today", "2026-11-22"),
        ("Yesterday", "2026-11-21"),
        ("昨天", "2026-11-21"),
        ("前天", "2026-11-20"),
        ("明天", "2026-11-23"),
        ("11月2日", "2026-11-02"),
        ("2025年1月2号", "2025-01-02"),
        ("２０２６－１１－２２", "2026-11-22"),
    ],
)
def test_read_day(text, day):
    assert read_day(text, now=NOW, zone=SHANGHAI) == date.fromisoformat(day)


def test_read_day_around_new_year():
    january = exact("2026-01-03T10:30+08:00")
    december = exact("2026-12-30T10:30+08:00")
    assert read_day("12-30", now=january, zone=SHANGHAI) == date(2025, 12, 30)
    assert read_day("12-30", now=january, zone=SHANGHAI, future=None) == date(2026, 12, 30)
    assert read_day("01-03", now=december, zone=SHANGHAI, future=True) == date(2027, 1, 3)
    assert read_day("12-30", now=december, zone=SHANGHAI) == date(2026, 12, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "٢٠٢٦-١١-٢٢",
        "2026-11",
        "2026-02-29",
        "02-29",
        "10",
        "20261122",
        "2026-11-22 09:05",
        "09:05",
        "x" * 99999,
    ],
)
def test_refused_as_a_day(text):
    with pytest.raises(BadDay) as refusal:
        read_day(text, now=NOW, zone=SHANGHAI)
    assert refusal.value.code == "bad-moment"
    assert refusal.value.values == {"text": text[:60]}


def test_a_day_of_some_week_is_refused_with_both_days():
    with pytest.raises(BadDay) as refusal:
        read_day("周五", now=NOW, zone=SHANGHAI)
    assert refusal.value.code == "bad-moment"
    assert refusal.value.values == {"text": "周五", "first": "2026-11-13", "second": "2026-11-20"}
    with pytest.raises(BadDay) as refusal:
        read_day("周五", now=NOW, zone=SHANGHAI, future=True)
    assert refusal.value.values == {"text": "周五", "first": "2026-11-20", "second": "2026-11-27"}


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", (2026, 11)),
        ("2026-02", (2026, 2)),
        (" 2026-12 ", (2026, 12)),
        ("2026年1月", (2026, 1)),
        ("2026年11月", (2026, 11)),
        ("２０２６－１１", (2026, 11)),
        ("1900-01", (1900, 1)),
        ("9998-12", (9998, 12)),
    ],
)
def test_read_month(text, month):
    assert read_month(text) == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11",
        "2026",
        "2026-00",
        "2026-13",
        "2026-1",
        "٢٠٢٦-١١",
        "11-2026",
        "2026-11-22",
        "26-11",
        "1899-12",
        "9999-01",
        "2026/11",
    ],
)
def test_refused_as_a_month(text):
    with pytest.raises(BadMonth) as refusal:
        read_month(text)
    assert refusal.value.code == "bad-moment"
    assert refusal.value.values == {"text": text}
