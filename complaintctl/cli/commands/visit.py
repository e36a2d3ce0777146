"""`visit`: planned calls on residents, forums, questionnaires — planned, held, and what comes of them."""

from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = {
    "plan": N_(
        "Plan a visit to residents: director, assistant, forum, festival, questionnaire, or a kind of the procedure's "
        "own. Or move one that is planned to another day: its id in place of the kind. A plan whose day goes by "
        "without the visit is shown by “today” until it is held or dropped."
    ),
    "record": N_(
        "Say that a visit took place: a planned one by its id, any other by its kind.\n\n"
        "What was raised there must be dealt with by the time promised or within the site's limit. A question that "
        "could not be answered at once needs the time promised for the reply. Matters with times of their own are "
        "added with “visit raised” and “visit asked”."
    ),
    "result": N_("Add what came out of a visit later: the sheets that came back, the minutes."),
    "raised": N_("Add a matter raised at a visit that is recorded. It counts as raised when the visit was held."),
    "asked": N_(
        "Add a question asked at a visit that is recorded, with the time promised for the reply. It counts as asked "
        "when the visit was held."
    ),
    "dealt": N_("Say how a matter raised at a visit was dealt with. 3.1 is the first matter of visit 3."),
    "answered": N_("Say how a question asked at a visit was answered. 3.2 is the second matter of visit 3."),
    "drop": N_("Give up a planned visit, with the reason. What the procedure owes the residents stays owed."),
    "list": N_(
        "List the visits of a year. With --gaps: the periods that ended without a visit they owed, and the plans whose "
        "day went by."
    ),
    "show": N_("Show a visit: what came of it, what is still open and by when."),
}
HELP["list_"] = HELP.pop("list")
EXAMPLES = {
    "plan": N_(
        "complaintctl visit plan forum --on 2026-12-18\ncomplaintctl visit plan assistant --on 12-20 --area East\n"
        "complaintctl visit plan 3 --on 12-22"
    ),
    "record": N_(
        'complaintctl visit record forum --participants 35 --raised "More bicycle racks" --raised "Lamps at the gate"\n'
        'complaintctl visit record 3 --asked "When is the lift renewed?" --reply-by "11-27 18:00"\n'
        "complaintctl visit record questionnaire --sent 200 --returned 150 --satisfied 120"
    ),
    "result": N_("complaintctl visit result 3 --returned 150 --satisfied 120"),
    "raised": N_('complaintctl visit raised 3 "More bicycle racks" --promise "11-27 18:00"'),
    "asked": N_('complaintctl visit asked 3 "When is the lift renewed?" --reply-by "11-27 18:00"'),
    "dealt": N_('complaintctl visit dealt 3.1 "Ten racks put up"'),
    "answered": N_('complaintctl visit answered 3.2 "In March; told by phone"'),
    "drop": N_('complaintctl visit drop 3 --reason "Storm warning; held in January"'),
    "list_": N_("complaintctl visit list\ncomplaintctl visit list --gaps --year 2026"),
    "show": N_("complaintctl visit show 3\ncomplaintctl visit show ZF202611-0001 --json"),
}

VisitId = Annotated[str, typer.Argument(metavar="ID", help=N_("The visit's number, or its short id."))]
MatterId = Annotated[str, typer.Argument(metavar="ID.N", help=N_("The visit and the matter, such as 3.1."))]
Area = Annotated[str | None, typer.Option("--area", metavar=N_("AREA"), help=N_("Which area of the site."))]
By = Annotated[str | None, typer.Option("--by", metavar=N_("NAME"), help=N_("Who visits."))]
Units = Annotated[
    list[str] | None, typer.Option("--unit", metavar=N_("HOME"), help=N_("A home visited; may be given several times."))
]
Homes = Annotated[str | None, typer.Option("--homes", metavar="N", help=N_("How many homes."))]
People = Annotated[str | None, typer.Option("--participants", metavar="N", help=N_("How many residents came."))]
Topic = Annotated[str | None, typer.Option("--topic", metavar=N_("TEXT"), help=N_("What it was about."))]
Result = Annotated[str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("What came out of it."))]
Sent = Annotated[str | None, typer.Option("--sent", metavar="N", help=N_("Questionnaires handed out."))]
Returned = Annotated[str | None, typer.Option("--returned", metavar="N", help=N_("Questionnaires that came back."))]
Satisfied = Annotated[str | None, typer.Option("--satisfied", metavar="N", help=N_("Of these, how many satisfied."))]
Promise = Annotated[
    str | None, typer.Option("--promise", metavar=common.MOMENT, help=N_("By when it was promised to be dealt with."))
]
ReplyBy = Annotated[
    str | None, typer.Option("--reply-by", metavar=common.MOMENT, help=N_("By when the reply was promised."))
]
CameUp = Annotated[
    str | None, typer.Option("--at", metavar=common.MOMENT, help=N_("When it came up, if not when the visit was held."))
]
_COUNTS = ("homes", "participants", "sent", "returned", "satisfied")
_TEXTS = ("area", "by", "topic", "result", "note")


def plan(
    kind: Annotated[
        str,
        typer.Argument(metavar=N_("KIND|ID"), help=N_("director, assistant, forum, festival … or the id of a plan.")),
    ],
    on: Annotated[str | None, typer.Option("--on", metavar=N_("DAY"), help=N_("For which day, such as 12-18."))] = None,
    area: Area = None,
    by: By = None,
    unit: Units = None,
    homes: Homes = None,
    topic: Topic = None,
    note: common.Note = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.visit import is_id, move
    from complaintctl.desk.visit import plan as verb
    from complaintctl.reading.moments import read_day
    from complaintctl.rules.localtime import day_end

    form = answer.choose(fmt, as_json)
    told, wanted = _about(given), common.need(on, "--on")
    with open_office(write=True) as office:
        day = read_day(wanted, now=office.now, zone=office.zone, future=True)
        until = day_end(day, office.zone)
        _give(form, office, move(office, kind, until, told) if is_id(kind) else verb(office, kind, until, told))


def record(
    what: Annotated[str, typer.Argument(metavar=N_("KIND|ID"), help=N_("The kind, or the id of the visit planned."))],
    area: Area = None,
    by: By = None,
    unit: Units = None,
    homes: Homes = None,
    participants: People = None,
    topic: Topic = None,
    result: Result = None,
    raised: Annotated[
        list[str] | None, typer.Option("--raised", metavar=N_("TEXT"), help=N_("A matter raised; several times."))
    ] = None,
    promise: Promise = None,
    asked: Annotated[
        list[str] | None,
        typer.Option("--asked", metavar=N_("TEXT"), help=N_("A question not answered at once; several times.")),
    ] = None,
    reply_by: ReplyBy = None,
    sent: Sent = None,
    returned: Returned = None,
    satisfied: Satisfied = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.visit_matter import Brought
    from complaintctl.desk.visit_matter import record as verb

    form = answer.choose(fmt, as_json)
    told = _about(given)
    matters = [common.text_of(text, "--raised") for text in raised or ()]
    questions = [common.text_of(text, "--asked") for text in asked or ()]
    _belongs("--promise", promise, "--raised", matters)
    _belongs("--reply-by", reply_by, "--asked", questions)
    with open_office(write=True) as office:
        until = _writing.moment(office, promise, "--promise", future=True, since=at)
        reply = _writing.moment(office, reply_by, "--reply-by", future=True, since=at)
        held = _writing.moment(office, at, "--at")
        _give(form, office, verb(office, what, held, told, Brought(matters, until, questions, reply)))


def result(
    visit: VisitId,
    text: Annotated[str | None, typer.Argument(metavar=N_("TEXT"), help=N_("What came out of it."))] = None,
    participants: People = None,
    sent: Sent = None,
    returned: Returned = None,
    satisfied: Satisfied = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = dict(locals())
    from complaintctl.desk.visit import result as verb

    form = answer.choose(fmt, as_json)
    told = _about(given)._replace(result=_writing.said(text, "TEXT"))
    with open_office(write=True) as office:
        _give(form, office, verb(office, visit, told))


def raised(
    visit: VisitId,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was raised."))],
    promise: Promise = None,
    at: CameUp = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.visit_matter import Brought, bring

    form = answer.choose(fmt, as_json)
    said = common.text_of(text, "TEXT")
    with open_office(write=True) as office:
        until = _writing.moment(office, promise, "--promise", future=True, since=at)
        _give(form, office, bring(office, visit, Brought([said], until), _writing.moment(office, at, "--at")))


def asked(
    visit: VisitId,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was asked."))],
    reply_by: ReplyBy = None,
    at: CameUp = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.visit_matter import Brought, bring

    form = answer.choose(fmt, as_json)
    said = common.text_of(text, "TEXT")
    with open_office(write=True) as office:
        until = _writing.moment(office, reply_by, "--reply-by", future=True, since=at)
        brought = Brought(asked=[said], reply_by=until)
        _give(form, office, bring(office, visit, brought, _writing.moment(office, at, "--at")))


def dealt(
    matter: MatterId,
    text: Annotated[str, typer.Argument(metavar=N_("TEXT"), help=N_("What was done; - reads it from standard input."))],
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    _meet(matter, "raised", text, at, answer.choose(fmt, as_json))


def answered(
    matter: MatterId,
    text: Annotated[
        str, typer.Argument(metavar=N_("TEXT"), help=N_("What was answered; - reads it from standard input."))
    ],
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    _meet(matter, "asked", text, at, answer.choose(fmt, as_json))


def drop(visit: VisitId, reason: common.Reason = None, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.visit import drop as verb

    form = answer.choose(fmt, as_json)
    why = common.text_of(common.need(reason, "--reason"), "--reason")
    with open_office(write=True) as office:
        _give(form, office, verb(office, visit, why))


def list_(
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=N_("Only this kind of visit."))] = None,
    area: Annotated[str | None, typer.Option("--area", metavar=N_("AREA"), help=N_("Only this area."))] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help=N_("What was owed or planned and not held."))] = False,
    year: Annotated[str | None, typer.Option("--year", metavar="YYYY", help=N_("Which year (default: this)."))] = None,
    as_of: common.AsOf = None,
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _visits

    form = answer.choose(fmt, as_json, answer.LISTS)
    count = _visits.listing(form, kind=kind, area=area, gaps=gaps, year=year, as_of=as_of, raw=raw)
    common.leave_if(count, exit_code)


def show(
    visit: VisitId,
    reveal: common.Reveal = None,
    as_of: common.AsOf = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands._one import folded
    from complaintctl.cli.commands._visits import looked_at
    from complaintctl.output.visit import sheet, visit_json

    form = answer.choose(fmt, as_json)
    open_to = reveal is not None
    with looked_at(visit, as_of, reveal) as (office, found):
        answer.give(
            form,
            lambda: visit_json(found, office.zone, office.now, reveal=open_to),
            lambda: folded(sheet(found, office.zone, office.now, reveal=open_to), form),
        )


# ---- what they share


def _about(given: dict[str, Any]) -> Any:
    """Read what is said of a visit out of a command's options."""
    from complaintctl.desk.visit import About

    told: dict[str, Any] = {
        name: _writing.said(given[name], f"--{name}") for name in _TEXTS if given.get(name) is not None
    }
    told |= {
        name: common.whole(given[name], f"--{name}", least=1 if name == "homes" else 0)
        for name in _COUNTS
        if given.get(name) is not None
    }
    units = [common.text_of(unit, "--unit") for unit in given.get("unit") or ()]
    return About(units=units, **told)


def _belongs(option: str, value: str | None, other: str, given: list[str]) -> None:
    """Refuse a time without what it is for."""
    if value is not None and not given:
        common.need(None, other)


def _meet(matter: str, kind: str, text: str, at: str | None, form: str) -> None:
    from complaintctl.desk.visit_matter import meet

    said = common.text_of(text, "TEXT")
    with open_office(write=True) as office:
        _give(form, office, meet(office, matter, kind, said, _writing.moment(office, at, "--at")))


def _give(form: str, office: Any, done: Any) -> None:
    """Answer with the visit as the verb left it."""
    from complaintctl.cli.commands._one import folded
    from complaintctl.output.visit import done_lines, visit_json

    if form == "json":
        common.warn_of(done.remarks)
    answer.give(
        form,
        lambda: visit_json(done.visit, office.zone, office.now),
        lambda: folded(done_lines(done.visit, office.zone, office.now, done.remarks, done.met), form),
    )
