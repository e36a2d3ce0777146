"""Making a new ledger: built under a temporary name beside its place, and put there whole or not at all."""

import os
import sqlite3
from pathlib import Path

from complaintctl.errors import LedgerExists, LedgerMissing, LedgerReadonly
from complaintctl.ledger import connect


def begin(path: str) -> tuple[sqlite3.Connection, str]:
    """A connection to a new file with the newest form, and its temporary name; readable by its owner only."""
    if os.path.lexists(path):
        raise LedgerExists(path=path)
    building = temporary_beside(path)
    with connect.in_words(path):
        connection = connect.attach(building)
        try:
            connect.guard(connection)
            _lay_out(connection)
        except BaseException:
            connection.close()
            remove(building)
            raise
    connect.forbid(connection)
    return connection, building


def temporary_beside(path: str) -> str:
    """Make an empty file, readable by its owner only, in the folder of `path`; returns its name."""
    building = f"{path}.{os.getpid()}.part"
    try:
        os.close(os.open(building, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LedgerMissing(path=str(Path(path).parent)) from error
    except OSError as error:
        raise LedgerReadonly(path=path) from error
    return building


def _lay_out(connection: sqlite3.Connection) -> None:
    from complaintctl.ledger.schema import apply

    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {connect.FORM}")
    apply(connection)
    connection.execute("COMMIT")


def publish(building: str, path: str) -> None:
    """Put the finished file in its place, never over another one; raises LedgerExists."""
    try:
        os.link(building, path)
    except FileExistsError as error:
        remove(building)
        raise LedgerExists(path=path) from error
    except OSError:
        # A file system without links: the small window between look and rename is the best it can do.
        if os.path.lexists(path):
            remove(building)
            raise LedgerExists(path=path) from None
        Path(building).rename(path)
    else:
        Path(building).unlink()
    sync_folder(path)


def remove(building: str) -> None:
    """Take an unfinished file away, with its journal."""
    for name in (building, f"{building}-journal"):
        if os.path.lexists(name):
            Path(name).unlink()


def sync_folder(path: str) -> None:
    """Make the name of `path` in its folder durable, where the system can."""
    if os.name != "posix":
        return
    folder = os.open(Path(path).absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
