"""Questions about what stands beside complaints: duties by a time, and when inspections and visits were held."""

import sqlite3
from collections.abc import Sequence

from complaintctl.ledger.query import Queries

_NEVER = 2**62
_TABLES = {"inspection": "inspection", "visit": "visit"}


def began(query: Queries) -> int | None:
    """When the office began to work with this ledger; None where no procedure was adopted.

    That is its adoption, or the first complaint, inspection or visit, if all of these came later: a ledger may be
    made ready months before anybody uses it.
    """
    adopted = query.rows("SELECT adopted_at FROM adoption WHERE kind = 'procedure' ORDER BY seq LIMIT 1")
    if not adopted:
        return None
    first = query.rows(
        "SELECT min(coalesce((SELECT min(received_at) FROM complaint WHERE voided_at IS NULL), :never), "
        "coalesce((SELECT min(held_at) FROM inspection), :never), coalesce((SELECT min(held_at) FROM visit), :never))",
        {"never": _NEVER},
    )[0][0]
    return int(adopted[0][0]) if first == _NEVER else max(int(adopted[0][0]), int(first))


def open_duties(query: Queries, due_before: int) -> list[sqlite3.Row]:
    """Duties of inspections and visits not met whose due moment lies before `due_before`, longest due first.

    Each row has the columns of the duty and `number` of its inspection or visit.
    """
    return query.rows(
        "SELECT d.*, coalesce(i.number, v.number) AS number FROM duty d INDEXED BY duty_open "
        "LEFT JOIN inspection i ON d.subject = 'inspection' AND i.id = d.id "
        "LEFT JOIN visit v ON d.subject = 'visit' AND v.id = d.id "
        "WHERE d.met_at IS NULL AND d.ended_at IS NULL AND d.due_at IS NOT NULL AND d.due_at < ? "
        "ORDER BY d.due_at, d.subject, d.id, d.n",
        (due_before,),
    )


def last_held(query: Queries, subject: str, kind: str, area: str | None, until: int) -> int | None:
    """When the last one of a kind was held, at or before `until`; of visits only those to `area` if one is given."""
    table = _TABLES[subject]
    narrowed = "AND area = :area" if area is not None else ""
    found = query.rows(
        f"SELECT held_at FROM {table} INDEXED BY {table}_held WHERE kind = :kind AND held_at IS NOT NULL "
        f"AND held_at <= :until {narrowed} ORDER BY held_at DESC LIMIT 1",
        {"kind": kind, "until": until, "area": area},
    )
    return int(found[0][0]) if found else None


def held(query: Queries, subject: str, kind: str, area: str | None, since: int, before: int) -> int:
    """How many of a kind were held from `since` till before `before`; of visits only those to `area` if given."""
    table = _TABLES[subject]
    narrowed = "AND area = :area" if area is not None else ""
    found = query.rows(
        f"SELECT count(*) FROM {table} INDEXED BY {table}_held WHERE kind = :kind AND held_at IS NOT NULL "
        f"AND held_at >= :since AND held_at < :before {narrowed}",
        {"kind": kind, "since": since, "before": before, "area": area},
    )
    return int(found[0][0])


def planned_and_not_held(query: Queries, subject: str, until: int) -> list[sqlite3.Row]:
    """Inspections or visits planned for a day that ended at or before `until` and neither held nor dropped."""
    table = _TABLES[subject]
    return query.rows(
        f"SELECT * FROM {table} INDEXED BY {table}_planned WHERE planned_at IS NOT NULL AND planned_at <= ? "
        "AND held_at IS NULL AND dropped_at IS NULL ORDER BY planned_at, id",
        (until,),
    )


def areas(query: Queries, now: int) -> Sequence[tuple[str, int]]:
    """The areas of the site, as its buildings name them, else the people who are there at `now`, each with the moment
    when it was first written down; empty while nobody has named any.
    """
    sql = "SELECT area, min(area_since) FROM {} WHERE area IS NOT NULL{} GROUP BY area ORDER BY area"
    found = query.tuples(sql.format("building", ""))
    if not found:
        there = " AND coalesce(left_at, :never) > :now"
        found = query.tuples(sql.format("staff", there), {"now": now, "never": _NEVER})
    return [(str(area), int(since or 0)) for area, since in found]


# ---- what a month counts


def held_between(query: Queries, subject: str, since: int, before: int) -> list[tuple[str, int]]:
    """How many of each kind were held from `since` till before `before`, as (kind, count)."""
    table = _TABLES[subject]
    return query.tuples(
        f"SELECT kind, count(*) FROM {table} WHERE held_at >= ? AND held_at < ? GROUP BY kind ORDER BY kind",
        (since, before),
    )


def findings_between(query: Queries, since: int, before: int, now: int) -> list[tuple[str, int]]:
    """How many findings were written down in a span, by how they stand at `now`, as (state, count).

    States: met and late (put right), overdue, running, untimed (no limit was given).
    """
    return query.tuples(
        "SELECT CASE WHEN due_at IS NULL THEN 'untimed' "
        "WHEN rectified_at IS NOT NULL AND rectified_at <= :now THEN iif(rectified_at <= due_at, 'met', 'late') "
        "WHEN due_at < :now THEN 'overdue' ELSE 'running' END AS state, count(*) "
        "FROM finding WHERE found_at >= :since AND found_at < :before GROUP BY state ORDER BY state",
        {"since": since, "before": before, "now": now},
    )


def matters_between(query: Queries, since: int, before: int, now: int) -> list[tuple[str, int]]:
    """How many matters and questions visits left in a span, as (dealt or open, count)."""
    return query.tuples(
        "SELECT iif(met_at IS NOT NULL AND met_at <= :now, 'dealt', 'open') AS state, count(*) "
        "FROM matter INDEXED BY matter_raised WHERE raised_at >= :since AND raised_at < :before "
        "GROUP BY state ORDER BY state",
        {"since": since, "before": before, "now": now},
    )


def questionnaires_between(query: Queries, since: int, before: int) -> tuple[int, int, int]:
    """The questionnaires of a span put together: (sent out, came back, content)."""
    return query.tuples(
        "SELECT coalesce(sum(sent), 0), coalesce(sum(returned), 0), coalesce(sum(satisfied), 0) FROM visit "
        "WHERE held_at >= ? AND held_at < ? AND returned IS NOT NULL AND satisfied IS NOT NULL",
        (since, before),
    )[0]
