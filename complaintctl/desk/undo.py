"""Taking back one's last command: nothing is deleted, an entry says that it no longer counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Office, subject_of
from complaintctl.desk.refused import MayNotUndo, NothingToUndo, OthersRestOnIt
from complaintctl.desk.registers import REGISTERS, parted
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.course import LINKS
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life

#: Kinds that change nothing about a complaint's course; they neither are undone nor stand in the way.
SILENT = ("revealed", "undone", "taken-over")
#: Kinds that can never be undone.
FINAL = ("adopted", "forgotten")


class Restored(NamedTuple):
    """A complaint before and after something about it was taken back; `life` is None where its intake was."""

    id: int
    number: str
    before: Life
    life: Life | None


class RestoredThing(NamedTuple):
    """A thing of a register after something about it was taken back; `thing` is None where its beginning was."""

    register: str
    id: int
    thing: Any | None


class Undone(NamedTuple):
    """What was taken back: the entries, the complaints as they stand now, and what is kept beside them."""

    entries: list[Entry]
    complaints: list[Restored]
    things: list[RestoredThing]
    words: Mapping[str, list[str]] | None = None
    register: Any = None
    """The import taken back (`desk.undo_import.ImportUndone`), where that was the command."""


def undo(office: Office) -> Undone:
    """Take back the actor's last command that still counts.

    Raises:
        NothingToUndo, MayNotUndo, OthersRestOnIt.
    """
    from complaintctl.desk.undo_import import undo_import

    taken_over = undo_import(office)
    if taken_over is not None:
        return Undone([], [], [], register=taken_over)
    with office.command() as command:
        batch = _last(office)
        if all(entry.kind == "adopted" and entry.body["what"] == "lexicon" for entry in batch):
            return _words_taken_back(office, command, batch)
        subjects = list(dict.fromkeys(entry.subject for entry in batch))
        if any(entry.kind in FINAL or not _undoable(entry.subject) for entry in batch):
            raise MayNotUndo(actor=office.actor)
        result = []
        things = []
        for subject in subjects:
            part = parted(subject)
            if part is not None:
                _nothing_rests_on_thing(office, subject, batch)
                things.append(RestoredThing(*part, command.write(subject, "undone", office.now, _mark(batch))))
                continue
            complaint = int(subject.partition("/")[2])
            life = command.open(str(complaint))
            _nothing_rests_on_it(office, life, batch)
            if any(entry.kind == "logged" and entry.subject == subject for entry in batch):
                _nobody_points_to_it(office, life, batch)
            after = command.append(complaint, "undone", office.now, _mark(batch))
            result.append(Restored(complaint, life.number, life, after))
        _still_hold(office, things, batch)
        return Undone(batch, result, things)


def _still_hold(office: Office, things: list[RestoredThing], batch: list[Entry]) -> None:
    """Refuse where people or places would no longer hold together: others name who would be gone, and the like."""
    if not any(one.register in ("staff", "department", "building") for one in things):
        return
    from complaintctl.desk.undo_registers import broken

    for register, number in broken(office, {(one.register, one.id): one.thing for one in things}):
        raise _rests(office, register, number, batch)


def _words_taken_back(office: Office, command: Command, batch: list[Entry]) -> Undone:
    """Put the office's own words in force again that stood before a change of them.

    Raises:
        OthersRestOnIt: they were changed since.
    """
    from complaintctl.desk.lexicon import take_back, words_of

    entry = batch[-1]
    if words_of(office.query) != entry.body["snapshot"]["terms"]:
        error = OthersRestOnIt(
            id=0, number=Words(N_("The office's own words")), clause="", at=office.show(entry.recorded_at)
        )
        error.hint = N_("To take single words out: complaintctl lexicon remove WORD")
        raise error
    command.batch.append(entry.subject, "undone", office.now, command.stamped(_mark(batch)))
    return Undone(batch, [], [], take_back(office, command, entry.seq))


def _mark(batch: list[Entry]) -> dict[str, int]:
    return {"batch": batch[0].batch}


def _undoable(subject: str) -> bool:
    return subject.startswith("complaint/") or parted(subject) is not None


def _last(office: Office) -> list[Entry]:
    """Return the entries of the actor's last command that was not undone itself."""
    undone: set[int] = set()
    for batch in office.ledger.batches(office.actor):
        undone |= {entry.body["batch"] for entry in batch if entry.kind == "undone"}
        if any(entry.kind == "undone" for entry in batch):
            continue
        if batch[0].batch not in undone and any(entry.kind not in SILENT for entry in batch):
            return batch
    raise NothingToUndo(actor=office.actor)


def _nobody_points_to_it(office: Office, life: Life, batch: list[Entry]) -> None:
    """Refuse to take back a complaint of which another was found to be a duplicate."""
    later = list(office.ledger.all_entries(after_seq=batch[-1].seq))
    gone = {entry.body["batch"] for entry in later if entry.kind == "undone"}
    for entry in later:
        if entry.kind == "resolved" and entry.body.get("of") == life.id and entry.batch not in gone:
            raise OthersRestOnIt(id=life.id, number=life.number, clause="", at=office.show(batch[0].recorded_at))


def _nothing_rests_on_thing(office: Office, subject: str, batch: list[Entry]) -> None:
    entries = office.ledger.entries(subject)
    gone = {entry.body["batch"] for entry in entries if entry.kind == "undone"}
    later = (one for one in entries if one.seq > batch[-1].seq and one.batch not in gone and one.kind not in SILENT)
    if any(later):
        register, _, number = subject.partition("/")
        raise _rests(office, register, int(number), batch)


def _rests(office: Office, register: str, number: int, batch: list[Entry]) -> OthersRestOnIt:
    called = Phrase(N_("{what} {id}"), what=Words(REGISTERS[register]().word), id=number)
    error = OthersRestOnIt(id=number, number=called, clause="", at=office.show(batch[0].recorded_at))
    error.hint = N_("Take the later ones back first: complaintctl undo")
    return error


def _nothing_rests_on_it(office: Office, life: Life, batch: list[Entry]) -> None:
    last = batch[-1].seq
    gone = {entry.body["batch"] for entry in life.entries if entry.kind == "undone"}
    mine = [entry for entry in batch if entry.subject == subject_of(life.id)]
    # Taken down with a link, a complaint only made the others of its event count anew: what was done on them since
    # does not rest on that, but a later count does.
    counted = all(entry.kind == "linked" for entry in mine) and any(entry.kind == "logged" for entry in batch)
    for entry in life.entries:
        if counted and entry.kind not in LINKS:
            continue
        if entry.seq > last and entry.batch not in gone and entry.kind not in SILENT:
            raise OthersRestOnIt(id=life.id, number=life.number, clause="", at=office.show(batch[0].recorded_at))
