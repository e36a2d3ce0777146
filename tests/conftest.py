"""What every test needs: Ctrl-C that arrives, the sample played once for all, and the longest files first.

A shell starts a background job with the interrupt signal ignored, and whoever it starts inherits that. A clerk's
program is never started so; the tests that interrupt it must not be either.
"""

import contextlib
import fcntl
import json
import os
import shutil
import signal
from pathlib import Path

import pytest

from complaintctl.desk import packs, play, site
from complaintctl.desk.office import Office
from complaintctl.ledger.store import Ledger
from complaintctl.rules.example import moment

with contextlib.suppress(ValueError):  # not the main thread: nothing to put right there
    signal.signal(signal.SIGINT, signal.default_int_handler)

#: Few tests that take long: whoever is left with one of these at the end keeps everybody waiting.
FIRST = (
    *("test_sample_data.py", "test_wheel.py", "test_safety_ledger.py", "test_period_oracle.py", "test_random_desk.py"),
    *("test_random_registers.py", "test_life_tmux.py", "test_form_tmux.py", "test_sample_simulate.py"),
)
#: Moments at which the sample's ledger is set aside, as it lay there then.
SET_ASIDE = {
    "two-months": "2026-09-30 18:00",
    "week-before": "2026-10-24 18:00",
    "sample": "2026-10-31 18:00",
}
SAMPLE = Path(__file__).parents[1] / "sample_data"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledgers of `SET_ASIDE`, and `known.json` with the id behind each key; not to be written to.

    Whichever worker asks first plays the script; the others wait for it.
    """
    root = tmp_path_factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "sample"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "known.json").exists():
            play_sample(folder)
    return folder


def play_sample(folder: Path) -> None:
    """Play the sample's script through the desk's own verbs."""
    settings = json.loads((SAMPLE / "site.json").read_text("utf-8"))
    steps = [json.loads(line) for line in (SAMPLE / "desk.jsonl").read_text("utf-8").splitlines()]
    calendar = packs.shipped_calendar(settings["zone"])
    path, known = folder / "played.db", dict[str, int]()
    with Ledger.create(path) as ledger:
        office = Office(ledger, moment(f"{steps[0]['at'][:10]} 00:00", calendar.zone), "样例", pinned=True)
        site.adopt_first(office, site.Beginning(settings, packs.load("site-standard"), calendar))
    for name, until in SET_ASIDE.items():
        with Ledger.open(path, write=True) as ledger:
            # Nobody's work is at stake here, and each durable commit would take its time.
            ledger.connection.set_authorizer(None)
            ledger.connection.execute("PRAGMA synchronous = OFF")
            due = [step for step in steps if step["at"] <= until]
            for _ in play.play(Office(ledger, office.now, "样例", pinned=True), due, known):
                pass
            steps = steps[len(due) :]
        shutil.copyfile(path, folder / f"{name}.db")
    assert not steps
    (folder / "known.json").write_text(json.dumps(known), "utf-8")
