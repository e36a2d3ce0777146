"""`reopen`: the resident does not accept the result."""

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_("Begin a new round of a complaint that was resolved: the supervisor handles it, its clocks run anew.")
EXAMPLES = N_('complaintctl reopen 7 --reason "The lamp is out again"')


def reopen(
    complaint: common.Id,
    reason: common.Reason = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.reopen import reopen as verb

    form = answer.choose(fmt, as_json)
    why = _writing.said(reason, "--reason")
    with open_office(write=True) as office:
        when = _writing.moment(office, at, "--at")
        _writing.give(form, office, [verb(office, complaint, reason=why, at=when)])
