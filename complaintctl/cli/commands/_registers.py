"""The listings of people, departments and buildings, as they stand or as they stood at a moment."""

from typing import Any

from complaintctl.cli import answer
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_, say
from complaintctl.ledger import people as register
from complaintctl.output.labels import Labels
from complaintctl.output.listing import Column
from complaintctl.output.moments import iso
from complaintctl.output.words import word
from complaintctl.reports.view import View
from complaintctl.rules.ladder import exists, there


def give_staff(every: bool, department: str | None, as_of: str | None, form: str, raw: bool) -> None:
    """List the people who are there, or everybody ever registered."""
    with open_view(as_of) as view:
        names = _names(view)
        rows = [
            {**row, "superior_name": names.get(row["superior"])}
            for row in register.staff(view.query)
            if (every or there(row, view.now)) and department in (None, row["department"])
        ]
        labels = Labels(view.procedure)
        columns = (
            Column("id", N_("ID"), "number"),
            Column("name", N_("Full name"), show=lambda row: row["name"] or f"#{row['id']}"),
            Column("role", N_("Role"), show=lambda row: labels.duty(row["role"])),
            Column("department", N_("Department")),
            Column("area", N_("Area")),
            Column("superior", human=False),
            Column("superior_name", N_("Superior")),
            Column("since", kind="moment", human=False),
            Column("left_at", N_("Left"), "due", human=any(row["left_at"] for row in rows)),
        )
        _give(view, form, columns, rows, raw)


def give_departments(every: bool, as_of: str | None, form: str, raw: bool) -> None:
    """List the departments, with `every` also those closed."""
    with open_view(as_of) as view:
        names = _names(view)
        rows = [
            {**row, "head_name": names.get(row["head"])}
            for row in register.departments(view.query)
            if every or exists(row, view.now)
        ]
        columns = (
            Column("id", N_("ID"), "number"),
            Column("name", N_("Name")),
            Column("categories", N_("Answers for"), show=_categories),
            Column("head", human=False),
            Column("head_name", N_("Head")),
            Column("closed_at", N_("Closed"), "moment", human=any(row["closed_at"] for row in rows)),
        )
        _give(view, form, columns, rows, raw)


def give_buildings(area: str | None, as_of: str | None, form: str, raw: bool) -> None:
    """List the buildings, or those of one area."""
    with open_view(as_of) as view:
        names, homes = _names(view), register.count_homes(view.query)
        rows = [
            {**row, "assistant_name": names.get(row["assistant"]), "homes": homes.get(row["id"], 0)}
            for row in register.buildings(view.query)
            if area in (None, row["area"])
        ]
        columns = (
            Column("code", N_("Building")),
            Column("name", N_("Name")),
            Column("area", N_("Area")),
            Column("assistant", human=False),
            Column("assistant_name", N_("Area assistant")),
            Column("households", N_("Households"), "number"),
            Column("homes", N_("Homes put down"), "number"),
            Column("id", kind="number", human=False),
        )
        _give(view, form, columns, sorted(rows, key=_in_order), raw)


def _in_order(row: dict[str, Any]) -> tuple[int, int, str]:
    """Numbered buildings by their number, others after them."""
    code = row["code"]
    return (0, int(code), code) if code.isascii() and code.isdigit() else (1, 0, code)


def _names(view: View) -> dict[int | None, str]:
    return {row["id"]: row["name"] or f"#{row['id']}" for row in register.staff(view.query)}


def _categories(row: Any) -> str:
    return say([word("category", code) for code in row["categories"].split(",") if code])


def _give(view: View, form: str, columns: tuple[Column, ...], rows: list[dict[str, Any]], raw: bool) -> None:
    more = {"as_of": iso(view.now, view.zone)}
    answer.give_listing(form, columns, rows, view.zone, raw=raw, more=more)
