"""The wordings of limits, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintctl.errors import BadLimit, LimitTooFar
from complaintctl.rules.period import Limit, parse_limit, whole_number

READ = {
    "10 minutes": ("minutes", 10),
    "1 minute": ("minutes", 1),
    "1 minutes": ("minutes", 1),
    "2 hours": ("hours", 2),
    "2 hour": ("hours", 2),
    "same day": ("same day", 0),
    "3 days": ("days", 3),
    "1 day": ("days", 1),
    "0 days": ("days", 0),
    "5 workdays": ("workdays", 5),
    "1 workday": ("workdays", 1),
    "1 month": ("months", 1),
    "12 months": ("months", 12),
    "90 business minutes": ("business minutes", 90),
    "0 business minutes": ("business minutes", 0),
    "1 business hour": ("business hours", 1),
    "at once": ("at once", 0),
    "by day 30 of the month": ("by day", 30),
    "By Day 1 of the Month": ("by day", 1),
    "  2   HOURS ": ("hours", 2),
    "007 days": ("days", 7),
    "1000000 workdays": ("workdays", 1_000_000),
    "10分钟": ("minutes", 10),
    "10 分钟内": ("minutes", 10),
    "十分钟": ("minutes", 10),
    "2小时": ("hours", 2),
    "两小时": ("hours", 2),
    "24个小时以内": ("hours", 24),
    "当天": ("same day", 0),
    "当日": ("same day", 0),
    "即日": ("same day", 0),
    "3天": ("days", 3),
    "3日": ("days", 3),
    "三天之内": ("days", 3),
    "5个工作日": ("workdays", 5),
    "5工作日": ("workdays", 5),
    "十五个工作日": ("workdays", 15),
    "1个月": ("months", 1),
    "4个营业小时": ("business hours", 4),
    "30工作分钟": ("business minutes", 30),
    "立即": ("at once", 0),
    "立刻": ("at once", 0),
    "每月30日前": ("by day", 30),
    "本月5号前": ("by day", 5),
    "１０分钟": ("minutes", 10),
    "１０　minutes": ("minutes", 10),
    "99 小时": ("hours", 99),
    "半小时内": ("minutes", 30),
    "半个小时": ("minutes", 30),
    "一个半小时内": ("minutes", 90),
    "两个半小时": ("minutes", 150),
    "一刻钟": ("minutes", 15),
    "一周内": ("days", 7),
    "两周": ("days", 14),
    "1个星期": ("days", 7),
    "两天内": ("days", 2),
    "三个工作日内": ("workdays", 3),
    "一小时内": ("hours", 1),
    "十五分钟": ("minutes", 15),
}

REFUSED = [
    "",
    " ",
    "3",
    "days",
    "days 3",
    "-1 days",
    "+1 days",
    "1.5 hours",
    "1,000 days",
    "1_000 days",
    "3 weeks",
    "3 years",
    "3 business days",
    "some days",
    "soon",
    "same days",
    "at once 3",
    "3 same day",
    "by day 0 of the month",
    "by day 32 of the month",
    "by day of the month",
    "by day 30",
    "每月0日前",
    "每月日前",
    "半天",
    "半个月",
    "半",
    "个半小时",
    "几个半小时",
    "几周",
    "周",
    "本周",
    "两三天",
    "三五天",
    "3-5天",
    "几天",
    "天",
    "内",
    "二二天",
    "十十天",
    "一百天",
    "零十天",
    "3天3天",
    "3个天",
    "3days",
    "2 小时 30 分钟",
    "٣ days",
    "²天",
    "3 days\x00",
    "x" * 1_000_000,
    "1" * 300 + " days",
]


@pytest.mark.parametrize(("text", "limit"), READ.items())
def test_read(text, limit):
    assert parse_limit(text) == Limit(*limit)


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: repr(text[:20]))
def test_refused(text):
    with pytest.raises(BadLimit) as refusal:
        parse_limit(text)
    assert refusal.value.exit_code == 2
    assert refusal.value.code == "bad-limit"
    assert refusal.value.values == {"text": text[:60]}


def test_a_count_of_sixteen_digits_has_no_end():
    assert parse_limit("999999999999999 minutes").n == 999_999_999_999_999
    with pytest.raises(LimitTooFar):
        parse_limit("1000000000000000 minutes")


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (Limit("minutes", 1), "1 minute"),
        (Limit("minutes", 10), "10 minutes"),
        (Limit("hours", 0), "0 hours"),
        (Limit("same day", 0), "same day"),
        (Limit("workdays", 1), "1 workday"),
        (Limit("business hours", 1), "1 business hour"),
        (Limit("business minutes", 2), "2 business minutes"),
        (Limit("at once", 0), "at once"),
        (Limit("by day", 30), "by day 30 of the month"),
    ],
)
def test_text(limit, text):
    assert limit.text() == text


LIMITS = st.one_of(
    st.builds(
        Limit,
        st.sampled_from(["minutes", "hours", "days", "workdays", "months", "business minutes", "business hours"]),
        st.integers(0, 10**14),
    ),
    st.just(Limit("same day", 0)),
    st.just(Limit("at once", 0)),
    st.builds(Limit, st.just("by day"), st.integers(1, 31)),
)


@given(LIMITS)
def test_text_reads_as_the_limit_again(limit):
    assert parse_limit(limit.text()) == limit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("05", 5),
        ("零", 0),
        ("一", 1),
        ("两", 2),
        ("九", 9),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("九十九", 99),
        ("", None),
        ("百", None),
        ("一二", None),
        ("零十", None),
        ("十零", None),
        ("十十", None),
        ("٣", None),
    ],
)
def test_whole_number(text, number):
    assert whole_number(text) == number
