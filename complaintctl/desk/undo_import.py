"""Taking back a whole import as one command: every complaint of it loses its standing, its number is not given again.

It is done at once for all of them, because complaint by complaint a hundred thousand would take minutes.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from complaintctl.desk.office import Office
from complaintctl.desk.refused import OthersRestOnIt
from complaintctl.desk.take_over import SUBJECT, earlier
from complaintctl.language import N_
from complaintctl.ledger import imports
from complaintctl.rules.entries import Entry

#: Kinds of entries that change nothing about a complaint and do not stand in the way.
_SILENT = ("revealed", "undone", "taken-over")


class ImportUndone(NamedTuple):
    """An import taken back: its id, its file (None once erased), and its complaints by their ids."""

    id: int
    file: str | None
    complaints: int
    first: int
    last: int
    at: int


def undo_import(office: Office) -> ImportUndone | None:
    """Take back the actor's last command if that was an import; None where it was anything else.

    Raises:
        OthersRestOnIt: something was done since on a complaint of it.
    """
    entry = _last(office)
    if entry is None:
        return None
    with office.command() as command:
        extent = imports.span_of(office.query, entry.batch, entry.seq)
        first = int(entry.body["first"])
        last = int(first + sum(entry.body["counts"].get(fate, 0) for fate in ("taken", "remarked")) - 1)
        _nothing_rests(office, first, last, int(extent["last"]), entry)
        batch, body = command.batch, command.stamped({"batch": entry.batch})
        batch.append(entry.subject, "undone", office.now, body)
        before = office.ledger.head()[0]
        for complaint in range(first, last + 1):
            batch.append(f"complaint/{complaint}", "undone", office.now, body)
        imports.void(office.ledger.connection, first, last, office.now, before)
    private = entry.private or {}
    number = int(entry.subject.removeprefix(f"{SUBJECT}/"))
    return ImportUndone(number, private.get("file"), last - first + 1, first, last, entry.recorded_at)


def _last(office: Office) -> Entry | None:
    """Return the import that was the actor's last command, if it still stands."""
    found = earlier(office)
    if not found:
        return None
    batch = imports.last_batch(office.query, office.actor, _SILENT)
    return next((entry for entry in found if entry.batch == batch), None)


def _nothing_rests(office: Office, first: int, last: int, seq: int, entry: Entry) -> None:
    """Refuse where a complaint of the import has gone on since, or another was found to repeat it."""
    later = [
        (row["batch"], row["kind"], row["subject"], json.loads(row["body"]))
        for row in imports.touched_since(office.query, first, last, seq)
    ]
    undone = {body["batch"] for _, kind, _, body in later if kind == "undone"}
    for batch, kind, subject, body in later:
        about = int(subject.partition("/")[2])
        if batch in undone or kind in _SILENT or not (first <= about <= last or first <= body.get("of", 0) <= last):
            continue
        about = about if first <= about <= last else int(body["of"])
        row = office.query.complaint(about)
        error = OthersRestOnIt(
            id=about, number=row["number"] if row else about, clause="", at=office.show(entry.recorded_at)
        )
        error.hint = N_("Take the later ones back first: complaintctl undo")
        raise error
