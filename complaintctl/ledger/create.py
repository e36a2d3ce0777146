"""Making a new ledger: built under a temporary name beside its place, and put there whole or not at all."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from complaintctl.errors import DiskFailing, DiskFull, LedgerExists, LedgerReadonly
from complaintctl.language import system_words
from complaintctl.ledger import connect
from complaintctl.ledger.schema import bring_up

_FULL = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_DENIED = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))


def begin(path: str) -> tuple[sqlite3.Connection, str]:
    """A connection to a new file with the newest form, and its temporary name; readable by its owner only.

    Folders that are missing on the way are made. Raises LedgerExists, LedgerReadonly, DiskFull.
    """
    refuse_taken(path)
    with _system_errors(path):
        Path(path).absolute().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    building = temporary_beside(path)
    try:
        with connect.in_words(path):
            connection = connect.attach(building)
            try:
                connect.guard(connection)
                bring_up(connection)
                # Nothing of it counts before `publish`, which brings the whole file to the disk at once.
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA journal_mode = MEMORY")
            except BaseException:
                connection.close()
                raise
    except BaseException:
        remove(building)
        raise
    connect.forbid(connection)
    return connection, building


def refuse_taken(path: str) -> None:
    """Raise LedgerExists if a file lies at `path`, or a journal left there, which would be played into a new one."""
    for name in (path, f"{path}-journal"):
        if os.path.lexists(name):
            raise LedgerExists(path=name)


def temporary_beside(path: str) -> str:
    """Make an empty file, readable by its owner only, in the folder of `path`; returns its name."""
    building = f"{path}.{os.getpid()}.part"
    with _system_errors(path):
        os.close(os.open(building, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
    return building


def publish(building: str, path: str) -> None:
    """Put the finished file in its place, never over another one; raises LedgerExists."""
    try:
        with _system_errors(path), Path(building).open("rb+") as file:
            os.fsync(file.fileno())
        hold(building, path)
    finally:
        remove(building)
    sync_folder(path)


def hold(there: str, path: str) -> None:
    """Give a file a second name that is not taken yet; where links are unknown, move it. Raises LedgerExists."""
    try:
        os.link(there, path)
    except FileExistsError as error:
        raise LedgerExists(path=path) from error
    except OSError:
        # Between the look and the move lies a small gap: the best such a file system can do.
        if os.path.lexists(path):
            raise LedgerExists(path=path) from None
        with _system_errors(path):
            Path(there).rename(path)


def remove(building: str) -> None:
    """Take an unfinished file away, with its journal."""
    for name in (building, f"{building}-journal"):
        Path(name).unlink(missing_ok=True)


def sync_folder(path: str) -> None:
    """Make the name of `path` in its folder durable, where the system can."""
    if os.name != "posix":
        return
    folder = os.open(Path(path).absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _system_errors(path: str) -> Iterator[None]:
    """Turn the system's errors about files into ours, as connect does with SQLite's."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(path=path) from error
        if error.errno in _DENIED or isinstance(error, FileExistsError | NotADirectoryError):
            raise LedgerReadonly(path=path) from error
        raise DiskFailing(path=path, problem=system_words(error)) from error
