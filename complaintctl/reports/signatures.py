"""What waits for whose signature, the longest waiting first."""

from __future__ import annotations

from typing import Any, NamedTuple

from complaintctl.ledger.signatures import Narrowed, count_waiting, signature_steps
from complaintctl.ledger.signatures import waiting as rows_waiting
from complaintctl.reports.view import View

Row = dict[str, Any]

#: How far the signatures of one step are counted; an office that never signs would have them all counted each time.
COUNTED = 200
#: Rows of one listing, as in every other.
PAGE = 50


class Group(NamedTuple):
    """One signature and the complaints on which it waits; `total` of them, None where they were not counted.

    A total of `COUNTED` means that many or more.
    """

    step: str
    rows: list[Row]
    total: int | None

    @property
    def more(self) -> bool:
        """Say whether it waits on more complaints than `rows` has."""
        return self.total is None or self.total > len(self.rows)


class Waiting(NamedTuple):
    """What waits: the `steps` that are signatures here, and for each that waits its oldest rows."""

    steps: list[str]
    groups: list[Group]

    @property
    def more(self) -> bool:
        """Say whether more waits than is given."""
        return any(group.more for group in self.groups)


def waiting(view: View, *, most: int | None, role: str | None = None, department: str | None = None) -> Waiting:
    """Give what waits to be signed, at most `most` of each signature; narrowed to a role and a department."""
    signed_by = signature_steps(view.query, view.read)
    steps = [step for step, roles in signed_by.items() if role is None or role in roles]
    asked = None if most is None else most + 1
    found: dict[str, list[Row]] = {step: [] for step in steps}
    for row in rows_waiting(view.query, steps, view.now, Narrowed(asked, role, department)):
        found[row["step"]].append(_row(view, row))
    long = [step for step in steps if most is not None and len(found[step]) > most]
    counted = count_waiting(view.query, long, view.now, COUNTED) if role is None and department is None else {}
    groups = []
    for step in steps:
        rows = found[step] if most is None else found[step][:most]
        total = counted.get(step) if step in long else len(found[step])
        if rows:
            groups.append(Group(step, rows, total))
    return Waiting(list(signed_by), groups)


def oldest(found: Waiting) -> list[Row]:
    """Give the rows of all signatures in one list, the longest waiting first."""
    rows = [row for group in found.groups for row in group.rows]
    return sorted(rows, key=lambda row: (row["since"], row["id"]))


def waiting_count(view: View) -> int:
    """Count the signatures that wait, no further than to `COUNTED`, which means that many or more."""
    steps = list(signature_steps(view.query, view.read))
    return min(COUNTED, sum(count_waiting(view.query, steps, view.now, COUNTED).values()))


def _row(view: View, row: Any) -> Row:
    return {
        "id": row["complaint"],
        "number": row["number"],
        "step": row["step"],
        "role": row["duty"],
        "clause": row["clause"],
        "pack": row["pack"],
        "since": row["started_at"],
        "waiting_seconds": view.now - row["started_at"],
        "due_at": row["due_at"],
        **{name: row[name] for name in ("round", "kind", "category", "department", "building", "stage")},
    }
