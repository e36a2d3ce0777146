"""Asking the resident, some days later, whether the result holds (R 四.8, Q 3.2, H9, H11 3.2)."""

from __future__ import annotations

from typing import NamedTuple

from complaintctl.desk.log import not_before
from complaintctl.desk.office import Done, Office
from complaintctl.desk.refused import NotNotified
from complaintctl.desk.steps import must_be_open, must_be_there, names, title
from complaintctl.language import N_, Words
from complaintctl.rules.localtime import Moment


class Visit(NamedTuple):
    """What a revisit gave: `answer` is satisfied, dissatisfied or no-answer; `raised` a matter raised there."""

    answer: str
    raised: str | None = None
    promise: Moment | None = None
    by: str | None = None
    note: str | None = None
    at: Moment | None = None


def revisit(office: Office, name: str, visit: Visit) -> Done:
    """Record a revisit; a resident who is not satisfied reopens the complaint (H4 四.2, C 4.11).

    Raises:
        NotFound, IsClosed, NotNotified, FutureMoment, BeforeStep.
        PersonLeft: whoever is said to have asked had left.
    """
    with office.command() as command:
        life = command.open(name)
        must_be_open(office, life)
        told = life.course.notified_at
        if told is None:
            raise NotNotified(**names(life))
        at = office.moment(visit.at, Words(N_("The revisit")), (title(life, "notified"), told), complaint=life.id)
        must_be_there(office, visit.by, at)
        body: dict[str, object] = {"answer": visit.answer, "raised": visit.raised is not None}
        if visit.promise is not None:
            not_before(office, visit.promise, Words(N_("The time promised")), at, life.id)
            body["promise"] = visit.promise
        command.append(life.id, "revisited", at, body, {"raised": visit.raised, "person": visit.by, "note": visit.note})
        return command.done(life.id)
