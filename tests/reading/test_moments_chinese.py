"""Chinese moments and limits: the table that a clerk can read, and that an echo always reads back."""

import tomllib
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from complaintctl.desk import packs
from complaintctl.errors import BadMoment, BadValue, FutureMoment, LimitTooFar
from complaintctl.language import say
from complaintctl.output.problem import describe
from complaintctl.reading.moments import read
from complaintctl.reading.until import read_ahead, read_until
from complaintctl.rules.localtime import DAY_SECONDS
from complaintctl.rules.period import reckon

ZONE = ZoneInfo("Asia/Shanghai")
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "moments.toml").read_text("utf-8"))["at"]
CALENDAR = packs.shipped_calendar()
HINTS = {
    "": "Write it like 2026-11-22 09:05",
    "hour": "The hour is missing: write it like 昨天下午3点半",
    "until": "Until the end of a day: 11月27日前",
    "time": "no such time",
    "day": "no such day",
    "now": "that means now",
}


def exact(text):
    """The instant of a reading in Shanghai, whose offset never changes; 24:00 ends its day."""
    day, hour = text.split(" ")
    late = hour == "24:00"
    at = int(datetime.fromisoformat(f"{day}T{'00:00' if late else hour}+08:00").timestamp())
    return at + DAY_SECONDS * late


def ahead(text, now):
    return read_ahead(text, now=now, zone=ZONE, due=lambda limit: reckon(limit, now, CALENDAR).at)


def cases(field):
    return [(case["now"], text, told) for case in CASES for text, told in case.get(field, {}).items()]


@pytest.mark.parametrize(("now", "text", "told"), cases("past"))
def test_when_it_happened(now, text, told):
    found = read(text, now=exact(now), zone=ZONE)
    assert (found.at, found.echo) == (exact(told), told)


@pytest.mark.parametrize(("now", "text", "told"), cases("ahead"))
def test_by_when_it_is_to_be(now, text, told):
    found = ahead(text, exact(now))
    assert (found.at, found.echo) == (exact(told), told)


def past(text, now):
    return read(text, now=now, zone=ZONE)


def refusals(text, now, field):
    """What is said in the fields: of the past, ahead, or both."""
    for reading in {"past": (past,), "ahead": (ahead,)}.get(field, (past, ahead)):
        with pytest.raises(BadMoment) as refusal:
            reading(text, exact(now))
        error = refusal.value
        assert (error.code, error.exit_code, error.values["text"]) == ("bad-moment", 2, text)
        yield error


def refused(*fields):
    return [(field, *case) for field in fields for case in cases(field)]


@pytest.mark.parametrize(("field", "now", "text", "why"), refused("refused", "past-only", "ahead-only"))
def test_refused(field, now, text, why):
    for error in refusals(text, now, field.removesuffix("-only")):
        hint = HINTS["hour" if why == "until" and not field.startswith("ahead") else why]
        assert hint in error.hint and set(error.values) == {"text"}


@pytest.mark.parametrize(("field", "now", "text", "both"), refused("either", "either-past", "either-ahead"))
def test_both_readings_are_said_and_can_be_typed(field, now, text, both):
    for error in refusals(text, now, field.partition("-")[2]):
        said = [say(error.values[which]) for which in ("first", "second")]
        assert said == both
        message, hint = describe(error, "complaintctl log")
        assert all(one in message for one in (text, *both)) and hint and "{" not in hint
        for one in said:
            if ":" in one:
                assert read(one, now=exact(now), zone=ZONE, future=None).echo == one


@pytest.mark.parametrize("text", ["本周五前", "下周一前", "月底前", "明天中午12点前", "本周内"])
def test_what_a_finding_must_be_put_right_by_is_read_alike(text):
    now = exact("2026-11-18 10:30")
    assert read_until(text, now=now, zone=ZONE).at == ahead(text, now).at


def test_a_limit_of_a_finding_stays_a_limit():
    found = read_until("两天内", now=exact("2026-11-18 10:30"), zone=ZONE)
    assert (found.at, found.limit) == (None, "2 days")


@pytest.mark.parametrize(("now", "text", "both"), [*cases("either"), *cases("either-ahead")])
def test_what_reads_two_ways_is_refused_of_a_limit_too(now, text, both):
    with pytest.raises(BadValue) as refusal:
        read_until(text, now=exact(now), zone=ZONE)
    assert [say(refusal.value.values[which]) for which in ("first", "second")] == both
    assert all(one in describe(refusal.value, "complaintctl inspect")[0] for one in both)


def test_a_moment_to_come_is_refused_where_it_must_have_happened():
    for text in ("今天下午3点", "本周五上午9点", "下周一9:00", "11月18日11点"):
        with pytest.raises(FutureMoment):
            read(text, now=exact("2026-11-18 10:30"), zone=ZONE)


WORDS = st.lists(
    st.sampled_from(
        [
            *(
                "今天",
                "昨天",
                "明天",
                "后天",
                "前天",
                "今晚",
                "昨晚",
                "明早",
                "上",
                "下",
                "本",
                "这",
                "个",
                "周",
                "星期",
            ),
            *(
                "月",
                "日",
                "号",
                "年",
                "去年",
                "11",
                "12",
                "3",
                "5",
                "30",
                "十",
                "一",
                "五",
                "天",
                "两",
                "半",
                "底",
                "内",
                "前",
            ),
            *(
                "之前",
                "上午",
                "下午",
                "晚上",
                "中午",
                "凌晨",
                "点",
                "分",
                "小时",
                "工作日",
                ":",
                "00",
                "24",
                "2026",
                "-",
                " ",
            ),
        ]
    ),
    max_size=8,
).map("".join)


@settings(max_examples=1500, deadline=None)
@given(WORDS, st.sampled_from(["2026-11-18 10:30", "2026-12-31 23:59", "2027-01-01 00:00", "2028-02-29 12:00"]))
@example("下月31日前", "2028-02-29 12:00")
def test_an_echo_reads_back_to_the_same_moment(text, now):
    """Also across its own wording: what was echoed reads alike in either field and at any time."""
    for reading in (lambda: read(text, now=exact(now), zone=ZONE, future=None), lambda: ahead(text, exact(now))):
        try:
            found = reading()
        except (BadMoment, LimitTooFar):
            continue
        again = read(found.echo, now=exact("2030-01-01 00:00"), zone=ZONE, future=None)
        assert (again.at, again.due_like, again.echo) == found


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(["上午", "下午", "晚上", "凌晨", "中午", ""]))
def test_an_hour_is_the_one_of_its_part_or_refused(hour, minute, part):
    """Reckoned a second time: the clock of 24 hours, and which hours each part of the day holds."""
    parts = {"凌晨": (0, 6), "上午": (0, 11), "中午": (11, 13), "下午": (12, 19), "晚上": (17, 23)}
    now = exact("2026-11-18 10:30")
    text = f"11月17日{part}{hour}点{minute:02}分"
    if part:
        first, last = parts[part]
        meant = next((one for one in (hour, hour + 12) if first <= one <= last), None)
        # At exactly midnight nobody knows which end of the day is meant; half past is of the day itself.
        meant = 0 if (part, hour) == ("凌晨", 12) and minute else meant
    else:
        meant = hour if hour in (0, 7, 8, 9, 10, 11) or hour > 12 else None
    if meant is None:
        with pytest.raises(BadMoment):
            read(text, now=now, zone=ZONE)
    else:
        assert read(text, now=now, zone=ZONE).echo == f"2026-11-17 {meant:02}:{minute:02}"
