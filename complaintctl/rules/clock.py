"""A clock: where it comes from, its moments, and what these say at any moment.

Moments may lie in the future, where time alone will bring them; nothing has to happen when time passes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Wording


class Clock(NamedTuple):
    """One clock: where it comes from, and its moments.

    `started_at` is None while its start has not come and nothing says when it will; `due_at` is None for an
    untimed duty; `resumed_at` is when it came to apply again, where its due moment had passed while it did not;
    `ended_by` says why it no longer counts: lifted, replaced, unknown or unrecorded; `over` is True once an entry
    ended it (an end that only time will bring leaves it False).
    """

    id: str
    pack: str
    step: str
    clause: str
    round: int
    rung: int | None
    ground: str
    duty: tuple[str, ...]
    limit: str | None
    parameter: str | None
    start: str
    started_at: Moment | None
    due_at: Moment | None
    provisional: bool
    resumed_at: Moment | None
    met_at: Moment | None
    met_by: str | None
    ended_at: Moment | None
    ended_by: str | None
    over: bool
    title: Wording
    because: tuple[tuple[str, Any], ...]

    @property
    def key(self) -> tuple[int, str, int | None, str]:
        """What is governed together: the step of a round, each rung and ground of referral by itself."""
        return (self.round, self.step, self.rung, self.ground)

    def ran_out_at(self) -> Moment | None:
        """Return when the clock runs, or ran, out: its due moment, or when it came to apply again after that."""
        if self.due_at is None or self.started_at is None:
            return None
        due = max(self.due_at, self.resumed_at or self.due_at)
        stopped = [at for at in (self.met_at, self.ended_at) if at is not None]
        return due if all(at > due for at in stopped) else None


def state_of(
    started_at: Moment | None,
    due_at: Moment | None,
    met_at: Moment | None,
    ended_at: Moment | None,
    ended_by: str | None,
    now: Moment,
) -> str:
    """Return the state of a clock with these moments at `now`; on time means at or before the due moment."""
    if ended_by in ("unknown", "unrecorded"):
        return ended_by
    if met_at is not None and met_at <= now and (ended_at is None or met_at <= ended_at):
        if started_at is None and due_at is None and ended_by == "lifted":
            return "lifted"
        if due_at is None:
            return "done"
        return "met" if met_at <= due_at else "late"
    if ended_at is not None and ended_at <= now:
        if ended_by == "replaced":
            return "replaced"
        return "missed" if started_at is not None and due_at is not None and due_at < ended_at else "lifted"
    if started_at is None or started_at > now:
        return "waiting"
    if due_at is None:
        return "untimed"
    return "overdue" if now > due_at else "running"


def governing(clocks: Sequence[Clock], states: Sequence[str]) -> set[int]:
    """Return the indices of the clocks that govern: of each step's clocks that apply, the one due first."""
    best: dict[tuple[Any, ...], int] = {}
    for index, (clock, state) in enumerate(zip(clocks, states, strict=True)):
        if state not in ("running", "overdue", "met", "late") or clock.due_at is None:
            continue
        held = best.get(clock.key)
        if held is None or clock.due_at < (clocks[held].due_at or 0):
            best[clock.key] = index
    return set(best.values())
