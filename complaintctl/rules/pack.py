"""Reads a procedure's TOML text, refuses it by key where it is wrong, and compiles it to a snapshot.

The snapshot is plain JSON with every default filled in, so that `Procedure` needs no checks and a ledger can
keep exactly what was in force. The form of the file is described in docs/procedure-packs.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from complaintctl.errors import PackWrong
from complaintctl.language import Phrase
from complaintctl.rules import packkeys as keys
from complaintctl.rules import packoccasions, packpaths
from complaintctl.rules.condition import leaves
from complaintctl.rules.facts import FACETS, FACTS, MADE, VIAS
from complaintctl.rules.packexample import check_examples
from complaintctl.rules.packkeys import Checker, Reader, Table, list_of, one_of

FORM = 1
Keys = Mapping[str, tuple[Checker, Any]]

TOP = {
    "id": (keys.a_text, ...),
    "form": (keys.a_number, ...),
    "title": (keys.a_wording, ...),
    "letter": (keys.a_text, ""),
    "source": (keys.a_wording, None),
    **dict.fromkeys(
        [
            "params",
            "roles",
            "rungs",
            "step",
            "timer",
            "judgement",
            "clock",
            "agreement",
            "extension",
            "promise",
            "coordination",
            "explanation",
            "on_the_spot",
            "handling",
            "notice",
            "closing",
            "close",
            "separation",
            "target",
            "report",
            "assignment",
            "occasion",
            "followup",
            "route",
            "part",
            "suggestion",
            "example",
        ],
        (keys.anything, None),
    ),
}
STEP: Keys = {
    "name": (keys.a_text, ...),
    "title": (keys.a_wording, ...),
    "contains": (list_of(keys.a_text), []),
    "signature": (keys.a_flag, False),
}
PARAM: Keys = {"default": (keys.anything, ...), "clause": (keys.a_text, ...), "title": (keys.a_wording, ...)}
RUNG: Keys = {
    "code": (keys.a_text, ...),
    "zh": (keys.a_text, ...),
    "en": (keys.a_text, ...),
    "also": (keys.a_wording, None),
}
TIMER: Keys = {
    "name": (keys.a_text, ...),
    "from": (one_of("first-receipt", "received"), ...),
    "limit": (keys.a_limit, ...),
    "unless": (keys.a_step, ...),
    "clause": (keys.a_text, ...),
    "title": (keys.a_wording, ...),
}
JUDGEMENT: Keys = {
    "facet": (one_of(*FACETS), ...),
    "value": (keys.a_text, ...),
    "clause": (keys.a_text, ...),
    "pack": (keys.a_text, None),
    "when": (keys.a_condition, {}),
    "because": (keys.a_wording, ...),
    "overrules": (keys.a_flag, False),
}
CLOCK: Keys = {
    "id": (keys.a_text, ...),
    "pack": (keys.a_text, None),
    "step": (keys.a_step, ...),
    "clause": (keys.a_text, ...),
    "when": (keys.a_condition, {}),
    "from": (keys.a_start, ...),
    "of": (keys.a_text, None),
    "limit": (keys.a_limit, None),
    "roll": (keys.a_flag, False),
    "ends": (one_of("24:00", "closing"), "24:00"),
    "duty": (list_of(keys.a_role, or_single=True), ...),
    "rung": (keys.a_number, None),
    "ground": (keys.a_text, ""),
    "instead": (keys.a_moment_fact, None),
    "met_by": (list_of(keys.a_step), []),
    "followed_by": (keys.a_step, None),
    "survives_closing": (keys.a_flag, False),
    "ended_by": (list_of(keys.a_step), []),
    "title": (keys.a_wording, ...),
}
AGREEMENT: Keys = {
    "step": (keys.a_step, "resolved"),
    "clause": (keys.a_text, ...),
    "stands_for": (list_of(keys.a_text), []),
}
EXTENSION: Keys = {
    "step": (keys.a_step, "resolved"),
    "when": (keys.a_condition, {}),
    "clause": (keys.a_text, ...),
    "times": (keys.a_number, None),
    "at_most": (keys.a_limit, None),
    "stands_for": (list_of(keys.a_text), []),
}
PROMISE: Keys = {
    "clause": (keys.a_text, ...),
    "replaces": (keys.a_step, None),
    "replaces_clause": (keys.a_text, None),
}
RULE: Keys = {"when": (keys.a_condition, {}), "clause": (keys.a_text, ...)}
HANDLING: Keys = {**RULE, "role": (keys.a_role, "handler"), "by": (keys.a_role, ...)}
ON_THE_SPOT: Keys = {"within": (keys.a_limit, ...), "clause": (keys.a_text, ...)}
NOTICE: Keys = {
    **RULE,
    "via": (list_of(one_of(*VIAS)), ...),
    "short": (keys.a_text, ...),
    "needs_note": (keys.a_flag, False),
}
CLOSING: Keys = {
    "step": (keys.a_step_or_two, ...),
    "when": (keys.a_condition, {}),
    "clause": (keys.a_text, ""),
}
CLOSE: Keys = {**RULE, "by": (keys.a_role, ...), "title": (keys.a_wording, ...)}
SEPARATION: Keys = {**RULE, "step": (keys.a_step, ...)}
TARGET: Keys = {
    "figure": (keys.a_text, ...),
    "at_least": (keys.a_share, None),
    "at_most": (keys.a_share, None),
    "clause": (keys.a_text, ...),
}
REPORT: Keys = {"due": (keys.a_limit, ...), "clause": (keys.a_text, ...)}
ASSIGNMENT: Keys = {"needed_when": (keys.a_condition, ...), "clause": (keys.a_text, "")}


def parse(text: str, common: str, name: str = "procedure.toml") -> Table:
    """Compile a pack's TOML text, on top of the common one, to a snapshot.

    Args:
        text: the pack, as TOML.
        common: the TOML of what all packs share (roles, rungs, steps, validity).
        name: the file's name, for errors.

    Raises:
        PackWrong: naming the key and what was expected there.
    """
    return compile_pack(Reader(name, _load(text, name), _load(common, "common.toml")))


def examples(text: str, name: str = "procedure.toml") -> list[Table]:
    """Return the worked examples of a pack's text as they stand; they are no part of the snapshot."""
    return list(_load(text, name).get("example", []))


def _load(text: str, name: str) -> Table:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = Phrase(keys.EXPECTED["toml"], problem=str(error))
        raise PackWrong(file=name, key="–", expected=problem) from None


def compile_pack(reader: Reader) -> Table:
    """Check every table of the pack, in the order in which they name each other, and fill in the defaults."""
    top = reader.table(dict(reader.document), "", TOP)
    if top["form"] != FORM:
        raise reader.wrong("form", "this-form")
    _names(reader, top["id"])
    found: Table = {
        "id": top["id"],
        "letter": top["letter"],
        "title": top["title"],
        "source": top["source"],
        "params": reader.params,
        "roles": reader.roles,
        "rungs": reader.rungs,
        "steps": reader.steps,
        "timers": reader.rows("timer", TIMER),
        "judgements": _judgements(reader, top["id"]),
        "clocks": _clocks(reader, top["id"]),
        "notices": _notices(reader),
        "closings": _closings(reader),
        "closes": reader.rows("close", CLOSE),
        "separations": reader.rows("separation", SEPARATION),
        "targets": reader.rows("target", TARGET),
        "occasions": packoccasions.occasions(reader, top["id"]),
        "followups": packoccasions.followups(reader, top["id"]),
        "routes": packpaths.routes(reader),
        "parts": packpaths.parts(reader),
    }
    for key, form in (
        ("agreement", AGREEMENT),
        ("extension", EXTENSION),
        ("promise", PROMISE),
        ("coordination", RULE),
        ("explanation", RULE),
        ("on_the_spot", ON_THE_SPOT),
        ("handling", HANDLING),
        ("report", REPORT),
        ("assignment", ASSIGNMENT),
        ("suggestion", packpaths.SUGGESTION),
    ):
        found[key] = reader.single(key, form)
    check_examples(reader, {clock["id"] for clock in found["clocks"]})
    return found


def _names(reader: Reader, pack: str) -> None:
    """Take down what the pack's rules may name: parameters, roles, rungs, steps, facts, judgements, timers."""
    reader.roles = {
        name: keys.a_wording(reader, row, f"roles.{name}") for name, row in _merged(reader, "roles").items()
    }
    reader.rungs = {name: reader.table(row, f"rungs.{name}", RUNG) for name, row in _merged(reader, "rungs").items()}
    for name, row in _merged(reader, "params").items():
        param = reader.table(row, f"params.{name}", PARAM)
        if not isinstance(param["default"], int) or isinstance(param["default"], bool):
            keys.a_limit(reader, param["default"], f"params.{name}.default")
        reader.params[name] = {**param, "value": param["default"]}
    _steps(reader)
    for name, fact in FACTS.items():
        if not fact.private and fact.type in ("flag", "choice", "int"):
            reader.names[name] = fact.choices or fact.type
    reader.names |= dict(FACETS) | MADE
    for number, row in enumerate([*_list(reader, "timer"), *reader.base.get("timer", [])], 1):
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            raise reader.wrong(f"timer[{number}].name", "this-key")
        reader.names[row["name"]] = "flag"


def _merged(reader: Reader, key: str) -> Table:
    own = reader.document.get(key, {})
    if not isinstance(own, dict):
        raise reader.wrong(key, "a-table")
    return {**reader.base.get(key, {}), **own}


def _list(reader: Reader, key: str) -> list[Any]:
    own = reader.document.get(key, [])
    if not isinstance(own, list):
        raise reader.wrong(key, "a-list-of-tables")
    return own


def _steps(reader: Reader) -> None:
    own: set[str] = set()
    for number, row in enumerate(_list(reader, "step"), 1):
        step = reader.table(row, f"step[{number}]", STEP)
        if step["name"] in own:
            raise reader.wrong(f"step[{number}].name", "unique")
        own.add(step["name"])
        reader.steps[step["name"]] = step
    for row in reader.base.get("step", []):
        reader.steps.setdefault(row["name"], reader.table(row, "step", STEP))
    for name, step in reader.steps.items():
        for inner in step["contains"]:
            keys.a_step(reader, inner, f"step {name}.contains")
        if name in _reached(reader.steps, name):
            raise reader.wrong(f"step {name}.contains", "no-circle")


def _reached(steps: Table, name: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(steps[name]["contains"])
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(steps.get(current, {}).get("contains", ()))
    return seen


def _judgements(reader: Reader, pack: str) -> list[Table]:
    """Take the rules of judgement; a common rule stands only for a facet the pack itself leaves alone."""
    rows = reader.rows("judgement", JUDGEMENT)
    count = len(_list(reader, "judgement"))
    own = {row["facet"] for row in rows[:count]}
    kept = [row for number, row in enumerate(rows) if number < count or row["facet"] not in own]
    for number, row in enumerate(kept, 1):
        where = f"judgement[{number}]"
        if row["value"] not in FACETS[row["facet"]]:
            raise reader.wrong(f"{where}.value", "one-of", choices=", ".join(FACETS[row["facet"]]))
        if row["facet"] in set(leaves(row["when"])):
            raise reader.wrong(f"{where}.when.{row['facet']}", "no-circle")
        row["pack"] = row["pack"] or pack
    return kept


def _clocks(reader: Reader, pack: str) -> list[Table]:
    rows = reader.rows("clock", CLOCK)
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        where = f"clock[{number}]"
        if row["id"] in seen:
            raise reader.wrong(f"{where}.id", "unique")
        seen.add(row["id"])
        if row["step"] == "referred":
            if str(row["rung"]) not in reader.rungs:
                raise reader.wrong(f"{where}.rung", "a-rung")
        elif row["rung"] is not None:
            raise reader.wrong(f"{where}.rung", "no-rung")
        if row["from"].startswith("ran-out:") != (row["of"] is not None):
            raise reader.wrong(f"{where}.of", "an-of")
        if row["limit"] is not None and row["from"] in ("promise", "corrective", "appointment"):
            raise reader.wrong(f"{where}.limit", "known-key", choices=", ".join(sorted(CLOCK)))
        row["pack"] = row["pack"] or pack
        given_with_a_time = ("promise", "raised", "corrective", "appointment")
        row["start_is_step"] = row["limit"] is None and row["from"] not in given_with_a_time
    return rows


def _notices(reader: Reader) -> list[Table]:
    rows = reader.rows("notice", NOTICE)
    for number, row in enumerate(rows, 1):
        if row["short"] != "remark":
            keys.a_step(reader, row["short"], f"notice[{number}].short")
    return rows


def _closings(reader: Reader) -> list[Table]:
    """Take the closing steps: what holds for every pack first, then the pack's own, then what always holds."""
    rows = reader.rows("closing", CLOSING)
    count = len(_list(reader, "closing"))
    own, base = rows[:count], rows[count:]
    always = [row for row in [*own, *base] if not row["when"]]
    if not always:
        raise reader.wrong("closing", "a-closing")
    return [row for row in [*base, *own] if row["when"]] + always[:1]
