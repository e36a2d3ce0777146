"""`link`: several households complain of one event."""

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_("Link complaints about one event; five households make it collective, since the fifth one's receipt.")
EXAMPLES = N_("complaintctl link 7 8 9 12 15")


def link(complaints: common.Ids, fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.link import link as verb

    form = answer.choose(fmt, as_json)
    with open_office(write=True) as office:
        _writing.give(form, office, verb(office, complaints))
