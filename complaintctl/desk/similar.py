"""Earlier cases that resemble a complaint: how they were solved, and how long that took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from complaintctl.desk.office import Office, private_facts, subject_of
from complaintctl.ledger.related import resolved_like
from complaintctl.reading.likeness import Matter, matter, pairs, resembles
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import DAY_SECONDS, Moment, day_of

#: How many of the newest cases that share words are looked at, while a complaint is taken down and when asked for.
LOOKED_AT, LOOKED_AT_LONGER = 120, 1500
#: How many are told.
TOLD, TOLD_MORE = 2, 8
#: How many of a text's pairs are looked for; a longer story says the same again.
MOST_PAIRS = 16


class Similar(NamedTuple):
    """An earlier case: what came of it, what was done (`result`, `cause`: private), in how many seconds, by whom.

    Of a case that a register told of by its days alone, `took` is in whole `days`; None where even these are missing.
    `words` are those that both texts have; `private` holds what must be masked in the result.
    """

    id: int
    number: str
    received_at: Moment
    category: str
    building: str | None
    outcome: str
    took: int | None
    days: bool
    department: str | None
    person: str | None
    result: str | None
    cause: str | None
    words: tuple[str, ...]
    private: dict[str, Any]


def similar(office: Office, life: Life, *, longer: bool = False) -> tuple[Similar, ...]:
    """Return the solved cases most like a complaint, the most alike first; `longer` looks further back for more."""
    told = private_facts(life)
    if not told.get("text"):
        return ()
    known = life.version_at(office.now).known
    new = matter(str(told["text"]), None, life.course.building, known["category"])
    looked_for = list(pairs(str(told["text"])))[:MOST_PAIRS]
    rows = resolved_like(office.query, looked_for, life.course.received_at, LOOKED_AT_LONGER if longer else LOOKED_AT)
    scored = [(score, row, words) for row, score, words in _scored(new, rows) if row["id"] != life.id]
    best = sorted(scored, key=lambda one: (-one[0], -one[1]["received_at"], -one[1]["id"]))
    return tuple(_case(office, row, words) for _, row, words in best[: TOLD_MORE if longer else TOLD])


def _scored(new: Matter, rows: list[Any]) -> Iterator[tuple[Any, int, tuple[str, ...]]]:
    for row in rows:
        # What is filed for the search begins with the text as it was told.
        old = matter(row["text"].partition("\n")[0], None, row["building"], row["category"])
        found = resembles(new, old)
        if found is not None:
            yield row, found.score, found.words


def _case(office: Office, row: Any, words: tuple[str, ...]) -> Similar:
    """Return a case with what was done about it, as its last solution tells."""
    entries = standing(office.ledger.entries(subject_of(row["id"]), office.now))
    private: dict[str, Any] = {}
    for entry in entries:
        if entry.kind in ("logged", "amended") and entry.private:
            private |= entry.private
    solved = next((entry for entry in reversed(entries) if entry.kind == "resolved"), None)
    said = (solved.private or {}) if solved is not None else {}
    took, days = _took(office, row, entries)
    return Similar(
        id=row["id"],
        number=row["number"],
        received_at=row["received_at"],
        category=row["category"],
        building=row["building"],
        outcome=row["outcome"],
        took=took,
        days=days,
        department=row["department"],
        person=said.get("person"),
        result=said.get("result"),
        cause=said.get("cause"),
        words=words,
        private=private,
    )


def _took(office: Office, row: Any, entries: list[Entry]) -> tuple[int | None, bool]:
    """Return in how many seconds a case was solved, and whether only its days are known."""
    imported = next((entry.body.get("imported") for entry in entries if entry.kind == "logged"), None) or {}
    if "resolved" in imported.get("undated", ()):
        return None, False
    if not imported.get("time_unknown") and "resolved" not in imported.get("untimed", ()):
        return row["first_resolved_at"] - row["received_at"], False
    days = day_of(row["first_resolved_at"], office.zone) - day_of(row["received_at"], office.zone)
    return days.days * DAY_SECONDS, True
