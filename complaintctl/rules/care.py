"""What is kept of a complaint after it was handled: corrective actions with their checks, explanations understood.

Only `until`, numbers and codes make clocks; causes, lessons and names are private and may be erased without moving one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from complaintctl.rules.condition import holds
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment

if TYPE_CHECKING:
    from complaintctl.rules.course import Course

#: Steps that are done only when the owner has understood them (Q 4.2.6), and what one in vain counts as.
TO_BE_UNDERSTOOD = ("explained-class-3",)
IN_VAIN = "not-understood"


_NUMBER = re.compile(r"\d[\d -]{5,}\d")


class Action(NamedTuple):
    """A corrective action (R 四.6(2)): the `n`-th of its complaint, to be checked at `until`.

    `who` took it on, a person or a department; None where the name was erased.
    """

    n: int
    at: Moment
    until: Moment
    round: int
    seq: int
    who: str | None


def action_of(entry: Entry, number: int) -> Action:
    """Read a corrective action taken in the round of this number from its entry."""
    body = entry.body
    who = body.get("department") or (entry.private or {}).get("person")
    # A duty's bearers are kept side by side, divided by commas; lists name them, so no number to call goes with them.
    plain = " ".join(_NUMBER.sub(" ", str(who)).replace(",", " ").split()) if who else ""
    return Action(body["action"], entry.at, body["until"], number, entry.seq, plain or None)


def asked_for(course: Course, step: str, now: Moment) -> bool:
    """Say whether the procedure asks for a step of this complaint as it is now, or as it ever was before."""
    rules = [rule for rule in course.procedure.clocks if rule.step == step]
    return any(holds(rule.when, one.known) for rule in rules for one in course.versions if one.at <= now)


def counted_as(step: str, entry: Entry) -> str:
    """Return what a recorded step counts as: an explanation that was not understood leaves its duty open."""
    return IN_VAIN if step in TO_BE_UNDERSTOOD and entry.body.get("understood") is False else step
