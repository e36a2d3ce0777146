"""`log`: take down a complaint."""

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _facts, _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.desk.log import Intake
from complaintctl.desk.log import log as verb
from complaintctl.desk.related import Like, beside
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Take down a complaint. On a terminal, without options, it asks; every question can be skipped.\n\n"
    "Only the text is needed. What is not stated is proposed from it and marked; what you state always holds. It says "
    "what kind of complaint it is and why, which clocks run, and what comes next. It also tells what this home raised "
    "before, and which open complaints of other households may be about the same event: --event links it at once."
)
EXAMPLES = N_(
    "complaintctl log\n"
    'complaintctl log --text "The lamp at the gate of building 3 is out" --unit 3-1-502 --phone 15400000001\n'
    'complaintctl log --text "No water in building 3" --unit 3-2-301 --event 7\n'
    'complaintctl log --text "Tap drips" --kind repair --on-the-spot --result "Washer changed"\n'
    'complaintctl log --text "Rude guard" --severity minor --reason "A misunderstanding, cleared up"\n'
    "complaintctl log - --channel letter < letter.txt"
)


def log(
    words: Annotated[
        str | None, typer.Argument(metavar="[-]", help=N_("- reads the text from standard input."), show_default=False)
    ] = None,
    text: _facts.Text = None,
    unit: _facts.Unit = None,
    name: _facts.Name = None,
    phone: _facts.Phone = None,
    channel: _facts.Channel = None,
    kind: _facts.Kind = None,
    category: _facts.Category = None,
    responsibility: _facts.Responsibility = None,
    fault: _facts.Fault = None,
    injury: _facts.Injury = None,
    major_loss: _facts.MajorLoss = None,
    promise_broken: _facts.PromiseBroken = None,
    repeated: _facts.Repeated = None,
    over_one_month: _facts.OverOneMonth = None,
    danger: _facts.Danger = None,
    damage: _facts.Damage = None,
    outage: _facts.Outage = None,
    difficult: _facts.Difficult = None,
    complex: _facts.Complex = None,
    inquiry_needed: _facts.InquiryNeeded = None,
    large_effect: _facts.LargeEffect = None,
    households: _facts.Households = None,
    against: _facts.Against = None,
    place: _facts.Place = None,
    happened_at: _facts.HappenedAt = None,
    heard_at: _facts.HeardAt = None,
    demand: _facts.Demand = None,
    requested_by: _facts.RequestedBy = None,
    agreed_by: _facts.AgreedBy = None,
    on_the_spot: Annotated[
        bool | None,
        typer.Option("--on-the-spot/--no-on-the-spot", help=N_("Solved while it was taken down."), show_default=False),
    ] = None,
    result: Annotated[
        str | None, typer.Option("--result", metavar=N_("TEXT"), help=N_("How it was solved on the spot."))
    ] = None,
    part: _facts.Part = None,
    price: _facts.Price = None,
    price_told: _facts.PriceTold = None,
    appointment: _facts.Appointment = None,
    evidence: Annotated[
        list[str] | None, typer.Option("--evidence", metavar="FILE", help=N_("A photo, recording or document."))
    ] = None,
    event: Annotated[
        str | None,
        typer.Option("--event", metavar="ID", help=N_("Link it to this complaint: one event, several households.")),
    ] = None,
    severity: _facts.Severity = None,
    class_: _facts.Class = None,
    validity: _facts.Validity = None,
    urgency: _facts.Urgency = None,
    reason: common.Reason = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = {**locals(), "class": class_}
    form = answer.choose(fmt, as_json)
    given["text"] = _text(words, text)
    with open_office(write=True) as office:
        if given["text"] is None and not any(_stated(given)):
            from complaintctl.cli.commands._form import ask

            intake, shown = ask(office), True
        else:
            intake, shown = _intake(office, given), False
        done = verb(office, intake)
        found = beside(office, done.life)._replace(told=shown)
        if form == "json" and found.like:
            _warn(found.like, done.life.id)
        _writing.give(form, office, [done._replace(beside=found)])


def _warn(like: Sequence[Like], complaint: int) -> None:
    """Tell a script that others may complain of the same, with the line that links them."""
    from complaintctl.output.related import link_command

    common.warn(
        "like-complaints",
        N_("{numbers} may be about the same event; to link: complaintctl {command}"),
        numbers=[one.number for one in like],
        command=link_command(like, complaint),
    )


def _text(words: str | None, text: str | None) -> str | None:
    """Return the text from --text or the argument; both at once is a mistake."""
    if words is None or text is None:
        return text if words is None else words
    raise UsageFault(problem=Words(N_("Give the text once: with --text, or “-” for standard input.")))


def _stated(given: dict[str, Any]) -> list[bool]:
    """Say which options were given, so that a bare `log` can be told from one with options."""
    silent = ("fmt", "as_json", "words", "text", "class_")
    return [True for name, value in given.items() if name not in silent and value not in (None, False)] or (
        [True] if not common.may_ask() else []
    )


def _intake(office: Any, given: dict[str, Any]) -> Intake:
    given["text"] = common.text_of(common.need(given["text"], "--text"), "--text")
    facts = _facts.read(office, given)
    repair = _repair(office, given, facts)
    reason = _writing.said(given["reason"], "--reason")
    overruled = _facts.overruled(given, reason)
    result = _writing.said(given["result"], "--result")
    if result is not None and facts.setdefault("on_the_spot", True) is False:
        raise UsageFault(
            problem=Words(N_("--result says how it was solved on the spot, and --no-on-the-spot that it was not."))
        )
    proposed, read = proposals(office, facts)
    return Intake(
        facts,
        _writing.moment(office, given["at"], "--at"),
        overruled,
        reason,
        proposed,
        read,
        result,
        tuple((_writing.file_name(name), _writing.file_bytes(name)) for name in given["evidence"] or ()),
        given["event"],
        repair,
    )


def _repair(office: Any, given: dict[str, Any], facts: dict[str, Any]) -> Any:
    """Return what is known of a repair, None where nothing was said of one; whoever says so speaks of a repair."""
    said = [given[name] for name in ("part", "price", "price_told", "appointment")]
    if not any(value is not None for value in said):
        return None
    from complaintctl.desk.repair import Repair

    if facts.setdefault("kind", "repair") != "repair":
        raise UsageFault(problem=Words(N_("--part, --price and --appointment belong to a repair: --kind repair.")))
    price = _writing.said(given["price"], "--price")
    comes = _writing.moment(office, given["appointment"], "--appointment", future=True, since=given["at"])
    return Repair(given["part"], price, given["price_told"], comes)


def proposals(office: Any, facts: dict[str, Any]) -> Any:
    """Return what the text says about the facts that were not stated, and what it says by itself."""
    from complaintctl.desk.lexicon import in_force
    from complaintctl.reading import place
    from complaintctl.reading.proposals import propose

    lexicon, text = in_force(office.query), str(facts["text"])
    stated = {name: value for name, value in facts.items() if isinstance(value, bool | int | str)}
    where = None if facts.get("place") else place.proposed(text)
    return (*propose(text, lexicon, stated), *((where,) if where else ())), propose(text, lexicon)
