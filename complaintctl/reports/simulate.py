"""A span of complaints under two procedures, added up: what is late, who is told, what it costs each department.

Complaint by complaint: each is read, folded twice and let go, so that a long ledger needs no more memory than a short
one, save for the list of what changes. Nothing is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from complaintctl.ledger.store import Ledger
from complaintctl.reports.workload import Answers, Workload, is_work
from complaintctl.rules.book import Book
from complaintctl.rules.facts import VOID_OUTCOMES
from complaintctl.rules.life import Life, fold
from complaintctl.rules.localtime import Moment
from complaintctl.rules.officehours import OfficeHours
from complaintctl.rules.procedure import Procedure, Wording
from complaintctl.rules.simulate import DECIDED, LATE, NOT_ASKED, Asked, Key, asked, event_of, under, unread

_NUMBERED = re.compile(r"[a-z-]+-\d+")
"""Grounds that number what happened in a complaint: a promise, a matter, a word, a corrective action."""

Row = tuple[str, int | None, str | None]
"""A row of the table: a step, for referrals the rung, and the ground where that makes it another step."""
Ground = tuple[int, str]
"""Who is told and why: the rung and the ground."""
REPAIR = "repair"
EVERY = 50
"""Complaints after which it is told how many are done."""


class Tally:
    """One row of the table of differences under one procedure."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.asked = self.late = self.running = self.unknown = 0

    def add(self, one: Asked) -> None:
        """Count one thing asked: decided, still running, or imported without a moment to judge by."""
        self.asked += one.state in DECIDED
        self.late += one.state in LATE
        self.running += one.state in ("running", "waiting")
        self.unknown += one.state in ("unknown", "unrecorded")


Table = dict[Row, tuple[Tally, Tally]]
"""A table of differences: each row at present, and in the trial."""


class Change(NamedTuple):
    """What is late under one procedure and not under the other."""

    id: int
    number: str
    step: str
    rung: int | None
    round: int
    ground: str
    department: str | None
    due_at: Moment | None
    met_at: Moment | None
    state: str
    simulated_due_at: Moment | None
    simulated_state: str

    @property
    def worse(self) -> bool:
        """Say whether it would have been late under the other procedure only."""
        return self.simulated_state in LATE

    def ran_out(self) -> tuple[int, Moment]:
        """Return the round, and when what is late ran out: the order in which a complaint's changes are told."""
        return self.round, (self.simulated_due_at if self.worse else self.due_at) or 0


class Telling:
    """The referrals to one rung on one ground: how many, and of which complaints; one event is told once."""

    def __init__(self, title: Wording) -> None:
        """Begin with nothing; `title` says in the procedure's words what must be told."""
        self.title = title
        self.now: dict[object, None] = {}
        self.simulated: dict[object, None] = {}
        self.complaints: tuple[dict[int, str], dict[int, str]] = ({}, {})


class Simulation:
    """What a span of complaints looks like under the procedures they lived under, and under another."""

    def __init__(self, procedure: Procedure, hours: OfficeHours, now: Moment) -> None:
        """Begin with nothing; `now` is the moment of looking."""
        self.procedure = procedure
        self.now = now
        self.complaints = 0
        self.lived: Counter[str] = Counter()
        self.first: Table = {}
        self.later: Table = {}
        self.repairs: Table = {}
        self.later_repairs: Table = {}
        self.told: dict[Ground, Telling] = {}
        self.work = Workload(hours)
        self.changes: list[Change] = []
        self.withdrawn = self.others = 0
        self.unread: Counter[str] = Counter()

    def take(self, life: Life, other: Life) -> None:
        """Add one complaint: its life as it was, and under the other procedure."""
        self.complaints += 1
        self.lived[life.course.procedure.id] += 1
        self.unread += unread(life.entries, self.procedure)
        if not is_work(life):
            self.others += 1
            return
        now = self.now
        present = asked(life, now)
        simulated = present if other is life else asked(other, now)
        self._tell(life, present, simulated)
        self.work.take(life, present, simulated)
        void = _void(life) | _void(other)
        self.withdrawn += life.course.received_at in void
        changes = [
            self._compare(life, key, present.get(key), simulated.get(key))
            for key in {**present, **simulated}
            if key[0] not in void
        ]
        self.changes += sorted((one for one in changes if one is not None), key=Change.ran_out)

    def _compare(self, life: Life, key: Key, present: Asked | None, simulated: Asked | None) -> Change | None:
        """Count one thing asked under both procedures; return it where it is late under one of them only."""
        table = self._table(life, key[0] == life.course.received_at)
        one = present or simulated
        if one is None or not (_counts(present) or _counts(simulated)):
            return None
        row = (one.step, one.rung, _apart(one))
        for tally, side in zip(table.setdefault(row, (Tally(), Tally())), (present, simulated), strict=True):
            if side is not None:
                tally.add(side)
        return _change(life, present, simulated) if _late(present) != _late(simulated) else None

    def _table(self, life: Life, first: bool) -> Table:
        """Return the table in which a round is counted: repairs and later rounds apart, as in the month."""
        if life.course.versions[-1].known["kind"] == REPAIR:
            return self.repairs if first else self.later_repairs
        return self.first if first else self.later

    def _tell(self, life: Life, present: Answers, simulated: Answers) -> None:
        for side, answers in enumerate((present, simulated)):
            for key, one in answers.items():
                if not one.told or one.rung is None:
                    continue
                telling = self.told.setdefault((one.rung, one.ground), Telling(one.title))
                # The referral of a collective event is made once for all its households (C 4.5.1).
                event = event_of(life) if one.shared else None
                deed = (life.id, key[0]) if event is None else event
                (telling.simulated if side else telling.now)[deed] = None
                telling.complaints[side][life.id] = life.number


def _counts(one: Asked | None) -> bool:
    """Say whether something asked has, or may yet get, a limit that decides."""
    return one is not None and one.state not in (NOT_ASKED, "untimed", "done")


def _late(one: Asked | None) -> bool:
    return one is not None and one.state in LATE


def _apart(one: Asked) -> str | None:
    """Return the ground that makes a step another one (an explanation is no notice); referrals go by their rung."""
    if one.rung is not None or not one.ground or _NUMBERED.fullmatch(one.ground):
        return None
    return one.ground


def _void(life: Life) -> set[Moment]:
    """Return the beginnings of the rounds that ended as withdrawn or duplicate: outside the rates."""
    course = life.course
    return {
        course.rounds[one.round - 1]
        for one in course.milestones
        if one.step == "resolved" and one.detail in VOID_OUTCOMES
    }


def _change(life: Life, present: Asked | None, simulated: Asked | None) -> Change:
    one = present or simulated
    if one is None:
        raise ValueError("a change is one of something asked")
    met = [side.met_at for side in (present, simulated) if side is not None and side.met_at is not None]
    return Change(
        life.id,
        life.number,
        one.step,
        one.rung,
        one.round,
        one.ground,
        life.course.department,
        present.due_at if present else None,
        min(met, default=None),
        present.state if present else NOT_ASKED,
        simulated.due_at if simulated else None,
        simulated.state if simulated else NOT_ASKED,
    )


def replay(
    ledger: Ledger,
    complaints: Sequence[int],
    book: Book,
    procedure: Procedure,
    now: Moment,
    *,
    until_recorded: Moment | None = None,
    done: Callable[[int], None] = lambda _: None,
) -> Simulation:
    """Replay complaints, by their ids, under another procedure; only read.

    `until_recorded` leaves out what was written down after it; `done` is told how many are done, now and then.
    """
    found = Simulation(procedure, OfficeHours(book.calendars[-1][1]), now)
    other = under(book, procedure)
    alike = {one.id for _, one in book.procedures if one.snapshot == procedure.snapshot}
    alike -= {one.id for _, one in book.procedures if one.snapshot != procedure.snapshot}
    for number, complaint in enumerate(complaints, 1):
        entries = ledger.entries(f"complaint/{complaint}", until_recorded)
        life = fold(entries, book) if entries else None
        if life is not None:
            # Read under the very procedure that is tried: nothing can differ, so it need not be read twice.
            found.take(life, life if life.course.procedure.id in alike else fold(entries, other) or life)
        if number % EVERY == 0:
            done(number)
    return found


def order(rows: Iterable[Row], steps: Sequence[str]) -> list[Row]:
    """Return rows in the order in which the procedures take the steps; within a step by rung and ground."""
    places = {step: place for place, step in enumerate(steps)}
    return sorted(rows, key=lambda row: (places.get(row[0], len(places)), row[0], row[1] or 0, row[2] or ""))
