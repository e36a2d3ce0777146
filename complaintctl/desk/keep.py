"""Keeping the ledger: verifying it, rebuilding what is folded from it, erasing what must be erased."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from complaintctl.desk.office import Office, file_complaint
from complaintctl.desk.replay import refolded
from complaintctl.ledger.check import Finding, compare
from complaintctl.ledger.check import verify as verify_ledger


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
    return Verified(seq, head, count, findings)


def forget(office: Office, name: str, reason: str) -> int:
    """Erase a complaint's private part for ever (PIPL 19, 47); the chain stays whole. Return how many entries.

    What it was and when each step was taken stays; names, phone, home, text and evidence are gone.

    Raises:
        NotFound.
    """
    with office.command() as command:
        life = command.open(name)
        seqs = [entry.seq for entry in life.entries if entry.private is not None]
        command.append(life.id, "forgotten", office.now, {"erased": seqs}, {"reason": reason})
        command.batch.erase_private(seqs)
        entries = office.ledger.entries(f"complaint/{life.id}")
        file_complaint(command.batch, office, life.id, entries, office.life(life.id))
        command.forget(life.id)
    office.ledger.scrub()
    return len(seqs)
