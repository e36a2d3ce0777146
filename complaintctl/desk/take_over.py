"""Taking over the rows of an office's old register: all that is sound, in one transaction, numbered as received.

What happens to each row was judged before; here the complaints are written down with all their steps, folded and
filed. An import is a subject of its own, so that what was taken from where, and how its columns were read, is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from complaintctl.desk.log import building_at, building_of
from complaintctl.desk.office import Office, told
from complaintctl.desk.side_by_side import in_order
from complaintctl.ledger.derived import prepared
from complaintctl.ledger.store import Batch
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import fold, rows
from complaintctl.rules.localtime import local

SUBJECT, KIND = "import", "imported"


class Origin(NamedTuple):
    """Where rows come from: the file's name and digest, its headings, what the clerk said they mean.

    `recorded` are the steps of which the register tells.
    """

    file: str
    digest: str
    headings: list[str]
    mapping: Mapping[str, str]
    recorded: list[str]
    counts: Mapping[str, int]


class Taking(NamedTuple):
    """One row to take over: its line, what it says, and its place `n` where its number is to be told again."""

    n: int | None
    line: int
    data: Mapping[str, Any]


class TakenOver(NamedTuple):
    """What was taken: the import's id, how many, and the first and last complaint."""

    id: int
    taken: int
    first: int | None
    last: int | None


def earlier(office: Office) -> list[Entry]:
    """Return every import there ever was, the first one first, those taken back as well."""
    return [entry for entry in office.ledger.entries_of((SUBJECT,)) if entry.kind == KIND]


def take_over(
    office: Office,
    rows_of: Callable[[], Iterable[Taking]],
    origin_of: Callable[[], Origin],
    *,
    recheck: Callable[[], None],
    taken: Callable[[int | None, str], None],
    head: int,
) -> TakenOver:
    """Write down every row that was found sound.

    Args:
        office: the office; opened for writing.
        rows_of: gives the rows in their order.
        origin_of: tells where they come from, and how many there are; called after `recheck`.
        recheck: called under the lock if the ledger has grown since it stood at entry `head`, before `rows_of`.
        taken: told the place and number of each row.
        head: the last entry of the ledger when the rows were judged.
    """
    book = office.book
    with office.ledger.write(office.actor, office.now) as batch:
        if office.ledger.head()[0] != head:
            recheck()
        number, origin = len(earlier(office)) + 1, origin_of()
        _begin(office, batch, number, origin)
        writer = _Writer(office, batch, number, origin, taken)
        many = sum(origin.counts.get(fate, 0) for fate in ("taken", "remarked")) >= MANY
        count = batch.put_prepared(in_order(_folding(book), writer.parts(rows_of()), aside=many))
        return TakenOver(number, count, writer.first if count else None, writer.next - 1 if count else None)


def _begin(office: Office, batch: Batch, number: int, origin: Origin) -> None:
    body: dict[str, Any] = {
        "counts": dict(origin.counts),
        "recorded": origin.recorded,
        "first": batch.next_complaint_id(),
    }
    if office.pinned:
        body["pinned"] = True
    private = {
        "file": origin.file,
        "digest": origin.digest,
        "headings": origin.headings,
        # Keys of what is kept are ASCII; headings are not.
        "mapping": [[heading, field] for heading, field in origin.mapping.items()],
    }
    batch.append(f"{SUBJECT}/{number}", KIND, office.now, body, private)


#: So many complaints are folded on every core, so many at a time.
MANY, _PART = 2_000, 250


def _folding(book: Any) -> Callable[[list[Any]], Any]:
    """Return what makes the derived rows of complaints out of their entries."""

    def work(part: list[Any]) -> Any:
        return prepared(_rows([Entry(*entry) for entry in entries], book) for entries in part)

    return work


def _rows(entries: list[Entry], book: Any) -> tuple[Any, Any]:
    life = fold(entries, book)
    if life is None:
        raise ValueError("a complaint that was just taken down has a life")
    return rows(life), told(life)


class _Writer:
    """Writes complaint after complaint: ids in the order of rows, numbers within the month of receipt."""

    def __init__(
        self, office: Office, batch: Batch, number: int, origin: Origin, taken: Callable[[int | None, str], None]
    ) -> None:
        self.office, self.batch, self.number, self.origin, self.taken = office, batch, number, origin, taken
        self.first = self.next = batch.next_complaint_id()
        self._months: dict[str, int] = {}
        registered = office.query.registered("building")
        find = (lambda unit: building_at(office, unit)) if registered else building_of
        self._building: Callable[[str | None], str | None] = lru_cache(maxsize=4096)(find)

    def parts(self, found: Iterable[Taking]) -> Iterator[list[Any]]:
        """Write row after row and yield their entries, some hundreds of rows at a time."""
        rest = iter(found)
        while part := list(islice(rest, _PART)):
            yield [[tuple(entry) for entry in self._entries(row)] for row in part]

    def _entries(self, row: Taking) -> Iterator[Entry]:
        subject, data = f"complaint/{self.next}", row.data
        self.next += 1
        body, private = self._intake(row)
        self.taken(row.n, body["number"])
        yield self._append(subject, "logged", data["at"], body, private)
        for kind, at, told_of, hidden in data["steps"]:
            yield self._append(subject, kind, at, told_of, hidden)

    def _append(self, subject: str, kind: str, at: int, body: dict[str, Any], private: dict[str, Any] | None) -> Entry:
        return self.batch.append(subject, kind, at, {**body, "pinned": True} if self.office.pinned else body, private)

    def _number(self, at: int) -> str:
        month = local(at, self.office.zone).strftime("%Y%m")
        if month not in self._months:
            self._months[month] = int(self.batch.next_number(month).partition("-")[2])
        else:
            self._months[month] += 1
        return f"TS{month}-{self._months[month]:04d}"

    def _intake(self, row: Taking) -> tuple[dict[str, Any], dict[str, Any]]:
        data = row.data
        private = {**data["private"], "source": self.origin.file}
        for name in ("person",):
            if data.get(name):
                private[name] = data[name]
        notes = [part for part in (private.get("note"), data.get("note")) if part]
        if notes:
            private["note"] = "\n".join(notes)
        imported = {"import": self.number, "line": row.line, "recorded": self.origin.recorded}
        imported |= {"taken_at": self.office.now}
        imported |= {name: data[name] for name in ("time_unknown", "untimed", "undated") if data.get(name)}
        body: dict[str, Any] = {
            "number": self._number(data["at"]),
            "facts": data["facts"],
            "nameless": not any(private.get(name) for name in ("unit", "name", "phone")),
            "overruled": {},
            "proposed": data["proposed"],
            "imported": imported,
        }
        building = self._building(private.get("unit"))
        if building is not None:
            body["building"] = building
        if data.get("department"):
            body["department"] = data["department"]
        return body, private
