"""The rows of one month, read from the ledger when a figure first looks at them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress
from operator import itemgetter
from typing import Any

from complaintctl.ledger import monthly
from complaintctl.ledger import occasions as questions
from complaintctl.ledger.query import Queries
from complaintctl.reports import figures
from complaintctl.reports.figure import Figure, Sheet, reckon, size
from complaintctl.reports.occasions import Owed, owed_between
from complaintctl.reports.span import Span
from complaintctl.reports.view import Sight
from complaintctl.rules.localtime import DAY_SECONDS, Moment
from complaintctl.rules.occasions import SUBJECTS

Row = tuple[Any, ...]
Values = Mapping[str | None, int]


class Gathered:
    """The rows of a month as they stand at a moment; what has not happened by then is not in them."""

    def __init__(
        self, query: Queries, span: Span, now: Moment, *, before: Gathered | None = None, compared: bool = False
    ) -> None:
        """Read nothing yet.

        What was open at the end of the month `before` need not be read again. Of a month that others are `compared`
        with, what was open at its start follows from what happened in it.
        """
        self.query = query
        self.span = span
        self.now = now
        self.before = before
        self.compared = compared
        # What happened at this very moment has happened; what happens at the month's end is the next month's.
        self.until = max(span.start, min(span.end, now + 1))
        self.seen_at = max(span.start, min(span.end, now))
        self._sheets: dict[str, Sheet] = {}

    @cached_property
    def columns(self) -> dict[str, list[Any]]:
        """The complaints received, oldest first, column by column (`monthly.COMPLAINT`)."""
        return monthly.complaints(self.query, self.span.start, self.until, self.now)

    @cached_property
    def sort_of(self) -> list[str]:
        """The sort of each complaint received: its codes of `monthly.SORT` in one text, quicker to compare."""
        return list(map(" ".join, zip(*(self.columns[name] for name in monthly.SORT), strict=True)))

    @cached_property
    def sorts(self) -> Sheet:
        """The complaints received by their sort: its codes, the sort itself, and how many there are."""
        counts = Counter(self.sort_of)
        return Sheet((*monthly.SORT, "sort"), [(*codes(sort), sort, count) for sort, count in counts.items()])

    @cached_property
    def owed(self) -> list[Owed]:
        """The inspections and visits owed in periods that ended in the month, with how many were held."""
        return owed_between(Sight(self.query, self.now), self.span.start, self.span.end)

    def which(self, cells: Sequence[Row]) -> list[bool]:
        """Complaint by complaint, whether it is of one of these sorts (cells of `sorts`)."""
        sorts = {cell[-2] for cell in cells}
        return [sort in sorts for sort in self.sort_of]

    def count_by(self, facet: str, cells: Sequence[Row], which: Sequence[bool] | None = None) -> Values:
        """How many complaints there are by the values of a facet; of these sorts, which are the ones at `which`."""
        if facet not in monthly.SORT:
            column = self.columns[facet]
            return Counter(column if which is None else compress(column, which))
        counts: Counter[str | None] = Counter()
        at = monthly.SORT.index(facet)
        for cell in cells:
            counts[cell[at]] += cell[-1]
        return counts

    def sheet(self, name: str) -> Sheet:
        """The cells of a sheet: rows of codes, like ones put together, with their count."""
        if name not in self._sheets:
            self._sheets[name] = _CELLS[name](self)
        return self._sheets[name]

    def each(self, figure: Figure) -> Sheet:
        """The rows that a figure looks at one by one, each with the complaint's id in front and 1 at the end."""
        return _ROWS[figure.rows](self, figure)


def codes(sort: str) -> Row:
    """The codes of a sort; None where there is none."""
    return tuple([code or None for code in sort.split(" ")])


def _open_start_cells(month: Gathered) -> Sheet:
    """What was open when the month began: the number alone."""
    if month.before is not None and month.before.until == month.span.start:
        return month.before.sheet(figures.OPEN_END)
    if month.compared:
        end, received = size(month.sheet(figures.OPEN_END).cells), len(month.sort_of)
        closed, back = (reckon(figure, month.sheet(figures.DONE)).numerator or 0 for figure in figures.BALANCE)
        return Sheet(("age",), [(None, end - received - back + closed)])
    return Sheet(("age",), [(None, *monthly.count_open_at(month.query, month.span.start))])


def _open_end_cells(month: Gathered) -> Sheet:
    """What was open when the month ended, or is now, by bands of its age since the first receipt."""
    since = [month.seen_at - days * DAY_SECONDS for _, days in figures.AGES]
    total, *younger = monthly.count_open_at(month.query, month.until, since)
    bounds = [0, *younger, total]
    names = [*(name for name, _ in figures.AGES), figures.LONGER]
    return Sheet(("age",), [(name, bounds[n + 1] - bounds[n]) for n, name in enumerate(names)])


def used_columns(declared: Sequence[Figure], rows: str) -> list[str]:
    """The columns that figures on a sheet name in their conditions, in the order of the alphabet."""
    found: set[str] = set()
    for figure in declared:
        if figure.rows == rows:
            for condition in (figure.of, figure.base, *figure.hit, *figure.apart.values()):
                found.update(condition)
    return sorted(found)


# ---- cells: what is counted


def _complaint_cells(month: Gathered) -> Sheet:
    """The sorts of complaints, as far as figures tell them apart."""
    columns = used_columns(figures.FIGURES, figures.COMPLAINTS)
    pick = itemgetter(*map(monthly.SORT.index, columns))
    counts: Counter[Row] = Counter()
    for cell in month.sorts.cells:
        counts[pick(cell)] += cell[-1]
    return Sheet(columns, [(*codes, count) for codes, count in counts.items()])


def _time_cells(month: Gathered) -> Sheet:
    """Times taken: like complaints put together, each column of times a list in order, without what took none."""
    pick = itemgetter(*map(monthly.SORT.index, ("kind", "first_outcome")))
    kept = {cell[-2]: pick(cell) for cell in month.sorts.cells}
    alike: dict[Row, list[int]] = {}
    for at, sort in enumerate(map(kept.__getitem__, month.sort_of)):
        alike.setdefault(sort, []).append(at)
    timed = [month.columns[name] for name in monthly.TIMES]
    cells = [(*sort, *(_in_order(times, at) for times in timed), len(at)) for sort, at in alike.items()]
    return Sheet(("kind", "first_outcome", *monthly.TIMES), cells)


def _in_order(times: Sequence[int | None], places: Iterable[int]) -> list[int]:
    return sorted([time for time in map(times.__getitem__, places) if time is not None])


def _later_cells(month: Gathered) -> Sheet:
    return Sheet(monthly.LATER, [(*row[1:], 1) for row in _later(month)])


def _later(month: Gathered) -> list[Row]:
    reopened = list(compress(month.columns["id"], month.columns["rounds"]))
    return monthly.later_rounds(month.query, reopened, month.now)


def _done_cells(month: Gathered) -> Sheet:
    plain, _ = figures.steps_of(figures.FIGURES)
    return Sheet(monthly.DONE, monthly.done(month.query, month.span.start, month.until, plain))


def _pledge_cells(month: Gathered) -> Sheet:
    counts = Counter(row[1:] for row in _pledges(month))
    return Sheet(monthly.PLEDGES, [(*codes, count) for codes, count in counts.items()])


def _pledges(month: Gathered) -> list[Row]:
    return monthly.pledges(month.query, month.span.start, month.until, month.now)


def _home_cells(month: Gathered) -> Sheet:
    return Sheet((), [(monthly.count_repeat_homes(month.query, month.span.start, month.until),)])


def _beside_cells(month: Gathered) -> Sheet:
    """What stands beside complaints, as (what, how it stands)."""
    query, start, until = month.query, month.span.start, month.until
    counts: Counter[Row] = Counter()
    for one in month.owed:
        counts[f"owed-{one.occasion.subject}", "held" if one.held else "missed"] += 1
    for subject in SUBJECTS:
        counts.update({(subject, kind): count for kind, count in questions.held_between(query, subject, start, until)})
    for what, found in (
        ("finding", questions.findings_between(query, start, until, month.now)),
        ("matter", questions.matters_between(query, start, until, month.now)),
    ):
        counts.update({(what, state): count for state, count in found})
    sent, returned, content = questions.questionnaires_between(query, start, until)
    asked = {"content": content, "not-content": returned - content, "not-returned": sent - returned}
    counts.update({("questionnaire", state): count for state, count in asked.items() if count > 0})
    return Sheet(("what", "state"), [(*codes, count) for codes, count in sorted(counts.items())])


_CELLS: dict[str, Callable[[Gathered], Sheet]] = {
    figures.COMPLAINTS: _complaint_cells,
    figures.TIMES: _time_cells,
    figures.LATER: _later_cells,
    figures.DONE: _done_cells,
    figures.PLEDGES: _pledge_cells,
    figures.HOMES: _home_cells,
    figures.OPEN_START: _open_start_cells,
    figures.OPEN_END: _open_end_cells,
    figures.BESIDE: _beside_cells,
}


# ---- rows: the complaints behind


def _complaint_rows(month: Gathered, _figure: Figure) -> Sheet:
    columns = (month.columns["id"], month.sort_of, *(month.columns[name] for name in monthly.TIMES))
    rows = [(complaint, *codes(sort), *times, 1) for complaint, sort, *times in zip(*columns, strict=True)]
    return Sheet(("id", *monthly.SORT, *monthly.TIMES), rows)


def _later_rows(month: Gathered, _figure: Figure) -> Sheet:
    return Sheet(("id", *monthly.LATER), [(*row, 1) for row in _later(month)])


def _done_rows(month: Gathered, figure: Figure) -> Sheet:
    found: list[Row] = []
    for step in figure.of["step"]:
        found += monthly.each_done(month.query, month.span.start, month.until, step)
    return Sheet(("id", *monthly.DONE), [(*row, 1) for row in found])


def _pledge_rows(month: Gathered, _figure: Figure) -> Sheet:
    return Sheet(("id", *monthly.PLEDGES), [(*row, 1) for row in _pledges(month)])


def _home_rows(month: Gathered, _figure: Figure) -> Sheet:
    ids = monthly.each_of_repeat_homes(month.query, month.span.start, month.until)
    return Sheet(("id",), [(complaint, 1) for complaint in ids])


def _open_rows(query: Queries, moment: Moment, seen_at: Moment) -> Sheet:
    found = monthly.each_open_at(query, moment)
    return Sheet(("id", "age"), [(complaint, _age(seen_at - received), 1) for complaint, received in found])


def _age(seconds: int) -> str:
    return next((name for name, days in figures.AGES if seconds <= days * DAY_SECONDS), figures.LONGER)


_ROWS: dict[str, Callable[[Gathered, Figure], Sheet]] = {
    figures.COMPLAINTS: _complaint_rows,
    figures.TIMES: _complaint_rows,
    figures.LATER: _later_rows,
    figures.DONE: _done_rows,
    figures.PLEDGES: _pledge_rows,
    figures.HOMES: _home_rows,
    figures.OPEN_START: lambda month, _figure: _open_rows(month.query, month.span.start, month.span.start),
    figures.OPEN_END: lambda month, _figure: _open_rows(month.query, month.until, month.seen_at),
}
