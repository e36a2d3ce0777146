"""What is related to a complaint: others of the same thing, the home's earlier ones, and who handled them.

While a complaint is taken down the clerk is told when other households already complain of it (C 4.1.4) and what this
home raised before (R 四.3(1)①); whoever takes a complaint over is told who had it before (C 4.11).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintctl.desk.office import Office, private_facts, subject_of
from complaintctl.ledger.related import of_home, open_beside
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.home import home, spellings
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import DAY_SECONDS, Moment, local
from complaintctl.rules.period import Limit, parse_limit

if TYPE_CHECKING:
    from complaintctl.desk.similar import Similar

#: How near in time another complaint must have come (or what the site parameter `like-within` says).
LIKE_WITHIN = Limit("days", 3)
#: How many like ones and how many earlier ones are told; more would not be read at a desk.
MOST_LIKE, MOST_EARLIER = 3, 5
#: So many of what a home raised before are named as the ground of `repeated`; a home may complain every day.
MOST_RAISED = 6
#: A home's closed complaints are told for so long.
EARLIER_WITHIN = Limit("months", 12)


class Like(NamedTuple):
    """An open complaint of another household that may be about the same event: why, and its words.

    `event` is the lead complaint of the event it is linked to, with so many `households`; `private` holds what was told
    (text, unit, name, phone), to be masked before it is shown.
    """

    id: int
    number: str
    received_at: Moment
    category: str
    building: str | None
    event: int | None
    households: int
    because: tuple[str, ...]
    words: tuple[str, ...]
    private: dict[str, Any]


class Handled(NamedTuple):
    """Who handled a complaint, or one of its rounds, last: a person where one was named, and the department.

    `stage` is empty for a round of a complaint that was reopened since.
    """

    id: int
    number: str
    round: int
    received_at: Moment
    category: str
    outcome: str | None
    stage: str
    resolved_at: Moment | None
    closed_at: Moment | None
    person: str | None
    department: str | None


_OF_LIKE = ("id", "number", "received_at", "category", "building", "event", "households")
_OF_HANDLED = (
    *("id", "number", "round", "received_at", "category"),
    *("outcome", "stage", "resolved_at", "closed_at", "department"),
)


class Beside(NamedTuple):
    """What stands beside a new complaint; `told` says that the clerk was shown it while typing."""

    like: tuple[Like, ...] = ()
    earlier: tuple[Handled, ...] = ()
    told: bool = False
    similar: tuple[Similar, ...] = ()


def beside(office: Office, life: Life) -> Beside:
    """Return what stands beside a complaint just taken down, or about to be (its id is 0 then)."""
    from complaintctl.desk.similar import similar

    unit = private_facts(life).get("unit")
    before = earlier(office, str(unit), life.course.received_at, life.id) if unit else ()
    return Beside(like(office, life), before, similar=similar(office, life))


# ---- others of the same thing


def like(office: Office, life: Life) -> tuple[Like, ...]:
    """Return the open complaints of other households that may be about the same event, the likeliest first.

    One an event; those that the complaint is linked to already are left out.
    """
    known, at = life.course.known, life.course.received_at
    told = private_facts(life)
    if known["kind"] not in JUDGED_KINDS or not told.get("text"):
        return ()
    since = back(office, at, "like-within", LIKE_WITHIN)
    rows = open_beside(office.query, since, 2 * at - since)
    found: dict[int, tuple[int, Like]] = {}
    joined = {row["event"] for row in rows if row["id"] == life.id} - {None}
    for row, score, one in _scored(life, told, [row for row in rows if row["id"] != life.id]):
        if one is None:
            # This household has a part in that event already.
            joined.add(row["event"] or row["id"])
            continue
        lead = row["event"] or row["id"]
        if lead not in found or score > found[lead][0]:
            found[lead] = (score, one)
    others = (one for lead, one in found.items() if lead not in joined)
    best = sorted(others, key=lambda one: (-one[0], -one[1].households, -one[1].received_at, -one[1].id))
    return tuple(one for _, one in best[:MOST_LIKE])


def _scored(life: Life, told: dict[str, Any], rows: list[Any]) -> Iterable[tuple[Any, int, Like | None]]:
    """Yield the alike complaints of other households with their scores, and None for those of the same household."""
    if not rows:
        return
    from complaintctl.reading.likeness import alike, matter

    known = life.course.known
    new = matter(
        str(told["text"]), told.get("place"), life.course.building, known["category"], outage=bool(known["outage"])
    )
    for row in rows:
        private = {**json.loads(row["private"]), "unit": row["unit"]} if row["private"] else {}
        if not private.get("text"):
            continue
        if _same_household(told, private):
            yield row, 0, None
            continue
        old = matter(
            str(private["text"]), private.get("place"), row["building"], row["category"], outage=bool(row["outage"])
        )
        found = alike(new, old)
        if found is not None:
            kept = {name: row[name] for name in _OF_LIKE}
            yield row, found.score, Like(**kept, because=found.because, words=found.words, private=private)


def _same_household(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Say whether two complaints come from one household, as far as home or phone tell."""
    units = one.get("unit"), other.get("unit")
    if all(units):
        return home(str(units[0])) == home(str(units[1]))
    return bool(one.get("phone")) and one.get("phone") == other.get("phone")


# ---- the home's earlier ones, and who handled them


def earlier(office: Office, unit: str, at: Moment, complaint: int = 0) -> tuple[Handled, ...]:
    """Return a home's complaints received before a moment: the last of a year, and what is still open, newest first."""
    since = back(office, at, None, EARLIER_WITHIN)
    rows = of_home(office.ledger.query, spellings(unit), since, at + 1, still_open=True, limit=MOST_EARLIER + 1)
    return tuple(_handled(office, row) for row in rows if row["id"] != complaint)[:MOST_EARLIER]


def raised_before(office: Office, unit: str, category: str, at: Moment) -> list[str]:
    """Return the last numbers of a home's complaints of one category that count as raised before, the oldest first."""
    since = back(office, at, "repeated-within", Limit("months", 6))
    rows = of_home(office.query, spellings(unit), since, at, category=category, limit=MOST_RAISED)
    return [row["number"] for row in reversed(rows)]


def handled_before(office: Office, life: Life) -> list[Handled]:
    """Return who had a matter before: in the rounds before this one, and in what the home raised of it before.

    Empty unless the complaint was reopened or is marked as raised several times (C 4.11, R 四.3(1)①).
    """
    course = life.course
    found = [_round(life, number) for number in range(1, course.round)]
    unit = private_facts(life).get("unit")
    if unit and life.version_at(office.now).known["repeated"]:
        since = back(office, course.received_at, None, EARLIER_WITHIN)
        category = life.version_at(office.now).known["category"]
        rows = of_home(office.ledger.query, spellings(str(unit)), since, course.received_at, category=category)
        found = [*(_handled(office, row) for row in reversed(rows[:MOST_EARLIER]) if row["id"] != life.id), *found]
    return found


def _round(life: Life, number: int) -> Handled:
    """Return who handled a round of a complaint that was reopened since."""
    course = life.course
    seqs = {one.seq for one in course.milestones if one.round == number}
    entries = [entry for entry in standing(life.entries) if entry.seq in seqs]
    resolved = [entry for entry in entries if entry.kind == "resolved"]
    person, department = _hands(entries)
    return Handled(
        id=life.id,
        number=life.number,
        round=number,
        received_at=course.rounds[number - 1],
        category=str(life.version_at(course.rounds[number] - 1).known["category"]),
        outcome=str(resolved[-1].body.get("outcome", "solved")) if resolved else None,
        stage="",
        resolved_at=resolved[-1].at if resolved else None,
        closed_at=None,
        person=person,
        department=department,
    )


def _handled(office: Office, row: Any) -> Handled:
    """Return an earlier complaint with who handled it, as far as that was written down by the office's moment."""
    entries = standing(office.ledger.entries(subject_of(row["id"]), office.now))
    person, department = _hands(entries)
    kept = {name: row[name] for name in _OF_HANDLED}
    return Handled(**{**kept, "department": department or row["department"]}, person=person)


def _hands(entries: Iterable[Entry]) -> tuple[str | None, str | None]:
    """Return the person who resolved or took over last, and the department it went to."""
    person = department = None
    for entry in entries:
        if entry.kind in ("assigned", "resolved"):
            person = (entry.private or {}).get("person") or person
            department = entry.body.get("department", department)
    return person, department


# ---- how far back


def back(office: Office, at: Moment, parameter: str | None, otherwise: Limit) -> Moment:
    """Return the moment that lies a site parameter's limit before another, or what holds where there is none."""
    param = office.procedure.params.get(parameter) if parameter else None
    limit = parse_limit(str(param["value"])) if param else otherwise
    if limit.unit == "months":
        from dateutil.relativedelta import relativedelta

        return int((local(at, office.zone) - relativedelta(months=min(limit.n, MOST_MONTHS))).timestamp())
    return at - limit.n * _SECONDS.get(limit.unit, DAY_SECONDS)


_SECONDS = {"minutes": 60, "hours": 3600}
#: A century: what is said to have happened longer ago than that is a slip.
MOST_MONTHS = 1200
