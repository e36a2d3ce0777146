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
from complaintctl.rules.book import Book
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import FACETS, FACTS, OPEN_DEFAULTS
from complaintctl.rules.judge import judge, rests_on
from complaintctl.rules.procedure import Procedure

Value = str | bool | int
#: An overruled proposal: the fact or judgement, what was proposed (None: nothing), what holds by the clerk's word.
Change = tuple[str, Value | None, Value]
#: Facts and judgements in the order in which they are settled.
SETTLED = (*ORDER, *FACETS)

_KINDS = ("logged", "amended", "undone")
_MOST_WORDS, _MOST_REASONS, _MOST_NUMBERS = 5, 5, 20


class Case(NamedTuple):
    """One complaint as it was read: what was proposed, and what the clerk said otherwise, with words and reasons.

    `judged` is what the rules made of it at first, of the judgements that rest on facts left to the text.
    """

    number: str
    home: str
    text: str
    proposed: dict[str, Value]
    judged: dict[str, Value]
    changes: dict[str, Change]
    words: dict[str, list[str]]
    reasons: dict[str, str]


class Overruled(NamedTuple):
    """How often one proposal gave way to one value: of a fact, or of a judgement that rests on such.

    `of` is how often that was proposed, or judged so, at all; where nothing was, how many texts there are.
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
    """What a review found: texts read, facts proposed, how many of these gave way, where; and words to add.

    `judgements` is how many judgements gave way that rest on facts left to the text.
    """

    since: int | None
    texts: int
    proposed: int
    overruled: int
    judgements: int
    rows: list[Overruled]
    suggested: list[Any]


def review(ledger: Ledger, lexicon: Lexicon, book: Book, since: int | None = None) -> Review:
    """Look through all complaints received from `since` on (all of them where it is None)."""
    from complaintctl.reports.suggested import suggested

    times: Counter[tuple[str, Value]] = Counter()
    changed: list[Case] = []
    others: list[str] = []
    for case in cases(ledger, book, since):
        times.update((*case.proposed.items(), *case.judged.items()))
        # Of the many that nobody changed only the text is needed on.
        changed.append(case) if case.changes else others.append(case.text)
    rows = _rows(changed, times, len(changed) + len(others))
    gave_way = sum(one.times for one in rows if one.proposed is not None and one.fact in ORDER)
    judgements = sum(one.times for one in rows if one.fact in FACETS)
    proposed = sum(count for (name, _), count in times.items() if name in ORDER)
    texts = len(changed) + len(others)
    return Review(since, texts, proposed, gave_way, judgements, rows, suggested(changed, others, lexicon))


def cases(ledger: Ledger, book: Book, since: int | None) -> Iterator[Case]:
    """Yield every complaint whose text was read and whose taking down stands."""
    for _, group in groupby(ledger.entries_of_kinds("complaint", _KINDS), key=lambda entry: entry.subject):
        kept = standing(group)
        first = next((entry for entry in kept if entry.kind == "logged"), None)
        if first is None or (since is not None and first.at < since):
            continue
        # What states all itself, as a script that is played does, was read by nobody.
        if first.body.get("proposed") or "read" in first.body:
            amendments = [entry for entry in kept if entry.kind == "amended"]
            case = _case(first, amendments)
            yield _judged(case, first, amendments, book.procedure_at(first.at))


def _judged(case: Case, first: Entry, amendments: Sequence[Entry], procedure: Procedure) -> Case:
    """Return a case with its judgements, and those that the clerk overruled.

    One that rests on nothing but facts that the clerk had stated says nothing about the reading, and is left out.
    """
    facts = dict(first.body["facts"])
    stated = set(facts) - set(first.body["proposed"])
    judged, last = _derived(procedure, facts, stated), dict[str, tuple[Value | None, Value, str | None]]()
    for entry in (first, *amendments):
        if entry is not first:
            facts |= entry.body.get("facts", {})
            stated |= set(entry.body.get("facts", {}))
        for facet in entry.body.get("withdrawn", ()):
            last.pop(facet, None)
        overruled = entry.body.get("overruled")
        if overruled:
            derived = _derived(procedure, facts, stated)
            reason = (entry.private or {}).get("reason")
            last |= {facet: (derived[facet], value, reason) for facet, value in overruled.items() if facet in derived}
    given_way = {facet: one for facet, one in last.items() if one[0] != one[1]}
    read = {facet: sorted(rests & set(case.words)) for facet, rests in procedure.remember("rests-on", rests_on).items()}
    return case._replace(
        judged={facet: value for facet, value in judged.items() if value is not None},
        changes=case.changes | {facet: (facet, was, now) for facet, (was, now, _) in given_way.items()},
        words=case.words
        | {
            facet: list(dict.fromkeys(word for name in read[facet] for word in case.words[name])) for facet in given_way
        },
        reasons=case.reasons | {facet: str(why) for facet, (_, _, why) in given_way.items() if why},
    )


def _derived(procedure: Procedure, facts: dict[str, Value], stated: set[str]) -> dict[str, Value | None]:
    """Return what the rules alone make of facts, of the judgements that rest on any of these that was not stated."""
    timers = {timer.name: False for timer in procedure.timers}
    known: dict[str, Any] = {**OPEN_DEFAULTS, **facts, "round": 1, "tried": 0, **timers}
    judge(procedure, known, {})
    rests = procedure.remember("rests-on", rests_on)
    return {facet: known[facet] for facet in FACETS if rests[facet] & set(ORDER) - stated}


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
    text, words = str(private.get("text") or ""), private.get("words") or {}
    return Case(number, home, text, proposed, {}, changes, words, reasons)


def _rows(changed: Sequence[Case], times: Counter[tuple[str, Value]], texts: int) -> list[Overruled]:
    by_change: dict[Change, list[Case]] = {}
    for case in changed:
        for change in case.changes.values():
            by_change.setdefault(change, []).append(case)
    rows = [_row(change, those, times, texts) for change, those in by_change.items()]
    return sorted(rows, key=lambda row: (-row.times, SETTLED.index(row.fact), str(row.proposed), str(row.stated)))


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
