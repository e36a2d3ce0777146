"""The short paths folded by themselves: steps of a dispute, what one route closes, what is told of a repair."""

from typing import Any

import pytest

from complaintctl.desk import packs
from complaintctl.rules.entries import Entry
from complaintctl.rules.paths import Paths, excluded_by

BOOK = packs.shipped_book()
PROCEDURE = BOOK.procedure_at(0)


def entry(at: int, kind: str = "disputed", **body: Any) -> Entry:
    """An entry by a command of its own; its number is a hundredth of its moment."""
    return Entry(at // 100, at // 100, "complaint/1", kind, at, at, "clerk", body, None)


def went(*entries: Entry) -> Paths:
    paths = Paths(PROCEDURE)
    for one in entries:
        list(paths.disputed(one))
    return paths


def test_a_step_begins_goes_on_and_ends() -> None:
    paths = Paths(PROCEDURE)
    assert list(paths.disputed(entry(100, route="negotiation"))) == [("disputed", "negotiation")]
    assert (paths.steps[0].ended_at, paths.route) == (None, "negotiation")
    assert list(paths.disputed(entry(200, route="negotiation", agreement=True))) == []
    ended = list(paths.disputed(entry(300, route="negotiation", outcome="settled")))
    assert ended == [("dispute-ended", "settled")]
    (step,) = paths.steps
    assert (step.at, step.ended_at, step.outcome, step.agreement) == (100, 300, "settled", True)
    assert (step.entries, step.batches) == ((1, 2, 3), (1, 2, 3))


def test_what_is_added_to_an_ended_step_changes_nothing_of_it() -> None:
    begun = (entry(100, route="mediation"), entry(200, route="mediation", outcome="failed"))
    paths = went(*begun)
    assert list(paths.disputed(entry(300, route="mediation", added=True))) == []
    (step,) = paths.steps
    assert (step.ended_at, step.outcome, step.entries, step.batches) == (200, "failed", (1, 2, 3), (1, 2, 3))
    assert [one.at for one in went(*begun, entry(300, route="mediation")).steps] == [100, 300]
    # Of two by one route it is the last one; of none by that route it begins one.
    again = went(*begun, entry(300, route="mediation", outcome="failed"), entry(400, route="litigation", added=True))
    list(again.disputed(entry(500, route="mediation", added=True)))
    assert [one.entries for one in again.steps] == [(1, 2), (3, 5), (4,)]


def test_the_next_rung_ends_those_below_it_alone() -> None:
    paths = went(entry(100, route="mediation"), entry(200, route="negotiation"))
    assert [one.outcome for one in paths.steps] == [None, None]
    assert list(paths.disputed(entry(300, route="litigation"))) == [
        ("dispute-ended", "failed"),
        ("dispute-ended", "failed"),
        ("disputed", "litigation"),
    ]
    assert [(one.outcome, one.ended_at) for one in paths.steps] == [("failed", 300), ("failed", 300), (None, None)]


def test_a_route_that_the_procedure_no_longer_knows_is_the_lowest() -> None:
    paths = went(entry(100, route="negotiation"), entry(200, route="committee"))
    assert [one.outcome for one in paths.steps] == [None, None]
    list(paths.disputed(entry(300, route="mediation")))
    assert [one.outcome for one in paths.steps] == ["failed", "failed", None]


def test_an_agreement_counts_as_it_was_last_said() -> None:
    first = entry(100, route="arbitration", agreement=True)
    assert went(first, entry(200, route="litigation")).agreement is True
    assert went(first, entry(200, route="litigation", agreement=False)).agreement is False
    assert went(entry(100, route="mediation")).agreement is None


@pytest.mark.parametrize(
    ("steps", "wanted", "agreement", "barring"),
    [
        ([], "litigation", True, "arbitration"),
        ([], "litigation", False, None),
        ([], "mediation", True, None),
        ([{"route": "arbitration"}], "litigation", None, "arbitration"),
        ([{"route": "arbitration", "outcome": "decided"}], "litigation", False, None),
        ([{"route": "arbitration", "outcome": "withdrawn"}], "litigation", None, None),
        ([{"route": "litigation"}], "arbitration", True, "litigation"),
        ([{"route": "litigation"}], "arbitration", False, "litigation"),
        ([{"route": "litigation", "outcome": "failed"}], "arbitration", True, None),
        ([{"route": "litigation", "outcome": "decided"}], "arbitration", True, "litigation"),
        ([{"route": "mediation"}], "litigation", None, None),
    ],
)
def test_what_one_route_closes(
    steps: list[dict[str, str]], wanted: str, agreement: bool | None, barring: str | None
) -> None:
    paths = went(*(entry(number * 100, **step) for number, step in enumerate(steps, 1)))
    found = excluded_by(paths, PROCEDURE, wanted, agreement)
    assert (found and found.name) == barring


def test_what_was_said_of_a_price_stands_until_it_is_said_otherwise() -> None:
    paths = Paths(PROCEDURE)
    paths.repaired(entry(100, "repair", part="own", price_told=True), 1)
    paths.repaired(entry(200, "repair", appointment=900), 1)
    assert paths.repair == ("own", True, 100)
    assert paths.appointments == [(200, 900, 1, 2)]
    paths.repaired(entry(300, "repair", price_told=False), 1)
    assert paths.repair == ("own", False, 100)
