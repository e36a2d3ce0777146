"""Showing what is private: with a reason, and never without leaving an entry (PIPL 6, R 8)."""

from __future__ import annotations

from complaintctl.desk.office import Office
from complaintctl.rules.life import Life


def reveal(office: Office, name: str, *, reason: str) -> Life:
    """Write down that the private facts of a complaint were shown, to whom and why; return its life.

    Raises:
        NotFound.
    """
    with office.command() as command:
        life = command.open(name)
        command.append(life.id, "revealed", office.now, {}, {"reason": reason})
        return command.done(life.id).life
