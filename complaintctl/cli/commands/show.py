"""`show`: one complaint with its judgement, its clocks and all that happened."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.language import N_

HELP = N_(
    "Show a complaint: what was told, how it was judged and why, its clocks with what is late first, all that "
    "happened, and what comes next.\n\nName, phone and unit are masked; --reveal WHY shows them and writes that down."
)
EXAMPLES = N_(
    "complaintctl show 7\ncomplaintctl show TS202611-0007 --all\ncomplaintctl show 7 --similar\n"
    'complaintctl show 7 --reveal "calling back" --json\ncomplaintctl show 7 --as-of 2026-11-20T18:00+08:00'
)


def show(
    complaint: common.Id,
    every: Annotated[bool, typer.Option("--all", help=N_("Also the clocks that no longer count."))] = False,
    similar: Annotated[
        bool, typer.Option("--similar", help=N_("Also earlier cases like it: how they were solved, how long it took."))
    ] = False,
    reveal: common.Reveal = None,
    as_of: common.AsOf = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _one

    form = answer.choose(fmt, as_json)
    with _one.looked_at(complaint, as_of, reveal) as (office, life):
        shown = reveal is not None
        answer.give(
            form,
            lambda: _one.as_json(office, life, reveal=shown, similar=similar),
            lambda: _one.sheet(office, life, form, reveal=shown, every=every, similar=similar),
        )
