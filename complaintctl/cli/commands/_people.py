"""What the commands about people and places share: reading days, categories, fields to take out, and tables."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.session import session
from complaintctl.desk.office import Office
from complaintctl.desk.people import Kept
from complaintctl.desk.refused_people import RowsRefused
from complaintctl.desk.tables import Lines, Taken
from complaintctl.errors import BadValue, UsageFault
from complaintctl.language import N_, Words
from complaintctl.output import people as output
from complaintctl.output import words
from complaintctl.output.problem import bracketed
from complaintctl.rules import facts
from complaintctl.rules.localtime import Moment, day_end, instant

SHOWN_HINTS = 3
"""Hints on how to put them right; those of like rows are alike."""

SHOWN_ROWS = 20
"""Rows of a table that cannot be taken, as a person sees them; `--json` has all."""


def said(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the texts among what was typed, checked; what was not given stays None."""
    return {
        name: None if given[name] is None else common.text_of(given[name], "--" + name.replace("_", "-"))
        for name in names
    }


def day(office: Office, typed: str | None, option: str, *, end: bool) -> Moment | None:
    """Return when a day begins, or ends; None stays None.

    Raises:
        BadDay.
    """
    if typed is None:
        return None
    from complaintctl.reading.moments import read_day

    found = read_day(typed, now=office.now, zone=office.zone, future=None)
    return day_end(found, office.zone) if end else instant(found, 0, office.zone)


def categories(typed: str | None) -> list[str] | None:
    """Return the categories of a list joined by commas, by their codes or their words; None stays None.

    Raises:
        BadValue.
    """
    if typed is None:
        return None
    return [_category(one) for one in common.several(common.text_of(typed, "--category"))]


def _category(typed: str) -> str:
    known = {code: words.word("category", code) for code in facts.CATEGORIES}
    for code, word in known.items():
        if typed.lower() in (code, word.lower()):
            return code
    expected = [bracketed(code, word) for code, word in known.items()]
    raise BadValue(field="--category", text=typed, expected=expected)


def cleared(typed: str | None, fields: Sequence[str]) -> list[str]:
    """Return the fields to be taken out, by their names.

    Raises:
        BadValue.
    """
    found = common.several(common.text_of(typed, "--clear")) if typed is not None else []
    for one in found:
        common.one_of(one, "--clear", tuple(fields))
    return found


def something(told: Sequence[Any], cleared: Sequence[str]) -> None:
    """Refuse a change that changes nothing.

    Raises:
        UsageFault.
    """
    if not cleared and all(one is None for one in told):
        raise UsageFault(problem=Words(N_("Say what shall be changed.")))


def give(form: str, office: Office, done: Kept, title: str, data: Callable[[], dict[str, Any]]) -> None:
    """Answer with what a verb did to somebody or something registered."""
    if form == "json":
        common.warn_of(done.remarks)
    answer.give(form, data, lambda: output.kept_lines(office, done, title))


def take_table(
    form: str,
    file: str,
    columns: Mapping[str, Sequence[str]],
    needed: str,
    take: Callable[..., Taken],
    *,
    dry_run: bool,
) -> None:
    """Take a table into a register and answer with what that did; where a row is refused, say which and why.

    Raises:
        RowsRefused, and what keeps the file from being read.
    """
    from complaintctl.intake.table import read_table

    table = read_table(file, columns, (needed,))
    lines: Lines = table.lines
    with open_office(write=not dry_run) as office:
        taken = take(office, lines, dry_run=dry_run)
    if taken.refused:
        rows = output.refused_rows(taken, session().called)
        if form != "json":
            for row in rows[:SHOWN_ROWS]:
                answer.tell(N_("line {line}: {reason}"), **row)
            if len(rows) > SHOWN_ROWS:
                answer.tell(N_("… more lines: {count}"), count=len(rows) - SHOWN_ROWS)
            for hint in [one for one in dict.fromkeys(row["hint"] for row in rows) if one][:SHOWN_HINTS]:
                answer.tell("{text}", text=hint)
        raise RowsRefused(file=file, count=len(rows), data={"rows": rows})
    answer.give(
        form,
        lambda: output.taken_json(taken, file, table.ignored, dry_run=dry_run),
        lambda: output.taken_lines(taken, table.ignored, dry_run=dry_run),
    )
