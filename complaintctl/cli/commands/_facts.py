"""The facts of a complaint as options, shared by `log` and `amend`, and how they are read."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from complaintctl.cli import common
from complaintctl.cli.commands import _writing
from complaintctl.desk.office import Office
from complaintctl.language import N_
from complaintctl.rules.facts import FACETS, FACTS

MOST_HOUSEHOLDS = 100_000


def _option(name: str, text: str, metavar: str = N_("TEXT")) -> Any:
    return typer.Option(name, metavar=metavar, help=text, show_default=False)


def _flag(name: str, text: str) -> Any:
    return typer.Option(f"--{name}/--no-{name}", help=text, show_default=False)


Text = Annotated[str | None, _option("--text", N_("What happened, as told; - reads standard input."))]
Unit = Annotated[str | None, _option("--unit", N_("The home, such as 3-2-501. Private."))]
Name = Annotated[str | None, _option("--name", N_("Who complains. Private."), N_("NAME"))]
Phone = Annotated[str | None, _option("--phone", N_("How to reach the resident. Private."), N_("NUMBER"))]
Channel = Annotated[
    str | None,
    _option("--channel", N_("How it came in: desk, phone, letter, wechat, government …"), N_("CHANNEL")),
]
Kind = Annotated[str | None, _option("--kind", N_("What it is."), "complaint|suggestion|repair|inquiry")]
Category = Annotated[
    str | None, _option("--category", N_("What it is about: facility, service, noise …"), N_("CATEGORY"))
]
Responsibility = Annotated[
    str | None,
    _option(
        "--responsibility", N_("Who must answer for the cause."), "own|building|outside|resident|self|none|unknown"
    ),
]
Fault = Annotated[bool | None, _flag("fault", N_("The company's people or service fell short."))]
Injury = Annotated[bool | None, _flag("injury", N_("Somebody was hurt."))]
MajorLoss = Annotated[bool | None, _flag("major-loss", N_("Heavy economic loss."))]
PromiseBroken = Annotated[
    bool | None, _flag("promise-broken", N_("A promised or contracted service is missing or plainly wrong."))
]
Repeated = Annotated[bool | None, _flag("repeated", N_("Raised several times before and not solved."))]
OverOneMonth = Annotated[
    bool | None, _flag("over-one-month", N_("An earlier complaint of it has stood for more than a month."))
]
Danger = Annotated[bool | None, _flag("danger", N_("Persons are in danger."))]
Damage = Annotated[bool | None, _flag("damage", N_("A home is seriously damaged."))]
Outage = Annotated[bool | None, _flag("outage", N_("A shared facility has failed and hits daily life."))]
Difficult = Annotated[bool | None, _flag("difficult", N_("Hard to handle."))]
Complex = Annotated[bool | None, _flag("complex", N_("It takes long."))]
LargeEffect = Annotated[bool | None, _flag("large-effect", N_("A fault of the building that touches many."))]
InquiryNeeded = Annotated[bool | None, _flag("inquiry-needed", N_("It must be looked into first."))]
Households = Annotated[str | None, _option("--households", N_("Households that complain of the same event."), N_("N"))]
Against = Annotated[str | None, _option("--against", N_("Department or person complained of. Private."))]
Place = Annotated[str | None, _option("--place", N_("Where it happened."))]
Demand = Annotated[str | None, _option("--demand", N_("What the resident asks for."))]
HappenedAt = Annotated[str | None, _option("--happened-at", N_("When it happened."), common.MOMENT)]
HeardAt = Annotated[str | None, _option("--heard-at", N_("When a colleague first heard it."), common.MOMENT)]
RequestedBy = Annotated[
    str | None, _option("--requested-by", N_("The time limit that the resident asks for."), common.MOMENT)
]
AgreedBy = Annotated[
    str | None, _option("--agreed-by", N_("The time for the solution that both agreed on."), common.MOMENT)
]
Severity = Annotated[
    str | None, _option("--severity", N_("Overrule the severity; give --reason."), "major|important|minor")
]
Class = Annotated[str | None, _option("--class", N_("Overrule the class; give --reason."), "1|2|3")]
Validity = Annotated[
    str | None, _option("--validity", N_("Overrule the validity; give --reason."), "valid|assist|invalid|undetermined")
]
Urgency = Annotated[str | None, _option("--urgency", N_("Overrule the urgency; give --reason."), "urgent|general")]

# What is known of a repair beside its facts, shared by `log` and `repair`.
Part = Annotated[str | None, _option("--part", N_("What the repair is about."), "own|shared|building")]
Price = Annotated[str | None, _option("--price", N_("What it costs."))]
PriceTold = Annotated[bool | None, _flag("price-told", N_("The resident was told the price before."))]
Appointment = Annotated[str | None, _option("--appointment", N_("When somebody comes, as agreed."), common.MOMENT)]

OVERRULABLE = ("severity", "class", "validity", "urgency")


def read(office: Office, given: Mapping[str, Any], *, echo: bool = True, asked: str | None = None) -> dict[str, Any]:
    """Return the facts among what was typed, checked; what was not given is left out.

    `given` maps fact names to what was typed (`None` where nothing was). `echo` says on standard error how moments
    were read. Where a question was `asked`, that is what an error names instead of an option.
    """
    facts: dict[str, Any] = {}
    for name, fact in FACTS.items():
        value = given.get(name)
        if value is None:
            continue
        option = asked or "--" + name.replace("_", "-")
        if fact.type == "choice":
            facts[name] = common.one_of(value, option, fact.choices, fact=name)
        elif fact.type == "int":
            facts[name] = common.whole(value, option, least=1, most=MOST_HOUSEHOLDS)
        elif fact.type == "moment":
            ahead = name in ("requested_by", "agreed_by")
            facts[name] = _writing.moment(office, value, option, future=ahead, echo=echo, since=given.get("at"))
        elif fact.type == "text":
            facts[name] = common.text_of(value, option)
        else:
            facts[name] = value
    return facts


def overruled(given: Mapping[str, Any], reason: str | None) -> dict[str, str]:
    """Return the judgements that the clerk overrules; a reason must stand beside them."""
    found = {facet: given[facet] for facet in OVERRULABLE if given.get(facet) is not None}
    for facet, value in found.items():
        common.one_of(value, f"--{facet}", FACETS[facet])
    if found:
        common.need(reason, "--reason")
    return found
