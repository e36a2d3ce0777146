"""The way from dispatch to closing: what each step needs, what it is refused for, and what ends a complaint."""

from typing import Any

import pytest

from complaintctl.desk.assign import assign
from complaintctl.desk.close import close
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import (
    AlreadyDone,
    IsClosed,
    MayNotClose,
    NotAssigned,
    NotAtOnce,
    NotOnTheSpot,
    NotResolved,
)
from complaintctl.desk.refused_care import OwnMatter
from complaintctl.desk.resolve import Result, resolve
from complaintctl.errors import BadValue, BeforeStep, FutureMoment, MissingOption, NotFound
from complaintctl.language import say

DONE = Result("处理完毕")
PHONE, VISIT = Told(["phone"], True), Told(["visit"], True)


# ---- dispatching


def test_dispatching_takes_several_at_once_and_each_once(desk: Any) -> None:
    first, second = desk.take("09:00"), desk.take("09:01")
    done = assign(desk("09:05"), [first, second, first], "工程部", person="李四")
    assert [one.life.id for one in done] == [1, 2]
    for one in done:
        assert one.life.course.department == "工程部"
        assert one.life.entries[-1].private == {"person": "李四"}
    assert desk.done(first) == ["received", "dispatched"]


def test_one_unknown_among_several_dispatches_none(desk: Any) -> None:
    first = desk.take("09:00")
    desk.refuses(NotFound, lambda: assign(desk("09:05"), [first, "99"], "工程部"))
    assert desk.done(first) == ["received"]


def test_sent_elsewhere_the_clocks_of_the_first_dispatch_go_on(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "客服部")
    assign(desk("09:30"), [name], "工程部")
    assert desk.life(name).course.department == "工程部"
    assert desk.clocks(name, "09:30")["Q-class-1"] == ("running", "2026-11-20 13:05")
    assert desk.states(name, "09:30", "met") >= {"R-dispatched-10min", "C-dispatched-at-once"}


def test_what_is_resolved_or_closed_is_not_dispatched(desk: Any) -> None:
    name = desk.solved()
    desk.refuses(AlreadyDone, lambda: assign(desk("10:05"), [name], "工程部"))
    void = desk.take("09:00")
    resolve(desk("09:10"), void, DONE._replace(outcome="withdrawn"))
    desk.refuses(IsClosed, lambda: assign(desk("10:05"), [void], "工程部"))


# ---- resolving


@pytest.mark.parametrize("responsibility", ["own", "building", "outside", "unknown"])
def test_what_is_valid_assisted_or_undetermined_must_be_dispatched_first(desk: Any, responsibility: str) -> None:
    name = desk.take("09:00", responsibility=responsibility)
    error = desk.refuses(NotAssigned, lambda: resolve(desk("09:30"), name, DONE))
    assert error.values["clause"] == "R 四.5, C 4.3.1" and error.values["id"] == 1
    assign(desk("09:31"), [name], "工程部")
    resolve(desk("09:32"), name, DONE)


@pytest.mark.parametrize(
    "facts",
    [{"responsibility": "self"}, {"responsibility": "none"}, {"responsibility": "resident"}, {"kind": "suggestion"}],
)
def test_other_complaints_need_no_dispatch(desk: Any, facts: dict[str, str]) -> None:
    resolve(desk("09:30"), desk.take("09:00", **facts), DONE)


def test_resolving_returns_the_form_unless_told_otherwise(desk: Any) -> None:
    assert desk.done(desk.solved()) == ["received", "dispatched", "resolved", "form-returned"]
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("10:00"), name, DONE._replace(form_returned=False))
    assert desk.clocks(name, "10:00", "form-returned") == {
        "R-form-returned": ("running", "2026-11-20 24:00"),
        "Q-form-returned": ("running", "2026-11-20 24:00"),
    }
    record(desk("16:00"), [name], Record(["form-returned"]))
    assert desk.clocks(name, "16:00")["R-notified"] == ("running", "2026-11-20 24:00")


def test_no_form_comes_back_where_none_went_out(desk: Any) -> None:
    name = desk.take("09:00", responsibility="self")
    resolve(desk("09:30"), name, DONE._replace(form_returned=True))
    assert desk.done(name) == ["received", "resolved"]


def test_resolving_twice_or_before_the_dispatch_is_refused(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    desk.refuses(BeforeStep, lambda: resolve(desk("10:00"), name, DONE._replace(at=desk.moment("09:04"))))
    desk.refuses(FutureMoment, lambda: resolve(desk("10:00"), name, DONE._replace(at=desk.moment("10:01"))))
    resolve(desk("10:00"), name, DONE._replace(at=desk.moment("09:05")))
    desk.refuses(AlreadyDone, lambda: resolve(desk("10:01"), name, DONE))


def test_on_the_spot_is_at_once_after_the_receipt(desk: Any) -> None:
    spot = DONE._replace(on_the_spot=True)
    name = desk.take("09:00")
    error = desk.refuses(NotAtOnce, lambda: resolve(desk("09:11"), name, spot))
    assert say(error.values["limit"]) == "10 minutes"
    resolve(desk("09:11"), name, spot._replace(at=desk.moment("09:10")))
    assert desk.done(name) == ["received", "amended", "resolved"]
    assert not desk.states(name, "09:11", "overdue", "late", "missed")
    assert desk.clocks(name, "09:11", "notified") == {
        "H-notified-spot": ("running", "2026-11-20 09:20"),
        "C-notified-spot": ("running", "2026-11-20 11:10"),
        "R-notified": ("lifted", "2026-11-20 24:00"),
        "C-notified": ("lifted", "2026-11-20 24:00"),
    }


def test_what_went_out_to_a_department_was_not_solved_on_the_spot(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:02"), [name], "工程部")
    error = desk.refuses(NotOnTheSpot, lambda: resolve(desk("09:05"), name, DONE._replace(on_the_spot=True)))
    assert error.values["at"] == "2026-11-20 09:02"
    resolve(desk("09:05"), name, DONE)


# ---- outcomes that close at once


def test_withdrawn_closes_at_once_without_dispatch_or_notice(desk: Any) -> None:
    name = desk.take("09:00")
    resolve(desk("09:30"), name, DONE._replace(outcome="withdrawn"))
    course = desk.life(name).course
    assert (course.outcome, course.closed_at) == ("withdrawn", desk.moment("09:30"))
    assert not desk.states(name, "2026-12-31 09:00", "running", "overdue")
    # The manager signs the closed record once it is reviewed.
    assert desk.states(name, "2026-12-31 09:00", "waiting") == {"C-manager-opinion"}
    desk.refuses(IsClosed, lambda: notify(desk("09:31"), name, PHONE))


def test_a_duplicate_says_of_which_and_closes_at_once(desk: Any) -> None:
    first, name = desk.take("09:00"), desk.take("09:01")
    duplicate = DONE._replace(outcome="duplicate")
    desk.refuses(MissingOption, lambda: resolve(desk("09:30"), name, duplicate))
    error = desk.refuses(BadValue, lambda: resolve(desk("09:30"), name, duplicate._replace(of=name)))
    assert error.values["field"] == "--of"
    desk.refuses(NotFound, lambda: resolve(desk("09:30"), name, duplicate._replace(of="99")))
    resolve(desk("09:30"), name, duplicate._replace(of="TS202611-0001"))
    life = desk.life(name)
    assert life.stage == "closed" and life.entries[-1].body["of"] == int(first)
    assert desk.life(first).stage == "open"


@pytest.mark.parametrize("outcome", ["solved", "partly", "passed-on", "explained"])
def test_every_other_outcome_goes_on_to_the_notice(desk: Any, outcome: str) -> None:
    name = desk.take("09:00", responsibility="outside" if outcome == "passed-on" else "own")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("09:30"), name, DONE._replace(outcome=outcome))
    assert (desk.life(name).stage, desk.life(name).course.outcome) == ("resolved", outcome)


@pytest.mark.parametrize(
    ("responsibility", "refused"),
    [("own", True), ("unknown", True), ("building", False), ("outside", False), ("resident", False)],
)
def test_what_the_company_must_solve_itself_does_not_end_as_passed_on(
    desk: Any, responsibility: str, refused: bool
) -> None:
    name = desk.take("09:00", responsibility=responsibility)
    if responsibility != "resident":
        assign(desk("09:05"), [name], "工程部")
    passed_on = DONE._replace(outcome="passed-on")
    if refused:
        error = desk.refuses(OwnMatter, lambda: resolve(desk("09:30"), name, passed_on))
        assert (error.exit_code, error.rule, error.values["clause"]) == (4, "own-matter", "Q 4.2.6, C 4.1.2, 4.4.3")
    else:
        assert resolve(desk("09:30"), name, passed_on).life.course.outcome == "passed-on"


# ---- telling the result


def test_nothing_is_told_before_there_is_a_result(desk: Any) -> None:
    name = desk.take("09:00")
    desk.refuses(NotResolved, lambda: notify(desk("09:10"), name, PHONE))
    name = desk.solved()
    desk.refuses(BeforeStep, lambda: notify(desk("10:10"), name, PHONE._replace(at=desk.moment("09:59"))))
    notify(desk("10:10"), name, PHONE)
    desk.refuses(AlreadyDone, lambda: notify(desk("10:11"), name, PHONE))
    assert desk.life(name).stage == "notified"


def test_a_result_that_is_not_accepted_begins_a_new_round(desk: Any) -> None:
    name = desk.solved()
    notify(desk("10:10"), name, VISIT._replace(accepted=False))
    life = desk.life(name)
    assert (life.stage, life.course.round, life.course.known["repeat"]) == ("open", 2, "yes")
    again = desk.clocks(name, "10:10")
    assert again["R-dispatched-10min/2"] == ("running", "2026-11-20 10:20")
    assert again["C-contacted-2h/2"] == ("running", "2026-11-20 12:10")
    assert again["R-notified"] == ("met", "2026-11-20 24:00")
    contacted = next(one for one in life.clocks if one.id == "C-contacted-2h" and one.round == 2)
    assert contacted.duty == ("supervisor",)


def test_whether_it_is_accepted_need_not_be_known(desk: Any) -> None:
    name = desk.solved()
    notify(desk("10:10"), name, Told(["phone"]))
    assert desk.life(name).stage == "notified"
    assert "accepted" not in desk.life(name).entries[-1].body


@pytest.mark.parametrize("kind", ["suggestion", "inquiry"])
def test_suggestions_and_inquiries_close_at_their_answer(desk: Any, kind: str) -> None:
    name = desk.take("09:00", kind=kind)
    assert not desk.states(name, "2026-12-31 09:00", "running", "overdue")
    notify(desk("09:10"), name, PHONE._replace(accepted=False))
    life = desk.life(name)
    assert (life.stage, life.course.round) == ("closed", 1)


def test_an_explanation_resolves_and_closes_what_is_not_valid(desk: Any) -> None:
    name = desk.take("09:00", responsibility="self")
    notify(desk("09:30"), name, PHONE)
    life = desk.life(name)
    assert (life.stage, life.course.outcome) == ("closed", "explained")
    assert desk.clocks(name, "09:30")["C-explained"] == ("met", "2026-11-20 11:00")


def test_an_explanation_refused_goes_once_to_the_supervisor_who_may_close(desk: Any) -> None:
    name = desk.take("09:00", responsibility="self")
    desk.refuses(MayNotClose, lambda: close(desk("09:20"), name, reason="无理"))
    notify(desk("09:30"), name, PHONE._replace(accepted=False))
    assert desk.life(name).course.round == 2
    close(desk("09:40", "主管"), name, reason="再次解释")
    assert desk.life(name).stage == "closed"
    assert "C 4.11" in desk.life(name).entries[-1].body["clause"]


def test_a_quarrel_of_neighbours_is_coordinated_and_not_explained_away(desk: Any) -> None:
    name = desk.take("2026-11-20 23:40", responsibility="resident", category="noise")
    assert desk.clocks(name, "2026-11-20 23:40", "dispatched", "verified", "contacted") == {
        "H-verified-same-day": ("running", "2026-11-20 24:00"),
        "C-contacted-2h": ("running", "2026-11-21 01:40"),
        "H-contacted-24h": ("running", "2026-11-21 23:40"),
    }
    notify(desk("2026-11-20 23:50"), name, Told(["phone"]))
    assert desk.life(name).stage == "open"
    assert desk.clocks(name, "2026-11-21 08:00")["C-explained"] == ("met", "2026-11-21 01:40")
    assert [state for state, _ in desk.clocks(name, "2026-11-21 08:00", "resolved").values()] == ["untimed"]
    resolve(desk("2026-11-21 09:00"), name, Result("约定二十二点后停工"))
    assert desk.clocks(name, "2026-11-21 09:00")["R-notified"] == ("running", "2026-11-21 24:00")
    notify(desk("2026-11-21 09:10"), name, PHONE)
    assert desk.life(name).stage == "notified"


def test_where_the_procedure_knows_no_coordination_the_quarrel_is_explained(desk_under: Any) -> None:
    desk = desk_under("service-code")
    name = desk.take("09:00", responsibility="resident", category="noise")
    notify(desk("09:30"), name, PHONE)
    assert desk.life(name).stage == "closed"
