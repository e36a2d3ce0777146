"""One complaint as the ledger had it at an earlier moment: only what had been written down by then."""

from __future__ import annotations

from complaintctl.desk.office import Office, subject_of
from complaintctl.desk.site import SITE
from complaintctl.errors import NotFound
from complaintctl.language import N_, Words
from complaintctl.ledger.derived import ADOPTED
from complaintctl.rules.life import Life, fold
from complaintctl.rules.localtime import Moment


def life_as_of(office: Office, name: str, moment: Moment) -> tuple[Office, Life]:
    """Return the office at a moment gone by, with what was adopted by then, and the complaint's life then.

    Raises:
        NotFound: there is no such complaint, or it had not been taken down yet.
    """
    then = office_as_of(office, moment)
    complaint = office.query.complaint_id(name)
    entries = office.ledger.entries(subject_of(complaint), moment) if complaint is not None else []
    life = fold(entries, then.book)
    if life is None:
        raise NotFound(what=Words(N_("complaint")), name=name)
    return then, life


def office_as_of(office: Office, moment: Moment) -> Office:
    """Return the office at a moment gone by, with what was adopted by then; it answers for no complaint of then."""
    then = Office(office.ledger, moment, office.actor)
    replica = office.ledger.replica()
    for entry in office.ledger.entries(SITE, moment):
        if entry.kind == ADOPTED:
            replica.adopt(entry)
    if replica.query.adoptions("procedure") and replica.query.adoptions("calendar"):
        then.query = replica.query
    return then
