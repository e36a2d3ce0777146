"""`procedure list|show|check|adopt|copy|params`: the written procedures."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from complaintctl import procedures
from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.session import session
from complaintctl.desk import packs
from complaintctl.errors import BadValue, ExampleFailed, FileTaken, FileUnusable
from complaintctl.language import N_, Words, pick, say, system_words
from complaintctl.output.layout import Text
from complaintctl.output.limits import PARAMETER, limit_words
from complaintctl.output.listing import Column
from complaintctl.output.problem import bracketed, fill
from complaintctl.output.words import word

HELP = {
    "list_": N_("List the procedures that ship with the program, and those that this site has adopted."),
    "show": N_("Show a procedure: its judgements and clocks, each with its clause. Without a name, the one in force."),
    "check": N_(
        "Check a procedure file: its form, and every worked example in it.\n\n"
        "Exit code 2: the file is wrong, at the key named. 6: an example gives something else than it says."
    ),
    "adopt": N_("Put a procedure in force for every complaint received from now on. Earlier complaints keep theirs."),
    "copy": N_("Write a procedure to a file of your own, to be changed and adopted."),
    "params": N_(
        "Show the site parameters: limits that the documents leave open. KEY=VALUE adopts another value from now on."
    ),
}
EXAMPLES = {
    "list_": N_("complaintctl procedure list"),
    "show": N_("complaintctl procedure show\ncomplaintctl procedure show service-code"),
    "check": N_("complaintctl procedure check my-procedure.toml\ncomplaintctl procedure check site-standard"),
    "adopt": N_("complaintctl procedure adopt my-procedure.toml\ncomplaintctl procedure adopt office-handbook"),
    "copy": N_("complaintctl procedure copy site-standard my-procedure.toml"),
    "params": N_('complaintctl procedure params\ncomplaintctl procedure params "revisit=2 days"'),
}

Pack = Annotated[str, typer.Argument(metavar=N_("PACK or FILE"), help=N_("A shipped procedure's id, or a file."))]


def list_(fmt: common.ListFormat = None, as_json: common.Json = False, raw: common.Raw = False) -> None:
    form = answer.choose(fmt, as_json, answer.LISTS)
    rows = [
        {"id": pack["id"], "title": pick(pack["title"]), "clocks": len(pack["clocks"]), "origin": "shipped"}
        for pack in map(packs.load, procedures.SHIPPED)
    ]
    zone = None
    if "--ledger" in session().given or session().ledger.exists():
        with open_office() as office:
            zone = office.zone
            for adopted in office.query.adoptions("procedure"):
                in_force = adopted.seq == office.query.adoptions("procedure")[-1].seq
                rows.append(
                    {
                        "id": adopted.name,
                        "title": "",
                        "clocks": None,
                        "origin": "in-force" if in_force else "adopted",
                        "since": adopted.adopted_at,
                    }
                )
    columns = (
        Column("id", N_("Procedure")),
        Column("title", N_("Title")),
        Column("clocks", N_("Clocks"), "number"),
        Column("origin", N_("State"), "word", "origin"),
        Column("since", N_("Since"), "moment"),
    )
    answer.give_listing(form, columns, rows, zone or packs.shipped_calendar().zone, raw=raw)


def show(
    pack: Annotated[
        str | None, typer.Argument(metavar=N_("PACK or FILE"), help=N_("Default: the one in force."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands._one import folded

    form = answer.choose(fmt, as_json)
    if pack is None:
        with open_office() as office:
            snapshot: Mapping[str, Any] = office.procedure.snapshot
    else:
        snapshot = packs.load(pack)
    answer.give(form, lambda: snapshot, lambda: folded(_pack_lines(snapshot), form))


def _pack_lines(pack: Mapping[str, Any]) -> Iterator[Text]:
    """Yield the title, then each rule on a line that folds below its beginning."""
    yield Text(bracketed(pick(pack["title"]), pack["id"]), style="bold")
    yield from (Text(line[2:], "  ") for line in _rules(pack))


def _rules(pack: Mapping[str, Any]) -> Iterator[str]:
    from complaintctl.output.labels import Labels
    from complaintctl.output.why import start_said

    labels = Labels(pack)
    for rule in pack["judgements"]:
        yield fill(
            N_("  {facet} = {value}: {because} ({clause})"),
            facet=word("facet", rule["facet"]),
            value=word(rule["facet"], rule["value"]),
            because=rule["because"],
            clause=rule["clause"],
        )
    for clock in pack["clocks"]:
        rung = f" → {pick(pack['rungs'][str(clock['rung'])])}" if clock["rung"] else ""
        yield fill(
            N_("  {id}: {title}{rung} — {limit} from {start} ({clause}; {duty})"),
            id=clock["id"],
            title=clock["title"],
            rung=rung,
            limit=_limit(pack, clock["limit"]),
            start=start_said(clock["from"], labels.step),
            clause=clock["clause"],
            duty=[pack["roles"][role] for role in clock["duty"]],
        )


def _limit(pack: Mapping[str, Any], limit: str | None) -> str:
    if limit is None:
        return fill(N_("no limit"))
    name = limit[1:] if limit.startswith("$") else "at-once" if limit == "at once" else None
    own = pack["params"].get(name)
    return f"{_said(str(own['value']))}{PARAMETER}" if own else limit_words(limit)


def check(pack: Pack, fmt: common.Format = None, as_json: common.Json = False) -> None:
    form = answer.choose(fmt, as_json)
    count, failed = packs.check(pack)
    if failed:
        data = [
            {"example": say(one.title), "differences": [difference._asdict() for difference in one.differences]}
            for one in failed
        ]
        if form != "json":
            answer.write_lines((line for one in failed for line in _failure(one)), folded=form == "table")
        raise ExampleFailed(count=len(failed), file=pack, data={"failed": data})
    answer.give(
        form,
        lambda: {"pack": pack, "examples": count, "failed": []},
        lambda: [fill(N_("{pack} is in order; examples that agree: {count}."), pack=pack, count=count)],
    )


def _failure(failed: packs.Failed) -> Iterator[Any]:
    yield (say(failed.title), "bold")
    for one in failed.differences:
        yield fill(
            N_("  {what}: expected {expected}, found {found}"), what=one.what, expected=one.expected, found=one.found
        )


def adopt(pack: Pack, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.site import adopt_procedure

    form = answer.choose(fmt, as_json)
    snapshot = packs.load(pack)
    with open_office(write=True) as office:
        adopt_procedure(office, snapshot)
        answer.give(
            form,
            lambda: {"procedure": snapshot["id"], "title": pick(snapshot["title"]), "since": _iso(office)},
            lambda: [
                fill(
                    N_("{title} ({id}) is in force for complaints received from {at} on; earlier ones keep theirs."),
                    title=snapshot["title"],
                    id=snapshot["id"],
                    at=office.show(office.now),
                )
            ],
        )


def _iso(office: Any) -> str:
    from complaintctl.rules.localtime import iso

    return iso(office.now, office.zone)


def copy(
    pack: Annotated[str, typer.Argument(metavar=N_("PACK"), help=N_("The procedure to copy."))],
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("Where to write it; nothing is overwritten."))],
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    form = answer.choose(fmt, as_json)
    text = packs.text_of(pack)
    if Path(file).exists():
        raise FileTaken(file=file)
    try:
        with Path(file).open("x", encoding="utf-8") as target:
            target.write(text)
    except OSError as error:
        raise FileUnusable(file=file, problem=system_words(error)) from error
    answer.give(
        form,
        lambda: {"pack": pack, "file": file},
        lambda: [
            fill(N_("{pack} is copied to {file}."), pack=pack, file=file),
            fill(
                N_("Next: change it, then complaintctl procedure check {file}, then procedure adopt {file}"), file=file
            ),
        ],
    )


def params(
    changes: Annotated[
        list[str] | None, typer.Argument(metavar=N_("KEY=VALUE"), help=N_("Parameters to change from now on."))
    ] = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.desk.site import set_parameters

    form = answer.choose(fmt, as_json, answer.LISTS)
    values = dict(_pair(change) for change in changes or ())
    with open_office(write=bool(values)) as office:
        snapshot = set_parameters(office, values) if values else office.procedure.snapshot
        rows = [
            {
                "key": name,
                "value": str(param["value"]),
                "default": str(param["default"]),
                "title": pick(param["title"]),
                "clause": param["clause"],
            }
            for name, param in snapshot["params"].items()
        ]
        columns = (
            Column("key", N_("Key")),
            Column("value", N_("Value"), show=lambda row: _said(row["value"])),
            Column("default", N_("Default"), show=lambda row: _said(row["default"])),
            Column("title", N_("Meaning")),
            Column("clause", N_("Clause")),
        )
        answer.give_listing(form, columns, rows, office.zone, raw=raw)


def _said(value: str) -> str:
    """A parameter in words; one that counts something else than time is a number."""
    return value if value.isdigit() else limit_words(value)


def _pair(change: str) -> tuple[str, str]:
    name, found, value = change.partition("=")
    if not found or not name.strip() or not value.strip():
        raise BadValue(field="KEY=VALUE", text=change, expected=Words(N_('"revisit=2 days"')))
    return name.strip(), value.strip()
