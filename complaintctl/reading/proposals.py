"""What a text lets one propose: category, responsibility, kind and the rest, each with the words that led there.

A proposal is no judgement: the clerk's own word beats it, and the judgement is derived from the facts that stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from complaintctl.reading.leanings import POINT, Leaning, Span
from complaintctl.reading.lexicon import ORDER, Lexicon, Rule
from complaintctl.reading.proposal import Proposal, Value
from complaintctl.reading.words import DENIED, TOLD, UNDONE, Heard, Hit, hear
from complaintctl.rules.condition import grounds, holds
from complaintctl.rules.facts import FACTS

#: What holds of a flag while nothing speaks for it; a choice is not known until something does.
_UNSAID: dict[str, Value] = {name: False for name in ORDER if FACTS[name].type == "flag"}

#: The rule that is named where no rule speaks for a value, only what such texts lean to.
LEANING = "leaning"

NO_LEANING: Mapping[Value, int] = {}

_EVERYWHERE = -1


class Ground(NamedTuple):
    """A rule that holds in a text: the value it speaks for, and where the words stand that it rests on."""

    rule: Rule
    value: Value
    spans: tuple[Span, ...]


class Leading(NamedTuple):
    """Which rules can hold: those of each fact that look for no words, and for each list those that begin with it.

    Rules are named by their fact and their place among its rules.
    """

    wordless: Mapping[str, tuple[int, ...]]
    led: Mapping[int, tuple[tuple[str, int], ...]]

    def worth_trying(self, heard: Heard) -> dict[str, set[int]]:
        """Return for each fact the rules that may hold in a text; all others look for words that are not there."""
        found = {fact: set(numbers) for fact, numbers in self.wordless.items()}
        for one in heard.spoken:
            for fact, number in self.led.get(one, ()):
                found[fact].add(number)
        return found


def leading(lexicon: Lexicon) -> Leading:
    """Prepare a lexicon for many texts, which are read in less time then."""
    led: dict[int, list[tuple[str, int]]] = {}
    wordless: dict[str, tuple[int, ...]] = {}
    for fact, rules in lexicon.rules.items():
        wordless[fact] = tuple(number for number, rule in enumerate(rules) if not rule.words)
        for number, rule in enumerate(rules):
            for one in rule.words[0] if rule.words else ():
                led.setdefault(one, []).append((fact, number))
    return Leading(wordless, {one: tuple(rules) for one, rules in led.items()})


def propose(
    text: str,
    lexicon: Lexicon,
    stated: Mapping[str, Value] | None = None,
    *,
    prepared: Leading | None = None,
) -> tuple[Proposal, ...]:
    """Propose the facts of a complaint from its text.

    Args:
        text: the complaint as told, in Chinese or English.
        lexicon: the words to look for and what they mean.
        stated: facts that are known already; none is proposed for these, and others may follow from them.
        prepared: what `leading` made of the lexicon; it changes nothing but the time this takes.

    Returns:
        One proposal a fact, in the order of `lexicon.ORDER`; a flag only where it is true, a fact for which
        nothing speaks not at all.
    """
    heard = hear(text, lexicon)
    worth = prepared.worth_trying(heard) if prepared is not None else None
    stated = stated or {}
    known: dict[str, Value] = {**_UNSAID, **stated}
    leaning = Leaning(lexicon.leanings, heard)
    for fact, said in stated.items():
        leaning.know(fact, said)
    spans: dict[str, tuple[Span, ...]] = {}
    proposals = []
    for fact in ORDER:
        if fact in stated:
            continue
        rules = lexicon.rules[fact]
        tried = rules if worth is None else [rules[number] for number in sorted(worth[fact])]
        found = grounds_of(tried, heard, known, spans)
        value = settled(found, leaning.of(fact), leaning.told(fact))
        if value is None:
            continue
        chosen = sorted((one for one in found if one.value == value), key=lambda one: -one.rule.weight)
        led = tuple(sorted({span for ground in chosen for span in ground.spans}))
        tipped = () if settled(found) == value else leaning.spans(fact, value)
        if value is True and not (led or tipped):
            # What was stated may make a fact likely; only words of the text may make it a proposal.
            continue
        known[fact], spans[fact] = value, led or tipped
        leaning.know(fact, value)
        if value is not False:
            words = dict.fromkeys(heard.text[start:end] for start, end in _joined({*led, *tipped}))
            proposals.append(Proposal(fact, value, tuple(words), chosen[0].rule.name if chosen else LEANING))
    return tuple(proposals)


def grounds_of(
    rules: Iterable[Rule], heard: Heard, known: Mapping[str, Value], spans: Mapping[str, tuple[Span, ...]]
) -> list[Ground]:
    """Give which of a fact's rules hold, the facts before it being known, and where the words of these stand."""
    return [ground for rule in rules if (ground := _ground(rule, heard, known, spans))]


def settled(
    found: list[Ground], leaning: Mapping[Value, int] = NO_LEANING, told: Collection[Value] = ()
) -> Value | None:
    """Give the value that weighs most, of two equal ones the one told first; None where nothing speaks.

    A value must have a rule that holds, or be among those for which the text leans by words alone (`told`).
    """
    sides: dict[Value, list[Ground]] = {}
    for ground in found:
        sides.setdefault(ground.value, []).append(ground)
    weights = {
        value: leaning.get(value, 0) + POINT * sum(one.rule.weight for one in side) for value, side in sides.items()
    }
    weights |= {value: leaning.get(value, 0) for value in told if value not in weights}
    best = max(weights, key=lambda value: (weights[value], -_first(sides.get(value, []))), default=None)
    return None if best is True and weights[best] <= 0 else best


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap, in their order: 路灯 and 灯不亮 are 路灯不亮."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _first(side: list[Ground]) -> int:
    """Say where the first word of a side stands; what was told first is the matter."""
    return min((span[0] for ground in side for span in ground.spans), default=1 << 30)


def _ground(
    rule: Rule, heard: Heard, known: Mapping[str, Value], spans: Mapping[str, tuple[Span, ...]]
) -> Ground | None:
    """Give the ground that a rule finds in a text, or None where it does not hold."""
    if rule.given and not holds(rule.given, known):
        return None
    places = _places(rule, heard)
    if not places:
        return None
    wanted = {one for group in rule.words for one in group}
    hits = [hit for hit in heard.hits if not wanted.isdisjoint(hit.lists) and _leads(hit, rule, places)]
    inherited = [span for fact, _ in grounds(rule.given, known) for span in spans.get(fact, ())]
    value = rule.value if rule.value is not None else next((hit.number for hit in hits if hit.number is not None), None)
    return None if value is None else Ground(rule, value, (*((hit.start, hit.end) for hit in hits), *inherited))


def _places(rule: Rule, heard: Heard) -> int:
    """Give the clauses in which the lists of a rule meet, one bit a clause; 0 where they do not."""
    clauses = heard.undone if rule.undone else heard.told if rule.told else heard.spoken
    places = _EVERYWHERE
    for number, group in enumerate(rule.words):
        met = 0
        for one in group:
            met |= clauses.get(one, 0)
        places &= _reach(met, rule.within, first=not number)
        if not places:
            return 0
    for one in rule.unless:
        places &= ~_reach(heard.spoken.get(one, 0), rule.within)
    return places


def _reach(met: int, within: str, *, first: bool = False) -> int:
    """Widen the clauses in which a list is met to those that it is near enough to."""
    if within == "text":
        return _EVERYWHERE if met else 0
    if within == "beside" and not first:
        return met | met << 1 | met >> 1
    return met


def _leads(hit: Hit, rule: Rule, places: int) -> bool:
    """Say whether a hit of a list that a rule looks for is among the words that it rests on."""
    if rule.undone:
        if hit.standing != UNDONE:
            return False
    elif hit.standing == DENIED or (rule.told and hit.standing != TOLD):
        return False
    return bool(_reach(1 << hit.clause, rule.within) & places)
