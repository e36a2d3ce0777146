"""`repair`: what a repair is about, the price told, the hour agreed for coming, the finish time told."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _facts
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Record what is known of a repair: whether it is about the home's own part, a shared one or a fault of the "
    "building; the price and whether the resident was told it before; the hour agreed for coming; the finish time "
    "told.\n\n"
    "The hour agreed is a limit of its own: it is met by “record ID came”, and a later one takes its place. The finish "
    "time told is an agreed time for the solution."
)
EXAMPLES = N_(
    'complaintctl repair 7 --part own --price "80 yuan" --price-told --appointment "11-21 14:00"\n'
    'complaintctl repair 7 --part shared --finish "11-22 18:00"\ncomplaintctl repair 7 --part building'
)


def repair(
    complaint: common.Id,
    part: _facts.Part = None,
    price: _facts.Price = None,
    price_told: _facts.PriceTold = None,
    appointment: _facts.Appointment = None,
    finish: Annotated[
        str | None,
        typer.Option("--finish", metavar=common.MOMENT, help=N_("When it will be done, as the resident was told.")),
    ] = None,
    note: common.Note = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _writing
    from complaintctl.desk.repair import Repair
    from complaintctl.desk.repair import repair as verb

    form = answer.choose(fmt, as_json)
    cost, remark = _writing.said(price, "--price"), _writing.said(note, "--note")
    with open_office(write=True) as office:
        what = Repair(
            part,
            cost,
            price_told,
            _writing.moment(office, appointment, "--appointment", future=True, since=at),
            _writing.moment(office, finish, "--finish", future=True, since=at),
            remark,
            _writing.moment(office, at, "--at"),
        )
        _writing.give(form, office, [verb(office, complaint, what)])
