"""The sample exported: nothing private where nothing private belongs, and back to an equal ledger."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from complaintctl.cli.commands import _export
from complaintctl.desk.export import Span, lines_of
from complaintctl.desk.office import Office
from complaintctl.intake import own
from complaintctl.ledger.store import Ledger
from complaintctl.rules.example import moment


@pytest.fixture(scope="module")
def office(sample_folder: Path) -> Iterator[Office]:
    with Ledger.open(sample_folder / "sample.db") as ledger:
        office = Office(ledger, 0, "样例")
        yield office.at(moment("2026-10-31 18:00", office.zone), "样例")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def private_strings(ledger: Ledger) -> set[str]:
    rows = ledger.connection.execute("SELECT private FROM entry WHERE private IS NOT NULL").fetchall()
    return {text for row in rows for text in strings(json.loads(row[0])) if len(text) > 1}


def test_no_word_of_a_private_part_is_in_the_plain_copy_or_the_tables(office: Office, tmp_path: Path) -> None:
    """Whoever takes a corrective action on is named in its clock, so names lie in the derived rows as well."""
    private = private_strings(office.ledger)
    assert len(private) > 500
    written = {}
    _export.WRITERS["sqlite"](office, tmp_path / "plain.db", Span(), private=False, raw=False)
    written["plain.db"] = (tmp_path / "plain.db").read_bytes()
    for name, revealed, raw in (("people", False, False), ("programs", False, True), ("all", True, True)):
        (tmp_path / name).mkdir()
        _export.WRITERS["csv"](office, tmp_path / name, Span(), private=revealed, raw=raw)
        written[name] = b"".join(one.read_bytes() for one in sorted((tmp_path / name).iterdir()))
    found = {name: {text for text in private if text.encode() in raw} for name, raw in written.items()}
    assert found["plain.db"] == found["people"] == found["programs"] == set()
    bearers = {row["duty"] for row in office.query.rows("SELECT duty FROM clock WHERE step = 'corrective-checked'")}
    assert bearers and bearers & private <= found["all"]
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        assert plain.execute("SELECT count(*) FROM clock WHERE duty IS NULL").fetchone()[0] == len(bearers & private)


def test_the_sample_comes_back_as_it_was(office: Office, tmp_path: Path) -> None:
    lines = tmp_path / "all.jsonl"
    lines.write_text("".join(f"{line}\n" for line in lines_of(office, Span(), private=True)), "utf-8")
    own.take_over(str(lines), str(tmp_path / "new.db"), office.now, "样例", pinned=True)
    tables = [
        row["name"]
        for row in office.query.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%migr%'")
        if row["name"] == "search_docsize" or not row["name"].startswith("search")
    ]
    with sqlite3.connect(tmp_path / "new.db") as new:
        for table in tables:
            kept = [tuple(row) for row in office.query.tuples(f"SELECT * FROM {table}")]
            assert new.execute(f"SELECT * FROM {table}").fetchall() == kept, table
    assert len(tables) > 15
