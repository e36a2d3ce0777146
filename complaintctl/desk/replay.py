"""Folding everything anew: for `rebuild`, for `verify`, and for what the ledger would have said at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from complaintctl.desk import registers
from complaintctl.desk.office import Office, Voided, told
from complaintctl.desk.site import SITE
from complaintctl.ledger.derived import ADOPTED, DerivedRows, Told
from complaintctl.ledger.query import Queries
from complaintctl.ledger.store import Batch, Thing
from complaintctl.rules.book import Book
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import complaint_row, fold, rows
from complaintctl.rules.localtime import Moment

STEP = 500
"""After so many complaints it is told how far the work has come."""


def refolded(entries: Iterable[Entry], book: Book) -> Iterator[tuple[DerivedRows, Told]]:
    """Yield the derived rows of every complaint, from entries that come subject by subject."""
    for subject, group in groupby(entries, key=lambda entry: entry.subject):
        if not subject.startswith("complaint/"):
            continue
        written = list(group)
        life = fold(written, book)
        if life is not None:
            yield rows(life), told(life)
        else:
            yield voided(written, book), Told()


def refolded_things(entries: Iterable[Entry], book: Book) -> Iterator[Thing]:
    """Yield the derived rows of every thing of a register, from entries that come subject by subject."""
    for subject, group in groupby(entries, key=lambda entry: entry.subject):
        part = registers.parted(subject)
        if part is not None:
            yield (*part, registers.rows(subject, registers.fold(subject, list(group), book)))


def voided(written: list[Entry], book: Book) -> DerivedRows:
    """Return the rows of a complaint whose intake was undone: as it was before that, marked as void."""
    undoing = next(entry for entry in reversed(written) if entry.kind == "undone")
    before = fold([entry for entry in written if entry.seq < undoing.seq], book)
    if before is None:
        raise ValueError("an intake that was undone was there before")
    return Voided({**complaint_row(before), "voided_at": undoing.at, "last_seq": undoing.seq})


def rebuild(office: Office) -> int:
    """Make all derived rows again from the entries; return how many complaints there are."""
    with office.ledger.write(office.actor, office.now) as batch:
        return refile(office, batch)


def refile(office: Office, batch: Batch, done: Callable[[int], None] = lambda _: None) -> int:
    """Do that within a transaction that is under way; `done` is told from time to time how many there are so far."""
    book = office.book
    adopted = [entry for entry in office.ledger.all_entries() if entry.kind == ADOPTED]
    batch.drop_derived()
    for entry in adopted:
        batch.adopt(entry)
    batch.put_things(refolded_things(office.ledger.entries_of(registers.REGISTERS), book))
    return batch.put_many(_told(refolded(office.ledger.all_entries(by_subject=True), book), done))


def _told(rows: Iterable[tuple[DerivedRows, Told]], done: Callable[[int], None]) -> Iterator[tuple[DerivedRows, Told]]:
    for number, row in enumerate(rows, 1):
        yield row
        if number % STEP == 0:
            done(number)


def bring_up(office: Office) -> None:
    """File the rows of a ledger anew that an earlier program folded, while it gets its newer form."""
    refile(office, Batch(office.ledger, office.actor, office.now))


def book_as_of(office: Office, moment: Moment) -> Book:
    """Return what a site had adopted by a moment, as far as it was written down then; only its own entries are read."""
    replica = office.ledger.replica()
    for entry in office.ledger.entries(SITE, moment):
        if entry.kind == ADOPTED:
            replica.adopt(entry)
    book = office.book_of(replica.query)
    replica.close()
    return book if book.procedures and book.calendars else office.book


def as_of(office: Office, moment: Moment) -> Queries:
    """Return the questions of a ledger that knows only what had been recorded by a moment."""
    replica = office.ledger.replica()
    for entry in office.ledger.all_entries(moment):
        if entry.kind == ADOPTED:
            replica.adopt(entry)
    book = office.book_of(replica.query)
    if not book.procedures or not book.calendars:
        book = office.book
    replica.fill_things(refolded_things(office.ledger.entries_of(registers.REGISTERS, moment), book))
    replica.fill(refolded(office.ledger.all_entries(moment, by_subject=True), book))
    return replica.query
