"""The script that scores the reading of texts, on a few invented ones: what it counts, and what it leaves unread."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "reading.py"
LABELS: dict[str, Any] = {
    "category": "facility",
    "responsibility": "own",
    "fault": False,
    "class": 1,
    "validity": "valid",
    "urgent": False,
    "severity": "minor",
    "collective": False,
    "kind": "repair",
    "hard": None,
    "over_one_month": False,
    "households": None,
}
FACTS = dict.fromkeys(("injury", "major_loss", "promise_broken", "repeated", "danger", "damage", "outage"), False)


def record(number: int, text: str, **labels: Any) -> str:
    facts = {name: labels.pop(name, value) for name, value in FACTS.items()}
    return json.dumps({"id": f"DEV-{number:03d}", "text": text, **LABELS, "facts": facts, **labels}, ensure_ascii=False)


def run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, SCRIPT, "--no-baselines", "--seconds", "0.01", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def cells(out: str, head: str) -> list[str]:
    line = next(line for line in out.splitlines() if line.startswith(f"| {head} "))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    file = tmp_path / "texts.jsonl"
    lines = [
        record(1, "5栋楼道灯不亮，麻烦换一下"),
        # The program says repair: acceptable, not preferred.
        record(2, "3栋大堂灯不亮，麻烦来换", kind=["complaint", "repair"]),
        "{this line is held out; whoever parses it fails}".replace("{", '{"id": "DEV-003" '),
        # Labelled wrongly on purpose: nothing there is dangerous.
        record(4, "6栋车库灯不亮", urgent=True, danger=True, hard="样例"),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_strict_and_lenient_are_counted_on_all_and_on_the_hard_ones(labelled: Path) -> None:
    ran = run("--data", labelled)
    assert ran.returncode == 0, ran.stderr
    assert "dev: 3 texts" in ran.stdout
    assert cells(ran.stdout, "category")[:4] == ["1.000", "1.000", "1.000", "1.000"]
    assert cells(ran.stdout, "kind")[:2] == ["0.667", "1.000"]
    assert cells(ran.stdout, "urgent")[:4] == ["0.667", "0.667", "0.000", "0.000"]
    assert cells(ran.stdout, "urgent: recall")[:2] == ["0.000", "0.000"]
    assert "MISSED   urgent, recall" in ran.stdout


def test_the_misses_are_named_without_their_texts(labelled: Path) -> None:
    ran = run("--data", labelled, "--misses", "danger")
    assert ran.stdout == "DEV-004  False, right: [True]\n"


def test_held_out_texts_are_parsed_only_when_asked_for(labelled: Path) -> None:
    assert "Expecting" in run("--data", labelled, "--part", "held-out").stderr
    assert "Expecting" in run("--data", labelled, "--part", "all").stderr


def test_a_table_goes_into_its_place_in_a_page(labelled: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Before.\n<!-- dev -->\nthe table before\n<!-- dev -->\nAfter.\n", encoding="utf-8")
    assert run("--data", labelled, "--into", page).returncode == 0
    text = page.read_text("utf-8")
    assert text.startswith("Before.\n<!-- dev -->\n\n| facet") and text.endswith("|\n\n<!-- dev -->\nAfter.\n")
    assert "the table before" not in text


def test_absent_texts_are_skipped_visibly(tmp_path: Path) -> None:
    ran = run("--data", tmp_path / "none.jsonl")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.startswith("SKIPPED: the labelled texts are not there")
