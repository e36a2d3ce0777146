"""The complaints of a month broken down by their facets, and what of it grew most against the month before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from complaintctl.ledger.monthly import COMPLAINT
from complaintctl.reports import figures
from complaintctl.reports.figure import matching, matching_any
from complaintctl.reports.gather import Gathered

_GREW_MOST = 3
"""How many values of a facet are named as having grown most."""

Values = Counter[str | None]


class Slice(NamedTuple):
    """The complaints received of one value of a facet; value None: those that have none.

    `previous` and `last_year` are None without records of that time; of `judged` complaints, those that the timely
    rate counts, `in_time` were resolved in time.
    """

    value: str | None
    received: int
    previous: int | None
    last_year: int | None
    judged: int
    in_time: int

    @property
    def growth(self) -> int:
        """By how many the complaints grew against the month before; 0 where there is none."""
        return 0 if self.previous is None else self.received - self.previous


def breakdowns(this: Gathered, before: Gathered | None, year_ago: Gathered | None) -> dict[str, list[Slice]]:
    """The slices of every facet: in the order of its codes or the most frequent first, complaints without it last."""
    judged, in_time = _timely(this)
    found = {}
    for facet in figures.FACETS:
        values = this.columns[facet.name]
        earlier, last_year = (
            Counter(month.columns[facet.name]) if month is not None else None for month in (before, year_ago)
        )
        counted = Counter(compress(values, judged)), Counter(compress(values, in_time))
        found[facet.name] = _slices(facet.order, Counter(values), earlier, last_year, *counted)
    return found


def _timely(month: Gathered) -> tuple[list[bool], list[bool]]:
    """Complaint by complaint, whether the timely rate counts it, and whether it was resolved in time."""
    timely = figures.TIMELY
    rows = matching(matching(month.complaints, timely.of, COMPLAINT), timely.base, COMPLAINT)
    judged = {row[0] for row in rows}
    in_time = {row[0] for row in matching_any(rows, timely.hit, COMPLAINT)}
    ids = month.columns["id"]
    return [one in judged for one in ids], [one in in_time for one in ids]


def _slices(
    order: Sequence[str] | None,
    received: Values,
    earlier: Values | None,
    last_year: Values | None,
    judged: Values,
    in_time: Values,
) -> list[Slice]:
    values = set(received) | set(earlier or ()) | set(last_year or ())
    return [
        Slice(
            value,
            received[value],
            earlier[value] if earlier is not None else None,
            last_year[value] if last_year is not None else None,
            judged[value],
            in_time[value],
        )
        for value in sorted(values, key=lambda value: _place(order, value, received))
    ]


def _place(order: Sequence[str] | None, value: str | None, received: Mapping[str | None, int]) -> tuple[Any, ...]:
    if value is None:
        return (2, 0, "")
    if order is None:
        return (0, -received.get(value, 0), value)
    return (0, order.index(value), "") if value in order else (1, 0, value)


def grown(slices: Iterable[Slice]) -> list[Slice]:
    """The values that grew most, the most first; none where there is no month to compare with."""
    found = [one for one in slices if one.value is not None and one.growth > 0]
    return sorted(found, key=lambda one: -one.growth)[:_GREW_MOST]
