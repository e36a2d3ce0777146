"""Questions to the registers of people and places: staff, departments, buildings, homes.

All of them are small next to the complaints; names, codes and units are found through an index.
"""

import json
from collections.abc import Sequence
from typing import Any

from complaintctl.ledger.query import Queries

_PARTS = 400
"""How many subjects are asked for in one statement."""

Row = dict[str, Any]


def _rows(query: Queries, sql: str, values: Sequence[object] = ()) -> list[Row]:
    return [dict(row) for row in query.rows(sql, values)]


# ---- people


def staff(query: Queries) -> list[Row]:
    """Everybody ever registered, in the order of registration; who left has `left_at`."""
    return _rows(query, "SELECT * FROM staff ORDER BY id")


def named(query: Queries, name: str) -> list[Row]:
    """Everybody of that name, in the order of registration."""
    return _rows(query, "SELECT * FROM staff WHERE name = ? ORDER BY id", (name,))


def member(query: Queries, number: int) -> Row | None:
    """The member of staff with this id; None for none."""
    found = _rows(query, "SELECT * FROM staff WHERE id = ?", (number,))
    return found[0] if found else None


def resting_on(query: Queries, number: int) -> list[tuple[str, int]]:
    """What names a member of staff: (`staff`, id) he is the superior of, departments he heads, buildings he assists."""
    return [
        (str(row[0]), int(row[1]))
        for row in query.rows(
            "SELECT 'staff', id FROM staff WHERE superior = :id UNION ALL "
            "SELECT 'department', id FROM department WHERE head = :id UNION ALL "
            "SELECT 'building', id FROM building WHERE assistant = :id",
            {"id": number},
        )
    ]


def handlers(query: Queries, complaints: Sequence[int], until_recorded: int | None = None) -> dict[int, int | None]:
    """Who took each of these complaints on, by the last dispatch that was not undone; None where it names nobody
    registered, missing where there is none. With `until_recorded` as the entries of then have it.
    """
    subjects = [f"complaint/{complaint}" for complaint in sorted(set(complaints))]
    known = "" if until_recorded is None else f" AND recorded_at <= {until_recorded:d}"
    found: list[Row] = []
    for at in range(0, len(subjects), _PARTS):
        part = subjects[at : at + _PARTS]
        marks = ", ".join("?" * len(part))
        found += _rows(
            query,
            f"SELECT subject, batch, kind, body FROM entry WHERE subject IN ({marks}) "
            f"AND +kind IN ('assigned', 'undone'){known} ORDER BY seq",
            part,
        )
    rows = [
        (int(row["subject"].partition("/")[2]), row["batch"], row["kind"], json.loads(row["body"])) for row in found
    ]
    undone = {body["batch"] for _, _, kind, body in rows if kind == "undone"}
    return {
        complaint: body.get("staff")
        for complaint, batch, kind, body in rows
        if kind == "assigned" and batch not in undone
    }


# ---- departments


def departments(query: Queries) -> list[Row]:
    """Every department registered, in the order of registration; a closed one has `closed_at`."""
    return _rows(query, "SELECT * FROM department ORDER BY id")


def department_named(query: Queries, name: str) -> Row | None:
    """The department of that name; None for none."""
    found = _rows(query, "SELECT * FROM department WHERE name = ?", (name,))
    return found[0] if found else None


# ---- places


def buildings(query: Queries) -> list[Row]:
    """Every building registered, in the order of registration."""
    return _rows(query, "SELECT * FROM building ORDER BY id")


def building_coded(query: Queries, code: str) -> Row | None:
    """The building of that code; None for none."""
    found = _rows(query, "SELECT * FROM building WHERE code = ?", (code,))
    return found[0] if found else None


def building_of_home(query: Queries, unit: str) -> Row | None:
    """The building in which a home was put down as lying; None for none."""
    found = _rows(query, "SELECT b.* FROM home h JOIN building b ON b.id = h.building WHERE h.unit = ?", (unit,))
    return found[0] if found else None


def homes(query: Queries) -> dict[str, int]:
    """Every home put down, with the id of its building."""
    return dict(query.tuples("SELECT unit, building FROM home"))


def count_homes(query: Queries) -> dict[int, int]:
    """How many homes are put down for each building that has any."""
    return dict(query.tuples("SELECT building, count(*) FROM home GROUP BY building"))


def areas(query: Queries) -> list[str]:
    """The areas named with a building or with anybody registered, in the order of the alphabet."""
    sql = "SELECT area FROM building WHERE area IS NOT NULL UNION SELECT area FROM staff WHERE area IS NOT NULL"
    return [str(row[0]) for row in query.tuples(f"{sql} ORDER BY 1")]
