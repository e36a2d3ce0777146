"""`assign`: dispatch the form or the work order to a department."""

from typing import TYPE_CHECKING, Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

if TYPE_CHECKING:
    from complaintctl.desk.office import Office

HELP = N_(
    "Dispatch complaints: the form or work order goes to a department, the supervisor is told in the same step.\n\n"
    "Several complaints can go to one department at once. A second time sends a complaint elsewhere. Where departments "
    "are registered (complaintctl staff department), it can be left out: the one that answers for the category, or "
    "that of the person named, is proposed."
)
EXAMPLES = N_(
    "complaintctl assign 7 Engineering\ncomplaintctl assign 7 9 12 Engineering --person Li --at 14:06\n"
    "complaintctl assign 7"
)


def assign(
    words: Annotated[
        list[str], typer.Argument(metavar=N_("ID… [DEPARTMENT]"), help=N_("Numbers or short ids, then the department."))
    ],
    person: Annotated[str | None, typer.Option("--person", metavar=N_("NAME"), help=N_("Who takes it on."))] = None,
    new_department: Annotated[
        bool, typer.Option("--new-department", help=N_("Register the department: it is none of those known."))
    ] = False,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.assign import assign as verb

    form = answer.choose(fmt, as_json)
    ids, department = _parted(words)
    if department is not None:
        department = common.text_of(department, "DEPARTMENT")
    who = _writing.said(person, "--person")
    with open_office(write=True) as office:
        when = _writing.moment(office, at, "--at")
        if department is None:
            _may_propose(office, ids, who, when)
        done = verb(office, ids, department, person=who, at=when, new_department=new_department)
        _writing.give(form, office, done)


def _parted(words: list[str]) -> tuple[list[str], str | None]:
    """Return the complaints and the department; the last word is one unless it names a complaint."""
    ids, department = (words, None) if common.is_id(words[-1]) else (words[:-1], words[-1])
    if not ids:
        raise UsageFault(problem=Words(N_("An ID or the department is missing.")))
    return ids, department


def _may_propose(office: "Office", ids: list[str], person: str | None, at: int | None) -> None:
    """Refuse to go without a department where nothing is registered; on a terminal ask whether the proposal holds."""
    if not office.query.registered("staff", "department"):
        raise UsageFault(problem=Words(N_("An ID or the department is missing.")))
    if common.may_ask():
        from complaintctl.cli.commands._routing import confirm

        confirm(office, ids, person, at)
