"""Questions to the derived rows about assisting, case studies and corrective action; each over what is open only."""

from collections.abc import Sequence
from typing import Any

from complaintctl.ledger.query import Queries

_PARTS = 400
"""How many ids are asked for in one statement."""

_OF_COMPLAINT = "c.number, c.category, c.severity, c.becomes_major_at, c.department, c.building, c.received_at, c.stage"


def assisted(query: Queries) -> list[Any]:
    """Complaints that others must solve and that are not resolved yet, the oldest first."""
    return query.rows(
        "SELECT * FROM complaint INDEXED BY complaint_open WHERE closed_at IS NULL AND voided_at IS NULL "
        "AND resolved_at IS NULL AND validity = 'assist' ORDER BY received_at, id"
    )


def last_of(query: Queries, complaints: Sequence[int], steps: Sequence[str], until: int) -> dict[int, int]:
    """When one of these steps was last taken on each of these complaints, up to a moment; missing where it was not."""
    found: dict[int, int] = {}
    wanted = ", ".join("?" * len(steps))
    for at in range(0, len(complaints), _PARTS):
        part = complaints[at : at + _PARTS]
        marks = ", ".join("?" * len(part))
        rows = query.rows(
            # The plus keeps SQLite from walking all such steps there ever were instead of these complaints' own.
            f"SELECT complaint, max(at) AS at FROM milestone WHERE complaint IN ({marks}) AND +step IN ({wanted}) "
            "AND at <= ? GROUP BY complaint",
            [*part, *steps, until],
        )
        found |= {row["complaint"]: row["at"] for row in rows}
    return found


def untimed_at(
    query: Queries,
    step: str,
    now: int,
    *,
    received_from: int | None = None,
    received_before: int | None = None,
    limit: int | None = None,
) -> list[Any]:
    """Complaints, closed ones too, on which a step without a limit has come up and is not done; newest first.

    What was withdrawn or is a duplicate is left out: nothing happened that could be learnt from.
    """
    return query.rows(
        "SELECT c.*, min(k.started_at) AS since FROM clock k INDEXED BY clock_untimed "
        "CROSS JOIN complaint c ON c.id = k.complaint "
        "WHERE k.step = :step AND k.met_at IS NULL AND k.over = 0 AND k.due_at IS NULL AND k.started_at <= :now "
        "AND (k.ended_at IS NULL OR k.ended_at > :now) AND c.voided_at IS NULL "
        "AND coalesce(c.outcome, '') NOT IN ('withdrawn', 'duplicate') "
        "AND c.received_at >= :first AND c.received_at < :last "
        "GROUP BY k.complaint ORDER BY k.complaint DESC LIMIT :limit",
        {
            "step": step,
            "now": now,
            "first": -(2**53) if received_from is None else received_from,
            "last": 2**53 if received_before is None else received_before,
            "limit": -1 if limit is None else limit,
        },
    )


def with_step(query: Queries, step: str, complaints: Sequence[int], until: int) -> set[int]:
    """Which of these complaints had a step taken by a moment."""
    return set(last_of(query, complaints, [step], until))


def actions(query: Queries) -> list[Any]:
    """The clocks of corrective actions that wait to be checked, the one due first first."""
    return query.rows(
        f"SELECT k.*, {_OF_COMPLAINT} FROM clock k INDEXED BY clock_open JOIN complaint c ON c.id = k.complaint "
        "WHERE k.met_at IS NULL AND k.over = 0 AND k.due_at IS NOT NULL AND k.\"from\" = 'corrective' "
        "AND c.voided_at IS NULL ORDER BY k.due_at, k.complaint, k.n"
    )
