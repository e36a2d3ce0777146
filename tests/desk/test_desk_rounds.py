"""After the answer: asking again, rounds, who cannot be reached, every other step, and the ladder."""

from typing import Any

import pytest

from complaintctl import language
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.close import close
from complaintctl.desk.escalate import escalate
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import (
    IsClosed,
    IsOpen,
    MayNotClose,
    NoMatter,
    NotBeforeResolved,
    NotDispatched,
    NotNotified,
    SamePerson,
)
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.revisit import Visit, revisit
from complaintctl.desk.steps import begun
from complaintctl.errors import BadValue, BeforeStep, FutureMoment
from complaintctl.language import say

DONE = Result("处理完毕")
PHONE, VISIT = Told(["phone"], True), Told(["visit"], True)


def told(desk: Any, **facts: Any) -> str:
    """The same, with the resident told at 10:30."""
    name = desk.solved(**facts)
    notify(desk("10:30"), name, VISIT)
    return name


# ---- asking again


def test_nothing_is_revisited_before_it_was_told(desk: Any) -> None:
    name = desk.solved()
    desk.refuses(NotNotified, lambda: revisit(desk("11:00"), name, Visit("satisfied")))
    notify(desk("11:00"), name, VISIT)
    desk.refuses(BeforeStep, lambda: revisit(desk("12:00"), name, Visit("satisfied", at=desk.moment("10:59"))))


def test_a_resident_who_is_satisfied_ends_it(desk: Any) -> None:
    name = told(desk)
    revisit(desk("2026-11-23 24:00"), name, Visit("satisfied", by="陈"))
    assert desk.life(name).stage == "closed"
    assert desk.clocks(name, "2026-11-24 09:00")["R-revisited"] == ("met", "2026-11-23 24:00")
    desk.refuses(IsClosed, lambda: revisit(desk("2026-11-24 09:00"), name, Visit("satisfied")))


def test_a_resident_who_is_not_satisfied_opens_it_again(desk: Any) -> None:
    name = told(desk)
    revisit(desk("2026-11-22 09:00"), name, Visit("dissatisfied"))
    life = desk.life(name)
    assert (life.stage, life.course.round) == ("open", 2)
    assert desk.clocks(name, "2026-11-22 09:00")["R-dispatched-10min/2"] == ("running", "2026-11-22 09:10")


def test_a_matter_raised_outlives_the_closing_and_has_its_own_limit(desk: Any) -> None:
    name = told(desk)
    promised = desk.moment("2026-11-25 18:00")
    revisit(desk("2026-11-22 10:00"), name, Visit("satisfied", raised="垃圾桶挡路", promise=promised))
    assert desk.life(name).stage == "closed"
    assert desk.clocks(name, "2026-11-23 09:00")["H-matters"] == ("running", "2026-11-25 18:00")
    assert desk.clocks(name, "2026-11-26 09:00")["H-matters"] == ("overdue", "2026-11-25 18:00")
    desk.refuses(
        NoMatter,
        lambda: record(desk("2026-11-25 18:00"), [name], Record(["matters-dealt-with"], matter=99)),
    )
    record(desk("2026-11-25 18:00"), [name], Record(["matters-dealt-with"], "已移走"))
    assert desk.clocks(name, "2026-11-26 09:00")["H-matters"] == ("met", "2026-11-25 18:00")
    desk.refuses(NoMatter, lambda: record(desk("2026-11-26 09:00"), [name], Record(["matters-dealt-with"])))


def test_a_matter_without_a_promise_has_three_workdays(desk: Any) -> None:
    name = told(desk)
    revisit(desk("2026-11-23 10:00"), name, Visit("no-answer", raised="灯又暗了"))
    assert desk.clocks(name, "2026-11-23 10:00")["H-matters"] == ("running", "2026-11-26 24:00")
    desk.refuses(
        BeforeStep,
        lambda: record(
            desk("2026-11-24 09:00"), [name], Record(["matters-dealt-with"], at=desk.moment("2026-11-23 09:59"))
        ),
    )


def test_a_matter_cannot_be_promised_for_the_past(desk: Any) -> None:
    name = told(desk)
    past = Visit("satisfied", raised="x", promise=desk.moment("2026-11-22 09:59"))
    desk.refuses(BeforeStep, lambda: revisit(desk("2026-11-22 10:00"), name, past))


# ---- rounds


def test_what_is_open_is_not_reopened(desk: Any) -> None:
    name = desk.take("09:00")
    desk.refuses(IsOpen, lambda: reopen(desk("09:30"), name, reason="x"))


@pytest.mark.parametrize("stage", ["resolved", "notified", "closed"])
def test_every_later_stage_can_be_reopened(desk: Any, stage: str) -> None:
    name = desk.solved() if stage == "resolved" else told(desk)
    if stage == "closed":
        revisit(desk("10:40"), name, Visit("satisfied"))
    assert desk.life(name).stage == stage
    desk.refuses(BeforeStep, lambda: reopen(desk("11:00"), name, at=desk.moment("09:59")))
    reopen(desk("11:00"), name, reason="又坏了")
    life = desk.life(name)
    assert (life.stage, life.course.round) == ("open", 2)
    assert begun(life)[1] == desk.moment("11:00")
    desk.refuses(IsOpen, lambda: reopen(desk("11:01"), name, reason="x"))


def test_the_first_rounds_late_stays_late_and_the_second_counts_anew(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:30"), [name], "工程部")
    resolve(desk("10:00"), name, DONE)
    notify(desk("10:10"), name, VISIT._replace(accepted=False))
    assign(desk("10:20"), [name], "工程部")
    states = desk.clocks(name, "10:20")
    assert states["R-dispatched-10min"] == ("late", "2026-11-20 09:10")
    assert states["R-dispatched-10min/2"] == ("met", "2026-11-20 10:20")


def test_from_the_second_round_the_manager_may_close_without_agreement(desk: Any) -> None:
    name = told(desk)
    desk.refuses(MayNotClose, lambda: close(desk("10:35"), name, reason="x"))
    reopen(desk("10:40"), name)
    assign(desk("10:45"), [name], "工程部")
    close(desk("11:00", "经理"), name, reason="已指明调解途径")
    life = desk.life(name)
    assert life.stage == "closed" and life.course.closed_by_hand
    desk.refuses(IsClosed, lambda: close(desk("11:01"), name, reason="x"))
    desk.refuses(IsClosed, lambda: escalate(desk("11:01"), name, "3"))


def test_another_person_where_the_procedure_wants_one(desk_under: Any, two_stage: str) -> None:
    desk = desk_under(two_stage)
    name = desk.take("2026-07-01 10:00", channel="email")
    resolve(desk("2026-07-02 10:00", "甲"), name, DONE)
    notify(desk("2026-07-02 11:00"), name, Told(["written"], False))
    desk.refuses(SamePerson, lambda: resolve(desk("2026-07-03 10:00", "甲"), name, DONE))
    desk.refuses(SamePerson, lambda: resolve(desk("2026-07-03 10:00", "乙"), name, DONE._replace(person="甲")))
    resolve(desk("2026-07-03 10:00", "甲"), name, DONE._replace(person="乙"))


# ---- the nameless and those out of reach


def test_the_nameless_close_when_the_form_is_back(desk: Any) -> None:
    name = desk.take("09:00", unit=None)
    assert not set(desk.clocks(name, "09:00", "contacted", "reply-agreed", "notified", "revisited"))
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("10:00"), name, DONE._replace(form_returned=False))
    assert desk.life(name).stage == "resolved"
    record(desk("10:10"), [name], Record(["form-returned"]))
    assert desk.life(name).stage == "closed"


def test_the_nameless_close_when_resolved_where_no_form_went_out(desk: Any) -> None:
    name = desk.take("09:00", unit=None, responsibility="self")
    resolve(desk("09:30"), name, DONE._replace(outcome="explained"))
    assert desk.life(name).stage == "closed"


def test_somebody_who_gives_a_name_later_is_nameless_no_more(desk: Any) -> None:
    name = desk.take("09:00", unit=None)
    amend(desk("09:20"), name, Correction({"phone": "15400000001"}))
    assert desk.clocks(name, "09:20")["C-contacted-2h"] == ("running", "2026-11-20 11:20")


def test_three_tries_in_vain_and_a_written_notice_are_enough(desk: Any) -> None:
    name = desk.solved(channel="letter", households=5)
    record(desk("10:05"), [name], Record(["tried"]))
    record(desk("10:20"), [name], Record(["tried"]))
    desk.refuses(MayNotClose, lambda: close(desk("10:30"), name, reason="联系不上"))
    record(desk("10:40"), [name], Record(["tried"], "无人应门"))
    notify(desk("10:50"), name, Told(["written"]))
    assert desk.life(name).stage == "notified"
    close(desk("11:00", "主管"), name, reason="联系不上")
    assert desk.life(name).stage == "closed"


def test_out_of_reach_it_may_be_closed_even_before_a_notice(desk: Any) -> None:
    name = desk.solved()
    for minute in ("10:05", "10:20", "10:40"):
        record(desk(minute), [name], Record(["tried"]))
    close(desk("11:00", "主管"), name, reason="联系不上")
    assert desk.life(name).stage == "closed"


# ---- other steps


STEPS = """received dispatched signed contacted reply-agreed word-given chased tried verified planned progress-told
referred resolved form-returned supervisor-told notified explained-class-3 reported-developer revisited
matters-dealt-with corrective-action opinion case-study training warranty passed-on special-report reviewed closed
countersigned sent-up manager-opinion answered corrective-checked warranty-report warranty-feedback came"""


def test_every_step_of_the_procedure_can_be_recorded_or_names_its_command(desk: Any) -> None:
    name = told(desk, responsibility="outside", channel="developer", households=5)
    revisit(desk("10:45"), name, Visit("satisfied", raised="x"))
    reopen(desk("10:50"), name)
    assign(desk("10:55"), [name], "工程部")
    resolve(desk("11:00"), name, DONE._replace(form_returned=False))
    # Somebody must have been asked before there can be an answer.
    record(desk("11:05"), [name], Record(["passed-on"], "去函", to="样例单位"))
    # Signatures come one after the other.
    inorder = ["opinion", "countersigned", "sent-up", "reviewed", "manager-opinion"]
    steps = sorted(desk("11:00").procedure.snapshot["steps"], key=lambda one: one in inorder and inorder.index(one) + 1)
    assert set(steps) == {*STEPS.split(), "explained"}
    own = {}
    for step in steps:
        try:
            record(desk("11:10"), [name], Record([step], "一笔"))
            assert desk.done(name)[-1] == step
        except BadValue as error:
            own[step] = str(error.values["expected"].values["verb"])
    assert own == {
        "received": "complaintctl log",
        "dispatched": "complaintctl assign",
        "word-given": "complaintctl record … contacted",
        "referred": "complaintctl escalate",
        "resolved": "complaintctl resolve",
        "notified": "complaintctl notify",
        "explained": "complaintctl notify",
        "revisited": "complaintctl revisit",
        "closed": "complaintctl close",
        "corrective-checked": "complaintctl corrective … --checked",
    }


def test_several_steps_on_several_complaints_in_one_command(desk: Any) -> None:
    names = [desk.take("09:00"), desk.take("09:01")]
    done = record(desk("09:30"), names, Record(["contacted", "verified"], "双方核实", person="李四"))
    assert len(done) == 2
    for name in names:
        assert desk.done(name) == ["received", "contacted", "verified"]
        assert desk.states(name, "09:30", "met") == {"C-contacted-2h", "H-contacted-24h", "H-verified-same-day"}
        assert desk.life(name).entries[-1].private == {"note": "双方核实", "person": "李四"}


@pytest.mark.parametrize(
    ("step", "error"),
    [
        ("signed", NotDispatched),
        ("form-returned", NotDispatched),
        ("reported-developer", NotBeforeResolved),
        ("matters-dealt-with", NoMatter),
        ("nonsense", BadValue),
        ("resolved", BadValue),
    ],
)
def test_steps_that_cannot_come_yet_or_at_all(desk: Any, step: str, error: type[Exception]) -> None:
    name = desk.take("09:00")
    desk.refuses(error, lambda: record(desk("09:10"), [name], Record(["contacted", step])))


def test_a_form_is_not_back_before_the_result_nor_signed_before_it_went_out(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:10"), [name], "工程部")
    desk.refuses(NotBeforeResolved, lambda: record(desk("09:20"), [name], Record(["form-returned"])))
    desk.refuses(BeforeStep, lambda: record(desk("09:20"), [name], Record(["signed"], at=desk.moment("09:09"))))
    record(desk("09:20"), [name], Record(["signed"], at=desk.moment("09:10")))
    assert desk.states(name, "09:20", "done") == {"R-signed"}


def test_after_the_closing_only_what_outlives_it(desk: Any) -> None:
    name = told(desk)
    revisit(desk("10:40"), name, Visit("satisfied"))
    for step in ("contacted", "chased", "verified"):
        desk.refuses(IsClosed, lambda step=step: record(desk("11:00"), [name], Record([step])))
    record(desk("11:00"), [name], Record(["reviewed", "case-study", "training", "supervisor-told"], "经理签字"))
    assert desk.states(name, "11:00", "done") >= {"C-reviewed", "Q-case-study", "C-training", "R-supervisor-told"}


def test_a_second_call_is_counted_and_begins_no_round(desk: Any) -> None:
    name = desk.take("09:00")
    record(desk("09:30"), [name], Record(["chased"]))
    record(desk("10:30"), [name], Record(["chased"]))
    row = desk("10:30").query.complaint(int(name))
    assert (row["chased"], row["round"], row["reopened"]) == (2, 1, 0)


# ---- the ladder


@pytest.mark.parametrize(
    ("level", "rung"),
    [
        *(("3", 3), ("manager", 3), ("Manager", 3), ("经理", 3), (" 经理 ", 3), ("服务中心经理", 3), ("主管", 2)),
        *(("总经理", 4), ("general manager", 4), ("quality department", 4), ("公司", 4), ("5", 5), ("主管部门", 5)),
        *(("1", 1), ("部门负责人", 1), ("上级领导", 2), ("管理处主任", 3)),
    ],
)
def test_a_rung_goes_by_number_code_and_every_name_of_the_documents(desk: Any, level: str, rung: int) -> None:
    done = escalate(desk("09:10"), desk.take("09:00"), level, to="王", opinion="立即处理")
    assert done.life.entries[-1].body == {"rung": rung}
    assert done.life.entries[-1].private == {"to": "王", "opinion": "立即处理"}


@pytest.mark.parametrize("level", ["0", "6", "-1", "chief", "", "理"])
def test_no_such_rung(desk: Any, level: str) -> None:
    name = desk.take("09:00")
    error = desk.refuses(BadValue, lambda: escalate(desk("09:10"), name, level))
    language.install("zh")
    assert "4 company（公司）" in say(error.values["expected"])
    language.install("en")
    assert "4 company (company)" in say(error.values["expected"])


def test_a_referral_meets_what_has_started_at_its_rung_or_below(desk: Any) -> None:
    name = desk.take("09:00", fault=True, channel="desk", danger=True, difficult=True)
    desk.refuses(FutureMoment, lambda: escalate(desk("09:05"), name, "3", at=desk.moment("09:06")))
    desk.refuses(BeforeStep, lambda: escalate(desk("09:05"), name, "3", at=desk.moment("08:59")))
    escalate(desk("09:05"), name, "2")
    states = desk.clocks(name, "09:05", "referred")
    assert states["Q-face-to-face"] == ("met", "2026-11-20 11:00")
    assert states["H-urgent"] == ("met", "2026-11-20 09:10")
    assert states["R-referred-important"] == ("running", "2026-11-20 10:00")
    escalate(desk("10:00"), name, "4")
    states = desk.clocks(name, "10:00", "referred")
    assert states["R-referred-important"] == ("met", "2026-11-20 10:00")
    assert states["R-referred-major"][0] == "waiting"
