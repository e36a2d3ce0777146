"""What the verbs on one complaint have in common: when a step is allowed, and what it must come after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.desk.refused import IsClosed, NotJudged, SamePerson
from complaintctl.language import N_, Words
from complaintctl.rules.condition import holds
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Procedure


def names(life: Life) -> dict[str, Any]:
    """Return the values by which every refusal names the complaint."""
    return {"id": life.id, "number": life.number, "clause": ""}


def title(life: Life, step: str) -> Any:
    """Return the wording of a step."""
    return life.course.procedure.steps.get(step, {}).get("title", step)


def must_be_open(office: Office, life: Life) -> None:
    """Refuse a step on a closed complaint.

    Raises:
        IsClosed.
    """
    if life.course.closed_at is not None:
        raise IsClosed(**names(life), at=office.show(life.course.closed_at))


def begun(life: Life) -> tuple[Any, Moment]:
    """Return what every step of the present round comes after: the receipt, or the reopening."""
    word = N_("received") if life.course.round == 1 else N_("reopened")
    return Words(word), life.course.rounds[-1]


def first_of(life: Life, step: str) -> Moment | None:
    """Return when a step was first taken in the present round, or None."""
    course = life.course
    return min((one.at for one in course.milestones if one.step == step and one.round == course.round), default=None)


def known_now(life: Life) -> dict[str, Any]:
    """Return what is known and judged after the last entry."""
    return life.course.known


def must_be_judged(procedure: Procedure, kind: str, facets: Iterable[str]) -> None:
    """Refuse to overrule what the procedure does not judge of a complaint of this kind (domain: they have none).

    Raises:
        NotJudged.
    """
    known = {rule.facet for rule in procedure.judgements}
    for facet in facets:
        if facet not in known or (kind not in JUDGED_KINDS and facet in ONLY_JUDGED):
            raise NotJudged(facet=Words(FACET_WORDS[facet]), kind=Words(kind), clause="", id="ID")


#: What only complaints and repair requests have.
ONLY_JUDGED = ("severity", "class", "validity")
FACET_WORDS = {
    "severity": N_("severity"),
    "class": N_("class"),
    "validity": N_("validity"),
    "urgency": N_("urgency"),
    "collective": N_("collective"),
    "repeat": N_("repeat"),
}


def must_be_there(office: Office, person: str | None, at: Moment) -> None:
    """Refuse a deed that somebody is said to have done after leaving; a name that nobody registered is taken as typed.

    Raises:
        PersonLeft.
    """
    if person is not None and office.query.registered("staff"):
        from complaintctl.desk.people import present

        present(office, person, at)


def must_be_another(life: Life, step: str, person: str | None, actor: str) -> None:
    """Refuse a step by a person who did it in an earlier round, where the procedure wants another one.

    Raises:
        SamePerson.
    """
    doer = person or actor
    for rule in life.course.procedure.snapshot["separations"]:
        if rule["step"] != step or not holds(rule["when"], known_now(life)):
            continue
        for one in life.course.milestones:
            if one.step == step and one.round < life.course.round:
                entry = next(entry for entry in life.entries if entry.seq == one.seq)
                if doer == ((entry.private or {}).get("person") or entry.actor):
                    raise SamePerson(**{**names(life), "clause": rule["clause"]}, step=title(life, step), person=doer)
