"""What a register that was taken over cannot tell of a complaint's clocks: times of day, steps without a column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from complaintctl.rules.clock import Clock
from complaintctl.rules.period import parse_limit

#: Limits that a date without a time of day cannot start.
SHORT_UNITS = ("minutes", "hours", "business minutes", "business hours")


def as_imported(clock: Clock, imported: Mapping[str, Any]) -> Clock:
    """Mark what an imported row cannot tell: short limits of a date without a time, steps without a column."""
    if clock.met_at is None and clock.step in imported.get("unrecorded", ()):
        return clock._replace(ended_by="unrecorded", over=True)
    if imported.get("time_unknown") and clock.limit and parse_limit(clock.limit).unit in SHORT_UNITS:
        return clock._replace(ended_by="unknown", over=True)
    return clock
