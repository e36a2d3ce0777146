"""Judging a complaint: from what is known to severity, class, validity and the rest, each with its clause.

A derived value may be overruled by the clerk; only a rule marked `overrules` (R's month) goes over that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from complaintctl.language import N_, Words
from complaintctl.rules.condition import grounds, holds, leaves
from complaintctl.rules.facts import FACETS
from complaintctl.rules.procedure import JudgementRule, Procedure, Wording


class Reason(NamedTuple):
    """Why a facet has its value: the rule's clause and wording, and the facts that made it so.

    `derived` is the value that the rules alone give; it differs from `value` only where a clerk overruled it.
    """

    facet: str
    value: str
    pack: str
    clause: str
    because: Wording | Words
    facts: tuple[tuple[str, Any], ...]
    derived: str | None


def _order(procedure: Procedure) -> list[str]:
    """Return the facets so that each comes after those its rules look at."""
    needs: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for rule in procedure.judgements:
        needs[rule.facet] |= set(leaves(rule.when)) & set(FACETS)
    done: list[str] = []

    def visit(facet: str, path: tuple[str, ...]) -> None:
        if facet in done or facet in path:
            return
        for needed in sorted(needs[facet]):
            visit(needed, (*path, facet))
        done.append(facet)

    for facet in FACETS:
        visit(facet, ())
    return done


def _first(procedure: Procedure, facet: str, known: Mapping[str, Any]) -> JudgementRule | None:
    return next((rule for rule in procedure.judgements if rule.facet == facet and holds(rule.when, known)), None)


def judge(procedure: Procedure, known: dict[str, Any], overruled: Mapping[str, str]) -> None:
    """Add every judgement to what is known: the facet's value, or None where no rule gives one.

    `overruled` holds the clerk's values by facet. `coordinated` is added last, since it may rest on a judgement.
    """
    names = procedure.remember("judged-by", _judged_by)
    key = (*map(known.get, names), *sorted(overruled.items()))
    memory = procedure.remember("judged", _nothing)
    found = memory.get(key)
    if found is None:
        if len(memory) >= REMEMBERED:
            memory.clear()
        found = memory[key] = _judged(procedure, dict(known), overruled)
    known |= found


def _judged(procedure: Procedure, known: dict[str, Any], overruled: Mapping[str, str]) -> dict[str, Any]:
    for facet in procedure.remember("facets", _order):
        rule = _first(procedure, facet, known)
        value = rule.value if rule else None
        if facet in overruled and not (rule and rule.overrules):
            value = overruled[facet]
        known[facet] = value
    known["coordinated"] = procedure.applies("coordination", known)
    return {name: known[name] for name in (*FACETS, "coordinated")}


#: So many different complaints are remembered as judged: registers and rebuilds judge the same again and again.
REMEMBERED = 4_096


def _judged_by(procedure: Procedure) -> tuple[str, ...]:
    """Return what the judgements look at, beside one another."""
    conditions = [rule.when for rule in procedure.judgements]
    coordination = procedure.snapshot.get("coordination")
    if coordination is not None:
        conditions.append(coordination["when"])
    names = {name for condition in conditions for name in leaves(condition)}
    return tuple(sorted(names - set(FACETS) - {"coordinated"}))


def rests_on(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Return, by facet, the facts that its rules look at, also through other facets."""
    found: dict[str, frozenset[str]] = {}
    for facet in _order(procedure):
        names = {name for rule in procedure.judgements if rule.facet == facet for name in leaves(rule.when)}
        facts = names - set(FACETS)
        found[facet] = frozenset(facts.union(*(found.get(name, frozenset()) for name in names & set(FACETS))))
    return found


def _nothing(procedure: Procedure) -> dict[tuple[Any, ...], dict[str, Any]]:
    return {}


def reasons(procedure: Procedure, known: Mapping[str, Any], overruled: Mapping[str, str]) -> list[Reason]:
    """Explain each judgement in `known`; an overruled one gives the clerk as its ground."""
    found = []
    for facet in FACETS:
        value = known.get(facet)
        rule = _first(procedure, facet, known)
        derived = rule.value if rule else None
        if facet in overruled and not (rule and rule.overrules):
            found.append(Reason(facet, overruled[facet], procedure.id, "", OVERRULED, (), derived))
        elif rule and value is not None:
            facts = tuple(dict(grounds(rule.when, known)).items())
            found.append(Reason(facet, rule.value, rule.pack, rule.clause, rule.because, facts, derived))
    return found


#: The wording of an overruling; the clerk's own reason stands in the entry.
OVERRULED = Words(N_("overruled by the clerk"))
