"""Times given to the resident: agreed for the solution, promised for a word, extended; and what they move."""

from typing import Any

import pytest

from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.extend import extend
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import ExtendedEnough, IsClosed, NoLimit, NotEarlier, NotExtendable, TooLate, TooLong
from complaintctl.desk.resolve import Result, resolve
from complaintctl.errors import BeforeStep, FutureMoment

WEEK_ON = "2026-11-27 18:00"


def dispatched(desk: Any, **told: Any) -> str:
    name = desk.take("09:00", **told)
    assign(desk("09:05"), [name], "工程部")
    return str(name)


def agree(desk: Any, name: str, when: str, until: str = WEEK_ON) -> Any:
    return record(desk(when), [name], Record(["reply-agreed"], agreed_by=desk.moment(until)))[0]


def stretch(desk: Any, name: str, when: str, until: str, at: str | None = None) -> Any:
    moment = None if at is None else desk.moment(at)
    return extend(desk(when), name, until=desk.moment(until), reason="缺件", told="电话告知", at=moment)


# ---- agreed


def test_agreed_in_time_it_replaces_every_limit_of_the_solution(desk: Any) -> None:
    name = dispatched(desk)
    assert agree(desk, name, "10:00").remarks == ()
    assert desk.clocks(name, "2026-11-24 09:00", "resolved") == {
        "agreed": ("running", WEEK_ON),
        "Q-class-1": ("replaced", "2026-11-20 13:05"),
        "R-resolved-minor": ("replaced", "2026-11-22 24:00"),
    }
    assert desk.clocks(name, "2026-11-24 09:00")["Q-late"] == ("waiting", "2026-11-27 18:10")
    # The month after which a complaint becomes major stays.
    assert desk.clocks(name, "2026-11-24 09:00")["R-referred-major"] == ("waiting", "2026-12-21 24:00")


def test_agreed_at_the_due_moment_is_in_time_and_a_second_later_is_not(desk: Any) -> None:
    first, second = dispatched(desk), dispatched(desk)
    agree(desk, first, "13:05")
    assert desk.clocks(first, "13:06")["Q-class-1"] == ("replaced", "2026-11-20 13:05")
    moment = desk.moment("13:05") + 1
    late = Record(["reply-agreed"], agreed_by=desk.moment(WEEK_ON), at=moment)
    done = record(desk("13:06"), [second], late)[0]
    assert [one.code for one in done.remarks] == ["agreed-late"]
    assert desk.clocks(second, "13:06")["Q-class-1"] == ("overdue", "2026-11-20 13:05")


def test_agreed_too_late_it_is_kept_as_a_promise_and_says_so(desk: Any) -> None:
    name = dispatched(desk)
    done = agree(desk, name, "14:00")
    assert [one.code for one in done.remarks] == ["agreed-late"]
    assert desk.clocks(name, "14:00", "word-given") == {
        "H-word-given": ("running", WEEK_ON),
        "C-word-given": ("running", WEEK_ON),
    }
    assert desk.clocks(name, "14:00")["Q-late"] == ("overdue", "2026-11-20 13:15")


def test_agreed_at_the_intake_it_replaces_what_comes_to_apply_later(desk: Any) -> None:
    name = desk.take("09:00", agreed_by=desk.moment(WEEK_ON))
    assign(desk("09:05"), [name], "工程部")
    amend(desk("09:30"), name, Correction({"complex": True}))
    states = desk.clocks(name, "09:30", "resolved")
    assert states["agreed"] == ("running", WEEK_ON)
    assert {states[clock][0] for clock in ("Q-class-1", "R-resolved-minor", "H-complex")} == {"replaced"}


def test_agreed_by_an_amendment(desk: Any) -> None:
    name = dispatched(desk)
    assert amend(desk("10:00"), name, Correction({"agreed_by": desk.moment(WEEK_ON)})).remarks == ()
    assert desk.clocks(name, "10:00")["agreed"] == ("running", WEEK_ON)
    late = dispatched(desk)
    done = amend(desk("14:00"), late, Correction({"agreed_by": desk.moment(WEEK_ON)}))
    assert [one.code for one in done.remarks] == ["agreed-late"]


def test_a_procedure_without_a_basis_lets_nothing_be_replaced(desk_under: Any) -> None:
    desk = desk_under("work-instruction")
    name = dispatched(desk)
    done = agree(desk, name, "10:00")
    assert [one.code for one in done.remarks] == ["agreed-without-basis"]
    assert desk.clocks(name, "10:00", "resolved") == {"class-1": ("running", "2026-11-20 13:05")}


def test_a_time_agreed_on_cannot_lie_before_the_agreement(desk: Any) -> None:
    name = dispatched(desk)
    desk.refuses(BeforeStep, lambda: agree(desk, name, "10:00", "09:59"))
    desk.refuses(BeforeStep, lambda: amend(desk("10:00"), name, Correction({"agreed_by": desk.moment("09:59")})))


def test_agreed_time_missed_goes_on_to_the_superior_from_that_time(desk: Any) -> None:
    name = dispatched(desk)
    agree(desk, name, "10:00", "11:00")
    assert desk.clocks(name, "11:05")["agreed"] == ("overdue", "2026-11-20 11:00")
    assert desk.clocks(name, "11:05")["Q-late"] == ("running", "2026-11-20 11:10")
    assert desk.clocks(name, "11:05")["Q-late-silent"] == ("running", "2026-11-22 24:00")


def test_what_the_resident_asks_for_takes_the_place_of_the_two_days(desk: Any) -> None:
    name = desk.take("09:00", requested_by=desk.moment("12:00"))
    assert desk.clocks(name, "09:00")["R-resolved-minor"] == ("running", "2026-11-20 12:00")
    later = desk.take("09:00", requested_by=desk.moment(WEEK_ON))
    assert desk.clocks(later, "09:00")["R-resolved-minor"] == ("running", WEEK_ON)
    amend(desk("2026-11-28 09:00"), later, Correction({"requested_by": desk.moment("2026-12-01 09:00")}))
    assert desk.clocks(later, "2026-11-28 09:00")["R-resolved-minor"] == ("overdue", WEEK_ON)


# ---- promised


def test_a_promise_is_a_clock_of_its_own_met_by_the_next_word(desk: Any) -> None:
    name = dispatched(desk)
    record(desk("09:10"), [name], Record(["contacted"], promise=desk.moment("18:00")))
    assert desk.clocks(name, "09:10")["H-word-given"] == ("running", "2026-11-20 18:00")
    record(desk("18:00"), [name], Record(["progress-told"]))
    assert desk.clocks(name, "18:00")["H-word-given"] == ("met", "2026-11-20 18:00")


def test_a_promise_broken_is_late_and_stays_it(desk: Any) -> None:
    name = dispatched(desk)
    record(desk("09:10"), [name], Record(["contacted"], promise=desk.moment("10:00")))
    resolve(desk("10:30"), name, Result("处理完毕"))
    assert desk.clocks(name, "10:30")["H-word-given"] == ("overdue", "2026-11-20 10:00")
    notify(desk("11:00"), name, Told(["visit"], True))
    assert desk.clocks(name, "11:00")["H-word-given"] == ("late", "2026-11-20 10:00")


def test_a_promise_replaces_the_limit_of_the_notice_and_moves_nothing_else(desk: Any) -> None:
    name = dispatched(desk)
    record(desk("09:10"), [name], Record(["contacted"], promise=desk.moment("2026-11-23 12:00")))
    resolve(desk("10:00"), name, Result("处理完毕"))
    states = desk.clocks(name, "2026-11-21 09:00", "notified", "resolved")
    assert states["promised"] == ("running", "2026-11-23 12:00")
    assert states["C-notified"] == ("replaced", "2026-11-20 24:00")
    assert states["Q-class-1"] == ("met", "2026-11-20 13:05")


def test_a_promise_made_after_the_notice_fell_due_replaces_nothing(desk: Any) -> None:
    name = dispatched(desk)
    resolve(desk("10:00"), name, Result("处理完毕"))
    record(desk("2026-11-21 08:00"), [name], Record(["contacted"], promise=desk.moment("2026-11-23 12:00")))
    states = desk.clocks(name, "2026-11-21 09:00", "notified")
    assert states["C-notified"] == ("overdue", "2026-11-20 24:00")
    assert "promised" not in states


def test_each_promise_counts_by_itself(desk: Any) -> None:
    name = dispatched(desk)
    record(desk("09:10"), [name], Record(["contacted"], promise=desk.moment("10:00")))
    record(desk("09:50"), [name], Record(["contacted"], promise=desk.moment("12:00")))
    clocks = [clock for clock in desk.life(name).clocks if clock.id == "H-word-given"]
    assert [(clock.due_at, clock.met_at) for clock in clocks] == [
        (desk.moment("10:00"), desk.moment("09:50")),
        (desk.moment("12:00"), None),
    ]


def test_a_promise_cannot_lie_before_the_moment_it_was_given(desk: Any) -> None:
    name = dispatched(desk)
    promise = Record(["contacted"], promise=desk.moment("09:09"))
    desk.refuses(BeforeStep, lambda: record(desk("09:10"), [name], promise))


def test_where_the_handbook_stands_alone_a_promise_replaces_nothing(desk_under: Any) -> None:
    desk = desk_under("office-handbook")
    name = dispatched(desk)
    record(desk("09:10"), [name], Record(["contacted"], promise=desk.moment("2026-11-23 12:00")))
    resolve(desk("10:00"), name, Result("处理完毕"))
    assert "promised" not in desk.clocks(name, "10:00", "notified")
    assert desk.clocks(name, "10:00")["word-given"] == ("running", "2026-11-23 12:00")


# ---- extended


def test_extended_in_time_it_works_like_an_agreed_time(desk: Any) -> None:
    name = dispatched(desk)
    stretch(desk, name, "13:05", "2026-11-30 18:00")
    states = desk.clocks(name, "2026-11-25 09:00", "resolved")
    assert states["agreed"] == ("running", "2026-11-30 18:00")
    assert {state for clock, (state, _) in states.items() if clock != "agreed"} == {"replaced"}
    assert desk.life(name).entries[-1].private == {"reason": "缺件", "told": "电话告知"}
    stretch(desk, name, "2026-11-30 12:00", "2026-12-02 18:00")
    assert desk.clocks(name, "2026-12-01 09:00")["Q-late"] == ("waiting", "2026-12-02 18:10")


def test_after_the_limit_it_is_refused_and_what_was_late_stays_late(desk: Any) -> None:
    name = dispatched(desk)
    error = desk.refuses(TooLate, lambda: stretch(desk, name, "13:06", "2026-11-30 18:00"))
    assert (error.values["at"], error.values["clause"]) == ("2026-11-20 13:05", "H4 五.3")
    assert desk.clocks(name, "13:06")["Q-class-1"] == ("overdue", "2026-11-20 13:05")
    # What had been told in time and is only written down now counts.
    stretch(desk, name, "13:06", "2026-11-30 18:00", at="13:00")
    assert desk.clocks(name, "13:06")["Q-class-1"] == ("replaced", "2026-11-20 13:05")


@pytest.mark.parametrize("until", ["13:05", "12:00"])
def test_an_extension_must_extend(desk: Any, until: str) -> None:
    name = dispatched(desk)
    error = desk.refuses(NotEarlier, lambda: stretch(desk, name, "10:00", until))
    assert error.values["at"] == "2026-11-20 13:05"


def test_there_must_be_a_limit_that_still_runs(desk: Any) -> None:
    name = dispatched(desk)
    desk.refuses(FutureMoment, lambda: stretch(desk, name, "10:00", WEEK_ON, at="10:01"))
    desk.refuses(BeforeStep, lambda: stretch(desk, name, "10:00", WEEK_ON, at="08:59"))
    resolve(desk("10:00"), name, Result("处理完毕"))
    desk.refuses(NoLimit, lambda: stretch(desk, name, "10:30", WEEK_ON))
    quarrel = desk.take("09:00", responsibility="resident", category="noise")
    desk.refuses(NoLimit, lambda: stretch(desk, quarrel, "10:30", WEEK_ON))
    resolve(desk("10:30"), quarrel, Result("撤回", "withdrawn"))
    desk.refuses(IsClosed, lambda: stretch(desk, quarrel, "10:40", WEEK_ON))


@pytest.mark.parametrize("pack", ["resident-standard", "work-instruction", "owner-mechanism", "service-code"])
def test_only_where_the_procedure_knows_extensions(desk_under: Any, pack: str) -> None:
    desk = desk_under(pack)
    name = dispatched(desk)
    desk.refuses(NotExtendable, lambda: stretch(desk, name, "09:30", WEEK_ON))


def test_as_often_and_as_long_as_the_procedure_allows(desk_under: Any, two_stage: str) -> None:
    desk = desk_under(two_stage)
    name = desk.take("2026-07-01 10:00", channel="email")
    record(desk("2026-07-03 15:00"), [name], Record(["acknowledged"]))
    late = "2026-08-01 00:01"
    error = desk.refuses(TooLong, lambda: stretch(desk, name, "2026-07-17 16:00", late))
    assert error.values["until"] == "2026-07-31 24:00"
    stretch(desk, name, "2026-07-17 16:00", "2026-07-31 24:00")
    error = desk.refuses(ExtendedEnough, lambda: stretch(desk, name, "2026-07-20 16:00", "2026-08-03 09:00"))
    assert (error.values["times"], error.values["clause"]) == (1, "T 1.3")
