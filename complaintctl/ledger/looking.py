"""Questions that look at several complaints at once: two of the desk's day, and what came in within a span."""

from collections.abc import Sequence

from complaintctl.ledger.query import Queries

_PARTS = 400
"""How many ids are asked for in one statement."""


def highest_referrals(query: Queries, complaints: Sequence[int]) -> dict[int, int]:
    """Give for each of these complaints the highest rung it was referred to in its present round; 0 is left out."""
    wanted = sorted(set(complaints))
    found: dict[int, int] = {}
    for at in range(0, len(wanted), _PARTS):
        part = wanted[at : at + _PARTS]
        marks = ", ".join("?" * len(part))
        rows = query.rows(
            "SELECT m.complaint AS complaint, max(m.rung) AS rung "
            # The plus keeps SQLite from walking all referrals there ever were instead of these complaints' own.
            "FROM complaint c JOIN milestone m ON m.complaint = c.id AND m.round = c.round AND +m.step = 'referred' "
            f"WHERE c.id IN ({marks}) AND m.rung IS NOT NULL GROUP BY m.complaint",
            part,
        )
        found |= {row["complaint"]: row["rung"] for row in rows}
    return found


def untimed(query: Queries, now: int) -> int:
    """Count the untimed duties of open complaints that have come up and are not done yet."""
    return int(
        query.rows(
            "SELECT count(*) FROM complaint c INDEXED BY complaint_open JOIN clock k ON k.complaint = c.id "
            "WHERE c.closed_at IS NULL AND c.voided_at IS NULL AND k.due_at IS NULL AND k.met_at IS NULL "
            "AND k.over = 0 AND k.started_at <= :now AND (k.ended_at IS NULL OR k.ended_at > :now)",
            {"now": now},
        )[0][0]
    )


def unanswered(query: Queries) -> int:
    """Count the open suggestions and inquiries: no limit reminds of them, so the day has to."""
    sql = "SELECT count(*) FROM complaint INDEXED BY complaint_open WHERE closed_at IS NULL AND voided_at IS NULL "
    return int(query.rows(f"{sql}AND kind IN ('suggestion', 'inquiry')")[0][0])


def received_between(query: Queries, start: int, end: int) -> list[int]:
    """Give the ids of the complaints received from `start` to just before `end`, oldest first.

    Those whose taking-down was undone are among them: at an earlier moment they stood.
    """
    found: list[tuple[int, int]] = []
    for index, voided in (("complaint_received", "IS NULL"), ("complaint_voided", "IS NOT NULL")):
        sql = (
            f"SELECT received_at, id FROM complaint INDEXED BY {index} "
            f"WHERE received_at >= ? AND received_at < ? AND voided_at {voided}"
        )
        found += query.tuples(sql, (start, end))
    return [complaint for _, complaint in sorted(found)]
