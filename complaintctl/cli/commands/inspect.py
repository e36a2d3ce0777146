"""`inspect plan|record|finding|rectified|recheck|drop|list|show`: inspections and what they find."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _inspect, _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

if TYPE_CHECKING:
    from complaintctl.desk.inspection_shared import Deed
    from complaintctl.desk.office import Office

HELP = {
    "plan": N_(
        "Plan an inspection for a day, or move one that is planned: its id in place of the kind.\n\n"
        "Kinds: regular, irregular, joint, and those that the procedure in force adds."
    ),
    "record": N_(
        "Record an inspection that was held: a planned one by its id, any other by its kind. The record says when, who "
        "inspected and what; what the plan said need not be typed again.\n\n"
        "Items: staffing, accounts, upkeep, cleaning, facilities, fire-lanes, other. In a joint inspection committee, "
        "community and company take part, each by name; whoever is named so has inspected, too."
    ),
    "finding": N_(
        "Write down something that is not as it should be, with the department that must put it right and by when. "
        "It counts as found when the inspection was held. The finding is named 3.2: the second one of inspection 3."
    ),
    "rectified": N_("Say how a finding was put right. That meets its limit; it still waits for the re-check."),
    "recheck": N_(
        "Say what checking a finding again gave. Passed closes it; failed opens it once more, with a new limit, and "
        "what was late stays late."
    ),
    "drop": N_("Drop an inspection that was planned and will not be held."),
    "list_": N_("List inspections, the newest first, or with --findings what they found."),
    "show": N_(
        "Show an inspection: who inspected what, its findings with their limits, and all that happened.\n\n"
        "Telephone numbers in texts are masked; --reveal WHY shows them and writes that down."
    ),
}
EXAMPLES = {
    "plan": N_(
        "complaintctl inspect plan joint --on 2026-12-10\n"
        "complaintctl inspect plan regular --on 12-01 --items cleaning,facilities\n"
        "complaintctl inspect plan 3 --on 2026-12-12"
    ),
    "record": N_(
        "complaintctl inspect record regular --inspectors NAME --items cleaning,facilities\n"
        "complaintctl inspect record 3 --items fire-lanes --party committee=NAME --party community=NAME "
        "--party company=NAME\n"
        "complaintctl inspect record irregular --inspectors NAME --items fire-lanes "
        '--finding "Lane blocked|Order|3 workdays"'
    ),
    "finding": N_(
        'complaintctl inspect finding 3 "Fire lane blocked" --department Order --until "3 workdays" --photo lane.jpg'
    ),
    "rectified": N_('complaintctl inspect rectified 3.2 "Lane cleared" --photo clear.jpg'),
    "recheck": N_(
        "complaintctl inspect recheck 3.2 --passed\n"
        'complaintctl inspect recheck 3.2 --failed --until 11-27 --note "Blocked again"'
    ),
    "drop": N_('complaintctl inspect drop 3 --reason "Heavy rain"'),
    "list_": N_(
        "complaintctl inspect list --open\ncomplaintctl inspect list --findings --department Order --format csv"
    ),
    "show": N_("complaintctl inspect show 3\ncomplaintctl inspect show JC202611-0001 --json"),
}

Inspectors = Annotated[
    list[str] | None,
    typer.Option("--inspectors", metavar=N_("NAME"), help=N_("Who inspects; several names joined by commas.")),
]
Items = Annotated[
    str | None, typer.Option("--items", metavar=N_("CODE[,CODE…]"), help=N_("What is inspected, joined by commas."))
]
Photos = Annotated[
    list[str] | None, typer.Option("--photo", metavar="FILE", help=N_("A photo to be kept; may be given again."))
]
By = Annotated[str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who did it."))]
Name = Annotated[str, typer.Argument(metavar="ID", help=N_("The inspection's number, or its short id."))]
Fault = Annotated[
    str, typer.Argument(metavar=N_("FINDING"), help=N_("The finding: 3.2 is the second one of inspection 3."))
]
UNTIL = N_("A day, a moment, or a limit such as “3 workdays”.")


def plan(
    kind: Annotated[str, typer.Argument(metavar=N_("KIND or ID"), help=N_("What is planned, or which plan is moved."))],
    on: Annotated[str | None, typer.Option("--on", metavar=N_("DATE"), help=N_("The day it is planned for."))] = None,
    inspectors: Inspectors = None,
    items: Items = None,
    note: common.Note = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk import inspection

    form = answer.choose(fmt, as_json)
    day = common.need(on, "--on")
    said = _writing.said(note, "--note")
    with open_office(write=True) as office:
        what = inspection.Plan(_inspect.day(office, day), _inspect.names(inspectors), _inspect.items(items), said)
        if inspection.is_name(kind):
            _inspect.must_only_move(inspectors, items)
            _give(form, office, inspection.move(office, kind, what))
        else:
            _give(form, office, inspection.plan(office, kind, what))


def record(
    kind: Annotated[str, typer.Argument(metavar=N_("KIND or ID"), help=N_("What was held, or which plan it was."))],
    inspectors: Inspectors = None,
    items: Items = None,
    party: Annotated[
        list[str] | None,
        typer.Option("--party", metavar=N_("CODE=NAME"), help=N_("Who took part for committee, community or company.")),
    ] = None,
    found: Annotated[
        str | None, typer.Option("--found", metavar=N_("TEXT"), help=N_("What was found in all; - reads it."))
    ] = None,
    finding: Annotated[
        list[str] | None,
        typer.Option(
            "--finding", metavar=N_("TEXT|DEPARTMENT|UNTIL"), help=N_("A finding in one piece; may be given again.")
        ),
    ] = None,
    photo: Photos = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk import inspection

    form = answer.choose(fmt, as_json)
    told = inspection.Held(
        inspectors=_inspect.names(inspectors),
        items=_inspect.items(items),
        parties=_inspect.parties(party),
        found=_writing.said(found, "--found"),
        note=_writing.said(note, "--note"),
        photos=_inspect.photos(photo),
    )
    pieces = [_inspect.piece(one) for one in finding or ()]
    with open_office(write=True) as office:
        faults = [_inspect.fault(office, *one) for one in pieces]
        held = told._replace(at=_writing.moment(office, at, "--at"), findings=faults)
        _give(form, office, inspection.hold(office, kind, _inspect.completed(office, kind, held)))


def finding(
    inspection: Name,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What is wrong; - reads it from standard input."))],
    department: Annotated[
        str | None, typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("Who must put it right."))
    ] = None,
    until: Annotated[str | None, typer.Option("--until", metavar=N_("UNTIL"), help=UNTIL)] = None,
    place: Annotated[str | None, typer.Option("--place", metavar=N_("TEXT"), help=N_("Where it is."))] = None,
    photo: Photos = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.inspection_finding import find_fault

    form = answer.choose(fmt, as_json)
    told, who = common.text_of(text, "TEXT"), common.need(department, "--department")
    place, files = _writing.said(place, "--place"), _inspect.photos(photo)
    with open_office(write=True) as office:
        fault = _inspect.fault(office, told, who, until)
        fault = fault._replace(place=place, photos=files, at=_writing.moment(office, at, "--at"))
        _give(form, office, find_fault(office, inspection, [fault]))


def rectified(
    finding: Fault,
    result: Annotated[
        str, typer.Argument(metavar=N_("RESULT"), help=N_("What was done; - reads it from standard input."))
    ],
    by: By = None,
    photo: Photos = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.inspection_finding import Rectified
    from complaintctl.desk.inspection_finding import rectified as verb

    form = answer.choose(fmt, as_json)
    told = Rectified(common.text_of(result, "RESULT"), _writing.said(by, "--by"), _inspect.photos(photo))
    with open_office(write=True) as office:
        _give(form, office, verb(office, finding, told._replace(at=_writing.moment(office, at, "--at"))))


def recheck(
    finding: Fault,
    passed: Annotated[
        bool | None, typer.Option("--passed/--failed", help=N_("Whether it has been put right."), show_default=False)
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=N_("UNTIL"), help=N_("With --failed: the new limit."))
    ] = None,
    note: common.Note = None,
    by: By = None,
    photo: Photos = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.inspection_finding import Recheck
    from complaintctl.desk.inspection_finding import recheck as verb

    form = answer.choose(fmt, as_json)
    common.need(None if passed is None else "", "--passed|--failed")
    _inspect.must_fail(passed, until)
    note, who, files = _writing.said(note, "--note"), _writing.said(by, "--by"), _inspect.photos(photo)
    with open_office(write=True) as office:
        moment = _writing.moment(office, at, "--at")
        told = Recheck(bool(passed), _inspect.until(office, until), note, who, files, moment)
        _give(form, office, verb(office, finding, told))


def drop(
    inspection: Name, reason: common.Reason = None, fmt: common.Format = None, as_json: common.Json = False
) -> None:
    from complaintctl.desk.inspection import drop as verb

    form = answer.choose(fmt, as_json)
    why = common.text_of(common.need(reason, "--reason"), "--reason")
    with open_office(write=True) as office:
        _give(form, office, verb(office, inspection, reason=why))


def list_(
    open_: Annotated[bool, typer.Option("--open", help=N_("Only those planned, or with findings still open."))] = False,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar=N_("KIND"), help=N_("Only this kind of inspection."))
    ] = None,
    department: Annotated[
        str | None, typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("Only with findings of it."))
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help=N_("One line a finding."))] = False,
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands._looking import fitting
    from complaintctl.output.moments import iso

    form = answer.choose(fmt, as_json, answer.LISTS)
    with _inspect.then(as_of) as (office, moment):
        columns, rows = _inspect.listed(office, moment, open_, kind, department, findings)
        more: dict[str, Any] = {"as_of": iso(office.now, office.zone)}
        shown = fitting(form, columns, _inspect.FITS)
        count = answer.give_listing(form, shown, rows, office.zone, raw=raw, more=more)
    common.leave_if(count, exit_code)


def show(
    inspection: Name,
    reveal: common.Reveal = None,
    as_of: common.AsOf = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands._one import folded
    from complaintctl.output.inspection import data
    from complaintctl.output.inspection_sheet import sheet

    form = answer.choose(fmt, as_json)
    with _inspect.looked_at(inspection, as_of, reveal) as (office, found):
        shown = reveal is not None
        answer.give(
            form,
            lambda: data(office, found, reveal=shown),
            lambda: folded(sheet(office, found, reveal=shown), form),
        )


def _give(form: str, office: "Office", deed: "Deed") -> None:
    """Answer with what was done to an inspection: JSON gives all of it."""
    from complaintctl.output.inspection import data
    from complaintctl.output.inspection_sheet import lines

    if form == "json":
        common.warn_of(deed.remarks)
    answer.give(form, lambda: data(office, deed.inspection), lambda: lines(office, deed))
