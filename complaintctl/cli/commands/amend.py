"""`amend`: correct what was taken down, or overrule a judgement."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _facts, _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Words

HELP = N_(
    "Correct what is known of a complaint; it is judged again and its clocks follow. The former "
    "stays in the ledger.\n\n"
    "--from-the-start says that it was wrong all along: limits that only ran because of it are "
    "lifted, even if they had "
    "run out. A judgement is overruled with --severity and the like, and set free again with --withdraw."
)
EXAMPLES = N_(
    "complaintctl amend 7 --responsibility outside\n"
    'complaintctl amend 7 --responsibility outside --from-the-start --reason "The pipe is the water works\'"\n'
    'complaintctl amend 7 --severity minor --reason "Cleared up with the resident"\n'
    "complaintctl amend 7 --withdraw severity"
)


def amend(
    complaint: common.Id,
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
    severity: _facts.Severity = None,
    class_: _facts.Class = None,
    validity: _facts.Validity = None,
    urgency: _facts.Urgency = None,
    on_the_spot: Annotated[
        bool | None,
        typer.Option("--on-the-spot/--no-on-the-spot", help=N_("Solved while it was taken down."), show_default=False),
    ] = None,
    withdraw: Annotated[
        list[str] | None,
        typer.Option("--withdraw", metavar="severity|class|validity|urgency", help=N_("No longer overrule this.")),
    ] = None,
    from_the_start: Annotated[
        bool, typer.Option("--from-the-start", help=N_("It was wrong from the start, not only from now on."))
    ] = False,
    reason: common.Reason = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    given = {**locals(), "class": class_}
    from complaintctl.desk.amend import Correction
    from complaintctl.desk.amend import amend as verb

    form = answer.choose(fmt, as_json)
    why = _writing.said(reason, "--reason")
    withdrawn = [str(common.one_of(facet, "--withdraw", _facts.OVERRULABLE)) for facet in withdraw or ()]
    with open_office(write=True) as office:
        facts = _facts.read(office, given)
        overruled = _facts.overruled(given, why)
        if not (facts or overruled or withdrawn):
            raise UsageFault(problem=Words(N_("Nothing to amend: name what should change.")))
        when = _writing.moment(office, at, "--at")
        correction = Correction(facts, overruled, withdrawn, why, from_the_start, when)
        _writing.give(form, office, [verb(office, complaint, correction)])
