"""A ledger that cannot be used, and Ctrl-C: the exit code, a sentence, a hint, and not a byte of it changed."""

import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from complaintctl.ledger import connect

WRITING = (
    ("log", "--text", "甲"),
    ("assign", "1", "工程部"),
    ("resolve", "1", "x"),
    ("forget", "1", "--reason", "x"),
    ("undo",),
    ("rebuild",),
    ("procedure", "adopt", "service-code"),
)
READING = (("list",), ("show", "1"), ("overdue",), ("today",), ("monthly-report",), ("verify",), ("why", "1"))


def newer(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE entry (seq)")
    other.close()


def torn(path: Path) -> None:
    """The file without its last half page."""
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size - 2048)


SPOILT: dict[str, Callable[[Path], object]] = {
    "ledger-missing": lambda path: path.unlink(),
    "ledger-empty": lambda path: path.write_bytes(b""),
    "ledger-foreign": foreign,
    "ledger-newer": newer,
    "ledger-damaged": torn,
}


@pytest.mark.parametrize("kind", [*SPOILT, "a letter", "a folder"])
def test_every_command_says_what_is_the_matter(clerk: Any, kind: str) -> None:
    clerk.take("09:00")
    if kind == "a letter":
        clerk.ledger.write_text("dear resident " * 500)
    elif kind == "a folder":
        clerk.ledger.unlink()
        clerk.ledger.mkdir()
    else:
        SPOILT[kind](clerk.ledger)
    code = kind if kind in SPOILT else "ledger-foreign"
    before = clerk.digest() if clerk.ledger.is_file() else ""
    for words in (*WRITING, *READING):
        english, chinese = clerk("10:00", *words, code=5), clerk("10:00", *words, code=5, lang="zh")
        assert english.out == chinese.out == ""
        assert len(english.err.splitlines()) == len(chinese.err.splitlines()) == 2, english.err
        assert str(clerk.ledger) in english.err
        assert all(any("\u4e00" <= char <= "\u9fff" for char in line) for line in chinese.err.splitlines())
        error = clerk("10:00", *words, "--json", code=5).json["error"]
        assert error["code"] == code and error["hint"], words
    assert clerk("10:00", "init", code=0 if kind == "ledger-missing" else 5).out.strip() or kind != "ledger-missing"
    if kind != "ledger-missing" and clerk.ledger.is_file():
        assert clerk.digest() == before


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another program is writing to the ledger."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_another_program_is_waited_for_a_while_and_then_named(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.take("09:00")
    before = clerk.digest()
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0)
    with held(clerk.ledger):
        for words in (*WRITING, *READING):
            error = clerk("10:00", *words, "--json", code=5).json["error"]
            assert error["code"] == "ledger-locked", words
            assert "另一个程序" in clerk("10:00", *words, code=5, lang="zh").err
    assert clerk.digest() == before
    clerk("10:00", "assign", "1", "工程部")


def started(clerk: Any, *words: str, when: str = "10:00") -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*clerk.shell.program, *words],
        env=clerk.shell.environment(clerk.env(when)),
        cwd=clerk.shell.home,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_waiting_for_a_lock_ends_well_badly_or_by_ctrl_c(clerk: Any) -> None:
    """Three at once: one is interrupted, one waits its five seconds in vain, and the last gets its turn."""
    clerk.take("09:00")
    before = clerk.digest()
    with held(clerk.ledger):
        in_vain = started(clerk, "log", "--text", "甲", "--json")
        interrupted = started(clerk, "log", "--text", "乙", "--json")
        plain = started(clerk, "log", "--text", "丙")
        time.sleep(1.5)
        for process in (interrupted, plain):
            process.send_signal(signal.SIGINT)
        out, err = interrupted.communicate(timeout=30)
        assert interrupted.returncode == 130, (out, err)
        assert b'"code":"interrupted"' in out and err == b""
        out, err = plain.communicate(timeout=30)
        assert plain.returncode == 130 and out == b"" and b"Traceback" not in err
        assert err.startswith(b"complaintctl: Interrupted.")
        time.sleep(1)
        last = started(clerk, "log", "--text", "丁", "--json")
        out, err = in_vain.communicate(timeout=30)
        assert in_vain.returncode == 5 and b"ledger-locked" in out and err == b""
        assert clerk.digest() == before
    out, err = last.communicate(timeout=30)
    assert last.returncode == 0, (out, err)
    assert [one["number"] for one in clerk("10:01", "list", "--json").data["items"]] == [
        "TS202611-0002",
        "TS202611-0001",
    ]
    assert clerk("10:01", "verify", "--json").data["findings"] == []


def test_six_clerks_at_once_get_six_numbers(clerk: Any) -> None:
    all_at_once = [started(clerk, "log", "--text", f"第{n}位", "--json") for n in range(6)]
    told = [process.communicate(timeout=60) for process in all_at_once]
    assert [process.returncode for process in all_at_once] == [0] * 6, told
    numbers = sorted(one["number"] for one in clerk("10:01", "list", "--json").data["items"])
    assert numbers == [f"TS202611-000{n}" for n in range(1, 7)]
    assert clerk("10:01", "verify", "--json").data["findings"] == []


def typed(ours: int, waits_for: str, keys: str) -> None:
    """Wait until the terminal shows a text, then type."""
    seen, until = b"", time.monotonic() + 20
    while waits_for.encode() not in seen and time.monotonic() < until:
        seen += os.read(ours, 4096)
    assert waits_for.encode() in seen, seen
    os.write(ours, keys.encode())


def test_six_at_once_on_one_inspection_get_six_findings(clerk: Any) -> None:
    clerk("09:00", "inspect", "record", "regular", "--inspectors", "样例甲", "--items", "upkeep")
    finding = ("inspect", "finding", "1", "积水", "--department", "工程部", "--until", "3 workdays")
    running = [started(clerk, *finding) for _ in range(6)]
    assert [process.wait(60) for process in running] == [0] * 6
    found = clerk("11:00", "inspect", "show", "1", "--json").data["findings"]
    assert [one["n"] for one in found] == [1, 2, 3, 4, 5, 6]
    assert clerk("11:00", "verify").out.startswith("Whole. Entries: 10,")


@pytest.mark.parametrize("after", [0.12, 0.2, 0.3, 0.4])
def test_a_list_killed_on_its_way_is_there_whole_or_not_at_all(clerk: Any, after: float) -> None:
    path = clerk.shell.home / "staff.csv"
    path.write_text("name,role\n" + "".join(f"样例{n:04},desk\n" for n in range(3000)), "utf-8")
    process = started(clerk, "staff", "import", str(path))
    time.sleep(after)
    process.kill()
    process.wait(60)
    assert len(clerk("11:00", "staff", "list", "--json").data["items"]) in (0, 3000)
    assert clerk("11:00", "verify").out.startswith("Whole. ")


def test_ctrl_c_in_the_guided_form_keeps_nothing(clerk: Any) -> None:
    before = clerk.digest()
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*clerk.shell.program, "log"],
        env=clerk.shell.environment({**clerk.env("10:00"), "TERM": "dumb"}),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    typed(ours, "What happened?", "灯坏了\n")
    typed(ours, "Which home?", "3-1-501\n")
    typed(ours, "Who complains?", "")
    # Nobody presses a key at the very instant at which the question appears, and readline does not like it.
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    seen = b""
    while block := _rest(ours):
        seen += block
    os.close(ours)
    assert b"Traceback" not in seen and b"Interrupted." in seen
    assert clerk.digest() == before


def _rest(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:
        return b""


# ---- rights


@pytest.fixture
def as_nobody(clerk: Any) -> Callable[..., "subprocess.CompletedProcess[bytes]"]:
    """The program as a user who owns nothing here; skipped, visibly, where that cannot be done."""
    setpriv = shutil.which("setpriv")
    if os.getuid() != 0 or setpriv is None:
        pytest.skip("needs root and setpriv to become another user")
    folder = clerk.shell.home
    while folder != folder.parent:
        folder.chmod(folder.stat().st_mode | 0o055)
        folder = folder.parent

    def run(*words: str, **settings: str) -> "subprocess.CompletedProcess[bytes]":
        ran = subprocess.run(
            [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", *clerk.shell.program, *words],
            env={**clerk.shell.environment(clerk.env("10:00", **settings)), "HOME": "/nonexistent"},
            cwd="/",
            capture_output=True,
            timeout=60,
            check=False,
        )
        if b"Permission denied" in ran.stderr and sys.prefix.encode() in ran.stderr:
            pytest.skip("another user cannot run this Python")
        return ran

    return run


def test_a_ledger_that_may_only_be_read_is_read_and_says_why_it_cannot_be_written(clerk: Any, as_nobody: Any) -> None:
    clerk.take("09:00")
    clerk.ledger.chmod(0o444)
    before = clerk.digest()
    ran = as_nobody("show", "1", "--json")
    assert ran.returncode == 0 and b"TS202611-0001" in ran.stdout
    ran = as_nobody("overdue")
    assert ran.returncode == 0 and "TS202611-0001" in ran.stdout.decode()
    for words in (("log", "--text", "甲"), ("assign", "1", "工程部")):
        ran = as_nobody(*words, "--json")
        assert ran.returncode == 5 and b'"code":"ledger-readonly"' in ran.stdout, ran
    ran = as_nobody("log", "--text", "甲", lang="zh")
    assert ran.returncode == 5 and "不能写入" in ran.stderr.decode(), ran.stderr.decode()
    assert clerk.digest() == before


def test_a_ledger_that_may_not_even_be_read(clerk: Any, as_nobody: Any) -> None:
    clerk.take("09:00")
    clerk.ledger.chmod(0o600)
    ran = as_nobody("show", "1", "--json")
    assert ran.returncode == 5 and b'"code":"ledger-unreadable"' in ran.stdout


def test_the_ledger_and_its_copies_are_their_owners_only(clerk: Any) -> None:
    path = clerk.shell.home / "new" / "site.db"
    clerk("09:00", "--ledger", str(path), "init")
    clerk("09:01", "--ledger", str(path), "backup", f"{clerk.shell.home}/copies/")
    copies = list((clerk.shell.home / "copies").iterdir())
    assert [one.name for one in copies] == ["site-2026-11-20.db"]
    for file in (path, *copies):
        assert file.stat().st_mode & 0o777 == 0o600
    for folder in (path.parent, copies[0].parent):
        assert folder.stat().st_mode & 0o777 == 0o700
