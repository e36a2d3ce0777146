"""What went to others in writing and what they answered, where the office only assists (C 4.4.3, 4.4.5, 4.4.6)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment

PASSED, ANSWERED = "passed-on", "answered"


class Answer(NamedTuple):
    """An answer: who gave it, in which words, and which passings (`seq` of their entries) it answers."""

    seq: int
    at: Moment
    who: str | None
    text: str | None
    by: str
    of: tuple[int, ...]


class Passed(NamedTuple):
    """The matter passed on in writing: to whom, in which words; `answered_at` is None while nobody answered.

    `to` and `text` are None where they were not said or were erased; `by` is who passed it on.
    """

    seq: int
    at: Moment
    to: str | None
    text: str | None
    by: str
    answered_at: Moment | None


def passed_on(entries: Iterable[Entry]) -> tuple[list[Passed], list[Answer]]:
    """Return what was passed on and what was answered, in the order of time; `entries` are those that stand."""
    passed: list[Passed] = []
    answers: list[Answer] = []
    for entry in sorted(entries, key=lambda one: (one.at, one.seq)):
        steps = entry.body.get("steps", ()) if entry.kind == "recorded" else ()
        private: dict[str, Any] = entry.private or {}
        text, by = private.get("note"), private.get("person") or entry.actor
        if PASSED in steps:
            passed.append(Passed(entry.seq, entry.at, private.get("to"), text, by, None))
        if ANSWERED in steps:
            # What was taken down without saying which it answers, answers all that waited.
            of = tuple(entry.body.get("answers", (one.seq for one in passed)))
            answers.append(Answer(entry.seq, entry.at, private.get("from"), text, by, of))
            passed = [_answered(one, answers[-1]) for one in passed]
    return passed, answers


def _answered(one: Passed, answer: Answer) -> Passed:
    first = one.answered_at is None and one.seq in answer.of
    return one._replace(answered_at=answer.at) if first else one


def waiting(passed: Iterable[Passed], now: Moment) -> list[Passed]:
    """Return what is not answered at a moment, the one that has waited longest first."""
    return [one for one in passed if one.at <= now and (one.answered_at is None or one.answered_at > now)]
