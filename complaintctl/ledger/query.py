"""Questions to the derived rows, for the desk and the reports.

Each is answered through an index on what is open, on a moment or on a number, so that none takes longer because
the closed past has grown.

Rows are mappings (`row["due_at"]`, `dict(row)`). A complaint's row has the columns of `derived.COMPLAINT` and
`stage` (open, resolved, notified, closed); complaints whose taking-down was undone are left out unless said.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.ledger import connect

_PARTS = 400
"""How many ids are asked for in one statement."""


class Filter(NamedTuple):
    """What a listing is narrowed to; None leaves a column free. Moments: from (included) to before (excluded)."""

    open: bool | None = None
    stage: str | None = None
    kind: str | None = None
    category: str | None = None
    severity: str | None = None
    class_: str | None = None
    validity: str | None = None
    urgency: str | None = None
    responsibility: str | None = None
    department: str | None = None
    building: str | None = None
    channel: str | None = None
    outcome: str | None = None
    procedure: str | None = None
    received_from: int | None = None
    received_before: int | None = None
    event: int | None = None
    imported: bool | None = None
    buildings: tuple[str, ...] | None = None
    """One of several buildings, those of an area."""


class Adoption(NamedTuple):
    """What was put in force: `effective_from` None for the first of its kind, `snapshot` canonical JSON text."""

    seq: int
    kind: str
    effective_from: int | None
    adopted_at: int
    name: str
    snapshot: str


class Queries:
    """The questions, asked of a ledger or of a replica in memory."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        """Ask through `connection`; `path` is only named in errors."""
        self._connection = connection
        self._path = path

    # ---- the two ways to run a statement

    def rows(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[sqlite3.Row]:
        """All rows of a statement; errors of the file come in our words."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except connect.FAILURES as error:
            raise self._cause(error) from error

    def tuples(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement as plain tuples, for thousands of them at a time."""
        try:
            cursor = self._connection.cursor()
            cursor.row_factory = None
            return cursor.execute(sql, values).fetchall()
        except connect.FAILURES as error:
            raise self._cause(error) from error

    def stream(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Iterator[sqlite3.Row]:
        """The rows of a statement one by one, for what may be larger than memory."""
        try:
            # Not “yield from”, which would ask a ledger that is closed already when the rows are left half-way.
            for row in self._connection.execute(sql, values):  # noqa: UP028
                yield row
        except connect.FAILURES as error:
            raise self._cause(error) from error

    def _cause(self, error: sqlite3.Error | UnicodeDecodeError) -> Exception:
        return connect.in_our_words(error, self._path) or error

    # ---- one complaint

    def complaint_id(self, name: str) -> int | None:
        """The short id of the complaint named `7` or `TS202611-0007` (either case); None if there is none."""
        name = name.strip().upper()
        if not name.isascii():
            # No number is written with other characters; broken ones could not even be looked for.
            return None
        if name.isdigit() and len(name) < 19:
            found = self.rows("SELECT id FROM complaint WHERE id = ?", (int(name),))
        else:
            found = self.rows("SELECT id FROM complaint WHERE number = ?", (name,))
        return found[0]["id"] if found else None

    def complaint(self, complaint: int) -> sqlite3.Row | None:
        """The row of a complaint, undone ones too; None if there is none."""
        found = self.rows("SELECT * FROM complaint WHERE id = ?", (complaint,))
        return found[0] if found else None

    def clocks_of(self, complaint: int) -> list[sqlite3.Row]:
        """All clocks of a complaint in their order."""
        return self.rows("SELECT * FROM clock WHERE complaint = ? ORDER BY n", (complaint,))

    def milestones_of(self, complaint: int) -> list[sqlite3.Row]:
        """All milestones of a complaint in their order."""
        return self.rows("SELECT * FROM milestone WHERE complaint = ? ORDER BY n", (complaint,))

    def told(self, complaint: int) -> tuple[str, str | None]:
        """The private words under which a complaint is filed: (text, unit); empty once erased."""
        found = self.rows("SELECT text, unit FROM told WHERE complaint = ?", (complaint,))
        return (found[0]["text"], found[0]["unit"]) if found else ("", None)

    def event_of(self, complaint: int) -> list[sqlite3.Row]:
        """The complaints of one event: the lead complaint and all linked to it, in the order of receipt."""
        return self.rows(
            "SELECT * FROM complaint WHERE (id = :lead OR event = :lead) AND voided_at IS NULL "
            "ORDER BY received_at, id",
            {"lead": complaint},
        )

    # ---- the desk's day

    def open_clocks(self, due_before: int, due_from: int | None = None) -> list[sqlite3.Row]:
        """Clocks not met nor over whose due moment lies before `due_before` (and not before `due_from`).

        Longest due first; waiting ones too (`started_at` may lie ahead or be None). Each row has the columns of
        the clock and of its complaint: number, kind, category, severity, becomes_major_at, department, building,
        received_at, complaint_round, stage.
        """
        return self.rows(
            "SELECT k.*, c.number, c.kind, c.category, c.severity, c.becomes_major_at, c.department, c.building, "
            "c.received_at, c.round AS complaint_round, c.stage "
            "FROM clock k JOIN complaint c ON c.id = k.complaint "
            "WHERE k.met_at IS NULL AND k.over = 0 AND k.due_at IS NOT NULL AND k.due_at < ? AND k.due_at >= ? "
            "AND c.voided_at IS NULL ORDER BY k.due_at, k.complaint, k.n",
            (due_before, -(2**53) if due_from is None else due_from),
        )

    def overdue(self, now: int) -> list[sqlite3.Row]:
        """Clocks that ran out before `now` and may still be met; at the due moment is still on time."""
        return self.open_clocks(now)

    def with_provisional_clocks(self) -> list[int]:
        """Ids of the complaints that have a provisional due moment, met or not."""
        found = self.rows("SELECT DISTINCT complaint FROM clock WHERE provisional = 1 ORDER BY complaint")
        return [row["complaint"] for row in found]

    def next_due(self, complaints: Sequence[int]) -> list[sqlite3.Row]:
        """The clocks of these complaints that still run, soonest first."""
        found: list[sqlite3.Row] = []
        for marks, part in _parts(complaints):
            found += self.rows(
                f"SELECT * FROM clock WHERE complaint IN ({marks}) AND met_at IS NULL AND over = 0 "
                "AND due_at IS NOT NULL",
                part,
            )
        return sorted(found, key=lambda row: (row["due_at"], row["complaint"], row["n"]))

    def waiting_for(self, stage: str) -> list[sqlite3.Row]:
        """Complaints at `stage`, oldest first: resolved ones wait for a notice, notified for a revisit."""
        if stage == "closed":
            raise ValueError("what is closed waits for nothing")
        return self.rows(
            "SELECT * FROM complaint WHERE closed_at IS NULL AND voided_at IS NULL AND stage = ? "
            "ORDER BY received_at, id",
            (stage,),
        )

    def count_open(self) -> int:
        """How many complaints are not closed now."""
        return int(self.rows("SELECT count(*) FROM complaint WHERE closed_at IS NULL AND voided_at IS NULL")[0][0])

    # ---- listings

    def list_complaints(
        self,
        wanted: Filter | None = None,
        *,
        now: int,
        limit: int | None = 50,
        offset: int = 0,
        newest_first: bool = True,
    ) -> list[sqlite3.Row]:
        """Complaints in the order of receipt. `now` decides who has become major; `limit` None gives all.

        Ask for one more than fits to learn whether there is more; `count_complaints` reads them all.
        """
        narrowed, values = _narrowed(wanted or Filter(), now)
        order = "DESC" if newest_first else "ASC"
        return self.rows(
            f"SELECT * FROM {narrowed} ORDER BY received_at {order}, id {order} LIMIT :limit OFFSET :offset",
            {**values, "limit": -1 if limit is None else limit, "offset": offset},
        )

    def count_complaints(self, wanted: Filter | None = None, *, now: int) -> int:
        """How many complaints a filter leaves; reads all history unless it names a month or what is open."""
        narrowed, values = _narrowed(wanted or Filter(), now)
        return int(self.rows(f"SELECT count(*) FROM {narrowed}", values)[0][0])

    def complaints(self, ids: Sequence[int]) -> list[sqlite3.Row]:
        """The rows of these complaints in the order of ids, undone ones too; unknown ids are left out."""
        found: list[sqlite3.Row] = []
        for marks, part in _parts(sorted(set(ids))):
            found += self.rows(f"SELECT * FROM complaint WHERE id IN ({marks}) ORDER BY id", part)
        return found

    def search(self, words: str, limit: int | None = 50, offset: int = 0) -> list[sqlite3.Row]:
        """Complaints whose words hold every part of `words`, newest first; none if it has no letter.

        Simplified characters find traditional ones, and the other way round.
        """
        from complaintctl.ledger.variants import ways
        from complaintctl.ledger.words import match_expression

        expression = match_expression(words, ways)
        if expression is None:
            return []
        return self.rows(
            "SELECT c.* FROM search s JOIN complaint c ON c.id = s.rowid WHERE s.words MATCH ? "
            "AND c.voided_at IS NULL ORDER BY s.rowid DESC LIMIT ? OFFSET ?",
            (expression, -1 if limit is None else limit, offset),
        )

    # ---- people and places

    def registered(self, *registers: str) -> bool:
        """Whether anything stands in one of these registers (`staff`, `department`, `building`): they may be empty."""
        terms = " OR ".join(f"EXISTS (SELECT 1 FROM {register})" for register in registers)
        return bool(self.rows(f"SELECT {terms}")[0][0])

    def department_names(self) -> list[str]:
        """The names of all departments ever registered: no private matter."""
        return [str(row[0]) for row in self.tuples("SELECT name FROM department ORDER BY id")]

    # ---- what is in force

    def adoptions(self, kind: str) -> list[Adoption]:
        """What was adopted of a kind, in the order of adopting."""
        return [Adoption(*row) for row in self.rows("SELECT * FROM adoption WHERE kind = ? ORDER BY seq", (kind,))]

    def adopted_since(self, kind: str) -> list[tuple[int, int | None]]:
        """From when on what of a kind holds, as (seq, moment; None: for all earlier ones), in the order of holding."""
        sql = "SELECT seq, effective_from FROM adoption WHERE kind = ? ORDER BY effective_from, seq"
        return self.tuples(sql, (kind,))

    def adoption(self, seq: int) -> Adoption:
        """What an entry put in force."""
        return Adoption(*self.rows("SELECT * FROM adoption WHERE seq = ?", (seq,))[0])

    def adoption_at(self, kind: str, moment: int) -> Adoption | None:
        """What of a kind was in force at `moment`; of several for one moment the last adopted."""
        found = self.rows(
            "SELECT * FROM adoption WHERE kind = ? AND (effective_from IS NULL OR effective_from <= ?) "
            "ORDER BY effective_from DESC, seq DESC LIMIT 1",
            (kind, moment),
        )
        return Adoption(*found[0]) if found else None


def _parts(ids: Sequence[int]) -> Iterator[tuple[str, Sequence[int]]]:
    for at in range(0, len(ids), _PARTS):
        part = ids[at : at + _PARTS]
        yield ", ".join("?" * len(part)), part


_INDEXED = ("building", "category", "department", "channel", "kind")
"""Columns with an index of their own, the ones that narrow most first."""

_EQUAL = tuple(
    name for name in Filter._fields if name not in ("open", "severity", "received_from", "received_before", "buildings")
)


def _narrowed(wanted: Filter, now: int) -> tuple[str, dict[str, object]]:
    """The table, the index and the condition for a filter, with its values.

    The index is named, because SQLite without statistics would rather walk all past complaints of a category
    than the few open ones. Severity is that of `now`: a month may have made a complaint major.
    """
    terms = ["voided_at IS NULL"]
    values: dict[str, object] = {}
    still_open = wanted.open is True or wanted.stage in ("open", "resolved", "notified")
    if wanted.open is not None or wanted.stage is not None:
        terms.append("closed_at IS NULL" if still_open else "closed_at IS NOT NULL")
    for field, comparison in (("received_from", ">="), ("received_before", "<")):
        if getattr(wanted, field) is not None:
            terms.append(f"received_at {comparison} :{field}")
            values[field] = getattr(wanted, field)
    if wanted.severity is not None:
        terms.append(_MAJOR if wanted.severity == "major" else _NOT_MAJOR)
        values |= {"now": now, "severity": wanted.severity} if wanted.severity != "major" else {"now": now}
    for field in _EQUAL:
        value = getattr(wanted, field)
        if value is not None:
            terms.append(f'"{field.rstrip("_")}" = :{field}')
            values[field] = value
    if wanted.buildings is not None:
        named = {f"building_{number}": code for number, code in enumerate(wanted.buildings)}
        # An empty list would leave SQLite without a plan for the index.
        terms.append(f"building IN ({', '.join(f':{name}' for name in named) or 'NULL'})")
        values |= named
    return f"complaint {_index(wanted, still_open)} WHERE {' AND '.join(terms)}", values


# What is major has become so at some moment, by an entry or by time; some that are not will be.
_MAJOR = "becomes_major_at IS NOT NULL AND becomes_major_at <= :now"
_NOT_MAJOR = "severity = :severity AND (becomes_major_at IS NULL OR becomes_major_at > :now)"


def _index(wanted: Filter, still_open: bool) -> str:
    """Which index answers a filter: what is open, a month, the linked ones, a column of its own, or the order."""
    if still_open:
        return "INDEXED BY complaint_open"
    if wanted.received_from is not None:
        return "INDEXED BY complaint_received"
    if wanted.event is not None:
        return "INDEXED BY complaint_event"
    for column in _INDEXED:
        if getattr(wanted, column) is not None:
            return f"INDEXED BY complaint_{column}"
    if wanted.buildings is not None:
        return "INDEXED BY complaint_building"
    if wanted.severity == "major":
        return "INDEXED BY complaint_majors"
    return f"INDEXED BY complaint_{'severity' if wanted.severity is not None else 'received'}"
