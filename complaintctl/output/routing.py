"""Where a complaint goes next and to whom, in words: what the registers proposed, and commands ready to be typed."""

from collections.abc import Iterable, Iterator
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.desk.people import at_rung
from complaintctl.desk.routing import BY_PERSON, DEPARTMENT, TO, by_category
from complaintctl.language import N_, gettext
from complaintctl.output import words
from complaintctl.output.problem import fill
from complaintctl.rules.life import Life


def proposed(life: Life, proposals: Iterable[Any]) -> Iterator[str]:
    """Yield what was proposed about a dispatch or a referral, why, and how to have it otherwise."""
    for one in proposals:
        if one.fact == TO:
            text = N_("  To {person}, who stands there (proposed); if not: complaintctl undo, then --to")
            yield fill(text, person=one.value)
        elif one.fact == DEPARTMENT and one.rule == BY_PERSON:
            text = N_("  To {department}, where {person} belongs (proposed); elsewhere: complaintctl assign {id} …")
            yield fill(text, department=one.value, person=one.words[0], id=life.id)
        elif one.fact == DEPARTMENT:
            text = N_("  To {department}, for “{category}” (proposed); elsewhere: complaintctl assign {id} …")
            yield fill(text, department=one.value, category=words.word("category", one.words[0]), id=life.id)


def with_department(office: Office, life: Life, command: str) -> str:
    """Return a command with the department that answers for the complaint's category in the place of the blank."""
    name = by_category(office, life)
    return command if name is None else command.replace("{department}", typed(name))


def typed(name: str) -> str:
    """Return a name as it is typed in a shell: quoted only where it must be, which a Chinese one need not."""
    if all(char.isalnum() or char in "-_.,:/@%+" for char in name):
        return name
    import shlex

    return shlex.quote(name)


def at_its_rung(office: Office, life: Life, command: str) -> str:
    """Return who stands at the rung that a referral goes to, to be shown after the command; empty for nobody."""
    level = command.split()[-1]
    rung = next((int(number) for number, one in life.course.procedure.rungs.items() if one["code"] == level), None)
    person = at_rung(office, life, rung) if rung is not None else None
    return "" if person is None else gettext(N_("  ({person})")).format(person=person.name)
