"""Which rules of a procedure hold for what is known; remembered, as most complaints are alike in what rules ask for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from complaintctl.rules.condition import holds, leaves
from complaintctl.rules.judge import REMEMBERED
from complaintctl.rules.procedure import ClockRule, Procedure

#: What a clock may run from that comes several times in a round, each time with a clock of its own.
NOT_PLAIN = ("promise", "raised", "last-word", "corrective", "appointment")


class Holding(NamedTuple):
    """The rules whose conditions hold for what is known, by id.

    Beside them what was asked for already: the grounds of rules, and whose a duty is.
    """

    rules: frozenset[str]
    grounds: dict[str, tuple[tuple[str, object], ...]]
    duties: dict[tuple[str, ...], tuple[str, ...]]


def holding(procedure: Procedure, known: Mapping[str, object]) -> Holding:
    """Return which rules' conditions hold; remembered, as registers and rebuilds ask for the same again and again."""
    memory = procedure.remember("holding", _nothing)
    key = tuple(map(known.get, procedure.remember("conditions", _looked_at)))
    found: Holding | None = memory.get(key)
    if found is None:
        if len(memory) >= REMEMBERED:
            memory.clear()
        rules = frozenset(rule.id for rule in procedure.clocks if holds(rule.when, known))
        found = memory[key] = Holding(rules, {}, {})
    return found


def _looked_at(procedure: Procedure) -> tuple[str, ...]:
    """Return what the conditions of the clocks look at, and that of who handles a later round."""
    conditions = [rule.when for rule in procedure.clocks]
    if procedure.snapshot.get("handling") is not None:
        conditions.append(procedure.snapshot["handling"]["when"])
    return tuple(sorted({name for condition in conditions for name in leaves(condition)}))


def _nothing(procedure: Procedure) -> dict[tuple[object, ...], Holding]:
    return {}


def plain_rules(procedure: Procedure) -> tuple[ClockRule, ...]:
    """Return the rules that run from a single moment."""
    return tuple(rule for rule in procedure.clocks if rule.start not in NOT_PLAIN and not follows(rule))


def other_rules(procedure: Procedure) -> tuple[ClockRule, ...]:
    """Return the rules that run from other clocks, from promises, words and the like, several times in a round."""
    return tuple(rule for rule in procedure.clocks if rule.start in NOT_PLAIN or follows(rule))


def follows(rule: ClockRule) -> bool:
    """Say whether a rule runs from the moment at which another clock ran out."""
    return rule.start.startswith("ran-out:")
