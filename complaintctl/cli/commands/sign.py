"""`sign`: sign for a step, with name and moment; `signatures`: what waits for whose signature."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.opening import view as open_view
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = {
    "sign": N_(
        "Sign a complaint's papers: the department's opinion, the service staff's confirmation, the superior; after "
        "the closing the supervisor's review and the manager's opinion — whatever the procedure names. It is kept "
        "with name and moment.\n\n"
        "Where only one signature waits it need not be named. A signature that follows another is refused before it."
    ),
    "signatures": N_(
        "List what waits for whose signature, the longest waiting first: of each signature ten, with --role or "
        "--department fifty; --all lists every one. Closed complaints have signatures to come, too.\n\n"
        "JSON and CSV are one list of the fifty that have waited longest."
    ),
}
EXAMPLES = {
    "sign": N_(
        'complaintctl sign 7 opinion --by "Sample Foreman" --opinion "Change the lamp today"\n'
        "complaintctl sign 7 8 9 --as supervisor\n"
        'complaintctl sign 7 --at "yesterday 16:30"'
    ),
    "signatures": N_(
        "complaintctl signatures\ncomplaintctl signatures --role manager\n"
        "complaintctl signatures --department Engineering --format csv --all"
    ),
}


def sign(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar=N_("ID… [STEP]"), help=N_("Numbers or short ids, then what is signed: its code or name.")
        ),
    ],
    role: Annotated[
        str | None, typer.Option("--as", metavar=N_("ROLE"), help=N_("In which role, such as supervisor."))
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who signs, if not who types it."))
    ] = None,
    opinion: Annotated[
        str | None,
        typer.Option("--opinion", metavar=N_("TEXT"), help=N_("The opinion given; - reads it from standard input.")),
    ] = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.sign import Signing
    from complaintctl.desk.sign import sign as verb
    from complaintctl.output.signatures import waiting_next

    form = answer.choose(fmt, as_json)
    ids, step = _sorted_out(words)
    who, said = _writing.said(by, "--by"), _writing.said(opinion, "--opinion")
    with open_office(write=True) as office:
        done = verb(office, ids, Signing(step, role, who, said, _writing.moment(office, at, "--at")))
        _writing.give(form, office, done, more=waiting_next)


def _sorted_out(words: list[str]) -> tuple[list[str], str | None]:
    """Tell the ids, which lead, from what is signed, which may be left out."""
    count = 0
    while count < len(words) and common.is_id(words[count]):
        count += 1
    if not count or len(words) > count + 1:
        raise UsageFault(problem=Words(N_("Type ID…, then at most one word for what is signed.")))
    return words[:count], common.text_of(words[count], "STEP") if len(words) > count else None


def signatures(
    role: Annotated[
        str | None, typer.Option("--role", metavar=N_("ROLE"), help=N_("Only what this role has to sign."))
    ] = None,
    department: Annotated[
        str | None,
        typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("Only this department's complaints.")),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=N_("Every one, however many."))] = False,
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    import sys

    from complaintctl.output import signature_list, style
    from complaintctl.output.moments import iso
    from complaintctl.reports.signatures import PAGE, oldest, waiting

    form = answer.choose(fmt, as_json, answer.LISTS)
    people = form in ("table", "plain")
    most = None if every else signature_list.SHOWN if people and role is None and department is None else PAGE
    if department is not None:
        common.check_characters(department, "--department")
    with open_view(as_of) as view:
        code = None if role is None else signature_list.role_code(view.procedure, role)
        found = waiting(view, most=most, role=code, department=department)
        if not found.steps:
            common.warn("no-signatures", N_("No procedure adopted here names a signature."))
        rows = oldest(found)[:most]
        if people:
            on_screen = form == "table" and style.is_terminal(sys.stdout)
            answer.write_lines(signature_list.lines(view, found, style.screen()[0] if on_screen else None))
            answer.tell_warnings()
        else:
            more = found.more or len(rows) < sum(len(group.rows) for group in found.groups)
            now = {"more": more, "as_of": iso(view.now, view.zone)}
            answer.give_listing(form, signature_list.COLUMNS, rows, view.zone, raw=raw, more=now)
    if people and found.steps and not rows:
        answer.tell(N_("Nothing waits to be signed."))
    common.leave_if(len(rows), exit_code)
