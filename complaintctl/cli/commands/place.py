"""`place add|change|units|list|import`: buildings with area, assistant and households, and the homes in them."""

from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _people
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = {
    "add": N_(
        "Register a building by its code, as units begin with it: 3 for 3-2-501. “3号楼” is code 3 with that name.\n\n"
        "With the number of households the month gives the rate of valid complaints for each building."
    ),
    "change": N_("Change what is registered of a building; --clear takes something out again."),
    "units": N_(
        "Put down the homes of a building, or take some out with --gone. - reads them from standard input, a line each."
        "\n\n"
        "Homes are private. A building without a number of households has as many as it has homes."
    ),
    "list_": N_("List the buildings: area, assistant, households, homes put down."),
    "import_": N_(
        "Take buildings and homes from a CSV file: all of it or nothing. A row for each building, or for each home.\n\n"
        "Columns: building, name, area, assistant, households, unit — or 楼栋, 名称, 片区, 管家, 户数, 房号. What the "
        "file does not say stays as it is."
    ),
}
EXAMPLES = {
    "add": N_(
        "complaintctl place add 3 --area East --assistant 'Sample Zhao' --households 120\n"
        "complaintctl place add 3 --name 'Sample Court 3'"
    ),
    "change": N_("complaintctl place change 3 --households 118\ncomplaintctl place change 3 --clear assistant"),
    "units": N_("complaintctl place units 3 3-1-101 3-1-102\ncomplaintctl place units 3 - < units.txt"),
    "list_": N_("complaintctl place list\ncomplaintctl place list --area East --format csv"),
    "import_": N_("complaintctl place import places.csv --dry-run\ncomplaintctl place import places.csv"),
}

Code = Annotated[str, typer.Argument(metavar=N_("BUILDING"), help=N_("The building: its code or its name."))]
Name = Annotated[str | None, typer.Option("--name", metavar=N_("TITLE"), help=N_("What people call it."))]
Area = Annotated[str | None, typer.Option("--area", metavar=N_("AREA"), help=N_("The area it lies in."))]
Assistant = Annotated[
    str | None, typer.Option("--assistant", metavar=N_("NAME|ID"), help=N_("The area assistant; must be registered."))
]
Households = Annotated[
    str | None, typer.Option("--households", metavar="N", help=N_("How many households live there."))
]
CsvFile = Annotated[
    str, typer.Argument(metavar=N_("FILE.csv"), help=N_("UTF-8 or GB18030, headings in the first line."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Only look what it would do."))]
MOST_HOUSEHOLDS = 1_000_000


def add(
    building: Code,
    name: Name = None,
    area: Area = None,
    assistant: Assistant = None,
    households: Households = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.places import add as verb

    form = answer.choose(fmt, as_json)
    code = common.text_of(building, "BUILDING")
    told = _told(given)
    with open_office(write=True) as office:
        _give(form, office, verb(office, code, told))


def change(
    building: Code,
    name: Name = None,
    area: Area = None,
    assistant: Assistant = None,
    households: Households = None,
    clear: Annotated[
        str | None,
        typer.Option(
            "--clear", metavar=N_("FIELD[,FIELD]"), help=N_("One or several of: name, area, assistant, households.")
        ),
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.places import CLEARABLE
    from complaintctl.desk.places import change as verb

    form = answer.choose(fmt, as_json)
    told, gone = _told(given), _people.cleared(clear, CLEARABLE)
    _people.something(told, gone)
    with open_office(write=True) as office:
        _give(form, office, verb(office, building, told, gone))


def _told(given: dict[str, Any]) -> Any:
    from complaintctl.desk.places import Particulars

    count = common.whole(given["households"], "--households", least=1, most=MOST_HOUSEHOLDS)
    return Particulars(**_people.said(given, "name", "area", "assistant"), households=count)


def units(
    building: Code,
    homes: Annotated[list[str], typer.Argument(metavar=N_("HOME…"), help=N_("Homes, such as 3-1-101; - reads them."))],
    gone: Annotated[bool, typer.Option("--gone", help=N_("Take them out again."))] = False,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.places import units as verb

    form = answer.choose(fmt, as_json)
    named = [unit for word in homes for unit in common.text_of(word, "HOME").split("\n") if unit.strip()]
    if any(len(unit) > LONGEST_UNIT for unit in named):
        raise UsageFault(problem=Words(N_("A home's number has at most 60 characters; type one home after the other.")))
    with open_office(write=True) as office:
        _give(form, office, verb(office, building, named, gone=gone))


LONGEST_UNIT = 60


def _give(form: str, office: Any, done: Any) -> None:
    from complaintctl.output import people as output

    title = output.building_title(done.after)
    _people.give(form, office, done, title, lambda: output.building_json(office, done.after))


def list_(
    area: Annotated[str | None, typer.Option("--area", metavar=N_("AREA"), help=N_("Only this area's."))] = None,
    as_of: common.AsOf = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _registers

    _registers.give_buildings(area, as_of, answer.choose(fmt, as_json, answer.LISTS), raw)


def import_(file: CsvFile, dry_run: DryRun = False, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.place_table import take
    from complaintctl.intake.headings import PLACES

    form = answer.choose(fmt, as_json)
    _people.take_table(form, file, PLACES, "building", take, dry_run=dry_run)
