"""The site itself: beginning a ledger, and adopting procedures, calendars and settings from a moment on.

What was decided under a procedure and a calendar stays so: both are adopted by an entry that holds a compiled
snapshot. A complaint keeps the procedure in force when it was received.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.calendar_moves import Recounted, recounted
from complaintctl.desk.office import Command, Office, file_complaint, subject_of
from complaintctl.errors import BadValue
from complaintctl.ledger.derived import ADOPTED
from complaintctl.ledger.store import Ledger
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life, fold
from complaintctl.rules.localtime import Moment

SITE = "site"
Snapshot = Mapping[str, Any]


class Beginning(NamedTuple):
    """What a new ledger starts with: the site's settings and the compiled procedure and calendar."""

    settings: Snapshot
    procedure: Snapshot
    calendar: Calendar


class Moved(NamedTuple):
    """A due moment that a newly adopted calendar moves; `complaint` is the id of whatever `subject` names."""

    complaint: int
    number: str
    step: str
    clause: str
    old: Moment
    new: Moment
    subject: str = "complaint"


def begin(path: str, now: Moment, actor: str, beginning: Beginning, *, pinned: bool = False) -> None:
    """Make a new ledger at `path`; it comes to lie there whole, or not at all.

    Raises:
        LedgerExists, and whatever keeps the file from being written.
    """
    with Ledger.create(path) as ledger:
        adopt_first(Office(ledger, now, actor, pinned=pinned), beginning)


def adopt_first(office: Office, beginning: Beginning) -> None:
    """Adopt what a new ledger starts with; the first of each kind holds for all earlier moments too."""
    with office.command() as command:
        adopt(command, "site", str(beginning.settings.get("name") or ""), beginning.settings, first=True)
        adopt(command, "procedure", beginning.procedure["id"], beginning.procedure, first=True)
        adopt(command, "calendar", beginning.calendar.source or "", beginning.calendar.to_snapshot(), first=True)


def adopt(command: Command, what: str, name: str, snapshot: Snapshot, *, first: bool = False, **more: Any) -> Entry:
    """Write down that something is in force from now on; the first of its kind for all earlier moments too."""
    office = command.office
    body = {
        "what": what,
        "name": name,
        "effective_from": None if first else office.now,
        "snapshot": json.loads(json.dumps(snapshot)),
        **more,
    }
    entry = command.batch.append(SITE, ADOPTED, office.now, command.stamped(body))
    command.batch.adopt(entry)
    return entry


def adopt_procedure(office: Office, snapshot: Snapshot) -> None:
    """Put a procedure in force for every complaint received from now on; earlier ones keep theirs."""
    with office.command() as command:
        adopt(command, "procedure", snapshot["id"], snapshot)


def change_settings(office: Office, changes: Snapshot) -> dict[str, Any]:
    """Change the site's settings (name, households, departments, cut_off …); return them all."""
    with office.command() as command:
        settings = {**office.site, **changes}
        adopt(command, "site", str(settings.get("name") or ""), settings)
        return settings


def set_parameters(office: Office, values: Mapping[str, str]) -> dict[str, Any]:
    """Adopt the procedure in force with other values of its site parameters; return the new snapshot.

    Raises:
        BadValue: no such parameter.
        BadLimit: a value that is no limit.
    """
    from complaintctl.rules.period import parse_limit

    snapshot = json.loads(json.dumps(office.procedure.snapshot))
    for name, value in values.items():
        if name not in snapshot["params"]:
            raise BadValue(field="KEY", text=name, expected=sorted(snapshot["params"]))
        param = snapshot["params"][name]
        if isinstance(param["default"], int):
            if not value.isascii() or not value.isdigit():
                raise BadValue(field=name, text=value, expected="0–…")
            param["value"] = int(value)
        else:
            param["value"] = parse_limit(value).text()
    adopt_procedure(office, snapshot)
    return dict(snapshot)


def adopt_calendar(office: Office, calendar: Calendar) -> list[Moved]:
    """Put a calendar in force; return the due moments it moves, which the entry lists too.

    Unmet limits that had not run out are recounted, and provisional ones even if they had.
    """
    with office.command() as command:
        book = Book(office.zone, office.book.procedures, [*office.book.calendars, (office.now, calendar)])
        beside = list(recounted(office, book))
        moved = [*_moves(office, book), *_moves_beside(beside)]
        listed = [[_listed(one), one.step, one.old, one.new] for one in moved]
        adopt(command, "calendar", calendar.source or "", calendar.to_snapshot(), moved=listed)
        for complaint in sorted(_complaints(moved) | set(office.query.with_provisional_clocks())):
            entries = office.ledger.entries(subject_of(complaint))
            file_complaint(command.batch, office, complaint, entries, fold(entries, book))
        for thing in beside:
            command.batch.put_thing(thing.register, thing.id, thing.rows)
        return moved


def _complaints(moved: Sequence[Moved]) -> set[int]:
    return {one.complaint for one in moved if one.subject == "complaint"}


def _listed(one: Moved) -> int | str:
    """Return how an entry names what a calendar moves: a complaint by its id, anything else by its subject."""
    return one.complaint if one.subject == "complaint" else f"{one.subject}/{one.complaint}"


def _moves_beside(things: Sequence[Recounted]) -> Iterator[Moved]:
    for thing in things:
        for _, step, clause, old, new in thing.moved:
            yield Moved(thing.id, thing.number, step, clause, old, new, thing.register)


def laid_over(own: Calendar, in_force: Calendar) -> Calendar:
    """Return a calendar as a file tells it, and as it is in force wherever the file says nothing.

    A file speaks for the years that it covers; dates that it lists in other years are added to those in force. One
    that covers every year (`covered` left out) and lists dates replaces them all. Hours, days off of every year and
    the site's own days stay where it names none.
    """
    new, old = own.to_snapshot(), in_force.to_snapshot()
    if "hours" not in new and "day_hours" not in new:
        new |= {key: old[key] for key in ("hours", "day_hours") if key in old}
    new |= {key: old[key] for key in ("annual", "overrides") if key in old and key not in new}
    listed = bool(own.holidays or own.workdays)
    if own.covered is not None or not listed:
        taken = {str(year) for year in own.covered or ()}
        for key in ("holidays", "workdays"):
            new[key] = _years(old.get(key, {}), new.get(key, {}), taken)
        new.pop("covered", None)
        if in_force.covered is not None:
            new["covered"] = sorted(in_force.covered | (own.covered or frozenset()))
    return Calendar.from_snapshot(new)


def _years(old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]], taken: set[str]) -> dict[str, list[str]]:
    """Return dates by year: those of `new` for the years `taken`, those of both for every other."""
    both = {
        year: sorted({*new.get(year, ()), *(() if year in taken else old.get(year, ()))})
        for year in sorted({*old, *new})
    }
    return {year: dates for year, dates in both.items() if dates}


def moves(office: Office, calendar: Calendar) -> list[Moved]:
    """Return the due moments that adopting a calendar now would move; nothing is kept."""
    book = Book(office.zone, office.book.procedures, [*office.book.calendars, (office.now, calendar)])
    return [*_moves(office, book), *_moves_beside(list(recounted(office, book)))]


def _moves(office: Office, book: Book) -> Iterator[Moved]:
    affected = {row["id"] for row in _open(office)} | set(office.query.with_provisional_clocks())
    for complaint in sorted(affected):
        entries = office.ledger.entries(subject_of(complaint))
        before, after = fold(entries, office.book), fold(entries, book)
        if before is not None and after is not None:
            yield from _compared(before, after)


def _open(office: Office) -> Sequence[Any]:
    from complaintctl.ledger.query import Filter

    return office.query.list_complaints(Filter(open=True), now=office.now, limit=None)


def _compared(before: Life, after: Life) -> Iterator[Moved]:
    later = {(clock.id, clock.round, clock.ground): clock for clock in after.clocks}
    for clock in before.clocks:
        other = later.get((clock.id, clock.round, clock.ground))
        if other and clock.due_at is not None and other.due_at is not None and clock.due_at != other.due_at:
            yield Moved(before.id, before.number, clock.step, clock.clause, clock.due_at, other.due_at)
