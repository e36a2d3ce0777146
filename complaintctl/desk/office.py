"""The office at one moment: an open ledger, who acts, what time it is, and what the site has adopted.

Every verb works through `Office.command`: it reads the complaints it touches, appends entries, folds them anew
and files the rows, all in one transaction.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.errors import BeforeStep, FutureMoment, NotFound
from complaintctl.language import N_, Words
from complaintctl.ledger.derived import Told
from complaintctl.ledger.store import Batch, Ledger
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import PRIVATE
from complaintctl.rules.life import Life, fold, rows
from complaintctl.rules.localtime import Moment, shown
from complaintctl.rules.procedure import Procedure

DEFAULT_ZONE = "Asia/Shanghai"


class Remark(NamedTuple):
    """Something a verb says beside its result: a code for scripts and words for people."""

    code: str
    text: Any


class Done(NamedTuple):
    """What a verb did to one complaint: its life before (None for a new one) and after, with remarks.

    `beside` is what the ledger holds beside a new one (see `desk.related`), where that was asked for.
    """

    before: Life | None
    life: Life
    remarks: tuple[Remark, ...] = ()
    proposals: tuple[Any, ...] = ()
    beside: Any = None


class Office:
    """An open ledger at a moment. `pinned` says that the moment was set from outside, which entries tell."""

    def __init__(self, ledger: Ledger, now: Moment, actor: str, *, pinned: bool = False) -> None:
        """Use an open ledger; nothing is read before it is asked for."""
        self.ledger = ledger
        self.query = ledger.query
        self.now = now
        self.actor = actor
        self.pinned = pinned

    def at(self, now: Moment, actor: str) -> Office:
        """Return the same office at another moment, with another hand; what the site has adopted is not read again."""
        other = Office(self.ledger, now, actor, pinned=self.pinned)
        other.__dict__ |= {name: self.__dict__[name] for name in ("site", "zone", "book") if name in self.__dict__}
        return other

    # ---- what the site has adopted

    @cached_property
    def site(self) -> dict[str, Any]:
        """The site's settings in force: name, zone, households, departments, cut_off …"""
        adopted = self.query.adoptions("site")
        return dict(json.loads(adopted[-1].snapshot)) if adopted else {}

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's zone, in which all local time is reckoned."""
        return ZoneInfo(self.site.get("zone", DEFAULT_ZONE))

    @cached_property
    def book(self) -> Book:
        """The procedures and calendars adopted, each with the moment from which it holds."""
        return self.book_of(self.query)

    def book_of(self, query: Any) -> Book:
        """Return the book of a ledger's, or a replica's, adoptions."""
        return Book(
            self.zone,
            [(row.effective_from or 0, Procedure(json.loads(row.snapshot))) for row in query.adoptions("procedure")],
            [(row.adopted_at, Calendar.from_snapshot(json.loads(row.snapshot))) for row in query.adoptions("calendar")],
        )

    @property
    def procedure(self) -> Procedure:
        """The procedure in force now."""
        return self.book.procedure_at(self.now)

    # ---- complaints

    def find(self, name: str) -> int:
        """Return the short id of a complaint named `7` or `TS202611-0007`.

        Raises:
            NotFound: there is no such complaint, or its taking down was undone.
        """
        # A Chinese keyboard types digits of double width.
        found = self.query.complaint_id(unicodedata.normalize("NFKC", name))
        row = self.query.complaint(found) if found is not None else None
        if found is None or row is None or row["voided_at"] is not None:
            raise NotFound(what=Words(N_("complaint")), name=name)
        return found

    def life(self, complaint: int) -> Life:
        """Return a complaint's life as the ledger has it now."""
        life = fold(self.ledger.entries(subject_of(complaint)), self.book)
        if life is None:
            raise NotFound(what=Words(N_("complaint")), name=str(complaint))
        return life

    def thing(self, register: str, number: int) -> Any:
        """Return one thing of a register (`inspection`, `visit`, `staff` …) as the ledger has it now.

        Raises:
            NotFound: there is none, or its beginning was undone.
        """
        from complaintctl.desk import registers

        subject = f"{register}/{number}"
        found = registers.fold(subject, self.ledger.entries(subject), self.book)
        if found is None:
            raise NotFound(what=Words(registers.REGISTERS[register]().word), name=str(number))
        return found

    @contextmanager
    def command(self) -> Iterator[Command]:
        """Run one command in one transaction; what it touched is folded and filed at its end."""
        with self.ledger.write(self.actor, self.now) as batch:
            command = Command(self, batch)
            yield command
            command.file()

    # ---- moments

    def moment(
        self, given: Moment | None, field: Any, *after: tuple[Any, Moment | None], complaint: int | None = None
    ) -> Moment:
        """Return the moment something happened: as given, else now; never to come, never before what it follows.

        `after` holds (name of a step, its moment) of what must have come before.

        Raises:
            FutureMoment, BeforeStep.
        """
        at = self.now if given is None else given
        if at > self.now:
            raise FutureMoment(field=field, moment=self.show(at), now=self.show(self.now))
        for name, earlier in after:
            if earlier is not None and at < earlier:
                raise BeforeStep(
                    field=field,
                    moment=self.show(at),
                    earlier=name,
                    earlier_at=self.show(earlier),
                    id=complaint if complaint is not None else "ID",
                )
        return at

    def show(self, at: Moment) -> str:
        """Return a moment as people read it, in the site's zone."""
        return shown(at, self.zone, due=False)


class Command:
    """One command under way: it appends entries and remembers which complaints it touched."""

    def __init__(self, office: Office, batch: Batch) -> None:
        """Begin; made by `Office.command` only."""
        self.office = office
        self.batch = batch
        self._before: dict[int, Life | None] = {}
        self._entries: dict[int, list[Entry]] = {}
        self._lives: dict[int, Life] = {}
        self._things: dict[str, list[Entry]] = {}

    def open(self, name: str) -> Life:
        """Return the life of a complaint that this command is about, as it is under the write lock."""
        new = next((life for life in self._lives.values() if str(life.id) == name), None)
        if new is not None:
            # Perhaps taken down by this very command: it has no row yet by which it could be found.
            return new
        complaint = self.office.find(name)
        if complaint in self._lives:
            return self._lives[complaint]
        entries = self.office.ledger.entries(subject_of(complaint))
        life = fold(entries, self.office.book)
        if life is None:
            raise NotFound(what=Words(N_("complaint")), name=name)
        self._before[complaint] = self._lives[complaint] = life
        self._entries[complaint] = entries
        return life

    def begin(self, complaint: int) -> None:
        """Take a new complaint under this command."""
        self._before[complaint] = None
        self._entries[complaint] = []

    def append(
        self,
        complaint: int,
        kind: str,
        at: Moment,
        body: Mapping[str, Any],
        private: Mapping[str, Any] | None = None,
    ) -> Life | None:
        """Append an entry about a complaint and return its life with it; None where that undid its intake."""
        kept = {name: value for name, value in (private or {}).items() if value is not None}
        entry = self.batch.append(subject_of(complaint), kind, at, self.stamped(body), kept or None)
        return self._took(complaint, entry)

    def attach(self, complaint: int, at: Moment, name: str, data: bytes, note: str | None) -> Life | None:
        """File a piece of evidence with a complaint."""
        private = {"note": note} if note else None
        return self._took(
            complaint, self.batch.attach(subject_of(complaint), at, name, data, self.stamped({}), private)
        )

    # ---- what is kept beside complaints

    def new_thing(self, register: str) -> str:
        """Return the subject for a new thing of a register, such as `inspection/4`."""
        subject = f"{register}/{self.batch.next_id(register)}"
        self._things[subject] = []
        return subject

    def thing(self, subject: str) -> Any | None:
        """Return a thing of a register as it is under the write lock; None where there is none."""
        from complaintctl.desk import registers

        if subject not in self._things:
            self._things[subject] = self.office.ledger.entries(subject)
        return registers.fold(subject, self._things[subject], self.office.book) if self._things[subject] else None

    def write(
        self, subject: str, kind: str, at: Moment, body: Mapping[str, Any], private: Mapping[str, Any] | None = None
    ) -> Any | None:
        """Append an entry about a thing of a register and return it with that; None where nothing stands of it."""
        self.thing(subject)
        kept = {name: value for name, value in (private or {}).items() if value is not None}
        self._things[subject].append(self.batch.append(subject, kind, at, self.stamped(body), kept or None))
        return self.thing(subject)

    def attach_to(
        self, subject: str, at: Moment, name: str, data: bytes, body: Mapping[str, Any] | None = None
    ) -> Any | None:
        """File a piece of evidence with a thing of a register; `body` says which part of it (a finding's `n`)."""
        self.thing(subject)
        self._things[subject].append(self.batch.attach(subject, at, name, data, self.stamped(body or {})))
        return self.thing(subject)

    def stamped(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Return a body that says so where the moment of this command was set from outside."""
        return {**body, "pinned": True} if self.office.pinned else dict(body)

    def _took(self, complaint: int, entry: Entry) -> Life | None:
        self._entries[complaint].append(entry)
        life = fold(self._entries[complaint], self.office.book)
        if life is not None:
            self._lives[complaint] = life
        else:
            self._lives.pop(complaint, None)
        return life

    def file(self) -> None:
        """File the derived rows of every complaint touched; called once, at the end of the transaction."""
        for complaint, entries in self._entries.items():
            if not entries or entries[-1].batch != self.batch.number:
                continue
            file_complaint(self.batch, self.office, complaint, entries, self._lives.get(complaint))
        for subject, entries in self._things.items():
            if entries and entries[-1].batch == self.batch.number:
                file_thing(self.batch, self.office, subject, entries)

    def forget(self, complaint: int) -> None:
        """Leave a complaint's rows as they were filed last; its entries were changed under this command."""
        self._entries.pop(complaint, None)

    def done(self, complaint: int, *remarks: Remark, proposals: tuple[Any, ...] = ()) -> Done:
        """Return what this command did to a complaint."""
        return Done(self._before[complaint], self._lives[complaint], remarks, proposals)


def file_complaint(batch: Batch, office: Office, complaint: int, entries: list[Entry], life: Life | None) -> None:
    """Replace a complaint's derived rows; one whose intake was undone keeps its number and nothing else."""
    if life is None:
        row = office.query.complaint(complaint)
        if row is not None:
            kept = {name: row[name] for name in row.keys() if name != "stage"}  # noqa: SIM118
            batch.put(Voided({**kept, "voided_at": entries[-1].at, "last_seq": entries[-1].seq}), Told())
        return
    batch.put(rows(life), told(life))


def file_thing(batch: Batch, office: Office, subject: str, entries: list[Entry]) -> None:
    """Replace the derived rows of a thing of a register; one whose beginning was undone has none."""
    from complaintctl.desk import registers

    register, _, number = subject.partition("/")
    batch.put_thing(register, int(number), registers.rows(subject, registers.fold(subject, entries, office.book)))


class Voided(NamedTuple):
    """The rows of a complaint whose taking down was undone: no clock, no milestone."""

    complaint: dict[str, Any]
    clocks: tuple[dict[str, Any], ...] = ()
    milestones: tuple[dict[str, Any], ...] = ()


def subject_of(complaint: int) -> str:
    """Return the subject under which the ledger keeps a complaint's entries."""
    return f"complaint/{complaint}"


def private_facts(life: Life) -> dict[str, Any]:
    """Return the private facts as last told (text, unit, name, phone …); erased ones are missing."""
    found: dict[str, Any] = {}
    for entry in life.entries:
        if entry.kind in ("logged", "amended") and entry.private:
            found |= {name: value for name, value in entry.private.items() if name in PRIVATE}
    return found


def told(life: Life) -> Told:
    """Return the words under which a complaint is found: the facts as last told, then every note on the way."""
    facts = private_facts(life)
    words = [str(facts[name]) for name in PRIVATE if facts.get(name) is not None]
    for entry in life.entries:
        if entry.kind not in ("logged", "amended") and entry.private:
            words += [str(entry.private[name]) for name in SEARCHED if entry.private.get(name)]
            words += entry.private.get("with", ())
    return Told("\n".join(words), facts.get("unit"))


#: What is written down on the way and can be searched for, besides the facts themselves.
SEARCHED = (
    *("to", "from", "what", "lesson", "trained", "correction", "prevention", "how"),
    *("result", "note", "raised", "opinion", "reason", "cause", "person", "before", "plan", "price"),
)
