"""The lexicon in its typed form, built from the compiled snapshot that `compile` makes of the TOML.

The snapshot is plain JSON, so that reading a text parses no TOML and a ledger can keep the lexicon in force.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from complaintctl.reading.numbers import Flat, Unit
from complaintctl.rules.condition import Condition

#: The lists of [marks] whose words change what stands beside them; their numbers are their places here.
MARKS = ("negation", "denial", "turn", "fine", "speech", "fear", "condition", "plain")
NEGATION, DENIAL, TURN, FINE, SPEECH, FEAR, CONDITION, PLAIN = range(len(MARKS))

#: How far the lists of a rule may stand apart.
SCOPES = ("clause", "beside", "text")

#: The facts that a text is read for, in the order in which they are settled: a rule may rest on earlier ones.
ORDER = (
    "injury",
    "major_loss",
    "danger",
    "damage",
    "outage",
    "repeated",
    "over_one_month",
    "households",
    "kind",
    "category",
    "responsibility",
    "fault",
    "promise_broken",
)

COMPILED = Path(__file__).parent.parent / "procedures" / "lexicon.json"

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CAPITALS = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_APOSTROPHE = {0x2019: ord("'")}
_FULL_CAPITALS = {code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)}


#: Stands between words in the snapshot; a flag that is true, where a value is named.
BETWEEN, YES = "|", "yes"

T = TypeVar("T")


class Rule(NamedTuple):
    """What some lists, met together, say of a fact.

    `value` is None where the number of the matched count is the value; `words` holds for each place the numbers of
    the lists that fill it; a `told` rule passes over what is negated, feared or supposed, an `undone` one looks for
    what is negated alone.
    """

    name: str
    value: str | bool | None
    weight: int
    words: tuple[tuple[int, ...], ...]
    within: str
    unless: tuple[int, ...]
    given: Condition
    told: bool
    undone: bool


class Words(Mapping[str, int]):
    """The words of a lexicon with their places in `homes`, unpacked by first character when first asked for.

    A text needs few of them, and daily commands must not pay for the rest.
    """

    __slots__ = ("_packed", "_unpacked")

    def __init__(self, packed: str) -> None:
        """Take a line for each first character: it, then of each word the rest and the number of its home.

        One string is all that is loaded; more would be paid for by every daily command.
        """
        self._packed = packed
        self._unpacked: dict[str, dict[str, int]] = {}

    def beginning_with(self, first: str) -> dict[str, int]:
        """Give the words that begin with a character."""
        found = self._unpacked.get(first)
        if found is None:
            at = self._packed.find(f"\n{first}") + 2 if first else 1
            parts = self._packed[at : self._packed.index("\n", at)].split(BETWEEN) if at > 1 else []
            words = (first + rest for rest in parts[::2])
            found = self._unpacked[first] = dict(zip(words, map(int, parts[1::2]), strict=True))
        return found

    def extended(self, more: Mapping[str, int]) -> Words:
        """Give these words with more of them, or with other homes for some."""
        whole = Words(self._packed)
        for word, home in more.items():
            if word[:1] not in whole._unpacked:
                whole._unpacked[word[:1]] = dict(self.beginning_with(word[:1]))
            whole._unpacked[word[:1]][word] = home
        return whole

    def __getitem__(self, word: str) -> int:
        return self.beginning_with(word[:1])[word]

    def __iter__(self) -> Iterator[str]:
        firsts = (line[0] for line in self._packed.split("\n") if line)
        for first in dict.fromkeys((*firsts, *self._unpacked)):
            yield from self.beginning_with(first)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Leanings(NamedTuple):
    """Towards what texts lean: rows of fact, value and tenths, each packed in one string until a text needs it.

    `start` is the row that holds for every text, `lists` are rows by the number of a list, `words` by a word that
    stands anywhere in the text, `known` by what is settled already, as in `category=noise`.
    """

    start: str = ""
    lists: Mapping[str, str] = {}
    words: Mapping[str, str] = {}
    known: Mapping[str, str] = {}


class Lexicon(NamedTuple):
    """The words to look for, the lists that each stands in, and the rules over these, by fact.

    `words` gives for each word its place in `homes`, `lengths` by first character how long words are, longest first.
    """

    lists: tuple[str, ...]
    words: Words
    homes: tuple[tuple[int, ...], ...]
    lengths: Mapping[str, list[int]]
    carry: frozenset[str]
    units: Mapping[str, Unit]
    flat: Flat | None
    rules: Mapping[str, tuple[Rule, ...]]
    plain_form: Mapping[int, int]
    slips: Mapping[str, str]
    leanings: Leanings = Leanings()

    def plain(self, text: str) -> str:
        """Write a text as the lexicon's words are written: small, narrow, simplified, common slips put right."""
        plain = text.translate(self.plain_form)
        for slip, meant in self.slips.items():
            if slip in plain:
                plain = plain.replace(slip, meant)
        return plain

    @classmethod
    def from_snapshot(cls, snapshot: Mapping[str, Any]) -> Lexicon:
        """Build the lexicon from what `compile.compile_lexicon` gave."""
        traditional, simplified = snapshot["traditional"]
        return cls(
            tuple(snapshot["lists"]),
            Words(snapshot["words"]),
            tuple(map(tuple, snapshot["homes"])),
            _spread(snapshot["firsts"], snapshot["lengths"]),
            frozenset(snapshot["carry"]),
            {unit: Unit(*row[:4], *map(tuple, row[4:])) for unit, row in snapshot["units"].items()},
            None if snapshot["flat"] is None else Flat(snapshot["flat"][0], *map(tuple, snapshot["flat"][1:])),
            {fact: tuple(map(_rule, rows)) for fact, rows in snapshot["rules"].items()},
            _FULL_WIDTH | _CAPITALS | _FULL_CAPITALS | _APOSTROPHE | str.maketrans(traditional, simplified),
            snapshot["slips"],
            Leanings(**snapshot["leanings"]) if "leanings" in snapshot else Leanings(),
        )


def _spread(keys: Iterable[Iterable[str]], values: Iterable[T]) -> dict[str, T]:
    """Give every key of each group the value of its group."""
    found: dict[str, T] = {}
    for group, value in zip(keys, values, strict=True):
        found.update(dict.fromkeys(group, value))
    return found


def _rule(row: list[Any]) -> Rule:
    name, value, weight, words, within, unless, given, told, undone = row
    return Rule(name, value, weight, tuple(map(tuple, words)), within, tuple(unless), given, told, undone)


@cache
def load_lexicon() -> Lexicon:
    """Load the lexicon that ships with the program."""
    return Lexicon.from_snapshot(json.loads(COMPILED.read_bytes()))
