"""Whatever is changed in the file behind the program's back is found, and named by its entry."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintctl.errors import LedgerError
from complaintctl.ledger.check import Finding, compare, verify
from complaintctl.ledger.derived import Told
from complaintctl.ledger.store import Ledger

COLUMNS = [
    *("batch", "subject", "kind", "at", "recorded_at", "actor", "body"),
    *("private", "salt", "private_digest", "prev_hash", "hash"),
]
TRIGGERS = ("entry_follows", "entry_stays", "entry_remains", "sqlar_new", "sqlar_stays")


class Pristine:
    """The untouched file; an object of its own, because hypothesis prints what a test was given."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def put_back(self, path: Path) -> None:
        path.write_bytes(self.content)


@pytest.fixture
def pristine(filled_once: bytes) -> Pristine:
    return Pristine(filled_once)


def tampered(path: Path, *statements: tuple[str, tuple[Any, ...]] | str) -> None:
    """Change the file as a skilled hand would: drop the triggers, change it, put the triggers back as they were."""
    tool = sqlite3.connect(path, isolation_level=None)
    tool.execute("PRAGMA ignore_check_constraints = ON")
    tool.execute("PRAGMA synchronous = OFF")
    tool.execute("BEGIN")
    shipped = [tool.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0] for name in TRIGGERS]
    for name in TRIGGERS:
        tool.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        sql, values = (statement, ()) if isinstance(statement, str) else statement
        assert tool.execute(sql, values).rowcount != 0
    for sql in shipped:
        tool.execute(sql)
    tool.execute("COMMIT")
    tool.close()


def found(path: Path, anchor: tuple[int, str] | None = None) -> list[Finding]:
    with Ledger.open(path) as ledger:
        return verify(ledger, anchor)


def codes(path: Path, anchor: tuple[int, str] | None = None) -> set[tuple[str, int | None]]:
    return {(finding.code, finding.seq) for finding in found(path, anchor)}


def test_nothing_is_found_where_nothing_was_changed(filled: Path) -> None:
    tampered(filled)
    assert found(filled) == []


@given(seq=st.integers(1, 6), column=st.sampled_from(COLUMNS), data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_any_column_of_any_entry_is_found(
    filled: Path, pristine: Pristine, seq: int, column: str, data: st.DataObject
) -> None:
    pristine.put_back(filled)
    tool = sqlite3.connect(filled)
    old = tool.execute(f"SELECT {column} FROM entry WHERE seq = ?", (seq,)).fetchone()[0]
    tool.close()
    if isinstance(old, int):
        new: object = data.draw(st.integers(-(2**40), 2**40).filter(lambda value: value != old))
    elif isinstance(old, bytes):
        place = data.draw(st.integers(0, len(old) - 1))
        new = old[:place] + bytes([old[place] ^ data.draw(st.integers(1, 255))]) + old[place + 1 :]
    elif old is None:
        new = {"salt": b"0" * 16, "private": "{}", "private_digest": b"0" * 32}[column]
    else:
        place = data.draw(st.integers(0, len(old) - 1))
        new = old[:place] + data.draw(st.sampled_from("x0三").filter(lambda one: one != old[place])) + old[place + 1 :]
    tampered(filled, (f"UPDATE entry SET {column} = ? WHERE seq = ?", (new, seq)))
    assert any(finding.seq in (seq, seq + 1) for finding in found(filled))


def test_an_entry_taken_out_of_the_middle(filled: Path) -> None:
    tampered(filled, "DELETE FROM entry WHERE seq = 5")
    assert {("seq-gap", 6), ("link-broken", 6)} <= codes(filled)


def test_two_entries_exchanged(filled: Path) -> None:
    tampered(
        filled,
        "UPDATE entry SET seq = 99 WHERE seq = 2",
        "UPDATE entry SET seq = 2 WHERE seq = 3",
        "UPDATE entry SET seq = 3 WHERE seq = 99",
    )
    assert {("entry-changed", 2), ("entry-changed", 3)} <= codes(filled)


def test_a_tail_cut_off_is_only_found_by_an_anchor(filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        seq, digest, count = ledger.head()
    assert (seq, count) == (6, 6)
    assert codes(filled, (seq, digest)) == set()
    assert codes(filled, (seq, digest[:16].upper())) == set()
    tampered(filled, "DELETE FROM entry WHERE seq = 6")
    assert codes(filled) == set()
    assert codes(filled, (seq, digest)) == {("anchor-beyond", 6)}


def test_an_anchor_that_differs_or_is_too_short(filled: Path) -> None:
    with Ledger.open(filled) as ledger:
        digest = ledger.query.rows("SELECT hash FROM entry WHERE seq = 4")[0][0].hex()
    assert codes(filled, (4, digest)) == set()
    assert codes(filled, (5, digest)) == {("anchor-differs", 5)}
    assert codes(filled, (4, digest[:15])) == {("anchor-differs", 4)}
    assert codes(filled, (0, digest)) == {("anchor-differs", 0)}


def test_an_erasure_that_no_entry_orders(filled: Path) -> None:
    tampered(filled, "UPDATE entry SET private = NULL, salt = NULL WHERE seq = 3")
    assert codes(filled) == {("erased-unordered", 3)}


def test_half_an_erasure(filled: Path) -> None:
    tampered(filled, "UPDATE entry SET salt = NULL WHERE seq = 3")
    assert ("private-changed", 3) in codes(filled)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE sqlar SET data = zeroblob(length(data))", "evidence-changed"),
        ("UPDATE sqlar SET sz = sz + 1", "evidence-changed"),
        ("DELETE FROM sqlar", "evidence-missing"),
        ("UPDATE sqlar SET name = 'complaint-1/4-other.jpg'", "evidence-missing"),
        ("INSERT INTO sqlar VALUES ('complaint-1/4-second.jpg', 0, 0, 1, x'00')", "evidence-stray"),
        ("INSERT INTO sqlar VALUES ('complaint-2/6-more.jpg', 0, 0, 1, x'00')", "evidence-stray"),
        ("UPDATE adoption SET snapshot = '{}'", "adoption-differs"),
        ("UPDATE adoption SET effective_from = 5", "adoption-differs"),
        ("DELETE FROM adoption", "adoption-differs"),
        ("INSERT INTO adoption VALUES (2, 'site', 0, 0, 'forged', '{}')", "adoption-differs"),
        ("DELETE FROM told WHERE complaint = 2", "search-damaged"),
        ("INSERT INTO clock (complaint, n, clock, step, round, parameter, over, provisional) "
         "VALUES (77, 1, 'x', 'x', 1, 0, 0, 0)", "reference-broken"),
    ],
)  # fmt: skip
def test_what_hangs_on_the_entries(filled: Path, statement: str, code: str) -> None:
    tampered(filled, statement)
    assert code in {one for one, _ in codes(filled)}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        (["DROP TRIGGER entry_stays"], ("schema-missing", "trigger entry_stays")),
        (["DROP INDEX clock_open"], ("schema-missing", "index clock_open")),
        (["DROP TABLE told"], ("schema-missing", "table told")),
        (["CREATE TABLE mine (id)"], ("schema-extra", "table mine")),
        (
            ["CREATE TRIGGER quiet AFTER INSERT ON complaint BEGIN DELETE FROM clock; END"],
            ("schema-extra", "trigger quiet"),
        ),
        (
            [
                "DROP TRIGGER entry_remains",
                "CREATE TRIGGER entry_remains BEFORE DELETE ON entry BEGIN SELECT 1; END",
            ],
            ("schema-changed", "trigger entry_remains"),
        ),
    ],
)
def test_the_schema_is_held_against_the_shipped_one(
    filled: Path, statements: list[str], expected: tuple[str, str]
) -> None:
    tool = sqlite3.connect(filled, isolation_level=None)
    for statement in statements:
        tool.execute(statement)
    tool.close()
    assert expected in {(finding.code, finding.values.get("name")) for finding in found(filled)}


def test_statistics_that_a_tool_made_are_no_change(filled: Path) -> None:
    tool = sqlite3.connect(filled, isolation_level=None)
    tool.execute("ANALYZE")
    tool.close()
    assert found(filled) == []


@given(place=st.integers(4096, 10**6), bit=st.integers(0, 7))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_flipped_bit_never_breaks_the_check_itself(filled: Path, pristine: Pristine, place: int, bit: int) -> None:
    content = bytearray(pristine.content)
    content[place % len(content)] ^= 1 << bit
    filled.write_bytes(content)
    try:
        with Ledger.open(filled) as ledger:
            verify(ledger)
    except LedgerError as error:
        assert error.exit_code == 5


def test_a_changed_byte_of_a_told_word_is_found(filled: Path, filled_once: bytes) -> None:
    word = '"name":"张三"'.encode()
    filled.write_bytes(filled_once.replace(word, '"name":"李三"'.encode()))
    assert codes(filled) == {("private-changed", 2), ("private-changed", 3)}


# ---- the rows folded from the entries


def rows_of(folded: Callable[..., Any]) -> list[tuple[Any, Told]]:
    clocks = [{"step": "contacted", "due_at": 9_000}, {"step": "resolved", "due_at": 20_000}]
    return [
        (folded(1, 1_900, clocks, [("received", 1_900)], kind="repair", last_seq=6), Told("灯", "3-1")),
        (folded(2, 1_900, [], [("received", 1_900)], last_seq=6), Told()),
    ]


def compared(path: Path, expected: list[tuple[Any, Told]]) -> list[tuple[str, object, object, object]]:
    with Ledger.open(path) as ledger:
        return [
            (one.code, one.values["table"], one.values["complaint"], one.values.get("columns"))
            for one in compare(ledger, expected)
        ]


def test_rows_that_are_as_folded(filled: Path, folded: Callable[..., Any]) -> None:
    expected = rows_of(folded)
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        for rows, told in expected:
            batch.put(rows, told)
    assert compared(filled, expected) == []
    assert compared(filled, expected[::-1]) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE complaint SET kind = 'x' WHERE id = 1", ("row-differs", "complaint", 1, ["kind"])),
        ("UPDATE complaint SET contacted_due = 1 WHERE id = 1", ("row-differs", "complaint", 1, ["contacted_due"])),
        ("UPDATE clock SET due_at = due_at + 1 WHERE n = 2", ("row-differs", "clock", 1, [])),
        ("DELETE FROM clock WHERE n = 1", ("row-differs", "clock", 1, [])),
        ("UPDATE milestone SET at = 0 WHERE complaint = 2", ("row-differs", "milestone", 2, [])),
        ("UPDATE told SET unit = '9-9'", ("row-differs", "told", 1, [])),
        ("UPDATE complaint SET id = 3 WHERE id = 2", ("row-extra", "complaint", 3, None)),
    ],
)
def test_rows_that_are_not_as_folded(
    filled: Path, folded: Callable[..., Any], statement: str, expected: tuple[object, ...]
) -> None:
    rows = rows_of(folded)
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        for one, told in rows:
            batch.put(one, told)
    tampered(filled, statement)
    assert expected in compared(filled, rows)


def test_a_complaint_without_its_row(filled: Path, folded: Callable[..., Any]) -> None:
    expected = [*rows_of(folded), (folded(3, 5_000), Told())]
    assert ("row-missing", "complaint", 3, None) in compared(filled, expected)


def test_who_writes_during_the_check_is_no_finding(filled: Path, folded: Callable[..., Any]) -> None:
    expected = rows_of(folded)
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        for rows, told in expected:
            batch.put(rows, told)

    def while_someone_writes() -> Iterator[tuple[Any, Told]]:
        for rows, told in expected:
            with Ledger.open(filled, write=True) as other, other.write("b", 4_000) as batch:
                number = rows.complaint["id"]
                seq = batch.append(f"complaint/{number}", "recorded", 4_000, {"steps": ["contacted"]}).seq
                batch.put(folded(number, 1_900, last_seq=seq, contacted_at=4_000), told)
                seq = batch.append(f"complaint/{number + 2}", "logged", 4_000, {}).seq
                batch.put(folded(number + 2, 4_000, last_seq=seq), Told())
            yield rows, told

    with Ledger.open(filled) as ledger:
        assert list(compare(ledger, while_someone_writes())) == []


def test_pretending_to_be_newer_does_not_hide_a_change(filled: Path, folded: Callable[..., Any]) -> None:
    expected = rows_of(folded)
    with Ledger.open(filled, write=True) as ledger, ledger.write("a", 4_000) as batch:
        for rows, told in expected:
            batch.put(rows, told)
    tampered(filled, "UPDATE complaint SET last_seq = 99, kind = 'x' WHERE id = 1")
    assert ("row-differs", "complaint", 1, ["kind", "last_seq"]) in compared(filled, expected)
