"""An office's own words, laid over the lexicon that ships: each is for a list of it, or for a value of a fact.

They are kept by what they are for (`lift`, `category=noise`, `danger=yes`), so that a newer lexicon of the program
takes them over; what is for a list that it no longer has is left out of reading, and told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complaintctl.reading.lexicon import ORDER, PLAIN, YES, Lexicon, Rule
from complaintctl.rules.facts import FACTS

#: By what they are for, the words of an office, in the order in which they were added.
Terms = Mapping[str, list[str]]

#: An office knows what its own word means: it weighs more than any one rule of the lexicon and what texts lean to.
WEIGHT = 25
LONGEST, SHORTEST = 12, 2
#: What a text tells of these is heard also where a longer word of the office's holds it: missing a danger is worst.
GRAVE = ("injury", "danger", "damage", "outage")
#: What else a rule can be, an office's is not.
_PLAIN: Mapping[str, Any] = dict.fromkeys(Rule._fields, False)
#: More would be no word but a number by which somebody could be found.
_DIGITS = re.compile(r"[0-9]{4}")
#: Words of hanzi are written without blanks.
_BLANKS = re.compile(r"(?<=[\u3400-\u9fff]) +| +(?=[\u3400-\u9fff])| +(?= )")
_LETTERS = re.compile(r"[^\W_]+(?:[ '-][^\W_]+)*")


def plain_word(word: str, lexicon: Lexicon) -> str | None:
    """Give a word as texts are compared with it; None where it is too short, too long, or no word at all."""
    plain = _BLANKS.sub("", lexicon.plain(word.strip()))
    sound = SHORTEST <= len(plain) <= LONGEST and _LETTERS.fullmatch(plain) and not _DIGITS.search(plain)
    return plain if sound else None


def target(name: str, lexicon: Lexicon) -> str | None:
    """Give the list, or `fact=value`, that a name means: a list, a value, or a rule that rests on one list alone.

    None where it means nothing, or a rule with several lists.
    """
    name = name.strip().lower()
    if name in lexicon.lists[PLAIN:]:
        return name
    fact, equals, value = (part.strip() for part in name.partition("="))
    if equals:
        return f"{fact}={value}" if value in values_of(fact) else None
    lists = lists_of(name, lexicon)
    return lists[0] if len(lists) == 1 else None


def rival(terms: Terms, name: str, word: str) -> str | None:
    """Give the other value of the same fact for which a word stands; it can speak for one of them only."""
    fact, equals, _ = name.partition("=")
    others = (one for one, words in terms.items() if equals and one != name and word in words)
    return next((one for one in others if one.partition("=")[:2] == (fact, equals)), None)


def values_of(fact: str) -> tuple[str, ...]:
    """Give the values of a fact that words can be for: those of a choice, or yes; none for anything else."""
    if fact not in ORDER or FACTS[fact].type == "int":
        return ()
    return FACTS[fact].choices if FACTS[fact].type == "choice" else (YES,)


def lists_of(rule: str, lexicon: Lexicon) -> list[str]:
    """Give the lists on which a rule rests; none where there is no such rule."""
    found = (one for rules in lexicon.rules.values() for one in rules if one.name == rule)
    return list(dict.fromkeys(lexicon.lists[number] for one in found for group in one.words for number in group))


def layered(lexicon: Lexicon, terms: Terms) -> Lexicon:
    """Lay an office's words over a lexicon; what is for something that it does not have is left out."""
    new: dict[str, tuple[int, ...]] = {}
    lists, rules = list(lexicon.lists), dict(lexicon.rules)
    for name, words in terms.items():
        if target(name, lexicon) != name:
            continue
        if name not in lists:
            rules |= _with_rule(rules, name, len(lists))
            lists.append(name)
        number = lists.index(name)
        for word in words:
            home = new.get(word) or _home(lexicon, word)
            new[word] = home if number in home else (*home, number)
    grave = {number for fact in GRAVE for rule in lexicon.rules[fact] for group in rule.words for number in group}
    for word, home in new.items():
        if PLAIN not in home:
            new[word] = (*home, *sorted(_held(lexicon, word, grave) - {*home}))
    homes = [*lexicon.homes, *dict.fromkeys(new.values())]
    places = {home: number for number, home in enumerate(homes)}
    return lexicon._replace(
        lists=tuple(lists),
        words=lexicon.words.extended({word: places[home] for word, home in new.items()}),
        homes=tuple(homes),
        lengths={**lexicon.lengths, **_lengths(lexicon, new)},
        rules=rules,
    )


def _held(lexicon: Lexicon, word: str, wanted: set[int]) -> set[int]:
    """Give those of some lists that the words inside a longer one stand in, which it would hide."""
    ends = ((start, end) for start in range(len(word)) for end in range(start + 2, len(word) + 1))
    parts = (word[start:end] for start, end in ends if end - start < len(word))
    return {number for part in parts if not part.isascii() for number in _home(lexicon, part)} & wanted


def _home(lexicon: Lexicon, word: str) -> tuple[int, ...]:
    return lexicon.homes[lexicon.words[word]] if word in lexicon.words else ()


def _with_rule(rules: Mapping[str, tuple[Rule, ...]], name: str, number: int) -> dict[str, tuple[Rule, ...]]:
    """Give a fact's rules with one more: whoever says one of the words of list `number` speaks for this value."""
    fact, _, value = name.partition("=")
    flag = FACTS[fact].type == "flag"
    said = {"name": f"local:{name}", "value": flag or value, "weight": WEIGHT, "words": ((number,),)}
    rule = Rule(**{**_PLAIN, **said, "within": "clause", "unless": (), "given": {}, "told": flag})
    return {fact: (*rules[fact], rule)}


def _lengths(lexicon: Lexicon, words: Mapping[str, Any]) -> dict[str, list[int]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set(lexicon.lengths.get(word[0], ()))).add(len(word))
    return {first: sorted(sizes, reverse=True) for first, sizes in found.items()}


def unknown(lexicon: Lexicon, terms: Terms) -> list[str]:
    """Give what words are for that the lexicon no longer has: they stand, and are not read."""
    return [name for name in terms if target(name, lexicon) != name]


def stands(lexicon: Lexicon, name: str, word: str) -> bool:
    """Say whether a lexicon has a word for that already."""
    return name in lexicon.lists and lexicon.lists.index(name) in _home(lexicon, word)
