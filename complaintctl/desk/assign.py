"""Dispatching: the form or the work order goes to a department, the supervisor is told in the same step."""

from __future__ import annotations

from collections.abc import Iterable

from complaintctl.desk.office import Command, Done, Office
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.steps import begun, must_be_another, must_be_open, names, title
from complaintctl.language import N_, Words
from complaintctl.rules.localtime import Moment


def assign(
    office: Office, complaints: Iterable[str], department: str, *, person: str | None = None, at: Moment | None = None
) -> list[Done]:
    """Dispatch complaints to a department (R 四.5, C 4.3.1, H5 三(二)); a second time sends them elsewhere.

    Raises:
        NotFound, IsClosed, AlreadyDone: resolved already.
        FutureMoment, BeforeStep.
    """
    with office.command() as command:
        return [_one(office, command, name, department, person, at) for name in dict.fromkeys(complaints)]


def _one(office: Office, command: Command, name: str, department: str, person: str | None, at: Moment | None) -> Done:
    life = command.open(name)
    must_be_open(office, life)
    if life.course.resolved_at is not None:
        raise AlreadyDone(**names(life), step=title(life, "resolved"), at=office.show(life.course.resolved_at))
    must_be_another(life, "dispatched", person, office.actor)
    moment = office.moment(at, Words(N_("The dispatch")), begun(life), complaint=life.id)
    command.append(life.id, "assigned", moment, {"department": department}, {"person": person})
    return command.done(life.id)
