"""What may stand at a key of a procedure pack: one checker a kind of value, each refusing by key.

`pack` puts these together into the tables of a pack.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from complaintctl.errors import BadLimit, PackWrong
from complaintctl.language import N_, Phrase
from complaintctl.rules import condition
from complaintctl.rules.facts import FACTS
from complaintctl.rules.period import parse_limit

Table = dict[str, Any]
#: Checks one value standing at a key and returns it, or raises PackWrong.
Checker = Callable[["Reader", Any, str], Any]

EXPECTED = {
    "a-condition": N_('a condition, such as {{ kind = "repair" }}'),
    "a-list-of-conditions": N_("a list of at least one condition"),
    "true-or-false": N_("true or false"),
    "a-number-or-at-least": N_("a whole number, or {{ at_least = 5 }}"),
    "one-of": N_("one of {choices}"),
    "known-key": N_("no such key here; known are {choices}"),
    "this-key": N_("this key, which is missing"),
    "a-text": N_("a text that is not empty"),
    "a-whole-number": N_("a whole number"),
    "a-list": N_("a list of texts"),
    "a-table": N_("a table"),
    "a-list-of-tables": N_("a list of tables, written [[…]]"),
    "both-languages": N_('both languages: {{ zh = "…", en = "…" }}'),
    "a-limit": N_("a limit, such as 2 hours, 3 workdays, same day or $name of a site parameter"),
    "a-parameter": N_("the name of a site parameter: {choices}"),
    "this-form": N_("form 1, the only one that this program knows"),
    "toml": N_("TOML text ({problem})"),
    "unique": N_("a name that does not stand here twice"),
    "a-rung": N_("the rung, 1 to 5, which every referral needs"),
    "no-rung": N_("no rung: only referrals have one"),
    "no-circle": N_("steps that do not contain one another in a circle"),
    "an-of": N_("the document whose clock ran out"),
    "a-share": N_("a share, such as 90%"),
    "a-moment": N_("a moment, such as 2026-11-20 14:00"),
    "a-closing": N_("at least one closing that always holds, as the last"),
}

START_WORDS = (
    *("received", "first-receipt", "heard", "became", "last-word", "appointment", "promise", "raised"),
    "corrective",
)
PSEUDO_STEPS = ("explained", "reopened")


class Reader:
    """Walks one pack, knowing its file name and what its rules may name."""

    def __init__(self, name: str, document: Mapping[str, Any], base: Mapping[str, Any]) -> None:
        """Take the parsed TOML of the pack and of what all packs have in common."""
        self.name = name
        self.document = document
        self.base = base
        self.params: Table = {}
        self.steps: Table = {}
        self.roles: Table = {}
        self.rungs: Table = {}
        self.names: dict[str, Any] = {}

    def wrong(self, key: str, expected: str, **values: object) -> PackWrong:
        """Return the error for a key and a code of EXPECTED."""
        return PackWrong(file=self.name, key=key, expected=Phrase(EXPECTED[expected], **values))

    def table(self, row: Any, where: str, keys: Mapping[str, tuple[Checker, Any]]) -> Table:
        """Check a table against its keys, each with a checker and a default; `...` marks a needed key."""
        if not isinstance(row, dict):
            raise self.wrong(where, "a-table")
        prefix = f"{where}." if where else ""
        for key in row:
            if key not in keys:
                raise self.wrong(f"{prefix}{key}", "known-key", choices=", ".join(sorted(keys)))
        found: Table = {}
        for key, (check, default) in keys.items():
            if key in row:
                found[key] = check(self, row[key], f"{prefix}{key}")
            elif default is ...:
                raise self.wrong(f"{prefix}{key}", "this-key")
            else:
                found[key] = default
        return found

    def rows(self, key: str, keys: Mapping[str, tuple[Checker, Any]]) -> list[Table]:
        """Check a list of tables, those of the common file after the pack's own."""
        rows = self.document.get(key, [])
        if not isinstance(rows, list):
            raise self.wrong(key, "a-list-of-tables")
        own = [self.table(row, f"{key}[{number}]", keys) for number, row in enumerate(rows, 1)]
        return own + [self.table(row, f"{key}[{number}]", keys) for number, row in enumerate(self.base.get(key, []), 1)]

    def single(self, key: str, keys: Mapping[str, tuple[Checker, Any]]) -> Table | None:
        """Check a table that may be absent, the common file's standing in for it."""
        row = self.document.get(key, self.base.get(key))
        return None if row is None else self.table(row, key, keys)


def a_text(reader: Reader, value: Any, where: str) -> str:
    """Take a text that says something."""
    if not isinstance(value, str) or not value.strip():
        raise reader.wrong(where, "a-text")
    return value


def a_number(reader: Reader, value: Any, where: str) -> int:
    """Take a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise reader.wrong(where, "a-whole-number")
    return value


def a_flag(reader: Reader, value: Any, where: str) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise reader.wrong(where, "true-or-false")
    return value


def a_wording(reader: Reader, value: Any, where: str) -> dict[str, str]:
    """Take a wording in both languages."""
    if not isinstance(value, dict) or set(value) != {"zh", "en"}:
        raise reader.wrong(where, "both-languages")
    return {lang: a_text(reader, text, f"{where}.{lang}") for lang, text in value.items()}


def one_of(*choices: str) -> Checker:
    """Return a checker that takes one of the given texts."""

    def check(reader: Reader, value: Any, where: str) -> str:
        if value not in choices or not isinstance(value, str):
            raise reader.wrong(where, "one-of", choices=", ".join(choices))
        return value

    return check


def list_of(check: Checker, *, or_single: bool = False) -> Checker:
    """Return a checker of a list, taking a single value as a list of one where that is allowed."""

    def check_list(reader: Reader, value: Any, where: str) -> list[Any]:
        if or_single and isinstance(value, str):
            value = [value]
        if not isinstance(value, list) or not value:
            raise reader.wrong(where, "a-list")
        return [check(reader, one, where) for one in value]

    return check_list


def a_condition(reader: Reader, value: Any, where: str) -> Any:
    """Take a condition over facts, judgements and what the engine makes."""
    condition.check(value, where, reader.names, reader.wrong)
    return value


def a_limit(reader: Reader, value: Any, where: str) -> str:
    """Take a limit or the `$name` of a site parameter."""
    text = a_text(reader, value, where)
    if text.startswith("$"):
        if text[1:] not in reader.params:
            raise reader.wrong(where, "a-parameter", choices=", ".join(sorted(reader.params)) or "–")
        if isinstance(reader.params[text[1:]]["default"], int):
            raise reader.wrong(where, "a-limit")
        return text
    try:
        parse_limit(text)
    except BadLimit:
        raise reader.wrong(where, "a-limit") from None
    return text


def a_step(reader: Reader, value: Any, where: str) -> str:
    """Take the name of a step that this pack knows."""
    if not isinstance(value, str) or (value not in reader.steps and value not in PSEUDO_STEPS):
        raise reader.wrong(where, "one-of", choices=", ".join(sorted(reader.steps)))
    return str(value)


def a_step_or_two(reader: Reader, value: Any, where: str) -> str:
    """Take a step, or "a|b": a where a form went out, else b."""
    for part in a_text(reader, value, where).split("|"):
        a_step(reader, part, where)
    return str(value)


def a_role(reader: Reader, value: Any, where: str) -> str:
    """Take the name of a duty holder."""
    if not isinstance(value, str) or value not in reader.roles:
        raise reader.wrong(where, "one-of", choices=", ".join(sorted(reader.roles)))
    return str(value)


def a_start(reader: Reader, value: Any, where: str) -> str:
    """Take what a clock may run from."""
    text = a_text(reader, value, where)
    if text in START_WORDS:
        return text
    if text.startswith("ran-out:"):
        a_step(reader, text.removeprefix("ran-out:"), where)
        return text
    for part in text.split("|"):
        if part not in reader.steps:
            raise reader.wrong(
                where, "one-of", choices=", ".join([*START_WORDS, "ran-out:STEP", *sorted(reader.steps)])
            )
    return text


def a_share(reader: Reader, value: Any, where: str) -> str:
    """Take a share such as "90%"."""
    text = a_text(reader, value, where)
    if not text.endswith("%") or not text[:-1].replace(".", "", 1).isdigit():
        raise reader.wrong(where, "a-share")
    return text


def a_moment_fact(reader: Reader, value: Any, where: str) -> str:
    """Take the name of a fact that is a moment."""
    names = [name for name, fact in FACTS.items() if fact.type == "moment"]
    return str(one_of(*names)(reader, value, where))


def anything(reader: Reader, value: Any, where: str) -> Any:
    """Take a value that is checked elsewhere."""
    return value
