"""Everything out of the ledger and back: tables, lines and a plain copy; what is private; what is refused."""

import base64
import csv
import io
import json
import sqlite3
import stat
from pathlib import Path
from typing import Any

import pytest

from complaintctl.cli import placing
from complaintctl.ledger import chain, outward
from complaintctl.ledger.derived import COUNTED_STEPS
from complaintctl.ledger.store import Ledger

TABLES = ("complaint", "clock", "milestone", "inspection", "finding", "visit", "matter", "duty")
REGISTERS = ("staff", "department", "building")
NAME, PHONE, UNIT = "样例住户一", "15400000001", "3-1-501"
WORDS = ("楼道灯坏了", NAME, PHONE, UNIT, "=1+1", "灯罩裂了", "门口太暗")


BUILT: dict[str, bytes] = {}


@pytest.fixture
def full(clerk: Any) -> Any:
    """A month with something of everything: complaints, one taken back, evidence, an inspection, a visit, people."""
    if "ledger" not in BUILT:
        _live(clerk)
        BUILT["ledger"] = clerk.ledger.read_bytes()
    clerk.ledger.write_bytes(BUILT["ledger"])
    return clerk


def _live(clerk: Any) -> None:
    photo = clerk.shell.home / "photo.jpg"
    photo.write_bytes(bytes(range(256)) * 20)
    clerk("2026-11-02 08:00", "staff", "add", "样例维修", "--role", "department", "--phone", "15400000009")
    clerk("2026-11-02 08:10", "place", "add", "3", "--households", "40", "--area", "东区")
    told = ("--name", NAME, "--phone", PHONE, "--unit", UNIT, "--text", "楼道灯坏了\n=1+1", "--evidence", str(photo))
    clerk.take("2026-11-02 09:00", *told)
    clerk("2026-11-02 09:05", "assign", "1", "工程部")
    clerk("2026-11-02 10:00", "resolve", "1", "灯泡已换")
    clerk("2026-11-02 10:30", "notify", "1", "--via", "visit", "--accepted")
    clerk.take("2026-11-10 09:00", "--fault", "--text", "门口太暗")
    clerk.take("2026-11-13 09:00")
    clerk("2026-11-13 09:05", "undo")
    clerk("2026-11-16 10:00", "inspect", "record", "regular", "--inspectors", "样例维修", "--items", "facilities")
    clerk("2026-11-16 10:10", "inspect", "finding", "1", "灯罩裂了", "--department", "工程部", "--until", "3 workdays")
    visit = ("--area", "东区", "--by", "样例维修", "--raised", "门口太暗")
    clerk("2026-11-17 10:00", "visit", "record", "assistant", *visit)


def exported(clerk: Any, form: str, name: str, *more: str, **settings: Any) -> Path:
    path: Path = clerk.shell.home / name
    clerk("2026-11-18 09:00", "export", "--format", form, "--output", str(path), *more, **settings)
    return path


def rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))


def dump(path: Path, tables: tuple[str, ...] = ("entry", "sqlar", "told", "adoption", *TABLES, *REGISTERS)) -> Any:
    with sqlite3.connect(path) as connection:
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# ---- lines and back


def test_the_lines_make_an_equal_ledger(full: Any) -> None:
    lines = exported(full, "jsonl", "all.jsonl", "--reveal", "Move")
    before = full.ledger
    seen = {
        words: full("2026-11-18 09:10", *words).out
        for words in (("list", "--all"), ("show", "1"), ("monthly-report", "2026-11"), ("why", "1"), ("today",))
    }
    full.use(full.shell.home / "new.db")
    made = full("2026-11-18 09:05", "init", "--from", str(lines), "--json").data
    assert made["complaints"] == 3 and made["evidence"] == 1 and made["without_words"] == 0
    assert dump(full.ledger) == dump(before)
    assert full("2026-11-18 09:10", "verify", "--json").data["hash"] == made["hash"]
    for words, out in seen.items():
        assert full("2026-11-18 09:10", *words).out == out
    # Work goes on where it stood: no id and no number is given twice.
    assert full.take("2026-11-18 09:20") == "4"
    assert rights(full.ledger) == rights(lines) == 0o600


def test_import_takes_our_own_export_into_a_new_ledger_only(full: Any) -> None:
    lines = exported(full, "jsonl", "all.jsonl", "--reveal", "Move")
    kept, digest = dump(full.ledger), full.digest()
    full("2026-11-18 09:05", "import", str(lines), code=5)
    assert full.digest() == digest
    full.use(full.shell.home / "new.db")
    error = full("2026-11-18 09:05", "import", str(lines), "--dry-run", "--json", code=2).json["error"]
    assert error["message"].startswith("--dry-run ") and "True" not in error["message"]
    full("2026-11-18 09:05", "import", str(lines), "--year", "2026", code=2)
    assert full("2026-11-18 09:05", "import", str(lines), "--json").data["complaints"] == 3
    assert dump(full.ledger) == kept


def test_revealing_leaves_an_entry_and_other_exports_none(full: Any) -> None:
    before = dump(full.ledger, ("entry",))["entry"]
    exported(full, "csv", "tables")
    exported(full, "jsonl", "bare.jsonl")
    exported(full, "sqlite", "plain.db")
    assert dump(full.ledger, ("entry",))["entry"] == before
    exported(full, "csv", "with", "--reveal", "Audit")
    *kept, last = dump(full.ledger, ("entry",))["entry"]
    assert kept == before
    assert (last[2], last[3], json.loads(last[7])["export"]) == ("site", "revealed", "csv")
    assert json.loads(last[8]) == {"reason": "Audit"}


def test_without_what_is_private_the_chain_still_holds_and_the_ledger_says_so(full: Any) -> None:
    lines = exported(full, "jsonl", "bare.jsonl")
    text = lines.read_text("utf-8")
    assert not [word for word in WORDS if word in text] and base64.b64encode(bytes(range(60))).decode() not in text
    kept = dump(full.ledger, TABLES)
    hashes = [row[12] for row in dump(full.ledger, ("entry",))["entry"]]
    full.use(full.shell.home / "new.db")
    out = full("2026-11-18 09:05", "init", "--from", str(lines)).out
    assert "without their private part" in out
    assert dump(full.ledger, TABLES) == kept
    *entries, told = dump(full.ledger, ("entry",))["entry"]
    assert [row[12] for row in entries] == hashes and told[3] == "taken-over"
    full("2026-11-18 09:10", "verify")


def test_what_was_erased_stays_erased(full: Any) -> None:
    full("2026-11-17 15:00", "forget", "1", "--reason", "over")
    lines = exported(full, "jsonl", "all.jsonl", "--reveal", "Move")
    assert NAME not in lines.read_text("utf-8")
    kept = dump(full.ledger)
    full.use(full.shell.home / "new.db")
    full("2026-11-18 09:05", "init", "--from", str(lines))
    assert dump(full.ledger) == kept
    full("2026-11-18 09:10", "verify")


def test_what_was_lost_is_lost_in_the_new_ledger_too(full: Any) -> None:
    with sqlite3.connect(full.ledger) as connection:
        connection.execute("DELETE FROM sqlar")
    lines = exported(full, "jsonl", "all.jsonl", "--reveal", "Move")
    full.use(full.shell.home / "new.db")
    full("2026-11-18 09:05", "init", "--from", str(lines))
    findings = full("2026-11-18 09:10", "verify", "--json", code=6).json["data"]["findings"]
    assert [one["code"] for one in findings] == ["evidence-missing"]


def test_each_line_says_what_the_entry_says(full: Any) -> None:
    lines = exported(full, "jsonl", "all.jsonl", "--reveal", "Move").read_text("utf-8").splitlines()
    head, *told = map(json.loads, lines)
    assert head["complaintctl-export"] == 1 and head["private"] and head["whole"]
    entries = [one for one in told if "seq" in one and "evidence" not in one]
    assert head["entries"] == len(entries) == entries[-1]["seq"] and head["hash"] == entries[-1]["hash"]
    evidence = next(one for one in told if "evidence" in one)
    assert base64.b64decode(evidence["data"]) == bytes(range(256)) * 20


# ---- what is no whole export


def _changed(lines: list[str], where: str, old: str, new: str) -> list[str]:
    at = next(n for n, line in enumerate(lines) if where in line and old in line)
    return [*lines[:at], lines[at].replace(old, new, 1), *lines[at + 1 :]]


WRONG = {
    "a fact changed": lambda lines: _changed(lines, '"logged"', '"channel":"phone"', '"channel":"desk"'),
    "an actor changed": lambda lines: _changed(lines, '"logged"', '"actor":"clerk"', '"actor":"other"'),
    "a name changed": lambda lines: _changed(lines, '"logged"', NAME, "样例住户二"),
    "a line left out": lambda lines: [*lines[:4], *lines[5:]],
    "two lines changed round": lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]],
    "the end cut off": lambda lines: lines[:-1],
    "in the middle of a line": lambda lines: [*lines[:-1], lines[-1][:40]],
    "the evidence left out": lambda lines: [line for line in lines if '"evidence":"' not in line],
    "the evidence changed": lambda lines: _changed(lines, '"evidence":"', '"data":"AAEC', '"data":"AAED'),
    "no head": lambda lines: lines[1:],
    "nothing": lambda lines: [],
    "a newer head": lambda lines: [lines[0].replace('export":1', 'export":2'), *lines[1:]],
    "a number with a point": lambda lines: _changed(lines, '"logged"', '"at":1', '"at":1.5'),
    "no object": lambda lines: [lines[0], "[1]", *lines[1:]],
    "a number too large": lambda lines: _changed(
        lines, '"seq":3', '"recorded_at":', '"recorded_at":99999999999999999999'
    ),
    "deep": lambda lines: [lines[0], "[" * 100_000, *lines[1:]],
    "no text": lambda lines: [lines[0], "\udcff", *lines[1:]],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_was_changed_makes_no_ledger(full: Any, name: str) -> None:
    lines = exported(full, "jsonl", "all.jsonl", "--reveal", "Move").read_text("utf-8").splitlines()
    spoilt = full.shell.home / "spoilt.jsonl"
    spoilt.write_text("\n".join(WRONG[name](lines)), "utf-8", errors="surrogateescape")
    full.use(full.shell.home / "new.db")
    found = full("2026-11-18 09:05", "init", "--from", str(spoilt), "--json", code=2).json["error"]
    assert found["code"] == "export-wrong" and "line" in found["message"]
    assert sorted(one.name for one in full.shell.home.iterdir() if "new.db" in one.name) == []


def test_entries_well_chained_but_without_sense_make_no_ledger(full: Any) -> None:
    """Whoever writes such a file himself can reckon every hash; that the desk could not have written it shows."""
    lines = exported(full, "jsonl", "all.jsonl").read_text("utf-8").splitlines()
    entries = [json.loads(line) for line in lines[1:]]
    entries[-1] |= {"subject": "complaint/1", "kind": "referred", "body": {"nonsense": [1]}, "private_digest": None}
    before = bytes.fromhex(entries[-2]["hash"])
    head = tuple(entries[-1][key] for key in ("seq", "batch", "subject", "kind", "at", "recorded_at", "actor"))
    entries[-1]["hash"] = chain.entry_hash(before, head, chain.dumps(entries[-1]["body"]), None).hex()
    told = {**json.loads(lines[0]), "hash": entries[-1]["hash"]}
    spoilt = full.shell.home / "spoilt.jsonl"
    spoilt.write_text("\n".join(json.dumps(one) for one in (told, *entries)), "utf-8")
    full.use(full.shell.home / "new.db")
    assert (
        full("2026-11-18 09:05", "init", "--from", str(spoilt), "--json", code=2).json["error"]["code"]
        == "export-wrong"
    )
    assert not full.ledger.exists()


def test_a_part_makes_no_ledger_and_none_is_replaced(full: Any) -> None:
    part = exported(full, "jsonl", "part.jsonl", "--since", "2026-11-10", "--until", "11-13")
    head, *entries = map(json.loads, part.read_text("utf-8").splitlines())
    assert not head["whole"] and {one["recorded_at"] // 86400 for one in entries} == {20767, 20770}
    whole = exported(full, "jsonl", "all.jsonl", "--reveal", "Move")
    ledger = full.digest()
    assert full("2026-11-18 09:05", "init", "--from", str(whole), code=5).err
    assert full.digest() == ledger
    full.use(full.shell.home / "new.db")
    assert "part" in full("2026-11-18 09:05", "init", "--from", str(part), code=2).err
    full("2026-11-18 09:05", "init", "--from", str(whole), "--name", "x", code=2)
    full("2026-11-18 09:05", "init", "--from", str(full.shell.home / "none.jsonl"), code=3)
    assert not full.ledger.exists()


# ---- tables


def test_tables_for_people_are_in_their_language_and_safe(full: Any) -> None:
    folder = exported(full, "csv", "表", "--reveal", "审计", lang="zh")
    assert rights(folder) == 0o700
    assert {one.name for one in folder.iterdir()} == {
        *("complaints.csv", "clocks.csv", "steps.csv", "inspections.csv", "findings.csv", "visits.csv", "matters.csv"),
        *("duties.csv", "staff.csv", "departments.csv", "buildings.csv"),
    }
    assert all(rights(one) == 0o600 and one.read_bytes()[:3] == b"\xef\xbb\xbf" for one in folder.iterdir())
    first, second = rows(folder / "complaints.csv")
    assert (first["投诉号"], first["性质"], first["受理渠道"], first["受理时间"]) == (
        "TS202611-0001",
        "投诉",
        "电话",
        "2026-11-02 09:00",
    )
    assert (first["姓名"], first["电话"], first["房号"]) == (NAME, PHONE, UNIT)
    assert first["内容"] == "楼道灯坏了\n=1+1" and second["轻重"] == "重要"
    assert rows(folder / "findings.csv")[0]["内容"] == "灯罩裂了"
    assert rows(folder / "matters.csv")[0]["内容"] == "门口太暗"
    assert rows(folder / "staff.csv")[0]["电话"] == "15400000009"
    for file in folder.iterdir():
        heading = file.read_text("utf-8-sig").partition("\n")[0]
        assert heading.isascii() is False and not any(letter.isascii() and letter.isalpha() for letter in heading), file


def test_without_a_reason_nothing_private_is_in_the_tables(full: Any) -> None:
    for more in ((), ("--raw",)):
        folder = exported(full, "csv", f"tables{len(more)}", *more)
        text = "".join(one.read_text("utf-8") for one in folder.iterdir())
        assert not [word for word in (*WORDS, "样例维修", "15400000009") if word in text]


def test_how_it_was_solved_and_what_was_noted_are_told_for_a_reason_only(full: Any) -> None:
    full.take("2026-11-17 09:00", "--unit", "3-2-102")
    full("2026-11-17 09:05", "assign", "4", "工程部", "--person", "样例师傅")
    full("2026-11-17 09:30", "record", "4", "contacted", "样例备注")
    full("2026-11-17 09:40", "escalate", "4", "3", "--to", "样例经理", "--opinion", "样例意见")
    full("2026-11-17 10:00", "resolve", "4", "样例结果", "--cause", "样例原因", "--analysis", "样例分析")
    told = rows(exported(full, "csv", "tables", "--raw", "--reveal", "Audit") / "complaints.csv")[-1]
    assert (told["result"], told["cause"], told["analysis"]) == ("样例结果", "样例原因", "样例分析")
    assert told["notes"] == "2026-11-17 09:30 样例备注\n2026-11-17 09:40 样例意见"
    bare = (exported(full, "csv", "bare", "--raw") / "complaints.csv").read_text("utf-8")
    assert not [word for word in ("样例结果", "样例原因", "样例分析", "样例备注", "样例意见", "notes") if word in bare]


def test_raw_tables_have_keys_and_codes(full: Any) -> None:
    folder = exported(full, "csv", "raw", "--raw", "--reveal", "Audit")
    first, _second = rows(folder / "complaints.csv")
    assert (
        first["received_at"] == "2026-11-02T09:00:00+08:00" and first["channel"] == "phone" and first["fault"] is None
        if "fault" in first
        else True
    )
    assert first["text"] == "楼道灯坏了\n=1+1"
    assert (folder / "complaints.csv").read_bytes()[:3] != b"\xef\xbb\xbf"
    assert {row["clock"] for row in rows(folder / "clocks.csv")} >= {"R-dispatched-10min"}


def test_a_formula_does_not_act(full: Any) -> None:
    full.take("2026-11-17 09:00", "--text", "=HYPERLINK(1)")
    folder = exported(full, "csv", "tables", "--reveal", "Audit")
    assert "'=HYPERLINK(1)" in (folder / "complaints.csv").read_text("utf-8")


def test_every_column_of_the_ledger_is_told_or_left_out_on_purpose() -> None:
    """What is private, what only the program needs, and what can be reckoned from the clocks."""
    left_out = {"voided_at", "last_seq", "limit", "from"} | {
        f"{step}_{part}" for step in COUNTED_STEPS for part in ("due", "met", "unknown", "waiting")
    }
    tables = {table.name: table for table in outward.TABLES}
    replica = Ledger.replica()
    for name, table in tables.items():
        kept = {row[1] for row in replica.connection.execute(f"PRAGMA table_xinfo({name})")}
        private = {"name"} if name == "staff" else set()
        assert kept - set(table.columns) <= left_out | private, name
    known = {row[0] for row in replica.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {name for name in known - set(tables) if not name.startswith("search")} == {
        *("entry", "sqlar", "adoption", "told", "home")
    }
    replica.close()


def test_days_narrow_the_tables(full: Any) -> None:
    folder = exported(full, "csv", "tables", "--raw", "--since", "2026-11-10", "--until", "2026-11-16")
    assert [row["id"] for row in rows(folder / "complaints.csv")] == ["2"]
    assert {row["complaint"] for row in rows(folder / "clocks.csv")} == {"2"}
    assert len(rows(folder / "inspections.csv")) == 1 and not rows(folder / "visits.csv")
    data = full(
        *("2026-11-18 09:00", "export", "--format", "csv", "--output", str(full.shell.home / "more")),
        *("--since", "2026-11-02", "--until", "2026-11-02", "--json"),
    ).data
    assert data["rows"]["complaint"] == 1 and not data["whole"] and not data["private"]


# ---- the plain copy


def test_the_plain_copy_is_for_sqlite_tools_and_holds_nothing_private(full: Any) -> None:
    path = exported(full, "sqlite", "plain.db")
    raw = path.read_bytes()
    assert not [word for word in (*WORDS, "样例维修", "15400000009") if word.encode() in raw]
    assert rights(path) == 0o600
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert plain.execute("SELECT number, received_at FROM complaint").fetchall() == [
            ("TS202611-0001", "2026-11-02T09:00:00+08:00"),
            ("TS202611-0002", "2026-11-10T09:00:00+08:00"),
        ]
        # SQLite's own functions read the moments; the finding is due at the end of the third working day.
        due = plain.execute("SELECT due_at, datetime(due_at) FROM finding").fetchone()
        assert due == ("2026-11-20T00:00:00+08:00", "2026-11-19 16:00:00")
        assert {row[0] for row in plain.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")} == {
            *("about", *TABLES, *REGISTERS)
        }
    full.use(path)
    assert full("09:00", "list", "--json", code=5).json["error"]["code"] == "ledger-foreign"


# ---- bad usage, bad places


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--output", "x"), "missing-option"),
        (("--format", "csv"), "missing-option"),
        (("--format", "xml", "--output", "x"), "bad-value"),
        (("--format", "csv", "--output", " "), "bad-value"),
        (("--format", "sqlite", "--output", "x", "--reveal", "y"), "bad-value"),
        (("--format", "jsonl", "--output", "x", "--raw"), "bad-value"),
        (("--format", "csv", "--output", "x", "--reveal", " "), "empty-text"),
        (("--format", "csv", "--output", "x", "--since", "soon"), "bad-moment"),
        (("--format", "csv", "--output", "x", "--since", "2026-11-19"), "future-moment"),
        (("--format", "csv", "--output", "x", "--since", "11-10", "--until", "11-09"), "bad-value"),
        (("--format", "csv", "--output", "none/x"), "file-unusable"),
        (("--format", "jsonl", "--output", "none/x"), "file-unusable"),
        (("--format", "jsonl", "--output", "site.db"), "file-taken"),
        (("--format", "csv", "--output", "."), "file-taken"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    full: Any, words: tuple[str, ...], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(full.shell.home)
    before, there = full.digest(), sorted(one.name for one in full.shell.home.iterdir())
    assert full("2026-11-18 09:00", "export", *words, "--json", code=2).json["error"]["code"] == code
    assert (full.digest(), sorted(one.name for one in full.shell.home.iterdir())) == (before, there)


@pytest.mark.parametrize("words", [("--format", "jsonl"), ("--format=jsonl",)])
def test_what_goes_wrong_is_said_to_people_whatever_the_file_is(full: Any, words: tuple[str, ...]) -> None:
    ran = full("2026-11-18 09:00", "export", *words, "--output", str(full.ledger), code=2)
    assert ran.out == "" and str(full.ledger) in ran.err


@pytest.mark.parametrize("form", ["csv", "jsonl", "sqlite"])
def test_a_file_that_fails_on_the_way_leaves_nothing(full: Any, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(placing, "_synced", full_disk)
    before = {one.name for one in full.shell.home.iterdir()}
    found = full(
        "2026-11-18 09:00", "export", "--format", form, "--output", str(full.shell.home / "x"), "--json", code=2
    )
    assert found.json["error"]["code"] == "file-unusable"
    assert {one.name for one in full.shell.home.iterdir()} == before


def test_what_came_to_lie_there_meanwhile_stays(tmp_path: Path) -> None:
    for folder in (False, True):
        target = tmp_path / f"x{folder}"
        with pytest.raises(placing.FileTaken), placing.placed(str(target), folder=folder):
            target.write_text("mine")
        assert target.read_text() == "mine"
        assert not list(tmp_path.glob("*.part"))


def test_undo_passes_over_what_was_shown(full: Any) -> None:
    exported(full, "csv", "tables", "--reveal", "Audit")
    assert "question" not in full("2026-11-18 09:30", "undo", "--json").out
    assert full("2026-11-18 09:31", "visit", "list", "--json").data["items"] == []
