"""Questions for what is published to the owners: matters many share, never a home, a person, or what anybody said."""

import sqlite3

from complaintctl.ledger.query import Queries

_MONTH = (
    "complaint INDEXED BY complaint_received WHERE received_at >= :since AND received_at < :before "
    "AND voided_at IS NULL"
)


def by_category(query: Queries, since: int, before: int) -> list[sqlite3.Row]:
    """Complaints and repairs received in a span by category: received, resolved, closed; the most frequent first.

    What was withdrawn or found to be a duplicate is left out. Resolved and closed as they stand now.
    """
    return query.rows(
        "SELECT category, count(*) AS received, sum(resolved_at IS NOT NULL) AS resolved, "
        f"sum(closed_at IS NOT NULL) AS closed FROM {_MONTH} AND kind IN ('complaint', 'repair') "
        "AND (outcome IS NULL OR outcome NOT IN ('withdrawn', 'duplicate')) "
        "GROUP BY category ORDER BY received DESC, category",
        {"since": since, "before": before},
    )


def events(query: Queries, since: int, before: int) -> list[sqlite3.Row]:
    """The collective events of which a complaint was received in a span, in the order of their first receipt.

    Each row: `event` (the lead's id), category, households, received_at (the first), resolved_at and closed_at (the
    last; None while one of its complaints is not resolved or closed), outcome of the lead.
    """
    return query.rows(
        "SELECT coalesce(event, id) AS event, min(category) AS category, max(households) AS households, "
        "min(received_at) AS received_at, iif(count(resolved_at) = count(*), max(resolved_at), NULL) AS resolved_at, "
        "iif(count(closed_at) = count(*), max(closed_at), NULL) AS closed_at, min(outcome) AS outcome "
        f"FROM {_MONTH} AND collective_at IS NOT NULL GROUP BY coalesce(event, id) ORDER BY received_at, event",
        {"since": since, "before": before},
    )


def suggestions(query: Queries, since: int, before: int) -> tuple[int, int]:
    """How many suggestions were received in a span, and how many of them were adopted."""
    return query.tuples(
        f"SELECT count(*), coalesce(sum(decision = 'adopted'), 0) FROM {_MONTH} AND kind = 'suggestion'",
        {"since": since, "before": before},
    )[0]
