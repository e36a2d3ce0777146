"""What a register that was taken over cannot tell of a complaint's clocks: times of day, steps without a column.

An intake that was taken over says in `imported` which steps its register `recorded` (or which it did not:
`unrecorded`), whether its own time of day is missing (`time_unknown`), which steps came without a time (`untimed`) or
even without a day (`undated`), and when it was taken over (`taken_at`): what begins later counts in full.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintctl.rules.clock import Clock
from complaintctl.rules.period import parse_limit

#: Limits that a date without a time of day cannot start.
SHORT_UNITS = ("minutes", "hours", "business minutes", "business hours")


def recorded(imported: Mapping[str, Any], step: str) -> bool:
    """Say whether the register could tell of a step."""
    if "recorded" in imported:
        return step in imported["recorded"]
    return step not in imported.get("unrecorded", ())


def as_imported(clock: Clock, imported: Mapping[str, Any]) -> Clock:
    """Mark what an imported row cannot tell: short limits of a date without a time, steps without a column or a day."""
    taken_at = imported.get("taken_at")
    if taken_at is not None and clock.started_at is not None and clock.started_at >= taken_at:
        return clock
    # Of a further round the register tells nothing but that it began; of a step without a column not even that a later
    # one, which contains it, was the first to do it.
    silent = taken_at is not None and (clock.round > 1 or clock.met_by != clock.step)
    if (clock.met_at is None or silent) and (clock.round > 1 or not recorded(imported, clock.step)):
        return _silent(clock, "unrecorded")
    undated, untimed = imported.get("undated", ()), imported.get("untimed", ())
    if undated and _rests_on(clock, undated):
        return _silent(clock, "unknown")
    if not clock.limit or not (imported.get("time_unknown") or (untimed and _rests_on(clock, untimed))):
        return clock
    if parse_limit(clock.limit).unit in SHORT_UNITS:
        return clock._replace(ended_by="unknown", over=True)
    return clock


def _silent(clock: Clock, why: str) -> Clock:
    """Return a clock of which nobody knows whether it was met; all but these four fields stay."""
    return Clock._make((*clock[:_MET], None, None, clock.ended_at, why, True, *clock[_OVER + 1 :]))


_MET, _OVER = Clock._fields.index("met_at"), Clock._fields.index("over")


def _rests_on(clock: Clock, steps: Any) -> bool:
    """Say whether a clock asks for, was met by, or runs from one of these steps."""
    return clock.step in steps or clock.met_by in steps or any(part in steps for part in clock.start.split("|"))
