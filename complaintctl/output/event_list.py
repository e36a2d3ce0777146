"""The list of open events, for people and for scripts."""

from collections.abc import Iterable, Mapping
from typing import Any

from complaintctl.language import N_, gettext, plural, say
from complaintctl.output.labels import Labels
from complaintctl.output.listing import Column
from complaintctl.output.moments import iso, local
from complaintctl.reports.view import View


def columns(view: View) -> tuple[Column, ...]:
    """Give the columns of the open events; moments are shown without the year, so that the row stays narrow."""
    labels = Labels(view.procedure)

    def short(key: str) -> Any:
        return lambda row: "" if row[key] is None else local(row[key], view.zone)[5:16]

    def owed(row: Mapping[str, Any]) -> str:
        return say([_owed(labels, one) for one in row["all_owed"]])

    return (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Number")),
        Column("households", N_("Households"), "number"),
        Column("since", N_("Since"), "moment", show=short("since")),
        Column("collective_at", N_("Collective since"), "moment", show=short("collective_at")),
        Column("owed", N_("Still owed"), show=owed),
        Column("complaints", kind="number", human=False),
        Column("open", kind="number", human=False),
        Column("category", human=False),
        Column("building", human=False),
    )


def flat(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the events as rows of a listing: what is owed in codes (`contacted:3 referred/3`), all of it beside."""
    return [{**row, "owed": " ".join(map(_code, row["owed"])), "all_owed": row["owed"]} for row in rows]


def _code(one: Mapping[str, Any]) -> str:
    step = one["step"] if one["rung"] is None else f"{one['step']}/{one['rung']}"
    return str(step) if one["households"] is None else f"{step}:{one['households']}"


def items(view: View, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the events as JSON items."""

    def plain(row: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: iso(value, view.zone) if key in ("since", "collective_at", "due_at") and value is not None else value
            for key, value in row.items()
        }

    return [{**plain(row), "owed": [plain(one) for one in row["owed"]]} for row in rows]


def _owed(labels: Labels, one: Mapping[str, Any]) -> str:
    name = labels.step(one["step"], one["rung"])
    if one["households"] is not None:
        text = plural(N_("{step}: {n} household"), N_("{step}: {n} households"), one["households"])
        name = text.format(step=name, n=one["households"])
    return name if one["late_by_seconds"] is None else gettext(N_("{step} (overdue)")).format(step=name)
