"""The complaints behind a figure: which of them it counts, and which it leaves out and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from complaintctl.reports.figure import COUNT, RATE, Figure, Sheet, matching, matching_any
from complaintctl.reports.gather import Gathered
from complaintctl.reports.view import severity_at

PUBLIC = ("number", "received_at", "kind", "category", "severity", "department", "building", "stage")
"""What a list of complaints tells of each: nothing private."""

COUNTED, IN_NUMERATOR, IN_DENOMINATOR = "counted", "numerator", "denominator"


class Behind(NamedTuple):
    """A complaint behind a figure.

    `part` is `counted` (counts and times), `numerator`, `denominator` (in the denominator only), or the reason why
    it stands outside; `times` how often it does, where something can happen more than once; `seconds` a time taken.
    """

    id: int
    part: str
    times: int
    seconds: int | None


def behind(figure: Figure, month: Gathered) -> list[Behind]:
    """The complaints behind a figure: first what speaks against it, then what it counts, then what it leaves out."""
    found: dict[tuple[int, str], Behind] = {}
    for complaint, part, seconds in _parts(figure, month.each(figure)):
        known = found.get((complaint, part))
        found[complaint, part] = Behind(complaint, part, known.times + 1 if known else 1, seconds)
    return list(found.values())


def rows(figure: Figure, month: Gathered) -> list[dict[str, Any]]:
    """The same with what is public about each complaint: its row in the ledger as it stands at the month's moment."""
    found = behind(figure, month)
    known = {row["id"]: row for row in month.query.complaints([one.id for one in found])}
    return [{**_public(known[one.id], month.now), **one._asdict()} for one in found]


def _public(row: Any, now: int) -> dict[str, Any]:
    public = {name: row[name] for name in PUBLIC}
    return {**public, "severity": severity_at(row, now)}


def _parts(figure: Figure, sheet: Sheet) -> Iterator[tuple[int, str, int | None]]:
    columns = sheet.columns
    rows = matching(sheet.cells, figure.of, columns)
    if figure.kind == COUNT:
        yield from ((row[0], COUNTED, None) for row in matching_any(rows, figure.hit, columns))
    elif figure.kind == RATE:
        yield from ((complaint, part, None) for complaint, part in _rate_parts(figure, rows, columns))
    else:
        at = columns.index(figure.measure)
        measured = sorted((row for row in rows if row[at] is not None), key=lambda row: -row[at])
        yield from ((row[0], COUNTED, row[at]) for row in measured)
        yield from ((row[0], "not-measured", None) for row in rows if row[at] is None)


def _rate_parts(figure: Figure, rows: Any, columns: Any) -> Iterator[tuple[int, str]]:
    base = matching(rows, figure.base, columns)
    hits = matching_any(base, figure.hit, columns)
    counted = set(map(id, hits))
    if not figure.by:
        yield from ((row[0], IN_DENOMINATOR) for row in base if id(row) not in counted)
    yield from ((row[0], IN_NUMERATOR) for row in hits)
    for reason, condition in figure.apart.items():
        yield from ((row[0], reason) for row in matching(rows, condition, columns))
