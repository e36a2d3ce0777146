"""Who is there: what the verbs ask of the register of people, which may be empty.

Nothing here is needed to get going. A name that the register does not know is taken as it was typed.
"""

from __future__ import annotations

import unicodedata
from typing import Any, NamedTuple

from complaintctl.desk.office import Office, Remark
from complaintctl.desk.refused_people import PersonLeft, SeveralOfThatName
from complaintctl.errors import BadValue, NotFound
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import people as register
from complaintctl.ledger.query import Queries
from complaintctl.rules.course import standing
from complaintctl.rules.ladder import Ladder, answering, there
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import Department, Person, department_of, person_of
from complaintctl.rules.procedure import Procedure


class Kept(NamedTuple):
    """What a verb did to something registered: as it was before (None for a new one) and as it is, with remarks."""

    before: Any | None
    after: Any
    remarks: tuple[Remark, ...] = ()


def tidy(name: str) -> str:
    """Return a name as the ledger keeps it, on one line, so that it can be compared."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def present(office: Office, name: str, at: Moment) -> Person | None:
    """Return who of that name is there at a moment; None where the register does not know the name.

    Of several of one name who are there, the one registered first. The telephone number is not in it.

    Raises:
        PersonLeft: everybody of that name had left by then.
    """
    found = register.named(office.query, tidy(name))
    if not found:
        return None
    here = [row for row in found if there(row, at)]
    if not here:
        left = max(row["left_at"] for row in found)
        raise PersonLeft(person=tidy(name), at=office.show(left), clause="")
    return person_of(here[0])


def somebody(office: Office, who: str) -> Person:
    """Return the member of staff called by id or name; of one name rather who is there than who has left.

    Raises:
        NotFound, SeveralOfThatName.
    """
    asked = unicodedata.normalize("NFKC", who).strip()
    if asked.isascii() and asked.isdigit():
        row = register.member(office.query, int(asked[:18]))
        found = [row] if row is not None else []
    else:
        found = register.named(office.query, tidy(who))
    chosen = [row for row in found if there(row, office.now)] or found
    if not chosen:
        error = NotFound(what=Words(N_("member of staff")), name=who)
        error.hint = N_("“complaintctl staff list --all” shows who is registered; “staff add” registers somebody.")
        raise error
    if len(chosen) > 1:
        raise SeveralOfThatName(person=tidy(who), ids=[str(row["id"]) for row in chosen])
    return person_of(chosen[0])


def somebody_there(office: Office, who: str) -> Person:
    """Return the member of staff called by id or name, who must be there.

    Raises:
        NotFound, SeveralOfThatName, PersonLeft.
    """
    person = somebody(office, who)
    if person.left_at is not None and person.left_at <= office.now:
        raise PersonLeft(person=person.name or str(person.id), at=office.show(person.left_at), clause="")
    return person


def role_of(procedure: Procedure, typed: str) -> str:
    """Return the role that a person calls by its code or its name in either language.

    Raises:
        BadValue: no such role in this procedure; the values list those there are.
    """
    asked = tidy(typed).lower()
    for code, wording in procedure.roles.items():
        if asked in (code, *(name.lower() for name in wording.values())):
            return code
    known = [Phrase(N_("{name} ({code})"), name=wording, code=code) for code, wording in procedure.roles.items()]
    raise BadValue(field=Words(N_("The role")), text=typed, expected=known)


def areas(office: Office) -> tuple[str, ...]:
    """Return the areas that buildings or people are registered with; empty where nobody has named any."""
    return tuple(register.areas(office.query))


def departments(query: Queries) -> list[Department]:
    """Return the departments registered, in the order of registration, closed ones too."""
    return [department_of(row) for row in register.departments(query)]


def at_rung(office: Office, life: Life, rung: int) -> Person | None:
    """Return who stands at a rung of the ladder for a complaint; None where the register does not tell.

    Its department is where it was sent; before that, the one that alone answers for its category.
    """
    found = register.departments(office.query)
    ladder = Ladder(register.staff(office.query), found, office.now)
    named = life.course.department
    if named is None:
        answers = answering(found, life.course.known["category"], office.now)
        named = answers[0]["name"] if len(answers) == 1 else None
    code = life.course.procedure.rungs[str(rung)]["code"]
    row = ladder.at_rung(code, department=named, handler=handler(life), area=area_of(office, life.course.building))
    return person_of(row) if row is not None else None


def handler(life: Life) -> int | None:
    """Return the id of who took a complaint on, if that was somebody registered."""
    found = [entry.body.get("staff") for entry in standing(life.entries) if entry.kind == "assigned"]
    return found[-1] if found else None


def area_of(office: Office, building: str | None) -> str | None:
    """Return the area in which a building lies; None where nobody has said."""
    row = register.building_coded(office.query, building) if building is not None else None
    return row["area"] if row is not None else None
