"""`init`: begin a ledger for a site."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.language import N_

HELP = N_(
    "Begin the ledger of a site: one file that holds everything.\n\n"
    "Without options it asks nothing: the procedure is site-standard (the five documents together, the stricter limit "
    "governs), the zone Asia/Shanghai, the holidays those that ship with the program.\n\n"
    "With --from it makes an equal ledger of what “export --format jsonl” wrote, after holding every entry against its "
    "hash."
)
EXAMPLES = N_(
    'complaintctl init\ncomplaintctl init --name "Lakeside (sample)" --households 1200\n'
    "complaintctl --ledger site.db init --procedure my-procedure.toml --calendar hours.toml\n"
    "complaintctl --ledger new.db init --from all.jsonl"
)


def init(
    procedure: Annotated[
        str | None,
        typer.Option("--procedure", metavar=N_("PACK or FILE"), help=N_("The written procedure to work by.")),
    ] = None,
    timezone: Annotated[
        str | None, typer.Option("--timezone", metavar=N_("ZONE"), help=N_("The site's zone, such as Asia/Shanghai."))
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar=N_("TEXT"), help=N_("The site's name."))] = None,
    households: Annotated[
        str | None,
        typer.Option("--households", metavar=N_("N"), help=N_("Households of the site, for the valid-complaint rate.")),
    ] = None,
    cut_off: Annotated[
        str | None,
        typer.Option(
            "--cut-off", metavar=N_("DAY"), help=N_("The day on which the site's month ends, if not the last.")
        ),
    ] = None,
    calendar: Annotated[
        str | None,
        typer.Option("--calendar", metavar="FILE", help=N_("Office hours and own holidays, as a calendar file.")),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE", help=N_("An export as JSON Lines, to begin with all it holds.")),
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _site

    form = answer.choose(fmt, as_json)
    if source is not None:
        from complaintctl.cli.commands._own import take_over

        named = {"--procedure": procedure, "--timezone": timezone, "--name": name, "--households": households}
        take_over(form, source, {**named, "--cut-off": cut_off, "--calendar": calendar})
        return
    settings = _site.settings(name=name, households=households, cut_off=cut_off, timezone=timezone)
    beginning = _site.beginning(settings, procedure, calendar)
    path = session().ledger
    _site.begin(path, beginning)
    answer.give(form, lambda: _site.data(path, beginning), lambda: _site.lines(path, beginning))
