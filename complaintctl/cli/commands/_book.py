"""Procedure, calendar and words for the commands that need no ledger: those of a named ledger, else the shipped."""

from pathlib import Path
from typing import Any

from complaintctl.cli.opening import office as open_office
from complaintctl.cli.session import session
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar


def uses_ledger() -> bool:
    """Say whether a ledger was named: by option in any case, by a setting only where it is there already."""
    run = session()
    return run.ledger_named and ("--ledger" in run.given or run.ledger.exists())


def book() -> Book:
    """Give what is in force: a named ledger's procedures and calendars, else the shipped ones.

    Raises:
        LedgerError: a ledger was named that cannot be used.
    """
    if uses_ledger():
        with open_office() as office:
            return office.book
    from complaintctl.desk.packs import shipped_book

    return shipped_book()


def reading() -> tuple[Book, Any]:
    """Give what is in force as `book` does, and the lexicon with the words that a named ledger adds to it."""
    if uses_ledger():
        from complaintctl.desk.lexicon import in_force

        with open_office() as office:
            return office.book, in_force(office.query)
    from complaintctl.reading.lexicon import load_lexicon

    return book(), load_lexicon()


def calendar(file: str | None) -> Calendar:
    """Give the calendar to reckon with: that of a file, of a named ledger, or the shipped one.

    Raises:
        FileMissing, FileUnusable, CalendarWrong, LedgerError.
    """
    if file is not None:
        from complaintctl.desk.packs import read_text

        return Calendar.from_toml(read_text(Path(file)), file=file, zone=_zone())
    if uses_ledger():
        return book().calendars[-1][1]
    from complaintctl.desk.packs import shipped_calendar

    return shipped_calendar()


def _zone() -> str:
    """Give the zone of a calendar file that names none: the site's, where its ledger was named."""
    if uses_ledger():
        with open_office() as office:
            return str(office.zone)
    from complaintctl.desk.office import DEFAULT_ZONE

    return DEFAULT_ZONE
