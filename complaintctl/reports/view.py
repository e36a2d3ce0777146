"""The ledger as listings read it: its questions at a moment, the site's zone, and the words of its procedure.

Kept light, because the commands that only look are asked every few minutes: the derived rows answer, no
complaint is folded, and the procedure's snapshot is read for its names alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.ledger.query import Adoption, Queries
from complaintctl.ledger.store import Ledger

DEFAULT_ZONE = "Asia/Shanghai"


class Sight:
    """The questions of a ledger, or of a replica, at a moment, with what the site had adopted by then."""

    def __init__(self, query: Queries, now: int) -> None:
        """Nothing is read before it is asked for."""
        self.query = query
        self.now = now
        self._procedures: dict[int, Mapping[str, Any]] = {}
        self._made: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Give what several parts of one answer ask for, made when the first of them does."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    @cached_property
    def site(self) -> Mapping[str, Any]:
        """The site's settings in force."""
        adopted = self.query.adoptions("site")
        found: dict[str, Any] = json.loads(adopted[-1].snapshot) if adopted else {}
        return found

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's zone."""
        return ZoneInfo(self.site.get("zone", DEFAULT_ZONE))

    @cached_property
    def procedure(self) -> Mapping[str, Any]:
        """The snapshot of the procedure in force now, for the names of its steps, roles and rungs."""
        return self.procedure_at(self.now)

    def procedure_at(self, moment: int) -> Mapping[str, Any]:
        """The snapshot of the procedure in force at a moment; one without rules where none was adopted."""
        held = [seq for seq, since in self._adopted if since is None or since <= moment]
        if not held:
            return {"steps": {}, "roles": {}, "rungs": {}}
        if held[-1] not in self._procedures:
            self.read(self.query.adoption(held[-1]))
        return self._procedures[held[-1]]

    @cached_property
    def _adopted(self) -> list[tuple[int, int | None]]:
        """From when on each procedure holds: asked for every period gone by, while its text is read once."""
        return self.query.adopted_since("procedure")

    def read(self, adopted: Adoption) -> Mapping[str, Any]:
        """The snapshot of an adopted procedure, read once."""
        if adopted.seq not in self._procedures:
            self._procedures[adopted.seq] = json.loads(adopted.snapshot)
        return self._procedures[adopted.seq]

    @cached_property
    def rungs(self) -> Mapping[int, str]:
        """The codes of the ladder's rungs, the lowest first."""
        rungs = self.procedure["rungs"]
        return {int(number): rungs[number]["code"] for number in sorted(rungs, key=int)}

    def next_rung(self, referred: int) -> str | None:
        """Give the code of the lowest rung above the highest one referred to so far (0: none); None at the top."""
        return next((code for rung, code in self.rungs.items() if rung > referred), None)


class View(Sight):
    """What a ledger says at a moment, now or as it was then."""

    def __init__(self, ledger: Ledger, now: int, query: Queries | None = None) -> None:
        """Ask the ledger, or what it said at a moment gone by (`query`)."""
        super().__init__(query or ledger.query, now)
        self.ledger = ledger


def applies(row: Any, now: int) -> bool:
    """Say whether an unmet clock's row counts at a moment: it has started, and nothing has ended it by then."""
    started, ended = row["started_at"], row["ended_at"]
    return started is not None and started <= now and (ended is None or ended > now)


def subject(row: Any) -> tuple[Any, ...]:
    """Give what is governed together: a step of a complaint's round, each rung and ground by itself."""
    return (row["complaint"], row["round"], row["step"], row["rung"], row["ground"])


def severity_at(row: Any, now: int) -> str | None:
    """Give a complaint's severity at a moment: a month without a solution makes it major."""
    major = row["becomes_major_at"]
    if major is not None and major <= now:
        return "major"
    found: str | None = row["severity"]
    return found


def month_span(year: int, month: int, zone: ZoneInfo, cut_off: int | None) -> tuple[int, int]:
    """Give the moments at which a month of the site begins and ends.

    A site with a cut-off day counts from the end of that day in the month before to its end in this one; a month
    without such a day ends with its last.
    """
    from complaintctl.rules.localtime import day_end

    before = (year, month - 1) if month > 1 else (year - 1, 12)
    return day_end(_last_day(*before, cut_off), zone), day_end(_last_day(year, month, cut_off), zone)


def _last_day(year: int, month: int, cut_off: int | None) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month, min(cut_off or last, last))
