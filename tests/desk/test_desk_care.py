"""Class care: cases with their lesson and training, warranty work of large effect, explanations understood."""

from typing import Any

import pytest

from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import NotBeforeResolved
from complaintctl.desk.refused_care import (
    NotForStudy,
    PartsMissing,
)
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.study import Study, study
from complaintctl.desk.undo import undo
from complaintctl.errors import BeforeStep, FutureMoment
from complaintctl.reports import care

DONE = Result("处理完毕")
CASE = Study("路灯一周不亮", "夜间无人巡查", "天黑后要巡一遍")


def remarks(done: Any) -> list[str]:
    return [one.code for one in done.remarks]


def test_a_case_keeps_what_happened_why_and_what_is_learnt_with_who_was_trained(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("10:00"), name, DONE)
    held = desk.moment("11:00")
    study(desk("15:00"), name, CASE._replace(trained=["夜班", "前台"], training_at=held))
    case, training = desk.life(name).entries[-2:]
    assert case.private == {"what": "路灯一周不亮", "cause": "夜间无人巡查", "lesson": "天黑后要巡一遍"}
    assert (training.at, training.private) == (held, {"trained": "夜班；前台"})
    done = {"Q-case-study", "C-case-study", "Q-training", "C-training"}
    assert desk.states(name, "15:00", "done") >= done


def test_the_training_may_come_later_by_itself(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("10:00"), name, DONE)
    error = desk.refuses(PartsMissing, lambda: study(desk("11:00"), name, Study(trained=["夜班"])))
    assert error.values["options"] == ["--what", "--cause", "--lesson"]
    study(desk("11:00"), name, CASE)
    assert desk.states(name, "11:00", "untimed") >= {"Q-training", "C-training"}
    study(desk("2026-11-30 16:00"), name, Study(trained=["夜班"], training_at=desk.moment("2026-11-30 15:00")))
    assert desk.life(name).entries[-1].at == desk.moment("2026-11-30 15:00")
    assert desk.states(name, "2026-11-30 16:00", "done") >= {"Q-training", "C-training"}


@pytest.mark.parametrize(
    ("case", "missing"),
    [
        (CASE._replace(lesson=None), ["--lesson"]),
        (Study(what="甲"), ["--cause", "--lesson"]),
        (Study(), ["--what", "--cause", "--lesson"]),
        (Study(cause="甲", trained=["夜班"]), ["--what", "--lesson"]),
    ],
)
def test_a_case_that_is_not_whole_names_what_is_missing(desk: Any, case: Study, missing: list[str]) -> None:
    name = desk.closed(desk.important())
    error = desk.refuses(PartsMissing, lambda: study(desk("11:00"), name, case))
    assert (error.values["options"], error.values["clause"]) == (missing, "Q 4.2.6, C 4.12.1")


def test_a_case_is_of_class_1_and_resolved(desk: Any) -> None:
    name = desk.take("09:00")
    desk.refuses(NotBeforeResolved, lambda: study(desk("09:30"), name, CASE))
    other = desk.passed()
    resolve(desk("10:30"), other, DONE)
    error = desk.refuses(NotForStudy, lambda: study(desk("11:00"), other, CASE))
    assert (error.rule, error.values["clause"]) == ("no-study", "Q 4.2.6, C 4.12.1")
    # It was the company's own when it was taken down: such a case may be learnt from.
    third = desk.closed(desk.important(unit="3-1-503"))
    amend(desk("11:00"), third, Correction({"responsibility": "outside"}))
    study(desk("11:10"), third, CASE)


def test_moments_of_a_case(desk: Any) -> None:
    name = desk.closed(desk.important())
    for case in (
        CASE._replace(at=desk.moment("09:59")),
        CASE._replace(trained=["甲"], training_at=desk.moment("09:59")),
    ):
        desk.refuses(BeforeStep, lambda case=case: study(desk("12:00"), name, case))
    desk.refuses(FutureMoment, lambda: study(desk("12:00"), name, CASE._replace(at=desk.moment("12:01"))))
    study(desk("12:00"), name, CASE._replace(at=desk.moment("10:00")))


def test_a_case_of_the_first_round_may_be_written_in_the_second_and_a_note_does_too(desk: Any) -> None:
    name = desk.important()
    resolve(desk("10:00"), name, DONE)
    notify(desk("10:30"), name, Told(["visit"], False))
    study(desk("11:00"), name, CASE)
    assert desk.states(name, "11:00", "done") >= {"Q-case-study", "C-case-study"}
    assert not desk.states(name, "11:00", "waiting", "untimed") & {"Q-case-study/2", "C-case-study/2"}
    undo(desk("11:10"))
    assert desk.states(name, "11:10", "untimed") >= {"Q-case-study", "C-case-study"}
    record(desk("11:20"), [name], Record(["case-study"], "写进月度案例"))
    assert desk.states(name, "11:20", "done") >= {"Q-case-study", "C-case-study"}


def test_cases_that_wait_newest_first_and_what_nobody_was_trained_on(desk: Any) -> None:
    first = desk.closed(desk.important())
    second = desk.important(unit="3-1-502")
    resolve(desk("10:00"), second, DONE)
    gone = desk.take("09:00", unit="3-1-503")
    resolve(desk("09:10"), gone, Result("不诉了", "withdrawn"))
    desk.take("09:00", unit="3-1-504")

    def waiting(step: str, when: str = "12:00", limit: int = 50) -> list[int]:
        return [row["id"] for row in care.cases(desk.view(when), step, limit=limit).rows]

    assert waiting("case-study", "09:59") == []
    assert waiting("case-study") == [int(second), int(first)]
    page = care.cases(desk.view("12:00"), "case-study", limit=1)
    assert ([row["id"] for row in page.rows], page.more) == ([int(second)], True)
    assert waiting("training") == []
    study(desk("12:00"), first, CASE)
    assert waiting("case-study") == [int(second)]
    assert waiting("training") == [int(first)]
    study(desk("12:10"), first, Study(trained=["夜班"]))
    assert waiting("training", "12:10") == []
    later = (desk.moment("2026-12-01 00:00"), desk.moment("2027-01-01 00:00"))
    assert care.cases(desk.view("12:00"), "case-study", limit=5, received=later).rows == []


def test_a_warranty_order_of_large_effect_makes_the_report_a_duty(desk: Any) -> None:
    name = desk.take("09:00", responsibility="building")
    assign(desk("09:05"), [name], "工程部")
    (done,) = record(desk("10:00"), [name], Record(["warranty"], "六户渗水", to="保修办", large=True))
    assert done.life.entries[-2].private == {"note": "六户渗水", "to": "保修办"}
    assert remarks(done) == []
    assert desk.known(name, "10:00")["large_effect"] is True
    assert desk.states(name, "10:00", "untimed") >= {"Q-warranty-report"}
    record(desk("11:00"), [name], Record(["warranty-report"], "书面报告", to="上级", large=True))
    assert len(desk.life(name).entries) == 5, "what was known to be large is not said twice"
    assert desk.states(name, "11:00", "untimed") >= {"Q-warranty-feedback"}
    undo(desk("11:05"))
    undo(desk("11:06"))
    assert desk.known(name, "11:06")["large_effect"] is False
    assert "Q-warranty-report" not in desk.clocks(name, "11:06")


def test_large_effect_outside_class_2_says_that_no_report_is_asked_for(desk: Any) -> None:
    name = desk.take("09:00")
    (done,) = record(desk("09:10"), [name], Record(["warranty"], large=True, to="保修办"))
    assert remarks(done) == ["no-report"]


def test_only_an_explanation_that_was_understood_counts(desk: Any) -> None:
    name = desk.passed()
    resolve(desk("10:30"), name, Result("已转水务", "explained"))
    record(desk("11:00"), [name], Record(["explained-class-3"], "讲了一遍", understood=False))
    assert desk.done(name)[-1] == "not-understood"
    assert desk.states(name, "11:00", "untimed") >= {"Q-explained-class-3"}
    (done,) = record(desk("12:00"), [name], Record(["explained-class-3"], "又讲了一遍", understood=True))
    assert (remarks(done), desk.clocks(name, "12:00")["Q-explained-class-3"][0]) == ([], "done")
    undo(desk("12:10"))
    assert desk.states(name, "12:10", "untimed") >= {"Q-explained-class-3"}
    (done,) = record(desk("12:20"), [name], Record(["explained-class-3"], "又讲了一遍"))
    assert (remarks(done), desk.clocks(name, "12:20")["Q-explained-class-3"][0]) == (["not-said"], "done")


def test_in_vain_after_the_closing_too(desk: Any) -> None:
    name = desk.closed(desk.passed())
    record(desk("12:00"), [name], Record(["explained-class-3"], understood=False))
    assert desk.states(name, "12:00", "untimed") >= {"Q-explained-class-3"}
