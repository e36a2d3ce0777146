"""What waits to be signed, over all complaints: the closed ones, too, for signatures outlive the closing.

The steps that are signatures come from the procedures adopted. Each is answered through an index on what waits, in
the order of waiting, so that the signed past costs nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.ledger.query import Adoption, Queries

_WAITS = "k.met_at IS NULL AND k.over = 0 AND k.started_at <= :now AND (k.ended_at IS NULL OR k.ended_at > :now)"


class Narrowed(NamedTuple):
    """What is asked for: at most `most` of each step (None: all), by whom, of which department (None: any)."""

    most: int | None = None
    role: str | None = None
    department: str | None = None


def signature_steps(query: Queries, read: Callable[[Adoption], Mapping[str, Any]]) -> dict[str, set[str]]:
    """Give the steps that any procedure adopted here calls signatures, each with the roles that may sign it.

    They come in the order of the clocks, those of the procedure adopted last first; `read` gives a snapshot's content.
    """
    found: dict[str, set[str]] = {}
    for adoption in reversed(query.adoptions("procedure")):
        # One compiled before signatures were marked has none; it need not be read.
        if '"signature":true' not in adoption.snapshot:
            continue
        snapshot = read(adoption)
        handling = snapshot.get("handling")
        for clock in snapshot["clocks"]:
            if snapshot["steps"].get(clock["step"], {}).get("signature"):
                found.setdefault(clock["step"], set()).update(clock["duty"])
        for roles in found.values():
            if handling and handling["role"] in roles:
                roles.add(handling["by"])
    return found


def waiting(query: Queries, steps: Sequence[str], now: int, wanted: Narrowed) -> list[sqlite3.Row]:
    """Give what waits to be signed at `now`, the longest waiting first.

    A step that waits on one complaint by two clauses or from two rounds stands once, by the one that waited first.
    Each row: complaint, step, round, clause, pack, duty, started_at, due_at, and the complaint's number, kind,
    category, department, building, stage.
    """
    values = {"now": now, **wanted._asdict(), "most": -1 if wanted.most is None else wanted.most}
    found: list[sqlite3.Row] = []
    for step in steps:
        found += query.rows(_statement("clock_untimed", "k.due_at IS NULL", wanted), {**values, "step": step})
        # A signature has no limit in the documents; an office's own may have one, and stands in `overdue`, too.
        found += query.rows(_statement("clock_open", "k.due_at IS NOT NULL", wanted), {**values, "step": step})
    return sorted(found, key=lambda row: (row["started_at"], row["complaint"]))


def _statement(index: str, limited: str, wanted: Narrowed) -> str:
    terms = [f"k.step = :step AND {limited} AND {_WAITS}"]
    if wanted.role is not None:
        terms.append("instr(',' || k.duty || ',', ',' || :role || ',')")
    if wanted.department is not None:
        terms.append("c.department = :department")
    return (
        "SELECT k.complaint, k.step, k.round, k.clause, k.pack, k.duty, k.started_at, k.due_at, "
        "c.number, c.kind, c.category, c.department, c.building, c.stage "
        f"FROM clock k INDEXED BY {index} CROSS JOIN complaint c ON c.id = k.complaint WHERE {' AND '.join(terms)} "
        "AND NOT EXISTS (SELECT 1 FROM clock o WHERE o.complaint = k.complaint AND o.step = k.step "
        "AND o.met_at IS NULL AND o.over = 0 AND (o.ended_at IS NULL OR o.ended_at > :now) "
        "AND (o.started_at, o.n) < (k.started_at, k.n)) "
        "ORDER BY k.started_at, k.complaint, k.n LIMIT :most"
    )


def count_waiting(query: Queries, steps: Sequence[str], now: int, most: int) -> dict[str, int]:
    """Count the complaints on which each of these steps waits without a limit, each no further than to `most`."""
    return {
        step: int(
            query.rows(
                "SELECT count(*) FROM (SELECT DISTINCT k.complaint FROM clock k INDEXED BY clock_untimed "
                f"WHERE k.step = :step AND k.due_at IS NULL AND {_WAITS} LIMIT :most)",
                {"now": now, "step": step, "most": most},
            )[0][0]
        )
        for step in steps
    }
