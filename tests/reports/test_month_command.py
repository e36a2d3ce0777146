"""`monthly-report` as a command: formats, files, the complaints behind, moments gone by, what is refused."""

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import complaintctl

PACKAGE_FOLDER = str(Path(complaintctl.__file__).parent.parent)


class Ran:
    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code, self.raw, self.err = done.returncode, done.stdout, done.stderr.decode()

    @property
    def out(self) -> str:
        return self.raw.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.raw)


@pytest.fixture(scope="module")
def ledger(new_site: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = new_site(households=300, name="样板小区")
    site.path = tmp_path_factory.mktemp("month") / "desk.db"
    for day, solved in (("11-03", "10:00"), ("11-04", "20:00")):
        one = site.told(f"{day} 09:00", channel="phone", responsibility="own", building="3号楼", unit="3-1-101")
        site.do(one, "dispatched", f"{day} 09:05")
        site.do(one, "resolved", f"{day} {solved}")
    path: Path = site.ledger()
    return path


@pytest.fixture
def run(ledger: Path, tmp_path: Path) -> Callable[..., Ran]:
    def run(*words: str, lang: str = "en", now: str = "2026-11-20T09:00:00+08:00", file: Path = ledger) -> Ran:
        env = {
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": PACKAGE_FOLDER,
            "COMPLAINTCTL_NOW": now,
        }
        command = [
            sys.executable,
            "-m",
            "complaintctl",
            "--ledger",
            str(file),
            "--lang",
            lang,
            "monthly-report",
            *words,
        ]
        return Ran(subprocess.run(command, capture_output=True, env=env, cwd=tmp_path, timeout=60, check=False))

    return run


def test_json_is_the_document_that_was_promised(run: Callable[..., Ran]) -> None:
    ran = run("--json")
    assert (ran.code, ran.err) == (0, "")
    document = ran.json
    assert (document["version"], document["ok"], document["command"]) == (1, True, "monthly-report")
    data = document["data"]
    assert (data["month"], data["preliminary"], data["restated"]) == ("2026-11", True, False)
    timely = next(one for one in data["figures"] if one["key"] == "timely-rate")
    assert (timely["numerator"], timely["denominator"], timely["met"]) == (1, 2, False)
    # One entry for each of site, procedure and calendar, and three for each of two complaints.
    assert data["anchor"]["seq"] == 9
    assert len(data["anchor"]["hash"]) == 64


def test_csv_goes_to_a_file_that_only_its_owner_reads_and_replaces_what_lay_there(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    target = tmp_path / "november.csv"
    target.write_text("old")
    ran = run("2026-11", "--format", "csv", "--output", str(target))
    assert (ran.code, ran.raw, ran.err) == (0, b"", f"Written: {target}\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert target.read_bytes() == run("2026-11", "--format", "csv").raw
    rows = list(csv.DictReader(io.StringIO(target.read_bytes().decode("utf-8-sig"))))
    assert next(row["value"] for row in rows if row["key"] == "received") == "2"
    assert [path.name for path in tmp_path.iterdir()] == ["november.csv"]


def test_a_file_that_cannot_be_written_is_said_and_nothing_is_left(run: Callable[..., Ran], tmp_path: Path) -> None:
    for target in (tmp_path / "none" / "x.csv", tmp_path):
        ran = run("--format", "csv", "--output", str(target))
        assert (ran.code, ran.raw) == (2, b"")
        assert str(target) in ran.err
    assert list(tmp_path.iterdir()) == []


def test_plain_lines_in_both_languages(run: Callable[..., Ran]) -> None:
    assert run().out.splitlines()[0] == "样板小区: report of 2026-11"
    assert run(lang="zh").out.splitlines()[0] == "样板小区：2026-11 月报"


def test_the_complaints_behind_a_figure(run: Callable[..., Ran]) -> None:
    data = run("--complaints", "timely-rate", "--json").json["data"]
    assert (data["figure"], data["month"]) == ("timely-rate", "2026-11")
    assert [(one["id"], one["part"]) for one in data["items"]] == [(2, "denominator"), (1, "numerator")]
    lines = run("--complaints", "timely-rate").out.splitlines()
    assert lines[0].split()[:2] == ["Number", "In"]
    assert "counts against it" in lines[1]
    assert "3-1-101" not in run("--complaints", "received", "--format", "csv").out
    # Figures that nothing stands behind give an empty listing.
    assert run("--complaints", "chased").out == ""


def test_what_is_not_there_or_not_yet_is_refused(run: Callable[..., Ran], tmp_path: Path) -> None:
    unknown = run("--complaints", "happiness", "--json")
    assert (unknown.code, unknown.json["error"]["code"]) == (3, "not-found")
    assert "timely-rate" in unknown.json["error"]["hint"]
    ahead = run("2026-12", "--json")
    assert (ahead.code, ahead.json["error"]["code"]) == (2, "future-moment")
    for month in ("2026-13", "2026", "11-2026", "２０２６-11"):
        assert run(month, "--json").json["error"]["code"] == "bad-moment"
    missing = run("--json", file=tmp_path / "none.db")
    assert (missing.code, missing.json["error"]["code"]) == (5, "ledger-missing")


def test_as_of_a_moment_gone_by_gives_that_moments_figures_and_anchor(ledger: Path, run: Callable[..., Ran]) -> None:
    # Both complaints were written down in one go on the evening of 4 November.
    then = run("--json", "--as-of", "2026-11-04 19:00").json["data"]
    assert then["as_of"] == "2026-11-04T19:00:00+08:00"
    assert then["anchor"]["seq"] == 3
    assert next(one["value"] for one in then["figures"] if one["key"] == "received") == 0
    now = run("--json", "--as-of", "2026-11-20 09:00").raw
    assert now == run("--json").raw
