"""Our own export through pipes, from an editor and into a ledger that was only begun; disks that are full."""

import resource
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from complaintctl.desk import replay
from complaintctl.intake import own

BOM = b"\xef\xbb\xbf"


@pytest.fixture
def one(clerk: Any) -> Any:
    """A ledger with one complaint."""
    clerk.take("09:00", "--text", "楼道灯坏了")
    return clerk


@pytest.fixture
def lines(one: Any) -> bytes:
    """Its export with everything in it, from standard output."""
    ran = one("10:00", "export", "--format", "jsonl", "--reveal", "Move")
    assert ran.err == "It holds private facts: keep it from others, and delete it after use.\n"
    return bytes(ran.raw)


def entries(path: Path) -> Any:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT seq, hash, private FROM entry").fetchall()


def test_lines_go_from_one_program_to_the_other(one: Any, lines: bytes) -> None:
    kept = entries(one.ledger)
    one.use(one.shell.home / "new.db")
    made = one("10:01", "init", "--from", "-", "--json", stdin=lines).data
    assert made["complaints"] == 1 and entries(one.ledger) == kept
    one("10:02", "verify")


def test_standard_output_holds_nothing_private_unless_asked_for(one: Any) -> None:
    for words in ((), ("--output", "-")):
        ran = one("10:00", "export", "--format", "jsonl", *words)
        assert "楼道灯坏了" not in ran.out and ran.out.startswith('{"complaintctl-export":1,')
        assert ran.err.startswith("It holds no resident's name")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--format", "csv", "--output", "-"), "bad-value"),
        (("--format", "sqlite", "--output", "-"), "bad-value"),
        (("--format", "jsonl", "--output", "-"), "bad-value"),
        (("--format", "jsonl"), "missing-option"),
    ],
)
def test_an_answer_and_the_lines_do_not_share_standard_output(one: Any, words: tuple[str, ...], code: str) -> None:
    assert one("10:00", "export", *words, "--json", code=2).json["error"]["code"] == code


def test_a_reader_who_leaves_is_no_error(one: Any) -> None:
    words = [*one.shell.program, "export", "--format", "jsonl"]
    env = one.shell.environment(one.env("10:00"))
    with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b"" and process.wait() == 0


@pytest.mark.parametrize("command", [("init", "--from"), ("import",)])
def test_what_an_editor_does_to_a_file_is_no_damage(one: Any, lines: bytes, command: tuple[str, ...]) -> None:
    file = one.shell.home / "edited.jsonl"
    file.write_bytes(BOM + lines.replace(b"\n", b"\r\n") + b"\r\n\n")
    kept = entries(one.ledger)
    one.use(one.shell.home / "new.db")
    one("10:01", *command, str(file))
    assert entries(one.ledger) == kept


def test_a_ledger_that_was_only_begun_gives_way_and_is_kept(one: Any, lines: bytes) -> None:
    file = one.shell.home / "all.jsonl"
    file.write_bytes(lines)
    kept = entries(one.ledger)
    one.use(one.shell.home / "new.db")
    one("10:01", "init")
    begun = entries(one.ledger)
    one("10:02", "init", "--from", str(file), code=5)
    made = one("10:03", "import", str(file), "--json").data
    assert entries(one.ledger) == kept and entries(Path(made["aside"])) == begun
    assert sorted(path.name for path in one.shell.home.glob("new.db*")) == ["new.db", Path(made["aside"]).name]
    assert one("10:04", "import", str(file), "--json", code=5).json["error"]["code"] == "ledger-exists"
    assert entries(one.ledger) == kept


def test_a_begun_ledger_stays_where_the_export_is_cut_short(one: Any, lines: bytes) -> None:
    file = one.shell.home / "cut.jsonl"
    file.write_bytes(lines[: len(lines) // 2])
    one.use(one.shell.home / "new.db")
    one("10:01", "init")
    digest = one.digest()
    one("10:02", "import", str(file), code=2)
    assert one.digest() == digest and [path.name for path in one.shell.home.glob("new.db*")] == ["new.db"]


@pytest.mark.parametrize(
    "told", [b"hello\n", b"[1]\n", b'{"complaintctl-export":"1"}\n', b'{"complaintctl-export":0}\n']
)
def test_what_is_no_export_is_called_so(clerk: Any, told: bytes) -> None:
    clerk.use(clerk.shell.home / "new.db")
    error = clerk("10:01", "init", "--from", "-", "--json", stdin=told, code=2).json["error"]
    assert error["message"] == "standard input, line 1: it is not the head of an export."
    assert "new.db" not in error["hint"] and not clerk.ledger.exists()


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite"])
def test_a_full_disk_is_the_targets_not_the_ledgers(one: Any, form: str) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))

    target = one.shell.home / "out"
    words = ("export", "--format", form, "--output", str(target), "--json")
    # Nor is there room for bytecode, which would be cut short.
    env = {**one.env("10:00"), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = one.shell(*words, env=env, preexec_fn=little_room)
    error = ran.json["error"]
    assert (ran.code, error["code"]) == (2, "file-unusable") and str(target) in error["message"] and ran.err == ""
    assert str(one.ledger) not in error["message"] and not list(one.shell.home.glob("out*"))


def test_whoever_watches_is_told_how_far_it_has_come(
    one: Any, lines: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "STEP", 1)
    seen: list[tuple[str, int, list[int]]] = []

    @contextmanager
    def watch(what: str, total: int) -> Iterator[Any]:
        seen.append((what, total, []))
        yield seen[-1][2].append

    (tmp_path / "all.jsonl").write_bytes(lines)
    own.take_over(str(tmp_path / "all.jsonl"), str(tmp_path / "new.db"), 1_800_000_000, "clerk", watch=watch)
    # Three adopted, one taken down, one that says why it was shown.
    assert seen == [("Writing entries", 5, [5]), ("Reckoning complaints", 1, [1])]
