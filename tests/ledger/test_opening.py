"""What is refused when a ledger is opened or made, each with its own error, and that nothing is changed by it."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from complaintctl.errors import (
    LedgerDamaged,
    LedgerEmpty,
    LedgerError,
    LedgerExists,
    LedgerForeign,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerUnreadable,
)
from complaintctl.ledger import connect, schema
from complaintctl.ledger.check import verify
from complaintctl.ledger.store import Ledger


def refused(path: Path, error: type[LedgerError], *, write: bool = False) -> LedgerError:
    with pytest.raises(error) as caught, Ledger.open(path, write=write) as ledger:
        ledger.head()
    assert type(caught.value) is error
    assert caught.value.exit_code == 5
    return caught.value


# ---- not a ledger


def test_no_file_and_no_folder(tmp_path: Path) -> None:
    refused(tmp_path / "none.db", LedgerMissing)
    refused(tmp_path / "no folder" / "none.db", LedgerMissing)
    refused(tmp_path / ("x" * 300), LedgerMissing)
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file" / "none.db", LedgerMissing)
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("content", [b"", b"S"])
def test_an_empty_file_is_not_taken_for_a_new_ledger(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    refused(path, LedgerEmpty, write=True)
    assert path.read_bytes() == content


def test_other_files_are_foreign(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    for content in (b"dear resident", b"\x00" * 5000, b"text " * 2000, b"SQLite format 3\x00" + b"\x07" * 5000):
        path.write_bytes(content)
        refused(path, LedgerForeign)
        assert path.read_bytes() == content


def test_another_programs_database_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entry (seq)")
    other.close()
    refused(path, LedgerForeign, write=True)


def test_folders_and_pipes_are_foreign(tmp_path: Path) -> None:
    refused(tmp_path, LedgerForeign)
    os.mkfifo(tmp_path / "pipe")
    refused(tmp_path / "pipe", LedgerForeign)


# ---- not the form we know


def test_a_newer_file_is_refused_in_words_and_left_alone(filled: Path) -> None:
    with sqlite3.connect(filled) as tool:
        tool.execute(f"PRAGMA user_version = {connect.FORM + 1}")
    tool.close()
    before = filled.read_bytes()
    assert refused(filled, LedgerNewer, write=True).values["found"] == connect.FORM + 1
    assert filled.read_bytes() == before


def test_an_older_file_is_brought_up_to_date_and_keeps_its_entries(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(filled) as ledger:
        head = ledger.head()
    addition = ("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT",)
    monkeypatch.setattr(schema, "FORMS", (*schema.FORMS, addition))
    monkeypatch.setattr(connect, "FORM", connect.FORM + 1)
    with Ledger.open(filled) as ledger:
        assert ledger.query.rows("SELECT count(*) FROM later")[0][0] == 0
        assert ledger.head() == head
        assert verify(ledger) == []
        assert ledger.query.rows("PRAGMA user_version")[0][0] == connect.FORM


def test_an_update_that_fails_leaves_the_older_form(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = filled.read_bytes()
    monkeypatch.setattr(schema, "FORMS", (*schema.FORMS, ("CREATE TABLE later (id) STRICT",)))
    monkeypatch.setattr(connect, "FORM", connect.FORM + 1)
    with pytest.raises(sqlite3.OperationalError), Ledger.open(filled):
        pass
    assert filled.read_bytes() == before


def test_the_newest_form_has_the_number_of_its_migrations() -> None:
    assert len(schema.FORMS) == connect.FORM


# ---- damaged


@pytest.mark.parametrize("kept", [512, 700, 4095, 4096, 4097, 9000, -4096, -1])
def test_a_file_that_was_cut_short_is_damaged(filled: Path, kept: int) -> None:
    content = filled.read_bytes()[:kept]
    filled.write_bytes(content)
    refused(filled, LedgerDamaged, write=True)
    assert filled.read_bytes() == content


def test_our_mark_without_our_tables_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with sqlite3.connect(path) as tool:
        tool.execute(f"PRAGMA application_id = {connect.APPLICATION_ID}")
        tool.execute(f"PRAGMA user_version = {connect.FORM}")
        tool.execute("CREATE TABLE other (id)")
    tool.close()
    refused(path, LedgerDamaged)


def test_a_broken_page_shows_when_it_is_read(filled: Path) -> None:
    content = bytearray(filled.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    filled.write_bytes(content)
    refused(filled, LedgerDamaged)


# ---- held by another


def test_a_ledger_that_another_program_writes_to_is_locked(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0.1)
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Ledger.open(filled, write=True) as ledger:
        assert ledger.head()[0] == 6, "reading goes on while another program writes"
        with pytest.raises(LedgerLocked), ledger.write("a", 1):
            pass
    other.execute("COMMIT")
    other.execute("BEGIN EXCLUSIVE")
    refused(filled, LedgerLocked)
    other.close()
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        assert batch.append("site", "noted", 1, {}).seq == 7


# ---- rights

READ = """
import sys
from complaintctl.ledger.store import Ledger
try:
    with Ledger.open(sys.argv[1], write=True) as ledger:
        print("head", ledger.head()[0], flush=True)
        with ledger.write("a", 1) as batch:
            batch.append("site", "noted", 1, {})
        print("written")
except Exception as error:
    print(type(error).__name__)
"""


@pytest.fixture
def as_nobody(started: Callable[..., object], tmp_path: Path) -> Callable[[str, Path], list[str]]:
    """Run Python code on a path as a user without rights; skipped, visibly, where that cannot be done."""
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0 or setpriv is None:
        pytest.skip("needs root and setpriv to become another user")
    before = (setpriv, "--reuid=65534", "--regid=65534", "--clear-groups")
    folder = tmp_path
    while folder != folder.parent:
        folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent

    def run(code: str, path: Path) -> list[str]:
        process = started(code, path, before=before)
        output, errors = process.communicate(timeout=30)  # type: ignore[attr-defined]
        if "Permission denied" in errors and sys.prefix in errors:
            pytest.skip("another user cannot run this Python")
        assert not errors
        return list(output.split())

    return run


def test_a_file_that_may_not_be_read(filled: Path, as_nobody: Callable[[str, Path], list[str]]) -> None:
    filled.chmod(0o600)
    assert as_nobody(READ, filled) == ["LedgerUnreadable"]


def test_a_read_only_file_is_read_and_refuses_to_be_written(
    filled: Path, as_nobody: Callable[[str, Path], list[str]]
) -> None:
    filled.chmod(0o444)
    assert as_nobody(READ, filled) == ["head", "6", "LedgerReadonly"]


def test_a_read_only_folder_is_read_and_refuses_to_be_written(
    filled: Path, as_nobody: Callable[[str, Path], list[str]]
) -> None:
    filled.chmod(0o666)
    before = filled.read_bytes()
    assert as_nobody(READ, filled) == ["head", "6", "LedgerReadonly"]
    assert filled.read_bytes() == before


def test_a_folder_that_may_not_be_written_gets_no_ledger(
    tmp_path: Path, as_nobody: Callable[[str, Path], list[str]]
) -> None:
    code = READ.replace("Ledger.open(sys.argv[1], write=True)", "Ledger.create(sys.argv[1])")
    assert as_nobody(code, tmp_path / "new.db") == ["LedgerReadonly"]
    assert as_nobody(code, tmp_path / "folder" / "new.db") == ["LedgerReadonly"]


def test_unreadable_is_told_apart_from_missing(
    filled: Path, tmp_path: Path, as_nobody: Callable[[str, Path], list[str]]
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    filled.rename(closed / "desk.db")
    closed.chmod(0o700)
    assert as_nobody(READ, closed / "desk.db") == [LedgerUnreadable.__name__]


# ---- making one


def test_a_new_ledger_lies_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "desk.db"
    with Ledger.create(path):
        assert not path.exists()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["desk.db"]
    with Ledger.open(path) as ledger:
        assert ledger.head() == (0, "00" * 32, 0)
        assert verify(ledger) == []


def test_an_error_while_making_it_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), Ledger.create(tmp_path / "desk.db") as ledger:
        with ledger.write("a", 1) as batch:
            batch.append("site", "noted", 1, {})
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_nothing_that_exists_is_made_anew(filled: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    for path in (filled, tmp_path):
        with pytest.raises(LedgerExists):
            Ledger.create(path)
    (tmp_path / "gone.db").symlink_to("nowhere")
    with pytest.raises(LedgerExists):
        Ledger.create(tmp_path / "gone.db")
    assert filled.read_bytes() == before


def test_of_two_who_make_the_same_ledger_the_second_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    first = Ledger.create(path)
    with first.write("first", 1) as batch:
        batch.append("site", "noted", 1, {})
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mine (id)")
    other.close()
    with pytest.raises(LedgerExists):
        first.close()
    refused(path, LedgerForeign)
    assert [one.name for one in tmp_path.iterdir()] == ["desk.db"]


def test_where_files_cannot_have_two_names_they_are_moved(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_names: object) -> None:
        raise PermissionError("links are unknown here")

    monkeypatch.setattr(os, "link", unknown)
    with Ledger.create(tmp_path / "new.db"):
        pass
    with Ledger.open(tmp_path / "new.db") as ledger:
        assert verify(ledger) == []
    late = Ledger.create(tmp_path / "late.db")
    (tmp_path / "late.db").write_text("a letter")
    with pytest.raises(LedgerExists):
        late.close()
    assert (tmp_path / "late.db").read_text() == "a letter"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["desk.db", "late.db", "new.db"]


def test_a_journal_that_was_left_is_not_played_into_a_new_ledger(tmp_path: Path) -> None:
    (tmp_path / "desk.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 600)
    with pytest.raises(LedgerExists):
        Ledger.create(tmp_path / "desk.db")


@pytest.mark.parametrize("name", ["账本.db", "what? #1 100%.db", "a&mode=memory.db", "spaced name.db"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: str) -> None:
    with Ledger.create(tmp_path / name):
        pass
    with Ledger.open(tmp_path / name) as ledger:
        assert ledger.head()[0] == 0
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_a_relative_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Ledger.create("desk.db"):
        pass
    with Ledger.open("desk.db", write=True) as ledger, ledger.write("a", 1) as batch:
        batch.append("site", "noted", 1, {})
    assert (tmp_path / "desk.db").exists()


def test_another_tools_journal_mode_is_put_back(filled: Path) -> None:
    with sqlite3.connect(filled) as tool:
        assert tool.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
    tool.close()
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        batch.append("site", "noted", 1, {})
        assert not Path(f"{filled}-wal").exists()
