"""Where what was proposed from the texts was overruled, by what, with which words and reasons; and words to add.

Nothing here changes what is proposed: an office reads it and decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from complaintctl.ledger.store import Ledger
from complaintctl.reading.lexicon import ORDER, Lexicon
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import FACTS

Value = str | bool | int
#: An overruled proposal: the fact, what was proposed (None: nothing), what holds by the clerk's word.
Change = tuple[str, Value | None, Value]

_KINDS = ("logged", "amended", "undone")
_MOST_WORDS, _MOST_REASONS, _MOST_NUMBERS = 5, 5, 20


class Case(NamedTuple):
    """One complaint as it was read: what was proposed, and what the clerk said otherwise, with words and reasons."""

    number: str
    home: str
    text: str
    proposed: dict[str, Value]
    changes: dict[str, Change]
    words: dict[str, list[str]]
    reasons: dict[str, str]


class Overruled(NamedTuple):
    """How often one proposal gave way to one value.

    `of` is how often that was proposed at all; where nothing was, how many texts there are.
    """

    fact: str
    proposed: Value | None
    stated: Value
    times: int
    of: int
    words: list[tuple[str, int]]
    reasons: list[str]
    numbers: list[str]


class Review(NamedTuple):
    """What a review found: texts read, facts proposed, how many of these gave way, where; and words to add."""

    since: int | None
    texts: int
    proposed: int
    overruled: int
    rows: list[Overruled]
    suggested: list[Any]


def review(ledger: Ledger, lexicon: Lexicon, since: int | None = None) -> Review:
    """Look through all complaints received from `since` on (all of them where it is None)."""
    from complaintctl.reports.suggested import suggested

    found = list(cases(ledger, since))
    rows = _rows(found)
    gave_way = sum(one.times for one in rows if one.proposed is not None)
    proposed = sum(len(one.proposed) for one in found)
    return Review(since, len(found), proposed, gave_way, rows, suggested(found, lexicon))


def cases(ledger: Ledger, since: int | None) -> Iterator[Case]:
    """Yield every complaint whose text was read and whose taking down stands."""
    for _, group in groupby(ledger.entries_of_kinds("complaint", _KINDS), key=lambda entry: entry.subject):
        kept = standing(group)
        first = next((entry for entry in kept if entry.kind == "logged"), None)
        if first is None or (since is not None and first.at < since):
            continue
        # What was imported, or played from a script that states all, was read by nobody.
        if first.body.get("proposed") or "read" in first.body:
            yield _case(first, [entry for entry in kept if entry.kind == "amended"])


def _case(first: Entry, amendments: Sequence[Entry]) -> Case:
    private = first.private or {}
    facts, read = first.body["facts"], first.body.get("read", {})
    # The register may propose a fact as well; only texts can be read better.
    unread = {name for name in first.body["proposed"] if name not in ORDER}
    standing_ones = {name: facts[name] for name in first.body["proposed"] if name not in unread and name in facts}
    proposed = {**standing_ones, **{name: value for name, value in read.items() if value is not None}}
    last: dict[str, tuple[Value, str | None]] = {name: (facts[name], private.get("reason")) for name in read}
    for entry in amendments:
        reason = (entry.private or {}).get("reason")
        last |= {name: (value, reason) for name, value in entry.body.get("facts", {}).items() if name in ORDER}
    changes = {
        name: (name, proposed.get(name), value)
        for name, (value, _) in last.items()
        if value is not None and value != proposed.get(name, FACTS[name].default)
    }
    reasons = {name: str(last[name][1]) for name in changes if last[name][1]}
    number, home = str(first.body["number"]), str(private.get("unit") or first.subject)
    return Case(number, home, str(private.get("text") or ""), proposed, changes, private.get("words") or {}, reasons)


def _rows(found: Sequence[Case]) -> list[Overruled]:
    times = Counter((fact, value) for case in found for fact, value in case.proposed.items())
    by_change: dict[Change, list[Case]] = {}
    for case in found:
        for change in case.changes.values():
            by_change.setdefault(change, []).append(case)
    rows = [_row(change, those, times, len(found)) for change, those in by_change.items()]
    return sorted(rows, key=lambda row: (-row.times, ORDER.index(row.fact), str(row.proposed), str(row.stated)))


def _row(change: Change, those: Sequence[Case], all_times: Counter[tuple[str, Value]], texts: int) -> Overruled:
    fact, proposed, stated = change
    words = Counter(word for case in those for word in case.words.get(fact, ()) if proposed is not None)
    return Overruled(
        fact,
        proposed,
        stated,
        len(those),
        texts if proposed is None else all_times[fact, proposed],
        words.most_common(_MOST_WORDS),
        _few((case.reasons[fact] for case in those if fact in case.reasons), _MOST_REASONS),
        _few((case.number for case in those), _MOST_NUMBERS),
    )


def _few(texts: Iterable[str], most: int) -> list[str]:
    """Return the first of them, each once."""
    return list(dict.fromkeys(texts))[:most]
