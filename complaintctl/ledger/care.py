"""Questions to the derived rows about assisting, case studies and corrective action; each over what is open only."""

from collections.abc import Iterator, Sequence
from typing import Any

from complaintctl.ledger.query import Queries

#: When what is asked for was received: from (included) to before (excluded).
Span = tuple[int, int]
EVER: Span = (-(2**53), 2**53)

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


#: Nothing happened there that could be learnt from.
_HAPPENED = "c.voided_at IS NULL AND coalesce(c.outcome, '') NOT IN ('withdrawn', 'duplicate')"
_OPEN = (
    "k.met_at IS NULL AND k.over = 0 AND k.due_at IS NULL AND k.started_at <= :now "
    "AND (k.ended_at IS NULL OR k.ended_at > :now)"
)


def untimed_at(query: Queries, step: str, now: int, received: Span = EVER) -> Iterator[Any]:
    """Complaints, closed ones too, on which a step without a limit has come up and is not done; what came last first.

    Each once, with the moment at which it came up as `since`. They come as they are asked for, so that a page of them
    costs no more where thousands wait. What was withdrawn or is a duplicate is left out.
    """
    return _each_once(
        query.stream(
            "SELECT c.*, k.started_at AS since FROM clock k INDEXED BY clock_untimed "
            f"CROSS JOIN complaint c ON c.id = k.complaint WHERE k.step = :step AND {_OPEN} AND {_HAPPENED} "
            "AND c.received_at >= :first AND c.received_at < :last ORDER BY k.started_at DESC, k.complaint DESC",
            {"step": step, "now": now, "first": received[0], "last": received[1]},
        )
    )


def untrained(query: Queries, now: int, received: Span = EVER) -> Iterator[Any]:
    """Complaints written up as a case on which no training was held yet; what was written last first."""
    # The plus keeps SQLite from walking all trainings that wait instead of this complaint's own clocks.
    return _each_once(
        query.stream(
            "SELECT c.*, m.at AS since FROM milestone m INDEXED BY milestone_step "
            "CROSS JOIN complaint c ON c.id = m.complaint WHERE m.step = 'case-study' AND m.at <= :now "
            f"AND {_HAPPENED} AND c.received_at >= :first AND c.received_at < :last AND EXISTS "
            f"(SELECT 1 FROM clock k WHERE k.complaint = m.complaint AND +k.step = 'training' AND {_OPEN}) "
            "ORDER BY m.at DESC, m.complaint DESC",
            {"now": now, "first": received[0], "last": received[1]},
        )
    )


def _each_once(rows: Iterator[Any]) -> Iterator[Any]:
    seen: set[int] = set()
    for row in rows:
        if row["id"] not in seen:
            seen.add(row["id"])
            yield row


def actions(query: Queries) -> list[Any]:
    """The clocks of corrective actions that wait to be checked, the one due first first."""
    return query.rows(
        f"SELECT k.*, {_OF_COMPLAINT} FROM clock k INDEXED BY clock_open JOIN complaint c ON c.id = k.complaint "
        "WHERE k.met_at IS NULL AND k.over = 0 AND k.due_at IS NOT NULL AND k.\"from\" = 'corrective' "
        "AND c.voided_at IS NULL ORDER BY k.due_at, k.complaint, k.n"
    )
