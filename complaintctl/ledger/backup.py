"""Copies of the ledger and their way back, and writing the file anew after an erasure.

A copy is never a copy of bytes: beside a hot journal that would keep what was never committed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from complaintctl.errors import FileMissing, LedgerDamaged
from complaintctl.language import N_, Phrase
from complaintctl.ledger import connect, create
from complaintctl.ledger.store import Ledger

OF_THE_SOURCE = frozenset((sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB))
"""Which errors of copying lie with the ledger that is read; a full or failing disk is the copy's."""


def make(path: str, target: str, *, replace: bool = False) -> tuple[int, str, int]:
    """Back the ledger at `path` up as `target`; returns the head of the copy (seq, hash in hex, count).

    The copy is checked before it gets its name, readable by its owner only. Raises LedgerExists if something
    lies at `target` and `replace` is not set, and the LedgerError of either file.
    """
    if not replace:
        create.refuse_taken(target)
    with _copied(path, target) as (copy, head):
        _settle(copy, target, replace=replace)
    return head


def rotate(newest: str, pattern: str, keep: int) -> list[str]:
    """Remove the oldest backups beside `newest` whose names match `pattern`, so that `keep` are left.

    Names tell the age, so they must begin alike and hold the date. Only ledgers are ever removed, and never
    `newest` itself. Returns the names removed.
    """
    if keep < 1:
        raise ValueError("at least one backup is kept")
    folder = Path(newest).absolute().parent
    known = sorted((one for one in folder.glob(pattern) if _is_ledger(one)), key=lambda one: one.name)
    removed = [one for one in known[:-keep] if one.name != Path(newest).name]
    for one in removed:
        one.unlink()
    return [str(one) for one in removed]


def restore(source: str, path: str, *, aside: str | None = None) -> tuple[int, str, int]:
    """Put the backup `source` in the place of the ledger at `path`; returns its head.

    A ledger that lies there already is only replaced if `aside` says under which name in the same folder it is
    kept. No other program should be at work on it meanwhile. Raises LedgerExists, FileMissing, or what is wrong
    with the backup.
    """
    if not os.path.lexists(source):
        raise FileMissing(name=source)
    create.refuse_taken(path if aside is None else aside)
    with _copied(source, path) as (copy, head):
        if aside is not None:
            _put_aside(path, aside)
        _settle(copy, path, replace=aside is not None)
    return head


def scrub(connection: sqlite3.Connection) -> None:
    """Merge the search index, so that erased words leave it, then write the whole file anew."""
    connection.set_authorizer(None)
    try:
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("VACUUM")
    finally:
        connect.forbid(connection)


@contextmanager
def _copied(path: str, target: str) -> Iterator[tuple[str, tuple[int, str, int]]]:
    """A checked, durable copy of the ledger at `path` under a temporary name beside `target`, and its head."""
    # A copy has the form of what it copies, which is not changed by that.
    source = connect.open_file(path, write=False, as_it_is=True)
    try:
        copy = create.temporary_beside(target)
        try:
            source.set_authorizer(None)
            try:
                source.execute("PRAGMA query_only = OFF")
                source.execute("VACUUM INTO ?", (copy,))
            except sqlite3.Error as error:
                at_fault = path if error.sqlite_errorcode & 0xFF in OF_THE_SOURCE else target
                raise connect.in_our_words(error, at_fault) or error from error
            yield copy, _checked(copy, path)
        finally:
            create.remove(copy)
    finally:
        source.close()


def _checked(copy: str, path: str) -> tuple[int, str, int]:
    """The head of a copy in which nothing is wrong; made durable here. Raises LedgerDamaged naming `path`."""
    from complaintctl.ledger.check import verify_chain

    with Ledger.open(copy, as_it_is=True) as ledger:
        for finding in verify_chain(ledger):
            where = finding.seq if finding.seq is not None else "–"
            problem = Phrase(N_("the check found {code}, entry {seq}"), code=finding.code, seq=where)
            raise LedgerDamaged(path=path, problem=problem)
        head = ledger.head()
    with Path(copy).open("rb+") as file:
        os.fsync(file.fileno())
    return head


def _settle(copy: str, target: str, *, replace: bool) -> None:
    if replace:
        Path(f"{target}-journal").unlink(missing_ok=True)
        Path(copy).replace(target)
        create.sync_folder(target)
    else:
        create.publish(copy, target)


def _put_aside(path: str, aside: str) -> None:
    """Keep the replaced ledger under another name, its journal with it, or that would be played into the new one."""
    journal = Path(f"{path}-journal")
    if journal.exists():
        journal.rename(f"{aside}-journal")
    if os.path.lexists(path):
        create.hold(path, aside)


def _is_ledger(path: Path) -> bool:
    """Whether a closed file bears our mark (bytes 68 to 71 of an SQLite file hold the application's id)."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(72)[68:] == connect.APPLICATION_ID.to_bytes(4, "big")
