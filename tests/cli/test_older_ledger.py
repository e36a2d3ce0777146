"""A ledger of the first form, before there were inspections, visits, people and places: it stays usable for good."""

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from complaintctl.ledger import connect, schema

ENTRY = "seq, batch, subject, kind, at, recorded_at, actor, body, private, salt, private_digest, prev_hash, hash"
LATER = {"dispute", "decision", "part"}
"""Columns that the first form's table of complaints did not have."""


def first_form(source: Path, target: Path) -> None:
    """Write a ledger as the first program would have: its tables, the same entries, rows as it folded them."""
    with closing(sqlite3.connect(target, isolation_level=None)) as old, closing(sqlite3.connect(source)) as new:
        new.row_factory = sqlite3.Row
        old.execute("BEGIN")
        schema.apply(old, 1)
        copy(new, old, "entry", ENTRY.split(", "))
        known = [row["name"] for row in new.execute("PRAGMA table_info(complaint)") if row["name"] not in LATER]
        copy(new, old, "complaint", known)
        for table in ("clock", "milestone", "adoption"):
            copy(new, old, table, [row["name"] for row in new.execute(f"PRAGMA table_info({table})")])
        # The first program did not look for whom a referral went to; the words of a complaint were fewer.
        old.execute("INSERT INTO told (complaint, text) SELECT id, 'lamp' FROM complaint")
        old.execute("INSERT INTO search (rowid, words) SELECT id, 'la am mp' FROM complaint")
        old.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
        old.execute("COMMIT")


def copy(new: sqlite3.Connection, old: sqlite3.Connection, table: str, columns: list[str]) -> None:
    names = ", ".join(f'"{name}"' for name in columns)
    rows = map(tuple, new.execute(f"SELECT {names} FROM {table}"))
    old.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows)


def form_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as tool:
        return int(tool.execute("PRAGMA user_version").fetchone()[0])


@pytest.fixture
def older(clerk: Any) -> Any:
    """A clerk at a ledger of the first form, in which three complaints lie."""
    for hour in ("09:00", "09:10", "09:20"):
        clerk.take(hour)
    clerk("09:30", "assign", "1", "工程部")
    clerk("09:40", "escalate", "1", "2", "--to", "样例王")
    clerk("10:00", "resolve", "1", "换了灯")
    path = clerk.shell.home / "older.db"
    first_form(clerk.ledger, path)
    clerk.use(path)
    return clerk


def test_an_older_ledger_is_brought_up_to_date_and_its_rows_with_it(older: Any) -> None:
    ran = older("11:00", "list")
    assert "TS202611-0002" in ran.out
    assert ran.err == "This ledger was kept by an earlier program; it is brought up to date, once.\n"
    assert form_of(older.ledger) == connect.FORM
    assert older("11:01", "verify").err == ""
    assert "TS202611-0001" in older("11:02", "search", "样例王").out


@pytest.mark.parametrize("words", [("show", "1"), ("overdue",), ("today",), ("verify",), ("rebuild",)])
def test_whatever_is_asked_first_of_an_older_ledger_is_answered(older: Any, words: tuple[str, ...]) -> None:
    ran = older("11:00", *words, "--json")
    assert ran.data is not None and ran.err == ""
    assert older("11:01", "verify").out.startswith("Whole.")


def test_an_older_ledger_is_written_to_and_looked_back_at(older: Any) -> None:
    older("11:00", "inspect", "record", "regular", "--inspectors", "样例甲", "--items", "upkeep")
    older("11:10", "notify", "1", "--via", "phone")
    assert older("11:20", "show", "1", "--json", "--as-of", "09:35").data["stage"] == "open"
    assert older("11:20", "verify").out.startswith("Whole.")


def test_a_copy_keeps_the_form_of_the_older_ledger_and_leaves_it_alone(older: Any) -> None:
    before = older.digest()
    copy = older.shell.home / "copy.db"
    older("11:00", "backup", str(copy))
    assert (older.digest(), form_of(copy)) == (before, 1)
    copied = copy.read_bytes()
    older("11:01", "--ledger", str(older.shell.home / "again.db"), "restore", str(copy))
    assert copy.read_bytes() == copied
    assert older("11:02", "--ledger", str(older.shell.home / "again.db"), "verify").out.startswith("Whole.")


def test_two_programs_bring_an_older_ledger_up_to_date_at_once(older: Any) -> None:
    env = older.shell.environment(older.env("11:00"))
    words = [*older.shell.program, "list", "--json"]
    running = [subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    for one in running:
        out, err = one.communicate(timeout=60)
        assert one.returncode == 0 and b"TS202611-0003" in out, err
    assert older("11:01", "verify").out.startswith("Whole.")


def test_an_update_that_is_cut_off_leaves_the_older_ledger(older: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.digest()

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("complaintctl.desk.replay.bring_up", cut)
    older("11:00", "list", code=130)
    assert older.digest() == before


def test_an_older_ledger_that_may_not_be_written_says_so(older: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.digest()

    def attach(path: str) -> sqlite3.Connection:
        connection = sqlite3.connect(f"file:{path}?mode=ro", isolation_level=None, uri=True)
        connection.row_factory = sqlite3.Row
        return connection

    monkeypatch.setattr(connect, "attach", attach)
    for words in (("list",), ("log", "--text", "甲"), ("verify",)):
        assert older("11:00", *words, "--json", code=5).json["error"]["code"] == "ledger-older"
    assert "旧版格式（1；本程序用 2）" in older("11:00", "list", code=5, lang="zh").err
    assert older.digest() == before
    older("11:00", "backup", str(older.shell.home / "copy.db"))


def test_a_newer_form_is_told_to_a_program_that_does_not_know_it(older: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    older("11:00", "list")
    monkeypatch.setattr(connect, "FORM", 1)
    ran = older("11:01", "list", "--json", code=5)
    assert ran.json["error"]["code"] == "ledger-newer"
    assert "form 2; this one knows 1" in ran.json["error"]["message"]
