"""What an inspection found: written down with department and limit, put right, checked again (O 04)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from complaintctl.desk.inspection_shared import Deed, Photos, attach, fresh, fresh_finding, subject_of, where, write
from complaintctl.desk.office import Command, Office
from complaintctl.desk.refused_inspection import FindingClosed, NotHeld, NotRectified, NotSaid, RectifiedAlready
from complaintctl.errors import BeforeStep
from complaintctl.language import N_, Words
from complaintctl.reading.until import Until
from complaintctl.rules.inspection import ITEMS, REGISTER, STEP, Finding, Inspection
from complaintctl.rules.localtime import Moment, shown
from complaintctl.rules.period import parse_limit
from complaintctl.rules.procedure import Procedure


class Found(NamedTuple):
    """A finding: what is wrong, who must put it right by when, where it is.

    `until` None: the limit of the procedure, if it has one; `at` None: found when the inspection was held.
    """

    text: str
    department: str
    until: Until | None = None
    place: str | None = None
    photos: Photos = ()
    at: Moment | None = None


class Rectified(NamedTuple):
    """How a finding was put right, by whom; `at` None means now."""

    result: str
    by: str | None = None
    photos: Photos = ()
    at: Moment | None = None


class Recheck(NamedTuple):
    """What a re-check gave; one that failed sets a new limit. `at` None means now."""

    passed: bool
    until: Until | None = None
    note: str | None = None
    by: str | None = None
    photos: Photos = ()
    at: Moment | None = None


# ---- verbs


def find_fault(office: Office, name: str, faults: Sequence[Found]) -> Deed:
    """Write down what an inspection found, each finding with its own limit.

    Raises:
        NotFound, NotHeld, NotSaid, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        before = fresh(office, command, name)
        if before.held_at is None:
            items = ",".join(before.items or ITEMS[3:6])
            raise NotHeld(id=before.id, number=before.number, items=items, **where(office, before))
        after = before
        for fault in faults:
            after = write_fault(office, command, after, fault)
        return Deed(before, after)


def write_fault(office: Office, command: Command, inspection: Inspection, fault: Found) -> Inspection:
    """Write down one finding within a command that is under way, and return the inspection with it.

    Raises:
        NotSaid, FutureMoment, BeforeStep.
    """
    held = inspection.held_at
    at = _moment(office, held if fault.at is None else fault.at, inspection, N_("inspection"), held)
    # Numbers of findings that were taken back are not given again: they may stand in somebody's letter.
    given = [entry.body["n"] for entry in inspection.entries if entry.kind == "found"]
    n = max(given, default=0) + 1
    procedure = office.book.procedure_at(held or at)
    body = {"n": n, "department": fault.department, **_limit(office, procedure, inspection, fault.until, at)}
    private = {"text": fault.text, "place": fault.place}
    after = write(command, subject_of(inspection), "found", at, body, private)
    return attach(command, after, fault.photos, {"n": n})


def rectified(office: Office, name: str, what: Rectified) -> Deed:
    """Say how a finding was put right; that meets its limit.

    Raises:
        BadValue, NotFound, FindingClosed, RectifiedAlready, FutureMoment, BeforeStep, PersonLeft.
    """
    with office.command() as command:
        before, finding = fresh_finding(office, command, name)
        _must_not_be_closed(office, before, finding)
        last = finding.last
        if last.rectified_at is not None:
            raise RectifiedAlready(at=office.show(last.rectified_at), **_names(office, before, finding))
        opened = N_("found") if len(finding.tries) == 1 else N_("re-check failed")
        at = _moment(office, what.at, before, opened, last.started_at)
        _must_be_there(office, what.by, at)
        body, private = {"n": finding.n}, {"result": what.result, "by": what.by}
        after = write(command, subject_of(before), "rectified", at, body, private)
        return Deed(before, attach(command, after, what.photos, {"n": finding.n}))


def recheck(office: Office, name: str, what: Recheck) -> Deed:
    """Say what checking a finding again gave: it is closed, or open once more with a new limit.

    Raises:
        BadValue, NotFound, FindingClosed, NotRectified, NotSaid, FutureMoment, BeforeStep, PersonLeft.
    """
    with office.command() as command:
        before, finding = fresh_finding(office, command, name)
        _must_not_be_closed(office, before, finding)
        done = finding.last.rectified_at
        if done is None:
            raise NotRectified(**_names(office, before, finding))
        at = _moment(office, what.at, before, N_("rectified"), done)
        _must_be_there(office, what.by, at)
        body: dict[str, Any] = {"n": finding.n, "passed": what.passed}
        if not what.passed:
            procedure = office.book.procedure_at(before.held_at or at)
            body |= _limit(office, procedure, before, what.until, at)
        private = {"note": what.note, "by": what.by}
        after = write(command, subject_of(before), "rechecked", at, body, private)
        return Deed(before, attach(command, after, what.photos, {"n": finding.n}))


# ---- what they share


def _names(office: Office, inspection: Inspection, finding: Finding) -> dict[str, Any]:
    return {"finding": f"{inspection.id}.{finding.n}", "id": inspection.id, **where(office, inspection)}


def _must_be_there(office: Office, person: str | None, at: Moment) -> None:
    """Refuse work by who had left by then."""
    if person is not None:
        from complaintctl.desk.people import present

        present(office, person, at)


def _must_not_be_closed(office: Office, inspection: Inspection, finding: Finding) -> None:
    if finding.closed_at is not None:
        raise FindingClosed(at=office.show(finding.closed_at), **_names(office, inspection, finding))


def _moment(
    office: Office, at: Moment | None, inspection: Inspection, earlier: str, earlier_at: Moment | None
) -> Moment:
    """Return when something happened: not to come, and not before what it follows."""
    try:
        return office.moment(at, "--at", (Words(earlier), earlier_at))
    except BeforeStep as error:
        error.values["id"] = inspection.id
        error.hint = N_("“complaintctl inspect show {id}” lists what happened and when.")
        raise


def _limit(
    office: Office, procedure: Procedure, inspection: Inspection, until: Until | None, start: Moment
) -> dict[str, Any]:
    """Return by when, as an entry keeps it: the moment given, or the wording of the limit that is counted."""
    rule = procedure.followup(REGISTER, STEP)
    if until is None and rule is not None and rule.limit is not None:
        return {"limit": procedure.limit(rule.limit).text()}
    if until is None:
        if rule is None:
            return {}
        raise NotSaid(option="--until", example='--until "3 workdays"', **where(office, inspection))
    if until.limit is not None:
        # Counted now already, so that a limit without an end is refused before it is kept.
        office.book.due(parse_limit(until.limit), start)
        return {"limit": until.limit}
    if until.at is not None and until.at < start:
        error = BeforeStep(
            field="--until",
            moment=shown(until.at, office.zone),
            earlier=Words(N_("found")),
            earlier_at=office.show(start),
            id=inspection.id,
        )
        error.hint = N_("“complaintctl inspect show {id}” lists what happened and when.")
        raise error
    return {"until": until.at}
