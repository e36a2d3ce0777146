"""Planning and holding inspections (O 02, O 03): what is planned can be moved or dropped, what was held is recorded."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from complaintctl.desk.inspection_finding import Found, write_fault
from complaintctl.desk.inspection_shared import Deed, Photos, attach, by_clause, find, fresh, subject_of, where, write
from complaintctl.desk.office import Command, Office, Remark
from complaintctl.desk.refused_inspection import DayGone, Dropped, HeldAlready, NotSaid, PartyMissing
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.inspection import ITEMS, REGISTER, STEP, Inspection
from complaintctl.rules.localtime import Moment, day_end, day_of, shown
from complaintctl.rules.occasions import INSPECTIONS


class Plan(NamedTuple):
    """What is planned: the day, who shall inspect what."""

    on: date
    inspectors: Sequence[str] = ()
    items: Sequence[str] = ()
    note: str | None = None


class Held(NamedTuple):
    """What is recorded of an inspection: who inspected what, who took part for which party, what was found.

    `parties` are pairs of a party's code and a name; `at` None means now.
    """

    inspectors: Sequence[str] = ()
    items: Sequence[str] = ()
    parties: Sequence[tuple[str, str]] = ()
    found: str | None = None
    note: str | None = None
    findings: Sequence[Found] = ()
    photos: Photos = ()
    at: Moment | None = None


# ---- verbs


def plan(office: Office, kind: str, what: Plan) -> Deed:
    """Plan an inspection for a day.

    Raises:
        BadValue: no such kind, or nothing that is inspected.
        DayGone.
    """
    _must_be_kind(office, kind)
    _must_be_items(what.items)
    _must_come(office, what.on, kind)
    with office.command() as command:
        subject = command.new_thing(REGISTER)
        body = {
            "number": command.batch.next_number_of(REGISTER, "JC", f"{what.on:%Y%m}"),
            "kind": kind,
            **_day(office, what.on),
            "items": list(what.items),
        }
        private = {"inspectors": list(what.inspectors) or None, "note": what.note}
        return Deed(None, write(command, subject, "planned", office.now, body, private))


def move(office: Office, name: str, what: Plan) -> Deed:
    """Move what is planned to another day; its number stays.

    Raises:
        NotFound, HeldAlready, Dropped, DayGone.
    """
    with office.command() as command:
        before = _planned(office, command, name)
        _must_come(office, what.on, before.kind)
        after = write(command, subject_of(before), "moved", office.now, _day(office, what.on), {"note": what.note})
        return Deed(before, after)


def drop(office: Office, name: str, *, reason: str) -> Deed:
    """Drop what is planned: it will not be held.

    Raises:
        NotFound, HeldAlready, Dropped.
    """
    with office.command() as command:
        before = _planned(office, command, name)
        return Deed(before, write(command, subject_of(before), "dropped", office.now, {}, {"reason": reason}))


def hold(office: Office, name: str, what: Held) -> Deed:
    """Record an inspection that was held: by its kind, or as the plan of that name; who and what default to the plan.

    Raises:
        BadValue: no such kind, nothing that is inspected, or no such party.
        NotFound, FutureMoment, NotSaid, PartyMissing, HeldAlready, Dropped, PersonLeft.
    """
    at = office.moment(what.at, "--at")
    with office.command() as command:
        before = _planned(office, command, name) if is_name(name) else None
        kind = before.kind if before else name
        if before is None:
            _must_be_kind(office, kind, at)
        told = _completed(office, what, before, at)
        _must_be_items(told.items)
        _must_be_complete(office, kind, told, at)
        _must_be_there(office, told, at)
        subject = subject_of(before) if before else command.new_thing(REGISTER)
        body = {"kind": kind, "items": list(told.items), "parties": sorted({code for code, _ in told.parties})}
        if before is None:
            body["number"] = command.batch.next_number_of(REGISTER, "JC", f"{day_of(at, office.zone):%Y%m}")
        names: dict[str, list[str]] = {}
        for code, person in told.parties:
            names.setdefault(code, []).append(person)
        private = {"inspectors": list(told.inspectors), "parties": names, "found": told.found, "note": told.note}
        after = attach(command, write(command, subject, "held", at, body, private), told.photos)
        for fault in told.findings:
            after = write_fault(office, command, after, fault)
        return Deed(before, after, _plans_left(office, kind) if before is None else ())


# ---- what is asked


def is_name(word: str) -> bool:
    """Say whether a word names an inspection (`3`, `JC202611-0001`), not a kind of one."""
    plain = unicodedata.normalize("NFKC", word).strip()
    return plain.isdigit() or (plain[:2].upper() == "JC" and plain[2:3].isdigit())


def kinds(office: Office, at: Moment | None = None) -> list[str]:
    """Return the kinds of inspections: those every office knows, and those of the procedure in force at a moment."""
    procedure = office.book.procedure_at(office.now if at is None else at)
    own = [one.name for one in procedure.occasions if one.subject == REGISTER]
    return list(dict.fromkeys((*INSPECTIONS, *own)))


def unsaid(office: Office, name: str, what: Held) -> list[str]:
    """Return the options that a record still needs: who inspected, and what (O 04)."""
    found = find(office, name) if is_name(name) else None
    told = _completed(office, what, found, office.now if what.at is None else what.at)
    return [option for option, value in (("--inspectors", told.inspectors), ("--items", told.items)) if not value]


# ---- checks


def _must_be_kind(office: Office, kind: str, at: Moment | None = None) -> None:
    known = kinds(office, at)
    if kind not in known:
        raise BadValue(field="KIND", text=kind, expected=known)


def _must_be_items(items: Sequence[str]) -> None:
    for item in items:
        if item not in ITEMS:
            raise BadValue(field="--items", text=item, expected=list(ITEMS))


def _must_come(office: Office, day: date, kind: str) -> None:
    if day < day_of(office.now, office.zone):
        raise DayGone(day=day.isoformat(), kind=kind)


def _planned(office: Office, command: Command, name: str) -> Inspection:
    """Return an inspection that is planned and neither held nor dropped."""
    found = fresh(office, command, name)
    values = {"id": found.id, "number": found.number, "kind": found.kind}
    if found.held_at is not None:
        raise HeldAlready(**values, at=office.show(found.held_at), **where(office, found))
    if found.dropped_at is not None:
        raise Dropped(**values, at=office.show(found.dropped_at), **where(office, found))
    return found


def _completed(office: Office, what: Held, planned: Inspection | None, at: Moment) -> Held:
    """Return a record with what the plan said; those who took part for a party have inspected, too."""
    items = what.items or (planned.items if planned else ())
    people = [*(what.inspectors or (planned.inspectors if planned else ())), *(person for _, person in what.parties)]
    return what._replace(items=tuple(items), inspectors=tuple(dict.fromkeys(people)))


def _must_be_complete(office: Office, kind: str, told: Held, at: Moment) -> None:
    """Refuse a record without inspectors or content (O 04), or without a party that takes part (O 03)."""
    clause = by_clause(office.book.procedure_at(at).followup(REGISTER, STEP))
    if not told.inspectors:
        raise NotSaid(option="--inspectors", example=Words(N_("--inspectors NAME")), **clause)
    if not told.items:
        raise NotSaid(option="--items", example=f"--items {','.join(ITEMS[3:6])}", **clause)
    occasion = office.book.procedure_at(at).occasion(REGISTER, kind)
    needed = occasion.parties if occasion else ()
    roles = office.book.procedure_at(at).snapshot["roles"]
    for code, _ in told.parties:
        if code not in (*PARTIES, *needed):
            raise BadValue(field="--party", text=code, expected=list(dict.fromkeys((*PARTIES, *needed))))
    missing = [code for code in needed if code not in {code for code, _ in told.parties}]
    if occasion and missing:
        raise PartyMissing(
            kind=occasion.title,
            missing=[roles.get(code, code) for code in missing],
            clause=occasion.clause,
            example=_to_type(missing),
        )


def _to_type(parties: Sequence[str]) -> object:
    """Return the options that name the parties, to be typed with their names."""
    options: object = ""
    for code in parties:
        options = Phrase(N_("{before} --party {code}=NAME"), before=options, code=code)
    return options


def _must_be_there(office: Office, told: Held, at: Moment) -> None:
    """Refuse who had left the company by then; those of the committee and the community are no staff of ours."""
    from complaintctl.desk.people import present

    guests = {person for code, person in told.parties if code != COMPANY}
    for person in told.inspectors:
        if person not in guests:
            present(office, person, at)


COMPANY = "company"
#: Who may take part in any inspection, whatever the procedure asks (O 02, O 03).
PARTIES = ("committee", "community", COMPANY)


def _day(office: Office, day: date) -> Mapping[str, Any]:
    return {"on": day.isoformat(), "planned_at": day_end(day, office.zone)}


def _plans_left(office: Office, kind: str) -> tuple[Remark, ...]:
    """Remark on a plan of the same kind that stands open: perhaps it was this one that was held."""
    from complaintctl.ledger.inspections import plans

    text = N_("{number} of {day} is still planned; if this was it: undo, then inspect record {id}")
    return tuple(
        Remark(
            "plan-open",
            Phrase(text, number=row["number"], day=shown(row["planned_at"], office.zone)[:10], id=row["id"]),
        )
        for row in plans(office.query, kind)[:1]
    )
