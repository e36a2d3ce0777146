"""How far what a text speaks of leans towards a value, beside what the rules say: a fitted table, looked up.

A rule says what a notion means. Many notions mean nothing by themselves, and yet complaints that speak of them are
mostly of one kind: 施工 is oftener told of outside than inside. procedures/leanings.toml holds how much, in tenths of a
rule's point; `benchmarks/leanings.py` fits it. It decides where rules leave several values close together, or say
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache

from complaintctl.reading.lexicon import BETWEEN, NEGATION, ORDER, YES, Leanings
from complaintctl.reading.proposal import Value
from complaintctl.reading.words import DENIED, Heard

#: A rule's point in the table's measure.
POINT = 10
#: So many tenths propose a value for which no rule holds; less is hearsay, and poorly explained.
ALONE = 4 * POINT
#: What leans by so many tenths is worth telling; no more than so many things are told.
TELLING, TOLD_AT_MOST = POINT, 3

Span = tuple[int, int]


#: A fact, one of its values, and how many tenths something adds to that.
Row = tuple[tuple[str, Value, int], ...]


class Leaning:
    """What speaks for the values of each fact in one text, in tenths of a point."""

    __slots__ = ("_known", "_met", "_points", "_told")

    def __init__(self, leanings: Leanings, heard: Heard) -> None:
        """Weigh a text: the lists that it speaks of, and the words that stand in it."""
        self._known = leanings.known
        self._points: dict[str, dict[Value, int]] = {fact: {} for fact in ORDER}
        self._met = [(_row(packed), span) for packed, span in _met(leanings, heard)]
        for row, _ in self._met:
            self._add(row)
        self._told = {
            fact: [value for value, tenths in points.items() if tenths >= ALONE]
            for fact, points in self._points.items()
        }
        self._add(_row(leanings.start))

    def _add(self, row: Row) -> None:
        every = self._points
        for fact, value, tenths in row:
            points = every[fact]
            points[value] = points.get(value, 0) + tenths

    def know(self, fact: str, value: Value) -> None:
        """Weigh in a fact that is settled; what speaks for later facts may rest on it."""
        packed = self._known.get(f"{fact}={YES if value is True else value}")
        if packed:
            self._add(_row(packed))

    def of(self, fact: str) -> Mapping[Value, int]:
        """Give the tenths for each value of a fact; none where the table says nothing of it."""
        return self._points[fact]

    def told(self, fact: str) -> Collection[Value]:
        """Give the values for which the text itself speaks loudly enough without any rule."""
        return self._told[fact]

    def spans(self, fact: str, value: Value) -> tuple[Span, ...]:
        """Give where the words stand that lean most to a value."""
        found = [
            (tenths, span)
            for row, span in self._met
            for named, side, tenths in row
            if named == fact and side == value and tenths >= TELLING
        ]
        return tuple(span for _, span in sorted(found, key=lambda one: -one[0])[:TOLD_AT_MOST])


def _met(leanings: Leanings, heard: Heard) -> Iterator[tuple[str, Span]]:
    """Yield the row of each list and word that a text speaks of, and where that stands for the first time."""
    seen: set[int] = set()
    for hit in heard.hits:
        for number in hit.lists:
            if hit.standing != DENIED and number not in seen:
                seen.add(number)
                yield leanings.lists.get(str(number), ""), (hit.start, hit.end)
    plain = heard.plain
    for word in [one for one in leanings.words if one in plain]:
        at = stands(word, heard)
        if at is not None:
            yield leanings.words[word], (at, at + len(word))


def stands(word: str, heard: Heard) -> int | None:
    """Give where a word stands for the first time; None where it only seems to: 有人 is no word of 没有人."""
    at = heard.plain.find(word)
    while at >= 0:
        end = at + len(word)
        if not any(hit.start < at < hit.end < end and NEGATION in hit.lists for hit in heard.hits):
            return at
        at = heard.plain.find(word, at + 1)
    return None


@cache
def _row(packed: str) -> Row:
    """Unpack a row of the table."""
    parts = packed.split(BETWEEN) if packed else []
    sides = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return tuple((fact, True if value == YES else value, int(tenths)) for fact, value, tenths in sides)
