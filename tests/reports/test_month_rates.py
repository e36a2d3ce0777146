"""Rates of the month, each case reckoned by hand: on time, late, missed, running, left out, outside."""

from collections.abc import Callable
from typing import Any

import pytest


def quotient(report: Any, key: str) -> tuple[int, int]:
    tally = report.figure(key).tally
    return tally.numerator, tally.denominator


def apart(report: Any, key: str) -> dict[str, int]:
    return {reason: count for reason, count in report.figure(key).tally.apart.items() if count}


@pytest.mark.parametrize(
    ("dispatched", "expected"),
    [("11-20 14:09", (1, 1)), ("11-20 14:10", (1, 1)), ("11-20 14:10:01", (0, 1)), ("11-21 09:00", (0, 1))],
)
def test_dispatch_is_on_time_until_the_tenth_minute_itself(
    site: Any, dispatched: str, expected: tuple[int, int]
) -> None:
    one = site.told("11-20 14:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", dispatched)
    assert quotient(site.report("11-22 09:00"), "dispatched-on-time") == expected


def test_a_limit_that_ran_out_unmet_counts_late_and_one_still_running_not_at_all(site: Any) -> None:
    site.told("11-20 14:00", channel="phone", responsibility="own")
    report = site.report("11-20 14:10")
    assert quotient(report, "dispatched-on-time") == (0, 0)
    assert apart(report, "dispatched-on-time") == {"running": 1}
    assert report.figure("dispatched-on-time").tally.value is None
    late = site.report("11-20 14:10:01")
    assert quotient(late, "dispatched-on-time") == (0, 1)
    assert apart(late, "dispatched-on-time") == {}


def test_what_was_missed_counts_late_though_it_applies_no_longer(site: Any) -> None:
    one = site.told("11-20 14:00", channel="phone", responsibility="unknown")
    site.do(one, "dispatched", "11-20 14:06")
    # Clocked as class 1 till 18:06; found outside at 19:00, so that three days would hold.
    site.do(one, "amended", "11-20 19:00", facts={"responsibility": "outside"}, from_the_start=False)
    site.do(one, "resolved", "11-21 09:00")
    assert quotient(site.report("11-25 09:00"), "timely-rate") == (0, 1)


def test_what_was_found_before_it_ran_out_is_judged_by_the_limit_that_came_after(site: Any) -> None:
    one = site.told("11-20 14:00", channel="phone", responsibility="unknown")
    site.do(one, "dispatched", "11-20 14:06")
    site.do(one, "amended", "11-20 17:00", facts={"responsibility": "outside"}, from_the_start=False)
    site.do(one, "resolved", "11-23 24:00")
    assert quotient(site.report("11-25 09:00"), "timely-rate") == (1, 1)


def test_an_agreed_time_takes_the_place_of_the_limits(site: Any) -> None:
    one = site.told("11-20 09:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 09:05")
    site.do(one, "contacted", "11-20 10:00", agreed_by="11-27 18:00")
    site.do(one, "resolved", "11-27 18:00")
    report = site.report("11-28 09:00")
    assert quotient(report, "timely-rate") == (1, 1)
    # A solution agreed on is no promise of a word.
    assert quotient(report, "promises-kept") == (0, 0)


def test_withdrawn_and_duplicate_stand_outside_every_rate(site: Any) -> None:
    for outcome in ("withdrawn", "duplicate"):
        one = site.told("11-20 14:00", channel="phone", responsibility="own")
        site.do(one, "dispatched", "11-20 15:00")
        site.do(one, "resolved", "11-20 23:00", outcome=outcome)
    report = site.report("11-25 09:00")
    for key in ("dispatched-on-time", "contacted-on-time", "timely-rate", "notified-on-time", "revisit-rate"):
        assert quotient(report, key) == (0, 0), key
        assert apart(report, key) == {"withdrawn": 2}, key
    assert report.figure("valid-complaint-rate").tally.numerator == 0
    assert report.figure("received").tally.value == 2


def test_a_withdrawal_of_a_later_round_does_not_hide_what_the_first_one_was(site: Any) -> None:
    one = site.told("11-20 14:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 15:00")
    site.do(one, "resolved", "11-21 14:00")
    site.do(one, "notified", "11-21 15:00", accepted=False)
    site.do(one, "resolved", "11-21 16:00", outcome="withdrawn")
    report = site.report("11-25 09:00")
    assert quotient(report, "dispatched-on-time") == (0, 1)
    assert quotient(report, "timely-rate") == (0, 1)


def test_suggestions_and_inquiries_have_no_part_in_the_rates_and_repairs_in_the_timely_rate_alone(site: Any) -> None:
    site.told("11-20 14:00", kind="suggestion", channel="box")
    site.told("11-20 14:00", kind="inquiry", channel="phone")
    mended = site.told("11-20 14:00", kind="repair", channel="phone", responsibility="own")
    site.do(mended, "dispatched", "11-20 14:05")
    site.do(mended, "resolved", "11-20 15:00")
    site.do(mended, "notified", "11-20 15:30")
    site.do(mended, "revisited", "11-21 15:30")
    report = site.report("11-25 09:00")
    assert quotient(report, "timely-rate") == (1, 1)
    assert report.figure("timely-rate").tally.left_out == 0
    others = ("dispatched-on-time", "contacted-on-time", "notified-on-time", "revisit-rate", "satisfaction")
    for key in (*others, "valid-complaint-rate"):
        assert quotient(report, key)[1 if key in others else 0] == 0, key
        assert apart(report, key) in ({}, {"households-unknown": 1}), key
    assert report.figure("time-to-resolve-median").tally.value is None


def test_the_strictest_limit_of_a_step_judges_it(site: Any) -> None:
    # The company's own fault is class 1: four hours, whatever else allows two days.
    one = site.told("11-20 14:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 14:07")
    site.do(one, "resolved", "11-20 18:08")
    assert quotient(site.report("11-25 09:00"), "timely-rate") == (0, 1)


def test_a_complaint_without_such_a_limit_is_left_out_and_counted(site: Any) -> None:
    one = site.told("11-20 14:00", channel="phone", responsibility="self")
    site.do(one, "notified", "11-20 15:00")
    report = site.report("11-25 09:00")
    assert quotient(report, "dispatched-on-time") == (0, 0)
    assert report.figure("dispatched-on-time").tally.left_out == 1
    assert apart(report, "timely-rate") == {"no-clock": 1}
    # The explanation answers it, on the day it is resolved by it.
    assert quotient(report, "notified-on-time") == (1, 1)


def test_an_imported_row_without_times_is_left_out_and_counted(site: Any) -> None:
    imported = {"time_unknown": True, "unrecorded": ["contacted"]}
    one = site.told("11-20 00:00", channel="phone", responsibility="own", imported=imported)
    site.do(one, "dispatched", "11-20 00:00")
    site.do(one, "resolved", "11-21 00:00")
    report = site.report("11-25 09:00")
    assert apart(report, "dispatched-on-time") == {"unknown": 1}
    assert apart(report, "contacted-on-time") == {"unknown": 1}
    # Minutes and hours are not known, but the day limits still judge the solution.
    assert quotient(report, "timely-rate") == (1, 1)
    assert report.figure("time-to-dispatch-median").tally == (None, None, 0, {"not-measured": 1})


def test_a_notice_is_due_until_24_00_of_the_day_of_the_solution(site: Any) -> None:
    for told_at in ("11-20 23:59", "11-21 00:00", "11-21 00:00:01"):
        one = site.told("11-20 09:00", channel="phone", responsibility="own")
        site.do(one, "dispatched", "11-20 09:05")
        site.do(one, "resolved", "11-20 12:00")
        site.do(one, "notified", told_at)
    # The day's 24:00 is the next day's 00:00, and still on time.
    assert quotient(site.report("11-25 09:00"), "notified-on-time") == (2, 3)


def test_an_unresolved_complaint_waits_for_its_notice(site: Any) -> None:
    one = site.told("11-20 09:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 09:05")
    report = site.report("11-25 09:00")
    assert apart(report, "notified-on-time") == {"running": 1}
    assert report.figure("notified-on-time").tally.left_out == 0


def test_received_is_the_denominator_and_all_that_stands_apart(site: Any) -> None:
    for responsibility in ("own", "self", "outside", "unknown"):
        for end in (None, "solved", "withdrawn"):
            one = site.told("11-20 09:00", channel="phone", responsibility=responsibility)
            if responsibility != "self":
                site.do(one, "dispatched", "11-20 09:05")
            if end:
                site.do(one, "resolved", "11-20 12:00", outcome=end)
    report = site.report("11-20 13:30")
    for key in ("dispatched-on-time", "contacted-on-time", "timely-rate", "notified-on-time"):
        tally = report.figure(key).tally
        assert tally.denominator + sum(tally.apart.values()) == 12, key


# ---- later rounds


def test_later_rounds_are_counted_apart(site: Any) -> None:
    one = site.told("11-20 09:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 09:05")
    site.do(one, "contacted", "11-20 09:30")
    site.do(one, "resolved", "11-20 11:00")
    site.do(one, "notified", "11-20 12:00", accepted=False)
    site.do(one, "dispatched", "11-20 12:30")
    site.do(one, "contacted", "11-20 12:40")
    site.do(one, "resolved", "11-20 16:30")
    site.do(one, "notified", "11-21 09:00")
    report = site.report("11-25 09:00")
    first = {
        "dispatched-on-time": (1, 1),
        "contacted-on-time": (1, 1),
        "timely-rate": (1, 1),
        "notified-on-time": (1, 1),
    }
    # Dispatch was due 12:10 and contact 14:00, counted from the reopening; class 1 from the dispatch, 16:30.
    later = {
        "later-dispatched-on-time": (0, 1),
        "later-contacted-on-time": (1, 1),
        "later-timely-rate": (1, 1),
        "later-notified-on-time": (0, 1),
    }
    assert {key: quotient(report, key) for key in first | later} == first | later


# ---- revisits, satisfaction, promises


def revisited(site: Any, when: str | None, answer: str = "satisfied", **more: Any) -> int:
    one: int = site.told("11-10 09:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-10 09:05")
    site.do(one, "resolved", "11-10 11:00")
    site.do(one, "notified", "11-10 12:00")
    if when:
        site.do(one, "revisited", when, answer=answer, **more)
    return one


def test_revisits_satisfaction_and_matters_raised(site: Any) -> None:
    revisited(site, "11-13 10:00")
    revisited(site, "11-13 24:00", "dissatisfied")
    # After the third day: late, but revisited.
    revisited(site, "11-16 10:00", "no-answer")
    raised = revisited(site, "11-12 10:00", raised=True)
    site.do(raised, "matters-dealt-with", "11-20 10:00")
    revisited(site, "11-12 11:00", raised=True, promise="11-14 12:00")
    revisited(site, None)
    report = site.report("11-13 23:00")
    assert quotient(report, "revisit-rate") == (5, 5)
    assert apart(report, "revisit-rate") == {"running": 1}
    report = site.report("11-25 09:00")
    assert quotient(report, "revisit-rate") == (5, 6)
    assert quotient(report, "satisfaction") == (3, 4)
    assert apart(report, "satisfaction") == {"no-answer": 1}
    assert quotient(report, "revisit-handling-rate") == (1, 2)
    assert report.figure("revisit-handling-rate").met is False
    # Raised in the month, dealt with later: the next report of the month says so.
    site.do(5, "matters-dealt-with", "12-02 10:00")
    later = site.report("12-10 09:00", "2026-11")
    assert quotient(later, "revisit-handling-rate") == (2, 2)
    assert later.figure("revisit-handling-rate").met is True


def test_the_nameless_have_no_revisit_and_are_left_out(site: Any) -> None:
    one = site.told("11-10 09:00", channel="letter", responsibility="own", nameless=True)
    site.do(one, "dispatched", "11-10 09:05")
    site.do(one, "resolved", "11-10 11:00")
    report = site.report("11-25 09:00")
    assert apart(report, "revisit-rate") == {"no-clock": 1}
    assert apart(report, "contacted-on-time") == {"no-clock": 1}


def test_promises_are_kept_until_the_promised_moment_itself(site: Any) -> None:
    for word in ("11-20 18:00", "11-20 18:00:01", None):
        one = site.told("11-20 09:00", channel="phone", responsibility="own")
        site.do(one, "dispatched", "11-20 09:05")
        site.do(one, "contacted", "11-20 10:00", promise="11-20 18:00")
        if word:
            site.do(one, "progress-told", word)
    site.told("11-20 09:00", channel="phone", responsibility="own")
    site.do(4, "contacted", "11-20 10:00", promise="11-25 18:00")
    report = site.report("11-25 09:00")
    assert quotient(report, "promises-kept") == (1, 3)
    assert apart(report, "promises-kept") == {"running": 1}


# ---- targets


def test_exactly_ninety_percent_meets_the_timely_rate(site: Any) -> None:
    for number in range(10):
        one = site.told("11-20 09:00", channel="phone", responsibility="own")
        site.do(one, "dispatched", "11-20 09:05")
        site.do(one, "resolved", "11-20 12:00" if number else "11-20 14:00")
    report = site.report("11-25 09:00")
    assert quotient(report, "timely-rate") == (9, 10)
    assert report.figure("timely-rate").met is True
    assert report.figure("timely-rate").target == ("90%", None, "C 4.4.10")
    one = site.told("11-20 09:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 09:05")
    report = site.report("11-25 09:00")
    assert quotient(report, "timely-rate") == (9, 11)
    assert report.figure("timely-rate").met is False


def test_exactly_one_percent_meets_the_valid_complaint_rate(site: Any) -> None:
    for _ in range(3):
        site.told("11-20 09:00", channel="phone", responsibility="own")
    site.told("11-20 09:00", channel="phone", responsibility="unknown")
    site.told("11-20 09:00", channel="phone", responsibility="building")
    site.told("11-20 09:00", kind="repair", channel="phone", responsibility="own")
    report = site.report("11-25 09:00")
    assert quotient(report, "valid-complaint-rate") == (3, 300)
    assert report.figure("valid-complaint-rate").met is True
    assert apart(report, "valid-complaint-rate") == {"undetermined": 1}
    site.told("11-20 09:00", channel="phone", responsibility="own")
    assert site.report("11-25 09:00").figure("valid-complaint-rate").met is False


def test_without_the_number_of_households_there_is_no_valid_complaint_rate(make_site: Callable[..., Any]) -> None:
    site = make_site()
    site.told("11-20 09:00", channel="phone", responsibility="own")
    one = site.report("11-25 09:00").figure("valid-complaint-rate")
    assert one.tally == (None, 1, None, {"undetermined": 0, "withdrawn": 0, "households-unknown": 1})
    assert one.met is None


def test_a_pack_without_targets_and_without_a_report_sets_none(make_site: Callable[..., Any]) -> None:
    site = make_site("work-instruction")
    site.told("11-20 09:00", channel="phone", responsibility="own")
    report = site.report("11-25 09:00")
    assert [one.figure.key for one in report.figures if one.target] == []
    assert report.due is None
