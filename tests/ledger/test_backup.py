"""Backups: checked before they get their name, never taken beside a half-written journal, and back again."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from complaintctl.errors import (
    FileMissing,
    LedgerDamaged,
    LedgerEmpty,
    LedgerExists,
    LedgerForeign,
    LedgerLocked,
    LedgerMissing,
    LedgerNewer,
    LedgerReadonly,
)
from complaintctl.ledger import backup, connect
from complaintctl.ledger.check import verify
from complaintctl.ledger.store import Ledger


def dump(path: Path) -> list[list[tuple[object, ...]]]:
    tables = ("entry", "sqlar", "complaint", "clock", "milestone", "adoption", "told")
    with Ledger.open(path) as ledger:
        assert verify(ledger) == []
        return [[tuple(row) for row in ledger.query.rows(f"SELECT * FROM {table}")] for table in tables]


def write(path: Path, count: int = 1) -> None:
    with Ledger.open(path, write=True) as ledger, ledger.write("a", 4_000) as batch:
        for n in range(count):
            batch.append("site", "noted", 4_000, {"n": n})


def test_a_backup_says_the_same_and_is_private(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    head = backup.make(str(filled), str(target))
    with Ledger.open(filled) as ledger:
        assert head == ledger.head()
    assert dump(target) == dump(filled)
    assert target.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "desk.db"]
    write(target)
    with Ledger.open(target) as ledger:
        assert ledger.query.search("电梯")
        assert ledger.head()[0] == 7


def test_a_backup_is_found_whatever_the_umask(filled: Path, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        backup.make(str(filled), str(tmp_path / "copy.db"))
    finally:
        os.umask(before)
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_unless_told(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("a letter")
    with pytest.raises(LedgerExists):
        backup.make(str(filled), str(target))
    assert target.read_text() == "a letter"
    backup.make(str(filled), str(target), replace=True)
    assert dump(target) == dump(filled)


@pytest.mark.parametrize("place", ["no/such/folder/copy.db", "desk.db/copy.db"])
def test_a_backup_to_nowhere(filled: Path, tmp_path: Path, place: str) -> None:
    from complaintctl.errors import LedgerError

    with pytest.raises(LedgerError):
        backup.make(str(filled), str(tmp_path / place))
    assert [one.name for one in tmp_path.iterdir()] == ["desk.db"]


def test_a_backup_of_what_is_no_ledger(tmp_path: Path) -> None:
    source, target = tmp_path / "source.db", tmp_path / "copy.db"
    with pytest.raises(LedgerMissing):
        backup.make(str(source), str(target))
    source.write_text("a letter " * 100)
    with pytest.raises(LedgerForeign):
        backup.make(str(source), str(target))
    source.write_bytes(b"")
    with pytest.raises(LedgerEmpty):
        backup.make(str(source), str(target))
    assert not target.exists()


def test_what_is_damaged_makes_no_backup(filled: Path, tmp_path: Path) -> None:
    tool = sqlite3.connect(filled, isolation_level=None)
    tool.execute("DROP TRIGGER entry_stays")
    tool.execute("UPDATE entry SET actor = 'thief' WHERE seq = 3")
    tool.close()
    with pytest.raises(LedgerDamaged) as caught:
        backup.make(str(filled), str(tmp_path / "copy.db"))
    assert caught.value.values["path"] == str(filled)
    assert [one.name for one in tmp_path.iterdir()] == ["desk.db"]


def test_a_backup_beside_a_hot_journal_holds_what_was_committed(
    filled: Path, tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    code = """
import os, sys
from complaintctl.ledger.store import Ledger
with Ledger.open(sys.argv[1], write=True) as ledger, ledger.write("a", 4_000) as batch:
    ledger.connection.set_authorizer(None)
    ledger.connection.execute("PRAGMA cache_size = 1")
    for n in range(200):
        batch.append("site", "noted", 4_000, {"n": n}, {"text": "x" * 3000})
    os._exit(9)
"""
    before = dump(filled)
    assert started(code, filled).wait(30) == 9
    assert Path(f"{filled}-journal").exists()
    backup.make(str(filled), str(tmp_path / "copy.db"))
    assert dump(tmp_path / "copy.db") == before


def test_a_backup_while_another_program_writes(
    filled: Path, tmp_path: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    code = """
import sys, time
from complaintctl.ledger.store import Ledger
for n in range(10_000):
    with Ledger.open(sys.argv[1], write=True) as ledger, ledger.write("a", 4_000) as batch:
        batch.append("site", "noted", 4_000, {"n": n})
        batch.append("site", "noted", 4_000, {"n": n})
    print(n, flush=True)
    time.sleep(0.05)
"""
    writer = started(code, filled)
    assert writer.stdout is not None
    writer.stdout.readline()
    for number in range(3):
        seq, _, count = backup.make(str(filled), str(tmp_path / f"{number}.db"))
        assert seq == count
        assert (count - 6) % 2 == 0, "no half of a command"
    assert writer.poll() is None


def test_only_the_newest_are_kept_and_only_ledgers_go(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in ("01", "02", "03", "04"):
        backup.make(str(filled), str(folder / f"desk-202611{day}.db"))
    (folder / "desk-20261100.db").write_text("a letter")
    (folder / "other.db").write_bytes(filled.read_bytes())
    (folder / "desk-20261099.db").mkdir()
    removed = backup.rotate(str(folder / "desk-20261104.db"), "desk-*.db", keep=2)
    assert [Path(one).name for one in removed] == ["desk-20261101.db", "desk-20261102.db"]
    assert backup.rotate(str(folder / "desk-20261103.db"), "desk-*.db", keep=1) == []
    left = sorted(one.name for one in folder.iterdir())
    assert left == ["desk-20261099.db", "desk-20261100.db", "desk-20261103.db", "desk-20261104.db", "other.db"]
    with pytest.raises(ValueError, match="at least one"):
        backup.rotate(str(folder / "desk-20261104.db"), "desk-*.db", keep=0)


# ---- the way back


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    target = tmp_path / "copy.db"
    backup.make(str(filled), str(target))
    return target


def test_restored_where_nothing_lies(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.db"
    path.parent.mkdir()
    assert backup.restore(str(copy), str(path))[0] == 6
    assert dump(path) == dump(copy)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_ledger_is_only_replaced_when_told_and_then_kept_aside(filled: Path, copy: Path, tmp_path: Path) -> None:
    write(filled, 3)
    with pytest.raises(LedgerExists):
        backup.restore(str(copy), str(filled))
    with Ledger.open(filled) as ledger:
        assert ledger.head()[0] == 9
    aside = tmp_path / "desk-20261122.db"
    assert backup.restore(str(copy), str(filled), aside=str(aside))[0] == 6
    assert dump(filled) == dump(copy)
    with Ledger.open(aside) as ledger:
        assert ledger.head()[0] == 9
        assert verify(ledger) == []
    with pytest.raises(LedgerExists):
        backup.restore(str(copy), str(filled), aside=str(aside))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "desk-20261122.db", "desk.db"]


@pytest.mark.parametrize("wreck", [b"", b"a letter " * 100, None])
def test_a_wreck_is_replaced_too(filled: Path, copy: Path, tmp_path: Path, wreck: bytes | None) -> None:
    content = filled.read_bytes()[:9_000] if wreck is None else wreck
    filled.write_bytes(content)
    backup.restore(str(copy), str(filled), aside=str(tmp_path / "aside.db"))
    assert dump(filled) == dump(copy)
    assert (tmp_path / "aside.db").read_bytes() == content


def test_the_journal_of_the_replaced_ledger_is_not_played_into_the_new_one(
    filled: Path, copy: Path, tmp_path: Path
) -> None:
    tool = sqlite3.connect(filled, isolation_level=None)
    tool.execute("PRAGMA cache_size = 1")
    tool.execute("BEGIN")
    tool.execute("UPDATE complaint SET kind = 'x'")
    for n in range(300):
        tool.execute("INSERT INTO told (complaint, text) VALUES (?, ?)", (n + 10, "x" * 900))
    saved = Path(f"{filled}-journal").read_bytes()
    tool.execute("ROLLBACK")
    tool.close()
    Path(f"{filled}-journal").write_bytes(saved)
    backup.restore(str(copy), str(filled), aside=str(tmp_path / "aside.db"))
    assert not Path(f"{filled}-journal").exists()
    assert (tmp_path / "aside.db-journal").read_bytes() == saved
    assert dump(filled) == dump(copy)


def test_a_journal_without_its_ledger_stands_in_the_way(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "gone.db-journal").write_bytes(b"x" * 600)
    with pytest.raises(LedgerExists):
        backup.restore(str(copy), str(tmp_path / "gone.db"))
    backup.restore(str(copy), str(tmp_path / "gone.db"), aside=str(tmp_path / "aside.db"))
    assert dump(tmp_path / "gone.db") == dump(copy)


def test_only_a_sound_backup_is_restored(filled: Path, copy: Path, tmp_path: Path) -> None:
    before = filled.read_bytes()
    aside = str(tmp_path / "aside.db")
    with pytest.raises(FileMissing) as caught:
        backup.restore(str(tmp_path / "none.db"), str(filled), aside=aside)
    assert caught.value.exit_code == 3
    wrong = tmp_path / "wrong.db"
    whole = copy.read_bytes()
    place = whole.index(b'"channel":"phone"')
    for content, error in (
        (whole[:-5_000], LedgerDamaged),
        (whole[:place] + b'"channel":"email"' + whole[place + 17 :], LedgerDamaged),
        (b"letter" * 999, LedgerForeign),
        (whole[:60] + (connect.FORM + 1).to_bytes(4, "big") + whole[64:], LedgerNewer),
    ):
        wrong.write_bytes(content)
        with pytest.raises(error):
            backup.restore(str(wrong), str(filled), aside=aside)
    assert filled.read_bytes() == before
    assert not Path(aside).exists()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.db", "desk.db", "wrong.db"]


def test_a_locked_source_and_a_locked_folder(
    filled: Path, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0.1)
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LedgerLocked):
        backup.make(str(filled), str(tmp_path / "second.db"))
    other.close()
    if os.getuid() != 0 or shutil.which("chattr") is None:
        pytest.skip("root writes to any folder")
    folder = tmp_path / "frozen"
    folder.mkdir()
    if subprocess.run(["chattr", "+i", str(folder)], capture_output=True, check=False).returncode:
        pytest.skip("this file system cannot freeze a folder")
    try:
        with pytest.raises(LedgerReadonly):
            backup.make(str(copy), str(folder / "copy.db"))
    finally:
        subprocess.run(["chattr", "-i", str(folder)], check=True)
