"""Signing for a step: with name, moment and perhaps an opinion (Q 4.2.7, R 四.5, C 4.12.2).

Which steps are signatures, whose they are and what they follow stands in the procedure; none is known here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.advice import forward
from complaintctl.desk.event import share
from complaintctl.desk.office import Command, Done, Office, Remark
from complaintctl.desk.people import present, role_of
from complaintctl.desk.record import OWN_VERBS
from complaintctl.desk.refused_sign import (
    NoSignatures,
    NotAsked,
    NothingOfRole,
    NothingToSign,
    NotOfRole,
    SeveralToSign,
    SignedAlready,
    SignedTooEarly,
)
from complaintctl.desk.steps import must_be_another, names, title
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import Person
from complaintctl.rules.procedure import ClockRule
from complaintctl.rules.signatures import Signature, asked_later, entry_of, signatures, steps_of

#: The role that stands for whoever speaks for the complaint's department.
DEPARTMENT = "department"


class Signing(NamedTuple):
    """Which step is signed (None: the only one waiting), in which role, by whom (None: the actor), with what words."""

    step: str | None = None
    role: str | None = None
    by: str | None = None
    opinion: str | None = None
    at: Moment | None = None


def sign(office: Office, complaints: Iterable[str], what: Signing) -> list[Done]:
    """Sign on complaints.

    Raises:
        NotFound, BadValue: no such complaint, signature or role.
        SeveralToSign, NothingToSign, NotOfRole, SignedAlready, SignedTooEarly, NotAsked, NoSignatures, SamePerson.
        PersonLeft, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        return [_one(office, command, name, what) for name in dict.fromkeys(complaints)]


def _one(office: Office, command: Command, name: str, what: Signing) -> Done:
    life = command.open(name)
    steps = [step for step in steps_of(office.book) if step not in OWN_VERBS]
    if not steps:
        raise NoSignatures(**names(life), pack=office.procedure.id)
    role = None if what.role is None else role_of(life.course.procedure, what.role)
    found = [one for one in signatures(life, steps, office.now) if one.step in steps]
    one = _only(life, steps, found, role) if what.step is None else _named(office, life, steps, found, what.step)
    if role is not None and role not in one.roles:
        raise _not_of_role(life, one, role)
    must_be_another(life, one.step, what.by, office.actor)
    at = office.moment(
        what.at, Words(N_("The time of signing")), (_first_title(life, one.follows), one.since), complaint=life.id
    )
    body: dict[str, Any] = {"steps": [one.step]}
    if role is not None:
        body["role"] = role
    if one.round != life.course.round:
        # The paper of a round that was reopened: what the next round asks for is signed by itself.
        body["round"] = one.round
    who = present(office, what.by or office.actor, at)
    if who is not None:
        body["staff"] = who.id
    private = {"person": what.by, "opinion": what.opinion}
    command.append(life.id, "recorded", at, body, private)
    remarks = () if who is None else _in_another_role(life, one, who)
    return command.done(life.id, *remarks, *share(command, life, "recorded", at, body, private))


def _in_another_role(life: Life, one: Signature, who: Person) -> Iterator[Remark]:
    """Say where the register knows whoever signs by a role, or a department, that does not sign this."""
    if DEPARTMENT in one.roles and who.department is not None:
        may = who.department == life.course.department
    else:
        may = who.role in one.roles
    if may:
        return
    role = _role_title(life, who.role)
    known = role if who.department is None else Phrase(N_("{role}, {department}"), role=role, department=who.department)
    values = {"person": who.name, "known": known, "roles": [_role_title(life, name) for name in one.roles]}
    text = N_("{person} is registered as {known}; this is signed by {roles} ({clause})")
    yield Remark("other-role", Phrase(text, **values, clause=one.clause))


def _only(life: Life, steps: Sequence[str], found: Sequence[Signature], role: str | None) -> Signature:
    """Return the only signature that waits, or the only one of a role."""
    waiting = [one for one in found if one.seq is None]
    meant = [one for one in waiting if role is None or role in one.roles]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise SeveralToSign(**names(life), waiting=[_called(life, one) for one in meant], code=meant[0].step)
    for step in steps:
        rule = asked_later(life, step)
        if rule is not None and (role is None or role in rule.duty):
            raise _too_early(life, rule)
    if role is not None and waiting:
        told = [_called(life, one) for one in waiting]
        raise NothingOfRole(**names(life), role=_role_title(life, role), waiting=told, code=role)
    raise NothingToSign(**names(life))


def _named(office: Office, life: Life, steps: Sequence[str], found: Sequence[Signature], asked: str) -> Signature:
    """Return the signature that was named, which must wait."""
    step = step_of(life, steps, asked)
    meant = [one for one in found if one.step == step]
    for one in meant:
        if one.seq is None:
            return one
    rule = asked_later(life, step)
    if rule is not None:
        raise _too_early(life, rule)
    if meant:
        raise _already(office, life, meant[-1])
    clauses = [rule.clause for rule in life.course.procedure.clocks if rule.step == step]
    clause = clauses[0] if clauses else life.course.procedure.id
    raise NotAsked(**{**names(life), "clause": clause}, step=title(life, step))


# ---- in words and refusals


def _already(office: Office, life: Life, one: Signature) -> SignedAlready:
    entry = entry_of(life, one)
    person = "" if entry is None else (entry.private or {}).get("person") or entry.actor
    values = {**names(life), "clause": one.clause}
    return SignedAlready(**values, step=title(life, one.step), at=office.show(one.signed_at or 0), person=person)


def _not_of_role(life: Life, one: Signature, role: str) -> NotOfRole:
    roles = [_role_title(life, name) for name in one.roles]
    values = {**names(life), "clause": one.clause}
    return NotOfRole(**values, step=title(life, one.step), roles=roles, role=_role_title(life, role), code=role)


def _too_early(life: Life, rule: ClockRule) -> SignedTooEarly:
    earlier = rule.start.partition("|")[0]
    error = SignedTooEarly(
        **{**names(life), "clause": rule.clause},
        step=title(life, rule.step),
        earlier=title(life, earlier),
        code=earlier,
    )
    onward = forward(life)
    if earlier in life.course.procedure.signatures:
        error.hint = N_("First: complaintctl sign {id} {code}")
    elif onward is not None:
        error.hint = N_("Next: complaintctl {command}")
        places = {"department": Words(N_("DEPARTMENT")), "result": Words(N_("RESULT")), "note": Words(N_("NOTE"))}
        error.values["command"] = Phrase(onward, **places)
    return error


def _called(life: Life, one: Signature) -> Phrase:
    """Return a signature as a clerk can type it, with its name and whose it is."""
    roles = [_role_title(life, name) for name in one.roles]
    return Phrase(N_("{code} ({step}: {roles})"), code=one.step, step=title(life, one.step), roles=roles)


def _role_title(life: Life, role: str) -> Any:
    return life.course.procedure.roles.get(role, role)


def _first_title(life: Life, start: str) -> Any:
    return title(life, start.partition("|")[0])


# ---- signatures that are recorded


def follows(office: Office, life: Life, steps: Sequence[str]) -> Iterator[tuple[Any, Moment | None]]:
    """Yield what signatures that are recorded among other steps must come after: the signatures before them.

    Raises:
        SignedTooEarly: the signature before stands neither in the ledger nor earlier in the same command.
    """
    known = life.course.procedure.signatures
    waiting = {one.step: one for one in signatures(life, known, office.now) if one.seq is None}
    for number, step in enumerate(steps):
        one = waiting.get(step)
        if one is not None and one.follows in known:
            yield title(life, one.follows), one.since
        rule = asked_later(life, step) if one is None and step in known else None
        if rule is not None and rule.start in known and rule.start not in steps[:number]:
            raise _too_early(life, rule)


# ---- what is meant


def step_of(life: Life, steps: Sequence[str], asked: str) -> str:
    """Return the signature that a person calls by its code or its name in either language.

    Raises:
        BadValue: no such signature here.
    """
    for step in steps:
        wording = life.course.procedure.steps.get(step, {}).get("title", {})
        if asked.strip() in (step, *wording.values()):
            return step
    raise BadValue(field=Words(N_("The signature")), text=asked, expected=list(steps))
