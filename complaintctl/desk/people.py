"""Who is there: what the verbs ask of the register of people, which may be empty.

Nothing here is needed to get going. A name that the register does not know is taken as it was typed.
"""

from __future__ import annotations

from complaintctl.desk.office import Office
from complaintctl.desk.refused_people import PersonLeft
from complaintctl.ledger import people as register
from complaintctl.ledger.query import Queries
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import Department, Person, department_of, person_of, there


def present(office: Office, name: str, at: Moment) -> Person | None:
    """Return who of that name is there at a moment; None where the register does not know the name.

    Of several of one name who are there, the one registered first. The telephone number is not in it.

    Raises:
        PersonLeft: everybody of that name had left by then.
    """
    found = register.named(office.query, name.strip())
    if not found:
        return None
    here = [row for row in found if there(row, at)]
    if not here:
        left = max(row["left_at"] for row in found)
        raise PersonLeft(person=name.strip(), at=office.show(left), clause="")
    return person_of(here[0])


def areas(office: Office) -> tuple[str, ...]:
    """Return the areas that buildings or people are registered with; empty where nobody has named any."""
    return tuple(register.areas(office.query))


def departments(query: Queries) -> list[Department]:
    """Return the departments registered, in the order of registration, closed ones too."""
    return [department_of(row) for row in register.departments(query)]
