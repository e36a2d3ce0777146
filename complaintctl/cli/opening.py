"""How a command comes to the ledger of this session: as an office that acts, or as a view for those who look.

A view is much lighter to load than an office; what is asked every few minutes uses nothing else.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from complaintctl.cli.session import session
from complaintctl.ledger.store import Ledger

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from complaintctl.desk.office import Office
    from complaintctl.reports.view import View


@contextmanager
def office(write: bool = False) -> Iterator["Office"]:
    """Open the session's ledger and give the office at this session's moment; closed at the end.

    Raises:
        LedgerError: there is no ledger, or it cannot be used.
    """
    from complaintctl.desk.office import Office

    run = session()
    with Ledger.open(run.ledger, write=write, refold=_bring_up) as ledger:
        yield Office(ledger, run.now, run.actor, pinned=run.now_overridden)


@contextmanager
def view(as_of: str | None = None) -> Iterator["View"]:
    """Open the session's ledger for looking: as it is now, or as it was at a moment typed in.

    Raises:
        LedgerError: there is no ledger, or it cannot be used.
        BadMoment, FutureMoment: `as_of` is no moment of the past.
    """
    from complaintctl.reports.view import View

    run = session()
    with Ledger.open(run.ledger, refold=_bring_up) as ledger:
        now = View(ledger, run.now)
        if as_of is None:
            yield now
            return
        from complaintctl.desk.office import Office
        from complaintctl.desk.replay import as_of as refold

        moment = past(as_of, now.zone)
        yield View(ledger, moment, refold(Office(ledger, run.now, run.actor), moment))


def _bring_up(ledger: Ledger) -> None:
    """Fold what an earlier program had folded anew, and say so: of many complaints that takes its time."""
    from complaintctl.cli import answer
    from complaintctl.desk.office import Office
    from complaintctl.desk.replay import bring_up
    from complaintctl.language import N_

    run = session()
    if not run.wants_json:
        answer.tell(N_("This ledger was kept by an earlier program; it is brought up to date, once."))
    bring_up(Office(ledger, run.now, run.actor))


def past(typed: str, zone: "ZoneInfo") -> int:
    """Read the moment of `--as-of` and say on standard error how it was read.

    Raises:
        BadMoment, FutureMoment.
    """
    from complaintctl.cli import answer
    from complaintctl.language import N_
    from complaintctl.reading.moments import read

    found = read(typed, now=session().now, zone=zone, field="--as-of")
    if not session().wants_json:
        answer.tell(N_("As the ledger stood at {moment}."), moment=found.echo)
    return found.at
