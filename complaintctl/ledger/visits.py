"""Questions to the rows of visits: by id, number and year."""

import sqlite3

from complaintctl.ledger.query import Queries


def visit_id(query: Queries, name: str) -> int | None:
    """The id of the visit named `3` or `ZF202611-0001` (either case); None if there is none."""
    name = name.strip().upper()
    if not name.isascii():
        return None
    if name.isdigit() and len(name) < 19:
        found = query.rows("SELECT id FROM visit WHERE id = ?", (int(name),))
    else:
        found = query.rows("SELECT id FROM visit WHERE number = ?", (name,))
    return found[0]["id"] if found else None


def planned(query: Queries, kind: str) -> list[sqlite3.Row]:
    """Visits of a kind that are planned, neither held nor dropped, the earliest first."""
    return query.rows(
        "SELECT * FROM visit INDEXED BY visit_planned WHERE kind = ? AND planned_at IS NOT NULL "
        "AND held_at IS NULL AND dropped_at IS NULL ORDER BY planned_at, id",
        (kind,),
    )


def visits(
    query: Queries, start: int, end: int, *, kind: str | None = None, area: str | None = None
) -> list[sqlite3.Row]:
    """Visits planned for, or held in, a stretch of time (`end` not included), the earliest first.

    A row has the columns of `visit` and how many matters it has, and how many of them are still open. A day planned
    is kept as its end, so it lies one second before.
    """
    return query.rows(
        "SELECT v.*, (SELECT count(*) FROM matter m WHERE m.visit = v.id) AS matters, "
        "(SELECT count(*) FROM matter m WHERE m.visit = v.id AND m.met_at IS NULL) AS open "
        "FROM visit v WHERE ((v.held_at >= :start AND v.held_at < :end) "
        "OR (v.planned_at > :start AND v.planned_at <= :end)) "
        "AND (:kind IS NULL OR v.kind = :kind) AND (:area IS NULL OR v.area = :area) "
        "ORDER BY coalesce(v.held_at, v.planned_at - 1), v.id",
        {"start": start, "end": end, "kind": kind, "area": area},
    )
