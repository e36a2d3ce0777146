"""verify, rebuild, backup and restore at the terminal; and what the ledger would have said at an earlier moment."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

REPORTS = (
    *(("list", "--all"), ("list", "--all", "--format", "csv"), ("overdue", "--all"), ("overdue", "--format", "csv")),
    *(
        ("today",),
        ("today", "--json"),
        ("show", "1", "--json"),
        ("show", "2", "--all"),
        ("why", "2"),
        ("why", "3", "--json"),
    ),
    *(("monthly-report", "2026-11"), ("monthly-report", "2026-11", "--json"), ("search", "灯")),
    *(("monthly-report", "2026-11", "--format", "csv"), ("monthly-report", "2026-11", "--complaints", "received")),
)


@pytest.fixture
def busy(clerk: Any) -> Any:
    """A fortnight with five complaints: closed, late, agreed, linked, and one taken back."""
    clerk.take("2026-11-02 09:00", "--text", "楼道灯坏了")
    clerk("2026-11-02 09:05", "assign", "1", "工程部")
    clerk("2026-11-02 10:00", "resolve", "1", "灯泡已换")
    clerk("2026-11-02 10:30", "notify", "1", "--via", "visit", "--accepted")
    clerk("2026-11-04 10:30", "revisit", "1", "--satisfied")
    clerk.take("2026-11-10 09:00", "--fault")
    clerk("2026-11-10 09:30", "assign", "2", "客服部")
    clerk.take("2026-11-12 09:00", "--unit", "3-2-502")
    clerk("2026-11-12 09:30", "link", "2", "3")
    clerk.take("2026-11-13 09:00")
    clerk("2026-11-13 09:05", "undo")
    clerk.take("2026-11-16 09:00", "--responsibility", "resident", "--category", "noise")
    clerk("2026-11-17 09:00", "record", "3", "reply-agreed", "--agreed-by", "11-27 18:00")
    return clerk


# ---- verify


def test_verify_gives_an_anchor_that_it_takes_back(busy: Any) -> None:
    data = busy("09:00", "verify", "--json").data
    assert data["findings"] == [] and data["seq"] == data["entries"]
    out = busy("09:00", "verify").out
    assert f"{data['seq']}:{data['hash']}" in out
    busy("09:05", "assign", "3", "工程部")
    for anchor in (f"{data['seq']}:{data['hash']}", f"{data['seq']}:{data['hash'][:16].upper()}"):
        busy("09:10", "verify", "--anchor", anchor)
    month = busy("09:10", "monthly-report", "2026-11", "--json").data["anchor"]
    busy("09:11", "verify", "--anchor", f"{month['seq']}:{month['hash']}")


def test_a_tail_cut_off_shows_against_the_anchor(busy: Any) -> None:
    kept = busy.ledger.read_bytes()
    busy("09:05", "assign", "3", "工程部")
    data = busy("09:10", "verify", "--json").data
    busy.ledger.write_bytes(kept)
    busy("09:11", "verify")
    for words in ((), ("--json",)):
        ran = busy("09:12", "verify", "--anchor", f"{data['seq']}:{data['hash']}", *words, code=6)
        assert "anchor" in ran.out
    document = ran.json
    assert document["error"]["code"] == "findings" and document["data"]["findings"]
    assert busy("09:12", "verify", "--anchor", f"1:{'0' * 64}", code=6, lang="zh").err


def test_a_word_changed_behind_its_back_is_found(busy: Any) -> None:
    with sqlite3.connect(busy.ledger) as other:
        other.execute("DROP TRIGGER IF EXISTS entry_no_update")
        names = [row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            other.execute(f"DROP TRIGGER {name}")
        other.execute("UPDATE entry SET body = replace(body, '客服部', '工程部') WHERE kind = 'assigned'")
    other.close()
    document = busy("09:00", "verify", "--json", code=6).json
    assert document["data"]["findings"]
    assert "the entry was changed" in busy("09:00", "verify", code=6).out


# ---- rebuild


def test_rebuilding_changes_no_byte_of_any_report(busy: Any) -> None:
    def reports() -> list[tuple[bytes, bytes]]:
        found = []
        for language in ("en", "zh"):
            for words in REPORTS:
                ran = busy("12:00", *words, lang=language)
                found.append((ran.raw, ran.raw_err))
        return found

    before, head = reports(), busy("12:00", "verify", "--json").data
    assert busy("12:00", "rebuild", "--json").data == {"complaints": 5}
    assert reports() == before
    assert busy("12:00", "verify", "--json").data == head


def test_rebuilding_mends_rows_that_were_spoilt(busy: Any) -> None:
    before = busy("12:00", "list", "--all", "--json").out
    with sqlite3.connect(busy.ledger) as other:
        other.execute("UPDATE complaint SET received_at = received_at + 86400 WHERE id = 2")
        other.execute("DELETE FROM clock WHERE complaint = 3")
    other.close()
    findings = busy("12:00", "verify", "--json", code=6).json["data"]["findings"]
    assert findings
    busy("12:00", "rebuild")
    busy("12:00", "verify")
    assert busy("12:00", "list", "--all", "--json").out == before


# ---- backup and restore


def folder_of(clerk: Any) -> Path:
    path: Path = clerk.shell.home / "copies"
    return path


def test_copies_are_kept_by_day_and_the_oldest_go(busy: Any) -> None:
    folder = folder_of(busy)
    for day in range(20, 26):
        data = busy(f"2026-11-{day} 01:30", "backup", f"{folder}/", "--keep", "3", "--json").data
    assert sorted(file.name for file in folder.iterdir()) == [f"site-2026-11-{day}.db" for day in (23, 24, 25)]
    assert data["removed"] == [str(folder / "site-2026-11-22.db")]
    # The same night again takes the place of its own copy; what is no copy of ours is left alone.
    (folder / "site-2026-11-01.db").write_text("notes")
    busy("2026-11-25 02:30", "backup", f"{folder}/", "--keep", "3")
    assert (folder / "site-2026-11-01.db").read_text() == "notes"
    assert len(list(folder.iterdir())) == 4
    data = busy("2026-11-25 03:00", "verify", "--json").data
    copy = busy("2026-11-25 03:00", "--ledger", str(folder / "site-2026-11-25.db"), "verify", "--json").data
    assert copy == data


def test_a_copy_never_takes_the_place_of_another_file(busy: Any) -> None:
    target = busy.shell.home / "copy.db"
    data = busy("09:00", "backup", str(target), "--json").data
    assert data["seq"] == data["entries"] and target.stat().st_mode & 0o777 == 0o600
    before = target.read_bytes()
    assert busy("09:01", "backup", str(target), "--json", code=2).json["error"]["code"] == "file-taken"
    assert target.read_bytes() == before
    busy("09:02", "backup", str(target.with_name("x")), "--keep", "3", code=2)
    busy("09:02", "backup", "/nowhere/at/all/copy.db", "--json", code=5)


def test_restoring_keeps_what_lay_there_beside_it(busy: Any) -> None:
    copy = busy.shell.home / "copy.db"
    busy("09:00", "backup", str(copy))
    busy("09:05", "assign", "3", "工程部")
    now = busy.digest()
    assert busy("09:10", "restore", str(copy), "--json", code=5).json["error"]["code"] == "ledger-exists"
    assert busy.digest() == now
    data = busy("09:10", "restore", str(copy), "--replace", "--json").data
    aside = Path(data["aside"])
    assert (
        aside.parent == busy.ledger.parent
        and busy("09:11", "--ledger", str(aside), "show", "3", "--json").data["department"] == "工程部"
    )
    assert busy("09:11", "show", "3", "--json").data["department"] is None
    assert busy("09:11", "verify", "--json").data["findings"] == []
    busy.ledger.unlink()
    assert busy("09:12", "restore", str(copy), "--json").data["aside"] is None
    ran = busy("09:13", "show", "3")
    assert ran.code == 0


def test_a_copy_that_is_none_is_not_restored(busy: Any) -> None:
    before = busy.digest()
    letter = busy.shell.home / "letter.db"
    letter.write_text("dear resident " * 500)
    torn = busy.shell.home / "torn.db"
    torn.write_bytes(busy.ledger.read_bytes()[:-2048])
    for file, code in ((letter, "ledger-foreign"), (torn, "ledger-damaged")):
        for language in ("en", "zh"):
            ran = busy("09:00", "restore", str(file), "--replace", "--json", code=5, lang=language)
            assert ran.json["error"]["code"] == code
    assert busy.digest() == before
    assert sorted(one.name for one in busy.shell.home.iterdir() if "before" in one.name or "part" in one.name) == []


# ---- as of an earlier moment


def as_of(clerk: Any, *words: str, moment: str = "2026-11-13 09:00") -> Any:
    return clerk("09:00", *words, "--as-of", moment, "--json").data


def then(clerk: Any, *words: str, when: str = "2026-11-13 09:00") -> Any:
    return clerk(when, *words, "--json").data


def test_a_week_ago_is_what_it_was_a_week_ago(clerk: Any) -> None:
    """Everything that can look back is asked on the day, and again a week and more of work later."""
    clerk.take("2026-11-10 09:00", "--fault")
    clerk("2026-11-10 09:30", "assign", "1", "客服部")
    clerk.take("2026-11-12 16:00", "--unit", "3-2-502")
    asked: tuple[tuple[str, ...], ...] = (
        *(("list", "--all"), ("overdue",), ("overdue", "--within", "2d"), ("today",), ("show", "1"), ("show", "2")),
        *(("why", "1"), ("monthly-report", "2026-11")),
    )
    on_the_day = [then(clerk, *words) for words in asked]
    clerk("2026-11-13 09:05", "assign", "2", "工程部", "--at", "2026-11-12 16:05")
    clerk("2026-11-13 10:00", "resolve", "1", "道歉")
    clerk("2026-11-13 10:30", "notify", "1", "--via", "visit", "--accepted")
    clerk("2026-11-14 10:00", "amend", "1", "--no-fault", "--from-the-start", "--reason", "查无此事")
    clerk("2026-11-15 10:00", "procedure", "adopt", "service-code")
    clerk.take("2026-11-16 10:00")
    clerk.take("2026-11-17 10:00", "--at", "2026-11-11 10:00")
    clerk("2026-11-18 10:00", "undo")
    assert [as_of(clerk, *words) for words in asked] == on_the_day
    assert clerk("09:00", "show", "3", "--as-of", "2026-11-13 09:00", code=3).out == ""


#: What has changed in the month between the 11th and the 20th at 9: by hand, (value, numerator, denominator, left out).
#: Of complaints 1 and 2, two more came; none was dispatched, 3 was spoken to after five days, nothing was resolved.
CHANGED = {
    "received": ((2, 2, None, 0), (4, 4, None, 0)),
    "open-end": ((1, 1, None, 0), (3, 3, None, 0)),
    "dispatched-on-time": ((1 / 2, 1, 2, 0), (1 / 3, 1, 3, 1)),
    "contacted-on-time": ((1 / 2, 1, 2, 0), (1 / 4, 1, 4, 0)),
    "timely-rate": ((1 / 2, 1, 2, 0), (1 / 3, 1, 3, 1)),
    "valid-complaint-rate": ((None, 2, None, 2), (None, 3, None, 3)),
    "time-to-dispatch-median": ((1050, None, 2, 0), (1050, None, 2, 2)),
    "time-to-dispatch-p90": ((1800, None, 2, 0), (1800, None, 2, 2)),
    "time-to-contact-median": ((5400, None, 1, 1), ((5400 + 5 * 86_400) / 2, None, 2, 2)),
    "time-to-contact-p90": ((5400, None, 1, 1), (5 * 86_400, None, 2, 2)),
    "time-to-resolve-median": ((3600, None, 1, 1), (3600, None, 1, 3)),
    "time-to-resolve-p90": ((3600, None, 1, 1), (3600, None, 1, 3)),
    "open-up-to-1-day": ((1, 1, None, 0), (0, 0, None, 0)),
    "open-up-to-7-days": ((0, 0, None, 0), (1, 1, None, 0)),
    "open-up-to-30-days": ((0, 0, None, 0), (2, 2, None, 0)),
}


def test_two_views_of_a_month_differ_exactly_by_what_happened_between(busy: Any) -> None:
    def figures(data: Any) -> dict[str, Any]:
        parts = ("value", "numerator", "denominator", "left_out")
        return {one["key"]: tuple(one[part] for part in parts) for one in data["figures"]}

    early = figures(as_of(busy, "monthly-report", "2026-11", moment="2026-11-11 09:00"))
    late = figures(then(busy, "monthly-report", "2026-11", when="2026-11-20 09:00"))
    assert set(early) == set(late)
    assert {key: (early[key], late[key]) for key in late if early[key] != late[key]} == CHANGED
    items = as_of(busy, "list", "--all", moment="2026-11-11 09:00")["items"]
    assert [one["number"] for one in items] == ["TS202611-0002", "TS202611-0001"]


@pytest.mark.parametrize(
    "words", [("list",), ("overdue",), ("today",), ("show", "1"), ("why", "1"), ("monthly-report",)]
)
def test_looking_back_says_so_and_does_not_look_ahead(busy: Any, words: tuple[str, ...]) -> None:
    before = busy.digest()
    ran = busy("09:00", *words, "--as-of", "2026-11-19 18:00")
    assert "As the ledger stood at 2026-11-19 18:00." in ran.err
    assert "2026-11-19 18:00" in busy("09:00", *words, "--as-of", "昨天18:00", lang="zh").err
    error = busy("09:00", *words, "--as-of", "09:01", "--json", code=2).json["error"]
    assert error["code"] == "future-moment"
    assert busy.digest() == before


def test_before_there_was_a_ledger_nothing_was_there(busy: Any) -> None:
    assert as_of(busy, "list", "--all", moment="2025-12-31 09:00")["items"] == []
    assert as_of(busy, "overdue", moment="2025-12-31 09:00")["items"] == []
    busy("09:00", "show", "1", "--as-of", "2025-12-31 09:00", code=3)


def test_a_copied_file_is_the_same_ledger(busy: Any) -> None:
    other = busy.shell.home / "moved.db"
    shutil.copy(busy.ledger, other)
    ran = busy("09:00", "--ledger", str(other), "list", "--all", "--json")
    assert ran.data == busy("09:00", "list", "--all", "--json").data
