"""What the short paths are called and what is read off them, for the verbs and for whoever shows them."""

from __future__ import annotations

from typing import Any

from complaintctl.language import N_, Words
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.paths import Part, Route, Step, routes

#: What a route is called where the procedure in force has no word for it.
ROUTE_WORDS = {
    "negotiation": N_("negotiation"),
    "mediation": N_("mediation"),
    "arbitration": N_("arbitration"),
    "litigation": N_("litigation"),
}
#: The same for what a repair is about.
PART_WORDS = {"own": N_("own part of the home"), "shared": N_("shared part"), "building": N_("fault of the building")}


def route_word(route: Route) -> Any:
    """Return the wording of a route."""
    return route.title if route.title is not None else Words(ROUTE_WORDS.get(route.name, route.name))


def part_word(part: Part) -> Any:
    """Return the wording of a part."""
    return part.title if part.title is not None else Words(PART_WORDS.get(part.name, part.name))


def called(life: Life, route: str) -> Any:
    """Return the wording of a route by its code."""
    return route_word(next((one for one in routes(life.course.procedure) if one.name == route), Route(route)))


def is_open(life: Life) -> bool:
    """Say whether any step of the dispute goes on."""
    return any(step.outcome is None for step in life.course.paths.steps)


def since(life: Life) -> Moment:
    """Return when the dispute began."""
    return min(step.at for step in life.course.paths.steps)


def other_side(life: Life, step: Step) -> list[str]:
    """Return who is on the other side of a step, as said last; empty where that was erased."""
    told = [entry.private for entry in life.entries if entry.seq in step.entries and entry.private]
    named: list[list[str]] = [one["with"] for one in told if one.get("with")]
    return list(named[-1]) if named else []
