"""`staff add|change|left|list|show|import|department|departments`: the people of the office and their departments."""

from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _people
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = {
    "add": N_(
        "Register a member of staff. Nobody has to be: whoever is can be proposed, completed and looked up.\n\n"
        "The role is one of the procedure's, in either language. Who is whose superior decides who is told at each "
        "rung of the ladder."
    ),
    "change": N_("Change what is registered of somebody, named or by id; --clear takes something out again."),
    "left": N_(
        "Write down that somebody left, or will leave at the end of a day. From then on the name can sign nothing and "
        "take nothing on; what he did stays his."
    ),
    "list_": N_("List the people who are there, with --all also who has left."),
    "show": N_("Show a member of staff: role, superior, whom he leads, what was written down."),
    "import_": N_(
        "Take a list of staff from a CSV file: all of it or nothing.\n\n"
        "Columns: name, role, department, area, superior, phone, since — or 姓名, 岗位, 部门, 片区, 上级, 电话, "
        "到岗日期. Who is there already is changed where the file says otherwise; empty cells leave as it is."
    ),
    "department": N_(
        "Register a department, or change one: what categories it answers for, who heads it.\n\n"
        "From the categories “assign” proposes where a complaint goes. Once departments are registered, other names "
        "are taken for slips."
    ),
    "departments": N_("List the departments: what they answer for, and who heads them."),
}
EXAMPLES = {
    "add": N_(
        "complaintctl staff add 'Sample Li' --role supervisor --department Service --superior 'Sample Wang'\n"
        "complaintctl staff add 'Sample Zhao' --role service-staff --area East --phone 15400000001"
    ),
    "change": N_(
        "complaintctl staff change 'Sample Li' --role manager\n"
        "complaintctl staff change 3 --superior 'Sample Wang' --clear area"
    ),
    "left": N_("complaintctl staff left 'Sample Li'\ncomplaintctl staff left 3 --on 2026-11-30"),
    "list_": N_("complaintctl staff list\ncomplaintctl staff list --all --format csv"),
    "show": N_("complaintctl staff show 'Sample Li'\ncomplaintctl staff show 3 --reveal 'night call'"),
    "import_": N_("complaintctl staff import staff.csv --dry-run\ncomplaintctl staff import staff.csv"),
    "department": N_(
        "complaintctl staff department Engineering --category facility,building --head 'Sample Li'\n"
        "complaintctl staff department Garden --closed"
    ),
    "departments": N_("complaintctl staff departments"),
}

Who = Annotated[str, typer.Argument(metavar=N_("NAME|ID"), help=N_("Name or id of a member of staff."))]
Role = Annotated[
    str | None, typer.Option("--role", metavar=N_("ROLE"), help=N_("desk, handler, supervisor, manager …"))
]
Department = Annotated[str | None, typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("The department."))]
Area = Annotated[str | None, typer.Option("--area", metavar=N_("AREA"), help=N_("The area looked after."))]
Superior = Annotated[str | None, typer.Option("--superior", metavar=N_("NAME|ID"), help=N_("Who is above."))]
Phone = Annotated[str | None, typer.Option("--phone", metavar=N_("PHONE"), help=N_("Private; shown masked."))]
Since = Annotated[str | None, typer.Option("--since", metavar=N_("DAY"), help=N_("First day, if not today."))]
Every = Annotated[bool, typer.Option("--all", help=N_("Also who has left."))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Only look what it would do."))]
CsvFile = Annotated[
    str, typer.Argument(metavar=N_("FILE.csv"), help=N_("UTF-8 or GB18030, headings in the first line."))
]


def add(
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("The name; private."))],
    role: Role = None,
    department: Department = None,
    area: Area = None,
    superior: Superior = None,
    phone: Phone = None,
    since: Since = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.staff import Particulars
    from complaintctl.desk.staff import add as verb

    form = answer.choose(fmt, as_json)
    common.need(role, "--role")
    told = Particulars(
        common.text_of(name, "NAME"), **_people.said(given, "role", "department", "area", "superior", "phone")
    )
    with open_office(write=True) as office:
        _give(form, office, verb(office, told._replace(since=_people.day(office, since, "--since", end=False))))


def change(
    who: Who,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("NAME"), help=N_("Another name."))] = None,
    role: Role = None,
    department: Department = None,
    area: Area = None,
    superior: Superior = None,
    phone: Phone = None,
    since: Since = None,
    clear: Annotated[
        str | None,
        typer.Option(
            "--clear",
            metavar=N_("FIELD[,FIELD]"),
            help=N_("One or several of: department, area, superior, phone, left."),
        ),
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.staff import CLEARABLE, Particulars
    from complaintctl.desk.staff import change as verb

    form = answer.choose(fmt, as_json)
    told = Particulars(**_people.said(given, "name", "role", "department", "area", "superior", "phone"))
    gone = _people.cleared(clear, CLEARABLE)
    _people.something((*told, since), gone)
    with open_office(write=True) as office:
        began = _people.day(office, since, "--since", end=False)
        _give(form, office, verb(office, who, told._replace(since=began), gone))


def left(
    who: Who,
    on: Annotated[
        str | None, typer.Option("--on", metavar=N_("DAY"), help=N_("The last day; without it, from now on."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.staff import leave

    form = answer.choose(fmt, as_json)
    with open_office(write=True) as office:
        _give(form, office, leave(office, who, _people.day(office, on, "--on", end=True)))


def _give(form: str, office: Any, done: Any) -> None:
    from complaintctl.output import people as output

    title = output.person_title(done.after)
    _people.give(form, office, done, title, lambda: output.person_json(office, done.after))


def list_(
    every: Every = False,
    department: Annotated[
        str | None, typer.Option("--department", metavar=N_("DEPARTMENT"), help=N_("Only this department's."))
    ] = None,
    as_of: common.AsOf = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _registers

    _registers.give_staff(every, department, as_of, answer.choose(fmt, as_json, answer.LISTS), raw)


def show(who: Who, reveal: common.Reveal = None, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.people import somebody
    from complaintctl.output import people as output

    form = answer.choose(fmt, as_json)
    reason = common.text_of(reveal, "--reveal") if reveal is not None else None
    with open_office(write=reason is not None) as office:
        subject = f"staff/{somebody(office, who).id}"
        if reason is not None:
            with office.command() as command:
                command.write(subject, "revealed", office.now, {}, {"reason": reason})
        person = office.thing("staff", int(subject.partition("/")[2]))
        entries = office.ledger.entries(subject)
        shown = reason is not None
        answer.give(
            form,
            lambda: {
                **output.person_json(office, person, reveal=shown),
                **output.named_with(office, person),
                "history": output.history_json(office, entries),
            },
            lambda: output.sheet(office, person, entries, reveal=shown),
        )


def import_(file: CsvFile, dry_run: DryRun = False, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.staff_table import take
    from complaintctl.intake.headings import STAFF

    form = answer.choose(fmt, as_json)
    _people.take_table(form, file, STAFF, "name", take, dry_run=dry_run)


def department(
    name: Annotated[str, typer.Argument(metavar=N_("TITLE"), help=N_("The department's name."))],
    category: Annotated[
        str | None,
        typer.Option(
            "--category", metavar=N_("CODE[,CODE]"), help=N_("What it answers for, such as facility,building.")
        ),
    ] = None,
    head: Annotated[str | None, typer.Option("--head", metavar=N_("NAME|ID"), help=N_("Who heads it."))] = None,
    open_: Annotated[
        bool | None,
        typer.Option("--open/--closed", help=N_("Whether it still exists."), show_default=False),
    ] = None,
    clear: Annotated[
        str | None, typer.Option("--clear", metavar=N_("FIELD[,FIELD]"), help=N_("One or several of: category, head."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.department import Particulars, keep_department, shared
    from complaintctl.output import people as output
    from complaintctl.output.words import word

    form = answer.choose(fmt, as_json)
    called = common.text_of(name, "NAME")
    chief = None if head is None else common.text_of(head, "--head")
    told = Particulars(_people.categories(category), chief, open_)
    gone = _people.cleared(clear, ("category", "head"))
    with open_office(write=True) as office:
        done = keep_department(office, called, told, gone)
        for code, names in shared(office, done.after).items():
            text = N_("{names} answers for “{category}” too, so no department is proposed for it.")
            common.warn("category-shared", text, names=names, category=word("category", code))
        _people.give(form, office, done, done.after.name, lambda: output.department_json(office, done.after))


def departments(
    every: Annotated[bool, typer.Option("--all", help=N_("Also those closed."))] = False,
    as_of: common.AsOf = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _registers

    _registers.give_departments(every, as_of, answer.choose(fmt, as_json, answer.LISTS), raw)
