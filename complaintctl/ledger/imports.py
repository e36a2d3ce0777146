"""What the ledger holds of registers that were taken over, and taking a whole one back at once."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from complaintctl.ledger.derived import COUNTED
from complaintctl.ledger.query import Queries

_SPAN = "BETWEEN :first AND :last"


def received_between(query: Queries, since: int, until: int) -> Iterator[sqlite3.Row]:
    """The complaints received from `since` to `until`, streamed in the order of their ids.

    Columns: id, number, received_at, category, `imported` (JSON of what the intake says of its register, or None),
    `private` (JSON of what was told at first; None once it is erased).
    """
    return query.stream(
        "SELECT c.id, c.number, c.received_at, c.category, json_extract(e.body, '$.imported') AS imported, e.private "
        "FROM complaint c CROSS JOIN entry e INDEXED BY entry_subject ON e.subject = 'complaint/' || c.id "
        "WHERE e.kind = 'logged' AND c.voided_at IS NULL AND c.received_at BETWEEN ? AND ? ORDER BY c.id",
        (since, until),
    )


def touched_since(query: Queries, first: int, last: int, seq: int) -> Iterator[sqlite3.Row]:
    """The entries after `seq` about complaints `first` to `last`, or that name one of them as what they repeat.

    Columns: seq, batch, subject, kind, body.
    """
    for row in query.stream(
        "SELECT seq, batch, subject, kind, body FROM entry WHERE seq > ? AND subject LIKE 'complaint/%' ORDER BY seq",
        (seq,),
    ):
        about = int(row["subject"].partition("/")[2])
        if first <= about <= last or '"of":' in row["body"]:
            yield row


def last_batch(query: Queries, actor: str, silent: Collection[str]) -> int | None:
    """The number of an actor's last command that still counts; None if there is none.

    Commands that were undone, and those that wrote nothing but entries of `silent` kinds, are passed over.
    """
    undone: set[int] = set()
    for row in query.stream(
        "SELECT batch, kind, CASE kind WHEN 'undone' THEN json_extract(body, '$.batch') END AS of "
        "FROM entry WHERE actor = ? ORDER BY seq DESC",
        (actor,),
    ):
        if row["kind"] == "undone":
            undone.add(row["of"])
        elif row["kind"] not in silent and row["batch"] not in undone:
            return int(row["batch"])
    return None


def span_of(query: Queries, batch: int, begin: int) -> Mapping[str, Any]:
    """Of the command that began with entry `begin`: its last entry, and how many it wrote."""
    found = query.rows(
        "SELECT max(seq) AS last, count(*) AS entries FROM entry WHERE seq >= ? AND batch = ?", (begin, batch)
    )
    return dict(found[0])


def void(connection: sqlite3.Connection, first: int, last: int, at: int, before_first: int) -> None:
    """Take the rows of complaints `first` to `last` out of every listing, in the caller's transaction.

    Their undoing was written at `at` in the order of their ids, the first of it right after entry `before_first`.
    """
    from complaintctl.ledger.words import index_words

    span = {"first": first, "last": last, "at": at, "seq": before_first}
    cleared = ", ".join(f"{name} = {0 if name.endswith(('_unknown', '_waiting')) else 'NULL'}" for name in COUNTED)
    connection.execute(
        f"UPDATE complaint SET voided_at = :at, last_seq = :seq + id - :first + 1, {cleared} WHERE id {_SPAN}", span
    )
    for table in ("clock", "milestone"):
        connection.execute(f"DELETE FROM {table} WHERE complaint {_SPAN}", span)
    told = connection.execute(f"SELECT complaint, text FROM told WHERE complaint {_SPAN}", span)
    while page := told.fetchmany(500):
        connection.executemany(
            "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
            [(complaint, index_words(text)) for complaint, text in page],
        )
    connection.execute(f"DELETE FROM told WHERE complaint {_SPAN}", span)
