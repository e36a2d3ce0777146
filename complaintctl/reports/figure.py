"""The form in which a figure is declared: at which rows it looks, and which of them it counts.

A figure knows no database and no month: it is reckoned from *cells*, rows of codes that end with a count. So the
same declaration serves the report of one month, the list of complaints behind a figure, and the rows of many sites
put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

Condition = Mapping[str, tuple[Any, ...]]
"""What a row must be: for each column named, one of these values."""

ALL: Mapping[str, Any] = MappingProxyType({})

COUNT, RATE, MEDIAN, P90 = "count", "rate", "median", "p90"

OUTSIDE = ("running", "withdrawn")
"""Reasons for standing apart that are no leaving out: not decided yet, and outside the rates by the procedure."""


class Figure(NamedTuple):
    """One figure of the month.

    `rows` names the sheet it looks at; `of` narrows that. A count counts what `hit` says (any of several conditions).
    Of a rate, `base` is the denominator and `hit` of that the numerator; `apart` gives, by reason, what of `of`
    stands outside the denominator. `by` names a setting of the site that is the denominator instead. Of a median or
    90th percentile, `measure` is the column that holds a cell's times in seconds, as a list.
    """

    key: str
    label: str
    kind: str
    rows: str
    of: Condition = ALL
    base: Condition = ALL
    hit: tuple[Condition, ...] = (ALL,)
    apart: Mapping[str, Condition] = ALL
    by: str = ""
    measure: str = ""
    clause: str = ""

    @property
    def unit(self) -> str:
        """`count`, `share` (0 to 1) or `seconds`."""
        return {COUNT: "count", RATE: "share"}.get(self.kind, "seconds")


class Tally(NamedTuple):
    """What a figure came to. None: nothing to divide by, nothing to measure.

    Shares are exact quotients, times whole seconds. `apart` counts what stands outside the denominator, by reason.
    """

    value: float | int | None
    numerator: int | None
    denominator: int | None
    apart: Mapping[str, int] = ALL

    @property
    def left_out(self) -> int:
        """How many were left out of the denominator for want of something to judge by."""
        return sum(count for reason, count in self.apart.items() if reason not in OUTSIDE)


class Sheet(NamedTuple):
    """Rows of one kind: the names of their columns, and the rows, each with its count in the last place."""

    columns: Sequence[str]
    cells: Sequence[tuple[Any, ...]]


def matching(
    rows: Sequence[tuple[Any, ...]], condition: Condition, columns: Sequence[str]
) -> Sequence[tuple[Any, ...]]:
    """The rows that meet a condition, in their order."""
    for name, allowed in condition.items():
        at = columns.index(name)
        rows = [row for row in rows if row[at] in allowed]
    return rows


def matching_any(
    rows: Sequence[tuple[Any, ...]], conditions: Sequence[Condition], columns: Sequence[str]
) -> Sequence[tuple[Any, ...]]:
    """The rows that meet one condition or several, in their order."""
    if len(conditions) == 1:
        return matching(rows, conditions[0], columns)
    tests = [[(columns.index(name), allowed) for name, allowed in one.items()] for one in conditions]
    return [row for row in rows if any(all(row[at] in allowed for at, allowed in test) for test in tests)]


def size(cells: Iterable[tuple[Any, ...]]) -> int:
    """How many rows the cells stand for."""
    return sum(cell[-1] for cell in cells)


def reckon(figure: Figure, sheet: Sheet, site: Mapping[str, Any] = ALL) -> Tally:
    """What a figure comes to over a sheet; `site` holds the settings that some figures divide by."""
    cells = matching(sheet.cells, figure.of, sheet.columns)
    if figure.kind == COUNT:
        count = size(matching_any(cells, figure.hit, sheet.columns))
        return Tally(count, count, None)
    if figure.kind == RATE:
        return _rate(figure, cells, sheet.columns, site)
    return _time(figure, cells, sheet.columns)


def _rate(figure: Figure, cells: Sequence[tuple[Any, ...]], columns: Sequence[str], site: Mapping[str, Any]) -> Tally:
    base = matching(cells, figure.base, columns)
    numerator = size(matching_any(base, figure.hit, columns))
    apart = {reason: size(matching(cells, one, columns)) for reason, one in figure.apart.items()}
    denominator = site.get(figure.by) if figure.by else size(base)
    if not denominator:
        missing = {f"{figure.by}-unknown": numerator} if figure.by else {}
        return Tally(None, numerator, None if figure.by else 0, {**apart, **missing})
    return Tally(numerator / denominator, numerator, denominator, apart)


def _time(figure: Figure, cells: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> Tally:
    at = columns.index(figure.measure)
    # Lists in order that follow each other are sorted quickly.
    times = sorted(chain.from_iterable(cell[at] for cell in cells))
    apart = {"not-measured": size(cells) - len(times)}
    if not times:
        return Tally(None, None, 0, apart)
    value = median(times) if figure.kind == MEDIAN else percentile(times, 90)
    return Tally(value, None, len(times), apart)


def median(ordered: Sequence[int]) -> int:
    """The middle one; of an even number the mean of the two in the middle, in whole seconds."""
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) // 2


def percentile(ordered: Sequence[int], percent: int) -> int:
    """The smallest one that at least so many of a hundred do not exceed (nearest rank)."""
    return ordered[-(-percent * len(ordered) // 100) - 1]
