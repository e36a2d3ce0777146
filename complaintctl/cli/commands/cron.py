"""`cron`: the lines for the crontab, with everything they need in cron's bare environment."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.language import N_, current, gettext

HELP = N_(
    "Print the lines for the crontab: what is overdue every morning, a backup every night, the month's report on its "
    "last days.\n\nEvery path is absolute and every setting named, because cron starts with next to none. overdue is "
    "silent when there is nothing, so that cron sends mail only when something is late."
)
EXAMPLES = N_("complaintctl cron\n(crontab -l; complaintctl cron) | crontab -")


class Job(NamedTuple):
    """One line: what it is for, when cron runs it, and the command in words."""

    key: str
    about: str
    when: str
    command: str


def cron(
    folder: Annotated[
        str | None,
        typer.Option(
            "--folder", metavar=N_("FOLDER"), help=N_("Where backups and reports go (default: beside the ledger).")
        ),
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    form = answer.choose(fmt, as_json)
    place = Path(folder).absolute() if folder is not None else session().ledger.absolute().parent
    jobs = list(_jobs(place))
    answer.give(form, lambda: {"items": [job._asdict() for job in jobs]}, lambda: _lines(jobs), as_they_are=True)


def _jobs(place: Path) -> Iterator[Job]:
    backups, reports = shlex.quote(f"{place / 'backups'}/"), place / "reports"
    report = shlex.quote(f"{reports}/report-")
    yield Job(
        "overdue", N_("every morning: what is late or falls due today"), "0 8 * * *", f"{_self()} overdue --within 16h"
    )
    yield Job(
        "backup",
        N_("every night: a checked copy, the last 30 are kept"),
        "30 1 * * *",
        f"{_self()} backup {backups} --keep 30",
    )
    yield Job(
        "monthly-report",
        N_("on the last days of the month: its figures, as a table for a spreadsheet"),
        "0 18 28-31 * *",
        # The month is named, so that each keeps its own file, and a machine in another zone reports the same one.
        f"MONTH=$(date +%Y-%m) && mkdir -p {shlex.quote(str(reports))} && "
        f'{_self()} monthly-report "$MONTH" --format csv --output {report}"$MONTH".csv',
    )


def _self() -> str:
    """Return this program with its ledger, language and actor, to be run from anywhere by a bare shell."""
    words = [sys.executable, "-m", "complaintctl", "--ledger", str(session().ledger.absolute())]
    words += ["--lang", current(), "--actor", "cron"]
    return " ".join(["PYTHONUTF8=1", *map(shlex.quote, words)])


def _lines(jobs: list[Job]) -> Iterator[str]:
    for job in jobs:
        yield f"# {gettext(job.about)}"
        # In a crontab a percent sign ends the command unless it is escaped.
        yield f"{job.when} {job.command.replace('%', chr(92) + '%')}"
