"""Another procedure tried on the sample: sane under every pack, equal to what the month says, and ten rows by hand."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from complaintctl import procedures
from complaintctl.desk import packs
from complaintctl.desk.office import Office
from complaintctl.ledger.looking import received_between
from complaintctl.ledger.store import Ledger
from complaintctl.reports import figures
from complaintctl.reports.figure import reckon
from complaintctl.reports.gather import Gathered
from complaintctl.reports.overdue import overdue
from complaintctl.reports.simulate import Simulation, replay
from complaintctl.reports.span import named
from complaintctl.reports.view import View
from complaintctl.rules.example import moment
from complaintctl.rules.life import fold
from complaintctl.rules.localtime import shown
from complaintctl.rules.procedure import Procedure
from complaintctl.rules.simulate import LATE, asked

ROOT = Path(__file__).parents[1]
END = "2026-09-30 18:00"
MONTHS = ("2026-08", "2026-09")
RATES = {
    "dispatched": "dispatched-on-time",
    "contacted": "contacted-on-time",
    "resolved": "timely-rate",
    "notified": "notified-on-time",
}


@pytest.fixture(scope="module")
def office(sample_folder: Path) -> Iterator[Office]:
    """The sample's first two months, open for reading; what came later has no part in this."""
    calendar = packs.shipped_calendar()
    with Ledger.open(sample_folder / "two-months.db") as ledger:
        yield Office(ledger, moment(END, calendar.zone), "样例")


def tried(office: Office, snapshot: dict[str, Any], since: str = "2026-08-01", until: str = "2026-10-01") -> Simulation:
    start, end = (moment(f"{day} 00:00", office.zone) for day in (since, until))
    ids = received_between(office.query, start, end)
    return replay(office.ledger, ids, office.book, Procedure(snapshot), office.now, until_recorded=office.now)


def renamed(snapshot: dict[str, Any], name: str) -> dict[str, Any]:
    return {**json.loads(json.dumps(snapshot)), "id": name}


# ---- sane under every pack


@pytest.mark.parametrize("pack", procedures.SHIPPED)
def test_the_sums_agree_with_the_changes(office: Office, pack: str) -> None:
    """What is late more, row by row, is what the changes list; what a pack does not ask for is never late."""
    found = tried(office, renamed(packs.load(pack), "tried"), "2026-09-01", "2026-10-01")
    assert found.complaints == found.lived.total() > 90
    parts = (found.first, found.later, found.repairs, found.later_repairs)
    tables = [item for table in parts for item in table.items()]
    more = sum(then.late - now.late for _, (now, then) in tables)
    worse = sum(one.worse for one in found.changes)
    assert more == worse - (len(found.changes) - worse)
    for _, (now, then) in tables:
        assert 0 <= now.late <= now.asked and 0 <= then.late <= then.asked
    for one in found.changes:
        assert (one.state in LATE) != (one.simulated_state in LATE)
    for work in found.work.departments.values():
        for side in (work.now, work.simulated):
            assert 0 <= side.late <= side.limited <= work.jobs
            assert 0 <= side.outside <= side.short <= work.elapsed
        assert 0 <= work.office <= work.elapsed and work.complaints <= work.jobs
    if pack == "site-standard":
        assert found.changes == [] and all(now == then for _, sides in tables for now, then in [_counts(sides)])
    if pack == "owner-mechanism":
        assert worse == 0 and not any(then.asked for _, (_, then) in tables)
        assert not any(telling.simulated for telling in found.told.values())


def _counts(sides: tuple[Any, Any]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    now, then = ((one.asked, one.late, one.running, one.unknown) for one in sides)
    return now, then


def test_a_stricter_copy_is_never_easier(office: Office) -> None:
    """Class 1 in two hours: only what depends on it gets worse, nothing better."""
    snapshot = renamed(packs.load("site-standard"), "stricter")
    for clock in snapshot["clocks"]:
        if clock["id"] == "Q-class-1":
            clock["limit"] = "2 hours"
    found = tried(office, snapshot)
    assert sum(one.worse for one in found.changes) > 20
    # Save where somebody told the superior before he had to: under the earlier limit that was just in time.
    assert {(one.step, one.simulated_state) for one in found.changes if not one.worse} <= {("referred", "met")}
    assert {(one.step, one.ground) for one in found.changes} <= {
        *(("resolved", ""), ("referred", "late"), ("referred", "silent")),
        # An extension that came after the two hours replaces nothing and is kept as a promise.
        *(("word-given", f"promise-{number}") for number in range(10_000)),
    }
    for work in found.work.departments.values():
        assert work.simulated.allowed <= work.now.allowed and work.simulated.short >= work.now.short
    assert len(found.told[2, "late"].simulated) > len(found.told[2, "late"].now)


# ---- equal to what the month and overdue say


@pytest.mark.parametrize("month", MONTHS)
def test_late_and_asked_are_the_numbers_of_the_month(office: Office, month: str) -> None:
    span = named(month, office.zone)
    year, number = map(int, month.split("-"))
    found = tried(office, packs.load("service-code"), f"{month}-01", f"{year}-{number + 1:02}-01")
    gathered = Gathered(office.query, span, office.now)
    for step, key in RATES.items():
        figure = figures.find(key)
        assert figure is not None
        tally = reckon(figure, gathered.sheet(figure.rows))
        parts = [found.first[step, None, None][0]]
        if key == "timely-rate":
            parts.append(found.repairs[step, None, None][0])
        late, asked_ = sum(one.late for one in parts), sum(one.asked for one in parts)
        assert tally.numerator is not None and tally.denominator
        assert (asked_ - late, asked_) == (tally.numerator, tally.denominator), step
        assert sum(one.running for one in parts) == tally.apart.get("running", 0)
        assert sum(one.unknown for one in parts) == tally.apart.get("unknown", 0)


def test_what_is_overdue_is_what_overdue_lists(office: Office) -> None:
    listed = {
        (row["id"], row["round"], row["step"], row["rung"], row["ground"] or "")
        for row in overdue(View(office.ledger, office.now))
        if row["subject"] == "complaint"
    }
    found = set()
    for row in office.query.list_complaints(None, now=office.now, limit=None):
        life = fold(office.ledger.entries(f"complaint/{row['id']}"), office.book)
        assert life is not None
        for one in asked(life, office.now).values():
            if one.state == "overdue":
                found.add((life.id, one.round, one.step, one.rung, one.ground))
    assert found == listed and len(listed) > 10


# ---- ten complaints by hand, on the page

CHANGE = re.compile(r"`([a-z-]+)(?: (\d))? (–|[\d: -]+) → (–|[\d: -]+), (–|[\d: -]+)`")


def test_ten_complaints_of_the_page_come_out_as_reckoned_by_hand(office: Office) -> None:
    page = (ROOT / "docs" / "simulate.md").read_text("utf-8").partition("Ten complaints of the sample")[2]
    rows = re.findall(r"^\| (TS\d{6}-\d{4}) \| .+? \| (.+?) \| (.+?) \|$", page, re.M)
    assert len(rows) == 10
    found = tried(office, packs.load("work-instruction"))

    def said(at: int | None, *, due: bool = True) -> str:
        return "–" if at is None else shown(at, office.zone, due=due)[5:]

    changes = {
        number: [
            {
                (
                    one.step,
                    str(one.rung or ""),
                    said(one.due_at),
                    said(one.simulated_due_at),
                    said(one.met_at, due=False),
                )
                for one in found.changes
                if one.number == number and one.worse == worse
            }
            for worse in (True, False)
        ]
        for number, *_ in rows
    }
    for number, *cells in rows:
        assert [set(CHANGE.findall(cell)) for cell in cells] == changes[number], number
        for cell in cells:
            assert cell == "–" or len(CHANGE.findall(cell)) == cell.count("`") // 2
