"""One inspection (O 02-04): what was planned, what was held, what was found, and what each finding leaves to be done.

A pure fold from the entries of `inspection/N`. A finding is put right in tries: a re-check that fails opens another
one with a limit of its own, so that what was late stays late.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment
from complaintctl.rules.occasions import Followup
from complaintctl.rules.period import parse_limit

REGISTER = "inspection"
STEP = "rectified"
"""What a finding leaves to be done."""

ITEMS = ("staffing", "accounts", "upkeep", "cleaning", "facilities", "fire-lanes", "other")
"""What an inspection looks at (O 02; fire lanes: O 05)."""


class Try(NamedTuple):
    """One attempt at putting a finding right: its limit, when it was done, and what the re-check gave.

    `limit` is the wording the due moment was counted from, None where a moment was given; `passed` is None before
    the re-check.
    """

    started_at: Moment
    limit: str | None
    due_at: Moment | None
    provisional: bool
    rectified_at: Moment | None = None
    result: str | None = None
    by: str | None = None
    checked_at: Moment | None = None
    passed: bool | None = None
    note: str | None = None


class Finding(NamedTuple):
    """Something that is not as it should be: the department that must put it right, and its tries, the last one last.

    `text` and `place` are None once erased; `photos` counts the files attached.
    """

    n: int
    department: str
    text: str | None
    place: str | None
    found_at: Moment
    tries: tuple[Try, ...]
    photos: int = 0

    @property
    def last(self) -> Try:
        """The try that is under way, or was the last."""
        return self.tries[-1]

    @property
    def closed_at(self) -> Moment | None:
        """When a re-check found it put right; None while it is open."""
        return self.last.checked_at if self.last.passed else None

    def state(self, now: Moment) -> str:
        """Return `closed`, `rectified` (waits for the re-check), `overdue` or `open`."""
        if self.closed_at is not None:
            return "closed"
        if self.last.rectified_at is not None:
            return "rectified"
        due = self.last.due_at
        return "overdue" if due is not None and due < now else "open"

    def late(self, now: Moment) -> bool:
        """Say whether any try went, or has by now gone, beyond its limit; at the due moment it is on time."""
        done = ((one.due_at, now if one.rectified_at is None else one.rectified_at) for one in self.tries)
        return any(due is not None and due < met for due, met in done)


class Inspection(NamedTuple):
    """One inspection as its entries tell it; planned, held, or dropped.

    `planned_on` is the day (ISO), `planned_at` its 24:00. What was erased is None or empty. `rule` is what the
    procedure in force when it was held asks of a finding; None where it asks nothing.
    """

    id: int
    number: str
    kind: str
    entries: tuple[Entry, ...]
    planned_on: str | None = None
    planned_at: Moment | None = None
    held_at: Moment | None = None
    items: tuple[str, ...] = ()
    inspectors: tuple[str, ...] = ()
    party_codes: tuple[str, ...] = ()
    parties: Mapping[str, list[str]] = {}
    found: str | None = None
    note: str | None = None
    photos: int = 0
    findings: tuple[Finding, ...] = ()
    dropped_at: Moment | None = None
    reason: str | None = None
    rule: Followup | None = None

    @property
    def last_seq(self) -> int:
        """The last entry about it, also one that no longer counts."""
        return self.entries[-1].seq

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that no re-check has closed."""
        return tuple(one for one in self.findings if one.closed_at is None)

    def state(self, now: Moment) -> str:
        """Return `dropped`, `planned`, `missed` (its day went by), `open` (findings stand open) or `done`."""
        if self.dropped_at is not None:
            return "dropped"
        if self.held_at is not None:
            return "open" if self.open else "done"
        return "missed" if self.planned_at is not None and self.planned_at <= now else "planned"

    def finding(self, n: int) -> Finding | None:
        """Return a finding by its number, or None."""
        return next((one for one in self.findings if one.n == n), None)


# ---- folding


def fold(entries: list[Entry], book: Book) -> Inspection | None:
    """Return the inspection that the entries of one subject tell; None where its beginning was undone."""
    kept = standing(entries)
    if not kept or "number" not in kept[0].body:
        return None
    first = kept[0]
    number = int(first.subject.partition("/")[2])
    found = Inspection(number, first.body["number"], first.body["kind"], tuple(entries))
    for entry in kept:
        handler = _HANDLERS.get(entry.kind)
        if handler is not None:
            found = handler(found, entry, book)
    return found


def _planned(found: Inspection, entry: Entry, _book: Book) -> Inspection:
    private = entry.private or {}
    return found._replace(
        planned_on=entry.body["on"],
        planned_at=entry.body["planned_at"],
        items=tuple(entry.body.get("items", ())),
        inspectors=tuple(private.get("inspectors", ())),
        note=private.get("note"),
    )


def _moved(found: Inspection, entry: Entry, _book: Book) -> Inspection:
    note = (entry.private or {}).get("note", found.note)
    return found._replace(planned_on=entry.body["on"], planned_at=entry.body["planned_at"], note=note)


def _dropped(found: Inspection, entry: Entry, _book: Book) -> Inspection:
    return found._replace(dropped_at=entry.at, reason=(entry.private or {}).get("reason"))


def _held(found: Inspection, entry: Entry, book: Book) -> Inspection:
    private = entry.private or {}
    return found._replace(
        held_at=entry.at,
        items=tuple(entry.body["items"]),
        inspectors=tuple(private.get("inspectors", ())),
        party_codes=tuple(entry.body.get("parties", ())),
        parties=private.get("parties", {}),
        found=private.get("found"),
        note=private.get("note", found.note),
        rule=book.procedure_at(entry.at).followup(REGISTER, STEP),
    )


def _found(found: Inspection, entry: Entry, book: Book) -> Inspection:
    private = entry.private or {}
    one = Finding(
        entry.body["n"],
        entry.body["department"],
        private.get("text"),
        private.get("place"),
        entry.at,
        (_begun(entry, book),),
    )
    return found._replace(findings=(*found.findings, one))


def _rectified(found: Inspection, entry: Entry, book: Book) -> Inspection:
    private = entry.private or {}

    def put_right(last: Try) -> tuple[Try, ...]:
        done = last._replace(rectified_at=entry.at, result=private.get("result"), by=private.get("by"))
        # What was provisional when it was done is not recounted by a calendar that comes later.
        return (_reckoned(done, book),)

    return _changed(found, entry.body["n"], put_right)


def _rechecked(found: Inspection, entry: Entry, book: Book) -> Inspection:
    def checked(last: Try) -> tuple[Try, ...]:
        note = (entry.private or {}).get("note")
        done = last._replace(checked_at=entry.at, passed=entry.body["passed"], note=note)
        return (done,) if done.passed else (done, _begun(entry, book))

    return _changed(found, entry.body["n"], checked)


def _attached(found: Inspection, entry: Entry, _book: Book) -> Inspection:
    n = entry.body.get("n")
    if n is None:
        return found._replace(photos=found.photos + 1)
    findings = tuple(one._replace(photos=one.photos + 1) if one.n == n else one for one in found.findings)
    return found._replace(findings=findings)


_HANDLERS: Mapping[str, Callable[[Inspection, Entry, Book], Inspection]] = {
    "planned": _planned,
    "moved": _moved,
    "dropped": _dropped,
    "held": _held,
    "found": _found,
    "rectified": _rectified,
    "rechecked": _rechecked,
    "attached": _attached,
}


def _changed(found: Inspection, n: int, change: Callable[[Try], tuple[Try, ...]]) -> Inspection:
    """Return the inspection with the last try of one finding changed."""
    findings = tuple(
        one._replace(tries=(*one.tries[:-1], *change(one.last))) if one.n == n else one for one in found.findings
    )
    return found._replace(findings=findings)


def _begun(entry: Entry, book: Book) -> Try:
    """Return the try that an entry opens: from its moment, until the moment or for the limit that it names."""
    until = entry.body.get("until")
    return _reckoned(Try(entry.at, entry.body.get("limit"), until, False), book)


def _reckoned(one: Try, book: Book) -> Try:
    if one.limit is None:
        return one
    due = book.due(parse_limit(one.limit), one.started_at, met_at=one.rectified_at)
    return one._replace(due_at=due.at, provisional=due.provisional)


# ---- derived rows


def rows(found: Inspection) -> dict[str, list[dict[str, Any]]]:
    """Return the derived rows: the inspection, its findings, and what is owed for each of their tries."""
    inspection = {
        "id": found.id,
        "number": found.number,
        "kind": found.kind,
        "planned_at": found.planned_at,
        "held_at": found.held_at,
        "findings": len(found.findings),
        "open": len(found.open),
        "dropped_at": found.dropped_at,
        "last_seq": found.last_seq,
    }
    findings = [_finding_row(found.id, one) for one in found.findings]
    return {"inspection": [inspection], "finding": findings, "duty": _duties(found)}


def _finding_row(inspection: int, one: Finding) -> dict[str, Any]:
    """Return the row by which the month judges a finding: a try put right late stands for it, else the last one."""
    late = (each for each in one.tries if each.due_at is not None and each.due_at < (each.rectified_at or 0))
    judged = next(late, one.last)
    checked = [each.checked_at for each in one.tries if each.checked_at is not None]
    return {
        "inspection": inspection,
        "n": one.n,
        "department": one.department,
        "found_at": one.found_at,
        "due_at": judged.due_at,
        "rectified_at": judged.rectified_at,
        "checked_at": checked[-1] if checked else None,
        "closed_at": one.closed_at,
    }


def _duties(found: Inspection) -> list[dict[str, Any]]:
    """Return a duty for each try: the last one of a finding bears its number, those gone by count below zero."""
    if found.rule is None:
        return []
    gone = 0
    duties = []
    for one in found.findings:
        for each in one.tries:
            last = each is one.last
            gone -= not last
            duties.append(_duty(found.id, found.rule, one, each, one.n if last else gone))
    return duties


def _duty(inspection: int, rule: Followup, one: Finding, each: Try, n: int) -> dict[str, Any]:
    return {
        "subject": REGISTER,
        "id": inspection,
        "n": n,
        "step": STEP,
        "clause": rule.clause,
        "pack": rule.pack,
        "duty": ",".join(rule.duty),
        "department": one.department,
        "started_at": each.started_at,
        "due_at": each.due_at,
        "met_at": each.rectified_at,
        "ended_at": None,
        "provisional": int(each.provisional),
    }
