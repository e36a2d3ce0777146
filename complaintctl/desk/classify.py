"""Judging without taking down: what the text proposes, what was stated, and the judgement that both give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BadValue, EmptyText
from complaintctl.language import N_, Words
from complaintctl.reading import place
from complaintctl.reading.lexicon import Lexicon
from complaintctl.reading.moments import read
from complaintctl.reading.proposal import Proposal
from complaintctl.reading.proposals import propose
from complaintctl.rules.facts import FACTS, OPEN_DEFAULTS, Fact
from complaintctl.rules.judge import Reason, judge, reasons
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Procedure

#: Keys that belong to a complaint as told but to no judgement; they are taken and left alone.
SILENT = ("id", "received_at", "evidence")
MOST_HOUSEHOLDS = 1_000_000


class Classified(NamedTuple):
    """A complaint judged: all that is known of it, why, and what the text proposed where nothing was stated."""

    known: dict[str, Any]
    reasons: list[Reason]
    proposals: tuple[Proposal, ...]


def classify(facts: Mapping[str, Any], procedure: Procedure, lexicon: Lexicon) -> Classified:
    """Judge a complaint by its facts (`text` among them) as if it were taken down now; nothing is kept."""
    stated = {name: value for name, value in facts.items() if value is not None}
    proposals = propose(str(stated.get("text", "")), lexicon, stated)
    known: dict[str, Any] = {
        **OPEN_DEFAULTS,
        **{one.fact: one.value for one in proposals},
        **{name: value for name, value in stated.items() if not FACTS[name].private},
        "round": 1,
        "tried": 0,
        "nameless": not any(stated.get(name) for name in ("unit", "name", "phone")),
        "heard": stated.get("heard_at") is not None,
        "form_out": False,
        **{timer.name: False for timer in procedure.timers},
    }
    judge(procedure, known, {})
    where = None if stated.get("place") else place.proposed(str(stated.get("text", "")))
    return Classified(known, reasons(procedure, known, {}), (*proposals, where) if where else proposals)


def facts_of(record: Mapping[str, Any], now: Moment, zone: ZoneInfo) -> tuple[dict[str, Any], list[str]]:
    """Check a record with `text` and facts by name; return the facts, and the keys that are none.

    Raises:
        EmptyText: no text.
        BadValue, BadMoment: a fact of another type, or not one of its values.
    """
    facts = {
        name: _checked(FACTS[name], value, now, zone)
        for name, value in record.items()
        if name in FACTS and value is not None
    }
    if not str(facts.get("text", "")).strip():
        raise EmptyText(field="text")
    return facts, [name for name in record if name not in FACTS and name not in SILENT]


def _checked(fact: Fact, value: Any, now: Moment, zone: ZoneInfo) -> Any:
    if fact.type == "flag":
        if not isinstance(value, bool):
            raise BadValue(field=fact.name, text=_typed(value), expected=["true", "false"])
        return value
    if fact.type == "int":
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_HOUSEHOLDS:
            raise BadValue(field=fact.name, text=_typed(value), expected=f"1–{MOST_HOUSEHOLDS}")
        return value
    if not isinstance(value, str):
        raise BadValue(field=fact.name, text=_typed(value), expected=Words(N_("a text in quotes")))
    if fact.type == "choice" and value not in fact.choices:
        raise BadValue(field=fact.name, text=value[:60], expected=list(fact.choices))
    if fact.type == "moment":
        return read(value, now=now, zone=zone, future=None, field=fact.name).at
    return value


def _typed(value: Any) -> str:
    """Show a value of a wrong type as it stood in the record, cut short."""
    import json

    return json.dumps(value, ensure_ascii=False)[:60]
