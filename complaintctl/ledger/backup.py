"""Copies of the ledger and their way back, and writing the file anew after an erasure."""

import sqlite3


def scrub(connection: sqlite3.Connection) -> None:
    """Rebuild the search index from the words that are left, then the whole file."""
    from complaintctl.ledger import connect

    connection.set_authorizer(None)
    try:
        connection.execute("INSERT INTO search (search) VALUES ('optimize')")
        connection.execute("VACUUM")
    finally:
        connect.forbid(connection)
