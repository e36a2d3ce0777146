"""Questions to the rows of inspections."""

import sqlite3

from complaintctl.ledger.query import Queries


def inspection_id(query: Queries, name: str) -> int | None:
    """The id of the inspection named `3` or `JC202611-0001` (either case); None if there is none."""
    name = name.strip().upper()
    if not name.isascii():
        return None
    if name.isdigit() and len(name) < 19:
        found = query.rows("SELECT id FROM inspection WHERE id = ?", (int(name),))
    else:
        found = query.rows("SELECT id FROM inspection WHERE number = ?", (name,))
    return found[0]["id"] if found else None


def plans(query: Queries, kind: str) -> list[sqlite3.Row]:
    """Plans of a kind that are neither held nor dropped, the earliest day first: id, number and planned_at."""
    return query.rows(
        "SELECT id, number, planned_at FROM inspection WHERE planned_at IS NOT NULL AND held_at IS NULL "
        "AND dropped_at IS NULL AND kind = ? ORDER BY planned_at, id",
        (kind,),
    )
