"""What is related to a complaint while it is taken down: open ones of about the same time, and the home's earlier ones.

Both are asked with every complaint, so both go through an index: over what is open, and over the home.
"""

import sqlite3
from collections.abc import Sequence

from complaintctl.ledger.query import Queries

_MOST_COMPARED = 200
"""Open complaints that a new one is compared with: the newest; more than any desk has in some days."""


def open_beside(query: Queries, since: int, until: int) -> list[sqlite3.Row]:
    """Open complaints and repair requests received from `since` to `until`, and those of an open event whenever.

    The newest first. Columns: id, number, received_at, category, building, event, households, `unit` as last told,
    `outage`, and `private`: the JSON of what was told at first, None once it is erased.
    """
    return query.rows(
        "SELECT c.id, c.number, c.received_at, c.category, c.building, c.event, c.households, t.unit, "
        "json_extract(e.body, '$.facts.outage') AS outage, e.private "
        "FROM complaint c INDEXED BY complaint_open LEFT JOIN told t ON t.complaint = c.id "
        "JOIN entry e INDEXED BY entry_subject ON e.subject = 'complaint/' || c.id AND e.kind = 'logged' "
        "WHERE c.closed_at IS NULL AND c.voided_at IS NULL AND c.kind IN ('complaint', 'repair') "
        "AND (c.received_at BETWEEN ? AND ? OR c.event IS NOT NULL) ORDER BY c.received_at DESC, c.id DESC LIMIT ?",
        (since, until, _MOST_COMPARED),
    )


def of_home(
    query: Queries,
    units: Sequence[str],
    since: int,
    before: int,
    *,
    category: str | None = None,
    still_open: bool = False,
    limit: int = -1,
) -> list[sqlite3.Row]:
    """The complaints of a home, in whichever of these ways it is written, received from `since` till before `before`.

    The newest first; `still_open` adds older ones that are not closed yet. Rows as of `Queries.complaint`.
    """
    marks = ", ".join("?" * len(units))
    return query.rows(
        "SELECT c.* FROM told t INDEXED BY told_unit CROSS JOIN complaint c ON c.id = t.complaint "
        f"WHERE t.unit IN ({marks}) AND c.voided_at IS NULL AND c.received_at < ? "
        "AND (c.received_at >= ? OR (? AND c.closed_at IS NULL)) AND (? IS NULL OR c.category = ?) "
        "ORDER BY c.received_at DESC, c.id DESC LIMIT ?",
        (*units, before, since, still_open, category, category, limit),
    )


def in_events(query: Queries) -> list[sqlite3.Row]:
    """The complaints of every event that still has an open one, and open ones that are collective by themselves.

    In the order of receipt. Rows as of `Queries.complaint`; closed members of such an event are among them.
    """
    return query.rows(
        "WITH leads AS (SELECT DISTINCT coalesce(event, id) AS lead FROM complaint INDEXED BY complaint_open "
        "WHERE closed_at IS NULL AND voided_at IS NULL "
        "AND (event IS NOT NULL OR (collective_at IS NOT NULL AND households > 1))) "
        "SELECT c.* FROM leads l CROSS JOIN complaint c INDEXED BY complaint_event ON c.event = l.lead "
        "WHERE c.voided_at IS NULL UNION SELECT c.* FROM leads l CROSS JOIN complaint c ON c.id = l.lead "
        "WHERE c.voided_at IS NULL ORDER BY received_at, id",
    )


def owed(query: Queries, complaints: Sequence[int], now: int) -> list[sqlite3.Row]:
    """What is owed on these complaints at a moment: clocks begun and neither met nor ended, with a limit or without."""
    found: list[sqlite3.Row] = []
    for at in range(0, len(complaints), 400):
        part = complaints[at : at + 400]
        found += query.rows(
            f"SELECT * FROM clock WHERE complaint IN ({', '.join('?' * len(part))}) AND met_at IS NULL AND over = 0 "
            "AND started_at <= ? AND (ended_at IS NULL OR ended_at > ?) ORDER BY complaint, n",
            (*part, now, now),
        )
    return found


def holding(query: Queries, pairs: Sequence[str], most: int, ids: tuple[int, int]) -> dict[str, list[int]]:
    """For each pair of characters the newest complaints that hold it, at most `most`, of those between two ids.

    Read from the search index, the newest first, so that it takes as long however many there are.
    """
    part = "SELECT ?, rowid FROM (SELECT rowid FROM search WHERE words MATCH ? AND rowid > ? AND rowid < ? {})"
    part = part.format("ORDER BY rowid DESC LIMIT ?")
    values = [value for pair in pairs for value in (pair, f'"{pair}"', *ids, most)]
    found: dict[str, list[int]] = {pair: [] for pair in pairs}
    if pairs:
        for pair, complaint in query.tuples(" UNION ALL ".join([part] * len(pairs)), values):
            found[pair].append(complaint)
    return found


def newest(query: Queries) -> int:
    """The id of the complaint that was taken down last; 0 where there is none."""
    return int(query.tuples("SELECT coalesce(max(id), 0) FROM complaint")[0][0])


def solved(query: Queries, complaints: Sequence[int], before: int) -> list[sqlite3.Row]:
    """Those of some complaints that were received before a moment and solved, be it since.

    Columns: id, number, received_at, category, building, outcome, department, first_resolved_at (of the first round),
    `text` as filed for the search. What was withdrawn, or a duplicate, taught nothing and is left out.
    """
    return query.rows(
        "SELECT c.id, c.number, c.received_at, c.category, c.building, c.outcome, c.department, c.first_resolved_at, "
        "t.text FROM complaint c CROSS JOIN told t ON t.complaint = c.id "
        f"WHERE c.id IN ({', '.join('?' * len(complaints))}) AND c.voided_at IS NULL AND c.resolved_at IS NOT NULL "
        "AND c.received_at < ? AND c.outcome NOT IN ('withdrawn', 'duplicate') AND c.first_resolved_at IS NOT NULL",
        (*complaints, before),
    )
