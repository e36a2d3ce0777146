"""What the commands on inspections read and look up: names, items, parties, limits, and inspections of now and then."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.opening import past
from complaintctl.cli.session import session
from complaintctl.errors import BadValue
from complaintctl.language import N_, gettext

if TYPE_CHECKING:
    from complaintctl.desk.inspection import Held
    from complaintctl.desk.inspection_finding import Found
    from complaintctl.desk.office import Office
    from complaintctl.output.listing import Column
    from complaintctl.reading.until import Until
    from complaintctl.rules.inspection import Inspection

FITS = {"number": 90, "findings": 100, "late": 100}
"""From which width on a table of inspections, or of findings, has these columns."""


# ---- reading what was typed


def names(typed: Sequence[str] | None) -> list[str]:
    """Give the names in a list, also where several were joined by commas."""
    found = [name for one in typed or () for name in common.several(common.text_of(one, "--inspectors"))]
    return list(dict.fromkeys(found))


def items(typed: str | None) -> list[str]:
    """Give the codes of what is inspected, typed as codes or as their words in the language in force."""
    from complaintctl.output.inspection import ITEM_WORDS

    words = {gettext(word): code for code, word in ITEM_WORDS.items()}
    return [words.get(one, one) for one in common.several(typed or "")]


def parties(typed: Sequence[str] | None) -> list[tuple[str, str]]:
    """Give who took part for which party, typed as `committee=NAME`; several names are joined by commas.

    Raises:
        BadValue.
    """
    found = []
    for one in typed or ():
        code, sign, people = common.text_of(one, "--party").replace("＝", "=").partition("=")
        listed = common.several(people)
        if not sign or not listed:
            raise BadValue(field="--party", text=one, expected="committee=NAME")
        found += [(code.strip(), person) for person in listed]
    return found


def piece(typed: str) -> tuple[str, str, str | None]:
    """Give text, department and limit of a finding typed in one piece, `TEXT|DEPARTMENT|UNTIL`.

    Raises:
        BadValue.
    """
    parts = [part.strip() for part in common.text_of(typed, "--finding").replace("｜", "|").split("|")]
    if len(parts) not in (2, 3) or not all(parts):
        raise BadValue(field="--finding", text=typed, expected=gettext(N_("TEXT|DEPARTMENT|UNTIL")))
    return parts[0], parts[1], parts[2] if len(parts) == 3 else None


def fault(office: "Office", text: str, department: str, typed: str | None) -> "Found":
    """Give a finding from what was typed."""
    from complaintctl.desk.inspection_finding import Found

    return Found(text, common.text_of(department, "--department"), until(office, typed))


def until(office: "Office", typed: str | None) -> "Until | None":
    """Give by when something must be done; how it was read is echoed on standard error. None stays None.

    Raises:
        BadValue.
    """
    if typed is None:
        return None
    from complaintctl.reading.until import read_until

    found = read_until(typed, now=office.now, zone=office.zone)
    if found.at is not None and found.echo != typed.strip() and not session().wants_json:
        answer.tell(N_("{field}: read as {echo}."), field="--until", echo=found.echo)
    return found


def day(office: "Office", typed: str) -> date:
    """Give the day that an inspection is planned for.

    Raises:
        BadDay.
    """
    from complaintctl.reading.moments import read_day

    found = read_day(typed, now=office.now, zone=office.zone, future=True)
    if found.isoformat() != typed.strip() and not session().wants_json:
        answer.tell(N_("{field}: read as {echo}."), field="--on", echo=found.isoformat())
    return found


def photos(typed: Sequence[str] | None) -> list[tuple[str, bytes]]:
    """Give the files to be kept: name and bytes.

    Raises:
        FileMissing, FileUnusable.
    """
    return [(_writing.file_name(one), _writing.file_bytes(one)) for one in typed or ()]


def must_only_move(inspectors: Sequence[str] | None, what: str | None) -> None:
    """Refuse what cannot be changed by moving a plan to another day.

    Raises:
        BadValue.
    """
    for option, value in (("--inspectors", inspectors), ("--items", what)):
        if value:
            text = value if isinstance(value, str) else ",".join(value)
            raise BadValue(field=option, text=text, expected=gettext(N_("only --on and --note, to move a plan")))


def must_fail(passed: bool | None, typed: str | None) -> None:
    """Refuse a new limit for what has been put right.

    Raises:
        BadValue.
    """
    if passed and typed is not None:
        raise BadValue(field="--until", text=typed, expected=gettext(N_("a new limit only with --failed")))


def completed(office: "Office", kind: str, held: "Held") -> "Held":
    """Ask at a terminal for what a record still needs: who inspected, and what (O 04)."""
    if not common.may_ask():
        return held
    from complaintctl.cli.commands._form import asked
    from complaintctl.desk.inspection import unsaid
    from complaintctl.output.inspection import ITEM_WORDS
    from complaintctl.output.problem import fill

    missing = unsaid(office, kind, held)
    if "--inspectors" in missing:
        held = held._replace(inspectors=common.several(asked(N_("Who inspected?"))))
    if "--items" in missing:
        choices = [fill(N_("{word} ({code})"), word=gettext(word), code=code) for code, word in ITEM_WORDS.items()]
        answer.tell(N_("One or more of: {values}."), values=choices)
        held = held._replace(items=items(asked(N_("What was inspected?"))))
    return held


# ---- looking


@contextmanager
def then(as_of: str | None) -> Iterator[tuple["Office", int | None]]:
    """Open the ledger at the moment `as_of`, if one is given; gives the office of then and the moment."""
    with open_office() as office:
        if as_of is None:
            yield office, None
            return
        from complaintctl.desk.hindsight import office_as_of

        moment = past(as_of, office.zone)
        yield office_as_of(office, moment), moment


@contextmanager
def looked_at(name: str, as_of: str | None, reveal: str | None) -> Iterator[tuple["Office", "Inspection"]]:
    """Give an inspection, as it stood at `as_of`; with a reason to `reveal` what is private, that is written down.

    Raises:
        NotFound, BadMoment, FutureMoment, EmptyText.
    """
    from complaintctl.desk import inspection_shared as inspected

    if reveal is not None:
        reason = common.text_of(reveal, "--reveal")
        with open_office(write=True) as office:
            inspected.reveal(office, name, reason=reason)
    with then(as_of) as (office, moment):
        yield office, inspected.find(office, name) if moment is None else inspected.as_of(office, name, moment)


def listed(
    office: "Office", moment: int | None, open_: bool, kind: str | None, department: str | None, findings: bool
) -> tuple[Sequence["Column"], list[dict[str, Any]]]:
    """Give columns and rows of the inspections asked for, the newest first, or of what they found.

    Raises:
        BadValue, BadText.
    """
    from complaintctl.desk.inspection import kinds
    from complaintctl.desk.inspection_shared import every
    from complaintctl.output import inspection as output

    common.one_of(kind, "--kind", tuple(kinds(office)))
    if department is not None:
        common.check_characters(department, "--department")
    found = [one for one in every(office, moment) if kind is None or one.kind == kind]
    if findings:
        rows = output.finding_rows(office, _newest_first(found))
        wanted = (row for row in rows if department in (None, row["department"]))
        return output.finding_columns(office), [row for row in wanted if not open_ or row["closed_at"] is None]
    if department is not None:
        found = [one for one in found if any(each.department == department for each in one.findings)]
    if open_:
        found = [one for one in found if one.state(office.now) in ("planned", "missed", "open")]
    return output.columns(office), list(output.rows(office, _newest_first(found)))


def _newest_first(found: "Iterable[Inspection]") -> "list[Inspection]":
    return sorted(found, key=lambda one: (one.held_at or one.planned_at or 0, one.id), reverse=True)
