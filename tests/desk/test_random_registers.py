"""Whatever is written into the registers in whatever order, by two hands, and taken back: rows stay the fold of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintctl.desk import (
    department,
    inspection,
    keep,
    packs,
    place_table,
    places,
    replay,
    site,
    staff,
    staff_table,
)
from complaintctl.desk import (
    inspection_finding as finding,
)
from complaintctl.desk import visit as visits
from complaintctl.desk import visit_matter as matters
from complaintctl.desk.assign import assign
from complaintctl.desk.log import Intake, log
from complaintctl.desk.office import Office
from complaintctl.desk.refused import NothingToUndo
from complaintctl.desk.undo import undo
from complaintctl.errors import DeskError
from complaintctl.ledger import registers
from complaintctl.ledger.store import Ledger
from complaintctl.reading.until import Until
from complaintctl.rules.inspection import ITEMS
from complaintctl.rules.localtime import day_end, day_of
from complaintctl.rules.occasions import INSPECTIONS, VISITS

TABLES = (*registers.TABLES, "complaint", "clock", "milestone", "told")
NAMES = ("样例甲", "样例乙", "样例丙")
START = 1_780_000_000
HOUR = 3600

#: What lies there when it begins, so that most of what is tried next finds something.
FIRST: tuple[tuple[Any, ...], ...] = (
    ("join", "样例甲", None, "东区", 0),
    ("join", "样例乙", "样例甲", None, 0),
    ("building", "1", "东区", "样例甲"),
    ("building", "2", "西区", "样例乙"),
    ("hold", "irregular", False, "样例甲", "3 workdays", 0),
    ("hold", "joint", True, "样例乙", "2 hours", 0),
    ("visit", "forum", None, None, True, 50 * HOUR, 0),
    ("visit", "assistant", None, "样例甲", True, 50 * HOUR, 0),
    ("log",),
    ("log",),
)

ago = st.one_of(st.just(0), st.just(0), st.integers(0, 200 * HOUR))
ahead = st.integers(-3 * HOUR, 300 * HOUR)
number = st.sampled_from([1, 1, 2, 2, 3])
part = st.builds("{}.{}".format, number, number)
name = st.sampled_from(NAMES)
perhaps = st.one_of(st.none(), name)
area = st.sampled_from([None, None, "东区", "西区"])
building = st.sampled_from(["1", "2", "3号楼"])
home = st.sampled_from(["1-101", "2-101", "3-301"])
until = st.one_of(
    st.none(),
    st.sampled_from(["3 workdays", "same day", "2 hours"]),
    ahead,
)
days = st.integers(-1, 40)


def one(verb: str, *values: Any) -> Any:
    return st.tuples(st.just(verb), *values)


inspecting = st.one_of(
    one("plan", st.sampled_from(INSPECTIONS), days),
    one("move", number, days),
    one("drop", number),
    one("hold", st.one_of(st.sampled_from(INSPECTIONS), number.map(str)), st.booleans(), name, until, ago),
    one("find", number, until, ago),
    one("rectify", part, perhaps, ago),
    one("recheck", part, st.booleans(), until, ago),
)
visiting = st.one_of(
    one("plan-visit", st.sampled_from(VISITS), days, area, perhaps),
    one("move-visit", number, days),
    one("drop-visit", number),
    one("visit", st.one_of(st.sampled_from(VISITS), number.map(str)), area, perhaps, st.booleans(), ahead, ago),
    one("result", number, st.integers(0, 9), st.integers(0, 9)),
    one("bring", number, st.one_of(st.none(), ahead), ago),
    one("meet", part, st.sampled_from(["raised", "asked"]), ago),
)
keeping = st.one_of(
    one("join", name, perhaps, area, ago),
    one("change", name, perhaps, perhaps, st.sampled_from([(), ("left",), ("superior", "phone")])),
    one("leave", name, ahead),
    one("department", st.sampled_from(["工程部", "客服部"]), perhaps, st.sampled_from([None, True, False])),
    one("building", building, area, perhaps),
    one("rebuilt", building, area, st.sampled_from([(), ("assistant",)])),
    one("homes", building, home, st.booleans()),
    one("people", st.lists(st.tuples(name, perhaps), max_size=3)),
    one("estate", st.lists(st.tuples(building, home), max_size=3)),
    one("forget", st.sampled_from(["staff", "visit", "inspection", "building"]), number),
)
desk_work = st.one_of(
    one("log"),
    one("assign", number, perhaps),
)
step = st.one_of(one("undo"), inspecting, inspecting, visiting, visiting, keeping, keeping, desk_work)


def when(office: Office, told: Any) -> Until | None:
    return Until(office.now + told, None, "") if isinstance(told, int) else told and Until(None, told, "")


def day(office: Office, offset: int) -> date:
    return day_of(office.now, office.zone) + timedelta(days=offset)


def inspect(office: Office, words: tuple[Any, ...]) -> None:
    now = office.now
    match words:
        case ("plan", kind, offset):
            inspection.plan(office, kind, inspection.Plan(day(office, offset), [NAMES[0]], ITEMS[:1]))
        case ("move", which, offset):
            inspection.move(office, str(which), inspection.Plan(day(office, offset)))
        case ("drop", which):
            inspection.drop(office, str(which), reason="rain")
        case ("hold", what, joint, who, limit, back):
            parties = [(code, who) for code in inspection.PARTIES] if joint else []
            found = [finding.Found("dirt", "工程部", when(office, limit))]
            held = inspection.Held([who], ITEMS[:2], parties, findings=found, photos=[("a.jpg", b"x")], at=now - back)
            inspection.hold(office, what, held)
        case ("find", which, limit, back):
            finding.find_fault(
                office, str(which), [finding.Found("dust", "客服部", when(office, limit), at=now - back)]
            )
        case ("rectify", what, who, back):
            finding.rectified(office, what, finding.Rectified("swept", who, at=now - back))
        case (_, what, passed, limit, back):
            finding.recheck(office, what, finding.Recheck(passed, when(office, limit), at=now - back))


def call_on(office: Office, words: tuple[Any, ...]) -> None:
    now = office.now
    match words:
        case ("plan-visit", kind, offset, where, who):
            visits.plan(office, kind, day_end(day(office, offset), office.zone), visits.About(where, who))
        case ("move-visit", which, offset):
            visits.move(office, str(which), day_end(day(office, offset), office.zone), visits.About())
        case ("drop-visit", which):
            visits.drop(office, str(which), "rain")
        case ("visit", what, where, who, asked, promise, back):
            brought = matters.Brought(["bins"], None, ["lift?"] if asked else [], now + promise)
            matters.record(office, what, now - back, visits.About(where, who, ["1-101"]), brought)
        case ("result", which, sent, returned):
            visits.result(office, str(which), visits.About(sent=sent, returned=returned, result="fair"))
        case ("bring", which, promise, back):
            due = None if promise is None else now + promise
            matters.bring(office, str(which), matters.Brought(["lamps"], due, ["when?"], due), now - back)
        case (_, what, kind, back):
            matters.meet(office, what, kind, "done", now - back)


def keep_up(office: Office, words: tuple[Any, ...]) -> None:
    now = office.now
    match words:
        case ("join", who, above, where, back):
            staff.add(office, staff.Particulars(who, "handler", None, where, above, "15400000001", now - back))
        case ("change", who, called, above, cleared):
            staff.change(office, who, staff.Particulars(called, superior=above), cleared)
        case ("leave", who, later):
            staff.leave(office, who, now + later)
        case ("department", called, head, opened):
            department.keep_department(office, called, department.Particulars(["facility"], head, opened))
        case ("building", code, where, who):
            places.add(office, code, places.Particulars(None, where, who, 12))
        case ("rebuilt", code, where, cleared):
            places.change(office, code, places.Particulars(area=where), cleared)
        case ("homes", code, unit, gone):
            places.units(office, code, [unit], gone=gone)
        case ("people", rows):
            cells = [{"name": who, "role": "handler", **({"superior": above} if above else {})} for who, above in rows]
            staff_table.take(office, list(enumerate(cells, 2)))
        case ("estate", rows):
            place_table.take(office, [(n, {"building": code, "unit": unit}) for n, (code, unit) in enumerate(rows, 2)])
        case (_, register, which):
            keep.forget(office, f"{register}/{which}", "asked for")


INSPECTING = ("plan", "move", "drop", "hold", "find", "rectify", "recheck")
VISITING = ("plan-visit", "move-visit", "drop-visit", "visit", "result", "bring", "meet")


def act(office: Office, words: tuple[Any, ...]) -> None:
    """Do one step as the desk would."""
    match words:
        case ("log",):
            log(office, Intake({"text": "灯坏了", "unit": "1-101", "responsibility": "own"}))
        case ("assign", which, who):
            assign(office, [str(which)], "工程部", person=who)
        case ("undo",):
            undo(office)
        case _:
            (inspect if words[0] in INSPECTING else call_on if words[0] in VISITING else keep_up)(office, words)


def stored(query: Any) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(map(tuple, query.rows(f"SELECT * FROM {table}")), key=repr) for table in TABLES}


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(step, st.integers(0, 60 * HOUR), st.sampled_from(["甲", "乙"])), min_size=5, max_size=25))
def test_rows_are_the_fold_and_refusals_leave_no_trace(
    tmp_path_factory: pytest.TempPathFactory, words: list[tuple[tuple[Any, ...], int, str]]
) -> None:
    path = tmp_path_factory.mktemp("registers") / "site.db"
    start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load("site-standard"), packs.shipped_calendar())
    site.begin(str(path), START - 1000 * HOUR, "manager", start)
    now = START
    with Ledger.open(path, write=True) as ledger:
        for step_words in FIRST:
            act(Office(ledger, now - 100 * HOUR, "甲"), step_words)
        for step_words, pause, actor in words:
            now += pause
            try_out(Office(ledger, now, actor), step_words)
        check(ledger, now)
        for actor in ("甲", "乙", "甲"):
            take_back_all(Office(ledger, now, actor))
        check(ledger, now)


def try_out(office: Office, words: tuple[Any, ...]) -> None:
    before, head = stored(office.query), office.ledger.head()
    try:
        act(office, words)
    except DeskError:
        assert (stored(office.query), office.ledger.head()) == (before, head)
    holds_together(office)


def take_back_all(office: Office) -> None:
    """Undo until nothing is left, or something rests on it."""
    for _ in range(50):
        try:
            undo(office)
        except NothingToUndo:
            return
        except DeskError:
            return
        holds_together(office)
    raise AssertionError("taking back never ends")


def check(ledger: Ledger, now: int) -> None:
    office = Office(ledger, now, "甲")
    assert keep.verify(office).findings == []
    before = stored(ledger.query)
    assert stored(replay.as_of(office, now)) == before
    replay.rebuild(office)
    assert stored(ledger.query) == before


def holds_together(office: Office) -> None:
    """Nobody is above himself or bears another's name, whoever is named is known, what is due follows its start."""
    people = {row["id"]: row for row in office.query.rows("SELECT * FROM staff")}
    here = [row["name"] for row in people.values() if row["name"] and (row["left_at"] or 2**60) > office.now]
    assert len(here) == len(set(here))
    for row in people.values():
        above, seen = row["superior"], {row["id"]}
        while above is not None:
            assert above in people and above not in seen
            seen.add(above)
            above = people[above]["superior"]
    for sql in ("SELECT head FROM department", "SELECT assistant FROM building"):
        assert all(who[0] is None or who[0] in people for who in office.query.rows(sql))
    for row in office.query.rows("SELECT * FROM duty"):
        assert row["due_at"] is None or row["due_at"] >= row["started_at"]
        assert row["met_at"] is None or row["met_at"] >= row["started_at"]
