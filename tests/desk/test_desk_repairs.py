"""Repairs at the desk: part, price told first, the hour agreed, the finish time told, the building's fault (H5)."""

import pytest

from complaintctl.desk.assign import assign
from complaintctl.desk.log import Intake, log
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import IsClosed
from complaintctl.desk.refused_paths import NothingSaid, NotOfKind
from complaintctl.desk.repair import Repair, repair
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep


@pytest.fixture
def tap(desk):
    return desk.take("09:00", kind="repair", responsibility="unknown", text="水龙头漏水")


def codes(done):
    return [one.code for one in done.remarks]


# ---- the home's own part: the price is told first


def test_an_order_sent_out_before_the_price_was_told_is_remarked_not_refused(desk, tap):
    repair(desk("09:01"), tap, Repair("own", "80元"))
    [done] = assign(desk("09:03"), [tap], "工程部")
    assert codes(done) == ["price-not-told"]
    assert done.remarks[0].text.values["clause"] == "H5 三(二)1"


def test_a_price_told_before_is_in_order(desk, tap):
    repair(desk("09:01"), tap, Repair("own", "80元", True))
    [done] = assign(desk("09:03"), [tap], "工程部")
    assert codes(done) == []


def test_a_price_told_afterwards_says_so(desk, tap):
    assign(desk("09:03"), [tap], "工程部")
    assert codes(repair(desk("09:10"), tap, Repair("own"))) == ["price-not-told"]
    assert codes(repair(desk("09:20"), tap, Repair(price="80元", price_told=True))) == ["price-told-late"]
    told_before = Repair(price_told=True, at=desk.moment("09:03"))
    assert codes(repair(desk("09:30"), tap, told_before)) == []


def test_no_price_is_asked_of_the_other_parts(desk, tap):
    repair(desk("09:01"), tap, Repair("building"))
    assert codes(assign(desk("09:03"), [tap], "工程部")[0]) == []
    shared = desk.take("09:00", kind="repair", unit="3-1-502")
    repair(desk("09:01"), shared, Repair("shared", finish=desk.moment("18:00")))
    assert codes(assign(desk("09:03"), [shared], "工程部")[0]) == []


# ---- a shared part: the finish time told is an agreed time


def test_the_finish_time_of_a_shared_part_is_asked_for_and_is_an_agreed_time(desk, tap):
    repair(desk("09:01"), tap, Repair("shared"))
    [done] = assign(desk("09:03"), [tap], "工程部")
    assert codes(done) == ["finish-not-told"]
    repair(desk("09:04"), tap, Repair(finish=desk.moment("2026-11-22 18:00")))
    clocks = desk.clocks(tap, "13:04", "resolved", "reply-agreed")
    assert clocks["agreed"] == ("running", "2026-11-22 18:00")
    assert clocks["Q-class-1"][0] == "replaced"
    # Who was told when it will be done has had the reply time agreed on, too.
    assert clocks["C-reply-agreed-2h"] == ("met", "2026-11-20 11:00")


def test_a_finish_time_told_too_late_replaces_nothing(desk, tap):
    assign(desk("09:03"), [tap], "工程部")
    done = repair(desk("13:04"), tap, Repair("shared", finish=desk.moment("18:00")))
    assert codes(done) == ["agreed-late"]
    assert desk.clocks(tap, "13:05", "resolved")["Q-class-1"] == ("overdue", "2026-11-20 13:03")


# ---- the building: who answers for it is proposed


def test_a_fault_of_the_building_proposes_who_answers_for_it(desk, tap):
    done = repair(desk("09:01"), tap, Repair("building"))
    assert codes(done) == ["responsibility-proposed"]
    [proposal] = done.proposals
    assert (proposal.fact, proposal.value, proposal.rule) == ("responsibility", "building", "part")
    known = desk.known(tap, "09:01")
    assert (known["responsibility"], known["class"], known["validity"]) == ("building", "2", "assist")


def test_what_the_clerk_stated_stands(desk):
    name = desk.take("09:00", kind="repair", responsibility="own")
    done = repair(desk("09:01"), name, Repair("building"))
    assert codes(done) == ["responsibility-differs"] and done.proposals == ()
    assert desk.known(name, "09:01")["responsibility"] == "own"
    agreed = desk.take("09:00", kind="repair", responsibility="building", unit="3-1-502")
    assert codes(repair(desk("09:01"), agreed, Repair("building"))) == []


def test_at_the_intake_it_is_judged_so_from_the_start(desk):
    facts = {"text": "外墙渗水", "channel": "phone", "kind": "repair", "unit": "3-1-501"}
    done = log(desk("09:00"), Intake(facts, repair=Repair("building", appointment=desk.moment("2026-11-21 10:00"))))
    name = str(done.life.id)
    assert codes(done) == ["responsibility-proposed"]
    assert desk.known(name, "09:00")["class"] == "2"
    assert desk.clocks(name, "09:00", "came") == {"H-appointment": ("running", "2026-11-21 10:00")}
    # Never class 1: no four hours were ever counted.
    assert "Q-class-1" not in desk.clocks(name, "09:00")


# ---- the hour agreed


def test_somebody_who_came_meets_the_appointment(desk, tap):
    repair(desk("09:01"), tap, Repair(appointment=desk.moment("14:00")))
    assert desk.clocks(tap, "14:01", "came") == {"H-appointment": ("overdue", "2026-11-20 14:00")}
    record(desk("14:30"), [tap], Record(["came"], at=desk.moment("13:55")))
    assert desk.clocks(tap, "14:30", "came") == {"H-appointment": ("met", "2026-11-20 14:00")}


def test_an_appointment_is_not_in_the_past(desk, tap):
    desk.refuses(BeforeStep, lambda: repair(desk("09:01"), tap, Repair(appointment=desk.moment("09:00"))))
    repair(desk("09:01"), tap, Repair(appointment=desk.moment("09:01")))


def test_undone_and_closed(desk, tap):
    repair(desk("09:01"), tap, Repair("building"))
    undo(desk("09:02"))
    assert desk.known(tap, "09:02")["responsibility"] == "unknown"
    assert desk.ledger.query.complaint(int(tap))["part"] is None
    repair(desk("09:03"), tap, Repair("own"))
    assert desk.ledger.query.complaint(int(tap))["part"] == "own"
    resolve(desk("09:04"), tap, Result("误报", outcome="withdrawn"))
    desk.refuses(IsClosed, lambda: repair(desk("09:05"), tap, Repair("own")))


def test_what_is_refused(desk, tap):
    desk.refuses(NothingSaid, lambda: repair(desk("09:01"), tap, Repair()))
    unknown = desk.refuses(BadValue, lambda: repair(desk("09:01"), tap, Repair("roof")))
    assert [one.values["code"] for one in unknown.values["expected"]] == ["own", "shared", "building"]
    for kind in ("complaint", "suggestion", "inquiry"):
        name = desk.take("09:00", kind=kind)
        desk.refuses(NotOfKind, lambda name=name: repair(desk("09:01"), name, Repair("own")))


def test_a_procedure_that_says_nothing_reminds_of_nothing(desk_under):
    desk = desk_under("service-code")
    name = desk.take("09:00", kind="repair", responsibility="unknown")
    assert codes(repair(desk("09:01"), name, Repair("building", appointment=desk.moment("10:00")))) == []
    assert codes(assign(desk("09:03"), [name], "工程部")[0]) == []
    assert desk.known(name, "09:01")["responsibility"] == "unknown"
    assert desk.clocks(name, "10:01", "came") == {}
