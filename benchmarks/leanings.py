"""Fits complaintctl/procedures/leanings.toml: towards what texts lean, beside what the rules of the lexicon say.

    python benchmarks/leanings.py labelled.jsonl more.jsonl      # fits anew, and says how well folds are answered
    python benchmarks/leanings.py --dry-run labelled.jsonl       # only says
    pip install "complaintctl[benchmarks]"                       # what it needs

The texts have the fields of those of `benchmarks/reading.py`; one that lacks a label teaches nothing about it, and
held-out ones are passed over. Beside them it learns from tests/cases/reading.toml, so that what a clerk has written
down there stays true. What is learned: for each fact of FACTS a multinomial logistic regression over the lists of the
lexicon, the commoner words, and the facts settled before; the points that the rules give have one fixed weight, so that
it learns only what they leave open. Words come from a segmenter's dictionary and the lexicon, and stand in texts of at
least LEAST different messages: what serves a single text is not learned.
"""

from __future__ import annotations

import argparse
import logging
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jieba
import numpy as np
from numpy.typing import NDArray
from reading import accepted, records
from scipy.optimize import minimize

from complaintctl.reading.compile import LEANINGS
from complaintctl.reading.leanings import ALONE, POINT, stands
from complaintctl.reading.leaningtable import read_table, written
from complaintctl.reading.lexicon import PLAIN, YES, Leanings, Lexicon, load_lexicon
from complaintctl.reading.proposals import grounds_of, settled
from complaintctl.reading.words import Heard, hear
from complaintctl.rules.facts import FACTS as ALL

#: What is fitted. What makes a complaint urgent or major stays with the rules, which can be told to miss nothing; and
#: a bare request to mend something is told from a complaint by what is said of the thing, not by words around it.
FACTS = ("category", "responsibility", "fault")
#: In the texts of so many messages a word must stand.
LEAST = 6
#: What a rule's point weighs (in natural logarithms of odds), how much large leanings are held down, and how much the
#: preferred value of a set counts.
WEIGHT, HOLD, PREFERRED = 0.2, 4.0, 0.7
#: A case counts as much as so many texts: somebody has decided it.
CASE = 4
#: Leanings of fewer tenths are left out.
SMALLEST = 5
FOLDS, SEED = 5, 5
CASES = Path(__file__).resolve().parents[1] / "tests" / "cases" / "reading.toml"

Matrix = NDArray[np.float64]


class Told(NamedTuple):
    """A text: from which message, what is right of it by fact, as read, what it speaks of; what is known so far."""

    message: str
    right: Mapping[str, Sequence[Any]]
    heard: Heard
    lists: frozenset[str]
    known: dict[str, Any]


class Fit(NamedTuple):
    """What was learned of one fact: its values, what each feature adds to each, what it starts from."""

    values: Sequence[Any]
    features: Sequence[tuple[str, str]]
    adds: Matrix
    start: Matrix


def texts(paths: Iterable[Path], lexicon: Lexicon) -> Iterator[Told]:
    """Yield the labelled texts, then the cases."""
    for path in paths:
        for record in records(path, "dev"):
            right = {fact: accepted(record, fact) for fact in FACTS if fact in record}
            yield _told(record["text"], str(record.get("message_id") or record["id"]), right, lexicon)
    for case in tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]:
        right = {fact: [value] for fact, value in case.get("is", {}).items() if fact in FACTS}
        right |= {"fault": [False]} if "fault" in case.get("not", ()) else {}
        # All of them are one message: what only they have in common, such as their made-up names, is no word to learn.
        yield from [_told(case["text"], CASES.name, right, lexicon)] * CASE


def _told(text: str, message: str, right: Mapping[str, Sequence[Any]], lexicon: Lexicon) -> Told:
    heard = hear(text, lexicon)
    lists = frozenset(lexicon.lists[number] for number in heard.spoken if number > PLAIN)
    return Told(message, right, heard, lists, {})


# ---- features


def common_words(told: Sequence[Told]) -> list[str]:
    """Give the words that stand in texts of enough messages: of the segmenter's dictionary, and of the lexicon."""
    jieba.setLogLevel(logging.WARNING)
    words: set[str] = set()
    for one in told:
        words.update(jieba.cut_for_search(one.heard.plain))
        words.update(one.heard.plain[hit.start : hit.end] for hit in one.heard.hits if min(hit.lists) > PLAIN)
    found: dict[str, set[str]] = defaultdict(set)
    for word in (word for word in words if len(word) > 1 and all("一" <= char <= "鿿" for char in word)):
        found[word].update(one.message for one in told if stands(word, one.heard) is not None)
    return sorted(word for word, messages in found.items() if len(messages) >= LEAST)


def features_of(fact: str, lexicon: Lexicon, words: Sequence[str]) -> list[tuple[str, str]]:
    """Give what a fact may lean on: lists, words, and the facts that are settled before it."""
    order = [name for name in lexicon.rules if ALL[name].type != "int"]
    earlier = [f"{name}={value}" for name in order[: order.index(fact)] for value in (ALL[name].choices or (YES,))]
    parts = {"lists": lexicon.lists[PLAIN + 1 :], "words": words, "known": earlier}
    return [(part, one) for part, found in parts.items() for one in found]


def met(told: Sequence[Told], features: Sequence[tuple[str, str]]) -> Matrix:
    """Say for each text and feature whether it is there."""
    rows = []
    for one in told:
        known = {f"{fact}={YES if value is True else value}" for fact, value in one.known.items()}
        words = {word for part, word in features if part == "words" and stands(word, one.heard) is not None}
        there = {"lists": one.lists, "words": words, "known": known}
        rows.append([feature in there[part] for part, feature in features])
    return np.array(rows, dtype=np.float64)


def ruled(told: Sequence[Told], fact: str, values: Sequence[Any], lexicon: Lexicon) -> Matrix:
    """Give the points that the rules give each value, the facts before it being known."""
    points = np.zeros((len(told), len(values)))
    for row, one in enumerate(told):
        for ground in grounds_of(lexicon.rules[fact], one.heard, one.known, {}):
            points[row, values.index(ground.value)] += ground.rule.weight
    return points


# ---- learning


def _wanted(told: Sequence[Told], fact: str, values: Sequence[Any]) -> Matrix:
    """Spread each text's weight over its acceptable values; none where nothing is said of the fact."""
    wanted = np.zeros((len(told), len(values)))
    for row, one in enumerate(told):
        right = [value for value in one.right.get(fact, ()) if value in values]
        for place, value in enumerate(right):
            share = 1.0 if len(right) == 1 else PREFERRED if not place else (1 - PREFERRED) / (len(right) - 1)
            wanted[row, values.index(value)] = share
    return wanted


def fitted(there: Matrix, rules: Matrix, wanted: Matrix) -> tuple[Matrix, Matrix]:
    """Fit what each feature adds to each value, and the start, in tenths of a rule's point."""
    size, sides = there.shape[1], rules.shape[1]

    def loss(given: Matrix) -> tuple[float, Matrix]:
        adds, start = given[:-sides].reshape(size, sides), given[-sides:]
        logs = there @ adds + start + WEIGHT * rules
        logs -= logs.max(axis=1, keepdims=True)
        shares = np.exp(logs)
        shares /= shares.sum(axis=1, keepdims=True)
        off = shares * wanted.sum(axis=1, keepdims=True) - wanted
        slope = np.concatenate([(there.T @ off + HOLD * adds).ravel(), off.sum(axis=0)])
        return float(-(wanted * np.log(shares + 1e-12)).sum() + HOLD / 2 * (adds**2).sum()), slope

    best = minimize(loss, np.zeros((size + 1) * sides), jac=True, method="L-BFGS-B", options={"maxiter": 200}).x
    tenths = np.round(best * POINT / WEIGHT)
    return tenths[:-sides].reshape(size, sides), tenths[-sides:]


def learn(told: Sequence[Told], lexicon: Lexicon, words: Sequence[str]) -> dict[str, Fit]:
    """Learn every fact, one after the other: later ones rest on what is made of the earlier."""
    for one in told:
        one.known.clear()
    found: dict[str, Fit] = {}
    for fact in lexicon.rules:
        if fact in FACTS:
            values: Sequence[Any] = ALL[fact].choices or (False, True)
            features = features_of(fact, lexicon, words)
            there, rules = met(told, features), ruled(told, fact, values, lexicon)
            adds, start = fitted(there, rules, _wanted(told, fact, values))
            if len(values) == 2:
                # A flag leans towards yes or not at all.
                adds, start = np.stack([0 * adds[:, 0], adds[:, 1] - adds[:, 0]], 1), np.array([0, start[1] - start[0]])
            adds[np.abs(adds) < SMALLEST] = 0
            found[fact] = Fit(values, features, adds, start)
        settle(told, fact, lexicon, found)
    return found


def settle(told: Sequence[Told], fact: str, lexicon: Lexicon, found: Mapping[str, Fit]) -> None:
    """Settle a fact of every text as the program would."""
    fit = found.get(fact)
    if fit:
        there = met(told, fit.features)
        said = there * [part != "known" for part, _ in fit.features] @ fit.adds >= ALONE
        leaning = there @ fit.adds + fit.start
    for row, one in enumerate(told):
        leans = (
            {value: leaning[row, place] for place, value in enumerate(fit.values) if value is not False} if fit else {}
        )
        alone = [value for place, value in enumerate(fit.values) if said[row, place]] if fit else ()
        value = settled(grounds_of(lexicon.rules[fact], one.heard, one.known, {}), leans, alone)
        one.known[fact] = value if value is not None else False if ALL[fact].type == "flag" else "unknown"


def table_of(found: Mapping[str, Fit]) -> dict[str, Any]:
    """Give what was learned as the table of leanings holds it."""
    table: dict[str, Any] = {}
    for fact, fit in found.items():
        for place, value in enumerate(fit.values):
            if value is False:
                continue
            parts: dict[str, dict[str, int]] = {part: {} for part in ("lists", "words", "known")}
            for (part, feature), tenths in zip(fit.features, fit.adds[:, place], strict=True):
                if tenths:
                    parts[part][feature] = int(tenths)
            side = f"{fact}={YES if value is True else value}"
            table[side] = {"start": {"": int(fit.start[place])}, **parts}
    return table


# ---- how well


def check(told: Sequence[Told], lexicon: Lexicon) -> Iterator[str]:
    """Say how well each fact is read by the rules alone, and with leanings that were learned from other messages."""
    messages = sorted({one.message for one in told})
    random.Random(SEED).shuffle(messages)
    folds = {message: number % FOLDS for number, message in enumerate(messages)}
    scores: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for fold in range(FOLDS):
        part, rest = ([one for one in told if (folds[one.message] == fold) == here] for here in (True, False))
        rules = [_settled_all(one, lexicon, {}) for one in part]
        found = learn(rest, lexicon, common_words(rest))
        for one, alone in zip(part, rules, strict=True):
            with_leanings = _settled_all(one, lexicon, found)
            for fact in FACTS:
                if one.right.get(fact):
                    scores[fact].append((alone[fact] in one.right[fact], with_leanings[fact] in one.right[fact]))
    for fact, pairs in scores.items():
        shares = [sum(pair[place] for pair in pairs) / len(pairs) for place in range(2)]
        yield f"{fact:15} rules {shares[0]:.3f}   with leanings {shares[1]:.3f}   ({len(pairs)} texts, {FOLDS} folds)"


def _settled_all(one: Told, lexicon: Lexicon, found: Mapping[str, Fit]) -> dict[str, Any]:
    """Settle every fact of one text; by the rules alone where nothing was learned."""
    one.known.clear()
    for fact in lexicon.rules:
        settle([one], fact, lexicon, found)
    return dict(one.known)


def main() -> None:
    """Fit, say how well, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    lexicon = load_lexicon()._replace(leanings=Leanings())
    told = list(texts(chosen.texts, lexicon))
    for line in check(told, lexicon):
        print(line)
    if chosen.dry_run:
        return
    text = written(table_of(learn(told, lexicon, common_words(told))))
    read_table(text, LEANINGS.name, lexicon.lists)
    LEANINGS.write_text(text, encoding="utf-8")
    print(f"{LEANINGS}: {len(text.encode())} bytes. Now: python -m complaintctl.reading.compile")


if __name__ == "__main__":
    main()
