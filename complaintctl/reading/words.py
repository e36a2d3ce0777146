"""Which words of a lexicon stand in a text, in which clause, and which of them count.

Three views of every list: where it is *spoken of*, where it is *told* as having happened, and where it is said to
have been left *undone*. 没漏水 and 怕漏水 speak of a leak and tell of none; 不是漏水 does not even speak of one;
没派人修 tells of a repair that nobody made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from complaintctl.reading.lexicon import CONDITION, DENIAL, FEAR, FINE, NEGATION, PLAIN, SPEECH, TURN, Lexicon
from complaintctl.reading.numbers import counts, flats

#: More than a clerk types; what stands behind it is not read.
READ_AT_MOST = 10_000

# A space ends a clause between Chinese characters, a full stop only before a space or the end.
_CLAUSE_END = re.compile(r"[,。;!?:\n\r…]|[.](?=\s|$)|(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")

# A supposition that asks for its consequence in its own clause reaches no further: 万一着火怎么办, and then what is.
_ASKED = re.compile("怎么|咋|谁负责|谁来负责|如何是好|what (?:if|then)|who is responsible")

# What copying from elsewhere leaves inside words, and nobody sees.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")

TOLD, SPOKEN, UNDONE, DENIED = range(4)

#: Where words begin and end, their lists, and their number if they are a count.
Found = tuple[int, int, tuple[int, ...], int | None]


class Hit(NamedTuple):
    """Words found from `start` to `end`: the numbers of their lists, their clause, how they count, their number."""

    start: int
    end: int
    lists: tuple[int, ...]
    clause: int
    standing: int
    number: int | None


class Heard(NamedTuple):
    """A text with its hits; the three views give for a list the clauses it stands in, one bit a clause.

    `plain` is the text as the lexicon writes it, character for character.
    """

    text: str
    plain: str
    hits: tuple[Hit, ...]
    told: Mapping[int, int]
    spoken: Mapping[int, int]
    undone: Mapping[int, int]


def hear(text: str, lexicon: Lexicon) -> Heard:
    """Find the lexicon's words in a text and weigh what stands beside them."""
    text = _UNSEEN.sub("", text[:READ_AT_MOST])
    plain = lexicon.plain(text)
    ends = [found.end() for found in _CLAUSE_END.finditer(plain)]
    hits: list[Hit] = []
    supposed = -1
    for number, group in groupby(_find(plain, ends, lexicon), attrgetter("clause")):
        clause = list(group)
        reaches_on = _weigh(plain, clause, lexicon.carry, supposed=number == supposed)
        if reaches_on and number < len(ends) and plain[ends[number] - 1] == ",":
            asked = _ASKED.search(plain, ends[number - 1] if number else 0, ends[number])
            supposed = -1 if asked else number + 1
        hits += clause
    views = [_clauses(hits, standings) for standings in ((TOLD,), (TOLD, SPOKEN, UNDONE), (UNDONE,))]
    return Heard(text, plain, tuple(hits), *views)


def _clauses(hits: list[Hit], standings: tuple[int, ...]) -> dict[int, int]:
    """Give for each list the clauses in which it stands, one bit a clause, counting hits of these standings."""
    clauses: dict[int, int] = {}
    for hit in hits:
        if hit.standing in standings:
            for number in hit.lists:
                clauses[number] = clauses.get(number, 0) | 1 << hit.clause
    return clauses


def _find(text: str, ends: list[int], lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the words and counts of a text in order; a longer one hides those inside it."""
    found: list[Found] = [(one.start, one.end, (one.list,), one.number) for one in counts(text, lexicon.units)]
    if lexicon.flat is not None:
        found += [(one.start, one.end, (one.list,), one.number) for one in flats(text, lexicon.flat)]
    found += _words(text, lexicon)
    found.sort(key=lambda one: (one[0], -one[1]))
    reach = 0
    for start, end, lists, number in found:
        if end > reach:
            reach = end
            yield Hit(start, end, lists, bisect_right(ends, start), TOLD, number)


def _words(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """Yield the longest word that begins at each place of a text."""
    lengths = lexicon.lengths
    beginning: dict[str, Mapping[str, int]] = {}
    for at, first in enumerate(text):
        if first not in lengths:
            continue
        words = beginning.get(first)
        if words is None:
            words = beginning[first] = lexicon.words.beginning_with(first)
        for length in lengths[first]:
            word = text[at : at + length]
            if word in words and _stands_free(text, at, at + len(word)):
                yield at, at + len(word), lexicon.homes[words[word]], None
                break


def _stands_free(text: str, start: int, end: int) -> bool:
    """Say whether a Latin word is a whole one: no letter goes on before or behind it."""
    if text[start] < "\x80" and start and "a" <= text[start - 1] <= "z":
        return False
    return not (text[end - 1] < "\x80" and "a" <= text[end : end + 1] <= "z")


def _weigh(text: str, clause: list[Hit], carry: frozenset[str], *, supposed: bool) -> bool:
    """Settle how each hit of a clause counts; return whether an 如果 or 万一 stands in it.

    `supposed` says that one in the clause before reaches into this.
    """
    denied, feared, condition = False, supposed, False
    reach = -1  # where the force of a negation has come to
    for place, hit in enumerate(clause):
        marks = [number for number in hit.lists if number < PLAIN]
        if FINE in marks:
            _deny_before(clause, place)
        if DENIAL in marks or TURN in marks:
            denied = DENIAL in marks
        condition = condition or CONDITION in marks
        feared = feared or condition or FEAR in marks
        if NEGATION in marks:
            reach = hit.end
        elif 0 <= reach <= hit.start:
            reach = hit.end if _carries(text[reach : hit.start], carry) else -1
        negated = NEGATION not in marks and reach == hit.end
        if not marks and (denied or feared or negated):
            clause[place] = hit._replace(standing=DENIED if denied else SPOKEN if feared else UNDONE)
    return condition


def _deny_before(clause: list[Hit], place: int) -> None:
    """Take back what stands before a 没问题, unless that is only what somebody says."""
    if any(SPEECH in hit.lists for hit in clause[:place]):
        return
    for number, hit in enumerate(clause[:place]):
        clause[number] = hit._replace(standing=DENIED)


def _carries(gap: str, carry: frozenset[str]) -> bool:
    """Say whether a gap is made of nothing but words through which a negation reaches on."""
    at = 0
    while at < len(gap):
        if gap[at] == " ":
            at += 1
            continue
        length = next((size for size in range(6, 0, -1) if gap[at : at + size] in carry), 0)
        if not length:
            return False
        at += length
    return True
