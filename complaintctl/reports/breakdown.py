"""The complaints of a month broken down by their facets, and what of it grew most against the month before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.reports import figures
from complaintctl.reports.figure import matching, matching_any
from complaintctl.reports.gather import Gathered, Values
from complaintctl.reports.places import NOBODY, Households

BUILDING, VALID = "building", "valid-complaint-rate"
"""The facet, and the figure that is also given for each of its values."""

_GREW_MOST = 3
"""How many values of a facet are named as having grown most."""


class Slice(NamedTuple):
    """The complaints received of one value of a facet; value None: those that have none.

    `previous` and `last_year` are None without records of that time; of `judged` complaints, those that the timely
    rate counts, `in_time` were resolved in time.

    Of a building also: how many complaints were found `valid`, its `households` and `name`, None where nobody has said.
    """

    value: str | None
    received: int
    previous: int | None
    last_year: int | None
    judged: int
    in_time: int
    valid: int | None = None
    households: int | None = None
    name: str | None = None

    @property
    def growth(self) -> int:
        """By how many the complaints grew against the month before; 0 where there is none."""
        return 0 if self.previous is None else self.received - self.previous


def breakdowns(
    this: Gathered, before: Gathered | None, year_ago: Gathered | None, homes: Households = NOBODY
) -> dict[str, list[Slice]]:
    """The slices of every facet: in the order of its codes or the most frequent first, complaints without it last."""
    timely = figures.TIMELY
    columns = this.sorts.columns
    judged = matching(matching(this.sorts.cells, timely.of, columns), timely.base, columns)
    in_time = matching_any(judged, timely.hit, columns)
    which, which_in_time = this.which(judged), this.which(in_time)
    found = {}
    for facet in figures.FACETS:
        name = facet.name
        earlier, last_year = (
            month.count_by(name, month.sorts.cells) if month is not None else None for month in (before, year_ago)
        )
        counts = (this.count_by(name, this.sorts.cells), earlier, last_year)
        of_those = (this.count_by(name, judged, which), this.count_by(name, in_time, which_in_time))
        found[name] = _slices(facet.order, *counts, *of_those)
    found[BUILDING] = _of_buildings(found[BUILDING], this, homes)
    return found


def _of_buildings(slices: Sequence[Slice], this: Gathered, homes: Households) -> list[Slice]:
    """Add to each building what the rate of valid complaints wants: those found valid, and its households."""
    rate = figures.find(VALID)
    assert rate is not None
    columns = this.sorts.columns
    valid = matching_any(matching(matching(this.sorts.cells, rate.of, columns), rate.base, columns), rate.hit, columns)
    counts = this.count_by(BUILDING, valid, this.which(valid))
    return [
        one
        if one.value is None
        else one._replace(
            valid=counts.get(one.value, 0), households=homes.of.get(one.value), name=homes.names.get(one.value)
        )
        for one in slices
    ]


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
            received.get(value, 0),
            earlier.get(value, 0) if earlier is not None else None,
            last_year.get(value, 0) if last_year is not None else None,
            judged.get(value, 0),
            in_time.get(value, 0),
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
