"""The words that texts are read by at this office: those that ship, and its own laid over them.

An office's own words are adopted as a whole, as a procedure is: each change is an entry with all of them, and what was
proposed before stays as it was proposed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintctl.errors import UsageFault
from complaintctl.language import N_
from complaintctl.ledger.query import Queries
from complaintctl.reading.lexicon import Lexicon, load_lexicon

if TYPE_CHECKING:
    from complaintctl.desk.office import Office

LEXICON = "lexicon"
Words = dict[str, list[str]]


class Term(NamedTuple):
    """One word of an office: what it is for, since when, and whether the lexicon still has that."""

    word: str
    target: str
    since: int
    read: bool


class WordTaken(UsageFault):
    """A `word` that stands for an `other` value of the same fact."""

    code = "lexicon-wrong"
    message = N_("“{word}” stands for {other} already, and can say only one value of a fact.")
    hint = N_("First: complaintctl lexicon remove {word} --for {other}")


class Changed(NamedTuple):
    """What a change of an office's words did: those that are new or gone, and those that stood so already."""

    changed: list[tuple[str, str]]
    stood: list[tuple[str, str]]


def in_force(query: Queries) -> Lexicon:
    """Return the lexicon of a ledger: the shipped one, with the office's own words laid over it."""
    own = words_of(query)
    if not own:
        return load_lexicon()
    from complaintctl.reading.local import layered

    return layered(load_lexicon(), own)


def words_of(query: Queries) -> Words:
    """Return an office's own words by what they are for; none where none were added."""
    adopted = query.adoptions(LEXICON)
    return dict(json.loads(adopted[-1].snapshot)["terms"]) if adopted else {}


def terms(query: Queries) -> list[Term]:
    """Return an office's own words, each with the moment since which it stands."""
    from complaintctl.reading.local import unknown

    since: dict[tuple[str, str], int] = {}
    for adopted in query.adoptions(LEXICON):
        own = _pairs(json.loads(adopted.snapshot)["terms"])
        since = {pair: since.get(pair, adopted.adopted_at) for pair in own}
    lost = unknown(load_lexicon(), words_of(query))
    return [Term(word, target, at, target not in lost) for (target, word), at in since.items()]


def add(office: Office, more: Mapping[str, Sequence[str]]) -> Changed:
    """Add words; those that stand so already stay, and if all do, nothing is written.

    Raises:
        WordTaken: one stands for another value of the same fact.
    """
    from complaintctl.reading.local import rival

    with office.command() as command:
        own = words_of(office.query)
        stood = [pair for pair in _pairs(more) if pair[1] in own.get(pair[0], ())]
        new = [pair for pair in _pairs(more) if pair not in stood]
        for target, word in new:
            other = rival(own, target, word)
            if other is not None:
                raise WordTaken(word=word, other=other)
            own.setdefault(target, []).append(word)
        if new:
            _adopt(command, own)
        return Changed(new, stood)


def remove(office: Office, word: str, target: str | None = None) -> Changed:
    """Take a word out, of one list or value or of all.

    Raises:
        NotFound: the office has no such word, or not for that.
    """
    from complaintctl.errors import NotFound
    from complaintctl.language import Words as Spoken

    with office.command() as command:
        own = words_of(office.query)
        gone = [(name, one) for name, one in _pairs(own) if one == word and target in (None, name)]
        if not gone:
            error = NotFound(what=Spoken(N_("word of this office")), name=word)
            error.hint = N_("“complaintctl lexicon show” lists the office's own words; those that ship stay.")
            raise error
        left = {name: [one for one in words if (name, one) not in gone] for name, words in own.items()}
        _adopt(command, {name: words for name, words in left.items() if words})
        return Changed(gone, [])


def _pairs(words: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [(target, word) for target, those in words.items() for word in those]


def _adopt(command: Any, own: Words) -> None:
    from complaintctl.desk.site import adopt

    adopt(command, LEXICON, LEXICON, {"form": 1, "terms": own})


def take_back(office: Office, command: Any, batch: int) -> Words:
    """Put in force again what stood before a change of the words was written; return it."""
    before = [row for row in office.query.adoptions(LEXICON) if row.seq < batch]
    own: Words = dict(json.loads(before[-1].snapshot)["terms"]) if before else {}
    _adopt(command, own)
    return own
