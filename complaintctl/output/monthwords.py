"""The words of the month's report: what figures come to, for people, and the names of its codes."""

from collections.abc import Iterator, Mapping
from typing import Any

from complaintctl.language import N_, gettext
from complaintctl.output.labels import Labels
from complaintctl.output.moments import duration
from complaintctl.output.words import word
from complaintctl.reports.breakdown import Slice
from complaintctl.reports.figure import Figure, Tally
from complaintctl.reports.month import Reckoned
from complaintctl.reports.target import Target

NOTHING = "–"

FACETS = {
    "kind": N_("kind"),
    "category": N_("category"),
    "severity": N_("severity"),
    "class": N_("cause class"),
    "validity": N_("validity"),
    "urgency": N_("urgency"),
    "channel": N_("channel"),
    "department": N_("department"),
    "building": N_("building"),
    "outcome": N_("outcome"),
}

REASONS = {
    "no-clock": N_("no such limit"),
    "unknown": N_("time unknown"),
    "running": N_("not decided yet"),
    "withdrawn": N_("withdrawn or duplicate"),
    "no-answer": N_("no answer"),
    "undetermined": N_("validity undetermined"),
    "lifted": N_("lifted"),
    "not-measured": N_("not measured"),
    "not-returned": N_("not returned"),
    "households-unknown": N_("number of households unknown"),
}
"""Why a complaint stands outside a denominator."""

PARTS = {
    **REASONS,
    "counted": N_("counted"),
    "numerator": N_("counts for it"),
    "denominator": N_("counts against it"),
}
"""What part a complaint has in a figure."""

WHY = {"major": N_("major"), "collective": N_("collective"), "reopened": N_("reopened")}


def label(figure: Figure, labels: Labels) -> str:
    """What a figure is called; referrals by the procedure's own name of the rung."""
    rung = figure.of.get("rung")
    if rung is not None:
        return gettext(N_("referred to: {rung}")).format(rung=labels.rung(rung[0]))
    return gettext(figure.label)


def facet_value(facet: str, value: str | None) -> str:
    """What a value of a facet is called; a department's or a building's name stays as it is."""
    if value is None:
        return gettext(N_("no result yet")) if facet == "outcome" else gettext(N_("none"))
    return word(facet, value)


def slice_name(facet: str, one: Slice) -> str:
    """What a value of a breakdown is called: a registered building by its name."""
    return one.name or facet_value(facet, one.value)


def share(value: float) -> str:
    """A share as a person would say it: 91.7%."""
    return f"{value * 100:.{_places(value)}f}%"


def shown(figure: Figure, value: float | int | None) -> str:
    """A figure's value as a person would say it: 12, 91.7%, 3 h 20 min."""
    if value is None:
        return NOTHING
    if figure.unit == "share":
        return share(value)
    return duration(int(value)) if figure.unit == "seconds" else str(value)


def _places(value: float) -> int:
    return 1 if value >= 0.1 or not value else 2


def shown_against(one: Reckoned) -> str:
    """The value of this month; a share that misses its target is never rounded so that it seems to reach it."""
    value, target = one.tally.value, one.target
    text = shown(one.figure, value)
    if value is None or target is None or one.met is not False:
        return text
    edges = {edge.rstrip("%") for edge in (target.at_least, target.at_most) if edge}
    places = _places(value)
    while any(float(text.rstrip("%")) == float(edge) for edge in edges) and places < 9:
        places += 1
        text = f"{value * 100:.{places}f}%"
    return text


def target_words(target: Target) -> Iterator[str]:
    """The sides of a target: `≥ 90%`."""
    if target.at_least is not None:
        yield f"≥ {target.at_least}"
    if target.at_most is not None:
        yield f"≤ {target.at_most}"


def apart(tally: Tally) -> str:
    """What stands outside the denominator: `3 no such limit, 1 not decided yet`; empty where nothing does."""
    listed = [
        gettext(N_("{n} {reason}")).format(n=count, reason=gettext(REASONS[reason]))
        for reason, count in tally.apart.items()
        if count
    ]
    return gettext(N_(", ")).join(listed)


def part(row: Mapping[str, Any]) -> str:
    """What part a complaint has in the figure whose list it stands in."""
    return gettext(PARTS[row["part"]])
