"""Inspections on a real ledger: every refusal with its clause; undoing, looking back, verifying, erasing over them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaintctl.desk import keep, replay, staff
from complaintctl.desk.inspection import Held, Plan, drop, hold, is_name, move, plan
from complaintctl.desk.inspection_finding import Found, Recheck, Rectified, find_fault, recheck, rectified
from complaintctl.desk.inspection_shared import as_of, every, find
from complaintctl.desk.play import play
from complaintctl.desk.refused import OthersRestOnIt
from complaintctl.desk.refused_inspection import (
    DayGone,
    Dropped,
    FindingClosed,
    HeldAlready,
    NotHeld,
    NotRectified,
    NotSaid,
    PartyMissing,
    RectifiedAlready,
)
from complaintctl.desk.refused_people import PersonLeft
from complaintctl.desk.site import adopt_calendar, laid_over
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep, FutureMoment, LimitTooFar, NotFound, RuleRefusal
from complaintctl.reading.moments import read_day
from complaintctl.reading.until import Until
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.inspection import Inspection
from complaintctl.rules.localtime import shown

THREE = (("committee", "样例甲"), ("community", "样例乙"), ("company", "样例丙"))
JOINT = Held(items=["cleaning", "fire-lanes"], parties=THREE)
REGULAR = Held(["样例甲"], ["cleaning"])
LANE = Found("消防通道被占", "秩序部", Until(None, "3 workdays", ""))
SECRETS = ("独孤求败", "东方不败", "总体脏乱", "通道堆满", "三栋北侧", "已搬空", "又堆上了", "照片字节")


def on(office: Any, day: str) -> Plan:
    return Plan(read_day(day, now=office.now, zone=office.zone, future=True))


def held(desk: Any, when: str = "10:00", kind: str = "regular", what: Held = REGULAR) -> Inspection:
    return hold(desk(when), kind, what).inspection


def faulty(desk: Any) -> Inspection:
    """An inspection held at 10:00 with one finding, due on Wednesday the 25th."""
    held(desk)
    return find_fault(desk("10:30"), "1", [LANE]).inspection


# ---- planning and holding


def test_a_plan_bears_the_number_of_its_month_and_keeps_it_when_it_is_moved(desk: Any) -> None:
    office = desk("09:00")
    first = plan(office, "joint", on(office, "2026-12-10")).inspection
    second = plan(office, "regular", on(office, "2026-11-20")).inspection
    third = plan(office, "regular", on(office, "2026-12-31")).inspection
    assert [one.number for one in (first, second, third)] == ["JC202612-0001", "JC202611-0001", "JC202612-0002"]
    moved = move(desk("09:30"), "jc202612-0001", on(office, "2027-01-05")).inspection
    assert (moved.number, moved.planned_on) == ("JC202612-0001", "2027-01-05")


def test_no_day_gone_by_is_planned_for(desk: Any) -> None:
    office = desk("09:00")
    plan(office, "regular", on(office, "2026-11-20"))
    desk.refuses(DayGone, lambda: plan(desk("09:00"), "regular", on(office, "2026-11-19")))
    desk.refuses(DayGone, lambda: move(desk("2026-11-22 09:00"), "1", on(office, "2026-11-21")))


def test_a_plan_says_what_its_record_need_not(desk: Any) -> None:
    office = desk("09:00")
    plan(office, "regular", Plan(on(office, "2026-11-20").on, ["样例甲"], ["facilities"], "带钥匙"))
    done = hold(desk("15:00"), "1", Held(at=desk.moment("14:00"))).inspection
    assert (done.inspectors, done.items, done.note) == (("样例甲",), ("facilities",), "带钥匙")
    assert (done.held_at, done.number, done.kind) == (desk.moment("14:00"), "JC202611-0001", "regular")


def test_whoever_was_planned_has_inspected_beside_the_parties_unless_others_are_named(desk: Any) -> None:
    plan(desk("09:00"), "joint", on(desk("09:00"), "2026-11-20")._replace(inspectors=["样例丁"]))
    first = hold(desk("10:00"), "1", JOINT).inspection
    assert first.inspectors == ("样例丁", "样例甲", "样例乙", "样例丙")
    undo(desk("10:01"))
    again = hold(desk("10:02"), "1", JOINT._replace(inspectors=["样例戊", "样例丙"])).inspection
    assert again.inspectors == ("样例戊", "样例丙", "样例甲", "样例乙")


def test_who_took_part_for_a_party_has_inspected(desk: Any) -> None:
    one = held(desk, kind="joint", what=JOINT)
    assert one.inspectors == ("样例甲", "样例乙", "样例丙")
    assert one.parties == {"committee": ["样例甲"], "community": ["样例乙"], "company": ["样例丙"]}


@pytest.mark.parametrize("missing", ["committee", "community", "company"])
def test_a_joint_inspection_needs_its_three_parties(desk: Any, missing: str) -> None:
    two = [party for party in THREE if party[0] != missing]
    error = desk.refuses(PartyMissing, lambda: hold(desk("10:00"), "joint", JOINT._replace(parties=two)))
    assert (error.exit_code, error.rule, error.values["clause"]) == (4, "party-missing", "O 03")
    assert held(desk, kind="irregular", what=JOINT._replace(parties=two)).kind == "irregular"


@pytest.mark.parametrize(
    ("what", "option"), [(Held(items=["cleaning"]), "--inspectors"), (Held(["样例甲"]), "--items")]
)
def test_a_record_says_who_inspected_what(desk: Any, what: Held, option: str) -> None:
    error = desk.refuses(NotSaid, lambda: hold(desk("10:00"), "regular", what))
    assert (error.exit_code, error.values["option"], error.values["clause"]) == (2, option, "O 04")


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("sudden", REGULAR),
        ("regular", REGULAR._replace(items=["roof"])),
        ("regular", REGULAR._replace(parties=[("police", "样例丁")])),
    ],
)
def test_codes_that_nobody_knows_are_refused(desk: Any, kind: str, what: Held) -> None:
    assert desk.refuses(BadValue, lambda: hold(desk("10:00"), kind, what)).exit_code == 2


def test_what_lies_ahead_is_no_record(desk: Any) -> None:
    desk.refuses(FutureMoment, lambda: hold(desk("10:00"), "regular", REGULAR._replace(at=desk.moment("10:01"))))


def test_a_plan_is_carried_out_or_dropped_once(desk: Any) -> None:
    office = desk("09:00")
    plan(office, "regular", on(office, "2026-11-20"))
    plan(office, "regular", on(office, "2026-11-20"))
    hold(desk("10:00"), "1", REGULAR)
    drop(desk("10:05"), "2", reason="大雨")
    for deed in (
        lambda: hold(desk("11:00"), "1", REGULAR),
        lambda: drop(desk("11:00"), "1", reason="大雨"),
        lambda: move(desk("11:00"), "1", on(office, "2026-11-21")),
    ):
        error = desk.refuses(HeldAlready, deed)
        assert (error.exit_code, error.rule, error.values["clause"]) == (4, "held-already", "O 04")
    for deed in (
        lambda: hold(desk("11:00"), "2", REGULAR),
        lambda: drop(desk("11:00"), "2", reason="大雨"),
        lambda: move(desk("11:00"), "2", on(office, "2026-11-21")),
    ):
        error = desk.refuses(Dropped, deed)
        assert (error.exit_code, error.rule) == (4, "dropped")
    desk.refuses(NotFound, lambda: hold(desk("11:00"), "9", REGULAR))


def test_an_open_plan_of_the_same_kind_is_remarked(desk: Any) -> None:
    office = desk("09:00")
    plan(office, "joint", on(office, "2026-11-20"))
    assert [one.code for one in hold(desk("10:00"), "joint", JOINT).remarks] == ["plan-open"]
    assert hold(desk("10:00"), "regular", REGULAR).remarks == ()
    assert hold(desk("10:00"), "1", JOINT).remarks == ()


@pytest.mark.parametrize(("word", "name"), [("3", True), ("JC202611-0001", True), ("jc2", True), ("joint", False)])
def test_names_and_kinds_are_told_apart(word: str, name: bool) -> None:
    assert is_name(word) is name


def test_who_left_inspects_no_more_but_a_guest_of_that_name_may(desk: Any) -> None:
    staff.add(desk("08:00"), staff.Particulars("样例丙", "handler"))
    staff.leave(desk("09:00"), "样例丙")
    error = desk.refuses(PersonLeft, lambda: hold(desk("10:00"), "joint", JOINT))
    assert (error.exit_code, error.rule) == (4, "left")
    guest = [("committee", "样例丙"), ("community", "样例乙"), ("company", "样例丁")]
    assert held(desk, kind="joint", what=JOINT._replace(parties=guest)).id == 1
    find_fault(desk("10:10"), "1", [LANE])
    desk.refuses(PersonLeft, lambda: rectified(desk("10:20"), "1.1", Rectified("已清", by="样例丙")))
    rectified(desk("10:20"), "1.1", Rectified("已清", by="样例丁"))
    desk.refuses(PersonLeft, lambda: recheck(desk("10:30"), "1.1", Recheck(True, by="样例丙")))


# ---- findings


def test_a_finding_is_put_right_and_checked(desk: Any) -> None:
    faulty(desk)
    assert rectified(desk("14:00"), "1.1", Rectified("已清理")).inspection.state(desk.moment("15:00")) == "open"
    done = recheck(desk("15:00"), "JC202611-0001.1", Recheck(True)).inspection
    assert (done.state(desk.moment("15:00")), done.findings[0].closed_at) == ("done", desk.moment("15:00"))


def test_findings_count_from_the_inspection_also_when_they_are_written_down_later(desk: Any) -> None:
    held(desk)
    after = find_fault(desk("2026-11-24 09:00"), "1", [LANE]).inspection
    assert shown(after.findings[0].last.due_at, desk("09:00").zone) == "2026-11-25 24:00"


def refusals() -> list[tuple[str, type[RuleRefusal], str, Callable[[Any], Any]]]:
    passed, failed = Recheck(True), Recheck(False, Until(None, "1 day", ""))
    return [
        ("planned", NotHeld, "not-held", lambda desk: find_fault(desk("10:00"), "1", [LANE])),
        ("open", NotRectified, "not-rectified", lambda desk: recheck(desk("16:00"), "1.1", passed)),
        ("open", NotRectified, "not-rectified", lambda desk: recheck(desk("16:00"), "1.1", failed)),
        (
            "rectified",
            RectifiedAlready,
            "rectified-already",
            lambda desk: rectified(desk("16:00"), "1.1", Rectified("清")),
        ),
        ("failed", NotRectified, "not-rectified", lambda desk: recheck(desk("16:00"), "1.1", passed)),
        ("closed", FindingClosed, "finding-closed", lambda desk: recheck(desk("16:00"), "1.1", passed)),
        ("closed", FindingClosed, "finding-closed", lambda desk: recheck(desk("16:00"), "1.1", failed)),
        ("closed", FindingClosed, "finding-closed", lambda desk: rectified(desk("16:00"), "1.1", Rectified("清"))),
    ]


@pytest.mark.parametrize(("state", "error", "rule", "deed"), refusals())
def test_a_finding_goes_its_way_step_by_step(
    desk: Any, state: str, error: type[RuleRefusal], rule: str, deed: Callable[[Any], Any]
) -> None:
    if state == "planned":
        office = desk("09:00")
        plan(office, "regular", on(office, "2026-11-20"))
    else:
        faulty(desk)
        if state != "open":
            rectified(desk("14:00"), "1.1", Rectified("已清理"))
        if state == "closed":
            recheck(desk("15:00"), "1.1", Recheck(True))
        if state == "failed":
            recheck(desk("15:00"), "1.1", Recheck(False, Until(None, "1 day", "")))
    refused = desk.refuses(error, lambda: deed(desk))
    assert (refused.exit_code, refused.rule, refused.values["clause"]) == (4, rule, "O 04")


def test_what_failed_is_put_right_again(desk: Any) -> None:
    faulty(desk)
    rectified(desk("14:00"), "1.1", Rectified("已清理"))
    recheck(desk("15:00"), "1.1", Recheck(False, Until(None, "1 day", "")))
    rectified(desk("16:00"), "1.1", Rectified("装了桩"))
    one = recheck(desk("17:00"), "1.1", Recheck(True)).inspection.findings[0]
    assert [each.result for each in one.tries] == ["已清理", "装了桩"] and one.closed_at == desk.moment("17:00")


def test_a_limit_must_be_given_where_the_procedure_has_none(desk: Any) -> None:
    held(desk)
    error = desk.refuses(NotSaid, lambda: find_fault(desk("10:30"), "1", [LANE._replace(until=None)]))
    assert (error.values["option"], error.values["clause"]) == ("--until", "O 04")
    find_fault(desk("10:30"), "1", [LANE])
    rectified(desk("11:00"), "1.1", Rectified("已清理"))
    desk.refuses(NotSaid, lambda: recheck(desk("11:30"), "1.1", Recheck(False)))
    desk.refuses(
        LimitTooFar, lambda: find_fault(desk("12:00"), "1", [LANE._replace(until=Until(None, "99999999 days", ""))])
    )


def test_moments_keep_their_order(desk: Any) -> None:
    faulty(desk)
    early = desk.moment("09:59")
    for error, deed in (
        (BeforeStep, lambda: find_fault(desk("11:00"), "1", [LANE._replace(at=early)])),
        (FutureMoment, lambda: find_fault(desk("11:00"), "1", [LANE._replace(at=desk.moment("11:01"))])),
        (BeforeStep, lambda: find_fault(desk("11:00"), "1", [LANE._replace(until=Until(early, None, ""))])),
        (BeforeStep, lambda: rectified(desk("11:00"), "1.1", Rectified("清", at=early))),
        (FutureMoment, lambda: rectified(desk("11:00"), "1.1", Rectified("清", at=desk.moment("11:01")))),
    ):
        assert desk.refuses(error, deed).exit_code == 2
    rectified(desk("12:00"), "1.1", Rectified("清", at=desk.moment("11:30")))
    desk.refuses(BeforeStep, lambda: recheck(desk("12:00"), "1.1", Recheck(True, at=desk.moment("11:29"))))
    assert recheck(desk("12:00"), "1.1", Recheck(True, at=desk.moment("11:30"))).inspection.findings[0].closed_at


@pytest.mark.parametrize("name", ["1.2", "2.1", "JC202611-0002.1", "1.99999999999999999999"])
def test_a_finding_that_is_not_there_is_not_found(desk: Any, name: str) -> None:
    faulty(desk)
    error = desk.refuses(NotFound, lambda: rectified(desk("14:00"), name, Rectified("清")))
    assert error.exit_code == 3


@pytest.mark.parametrize("name", ["1", "1.", ".1", "1.x", "甲"])
def test_what_names_no_finding_is_bad_input(desk: Any, name: str) -> None:
    faulty(desk)
    assert desk.refuses(BadValue, lambda: rectified(desk("14:00"), name, Rectified("清"))).exit_code == 2


def test_nothing_is_half_written(desk: Any) -> None:
    bad = LANE._replace(until=None)
    desk.refuses(NotSaid, lambda: hold(desk("10:00"), "regular", REGULAR._replace(findings=[LANE, bad])))
    assert list(every(desk("10:00"))) == []


# ---- undoing, looking back, keeping whole


def test_undo_takes_back_the_last_command_and_gives_no_number_twice(desk: Any) -> None:
    faulty(desk)
    undo(desk("10:40"))
    assert find(desk("10:41"), "1").findings == ()
    again = find_fault(desk("10:45"), "1", [LANE]).inspection
    assert [one.n for one in again.findings] == [2]
    rectified(desk("11:00"), "1.2", Rectified("清"))
    recheck(desk("11:10"), "1.2", Recheck(True))
    undo(desk("11:20"))
    assert find(desk("11:21"), "1").findings[0].state(desk.moment("11:21")) == "rectified"
    undo(desk("11:22"))
    assert find(desk("11:23"), "1").findings[0].state(desk.moment("11:23")) == "open"


def test_what_others_rest_on_is_not_undone(desk: Any) -> None:
    held(desk)
    find_fault(desk("10:30", "other"), "1", [LANE])
    assert desk.refuses(OthersRestOnIt, lambda: undo(desk("11:00"))).exit_code == 4


def test_an_inspection_taken_back_is_gone_and_its_number_stays_used(desk: Any) -> None:
    held(desk)
    undo(desk("10:05"))
    desk.refuses(NotFound, lambda: find(desk("10:06"), "1"))
    desk.refuses(NotFound, lambda: find(desk("10:06"), "JC202611-0001"))
    assert (held(desk, "10:10").id, held(desk, "10:11").number) == (2, "JC202611-0003")
    assert keep.verify(desk("10:20")).findings == []


def everything(desk: Any) -> None:
    office = desk("09:00")
    plan(office, "joint", on(office, "2026-11-20"))
    hold(desk("10:00"), "1", JOINT._replace(findings=[LANE, LANE], photos=[("a.jpg", b"1")]))
    rectified(desk("11:00"), "1.1", Rectified("清", photos=[("b.jpg", b"2")]))
    recheck(desk("12:00"), "1.1", Recheck(False, Until(None, "1 day", "")))
    plan(office, "regular", on(office, "2026-12-01"))
    drop(desk("12:30"), "2", reason="改")
    held(desk, "13:00")
    undo(desk("13:10"))


def test_verify_finds_all_whole_and_rebuild_gives_the_same_rows(desk: Any) -> None:
    everything(desk)
    assert keep.verify(desk("14:00")).findings == []
    before = [find(desk("14:00"), name) for name in ("1", "2")]
    replay.rebuild(desk("14:00"))
    assert keep.verify(desk("14:00")).findings == []
    assert [find(desk("14:00"), name) for name in ("1", "2")] == before


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE finding SET due_at = due_at + 86400 WHERE n = 2",
        "UPDATE duty SET met_at = started_at WHERE n = 2",
        "DELETE FROM duty WHERE n < 0",
        "DELETE FROM inspection WHERE id = 2",
    ],
)
def test_verify_sees_what_was_changed_behind_its_back(desk: Any, change: str) -> None:
    everything(desk)
    assert desk.ledger.connection.execute(change).rowcount == 1
    assert [one.code for one in keep.verify(desk("14:00")).findings] == ["row-differs"]


def test_what_was_known_then_is_told_of_then(desk: Any) -> None:
    everything(desk)
    for when, state, count in (("09:30", "planned", 0), ("10:30", "open", 2)):
        one = as_of(desk("14:00"), "JC202611-0001", desk.moment(when))
        assert (one.state(desk.moment(when)), len(one.findings)) == (state, count)
    desk.refuses(NotFound, lambda: as_of(desk("14:00"), "1", desk.moment("08:59")))
    assert [one.id for one in every(desk("14:00"), desk.moment("13:05"))] == [1, 2, 3]
    assert [one.id for one in every(desk("14:00"))] == [1, 2]


def test_forgetting_leaves_no_byte_and_every_moment(desk: Any, ledger_file: Path) -> None:
    fault = Found("通道堆满", "秩序部", Until(None, "1 day", ""), "三栋北侧", [("照片.jpg", "照片字节".encode())])
    hold(desk("10:00"), "regular", Held(["独孤求败"], ["cleaning"], found="总体脏乱", findings=[fault]))
    rectified(desk("11:00"), "1.1", Rectified("已搬空", "东方不败"))
    recheck(desk("12:00"), "1.1", Recheck(False, Until(None, "1 day", ""), "又堆上了"))
    assert all(secret.encode() in ledger_file.read_bytes() for secret in SECRETS)
    before = find(desk("12:30"), "1")
    keep.forget(desk("13:00"), "inspection/1", "保存期满")
    assert not any(secret.encode() in ledger_file.read_bytes() for secret in SECRETS)
    after = find(desk("13:10"), "1")
    assert (after.inspectors, after.found, after.findings[0].text) == ((), None, None)
    assert [(one.due_at, one.rectified_at, one.checked_at) for one in after.findings[0].tries] == [
        (one.due_at, one.rectified_at, one.checked_at) for one in before.findings[0].tries
    ]
    assert keep.verify(desk("13:20")).findings == []


def test_a_photo_lies_in_the_ledger(desk: Any) -> None:
    held(desk)
    one = find_fault(
        desk("10:30"), "1", [LANE._replace(photos=[("通道.jpg", b"\xff\xd8"), ("二.jpg", b"x")])]
    ).inspection
    assert (one.findings[0].photos, one.photos) == (2, 0)
    (entry, _) = [entry for entry in one.entries if entry.kind == "attached"]
    assert desk.ledger.evidence(entry.private["file"]) == b"\xff\xd8" and entry.body["n"] == 1


def test_a_calendar_that_comes_later_recounts_what_is_open(desk: Any) -> None:
    """30 working days from 20 November end on 1 January, unless that is a holiday: then on the 4th."""
    held(desk)
    find_fault(desk("10:30"), "1", [LANE._replace(until=Until(None, "30 workdays", ""))] * 2)
    rectified(desk("11:00"), "1.1", Rectified("清"))
    text = 'timezone = "Asia/Shanghai"\nholidays = ["2027-01-01"]\ncovered = [2027]\n'
    office = desk("2026-12-20 09:00")
    over = laid_over(Calendar.from_toml(text, file="2027", zone="Asia/Shanghai"), office.book.calendars[-1][1])
    moved = adopt_calendar(office, over)
    assert [(one.subject, one.number, one.step, one.clause) for one in moved] == [
        ("inspection", "JC202611-0001", "rectified", "O 04")
    ] * len(moved)
    ends = [shown(one.last.due_at, office.zone) for one in find(desk("2026-12-20 09:01"), "1").findings]
    assert ends[1] == "2027-01-04 24:00" and not find(desk("2026-12-20 09:01"), "1").findings[1].last.provisional
    assert keep.verify(desk("2026-12-20 09:02")).findings == []


def test_a_script_plays_inspections(desk: Any) -> None:
    parties = {code: [person] for code, person in THREE}
    steps = [
        {
            "do": "inspect-plan",
            "at": "2026-11-02 09:00",
            "key": "q4",
            "kind": "joint",
            "on": "11-19",
            "items": ["cleaning"],
        },
        {"do": "inspect-move", "at": "2026-11-03 09:00", "key": "q4", "on": "11-20"},
        {
            **{"do": "inspect-record", "at": "2026-11-20 10:00", "key": "q4", "parties": parties},
            "findings": [{"text": "积水", "department": "工程部", "limit": "3个工作日", "place": "地库"}],
        },
        {
            "do": "inspect-finding",
            "at": "2026-11-20 11:00",
            "key": "q4",
            "text": "灯",
            "department": "工程部",
            "limit": "11-21",
        },
        {"do": "inspect-rectified", "at": "2026-11-21 09:00", "key": "q4", "n": 2, "result": "换了"},
        {"do": "inspect-recheck", "at": "2026-11-21 10:00", "key": "q4", "n": 2, "passed": True},
        {
            "do": "inspect-record",
            "at": "2026-11-22 09:00",
            "key": "x",
            "kind": "irregular",
            "inspectors": ["样例甲"],
            "items": ["upkeep"],
        },
        {"do": "inspect-plan", "at": "2026-11-22 10:00", "key": "y", "kind": "regular", "on": "12-01"},
        {"do": "inspect-drop", "at": "2026-11-22 11:00", "key": "y", "reason": "改"},
    ]
    known: dict[str, int] = {}
    assert len(list(play(desk("2026-11-23 09:00"), [{"by": "clerk", **step} for step in steps], known))) == 9
    assert known == {"q4": 1, "x": 2, "y": 3}
    now = desk.moment("2026-11-23 09:00")
    first = find(desk("2026-11-23 09:00"), "1")
    assert [one.state(now) for one in first.findings] == ["open", "closed"] and first.findings[0].place == "地库"
    assert [find(desk("2026-11-23 09:00"), name).state(now) for name in "23"] == ["done", "dropped"]
