"""The hash chain: canonical JSON, the hash of an entry, the salted digest of its private part.

Tamper-evident, never tamper-proof: who rewrites the whole file from some entry on is only found out by an
anchor (seq and head hash) noted outside, as every monthly report prints it.
"""

import hashlib
import json
import os
import unicodedata
from typing import Any

GENESIS = bytes(32)
"""What the first entry names as the hash before it."""

SALT_BYTES = 16
_ENTRY_TAG = b"complaintctl entry 1\n"
_PRIVATE_TAG = b"complaintctl private 1\n"
_EVIDENCE_TAG = b"complaintctl evidence 1\n"
_LARGEST = 2**53 - 1
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_ONE_LINE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


def clean(value: object) -> Any:
    """`value` with its text in NFC, so that what is kept, hashed and handed on is the same.

    Raises TypeError or ValueError for what has no single canonical form (floats, tuples, integers from 2^53
    on, keys that are not ASCII, lone surrogates): a fault of the program, as input is checked before.
    """
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        if value.isascii():
            return value
        value.encode("utf-8")
        return unicodedata.normalize("NFC", value)
    if type(value) is int:
        if -_LARGEST <= value <= _LARGEST:
            return value
        raise ValueError("a number beyond 2^53 has no canonical form")
    if type(value) is list:
        return [clean(one) for one in value]
    if type(value) is dict:
        return {_key(key): clean(one) for key, one in value.items()}
    raise TypeError(f"{type(value).__name__} has no canonical form")


def _key(key: object) -> str:
    if isinstance(key, str) and key.isascii():
        return key
    raise TypeError(f"a key must be ASCII text, not {key!r}")


def dumps(cleaned: object) -> str:
    """The canonical JSON of a value that went through `clean` (equals RFC 8785 for such values)."""
    return _CANONICAL.encode(cleaned)


def entry_hash(
    prev_hash: bytes,
    head: tuple[int, int, str, str, int, int, str],
    body: str,
    private_digest: bytes | None,
) -> bytes:
    """The hash of one entry: tag, previous hash, the canonical columns, the body exactly as stored.

    `head` is (seq, batch, subject, kind, at, recorded_at, actor). JSON on one line cannot hold a raw line
    feed, so the line feeds between the parts keep them apart.
    """
    digest = private_digest.hex() if private_digest is not None else None
    line = _ONE_LINE.encode([*head, digest])
    return hashlib.sha256(b"".join((_ENTRY_TAG, prev_hash, line.encode(), b"\n", body.encode()))).digest()


def new_salt() -> bytes:
    """128 random bits: without them a bare hash of a phone number could be guessed in minutes."""
    return os.urandom(SALT_BYTES)


def private_digest(salt: bytes, private: str) -> bytes:
    """What the chain keeps of a private part; worthless once the salt is erased with it."""
    return hashlib.sha256(b"".join((_PRIVATE_TAG, salt, private.encode()))).digest()


def evidence_digest(salt: bytes, data: bytes) -> str:
    """What the chain keeps of a piece of evidence, in hex; the salt lies in the private part of its entry."""
    return hashlib.sha256(b"".join((_EVIDENCE_TAG, salt, data))).hexdigest()
