"""The rows of a register while they are judged: a table of its own outside the ledger, gone when it is closed.

SQLite keeps it in a nameless file of its own, so that a hundred thousand rows need little memory, and finds there
which rows stand twice.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

_FORM = """
CREATE TABLE judged (
  n INTEGER PRIMARY KEY, line INTEGER NOT NULL, fate TEXT NOT NULL, reasons TEXT NOT NULL, cells TEXT,
  digest TEXT, bucket INTEGER, decision TEXT, data TEXT, number TEXT
) STRICT"""
_SOUND = "('taken', 'remarked', 'undecided')"
_PART = 1_000


class Kept(NamedTuple):
    """A row as judged: `reasons` as (code, values), `cells` as they stand in the file but for what cannot
    be seen, and with what was filled from above; `data` for the desk."""

    n: int
    line: int
    fate: str
    reasons: list[tuple[str, dict[str, Any]]]
    cells: list[str]
    digest: str | None
    bucket: int | None
    decision: str | None
    data: dict[str, Any] | None
    number: str | None


def prepared(
    line: int,
    fate: str,
    reasons: Sequence[Any],
    cells: Sequence[str],
    digest: str | None = None,
    bucket: int | None = None,
    decision: str | None = None,
    data: Mapping[str, Any] | None = None,
) -> tuple[Any, ...]:
    """Make what is inserted for a row; nothing but texts, whole numbers and None."""
    return line, fate, _text(reasons), _text(cells), digest, bucket, decision, None if data is None else _text(data)


class Scratch:
    """Judged rows, in the order of the file."""

    def __init__(self) -> None:
        """Make the empty table, in a file that has no name."""
        self._db = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -8000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._db.execute(_FORM)
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Let the rows go."""
        self._db.close()

    def __enter__(self) -> "Scratch":
        """The table itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the rows go."""
        self.close()

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows as `prepared` gives them."""
        self._db.executemany(
            "INSERT INTO judged (line, fate, reasons, cells, digest, bucket, decision, data) VALUES (?,?,?,?,?,?,?,?)",
            rows,
        )

    def index(self) -> None:
        """All rows are there: make them findable by what they are alike in."""
        self._db.execute("CREATE INDEX judged_digest ON judged (digest) WHERE digest IS NOT NULL")
        self._db.execute("CREATE INDEX judged_bucket ON judged (bucket) WHERE bucket IS NOT NULL")
        self._db.execute("CREATE INDEX judged_fate ON judged (fate)")

    def mark_same_rows(self) -> None:
        """Every row but the first of those alike in all cells becomes a duplicate of the first."""
        self._db.execute(
            "UPDATE judged SET fate = 'duplicate', "
            "reasons = json_array(json_array('same-row', json_object('line', f.line))) "
            f"FROM (SELECT digest, min(n) AS first, line FROM judged WHERE digest IS NOT NULL AND fate IN {_SOUND} "
            "GROUP BY digest HAVING count(*) > 1) AS f "
            f"WHERE judged.digest = f.digest AND judged.n > f.first AND judged.fate IN {_SOUND}"
        )

    def with_digest(self, digest: str) -> list[Kept]:
        """The rows of a digest that are not known to be duplicates yet."""
        return list(self._kept("WHERE digest = ? AND fate NOT IN ('duplicate', 'refused', 'skipped')", (digest,)))

    def on_line(self, line: int) -> list[Kept]:
        """The sound row of a line."""
        return list(self._kept(f"WHERE line = ? AND fate IN {_SOUND}", (line,)))

    def in_bucket(self, bucket: int) -> list[Kept]:
        """The sound rows of a day and complainant."""
        return list(self._kept(f"WHERE bucket = ? AND fate IN {_SOUND} ORDER BY n", (bucket,)))

    def shared_buckets(self) -> list[int]:
        """The buckets that hold several sound rows."""
        found = self._db.execute(
            f"SELECT bucket FROM judged WHERE bucket IS NOT NULL AND fate IN {_SOUND} "
            "GROUP BY bucket HAVING count(*) > 1"
        )
        return [row[0] for row in found]

    def span(self) -> tuple[int, int] | None:
        """The first and last moment of receipt among the sound rows; None where there are none."""
        found = self._db.execute(
            "SELECT min(json_extract(data, '$.at')), max(json_extract(data, '$.at')) FROM judged WHERE data IS NOT NULL"
        ).fetchone()
        return None if found[0] is None else (int(found[0]), int(found[1]))

    def mark(self, n: int, fate: str, reasons: Sequence[Any], number: str | None = None) -> None:
        """Give a row another fate."""
        self._db.execute(
            "UPDATE judged SET fate = ?, reasons = ?, number = ? WHERE n = ?", (fate, _text(reasons), number, n)
        )

    def numbered(self, numbers: Iterable[tuple[str, int]]) -> None:
        """Write down the numbers that rows were taken under, as (number, n)."""
        self._db.executemany("UPDATE judged SET number = ? WHERE n = ?", numbers)

    def counts(self) -> Mapping[str, int]:
        """How many rows have each fate."""
        return dict(self._db.execute("SELECT fate, count(*) FROM judged GROUP BY fate").fetchall())

    def rows(self, *fates: str, data: bool = True) -> Iterator[Kept]:
        """The rows with one of these fates in the order of the file, streamed; without `data` their data is None."""
        marks = ", ".join("?" * len(fates))
        # In the order of the table: by the index of fates all rows would have to be sorted first.
        yield from self._kept(f"NOT INDEXED WHERE fate IN ({marks}) ORDER BY n", fates, data=data)

    def _kept(self, where: str, values: Sequence[object], *, data: bool = True) -> Iterator[Kept]:
        what = "data" if data else "NULL"
        found = self._db.execute(
            f"SELECT n, line, fate, reasons, cells, digest, bucket, decision, {what}, number FROM judged {where}",
            values,
        )
        while page := found.fetchmany(_PART):
            for n, line, fate, reasons, cells, digest, bucket, decision, told, number in page:
                yield Kept(
                    n, line, fate, json.loads(reasons), json.loads(cells), digest, bucket, decision,
                    told and json.loads(told), number,
                )  # fmt: skip


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
