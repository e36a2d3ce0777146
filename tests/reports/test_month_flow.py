"""How many: received, closed, reopened, open; the identity that always holds; events, times taken, ages."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintctl.reports.figures import FIGURES, LATER
from complaintctl.rules.example import moment

FLOW = ("open-start", "received", "reopened-after-closing", "closed", "open-end")


def values(report: Any, *keys: str) -> list[Any]:
    return [report.figure(key).tally.value for key in keys]


def through(site: Any, day: str, *steps: str, **facts: Any) -> int:
    """A complaint of 09:00 with steps `name time`, all on one day unless the time says more."""
    one: int = site.told(f"{day} 09:00", **{"channel": "phone", "responsibility": "own", **facts})
    for step in steps:
        name, _, when = step.partition(" ")
        site.do(one, name, when if " " in when else f"{day} {when}")
    return one


def test_a_month_in_numbers(site: Any) -> None:
    ready = ("dispatched 09:05", "resolved 10:00", "notified 11:00")
    through(site, "10-20", *ready, "revisited 10-21 10:00")  # closed before
    through(site, "10-25", *ready, "revisited 11-02 10:00")  # closed in the month
    back = through(site, "10-26", *ready, "revisited 10-27 10:00")  # closed before, came back
    site.do(back, "reopened", "11-03 10:00")
    site.do(back, "chased", "11-04 10:00")
    site.do(back, "chased", "11-05 10:00")
    through(site, "11-05", *ready, "revisited 11-06 10:00")  # received and closed
    through(site, "11-06", "dispatched 09:05")  # received and still open
    through(site, "11-20", *ready, "revisited 12-01 10:00")  # closed in the month after
    unhappy = through(site, "11-07", *ready)
    site.do(unhappy, "revisited", "11-08 10:00", answer="dissatisfied")  # reopened, but never closed
    report = site.report("12-05 09:00", "2026-11")
    assert values(report, *FLOW) == [1, 4, 1, 2, 4]
    assert values(report, "resolved", "reopened", "chased") == [3, 2, 2]
    assert report.figure("received").previous == 3
    december = site.report("12-05 09:00")
    assert values(december, *FLOW) == [4, 0, 0, 1, 3]


def test_the_month_so_far_ends_now_and_counts_this_very_moment(site: Any) -> None:
    through(site, "11-05", "dispatched 09:05")
    assert values(site.report("11-05 08:59:59", "2026-11"), *FLOW) == [0, 0, 0, 0, 0]
    assert values(site.report("11-05 09:00"), *FLOW) == [0, 1, 0, 0, 1]


def test_the_last_second_belongs_to_the_month_and_midnight_to_the_next(site: Any) -> None:
    for when in ("10-31 23:59:59", "11-01 00:00", "11-30 23:59:59", "12-01 00:00"):
        site.told(when, channel="phone", responsibility="own")
    report = site.report("12-15 09:00", "2026-11")
    assert values(report, "open-start", "received", "open-end") == [1, 2, 3]


def test_with_a_cut_off_day_the_month_runs_from_the_day_after_it(make_site: Callable[..., Any]) -> None:
    site = make_site(cut_off=25)
    for when in ("10-25 23:59:59", "10-26 00:00", "11-25 23:59:59", "11-26 00:00"):
        site.told(when, channel="phone", responsibility="own")
    november = site.report("11-25 12:00")
    assert (november.span.name, november.preliminary) == ("2026-11", True)
    assert values(november, "received") == [1]
    ended = site.report("11-26 00:00", "2026-11")
    assert (ended.preliminary, values(ended, "received")) == (False, [2])
    assert site.report("11-26 00:00").span.name == "2026-12"


def test_closing_at_the_last_moment_counts_to_the_month_that_ends(site: Any) -> None:
    steps = ("dispatched 09:05", "resolved 10:00", "notified 11:00")
    through(site, "11-29", *steps, "revisited 11-30 23:59:59")
    through(site, "11-29", *steps, "revisited 12-01 00:00")
    assert values(site.report("12-02 09:00", "2026-11"), "closed", "open-end") == [1, 1]


def test_a_complaint_whose_taking_down_was_undone_is_nowhere(site: Any) -> None:
    from complaintctl.desk.office import Voided
    from complaintctl.ledger.derived import Told
    from complaintctl.ledger.store import Replica

    through(site, "11-05", "dispatched 09:05")
    replica = Replica()
    filed = site.filed()
    row = {**filed[0][0].complaint, "id": 2, "number": "TS202611-0002", "voided_at": 1}
    replica.fill([*filed, (Voided(row), Told())])
    report = site.report("11-10 09:00", query=replica.query)
    assert values(report, *FLOW) == [0, 1, 0, 0, 1]


# ---- the identity


ACTIONS = ("dispatched", "resolved", "withdrawn", "notified", "refused", "revisited", "unhappy", "reopened", "closed")
HISTORY = st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(60, 20 * 86_400)), max_size=9)
COMPLAINT = st.tuples(st.integers(0, 70 * 86_400), st.sampled_from(("own", "self", "suggestion", "nameless")), HISTORY)


def play(site: Any, start: int, sort: str, history: list[tuple[str, int]]) -> None:
    """Tell a complaint and take those of the actions that the desk would allow where it then stands."""
    when = start
    kind = "suggestion" if sort == "suggestion" else "complaint"
    responsibility = "self" if sort == "self" else "own"
    one = site.told(when, channel="box", kind=kind, responsibility=responsibility, nameless=sort == "nameless")
    for action, gap in history:
        when += gap
        course = site.life(one).course
        open_, solved, told = course.closed_at is None, course.resolved_at is not None, course.notified_at is not None
        if action in ("dispatched", "resolved", "withdrawn") and open_ and not solved:
            step = "dispatched" if action == "dispatched" else "resolved"
            site.do(one, step, when, **({"outcome": "withdrawn"} if action == "withdrawn" else {}))
        elif action in ("notified", "refused") and open_ and not told and (solved or sort in ("self", "suggestion")):
            site.do(one, "notified", when, **({"accepted": False} if action == "refused" else {}))
        elif action in ("revisited", "unhappy") and open_ and told:
            site.do(one, "revisited", when, answer="dissatisfied" if action == "unhappy" else "satisfied")
        elif (action == "reopened" and (solved or not open_)) or (action == "closed" and open_ and course.round > 1):
            site.do(one, action, when)


def open_then(lives: list[Any], when: int) -> int:
    """How many were open when a moment began, reckoned from the milestones one complaint after the other."""
    count = 0
    for life in lives:
        standing = life.course.received_at < when
        for mark in sorted(life.course.milestones, key=lambda one: (one.at, one.seq)):
            if mark.at < when and mark.step in ("closed", "reopened"):
                standing = mark.step == "reopened"
        count += standing
    return count


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(complaints=st.lists(COMPLAINT, min_size=1, max_size=5), day=st.integers(1, 28))
def test_open_at_the_end_is_always_what_was_open_and_came_less_what_was_closed(
    make_site: Callable[..., Any], complaints: list[Any], day: int
) -> None:
    site = make_site(cut_off=day)
    begin = moment("2026-09-20 00:00", site.book.zone)
    for start, sort, history in complaints:
        play(site, begin + start, sort, history)
    query, lives = site.queries(), list(site.lives())
    now = begin + 75 * 86_400
    for month in ("2026-09", "2026-10", "2026-11", None):
        report = site.report(now, month, query)
        start, received, back, closed, end = values(report, *FLOW)
        assert start + received + back - closed == end
        assert start == open_then(lives, report.span.start)
        assert end == open_then(lives, min(report.span.end, now + 1))


# ---- events, times, ages


def test_what_was_done_in_the_month_counts_whenever_the_complaint_came(site: Any) -> None:
    one = through(site, "10-30", "dispatched 09:05", complex=True)
    site.do(one, "referred", "10-30 12:00", rung=2)
    site.do(one, "referred", "11-02 12:00", rung=2)
    site.do(one, "referred", "11-03 12:00", rung=4)
    site.do(one, "amended", "11-04 12:00", facts={"fault": True}, from_the_start=True)
    site.do(one, "amended", "11-04 13:00", facts={"danger": True}, from_the_start=False)
    site.do(one, "case-study,training", "11-05 12:00")
    late = through(site, "11-05", "dispatched 09:05")
    site.do(late, "extended", "11-05 10:00", until="11-20 18:00")
    report = site.report("11-25 09:00")
    assert values(report, "escalations", "escalations-1", "escalations-2", "escalations-4") == [2, 0, 1, 1]
    assert report.figure("escalations-2").previous == 1
    assert values(report, "extensions", "wrong-from-the-start", "case-studies", "trainings") == [1, 1, 1, 1]


def test_a_month_without_a_solution_makes_major_in_the_month_in_which_it_ends(site: Any) -> None:
    through(site, "10-05", "dispatched 09:05")
    through(site, "10-31", "dispatched 09:05")
    # 5 October and a month: major from the 24:00 of 5 November; 31 October's month ends with November.
    assert values(site.report("11-05 23:59"), "became-major") == [0]
    assert values(site.report("11-06 00:00"), "became-major") == [1]
    assert values(site.report("12-02 09:00", "2026-11"), "became-major") == [1]
    assert values(site.report("12-02 09:00"), "became-major") == [1]


def test_times_are_medians_and_nine_in_ten(site: Any) -> None:
    for minutes in (1, 2, 3, 4, 5, 6, 7, 8, 9, 40):
        one = site.told("11-20 09:00", channel="phone", responsibility="own")
        site.do(one, "dispatched", f"11-20 09:{minutes:02d}")
    report = site.report("11-25 09:00")
    assert values(report, "time-to-dispatch-median", "time-to-dispatch-p90") == [330, 540]
    assert report.figure("time-to-resolve-p90").tally == (None, None, 0, {"not-measured": 10})
    one = site.told("11-20 09:00", channel="phone", responsibility="own")
    site.do(one, "dispatched", "11-20 09:50")
    report = site.report("11-25 09:00")
    assert values(report, "time-to-dispatch-median", "time-to-dispatch-p90") == [360, 2400]


def test_the_first_word_is_measured_whatever_step_gave_it(site: Any) -> None:
    through(site, "11-20", "dispatched 09:05", "resolved 09:40", "notified 10:00")
    assert values(site.report("11-25 09:00"), "time-to-contact-median", "time-to-resolve-median") == [3600, 2400]


AGES = ("open-up-to-1-day", "open-up-to-3-days", "open-up-to-7-days", "open-up-to-30-days", "open-over-30-days")


def test_ages_of_what_is_open_are_counted_to_the_second(site: Any) -> None:
    # Now is 11-20 09:00: exactly 1, 3, 7 and 30 days ago still belong to the younger band.
    for when in ("11-20 09:00", "11-19 09:00", "11-19 08:59:59", "11-17 09:00", "11-17 08:59:59"):
        site.told(when, channel="phone", responsibility="own")
    for when in ("11-13 09:00", "10-21 09:00", "10-21 08:59:59"):
        site.told(when, channel="phone", responsibility="own")
    report = site.report("11-20 09:00")
    assert values(report, *AGES) == [2, 2, 2, 1, 1]
    assert sum(values(report, *AGES)) == values(report, "open-end")[0]


def test_collective_complaints_and_their_events(site: Any) -> None:
    site.told("11-05 09:00", channel="phone", responsibility="own", households=5)
    members = [site.told(f"11-06 09:0{n}", channel="phone", responsibility="own") for n in range(5)]
    receipts = [[life.course.received_at, 1] for life in site.lives()][1:]
    for one in members:
        site.do(one, "linked", "11-06 10:00", event=members[0], receipts=receipts)
    site.told("11-07 09:00", channel="phone", responsibility="own", households=4)
    assert values(site.report("11-25 09:00"), "collective", "collective-events") == [6, 2]


def test_homes_that_complained_more_than_once(site: Any) -> None:
    for unit in ("3-1-101", "3-1-101", "3-1-101", "3-1-102", None, None):
        site.told("11-05 09:00", channel="phone", responsibility="own", unit=unit)
    site.told("11-05 09:00", kind="suggestion", channel="box", unit="3-1-102")
    site.told("10-05 09:00", channel="phone", responsibility="own", unit="3-1-102")
    assert values(site.report("11-25 09:00"), "repeat-units") == [1]


# ---- compared, preliminary, restated, due


def test_months_before_the_first_record_compare_with_nothing(site: Any) -> None:
    through(site, "11-05", "dispatched 09:05")
    report = site.report("11-25 09:00")
    assert {one.previous for one in report.figures} == {one.last_year for one in report.figures} == {None}
    assert report.weaknesses["category"] == []


def test_compared_with_the_month_before_and_a_year_ago(site: Any) -> None:
    for day in ("2025-11-03", "2025-11-30", "2026-10-01", "2026-11-05"):
        site.told(f"{day} 09:00", channel="phone", responsibility="own")
    received = site.report("11-25 09:00").figure("received")
    assert (received.tally.value, received.previous, received.last_year) == (1, 1, 2)


def test_what_a_month_is_compared_with_is_what_that_month_reports(make_site: Callable[..., Any]) -> None:
    site = make_site(households=300)
    for year in (2025, 2026):
        for day in range(1, 12):
            facts = {"responsibility": ("own", "self", "outside", "unknown")[day % 4], "building": f"{day % 3}号楼"}
            one = site.told(f"{year}-10-{day * 2:02d} 09:00", channel="phone", unit=f"{day % 4}", **facts)
            if day % 4 != 1:
                site.do(one, "dispatched", f"{year}-10-{day * 2:02d} 09:0{day % 9}")
                site.do(one, "contacted", f"{year}-10-{day * 2:02d} 11:0{day % 9}", promise=f"{year}-10-29 09:00")
                site.do(one, "resolved", f"{year}-10-{day * 2:02d} 1{day % 6}:00")
            if day % 5:
                site.do(one, "notified", f"{year}-10-{day * 2:02d} 20:00", accepted=day != 3)
            if day in (2, 4):
                site.do(one, "revisited", f"{year}-10-{day * 2 + 1:02d} 20:00", raised=day == 4)
                site.do(one, "reopened", f"{year}-10-{day * 2 + 2:02d} 20:00")
    query = site.queries()
    now = moment("2026-11-20 09:00", site.book.zone)
    october, november = (site.report(now, month, query) for month in ("2026-10", "2026-11"))
    before = site.report(now, "2025-10", query)
    assert sum(one.tally.value not in (0, None) for one in october.figures) > 20
    for then, compared in (
        (before, [one.last_year for one in october.figures]),
        (october, [one.previous for one in november.figures]),
    ):
        values = [None if one.figure.rows == LATER else one.tally.value for one in then.figures]
        assert values == compared
    for facet, slices in october.breakdowns.items():
        assert {one.value: one.received for one in slices} == {
            one.value: one.previous for one in november.breakdowns[facet]
        }


def test_preliminary_until_the_month_ends_then_restated_while_its_limits_run(site: Any) -> None:
    one = through(site, "11-28", "dispatched 09:05", "resolved 10:00", "notified 11:00")
    marks = lambda now: (site.report(now, "2026-11").preliminary, site.report(now, "2026-11").restated)  # noqa: E731
    assert marks("11-30 23:59:59") == (True, False)
    # The revisit is due by 12-01 24:00.
    assert marks("12-01 00:00") == (False, True)
    assert marks("12-02 00:00") == (False, True)
    assert marks("12-02 00:00:01") == (False, False)
    site.do(one, "revisited", "12-01 09:00", raised=True)
    # The matter raised is another limit of this complaint, though it is closed: three workdays from then.
    assert marks("12-04 12:00") == (False, True)
    site.do(one, "matters-dealt-with", "12-04 13:00")
    assert marks("12-04 13:00") == (False, False)


def test_a_complaint_that_still_waits_for_a_limit_restates_its_month(site: Any) -> None:
    through(site, "11-05", "dispatched 09:05")
    assert site.report("12-20 09:00", "2026-11").restated is True


@pytest.mark.parametrize(
    ("month", "due"),
    [("2026-02", "2026-02-28 24:00"), ("2026-11", "2026-11-30 24:00"), ("2026-12", "2026-12-30 24:00")],
)
def test_the_report_is_due_by_the_thirtieth_or_the_last_day(site: Any, month: str, due: str) -> None:
    site.told("2026-02-01 09:00", channel="phone", responsibility="own")
    report = site.report("2026-12-31 09:00", month)
    assert (report.due, report.due_clause) == (moment(due, site.book.zone), "R 四.8")


def test_a_report_may_be_due_some_workdays_after_the_month(site: Any) -> None:
    site.snapshot = {**site.snapshot, "report": {"due": "3 workdays", "clause": "X 1"}}
    site.told("2026-09-20 09:00", channel="phone", responsibility="own")
    # September's last 24:00 and three working days: 8, 9 and 10 October (a make-up Saturday).
    report = site.report("2026-09-25 09:00")
    assert report.due == moment("2026-10-10 24:00", site.book.zone)


# ---- broken down


def test_breakdowns_sum_to_what_was_received_and_know_who_was_in_time(site: Any) -> None:
    through(site, "10-20", "dispatched 09:05", category="noise", building="2号楼")
    for category, department, solved in (
        ("noise", "工程部", "10:00"),
        ("noise", "保安部", "20:00"),
        ("noise", "工程部", "11:00"),
        ("safety", "工程部", "12:00"),
    ):
        one = site.told("11-20 09:00", channel="phone", responsibility="own", category=category, building="3号楼")
        site.do(one, "dispatched", "11-20 09:05", department=department)
        site.do(one, "resolved", f"11-20 {solved}")
    site.told("11-20 09:00", kind="suggestion", channel="box", category="service")
    report = site.report("11-25 09:00")
    for facet, slices in report.breakdowns.items():
        assert sum(one.received for one in slices) == 5, facet
    assert [one[:6] for one in report.breakdowns["category"]] == [
        ("service", 1, 0, None, 0, 0),
        ("noise", 3, 1, None, 3, 2),
        ("safety", 1, 0, None, 1, 1),
    ]
    assert [one[:6] for one in report.breakdowns["department"]] == [
        ("工程部", 3, 1, None, 3, 3),
        ("保安部", 1, 0, None, 1, 0),
        (None, 1, 0, None, 0, 0),
    ]
    assert [(one.value, one.growth) for one in report.weaknesses["category"]] == [
        ("noise", 2),
        ("service", 1),
        ("safety", 1),
    ]
    assert [(one.value, one.growth) for one in report.weaknesses["building"]] == [("3号楼", 4)]


def test_cases_worth_a_study_say_why(site: Any) -> None:
    through(site, "11-05", "dispatched 09:05", households=5)
    back = through(site, "11-06", "dispatched 09:05", "resolved 10:00")
    site.do(back, "notified", "11-06 11:00", accepted=False)
    through(site, "11-07", "dispatched 09:05", injury=True)
    through(site, "11-08", "dispatched 09:05")
    report = site.report("11-25 09:00")
    assert [(one.id, one.number, one.why) for one in report.cases] == [
        (1, "TS202611-0001", ("collective",)),
        (2, "TS202611-0002", ("reopened",)),
        (3, "TS202611-0003", ("major",)),
    ]
    assert values(report, "worth-a-study") == [3]


def test_every_key_is_given_once(site: Any) -> None:
    keys = [figure.key for figure in FIGURES]
    assert len(set(keys)) == len(keys)
