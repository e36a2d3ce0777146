"""Recording any other step that the procedure in force names, several at once and on several complaints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.event import share
from complaintctl.desk.log import not_before
from complaintctl.desk.office import Command, Done, Office, Remark
from complaintctl.desk.refused import IsClosed, NoMatter, NotBeforeResolved, NotDispatched
from complaintctl.desk.steps import begun, first_of, must_be_another, must_be_there, names, title
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

#: Steps that have a verb of their own, because they need more than a note.
OWN_VERBS = {
    "received": "log",
    "dispatched": "assign",
    "resolved": "resolve",
    "notified": "notify",
    "revisited": "revisit",
    "referred": "escalate",
    "closed": "close",
    "explained": "notify",
    "word-given": "record … contacted",
    "corrective-checked": "corrective … --checked",
}
#: Steps that only make sense once a form went out, or once the complaint is resolved.
NEED_FORM = ("signed", "form-returned")
NEED_RESULT = ("form-returned", "reported-developer")
#: Steps that say more than a note: to whom, from whom, how large, whether understood (`particulars`).
TELLING = ("passed-on", "answered", "warranty", "warranty-report", "warranty-feedback", "explained-class-3")


class Record(NamedTuple):
    """What was done: the steps, a note, times given to the resident, the matter (its entry's seq) dealt with.

    `to` is whom it was passed to, `by` who answered, `large` that the effect is large, `understood` whether an
    explanation was; see `particulars` for the steps they belong to.
    """

    steps: Sequence[str]
    note: str | None = None
    promise: Moment | None = None
    agreed_by: Moment | None = None
    matter: int | None = None
    person: str | None = None
    at: Moment | None = None
    to: str | None = None
    by: str | None = None
    large: bool = False
    understood: bool | None = None


def record(office: Office, complaints: Iterable[str], what: Record) -> list[Done]:
    """Record steps on complaints.

    Raises:
        NotFound, BadValue: no such step, or one with a verb of its own.
        IsClosed, NotDispatched, NotBeforeResolved, NoMatter, SamePerson, SignedTooEarly, PersonLeft.
        FutureMoment, BeforeStep.
        UsageFault, NotPassedOn, WhichOne: a particular without its step, an answer to nothing or to one of several.
    """
    with office.command() as command:
        return [_one(office, command, name, what) for name in dict.fromkeys(complaints)]


def _must_fit(what: Record) -> None:
    if what.to or what.by or what.large or what.understood is not None:
        from complaintctl.desk.record_particulars import must_fit

        must_fit(what)


def step_of(life: Life, asked: str) -> str:
    """Return the step that a person calls by its code or its name in either language; else what was asked for."""
    steps = life.course.procedure.steps
    if asked in steps:
        return asked
    return next((step for step, row in steps.items() if asked in row.get("title", {}).values()), asked)


def recordable(life: Life) -> list[str]:
    """Return the steps that `record` takes for a complaint, in the procedure's order."""
    return [step for step in life.course.procedure.steps if step not in OWN_VERBS]


def _one(office: Office, command: Command, name: str, what: Record) -> Done:
    life = command.open(name)
    what = what._replace(steps=list(dict.fromkeys(step_of(life, step) for step in what.steps)))
    _must_fit(what)
    for step in what.steps:
        _allowed(office, life, step, what)
    earlier = [(title(life, "resolved"), life.course.resolved_at)] if set(what.steps) & set(NEED_RESULT) else []
    if set(what.steps) & set(NEED_FORM):
        earlier.append((title(life, "dispatched"), first_of(life, "dispatched")))
    if "matters-dealt-with" in what.steps:
        earlier.append((title(life, "revisited"), min(one.at for one in life.course.matters)))
        start: tuple[Any, Moment] = (Words(N_("received")), life.course.received_at)
    else:
        start = begun(life)
    telling = bool(set(what.steps) & set(TELLING))
    more, told = _particulars(life, what, office.now, earlier) if telling else ({}, {})
    signed = set(what.steps) & set(life.course.procedure.signatures)
    if signed:
        from complaintctl.desk.sign import follows

        earlier += follows(office, life, what.steps)
    called = Phrase(N_("The time of “{step}”"), step=[title(life, step) for step in what.steps])
    at = office.moment(what.at, called, start, *earlier, complaint=life.id)
    must_be_there(office, what.person or (office.actor if signed else None), at)
    body: dict[str, object] = {"steps": list(what.steps), **more}
    for key, wanted, label in (
        ("promise", what.promise, N_("The time promised")),
        ("agreed_by", what.agreed_by, N_("The time agreed on")),
    ):
        if wanted is not None:
            not_before(office, wanted, Words(label), at, life.id)
            body[key] = wanted
    if what.matter is not None:
        body["matter"] = what.matter
    private = {"note": what.note, "person": what.person, **told}
    after = command.append(life.id, "recorded", at, body, private) or life
    remarks = [*agreed(after, what.agreed_by), *share(command, life, "recorded", at, body, private)]
    if telling:
        from complaintctl.desk.record_particulars import effect, unsaid

        remarks += [*effect(command, after, what, at), *unsaid(life, what)]
    return command.done(life.id, *remarks)


def _particulars(
    life: Life, what: Record, now: Moment, earlier: list[tuple[Any, Moment | None]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what body and private part keep besides the steps; `earlier` comes to hold what they must follow."""
    from complaintctl.desk.record_particulars import particulars

    body, private, after = particulars(life, what, now)
    earlier += after
    return body, private


def agreed(life: Life, until: Moment | None) -> Iterator[Remark]:
    """Say where an agreed time replaces no limit: agreed too late, or without a basis in the procedure."""
    if until is None or any(clock.id == "agreed" and clock.due_at == until for clock in life.clocks):
        return
    if life.course.procedure.agreement is None:
        yield Remark("agreed-without-basis", Words(N_("this procedure knows no agreed time: no limit is replaced")))
    elif any(clock.start == "promise" and clock.due_at == until for clock in life.clocks):
        text = N_("agreed after the limit ran out: it is kept as a promise, and what is late stays late")
        yield Remark("agreed-late", Words(text))


def _allowed(office: Office, life: Life, step: str, what: Record) -> None:
    """Refuse a step that this complaint's procedure does not know, or that cannot come yet."""
    if step in OWN_VERBS:
        raise BadValue(
            field=Words(N_("The step")),
            text=step,
            expected=Phrase(N_("the command {verb} for this step"), verb=f"complaintctl {OWN_VERBS[step]}"),
        )
    if step not in life.course.procedure.steps:
        expected = [Phrase(N_("{code} ({title})"), code=one, title=title(life, one)) for one in recordable(life)]
        raise BadValue(field=Words(N_("The step")), text=step, expected=expected)
    course = life.course
    if course.closed_at is not None and not _after_closing(life, step):
        raise IsClosed(**names(life), at=office.show(course.closed_at))
    if step in NEED_FORM and first_of(life, "dispatched") is None:
        raise NotDispatched(**names(life), step=title(life, step))
    if step in NEED_RESULT and course.resolved_at is None:
        raise NotBeforeResolved(**names(life), step=title(life, step))
    if step == "matters-dealt-with" and not _waiting_matters(life, what.matter):
        raise NoMatter(**names(life))
    must_be_another(life, step, what.person, office.actor)


def _after_closing(life: Life, step: str) -> bool:
    """Say whether a step may follow the closing: duties that outlive it, and a call about it."""
    outliving = {
        clock.step
        for clock in life.course.procedure.clocks
        # The hour agreed for coming is a limit, though the pack gives no length of it.
        if clock.survives_closing or (clock.limit is None and clock.start != "appointment")
    }
    # Nobody outside asks whether the office has closed its file before answering.
    return step in outliving or step == "answered"


def _waiting_matters(life: Life, matter: int | None) -> bool:
    grounds = {clock.ground for clock in life.clocks if clock.step == "matters-dealt-with" and clock.met_at is None}
    known = {f"matter-{one.seq}" for one in life.course.matters}
    waiting = grounds & known
    return f"matter-{matter}" in waiting if matter is not None else bool(waiting)
