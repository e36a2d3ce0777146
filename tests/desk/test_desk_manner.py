"""The manner of answering: what must be a visit or in writing, and what a notice that falls short counts as."""

from typing import Any

import pytest

from complaintctl.desk.assign import assign
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.office import Done
from complaintctl.desk.resolve import Result, resolve
from complaintctl.language import Words


def answered(desk: Any, via: str, *, note: str | None = None, **facts: Any) -> Done:
    """A complaint taken down at 9, resolved at 10 and answered at 10:30; the answer's result."""
    name = desk.take("09:00", **facts)
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("10:00"), name, Result("处理完毕"))
    return notify(desk("10:30"), name, Told(via.split(","), True, note))


def remarks(done: Done) -> list[tuple[str, str]]:
    """Return each remark's code and the clause that it names."""
    return [(one.code, one.text.values["clause"]) for one in done.remarks]


COLLECTIVE, WRITTEN = {"households": 5}, {"channel": "letter"}


@pytest.mark.parametrize(
    ("facts", "via", "stage"),
    [
        ({}, "phone", "notified"),
        ({}, "visit", "notified"),
        ({}, "written", "notified"),
        (COLLECTIVE, "phone", "resolved"),
        (COLLECTIVE, "written", "resolved"),
        (COLLECTIVE, "desk", "resolved"),
        (COLLECTIVE, "visit", "notified"),
        (COLLECTIVE, "phone,visit", "notified"),
        ({"households": 4}, "phone", "notified"),
        (WRITTEN, "phone", "resolved"),
        (WRITTEN, "visit", "resolved"),
        (WRITTEN, "written", "notified"),
        ({"channel": "email"}, "phone", "resolved"),
        ({"channel": "web"}, "written", "notified"),
        ({"channel": "wechat"}, "phone", "resolved"),
        ({"channel": "box"}, "written", "notified"),
        (COLLECTIVE | WRITTEN, "visit", "resolved"),
        (COLLECTIVE | WRITTEN, "written", "resolved"),
        (COLLECTIVE | WRITTEN, "written,visit", "notified"),
    ],
)
def test_what_a_notice_counts_as(desk: Any, facts: dict[str, Any], via: str, stage: str) -> None:
    done = answered(desk, via, **facts)
    assert done.life.stage == stage
    assert ("short-notice" in [one.code for one in done.remarks]) is (stage == "resolved")
    step = "notified" if stage == "notified" else "contacted"
    assert desk.done("1")[-1] == step
    assert desk.clocks("1", "10:30")["C-contacted-2h"] == ("met", "2026-11-20 11:00")


def test_two_notices_together_can_be_enough(desk: Any) -> None:
    done = answered(desk, "visit", **COLLECTIVE, **WRITTEN)
    assert remarks(done) == [("manner", "H3 2.5"), ("short-notice", "C 4.8.1")]
    second = notify(desk("11:00"), "1", Told(["written"], True))
    assert second.life.stage == "notified" and second.remarks == ()


def test_a_notice_that_falls_short_says_what_is_asked_for(desk: Any) -> None:
    done = answered(desk, "phone", **COLLECTIVE)
    assert [one.code for one in done.remarks] == ["short-notice"]
    text = done.remarks[0].text
    assert text.values["clause"] == "C 4.8.1"
    assert list(text.values["via"]) == [Words("a home visit")]
    assert desk.clocks("1", "10:30")["C-notified"] == ("running", "2026-11-20 24:00")


def test_by_phone_the_reason_is_asked_for_and_a_note_gives_it(desk: Any) -> None:
    assert remarks(answered(desk, "phone")) == [("manner", "C 4.7.3")]
    assert remarks(answered(desk, "phone", note="住户在外地,表示满意")) == []
    assert remarks(answered(desk, "visit")) == []


def test_an_earlier_rounds_visit_does_not_count_for_a_later_notice(desk: Any) -> None:
    answered(desk, "visit", **COLLECTIVE, **WRITTEN)
    notify(desk("10:40"), "1", Told(["written"], False))
    assign(desk("10:45"), ["1"], "工程部")
    resolve(desk("11:00"), "1", Result("再次处理"))
    assert notify(desk("11:10"), "1", Told(["written"], True)).life.stage == "resolved"
    assert notify(desk("11:20"), "1", Told(["visit"], True)).life.stage == "notified"


@pytest.mark.parametrize("pack", ["resident-standard", "work-instruction", "owner-mechanism"])
def test_where_no_clause_asks_for_it_any_manner_will_do(desk_under: Any, pack: str) -> None:
    done = answered(desk_under(pack), "phone", note="已说明", **COLLECTIVE, **WRITTEN)
    assert done.life.course.notified_at is not None


def test_the_handbook_alone_prefers_writing_and_takes_a_phone_call(desk_under: Any) -> None:
    done = answered(desk_under("office-handbook"), "phone", **WRITTEN)
    assert done.life.course.notified_at is not None
    assert remarks(done) == [("manner", "H3 2.5")]
