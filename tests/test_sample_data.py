"""The sample data: played through the desk's own verbs, wide enough to try everything on, and the month it must give.

The script is played once for all tests (`conftest.py`). A week before its end the ledger is copied, so that what
`--as-of` says can be held against a ledger that really knew no more.
"""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

import complaintctl
from complaintctl.desk import packs
from complaintctl.desk.office import Office
from complaintctl.ledger.store import Ledger
from complaintctl.rules import facts
from complaintctl.rules.example import moment
from complaintctl.rules.life import Life

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data"
SCRIPT = [json.loads(line) for line in (SAMPLE / "desk.jsonl").read_text("utf-8").splitlines()]
SETTINGS = json.loads((SAMPLE / "site.json").read_text("utf-8"))
END, WEEK_BEFORE = "2026-10-31 18:00", "2026-10-24 18:00"
REFRESH = f"""The month has changed. If that is right, take it down anew (sample_data/README.md):
complaintctl demo --folder FOLDER
complaintctl --lang en --ledger FOLDER/complaintctl-demo.db monthly-report 2026-10 --as-of "{END}" \\
  --format csv > sample_data/2026-10.csv"""


class Sample:
    """The sample's ledger at the end of its script, and a copy of it as it lay there a week before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ledger, self.week_before = folder / "sample.db", folder / "week-before.db"
        self.known: dict[str, int] = json.loads((folder / "known.json").read_text("utf-8"))

    def run(self, *words: str, ledger: Path | None = None, now: str = END) -> bytes:
        """What the program prints, on a fixed clock, in English."""
        env = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.folder),
            "PYTHONPATH": str(Path(complaintctl.__file__).parents[1]),
            "COMPLAINTCTL_NOW": f"{now.replace(' ', 'T')}+08:00",
        }
        command = [sys.executable, "-m", "complaintctl", "--lang", "en", "--ledger", str(ledger or self.ledger), *words]
        done = subprocess.run(command, env=env, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def month(self, *words: str, ledger: Path | None = None, now: str = END) -> bytes:
        return self.run("monthly-report", "2026-10", "--format", "csv", *words, ledger=ledger, now=now)

    @cached_property
    def lives(self) -> list[Life]:
        """Every complaint, folded."""
        with Ledger.open(self.ledger) as ledger:
            office = Office(ledger, moment(END, packs.shipped_calendar().zone), "样例")
            return [office.life(number) for number in self.known.values()]


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> Sample:
    return Sample(sample_folder)


def figures(report: bytes) -> dict[str, int]:
    """The counts of a month's CSV."""
    rows = csv.DictReader(io.StringIO(report.decode("utf-8-sig"), newline=""))
    return {row["key"]: int(row["value"]) for row in rows if row["section"] == "figure" and row["unit"] == "count"}


# ---- what it is


def test_it_is_what_the_script_of_the_benchmarks_writes() -> None:
    written = subprocess.run([sys.executable, ROOT / "benchmarks" / "desk_script.py"], capture_output=True, check=True)
    assert written.stdout.decode("utf-8").splitlines() == [json.dumps(step, ensure_ascii=False) for step in SCRIPT], (
        "python benchmarks/desk_script.py > sample_data/desk.jsonl"
    )


def test_it_is_visibly_invented() -> None:
    told = [step for step in SCRIPT if step["do"] == "log"]
    assert all(re.fullmatch(r"1540000\d{4}", step["phone"]) for step in told if "phone" in step)
    people = [step[key] for step in SCRIPT for key in ("name", "person", "by") if key in step]
    people += [one["name"] for one in SETTINGS["staff"]]
    assert all("样例" in person for person in people)
    assert all("样例" in name for name in SETTINGS["departments"])
    assert "样例" in SETTINGS["name"] and "invented" in SETTINGS["name"]


def test_everybody_in_it_belongs_to_the_site() -> None:
    staff = {one["name"] for one in SETTINGS["staff"]}
    assert {step["by"] for step in SCRIPT} | {step["person"] for step in SCRIPT if "person" in step} <= staff
    assert {step["department"] for step in SCRIPT if "department" in step} == set(SETTINGS["departments"])


# ---- how wide it is


def test_three_months_of_at_least_three_hundred(sample: Sample) -> None:
    months = Counter(step["at"][:7] for step in SCRIPT if step["do"] == "log")
    assert len(sample.known) >= 300 and sorted(months) == ["2026-08", "2026-09", "2026-10"]
    assert min(months.values()) > 80


@pytest.mark.parametrize(
    ("facet", "values"),
    [
        ("channel", facts.CHANNELS),
        ("kind", facts.KINDS),
        ("category", facts.CATEGORIES),
        ("responsibility", facts.RESPONSIBILITIES),
        ("severity", facts.SEVERITIES),
        ("class", facts.CLASSES),
        ("validity", facts.VALIDITIES),
        ("urgency", facts.URGENCIES),
        ("collective", ["yes"]),
        ("repeat", ["yes"]),
    ],
)
def test_every_value_occurs(sample: Sample, facet: str, values: Iterable[str]) -> None:
    seen = Counter(version.known.get(facet) for life in sample.lives for version in life.course.versions)
    assert not [value for value in values if not seen[value]]


def test_every_turn_occurs(sample: Sample) -> None:
    """Late, extended, agreed, reopened, collective, month gone by, up the whole ladder, closed without agreement."""
    steps = {one.step for life in sample.lives for one in life.course.milestones}
    assert {"extended", "agreed", "reopened", "became-major", "wrong-from-the-start", "raised", "closed"} <= steps
    states = Counter(state for life in sample.lives for state in life.seen_at(2**40).states)
    assert {"met", "late", "missed", "replaced", "lifted", "overdue", "done", "untimed"} <= set(states)
    assert any(life.course.closed_by_hand and life.course.round == 2 for life in sample.lives)
    assert any(life.course.nameless for life in sample.lives)
    outcomes = {life.course.outcome for life in sample.lives}
    assert {"solved", "partly", "passed-on", "explained", "withdrawn"} <= outcomes
    ladders = [{one.rung for one in life.course.milestones if one.step == "referred"} for life in sample.lives]
    assert any({2, 3, 4} <= rungs for rungs in ladders) and any(1 in rungs for rungs in ladders)


def test_a_collective_event_is_answered_house_by_house(sample: Sample) -> None:
    for step in SCRIPT:
        if step["do"] == "link":
            lives = [life for life in sample.lives if life.id in {sample.known[key] for key in step["keys"]}]
            fifth = sorted(life.course.received_at for life in lives)[4]
            assert len(lives) >= 5
            assert {life.version_at(fifth).known["collective"] for life in lives} == {"yes"}
            notices = [one for life in lives for one in life.course.milestones if one.step == "notified"]
            assert len(notices) == len(lives) and all(one.detail == "visit" for one in notices)


# ---- what it must give


def test_the_month_is_the_one_that_is_kept_beside_it(sample: Sample) -> None:
    """All but the head's hash, which no two ledgers share: private values are sealed with fresh random bits."""
    kept = (SAMPLE / "2026-10.csv").read_bytes().splitlines(keepends=True)
    given = sample.month().splitlines(keepends=True)
    assert given[:-1] == kept[:-1], REFRESH
    head = re.compile(rb'"2026-10","anchor","hash","","its hash","[0-9a-f]{64}",.*\r\n')
    assert head.fullmatch(given[-1]) and head.fullmatch(kept[-1])


def test_the_ledger_is_whole_and_folds_to_the_same_month(sample: Sample) -> None:
    assert b"Whole." in sample.run("verify")
    copy = sample.folder / "rebuilt.db"
    shutil.copyfile(sample.ledger, copy)
    sample.run("rebuild", ledger=copy)
    assert sample.month(ledger=copy) == sample.month()


def test_what_is_exported_makes_the_same_ledger_again(sample: Sample) -> None:
    copy, again = sample.folder / "exported.db", sample.folder / "again.db"
    shutil.copyfile(sample.ledger, copy)
    lines = sample.folder / "all.jsonl"
    sample.run("export", "--format", "jsonl", "--output", str(lines), "--reveal", "test", ledger=copy)
    sample.run("init", "--from", str(lines), ledger=again)
    assert sample.run("verify", ledger=again) == sample.run("verify", ledger=copy)
    assert sample.month(ledger=again) == sample.month(ledger=copy)
    for words in (("overdue", "--all"), ("today",), ("list", "--all", "--format", "csv"), ("show", "105")):
        assert sample.run(*words, ledger=again) == sample.run(*words)


def test_a_week_ago_the_ledger_would_have_said_what_it_said(sample: Sample) -> None:
    """As of a week earlier: to the byte what the ledger of then gives, its head's hash included."""
    then = sample.month("--as-of", WEEK_BEFORE)
    assert then == sample.month(ledger=sample.week_before, now=WEEK_BEFORE)
    assert then != sample.month()


def test_the_month_grew_by_what_the_script_says_happened_since(sample: Sample) -> None:
    then, now = figures(sample.month("--as-of", WEEK_BEFORE)), figures(sample.month())
    since = [step for step in SCRIPT if WEEK_BEFORE < step["at"] <= END]
    did = Counter(step["do"] for step in since)
    refused = [step for step in since if step.get("accepted") is False or step.get("answer") == "dissatisfied"]
    rungs = Counter(step["level"] for step in since if step["do"] == "escalate")
    grew = {key: now[key] - then[key] for key in now}
    expected = {
        "received": did["log"],
        "reopened": len(refused),
        "escalations": did["escalate"],
        "escalations-1": rungs["department-head"],
        "escalations-2": rungs["supervisor"],
        "escalations-3": rungs["manager"],
        "escalations-4": rungs["company"],
        "extensions": did["extend"],
        "wrong-from-the-start": sum(bool(step.get("from_the_start")) for step in since),
        # What was open when the month began is the same, whenever it is asked.
        "open-start": 0,
        # A notice resolves what is only explained.
        "resolved": did["resolve"] + _explained_by_notice(since),
    }
    assert {key: grew[key] for key in expected} == expected and did["log"] > 5
    assert grew["open-end"] == grew["received"] - grew["closed"] + grew["reopened-after-closing"]


def _explained_by_notice(steps: Iterable[dict[str, Any]]) -> int:
    told = {step["key"]: step for step in SCRIPT if step["do"] == "log"}
    solved = {step["key"] for step in SCRIPT if step["do"] == "resolve"}
    asked = [told[step["key"]] for step in steps if step["do"] == "notify" and step["key"] not in solved]
    return sum(one["responsibility"] in ("self", "none") and one.get("kind") == "complaint" for one in asked)


# ---- what sample_data/README.md promises


def test_the_moments_that_the_page_names_show_what_it_says(sample: Sample) -> None:
    """Each line of its table: a moment, a command, and words that must stand in what the command prints."""
    page = (SAMPLE / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\d :-]{16})` \| `complaintctl ([^`]+)` \| .*?“([^”]+)”", page, re.M)
    assert len(rows) >= 6
    for at, words, seen in rows:
        assert seen in sample.run(*words.split(), "--as-of", at).decode(), (at, words)
