"""What waits to be signed, over all complaints: which rows, in which order, and at which cost."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from complaintctl.ledger.derived import Told
from complaintctl.ledger.signatures import Narrowed, count_waiting, waiting
from complaintctl.ledger.store import Replica

NOW = 1_000_000


@pytest.fixture
def replica() -> Iterator[Replica]:
    made = Replica()
    yield made
    made.close()


def paper(step: str, since: int | None, **more: Any) -> dict[str, Any]:
    return {"step": step, "started_at": since, "duty": "manager", **more}


def found(replica: Replica, *steps: str, **wanted: Any) -> list[tuple[int, str]]:
    return [(row["complaint"], row["step"]) for row in waiting(replica.query, steps, NOW, Narrowed(**wanted))]


def test_the_longest_waiting_comes_first_whatever_the_step(replica: Replica, folded: Callable[..., Any]) -> None:
    replica.fill(
        [
            (folded(1, 100, [paper("opinion", 900), paper("reviewed", 300)]), Told()),
            (folded(2, 200, [paper("opinion", 200)], department="工程部"), Told()),
            (folded(3, 300, [paper("opinion", 200, duty="department,supervisor")], department="保洁部"), Told()),
        ]
    )
    every = [(2, "opinion"), (3, "opinion"), (1, "reviewed"), (1, "opinion")]
    assert found(replica, "reviewed", "opinion") == every
    assert found(replica, "opinion") == [(2, "opinion"), (3, "opinion"), (1, "opinion")]
    assert found(replica, "opinion", "reviewed", most=1) == [(2, "opinion"), (1, "reviewed")]
    assert found(replica, "opinion", role="supervisor") == [(3, "opinion")]
    assert found(replica, "opinion", role="super") == []
    assert found(replica, "opinion", "reviewed", department="工程部") == [(2, "opinion")]
    assert count_waiting(replica.query, ["opinion", "reviewed", "none"], NOW, 2) == {
        "opinion": 2,
        "reviewed": 1,
        "none": 0,
    }


@pytest.mark.parametrize(
    ("clock", "waits"),
    [
        ({"started_at": NOW}, True),
        ({"started_at": NOW + 1}, False),
        ({"started_at": None}, False),
        ({"met_at": 500, "over": 1}, False),
        ({"ended_at": 500, "over": 1}, False),
        ({"ended_at": NOW}, False),
        ({"ended_at": NOW + 1}, True),
    ],
)
def test_what_is_signed_over_or_to_come_does_not_wait(
    replica: Replica, folded: Callable[..., Any], clock: dict[str, Any], waits: bool
) -> None:
    replica.fill([(folded(1, 100, [{**paper("opinion", 100), **clock}]), Told())])
    assert (found(replica, "opinion") == [(1, "opinion")]) is waits
    assert count_waiting(replica.query, ["opinion"], NOW, 9) == {"opinion": int(waits)}


def test_two_demands_for_one_signature_stand_once_by_the_first(replica: Replica, folded: Callable[..., Any]) -> None:
    clocks = [
        paper("opinion", 100, met_at=150, over=1),
        paper("opinion", 300, round=2),
        paper("opinion", 200, round=1),
        paper("opinion", 200, round=1),
    ]
    replica.fill([(folded(1, 100, clocks), Told())])
    rows = waiting(replica.query, ["opinion"], NOW, Narrowed())
    assert [(row["started_at"], row["round"]) for row in rows] == [(200, 1)]
    assert count_waiting(replica.query, ["opinion"], NOW, 9) == {"opinion": 1}


def test_a_signature_with_a_limit_is_listed_too(replica: Replica, folded: Callable[..., Any]) -> None:
    replica.fill([(folded(1, 100, [paper("opinion", 100, due_at=5_000)]), Told())])
    assert [row["due_at"] for row in waiting(replica.query, ["opinion"], NOW, Narrowed())] == [5_000]


def steps_taken(replica: Replica, ask: Callable[[], object]) -> int:
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    replica.connection.set_progress_handler(count, 1)
    ask()
    replica.connection.set_progress_handler(None, 1)
    return taken


def test_what_was_signed_long_ago_costs_nothing(folded: Callable[..., Any]) -> None:
    asked: dict[str, list[int]] = {"list": [], "count": []}
    for past in (50, 1_000):
        replica = Replica()
        rows = []
        for number in range(1, past + 21):
            signed = {"met_at": number + 5, "over": 1} if number <= past else {}
            # What follows has not begun: it is there on every complaint and waits for nobody.
            clocks = [paper("reviewed", number, **signed), paper("manager-opinion", None)]
            rows.append((folded(number, number, clocks, closed_at=number + 1), Told()))
        replica.fill(rows)
        steps = ["reviewed", "manager-opinion"]
        assert len(waiting(replica.query, steps, NOW, Narrowed(50))) == 20
        asked["list"].append(steps_taken(replica, lambda: waiting(replica.query, steps, NOW, Narrowed(50))))  # noqa: B023
        asked["count"].append(steps_taken(replica, lambda: count_waiting(replica.query, steps, NOW, 1_000)))  # noqa: B023
        replica.close()
    for few, many in asked.values():
        assert 0 < many <= few * 1.2
