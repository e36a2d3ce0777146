"""What waits for whose signature: parts for a person, one a signature, and columns for scripts."""

from collections.abc import Iterator, Mapping
from typing import Any

from complaintctl.errors import BadValue
from complaintctl.language import N_, gettext, say
from complaintctl.output.labels import Labels
from complaintctl.output.listing import Column
from complaintctl.output.moments import duration, local
from complaintctl.output.problem import fill
from complaintctl.output.text import pad, width
from complaintctl.output.words import word
from complaintctl.reports.signatures import COUNTED, Group, Row, Waiting
from complaintctl.reports.view import View

Line = str | tuple[str, str]

SHOWN = 10
"""Rows of each signature that a person sees who did not ask for one role or department."""

COLUMNS = (
    *(Column(key) for key in ("id", "number", "step", "role", "clause", "pack")),
    Column("since", kind="moment"),
    Column("waiting_seconds"),
    Column("due_at", kind="due"),
    *(Column(key) for key in ("round", "kind", "category", "department", "building", "stage")),
)


def lines(view: View, found: Waiting, columns: int | None) -> Iterator[Line]:
    """Yield what waits for a person: for each signature whose it is, by which clause, and the complaints.

    What a complaint is about is left out where the lines would be wider than `columns` (None: piped, never).
    """
    labels = Labels(view.procedure)
    for number, group in enumerate(found.groups):
        if number:
            yield ""
        yield (_heading(labels, group), "bold")
        rows = [_row(view, row) for row in group.rows]
        widths = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
        if columns is not None and sum(widths) + 2 * len(widths) > columns:
            widths, rows = widths[:-1], [texts[:-1] for texts in rows]
        for texts in rows:
            yield "  " + "  ".join(pad(text, wide) for text, wide in zip(texts, widths, strict=True)).rstrip()
        if group.more:
            yield (gettext(N_("  … more: complaintctl signatures --all, or --role ROLE")), "dim")


def _heading(labels: Labels, group: Group) -> str:
    roles = dict.fromkeys(code for row in group.rows for code in row["role"].split(","))
    clauses = list(dict.fromkeys(row["clause"] for row in group.rows))
    if group.total is None:
        count = f"{len(group.rows)}+"
    else:
        count = f"{COUNTED}+" if group.total == COUNTED else str(group.total)
    return fill(
        N_("{step} — waits for {roles} ({clause}): {n}"),
        step=labels.step(group.step),
        roles=labels.duty(",".join(roles)),
        clause=clauses,
        n=count,
    )


def _row(view: View, row: Row) -> list[str]:
    since = gettext(N_("since {moment}")).format(moment=local(row["since"], view.zone))
    about = [row["department"] or "", word("category", row["category"])]
    return [str(row["id"]), row["number"], since, duration(row["waiting_seconds"]), *about]


def role_code(procedure: Mapping[str, Any], typed: str) -> str:
    """Give the role that a person calls by its code or its name in either language.

    Raises:
        BadValue: no such role in the procedure in force.
    """
    asked = typed.strip().lower()
    for code, wording in procedure["roles"].items():
        if asked in (code, *(name.lower() for name in wording.values())):
            return str(code)
    raise BadValue(field="--role", text=typed, expected=[say(wording) for wording in procedure["roles"].values()])
