"""Checks the worked examples of a pack by key, so that running one never stumbles over a slip of the pen.

What an example may say is described in docs/procedure-packs.md; `example` runs it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from complaintctl.rules import packkeys as keys
from complaintctl.rules.facts import CATEGORIES, FACETS, FACTS, OUTCOMES, VIAS
from complaintctl.rules.packkeys import Checker, Reader, Table, list_of, one_of

#: What happens in an example beside the steps of the pack.
OTHER_STEPS = ("reopened", "extended", "linked")
#: What a step of an example cannot do without.
NEEDED = {"referred": ("rung",), "extended": ("until",), "linked": ("households", "since")}
#: Clocks that the engine makes of an agreed and of a promised time.
MADE_CLOCKS = ("agreed", "promised")
ANSWERS = ("satisfied", "dissatisfied", "no-answer")
STAGES = ("open", "resolved", "notified", "closed")
STATES = ("waiting", "running", "met", "late", "overdue", "replaced", "lifted", "missed", "untimed", "done")


def check_examples(reader: Reader, clocks: set[str]) -> None:
    """Check every example; `clocks` are the ids that it may name.

    Raises:
        PackWrong: naming the key and what was expected there.
    """
    rows = reader.document.get("example", [])
    if not isinstance(rows, list):
        raise reader.wrong("example", "a-list-of-tables")
    form = _forms(one_of(*sorted(clocks), *MADE_CLOCKS))
    for number, row in enumerate(rows, 1):
        reader.table(row, f"example[{number}]", form)


def a_moment(reader: Reader, value: Any, where: str) -> str:
    """Take a local moment such as `2026-11-20 14:00`, with or without seconds, or `2026-11-20 24:00`."""
    text = keys.a_text(reader, value, where)
    try:
        moment = datetime.fromisoformat(text.replace(" 24:00", " 00:00"))
    except ValueError:
        raise reader.wrong(where, "a-moment") from None
    if moment.tzinfo is not None or " " not in text:
        raise reader.wrong(where, "a-moment")
    return text


def a_fact(reader: Reader, name: str, value: Any, where: str) -> None:
    """Check one fact's value by its type."""
    fact = FACTS.get(name)
    if fact is None or fact.private:
        open_names = sorted(name for name, one in FACTS.items() if not one.private)
        raise reader.wrong(where, "known-key", choices=", ".join(open_names))
    checks: Mapping[str, Checker] = {
        "flag": keys.a_flag,
        "int": keys.a_number,
        "moment": a_moment,
        "choice": one_of(*fact.choices),
    }
    checks[fact.type](reader, value, where)


def facts(reader: Reader, value: Any, where: str) -> Any:
    """Take a table of facts."""
    for name, one in _table(reader, value, where).items():
        a_fact(reader, name, one, f"{where}.{name}")
    return value


def told(reader: Reader, value: Any, where: str) -> Any:
    """Take what was told: when, the facts, and whether the resident stays nameless."""
    rest = dict(_table(reader, value, where))
    if "at" not in rest:
        raise reader.wrong(f"{where}.at", "this-key")
    a_moment(reader, rest.pop("at"), f"{where}.at")
    if "nameless" in rest:
        keys.a_flag(reader, rest.pop("nameless"), f"{where}.nameless")
    facts(reader, rest, where)
    return value


def judged(reader: Reader, value: Any, where: str) -> Any:
    """Take expected judgements: a value, yes or no as true or false, or "none"."""
    for facet, one in _table(reader, value, where).items():
        values = CATEGORIES if facet == "category" else FACETS.get(facet)
        if values is None:
            raise reader.wrong(f"{where}.{facet}", "known-key", choices=", ".join(sorted([*FACETS, "category"])))
        if not isinstance(one, bool):
            one_of(*values, "none")(reader, one, f"{where}.{facet}")
    return value


def overrule(reader: Reader, value: Any, where: str) -> Any:
    """Take the values that the clerk sets, by facet."""
    for facet, one in _table(reader, value, where).items():
        if facet not in FACETS:
            raise reader.wrong(f"{where}.{facet}", "known-key", choices=", ".join(sorted(FACETS)))
        one_of(*FACETS[facet])(reader, one, f"{where}.{facet}")
    return value


def step_names(reader: Reader, value: Any, where: str) -> str:
    """Take a step, or several in one breath: `contacted,verified`."""
    known = (*sorted(reader.steps), *OTHER_STEPS)
    for name in keys.a_text(reader, value, where).split(","):
        one_of(*known)(reader, name, where)
    return str(value)


def vias(reader: Reader, value: Any, where: str) -> str:
    """Take a manner of answering, or several: `visit,written`."""
    for via in keys.a_text(reader, value, where).split(","):
        one_of(*VIAS)(reader, via, where)
    return str(value)


def a_rung(reader: Reader, value: Any, where: str) -> int:
    """Take a rung of the ladder."""
    if str(keys.a_number(reader, value, where)) not in reader.rungs:
        raise reader.wrong(where, "a-rung")
    return int(value)


STEP: Mapping[str, tuple[Checker, Any]] = {
    "step": (step_names, None),
    "at": (a_moment, ...),
    "amend": (facts, None),
    "from_the_start": (keys.a_flag, False),
    "overrule": (overrule, None),
    "withdraw": (list_of(one_of(*FACETS)), None),
    "department": (keys.a_text, None),
    "rung": (a_rung, None),
    "outcome": (one_of(*OUTCOMES), None),
    "form_returned": (keys.a_flag, None),
    "via": (vias, None),
    "accepted": (keys.a_flag, None),
    "note": (keys.a_flag, None),
    "answer": (one_of(*ANSWERS), None),
    "raised": (keys.a_flag, None),
    "matter": (keys.a_number, None),
    "understood": (keys.a_flag, None),
    "action": (keys.a_number, None),
    "effective": (keys.a_flag, None),
    "promise": (a_moment, None),
    "agreed_by": (a_moment, None),
    "until": (a_moment, None),
    "appointment": (a_moment, None),
    "households": (keys.a_number, None),
    "since": (a_moment, None),
}
DEEDS = ("step", "amend", "overrule", "withdraw", "promise", "agreed_by", "appointment")


def a_deed(reader: Reader, value: Any, where: str) -> Any:
    """Take one thing that was done, with what that needs."""
    row = reader.table(value, where, STEP)
    if not any(deed in value for deed in DEEDS):
        raise reader.wrong(f"{where}.step", "this-key")
    for needed in NEEDED.get(str(row["step"]), ()):
        if needed not in value:
            raise reader.wrong(f"{where}.{needed}", "this-key")
    return value


def due_moment(reader: Reader, value: Any, where: str) -> str:
    """Take an expected due moment, or "none"."""
    return "none" if value == "none" else a_moment(reader, value, where)


def _forms(a_clock: Checker) -> Mapping[str, tuple[Checker, Any]]:
    """Return the keys of an example, its clocks being named by `a_clock`."""
    clock: Mapping[str, tuple[Checker, Any]] = {
        "clock": (a_clock, None),
        "step": (keys.a_step, None),
        "pack": (keys.a_text, None),
        "clause": (keys.a_text, None),
        "rung": (a_rung, None),
        "ground": (keys.a_text, None),
        "round": (keys.a_number, None),
        "at": (due_moment, None),
        "state": (one_of(*STATES), None),
        "governs": (keys.a_flag, None),
        "provisional": (keys.a_flag, None),
    }

    def expected(reader: Reader, value: Any, where: str) -> Any:
        reader.table(value, where, clock)
        if not any(key in value for key in ("clock", "step", "pack", "clause")):
            raise reader.wrong(f"{where}.clock", "this-key")
        return value

    def unwanted(reader: Reader, value: Any, where: str) -> Any:
        return a_clock(reader, value, where) if isinstance(value, str) else expected(reader, value, where)

    return {
        "title": (keys.a_wording, ...),
        "told": (told, ...),
        "steps": (_each(a_deed), []),
        "at": (a_moment, ...),
        "judged": (judged, {}),
        "due": (_each(expected), []),
        "absent": (_each(unwanted), []),
        "closed": (keys.a_flag, None),
        "round": (keys.a_number, None),
        "stage": (one_of(*STAGES), None),
    }


def _each(check: Checker) -> Checker:
    """Return a checker of a list that names each row by its place."""

    def check_rows(reader: Reader, value: Any, where: str) -> Any:
        if not isinstance(value, list):
            raise reader.wrong(where, "a-list")
        for place, one in enumerate(value, 1):
            check(reader, one, f"{where}[{place}]")
        return value

    return check_rows


def _table(reader: Reader, value: Any, where: str) -> Table:
    if not isinstance(value, dict):
        raise reader.wrong(where, "a-table")
    return value
