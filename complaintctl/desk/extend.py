"""Extending a limit before it runs out, with a reason that the resident was told (H4 五.3)."""

from __future__ import annotations

from typing import Any

from complaintctl.desk.office import Done, Office
from complaintctl.desk.refused import ExtendedEnough, NoLimit, NotEarlier, NotExtendable, TooLate, TooLong
from complaintctl.desk.steps import begun, known_now, must_be_open, names
from complaintctl.language import N_, Words
from complaintctl.rules.clock import Clock, governing, state_of
from complaintctl.rules.condition import holds
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment, shown


def extend(office: Office, name: str, *, until: Moment, reason: str, told: str, at: Moment | None = None) -> Done:
    """Give a limit a new time; after it ran out this is refused, for what was late stays late.

    Raises:
        NotFound, IsClosed, NotExtendable, NoLimit, TooLate, NotEarlier, ExtendedEnough, TooLong.
        FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        must_be_open(office, life)
        rule = life.course.procedure.extension
        if rule is None or not holds(rule["when"], known_now(life)):
            raise NotExtendable(**names(life), pack=life.course.procedure.title)
        moment = office.moment(at, Words(N_("The extension")), begun(life), complaint=life.id)
        _check(office, life, rule, moment, until)
        command.append(life.id, "extended", moment, {"until": until}, {"reason": reason, "told": told})
        return command.done(life.id)


def _check(office: Office, life: Life, rule: Any, at: Moment, until: Moment) -> None:
    said = {**names(life), "clause": rule["clause"]}
    clock = governing_clock(life, rule["step"], at)
    if clock is None or clock.due_at is None or clock.met_at is not None:
        if not _waits(life, rule["step"]):
            raise NoLimit(**said)
        return
    due = clock.due_at
    if at > due:
        raise TooLate(**said, at=shown(due, office.zone))
    if until <= due:
        raise NotEarlier(
            **said, until=shown(until, office.zone), at=shown(due, office.zone), example=_later(office, due)
        )
    times, at_most = rule["times"], rule["at_most"]
    before = sum(pledge.kind == "extended" and pledge.round == life.course.round for pledge in life.course.pledges)
    last = office.book.due(life.course.procedure.limit(at_most), due, from_due=True).at if at_most else None
    if times is not None and before >= times:
        raise ExtendedEnough(**said, times=times)
    if last is not None and until > last:
        raise TooLong(**said, until=shown(last, office.zone))


def _waits(life: Life, step: str) -> bool:
    """Say whether a limit of the step has yet to begin: before the dispatch nothing has run out."""
    return any(
        clock.step == step
        and clock.round == life.course.round
        and clock.limit
        and clock.started_at is None
        and clock.ended_at is None
        for clock in life.clocks
    )


def _later(office: Office, due: Moment) -> str:
    return shown(due + DAY, office.zone)


DAY = 86_400


def governing_clock(life: Life, step: str, at: Moment) -> Clock | None:
    """Return the clock that governs a step of the present round at a moment, or None."""
    round_ = life.course.round
    clocks = [clock for clock in life.clocks if clock.step == step and clock.round == round_]
    states = [
        state_of(clock.started_at, clock.due_at, clock.met_at, clock.ended_at, clock.ended_by, at) for clock in clocks
    ]
    found = governing(clocks, states)
    return next((clocks[index] for index in found), None)
