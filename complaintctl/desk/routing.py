"""Where a complaint goes and to whom it is referred, proposed from the register of departments and people.

A proposal is marked as one and says why; what the clerk types always holds. With empty registers there is none.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from complaintctl.desk.department import begin, checked, known_names
from complaintctl.desk.office import Command, Office, Remark
from complaintctl.desk.people import at_rung, present, tidy
from complaintctl.desk.refused_people import NoDepartment, UnknownDepartment
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import people as register
from complaintctl.reading.proposal import Proposal
from complaintctl.rules.ladder import answering
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import Person, department_of

DEPARTMENT, TO = "department", "to"
"""The facts that are proposed: where a complaint goes, and to whom it is referred."""
BY_PERSON, BY_CATEGORY, BY_LADDER = "person", "category", "ladder"
"""What a proposal rests on: the person's department, the category, who stands at the rung."""


class Route(NamedTuple):
    """Where a complaint goes: the body of the dispatch, what is to be said of it, and what was proposed."""

    body: dict[str, Any]
    remarks: tuple[Remark, ...] = ()
    proposals: tuple[Proposal, ...] = ()


def registered_anew(command: Command, department: str) -> bool:
    """Register a department that nobody knows yet; say whether it was new."""
    name = tidy(department)
    if register.department_named(command.office.query, name) is not None:
        return False
    begin(command, name)
    return True


def routed(
    office: Office, life: Life, department: str | None, person: str | None, at: Moment, *, new: bool = False
) -> Route:
    """Return the route of a dispatch; without a department one is proposed, a `new` one need not be known.

    Raises:
        NoDepartment, UnknownDepartment, DepartmentClosed, PersonLeft.
    """
    who = present(office, person, at) if person is not None else None
    proposals: tuple[Proposal, ...] = ()
    body: dict[str, Any] = {}
    if department is None:
        one = proposed(office, life, who, at)
        proposals, department = (one,), str(one.value)
        body["proposed"] = [DEPARTMENT]
    else:
        department = tidy(department) if new else _known(office, department, at)
    if who is not None:
        body["staff"] = who.id
    return Route({**body, "department": department}, tuple(_remarks(who, department)), proposals)


def _known(office: Office, department: str, at: Moment) -> str:
    try:
        return checked(office, department, at)
    except UnknownDepartment as error:
        error.hint = N_("Known: {known}. If it is a new one, add --new-department.")
        if "near" in error.values:
            error.hint = N_("Meant is perhaps {near}. If it is a new one, add --new-department.")
        raise


def _remarks(who: Person | None, department: str) -> list[Remark]:
    if who is None or who.department is None or who.department == department:
        return []
    text = N_("{person} belongs to {department}")
    return [Remark("other-department", Phrase(text, person=who.name, department=who.department))]


def proposed(office: Office, life: Life, who: Person | None, at: Moment) -> Proposal:
    """Return the department that a complaint should go to: that of the person named, else by its category.

    Raises:
        NoDepartment: none answers for its category, several do, or it is there already.
        DepartmentClosed: the person's department.
    """
    if who is not None and who.department is not None:
        return Proposal(DEPARTMENT, checked(office, who.department, at), (str(who.name),), BY_PERSON)
    category = str(life.course.known["category"])
    found = [department_of(row) for row in answering(register.departments(office.query), category, at)]
    here = life.course.department if _is_out(life) else None
    if len(found) == 1 and found[0].name != here:
        return Proposal(DEPARTMENT, found[0].name, (category,), BY_CATEGORY)
    if here is not None and len(found) == 1:
        why: Any = Phrase(N_("it is with {department} already"), department=here)
    elif found:
        why = Phrase(N_("{names} answer for its category"), names=[one.name for one in found])
    else:
        why = Words(N_("no department answers for its category"))
    known = known_names(office)
    raise NoDepartment(number=life.number, id=life.id, why=why, known=known or Words(N_("none yet")))


def _is_out(life: Life) -> bool:
    """Say whether a complaint was dispatched in its present round."""
    course = life.course
    return any(one.step == "dispatched" and one.round == course.round for one in course.milestones)


def by_category(office: Office, life: Life) -> str | None:
    """Return the department that alone answers for a complaint's category; None where none or several do."""
    category = str(life.course.known["category"])
    found = answering(register.departments(office.query), category, office.now)
    return str(found[0]["name"]) if len(found) == 1 else None


def referred(office: Office, life: Life, rung: int, to: str | None, at: Moment) -> Route:
    """Return to whom a complaint is referred: as told, else who stands at that rung, marked as proposed.

    Raises:
        PersonLeft: whoever was told has left.
    """
    body: dict[str, Any] = {"rung": rung}
    if to is not None:
        who = present(office, to, at)
        return Route({**body, "staff": who.id} if who is not None else body)
    who = at_rung(office, life, rung)
    if who is None:
        return Route(body)
    one = Proposal(TO, str(who.name), (), BY_LADDER)
    return Route({**body, "staff": who.id, "proposed": [TO]}, (), (one,))
