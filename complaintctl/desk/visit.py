"""Visits to residents apart from complaints: planned, held with their results, or dropped (H11 3.2.2).

What is raised or asked there is in `desk/visit_matter.py`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Office, Remark
from complaintctl.desk.people import area_of, areas, present, tidy
from complaintctl.desk.places import building_at
from complaintctl.desk.refused_visit import (
    AreaMissing,
    CountWrong,
    DayGone,
    Dropped,
    HeldAlready,
    NotCounted,
    NotHeld,
)
from complaintctl.errors import BadValue, MissingArgument, NotFound
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import visits
from complaintctl.rules.localtime import Moment, day_of, local
from complaintctl.rules.occasions import VISITS
from complaintctl.rules.procedure import Procedure
from complaintctl.rules.visit import Visit, fold

#: What the number of a visit begins with.
PREFIX = "ZF"
#: How far ahead a plan may lie to be mistaken for a visit that was just recorded.
_NEAR = 31 * 86_400
#: Kinds at which no sheets are handed out; an office's own kind may have some.
_WITHOUT_SHEETS = ("director", "assistant", "forum", "festival")
#: Each count of a questionnaire with the one that it is a part of.
_PART_OF = {"returned": "sent", "satisfied": "returned"}


class About(NamedTuple):
    """What is said of a visit, planned or held: None (or nothing) where it was not said.

    `by` is who visits, `units` the homes visited by name, `homes` how many; `sent`, `returned` and `satisfied`
    count the sheets of a questionnaire.
    """

    area: str | None = None
    by: str | None = None
    units: Sequence[str] = ()
    homes: int | None = None
    participants: int | None = None
    topic: str | None = None
    result: str | None = None
    note: str | None = None
    sent: int | None = None
    returned: int | None = None
    satisfied: int | None = None


class VisitDone(NamedTuple):
    """A visit as a verb left it, with remarks; `met` is the number of the matter that it did away with."""

    visit: Visit
    remarks: tuple[Remark, ...] = ()
    met: int | None = None


def plan(office: Office, kind: str, until: Moment, about: About) -> VisitDone:
    """Plan a visit for a day, given as its end (24:00).

    Raises:
        BadValue: no such kind, or an area that nobody knows. AreaMissing. DayGone.
    """
    checked_kind(office.procedure, kind, "KIND")
    day = _must_come(office, until, kind)
    with office.command() as command:
        body, private = _told(office, kind, about, {}, office.now)
        number = command.batch.next_number_of("visit", PREFIX, day.strftime("%Y%m"))
        subject = command.new_thing("visit")
        body = {"number": number, "kind": kind, "planned_at": until, **body}
        return VisitDone(_stands(command.write(subject, "planned", office.now, body, private)))


def move(office: Office, name: str, until: Moment, about: About) -> VisitDone:
    """Move what is planned to another day, given as its end; its number stays.

    Raises:
        NotFound, HeldAlready, Dropped, DayGone. BadValue, PersonLeft.
    """
    with office.command() as command:
        subject, visit = opened(office, command, name)
        _must_wait(office, visit)
        _must_come(office, until, visit.kind)
        body, private = _told(office, visit.kind, about, visit.told, office.now)
        return VisitDone(_stands(command.write(subject, "moved", office.now, {"planned_at": until, **body}, private)))


def hold(office: Office, command: Command, what: str, at: Moment | None, about: About) -> tuple[str, Visit]:
    """Write down under a command that a visit took place: a planned one by its id, else a new one by its kind.

    Returns its subject and the visit.

    Raises:
        NotFound, HeldAlready, Dropped.
        BadValue, AreaMissing, MissingArgument, CountWrong, NotCounted, FutureMoment.
    """
    moment = office.moment(at, Words(N_("The visit")))
    if is_id(what):
        subject, visit = opened(office, command, what)
        _must_wait(office, visit)
        body, private = _told(office, visit.kind, about, visit.told, moment)
        return subject, _stands(command.write(subject, "held", moment, body, private))
    checked_kind(office.book.procedure_at(moment), what, "KIND")
    body, private = _told(office, what, about, {}, moment)
    month = local(moment, office.zone).strftime("%Y%m")
    number = command.batch.next_number_of("visit", PREFIX, month)
    subject = command.new_thing("visit")
    return subject, _stands(command.write(subject, "held", moment, {"number": number, "kind": what, **body}, private))


def result(office: Office, name: str, about: About) -> VisitDone:
    """Write down what came out of a visit later: the sheets that came back, the minutes.

    Raises:
        NotFound, NotHeld, MissingArgument, CountWrong, NotCounted.
    """
    with office.command() as command:
        subject, visit = opened(office, command, name)
        must_be_held(visit)
        body, private = _told(office, visit.kind, about, visit.told, visit.held_at or office.now)
        if not body and not any(private.values()):
            raise MissingArgument(option="TEXT")
        return VisitDone(_stands(command.write(subject, "result", office.now, body, private)))


def drop(office: Office, name: str, reason: str) -> VisitDone:
    """Give up a planned visit, with the reason; what the procedure owes the residents stays owed.

    Raises:
        NotFound, HeldAlready, Dropped.
    """
    with office.command() as command:
        subject, visit = opened(office, command, name)
        _must_wait(office, visit)
        return VisitDone(_stands(command.write(subject, "dropped", office.now, {}, {"reason": reason})))


# ---- looking at one


def looked_at(office: Office, name: str) -> Visit:
    """Return a visit as the ledger has it now.

    Raises:
        NotFound.
    """
    return _stands(office.thing("visit", find(office, name)))


def reveal(office: Office, name: str, reason: str) -> None:
    """Write down that the private facts of a visit were shown, to whom and why (PIPL 6, R 8).

    Raises:
        NotFound.
    """
    with office.command() as command:
        subject, _ = opened(office, command, name)
        command.write(subject, "revealed", office.now, {}, {"reason": reason})


def visit_as_of(office: Office, name: str, moment: Moment) -> tuple[Office, Visit]:
    """Return the office at a moment gone by, and a visit as the ledger had it then.

    Raises:
        NotFound: there is no such visit, or it had not been written down yet.
    """
    from complaintctl.desk.replay import as_of

    then = Office(office.ledger, moment, office.actor)
    then.query = as_of(office, moment)
    subject = f"visit/{find(then, name)}"
    return then, _stands(fold(office.ledger.entries(subject, moment), then.book))


# ---- finding one


def is_id(what: str) -> bool:
    """Say whether a word names a visit by id or number, and not a kind."""
    typed = unicodedata.normalize("NFKC", what).strip().upper()
    return typed.isascii() and (typed.isdigit() or (typed.startswith(PREFIX) and typed[2:3].isdigit()))


def find(office: Office, name: str) -> int:
    """Return the id of a visit named `3` or `ZF202611-0001`.

    Raises:
        NotFound: there is no such visit, or its taking down was undone.
    """
    found = visits.visit_id(office.query, unicodedata.normalize("NFKC", name))
    if found is None:
        error = NotFound(what=Words(N_("visit")), name=name)
        error.hint = N_("“complaintctl visit list” shows them with their ids.")
        raise error
    return found


def opened(office: Office, command: Command, name: str) -> tuple[str, Visit]:
    """Return subject and visit for a command that writes about it.

    Raises:
        NotFound.
    """
    subject = f"visit/{find(office, name)}"
    return subject, _stands(command.thing(subject))


def _stands(visit: Any) -> Visit:
    if not isinstance(visit, Visit):
        raise ValueError("a visit that has rows, or was just written down, stands")
    return visit


# ---- what must hold


def kinds(procedure: Procedure) -> list[str]:
    """Return every kind of visit that a procedure knows."""
    own = (one.name for one in procedure.occasions if one.subject == "visit")
    return list(dict.fromkeys((*VISITS, *own)))


def checked_kind(procedure: Procedure, kind: str, field: str) -> None:
    """Refuse a kind that neither every office nor the procedure knows.

    Raises:
        BadValue.
    """
    if kind not in kinds(procedure):
        raise BadValue(field=field, text=kind, expected=kinds(procedure))


def clause_of(visit: Visit) -> str:
    """Return the clause that asks for visits of this kind; empty where the procedure has none."""
    occasion = visit.procedure.occasion("visit", visit.kind)
    return occasion.clause if occasion else ""


def named(visit: Visit, clause: str | None = None) -> dict[str, Any]:
    """Return the values by which every refusal names the visit and the clause behind it."""
    ground = clause_of(visit) if clause is None else clause
    by = Phrase(N_(" ({clause})"), clause=ground) if ground else ""
    return {"id": visit.id, "number": visit.number, "kind": visit.kind, "clause": ground, "by": by}


def must_be_held(visit: Visit) -> None:
    """Refuse what can only come out of a visit that took place.

    Raises:
        NotHeld.
    """
    if visit.held_at is None:
        raise NotHeld(**named(visit))


def _must_come(office: Office, until: Moment, kind: str) -> date:
    """Return the day that ends at a moment; one that has gone by cannot be planned for.

    Raises:
        DayGone.
    """
    day = day_of(until - 1, office.zone)
    if until <= office.now:
        raise DayGone(day=day.isoformat(), kind=kind)
    return day


def still_planned(office: Office, visit: Visit) -> tuple[Remark, ...]:
    """Remark on a plan of these weeks that a visit recorded by its kind leaves standing: perhaps it was this one."""
    for row in visits.planned(office.query, visit.kind):
        if row["planned_at"] <= office.now + _NEAR and row["area"] in (None, visit.told.get("area")):
            day = day_of(row["planned_at"] - 1, office.zone).isoformat()
            text = N_("{number} of {day} is still planned; if this was it: undo, then visit record {id}")
            return (Remark("plan-open", Phrase(text, number=row["number"], day=day, id=row["id"])),)
    return ()


def _must_wait(office: Office, visit: Visit) -> None:
    """Refuse to record or drop what took place, or was dropped, before."""
    if visit.held_at is not None:
        raise HeldAlready(**named(visit), at=office.show(visit.held_at))
    if visit.dropped_at is not None:
        raise Dropped(**named(visit), at=office.show(visit.dropped_at))


# ---- what is written down


def _told(
    office: Office, kind: str, about: About, before: Mapping[str, Any], at: Moment
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split what is said of a visit into the body (codes and numbers) and what is private."""
    units = list(dict.fromkeys(tidy(unit) for unit in about.units))
    buildings = [building_at(office, unit) for unit in units]
    body = {
        "area": _area(office, kind, about, before, at, buildings),
        "building": _one(buildings),
        "homes": _homes(about.homes, units),
        "participants": about.participants,
        **_counts(kind, about, before),
    }
    private = {"by": about.by, "units": units or None, "topic": about.topic, "result": about.result, "note": about.note}
    return {name: value for name, value in body.items() if value is not None}, private


def _area(
    office: Office, kind: str, about: About, before: Mapping[str, Any], at: Moment, buildings: Sequence[str | None]
) -> str | None:
    """Return the area of a visit; once areas are registered only these are taken, and who owes one must name it.

    Where none is named, a registered area assistant goes to the own area, and homes lie in that of their buildings.

    Raises:
        BadValue, AreaMissing, PersonLeft.
    """
    person = present(office, about.by, at) if about.by is not None else None
    known = areas(office)
    if about.area is not None:
        area = tidy(about.area)
        if known and area not in known:
            raise BadValue(field="--area", text=area, expected=list(known))
        return area
    if "area" in before:
        return None
    owed = _owed_by_area(office, kind)
    if owed and person is not None and person.area is not None:
        return person.area
    found = _one(area_of(office, building) for building in buildings)
    if owed and known and found is None:
        raise AreaMissing(areas=list(known))
    return found


def _owed_by_area(office: Office, kind: str) -> bool:
    occasion = office.procedure.occasion("visit", kind)
    return occasion is not None and occasion.per == "area"


def _one(values: Iterable[str | None]) -> str | None:
    """Return what all values are; None where they differ, or there are none."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _homes(homes: int | None, units: Sequence[str]) -> int | None:
    if homes is not None and homes < len(units):
        raise CountWrong(option="--unit", count=len(units), whole="--homes", most=homes)
    return homes if homes is not None else len(units) or None


def _counts(kind: str, about: About, before: Mapping[str, Any]) -> dict[str, int]:
    """Return the counts of a questionnaire as newly stated, checked together with those known before."""
    said = {"sent": about.sent, "returned": about.returned, "satisfied": about.satisfied}
    new = {name: count for name, count in said.items() if count is not None}
    if new and kind in _WITHOUT_SHEETS:
        raise NotCounted(option=f"--{next(iter(new))}", kind=kind)
    counts = {name: before[name] for name in said if name in before} | new
    for part, whole in _PART_OF.items():
        if part in counts and whole not in counts:
            raise MissingArgument(option=f"--{whole}")
        if part in counts and counts[part] > counts[whole]:
            raise CountWrong(option=f"--{part}", count=counts[part], whole=f"--{whole}", most=counts[whole])
    return new
