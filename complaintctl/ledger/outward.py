"""What leaves the ledger as a whole: its entries as they are chained, and its derived tables without private facts.

Tables are read from a copy that nobody else sees, so that the desk need not wait while they are written out; the
copy loses its name as soon as it is open, so that nothing of it is left behind, whatever happens.
"""

import errno
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from complaintctl.ledger import connect, create
from complaintctl.ledger.backup import OF_THE_SOURCE
from complaintctl.ledger.store import PAGE, Ledger

PLAIN_ID = 0x54535558
"""The mark of a plain copy: another one than a ledger's, so that none is taken for a ledger."""
PLAIN_FORM = 1


class Table(NamedTuple):
    """One table that leaves the ledger: its columns, which of them are moments, and the statement that reads it.

    The statement knows `:since` and `:until`, seconds between which a complaint was received or a round was held, and
    `:named`, which says whether people may be named.
    """

    name: str
    columns: tuple[str, ...]
    moments: frozenset[str]
    sql: str


def _table(name: str, columns: str, source: str, **told: str) -> Table:
    names = tuple(columns.split())
    moments = frozenset(one for one in names if one.endswith("_at") or one in ("at", "since", "area_since"))
    chosen = ", ".join(told.get(one, f't."{one}"') for one in names)
    return Table(name, names, moments, f"SELECT {chosen} FROM {source}")


_IN_SPAN = "voided_at IS NULL AND received_at >= :since AND received_at < :until"
_OF_COMPLAINT = f"t WHERE t.complaint IN (SELECT id FROM complaint WHERE {_IN_SPAN}) ORDER BY t.complaint, t.n"
_WHEN = "coalesce(held_at, planned_at, dropped_at, :since)"
_HELD = f"{_WHEN} >= :since AND {_WHEN} < :until"
_OWED = " OR ".join(
    f"(t.subject = '{name}' AND t.id IN (SELECT id FROM {name} WHERE {_HELD}))" for name in ("inspection", "visit")
)

# A corrective action is somebody's own duty, or a department's; everything else is a role's.
_BEARER = (
    "CASE WHEN :named OR t.step <> 'corrective-checked' OR t.duty IN (SELECT name FROM department) OR t.duty IN ("
    "SELECT CASE one.type WHEN 'object' THEN json_extract(one.value, '$.name') ELSE one.value END "
    "FROM adoption a, json_each(a.snapshot, '$.departments') one WHERE a.kind = 'site') THEN t.duty END"
)

TABLES: tuple[Table, ...] = (
    _table(
        "complaint",
        "id number kind stage channel category responsibility class validity urgency severity becomes_major_at "
        "collective_at repeat round outcome building department procedure heard_at received_at dispatched_at "
        "contacted_at first_resolved_at resolved_at notified_at closed_at reopened chased nameless households event "
        "imported dispute decision part",
        f"complaint t WHERE {_IN_SPAN} ORDER BY t.id",
    ),
    _table(
        "clock",
        "complaint n clock step round rung ground clause pack duty time_limit parameter runs_from started_at due_at "
        "met_at ended_at ended_by over provisional",
        f"clock {_OF_COMPLAINT}",
        time_limit='t."limit"',
        runs_from='t."from"',
        duty=_BEARER,
    ),
    _table("milestone", "complaint n step at round rung detail", f"milestone {_OF_COMPLAINT}"),
    _table(
        "inspection",
        "id number kind planned_at held_at findings open dropped_at",
        f"inspection t WHERE {_HELD} ORDER BY t.id",
    ),
    _table(
        "finding",
        "inspection n department found_at due_at rectified_at checked_at closed_at",
        f"finding t WHERE t.inspection IN (SELECT id FROM inspection WHERE {_HELD}) ORDER BY t.inspection, t.n",
    ),
    _table(
        "visit",
        "id number kind area building planned_at held_at participants sent returned satisfied dropped_at",
        f"visit t WHERE {_HELD} ORDER BY t.id",
    ),
    _table(
        "matter",
        "visit n kind raised_at due_at met_at",
        f"matter t WHERE t.visit IN (SELECT id FROM visit WHERE {_HELD}) ORDER BY t.visit, t.n",
    ),
    _table(
        "duty",
        "subject id n step clause pack duty department started_at due_at met_at ended_at provisional",
        f"duty t WHERE {_OWED} ORDER BY t.subject, t.id, t.n",
    ),
    _table("staff", "id role department area area_since superior since left_at", "staff t ORDER BY t.id"),
    _table("department", "id name head categories closed_at", "department t ORDER BY t.id"),
    _table("building", "id code name area area_since assistant households", "building t ORDER BY t.id"),
)
"""Everything the derived tables hold but names of people, homes and the words of residents."""

_KEYS = {
    **dict.fromkeys(("complaint", "inspection", "visit", "staff", "department", "building"), ("id",)),
    **dict.fromkeys(("clock", "milestone"), ("complaint", "n")),
    **{"finding": ("inspection", "n"), "matter": ("visit", "n"), "duty": ("subject", "id", "n")},
}
_NUMBERS = frozenset(
    (
        *("id", "n", "complaint", "inspection", "visit", "event", "superior", "head", "assistant"),
        *("round", "rung", "reopened", "chased", "households", "findings", "open"),
        *("participants", "sent", "returned", "satisfied"),
        *("nameless", "imported", "repeat", "over", "provisional", "parameter"),
    )
)


# ---- looking at a copy


@contextmanager
def copied(path: str, beside: str) -> Iterator[Ledger]:
    """Give a private copy of the ledger at `path`, laid down in the folder of `beside` and gone with the block.

    Raises the LedgerError of the ledger, or OSError where the copy cannot be written.
    """
    copy = create.temporary_beside(f"{beside}.copy")
    try:
        source = connect.open_file(path, write=False)
        try:
            source.set_authorizer(None)
            with _of_the_target(path):
                source.execute("PRAGMA query_only = OFF")
                source.execute("VACUUM INTO ?", (copy,))
        finally:
            source.close()
        ledger = Ledger.open(copy)
    finally:
        create.remove(copy)
    with ledger:
        yield ledger


def rows(ledger: Ledger, table: Table, since: int, until: int, *, named: bool = False) -> Iterator[sqlite3.Row]:
    """Yield the rows of a table, streamed; only with `named` people are named in it."""
    return ledger.query.stream(table.sql, {"since": since, "until": until, "named": named})


@contextmanager
def _of_the_target(source: str | None = None) -> Iterator[None]:
    """Tell of the file that is written as the system would; what lies with the `source` is told as a ledger's."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if source is not None and code in OF_THE_SOURCE:
            raise connect.in_our_words(error, source) or error from error
        full = code == sqlite3.SQLITE_FULL
        raise OSError(*((errno.ENOSPC, os.strerror(errno.ENOSPC)) if full else (errno.EIO, str(error)))) from error


# ---- the plain copy


def write_plain(
    ledger: Ledger, target: str, about: dict[str, str], written: Callable[[int], str], since: int, until: int
) -> dict[str, int]:
    """Write every table into an SQLite file of its own at `target`, an empty file; returns the rows of each.

    `written` gives a moment as text, `about` the rows of a table that says what the file is. Raises OSError where the
    file cannot be written.
    """
    counts = {}
    with _of_the_target():
        plain = sqlite3.connect(target, isolation_level=None)
        try:
            # Nothing of it counts before it lies in its place, which brings it to the disk at once.
            plain.execute("PRAGMA journal_mode = OFF")
            plain.execute("PRAGMA synchronous = OFF")
            plain.execute(f"PRAGMA application_id = {PLAIN_ID}")
            plain.execute(f"PRAGMA user_version = {PLAIN_FORM}")
            plain.execute("BEGIN")
            plain.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
            plain.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            for table in TABLES:
                plain.execute(_creation(table))
                told = (_told(table, row, written) for row in rows(ledger, table, since, until))
                marks = ", ".join("?" * len(table.columns))
                done = plain.executemany(f"INSERT INTO {table.name} VALUES ({marks})", told)
                counts[table.name] = max(done.rowcount, 0)
            plain.execute("COMMIT")
        finally:
            plain.close()
    return counts


def _creation(table: Table) -> str:
    columns = [f'"{name}" {"INTEGER" if name in _NUMBERS else "TEXT"}' for name in table.columns]
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({', '.join(_KEYS[table.name])}))"


def _told(table: Table, row: sqlite3.Row, written: Callable[[int], str]) -> list[object]:
    return [
        written(value) if value is not None and name in table.moments else value
        for name, value in zip(table.columns, row, strict=True)
    ]


# ---- the entries themselves

ENTRY = (
    *("seq", "batch", "subject", "kind", "at", "recorded_at", "actor", "body"),
    *("private", "salt", "private_digest", "prev_hash", "hash"),
)


def raw_entries(ledger: Ledger, last: int, since: int | None, until: int | None) -> Iterator[tuple[object, ...]]:
    """Yield every entry up to the seq `last` as it is stored, in the order of writing, page by page.

    `since` (included) and `until` (left out) narrow that to what was recorded between. Between two pages another
    program may write; what it writes lies beyond `last`.
    """
    narrowed = "" if since is None else " AND recorded_at >= :since"
    narrowed += "" if until is None else " AND recorded_at < :until"
    sql = f"SELECT {', '.join(ENTRY)} FROM entry WHERE seq > :seq AND seq <= :last{narrowed} ORDER BY seq LIMIT {PAGE}"
    values: dict[str, object] = {"seq": 0, "last": last, "since": since, "until": until}
    while page := ledger.query.tuples(sql, values):
        yield from page
        values["seq"] = page[-1][0]


def stored_evidence(ledger: Ledger, name: str) -> tuple[int, int, int, bytes] | None:
    """Return (mode, time, size, bytes) of a piece of evidence; None where it was erased."""
    from complaintctl.ledger.evidence import unpacked

    found = ledger.query.tuples("SELECT mode, mtime, sz, data FROM sqlar WHERE name = ?", (name,))
    if not found:
        return None
    mode, mtime, size, packed = found[0]
    data = unpacked(size, packed)
    return None if data is None else (mode, mtime, size, data)


def put_entries(ledger: Ledger, entries: Iterable[Sequence[object]]) -> None:
    """Write entries down as they were chained elsewhere, into a new ledger's transaction that is under way.

    Raises ValueError where they do not follow one another.
    """
    marks = ", ".join("?" * len(ENTRY))
    try:
        ledger.connection.executemany(f"INSERT INTO entry ({', '.join(ENTRY)}) VALUES ({marks})", entries)
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise ValueError("entries do not follow one another") from error


def put_evidence(ledger: Ledger, name: str, mode: int, mtime: int, data: bytes) -> None:
    """File a piece of evidence under the name that its entry knows. Raises ValueError for a name given twice."""
    import zlib

    packed = zlib.compress(data)
    kept = packed if len(packed) < len(data) else data
    try:
        ledger.connection.execute("INSERT INTO sqlar VALUES (?, ?, ?, ?, ?)", (name, mode, mtime, len(data), kept))
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise ValueError("evidence is named twice") from error


def unordered(ledger: Ledger) -> list[int]:
    """Return the entries that had a private part and lack it, in order."""
    sql = "SELECT seq FROM entry WHERE private IS NULL AND private_digest IS NOT NULL ORDER BY seq"
    return [row[0] for row in ledger.query.tuples(sql)]
