"""Inspections folded from their entries: states, tries of a finding, what was undone or erased, and the rows."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl.desk import packs
from complaintctl.rules.entries import Entry
from complaintctl.rules.example import moment
from complaintctl.rules.inspection import Inspection, fold, rows
from complaintctl.rules.localtime import shown

ZONE = ZoneInfo("Asia/Shanghai")
BOOK = packs.shipped_book()
Told = tuple[str, str, dict[str, Any], dict[str, Any] | None]


def at(text: str) -> int:
    return moment(text, ZONE)


def entries(*told: Told) -> list[Entry]:
    """One command each: (kind, moment, body, private)."""
    return [
        Entry(n, n, "inspection/3", kind, at(when), at(when), "clerk", body, private)
        for n, (kind, when, body, private) in enumerate(told, 1)
    ]


def folded(*told: Told) -> Inspection:
    found = fold(entries(*told), BOOK)
    assert found is not None
    return found


PLANNED: Told = (
    "planned",
    "2026-11-02 09:00",
    {"number": "JC202611-0001", "kind": "joint", "on": "2026-11-20", "planned_at": at("2026-11-21 00:00")},
    {"inspectors": ["样例甲"], "note": "带钥匙"},
)
HELD: Told = (
    "held",
    "2026-11-20 10:00",
    {"number": "JC202611-0001", "kind": "joint", "items": ["cleaning"], "parties": ["committee"]},
    {"inspectors": ["样例甲"], "parties": {"committee": ["样例甲"]}, "found": "总体良好"},
)


def found(n: int, **by: Any) -> Told:
    return ("found", "2026-11-20 10:00", {"n": n, "department": "秩序部", **by}, {"text": "消防通道被占"})


def rectified(n: int, when: str) -> Told:
    return ("rectified", when, {"n": n}, {"result": "已清理"})


def rechecked(n: int, when: str, passed: bool, **by: Any) -> Told:
    return ("rechecked", when, {"n": n, "passed": passed, **by}, None)


@pytest.mark.parametrize(
    ("now", "state"),
    [("2026-11-20 23:59", "planned"), ("2026-11-20 24:00", "missed"), ("2026-11-21 08:00", "missed")],
)
def test_a_plan_is_missed_when_its_day_has_ended(now: str, state: str) -> None:
    assert folded(PLANNED).state(at(now)) == state


def test_a_plan_is_moved_held_or_dropped_and_keeps_its_number() -> None:
    moved = ("moved", "2026-11-03 09:00", {"on": "2026-11-25", "planned_at": at("2026-11-26 00:00")}, None)
    one = folded(PLANNED, moved)
    assert (one.planned_on, one.state(at("2026-11-25 23:59")), one.note) == ("2026-11-25", "planned", "带钥匙")
    one = folded(PLANNED, moved, ("held", "2026-11-24 10:00", {"kind": "joint", "items": ["cleaning"]}, {}))
    assert (one.number, one.state(at("2027-01-01 00:00"))) == ("JC202611-0001", "done")
    one = folded(PLANNED, ("dropped", "2026-11-04 09:00", {}, {"reason": "大雨"}))
    assert (one.state(at("2027-01-01 00:00")), one.reason) == ("dropped", "大雨")


@pytest.mark.parametrize(
    ("by", "due", "provisional"),
    [
        ({"until": at("2026-11-21 24:00")}, "2026-11-21 24:00", False),
        ({"until": at("2026-11-20 18:00")}, "2026-11-20 18:00", False),
        # Friday: Monday, Tuesday, Wednesday.
        ({"limit": "3 workdays"}, "2026-11-25 24:00", False),
        ({"limit": "same day"}, "2026-11-20 24:00", False),
        ({"limit": "4 hours"}, "2026-11-20 14:00", False),
        # 31 December ends the calendar: 1 January is a Friday, of which nothing is known yet.
        ({"limit": "30 workdays"}, "2027-01-01 24:00", True),
    ],
)
def test_a_limit_is_counted_from_the_inspection(by: dict[str, Any], due: str, provisional: bool) -> None:
    (one,) = folded(HELD, found(1, **by)).findings
    assert one.last.due_at is not None
    assert (shown(one.last.due_at, ZONE), one.last.provisional) == (due, provisional)


@pytest.mark.parametrize(
    ("done", "late"), [("2026-11-21 23:59", False), ("2026-11-21 24:00", False), ("2026-11-22 00:01", True)]
)
def test_what_is_put_right_at_its_due_moment_is_on_time(done: str, late: bool) -> None:
    (one,) = folded(HELD, found(1, until=at("2026-11-21 24:00")), rectified(1, done)).findings
    assert one.late(at("2026-12-31 00:00")) is late
    assert one.state(at("2026-12-31 00:00")) == "rectified"


@pytest.mark.parametrize(
    ("now", "state", "late"),
    [("2026-11-21 24:00", "open", False), ("2026-11-22 00:01", "overdue", True)],
)
def test_what_nobody_puts_right_is_overdue_after_its_due_moment(now: str, state: str, late: bool) -> None:
    (one,) = folded(HELD, found(1, until=at("2026-11-21 24:00"))).findings
    assert (one.state(at(now)), one.late(at(now))) == (state, late)


def test_a_failed_recheck_opens_a_new_try_and_what_was_late_stays_late() -> None:
    until = at("2026-11-21 24:00")
    tries = [
        HELD,
        found(1, until=until),
        rectified(1, "2026-11-22 09:00"),
        rechecked(1, "2026-11-22 10:00", False, limit="2 days"),
    ]
    one = folded(*tries)
    assert one.findings[0].state(at("2026-11-24 24:00")) == "open"
    assert one.findings[0].state(at("2026-11-25 00:01")) == "overdue"
    one = folded(*tries, rectified(1, "2026-11-23 09:00"), rechecked(1, "2026-11-23 10:00", True))
    finding = one.findings[0]
    assert (finding.closed_at, finding.late(at("2027-01-01 00:00"))) == (at("2026-11-23 10:00"), True)
    assert (one.state(at("2027-01-01 00:00")), one.open) == ("done", ())
    duties = [(row["n"], row["started_at"], row["due_at"], row["met_at"]) for row in rows(one)["duty"]]
    assert duties == [
        (-1, at("2026-11-20 10:00"), until, at("2026-11-22 09:00")),
        (1, at("2026-11-22 10:00"), at("2026-11-24 24:00"), at("2026-11-23 09:00")),
    ]


def test_rows_hold_moments_and_codes_and_every_duty_bears_a_number_of_its_own() -> None:
    one = folded(
        HELD,
        found(1, limit="3 workdays"),
        found(2, limit="2 days"),
        rectified(1, "2026-11-21 09:00"),
        rechecked(1, "2026-11-21 10:00", False, limit="1 day"),
        rectified(2, "2026-11-21 11:00"),
        rechecked(2, "2026-11-21 12:00", False, limit="1 day"),
    )
    found_rows = rows(one)
    (main,) = found_rows["inspection"]
    assert (main["id"], main["kind"], main["findings"], main["open"], main["last_seq"]) == (3, "joint", 2, 2, 7)
    assert [row["n"] for row in found_rows["duty"]] == [-1, 1, -2, 2]
    duty = found_rows["duty"][1]
    assert (duty["subject"], duty["id"], duty["step"], duty["clause"]) == ("inspection", 3, "rectified", "O 04")
    assert (duty["pack"], duty["duty"], duty["department"]) == ("owner-mechanism", "department", "秩序部")
    assert [row["checked_at"] for row in found_rows["finding"]] == [at("2026-11-21 10:00"), at("2026-11-21 12:00")]
    told = "".join(map(str, found_rows.values()))
    assert not any(word in told for word in ("样例甲", "消防通道被占", "已清理", "总体良好"))


@pytest.mark.parametrize(
    ("first", "second", "row"),
    [
        # Late at first, then in time: it stays late. In time at first: the last try counts.
        ("2026-11-22 09:00", "2026-11-23 09:00", ("2026-11-21 24:00", "2026-11-22 09:00")),
        ("2026-11-21 09:00", "2026-11-23 09:00", ("2026-11-24 24:00", "2026-11-23 09:00")),
        ("2026-11-21 09:00", None, ("2026-11-24 24:00", None)),
        ("2026-11-21 09:00", "2026-11-25 09:00", ("2026-11-24 24:00", "2026-11-25 09:00")),
    ],
)
def test_the_month_judges_a_finding_by_its_late_try(
    first: str, second: str | None, row: tuple[str, str | None]
) -> None:
    told = [
        HELD,
        found(1, until=at("2026-11-21 24:00")),
        rectified(1, first),
        rechecked(1, "2026-11-22 10:00", False, limit="2 days"),
    ]
    (one,) = rows(folded(*told, *([rectified(1, second)] if second else [])))["finding"]
    assert (one["due_at"], one["rectified_at"]) == (at(row[0]), None if row[1] is None else at(row[1]))


def test_what_was_undone_does_not_count() -> None:
    written = entries(HELD, found(1, limit="3 workdays"), found(2, limit="3 workdays"))
    undo_last = Entry(
        4, 4, "inspection/3", "undone", at("2026-11-20 11:00"), at("2026-11-20 11:00"), "c", {"batch": 3}, None
    )
    one = fold([*written, undo_last], BOOK)
    assert one is not None and [each.n for each in one.findings] == [1] and one.last_seq == 4
    undo_all = undo_last._replace(body={"batch": 1})
    assert fold([written[0], undo_all], BOOK) is None


def test_an_erased_inspection_keeps_its_moments() -> None:
    written = entries(HELD, found(1, until=at("2026-11-21 24:00")), rectified(1, "2026-11-22 09:00"))
    whole = fold(written, BOOK)
    erased = fold([entry._replace(private=None) for entry in written], BOOK)
    assert whole is not None and erased is not None
    assert (erased.inspectors, erased.parties, erased.found, erased.findings[0].text) == ((), {}, None, None)
    assert erased.party_codes == ("committee",) and rows(erased) == rows(whole)


def test_a_procedure_without_the_clause_asks_nothing() -> None:
    book = BOOK._replace(procedures=packs.shipped_book("service-code").procedures)
    one = fold(entries(HELD, found(1, until=at("2026-11-21 24:00"))), book)
    assert one is not None and rows(one)["duty"] == [] and one.findings[0].state(at("2026-11-22 09:00")) == "overdue"


def test_photos_are_counted_where_they_belong() -> None:
    def photo(**of: Any) -> Told:
        return ("attached", "2026-11-20 10:05", of, {"name": "a.jpg"})

    one = folded(HELD, found(1), found(2), photo(), photo(n=2), photo(n=2))
    assert (one.photos, [each.photos for each in one.findings]) == (1, [0, 2])


def test_a_try_put_right_at_its_due_moment_leaves_the_row_to_the_last_one() -> None:
    until, again = at("2026-11-21 24:00"), at("2026-11-30 24:00")
    told = (HELD, found(1, until=until), rectified(1, "2026-11-21 24:00"))
    failed = rechecked(1, "2026-11-23 09:00", False, until=again)
    (row,) = rows(folded(*told, failed))["finding"]
    assert (row["due_at"], row["rectified_at"], row["closed_at"]) == (again, None, None)
