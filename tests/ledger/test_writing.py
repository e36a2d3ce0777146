"""One command, one transaction: durable when it has returned, nothing of it when it failed — whatever failed."""

import os
import random
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from complaintctl.errors import DeskError, DiskFailing, DiskFull, LedgerLocked
from complaintctl.ledger import connect, store
from complaintctl.ledger.check import verify
from complaintctl.ledger.derived import Told
from complaintctl.ledger.store import Ledger


def state(path: Path) -> tuple[Any, ...]:
    """The head and every derived row."""
    with Ledger.open(path) as ledger:
        rows = [
            [tuple(row) for row in ledger.query.rows(f"SELECT * FROM {table}")]
            for table in ("complaint", "clock", "milestone", "told", "adoption", "sqlar")
        ]
        assert verify(ledger) == []
        return ledger.head(), rows


# ---- all or nothing


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_error_in_the_middle_leaves_the_ledger_as_it_was(
    filled: Path, folded: Callable[..., Any], error: type[BaseException]
) -> None:
    before = state(filled)
    with Ledger.open(filled, write=True) as ledger:
        with pytest.raises(error), ledger.write("a", 4_000) as batch:
            batch.append("complaint/3", "logged", 4_000, {}, {"text": "灯坏了"})
            batch.put(folded(3, 4_000, [{"step": "contacted", "due_at": 5_000}]), Told("灯坏了"))
            batch.attach("complaint/3", 4_000, "a.jpg", b"x")
            raise error
        with ledger.write("a", 4_001) as batch:
            assert batch.append("site", "noted", 4_001, {}).seq == 7
    assert state(filled)[1] == before[1]


def test_a_fault_of_the_program_is_not_dressed_up_as_a_damaged_ledger(filled: Path, folded: Callable[..., Any]) -> None:
    import sqlite3

    with Ledger.open(filled, write=True) as ledger:
        with pytest.raises(sqlite3.IntegrityError), ledger.write("a", 4_000) as batch:
            batch.put(folded(3, 4_000, kind=None), Told())
        with pytest.raises(KeyError), ledger.write("a", 4_000) as batch:
            batch.put(folded(3, 4_000)._replace(complaint={"id": 3}), Told())


def test_commands_are_numbered_and_entries_keep_their_command(filled: Path) -> None:
    with Ledger.open(filled, write=True) as ledger:
        with ledger.write("desk", 4_000) as batch:
            one, two = (batch.append("site", "noted", 4_000, {"n": n}) for n in (1, 2))
        assert (one.batch, two.batch, one.recorded_at, one.actor) == (5, 5, 4_000, "desk")
        assert [[entry.seq for entry in command] for command in ledger.batches("desk")] == [[7, 8], [3], [2], [1]]


def test_entries_are_found_by_subject_and_by_what_was_known_then(filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        assert [entry.kind for entry in ledger.entries("complaint/1")] == ["logged", "attached", "recorded"]
        assert [entry.seq for entry in ledger.entries("complaint/1", 2_999)] == [2]
        assert [entry.seq for entry in ledger.all_entries(3_000)] == [1, 2, 3, 4, 5, 6]
        assert [entry.seq for entry in ledger.all_entries(2_001)] == [1, 2]
        assert [entry.seq for entry in ledger.all_entries(by_subject=True)] == [2, 4, 5, 3, 6, 1]


@pytest.mark.parametrize("page", [1, 2, 3, 1_000])
@pytest.mark.parametrize("by_subject", [False, True])
def test_entries_are_read_page_by_page_without_losing_one(
    filled: Path, monkeypatch: pytest.MonkeyPatch, page: int, by_subject: bool
) -> None:
    monkeypatch.setattr(store, "PAGE", page)
    with Ledger.open(filled) as ledger:
        found = [entry.seq for entry in ledger.all_entries(by_subject=by_subject)]
        assert found == ([2, 4, 5, 3, 6, 1] if by_subject else [1, 2, 3, 4, 5, 6])
        assert sorted(entry.seq for entry in ledger.all_entries(2_002, by_subject=by_subject)) == [1, 2, 3]


def test_who_reads_everything_does_not_keep_others_from_writing(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(store, "PAGE", 2)
    with Ledger.open(filled) as reader, Ledger.open(filled, write=True) as writer:
        reading = reader.all_entries()
        assert next(reading).seq == 1
        with writer.write("a", 4_000) as batch:
            batch.append("site", "noted", 4_000, {})
        assert [entry.seq for entry in reading] == [2, 3, 4, 5, 6, 7]


def test_derived_rows_made_again_are_the_same(filled: Path, folded: Callable[..., Any]) -> None:
    before = state(filled)
    found = [Told(f"{n}号楼电梯困人 15400005678", "3-1201") for n in (1, 2)]
    rows = [(folded(n, 1_900, milestones=[("received", 1_900)]), told) for n, told in enumerate(found, 1)]
    with Ledger.open(filled, write=True) as ledger:
        with ledger.write("a", 4_000) as batch:
            batch.drop_derived()
            assert (
                ledger.query.complaints([1, 2]) == ledger.query.search("电梯") == ledger.query.adoptions("site") == []
            )
            for entry in ledger.all_entries():
                if entry.kind == "adopted":
                    batch.adopt(entry)
            assert batch.put_many(iter(rows[::-1])) == 2
        assert [row["id"] for row in ledger.query.search("电梯")] == [2, 1]
    assert state(filled) == before


# ---- numbers


def test_no_number_is_given_twice_even_after_an_undo(filled: Path, folded: Callable[..., Any]) -> None:
    with Ledger.open(filled, write=True) as ledger:
        for month, expected in (("202611", "TS202611-0003"), ("202612", "TS202612-0001"), ("202611", "TS202611-0004")):
            with ledger.write("a", 4_000) as batch:
                number, name = batch.next_complaint_id(), batch.next_number(month)
                assert name == expected
                batch.put(folded(number, 4_000, number=name, voided_at=4_000), Told())
        with ledger.write("a", 4_000) as batch:
            assert batch.next_complaint_id() == 6


def test_numbers_go_on_after_9999(filled: Path, folded: Callable[..., Any]) -> None:
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        for number, name in ((9, "TS202611-9999"), (10, "TS202611-10000")):
            batch.put(folded(number, 4_000, number=name), Told())
        assert batch.next_number("202611") == "TS202611-10001"


# ---- Ctrl-C


def test_ctrl_c_while_committing_does_not_deny_what_was_kept(filled: Path) -> None:
    class Interrupting:
        """Sends Ctrl-C to ourselves in the moment of the commit."""

        def __enter__(self) -> None:
            self.guard = connect.undisturbed()
            self.guard.__enter__()
            os.kill(os.getpid(), signal.SIGINT)

        def __exit__(self, *error: Any) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            self.guard.__exit__(*error)

    before = signal.getsignal(signal.SIGINT)
    with pytest.MonkeyPatch.context() as patch, Ledger.open(filled, write=True) as ledger:
        real = connect.undisturbed
        guard = Interrupting()
        patch.setattr(connect, "undisturbed", lambda: (patch.setattr(connect, "undisturbed", real), guard)[1])
        with ledger.write("a", 4_000) as batch:
            batch.append("site", "noted", 4_000, {})
    assert signal.getsignal(signal.SIGINT) is before
    assert state(filled)[0][0] == 7


def test_a_thread_may_write_too(filled: Path) -> None:
    def work() -> None:
        with Ledger.open(filled, write=True) as ledger, ledger.write("thread", 4_000) as batch:
            batch.append("site", "noted", 4_000, {})

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert state(filled)[0][0] == 7


def test_who_reads_for_too_long_makes_the_commit_fail_and_nothing_is_kept(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "WAIT_SECONDS", 0.1)
    before = state(filled)
    with Ledger.open(filled) as reader, Ledger.open(filled, write=True) as writer:
        with reader.snapshot():
            reader.head()
            with pytest.raises(LedgerLocked), writer.write("a", 4_000) as batch:
                batch.append("site", "noted", 4_000, {})
        assert state(filled) == before
        with writer.write("a", 4_000) as batch:
            assert batch.append("site", "noted", 4_000, {}).seq == 7


# ---- several programs at once

WRITE = """
import sys
from complaintctl.ledger.store import Ledger
path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for n in range(count):
    with Ledger.open(path, write=True) as ledger:
        with ledger.write(name, 4_000 + n) as batch:
            ledger.entries("site")
            seq = batch.append("site", "noted", 4_000, {"n": n, "by": name}, {"text": "x" * 300}).seq
    print(seq, flush=True)
"""


def test_two_writers_both_succeed(filled: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    both = [started(WRITE, filled, name, 40) for name in ("left", "right")]
    given = [{int(line) for line in process.communicate(timeout=60)[0].split()} for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert given[0] | given[1] == set(range(7, 87))
    with Ledger.open(filled) as ledger:
        for name, seqs in zip(("left", "right"), given, strict=True):
            found = [entry for entry in ledger.all_entries() if entry.actor == name]
            assert [entry.body["n"] for entry in found] == list(range(40))
            assert {entry.seq for entry in found} == seqs
        assert verify(ledger) == []


def test_killed_at_any_moment_what_was_acknowledged_is_there(
    filled: Path, started: Callable[..., subprocess.Popen[str]]
) -> None:
    chance = random.Random(11)
    last = 6
    for _ in range(6):
        process = started(WRITE, filled, "killed", 10_000)
        assert process.stdout is not None
        last = int(process.stdout.readline())
        time.sleep(chance.random() * 0.05)
        process.kill()
        lines = process.communicate()[0].split()
        last = int(lines[-1]) if lines else last
        with Ledger.open(filled) as ledger:
            # One more may have been kept whose acknowledgement was cut off.
            assert ledger.head()[0] - last in (0, 1)
            assert verify(ledger) == []


def test_a_crash_in_the_middle_is_rolled_back_by_the_next_reader(
    filled: Path, started: Callable[..., subprocess.Popen[str]]
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
    before = state(filled)
    assert started(code, filled).wait(30) == 9
    assert Path(f"{filled}-journal").exists()
    assert state(filled) == before
    assert not Path(f"{filled}-journal").exists()


# ---- a full disk

GROW = """
import resource, sys
from complaintctl.ledger.store import Ledger
path, limit = sys.argv[1], int(sys.argv[2])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
with Ledger.open(path, write=True) as ledger:
    for n in range(200):
        try:
            with ledger.write("a", 4_000) as batch:
                batch.append("site", "noted", 4_000, {"n": n}, {"text": "x" * 20_000})
        except Exception as error:
            print(type(error).__name__, ledger.head()[0])
            break
        print(ledger.head()[0])
"""


def grown(path: Path, started: Callable[..., subprocess.Popen[str]], limit: int) -> str:
    """Write until it fails; the name of the error. What was acknowledged before must be there."""
    output, errors = started(GROW, path, limit).communicate(timeout=60)
    assert not errors
    *kept, failure = output.splitlines()
    error, last = failure.split()
    assert int(last) == int(kept[-1]) if kept else 6
    assert state(path)[0][0] == int(last)
    return error


def test_a_file_that_may_not_grow(filled: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    limit = filled.stat().st_size + 200_000
    assert grown(filled, started, limit) in (DiskFailing.__name__, DiskFull.__name__)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=768k", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk(filled: Path, small_disk: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    path = small_disk / "desk.db"
    shutil.copyfile(filled, path)
    assert grown(path, started, 0) == DiskFull.__name__


def test_no_room_for_a_new_ledger_or_a_backup(filled: Path, small_disk: Path) -> None:
    from complaintctl.ledger import backup

    (small_disk / "full").write_bytes(b"x" * (768 * 1024 - 3 * 4096))
    with pytest.raises(DiskFull):
        Ledger.create(small_disk / "new.db")
    with pytest.raises(DiskFull):
        backup.make(str(filled), str(small_disk / "copy.db"))
    assert [one.name for one in small_disk.iterdir()] == ["full"]


# ---- a failure at one system call, and a kill in the midst of one

INJECTED = """
import sys
from complaintctl.ledger.store import Ledger
try:
    with Ledger.open(sys.argv[1], write=True) as ledger, ledger.write("a", 4_000) as batch:
        for n in range(5):
            batch.append("site", "noted", 4_000, {"n": n}, {"text": "x" * 500})
    print("kept")
except Exception as error:
    print(error.exit_code)
"""


@pytest.mark.parametrize(
    ("call", "fault", "left"),
    [
        # Writing the journal, writing the file, making them durable, and taking the journal away, which commits.
        ("pwrite64:when=2", "signal=SIGKILL", {6}),
        ("pwrite64:when=9", "signal=SIGKILL", {6}),
        ("fdatasync:when=3", "signal=SIGKILL", {6}),
        ("unlink:when=1", "signal=SIGKILL", {6}),
        ("fdatasync:when=4", "signal=SIGKILL", {6, 11}),
        ("pwrite64:when=2", "error=ENOSPC", {6}),
        ("pwrite64:when=9", "error=EIO", {6}),
        ("fdatasync:when=1", "error=EIO", {6}),
        ("openat:when=2", "error=EIO", {6}),
        ("unlink:when=1", "error=EIO", {6}),
    ],
)
def test_a_fault_at_one_system_call_keeps_all_or_nothing(
    filled: Path, started: Callable[..., subprocess.Popen[str]], call: str, fault: str, left: set[int]
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("needs strace")
    name, when = call.split(":")
    paths = ("-P", str(filled), "-P", f"{filled}-journal", "-P", str(filled.parent))
    inject = ("-e", f"trace={name}", "-e", f"inject={name}:{fault}:{when}")
    process = started(INJECTED, filled, before=(strace, "-f", "-qq", "-o", "/dev/null", *paths, *inject))
    output, errors = process.communicate(timeout=60)
    if "ptrace" in errors.lower():
        pytest.skip("processes cannot be traced here")
    assert output.strip() == ("" if "KILL" in fault else "5"), errors
    assert state(filled)[0][0] in left


def test_every_error_of_the_disk_has_a_cause_of_ours() -> None:
    import sqlite3

    for name, expected in {
        "SQLITE_BUSY": "ledger-locked",
        "SQLITE_BUSY_RECOVERY": "ledger-locked",
        "SQLITE_LOCKED": "ledger-locked",
        "SQLITE_FULL": "disk-full",
        "SQLITE_IOERR_WRITE": "disk-failing",
        "SQLITE_READONLY_ROLLBACK": "ledger-readonly",
        "SQLITE_CANTOPEN": "ledger-readonly",
        "SQLITE_CORRUPT_VTAB": "ledger-damaged",
        "SQLITE_NOTADB": "ledger-foreign",
    }.items():
        error = sqlite3.OperationalError("told by SQLite")
        error.sqlite_errorcode = getattr(sqlite3, name)
        found = connect.in_our_words(error, "desk.db")
        assert isinstance(found, DeskError)
        assert (found.code, found.exit_code) == (expected, 5)
    assert connect.in_our_words(sqlite3.IntegrityError("NOT NULL"), "desk.db") is None
