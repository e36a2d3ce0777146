"""Telling the resident the result, in the manner the procedure asks for (R 四.7, H4 五.1, C 4.7, 4.8, 4.10)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from complaintctl.desk.office import Done, Office, Remark
from complaintctl.desk.refused import AlreadyDone, NotResolved
from complaintctl.desk.steps import begun, known_now, must_be_open, names, title
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.condition import holds
from complaintctl.rules.course import NOTICE_STEPS
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment


class Told(NamedTuple):
    """How the result was told: `accepted` is None where the resident's opinion is not known."""

    via: Sequence[str]
    accepted: bool | None = None
    note: str | None = None
    at: Moment | None = None


def notify(office: Office, name: str, told: Told) -> Done:
    """Record that the resident was told; not accepted, it reopens the complaint for a new round (C 4.11).

    Raises:
        NotFound, IsClosed, NotResolved, AlreadyDone, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        must_be_open(office, life)
        course = life.course
        if course.notified_at is not None:
            raise AlreadyDone(**names(life), step=title(life, "notified"), at=office.show(course.notified_at))
        if course.resolved_at is None and not _may_precede(life):
            raise NotResolved(**names(life))
        at = office.moment(
            told.at,
            Words(N_("The notice")),
            begun(life),
            (title(life, "resolved"), course.resolved_at),
            complaint=life.id,
        )
        body: dict[str, object] = {"via": list(told.via)}
        if told.accepted is not None:
            body["accepted"] = told.accepted
        after = command.append(life.id, "notified", at, body, {"note": told.note})
        return command.done(life.id, *_remarks(life, after, told))


def _may_precede(life: Life) -> bool:
    """Say whether a notice may come before a resolution: answers that are explanations, and other kinds."""
    known = known_now(life)
    return known["kind"] not in JUDGED_KINDS or life.course.procedure.applies("explanation", known)


def _remarks(before: Life, after: Life | None, told: Told) -> Iterable[Remark]:
    """Say where the notice fell short of the manner that the procedure asks for."""
    if after is None:
        return
    known = known_now(before)
    if known["kind"] == "suggestion":
        from complaintctl.desk.suggestion import undecided

        yield from undecided(before)
    steps = {one.step for one in after.course.milestones} - {one.step for one in before.course.milestones}
    given = {*told.via, *_earlier(before)}
    for demand in before.course.procedure.notices:
        if not holds(demand.when, known):
            continue
        wanted = [Words(VIA_WORDS[via]) for via in demand.via]
        if set(demand.via) & given:
            continue
        if demand.short != "remark":
            if (
                after.course.notified_at is None
                and "explained" not in steps
                and after.course.round == before.course.round
            ):
                text = Phrase(
                    N_("falls short of {clause}, which asks for {via}: it counts as “{step}” only"),
                    clause=demand.clause,
                    via=wanted,
                    step=title(before, demand.short),
                )
                yield Remark("short-notice", text)
        elif demand.needs_note and not told.note:
            text = Phrase(
                N_("{clause} prefers {via}; say with --note why not, and what the resident thinks"),
                clause=demand.clause,
                via=wanted,
            )
            yield Remark("manner", text)


def _earlier(life: Life) -> set[str]:
    """Return the manners in which this round's notices were given so far, since the resolution."""
    course = life.course
    since = course.resolved_at if course.resolved_at is not None else course.rounds[-1]
    given = [one for one in course.milestones if one.round == course.round and one.at >= since]
    return {via for one in given if one.step in NOTICE_STEPS for via in str(one.detail or "").split(",")}


VIA_WORDS = {
    "phone": N_("a phone call"),
    "visit": N_("a home visit"),
    "written": N_("a written answer"),
    "desk": N_("a word at the desk"),
}
