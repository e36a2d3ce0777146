"""Dispatching: the form or the work order goes to a department, the supervisor is told in the same step."""

from __future__ import annotations

from collections.abc import Iterable

from complaintctl.desk.office import Command, Done, Office, Remark
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.steps import begun, must_be_another, must_be_open, names, title
from complaintctl.language import N_, Words
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment


def assign(
    office: Office,
    complaints: Iterable[str],
    department: str | None,
    *,
    person: str | None = None,
    at: Moment | None = None,
    new_department: bool = False,
) -> list[Done]:
    """Dispatch complaints to a department (R 四.5, C 4.3.1, H5 三(二)); a second time sends them elsewhere.

    Without a department each goes to the one that the registers propose, which is marked; `new_department` registers
    the one named.

    Raises:
        NotFound, IsClosed, AlreadyDone: resolved already.
        FutureMoment, BeforeStep.
        NoDepartment, UnknownDepartment, DepartmentClosed, PersonLeft: only where something is registered.
    """
    with office.command() as command:
        new = new_department and department is not None and _registered_anew(command, department)
        return [_one(command, name, department, person, at, new) for name in dict.fromkeys(complaints)]


def _one(command: Command, name: str, department: str | None, person: str | None, at: Moment | None, new: bool) -> Done:
    office = command.office
    life = command.open(name)
    must_be_open(office, life)
    if life.course.resolved_at is not None:
        raise AlreadyDone(**names(life), step=title(life, "resolved"), at=office.show(life.course.resolved_at))
    must_be_another(life, "dispatched", person, office.actor)
    moment = office.moment(at, Words(N_("The dispatch")), begun(life), complaint=life.id)
    if department is not None and not office.query.registered("staff", "department"):
        command.append(life.id, "assigned", moment, {"department": department}, {"person": person})
        return command.done(life.id, *_untold(life))
    from complaintctl.desk.routing import routed

    route = routed(office, life, department, person, moment, new=new)
    command.append(life.id, "assigned", moment, route.body, {"person": person})
    return command.done(life.id, *route.remarks, *_untold(life), proposals=route.proposals)


def _untold(life: Life) -> tuple[Remark, ...]:
    """Say what a resident who asked for a repair should have been told before the order goes out (H5 三(二))."""
    if not life.course.on_paths or life.course.paths.repair.part is None:
        return ()
    from complaintctl.desk.repair import before_dispatch

    return tuple(before_dispatch(life))


def _registered_anew(command: Command, department: str) -> bool:
    from complaintctl.desk.routing import registered_anew

    return registered_anew(command, department)
