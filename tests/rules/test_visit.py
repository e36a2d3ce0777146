"""Visits folded from their entries: matters with their limits, what was undone, what was erased, and the rows."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl.desk import packs
from complaintctl.ledger.schema import FORMS
from complaintctl.rules.entries import Entry
from complaintctl.rules.example import moment
from complaintctl.rules.localtime import shown
from complaintctl.rules.visit import MET_BY, Visit, fold, rows

ZONE = ZoneInfo("Asia/Shanghai")
BOOK = packs.shipped_book()


def at(text: str) -> int:
    return moment(text, ZONE)


def entries(*told: tuple[str, str, dict[str, Any], dict[str, Any] | None]) -> list[Entry]:
    """One command each: (kind, moment, body, private)."""
    return [
        Entry(n, n, "visit/4", kind, at(when), at(when), "clerk", body, private)
        for n, (kind, when, body, private) in enumerate(told, 1)
    ]


def visit(*told: tuple[str, str, dict[str, Any], dict[str, Any] | None]) -> Visit:
    found = fold(entries(*told), BOOK)
    assert found is not None
    return found


FORUM = {"number": "ZF202609-0001", "kind": "forum"}


def held(when: str) -> tuple[str, str, dict[str, Any], None]:
    return ("held", when, FORUM, None)


def raised(when: str, n: int = 1, **body: Any) -> tuple[str, str, dict[str, Any], dict[str, Any]]:
    return ("raised", when, {"n": n, **body}, {"text": "加车架"})


@pytest.mark.parametrize(
    ("when", "due", "provisional"),
    [
        ("2026-09-30 16:00", "2026-10-10 24:00", False),  # across the National Day holiday; the 10th is a make-up day
        ("2026-09-25 09:00", "2026-09-30 24:00", False),  # a holiday itself: the 28th is the first working day
        ("2026-11-20 09:00", "2026-11-25 24:00", False),
        ("2026-12-30 16:00", "2027-01-04 24:00", True),
    ],
)
def test_a_matter_is_due_after_three_working_days_unless_a_time_was_promised(
    when: str, due: str, provisional: bool
) -> None:
    (matter,) = visit(held(when), raised(when)).matters
    assert (shown(matter.due_at or 0, ZONE), matter.provisional, matter.promised) == (due, provisional, None)
    (matter,) = visit(held(when), raised(when, promise=at("2027-02-01 18:00"))).matters
    assert (matter.due_at, matter.promised, matter.provisional) == (at("2027-02-01 18:00"),) * 2 + (False,)


def test_it_is_in_time_until_the_last_24_00_and_late_after_it() -> None:
    told = (held("2026-09-30 16:00"), raised("2026-09-30 16:00"))
    due = at("2026-10-11 00:00")
    (open_one,) = visit(*told).matters
    assert [open_one.state(due + seconds) for seconds in (-1, 0, 1)] == ["running", "running", "overdue"]
    for when, state in (("2026-10-10 23:59", "met"), ("2026-10-11 00:00", "met"), ("2026-10-11 00:01", "late")):
        (one,) = visit(*told, ("dealt", when, {"n": 1}, {"text": "已办"})).matters
        assert (one.state(due + 86_400), one.met_at, one.answer) == (state, at(when), "已办")


def test_a_question_runs_to_the_time_promised_and_only_an_answer_meets_it() -> None:
    asked = ("asked", "2026-09-30 16:00", {"n": 1, "promise": at("2026-10-01 12:00")}, {"text": "何时修"})
    other = ("dealt", "2026-10-01 09:00", {"n": 2}, {"text": "x"})
    one = visit(held("2026-09-30 16:00"), asked, raised("2026-09-30 16:00", 2), other).matter(1)
    assert one is not None and (one.step, one.met_at, one.due_at) == ("answered", None, at("2026-10-01 12:00"))
    answered = ("answered", "2026-10-01 12:00", {"n": 1}, {"text": "明天"})
    one = visit(held("2026-09-30 16:00"), asked, answered).matter(1)
    assert one is not None and one.state(at("2026-12-01 09:00")) == "met"


def test_a_plan_is_missed_from_the_24_00_of_its_day_until_it_is_held() -> None:
    plan = ("planned", "2026-09-01 09:00", {**FORUM, "planned_at": at("2026-09-12 24:00")}, {"by": "样例主任"})
    end = at("2026-09-13 00:00")
    assert [visit(plan).state(end + seconds) for seconds in (-1, 0)] == ["planned", "missed"]
    both = visit(plan, ("held", "2026-09-14 10:00", {"area": "东区"}, {"result": "通过"}))
    assert (both.state(end), both.number, both.kind, both.told) == ("held", "ZF202609-0001", "forum", {"area": "东区"})
    assert both.private == {"by": "样例主任", "result": "通过"}
    gone = visit(plan, ("dropped", "2026-09-14 10:00", {}, {"reason": "暴雨"}))
    assert (gone.state(end), gone.private["reason"]) == ("dropped", "暴雨")


def test_what_was_undone_no_longer_counts_and_its_number_is_not_given_again() -> None:
    told = (held("2026-09-30 16:00"), raised("2026-09-30 16:00"), raised("2026-09-30 17:00", 2))
    undone = ("undone", "2026-09-30 18:00", {"batch": 3}, None)
    one = visit(*told, undone)
    assert ([matter.n for matter in one.matters], one.last_n) == ([1], 2)
    assert fold(entries(held("2026-09-30 16:00"), ("undone", "2026-09-30 18:00", {"batch": 1}, None)), BOOK) is None


def test_what_was_erased_is_none_and_the_moments_stay() -> None:
    told = entries(held("2026-09-30 16:00"), raised("2026-09-30 16:00"))
    one = fold([entry._replace(private=None) for entry in told], BOOK)
    assert one is not None and one.private == {}
    assert (one.matters[0].text, one.matters[0].due_at) == (None, at("2026-10-11 00:00"))


def test_a_procedure_that_says_nothing_of_visits_gives_no_limit_and_no_duty() -> None:
    book = packs.shipped_book("service-code")
    one = fold(entries(held("2026-09-30 16:00"), raised("2026-09-30 16:00")), book)
    assert one is not None
    assert (one.matters[0].due_at, one.matters[0].state(at("2027-01-01 00:00"))) == (None, "untimed")
    assert rows(one)["duty"] == [] and len(rows(one)["matter"]) == 1


def test_the_rows_have_every_column_of_their_tables() -> None:
    dealt = ("dealt", "2026-10-01 09:00", {"n": 1}, {"text": "已办"})
    asked = ("asked", "2026-09-30 16:00", {"n": 2, "promise": at("2026-10-01 12:00")}, {"text": "何时修"})
    found = rows(visit(held("2026-09-30 16:00"), raised("2026-09-30 16:00"), asked, dealt))
    schema = "\n".join(statement for form in FORMS for statement in form)
    for table, lines in found.items():
        columns = schema[schema.index(f"CREATE TABLE {table} (") :].split(") STRICT")[0].splitlines()[1:]
        named = [column.split()[0] for column in columns if column and not column.strip().startswith("PRIMARY")]
        assert all(list(line) == named for line in lines), table
    assert [(one["n"], one["kind"], one["met_at"]) for one in found["matter"]] == [
        (1, "raised", at("2026-10-01 09:00")),
        (2, "asked", None),
    ]
    assert [(one["step"], one["clause"], one["duty"], one["due_at"]) for one in found["duty"]] == [
        ("matters-dealt-with", "H9 3.3, H11 3.2.1(4)", "desk", at("2026-10-11 00:00")),
        ("answered", "H11 3.2.1(3)", "handler", at("2026-10-01 12:00")),
    ]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2026-11-21 17:59", "running"),
        ("2026-11-21 18:00", "running"),
        ("2026-11-21 18:01", "overdue"),
        ("2026-11-22 08:59", "overdue"),
        ("2026-11-22 09:00", "late"),
    ],
)
def test_how_a_matter_stands_before_and_after_it_was_dealt_with(now: str, state: str) -> None:
    dealt = (MET_BY["raised"], "2026-11-22 09:00", {"n": 1}, {"text": "已加"})
    (matter,) = visit(
        held("2026-11-20 09:00"), raised("2026-11-20 09:00", promise=at("2026-11-21 18:00")), dealt
    ).matters
    assert matter.state(at(now)) == state


@pytest.mark.parametrize(("now", "state"), [("2026-11-22 08:59", "untimed"), ("2026-11-22 09:00", "done")])
def test_how_a_question_without_a_limit_stands(now: str, state: str) -> None:
    asked = ("asked", "2026-11-20 09:00", {"n": 1}, {"text": "何时换电梯"})
    answered = (MET_BY["asked"], "2026-11-22 09:00", {"n": 1}, {"text": "三月"})
    (matter,) = visit(held("2026-11-20 09:00"), asked, answered).matters
    assert matter.state(at(now)) == state
