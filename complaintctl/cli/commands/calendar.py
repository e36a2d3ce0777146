"""`calendar show|import|update|diff`: the holidays and office hours in force."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.desk.office import Office
from complaintctl.desk.site import Moved
from complaintctl.errors import MissingExtra
from complaintctl.language import N_, gettext
from complaintctl.output import moments, words
from complaintctl.output.problem import fill
from complaintctl.rules.calendar import Calendar

HELP = {
    "show": N_("Show the calendar in force as a calendar file: holidays, make-up workdays, office hours, years known."),
    "import_": N_(
        "Adopt a calendar file. It speaks for the years that it covers; other years, and office hours "
        "that it does not name, stay as they are in force.\n\n"
        "Limits that have not run out are recounted, and provisional ones even if they have; each one moved is listed."
    ),
    "update": N_(
        "Adopt the holidays of the years that the installed chinesecalendar knows; office hours and own days stay.\n\n"
        "Install the newest first: pip install --upgrade 'complaintctl[calendar]'"
    ),
    "diff": N_("Show what a calendar file would change: days whose nature changes, office hours, due moments moved."),
}
EXAMPLES = {
    "show": N_("complaintctl calendar show\ncomplaintctl calendar show > calendar.toml"),
    "import_": N_("complaintctl calendar import calendar.toml"),
    "update": N_("complaintctl calendar update"),
    "diff": N_("complaintctl calendar diff calendar.toml"),
}

File = Annotated[str, typer.Argument(metavar="FILE", help=N_("A calendar file."))]


def show(fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.rules import calendar_file

    form = answer.choose(fmt, as_json)
    with open_office() as office:
        calendar = office.book.calendars[-1][1]

        def file() -> list[str]:
            return calendar_file.write(calendar).rstrip("\n").split("\n")

        answer.give(form, calendar.to_snapshot, file, as_they_are=True)


def import_(file: File, fmt: common.Format = None, as_json: common.Json = False) -> None:
    form = answer.choose(fmt, as_json)
    with open_office(write=True) as office:
        _adopt(form, office, _over(office, file))


def update(fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.procedures.holidays import from_library

    form = answer.choose(fmt, as_json)
    try:
        snapshot = from_library()
    except ImportError:
        raise MissingExtra(feature="calendar update", extra="calendar") from None
    with open_office(write=True) as office:
        public = Calendar.from_snapshot({**snapshot, "timezone": str(office.zone)})
        _adopt(form, office, office.book.calendars[-1][1].with_public_holidays(public))


def diff(file: File, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.site import moves

    form = answer.choose(fmt, as_json)
    with open_office() as office:
        calendar = _over(office, file)
        moved = moves(office, calendar)
        answer.give(form, lambda: _data(office, calendar, moved), lambda: _lines(office, calendar, moved, would=True))


def _over(office: Office, file: str) -> Calendar:
    """Return the calendar of a file, laid over the one in force."""
    from pathlib import Path

    from complaintctl.desk.packs import read_text
    from complaintctl.desk.site import laid_over

    own = Calendar.from_toml(read_text(Path(file)), file=file, zone=str(office.zone))
    return laid_over(own, office.book.calendars[-1][1])


def _adopt(form: str, office: Office, calendar: Calendar) -> None:
    from complaintctl.desk.site import adopt_calendar
    from complaintctl.rules.calendar_check import check_year

    for year in sorted(calendar.covered or ()):
        found = check_year(calendar, year)
        if not found.ok and year not in (office.book.calendars[-1][1].covered or ()):
            common.warn(
                "calendar-year",
                N_("{year}: {found} weekday holidays less weekend workdays, {expected} expected; look at the file."),
                year=year,
                found=found.found,
                expected=found.expected,
            )
    before = office.book.calendars[-1][1]
    moved = adopt_calendar(office, calendar)
    answer.give(
        form,
        lambda: _data(office, calendar, moved, before),
        lambda: _lines(office, calendar, moved, would=False, before=before),
    )


def _data(office: Office, calendar: Calendar, moved: Iterable[Moved], before: Calendar | None = None) -> dict[str, Any]:
    from complaintctl.rules.calendar_check import changed_days, changed_week

    iso = moments.iso
    old = before or office.book.calendars[-1][1]
    return {
        "source": calendar.source,
        "covered": sorted(calendar.covered) if calendar.covered is not None else None,
        "days": [{**one._asdict(), "day": one.day.isoformat()} for one in changed_days(old, calendar)],
        "weekdays": [one._asdict() for one in changed_week(old, calendar)],
        "moved": [
            {**one._asdict(), "old": iso(one.old, office.zone), "new": iso(one.new, office.zone)} for one in moved
        ],
    }


def _hours(spans: Sequence[str]) -> str:
    return ", ".join(spans) or gettext(N_("no office hours"))


#: Days listed for a person; `--json` has all.
SHOWN_DAYS = 20


def _lines(
    office: Office, calendar: Calendar, moved: list[Moved], *, would: bool, before: Calendar | None = None
) -> Iterator[Any]:
    from complaintctl.rules.calendar_check import changed_days, changed_week

    old = before or office.book.calendars[-1][1]
    for week in changed_week(old, calendar):
        day = words.word("weekday", week.weekday)
        yield fill(N_("  every {day}: {old} → {new}"), day=day, old=_hours(week.old), new=_hours(week.new))
    days = changed_days(old, calendar)
    for one in days[:SHOWN_DAYS]:
        was, becomes = words.word("nature", one.old), words.word("nature", one.new)
        if one.old == one.new:
            # The day stays what it is; only its hours are others.
            was, becomes = _hours(one.old_hours), _hours(one.new_hours)
        yield f"  {one.day.isoformat()}: {was} → {becomes}"
    if len(days) > SHOWN_DAYS:
        yield fill(N_("  … more days: {count}; --json lists all."), count=len(days) - SHOWN_DAYS)
    for move in moved:
        yield fill(
            N_("  {number}: “{step}” {old} → {new} ({clause})"),
            number=move.number,
            step=words.word("step", move.step),
            old=moments.due(move.old, office.zone),
            new=moments.due(move.new, office.zone),
            clause=move.clause,
        )
    said = (
        N_("Days that would change: {days}; due moments that would move: {moved}.")
        if would
        else N_("The calendar is in force. Days changed: {days}; due moments moved: {moved}.")
    )
    yield (fill(said, days=len(days), moved=len(moved)), "bold")
