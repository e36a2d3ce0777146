"""What others must solve: to whom it went, who answered, how long nobody did, and when the resident hears again."""

from collections.abc import Callable
from typing import Any

from complaintctl.desk import keep, site
from complaintctl.desk.assign import assign
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused_care import (
    NotPassedOn,
    WhichOne,
)
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep, UsageFault
from complaintctl.reports import assist as assisting
from complaintctl.reports.overdue import overdue
from complaintctl.rules.assist import passed_on, waiting

DONE = Result("处理完毕")


def test_to_whom_it_went_and_who_answered_are_kept_in_private(desk: Any) -> None:
    name = desk.passed()
    record(desk("11:00"), [name], Record(["answered"], "周一开挖", by="样例水务公司"))
    gone, came = desk.life(name).entries[-2:]
    assert gone.private == {"note": "请查修", "to": "样例水务公司"}
    assert came.private == {"note": "周一开挖", "from": "样例水务公司"}
    assert came.body == {"steps": ["answered"], "answers": [gone.seq]}


def test_who_passed_it_on_is_whoever_was_named_and_it_waits_from_that_minute(desk: Any) -> None:
    name = desk.passed()
    record(desk("10:30"), [name], Record(["passed-on"], to="样例街道办", person="样例员工"))
    passed, _ = passed_on(desk.life(name).entries)
    assert [one.by for one in passed] == ["clerk", "样例员工"]
    assert [one.to for one in waiting(passed, desk.moment("09:59"))] == []
    assert [one.to for one in waiting(passed, desk.moment("10:00"))] == ["样例水务公司"]


def test_the_only_one_asked_is_the_one_who_answered(desk: Any) -> None:
    name = desk.passed()
    record(desk("11:00"), [name], Record(["answered"], "周一开挖"))
    assert desk.life(name).entries[-1].private["from"] == "样例水务公司"


def test_of_several_it_must_be_said_who_answered(desk: Any) -> None:
    name = desk.passed()
    record(desk("10:30"), [name], Record(["passed-on"], to="样例街道办"))
    error = desk.refuses(WhichOne, lambda: record(desk("11:00"), [name], Record(["answered"])))
    assert error.values["choices"] == ["样例水务公司", "样例街道办"]
    other = Record(["answered"], by="样例公交公司")
    assert desk.refuses(BadValue, lambda: record(desk("11:00"), [name], other)).values["text"] == "样例公交公司"
    record(desk("11:00"), [name], Record(["answered"], by="样例街道办王工"))
    (row,) = assisting.assisted(desk.view("12:00"))
    assert (row["to"], row["silent_seconds"]) == (["样例水务公司"], 7200)


def test_an_answer_to_nothing_is_refused_and_one_before_the_letter_too(desk: Any) -> None:
    name = desk.take("09:00", responsibility="outside")
    error = desk.refuses(NotPassedOn, lambda: record(desk("09:10"), [name], Record(["answered"])))
    assert (error.rule, error.values["clause"]) == ("not-passed-on", "C 4.4.3, 4.4.6")
    record(desk("10:00"), [name], Record(["passed-on"], to="样例水务公司"))
    early = Record(["answered"], at=desk.moment("09:59"))
    desk.refuses(BeforeStep, lambda: record(desk("11:00"), [name], early))
    record(desk("11:00"), [name], early._replace(at=desk.moment("10:00")))


def test_a_particular_belongs_to_its_step(desk: Any) -> None:
    name = desk.passed()
    for what in (
        Record(["contacted"], to="甲"),
        Record(["passed-on"], to="甲", by="乙"),
        Record(["passed-on"], large=True),
        Record(["warranty"], understood=False),
    ):
        desk.refuses(UsageFault, lambda what=what: record(desk("11:00"), [name], what))


def test_an_answer_may_come_after_the_closing_nothing_else_may(desk: Any) -> None:
    name = desk.closed(desk.passed())
    record(desk("12:00"), [name], Record(["answered"], "已修"))
    assert desk.done(name)[-1] == "answered"
    assert desk.life(name).stage == "closed"


def test_what_waits_for_others_the_longest_silent_first(desk: Any) -> None:
    first, second = desk.passed(), desk.passed(unit="3-1-502")
    third = desk.take("10:00", responsibility="building", unit="3-1-503")
    desk.take("10:00", responsibility="own", unit="3-1-504")
    record(desk("10:01"), [second], Record(["answered"], "收到"))
    record(desk("2026-11-21 10:00"), [second], Record(["passed-on"], "再催", to="样例水务公司"))
    rows = assisting.assisted(desk.view("2026-11-22 10:00"))
    assert [(row["id"], row["to"], row["silent_seconds"]) for row in rows] == [
        (int(first), ["样例水务公司"], 172_800),
        (int(second), ["样例水务公司"], 86_400),
        (int(third), [], None),
    ]
    record(desk("2026-11-22 11:00"), [first], Record(["answered"], "周一开挖"))
    assert [row["id"] for row in assisting.assisted(desk.view("2026-11-22 12:00"))] == [int(second), int(third)]
    every = assisting.assisted(desk.view("2026-11-22 12:00"), every=True)
    assert {row["id"]: row["silent_since"] is None for row in every}[int(first)]
    resolve(desk("2026-11-22 13:00"), second, Result("已转", "passed-on"))
    assert [row["id"] for row in assisting.assisted(desk.view("2026-11-22 14:00"))] == [int(third)]


def test_the_next_word_is_due_after_the_last_and_stands_in_overdue_a_second_later(desk: Any) -> None:
    name = desk.passed()

    def late(when: str) -> list[str]:
        rows = overdue(desk.view(when))
        return [row["clause"] for row in rows if row["id"] == int(name) and row["step"] == "progress-told"]

    (row,) = assisting.assisted(desk.view("2026-11-25 12:00"))
    # Told on Friday 09:30; three working days end with Wednesday.
    assert (row["last_word_at"], row["next_word_due"]) == (desk.moment("09:30"), desk.moment("2026-11-25 24:00"))
    assert late("2026-11-26 00:00") == [] and len(late("2026-11-26 00:01")) == 1
    record(desk("2026-11-26 09:00"), [name], Record(["progress-told"], "还在等"))
    assert late("2026-12-02 00:00") == [] and len(late("2026-12-02 00:01")) == 1
    (row,) = assisting.assisted(desk.view("2026-11-27 12:00"))
    assert row["next_word_due"] == desk.moment("2026-12-01 24:00")


def test_the_site_sets_after_how_many_days_the_resident_hears_again(desk_under: Callable[[str], Any]) -> None:
    desk = desk_under("service-code")
    early = desk.passed()
    site.set_parameters(desk("12:00", "manager"), {"progress": "5 workdays"})
    late = passed_later(desk)
    due = {row["id"]: row["next_word_due"] for row in assisting.assisted(desk.view("2026-11-24 09:00"))}
    assert due[int(early)] == desk.moment("2026-11-25 24:00")
    assert due[int(late)] == desk.moment("2026-11-27 24:00")


def passed_later(desk: Any) -> str:
    name = str(desk.take("13:00", responsibility="outside", unit="3-1-502"))
    assign(desk("13:05"), [name], "工程部")
    record(desk("13:10"), [name], Record(["contacted"]))
    record(desk("13:20"), [name], Record(["passed-on"], to="样例水务公司"))
    return name


def test_an_answer_undone_waits_again_and_verify_agrees_after_erasure(desk: Any) -> None:
    name = desk.passed()
    record(desk("11:00"), [name], Record(["answered"], "周一开挖"))
    assert assisting.assisted(desk.view("12:00")) == []
    undo(desk("12:00"))
    assert len(assisting.assisted(desk.view("12:00"))) == 1
    keep.forget(desk("12:30"), name, "期满")
    (row,) = assisting.assisted(desk.view("13:00"))
    assert (row["to"], row["silent_seconds"]) == ([], 10_800)
    assert keep.verify(desk("13:00")).findings == []
    record(desk("14:00"), [name], Record(["answered"], "已修"))
    assert assisting.assisted(desk.view("14:00")) == []
