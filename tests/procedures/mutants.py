"""Changes one thing at a time in a shipped pack and tells which changes nothing notices: no worked example, no rule
case of tests/cases, neither the clock table nor the tables beside it, and not the second statement of who applies.

A tool, run by hand: `python tests/procedures/mutants.py [PACK…]`. It prints each survivor and the count. What only the
desk or the reports read (targets, closing by hand, the extension's bounds) is tested in their rooms, not here.
"""

from __future__ import annotations

import copy
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import test_beside_table as beside_table
import test_clock_table as clock_table
from test_who_applies import LETTERS, disagreements

from complaintctl import procedures
from complaintctl.errors import PackWrong
from complaintctl.procedures import holidays
from complaintctl.rules import example, pack
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.life import fold
from complaintctl.rules.localtime import shown
from complaintctl.rules.occasions import EVERY, SUBJECTS
from complaintctl.rules.packkeys import Reader
from complaintctl.rules.procedure import Procedure

ZONE = ZoneInfo("Asia/Shanghai")
CASES = Path(__file__).parents[1] / "cases"
CALENDAR = Calendar.from_snapshot(holidays.shipped())
COMMON = tomllib.loads(procedures.common())
#: Tables whose rules move judgements and clocks, and so must be felt by an example or a case.
FELT = ("timer", "judgement", "clock", "notice", "closing", "agreement", "promise", "coordination", "params")
#: Tables about what stands beside the clocks.
BESIDE = ("occasion", "followup", "route", "part", "suggestion")
WORDING = ("id", "title", "because", "clause", "pack", "name", "duty")
#: Keys with one of a few words, and the words to try in their place.
CHOICES = {
    "subject": SUBJECTS,
    "every": tuple(EVERY),
    "decided_by": ("director", "manager"),
    "responsibility": ("own", "building", "outside"),
}
NUMBER = re.compile(r"\d+")

Document = dict[str, Any]
Mutant = tuple[str, Document]


def mutants(document: Document) -> Iterator[Mutant]:
    """Yield every mutant with a description of what was changed."""
    yield from _signatures(document)
    for table in (*FELT, *BESIDE):
        rows = document.get(table)
        if isinstance(rows, list):
            for number, row in enumerate(rows):
                name = f"{table} {row.get('id') or row.get('value') or row.get('name') or number + 1}"
                yield f"{name} left out", _edited(document, lambda d, t=table, n=number: d[t].pop(n))
                for what, change in _row(row):
                    yield f"{name}: {what}", _edited(document, lambda d, t=table, n=number, c=change: c(d[t][n]))
        elif table == "params":
            for key, row in (rows or {}).items():
                for what, change in _row(row):
                    yield f"{table} {key}: {what}", _edited(document, lambda d, k=key, c=change: c(d["params"][k]))
        elif rows is not None:
            yield f"{table} left out", _edited(document, lambda d, t=table: d.pop(t))
            for what, change in _row(rows):
                yield f"{table}: {what}", _edited(document, lambda d, t=table, c=change: c(d[t]))


def _signatures(document: Document) -> Iterator[Mutant]:
    """Yield every step that all procedures share, signed where it is not and not signed where it is."""
    for number, step in enumerate(COMMON["step"]):
        common = copy.deepcopy(COMMON)
        common["step"][number]["signature"] = not step.get("signature", False)
        yield f"step {step['name']}: signature = {not step.get('signature', False)}", {**document, "common": common}


def _edited(document: Document, change: Callable[[Document], Any]) -> Document:
    edited = copy.deepcopy(document)
    change(edited)
    return edited


def _row(row: Mapping[str, Any]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    for key, value in row.items():
        if key in WORDING:
            continue
        if key in ("limit", "default"):
            for text in _limits(str(value)):
                yield f"{key} = {text}", lambda r, k=key, v=text: r.__setitem__(k, v)
        elif key == "when":
            yield from _conditions(value, ())
        elif isinstance(value, bool):
            yield f"{key} = {not value}", lambda r, k=key, v=not value: r.__setitem__(k, v)
        elif isinstance(value, int):
            for other in (value - 1, value + 1):
                yield f"{key} = {other}", lambda r, k=key, v=other: r.__setitem__(k, v)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                yield f"{key} without {one}", lambda r, k=key, n=number: _drop(r, k, n)
        elif key in CHOICES:
            for other in CHOICES[key]:
                if other != value:
                    yield f"{key} = {other}", lambda r, k=key, v=other: r.__setitem__(k, v)
            if key in ("every", "responsibility"):
                yield f"{key} left out", lambda r, k=key: r.pop(k)
        elif key in ("ground", "instead", "followed_by", "replaces", "per"):
            yield f"{key} left out", lambda r, k=key: r.pop(k)
        elif key == "from":
            # "became" and "received" are one: a clock that comes to apply later runs from then in either case.
            for other in ("received", "dispatched", "resolved", "notified"):
                if other != value and {other, value} != {"received", "became"}:
                    yield f"from = {other}", lambda r, v=other: _from(r, v)
        elif key == "step":
            for other in ("resolved", "notified", "contacted"):
                if other != value:
                    yield f"step = {other}", lambda r, v=other: r.__setitem__("step", v)


def _drop(row: Document, key: str, number: int) -> None:
    row[key] = [one for index, one in enumerate(row[key]) if index != number]
    if not row[key]:
        del row[key]


def _from(row: Document, value: str) -> None:
    row["from"] = value
    row.pop("of", None)


def _limits(text: str) -> Iterator[str]:
    if NUMBER.search(text):
        for add in (1, -1):
            yield NUMBER.sub(lambda found: str(int(found.group()) + add), text, count=1)  # noqa: B023
        for unit, other in (("hours", "days"), ("workdays", "days"), ("minutes", "hours")):
            if text.endswith(unit):
                yield text.removesuffix(unit) + other
    else:
        yield {"same day": "1 day", "at once": "11 minutes"}.get(text, "1 hour")
    if text == "same day":
        yield "24 hours"


def _conditions(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """Yield each change of one leaf: left out, turned round, one of its values left out, its number moved."""
    for key, wanted in value.items():
        here = (*path, key)
        yield f"when {_named(here)} left out", lambda r, p=here: _remove(r, p)
        if key in ("all", "any"):
            for number, part in enumerate(wanted):
                yield f"when {_named((*here, number))} left out", lambda r, p=(*here, number): _remove(r, p)
                yield from _conditions(part, (*here, number))
        elif key == "not":
            yield from _conditions(wanted, here)
        elif isinstance(wanted, bool):
            yield f"when {_named(here)} = {not wanted}", lambda r, p=here, v=not wanted: _put(r, p, v)
        elif isinstance(wanted, list):
            for number, one in enumerate(wanted):
                yield f"when {_named(here)} without {one}", lambda r, p=(*here, number): _remove(r, p)
        elif isinstance(wanted, dict):
            for other in (wanted["at_least"] - 1, wanted["at_least"] + 1):
                yield f"when {_named(here)} at least {other}", lambda r, p=(*here, "at_least"), v=other: _put(r, p, v)


def _named(path: tuple[Any, ...]) -> str:
    return ".".join(str(part) for part in path)


def _holder(row: Document, path: tuple[Any, ...]) -> Any:
    found = row["when"]
    for part in path[:-1]:
        found = found[part]
    return found


def _remove(row: Document, path: tuple[Any, ...]) -> None:
    holder = _holder(row, path)
    del holder[path[-1]]
    if holder or len(path) == 1:
        if not row["when"]:
            del row["when"]
        return
    _remove(row, path[:-1])


def _put(row: Document, path: tuple[Any, ...], value: Any) -> None:
    _holder(row, path)[path[-1]] = value


# ---- who notices


def looks(name: str, document: Document) -> list[dict[str, Any]]:
    """Return everything that looks at a procedure: its worked examples, and the cases of tests/cases."""
    found = list(document.get("example", []))
    for file in sorted(CASES.glob("*.toml")):
        content = tomllib.loads(file.read_text(encoding="utf-8"))
        for case in content.get("case", []) if "procedure" in content else []:
            if case.get("procedure", content["procedure"]) == name:
                found.extend(_case_looks(case))
    return found


def _case_looks(case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for look in case.get("look", [case]):
        now = example.moment(look["at"], ZONE)
        steps = [step for step in case.get("steps", []) if example.moment(step["at"], ZONE) <= now]
        yield {**look, "told": case["told"], "steps": steps}


def book_of(document: Document) -> Book:
    """Compile a document, mutated or not; its examples aside, which may name what is no longer there."""
    plain = {key: value for key, value in document.items() if key not in ("example", "common")}
    common = document.get("common", COMMON)
    return Book(ZONE, [(0, Procedure(pack.compile_pack(Reader("mutant", plain, common))))], [(0, CALENDAR)])


def notices(look: Mapping[str, Any], book: Book) -> bool:
    """Say whether a look comes out otherwise than it should."""
    told = {key: value for key, value in look.items() if key != "absent"}
    if example.run(told, book):
        return True
    life = fold(example.Script(look, ZONE).entries, book)
    assert life is not None
    states = life.seen_at(example.moment(look["at"], ZONE)).states
    for unwanted in look.get("absent", ()):
        asked = {"clock": unwanted} if isinstance(unwanted, str) else unwanted
        for index in example.matching(asked, life):
            due = life.clocks[index].due_at
            at = "none" if due is None else shown(due, ZONE)
            if asked.get("state", states[index]) == states[index] and asked.get("at", at) == at:
                return True
    return False


def stated_otherwise(procedure: Procedure, letters: str) -> bool:
    """Say whether one of the tables, or the second statement of who applies, says otherwise."""
    if clock_table.otherwise(procedure, letters) or beside_table.otherwise(procedure, letters):
        return True
    return next(disagreements(procedure, letters), None) is not None


def survivors(name: str) -> tuple[list[str], int]:
    """Return the changes of a pack that nothing notices, and how many changes were tried."""
    document = tomllib.loads(procedures.text(name))
    unchanged = book_of(document)
    everything = [look for look in looks(name, document) if not notices(look, unchanged)]
    left, count = [], 0
    for what, mutant in mutants(document):
        try:
            book = book_of(mutant)
            count += 1
            if stated_otherwise(book.procedures[0][1], LETTERS[name]):
                continue
            killer = next((n for n, look in enumerate(everything) if notices(look, book)), None)
        except (PackWrong, ValueError, LookupError):
            continue
        if killer is None:
            left.append(what)
        else:
            # What noticed this change will likely notice the next one of the same rule.
            everything.insert(0, everything.pop(killer))
    return left, count


if __name__ == "__main__":
    for pack_name in sys.argv[1:] or procedures.SHIPPED:
        left, count = survivors(pack_name)
        print(f"{pack_name}: {len(left)} of {count} changes unnoticed")
        for what in left:
            print("   ", what)
