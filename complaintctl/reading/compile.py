"""Reads a lexicon's TOML text, refuses it by key where it is wrong, and compiles it to a snapshot.

`python -m complaintctl.reading.compile` compiles the lexicon that ships with the program anew, after a change of
procedures/lexicon.toml or leanings.toml. What the keys mean is said at the head of these files.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from complaintctl.errors import LexiconWrong
from complaintctl.language import N_, Phrase
from complaintctl.reading.leaningtable import packed, read_table
from complaintctl.reading.lexicon import BETWEEN, COMPILED, MARKS, ORDER, SCOPES
from complaintctl.rules.facts import FACTS
from complaintctl.rules.packkeys import (
    EXPECTED,
    Reader,
    Table,
    a_condition,
    a_flag,
    a_number,
    a_text,
    a_wording,
    anything,
    list_of,
    one_of,
)

FORM = 1
LEANINGS = COMPILED.with_name("leanings.toml")
NUMBER = "number"

LEXICON_EXPECTED = {
    "a-list-name": N_("the name of a list in [words] or of a [[count]]: {choices}"),
    "words-or-given": N_("words or given; only a rule of a choice may have neither"),
    "a-weight": N_("a whole number from 1 to 9"),
    "a-size": N_("units with their sizes, such as {{ 天 = 1, 周 = 7 }}"),
    "a-word": N_("a word without capitals or |, of at most {longest} characters"),
    "a-counted-list": N_("one list of a [[count]] in words, as the value is its number"),
    "slips": N_("slips of typing with the words meant, of the same length: 师付=师傅"),
    "pairs": N_("pairs of characters, the traditional one before its simplified one"),
    "lists": N_("lists of words by name"),
}
LONGEST_WORD = 30

_TOP = ("form", "title", "inside", "marks", "count", "flat", "words", "rule", "slips", "traditional")


class LexiconReader(Reader):
    """Walks one lexicon; says what is wrong with it as the packs' reader does."""

    def wrong(self, key: str, expected: str, **values: object) -> LexiconWrong:
        """Return the error for a key and a code of what was expected there."""
        text = LEXICON_EXPECTED.get(expected) or EXPECTED[expected]
        return LexiconWrong(file=self.name, key=key, expected=Phrase(text, **values))


def compile_lexicon(text: str, name: str = "lexicon.toml", leanings: str | None = None) -> Table:
    """Compile a lexicon's TOML text to the snapshot that `Lexicon.from_snapshot` takes.

    Args:
        text: the lexicon, as TOML.
        name: the file's name, for errors.
        leanings: the table of leanings for it, as TOML; without one only its rules count.

    Raises:
        LexiconWrong: naming the key and what was expected there.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Phrase(EXPECTED["toml"], problem=str(error))
        raise LexiconWrong(file=name, key="–", expected=problem) from None
    reader = LexiconReader(name, document, {})
    _check_top(reader)
    marks = _marks(reader)
    words = _word_lists(reader)
    counts = reader.rows("count", _COUNT)
    flat = reader.table(document["flat"], "flat", _FLAT) if "flat" in document else None
    counted = [row["list"] for row in ([*counts, flat] if flat else counts)]
    lists = [*MARKS, *words, *dict.fromkeys(name for name in counted if name not in words)]
    numbers = {name: number for number, name in enumerate(lists)}
    return {
        "form": FORM,
        "title": a_wording(reader, document.get("title"), "title"),
        "lists": lists,
        **_dictionary({**marks, **words}, numbers, _inside(reader, words)),
        "carry": _words(reader, document["marks"].get("carry"), "marks.carry"),
        "units": _units(counts, numbers),
        "flat": [numbers[flat["list"]], flat["not_after"], flat["not_before"]] if flat else None,
        "rules": _rules(reader, numbers, {row["list"] for row in counts}),
        "slips": _slips(reader),
        "traditional": _traditional(reader),
        **({} if leanings is None else {"leanings": packed(read_table(leanings, LEANINGS.name, lists), numbers)}),
    }


def _check_top(reader: LexiconReader) -> None:
    for key in reader.document:
        if key not in _TOP:
            raise reader.wrong(key, "known-key", choices=", ".join(_TOP))
    if reader.document.get("form") != FORM or reader.document["form"] is True:
        raise reader.wrong("form", "this-form")


# ---- words


def _words(reader: Reader, value: Any, where: str) -> list[str]:
    """Take a list of words that a normalised text can hold."""
    words: list[str] = list_of(a_text)(reader, value, where)
    for word in words:
        if word != word.strip().lower() or len(word) > LONGEST_WORD or BETWEEN in word:
            raise reader.wrong(f"{where}: {word}", "a-word", longest=LONGEST_WORD)
        if words.count(word) > 1:
            raise reader.wrong(f"{where}: {word}", "unique")
    return words


def _marks(reader: LexiconReader) -> dict[str, list[str]]:
    row = reader.table(reader.document.get("marks"), "marks", dict.fromkeys([*MARKS, "carry"], (_words, ...)))
    return {mark: row[mark] for mark in MARKS}


def _word_lists(reader: LexiconReader) -> dict[str, list[str]]:
    table = reader.document.get("words")
    if not isinstance(table, dict) or not table:
        raise reader.wrong("words", "lists")
    for name in table:
        if name in MARKS:
            raise reader.wrong(f"words.{name}", "unique")
    return {name: _words(reader, words, f"words.{name}") for name, words in table.items()}


def _inside(reader: LexiconReader, words: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Give for each word of two characters or more of the lists under `inside` which of these lists it stands in."""
    names = list_of(a_text)(reader, reader.document["inside"], "inside") if "inside" in reader.document else []
    found: dict[str, list[str]] = {}
    for name in names:
        if name not in words:
            raise reader.wrong("inside", "a-list-name", choices=", ".join(words))
        for word in words[name]:
            if len(word) > 1 and not word.isascii():
                found.setdefault(word, []).append(name)
    return found


def _dictionary(lists: Mapping[str, list[str]], numbers: Mapping[str, int], inside: Mapping[str, list[str]]) -> Table:
    """Lay out the words so that they load and are found quickly.

    A home is the set of lists that a word stands in; `words` holds in one string a line for each first character: it,
    then what follows it in each of its words, each before the number of its home. `firsts` holds for each choice of
    word lengths the characters that words of just these lengths begin with. A longer word also stands in the lists of
    the words of `inside` that it holds.
    """
    standing: dict[str, set[int]] = {}
    for name, words in lists.items():
        for word in words:
            standing.setdefault(word, set()).add(numbers[name])
    for word, home in standing.items():
        if min(home) < len(MARKS):
            continue
        parts = {word[start:end] for start in range(len(word)) for end in range(start + 2, len(word) + 1)} - {word}
        home.update(numbers[name] for part in parts & inside.keys() for name in inside[part])
    homes: dict[tuple[int, ...], int] = {}
    packed: dict[str, list[str]] = {}
    for word, home in sorted(standing.items(), key=lambda one: one[0]):
        place = homes.setdefault(tuple(sorted(home)), len(homes))
        packed.setdefault(word[0], []).append(f"{word[1:]}{BETWEEN}{place}")
    lengths: dict[str, list[int]] = {}
    for first, negative in sorted({(word[0], -len(word)) for word in standing}):
        lengths.setdefault(first, []).append(-negative)
    firsts: dict[tuple[int, ...], str] = {}
    for first, choice in lengths.items():
        firsts[tuple(choice)] = firsts.get(tuple(choice), "") + first
    return {
        "homes": [list(home) for home in homes],
        "words": "".join(f"\n{first}{BETWEEN.join(words)}" for first, words in packed.items()) + "\n",
        "lengths": [list(choice) for choice in firsts],
        "firsts": list(firsts.values()),
    }


def _slips(reader: LexiconReader) -> dict[str, str]:
    """Take the slips of typing; as long as what is meant, so that every word keeps its place."""
    row = reader.document.get("slips", {"pairs": ""})
    pairs = reader.table(row, "slips", {"pairs": (anything, ...)})["pairs"]
    if not isinstance(pairs, str):
        raise reader.wrong("slips.pairs", "slips")
    found: dict[str, str] = {}
    for pair in pairs.split():
        slip, _, meant = pair.partition("=")
        if len(slip) < 2 or len(slip) != len(meant) or slip == meant or slip in found:
            raise reader.wrong(f"slips.pairs: {pair}", "slips")
        found[slip] = meant
    return found


def _traditional(reader: LexiconReader) -> list[str]:
    row = reader.document.get("traditional", {"pairs": ""})
    pairs = reader.table(row, "traditional", {"pairs": (anything, ...)})["pairs"]
    if not isinstance(pairs, str):
        raise reader.wrong("traditional.pairs", "pairs")
    for pair in pairs.split():
        if len(pair) != 2:
            raise reader.wrong(f"traditional.pairs: {pair}", "pairs")
    return ["".join(pair[at] for pair in pairs.split()) for at in range(2)]


# ---- counts


def _sizes(reader: Reader, value: Any, where: str) -> dict[str, int]:
    """Take the units of a count with the size of each."""
    if not isinstance(value, dict) or not value:
        raise reader.wrong(where, "a-size")
    for unit, size in value.items():
        if a_number(reader, size, f"{where}.{unit}") < 1:
            raise reader.wrong(f"{where}.{unit}", "a-size")
    return value


_COUNT: dict[str, tuple[Any, Any]] = {
    "list": (a_text, ...),
    "units": (_sizes, ...),
    "at_least": (a_number, 1),
    "definite": (a_flag, False),
    "not_after": (list_of(a_text), []),
    "not_before": (list_of(a_text), []),
    "door_unless": (list_of(a_text), []),
}

_FLAT: dict[str, tuple[Any, Any]] = {key: _COUNT[key] for key in ("list", "not_after", "not_before")}


def _units(counts: list[Table], numbers: Mapping[str, int]) -> dict[str, list[Any]]:
    """Lay out each unit as `numbers.Unit` takes it."""
    further = [key for key in _COUNT if key not in ("list", "units")]
    return {
        unit: [numbers[row["list"]], size, *(row[key] for key in further)]
        for row in counts
        for unit, size in row["units"].items()
    }


# ---- rules


def _a_weight(reader: Reader, value: Any, where: str) -> int:
    if not 1 <= a_number(reader, value, where) <= 9:
        raise reader.wrong(where, "a-weight")
    return int(value)


_RULE: dict[str, tuple[Any, Any]] = {
    "name": (a_text, ...),
    "fact": (one_of(*ORDER), ...),
    "value": (anything, True),
    "weight": (_a_weight, 2),
    "words": (anything, []),
    "within": (one_of(*SCOPES), "clause"),
    "unless": (list_of(a_text), []),
    "told": (a_flag, None),
    "undone": (a_flag, False),
    "given": (anything, {}),
}


def _rules(reader: LexiconReader, numbers: Mapping[str, int], counted: set[str]) -> dict[str, list[Any]]:
    """Lay out the rules by fact, in the order in which facts are settled, as `lexicon.Rule` takes them."""
    rows = reader.rows("rule", _RULE)
    seen: set[str] = set()
    found: dict[str, list[Any]] = {fact: [] for fact in ORDER}
    for number, row in enumerate(rows, 1):
        where = f"rule[{number}]"
        if row["name"] in seen:
            raise reader.wrong(f"{where}.name", "unique")
        seen.add(row["name"])
        found[row["fact"]].append(_rule(reader, row, where, numbers, counted))
    return found


def _rule(reader: LexiconReader, row: Table, where: str, numbers: Mapping[str, int], counted: set[str]) -> list[Any]:
    fact = FACTS[row["fact"]]
    words = _places(reader, row["words"], f"{where}.words", numbers)
    unless = [_list(reader, name, f"{where}.unless", numbers) for name in row["unless"]]
    if fact.type == "int" and (len(words) != 1 or row["words"][0] not in counted):
        raise reader.wrong(f"{where}.words", "a-counted-list")
    if row["given"]:
        reader.names = _earlier(row["fact"])
        a_condition(reader, row["given"], f"{where}.given")
    elif not words and fact.type != "choice":
        raise reader.wrong(f"{where}.words", "words-or-given")
    # Without words of its own a rule stands in no clause, so its `unless` looks at the whole text.
    within = row["within"] if words else "text"
    told = fact.type != "choice" if row["told"] is None else row["told"]
    return [
        row["name"],
        _value(reader, row, where),
        row["weight"],
        words,
        within,
        unless,
        row["given"],
        told,
        row["undone"],
    ]


def _list(reader: LexiconReader, name: Any, where: str, numbers: Mapping[str, int]) -> int:
    if not isinstance(name, str) or numbers.get(name, 0) < len(MARKS):
        raise reader.wrong(where, "a-list-name", choices=", ".join(list(numbers)[len(MARKS) :]))
    return numbers[name]


def _places(reader: LexiconReader, value: Any, where: str, numbers: Mapping[str, int]) -> list[list[int]]:
    """Take the lists that must be met; an inner list means any one of them."""
    if not isinstance(value, list):
        raise reader.wrong(where, "a-list")
    groups = [one if isinstance(one, list) and one else [one] for one in value]
    return [[_list(reader, name, where, numbers) for name in group] for group in groups]


def _value(reader: LexiconReader, row: Table, where: str) -> str | bool | None:
    """Take the value of a rule: one of the fact's, or None for the number of its count."""
    fact, value = FACTS[row["fact"]], row["value"]
    if fact.type == "flag":
        return bool(a_flag(reader, value, f"{where}.value"))
    if fact.type == "int":
        one_of(NUMBER)(reader, value, f"{where}.value")
        return None
    return str(one_of(*fact.choices)(reader, value, f"{where}.value"))


def _earlier(fact: str) -> dict[str, Any]:
    """Give the facts that a rule for this one may rest on, as conditions want them."""
    earlier = (FACTS[name] for name in ORDER[: ORDER.index(fact)])
    return {fact.name: fact.choices if fact.type == "choice" else fact.type for fact in earlier}


def compiled_text(text: str, leanings: str) -> str:
    """Give the compiled file for the TOML texts of the shipped lexicon and its leanings."""
    return json.dumps(compile_lexicon(text, leanings=leanings), ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    sources = (COMPILED.with_suffix(".toml"), LEANINGS)
    COMPILED.write_text(compiled_text(*(source.read_text(encoding="utf-8") for source in sources)), encoding="utf-8")
