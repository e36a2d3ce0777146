"""What a pack says of the short paths: the rungs of a dispute, the parts of a home, who decides on suggestions."""

from __future__ import annotations

from complaintctl.rules import packkeys as keys
from complaintctl.rules.facts import RESPONSIBILITIES
from complaintctl.rules.packkeys import Checker, Reader, Table, list_of, one_of

ROUTE: dict[str, tuple[Checker, object]] = {
    "name": (keys.a_text, ...),
    "title": (keys.a_wording, ...),
    "clause": (keys.a_text, ...),
    "needs_agreement": (keys.a_flag, False),
    "excludes": (list_of(keys.a_text), []),
}
PART: dict[str, tuple[Checker, object]] = {
    "name": (keys.a_text, ...),
    "title": (keys.a_wording, ...),
    "clause": (keys.a_text, ...),
    "price": (keys.a_flag, False),
    "finish": (keys.a_flag, False),
    "responsibility": (one_of(*RESPONSIBILITIES), None),
}
SUGGESTION: dict[str, tuple[Checker, object]] = {
    "clause": (keys.a_text, ...),
    "decided_by": (keys.a_role, ...),
}


def routes(reader: Reader) -> list[Table]:
    """Take the rungs of a dispute; what one excludes must be another of them."""
    rows = _unlike(reader, reader.rows("route", ROUTE), "route")
    names = [row["name"] for row in rows]
    for number, row in enumerate(rows, 1):
        for other in row["excludes"]:
            if other not in names or other == row["name"]:
                choices = ", ".join(name for name in names if name != row["name"]) or "–"
                raise reader.wrong(f"route[{number}].excludes", "one-of", choices=choices)
    return rows


def parts(reader: Reader) -> list[Table]:
    """Take what a repair can be about."""
    return _unlike(reader, reader.rows("part", PART), "part")


def _unlike(reader: Reader, rows: list[Table], table: str) -> list[Table]:
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        if row["name"] in seen:
            raise reader.wrong(f"{table}[{number}].name", "unique")
        seen.add(row["name"])
    return rows
