"""Writing the rows that are folded from the entries: moments only, always replaced as a whole."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from complaintctl.rules.entries import Entry

Row = Mapping[str, Any]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


COMPLAINT = _names(
    "id number kind channel category responsibility class validity urgency severity becomes_major_at "
    "collective_at repeat round outcome building department procedure heard_at received_at "
    "first_resolved_at dispatched_at contacted_at resolved_at notified_at closed_at reopened chased "
    "nameless households event imported voided_at last_seq dispute decision part"
)
CLOCK = _names(
    "complaint n clock step round rung ground clause pack duty limit parameter from started_at due_at "
    "met_at ended_at ended_by over provisional"
)
MILESTONE = _names("complaint n step at round rung detail")

COUNTED_STEPS = ("dispatched", "contacted", "resolved", "notified", "revisited")
"""The steps whose first-round clocks the month counts (section 5 of the domain)."""

COUNTED = tuple(f"{step}_{part}" for step in COUNTED_STEPS for part in ("due", "met", "unknown", "waiting"))
"""The columns of `complaint` that are reckoned here from its clocks."""

ADOPTED = "adopted"
"""The kind of an entry that adopts a procedure, a calendar, the site's settings; see `adoption_row`."""

_BULK = 5_000


class DerivedRows(Protocol):
    """What the rules' fold gives for one complaint: a row, its clocks, its milestones."""

    @property
    def complaint(self) -> Row:
        """One mapping with exactly the columns `COMPLAINT`."""

    @property
    def clocks(self) -> Sequence[Row]:
        """Mappings with exactly the columns `CLOCK`, `n` counting within the complaint."""

    @property
    def milestones(self) -> Sequence[Row]:
        """Mappings with exactly the columns `MILESTONE`, `n` counting in the order of time."""


class Told(NamedTuple):
    """The private words by which a complaint is found again; empty once they were erased."""

    text: str = ""
    unit: str | None = None


def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_INSERT_COMPLAINT = _insert("complaint", COMPLAINT + COUNTED)
_UPSERT_COMPLAINT = (
    _INSERT_COMPLAINT
    + " ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f'"{name}" = excluded."{name}"' for name in (COMPLAINT + COUNTED)[1:])
)
_INSERT_CLOCK = _insert("clock", CLOCK)
_INSERT_MILESTONE = _insert("milestone", MILESTONE)
_complaint_values = itemgetter(*COMPLAINT)
_clock_values = itemgetter(*CLOCK)
_milestone_values = itemgetter(*MILESTONE)


def counted(clocks: Sequence[Row] | Sequence[sqlite3.Row], round_number: int = 1) -> tuple[int | None, ...]:
    """What the month counts of a complaint: for each counted step (due, met, unknown, waiting) of one round.

    The earliest due governs among the clocks that applied; one that was replaced or lifted did not apply, one
    lifted after it had run out (missed) did. `unknown` counts clocks of imported rows without a moment to
    judge by, `waiting` limits whose start has not come. Clocks with a ground of their own are another step.
    Moments only: whether that was on time is reckoned when it is asked.
    """
    found: dict[str, tuple[int | None, int | None]] = {}
    unknown, waiting = dict.fromkeys(COUNTED_STEPS, 0), dict.fromkeys(COUNTED_STEPS, 0)
    for clock in clocks:
        step, due, by = clock["step"], clock["due_at"], clock["ended_by"]
        if step not in unknown or clock["round"] != round_number or clock["ground"]:
            continue
        if by in ("unknown", "unrecorded"):
            unknown[step] += 1
        elif due is None or (clock["started_at"] is None and clock["met_at"] is None):
            waiting[step] += not clock["over"] and (due is not None or clock["limit"] is not None)
        elif by is None or (by == "lifted" and due < clock["ended_at"]):
            best = found.get(step, (None, None))[0]
            if best is None or due < best:
                found[step] = (due, clock["met_at"])
    return tuple(
        one for step in COUNTED_STEPS for one in (*found.get(step, (None, None)), unknown[step], waiting[step])
    )


def complaint_row(rows: DerivedRows) -> tuple[object, ...]:
    """The values of the columns `COMPLAINT` and `COUNTED` of one complaint."""
    return (*_complaint_values(rows.complaint), *counted(rows.clocks))


def put(connection: sqlite3.Connection, rows: DerivedRows, told: Told) -> None:
    """Replace all derived rows of one complaint, inside the caller's transaction."""
    complaint = rows.complaint["id"]
    connection.execute(_UPSERT_COMPLAINT, complaint_row(rows))
    connection.execute("DELETE FROM clock WHERE complaint = ?", (complaint,))
    connection.execute("DELETE FROM milestone WHERE complaint = ?", (complaint,))
    connection.executemany(_INSERT_CLOCK, map(_clock_values, rows.clocks))
    connection.executemany(_INSERT_MILESTONE, map(_milestone_values, rows.milestones))
    _file(connection, complaint, told)


def put_many(connection: sqlite3.Connection, complaints: Iterable[tuple[DerivedRows, Told]]) -> int:
    """Insert the derived rows of many complaints that have none yet; returns how many.

    For `rebuild`, imports and replicas: streams, keeps some thousands of rows in memory at a time.
    """
    from itertools import islice

    source = iter(complaints)
    parts = iter(lambda: list(islice(source, _BULK // 10)), [])
    return insert(connection, (prepared(part) for part in parts))


Prepared = tuple[list[Any], list[Any], list[Any], list[Any], list[Any]]
"""What is inserted for some complaints: values for complaint, clock, milestone, told and the search index."""


def prepared(complaints: Iterable[tuple[DerivedRows, Told]]) -> Prepared:
    """Make the values that are inserted for some complaints; nothing but texts, whole numbers and None."""
    from complaintctl.ledger.words import index_words

    found: Prepared = ([], [], [], [], [])
    for rows, told in complaints:
        complaint = rows.complaint["id"]
        found[0].append(complaint_row(rows))
        found[1].extend(map(_clock_values, rows.clocks))
        found[2].extend(map(_milestone_values, rows.milestones))
        if told.text or told.unit:
            found[3].append((complaint, told.unit, told.text))
            found[4].append((complaint, index_words(told.text)))
    return found


_INSERTS = (
    _INSERT_COMPLAINT,
    _INSERT_CLOCK,
    _INSERT_MILESTONE,
    "INSERT INTO told (complaint, unit, text) VALUES (?, ?, ?)",
    "INSERT INTO search (rowid, words) VALUES (?, ?)",
)


def insert(connection: sqlite3.Connection, parts: Iterable[Prepared]) -> int:
    """Insert what was prepared of complaints that have no rows yet, part by part; returns how many complaints."""
    count = 0
    for part in parts:
        count += len(part[0])
        for statement, values in zip(_INSERTS, part, strict=True):
            connection.executemany(statement, values)
    return count


def _file(connection: sqlite3.Connection, complaint: int, told: Told) -> None:
    """File a complaint's words anew, only if they changed; the index wants the old words to take them out."""
    old = connection.execute("SELECT unit, text FROM told WHERE complaint = ?", (complaint,)).fetchone()
    if (old["unit"], old["text"]) == (told.unit, told.text) if old else told == Told():
        return
    from complaintctl.ledger.words import index_words

    if old:
        connection.execute("DELETE FROM told WHERE complaint = ?", (complaint,))
        connection.execute(
            "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
            (complaint, index_words(old["text"])),
        )
    if told.text or told.unit:
        connection.execute(
            "INSERT INTO told (complaint, unit, text) VALUES (?, ?, ?)", (complaint, told.unit, told.text)
        )
        connection.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", (complaint, index_words(told.text)))


def drop(connection: sqlite3.Connection) -> None:
    """Empty every derived table, inside the caller's transaction."""
    from complaintctl.ledger import registers

    for table in ("clock", "milestone", "told", "complaint", "adoption", *registers.TABLES):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")


def adoption_row(entry: Entry) -> tuple[int, str, int | None, int, str, str]:
    """The row of an `adopted` entry: (seq, kind, effective_from, adopted_at, name, snapshot as canonical JSON).

    Its body holds `what` (procedure, calendar, site, …), `name`, `snapshot` and `effective_from` — None for the
    first of its kind, which holds for all earlier moments.
    """
    from complaintctl.ledger.chain import dumps

    body = entry.body
    return (entry.seq, body["what"], body["effective_from"], entry.at, body["name"], dumps(body["snapshot"]))


def adopt(connection: sqlite3.Connection, entry: Entry) -> None:
    """Take down what an `adopted` entry puts in force."""
    connection.execute("INSERT INTO adoption VALUES (?, ?, ?, ?, ?, ?)", adoption_row(entry))
