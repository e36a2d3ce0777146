"""Agreed and promised times: what they replace, and the clocks that they make (R 四.4(2)③, C 4.4.1, 4.7.2, H4 五.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from complaintctl.rules.clock import Clock
from complaintctl.rules.course import Pledge
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.localtime import Moment

if TYPE_CHECKING:
    from complaintctl.rules.clocks import Round


def agree(held: Round, clocks: list[Clock]) -> tuple[list[Clock], list[Pledge]]:
    """Let each agreed time replace the limits of its step; one agreed too late is kept as a promise."""
    kept: list[Pledge] = []
    for pledge in held.pledges:
        if pledge.kind == "promised":
            continue
        table = held.course.procedure.agreement if pledge.kind == "agreed" else held.course.procedure.extension
        if table is None:
            continue
        if held.version_at(pledge.at).known["kind"] not in JUDGED_KINDS:
            continue
        due = _governing_due(clocks, table["step"], pledge.at)
        if due is not None and due < pledge.at:
            kept.append(pledge)
        elif not any(_is_met(clock, table["step"], pledge.at) for clock in clocks):
            clocks = _replace(clocks, table["step"], pledge.at)
            clocks.append(_engine_clock(held, table["step"], table["clause"], pledge, pledge.at, "agreed"))
    return clocks, kept


def _replace(clocks: list[Clock], step: str, at: Moment, ground: str | None = None) -> list[Clock]:
    """Replace every limit of a step from a moment on; those of another ground only where none is named."""
    return [
        clock._replace(ended_at=at, ended_by="replaced", over=True, met_at=None, met_by=None)
        if clock.step == step
        and ground in (None, clock.ground)
        and (clock.ended_at is None or clock.ended_at > at or _barely(clock))
        else clock
        for clock in clocks
    ]


def _engine_clock(held: Round, step: str, clause: str, pledge: Pledge, started: Moment | None, start: str) -> Clock:
    """Return the clock that an agreed or promised time makes; its due moment is that time."""
    procedure = held.course.procedure
    met = next((one for one in held.milestones if one.step in procedure.containing(step)), None)
    met_at = met.at if met else None
    stops = [held.closed_at, held.end, _no_complaint_any_more(held)]
    ended = min((at for at in stops if at is not None), default=None)
    if met_at is not None and ended is not None and met_at > ended:
        met = met_at = None
    if met_at is not None:
        ended = None
    duty = next((rule.duty for rule in procedure.clocks if rule.step == step), ("handler",))
    return Clock(
        id=start,
        pack=procedure.id,
        step=step,
        clause=clause,
        round=held.number,
        rung=None,
        ground="",
        duty=duty,
        limit=None,
        parameter=None,
        start=start,
        started_at=started,
        due_at=pledge.until,
        provisional=False,
        resumed_at=None,
        met_at=met_at,
        met_by=met.step if met else None,
        ended_at=ended,
        ended_by="lifted" if ended is not None else None,
        over=ended is not None or met_at is not None,
        title=procedure.steps[step]["title"],
        because=(),
    )


def _no_complaint_any_more(held: Round) -> Moment | None:
    """Return when the complaint was found to be a suggestion or an inquiry, which have no such clocks."""
    if held.versions[-1].known["kind"] in JUDGED_KINDS:
        return None
    judged = [version.at for version in held.versions if version.known["kind"] in JUDGED_KINDS]
    return next((version.at for version in held.versions if judged and version.at > judged[-1]), None)


def promise_notice(held: Round, clocks: list[Clock], promised: list[Pledge]) -> list[Clock]:
    """Let a promise made before the notice fell due take the place of its limit (C 4.7.2)."""
    table = held.course.procedure.promise
    if table is None or table["replaces"] is None:
        return clocks
    step = table["replaces"]
    # An explanation (a ground of its own) is owed at once; only the result can wait for the promised time.
    notices = [clock for clock in clocks if clock.step == step and not clock.ground]
    starts = [clock.started_at for clock in notices if clock.started_at is not None]
    dues = [clock.due_at for clock in notices if clock.due_at is not None]
    start, due = min(starts, default=None), min(dues, default=None)
    taken: Pledge | None = None
    for pledge in sorted(promised, key=lambda one: (one.at, one.seq)):
        if notices and (due is None or pledge.at <= due):
            taken, due = pledge, pledge.until
    if taken is None or (start is not None and taken.until < start):
        return clocks
    clocks = _replace(clocks, step, taken.at, ground="")
    promise = _engine_clock(held, step, table["replaces_clause"] or table["clause"], taken, start, "promised")
    return [*clocks, promise]


def _governing_due(clocks: Iterable[Clock], step: str, now: Moment) -> Moment | None:
    """Return the earliest due moment among the step's clocks that apply at a moment."""
    return min(
        (
            clock.due_at
            for clock in clocks
            if clock.step == step
            and clock.due_at is not None
            and clock.started_at is not None
            and clock.started_at <= now
            and (clock.ended_at is None or clock.ended_at > now)
        ),
        default=None,
    )


def _is_met(clock: Clock, step: str, now: Moment) -> bool:
    return clock.step == step and clock.met_at is not None and clock.met_at < now


def _barely(clock: Clock) -> bool:
    """Say whether a clock never started and was merely overtaken by its step being done."""
    return clock.started_at is None
