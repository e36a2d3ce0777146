"""What is raised and asked at a visit, and what comes of it (H9 3.3, H11 3.2.1): each by its time, none forgotten."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from complaintctl.desk.office import Command, Office, Remark
from complaintctl.desk.refused_visit import DealtAlready, IsMatter, IsQuestion, NoReplyTime
from complaintctl.desk.visit import About, VisitDone, hold, is_id, must_be_held, named, opened, still_planned
from complaintctl.errors import BeforeStep, NotFound
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.localtime import Moment
from complaintctl.rules.visit import MET_BY, STEPS, Matter, Visit

#: How long ahead the reply time of an example lies.
_EXAMPLE_AHEAD = 2 * 86_400


class Brought(NamedTuple):
    """What residents brought up at a visit, with the time promised for it.

    `raised` are matters to deal with, by `promise` if one was given; `asked` are questions not answered at once.
    """

    raised: Sequence[str] = ()
    promise: Moment | None = None
    asked: Sequence[str] = ()
    reply_by: Moment | None = None


def record(office: Office, what: str, at: Moment | None, about: About, brought: Brought) -> VisitDone:
    """Record that a visit took place (a plan by its id, or a kind), with what was raised and asked there.

    Raises:
        NoReplyTime, BeforeStep; all that `visit.hold` raises.
    """
    with office.command() as command:
        subject, visit = hold(office, command, what, at, about)
        visit = _bring(office, command, subject, visit, visit.held_at or office.now, brought)
        remarks = () if is_id(what) else still_planned(office, visit)
        known = visit.last_n - len(brought.raised) - len(brought.asked)
        return VisitDone(visit, (*remarks, *_complaints(office, visit, known)))


def bring(office: Office, name: str, brought: Brought, at: Moment | None) -> VisitDone:
    """Add what was raised or asked at a visit recorded before: raised when it was held, unless said (`at`).

    Raises:
        NotFound, NotHeld, NoReplyTime, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        subject, visit = opened(office, command, name)
        must_be_held(visit)
        moment = office.moment(visit.held_at if at is None else at, Words(N_("The matter")))
        _not_before(office, visit, Words(N_("The matter")), moment, Words(N_("visit held")), visit.held_at)
        after = _bring(office, command, subject, visit, moment, brought)
        return VisitDone(after, tuple(_complaints(office, after, visit.last_n)))


def meet(office: Office, matter: str, kind: str, text: str, at: Moment | None) -> VisitDone:
    """Say what came of a matter (`kind` raised) or a question (asked), named `3.1` or `ZF202611-0003.1`.

    Raises:
        NotFound, IsQuestion, IsMatter, DealtAlready, FutureMoment, BeforeStep.
    """
    name, n = parted(matter)
    with office.command() as command:
        subject, visit = opened(office, command, name)
        found = visit.matter(n)
        if found is None:
            error = NotFound(what=Words(N_("matter")), name=matter)
            error.hint = N_("“complaintctl visit show ID” lists what was raised and asked at a visit.")
            raise error
        values = {**named(visit, found.rule.clause if found.rule else None), "matter": f"{visit.id}.{n}"}
        if found.kind != kind:
            raise (IsQuestion if found.kind == "asked" else IsMatter)(**values)
        if found.met_at is not None:
            raise DealtAlready(**values, at=office.show(found.met_at))
        moment = office.moment(at, _FIELDS[kind])
        _not_before(office, visit, _FIELDS[kind], moment, _RAISED[kind], found.raised_at)
        after = command.write(subject, MET_BY[kind], moment, {"n": n}, {"text": text})
        return VisitDone(after or visit, met=n)


_FIELDS = {"raised": Words(N_("The dealing")), "asked": Words(N_("The answer"))}
_RAISED = {"raised": Words(N_("matter raised")), "asked": Words(N_("question asked"))}


def parted(matter: str) -> tuple[str, int]:
    """Return the visit and the number of a matter named `3.1` or `ZF202611-0003.1`.

    Raises:
        NotFound: it is not written like that.
    """
    name, dot, n = unicodedata.normalize("NFKC", matter).strip().replace("。", ".").rpartition(".")
    if not (dot and name and n.isascii() and n.isdigit() and len(n) < 9):
        error = NotFound(what=Words(N_("matter")), name=matter)
        error.hint = N_("Name the visit and the matter, such as 3.1; “complaintctl visit show ID” lists them.")
        raise error
    return name, int(n)


def _bring(office: Office, command: Command, subject: str, visit: Visit, at: Moment, brought: Brought) -> Visit:
    """Write down what was brought up, one entry each."""
    rule = office.book.procedure_at(at).followup("visit", STEPS["asked"])
    if brought.asked and brought.reply_by is None and rule is not None:
        values = {**named(visit, rule.clause), "example": office.show(office.now + _EXAMPLE_AHEAD)}
        raise NoReplyTime(**values)
    for kind, texts, until in (("raised", brought.raised, brought.promise), ("asked", brought.asked, brought.reply_by)):
        if texts and until is not None:
            _not_before(office, visit, Words(N_("The time promised")), until, Words(N_("the moment it was given")), at)
        for text in texts:
            body = {"n": visit.last_n + 1} | ({} if until is None else {"promise": until})
            visit = command.write(subject, kind, at, body, {"text": text}) or visit
    return visit


def _not_before(
    office: Office, visit: Visit, field: Words, moment: Moment, earlier: Words, earlier_at: Moment | None
) -> None:
    """Refuse a moment before what it follows."""
    if earlier_at is None or moment >= earlier_at:
        return
    values = {"field": field, "moment": office.show(moment), "earlier": earlier, "earlier_at": office.show(earlier_at)}
    error = BeforeStep(**values, id=visit.id)
    error.hint = N_("Give a moment after that.")
    raise error


def _complaints(office: Office, visit: Visit, known: int) -> Iterator[Remark]:
    """Say which of the matters newly raised read like a complaint: that has its own clocks, and is taken down."""
    for matter in visit.matters:
        if matter.n > known and matter.kind == "raised" and matter.text:
            words = _reads_like_complaint(office, matter)
            if words:
                text = Phrase(
                    N_("{matter} reads like a complaint ({words}); if it is one, take it down: complaintctl log"),
                    matter=f"{visit.id}.{matter.n}",
                    words=list(words),
                )
                yield Remark("reads-like-complaint", text)


def _reads_like_complaint(office: Office, matter: Matter) -> tuple[str, ...]:
    from complaintctl.desk.lexicon import in_force
    from complaintctl.reading.proposals import propose

    found = propose(matter.text or "", in_force(office.query))
    return next((one.words for one in found if one.fact == "kind" and one.value in ("complaint", "repair")), ())
