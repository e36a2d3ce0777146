"""`close`: close a complaint by hand, where the procedure allows it."""

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Close a complaint by hand, with a reason: never satisfied, not to be reached, or explained in vain.\n\n"
    "Every other complaint closes by itself at its last step."
)
EXAMPLES = N_('complaintctl close 7 --reason "Mediation and court pointed out; the manager signs"')


def close(
    complaint: common.Id,
    reason: common.Reason = None,
    at: common.At = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.close import close as verb

    form = answer.choose(fmt, as_json)
    why = common.text_of(common.need(reason, "--reason"), "--reason")
    with open_office(write=True) as office:
        when = _writing.moment(office, at, "--at")
        _writing.give(form, office, [verb(office, complaint, reason=why, at=when)])
