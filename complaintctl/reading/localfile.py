"""Reads a TOML file of an office's own words, and refuses it by key where it is wrong.

form = 1
[terms]
lift = ["直梯"]
"category=noise" = ["嗡嗡叫"]
"""

from __future__ import annotations

import tomllib
from typing import Any

from complaintctl.errors import LexiconWrong
from complaintctl.language import N_, Phrase
from complaintctl.reading.compile import FORM
from complaintctl.reading.lexicon import Lexicon
from complaintctl.reading.local import LONGEST, SHORTEST, lists_of, plain_word, target
from complaintctl.rules.packkeys import EXPECTED

_TOP = ("form", "terms")

LOCAL_EXPECTED = {
    "a-target": N_("a list of the lexicon, or FACT=VALUE"),
    "one-list": N_("one of the lists on which this rule rests: {choices}"),
    "a-local-word": N_("a word of {shortest} to {longest} letters or characters, without longer numbers"),
    "terms": N_('words by what they are for, such as "category=noise" = ["…"]'),
}


class _File:
    def __init__(self, name: str, lexicon: Lexicon) -> None:
        self.name = name
        self.lexicon = lexicon

    def wrong(self, key: str, expected: str, **values: object) -> LexiconWrong:
        text = LOCAL_EXPECTED.get(expected) or EXPECTED[expected]
        error = LexiconWrong(file=self.name, key=key, expected=Phrase(text, **values))
        error.hint = N_("“complaintctl lexicon show --lists” tells what words can be for.")
        return error


def parse(text: str, lexicon: Lexicon, name: str) -> dict[str, list[str]]:
    """Read a file of words for a lexicon: what each is for, and the words as texts are compared with them.

    Raises:
        LexiconWrong: naming the key and what was expected there.
    """
    file = _File(name, lexicon)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise file.wrong("–", "toml", problem=str(error)) from None
    for key in document:
        if key not in _TOP:
            raise file.wrong(key, "known-key", choices=", ".join(_TOP))
    if document.get("form") != FORM or document["form"] is True:
        raise file.wrong("form", "this-form")
    terms = document.get("terms")
    if not isinstance(terms, dict) or not terms:
        raise file.wrong("terms", "terms")
    found: dict[str, list[str]] = {}
    for key, words in terms.items():
        meant = meaning(key, lexicon, f"terms.{key}", name)
        if not isinstance(words, list) or not words:
            raise file.wrong(f"terms.{key}", "a-list")
        for one in words:
            word = checked(one, lexicon, f"terms.{key}", name)
            if word in found.setdefault(meant, []):
                raise file.wrong(f"terms.{key}: {word}", "unique")
            found[meant].append(word)
    return found


def meaning(typed: str, lexicon: Lexicon, key: str, name: str) -> str:
    """Return what a name means that words are for.

    Raises:
        LexiconWrong: nothing, or a rule that rests on several lists: which one cannot be told.
    """
    meant = target(typed, lexicon)
    if meant is not None:
        return meant
    several = lists_of(typed.strip().lower(), lexicon)
    raise _File(name, lexicon).wrong(key, "one-list" if several else "a-target", choices=", ".join(several))


def checked(word: Any, lexicon: Lexicon, key: str, name: str) -> str:
    """Return a word as texts are compared with it.

    Raises:
        LexiconWrong: it is no word.
    """
    plain = plain_word(word, lexicon) if isinstance(word, str) else None
    if plain is None:
        raise _File(name, lexicon).wrong(f"{key}: {word}", "a-local-word", shortest=SHORTEST, longest=LONGEST)
    return plain
