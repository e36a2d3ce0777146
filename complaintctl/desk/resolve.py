"""Resolving: the handling is done; by default the form comes back with it (R 四.6(1), Q 4.2.2)."""

from __future__ import annotations

from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Done, Office
from complaintctl.desk.refused import AlreadyDone, NotAssigned, NotAtOnce, NotOnTheSpot
from complaintctl.desk.steps import (
    begun,
    first_of,
    known_now,
    must_be_another,
    must_be_open,
    must_be_there,
    names,
    title,
)
from complaintctl.errors import BadValue, MissingOption
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.condition import holds
from complaintctl.rules.facts import VOID_OUTCOMES
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.period import Limit


class Result(NamedTuple):
    """What came of a complaint; `of` names the complaint that a duplicate duplicates."""

    result: str
    outcome: str = "solved"
    of: str | None = None
    on_the_spot: bool = False
    cause: str | None = None
    analysis: str | None = None
    person: str | None = None
    at: Moment | None = None
    form_returned: bool | None = None


def resolve(office: Office, name: str, result: Result) -> Done:
    """Record that a complaint is resolved.

    Raises:
        NotFound, IsClosed, AlreadyDone, NotAssigned, NotAtOnce, NotOnTheSpot, SamePerson, OwnMatter.
        MissingOption, BadValue: a duplicate without saying of which, or of itself.
        FutureMoment, BeforeStep. PersonLeft: whoever is said to have solved it had left.
    """
    with office.command() as command:
        return _one(office, command, command.open(name), result)


def resolve_event(office: Office, name: str, result: Result) -> list[Done]:
    """Record that a complaint and every other open one of its event are resolved: one resolution can answer all.

    Raises:
        As `resolve`, for whichever of them; then none is resolved.
    """
    from complaintctl.desk.event import others

    with office.command() as command:
        life = command.open(name)
        also = [other for other in others(office, command, life) if other.course.resolved_at is None]
        return [_one(office, command, one, result) for one in (life, *also)]


def _one(office: Office, command: Command, life: Life, result: Result) -> Done:
    must_be_open(office, life)
    if life.course.resolved_at is not None:
        raise AlreadyDone(**names(life), step=title(life, "resolved"), at=office.show(life.course.resolved_at))
    must_be_another(life, "resolved", result.person, office.actor)
    at = office.moment(
        result.at,
        Words(N_("The resolution")),
        begun(life),
        (title(life, "dispatched"), first_of(life, "dispatched")),
        complaint=life.id,
    )
    must_be_there(office, result.person, at)
    original = _original(command, life, result)
    _must_be_anothers(life, result)
    if result.on_the_spot:
        _on_the_spot(office, command, life, at)
    else:
        _must_be_assigned(life, result)
    command.append(life.id, "resolved", at, _body(life, result, original), _private(result))
    return command.done(life.id)


def _original(command: Command, life: Life, result: Result) -> int | None:
    """Return the complaint that this one duplicates."""
    if result.outcome != "duplicate":
        if result.of is not None:
            raise BadValue(field="--of", text=result.of, expected="--outcome duplicate")
        return None
    if result.of is None:
        raise MissingOption(option="--of", command="complaintctl resolve")
    original = command.open(result.of)
    if original.id == life.id:
        raise BadValue(field="--of", text=result.of, expected=Words(N_("the complaint that came first")))
    return original.id


def _must_be_anothers(life: Life, result: Result) -> None:
    """Refuse to pass on what the company itself answers for: that is for class 2, class 3 and what it assists with."""
    if result.outcome == "passed-on" and known_now(life).get("validity") in ("valid", "undetermined"):
        from complaintctl.desk.refused_care import OwnMatter

        raise OwnMatter(**{**names(life), "clause": "Q 4.2.6, C 4.1.2, 4.4.3"})


def _must_be_assigned(life: Life, result: Result) -> None:
    rule = life.course.procedure.snapshot["assignment"]
    known = known_now(life)
    if rule is None or known["form_out"] or known["on_the_spot"] or result.outcome in VOID_OUTCOMES:
        return
    if holds(rule["needed_when"], known):
        raise NotAssigned(**{**names(life), "clause": rule["clause"]})


def _on_the_spot(office: Office, command: Command, life: Life, at: Moment) -> None:
    """Take down that it was solved at once after receipt; dispatch, signing and form then drop out."""
    rule = life.course.procedure.snapshot["on_the_spot"]
    if known_now(life)["form_out"]:
        raise NotOnTheSpot(**names(life), at=office.show(first_of(life, "dispatched") or at))
    if rule is not None:
        limit = life.course.procedure.limit(rule["within"])
        start = life.course.rounds[-1]
        if at > office.book.due(limit, start).at:
            raise NotAtOnce(**{**names(life), "clause": rule["clause"]}, limit=_words(limit))
    if not known_now(life)["on_the_spot"]:
        command.append(life.id, "amended", at, {"facts": {"on_the_spot": True}})


def _words(limit: Limit) -> Phrase | str:
    return Phrase(N_("{n} minutes"), n=limit.n) if limit.unit == "minutes" else limit.text()


def _body(life: Life, result: Result, original: int | None) -> dict[str, Any]:
    """Return the entry's body; the form comes back by default where one went out."""
    form_out = bool(known_now(life)["form_out"])
    returned = form_out if result.form_returned is None else result.form_returned and form_out
    body: dict[str, Any] = {"outcome": result.outcome, "form_returned": returned}
    if original is not None:
        body["of"] = original
    return body


def _private(result: Result) -> dict[str, Any]:
    return {
        "result": result.result,
        "cause": result.cause,
        "analysis": result.analysis,
        "person": result.person,
    }
