"""Words that an office might add: those that stand far oftener in texts read wrongly one way than in all others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from complaintctl.reading.lexicon import YES, Lexicon
from complaintctl.reading.local import values_of
from complaintctl.reading.topics import COMMON, JOINING

if TYPE_CHECKING:
    from complaintctl.reports.overruled import Case

#: A word must stand in this many of the texts, from as many homes: one household's way of writing is no word.
LEAST = 3
#: … in this share of them at least, and this many times as often as elsewhere.
SHARE, TIMES = 0.3, 4
MOST_A_VALUE = 3

_RUN = re.compile(r"[㐀-鿿]+")
_SIZES = (2, 3, 4)
_LATIN = re.compile(r"[a-z][a-z-]{2,}")


class Suggested(NamedTuple):
    """A word for a value: in how many of the texts that should have had it, and in how many of the others."""

    term: str
    target: str
    among: int
    of: int
    others: int
    of_others: int


def suggested(cases: Sequence[Case], others: Sequence[str], lexicon: Lexicon) -> list[Suggested]:
    """Return words to add, those for the most often missed value first.

    `cases` are those in which anything was overruled, `others` the texts of all that were read as they stand.
    """
    missed: dict[str, list[Case]] = {}
    for case in cases:
        for fact, _, value in case.changes.values():
            name = YES if value is True else str(value)
            if value is not False and name in values_of(fact):
                missed.setdefault(f"{fact}={name}", []).append(case)
    often = {target: those for target, those in missed.items() if len(those) >= LEAST}
    texts = {case.number: lexicon.plain(case.text) for case in cases} if often else {}
    rest = [lexicon.plain(text) for text in others] if often else []
    found: list[Suggested] = []
    for target, those in sorted(often.items(), key=lambda one: (-len(one[1]), one[0])):
        found += _for_value(target, those, texts, rest, lexicon)
    return found


def _for_value(
    target: str, those: Sequence[Case], texts: Mapping[str, str], rest: Sequence[str], lexicon: Lexicon
) -> list[Suggested]:
    inside = {case.number for case in those}
    homes: dict[str, set[str]] = {}
    among: dict[str, int] = {}
    edges: dict[str, int] = {}
    for case in those:
        for term, edge in _terms(texts[case.number], lexicon).items():
            homes.setdefault(term, set()).add(case.home)
            among[term] = among.get(term, 0) + 1
            edges[term] = edges.get(term, 0) + edge
    often = {
        term: count
        for term, count in among.items()
        if len(homes[term]) >= LEAST and count >= SHARE * len(those) and term not in lexicon.words
    }
    elsewhere = [*(text for number, text in texts.items() if number not in inside), *rest]
    rows = []
    for term, count in often.items():
        others = sum(term in text for text in elsewhere)
        if others * len(those) * TIMES <= count * len(elsewhere):
            rows.append(Suggested(term, target, count, len(those), others, len(elsewhere)))
    # Of words that stand in the same texts, the likelier one begins or ends where a known word does.
    rows.sort(key=lambda row: (-row.among, row.others, -edges[row.term], len(row.term), row.term))
    return list(_apart(rows))[:MOST_A_VALUE]


def _apart(rows: Sequence[Suggested]) -> Iterator[Suggested]:
    """Yield words that are no part of one that was yielded already, nor hold one."""
    taken: list[str] = []
    for row in rows:
        if not any(row.term in one or one in row.term for one in taken):
            taken.append(row.term)
            yield row


def _terms(text: str, lexicon: Lexicon) -> dict[str, bool]:
    """Return what could be a word in a text: Latin words, and two to four characters between known words.

    True says that it begins or ends where one of these, or the clause, does.
    """
    unknown = _without_known(text, lexicon)
    found = {word: True for word in _LATIN.findall(unknown) if word not in COMMON}
    for run in _RUN.findall(unknown):
        for size in _SIZES:
            for at in range(len(run) - size + 1):
                term = run[at : at + size]
                if term[0] not in JOINING and term[-1] not in JOINING and term not in COMMON:
                    found[term] = found.get(term, False) or at == 0 or at + size == len(run)
    return found


def _without_known(text: str, lexicon: Lexicon) -> str:
    """Return a text with a gap in the place of every word of the lexicon that has more than one character."""
    parts: list[str] = []
    at = 0
    while at < len(text):
        sizes = lexicon.lengths.get(text[at], ())
        size = next((one for one in sizes if one > 1 and text[at : at + one] in lexicon.words), 0)
        parts.append(" " if size else text[at])
        at += size or 1
    return "".join(parts)
