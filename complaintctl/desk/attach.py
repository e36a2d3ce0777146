"""Attaching evidence: its digest stands in the chain, its bytes in the same file, erasable (H3 2.3, H6, H7)."""

from __future__ import annotations

from collections.abc import Sequence

from complaintctl.desk.office import Done, Office


def attach(office: Office, name: str, files: Sequence[tuple[str, bytes]], *, note: str | None = None) -> Done:
    """File pieces of evidence (file name, bytes) with a complaint, also with a closed one.

    Raises:
        NotFound.
    """
    with office.command() as command:
        life = command.open(name)
        for file_name, data in files:
            command.attach(life.id, office.now, file_name, data, note)
        return command.done(life.id)
