"""What a site has adopted: its procedures and calendars, each with the moment from which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.rules.calendar import Calendar
from complaintctl.rules.localtime import Moment
from complaintctl.rules.period import Due, Limit, reckon
from complaintctl.rules.procedure import Procedure

#: What "at once" means where no site parameter says otherwise (after R 四.5).
AT_ONCE = Limit("minutes", 10)


class Book(NamedTuple):
    """The procedures and calendars in force, each list ordered by the moment of adoption.

    The first of each holds for all earlier moments, so that back-dated complaints are judged too.
    """

    zone: ZoneInfo
    procedures: Sequence[tuple[Moment, Procedure]]
    calendars: Sequence[tuple[Moment, Calendar]]

    def procedure_at(self, received_at: Moment) -> Procedure:
        """Return the procedure in force when a complaint was received; it keeps that one for life."""
        found = self.procedures[0][1]
        for since, procedure in self.procedures[1:]:
            if since <= received_at:
                found = procedure
        return found

    def due(
        self,
        limit: Limit,
        start: Moment,
        *,
        met_at: Moment | None = None,
        roll: bool = False,
        ends: Literal["24:00", "closing"] = "24:00",
        from_due: bool = False,
    ) -> Due:
        """Return when a limit that runs from `start` ends.

        A calendar adopted later recounts what was provisional, and what had then neither run out nor been met;
        every other due moment stays as it was (the past does not move).
        """
        due: Due | None = None
        for adopted, calendar in self.calendars:
            settled = due is not None and (due.at < adopted or (met_at is not None and met_at < adopted))
            if due is None or due.provisional or not settled:
                due = reckon(limit, start, calendar, roll=roll, ends=ends, from_due=from_due, at_once=AT_ONCE)
        if due is None:
            raise ValueError("a book holds at least one calendar")
        return due
