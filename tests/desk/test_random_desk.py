"""Whatever a clerk types in whatever order: the stored rows are the fold, and what is refused leaves no trace."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintctl.desk import advice, export, keep, packs, replay, site
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.close import close
from complaintctl.desk.escalate import escalate
from complaintctl.desk.extend import extend
from complaintctl.desk.link import link
from complaintctl.desk.log import Intake, log
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.office import Office
from complaintctl.desk.record import Record, record
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.revisit import Visit, revisit
from complaintctl.desk.undo import undo
from complaintctl.errors import DeskError
from complaintctl.intake import own
from complaintctl.ledger.store import Ledger
from complaintctl.rules.facts import CATEGORIES, CHANNELS, KINDS, OUTCOMES, RESPONSIBILITIES, VIAS
from complaintctl.rules.life import fold, rows

FIRST: list[dict[str, Any]] = [
    {"text": "first", "responsibility": "own", "unit": "1-101"},
    {"text": "second", "responsibility": "resident", "category": "neighbour", "phone": "15400000001"},
    {"text": "third", "kind": "repair", "channel": "letter", "danger": True, "responsibility": "building"},
]
START = 1_780_000_000
HOUR = 3600

facts = st.fixed_dictionaries(
    {"text": st.text("灯坏了楼道", min_size=1, max_size=8)},
    optional={
        "kind": st.sampled_from(KINDS),
        "channel": st.sampled_from(CHANNELS),
        "category": st.sampled_from(CATEGORIES),
        "responsibility": st.sampled_from(RESPONSIBILITIES),
        "unit": st.sampled_from(["1-101", "2-202", "3-303"]),
        "households": st.integers(1, 7),
        **dict.fromkeys(("fault", "danger", "repeated", "promise_broken", "complex", "difficult"), st.booleans()),
    },
)
ago = st.one_of(st.just(0), st.just(0), st.integers(0, 8 * HOUR))
ahead = st.integers(0, 90 * HOUR)
number = st.integers(1, 3)
forward = st.tuples(st.just("forward"), number)
step = st.one_of(
    forward,
    forward,
    forward,
    forward,
    st.tuples(st.just("log"), facts, st.one_of(st.none(), ago)),
    st.tuples(st.just("assign"), number, ago),
    st.tuples(st.just("resolve"), number, st.sampled_from(OUTCOMES), st.booleans(), ago),
    st.tuples(st.just("notify"), number, st.sampled_from(VIAS), st.sampled_from([None, True, False])),
    st.tuples(st.just("revisit"), number, st.sampled_from(["satisfied", "dissatisfied", "no-answer"]), st.booleans()),
    st.tuples(
        st.just("record"),
        number,
        st.sampled_from(["contacted", "verified", "planned", "tried", "signed", "form-returned", "matters-dealt-with"]),
        st.one_of(st.none(), ahead),
        st.booleans(),
    ),
    st.tuples(st.just("escalate"), number, st.integers(1, 5), ago),
    st.tuples(st.just("extend"), number, ahead),
    st.tuples(st.just("amend"), number, facts, st.booleans(), ago),
    st.tuples(st.just("overrule"), number, st.sampled_from(["major", "important", "minor"])),
    st.tuples(st.just("reopen"), number),
    st.tuples(st.just("close"), number),
    st.tuples(st.just("link"), number, number),
    st.tuples(st.just("undo")),
)


def do(office: Office, words: tuple[Any, ...]) -> None:
    """Do one step as the desk would."""
    now = office.now
    match words:
        case ("forward", one):
            go_on(office, str(one))
        case ("log", told, None | int() as back):
            log(office, Intake(told, now - back if back else None))
        case ("assign", one, back):
            assign(office, [str(one)], "工程部", at=now - back)
        case ("resolve", one, outcome, spot, back):
            resolve(office, str(one), Result("done", outcome, "1", spot, at=now - back))
        case ("notify", one, via, accepted):
            notify(office, str(one), Told([via], accepted))
        case ("revisit", one, answer, raised):
            revisit(office, str(one), Visit(answer, "bins" if raised else None))
        case ("record", one, name, until, agreed):
            given_time = {} if until is None else {"agreed_by" if agreed else "promise": now + until}
            record(office, [str(one)], Record([name], **given_time))
        case ("escalate", one, rung, back):
            escalate(office, str(one), str(rung), at=now - back)
        case ("extend", one, until):
            extend(office, str(one), until=now + until, reason="parts", told="by phone")
        case ("amend", one, changed, start, back):
            amend(office, str(one), Correction(changed, from_the_start=start, at=now - back))
        case ("overrule", one, value):
            amend(office, str(one), Correction(overruled={"severity": value}, reason="cleared up"))
        case ("reopen", one):
            reopen(office, str(one), reason="again")
        case ("close", one):
            close(office, str(one), reason="signed")
        case ("link", one, other):
            link(office, [str(one), str(other)])
        case _:
            undo(office)


def go_on(office: Office, name: str) -> None:
    """Take the step that the desk itself advises."""
    advised = advice.forward(office.life(office.find(name))) or "reopen"
    match advised.split()[0]:
        case "assign":
            assign(office, [name], "工程部")
        case "resolve":
            resolve(office, name, Result("done"))
        case "notify":
            notify(office, name, Told(["visit", "written"]))
        case "revisit":
            revisit(office, name, Visit("satisfied"))
        case _:
            reopen(office, name)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(step, st.integers(0, 30 * HOUR)), min_size=4, max_size=16))
def test_rows_are_the_fold_and_refusals_leave_no_trace(
    tmp_path_factory: pytest.TempPathFactory, words: list[tuple[tuple[Any, ...], int]]
) -> None:
    path = tmp_path_factory.mktemp("desk") / "site.db"
    begin(path)
    now = START
    with Ledger.open(path, write=True) as ledger:
        for told in FIRST:
            log(Office(ledger, now, "clerk"), Intake(told))
        for step_words, pause in words:
            now += pause
            office = Office(ledger, now, "clerk")
            before = ledger.head()
            try:
                do(office, step_words)
            except DeskError:
                assert ledger.head() == before
        check(ledger, Office(ledger, now, "clerk"))
        comes_back_from_its_export(ledger, Office(ledger, now, "clerk"), path.parent)


def begin(path: Path) -> None:
    start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load("site-standard"), packs.shipped_calendar())
    site.begin(str(path), START - 1000 * HOUR, "manager", start)


def check(ledger: Ledger, office: Office) -> None:
    assert keep.verify(office).findings == []
    for row in ledger.query.list_complaints(now=office.now, limit=None):
        life = fold(ledger.entries(f"complaint/{row['id']}"), office.book)
        assert life is not None
        stored = [dict(row) for row in ledger.query.clocks_of(life.id)]
        assert stored == rows(life).clocks
        for clock, state in zip(life.clocks, life.seen_at(office.now).states, strict=True):
            if clock.due_at is not None and clock.started_at is not None:
                assert clock.due_at >= clock.started_at, clock
            if state in ("met", "late"):
                assert clock.met_at is not None
        governs_strictest(life, office.now)
    again = replay.as_of(office, office.now)
    assert [dict(row) for row in again.list_complaints(now=office.now, limit=None)] == [
        dict(row) for row in ledger.query.list_complaints(now=office.now, limit=None)
    ]


def comes_back_from_its_export(ledger: Ledger, office: Office, folder: Path) -> None:
    """What is exported makes the same ledger again, to the last hash; without what is private the same rows."""
    for private in (True, False):
        file, other = folder / f"{private}.jsonl", folder / f"{private}.db"
        file.write_text("\n".join(export.lines_of(office, export.Span(), private=private)), "utf-8")
        made = own.take_over(str(file), str(other), office.now, "clerk")
        with Ledger.open(other) as again:
            assert keep.verify(Office(again, office.now, "clerk")).findings == []
            tables = ("entry", "complaint", "clock", "milestone", "told", "adoption")
            for table in tables if private else tables[1:4]:
                kept = ledger.query.tuples(f"SELECT * FROM {table}")
                assert again.query.tuples(f"SELECT * FROM {table}") == kept, table
            assert (again.head() == ledger.head()) == private == (made.without_words == 0)


def governs_strictest(life: Any, now: int) -> None:
    """Of the clocks that apply to one step, none is due before the one that governs."""
    sight = life.seen_at(now)
    for index in sight.governing:
        for other, clock in enumerate(life.clocks):
            same = clock.key == life.clocks[index].key and sight.states[other] in ("running", "overdue", "met", "late")
            if same and clock.due_at is not None:
                assert life.clocks[index].due_at <= clock.due_at
