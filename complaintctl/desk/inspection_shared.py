"""What `inspection` and `inspection_finding` share: looking one or all up, now or as they were, writing about one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Office, Remark
from complaintctl.errors import BadValue, NotFound
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger.inspections import inspection_id
from complaintctl.rules.inspection import REGISTER, STEP, Finding, Inspection, fold
from complaintctl.rules.localtime import Moment
from complaintctl.rules.occasions import Followup

Photos = Sequence[tuple[str, bytes]]
"""Files to be attached: name and bytes."""


class Deed(NamedTuple):
    """What a verb did: the inspection before (None for a new one) and after, with remarks."""

    before: Inspection | None
    inspection: Inspection
    remarks: tuple[Remark, ...] = ()


def find(office: Office, name: str) -> Inspection:
    """Return the inspection named `3` or `JC202611-0001`.

    Raises:
        NotFound: there is none, or its beginning was undone.
    """
    found = inspection_id(office.query, unicodedata.normalize("NFKC", name))
    if found is None:
        raise unknown(name)
    inspection: Inspection = office.thing(REGISTER, found)
    return inspection


def fresh(office: Office, command: Command, name: str) -> Inspection:
    """Return the same under the write lock of a command.

    Raises:
        NotFound.
    """
    found = inspection_id(office.query, unicodedata.normalize("NFKC", name))
    inspection: Inspection | None = None if found is None else command.thing(f"{REGISTER}/{found}")
    if inspection is None:
        raise unknown(name)
    return inspection


def fresh_finding(office: Office, command: Command, name: str) -> tuple[Inspection, Finding]:
    """Return a finding named `3.2` or `JC202611-0001.2` with its inspection, under the write lock.

    Raises:
        BadValue: that is no name of a finding.
        NotFound.
    """
    typed = unicodedata.normalize("NFKC", name).replace("。", ".")
    whole, _, part = typed.rpartition(".")
    if not whole or not (part.isascii() and part.isdigit()):
        raise BadValue(field="FINDING", text=name, expected="3.2")
    inspection = fresh(office, command, whole)
    finding = inspection.finding(int(part[:9]))
    if finding is None:
        error = NotFound(what=Words(N_("finding")), name=name, id=inspection.id)
        error.hint = N_("“complaintctl inspect show {id}” lists the findings.")
        raise error
    return inspection, finding


def write(
    command: Command, subject: str, kind: str, at: Moment, body: Mapping[str, Any], private: Mapping[str, Any]
) -> Inspection:
    """Append an entry about an inspection and return it with that."""
    inspection: Inspection | None = command.write(subject, kind, at, body, private)
    if inspection is None:
        raise ValueError("an inspection stands once something was written down about it")
    return inspection


def attach(
    command: Command, inspection: Inspection, photos: Photos, body: Mapping[str, Any] | None = None
) -> Inspection:
    """File photos with an inspection, or with the finding that `body` names, and return it with them."""
    for file_name, data in photos:
        after: Inspection | None = command.attach_to(subject_of(inspection), command.office.now, file_name, data, body)
        inspection = after or inspection
    return inspection


def subject_of(inspection: Inspection) -> str:
    """Return the subject under which the ledger keeps its entries."""
    return f"{REGISTER}/{inspection.id}"


def reveal(office: Office, name: str, *, reason: str) -> Inspection:
    """Write down that what is private about an inspection was shown, to whom and why (PIPL 6); return it.

    Raises:
        NotFound.
    """
    with office.command() as command:
        found = fresh(office, command, name)
        return write(command, subject_of(found), "revealed", office.now, {}, {"reason": reason})


def every(office: Office, until: Moment | None = None) -> Iterator[Inspection]:
    """Yield every inspection, the oldest first; only from what was written down by `until` where that is given."""
    found = (
        fold(list(entries), office.book)
        for _, entries in groupby(office.ledger.entries_of((REGISTER,), until), key=lambda entry: entry.subject)
    )
    yield from sorted((one for one in found if one is not None), key=lambda one: one.id)


def as_of(office: Office, name: str, moment: Moment) -> Inspection:
    """Return an inspection from what had been written down by a moment; `office` is the one of then.

    Raises:
        NotFound: there is none, or it had not been written down yet.
    """
    typed = unicodedata.normalize("NFKC", name).strip().upper()
    for one in every(office, moment):
        if typed in (str(one.id), one.number):
            return one
    raise unknown(name)


def unknown(name: str) -> NotFound:
    """Return the error for an inspection that is not there."""
    error = NotFound(what=Words(N_("inspection")), name=name)
    error.hint = N_("“complaintctl inspect list” shows what there is.")
    return error


def where(office: Office, inspection: Inspection) -> dict[str, Any]:
    """Return what names the clause in a refusal: for scripts, and as words, empty where no clause asks for it."""
    return by_clause(inspection.rule or office.procedure.followup(REGISTER, STEP))


def by_clause(rule: Followup | None) -> dict[str, Any]:
    """Return the same for a rule that is known, or is not there."""
    clause = rule.clause if rule else ""
    return {"clause": clause, "where": Phrase(N_(" ({clause})"), clause=clause) if clause else ""}
