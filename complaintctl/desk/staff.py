"""The register of people: who joined, what changed about somebody, who left. Nobody has to be in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from complaintctl.desk.department import checked
from complaintctl.desk.office import Office, Remark
from complaintctl.desk.people import Kept, role_of, somebody, somebody_there, tidy
from complaintctl.desk.refused_people import LeftAlready, NameTaken, SuperiorCycle
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words
from complaintctl.ledger import people as register
from complaintctl.rules.ladder import cycle
from complaintctl.rules.localtime import Moment
from complaintctl.rules.people import CHANGED, LEFT, REGISTERED, Person

CLEARABLE = ("department", "area", "superior", "phone", "left")
"""What can be taken out of somebody's record again; `left` is somebody's having left."""

PRIVATE = ("name", "phone")


class Particulars(NamedTuple):
    """What is told of somebody; None leaves as it is. `role` and `superior` as typed, `since` a past moment."""

    name: str | None = None
    role: str | None = None
    department: str | None = None
    area: str | None = None
    superior: str | None = None
    phone: str | None = None
    since: Moment | None = None


def add(office: Office, told: Particulars) -> Kept:
    """Register a member of staff; without `since` from now on.

    Raises:
        BadValue, NameTaken, UnknownDepartment, DepartmentClosed, NotFound, PersonLeft, FutureMoment.
    """
    since = office.moment(told.since, Words(N_("The start")))
    with office.command() as command:
        wanted = values(office, told)
        name_is_free(office, wanted["name"])
        body, private = parted({**wanted, "since": since})
        subject = command.new_thing("staff")
        return Kept(None, command.write(subject, REGISTERED, since, body, private))


def change(office: Office, who: str, told: Particulars, cleared: Collection[str] = ()) -> Kept:
    """Change what is registered of somebody; what is told as it stands already changes nothing.

    Raises:
        NotFound, SeveralOfThatName, BadValue, NameTaken, UnknownDepartment, PersonLeft, SuperiorCycle, FutureMoment.
    """
    if told.since is not None:
        office.moment(told.since, Words(N_("The start")))
    with office.command() as command:
        found = somebody(office, who)
        before = command.thing(f"staff/{found.id}") or found
        wanted = {**values(office, told), **{"left_at" if name == "left" else name: None for name in cleared}}
        wanted = {name: value for name, value in wanted.items() if value != getattr(before, name)}
        if not wanted:
            return Kept(before, before)
        if "name" in wanted or "left_at" in wanted:
            name_is_free(office, wanted.get("name", before.name or ""), but=before.id)
        if wanted.get("superior") is not None:
            no_cycle(office, before.id, wanted["superior"])
        body, private = parted(wanted)
        return Kept(before, command.write(f"staff/{before.id}", CHANGED, office.now, body, private))


def leave(office: Office, who: str, at: Moment | None = None) -> Kept:
    """Write down that somebody left, or will leave, at a moment; what he did stays his.

    Raises:
        NotFound, SeveralOfThatName, LeftAlready, BeforeStep.
    """
    with office.command() as command:
        found = somebody(office, who)
        before = command.thing(f"staff/{found.id}") or found
        if before.left_at is not None:
            raise LeftAlready(person=called(before), id=before.id, at=office.show(before.left_at), clause="")
        left_at = office.now if at is None else at
        happened = office.moment(
            min(left_at, office.now), Words(N_("The leaving")), (Words(N_("registered")), before.since)
        )
        after = command.write(f"staff/{before.id}", LEFT, happened, {"left_at": left_at})
        return Kept(before, after, (*_still_named(office, before), *_still_handles(office, before)))


def _still_named(office: Office, person: Person) -> list[Remark]:
    """Say where somebody who leaves is still named, so that others are named in his place."""
    rests = register.resting_on(office.query, person.id)
    ids = {kind: [number for other, number in rests if other == kind] for kind in ("staff", "department", "building")}
    people = [row["name"] or str(row["id"]) for row in register.staff(office.query) if row["id"] in ids["staff"]]
    heads = [row["name"] for row in register.departments(office.query) if row["id"] in ids["department"]]
    places = [row["code"] for row in register.buildings(office.query) if row["id"] in ids["building"]]
    told = (
        (people, N_("still above {names}: complaintctl staff change NAME --superior NAME")),
        (heads, N_("still head of {names}: complaintctl staff department NAME --head NAME")),
        (
            places,
            N_("still assistant of {names}: complaintctl place change CODE --assistant NAME"),
        ),
    )
    return [Remark("still-named", Phrase(text, names=names)) for names, text in told if names]


def _still_handles(office: Office, person: Person) -> list[Remark]:
    """Say which open complaints somebody who leaves took on."""
    from complaintctl.ledger.query import Filter

    rows = office.query.list_complaints(Filter(stage="open"), now=office.now, limit=None, newest_first=False)
    found = register.handlers(office.query, [row["id"] for row in rows])
    numbers = [row["number"] for row in rows if found.get(row["id"]) == person.id]
    if not numbers:
        return []
    text = N_("took on what is not resolved, {count} ({numbers}): complaintctl assign ID … hands it on")
    shown = [*numbers[:MOST_SHOWN], *(["…"] if len(numbers) > MOST_SHOWN else [])]
    return [Remark("still-handles", Phrase(text, count=len(numbers), numbers=shown))]


#: Complaints that a remark names; the listing has the rest.
MOST_SHOWN = 5


# ---- what is told of somebody


def values(office: Office, told: Particulars) -> dict[str, Any]:
    """Return what is told, checked: the role's code, the department's name, the superior's id."""
    found: dict[str, Any] = {}
    if told.name is not None:
        found["name"] = name_of(told.name)
    if told.role is not None:
        found["role"] = role_of(office.procedure, told.role)
    if told.department is not None:
        found["department"] = checked(office, told.department, office.now)
    if told.superior is not None:
        found["superior"] = somebody_there(office, told.superior).id
    for field in ("area", "phone"):
        value = getattr(told, field)
        if value is not None:
            found[field] = tidy(value)
    if told.since is not None:
        found["since"] = told.since
    return found


def name_of(typed: str) -> str:
    """Return a name; a mere number is none, because ids are numbers.

    Raises:
        BadValue.
    """
    name = tidy(typed)
    if not name or name.isdigit():
        raise BadValue(field=Words(N_("The name")), text=typed, expected=Words(N_("a name, not a number")))
    return name


def parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split what is told of somebody into the body and what is private; what is taken out of that is named."""
    body = {name: value for name, value in values.items() if name not in PRIVATE}
    gone = [name for name in PRIVATE if name in values and values[name] is None]
    return {**body, "cleared": gone} if gone else body, {name: values[name] for name in PRIVATE if values.get(name)}


def name_is_free(office: Office, name: str, but: int | None = None) -> None:
    """Refuse a name that somebody else who is there bears.

    Raises:
        NameTaken.
    """
    here = [row for row in register.named(office.query, name) if row["id"] != but]
    taken = [row for row in here if row["left_at"] is None or row["left_at"] > office.now]
    if taken:
        raise NameTaken(person=name, id=taken[0]["id"], clause="")


def no_cycle(office: Office, number: int, superior: int) -> None:
    """Refuse a superior who is, over others or directly, below somebody himself.

    Raises:
        SuperiorCycle.
    """
    rows = {row["id"]: row for row in register.staff(office.query)}
    above = {row["id"]: row["superior"] for row in rows.values()} | {number: superior}
    chain = cycle(above, number)
    if chain:
        names = [str(rows[one]["name"] or one) for one in (*chain, number)]
        raise SuperiorCycle(chain=" → ".join(names), clause="")


def called(person: Person) -> str:
    """Return somebody's name, or the id where it was erased."""
    return person.name or str(person.id)
