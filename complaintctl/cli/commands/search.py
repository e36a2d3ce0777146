"""`search`: complaints found by their words."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import view as open_view
from complaintctl.language import N_

HELP = N_(
    "Find complaints by words: in what was told, in notes, results and opinions, by name, phone or unit. All words "
    "must occur; two Chinese characters are enough.\n\nNewest first, open and closed, with the place where it stands."
)
EXAMPLES = N_("complaintctl search 电梯\ncomplaintctl search 地下车库 漏水\ncomplaintctl search 3-2-501 --json")


def search(
    words: Annotated[list[str], typer.Argument(metavar=N_("WORDS"), help=N_("The words to look for."))],
    limit: Annotated[str, typer.Option("--limit", metavar="N", help=N_("Rows of a page."))] = "50",
    offset: Annotated[str, typer.Option("--offset", metavar="N", help=N_("Rows to leave out at the head."))] = "0",
    exit_code: common.ExitCode = False,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands import _listing
    from complaintctl.output import masks
    from complaintctl.output.listing import Column
    from complaintctl.output.snippet import snippet
    from complaintctl.reports.listing import Page
    from complaintctl.reports.search import search as find

    form = answer.choose(fmt, as_json, answer.LISTS)
    rows, skipped = _listing.pages(limit, offset)
    wanted = common.text_of(" ".join(words), "WORDS")
    with open_view() as view:
        found = find(view, wanted, limit=rows, offset=skipped)
        parts = wanted.split()
        known = (*masks.departments(view.site), *view.query.department_names())
        shown = [
            {**row, "snippet": snippet(found.matches[row["id"]], parts, row["building"], known)} for row in found.rows
        ]
        total = skipped + len(shown) if not found.more and (shown or not skipped) else None
        where = Column("snippet", N_("Where it stands"))
        _listing.give(form, view, Page(shown, found.more, total), offset=skipped, raw=raw, extra=(where,))
    common.leave_if(len(shown), exit_code)
