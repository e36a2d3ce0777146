"""The ledger as the desk uses it: open, read entries, append them in one durable transaction, file what follows."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from complaintctl.ledger import connect, derived
from complaintctl.ledger.derived import DerivedRows, Told
from complaintctl.ledger.query import Queries
from complaintctl.rules.entries import Entry

Thing = tuple[str, int, Mapping[str, Sequence[Mapping[str, Any]]]]
"""Something kept beside complaints, as its derived rows: register, id, rows by table."""

BULK_CACHE = 48_000
"""KiB of memory for the pages of the file while the rows of many complaints are filed."""

PAGE = 1_000
"""How many entries are read at a time where all are read."""

_COLUMNS = "seq, batch, subject, kind, at, recorded_at, actor, body, private"


def entry_of(row: "sqlite3.Row | tuple[Any, ...]") -> Entry:
    """An entry from its columns in the order of `Entry`, body and private part still as JSON text."""
    seq, batch, subject, kind, at, recorded_at, actor, body, private = row
    told = json.loads(private) if private is not None else None
    return Entry(seq, batch, subject, kind, at, recorded_at, actor, json.loads(body), told)


class Replica:
    """Derived tables alone, in memory: what the ledger would have said at an earlier moment is folded into it."""

    def __init__(self) -> None:
        """Make the empty tables."""
        from complaintctl.ledger.schema import build_bare

        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.row_factory = sqlite3.Row
        build_bare(self.connection)
        self.query = Queries(self.connection, ":memory:")

    def fill(self, complaints: Iterable[tuple[DerivedRows, Told]]) -> int:
        """File the rows of complaints not filed yet, streamed; returns how many."""
        self.connection.execute("BEGIN")
        count = derived.put_many(self.connection, complaints)
        self.connection.execute("COMMIT")
        return count

    def fill_things(self, things: Iterable[Thing]) -> None:
        """File the rows of things of registers not filed yet, streamed."""
        from complaintctl.ledger import registers

        registers.put_many(self.connection, things)

    def adopt(self, entry: Entry) -> None:
        """Take down what an `adopted` entry puts in force."""
        derived.adopt(self.connection, entry)

    def close(self) -> None:
        """Let the memory go."""
        self.connection.close()


class Ledger:
    """An open ledger. Use it as a context manager; `query` holds every question to the derived rows.

    Every method raises a LedgerError where the file cannot be used.
    """

    def __init__(self, connection: sqlite3.Connection, path: str, publish_as: str | None = None) -> None:
        """Use `create` or `open` instead."""
        self.connection = connection
        self.path = publish_as or path
        self.query = Queries(connection, self.path)
        self._file = path
        self._publish_as = publish_as

    # ---- opening and closing

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> "Ledger":
        """A new ledger for `path`, which comes to lie there, whole, when it is closed without an error.

        Raises LedgerExists if anything lies at `path` already, now or then.
        """
        from complaintctl.ledger import create

        final = os.fspath(path)
        return cls(*create.begin(final), publish_as=final)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        write: bool = False,
        refold: "Callable[[Ledger], None] | None" = None,
        as_it_is: bool = False,
    ) -> "Ledger":
        """Open the ledger at `path`; without `write` nothing can be changed through it.

        One of an older form is brought up to date, and `refold` called within that transaction to file its rows
        anew (see `Batch`); a copy is only looked at `as_it_is`.
        """
        name = os.fspath(path)
        anew = None if refold is None else lambda connection: refold(cls(connection, name))
        return cls(connect.open_file(name, write=write, refold=anew, as_it_is=as_it_is), name)

    @staticmethod
    def replica() -> Replica:
        """Empty derived tables in memory, with the same questions."""
        return Replica()

    def close(self) -> None:
        """Close the file; a new ledger is put in its place now."""
        self.connection.close()
        if self._publish_as is not None:
            from complaintctl.ledger import create

            create.publish(self._file, self._publish_as)
            self._publish_as = None

    def discard(self) -> None:
        """Close the file; of a new ledger nothing is left."""
        self.connection.close()
        if self._publish_as is not None:
            from complaintctl.ledger import create

            create.remove(self._file)
            self._publish_as = None

    def __enter__(self) -> "Ledger":
        """The ledger itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close; a new ledger is only kept when the block ended well."""
        if kind is None:
            self.close()
        else:
            self.discard()

    # ---- reading entries

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Within the block every question sees the same state. Do not print in it: writers wait meanwhile."""
        with connect.in_words(self.path):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            self.connection.execute("ROLLBACK")

    def entries(self, subject: str, until_recorded: int | None = None) -> list[Entry]:
        """The entries about `subject` in their order, those recorded at or before `until_recorded`."""
        sql = f"SELECT {_COLUMNS} FROM entry WHERE subject = ?"
        values: tuple[object, ...] = (subject,)
        if until_recorded is not None:
            sql += " AND recorded_at <= ?"
            values = (subject, until_recorded)
        return [entry_of(row) for row in self.query.rows(sql + " ORDER BY seq", values)]

    def entries_of(self, registers: Iterable[str], until_recorded: int | None = None) -> Iterator[Entry]:
        """The entries of all things of these registers, thing by thing; what there is of it fits into memory."""
        known = "" if until_recorded is None else " AND recorded_at <= :until"
        sql = f"SELECT {_COLUMNS} FROM entry WHERE subject >= :first AND subject < :after{known} ORDER BY subject, seq"
        for register in registers:
            bounds = {"first": f"{register}/", "after": f"{register}0", "until": until_recorded}
            yield from map(entry_of, self.query.tuples(sql, bounds))

    def entries_of_kinds(self, register: str, kinds: Iterable[str]) -> Iterator[Entry]:
        """The entries of some kinds about all things of a register, thing by thing; streamed."""
        wanted = list(kinds)
        marks = ", ".join("?" * len(wanted))
        sql = (
            f"SELECT {_COLUMNS} FROM entry WHERE subject >= ? AND subject < ? AND kind IN ({marks}) "
            "ORDER BY subject, seq"
        )
        yield from map(entry_of, self.query.stream(sql, (f"{register}/", f"{register}0", *wanted)))

    def all_entries(
        self, until_recorded: int | None = None, *, by_subject: bool = False, after_seq: int = -(2**63)
    ) -> Iterator[Entry]:
        """Every entry in the order of writing, or subject by subject, so that a million need little memory.

        `after_seq` leaves out what was written up to then (in the order of writing only).

        Read page by page: between two pages another program may write, and is not kept waiting for all of them.
        """
        after, order = ("(subject, seq) > (:subject, :seq)", "subject, seq") if by_subject else ("seq > :seq", "seq")
        known = "" if until_recorded is None else " AND recorded_at <= :until"
        sql = f"SELECT {_COLUMNS} FROM entry WHERE {after}{known} ORDER BY {order} LIMIT {PAGE}"
        last: dict[str, object] = {"subject": "", "seq": after_seq, "until": until_recorded}
        while page := self.query.tuples(sql, last):
            yield from map(entry_of, page)
            last |= {"seq": page[-1][0], "subject": page[-1][2]}

    def batches(self, actor: str) -> Iterator[list[Entry]]:
        """The commands of `actor`, the last first, each as its entries in their order; streamed."""
        from itertools import groupby

        sql = f"SELECT {_COLUMNS} FROM entry WHERE actor = ? ORDER BY seq DESC"
        found = map(entry_of, self.query.stream(sql, (actor,)))
        for _, batch in groupby(found, key=lambda entry: entry.batch):
            yield list(batch)[::-1]

    def head(self, until_recorded: int | None = None) -> tuple[int, str, int]:
        """The anchor: (seq of the last entry, its hash in hex, count of entries); zeros when there is none.

        With `until_recorded` that of the last entry recorded at or before then.
        """
        where = "" if until_recorded is None else "WHERE recorded_at <= ? "
        values = () if until_recorded is None else (until_recorded,)
        rows = self.query.rows(f"SELECT seq, hash FROM entry {where}ORDER BY seq DESC LIMIT 1", values)
        # Consecutive from 1 by a trigger, so the last number is the count.
        return (rows[0]["seq"], rows[0]["hash"].hex(), rows[0]["seq"]) if rows else (0, "00" * 32, 0)

    def evidence(self, name: str) -> bytes | None:
        """The bytes filed under `name` (see `Batch.attach`), None once they were erased."""
        from complaintctl.ledger import evidence

        with connect.in_words(self.path):
            return evidence.read(self.connection, name)

    # ---- writing

    @contextmanager
    def write(self, actor: str, recorded_at: int) -> Iterator["Batch"]:
        """One command: all of it is durable when the block is left, or nothing of it if it is left by an error.

        Raises LedgerLocked if another program writes for longer than five seconds.
        """
        with connect.in_words(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                batch = Batch(self, actor, recorded_at)
                yield batch
                batch.finish()
                with connect.undisturbed():
                    self.connection.execute("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def scrub(self) -> None:
        """After an erasure: write the whole file anew, so that no page keeps a trace of what was erased."""
        from complaintctl.ledger import backup

        with connect.in_words(self.path):
            backup.scrub(self.connection)


class Batch:
    """What one command writes. `number` counts commands; all entries share actor and `recorded_at`."""

    def __init__(self, ledger: Ledger, actor: str, recorded_at: int) -> None:
        """Read the head under the write lock; made by `Ledger.write` only."""
        from complaintctl.ledger import chain

        self._chain = chain
        self._connection = ledger.connection
        self.query = ledger.query
        self.actor = chain.clean(actor)
        self.recorded_at = recorded_at
        last = self._connection.execute("SELECT seq, batch, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        self._seq, last_batch, self._hash = tuple(last) if last else (0, 0, chain.GENESIS)
        self.number: int = last_batch + 1
        self._ordered: set[int] = set()
        self._erased: set[int] = set()

    def append(
        self, subject: str, kind: str, at: int, body: dict[str, Any], private: dict[str, Any] | None = None
    ) -> Entry:
        """Write one entry, chained to the last; returns it as it will be read again (text in NFC)."""
        chain = self._chain
        body = chain.clean(body)
        kept, salt, digest = None, None, None
        if private is not None:
            private = chain.clean(private)
            salt, kept = chain.new_salt(), chain.dumps(private)
            digest = chain.private_digest(salt, kept)
        seq, text = self._seq + 1, chain.dumps(body)
        head = (seq, self.number, subject, kind, at, self.recorded_at, self.actor)
        new_hash = chain.entry_hash(self._hash, head, text, digest)
        self._connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*head, text, kept, salt, digest, self._hash, new_hash),
        )
        self._seq, self._hash = seq, new_hash
        self._ordered.update(body.get("erased", ()))
        return Entry(*head, body, private)

    def put(self, rows: DerivedRows, told: Told) -> None:
        """Replace all derived rows of one complaint and the words by which it is found."""
        derived.put(self._connection, rows, told)

    def put_thing(self, register: str, number: int, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        """Replace all derived rows of a thing of a register (see `registers.REGISTERS`); empty ones take it out."""
        from complaintctl.ledger import registers

        registers.put(self._connection, register, number, tables)

    def put_things(self, things: Iterable[Thing]) -> None:
        """File the rows of many things of registers that have none yet, streamed."""
        from complaintctl.ledger import registers

        registers.put_many(self._connection, things)

    def next_id(self, register: str) -> int:
        """The id for a new thing of a register; none is given twice."""
        from complaintctl.ledger import registers

        return registers.next_id(self._connection, register)

    def next_number_of(self, register: str, prefix: str, month: str) -> str:
        """The number for a new thing of a register, as `JC202611-0001`; none is given twice."""
        from complaintctl.ledger import registers

        return registers.next_number(self._connection, register, prefix, month)

    def put_many(self, complaints: Iterable[tuple[DerivedRows, Told]]) -> int:
        """File the rows of many complaints that have none yet, streamed; returns how many."""
        return derived.put_many(self._connection, complaints)

    def put_prepared(self, parts: Iterable[derived.Prepared]) -> int:
        """File what `derived.prepared` made of complaints that have no rows yet; returns how many."""
        # Many rows go into many indexes: with the usual two megabytes most pages would be written over and over.
        self._connection.execute(f"PRAGMA cache_size = -{BULK_CACHE}")
        return derived.insert(self._connection, parts)

    def drop_derived(self) -> None:
        """Empty every derived table, adoptions too; for `rebuild`."""
        derived.drop(self._connection)

    def adopt(self, entry: Entry) -> None:
        """Take down what an `adopted` entry (see `derived.adoption_row`) puts in force."""
        derived.adopt(self._connection, entry)

    def next_complaint_id(self) -> int:
        """The short id for a new complaint: one row of numbers for the whole ledger, none given twice."""
        return int(self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM complaint").fetchone()[0])

    def next_number(self, month: str) -> str:
        """The number for a new complaint received in `month` (`202611`), as `TS202611-0007`; none given twice."""
        last = self._connection.execute(
            "SELECT CAST(substr(number, 10) AS INTEGER) FROM complaint WHERE substr(number, 1, 8) = ? "
            "ORDER BY CAST(substr(number, 10) AS INTEGER) DESC LIMIT 1",
            (f"TS{month}",),
        ).fetchone()
        return f"TS{month}-{(last[0] if last else 0) + 1:04d}"

    def attach(
        self,
        subject: str,
        at: int,
        file_name: str,
        data: bytes,
        body: dict[str, Any] | None = None,
        private: dict[str, Any] | None = None,
        *,
        kind: str = "attached",
    ) -> Entry:
        """File a piece of evidence: its bytes in the archive table, its digest in a chained entry.

        The entry's body gains `evidence` (digest, size), its private part `file` (name in the archive, for
        `Ledger.evidence`), `name` (as given) and `salt`.
        """
        from complaintctl.ledger import evidence

        gained, hidden = evidence.file(self._connection, subject, self._seq + 1, file_name, data, at)
        return self.append(subject, kind, at, {**(body or {}), **gained}, {**(private or {}), **hidden})

    def erase_private(self, seqs: Iterable[int]) -> None:
        """Erase the private parts of these entries and the evidence filed with them, for ever.

        An entry of the same batch must order it: its body names them in the list `erased`. Call
        `Ledger.scrub` afterwards.
        """
        from complaintctl.ledger import evidence

        for seq in seqs:
            self._connection.execute("UPDATE entry SET private = NULL, salt = NULL WHERE seq = ?", (seq,))
            evidence.erase(self._connection, seq)
            self._erased.add(seq)

    def finish(self) -> None:
        """Refuse an erasure that no entry orders: `verify` would take it for tampering."""
        if not self._erased <= self._ordered:
            raise ValueError("what is erased must be named by an entry of the same batch")
