"""By when something is promised, typed in Chinese at the terminal: counted from the word given, echoed, or refused."""

from typing import Any

import pytest


@pytest.fixture
def given(clerk: Any) -> Any:
    clerk.take("09:00")
    clerk("09:05", "assign", "1", "工程部")
    return clerk


@pytest.mark.parametrize(
    ("typed", "at", "due"),
    [
        ("两小时内", (), "2026-11-20T12:00:00+08:00"),
        ("半小时内", ("--at", "09:20"), "2026-11-20T09:50:00+08:00"),
        ("明天中午12点前", (), "2026-11-21T12:00:00+08:00"),
        # 20 November is a Friday: the third working day after it is Wednesday the 25th.
        ("三个工作日内", (), "2026-11-26T00:00:00+08:00"),
        ("下周一前", (), "2026-11-24T00:00:00+08:00"),
        ("2 hours", (), "2026-11-20T12:00:00+08:00"),
    ],
)
def test_a_promise(given: Any, typed: str, at: tuple[str, ...], due: str) -> None:
    ran = given("10:00", "record", "1", "contacted", "--promise", typed, *at)
    clocks = given("10:00", "show", "1", "--json").data["clocks"]
    assert {one["due_at"] for one in clocks if one["step"] == "word-given"} == {due}
    shown = due[:16].replace("T", " ") if "T00:00" not in due else None
    assert "--promise: read as" in ran.err and (shown is None or shown in ran.err)


def test_an_agreed_and_a_requested_time(given: Any) -> None:
    given("10:00", "record", "1", "reply-agreed", "--agreed-by", "本周五下午5点前", lang="zh")
    told = given("10:00", "show", "1", "--json").data
    assert any(one["due_at"] == "2026-11-20T17:00:00+08:00" for one in told["clocks"])
    asked = given.take("10:10", "--requested-by", "两天内")
    assert given("10:10", "show", asked, "--json").data["facts"]["requested_by"] == "2026-11-23T00:00:00+08:00"


def test_a_limit_told_late_runs_from_the_word_itself(given: Any) -> None:
    given("16:00", "extend", "1", "--until", "24小时内", "--at", "12:00", "--reason", "parts", "--told", "phone")
    clocks = given("16:00", "show", "1", "--json").data["clocks"]
    assert "2026-11-21T12:00:00+08:00" in {one["due_at"] for one in clocks if one["step"] == "resolved"}


@pytest.mark.parametrize(
    ("typed", "says"),
    [("周五前", "哪一周"), ("今天前", "今天内"), ("明天9点", "上午"), ("过两天", "两天内"), ("11月27日", "两天内")],
)
def test_what_reads_two_ways_is_refused_in_words(given: Any, typed: str, says: str) -> None:
    before = given.digest()
    ran = given("10:00", "record", "1", "contacted", "--promise", typed, lang="zh", code=2)
    assert says in ran.err and typed in ran.err and given.digest() == before


def test_a_moment_of_the_past_in_chinese_is_echoed(given: Any) -> None:
    ran = given("11:00", "record", "1", "contacted", "--at", "今天上午9点半", lang="zh")
    assert "2026-11-20 09:30" in ran.err
    given("11:00", "record", "1", "verified", "--at", "今天下午3点", code=2)
