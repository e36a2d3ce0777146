"""Nobody changes an entry through SQL, neither by a tool of his own nor through our own connection."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from complaintctl.ledger.store import Ledger


@pytest.fixture
def tool(filled: Path) -> Iterator[sqlite3.Connection]:
    """A connection as any other program would open it: triggers hold, our authorizer does not."""
    connection = sqlite3.connect(filled, isolation_level=None)
    yield connection
    connection.close()


COLUMNS = [
    *("seq", "batch", "subject", "kind", "at", "recorded_at", "actor", "body"),
    *("private", "salt", "private_digest", "prev_hash", "hash"),
]


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_can_be_updated(tool: sqlite3.Connection, column: str) -> None:
    value = {"salt": b"0" * 16}.get(column, b"0" * 32 if "hash" in column or "digest" in column else 99)
    with pytest.raises(sqlite3.IntegrityError, match="stays as it was written"):
        tool.execute(f"UPDATE entry SET {column} = ? WHERE seq = 3", (value,))


def test_private_and_salt_may_only_go_together(tool: sqlite3.Connection) -> None:
    for one, other in (("private", "salt"), ("salt", "private")):
        with pytest.raises(sqlite3.IntegrityError):
            tool.execute(f"UPDATE entry SET {one} = NULL WHERE seq = 3")
        assert tool.execute(f"SELECT {other} IS NULL FROM entry WHERE seq = 3").fetchone() == (0,)
    tool.execute("UPDATE entry SET private = NULL, salt = NULL WHERE seq = 3")


def test_what_was_erased_cannot_be_filled_again(tool: sqlite3.Connection) -> None:
    tool.execute("UPDATE entry SET private = NULL, salt = NULL WHERE seq = 3")
    with pytest.raises(sqlite3.IntegrityError):
        tool.execute("UPDATE entry SET private = '{}', salt = zeroblob(16) WHERE seq = 3")


def test_no_entry_can_be_deleted(tool: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="remains"):
        tool.execute("DELETE FROM entry WHERE seq = 6")


@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE", "INSERT"])
@pytest.mark.parametrize("seq", [1, 6, 8, None])
def test_an_entry_can_neither_be_put_over_another_nor_leave_a_gap(
    tool: sqlite3.Connection, verb: str, seq: int | None
) -> None:
    before = tool.execute("SELECT * FROM entry").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="follows the last one"):
        tool.execute(
            f"{verb} INTO entry SELECT ?, batch, subject, kind, at, recorded_at, 'thief', body, private, salt, "
            "private_digest, hash, hash FROM entry WHERE seq = 6",
            (seq,),
        )
    assert tool.execute("SELECT * FROM entry").fetchall() == before


def test_an_upsert_is_no_way_round(tool: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        tool.execute(
            "INSERT INTO entry SELECT * FROM entry WHERE seq = 6 ON CONFLICT (seq) DO UPDATE SET actor = 'thief'"
        )


def test_a_new_entry_must_name_the_hash_before_it_and_no_earlier_command(tool: sqlite3.Connection) -> None:
    insert = (
        "INSERT INTO entry SELECT seq + 1, {batch}, subject, kind, at, recorded_at, actor, body, NULL, NULL, NULL, "
        "{prev}, hash FROM entry WHERE seq = 6"
    )
    for batch, prev in (("batch", "prev_hash"), ("1", "hash")):
        with pytest.raises(sqlite3.IntegrityError, match="follows the last one"):
            tool.execute(insert.format(batch=batch, prev=prev))


def test_evidence_can_be_erased_but_not_exchanged(tool: sqlite3.Connection) -> None:
    for statement in (
        "UPDATE sqlar SET data = x'00'",
        "UPDATE sqlar SET name = 'other'",
        "INSERT OR REPLACE INTO sqlar SELECT name, mode, mtime, 1, x'00' FROM sqlar",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="stays as it was filed"):
            tool.execute(statement)
    assert tool.execute("DELETE FROM sqlar").rowcount == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entry_stays",
        "DROP TABLE entry",
        "DROP INDEX entry_subject",
        "DELETE FROM entry",
        "UPDATE entry SET actor = 'thief'",
        "UPDATE sqlar SET data = x'00'",
        "ALTER TABLE entry RENAME TO was",
        "CREATE TRIGGER mine AFTER INSERT ON entry BEGIN SELECT 1; END",
        "PRAGMA writable_schema = ON",
        "PRAGMA journal_mode = MEMORY",
        "PRAGMA synchronous = OFF",
        "PRAGMA foreign_keys = OFF",
        "ATTACH ':memory:' AS other",
        "VACUUM INTO '/tmp/never-written.db'",
    ],
)
def test_our_own_connection_refuses_to_be_used_against_the_ledger(filled: Path, statement: str) -> None:
    with (
        Ledger.open(filled, write=True) as ledger,
        pytest.raises(sqlite3.DatabaseError, match=r"not authorized|authorization denied"),
    ):
        ledger.connection.execute(statement)


def test_opened_for_reading_nothing_can_be_written(filled: Path) -> None:
    from complaintctl.errors import LedgerReadonly

    before = filled.read_bytes()
    with Ledger.open(filled) as ledger, pytest.raises(LedgerReadonly), ledger.write("a", 1) as batch:
        batch.append("site", "noted", 1, {})
    assert filled.read_bytes() == before


def test_the_settings_that_keep_entries_safe_are_in_force(filled: Path) -> None:
    expected = {
        "synchronous": 3,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "recursive_triggers": 1,
        "cell_size_check": 1,
        "busy_timeout": 5000,
        "journal_mode": "delete",
    }
    with Ledger.open(filled, write=True) as ledger:
        ledger.connection.set_authorizer(None)
        found = {name: ledger.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    assert found == expected
