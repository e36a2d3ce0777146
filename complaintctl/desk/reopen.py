"""Reopening: the resident does not accept the result, so a new round begins (H4 四.2, C 4.11)."""

from __future__ import annotations

from complaintctl.desk.office import Done, Office
from complaintctl.desk.refused import IsOpen
from complaintctl.desk.steps import names, title
from complaintctl.language import N_, Words
from complaintctl.rules.localtime import Moment


def reopen(office: Office, name: str, *, reason: str | None = None, at: Moment | None = None) -> Done:
    """Begin a new round of a complaint that is resolved, notified or closed.

    Raises:
        NotFound, IsOpen, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        course = life.course
        if course.resolved_at is None and course.closed_at is None:
            raise IsOpen(**names(life))
        moment = office.moment(
            at,
            Words(N_("The reopening")),
            (title(life, "resolved"), course.resolved_at),
            (title(life, "notified"), course.notified_at),
            (title(life, "closed"), course.closed_at),
            complaint=life.id,
        )
        command.append(life.id, "reopened", moment, {}, {"reason": reason})
        return command.done(life.id)
