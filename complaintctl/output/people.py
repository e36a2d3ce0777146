"""People, departments and places as they are shown: for scripts, in lines, and in listings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.desk.people import Kept
from complaintctl.desk.tables import ADDED, CHANGED, UNCHANGED, Taken
from complaintctl.language import N_, gettext, say
from complaintctl.ledger import people as register
from complaintctl.output import masks
from complaintctl.output.labels import Labels
from complaintctl.output.moments import due, iso, iso_or_none, local
from complaintctl.output.problem import describe, fill
from complaintctl.output.words import word
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.people import Department, Person
from complaintctl.rules.place import Building

Line = str | tuple[str, str]

FIELDS: dict[str, str] = {
    "name": N_("name"),
    "role": N_("role"),
    "department": N_("department"),
    "area": N_("area"),
    "superior": N_("superior"),
    "phone": N_("phone"),
    "since": N_("since"),
    "left_at": N_("left"),
    "head": N_("head"),
    "categories": N_("answers for"),
    "closed_at": N_("closed"),
    "assistant": N_("area assistant"),
    "households": N_("number of households"),
    "units": N_("homes"),
}
"""What is told of people and places, in the order in which it is shown."""

NOTHING = "–"


def names_of(office: Office) -> dict[int, str]:
    """Return everybody's name by the id; an erased one by its number."""
    return {row["id"]: row["name"] or f"#{row['id']}" for row in register.staff(office.query)}


def said(office: Office, field: str, value: Any, names: Mapping[int, str]) -> str:
    """Return what is told of somebody or something in words; what is not told is a dash."""
    if value is None or value in ((), []):
        return NOTHING
    if field == "role":
        return Labels(office.procedure.snapshot).duty(str(value))
    if field in ("superior", "head", "assistant"):
        return names.get(value, f"#{value}")
    if field == "categories":
        return say([word("category", one) for one in value])
    if field in ("since", "left_at", "closed_at"):
        return due(value, office.zone) if field == "left_at" else local(value, office.zone)
    if field == "phone":
        return masks.phone(str(value))
    return str(len(value)) if field == "units" else str(value)


# ---- after a verb


def kept_lines(office: Office, done: Kept, title: str) -> Iterator[Line]:
    """Yield what a verb did: the name of the thing, and each field that is new or changed."""
    names = names_of(office)
    what = N_("{title}: registered") if done.before is None else N_("{title}: changed")
    if done.before == done.after:
        what = N_("{title}: nothing to change, it stands so already")
    yield (fill(what, title=title), "bold")
    for field, text in FIELDS.items():
        if not hasattr(done.after, field) or (done.before is None and field in ("name", "since")):
            continue
        new, old = getattr(done.after, field), getattr(done.before, field) if done.before is not None else None
        if done.before is None and new not in (None, ()):
            yield fill(N_("  {field}: {value}"), field=gettext(text), value=said(office, field, new, names))
        elif done.before is not None and new != old:
            was, now = said(office, field, old, names), said(office, field, new, names)
            yield fill(N_("  {field}: {old} → {new}"), field=gettext(text), old=was, new=now)
    for remark in done.remarks:
        yield fill(N_("  Note: {text}"), text=remark.text)


# ---- somebody


def person_title(person: Person) -> str:
    """Return somebody's name and id."""
    return fill(N_("{name} ({id})"), name=person.name or gettext(N_("(erased)")), id=person.id)


def person_json(office: Office, person: Person, *, reveal: bool = False) -> dict[str, Any]:
    """Return a member of staff as JSON values; the telephone number masked unless `reveal`."""
    names = names_of(office)
    phone = person.phone if reveal or person.phone is None else masks.phone(person.phone)
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role,
        "department": person.department,
        "area": person.area,
        "superior": _who(person.superior, names),
        "phone": phone,
        "since": iso(person.since, office.zone),
        "left_at": iso_or_none(person.left_at, office.zone),
    }


def _who(number: int | None, names: Mapping[int, str]) -> dict[str, Any] | None:
    return None if number is None else {"id": number, "name": names.get(number)}


def named_with(office: Office, person: Person) -> dict[str, list[Any]]:
    """Return where somebody is named: whose superior, head of which departments, assistant of which buildings."""
    names = names_of(office)
    rests = register.resting_on(office.query, person.id)
    heads = {row["id"]: row["name"] for row in register.departments(office.query)}
    places = {row["id"]: row["code"] for row in register.buildings(office.query)}
    return {
        "subordinates": [_who(number, names) for kind, number in rests if kind == "staff"],
        "heads": [heads[number] for kind, number in rests if kind == "department"],
        "assists": [places[number] for kind, number in rests if kind == "building"],
    }


def history_json(office: Office, entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return what was written down about somebody, without what is private."""
    counting = {entry.seq for entry in standing(entries)}
    return [
        {
            "seq": entry.seq,
            "kind": entry.kind,
            "at": iso(entry.at, office.zone),
            "recorded_at": iso(entry.recorded_at, office.zone),
            "actor": entry.actor,
            "undone": entry.seq not in counting and entry.kind != "undone",
            "changes": sorted(_fields(entry)),
        }
        for entry in entries
    ]


def _fields(entry: Entry) -> set[str]:
    told = {*entry.body, *entry.body.get("cleared", ()), *(entry.private or {})}
    return {field for field in FIELDS if field in told}


def sheet(office: Office, person: Person, entries: Sequence[Entry], *, reveal: bool) -> Iterator[Line]:
    """Yield a member of staff as a person reads it: who he is, where he is named, what was written down."""
    names = names_of(office)
    yield (person_title(person), "bold")
    for field in ("role", "department", "area", "superior", "phone", "since", "left_at"):
        value = getattr(person, field)
        if value is not None:
            text = str(value) if reveal and field == "phone" else said(office, field, value, names)
            yield fill(N_("  {field}: {value}"), field=gettext(FIELDS[field]), value=text)
    named = named_with(office, person)
    below = [one["name"] or f"#{one['id']}" for one in named["subordinates"]]
    for text, values in (
        (N_("  superior of: {names}"), below),
        (N_("  head of: {names}"), named["heads"]),
        (N_("  area assistant of: {names}"), named["assists"]),
    ):
        if values:
            yield fill(text, names=values)
    yield (gettext(N_("What happened")), "bold")
    counting = {entry.seq for entry in standing(entries)}
    for entry in entries:
        fields = say([gettext(text) for field, text in FIELDS.items() if field in _fields(entry)])
        what = word("entry", entry.kind)
        if entry.kind == "changed" and fields:
            what = fill(N_("{what}: {fields}"), what=what, fields=fields)
        line = fill(N_("  {at}  {what} — {actor}"), at=local(entry.at, office.zone), what=what, actor=entry.actor)
        dim = entry.seq not in counting and entry.kind != "undone"
        yield (line + gettext(N_(" (taken back)")), "dim") if dim else line


# ---- departments and buildings


def department_json(office: Office, department: Department) -> dict[str, Any]:
    """Return a department as JSON values."""
    closed = department.closed_at
    return {
        "id": department.id,
        "name": department.name,
        "categories": list(department.categories),
        "head": _who(department.head, names_of(office)),
        "closed_at": iso_or_none(closed, office.zone),
    }


def building_title(building: Building) -> str:
    """Return a building's code, with its name where it has one."""
    if building.name is None:
        return fill(N_("Building {code}"), code=building.code)
    return fill(N_("Building {code} ({name})"), code=building.code, name=building.name)


def building_json(office: Office, building: Building) -> dict[str, Any]:
    """Return a building as JSON values; its homes are private, only their number is told."""
    return {
        "id": building.id,
        "code": building.code,
        "name": building.name,
        "area": building.area,
        "assistant": _who(building.assistant, names_of(office)),
        "households": building.homes,
        "homes": len(building.units),
    }


# ---- tables taken in


def taken_json(taken: Taken, file: str, ignored: Sequence[str], *, dry_run: bool) -> dict[str, Any]:
    """Return what a file did, or would do, to a register."""
    return {
        "file": file,
        "dry_run": dry_run,
        "counts": {fate: taken.count(fate) for fate in (ADDED, CHANGED, UNCHANGED)},
        "homes": sum(row.homes for row in taken.rows),
        "rows": [{"line": row.line, "id": row.id, "name": row.name, "fate": row.fate} for row in taken.rows],
        "ignored": list(ignored),
    }


def taken_lines(taken: Taken, ignored: Sequence[str], *, dry_run: bool) -> Iterator[Line]:
    """Yield the same for a person: how many of each, and who or what is new or changed."""
    text = N_("{added} added, {changed} changed, {unchanged} as they stood.")
    if dry_run:
        text = N_("Nothing kept. It would be: {added} added, {changed} changed, {unchanged} as they stood.")
    counts = {fate: taken.count(fate) for fate in (ADDED, CHANGED, UNCHANGED)}
    yield (fill(text, **counts), "bold")
    for fate, head in ((ADDED, N_("  added: {names}")), (CHANGED, N_("  changed: {names}"))):
        names = [row.name for row in taken.rows if row.fate == fate]
        if names:
            more = [fill(N_("{count} more"), count=len(names) - MOST)] if len(names) > MOST else []
            yield fill(head, names=[*names[:MOST], *more])
    homes = sum(row.homes for row in taken.rows)
    if homes:
        yield fill(N_("  homes put down: {count}"), count=homes)
    if ignored:
        yield fill(N_("  columns left aside: {names}"), names=list(ignored))


MOST = 12
"""Names that a person sees of those added or changed."""


def refused_rows(taken: Taken, command: str) -> list[dict[str, Any]]:
    """Return the rows that cannot be taken, in the order of lines, each with its reason in words and what to do."""
    ordered: Iterable[Any] = sorted(taken.refused, key=lambda one: one.line)
    return [
        dict(zip(("line", "reason", "hint"), (one.line, *describe(one.error, command)), strict=True)) for one in ordered
    ]
