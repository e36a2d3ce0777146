"""Evidence: photographs and recordings in the standard archive table, erasable, each with its digest in the chain."""

import sqlite3
import zlib

from complaintctl.ledger.chain import evidence_digest, new_salt

_LONGEST_NAME = 120


def file(
    connection: sqlite3.Connection, subject: str, seq: int, file_name: str, data: bytes, at: int
) -> tuple[dict[str, object], dict[str, object]]:
    """Put `data` into the archive for the entry `seq`; returns what its body and its private part must hold."""
    salt = new_salt()
    name = f"{subject.replace('/', '-')}/{seq}-{_safe(file_name)}"
    packed = zlib.compress(data)
    kept = packed if len(packed) < len(data) else data
    connection.execute("INSERT INTO sqlar VALUES (?, ?, ?, ?, ?)", (name, 0o100600, at, len(data), kept))
    digest = {"digest": evidence_digest(salt, data), "size": len(data)}
    return {"evidence": digest}, {"file": name, "name": file_name, "salt": salt.hex()}


def _safe(file_name: str) -> str:
    """The last part of a file name without anything that could lead an unpacker elsewhere."""
    last = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(c if c.isprintable() and c not in ':*?"<>|' else "_" for c in last).lstrip(".")
    return kept[-_LONGEST_NAME:] or "file"


def read(connection: sqlite3.Connection, name: str) -> bytes | None:
    """The bytes filed under `name`; None if there are none (any more)."""
    row = connection.execute("SELECT sz, data FROM sqlar WHERE name = ?", (name,)).fetchone()
    return unpacked(row["sz"], row["data"]) if row else None


def unpacked(size: int, data: bytes) -> bytes | None:
    """The bytes of an archive row, packed unless that would not have shortened them; None if broken."""
    try:
        return data if len(data) == size else zlib.decompress(data)
    except zlib.error:
        return None


def erase(connection: sqlite3.Connection, seq: int) -> None:
    """Remove what was filed with the entry `seq`, if anything."""
    subject = connection.execute("SELECT subject FROM entry WHERE seq = ?", (seq,)).fetchone()
    if subject:
        start = f"{subject[0].replace('/', '-')}/{seq}-"
        connection.execute("DELETE FROM sqlar WHERE name >= ? AND name < ?", (start, start + "\U0010ffff"))
