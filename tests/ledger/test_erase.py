"""A lawful erasure: the words are gone from every byte of the file, and the chain stays whole."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaintctl.ledger.check import verify
from complaintctl.ledger.derived import Told
from complaintctl.ledger.store import Ledger

PHONE = b"15400005678"
"""The number that `fill` gives both residents and a photograph's name."""


def forget(path: Path, folded: Callable[..., Any], *, scrub: bool = True) -> None:
    """Erase what both residents told, as `forget` does."""
    with Ledger.open(path, write=True) as ledger:
        with ledger.write("manager", 9_000) as batch:
            batch.append("site", "forgotten", 9_000, {"erased": [2, 3, 4, 6]})
            batch.erase_private([2, 3, 4, 6])
            for number in (1, 2):
                batch.put(folded(number, 1_900, milestones=[("received", 1_900)]), Told())
        if scrub:
            ledger.scrub()


def test_the_words_are_gone_and_the_chain_is_whole(filled: Path, folded: Callable[..., Any]) -> None:
    with Ledger.open(filled) as ledger:
        name = ledger.entries("complaint/1")[1].private["file"]  # type: ignore[index]
        assert ledger.evidence(name) == b"\xff\xd8picture" * 50
        salts = [row[0] for row in ledger.query.rows("SELECT salt FROM entry WHERE salt IS NOT NULL")]
    words = [PHONE, PHONE[:7], "电梯困人".encode(), "梯困".encode(), "张三".encode(), b"picture", b"3-1201", *salts]
    assert all(word in filled.read_bytes() for word in words if word not in (PHONE[:7], b"picture"))
    forget(filled, folded)
    left = filled.read_bytes()
    assert [word for word in words if word in left] == []
    with Ledger.open(filled) as ledger:
        assert verify(ledger) == []
        assert ledger.evidence(name) is None
        assert [entry.private for entry in ledger.entries("complaint/1")] == [None, None, None]
        assert ledger.query.search("电梯") == []
        assert ledger.query.told(1) == ("", None)
    assert [one.name for one in filled.parent.iterdir()] == [filled.name]


def test_after_an_erasure_the_ledger_goes_on(filled: Path, folded: Callable[..., Any]) -> None:
    forget(filled, folded)
    with Ledger.open(filled, write=True) as ledger, ledger.write("desk", 9_100) as batch:
        batch.append("complaint/3", "logged", 9_100, {}, {"text": "电梯又坏了"})
        batch.put(folded(3, 9_100), Told("电梯又坏了"))
    with Ledger.open(filled) as ledger:
        assert [row["id"] for row in ledger.query.search("电梯")] == [3]
        assert verify(ledger) == []


def test_others_words_stay(filled: Path, folded: Callable[..., Any]) -> None:
    with Ledger.open(filled, write=True) as ledger:
        with ledger.write("manager", 9_000) as batch:
            batch.append("complaint/2", "forgotten", 9_000, {"erased": [3, 6]})
            batch.erase_private([3, 6])
            batch.put(folded(2, 1_900), Told())
        ledger.scrub()
        assert [row["id"] for row in ledger.query.search("电梯困人")] == [1]
        assert ledger.entries("complaint/1")[0].private is not None
        assert verify(ledger) == []


def test_no_search_term_of_an_erased_complaint_is_left(tmp_path: Path, folded: Callable[..., Any]) -> None:
    """Also in an index of many parts, where SQLite keeps what was taken out until the parts are merged."""
    import sqlite3

    path = tmp_path / "desk.db"
    with Ledger.create(path) as ledger:
        with ledger.write("a", 1) as batch:
            batch.put_many((folded(n, n), Told(f"寻常的话{n}" + "鸜鹆" * (n in (1, 90)))) for n in range(1, 200))
        for n in range(200, 215):
            with ledger.write("a", 1) as batch:
                batch.put(folded(n, n), Told(f"寻常的话{n}" + "鸜鹆" * (n == 207)))
    with Ledger.open(path, write=True) as ledger:
        with ledger.write("a", 2) as batch:
            for n in (1, 90, 207):
                batch.put(folded(n, n), Told())
        ledger.scrub()
        assert len(ledger.query.search("寻常", limit=None)) == 211
    tool = sqlite3.connect(path)
    tool.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab (main, search, row)")
    terms = {row[0] for row in tool.execute("SELECT term FROM terms")}
    tool.close()
    assert "寻常" in terms
    assert [term for term in terms if "鸜" in term or "鹆" in term] == []
    assert "鸜".encode() not in path.read_bytes()


def test_an_erasure_that_no_entry_of_the_command_orders_is_refused(filled: Path) -> None:
    before = filled.read_bytes()
    with Ledger.open(filled, write=True) as ledger:
        with pytest.raises(ValueError, match="named by an entry"), ledger.write("a", 9_000) as batch:
            batch.append("site", "forgotten", 9_000, {"erased": [2]})
            batch.erase_private([2, 3])
        assert ledger.entries("complaint/1")[0].private is not None
    assert len(before) == filled.stat().st_size


def test_evidence_of_another_entry_with_a_like_number_stays(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    with Ledger.create(path) as ledger, ledger.write("a", 1) as batch:
        entries = [batch.attach("complaint/1", 1, "a.txt", b"words %d" % n) for n in range(1, 13)]
    with Ledger.open(path, write=True) as ledger:
        with ledger.write("a", 2) as batch:
            batch.append("complaint/1", "forgotten", 2, {"erased": [1]})
            batch.erase_private([1])
        left = [ledger.evidence(entry.private["file"]) for entry in entries if entry.private]
        assert left == [None, *(b"words %d" % n for n in range(2, 13))]


@pytest.mark.parametrize(
    ("given", "filed"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\录音.m4a", "录音.m4a"),
        (".hidden", "hidden"),
        ("a\x1b[31m:b?.png", "a_[31m_b_.png"),
        ("/", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_no_name_of_a_file_leads_an_unpacker_astray(tmp_path: Path, given: str, filed: str) -> None:
    path = tmp_path / "desk.db"
    with Ledger.create(path) as ledger, ledger.write("a", 1) as batch:
        entry = batch.attach("complaint/7", 1, given, b"data", {"pinned": True}, {"note": "n"})
    assert entry.private is not None
    assert entry.private["file"] == f"complaint-7/1-{filed}"
    assert entry.private["name"] == given
    assert entry.private["note"] == "n"
    assert (entry.body["pinned"], entry.body["evidence"]["size"]) == (True, 4)


def test_the_standard_archive_tool_reads_the_evidence(filled: Path) -> None:
    """Python's zlib and the documented rule (packed unless size says otherwise) are all that is needed."""
    import sqlite3
    import zlib

    with sqlite3.connect(filled) as tool:
        name, mode, mtime, size, data = tool.execute("SELECT * FROM sqlar").fetchone()
    tool.close()
    assert (name, mode & 0o777, mtime, size) == ("complaint-1/4-照片 15400005678.jpg", 0o600, 2_950, 450)
    assert zlib.decompress(data) == b"\xff\xd8picture" * 50
