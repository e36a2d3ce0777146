"""An office's register of complaints, from its file to the desk: found headings, judged rows, doubles, taking over.

Everything but the writing happens outside of the ledger's lock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, NamedTuple

from complaintctl.desk.office import Office
from complaintctl.desk.side_by_side import in_order
from complaintctl.desk.take_over import Origin, TakenOver, Taking, earlier, take_over
from complaintctl.errors import BadValue
from complaintctl.intake import courses
from complaintctl.intake.columns import Columns, HeadingsWrong, plain
from complaintctl.intake.heading_rows import Headings, wordings
from complaintctl.intake.heading_rows import find as headings
from complaintctl.intake.judging import FATES, Judge, Judged, rules_for
from complaintctl.intake.particulars import bucket_of
from complaintctl.intake.sources import Row, Source
from complaintctl.language import N_
from complaintctl.ledger.imports import received_between
from complaintctl.ledger.scratch import Kept, Scratch, prepared
from complaintctl.reading.lexicon import Lexicon
from complaintctl.reading.likeness import pairs
from complaintctl.rules.localtime import DAY_SECONDS, day_of

#: Among so many rows at the head of a file the headings are looked for.
HEAD = 30
_PART = 500
#: Registers of so many rows are read on every core.
MANY = 4_000
TO_TAKE = ("taken", "remarked")
#: Fates that keep an import from being whole.
OPEN = ("undecided", "near_duplicate", "refused")


class Wish(NamedTuple):
    """What the clerk wants: meanings of headings, the year of days without one, whether blanks are filled."""

    mapping: Mapping[str, str]
    year: int | None = None
    fill_down: bool = False


class Register(NamedTuple):
    """A register judged: its file, its columns, and its rows, which stand in `rows` until that is closed.

    `given` is what the clerk says headings mean; `remembered` that some of it was said at an earlier import.
    `head` is the last entry of the ledger when the rows were judged.
    """

    source: Source
    columns: Columns
    rows: Scratch
    given: Mapping[str, str]
    remembered: bool
    head: int

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each fate; together they are all rows of the file."""
        found = self.rows.counts()
        return {fate: found.get(fate, 0) for fate in FATES}

    @property
    def whole(self) -> bool:
        """Whether every row can be taken or rightly skipped."""
        return not any(self.counts[fate] for fate in OPEN)


def judge(
    office: Office, source: Source, wish: Wish, lexicon: Lexicon, rows: Scratch, progress: Callable[[int], None]
) -> Register:
    """Read a file and judge every row of it.

    Raises:
        HeadingsWrong: no row names the columns that are needed.
        SourceWrong: the file cannot be read to its end.
    """
    source, found, head, known, (at, below, columns) = _begun(office, source, wish)
    given = {**known, **wish.mapping}
    _all_there(columns, wish)
    ledger_head = office.ledger.head()[0]
    judge_of = Judge(rules_for(source, columns, office.now, office.zone, wish.year, wish.fill_down), lexicon)
    rows.add(_above(row) for row in head[:at])
    counted = at
    for part in _judged(judge_of, chain(head[at + below :], found), aside=source.about >= MANY and not wish.fill_down):
        rows.add(part)
        counted += len(part)
        progress(counted)
    rows.index()
    register = Register(source, columns, rows, given, bool(known), ledger_head)
    rows.mark_same_rows()
    compare(office, register)
    _mark_near(rows)
    return register


def _begun(
    office: Office, source: Source, wish: Wish
) -> tuple[Source, Iterator[Row], list[Row], dict[str, str], Headings]:
    """Return the file, its rows, those at its head, what earlier imports say of the headings, and the headings.

    Where the first sheet of a workbook holds none, and none was asked for, the next one does.
    """
    fault: HeadingsWrong | None = None
    for one in chain((source,), source.elsewhere()):
        found = one.rows()
        head = list(islice(found, HEAD))
        known = _remembered(office, head)
        try:
            return one, found, head, known, headings(one.name, head, {**known, **wish.mapping})
        except HeadingsWrong as error:
            fault = fault or error
    raise fault or HeadingsWrong(file=source.name)


def _above(row: Row) -> tuple[Any, ...]:
    code = "title" if any(cell.strip() for cell in row.cells) else "blank"
    return prepared(row.line, "skipped", [(code, {})], row.cells)


def _judged(judge_of: Judge, rows: Iterator[Row], *, aside: bool) -> Iterator[list[Any]]:
    """Yield the judged rows, some hundreds at a time; what stands above matters only where blanks are filled."""

    def work(part: list[Any]) -> list[Any]:
        return [_kept(judge_of.judge(Row(*row))) for row in part]

    parts = iter(lambda: [tuple(row) for row in islice(rows, _PART)], [])
    return in_order(work, parts, aside=aside)


def _kept(one: Judged) -> tuple[Any, ...]:
    return prepared(one.line, one.fate, one.reasons, one.cells, one.digest, one.bucket, one.decision, one.data)


# ---- headings


def _all_there(columns: Columns, wish: Wish) -> None:
    """Refuse a `--map` for a heading that is not there."""
    there = [plain(heading) for heading in columns.headings]
    for heading in wish.mapping:
        if heading not in there:
            error = BadValue(field="--map", text=heading, expected=[one for one in columns.headings if one.strip()])
            error.hint = N_("Name a column by its heading as it stands in the file.")
            raise error


def _remembered(office: Office, head: Sequence[Row]) -> dict[str, str]:
    """Return what the clerk said of the same heading row last time."""
    rows = wordings(head)
    for entry in reversed(earlier(office)):
        private = entry.private or {}
        if private.get("mapping") and private.get("headings") in rows:
            return dict(private["mapping"])
    return {}


# ---- rows that stand there twice


def _mark_near(rows: Scratch) -> None:
    """Mark every row that may be another one of the same day and complainant: somebody has to decide."""
    for bucket in rows.shared_buckets():
        kept: list[Kept] = []
        for row in rows.in_bucket(bucket):
            like = next((one for one in kept if same_matter(_text(one), _text(row))), None)
            if like is None or row.decision == "take":
                kept.append(row)
            else:
                rows.mark(row.n, "near_duplicate", [("near-row", {"line": like.line}), *row.reasons])


def _text(row: Kept) -> str:
    return str((row.data or {}).get("private", {}).get("text", ""))


def same_matter(one: str, other: str) -> bool:
    """Say whether two texts of the same day and complainant tell of the same matter: half of their words are alike."""
    if "".join(one.split()) == "".join(other.split()):
        return True
    first, second = set(pairs(one)), set(pairs(other))
    common = len(first & second)
    return common > 0 and 2 * common >= min(len(first), len(second))


def compare(office: Office, register: Register) -> None:
    """Mark the rows that stand in the ledger already, or may be a complaint that stands there."""
    rows = register.rows
    span = rows.span()
    if span is None:
        return
    same_file = {
        int(entry.subject.partition("/")[2])
        for entry in earlier(office)
        if (entry.private or {}).get("digest") == register.source.digest
    }
    for row in received_between(office.query, span[0] - DAY_SECONDS, span[1] + DAY_SECONDS):
        imported = json.loads(row["imported"]) if row["imported"] else {}
        if row["private"] is None:
            if imported.get("import") in same_file:
                _duplicates(rows, rows.on_line(imported["line"]), "erased", row["number"])
            continue
        private = json.loads(row["private"])
        if "row" in private:
            _duplicates(rows, rows.with_digest(private["row"]), "in-ledger", row["number"])
        for like in rows.in_bucket(bucket_of(day_of(row["received_at"], office.zone), private)):
            if like.decision != "take" and same_matter(str(private.get("text", "")), _text(like)):
                reasons = [("near-ledger", {"number": row["number"]}), *like.reasons]
                rows.mark(like.n, "near_duplicate", reasons, row["number"])


def _duplicates(rows: Scratch, found: Iterable[Kept], code: str, number: str) -> None:
    for one in found:
        rows.mark(one.n, "duplicate", [(code, {"number": number})], number)


# ---- taking over


class NoLongerWhole(Exception):  # noqa: N818 - it says what happened, and never leaves this module
    """Another program wrote meanwhile, and now some row stands in the ledger or has to be decided on."""


def take(office: Office, register: Register, progress: Callable[[int], None], *, partial: bool) -> TakenOver | None:
    """Take over every row that is sound, in one transaction; None where that would not be all and `partial` is not."""

    def recheck() -> None:
        compare(office, register)
        if not partial and not register.whole:
            raise NoLongerWhole

    numbers = _Numbers(register.rows, progress)
    try:
        done = take_over(
            office,
            lambda: _takings(register.rows),
            lambda: origin_of(register),
            recheck=recheck,
            taken=numbers.add,
            head=register.head,
        )
    except NoLongerWhole:
        return None
    numbers.flush()
    return done


class _Numbers:
    """Writes down under which number each row was taken, some hundreds at a time."""

    def __init__(self, rows: Scratch, progress: Callable[[int], None]) -> None:
        self.rows, self.progress, self.count = rows, progress, 0
        self.waiting: list[tuple[str, int]] = []

    def add(self, n: int | None, number: str) -> None:
        """One more row was taken; only those with a remark are named by their number."""
        if n is not None:
            self.waiting.append((number, n))
        self.count += 1
        if self.count % _PART == 0:
            self.flush()
            self.progress(self.count)

    def flush(self) -> None:
        """Write down what waits."""
        self.rows.numbered(self.waiting)
        self.waiting = []


def _takings(rows: Scratch) -> Iterator[Taking]:
    for row in rows.rows(*TO_TAKE):
        if row.data is not None:
            yield Taking(row.n if row.fate == "remarked" else None, row.line, row.data)


def origin_of(register: Register) -> Origin:
    """Return where the rows come from, for the ledger."""
    columns, source = register.columns, register.source
    from pathlib import PurePath

    return Origin(
        PurePath(source.name).name,
        source.digest,
        [plain(heading) for heading in columns.headings],
        dict(register.given),
        courses.recorded(columns.has),
        register.counts,
    )
