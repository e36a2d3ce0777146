"""What `visit list` and `visit show` need: the columns, and finding a visit as it is or as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from complaintctl.cli import answer, common
from complaintctl.cli.commands._looking import fitting
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.opening import past
from complaintctl.cli.opening import view as open_view
from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext
from complaintctl.output.listing import Column
from complaintctl.output.moments import iso
from complaintctl.output.visit import day, kind_title
from complaintctl.output.words import word
from complaintctl.reports.view import View
from complaintctl.rules.visit import Visit

_FITS = {"number": 96, "participants": 88}
"""From which width on a table of visits has these columns."""


def listing(
    form: str,
    *,
    kind: str | None,
    area: str | None,
    gaps: bool,
    year: str | None,
    as_of: str | None,
    raw: bool,
) -> int:
    """Answer with the visits of a year, or with its gaps; return how many there are.

    Raises:
        BadValue: no such kind, area or year.
    """
    from complaintctl.reports import visits

    number = common.whole(year, "--year", least=1900, most=9998)
    if area is not None:
        common.check_characters(area, "--area")
    with open_view(as_of) as view:
        kinds = visits.kinds(view)
        common.one_of(kind, "--kind", kinds)
        missing = visits.gaps(view, number, kind=kind, area=area)
        rows = missing if gaps else visits.listing(view, number, kind=kind, area=area)
        columns = _gap_columns(view) if gaps else fitting(form, _columns(view), _FITS)
        more = {
            "year": visits.year_span(view, number)[0],
            "gaps": len(missing),
            "as_of": iso(view.now, view.zone),
        }
        count = answer.give_listing(form, columns, rows, view.zone, raw=raw, more=more)
        if missing and not gaps and form in ("table", "plain"):
            answer.tell(N_("Gaps: {n}; complaintctl visit list --gaps shows them."), n=len(missing))
        return count


def _columns(view: View) -> tuple[Column, ...]:
    """Give the columns of visits; JSON and CSV have all of them in this order."""

    def planned(row: Any) -> str:
        return "" if row["planned_at"] is None else day(row["planned_at"], view.zone)

    def matters(row: Any) -> str:
        if not row["matters"]:
            return ""
        text = gettext(N_("{open} of {all} open"))
        return text.format(open=row["open"], all=row["matters"]) if row["open"] else str(row["matters"])

    shown = (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Visit"), "number"),
        Column("kind", N_("Kind of visit"), show=lambda row: kind_title(view.procedure, row["kind"])),
        Column("area", N_("Area")),
        Column("state", N_("State"), show=lambda row: word("visit-state", row["state"])),
        Column("planned_at", N_("Planned for"), "due", show=planned),
        Column("held_at", N_("Held"), "moment"),
        Column("participants", N_("People"), "number"),
        Column("matters", N_("Matters"), "number", show=matters),
    )
    rest = ("open", "sent", "returned", "satisfied")
    return (
        *shown,
        *(Column(key, kind="number", human=False) for key in rest),
        Column("building", human=False),
        Column("dropped_at", kind="moment", human=False),
    )


def _gap_columns(view: View) -> tuple[Column, ...]:
    return (
        Column("period", N_("Period or plan"), show=lambda row: row["period"] or row["number"]),
        Column("kind", N_("Kind of visit"), show=lambda row: kind_title(view.procedure, row["kind"])),
        Column("area", N_("Area")),
        Column("due_at", N_("Not held by"), "due", style="red"),
        Column("clause", N_("Clause")),
        Column("id", kind="number", human=False),
        Column("number", human=False),
    )


@contextmanager
def looked_at(name: str, as_of: str | None, reveal: str | None) -> Iterator[tuple[Office, Visit]]:
    """Open the ledger and give a visit, as it stood at `as_of` where that is given.

    With a reason to `reveal` what is private, that is written down first.

    Raises:
        NotFound, LedgerError, BadMoment, FutureMoment, EmptyText.
    """
    from complaintctl.desk import visit as desk

    reason = common.text_of(reveal, "--reveal") if reveal is not None else None
    with open_office(write=reason is not None) as office:
        moment = None if as_of is None else past(as_of, office.zone)
        if reason is not None:
            desk.reveal(office, name, reason)
        yield (office, desk.looked_at(office, name)) if moment is None else desk.visit_as_of(office, name, moment)
