"""A visit to residents apart from complaints, folded from its entries (H11 3.2.2, H9).

It may be planned, is held, and leaves behind what was raised there and questions that could not be answered at once.
Each of these is dealt with like a matter raised at a revisit: by the time promised, else within the procedure's limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Procedure

if TYPE_CHECKING:
    from complaintctl.rules.occasions import Followup

#: A matter raised, or a question asked that was not answered at once; each with the step that it waits for.
STEPS = {"raised": "matters-dealt-with", "asked": "answered"}
#: The entry that meets each of them.
MET_BY = {"raised": "dealt", "asked": "answered"}
#: Kinds of entries with which a visit can begin.
BEGINNINGS = ("planned", "held")
#: What a later entry may say anew of the visit itself: kept in the body, and kept private.
_TOLD = ("area", "building", "homes", "participants", "sent", "returned", "satisfied")
_PRIVATE = ("by", "units", "topic", "result", "note")


class Matter(NamedTuple):
    """One matter raised or question asked, numbered within the visit: what, when, by when, and what came of it.

    `kind` is raised or asked. `promised` is the time given to the residents, if any; `due_at` that, or what the
    procedure's `rule` gives; both None where it knows no limit. `text` and `answer` are None once erased.
    """

    n: int
    kind: str
    raised_at: Moment
    promised: Moment | None
    due_at: Moment | None
    provisional: bool
    met_at: Moment | None
    rule: Followup | None
    text: str | None
    answer: str | None

    @property
    def step(self) -> str:
        """What must happen to it."""
        return STEPS[self.kind]

    def state(self, now: Moment) -> str:
        """Say how it stands at a moment, in the words for clocks; `untimed` and `done` where it has no limit."""
        met = self.met_at if self.met_at is not None and self.met_at <= now else None
        if self.due_at is None:
            return "untimed" if met is None else "done"
        if met is None:
            return "overdue" if self.due_at < now else "running"
        return "late" if self.due_at < met else "met"


class Visit(NamedTuple):
    """A visit as it stands: planned, held or dropped, with what was told there.

    `planned_at` is the end (24:00) of the day planned; `told` holds area, building, homes, participants and a
    questionnaire's counts as last stated; `private` by, units, topic, result, note, reason. `last_n` is the highest
    number ever given to a matter, so that none is given twice.
    """

    id: int
    number: str
    kind: str
    planned_at: Moment | None
    held_at: Moment | None
    dropped_at: Moment | None
    told: Mapping[str, Any]
    private: Mapping[str, Any]
    matters: tuple[Matter, ...]
    procedure: Procedure
    entries: Sequence[Entry]
    last_n: int

    def state(self, now: Moment) -> str:
        """Say how it stands at a moment: dropped, held, planned, or missed where the day planned went by."""
        if self.dropped_at is not None:
            return "dropped"
        if self.held_at is not None:
            return "held"
        return "missed" if self.planned_at is not None and self.planned_at <= now else "planned"

    def matter(self, n: int) -> Matter | None:
        """Return the matter of this number, or None."""
        return next((one for one in self.matters if one.n == n), None)


def fold(entries: list[Entry], book: Book) -> Visit | None:
    """Fold a visit from its entries; None where its beginning was undone."""
    kept = standing(entries)
    first = next((entry for entry in kept if entry.kind in BEGINNINGS), None)
    if first is None:
        return None
    moments = {entry.kind: entry.at for entry in kept if entry.kind in ("held", "dropped")}
    planned = [entry.body["planned_at"] for entry in kept if entry.kind in ("planned", "moved")]
    told: dict[str, Any] = {}
    private: dict[str, Any] = {}
    for entry in kept:
        told |= {name: entry.body[name] for name in _TOLD if name in entry.body}
        if entry.kind in (*BEGINNINGS, "moved", "result"):
            private |= {name: value for name, value in (entry.private or {}).items() if name in _PRIVATE}
        if entry.kind == "dropped":
            private["reason"] = (entry.private or {}).get("reason")
    return Visit(
        id=int(first.subject.partition("/")[2]),
        number=first.body["number"],
        kind=first.body["kind"],
        planned_at=planned[-1] if planned else None,
        held_at=moments.get("held"),
        dropped_at=moments.get("dropped"),
        told=told,
        private=private,
        matters=tuple(_matter(entry, kept, book) for entry in kept if entry.kind in STEPS),
        procedure=book.procedure_at(moments.get("held", first.at)),
        entries=tuple(entries),
        last_n=max((entry.body["n"] for entry in entries if entry.kind in STEPS), default=0),
    )


def _matter(entry: Entry, kept: Sequence[Entry], book: Book) -> Matter:
    """Read one matter, with what met it; it keeps the procedure that was in force when it was raised."""
    kind, n = entry.kind, int(entry.body["n"])
    met = next((one for one in kept if one.kind == MET_BY[kind] and one.body["n"] == n), None)
    met_at = met.at if met else None
    procedure = book.procedure_at(entry.at)
    rule = procedure.followup("visit", STEPS[kind])
    promised = entry.body.get("promise")
    due_at, provisional = promised, False
    if promised is None and rule is not None and rule.limit is not None:
        due_at, provisional = book.due(procedure.limit(rule.limit), entry.at, met_at=met_at)
    return Matter(
        n=n,
        kind=kind,
        raised_at=entry.at,
        promised=promised,
        due_at=due_at,
        provisional=provisional,
        met_at=met_at,
        rule=rule,
        text=(entry.private or {}).get("text"),
        answer=(met.private or {}).get("text") if met else None,
    )


def rows(visit: Visit) -> dict[str, list[dict[str, Any]]]:
    """Return the derived rows of a visit, its matters, and the duties that these leave."""
    return {
        "visit": [_visit_row(visit)],
        "matter": [
            {
                "visit": visit.id,
                "n": one.n,
                "kind": one.kind,
                "raised_at": one.raised_at,
                "due_at": one.due_at,
                "met_at": one.met_at,
            }
            for one in visit.matters
        ],
        "duty": [_duty_row(visit, one, one.rule) for one in visit.matters if one.rule is not None],
    }


def _visit_row(visit: Visit) -> dict[str, Any]:
    counts = ("participants", "sent", "returned", "satisfied")
    return {
        "id": visit.id,
        "number": visit.number,
        "kind": visit.kind,
        "area": visit.told.get("area"),
        "building": visit.told.get("building"),
        "planned_at": visit.planned_at,
        "held_at": visit.held_at,
        **{name: visit.told.get(name) for name in counts},
        "dropped_at": visit.dropped_at,
        "last_seq": visit.entries[-1].seq,
    }


def _duty_row(visit: Visit, matter: Matter, rule: Followup) -> dict[str, Any]:
    return {
        "subject": "visit",
        "id": visit.id,
        "n": matter.n,
        "step": matter.step,
        "clause": rule.clause,
        "pack": rule.pack,
        "duty": ",".join(rule.duty),
        "department": None,
        "started_at": matter.raised_at,
        "due_at": matter.due_at,
        "met_at": matter.met_at,
        "ended_at": None,
        "provisional": int(matter.provisional),
    }
