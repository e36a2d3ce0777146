"""What the questions answer, and that none of them takes longer because the closed past has grown."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from complaintctl.ledger import looking, monthly, related
from complaintctl.ledger.derived import COUNTED, Told
from complaintctl.ledger.query import Filter, Queries
from complaintctl.ledger.store import Replica

DAY = 86_400
NOW = 1_000 * DAY


@pytest.fixture
def replica() -> Iterator[Replica]:
    replica = Replica()
    yield replica
    replica.close()


def ids(rows: list[sqlite3.Row], name: str = "id") -> list[int]:
    return [row[name] for row in rows]


# ---- the desk's day


def test_overdue_is_what_ran_out_and_may_still_be_met(replica: Replica, folded: Callable[..., Any]) -> None:
    clocks = [
        {"step": "late", "due_at": NOW - 1},
        {"step": "now", "due_at": NOW},
        {"step": "soon", "due_at": NOW + 60},
        {"step": "later", "due_at": NOW + 61},
        {"step": "met", "due_at": NOW - 5, "met_at": NOW - 1, "over": 1},
        {"step": "missed", "due_at": NOW - 5, "ended_at": NOW - 2, "ended_by": "lifted", "over": 1},
        {"step": "untimed"},
    ]
    older = [{"step": "latest", "due_at": NOW - 99}]
    replica.fill(
        [
            (folded(1, NOW - 9, clocks, department="工程部", building="3"), Told()),
            (folded(2, NOW - 100, older), Told()),
            (folded(3, NOW - 100, [], voided_at=NOW), Told()),
        ]
    )
    query = replica.query
    assert [(row["complaint"], row["step"]) for row in query.overdue(NOW)] == [(2, "latest"), (1, "late")]
    assert [row["step"] for row in query.open_clocks(NOW + 61, NOW)] == ["now", "soon"]
    assert [row["step"] for row in query.next_due([1])] == ["late", "now", "soon", "later"]
    first = query.overdue(NOW)[1]
    assert (first["number"], first["department"], first["building"], first["stage"], first["complaint_round"]) == (
        "TS202611-0001",
        "工程部",
        "3",
        "open",
        1,
    )


def test_stages_and_what_waits(replica: Replica, folded: Callable[..., Any]) -> None:
    replica.fill(
        [
            (folded(1, 10), Told()),
            (folded(2, 9, resolved_at=11), Told()),
            (folded(3, 8, resolved_at=11, notified_at=12), Told()),
            (folded(4, 7, resolved_at=11, notified_at=12, closed_at=13), Told()),
            (folded(5, 6, resolved_at=11), Told()),
            (folded(6, 5, resolved_at=11, voided_at=14), Told()),
        ]
    )
    query = replica.query
    stages = {row["id"]: row["stage"] for row in query.complaints([1, 2, 3, 4, 5, 6, 77])}
    assert stages == {1: "open", 2: "resolved", 3: "notified", 4: "closed", 5: "resolved", 6: "resolved"}
    assert ids(query.waiting_for("resolved")) == [5, 2]
    assert ids(query.waiting_for("notified")) == [3]
    assert query.count_open() == 4
    with pytest.raises(ValueError, match="waits for nothing"):
        query.waiting_for("closed")


def test_one_complaint_by_either_name(replica: Replica, folded: Callable[..., Any]) -> None:
    replica.fill([(folded(7, 10, [{"step": "a"}, {"step": "b"}], [("received", 10), ("a", 12)]), Told("words", "3-1"))])
    query = replica.query
    for name in ("7", " 07 ", "TS202611-0007", "ts202611-0007"):
        assert query.complaint_id(name) == 7
    for name in ("8", "TS202611-7", "", "x", "９" * 40, "9" * 40, "٧", "7'--"):
        assert query.complaint_id(name) is None
    assert [row["step"] for row in query.clocks_of(7)] == ["a", "b"]
    assert [(row["step"], row["at"]) for row in query.milestones_of(7)] == [("received", 10), ("a", 12)]
    assert query.told(7) == ("words", "3-1")
    assert query.complaint(8) is None


def test_put_replaces_a_complaints_rows_and_no_others(replica: Replica, folded: Callable[..., Any]) -> None:
    from complaintctl.ledger import derived

    replica.fill((folded(n, n, [{"step": "a"}], [("received", n)]), Told("电梯", "1")) for n in (1, 2))
    derived.put(replica.connection, folded(1, 5, [{"step": "b"}], [("received", 5)]), Told("漏水", "2"))
    query = replica.query
    assert [[row["step"] for row in query.clocks_of(n)] for n in (1, 2)] == [["b"], ["a"]]
    assert [row["at"] for row in query.milestones_of(1)] == [5]
    assert (ids(query.search("电梯")), ids(query.search("漏水"))) == ([2], [1])
    derived.put(replica.connection, folded(1, 5), Told())
    assert (query.search("漏水"), query.told(1), query.clocks_of(1)) == ([], ("", None), [])


def test_events_and_homes(replica: Replica, folded: Callable[..., Any]) -> None:
    replica.fill(
        [
            (folded(1, 10, category="noise"), Told("a", "3-1")),
            (folded(2, 20, category="noise", event=1), Told("b", "3-1")),
            (folded(3, 5, category="noise", event=1), Told("c", "3-2")),
            (folded(4, 30, category="order"), Told("d", "3-1")),
            (folded(5, 25, category="noise", voided_at=40), Told("", "3-1")),
        ]
    )
    query = replica.query
    assert ids(query.event_of(1)) == [3, 1, 2]
    assert ids(related.of_home(query, ["3-1"], 0, 100, category="noise")) == [2, 1]
    assert ids(related.of_home(query, ["3-1"], 11, 20, category="noise")) == []
    assert ids(related.of_home(query, ["9", "3-2", "3-1"], 0, 100)) == [4, 2, 1, 3]
    assert ids(related.of_home(query, ["3-1"], 0, 30, limit=1)) == [2]
    assert ids(related.in_events(query)) == [3, 1, 2]


# ---- adoptions


def test_what_is_in_force_at_a_moment(replica: Replica) -> None:
    from complaintctl.rules.entries import Entry

    for seq, name, start in ((1, "first", None), (4, "second", 100), (9, "third", 100), (12, "later", 500)):
        body = {"what": "procedure", "name": name, "effective_from": start, "snapshot": {"b": 1, "a": name}}
        replica.adopt(Entry(seq, seq, "site", "adopted", 50 + seq, 60, "a", body, None))
    query = replica.query
    names = {moment: query.adoption_at("procedure", moment) for moment in (-5, 99, 100, 499, 500)}
    assert {moment: one.name if one else None for moment, one in names.items()} == {
        -5: "first",
        99: "first",
        100: "third",
        499: "third",
        500: "later",
    }
    assert query.adoption_at("calendar", 5) is None
    assert [one.seq for one in query.adoptions("procedure")] == [1, 4, 9, 12]
    assert query.adoptions("procedure")[0].snapshot == '{"a":"first","b":1}'


# ---- listings, against a plain reading of all rows


def crowd(folded: Callable[..., Any], count: int, seed: int = 3) -> list[tuple[Any, Told]]:
    chance = random.Random(seed)
    made = []
    for number in range(1, count + 1):
        received = NOW - chance.randrange(400 * DAY)
        closed = received + DAY if chance.random() < 0.7 else None
        facts = {
            "kind": chance.choice(["complaint", "repair", "inquiry"]),
            "category": chance.choice(["noise", "order", "safety"]),
            "severity": chance.choice(["minor", "important", None]),
            "department": chance.choice(["工程部", "安保部", None]),
            "building": chance.choice(["1", "2", "3"]),
            "channel": chance.choice(["desk", "phone"]),
            "class": chance.choice(["1", "2", None]),
            "event": chance.choice([None, None, 1]),
            "becomes_major_at": chance.choice([None, received + 30 * DAY]),
            "resolved_at": closed,
            "notified_at": closed,
            "closed_at": closed,
            "voided_at": NOW if chance.random() < 0.05 else None,
        }
        if facts["becomes_major_at"] is not None and chance.random() < 0.3:
            facts |= {"severity": "major", "becomes_major_at": received}
        made.append((folded(number, received, **facts), Told()))
    return made


FILTERS = [
    Filter(),
    Filter(open=True),
    Filter(open=False),
    Filter(stage="open"),
    Filter(stage="closed"),
    Filter(open=True, stage="closed"),
    Filter(kind="repair"),
    Filter(category="noise"),
    Filter(severity="major"),
    Filter(severity="minor"),
    Filter(severity="major", open=True),
    Filter(severity="important", building="2"),
    Filter(class_="1"),
    Filter(department="工程部", channel="desk"),
    Filter(building="9"),
    Filter(channel="phone", category="order", kind="inquiry", open=True),
    Filter(received_from=NOW - 60 * DAY),
    Filter(received_before=NOW - 200 * DAY, category="safety"),
    Filter(received_from=NOW - 60 * DAY, received_before=NOW - 30 * DAY, severity="major"),
    Filter(event=1, kind="complaint"),
    Filter(imported=False, category="noise"),
    Filter(imported=True),
    Filter(buildings=("1", "2")),
    Filter(buildings=("2",), open=True, category="noise"),
    Filter(buildings=()),
]


def described(wanted: Filter) -> str:
    return " ".join(f"{name}={value}" for name, value in wanted._asdict().items() if value is not None)


def fits(row: dict[str, Any], wanted: Filter) -> bool:
    """The same filter, read plainly."""
    if row["voided_at"] is not None:
        return False
    is_open = row["closed_at"] is None
    severity = row["severity"]
    if row["becomes_major_at"] is not None and row["becomes_major_at"] <= NOW:
        severity = "major"
    stage = "open" if is_open else "closed"
    return (
        wanted.open in (None, is_open)
        and wanted.stage in (None, stage)
        and wanted.severity in (None, severity)
        and (wanted.received_from is None or row["received_at"] >= wanted.received_from)
        and (wanted.received_before is None or row["received_at"] < wanted.received_before)
        and all(
            getattr(wanted, name) in (None, row[name.rstrip("_")])
            for name in ("kind", "category", "class_", "department", "building", "channel", "event")
        )
        and (wanted.imported is None or wanted.imported == row["imported"])
        and (wanted.buildings is None or row["building"] in wanted.buildings)
    )


@pytest.mark.parametrize("wanted", FILTERS, ids=described)
def test_a_listing_is_what_a_plain_reading_gives(replica: Replica, folded: Callable[..., Any], wanted: Filter) -> None:
    made = crowd(folded, 300)
    replica.fill(made)
    chosen = [rows.complaint for rows, _ in made if fits(rows.complaint, wanted)]
    expected = [row["id"] for row in sorted(chosen, key=lambda row: (row["received_at"], row["id"]))]
    query = replica.query
    assert ids(query.list_complaints(wanted, now=NOW, limit=None, newest_first=False)) == expected
    assert ids(query.list_complaints(wanted, now=NOW, limit=None)) == expected[::-1]
    assert ids(query.list_complaints(wanted, now=NOW, limit=5, offset=3)) == expected[::-1][3:8]
    assert query.count_complaints(wanted, now=NOW) == len(expected)


# ---- the month


def test_the_governing_first_round_clock_of_each_counted_step(replica: Replica, folded: Callable[..., Any]) -> None:
    def clock(step: str, due: int | None, **more: Any) -> dict[str, Any]:
        return {"step": step, "started_at": 1_000, "due_at": due, **more}

    clocks = [
        clock("contacted", 8_200, met_at=8_000, over=1),
        clock("contacted", 87_400, met_at=8_000, over=1),
        clock("contacted", 500, round=2),
        clock("resolved", 5_000, ended_at=2_000, ended_by="replaced", over=1),
        clock("resolved", 4_000, ended_at=2_000, ended_by="lifted", over=1),
        clock("resolved", 6_000, ended_at=6_001, ended_by="lifted", over=1),
        clock("resolved", 7_000, ended_at=7_000, ended_by="lifted", over=1),
        clock("resolved", 9_000, met_at=8_500, over=1),
        clock("dispatched", None, ended_by="unknown", over=1),
        clock("dispatched", None, ended_by="unrecorded", over=1),
        {"step": "notified", "limit": "same day"},
        {"step": "notified", "limit": "2 hours"},
        {"step": "notified", "limit": "1 day", "ended_at": 5, "ended_by": "lifted", "over": 1},
        {"step": "revisited"},
        clock("contacted", 10, ground="promise-3"),
        clock("verified", 10),
    ]
    replica.fill([(folded(1, 1_000, clocks), Told()), (folded(2, 2_000), Told())])
    row, empty = replica.query.complaints([1, 2])
    assert (row["contacted_due"], row["contacted_met"], row["contacted_waiting"]) == (8_200, 8_000, 0)
    assert (row["resolved_due"], row["resolved_met"]) == (6_000, None)
    assert (row["dispatched_due"], row["dispatched_met"], row["dispatched_unknown"]) == (None, None, 2)
    assert (row["notified_due"], row["notified_unknown"], row["notified_waiting"]) == (None, 0, 2)
    assert (row["revisited_due"], row["revisited_waiting"]) == (None, 0)
    assert {name: empty[name] for name in COUNTED if not name.endswith(("_due", "_met"))} == {
        name: 0 for name in COUNTED if not name.endswith(("_due", "_met"))
    }


# ---- nothing grows with the closed past


def past_and_present(folded: Callable[..., Any], past: int) -> Iterator[tuple[Any, Told]]:
    """Twenty open complaints and a month of thirty; before them as many closed ones as one likes."""
    for number in range(1, past + 51):
        is_open = number > past + 30
        received = NOW - DAY - (past + 50 - number) * 3_600
        if number <= past:
            received -= 90 * DAY
        done = {} if is_open else {"resolved_at": received + 1, "notified_at": received + 2, "closed_at": received + 3}
        clocks = [
            {"step": step, "due_at": received + 60, **({} if is_open else {"met_at": received + 1, "over": 1})}
            for step in ("contacted", "resolved")
        ]
        steps = [("received", received), *([] if is_open else [("closed", received + 3)])]
        facts = {"category": "noise", "department": "工程部", "channel": "phone", "building": str(number % 3), **done}
        rows = folded(number, received, clocks, steps, severity="minor", procedure="site-standard", **facts)
        yield rows, Told(f"第{number}号 灯坏了", f"{number % 7}-{number}")


QUESTIONS: dict[str, Callable[[Queries], object]] = {
    "overdue": lambda q: q.overdue(NOW),
    "due_within": lambda q: q.open_clocks(NOW, NOW - 2 * DAY),
    "next_due": lambda q: q.next_due([1, 2]),
    "with_provisional_clocks": lambda q: q.with_provisional_clocks(),
    "waiting_for": lambda q: q.waiting_for("resolved"),
    "count_open": lambda q: q.count_open(),
    "looking.received_between": lambda q: looking.received_between(q, NOW - 2 * DAY, NOW),
    "list": lambda q: q.list_complaints(now=NOW),
    "list open": lambda q: q.list_complaints(Filter(open=True, category="noise", kind="complaint"), now=NOW),
    "list stage": lambda q: q.list_complaints(Filter(stage="notified", department="工程部"), now=NOW),
    "list area": lambda q: q.list_complaints(Filter(buildings=("none", "such")), now=NOW),
    "department_names": lambda q: q.department_names(),
    "registered": lambda q: q.registered("staff", "department", "building"),
    "list month": lambda q: q.list_complaints(
        Filter(received_from=NOW - 9 * DAY, category="noise"), now=NOW, limit=None
    ),
    **{
        f"list {name}": lambda q, name=name: q.list_complaints(Filter(**{name: "none such"}), now=NOW)  # type: ignore[misc]
        for name in ("kind", "category", "severity", "department", "building", "channel")
    },
    "list major": lambda q: q.list_complaints(Filter(severity="major"), now=NOW),
    "list event": lambda q: q.list_complaints(Filter(event=5), now=NOW),
    "count open": lambda q: q.count_complaints(Filter(open=True), now=NOW),
    "count month": lambda q: q.count_complaints(Filter(received_from=NOW - 9 * DAY), now=NOW),
    "complaint": lambda q: (q.complaint(5), q.clocks_of(5), q.milestones_of(5), q.told(5)),
    "complaint_id": lambda q: (q.complaint_id("TS202611-0005"), q.complaint_id("5")),
    "event_of": lambda q: q.event_of(5),
    "related.of_home": lambda q: related.of_home(q, ["1-1", "1-2"], NOW - 180 * DAY, NOW, still_open=True, limit=5),
    "related.open_beside": lambda q: related.open_beside(q, NOW - 3 * DAY, NOW),
    "related.in_events": lambda q: related.in_events(q),
    "related.holding": lambda q: related.holding(q, ["坏了", "不亮"], 10, (0, 10**6)),
    "related.newest": lambda q: related.newest(q),
    "related.solved": lambda q: related.solved(q, [3, 4, 5], NOW),
    "related.owed": lambda q: related.owed(q, [3, 4], NOW),
    "search": lambda q: q.search("第9号"),
    "monthly.complaints": lambda q: monthly.complaints(q, NOW - 9 * DAY, NOW, NOW),
    "monthly.done": lambda q: monthly.done(q, NOW - 9 * DAY, NOW, ["received"]),
    "monthly.each_done": lambda q: monthly.each_done(q, NOW - 9 * DAY, NOW, "closed"),
    "monthly.pledges": lambda q: monthly.pledges(q, NOW - 9 * DAY, NOW, NOW),
    "monthly.later_rounds": lambda q: monthly.later_rounds(q, [3, 4], NOW),
    "monthly.count_open_at": lambda q: monthly.count_open_at(q, NOW - 9 * DAY, [NOW - 20 * DAY]),
    "monthly.each_open_at": lambda q: monthly.each_open_at(q, NOW - 9 * DAY),
    "monthly.count_repeat_homes": lambda q: monthly.count_repeat_homes(q, NOW - 9 * DAY, NOW),
    "monthly.each_of_repeat_homes": lambda q: monthly.each_of_repeat_homes(q, NOW - 9 * DAY, NOW),
    "monthly.clocks_run": lambda q: monthly.clocks_run(q, NOW - 9 * DAY, NOW, NOW),
    "monthly.first_receipt": lambda q: monthly.first_receipt(q),
    "monthly.numbers": lambda q: monthly.numbers(q, [1, 2]),
    "looking.highest_referrals": lambda q: looking.highest_referrals(q, [1, 2]),
    "looking.untimed": lambda q: looking.untimed(q, NOW),
    "looking.unanswered": lambda q: looking.unanswered(q),
    "adoption_at": lambda q: (q.adoption_at("procedure", NOW), q.adoptions("procedure")),
    "adopted_since": lambda q: [q.adoption(seq) for seq, _ in q.adopted_since("procedure")],
}
READS_ALL_HISTORY = {"complaints", "rows", "stream", "tuples"}
"""Said so in their docstrings, or asked with as many ids as one likes."""


@pytest.fixture(scope="module")
def two_pasts(folded: Callable[..., Any]) -> Iterator[tuple[Replica, Replica]]:
    replicas = Replica(), Replica()
    for replica, past in zip(replicas, (100, 1_500), strict=True):
        replica.fill(past_and_present(folded, past))
    yield replicas
    for replica in replicas:
        replica.close()


def steps_of(replica: Replica, ask: Callable[[Queries], object]) -> int:
    """How many steps SQLite's machine takes to answer."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    replica.connection.set_progress_handler(count, 1)
    ask(replica.query)
    replica.connection.set_progress_handler(None, 1)
    return taken


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_answer_takes_longer_because_the_past_has_grown(two_pasts: tuple[Replica, Replica], name: str) -> None:
    few, many = (steps_of(replica, QUESTIONS[name]) for replica in two_pasts)
    assert few > 0
    assert many <= few * 1.3 + 60


def test_every_question_is_held_to_that() -> None:
    asked = " ".join(QUESTIONS)
    public = {name for name in vars(Queries) if not name.startswith("_")} - READS_ALL_HISTORY
    names = {"list_complaints": "list", "count_complaints": "count open", "clocks_of": "complaint"}
    names |= {
        "milestones_of": "complaint",
        "told": "complaint",
        "open_clocks": "overdue",
        "adoptions": "adoption_at",
        "adoption": "adopted_since",
    }
    for module in (monthly, looking, related):
        place = module.__name__.rpartition(".")[2]
        own = (one for one in vars(module).values() if getattr(one, "__module__", "") == module.__name__)
        public |= {f"{place}.{one.__name__}" for one in own if not one.__name__.startswith("_")}
    assert sorted(name for name in public if names.get(name, name) not in asked) == []


def test_rows_left_half_way_outlive_their_ledger_quietly(folded: Callable[..., Any]) -> None:
    """A disk that is full ends an export in the middle of a table; nothing is said but that."""
    replica = Replica()
    replica.fill([(folded(number, NOW - 9, []), Told()) for number in (1, 2)])
    rows = replica.query.stream("SELECT id FROM complaint")
    assert next(rows)["id"] == 1
    replica.close()
    rows.close()  # type: ignore[attr-defined]
