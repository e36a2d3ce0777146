"""What the rules refuse about events of several households."""

from __future__ import annotations

from typing import ClassVar

from complaintctl.desk.steps import names
from complaintctl.errors import RuleRefusal
from complaintctl.language import N_
from complaintctl.rules.course import link_of
from complaintctl.rules.life import Life
from complaintctl.rules.procedure import Procedure


class NotInEvent(RuleRefusal):
    """Asking about, or leaving, an event that a complaint does not belong to."""

    rule: ClassVar[str] = "not-in-event"
    message = N_("{number} belongs to no event of several households ({clause}).")
    hint = N_("To link it to others about the same matter: complaintctl link {id} ID")


def in_event(life: Life) -> int:
    """Return the lead complaint of the event that a complaint is linked to.

    Raises:
        NotInEvent.
    """
    link = link_of(life.entries)
    if link is None:
        raise NotInEvent(**{**names(life), "clause": collective_clause(life.course.procedure)})
    return int(link.body["event"])


def collective_clause(procedure: Procedure) -> str:
    """Return the clause by which many households make an event collective; the procedure's id where it has none."""
    return next((rule.clause for rule in procedure.judgements if rule.facet == "collective"), procedure.id)
