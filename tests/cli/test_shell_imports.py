"""Which modules each daily command may import: start-up time is lost one import at a time.

Whoever needs another one adds it here, having measured it with `benchmarks/startup.py`.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

NEVER = {"rich", "pydantic", "tomllib", "sqlite_utils", "chinese_calendar", "platformdirs", "dataclasses"}
NEVER |= {"asyncio", "logging", "importlib.metadata", "dateutil.parser", "email", "concurrent", "click"}


def names(text: str) -> list[str]:
    return text.split()


ALWAYS = names("""
    cli cli.answer cli.app cli.boundary cli.clock cli.commands cli.common cli.main cli.opening cli.registry cli.session
    cli.settings errors language output output.moments output.problem output.style output.text output.words
    rules rules.localtime ledger ledger.connect ledger.derived ledger.query ledger.store rules.entries
""")
LOOKING = ["reports", "reports.view", "output.labels", "ledger.looking", "cli.commands._looking"]
OWED = ["ledger.occasions", "reports.occasions", "rules.occasions"]
LISTING = [*LOOKING, "output.listing", "output.csvfile", "output.envelope"]
JUDGING = names("""
    rules.book rules.calendar rules.care rules.clock rules.clocks rules.condition rules.course rules.facts
    rules.holding rules.imported rules.judge rules.life rules.period rules.pledged rules.procedure desk desk.office
""")
WRITING = [
    *JUDGING,
    "cli.commands._writing",
    "desk.advice",
    "desk.refused",
    "desk.steps",
    "output.done",
    "output.labels",
    "ledger.chain",
]

OURS = {
    "overdue": [*LISTING, *OWED, "cli.commands.overdue", "reports.overdue"],
    "overdue --format csv": [*LISTING, *OWED, "cli.commands.overdue", "reports.overdue"],
    "overdue --json": [*LISTING, *OWED, "cli.commands.overdue", "reports.overdue"],
    "today": [
        *LOOKING,
        *OWED,
        *("cli.commands.today", "reports.overdue", "reports.today", "output.day"),
        *("ledger.signatures", "reports.signatures"),
    ],
    "list": [*LISTING, "cli.commands._listing", "cli.commands.list_", "reports.listing", "rules.facts"],
    "list --json": [*LISTING, "cli.commands._listing", "cli.commands.list_", "reports.listing", "rules.facts"],
    "assign 1 工程部": [*WRITING, "cli.commands.assign", "desk.assign"],
    "resolve 2 已更换": [*WRITING, "cli.commands.resolve", "desk.resolve", "ledger.words"],
    "notify 3 --via phone --accepted": [*WRITING, "cli.commands.notify", "desk.notify"],
    "log --text 灯不亮": [
        *WRITING,
        *("cli.commands.log", "cli.commands._facts", "desk.log", "desk.lexicon", "ledger.words", "reading.place"),
        *("reading", "reading.leanings", "reading.lexicon", "reading.numbers", "reading.proposal", "reading.proposals"),
        *("reading.words",),
        *("desk.related", "ledger.related", "rules.home", "reading.likeness", "reading.topics", "desk.similar"),
        *("output.related", "output.masks"),
    ],
}
STANDARD = {
    "__future__",
    "bisect",
    "csv",
    "gc",
    "json",
    "pwd",
    "sqlite3",
    "struct",
    "sysconfig",
    "unicodedata",
    "zoneinfo",
}
STANDARD_WRITING = {"calendar", "dateutil", "hashlib"}
"""relativedelta is the Civil Code's month; it brings `calendar`."""


@pytest.fixture(scope="module")
def of_typer():
    """What importing Typer costs whoever uses it."""
    code = "import sys, typer, typer.main; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split()) | {"typer._click.decorators"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory, new_shell):
    """A ledger with three complaints: taken down, dispatched, resolved."""
    home = tmp_path_factory.mktemp("desk")
    shell = new_shell(home)
    shell.env["COMPLAINTCTL_LEDGER"] = str(home / "desk.db")
    assert shell("init").code == 0
    for _ in range(3):
        assert shell("log", "--text", "楼道灯不亮", "--unit", "3-1-502").code == 0
    assert shell("assign", "2", "3", "工程部").code == 0
    assert shell("resolve", "3", "已更换").code == 0
    return home / "desk.db"


@pytest.mark.parametrize("words", OURS, ids=str)
def test_a_daily_command_imports_only_what_it_may(ledger, imported_modules, of_typer, words):
    loaded = imported_modules(*words.split(), env={"COMPLAINTCTL_LEDGER": str(ledger)})
    ours = {name.removeprefix("complaintctl.") for name in loaded if name.startswith("complaintctl.")}
    assert ours <= {*ALWAYS, *OURS[words]}
    assert not {name for name in loaded if name in NEVER or name.partition(".")[0] in NEVER}
    others = {name.partition(".")[0] for name in loaded - of_typer} - {"complaintctl", "encodings"}
    allowed = STANDARD | (STANDARD_WRITING if "desk.steps" in OURS[words] else set())
    assert {name for name in others if not name.startswith("_")} <= allowed


@pytest.mark.parametrize(
    "words",
    [
        "amend 1 --fault",
        "assign 1 工程部 --person 样例甲",
        "escalate 1 supervisor",
        "reopen 3",
        "undo",
        "why 1",
        "search 灯",
        "procedure list",
    ],
    ids=str,
)
def test_whoever_reads_no_text_loads_no_lexicon(ledger, imported_modules, words):
    loaded = imported_modules(*words.split(), env={"COMPLAINTCTL_LEDGER": str(ledger)})
    assert not loaded & {"complaintctl.reading.lexicon", "complaintctl.reading.proposals", "complaintctl.reading.words"}


def test_modules_of_ours_that_are_named_exist():
    package = Path(__file__).parents[2] / "complaintctl"
    for name in {*ALWAYS, *(name for names in OURS.values() for name in names)}:
        path = package / name.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


def test_no_hot_module_imports_heavy_ones_at_its_head():
    """An import inside a function is paid by those who call it; one at the head by everybody."""
    package = Path(__file__).parents[2] / "complaintctl"
    heavy = re.compile(rf"^(?:import|from) ({'|'.join(map(re.escape, NEVER))})\b", re.M)
    for name in {*ALWAYS, *(name for names in OURS.values() for name in names)}:
        path = (package / name.replace(".", "/")).with_suffix(".py")
        if path.is_file():
            assert not heavy.search(path.read_text("utf-8")), path
