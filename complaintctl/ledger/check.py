"""Looking for what was changed behind the program's back: file, schema, chain, evidence, derived rows.

Findings are collected, never raised, so that one of them does not hide the next. Entries are read page by page,
so that nobody has to wait at the desk until the last one is checked.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from complaintctl.errors import LedgerError
from complaintctl.ledger import chain, derived, registers
from complaintctl.ledger.derived import CLOCK, COMPLAINT, MILESTONE, DerivedRows, Told
from complaintctl.ledger.evidence import unpacked
from complaintctl.ledger.store import PAGE, Ledger, Thing, entry_of

SHORTEST_ANCHOR = 16
"""Hex digits of a hash that an anchor must give at least; fewer could be met by chance or by trying."""

_FILED = re.compile(r".*/(\d+)-")


class Finding(NamedTuple):
    """One thing found: a stable code, the entry it is about (None for the file), and values for the sentence."""

    code: str
    seq: int | None
    values: dict[str, object]


def verify(ledger: Ledger, anchor: tuple[int, str] | None = None) -> list[Finding]:
    """Everything that the ledger itself can tell; `compare` adds the rows folded from the entries.

    `anchor` is (seq, hash in hex, at least 16 digits) as noted outside, for example on a monthly report.
    Codes: file-damaged, reference-broken, schema-missing, schema-extra, schema-changed, seq-gap, link-broken,
    entry-changed, private-changed, erased-unordered, evidence-changed, evidence-missing, evidence-stray,
    adoption-differs, anchor-beyond, anchor-differs, search-damaged.
    """
    findings: list[Finding] = []
    for look in (_file, _schema, _Chain(anchor).look, _search):
        findings += _collected(look, ledger)
    return findings


def verify_chain(ledger: Ledger) -> list[Finding]:
    """The file and the chain alone: what a backup must pass before it may be called one."""
    return [*_collected(_file, ledger), *_collected(_schema, ledger), *_collected(_Chain(None).look, ledger)]


def _collected(look: Callable[[Ledger], Iterator[Finding]], ledger: Ledger) -> Iterator[Finding]:
    """The findings of one look; where the file gives way under it, that is its last one."""
    try:
        yield from look(ledger)
    except LedgerError as error:
        yield Finding("file-damaged", None, {"problem": str(error.values.get("problem", error.code))})


# ---- the file and its schema


def _file(ledger: Ledger) -> Iterator[Finding]:
    for row in ledger.query.stream("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield Finding("file-damaged", None, {"problem": row[0]})
    for row in ledger.query.stream("PRAGMA foreign_key_check"):
        yield Finding("reference-broken", None, {"table": row[0], "row": row[1]})


_SCHEMA = "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"


def _schema(ledger: Ledger) -> Iterator[Finding]:
    """Triggers and tables as they were shipped: who wants to change an entry drops a trigger first."""
    from complaintctl.ledger.schema import apply

    shipped = sqlite3.connect(":memory:", isolation_level=None)
    apply(shipped, ledger.query.rows("PRAGMA user_version")[0][0])
    expected = dict(shipped.execute(_SCHEMA).fetchall())
    shipped.close()
    found = {row[0]: row[1] for row in ledger.query.rows(_SCHEMA)}
    for name in sorted(expected.keys() - found.keys()):
        yield Finding("schema-missing", None, {"name": name})
    for name in sorted(found.keys() - expected.keys()):
        yield Finding("schema-extra", None, {"name": name})
    for name in sorted(expected.keys() & found.keys()):
        if expected[name] != found[name]:
            yield Finding("schema-changed", None, {"name": name})


def _search(ledger: Ledger) -> Iterator[Finding]:
    """The search index knows as many complaints as have words; a rebuild mends it."""
    sql = "SELECT (SELECT count(*) FROM told), (SELECT count(*) FROM search_docsize)"
    filed, known = ledger.query.tuples(sql)[0]
    if filed != known:
        yield Finding("search-damaged", None, {"filed": filed, "known": known})


# ---- the chain


class _Chain:
    """One walk along the entries, remembering what they say about erasures, evidence and adoptions."""

    def __init__(self, anchor: tuple[int, str] | None) -> None:
        self._anchor = anchor
        self._last = 0
        self._before = chain.GENESIS
        self._erased: set[int] = set()
        self._ordered: set[int] = set()

    def look(self, ledger: Ledger) -> Iterator[Finding]:
        """All findings about entries and what hangs on them."""
        sql = f"SELECT * FROM entry WHERE seq > ? ORDER BY seq LIMIT {PAGE}"
        page = ledger.query.rows(sql, (-(2**63),))
        while page:
            for row in page:
                yield from self._links(row)
                yield from self._private(row)
                yield from self._says(ledger, row)
                self._last, self._before = row["seq"], row["hash"]
            page = ledger.query.rows(sql, (self._last,))
        for seq in sorted(self._erased - self._ordered):
            yield Finding("erased-unordered", seq, {})
        if self._anchor is not None and self._anchor[0] > self._last:
            yield Finding("anchor-beyond", self._anchor[0], {"last": self._last})
        elif self._anchor is not None and self._anchor[0] < 1:
            yield from self._anchored(self._anchor[0], chain.GENESIS)
        yield from self._stray_evidence(ledger)
        yield from _stray_adoptions(ledger)

    def _links(self, row: sqlite3.Row) -> Iterator[Finding]:
        seq = row["seq"]
        if seq != self._last + 1:
            yield Finding("seq-gap", seq, {"after": self._last})
        if row["prev_hash"] != self._before:
            yield Finding("link-broken", seq, {})
        head = tuple(row)[:7]
        if chain.entry_hash(row["prev_hash"], head, row["body"], row["private_digest"]) != row["hash"]:
            yield Finding("entry-changed", seq, {"kind": row["kind"], "subject": row["subject"]})
        yield from self._anchored(seq, row["hash"])

    def _anchored(self, seq: int, found: bytes) -> Iterator[Finding]:
        """Hold a hash against the anchor, if the anchor is of this entry (0: of a ledger without entries)."""
        if self._anchor is None or seq != self._anchor[0]:
            return
        noted = self._anchor[1].lower()
        if len(noted) < SHORTEST_ANCHOR or not found.hex().startswith(noted):
            yield Finding("anchor-differs", seq, {"noted": noted, "found": found.hex()})

    def _private(self, row: sqlite3.Row) -> Iterator[Finding]:
        private, salt, digest = row["private"], row["salt"], row["private_digest"]
        if private is None and salt is None:
            if digest is not None:
                self._erased.add(row["seq"])
        elif private is None or salt is None or chain.private_digest(salt, private) != digest:
            yield Finding("private-changed", row["seq"], {"kind": row["kind"], "subject": row["subject"]})

    def _says(self, ledger: Ledger, row: sqlite3.Row) -> Iterator[Finding]:
        """What an entry orders or holds; most hold none of these words, so few bodies need be parsed."""
        text = row["body"]
        if '"erased":' in text or '"evidence":' in text or row["kind"] == derived.ADOPTED:
            try:
                body = json.loads(text)
                self._ordered.update(body.get("erased", ()))
                if "evidence" in body and row["private"] is not None:
                    yield from _evidence(ledger, row["seq"], body["evidence"], json.loads(row["private"]))
                if row["kind"] == derived.ADOPTED:
                    yield from _adoption(ledger, row)
            except (ValueError, KeyError, TypeError, AttributeError):
                yield Finding("entry-changed", row["seq"], {"kind": row["kind"], "subject": row["subject"]})

    def _stray_evidence(self, ledger: Ledger) -> Iterator[Finding]:
        for row in ledger.query.stream("SELECT name FROM sqlar"):
            match = _FILED.match(row["name"])
            seq = int(match[1]) if match else 0
            if not _is_named(ledger, seq, row["name"]):
                yield Finding("evidence-stray", seq or None, {})


def _is_named(ledger: Ledger, seq: int, name: str) -> bool:
    """Whether an entry that was not erased names this piece of evidence."""
    found = ledger.query.rows("SELECT private FROM entry WHERE seq = ? AND private IS NOT NULL", (seq,))
    try:
        return bool(found) and json.loads(found[0]["private"]).get("file") == name
    except (ValueError, AttributeError):
        return False


def _evidence(ledger: Ledger, seq: int, kept: dict[str, Any], private: dict[str, Any]) -> Iterator[Finding]:
    rows = ledger.query.rows("SELECT sz, data FROM sqlar WHERE name = ?", (private["file"],))
    if not rows:
        yield Finding("evidence-missing", seq, {})
        return
    data = unpacked(rows[0]["sz"], rows[0]["data"])
    if (
        data is None
        or rows[0]["sz"] != kept["size"]
        or chain.evidence_digest(bytes.fromhex(private["salt"]), data) != kept["digest"]
    ):
        yield Finding("evidence-changed", seq, {})


def _adoption(ledger: Ledger, row: sqlite3.Row) -> Iterator[Finding]:
    expected = derived.adoption_row(entry_of(tuple(row)[:9]))
    found = ledger.query.rows("SELECT * FROM adoption WHERE seq = ?", (row["seq"],))
    if not found or tuple(found[0]) != expected:
        yield Finding("adoption-differs", row["seq"], {})


def _stray_adoptions(ledger: Ledger) -> Iterator[Finding]:
    sql = "SELECT a.seq FROM adoption a LEFT JOIN entry e ON e.seq = a.seq AND e.kind = ? WHERE e.seq IS NULL"
    for row in ledger.query.rows(sql, (derived.ADOPTED,)):
        yield Finding("adoption-differs", row["seq"], {})


# ---- the rows folded from the entries


def compare(ledger: Ledger, expected: Iterable[tuple[DerivedRows, Told]]) -> Iterator[Finding]:
    """Hold the stored rows against those folded anew, one complaint at a time.

    `expected` names each complaint once, in any order. Codes: row-missing, row-differs, row-extra; values:
    table, complaint, and for one row's differences the columns.
    """
    seen: set[int] = set()
    began = ledger.head()[0]
    for rows, told in expected:
        seen.add(rows.complaint["id"])
        with ledger.snapshot():
            yield from list(_compared(ledger, rows, told))
    for row in ledger.query.rows("SELECT id FROM complaint"):
        if row["id"] not in seen and not _written_since(ledger, row["id"], began):
            yield Finding("row-extra", None, {"table": "complaint", "complaint": row["id"]})


def compare_things(ledger: Ledger, expected: Iterable[Thing]) -> Iterator[Finding]:
    """Hold the stored rows of inspections, visits, people and places against those folded anew.

    `expected` names each thing once. Codes: row-differs, row-extra; values: table (the register), complaint (its
    id), columns.
    """
    known = set()
    for register, number, tables in expected:
        known.add((register, number))
        if not registers.same(registers.rows_of(ledger.query, register, number), tables):
            yield Finding("row-differs", None, _where(register, number, []))
    for register, number in registers.numbers(ledger.query):
        if (register, number) not in known:
            yield Finding("row-extra", None, {"table": register, "complaint": number})


def _compared(ledger: Ledger, rows: DerivedRows, told: Told) -> Iterator[Finding]:
    """What differs about one complaint, unless somebody wrote about it since its entries were read."""
    query, complaint = ledger.query, rows.complaint["id"]
    stored = query.complaint(complaint)
    if _written_since(ledger, complaint, rows.complaint["last_seq"]):
        return
    if stored is None:
        yield Finding("row-missing", None, {"table": "complaint", "complaint": complaint})
    else:
        wanted = dict(zip(COMPLAINT + derived.COUNTED, derived.complaint_row(rows), strict=True))
        columns = [name for name, value in wanted.items() if stored[name] != value]
        if columns:
            yield Finding("row-differs", None, _where("complaint", complaint, columns))
        if not _same(query.clocks_of(complaint), rows.clocks, CLOCK):
            yield Finding("row-differs", None, _where("clock", complaint, []))
        if not _same(query.milestones_of(complaint), rows.milestones, MILESTONE):
            yield Finding("row-differs", None, _where("milestone", complaint, []))
        if query.told(complaint) != (told.text, told.unit):
            yield Finding("row-differs", None, _where("told", complaint, []))


def _written_since(ledger: Ledger, complaint: int, seq: int) -> bool:
    sql = "SELECT 1 FROM entry WHERE subject = ? AND seq > ? LIMIT 1"
    return bool(ledger.query.rows(sql, (f"complaint/{complaint}", seq)))


def _where(table: str, complaint: int, columns: list[str]) -> dict[str, object]:
    return {"table": table, "complaint": complaint, "columns": columns}


def _same(stored: list[sqlite3.Row], expected: Iterable[derived.Row], columns: tuple[str, ...]) -> bool:
    wanted = sorted((tuple(row[name] for name in columns) for row in expected), key=lambda one: one[:2])
    return [tuple(row) for row in stored] == wanted
