"""Suggestions: told to the director, adopted with a plan or not, published with thanks (H11 3.1.4).

The answer to the resident is the notice, which closes a suggestion; the rest may come before it or after.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from complaintctl.desk.log import not_before
from complaintctl.desk.office import Command, Done, Office, Remark, private_facts
from complaintctl.desk.people import present
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.refused_paths import NotDecided, NotOfKind
from complaintctl.desk.steps import begun, names
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger.paths import suggestions
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

#: What a suggestion can wait for, in the order in which it does.
WAITS = ("director", "decision", "answer", "publishing")


class Decision(NamedTuple):
    """What was decided: `plan`, by whom and until when where it is adopted; else `reason`."""

    adopted: bool
    plan: str | None = None
    by: str | None = None
    until: Moment | None = None
    reason: str | None = None
    note: str | None = None
    at: Moment | None = None


def tell(
    office: Office, name: str, *, to: str | None = None, note: str | None = None, at: Moment | None = None
) -> Done:
    """Record that the director was told of a suggestion.

    Raises:
        NotFound, NotOfKind, AlreadyDone, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = _open(command, name)
        held = life.course.paths.suggestion
        if held.told_at is not None:
            raise AlreadyDone(**_cited(life), step=Words(N_("told to the director")), at=office.show(held.told_at))
        moment = office.moment(at, Words(N_("The telling")), begun(life), complaint=life.id)
        if to is not None:
            present(office, to, moment)
        command.append(life.id, "suggestion", moment, {"stage": "told"}, {"to": to, "note": note})
        return command.done(life.id)


def decide(office: Office, name: str, decision: Decision) -> Done:
    """Record the decision on a suggestion; whoever decides has been told of it.

    Raises:
        NotFound, NotOfKind, AlreadyDone, PersonLeft, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = _open(command, name)
        held = life.course.paths.suggestion
        if held.decided_at is not None:
            raise AlreadyDone(**_cited(life), step=decision_word(held.decision), at=office.show(held.decided_at))
        at = office.moment(
            decision.at,
            Words(N_("The decision")),
            begun(life),
            (Words(N_("told to the director")), held.told_at),
            complaint=life.id,
        )
        if decision.by is not None:
            present(office, decision.by, at)
        body: dict[str, Any] = {"stage": "adopted" if decision.adopted else "not-adopted"}
        if decision.until is not None:
            not_before(office, decision.until, Words(N_("The time for the plan")), at, life.id)
            body["until"] = decision.until
        private = {"plan": decision.plan, "by": decision.by, "reason": decision.reason, "note": decision.note}
        command.append(life.id, "suggestion", at, body, private)
        return command.done(life.id)


def publish(
    office: Office, name: str, *, consent: bool | None = None, note: str | None = None, at: Moment | None = None
) -> Done:
    """Record that the decision was published; the resident's name only with `consent`.

    A second time only where the resident has changed their mind about the name.

    Raises:
        NotFound, NotOfKind, NotDecided, AlreadyDone, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = _open(command, name)
        held, rule = life.course.paths.suggestion, life.course.procedure.suggestion
        if held.decision is None and rule is not None:
            raise NotDecided(**{**names(life), "clause": rule["clause"]})
        if held.published_at is not None and bool(consent) == bool(held.consent):
            raise AlreadyDone(**_cited(life), step=Words(N_("published")), at=office.show(held.published_at))
        moment = office.moment(
            at,
            Words(N_("The publishing")),
            begun(life),
            (decision_word(held.decision), held.decided_at),
            (Words(N_("published")), held.published_at),
            complaint=life.id,
        )
        body: dict[str, Any] = {"stage": "published"}
        if consent is not None:
            body["consent"] = consent
        command.append(life.id, "suggestion", moment, body, {"note": note})
        return command.done(life.id, *_unnamed(life, consent), *_unanswered(life))


def _cited(life: Life) -> dict[str, Any]:
    """Return the values by which a refusal names the suggestion, with the clause that asks for its path."""
    rule = life.course.procedure.suggestion
    return {**names(life), "clause": rule["clause"] if rule is not None else ""}


def decision_word(decision: str | None) -> Words:
    """Return the word of a decision."""
    return Words(N_("adopted") if decision == "adopted" else N_("not adopted"))


def waits_for(life: Life) -> str | None:
    """Return what a suggestion waits for next; None where nothing is left to do."""
    held, closed = life.course.paths.suggestion, life.course.closed_at is not None
    if held.decision is None:
        if held.told_at is not None:
            return "decision"
        return None if closed else "director"
    if not closed:
        return "answer"
    return "publishing" if held.decision == "adopted" and held.published_at is None else None


def listed(office: Office, *, every: bool = False) -> list[Life]:
    """Return the suggestions that wait for something, or every one, oldest first."""
    lives = [office.life(complaint) for complaint in suggestions(office.query, every=every)]
    return [life for life in lives if every or waits_for(life) is not None]


def undecided(life: Life) -> Iterator[Remark]:
    """Say at the answer to a suggestion that nobody has decided on it; praise needs no decision."""
    rule = life.course.procedure.suggestion
    if rule is not None and life.course.paths.suggestion.decision is None:
        text = N_("answered before a decision ({clause}); praise needs none")
        yield Remark("undecided", Phrase(text, clause=rule["clause"]))


def _unnamed(life: Life, consent: bool | None) -> Iterator[Remark]:
    if consent and not private_facts(life).get("name"):
        yield Remark("no-name", Words(N_("no name is known, so the resident is thanked without one")))


def _unanswered(life: Life) -> Iterator[Remark]:
    if life.course.closed_at is None:
        text = N_("the resident has not been answered yet: complaintctl notify {id} --via phone")
        yield Remark("not-answered", Phrase(text, id=life.id))


def _open(command: Command, name: str) -> Life:
    life = command.open(name)
    kind = life.course.known["kind"]
    if kind != "suggestion":
        raise NotOfKind(**names(life), kind=Words(kind), wanted=Words(N_("suggestion")), code="suggestion")
    return life
