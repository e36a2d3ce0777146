"""`assign`: dispatch the form or the work order to a department."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Dispatch complaints: the form or work order goes to a department, the supervisor is told in the same step.\n\n"
    "Several complaints can go to one department at once. A second time sends a complaint elsewhere."
)
EXAMPLES = N_("complaintctl assign 7 Engineering\ncomplaintctl assign 7 9 12 Engineering --person Li --at 14:06")


def assign(
    words: Annotated[
        list[str], typer.Argument(metavar="ID… DEPARTMENT", help=N_("Numbers or short ids, then the department."))
    ],
    person: Annotated[str | None, typer.Option("--person", metavar=N_("NAME"), help=N_("Who takes it on."))] = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.assign import assign as verb

    form = answer.choose(fmt, as_json)
    *ids, department = words
    if not ids or common.is_id(department):
        raise UsageFault(problem=Words(N_("An ID or the department is missing.")))
    department = common.text_of(department, "DEPARTMENT")
    who = _writing.said(person, "--person")
    with open_office(write=True) as office:
        done = verb(office, ids, department, person=who, at=_writing.moment(office, at, "--at"))
        _writing.give(form, office, done)
