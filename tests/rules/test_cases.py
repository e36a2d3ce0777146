"""Runs the rule cases of tests/cases: what was told and done, and what the desk must see at a moment.

A case looks once (`at` beside the rest) or several times (`[[case.look]]`); each look knows only the steps up
to its own moment, as the desk would have known them then. The moments expected were reckoned by hand.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl import procedures
from complaintctl.procedures import holidays
from complaintctl.rules import example, pack
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.facts import FACETS, FACTS
from complaintctl.rules.life import fold
from complaintctl.rules.localtime import shown
from complaintctl.rules.procedure import Procedure

CASES = Path(__file__).parents[1] / "cases"
ZONE = ZoneInfo("Asia/Shanghai")

#: What the calendar and the reading of texts are tested by.
OTHER_FILES = {"moments.toml", "time.toml", "reading.toml", "like.toml"}

CASE_KEYS = {"id", "title", "procedure", "told", "steps", "look"}
LOOK_KEYS = {"at", "judged", "due", "absent", "stage", "round"}
EXPECTED_KEYS = {"step", "pack", "clause", "rung", "round", "at", "state", "governs", "provisional", "duty"}
TOLD_KEYS = set(FACTS) | {"at", "nameless", "agreed_by", "imported"}
STEP_KEYS = {
    "step", "at", "rung", "outcome", "form_returned", "via", "accepted", "note", "answer", "raised", "promise",
    "agreed_by", "until", "amend", "from_the_start", "overrule", "withdraw", "households", "since", "understood",
    "appointment",
    "action", "effective",
}  # fmt: skip
STATES = {
    "waiting",
    "running",
    "met",
    "late",
    "overdue",
    "replaced",
    "lifted",
    "missed",
    "untimed",
    "done",
    "unknown",
    "unrecorded",
}


def load() -> Iterator[dict[str, Any]]:
    """Yield every case of a complaint, with its procedure filled in; other files hold cases of other kinds."""
    for file in sorted(CASES.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        if file.name not in OTHER_FILES:
            yield from ({"procedure": content["procedure"], **case} for case in content["case"])


ALL = list(load())


@cache
def book(procedure: str) -> Book:
    snapshot = pack.parse(procedures.text(procedure), procedures.common(), procedure)
    return Book(ZONE, [(0, Procedure(snapshot))], [(0, Calendar.from_snapshot(holidays.shipped()))])


def looks(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a case's looks as examples, each with the steps that had happened by its moment."""
    found = []
    for look in case.get("look", [case]):
        now = example.moment(look["at"], ZONE)
        steps = [step for step in case.get("steps", []) if example.moment(step["at"], ZONE) <= now]
        seen = {key: look[key] for key in LOOK_KEYS & set(look)}
        found.append({"told": case["told"], "steps": steps, **seen})
    return found


def there_after_all(look: Mapping[str, Any], book: Book) -> Iterator[str]:
    """Yield each clock that stands there though the look says that it must not."""
    life = fold(example.Script(look, ZONE).entries, book)
    assert life is not None
    states = life.seen_at(example.moment(look["at"], ZONE)).states
    for unwanted in look.get("absent", ()):
        for index in example.matching(unwanted, life):
            clock = life.clocks[index]
            due = "none" if clock.due_at is None else shown(clock.due_at, ZONE)
            if unwanted.get("state", states[index]) == states[index] and unwanted.get("at", due) == due:
                yield f"{unwanted}: {clock.id} {clock.clause}, due {due}, {states[index]}"


def others_duty(look: Mapping[str, Any], book: Book) -> Iterator[str]:
    """Yield each expected clock that is the duty of others than the look says."""
    life = fold(example.Script(look, ZONE).entries, book)
    assert life is not None
    for expected in look.get("due", ()):
        found = [list(life.clocks[index].duty) for index in example.matching(expected, life)]
        if "duty" in expected and expected["duty"] not in found:
            yield f"{expected}: the duty of {found}"


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_case(case: dict[str, Any]) -> None:
    wrong = []
    for look in looks(case):
        told = {key: value for key, value in look.items() if key != "absent"}
        for one in example.run(told, book(case["procedure"])):
            wrong.append(f"at {look['at']}: {one.what}: expected {one.expected}, found {one.found}")
        wrong.extend(f"at {look['at']}: {one}" for one in others_duty(look, book(case["procedure"])))
        wrong.extend(f"at {look['at']}: not expected {one}" for one in there_after_all(look, book(case["procedure"])))
    assert not wrong, "\n".join([case["title"], *wrong])


@pytest.mark.parametrize("case", ALL, ids=[case["id"] for case in ALL])
def test_case_is_well_formed(case: dict[str, Any]) -> None:
    """A misspelt key would make a case say less than it seems to."""
    several = "look" in case
    assert set(case) <= CASE_KEYS | (set() if several else LOOK_KEYS)
    assert set(case["told"]) <= TOLD_KEYS
    for step in case.get("steps", []):
        assert set(step) <= STEP_KEYS
        assert set(step.get("amend", {})) <= {*FACTS, "nameless"}
        assert set(step.get("overrule", {})) | set(step.get("withdraw", [])) <= set(FACETS)
    moments = [example.moment(step["at"], ZONE) for step in case.get("steps", [])]
    assert moments == sorted(moments)
    for look in case["look"] if several else [case]:
        assert {"judged", "due", "absent", "stage", "round"} & set(look), "a look that expects nothing"
        assert set(look) <= (LOOK_KEYS if several else CASE_KEYS | LOOK_KEYS)
        assert set(look.get("judged", {})) <= {*FACETS, "category"}
        for expected in [*look.get("due", []), *look.get("absent", [])]:
            assert set(expected) <= EXPECTED_KEYS
            assert expected.get("state", "running") in STATES
            assert "due" not in look or expected in look.get("absent", []) or {"at", "state"} & set(expected)


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in ALL]
    assert len(ids) == len(set(ids))
    assert len(ids) >= 250
