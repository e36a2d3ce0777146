"""Reads a TOML file of an office's own words, and refuses it by key where it is wrong.

form = 1
[terms]
lift = ["直梯"]
"category=noise" = ["嗡嗡叫"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from typing import Any

from complaintctl.errors import LexiconWrong, WordWrong
from complaintctl.language import N_, Phrase
from complaintctl.reading.compile import FORM
from complaintctl.reading.lexicon import Lexicon
from complaintctl.reading.local import LONGEST, SHORTEST, lists_of, plain_word, rival, target
from complaintctl.rules.packkeys import EXPECTED

_TOP = ("form", "terms")
#: In the place of a file's name: what was typed on the command line.
TYPED = ""

LOCAL_EXPECTED = {
    "a-target": N_("a list of the lexicon, or FACT=VALUE"),
    "one-list": N_("one of the lists on which this rule rests: {choices}"),
    "a-local-word": N_("a word of {shortest} to {longest} letters or characters, without longer numbers"),
    "one-value": N_("a word that stands for no other value of that fact (it does for {other})"),
    "terms": N_('words by what they are for, such as "category=noise" = ["…"]'),
}


class _File:
    def __init__(self, name: str, lexicon: Lexicon) -> None:
        self.name = name
        self.lexicon = lexicon

    def wrong(self, key: object, expected: str, **values: object) -> LexiconWrong:
        text = LOCAL_EXPECTED.get(expected) or EXPECTED[expected]
        kind = LexiconWrong if self.name != TYPED else WordWrong
        error = kind(file=self.name, key=key, expected=Phrase(text, **values))
        error.hint = N_("“complaintctl lexicon show --lists” tells what words can be for.")
        return error


def parse(text: str, lexicon: Lexicon, name: str, spoken: Callable[[str], str] = str) -> dict[str, list[str]]:
    """Read a file of words for a lexicon: what each is for, and the words as texts are compared with them.

    `spoken` gives the code for what a key says in the words of a language.

    Raises:
        LexiconWrong: naming the key and what was expected there.
    """
    file = _File(name, lexicon)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = Phrase(N_("line {n}"), n=int(line[1])) if line else "–"
        raise file.wrong(where, "toml", problem=str(error)) from None
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
        meant = meaning(spoken(key), lexicon, f"terms.{key}", name)
        if not isinstance(words, list) or not words:
            raise file.wrong(f"terms.{key}", "a-list")
        for one in words:
            word = checked(one, lexicon, f"terms.{key}", name)
            if word in found.setdefault(meant, []):
                raise file.wrong(f"terms.{key}: {word}", "unique")
            other = rival(found, meant, word)
            if other is not None:
                raise file.wrong(f"terms.{key}: {word}", "one-value", other=other)
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
