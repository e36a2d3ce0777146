"""What a month counts beside complaints: inspections, findings, visits, their matters, and what periods left out.

The site begins on 1 August 2026; every row stands as the registers file it.
"""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl.ledger import registers
from complaintctl.rules.example import moment

Row = dict[str, Any]


def at(text: str) -> int:
    return moment(text if text[4:5] == "-" else f"2026-{text}", ZoneInfo("Asia/Shanghai"))


def inspection(number: int, kind: str, held: str, findings: list[Row]) -> tuple[str, int, dict[str, list[Row]]]:
    main = {"id": number, "number": f"JC2026-{number}", "kind": kind, "planned_at": None, "held_at": at(held)}
    main |= {"findings": len(findings), "open": 0, "dropped_at": None, "last_seq": number}
    rows = [{"inspection": number, "n": n, "department": "工程部", **row} for n, row in enumerate(findings, 1)]
    return "inspection", number, {"inspection": [main], "finding": rows}


def finding(found: str, due: str | None = None, done: str | None = None) -> Row:
    moments = {"found_at": at(found), "due_at": due and at(due), "rectified_at": done and at(done)}
    return {**moments, "checked_at": None, "closed_at": None}


def visit(number: int, kind: str, held: str, area: str | None = None, **more: Any) -> tuple[str, int, Any]:
    main = {"id": number, "number": f"ZF2026-{number}", "kind": kind, "area": area, "building": None}
    main |= {"planned_at": None, "held_at": at(held), "participants": None, "dropped_at": None, "last_seq": number}
    main |= {"sent": None, "returned": None, "satisfied": None}
    matters = more.pop("matters", [])
    rows = [{"visit": number, "n": n, "kind": "raised", "due_at": None, **row} for n, row in enumerate(matters, 1)]
    return "visit", number, {"visit": [{**main, **more}], "matter": rows}


@pytest.fixture
def report(new_site: Any) -> Any:
    """Reports September at a moment, with these things in the registers."""
    site = new_site()
    site.told("08-01 09:00", channel="phone", kind="suggestion")

    def report(now: str, *things: Any, month: str = "2026-09") -> Any:
        query = site.queries()
        registers.put_many(query._connection, things)
        return site.report(now, month, query=query)

    return report


def tally(found: Any, key: str) -> tuple[int | None, int | None]:
    one = found.figure(key).tally
    return one.numerator, one.denominator


def gaps(found: Any) -> list[tuple[str, str, str | None]]:
    return [(one.occasion.step, one.period.name, one.area) for one in found.gaps]


FORUM, ASSISTANT, JOINT = "forum-visit", "assistant-visit", "joint-inspection"


@pytest.mark.parametrize(
    ("held", "month", "missing"),
    [
        ("09-30 23:59", "2026-09", [ASSISTANT, JOINT]),
        ("10-01 00:00", "2026-09", [ASSISTANT, FORUM, JOINT]),
        ("07-01 00:00", "2026-09", [ASSISTANT, JOINT]),
        ("06-30 23:59", "2026-09", [ASSISTANT, FORUM, JOINT]),
    ],
)
def test_a_quarter_is_counted_in_the_month_in_which_it_ends(report: Any, held: str, month: str, missing: Any) -> None:
    found = report("10-08 12:00", visit(1, "forum", held), month=month)
    assert gaps(found) == [(step, "2026-Q3", None) for step in sorted(missing)]
    assert tally(found, "visits-owed-held") == (3 - len(missing), 2)
    assert tally(found, "inspections-owed-held") == (0, 1)


def test_no_period_ends_in_october(report: Any) -> None:
    found = report("11-08 12:00", month="2026-10")
    assert gaps(found) == []
    assert tally(found, "visits-owed-held") == (0, 0)


def test_while_the_quarter_runs_it_is_no_gap(report: Any) -> None:
    assert gaps(report("09-30 23:59")) == []
    assert len(gaps(report("10-01 00:00"))) == 3


def test_the_directors_year_ends_with_december(report: Any) -> None:
    found = report("2027-01-02 12:00", month="2026-12")
    assert ("director-visit", "2026", None) in gaps(found)
    found = report("2027-01-02 12:00", visit(1, "director", "12-31 23:59"), month="2026-12")
    assert ("director-visit", "2026", None) not in gaps(found)


def test_each_area_owes_its_own(report: Any) -> None:
    buildings = [
        ("building", n, {"building": [{"id": n, "code": str(n), "name": None, "area": area, "last_seq": n}]})
        for n, area in enumerate(["东区", "西区", "西区"], 1)
    ]
    found = report("10-08 12:00", *buildings, visit(1, "assistant", "09-10 10:00", area="东区"))
    assert [one for one in gaps(found) if one[0] == ASSISTANT] == [(ASSISTANT, "2026-Q3", "西区")]
    assert tally(found, "visits-owed-held") == (1, 3)


def test_findings_are_judged_by_their_own_limits(report: Any) -> None:
    """Of five: in time at the due moment itself, a minute late, run out, still running, without a limit."""
    rows = [
        finding("09-10 10:00", "09-20 18:00", "09-20 18:00"),
        finding("09-10 10:00", "09-20 18:00", "09-20 18:01"),
        finding("09-10 10:00", "09-20 18:00"),
        finding("09-10 10:00", "10-20 18:00"),
        finding("09-10 10:00"),
        finding("10-01 00:00", "10-02 18:00"),
    ]
    found = report("10-08 12:00", inspection(1, "joint", "09-10 09:00", rows))
    assert tally(found, "findings") == (5, None)
    assert tally(found, "findings-in-time") == (1, 3)
    assert found.figure("findings-in-time").tally.apart == {"running": 1, "no-clock": 1}
    assert tally(found, "inspections") == (1, None)
    assert tally(found, "inspections-owed-held") == (1, 1)


def test_what_was_raised_on_visits_and_answered_on_paper(report: Any) -> None:
    matters = [
        {"raised_at": at("09-12 10:00"), "met_at": at("09-13 10:00")},
        {"raised_at": at("09-12 10:00"), "met_at": at("10-09 10:00")},
        {"raised_at": at("09-12 10:00"), "met_at": None},
    ]
    sheets = {"sent": 200, "returned": 150, "satisfied": 120}
    things = (visit(1, "forum", "09-12 09:00", matters=matters), visit(2, "questionnaire", "09-20 09:00", **sheets))
    found = report("10-08 12:00", *things)
    # The second was dealt with only after the moment of the report.
    assert tally(found, "visit-handling-rate") == (1, 3)
    assert tally(found, "questionnaire-satisfaction") == (120, 150)
    assert found.figure("questionnaire-satisfaction").tally.apart == {"not-returned": 50}
    assert tally(found, "visits") == (2, None)
    # What is raised on visits stays out of what was raised at revisits of complaints.
    assert tally(found, "revisit-handling-rate") == (0, 0)
