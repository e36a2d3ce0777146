"""Closing by hand, where the procedure allows it: never satisfied, unreachable, or explained in vain."""

from __future__ import annotations

from complaintctl.desk.office import Done, Office
from complaintctl.desk.refused import MayNotClose
from complaintctl.desk.steps import begun, known_now, must_be_open, names, title
from complaintctl.language import N_, Words
from complaintctl.rules.condition import holds
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment


def close(office: Office, name: str, *, reason: str, at: Moment | None = None) -> Done:
    """Close a complaint with a signed reason (H8 3.3, Q 4.2.6, C 4.11).

    Raises:
        NotFound, IsClosed, MayNotClose, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        must_be_open(office, life)
        clause = _ground(life)
        moment = office.moment(at, Words(N_("The closing")), begun(life), complaint=life.id)
        command.append(life.id, "closed", moment, {"clause": clause}, {"reason": reason})
        return command.done(life.id)


def _ground(life: Life) -> str:
    """Return the clauses that allow closing by hand now.

    Raises:
        MayNotClose: none does.
    """
    rules = life.course.procedure.snapshot["closes"]
    known = known_now(life)
    found = [str(rule["clause"]) for rule in rules if holds(rule["when"], known)]
    if found:
        return ", ".join(dict.fromkeys(found))
    step = life.course.procedure.closing_step(known).partition("|")[0]
    grounds = [rule["title"] for rule in rules] or [Words(N_("never in this procedure"))]
    raise MayNotClose(**names(life), step=title(life, step), grounds=grounds)
