"""Keeping the ledger: verifying it, rebuilding what is folded from it, erasing what must be erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from complaintctl.desk.office import Command, Office, file_thing, subject_of, told
from complaintctl.desk.registers import REGISTERS, parted
from complaintctl.desk.replay import refolded, refolded_things, voided
from complaintctl.errors import NotFound
from complaintctl.language import N_, Words
from complaintctl.ledger.check import Finding, compare, compare_things
from complaintctl.ledger.check import verify as verify_ledger
from complaintctl.ledger.derived import Told
from complaintctl.ledger.registers import numbered
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import fold, rows


class Verified(NamedTuple):
    """What `verify` saw: the anchor (seq, head hash), the count of entries, and everything that is wrong."""

    seq: int
    hash: str
    entries: int
    findings: Sequence[Finding]


def verify(office: Office, anchor: tuple[int, str] | None = None) -> Verified:
    """Look for what was changed behind the program's back: file, schema, chain, evidence, derived rows."""
    findings = verify_ledger(office.ledger, anchor)
    seq, head, count = office.ledger.head()
    if not findings:
        # Rows folded from entries that do not hold would only repeat the finding.
        entries = office.ledger.all_entries(by_subject=True)
        findings = list(compare(office.ledger, refolded(entries, office.book)))
        with office.ledger.snapshot():
            things = refolded_things(office.ledger.entries_of(REGISTERS), office.book)
            findings += compare_things(office.ledger, things)
    return Verified(seq, head, count, findings)


def forget(office: Office, name: str, reason: str) -> int:
    """Erase a complaint's private part for ever (PIPL 19, 47); the chain stays whole. Return how many entries.

    An inspection or a visit is named by its number, anything of a register also like its subject: `visit/3`,
    `staff/2`. What it was and when each step was taken stays; names, phone, home, text and evidence are gone. One
    whose taking down was undone can be erased too: what was said of a person stands in it all the same.

    Raises:
        NotFound.
    """
    with office.command() as command:
        name = numbered(office.query, name) or name
        part = parted(name)
        complaint = office.query.complaint_id(name) if part is None else None
        if part is not None and office.ledger.entries(name):
            subject = name
        elif complaint is not None:
            subject = subject_of(complaint)
        else:
            raise _unknown(name)
        seqs = [entry.seq for entry in office.ledger.entries(subject) if entry.private is not None]
        body = command.stamped({"erased": seqs})
        command.batch.append(subject, "forgotten", office.now, body, {"reason": reason})
        command.batch.erase_private(seqs)
        entries = office.ledger.entries(subject)
        if complaint is None:
            file_thing(command.batch, office, subject, entries)
        else:
            _file(command, office, complaint, entries)
    office.ledger.scrub()
    return len(seqs)


def _unknown(name: str) -> NotFound:
    """Say what there is none of: a complaint, or a thing of a register."""
    part = parted(name)
    if part is None:
        return NotFound(what=Words(N_("complaint")), name=name)
    error = NotFound(what=Words(REGISTERS[part[0]]().word), name=str(part[1]))
    error.hint = N_("Name it by its id, such as staff/2; the listings show the ids.")
    return error


def _file(command: Command, office: Office, complaint: int, entries: list[Entry]) -> None:
    """File a complaint's rows and words anew, without what was erased."""
    life = fold(entries, office.book)
    command.batch.put(rows(life) if life else voided(entries, office.book), told(life) if life else Told())
