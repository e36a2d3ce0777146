"""How far what a text speaks of leans towards a value, beside what the rules say: a fitted table, looked up.

A rule says what a notion means. Many notions mean nothing by themselves, and yet complaints that speak of them are
mostly of one kind: 施工 is oftener told of outside than inside. procedures/leanings.toml holds how much, in tenths of a
rule's point; `benchmarks/leanings.py` fits it. It decides where rules leave several values close together, or say
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from complaintctl.reading.proposal import Value

#: A rule's point in the table's measure.
POINT = 10
#: What stands between the parts of a row, and for a flag that is true.
BETWEEN, YES = "|", "yes"


class Leanings(NamedTuple):
    """The table, each row packed in one string until a text needs it: fact, value, tenths, and the next fact.

    `start` is the row that holds for every text, `lists` are rows by the number of a list, `words` by a word that
    stands anywhere in the text, `known` by what is settled already, as in `category=noise`.
    """

    start: str = ""
    lists: Mapping[str, str] = {}
    words: Mapping[str, str] = {}
    known: Mapping[str, str] = {}


class Leaning:
    """What speaks for the values of each fact in one text, in tenths of a point."""

    __slots__ = ("_known", "_points", "_told", "_words")

    def __init__(self, leanings: Leanings, text: str, lists: Mapping[int, int]) -> None:
        """Weigh a text: as the lexicon writes it, with the lists that it speaks of."""
        self._known = leanings.known
        self._points: dict[str, dict[Value, int]] = {}
        self._words: list[tuple[str, Value, int, str]] = []
        for number in lists:
            self._add(leanings.lists.get(str(number), ""))
        for word, row in leanings.words.items():
            if word in text:
                self._add(row)
                self._words += [(fact, value, tenths, word) for fact, value, tenths in _parts(row)]
        self._told = {
            fact: {value for value, tenths in points.items() if tenths >= POINT} for fact, points in self._points.items()
        }
        self._add(leanings.start)

    def _add(self, row: str) -> None:
        for fact, value, tenths in _parts(row):
            points = self._points.setdefault(fact, {})
            points[value] = points.get(value, 0) + tenths

    def know(self, fact: str, value: Value) -> None:
        """Weigh in a fact that is settled; what speaks for later facts may rest on it."""
        self._add(self._known.get(f"{fact}={YES if value is True else value}", ""))

    def of(self, fact: str) -> Mapping[Value, int]:
        """Give the tenths for each value of a fact; none where the table says nothing of it."""
        return self._points.get(fact, {})

    def told(self, fact: str) -> Collection[Value]:
        """Give the values for which the text itself speaks with a whole point or more."""
        return self._told.get(fact, ())

    def words(self, fact: str, value: Value) -> tuple[str, ...]:
        """Give the words that speak for a value by half a point or more, the weightiest first; three at most."""
        found = [(tenths, word) for *side, tenths, word in self._words if side == [fact, value] and 2 * tenths >= POINT]
        return tuple(word for _, word in sorted(found, key=lambda one: -one[0])[:3])


def _parts(row: str) -> Iterator[tuple[str, Value, int]]:
    parts = row.split(BETWEEN) if row else []
    for fact, value, tenths in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        yield fact, True if value == YES else value, int(tenths)
