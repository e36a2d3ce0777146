"""Earlier cases that resemble a complaint: how they were solved, and how long that took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Any, NamedTuple

from complaintctl.desk.office import Office, private_facts, subject_of
from complaintctl.ledger.related import holding, newest, solved
from complaintctl.reading.likeness import matter, resembles, sought
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import DAY_SECONDS, Moment, day_of

#: How many of the newest cases with each pair of characters are looked for, and how many of those that have most in
#: common are read, while a complaint is taken down and when asked for.
LOOKED_FOR, LOOKED_FOR_LONGER = 100, 500
READ, READ_LONGER = 40, 200
#: The part of these that may have been taken down later.
LATER = 4
#: How many are told; what is nearly as much alike counts as equally so, and of these the newest go first.
NEARLY = 12
TOLD, TOLD_MORE = 2, 8
#: How many of a text's pairs are looked for; a longer story says the same again.
PAIRS, PAIRS_LONGER = 16, 24
#: How rare a pair counts that nobody has: by chance, or because two words meet there.
UNHEARD = 2


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
    text, known = str(told["text"]), life.version_at(office.now).known
    new = matter(text, None, life.course.building, known["category"])
    ids, rare = _nearest(office, sought(text)[: PAIRS_LONGER if longer else PAIRS], life.id, longer=longer)
    found = []
    for row in solved(office.ledger.query, ids, life.course.received_at) if ids else ():
        # What is filed for the search begins with the text as it was told.
        old = matter(row["text"].partition("\n")[0], None, row["building"], row["category"])
        likeness = resembles(new, old, rare) if old.pairs else None
        if likeness is not None:
            found.append((likeness, row))
    found.sort(key=lambda one: (-(one[0].score // NEARLY), -one[1]["received_at"], -one[1]["id"]))
    cases = (_case(office, row, one.words) for one, row in found)
    return tuple(islice((case for case in cases if case is not None), TOLD_MORE if longer else TOLD))


def _nearest(office: Office, pairs: Sequence[str], complaint: int, *, longer: bool) -> tuple[list[int], dict[str, int]]:
    """Return the complaints that have most of these pairs, the rarer ones counting more, and how rare each pair is.

    Those taken down before are looked for first; what was taken over from a register later can be older all the same.
    """
    # Also at a moment gone by: what was not solved by then falls away when it is read.
    query = office.ledger.query
    most, last = (LOOKED_FOR_LONGER if longer else LOOKED_FOR), newest(query)
    complaint = complaint or last + 1
    rare: dict[str, int] = {}
    points: Counter[int] = Counter()
    for first, end in ((0, complaint), (complaint, last + 1)) if complaint < last else ((0, complaint),):
        for pair, found in holding(query, pairs, most, (first, end)).items():
            # So many hold it, as far as the newest tell.
            many = len(found) if len(found) < most else len(found) * (end - first) // (end - found[-1])
            rare[pair] = max(rare.get(pair, 0), ((end - first) // many).bit_length() if many else UNHEARD)
            for one in found:
                points[one] += rare[pair]
    best, read = sorted(points, key=lambda one: (-points[one], -one)), READ_LONGER if longer else READ
    before, since = ([one for one in best if (one < complaint) is earlier] for earlier in (True, False))
    return [*before[:read], *since[: read // LATER]], rare


def _case(office: Office, row: Any, words: tuple[str, ...]) -> Similar | None:
    """Return a case with what was done about it, as its last solution tells; None where none was known yet."""
    entries = standing(office.ledger.entries(subject_of(row["id"]), office.now))
    private: dict[str, Any] = {}
    for entry in entries:
        if entry.kind in ("logged", "amended") and entry.private:
            private |= entry.private
    # What is explained away (C 4.10.1) is solved by the notice.
    ended = [entry for entry in entries if entry.kind in ("resolved", "notified")]
    if not ended:
        return None
    said = next((entry.private for entry in reversed(ended) if entry.kind == "resolved"), None) or {}
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
