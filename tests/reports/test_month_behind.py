"""The complaints behind a figure are those that the figure counted; sites put together give what they came to."""

from collections.abc import Callable
from typing import Any

import pytest

from complaintctl.ledger import monthly
from complaintctl.ledger.query import Queries
from complaintctl.reports.behind import behind, rows
from complaintctl.reports.figure import COUNT, RATE, Figure, Sheet, median, percentile, reckon
from complaintctl.reports.figures import AGES, BESIDE, FIGURES, find, steps_of
from complaintctl.reports.gather import Gathered


@pytest.fixture(scope="module")
def busy(new_site: Callable[..., Any]) -> Any:
    """A month with something behind nearly every figure: the questions over it, and its report."""
    site = new_site(households=300)
    for number in range(6):
        one = site.told(
            f"11-0{number + 1} 09:00",
            channel="phone",
            responsibility="own" if number % 3 else "outside",
            unit=f"3-1-10{number % 4}",
            households=5 if number == 2 else 1,
        )
        site.do(one, "dispatched", f"11-0{number + 1} 09:{5 + number:02d}")
        site.do(one, "contacted", f"11-0{number + 1} 10:00", promise=f"11-0{number + 1} {11 + number}:00")
        site.do(one, "referred", f"11-0{number + 1} 10:10", rung=number % 5 + 1)
        site.do(one, "chased", f"11-0{number + 1} 10:20")
        site.do(one, "chased", f"11-0{number + 1} 10:25")
        if number < 5:
            site.do(one, "resolved", f"11-0{number + 1} {12 + number}:30")
            site.do(one, "notified", f"11-0{number + 1} {13 + number}:00", accepted=number != 3)
        if number < 3:
            answer = ("satisfied", "no-answer", "dissatisfied")[number]
            site.do(one, "revisited", f"11-1{number} 09:00", answer=answer, raised=number == 0)
        if number == 0:
            site.do(one, "matters-dealt-with", "11-11 09:00")
            site.do(one, "reopened", "11-12 09:00")
    site.told("11-08 09:00", kind="suggestion", channel="box")
    site.told("11-08 09:00", channel="phone", responsibility="unknown")
    query = site.queries()
    return query, site.report("11-20 09:00", query=query)


def gathered(query: Queries, report: Any) -> Gathered:
    return Gathered(query, report.span, report.as_of)


@pytest.mark.parametrize("figure", [one for one in FIGURES if one.rows != BESIDE], ids=lambda figure: figure.key)
def test_what_is_listed_is_what_was_counted(busy: Any, figure: Figure) -> None:
    query, report = busy
    tally = report.figure(figure.key).tally
    found = behind(figure, gathered(query, report))
    parts: dict[str, int] = {}
    for one in found:
        parts[one.part] = parts.get(one.part, 0) + one.times
    if figure.key == "repeat-units":
        # Two homes, of two complaints each, are one figure of two and four lines.
        assert (tally.value, parts) == (2, {"counted": 4})
        return
    if figure.kind == COUNT:
        assert parts.get("counted", 0) == tally.value
    elif figure.kind == RATE:
        assert parts.get("numerator", 0) == tally.numerator
        if not figure.by:
            assert parts.get("denominator", 0) == tally.denominator - tally.numerator
    else:
        assert parts.get("counted", 0) == tally.denominator
        assert all(one.seconds is not None for one in found if one.part == "counted")
    assert {reason: n for reason, n in parts.items() if reason in tally.apart} == {
        reason: n for reason, n in tally.apart.items() if n
    }


def test_what_speaks_against_a_rate_is_listed_first(busy: Any) -> None:
    timely = find("timely-rate")
    assert timely is not None
    parts = [one.part for one in behind(timely, gathered(*busy))]
    assert parts == sorted(parts, key=["denominator", "numerator", "no-clock", "running"].index)
    assert parts[0] == "denominator"


def test_nothing_private_is_listed(busy: Any) -> None:
    everything = find("received")
    assert everything is not None
    listed = rows(everything, gathered(*busy))
    assert len(listed) == 8
    assert set(listed[0]) == {
        *("number", "received_at", "kind", "category", "severity", "department", "building", "stage"),
        *("id", "part", "times", "seconds"),
    }


def test_rows_of_many_sites_put_together_give_one_figure(make_site: Callable[..., Any]) -> None:
    sheets = []
    for solved in (("10:00", "20:00"), ("10:00", "10:00", "10:00")):
        site = make_site()
        for when in solved:
            one = site.told("11-20 09:00", channel="phone", responsibility="own")
            site.do(one, "dispatched", "11-20 09:05")
            site.do(one, "resolved", f"11-20 {when}")
        query = site.queries()
        sheets.append(gathered(query, site.report("11-25 09:00", query=query)))
    timely, speed = find("timely-rate"), find("time-to-resolve-median")
    assert timely is not None
    assert speed is not None
    for figure, expected in ((timely, (0.8, 4, 5)), (speed, (3600, None, 5))):
        together = [month.sheet(figure.rows) for month in sheets]
        cells = [cell for sheet in together for cell in sheet.cells]
        assert reckon(figure, Sheet(together[0].columns, cells))[:3] == expected


@pytest.mark.parametrize(
    ("times", "middle", "nine"),
    [([7], 7, 7), ([1, 2], 1, 2), ([1, 4], 2, 4), ([1, 2, 9], 2, 9), (list(range(1, 101)), 50, 90)],
)
def test_median_and_nearest_rank(times: list[int], middle: int, nine: int) -> None:
    assert (median(times), percentile(times, 90)) == (middle, nine)


# ---- the questions are answered through an index


def plan(query: Queries, sql: str, **values: int) -> list[str]:
    values = {"start": 0, "end": 1, "now": 1, "moment": 1, **values}
    return [row[3] for row in query.tuples(f"EXPLAIN QUERY PLAN {sql}", values)]


@pytest.mark.parametrize(
    ("sql", "indexes"),
    [
        (f"SELECT {monthly._FIRST_OUTCOME} {monthly._RECEIVED}", {"complaint_received"}),
        (f"SELECT {monthly._PLEDGE[3]} {monthly._PLEDGED}", {"clock_pledged"}),
        (f"SELECT count(*) {monthly._STILL_OPEN}", {"complaint_open"}),
        (f"SELECT count(*) {monthly._CLOSED_SINCE}", {"complaint_closed"}),
        (monthly._CAME_BACK, {"milestone_detailed"}),
        (monthly._CLOCKS_RUN, {"clock_open", "complaint_open"}),
        (f"SELECT count(*) {monthly._HOMES}", {"complaint_kind"}),
        ("SELECT min(received_at) FROM complaint WHERE voided_at IS NULL", {"complaint_received"}),
    ],
)
def test_no_question_of_the_month_reads_a_whole_table(site: Any, sql: str, indexes: set[str]) -> None:
    site.told("11-05 09:00", channel="phone", responsibility="own")
    steps = plan(site.queries(), sql)
    assert indexes <= {word for step in steps for word in step.split()}, steps
    tables = ("complaint", "clock", "milestone", "told", "c", "k", "m", "r", "t")
    assert not [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables], steps


def test_what_is_asked_of_many_rows_is_answered_by_the_index_alone(site: Any) -> None:
    site.told("11-05 09:00", channel="phone", responsibility="own")
    query = site.queries()
    closings = "SELECT count(*) FROM milestone INDEXED BY milestone_step WHERE step = 'closed' AND at >= 1"
    for sql, index in (
        (closings, "milestone_step"),
        (f"SELECT step, round, rung, detail {monthly._DETAILED}", "milestone_detailed"),
        (f"SELECT {', '.join(monthly._PLEDGE)} {monthly._PLEDGED}", "clock_pledged"),
        (f'SELECT "limit", over, ground {monthly._LATER_CLOCKS.format(marks="1, 2")}', "clock_later"),
    ):
        steps = plan(query, sql)
        table = index.partition("_")[0]
        assert steps[0].startswith(f"SEARCH {table} USING COVERING INDEX {index} "), steps
        assert not [step for step in steps if "PRIMARY KEY" in step], steps


def test_the_steps_asked_about_closely_are_those_with_an_index() -> None:
    assert steps_of(FIGURES)[1] == sorted(monthly.DETAILED)


def test_bands_of_age_grow() -> None:
    assert [days for _, days in AGES] == sorted(days for _, days in AGES)
