"""How a command comes to its office: the ledger of this session, opened for reading or for writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from complaintctl.cli.session import session
from complaintctl.desk.office import Office
from complaintctl.ledger.store import Ledger


@contextmanager
def office(write: bool = False) -> Iterator[Office]:
    """Open the session's ledger and give the office at this session's moment; closed at the end.

    Raises:
        LedgerError: there is no ledger, or it cannot be used.
    """
    run = session()
    with Ledger.open(run.ledger, write=write) as ledger:
        yield Office(ledger, run.now, run.actor, pinned=run.now_overridden)
