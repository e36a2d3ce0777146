"""Every figure of the month, each declared once (docs/figures.md says them in words).

Figures about complaints look at those received in the month; figures about something done (referrals, promises,
revisits' answers …) look at what was done in the month, whenever the complaint was received. Rates look at first
rounds; later rounds are counted apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from complaintctl.language import N_
from complaintctl.reports.figure import COUNT, MEDIAN, P90, RATE, Condition, Figure
from complaintctl.rules import facts

COMPLAINTS, TIMES, LATER = "complaints", "times", "later"
DONE, PLEDGES = "done", "pledges"
OPEN_START, OPEN_END, HOMES = "open-start", "open-end", "homes"
BESIDE = "beside"
"""What stands beside complaints: inspections and visits. No complaint stands behind its figures."""

AGES = (("1-day", 1), ("3-days", 3), ("7-days", 7), ("30-days", 30))
"""Bands of the age of what is open: name, and the most days since the receipt; what is older is `longer`."""
LONGER = "longer"

_REAL = (None, *(outcome for outcome in facts.OUTCOMES if outcome not in facts.VOID_OUTCOMES))
_DECIDED = ("met", "late", "missed")
_JUDGED: Condition = {"kind": facts.JUDGED_KINDS}
#: A repair is judged like a complaint but counted apart: only the timely rate looks at both (C 4.4.10).
_PLAIN: Condition = {"kind": ("complaint",)}
_COLLECTIVE: Condition = {"collective": ("lead", "member")}


def _share_of_clocks(
    key: str,
    label: str,
    step: str,
    clause: str,
    *,
    rows: str = COMPLAINTS,
    hit: tuple[str, ...] = ("met",),
    outcomes: tuple[str | None, ...] = _REAL,
    kinds: Condition = _PLAIN,
) -> Figure:
    """A rate over the governing clocks of a step: those met or run out are its denominator."""
    outcome = "outcome" if rows == LATER else "first_outcome"
    real: Condition = {outcome: outcomes}
    return Figure(
        key,
        label,
        RATE,
        rows,
        of={**kinds, outcome: (*outcomes, *facts.VOID_OUTCOMES)},
        base={**real, step: _DECIDED},
        hit=({step: hit},),
        apart={
            "no-clock": {**real, step: (None,)},
            "unknown": {**real, step: ("unknown",)},
            "running": {**real, step: ("running",)},
            "withdrawn": {outcome: facts.VOID_OUTCOMES},
        },
        clause=clause,
    )


def _in_later_rounds(key: str, label: str, step: str, kinds: Condition = _PLAIN) -> Figure:
    return _share_of_clocks(key, label, step, "C 4.11", rows=LATER, kinds=kinds)


def _count_of(key: str, label: str, step: str, clause: str = "", **more: object) -> Figure:
    """How often something was done in the month."""
    wanted: Condition = {"step": (step,), **{name: (value,) for name, value in more.items()}}
    return Figure(key, label, COUNT, DONE, of=wanted, clause=clause)


def _times(step: str, median: str, nine: str) -> tuple[Figure, Figure]:
    of: Condition = {**_PLAIN, "first_outcome": _REAL}
    measure = f"time_to_{step}"
    return (
        Figure(f"time-to-{step}-median", median, MEDIAN, TIMES, of=of, measure=measure),
        Figure(f"time-to-{step}-p90", nine, P90, TIMES, of=of, measure=measure),
    )


def _satisfaction(key: str, label: str, rounds: str | None) -> Figure:
    return Figure(
        key,
        label,
        RATE,
        DONE,
        of={**_PLAIN, "step": ("revisited",), "rounds": (rounds,)},
        base={"detail": ("satisfied", "dissatisfied")},
        hit=({"detail": ("satisfied",)},),
        apart={"no-answer": {"detail": ("no-answer",)}},
        clause="H11 3.2.1",
    )


_FLOW = (
    Figure("open-start", N_("open at the start"), COUNT, OPEN_START),
    Figure("received", N_("received"), COUNT, COMPLAINTS),
    _count_of("resolved", N_("resolved"), "resolved"),
    _count_of("closed", N_("closed"), "closed"),
    _count_of("reopened", N_("reopened"), "reopened", "H4 四.2, C 4.11"),
    _count_of("reopened-after-closing", N_("of them after closing"), "reopened", detail="closed"),
    _count_of("chased", N_("asked about again"), "chased"),
    Figure("open-end", N_("open at the end"), COUNT, OPEN_END),
)

_ON_TIME = (
    _share_of_clocks("dispatched-on-time", N_("dispatched in time"), "dispatched", "R 四.5, C 4.3.1"),
    _share_of_clocks("contacted-on-time", N_("contacted in time"), "contacted", "C 4.3.1, 4.4.1, H10 5"),
    _share_of_clocks("timely-rate", N_("resolved in time"), "resolved", "C 4.4.10", kinds=_JUDGED),
    _share_of_clocks("notified-on-time", N_("result told in time"), "notified", "R 四.7, C 4.7.2"),
)

_QUALITY = (
    Figure(
        "revisit-handling-rate",
        N_("revisit matters dealt with"),
        RATE,
        PLEDGES,
        of={"step": ("matters-dealt-with",)},
        hit=({"dealt": (1,)},),
        clause="H11 3.2.1(4)",
    ),
    _share_of_clocks(
        "revisit-rate",
        N_("revisits made"),
        "revisited",
        "R 四.8, Q 3.2, H9",
        hit=("met", "late"),
        outcomes=_REAL[1:],
    ),
    _satisfaction("satisfaction", N_("satisfied at revisit"), None),
    Figure(
        "valid-complaint-rate",
        N_("valid complaints per household"),
        RATE,
        COMPLAINTS,
        of={"kind": ("complaint",)},
        hit=({"first_outcome": _REAL, "validity": ("valid",)},),
        apart={
            "undetermined": {"first_outcome": _REAL, "validity": ("undetermined",)},
            "withdrawn": {"first_outcome": facts.VOID_OUTCOMES},
        },
        by="households",
        clause="H11 3.2.1(4)",
    ),
    Figure(
        "promises-kept",
        N_("promises of a word kept"),
        RATE,
        PLEDGES,
        of={"step": ("word-given",)},
        base={"state": _DECIDED},
        hit=({"state": ("met",)},),
        apart={
            "unknown": {"state": ("unknown",)},
            "lifted": {"state": ("lifted",)},
            "running": {"state": ("running",)},
        },
        clause="C 4.4.1, 4.7.2, H11 3.2.1(3)",
    ),
)

_LATER = (
    _in_later_rounds("later-dispatched-on-time", N_("dispatched in time (later)"), "dispatched"),
    _in_later_rounds("later-contacted-on-time", N_("contacted in time (later)"), "contacted"),
    _in_later_rounds("later-timely-rate", N_("resolved in time (later)"), "resolved", _JUDGED),
    _in_later_rounds("later-notified-on-time", N_("result told in time (later)"), "notified"),
    _satisfaction("later-satisfaction", N_("satisfied at revisit (later)"), "later"),
)

_SPEED = (
    *_times("dispatch", N_("time to dispatch (median)"), N_("time to dispatch (9 in 10)")),
    *_times("contact", N_("time to first word (median)"), N_("time to first word (9 in 10)")),
    *_times("resolve", N_("time to solution (median)"), N_("time to solution (9 in 10)")),
)

_EVENTS = (
    _count_of("became-major", N_("became major"), "became-major", "R 四.3(1)"),
    _count_of("escalations", N_("referred upwards"), "referred", detail=None),
    _count_of("escalations-1", N_("referred to rung 1"), "referred", rung=1, detail=None),
    _count_of("escalations-2", N_("referred to rung 2"), "referred", rung=2, detail=None),
    _count_of("escalations-3", N_("referred to rung 3"), "referred", rung=3, detail=None),
    _count_of("escalations-4", N_("referred to rung 4"), "referred", rung=4, detail=None),
    _count_of("escalations-5", N_("referred to rung 5"), "referred", rung=5, detail=None),
    _count_of("extensions", N_("extended"), "extended", "H4 五.3"),
    _count_of("wrong-from-the-start", N_("wrong from the start"), "wrong-from-the-start"),
    Figure(
        "collective",
        N_("collective complaints"),
        COUNT,
        COMPLAINTS,
        of={"collective": ("lead", "member")},
        clause="C 4.1.4",
    ),
    Figure(
        "collective-events",
        N_("events of collective complaints"),
        COUNT,
        COMPLAINTS,
        of={"collective": ("lead",)},
        clause="C 4.1.4",
    ),
    Figure("repeat-units", N_("homes complaining repeatedly"), COUNT, HOMES),
    _count_of("case-studies", N_("case studies written"), "case-study", "Q 4.2.6, C 4.12.1"),
    _count_of("trainings", N_("trainings held"), "training", "Q 4.2.6, C 4.12.1"),
    Figure(
        "worth-a-study",
        N_("cases worth a study"),
        COUNT,
        COMPLAINTS,
        of={**_JUDGED, "first_outcome": _REAL},
        hit=({"severity": ("major",)}, _COLLECTIVE, {"rounds": ("later",)}),
        clause="Q 4.2.6, C 4.12.1",
    ),
)

_AGEING = (
    Figure("open-up-to-1-day", N_("open up to 1 day"), COUNT, OPEN_END, of={"age": ("1-day",)}),
    Figure("open-up-to-3-days", N_("open 1 to 3 days"), COUNT, OPEN_END, of={"age": ("3-days",)}),
    Figure("open-up-to-7-days", N_("open 3 to 7 days"), COUNT, OPEN_END, of={"age": ("7-days",)}),
    Figure("open-up-to-30-days", N_("open 7 to 30 days"), COUNT, OPEN_END, of={"age": ("30-days",)}),
    Figure("open-over-30-days", N_("open more than 30 days"), COUNT, OPEN_END, of={"age": (LONGER,)}),
)


def _beside(key: str, label: str, what: str, clause: str, *hit: str, **apart: str) -> Figure:
    """A count of what stands beside complaints, or with `hit` the share of it that stands so."""
    of: Condition = {"what": (what,)}
    if not hit:
        return Figure(key, label, COUNT, BESIDE, of=of, clause=clause)
    return Figure(
        key,
        label,
        RATE,
        BESIDE,
        of=of,
        base={"state": _STANDS[what]},
        hit=({"state": hit},),
        apart={reason: {"state": (state,)} for reason, state in apart.items()},
        clause=clause,
    )


#: Of what a share is reckoned; what stands otherwise is apart.
_STANDS = {
    "owed-inspection": ("held", "missed"),
    "owed-visit": ("held", "missed"),
    "finding": ("met", "late", "overdue"),
    "matter": ("dealt", "open"),
    "questionnaire": ("content", "not-content"),
}

_BESIDE = (
    _beside("inspections", N_("inspections held"), "inspection", "O 02, O 03"),
    _beside("inspections-owed-held", N_("periods with their inspection"), "owed-inspection", "O 03", "held"),
    _beside("findings", N_("findings of inspections"), "finding", "O 04"),
    _beside(
        "findings-in-time",
        N_("findings put right in time"),
        "finding",
        "O 04",
        "met",
        **{"running": "running", "no-clock": "untimed"},
    ),
    _beside("visits", N_("visits held"), "visit", "H11 3.2.2"),
    _beside("visits-owed-held", N_("periods with their visit"), "owed-visit", "H11 3.2.2", "held"),
    _beside("visit-handling-rate", N_("visit matters dealt with"), "matter", "H11 3.2.1(4)", "dealt"),
    _beside(
        "questionnaire-satisfaction",
        N_("content in questionnaires"),
        "questionnaire",
        "H11 3.2.2(5)",
        "content",
        **{"not-returned": "not-returned"},
    ),
)

FIGURES: tuple[Figure, ...] = (*_FLOW, *_ON_TIME, *_QUALITY, *_LATER, *_SPEED, *_EVENTS, *_BESIDE, *_AGEING)
"""All figures, in the order of the report."""

TIMELY = _ON_TIME[2]
"""The rate that breakdowns give for each of their values."""


BALANCE = (_FLOW[3], _FLOW[5])
"""What leaves the open complaints and what comes back to them, beside what is received."""


def find(key: str) -> Figure | None:
    """The figure of a key, None if there is none."""
    return next((figure for figure in FIGURES if figure.key == key), None)


class Facet(NamedTuple):
    """By what the complaints of a month are broken down; `order` None: the most frequent value first."""

    name: str
    order: Sequence[str] | None


FACETS = (
    Facet("kind", facts.KINDS),
    Facet("category", facts.CATEGORIES),
    Facet("severity", facts.SEVERITIES),
    Facet("class", facts.CLASSES),
    Facet("validity", facts.VALIDITIES),
    Facet("urgency", facts.URGENCIES),
    Facet("channel", facts.CHANNELS),
    Facet("department", None),
    Facet("building", None),
    Facet("outcome", facts.OUTCOMES),
)

WEAK_FACETS = ("category", "building", "department")
"""Where a month looks for what grew most."""


def steps_of(figures: Sequence[Figure]) -> tuple[list[str], list[str]]:
    """The steps that these figures count plainly, and those they look at more closely."""
    plain: set[str] = set()
    detailed: set[str] = set()
    for figure in figures:
        if figure.rows == DONE:
            closely = len(figure.of) > 1 or figure.kind != COUNT
            (detailed if closely else plain).update(figure.of["step"])
    return sorted(plain - detailed), sorted(detailed)
