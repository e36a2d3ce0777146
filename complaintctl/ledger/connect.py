"""Opening the file: who may create it, what is refused, how it is guarded; SQLite's errors in our words.

Settings are those under which a simulated power loss lost no acknowledged entry (DELETE journal, EXTRA sync).
"""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from complaintctl.errors import (
    DeskError,
    DiskFailing,
    DiskFull,
    LedgerDamaged,
    LedgerEmpty,
    LedgerForeign,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerOlder,
    LedgerReadonly,
    LedgerUnreadable,
)
from complaintctl.language import N_, Words

APPLICATION_ID = 0x54535541
FORM = 2
"""The newest form of the file that this program knows; `user_version` of the file holds its own."""

WAIT_SECONDS = 5
Refold = Callable[[sqlite3.Connection], None]
"""Files all derived rows anew, inside the caller's transaction."""

_GUARDS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = EXTRA",
)
_SMALLEST = 512
"""Bytes of the smallest SQLite page: anything shorter was never a ledger."""


def open_file(path: str, *, write: bool, refold: "Refold | None" = None, as_it_is: bool = False) -> sqlite3.Connection:
    """Open the ledger that lies at `path`, guarded; it is never created by opening it, and changed only
    to bring an older form up to date, unless it is to be left `as_it_is`.

    `refold` files the derived rows of an older ledger anew, in the transaction that brings it up to date: they
    were folded by an earlier program. Raises a LedgerError: missing, empty, foreign, newer, older, unreadable,
    damaged, locked. A file that may not be written opens for reading; the first write then raises LedgerReadonly.
    """
    _look_at(path)
    with in_words(path):
        connection = attach(path)
        try:
            form = _recognise(connection, path)
            guard(connection)
            if form < FORM and not as_it_is:
                _bring_up(connection, path, form, refold)
            # Another tool may have changed the journal's kind, which the file remembers.
            connection.execute("PRAGMA journal_mode = DELETE" if write else "PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    forbid(connection)
    return connection


def _bring_up(connection: sqlite3.Connection, path: str, form: int, refold: "Refold | None") -> None:
    """Give an older file the newest form. Raises LedgerOlder where it may not be written."""
    from complaintctl.ledger.schema import bring_up

    try:
        bring_up(connection, refold)
    except sqlite3.OperationalError as error:
        if isinstance(in_our_words(error, path), LedgerReadonly):
            raise LedgerOlder(path=path, found=form, known=FORM) from error
        raise


def attach(path: str) -> sqlite3.Connection:
    """A bare connection to an existing file, in autocommit mode; transactions are begun by hand."""
    # Opened for writing even when only read: a journal left by a crash can then be rolled back.
    quoted = str(Path(path).absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    connection = sqlite3.connect(f"file:{quoted}?mode=rw", WAIT_SECONDS, isolation_level=None, uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def guard(connection: sqlite3.Connection) -> None:
    """Put the settings in force on a connection made elsewhere (creation, replica)."""
    for statement in _GUARDS:
        connection.execute(statement)


def forbid(connection: sqlite3.Connection) -> None:
    """From now on the connection can neither touch the schema nor change what was written down."""
    connection.set_authorizer(_allowed)


def _look_at(path: str) -> None:
    """Refuse what can be refused without reading: no file, a folder, a pipe, nothing in it."""
    try:
        found = Path(path).stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LedgerMissing(path=path) from error
    except PermissionError as error:
        raise LedgerUnreadable(path=path) from error
    except (OSError, ValueError) as error:  # a name too long, a loop of links, a NUL in the name
        raise LedgerMissing(path=path) from error
    if not stat.S_ISREG(found.st_mode):
        raise LedgerForeign(path=path)
    if found.st_size <= 1:
        raise LedgerEmpty(path=path)
    if found.st_size < _SMALLEST:
        raise LedgerForeign(path=path)
    if not os.access(path, os.R_OK):
        raise LedgerUnreadable(path=path)


def _recognise(connection: sqlite3.Connection, path: str) -> int:
    """The form of the file; refuses one that is not ours or that a newer program wrote."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise LedgerForeign(path=path)
    form = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if form > FORM:
        raise LedgerNewer(path=path, found=form, known=FORM)
    # Reads the first pages: what is cut short or damaged there is refused here. A last page cut off in the middle
    # would be filled up with zeros in silence; while we read, nobody else can be in the midst of writing it.
    connection.execute("BEGIN")
    connection.execute("SELECT 1 FROM entry LIMIT 1").fetchone()
    page = connection.execute("PRAGMA page_size").fetchone()[0]
    if Path(path).stat().st_size % page:
        raise LedgerDamaged(path=path, problem=Words(N_("the end is missing")))
    connection.execute("ROLLBACK")
    return form


# ---- what may never be done through our own connections

_FORBIDDEN = frozenset(
    (
        sqlite3.SQLITE_ALTER_TABLE,
        sqlite3.SQLITE_ATTACH,
        sqlite3.SQLITE_DETACH,
        sqlite3.SQLITE_CREATE_INDEX,
        sqlite3.SQLITE_CREATE_TRIGGER,
        sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
        sqlite3.SQLITE_CREATE_VIEW,
        sqlite3.SQLITE_CREATE_VTABLE,
        sqlite3.SQLITE_DROP_INDEX,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_DROP_TRIGGER,
        sqlite3.SQLITE_DROP_VIEW,
        sqlite3.SQLITE_DROP_VTABLE,
    )
)
_PRAGMAS = frozenset(
    ("data_version", "quick_check", "integrity_check", "foreign_key_check", "user_version", "cache_size")
)
_WRITTEN = frozenset(("entry", "sqlar"))
_ERASABLE = frozenset(("private", "salt"))


def _allowed(action: int, one: str | None, two: str | None, _db: str | None, _by: str | None) -> int:
    """Asked by SQLite for every action of a statement: the schema and what was written are out of reach."""
    denied = (
        action in _FORBIDDEN
        or (action == sqlite3.SQLITE_DELETE and one == "entry")
        or (action == sqlite3.SQLITE_UPDATE and one in _WRITTEN and two not in _ERASABLE)
        or (action == sqlite3.SQLITE_PRAGMA and one not in _PRAGMAS)
    )
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


# ---- SQLite's errors in our words

_BY_CODE: dict[int, type[DeskError]] = {
    sqlite3.SQLITE_BUSY: LedgerLocked,
    sqlite3.SQLITE_LOCKED: LedgerLocked,
    sqlite3.SQLITE_READONLY: LedgerReadonly,
    sqlite3.SQLITE_PERM: LedgerReadonly,
    sqlite3.SQLITE_CANTOPEN: LedgerReadonly,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFailing,
    sqlite3.SQLITE_CORRUPT: LedgerDamaged,
    sqlite3.SQLITE_NOTADB: LedgerForeign,
}


_DAMAGE = ("no such table", "no such column", "decode to UTF-8", "codec can't decode", "foreign key mismatch")

FAILURES = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite's module raises; the second where the text it would complain about is damaged itself."""


def in_our_words(error: sqlite3.Error | UnicodeDecodeError, path: str) -> DeskError | None:
    """The cause behind a SQLite error as one of ours; None for a fault of the program itself."""
    code = getattr(error, "sqlite_errorcode", 0)
    cause = _BY_CODE.get(code & 0xFF)
    if cause is None:
        # Our mark, but a table that should be there is not; or text that is none.
        damaged = any(words in str(error) for words in _DAMAGE)
        return LedgerDamaged(path=path, problem=_without_content(error)) if damaged else None
    return cause(path=path, seconds=WAIT_SECONDS, problem=_without_content(error))


def _without_content(error: Exception) -> str:
    """SQLite's own words, less the text of the row that it could not read, which may be private."""
    return str(error).partition(" with text ")[0]


@contextmanager
def in_words(path: str) -> Iterator[None]:
    """Turn each SQLite error inside the block into ours; faults of the program pass through unchanged."""
    try:
        yield
    except FAILURES as error:
        cause = in_our_words(error, path)
        if cause is None:
            raise
        raise cause from error


@contextmanager
def undisturbed() -> Iterator[None]:
    """Leave Ctrl-C aside while committing: nobody shall be told that nothing was kept when it was."""
    import signal

    try:
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    except ValueError:  # not the main thread: Ctrl-C does not arrive here
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.SIG_DFL)
