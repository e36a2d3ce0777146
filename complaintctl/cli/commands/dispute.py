"""`dispute`: the routes that a quarrel takes; without an ID, all complaints in dispute."""

from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words, gettext

HELP = N_(
    "Record what happens on a route of dispute: negotiation, mediation, arbitration, litigation. The first time it "
    "begins the route; again it adds to it, and with --outcome it ends it. Rungs may be skipped.\n\n"
    "The other side is whoever was complained of, unless --with names somebody. No route stops a limit.\n\n"
    "Without ID: all complaints in dispute, those that go on first."
)
EXAMPLES = N_(
    "complaintctl dispute 7 negotiation --with Neighbour\n"
    'complaintctl dispute 7 mediation --before "Mediation committee" --evidence minutes.pdf\n'
    'complaintctl dispute 7 mediation --outcome settled --result "Quiet after ten"\n'
    "complaintctl dispute 7 arbitration --agreement --evidence agreement.pdf\n"
    "complaintctl dispute"
)


def dispute(
    complaint: Annotated[
        str | None,
        typer.Argument(metavar="ID", help=N_("The complaint's number, or its short id."), show_default=False),
    ] = None,
    route: Annotated[
        str | None,
        typer.Argument(
            metavar=N_("ROUTE"),
            help=N_("negotiation, mediation, arbitration or litigation; or its name in the procedure."),
            show_default=False,
        ),
    ] = None,
    parties: Annotated[
        list[str] | None,
        typer.Option("--with", metavar=N_("PARTY"), help=N_("Who is on the other side; may be repeated. Private.")),
    ] = None,
    before: Annotated[
        str | None, typer.Option("--before", metavar=N_("BODY"), help=N_("Who mediates, arbitrates or judges."))
    ] = None,
    agreement: Annotated[
        bool | None,
        typer.Option(
            "--agreement/--no-agreement",
            help=N_("There is a written agreement of both sides to take this route."),
            show_default=False,
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option("--outcome", metavar="settled|failed|withdrawn|decided", help=N_("How the route ended.")),
    ] = None,
    result: Annotated[
        str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("What was settled or decided."))
    ] = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="FILE", help=N_("A photo, recording or document."))
    ] = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    told = {
        **{"parties": parties, "before": before, "agreement": agreement, "outcome": outcome, "result": result},
        **{"evidence": evidence, "note": note, "at": at},
    }
    if complaint is not None:
        if route is None and not common.is_id(complaint):
            raise UsageFault(problem=Words(N_("A step of a dispute needs the complaint's ID; the list takes none.")))
        if raw:
            raise UsageFault(problem=Words(N_("--raw belongs to the list, without ID.")))
        _write(answer.choose(fmt, as_json), complaint, common.need(route, gettext(N_("ROUTE"))), told)
        return
    if any(value not in (None, []) for value in told.values()):
        raise UsageFault(problem=Words(N_("A step of a dispute needs the complaint's ID; the list takes none.")))
    _list(answer.choose(fmt, as_json, answer.LISTS), raw)


def _write(form: str, complaint: str, route: str, told: dict[str, Any]) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.desk.dispute import Deed
    from complaintctl.desk.dispute import dispute as verb
    from complaintctl.rules.paths import ENDINGS

    common.one_of(told["outcome"], "--outcome", ENDINGS)
    if told["result"] is not None:
        common.need(told["outcome"], "--outcome")
    texts = {name: _writing.said(told[name], f"--{name}") for name in ("before", "result", "note")}
    files = [(_writing.file_name(name), _writing.file_bytes(name)) for name in told["evidence"] or ()]
    with open_office(write=True) as office:
        deed = Deed(
            route,
            _names(told["parties"]),
            texts["before"],
            told["agreement"],
            told["outcome"],
            texts["result"],
            files,
            texts["note"],
            _writing.moment(office, told["at"], "--at"),
        )
        _writing.give(form, office, [verb(office, complaint, deed)])


def _names(typed: list[str] | None) -> list[str]:
    """Return who is on the other side, also where several names were typed between commas."""
    checked = [common.text_of(one, "--with") for one in typed or ()]
    return list(dict.fromkeys(name for one in checked for name in common.several(one)))


def _list(form: str, raw: bool) -> None:
    from complaintctl.cli.commands._looking import fitting
    from complaintctl.desk.dispute import disputes
    from complaintctl.output.path_list import DISPUTE_FITS, dispute_columns, dispute_row

    with open_office() as office:
        rows = [dispute_row(office, life) for life in disputes(office)]
        zone = office.zone
    answer.give_listing(form, fitting(form, dispute_columns(), DISPUTE_FITS), rows, zone, raw=raw)
