"""The facts of a complaint: what may be known of it, in which form, and what of it is private.

Names and values are those of the written procedures, merged into one list that serves every pack.
"""

from __future__ import annotations

from typing import Any, NamedTuple

CHANNELS = (
    "desk",
    "on-site",
    "phone",
    "email",
    "letter",
    "box",
    "wechat",
    "web",
    "committee",
    "company",
    "group",
    "government",
    "developer",
)
KINDS = ("complaint", "suggestion", "repair", "inquiry")
#: The kinds that have validity, class, severity and clocks; the others only close at a notice.
JUDGED_KINDS = ("complaint", "repair")
#: R 2, H3 2.2, H8 一, H10 2.2 and C 4.1.1 merged.
CATEGORIES = (
    "facility",
    "service",
    "environment",
    "noise",
    "safety",
    "order",
    "neighbour",
    "charges",
    "building",
    "external",
    "other",
)
RESPONSIBILITIES = ("own", "building", "outside", "resident", "self", "none", "unknown")
SEVERITIES = ("major", "important", "minor")
CLASSES = ("1", "2", "3")
VALIDITIES = ("valid", "assist", "invalid", "undetermined")
URGENCIES = ("urgent", "general")
OUTCOMES = ("solved", "partly", "passed-on", "explained", "withdrawn", "duplicate")
#: Outcomes that close at once and stay out of every rate.
VOID_OUTCOMES = ("withdrawn", "duplicate")
VIAS = ("phone", "visit", "written", "desk")


class Fact(NamedTuple):
    """One fact: its `type` is flag, choice, int, moment or text; `default` holds where nothing was said."""

    name: str
    type: str
    default: Any = None
    choices: tuple[str, ...] = ()
    private: bool = False


def _flags(*names: str) -> list[Fact]:
    return [Fact(name, "flag", False) for name in names]


FACTS: dict[str, Fact] = {
    fact.name: fact
    for fact in [
        Fact("text", "text", private=True),
        Fact("happened_at", "moment"),
        Fact("heard_at", "moment"),
        Fact("place", "text", private=True),
        Fact("against", "text", private=True),
        Fact("demand", "text", private=True),
        Fact("requested_by", "moment"),
        Fact("agreed_by", "moment"),
        Fact("unit", "text", private=True),
        Fact("name", "text", private=True),
        Fact("phone", "text", private=True),
        Fact("channel", "choice", "desk", CHANNELS),
        Fact("kind", "choice", "complaint", KINDS),
        Fact("category", "choice", "other", CATEGORIES),
        Fact("responsibility", "choice", "unknown", RESPONSIBILITIES),
        *_flags("fault", "injury", "major_loss", "promise_broken", "repeated", "over_one_month"),
        *_flags("danger", "damage", "outage", "difficult", "complex", "inquiry_needed", "on_the_spot"),
        *_flags("large_effect"),
        Fact("households", "int", 1),
    ]
}

#: What a judgement can be, by facet; also what a clerk may overrule it to.
FACETS: dict[str, tuple[str, ...]] = {
    "severity": SEVERITIES,
    "class": CLASSES,
    "validity": VALIDITIES,
    "urgency": URGENCIES,
    "collective": ("yes",),
    "repeat": ("yes",),
}

#: Facts that the engine makes from the course of a complaint, and the type of each.
MADE: dict[str, str] = {
    "round": "int",
    "tried": "int",
    "nameless": "flag",
    "heard": "flag",
    "form_out": "flag",
    "coordinated": "flag",
}

PRIVATE = tuple(name for name, fact in FACTS.items() if fact.private)
#: The facts that a judgement or a clock may rest on: those that survive a lawful erasure.
OPEN_DEFAULTS: dict[str, Any] = {
    name: fact.default for name, fact in FACTS.items() if not fact.private and fact.type != "moment"
}
