"""procedures/leanings.toml: its form, read for the compiled lexicon and written by `benchmarks/leanings.py`.

For each value of a fact a table of tenths: what every text starts from, what each list, word and known fact adds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any

from complaintctl.errors import LexiconWrong
from complaintctl.language import N_, Phrase
from complaintctl.reading.lexicon import BETWEEN, ORDER, YES
from complaintctl.rules.facts import FACTS
from complaintctl.rules.packkeys import EXPECTED as EXPECTED_OF_ANY

FORM = 1
PARTS = ("lists", "words", "known")
WIDTH = 118
EXPECTED = {
    "form": N_('form = 1 and tables ["fact=value"] with start, lists, words and known'),
    "tenths": N_("what adds to it with tenths, as in lift=4; a list of the lexicon, a word, or an earlier fact=value"),
}

#: For each `fact=value` what adds to it: `start` under "" of "start", else lists, words or known facts with tenths.
Table = Mapping[str, Mapping[str, Mapping[str, int]]]

_HEAD = """\
# Towards what texts lean, beside what the rules of lexicon.toml say: tenths of a rule's point.
#
# Fitted by benchmarks/leanings.py from labelled texts that are no part of the project; docs/reading.md says how.
# Not to be edited by hand: a word that an office knows better belongs into the lexicon, or into its own ledger.
#
# ["fact=value"]
# start   what every text begins with
# lists   what a list of the lexicon adds where the text speaks of it, also if it is feared or negated
# words   what a word adds that stands in the text, unless a negation cuts it: 没有人 holds no 有人
# known   what a fact adds that was settled before
#
# After a change: python -m complaintctl.reading.compile

form = 1
"""


def read_table(text: str, name: str, lists: Iterable[str]) -> Table:
    """Read the file.

    Args:
        text: the TOML text.
        name: the file's name, for errors.
        lists: the names of the lexicon's lists.

    Returns:
        For each `fact=value` that has a table what adds to it, in tenths; 0 to start with where the file says none.

    Raises:
        LexiconWrong: naming the table and what was expected there.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Phrase(EXPECTED_OF_ANY["toml"], problem=str(error))
        raise LexiconWrong(file=name, key="–", expected=problem) from None
    form = document.pop("form", None)
    if form != FORM or form is True:
        raise _wrong(name, "form", "form")
    sides, known = set(_sides()), set(lists)
    found: dict[str, dict[str, dict[str, int]]] = {}
    for side, row in document.items():
        if side not in sides or not isinstance(row, dict) or set(row) - {"start", *PARTS}:
            raise _wrong(name, side, "form")
        found[side] = {"start": {"": _whole(name, side, row.get("start", 0))}}
        for part in PARTS:
            found[side][part] = dict(_pairs(name, f"{side}.{part}", row.get(part, "")))
        earlier = set(_sides(before=side.partition("=")[0]))
        if set(found[side]["lists"]) - known or set(found[side]["known"]) - earlier:
            raise _wrong(name, side, "tenths")
    return found


def _sides(before: str | None = None) -> Iterator[str]:
    """Yield every `fact=value` that a text can settle, in order; with `before` those of earlier facts."""
    for fact in ORDER[: None if before is None else ORDER.index(before)]:
        if FACTS[fact].type != "int":
            yield from (f"{fact}={value}" for value in (FACTS[fact].choices or (YES,)))


def _whole(name: str, where: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name, where, "tenths")
    return value


def _pairs(name: str, where: str, text: Any) -> Iterator[tuple[str, int]]:
    for pair in str(text).split():
        what, equals, tenths = pair.rpartition("=")
        if not what or not equals or not re.fullmatch("-?[0-9]+", tenths) or BETWEEN in what:
            raise _wrong(name, f"{where}: {pair}", "tenths")
        yield what, int(tenths)


def _wrong(name: str, key: str, expected: str) -> LexiconWrong:
    return LexiconWrong(file=name, key=key, expected=Phrase(EXPECTED[expected]))


def packed(table: Table, numbers: Mapping[str, int]) -> dict[str, Any]:
    """Lay the table out as `lexicon.Leanings` takes it: for each thing met one row over all facts and values."""
    rows: dict[str, dict[str, str]] = {part: {} for part in ("start", *PARTS)}
    for side, parts in table.items():
        fact, _, value = side.partition("=")
        for part, adds in parts.items():
            for what, tenths in adds.items():
                key = str(numbers[what]) if part == "lists" else what
                more = BETWEEN.join((fact, value, str(tenths)))
                rows[part][key] = f"{rows[part][key]}{BETWEEN}{more}" if key in rows[part] else more
    return {**rows, "start": rows["start"].get("", "")}


def written(table: Table) -> str:
    """Write the file, everything in one order, so that two fits can be compared."""
    text = _HEAD
    for side in (side for side in _sides() if side in table):
        parts = table[side]
        text += f'\n["{side}"]\nstart = {parts["start"][""]}\n'
        for part in PARTS:
            adds = sorted(parts[part].items(), key=lambda one: (-one[1], one[0]))
            # A Chinese character is two columns wide.
            width = WIDTH // 2 if part == "words" else WIDTH
            lines = wrap(" ".join(f"{what}={tenths}" for what, tenths in adds), width, break_on_hyphens=False)
            text += f'{part} = """\n' + "".join(f"{line}\n" for line in lines) + '"""\n' if lines else ""
    return text
