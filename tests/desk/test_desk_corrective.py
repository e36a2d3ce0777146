"""Corrective action: what it consists of, whom it concerns, its check, and that it outlives round and closing."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from complaintctl.desk import keep, packs, site
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.corrective import Check, Plan, check, take
from complaintctl.desk.escalate import escalate
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.play import play
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.refused_care import (
    NoCorrective,
    NotForCorrective,
    NothingToCheck,
    PartsMissing,
    WhichOne,
)
from complaintctl.desk.refused_people import PersonLeft
from complaintctl.desk.replay import rebuild
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.staff import Particulars, add, leave
from complaintctl.desk.study import Study, study
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep, UsageFault
from complaintctl.ledger.store import Ledger
from complaintctl.reports import assist as assisting
from complaintctl.reports import care
from complaintctl.reports.overdue import overdue

DONE = Result("处理完毕")
PLAN = Plan("没有备件", "换灯", "仓库常备", "样例主管")
CASE = Study("路灯一周不亮", "夜间无人巡查", "天黑后要巡一遍")


def remarks(done: Any) -> list[str]:
    return [one.code for one in done.remarks]


def test_a_corrective_action_is_kept_whole_and_is_due_at_its_check(desk: Any) -> None:
    name = desk.important()
    until = desk.moment("2026-11-27 18:00")
    take(desk("10:00"), name, PLAN._replace(until=until))
    entry = desk.life(name).entries[-1]
    assert (entry.kind, entry.body) == ("corrective", {"action": 1, "until": until})
    assert entry.private == {"cause": "没有备件", "correction": "换灯", "prevention": "仓库常备", "person": "样例主管"}
    assert desk.clocks(name, "10:00", "corrective-checked") == {"R-corrective-checked": ("running", "2026-11-27 18:00")}
    (row,) = care.actions(desk.view("2026-11-27 18:00"))
    assert (row["id"], row["action"], row["duty_of"], row["late_by_seconds"]) == (int(name), 1, "样例主管", None)
    (row,) = care.actions(desk.view("2026-11-27 18:01"))
    assert row["late_by_seconds"] == 60
    (late,) = [row for row in overdue(desk.view("2026-11-27 18:01")) if row["step"] == "corrective-checked"]
    assert (late["duty_of"], late["clause"], late["due_at"]) == ("样例主管", "R 四.6(2)", until)


def test_a_department_of_the_site_is_named_openly(desk: Any) -> None:
    site.change_settings(desk("08:00", "manager"), {"departments": ["工程部"]})
    name = desk.important()
    take(desk("10:00"), name, PLAN._replace(by="工程部", until=desk.moment("18:00")))
    entry = desk.life(name).entries[-1]
    assert entry.body["department"] == "工程部" and "person" not in (entry.private or {})
    assert care.actions(desk.view("10:00"))[0]["duty_of"] == "工程部"


@pytest.mark.parametrize("part", ["cause", "correction", "prevention", "by", "until"])
def test_each_part_of_an_action_is_missed_by_name(desk: Any, part: str) -> None:
    name = desk.important()
    whole = PLAN._replace(until=desk.moment("18:00"))
    error = desk.refuses(PartsMissing, lambda: take(desk("10:00"), name, whole._replace(**{part: None})))
    assert (error.values["options"], error.values["clause"]) == ([f"--{part}"], "R 四.6(2)")


def test_only_what_is_or_was_major_or_important_asks_for_an_action(desk: Any) -> None:
    plan = PLAN._replace(until=desk.moment("2026-11-27 18:00"))
    minor = desk.take("09:00")
    error = desk.refuses(NotForCorrective, lambda: take(desk("10:00"), minor, plan))
    assert (error.rule, error.values["clause"]) == ("no-corrective-action", "R 四.6(2)")
    was = desk.important(unit="3-1-502")
    amend(desk("09:30"), was, Correction({"fault": False}))
    assert desk.known(was, "10:00")["severity"] == "minor"
    take(desk("10:00"), was, plan)


def test_a_month_without_a_solution_makes_it_ask_for_one_not_earlier(desk: Any) -> None:
    name = desk.take("09:00")
    plan = PLAN._replace(until=desk.moment("2026-12-30 18:00"))
    desk.refuses(NotForCorrective, lambda: take(desk("2026-12-20 23:59"), name, plan))
    take(desk("2026-12-21 00:00"), name, plan)


def test_a_procedure_that_asks_for_none_has_none(desk_under: Callable[[str], Any]) -> None:
    desk = desk_under("service-code")
    name = desk.take("09:00", fault=True)
    error = desk.refuses(NoCorrective, lambda: take(desk("10:00"), name, PLAN._replace(until=desk.moment("18:00"))))
    assert (error.rule, error.values["pack"]) == ("no-corrective-action", "service-code")


def test_times_of_an_action_and_its_check(desk: Any) -> None:
    name = desk.important()
    plan = PLAN._replace(until=desk.moment("10:00"))
    desk.refuses(BeforeStep, lambda: take(desk("10:01"), name, plan))
    desk.refuses(BeforeStep, lambda: take(desk("10:01"), name, plan._replace(at=desk.moment("08:59"))))
    take(desk("10:01"), name, plan._replace(at=desk.moment("10:00")))
    desk.refuses(BeforeStep, lambda: check(desk("10:10"), name, Check("看了", True, at=desk.moment("09:59"))))
    check(desk("10:10"), name, Check("看了", True, at=desk.moment("10:00")))
    assert desk.clocks(name, "10:10", "corrective-checked") == {"R-corrective-checked": ("met", "2026-11-20 10:00")}


def test_what_had_not_worked_is_followed_by_another_action(desk: Any) -> None:
    name = desk.important()
    take(desk("10:00"), name, PLAN._replace(until=desk.moment("2026-11-27 18:00")))
    failed = Check("又灭了", False)
    error = desk.refuses(PartsMissing, lambda: check(desk("2026-11-26 09:00"), name, failed))
    assert error.values["options"] == ["--cause", "--until"]
    until = desk.moment("2026-12-05 18:00")
    check(desk("2026-11-26 09:00"), name, failed._replace(following=Plan(cause="电缆老化", until=until)))
    checked, follows = desk.life(name).entries[-2:]
    assert (checked.body, checked.private) == ({"action": 1, "effective": False}, {"how": "又灭了"})
    assert follows.body == {"action": 2, "until": until, "follows": 1}
    assert follows.private == {
        "cause": "电缆老化",
        "correction": "换灯",
        "prevention": "仓库常备",
        "person": "样例主管",
    }
    assert [(row["action"], row["due_at"]) for row in care.actions(desk.view("2026-11-26 09:00"))] == [(2, until)]
    undo(desk("2026-11-26 09:05"))
    assert [row["action"] for row in care.actions(desk.view("2026-11-26 09:05"))] == [1]
    check(desk("2026-11-26 09:10"), name, Check("查看仓库", True))
    assert care.actions(desk.view("2026-11-26 09:10")) == []


def test_which_of_several_actions_is_checked(desk: Any) -> None:
    name = desk.important()
    desk.refuses(NothingToCheck, lambda: check(desk("10:00"), name, Check("看了", True)))
    for hour in ("18:00", "20:00"):
        take(desk("10:00"), name, PLAN._replace(until=desk.moment(hour)))
    desk.refuses(WhichOne, lambda: check(desk("11:00"), name, Check("看了", True)))
    desk.refuses(BadValue, lambda: check(desk("11:00"), name, Check("看了", True, 3)))
    desk.refuses(PartsMissing, lambda: check(desk("11:00"), name, Check("看了", None, 2)))
    desk.refuses(UsageFault, lambda: check(desk("11:00"), name, Check("看了", True, 2, Plan(cause="甲"))))
    check(desk("11:00"), name, Check("看了", True, 2))
    desk.refuses(AlreadyDone, lambda: check(desk("11:10"), name, Check("看了", True, 2)))
    check(desk("11:10"), name, Check("看了", True))
    desk.refuses(NothingToCheck, lambda: check(desk("11:20"), name, Check("看了", True)))


def test_an_action_outlives_round_and_closing(desk: Any) -> None:
    name = desk.important()
    take(desk("09:30"), name, PLAN._replace(until=desk.moment("2026-11-27 18:00")))
    resolve(desk("09:40"), name, DONE)
    notify(desk("09:50"), name, Told(["visit"], False))
    assign(desk("09:55"), [name], "工程部")
    desk.closed(name)
    assert desk.states(name, "2026-11-28 09:00", "overdue") == {"R-corrective-checked"}
    take(desk("2026-11-28 09:00"), name, PLAN._replace(until=desk.moment("2026-11-30 18:00")))
    check(desk("2026-11-28 10:00"), name, Check("看了", True, 1))
    assert desk.clocks(name, "2026-11-28 10:00", "corrective-checked") == {
        "R-corrective-checked": ("late", "2026-11-27 18:00"),
        "R-corrective-checked/2": ("running", "2026-11-30 18:00"),
    }


def test_complaints_that_owe_an_action_since_they_were_referred(desk: Any) -> None:
    name = desk.important()
    assert care.actions_owed(desk.view("09:10")) == []
    escalate(desk("09:20"), name, "manager")
    (row,) = care.actions_owed(desk.view("09:20"))
    assert (row["id"], row["since"], row["severity"]) == (int(name), desk.moment("09:20"), "important")
    take(desk("10:00"), name, PLAN._replace(until=desk.moment("18:00")))
    assert care.actions_owed(desk.view("10:00")) == []


def test_who_has_left_takes_on_nothing(desk: Any) -> None:
    add(desk("08:00", "manager"), Particulars("样例主管", "supervisor"))
    leave(desk("08:30", "manager"), "样例主管")
    name = desk.important()
    plan = PLAN._replace(until=desk.moment("18:00"))
    desk.refuses(PersonLeft, lambda: take(desk("10:00"), name, plan))
    take(desk("10:00"), name, plan._replace(by="样例经理"))


def test_after_an_erasure_the_duty_is_the_roles_and_everything_folds_alike(desk: Any) -> None:
    name = desk.important()
    take(desk("10:00"), name, PLAN._replace(until=desk.moment("2026-11-27 18:00")))
    assert [row["id"] for row in desk("10:00").query.search("仓库常备")] == [int(name)]
    keep.forget(desk("11:00"), name, "期满")
    assert desk("11:00").query.search("仓库常备") == []
    (row,) = care.actions(desk.view("11:00"))
    assert row["duty_of"] == "manager,general-manager"
    assert keep.verify(desk("11:00")).findings == []
    rebuild(desk("11:00"))
    assert care.actions(desk.view("11:00")) == [row]
    assert "样例主管".encode() not in Path(desk.ledger.path).read_bytes()
    check(desk("12:00"), name, Check("看了", True))


def test_what_is_kept_beside_the_handling_can_be_searched_for(desk: Any) -> None:
    name = desk.passed(fault=False)
    own = desk.closed(desk.important(unit="3-1-502"))
    study(desk("12:00"), own, CASE._replace(trained=["夜班维修"]))
    office = desk("12:00")
    for words, found in (("水务公司", name), ("巡一遍", own), ("夜班维修", own), ("一周不亮", own)):
        assert [row["id"] for row in office.query.search(words)] == [int(found)], words


# ---- procedures adopted from an earlier program


@pytest.fixture
def earlier(desk: Any, tmp_path: Path) -> Iterator[Any]:
    """A desk whose procedure was compiled before the program knew of these steps and clocks."""
    snapshot = deepcopy(packs.load("site-standard"))
    snapshot["clocks"] = [
        row for row in snapshot["clocks"] if row["from"] != "corrective" and not row["step"].startswith("warranty-")
    ]
    for step in ("answered", "corrective-checked", "warranty-report", "warranty-feedback"):
        del snapshot["steps"][step]
    path = tmp_path / "earlier.db"
    start = site.Beginning({"zone": "Asia/Shanghai"}, snapshot, packs.shipped_calendar())
    site.begin(str(path), desk.moment("2026-01-01 08:00"), "manager", start)
    with Ledger.open(path, write=True) as ledger:
        yield type(desk)(ledger)


def test_an_earlier_procedure_still_works_and_says_what_it_does_not_keep(earlier: Any) -> None:
    name = earlier.important()
    done = take(earlier("10:00"), name, PLAN._replace(until=earlier.moment("18:00")))
    assert remarks(done) == ["no-check-clock"]
    assert care.actions(earlier.view("19:00")) == []
    check(earlier("19:00"), name, Check("看了", True))
    other = earlier.passed(unit="3-1-502")
    assert [row["id"] for row in assisting.assisted(earlier.view("12:00"))] == [int(other)]
    earlier.refuses(BadValue, lambda: record(earlier("12:00"), [other], Record(["answered"], by="样例水务公司")))
    third = earlier.take("09:00", responsibility="building", unit="3-1-503")
    assert remarks(record(earlier("12:00"), [third], Record(["warranty"], to="保修办", large=True))[0]) == ["no-report"]
    assert keep.verify(earlier("20:00")).findings == []


# ---- for sample data


def test_a_script_can_play_all_of_it(desk: Any) -> None:
    day = "2026-11-2"
    steps = [
        {
            "at": f"{day}0 09:00",
            "do": "log",
            "key": "灯",
            "text": "灯坏",
            "responsibility": "own",
            "fault": True,
            "unit": "1-1-1",
        },
        {
            "at": f"{day}0 09:00",
            "do": "log",
            "key": "水",
            "text": "漏水",
            "responsibility": "building",
            "unit": "1-1-2",
        },
        {"at": f"{day}0 09:05", "do": "assign", "key": "灯", "department": "工程部"},
        {"at": f"{day}0 09:05", "do": "assign", "key": "水", "department": "工程部"},
        {
            "at": f"{day}0 10:00",
            "do": "record",
            "key": "水",
            "steps": "passed-on,warranty",
            "to": "样例地产",
            "large": True,
        },
        {"at": f"{day}0 11:00", "do": "record", "key": "水", "steps": "answered", "from": "样例地产", "note": "收到"},
        {"at": f"{day}0 12:00", "do": "resolve", "key": "灯", "result": "换灯"},
        {
            **{"at": f"{day}1 09:00", "do": "study", "key": "灯", "what": "灯坏", "cause": "无备件", "lesson": "备件"},
            **{"trained": ["夜班"], "training_at": f"{day}0 17:00"},
        },
        {
            **{
                "at": f"{day}1 09:10",
                "do": "corrective",
                "key": "灯",
                "cause": "无备件",
                "correction": "换",
                "prevention": "备",
            },
            **{"person": "样例主管", "until": f"{day}3 18:00"},
        },
        {
            **{"at": f"{day}3 17:00", "do": "corrective", "key": "灯", "checked": "又坏", "effective": False},
            **{"cause": "电缆", "until": f"{day}7 18:00"},
        },
    ]
    known: dict[str, int] = {}
    list(play(desk("2026-11-24 09:00", "样例前台"), ({"by": "样例前台", **step} for step in steps), known))
    assert desk.done(str(known["灯"]))[-3:] == ["corrective-action", "corrective-checked", "corrective-action"]
    assert desk.known(str(known["水"]), "2026-11-24 09:00")["large_effect"] is True
    assert [row["action"] for row in care.actions(desk.view("2026-11-24 09:00"))] == [2]
