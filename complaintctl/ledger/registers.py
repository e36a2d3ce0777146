"""Writing and reading the derived rows of what is kept beside complaints: inspections, visits, people, places.

A register is named like the subject of its entries (`inspection/3`). Its rows are folded from these and always
replaced as a whole; a thing whose beginning was undone has none, and its number is not given again, because the
entries still know it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from complaintctl.ledger.query import Queries

Row = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]
"""The rows of one thing by the name of their table; every column is given."""

REGISTERS: Mapping[str, Mapping[str, str]] = {
    "inspection": {"inspection": "id", "finding": "inspection"},
    "visit": {"visit": "id", "matter": "visit"},
    "staff": {"staff": "id"},
    "department": {"department": "id"},
    "building": {"building": "id", "home": "building"},
}
"""For each register its tables, the main one first, with the column that holds the thing's id."""

DUTY = "duty"
"""The table that inspections and visits share: what they leave to be done by a time."""

TABLES = (DUTY, *(table for tables in REGISTERS.values() for table in tuple(tables)[::-1]))
"""Every table of the registers, those that refer to another before it."""


def put(connection: sqlite3.Connection, register: str, number: int, tables: Tables) -> None:
    """Replace all rows of one thing, inside the caller's transaction; empty `tables` take it out."""
    _take_out(connection, register, number)
    _insert(connection, register, tables)


def put_many(connection: sqlite3.Connection, things: Iterable[tuple[str, int, Tables]]) -> None:
    """Insert the rows of many things that have none yet, given as (register, id, rows)."""
    for register, _, tables in things:
        _insert(connection, register, tables)


def _take_out(connection: sqlite3.Connection, register: str, number: int) -> None:
    connection.execute("DELETE FROM duty WHERE subject = ? AND id = ?", (register, number))
    for table, key in tuple(REGISTERS[register].items())[::-1]:
        connection.execute(f'DELETE FROM {table} WHERE "{key}" = ?', (number,))


def _insert(connection: sqlite3.Connection, register: str, tables: Tables) -> None:
    for table in (*REGISTERS[register], DUTY):
        for row in tables.get(table, ()):
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))


def rows_of(query: "Queries", register: str, number: int) -> dict[str, list[dict[str, Any]]]:
    """All rows of one thing as they are stored, by table, in the order of their keys."""
    found = {}
    for table, key in REGISTERS[register].items():
        sql = f'SELECT * FROM {table} WHERE "{key}" = ?'
        found[table] = sorted((dict(row) for row in query.rows(sql, (number,))), key=_order)
    sql = "SELECT * FROM duty WHERE subject = ? AND id = ?"
    found[DUTY] = sorted((dict(row) for row in query.rows(sql, (register, number))), key=_order)
    return {table: rows for table, rows in found.items() if rows}


def _order(row: Row) -> str:
    return repr(sorted(row.items()))


def same(stored: Tables, expected: Tables) -> bool:
    """Say whether the stored rows of one thing are those folded anew, in whatever order."""
    wanted = {table: sorted(map(dict, rows), key=_order) for table, rows in expected.items() if rows}
    return {table: list(rows) for table, rows in stored.items()} == wanted


def numbers(query: "Queries") -> Iterator[tuple[str, int]]:
    """Every thing that has rows, as (register, id)."""
    for register, tables in REGISTERS.items():
        for row in query.rows(f"SELECT id FROM {next(iter(tables))} ORDER BY id"):
            yield register, int(row[0])


def numbered(query: "Queries", number: str) -> str | None:
    """The subject of the inspection or visit with this number (either case), such as `visit/3`; None for none."""
    name = number.strip().upper()
    for register in ("inspection", "visit") if name.isascii() else ():
        found = query.rows(f"SELECT id FROM {register} WHERE number = ?", (name,))
        if found:
            return f"{register}/{found[0][0]}"
    return None


def next_id(connection: sqlite3.Connection, register: str) -> int:
    """The id for a new thing: one more than the entries have known, so that none is given twice."""
    start = len(register) + 2
    sql = "SELECT max(CAST(substr(subject, ?) AS INTEGER)) FROM entry WHERE subject >= ? AND subject < ?"
    last = connection.execute(sql, (start, f"{register}/", f"{register}0")).fetchone()[0]
    return (last or 0) + 1


def next_number(connection: sqlite3.Connection, register: str, prefix: str, month: str) -> str:
    """The number for a new thing of a month (`202611`), as `JC202611-0001`; none is given twice.

    The entries that take something down (`kind` ending in "planned", "recorded" and the like) hold their number
    in the body, so the numbers of what was undone are known, too.
    """
    sql = (
        "SELECT max(CAST(substr(body, instr(body, ?) + ?, 6) AS INTEGER)) FROM entry "
        "WHERE subject >= ? AND subject < ? AND instr(body, ?) > 0"
    )
    head = f'"number":"{prefix}{month}-'
    last = connection.execute(sql, (head, len(head), f"{register}/", f"{register}0", head)).fetchone()[0]
    return f"{prefix}{month}-{(last or 0) + 1:04d}"
