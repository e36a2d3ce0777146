"""Joins the five documents to `site-standard.toml`: one plain file, complete, ready to be copied and changed.

A tool for whoever changes a pack: `python -m complaintctl.procedures.assemble` writes the file again, and a test
refuses one that is out of step. What only the joined procedure has — its title and its worked examples — stands in
`joined.toml`. Where two documents set a limit for one step both clocks stand: the earlier due moment governs.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from complaintctl.procedures import common, path
from complaintctl.procedures import text as pack_text

Table = dict[str, Any]

#: In the order of their short names in the documentation: R, Q, O, H, C.
DOCUMENTS = (
    "resident-standard",
    "work-instruction",
    "owner-mechanism",
    "office-handbook",
    "service-code",
)
#: Tables of which a procedure has one; where several documents have it, their clauses stand side by side.
SINGLES = ("agreement", "extension", "promise", "coordination", "handling", "suggestion", "report")
#: Lists that are joined as they are, after the clocks.
LISTS = ("close", "route", "part", "target")
#: What a document says beside complaints.
BESIDE = ("occasion", "followup")
TARGET = "site-standard.toml"
NOTICE = """\
# The five documents joined, the default procedure. Assembled from their packs: change those and run
# python -m complaintctl.procedures.assemble — or copy this file and change the copy.
"""
BARE = re.compile(r"[A-Za-z0-9_-]+")


def assembled() -> str:
    """Return the TOML text of the joined procedure."""
    packs = [tomllib.loads(pack_text(name)) for name in DOCUMENTS]
    joined = tomllib.loads(path("joined.toml").read_text(encoding="utf-8"))
    examples = joined.pop("example")
    parts = [NOTICE, _pairs(joined)]
    parts += [_headed(f"params.{name}", row) for name, row in _params(packs).items()]
    for pack in packs:
        parts += _document(pack)
    parts.append("# ── agreed times, promises, closing, report, targets ──\n")
    parts += [_headed(name, row) for name in SINGLES if (row := _single(packs, name))]
    parts.append(_headed("[closing]", _closing(packs)))
    parts += [_headed(f"[{name}]", row) for name in LISTS for pack in packs for row in pack.get(name, [])]
    parts.append("# ── worked examples ──\n")
    parts += [_headed("[example]", row) for row in examples]
    return "\n".join(parts)


def _document(pack: Mapping[str, Any]) -> list[str]:
    """Return what one document brings: timers, judgements, clocks, manner of answering."""
    parts = [f"# ── {pack['letter']}: {pack['title']['zh']} ({pack['title']['en']}) ──\n"]
    parts += [_headed("[timer]", row) for row in pack.get("timer", [])]
    parts += [_headed("[judgement]", {**row, "pack": pack["id"]}) for row in pack.get("judgement", [])]
    for row in pack.get("clock", []):
        own = {"id": f"{pack['letter']}-{row['id']}", "pack": pack["id"]}
        parts.append(_headed("[clock]", {**own, **{key: row[key] for key in row if key != "id"}}))
    parts += [_headed("[notice]", row) for row in pack.get("notice", [])]
    for table in BESIDE:
        parts += [_headed(f"[{table}]", {**row, "pack": pack["id"]}) for row in pack.get(table, [])]
    return parts


def _params(packs: Iterable[Mapping[str, Any]]) -> Table:
    """Return the site parameters; one that several documents leave blank is a single one."""
    found: Table = {}
    for pack in packs:
        for name, row in pack.get("params", {}).items():
            held = found.setdefault(name, {**row, "clause": ""})
            if held["default"] != row["default"]:
                raise ValueError(f"{name}: the documents must share one default")
            held["clause"] = _clauses([held["clause"], row["clause"]])
    return found


def _single(packs: Iterable[Mapping[str, Any]], name: str) -> Table:
    """Return a table of which there is one: the keys of the documents together, their clauses side by side."""
    rows = [pack[name] for pack in packs if name in pack]
    found: Table = {}
    for row in rows:
        found |= row
    if rows:
        found["clause"] = _clauses(row["clause"] for row in rows)
    return found


def _closing(packs: Iterable[Mapping[str, Any]]) -> Table:
    """Return at which step the joined procedure closes: the last that any of the documents names."""
    order = [step["name"] for step in tomllib.loads(common())["step"]]
    rows = [row for pack in packs for row in pack["closing"]]
    last = max((row["step"] for row in rows), key=order.index)
    return {"step": last, "clause": _clauses(row["clause"] for row in rows if row["step"] == last)}


def _clauses(clauses: Iterable[str]) -> str:
    return ", ".join(clause for clause in clauses if clause)


# ---- writing TOML


def _headed(name: str, row: Mapping[str, Any]) -> str:
    return f"[{name}]\n{_pairs(row)}"


def _pairs(row: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in row.items())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _text(key)


def _value(value: Any, inside: bool = False) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one, True)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return _list(value, inside)
    if isinstance(value, str):
        return _text(value)
    return str(value).lower()


def _list(values: Sequence[Any], inside: bool) -> str:
    """Write a list; one of tables, standing by itself, takes a line for each."""
    if not inside and values and isinstance(values[0], dict):
        return "[\n" + "".join(f"  {_value(one, True)},\n" for one in values) + "]"
    return "[" + ", ".join(_value(one, True) for one in values) + "]"


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    path(TARGET).write_text(assembled(), encoding="utf-8")
