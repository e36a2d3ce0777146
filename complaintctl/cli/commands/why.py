"""`why`: how a complaint's judgement and each of its clocks came about."""

from complaintctl.cli import answer, common
from complaintctl.language import N_

HELP = N_(
    "Explain a complaint step by step: each judgement with its clause and the facts behind it, and each clock — why "
    "it applies, from which moment, which limit, how it was counted, and which of several governs and why.\n\n"
    "* marks the clock that governs its step, ‡ a limit that the documents leave to the site."
)
EXAMPLES = N_('complaintctl why 7\ncomplaintctl why TS202611-0007 --as-of "yesterday 18:00"')


def why(
    complaint: common.Id,
    as_of: common.AsOf = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _one
    from complaintctl.output import why as output

    form = answer.choose(fmt, as_json)
    with _one.looked_at(complaint, as_of) as (office, life):
        answer.give(
            form,
            lambda: output.data(office, life, office.now),
            lambda: _one.folded(output.lines(office, life, office.now), form),
        )
