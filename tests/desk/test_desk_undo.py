"""Taking back one's last command: what it may be, what rests on it, and that nothing is ever deleted."""

from typing import Any

import pytest

from complaintctl.desk import keep, packs, site
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.attach import attach
from complaintctl.desk.log import Intake, log
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import MayNotUndo, NothingToUndo, OthersRestOnIt
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.reveal import reveal
from complaintctl.desk.undo import undo
from complaintctl.errors import NotFound


def refused(desk: Any, error: type[Exception], actor: str = "clerk") -> None:
    before = desk.ledger.head()
    with pytest.raises(error):
        undo(desk("12:00", actor))
    assert desk.ledger.head() == before


def test_the_last_command_is_taken_back_and_said(desk: Any) -> None:
    names = [desk.take("09:00"), desk.take("09:01")]
    assign(desk("09:05"), names, "工程部")
    undone = undo(desk("09:10"))
    assert [entry.kind for entry in undone.entries] == ["assigned", "assigned"]
    assert [(one.id, one.life.stage) for one in undone.complaints] == [(1, "open"), (2, "open")]
    for name in names:
        assert desk.done(name) == ["received"]
        assert desk.life(name).course.department is None
        assert desk.clocks(name, "09:10")["R-dispatched-10min"][0] == "running"
        assert [entry.kind for entry in desk.life(name).entries] == ["logged", "assigned", "undone"]


def test_a_command_of_several_entries_is_taken_back_whole(desk: Any) -> None:
    done = log(desk("09:00"), Intake({"text": "甲", "on_the_spot": True}, result="好了", evidence=(("a", b"1"),)))
    assert len(done.life.entries) == 3
    assert [entry.kind for entry in undo(desk("09:01")).entries] == ["logged", "resolved", "attached"]


def test_again_and_again_back_to_the_intake_whose_number_stays_used(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("09:30"), name, Result("处理完毕"))
    assert [undo(desk("10:00")).entries[0].kind for _ in range(3)] == ["resolved", "assigned", "logged"]
    office = desk("10:00")
    with pytest.raises(NotFound):
        office.find(name)
    with pytest.raises(NotFound):
        office.find("TS202611-0001")
    refused(desk, NothingToUndo)
    assert desk.life(desk.take("10:05")).number == "TS202611-0002"
    assert keep.verify(desk("10:10")).findings == []


def test_only_ones_own(desk: Any) -> None:
    name = desk.take("09:00")
    record(desk("09:10", "night"), [name], Record(["contacted"]))
    refused(desk, NothingToUndo, "nobody")
    refused(desk, OthersRestOnIt, "clerk")
    undo(desk("12:00", "night"))
    refused(desk, NothingToUndo, "night")
    undo(desk("12:01"))


def test_what_was_shown_or_undone_is_no_command_and_stands_in_no_way(desk: Any) -> None:
    name = desk.take("09:00")
    reveal(desk("09:10", "night"), name, reason="回电")
    reveal(desk("09:11"), name, reason="回电")
    assert undo(desk("09:12")).entries[0].kind == "logged"


def test_nobody_takes_back_what_others_rest_on(desk: Any) -> None:
    name = desk.take("09:00")
    for deed in (
        lambda: record(desk("09:10", "night"), [name], Record(["contacted"])),
        lambda: attach(desk("09:10", "night"), name, [("a", b"1")]),
        lambda: amend(desk("09:10", "night"), name, Correction({"fault": True})),
    ):
        deed()
        refused(desk, OthersRestOnIt)
        undo(desk("09:20", "night"))
    undo(desk("09:30"))


def test_nobody_takes_back_a_complaint_that_another_duplicates(desk: Any) -> None:
    desk.take("09:00")
    other = desk.take("09:01", actor="night")
    resolve(desk("09:30", "night"), other, Result("同一件事", "duplicate", of="1"))
    refused(desk, OthersRestOnIt)
    undo(desk("09:40", "night"))
    assert undo(desk("09:41")).complaints[0].life is None


@pytest.mark.parametrize("deed", ["procedure", "calendar", "settings", "params", "forget"])
def test_never_what_was_adopted_or_erased(desk: Any, deed: str) -> None:
    name, office = desk.take("09:00"), desk("09:10")
    if deed == "procedure":
        site.adopt_procedure(office, packs.load("service-code"))
    elif deed == "calendar":
        site.adopt_calendar(office, packs.shipped_calendar())
    elif deed == "settings":
        site.change_settings(office, {"households": 100})
    elif deed == "params":
        site.set_parameters(office, {"revisit": "2 days"})
    else:
        keep.forget(office, name, "期满")
    refused(desk, MayNotUndo)
    refused(desk, MayNotUndo, "manager")


def test_what_was_late_before_is_late_again_after_it(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:10"), [name], "工程部")
    assert desk.clocks(name, "09:30")["R-dispatched-10min"][0] == "met"
    undo(desk("09:30"))
    assert desk.clocks(name, "09:30")["R-dispatched-10min"] == ("overdue", "2026-11-20 09:10")
