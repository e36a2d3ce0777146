"""`demo`: an invented site's three months, played through the desk into a ledger of its own."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.errors import FileMissing
from complaintctl.language import N_
from complaintctl.output.problem import fill

HELP = N_(
    "Build the ledger of an invented site, three months of complaints played through the desk itself, and show a day "
    "of it: what is late, one complaint explained, an event of seven households, a joint inspection, the visits that "
    "were not held, a dispute, the suggestions, the month's figures.\n\nIt needs nothing set up and touches no other "
    "ledger. Every resident in it is invented."
)
EXAMPLES = N_("complaintctl demo\ncomplaintctl --lang zh demo --folder /tmp")

#: The day that is shown, the end of the sample's third month, as text and as the month it belongs to.
LAST_MOMENT = "2026-10-31 18:00"
MONTH = "2026-10"
FILE = "complaintctl-demo.db"
EXPLAINED_LINES = 34


def demo(
    folder: Annotated[
        str | None, typer.Option("--folder", metavar=N_("FOLDER"), help=N_("Where to put the ledger (default: here)."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    form = answer.choose(fmt, as_json)
    path = _place(folder)
    count, shown = _build(path)
    if form == "json":
        answer.give_json({"ledger": str(path), "complaints": count, "as_of": LAST_MOMENT, "month": MONTH})
        return
    _show(shown, form)
    answer.write_lines(_end(path, count))


def sample(name: str) -> Path:
    """Return where a file of the sample data lies: in the wheel, or beside the package in a checkout.

    Raises:
        FileMissing: the installation lacks it.
    """
    import complaintctl

    package = Path(complaintctl.__file__).parent
    for place in (package / "sample_data", package.parent / "sample_data"):
        if (place / name).exists():
            return place / name
    raise FileMissing(name=str(package / "sample_data" / name))


def _place(folder: str | None) -> Path:
    """Return a name for the ledger that is not taken: as told, else here, else in the system's temporary folder."""
    if folder is None and session().ledger_named:
        return session().ledger
    place = Path(folder) if folder is not None else Path.cwd()
    if folder is None and not os.access(place, os.W_OK):
        place = Path(tempfile.mkdtemp(prefix="complaintctl-"))
    stem, suffix = FILE.rsplit(".", 1)
    name, number = FILE, 1
    while (place / name).exists():
        number += 1
        name = f"{stem}-{number}.{suffix}"
    return place / name


class Shown(NamedTuple):
    """What of the sample is shown, by its ids: the complaint explained, an event, an inspection."""

    explained: int
    event: int
    inspection: int


def _build(path: Path) -> tuple[int, Shown]:
    """Play the script into a new ledger; return how many complaints there are and what to show of it."""
    from complaintctl.desk import packs, play, site
    from complaintctl.desk.office import Office
    from complaintctl.ledger.store import Ledger
    from complaintctl.output.progress import progress
    from complaintctl.procedures import DEFAULT
    from complaintctl.rules.example import moment

    settings = json.loads(sample("site.json").read_text(encoding="utf-8"))
    steps = [json.loads(line) for line in sample("desk.jsonl").read_text(encoding="utf-8").splitlines()]
    calendar = packs.shipped_calendar(settings["zone"])
    begun = moment(f"{steps[0]['at'][:10]} 00:00", calendar.zone)
    with Ledger.create(path) as ledger, progress(N_("Playing three months at the desk"), len(steps)) as show:
        office = Office(ledger, begun, "样例", pinned=True)
        site.adopt_first(office, site.Beginning(settings, packs.load(DEFAULT), calendar))
        known: dict[str, int] = {}
        for number, _ in enumerate(play.play(office, steps, known), 1):
            show(number)
        count = office.query.count_complaints(now=office.now)
        session().hold(ledger=path, now=moment(LAST_MOMENT, calendar.zone))
    return count, Shown(*(known[settings[name]] for name in Shown._fields))


def _show(shown: Shown, form: str) -> None:
    """Show what the commands themselves show on the sample's last day."""
    from complaintctl.cli.commands import dispute, event, inspect, suggestion, visit
    from complaintctl.cli.commands.monthly_report import monthly_report
    from complaintctl.cli.commands.overdue import overdue

    _heading("overdue")
    overdue(fmt=form)
    _heading(f"why {shown.explained}")
    _explain(shown.explained, form)
    _heading(f"event {shown.event}")
    event.event(str(shown.event), fmt=form)
    _heading(f"inspect show {shown.inspection}")
    inspect.show(str(shown.inspection), fmt=form)
    _heading("visit list --gaps")
    visit.list_(gaps=True, fmt=form)
    _heading("dispute")
    dispute.dispute(fmt=form)
    _heading("suggestion list --all")
    suggestion.list_(every=True, fmt=form)
    _heading(f"monthly-report {MONTH}")
    monthly_report(MONTH, fmt=form)


def _heading(command: str) -> None:
    answer.write_lines(["", (f"$ complaintctl {command}", "bold")])


def _explain(complaint: int, form: str) -> None:
    """Show the beginning of an explanation; all of it would fill several screens."""
    from complaintctl.cli.commands import _one
    from complaintctl.output import why

    with _one.looked_at(str(complaint), None) as (office, life):
        lines = list(_one.folded(why.lines(office, life, office.now), form))
    answer.write_lines(lines[:EXPLAINED_LINES])
    left = len(lines) - EXPLAINED_LINES
    if left > 0:
        answer.write_lines([fill(N_("  … {count} more lines: complaintctl why {id}"), count=left, id=complaint)])


def _end(path: Path, count: int) -> Iterator[Any]:
    name = str(path)
    yield ""
    yield (fill(N_("{count} invented complaints lie in {path}. Try on it:"), count=count, path=name), "bold")
    shown = os.path.relpath(name) if not os.path.relpath(name).startswith("..") else name
    for words in (
        f'today --as-of "{LAST_MOMENT}"',
        'overdue --all --as-of "2026-10-21 18:00"',
        "list --month 2026-10 --category noise --all",
        "search 电梯",
        f'monthly-report 2026-09 --complaints timely-rate --as-of "{LAST_MOMENT}"',
        "signatures",
        "procedure simulate resident-standard --since 2026-10-01",
        "verify",
        "log",
    ):
        yield f"  complaintctl --ledger {shown} {words}"
    yield fill(N_("A ledger of your own: complaintctl init"))
