"""Asking on a terminal whether complaints shall go where the registers propose; Enter is yes."""

from complaintctl.cli import answer
from complaintctl.cli.commands._form import NO, YES, asked
from complaintctl.desk.department import known_names
from complaintctl.desk.office import Office
from complaintctl.desk.people import present
from complaintctl.desk.routing import BY_PERSON, proposed
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words
from complaintctl.output.words import word


class NotSo(UsageFault):
    """The clerk wants another department than the one proposed."""

    message = N_("Nothing was dispatched.")
    hint = N_("Type it like this: complaintctl assign {id} DEPARTMENT — known: {known}.")


def confirm(office: Office, ids: list[str], person: str | None, at: int | None) -> None:
    """Show where each complaint would go and why, and ask.

    Raises:
        NotSo: the clerk says no.
        NoDepartment, PersonLeft, NotFound; Interrupted.
    """
    when = office.now if at is None else at
    who = present(office, person, when) if person is not None else None
    for name in dict.fromkeys(ids):
        life = office.life(office.find(name))
        one = proposed(office, life, who, when)
        ground = one.words[0]
        if one.rule == BY_PERSON:
            answer.tell(
                N_("{number}: to {department}, where {person} belongs"),
                number=life.number,
                department=one.value,
                person=ground,
            )
        else:
            answer.tell(
                N_("{number}: to {department}, for “{category}”"),
                number=life.number,
                department=one.value,
                category=word("category", ground),
            )
    while True:
        typed = asked(N_("Dispatch it so? Enter = yes, n = no")).lower()
        if typed in ("", *YES):
            return
        if typed in NO:
            raise NotSo(id=ids[0], known=known_names(office) or Words(N_("none yet")))
