"""`cron`: each printed line is run as cron would run it: a bare environment, no home, another folder, plain sh."""

import csv
import io
import subprocess
from pathlib import Path
from typing import Any

import pytest

BARE = ("env", "-i", "PATH=/usr/bin:/bin", "SHELL=/bin/sh", "LOGNAME=nobody")


def jobs(clerk: Any, *words: str, **settings: str) -> dict[str, Any]:
    items = clerk("09:00", "cron", *words, "--json", **settings).data["items"]
    return {one["key"]: one for one in items}


def lines(clerk: Any, *words: str, **settings: str) -> list[str]:
    """Return the lines of the crontab that are no remarks."""
    return [line for line in clerk("09:00", "cron", *words, **settings).out.splitlines() if not line.startswith("#")]


def by_cron(line: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a crontab's line as cron does: five fields of time, then a command that a bare % would end."""
    command = line.split(None, 5)[5]
    assert "%" not in command.replace("\\%", "")
    return subprocess.run(
        [*BARE, "sh", "-c", command.replace("\\%", "%")], cwd="/", capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_line_does_its_work_in_a_bare_environment(clerk: Any, language: str) -> None:
    place = clerk.shell.home / "a place 处"
    place.mkdir()
    ledger = place / "100%'quoted' site.db"
    clerk.ledger.rename(ledger)
    clerk.use(ledger)
    clerk.take("2026-11-16 09:00")
    overdue, backup, report = lines(clerk, lang=language)

    ran = by_cron(overdue)
    assert ran.returncode == 0 and ran.stderr == b"", ran.stderr
    assert "TS202611-0001" in ran.stdout.decode()
    assert ("派单" if language == "zh" else "dispatched") in ran.stdout.decode()

    ran = by_cron(backup)
    assert ran.returncode == 0 and ran.stderr == b"", ran.stderr
    copies = list((place / "backups").iterdir())
    assert len(copies) == 1 and copies[0].name.startswith("100%'quoted' site-20") and copies[0].suffix == ".db"

    ran = by_cron(report)
    assert ran.returncode == 0 and ran.stdout == b"", ran.stderr
    assert f"{place}/reports/report-" in ran.stderr.decode()
    (file,) = (place / "reports").iterdir()
    month = file.stem.removeprefix("report-")
    assert len(month) == 7
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    assert any(month in cell for row in rows for cell in row) and len(rows) > 30
    # On the next evening the same file is written anew; nothing piles up.
    by_cron(report)
    assert len(list((place / "reports").iterdir())) == 1


def test_nothing_late_nothing_printed_so_that_cron_sends_no_mail(clerk_under: Any) -> None:
    ran = by_cron(lines(clerk_under("service-code"))[0])
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"")


def test_a_job_that_cannot_do_its_work_says_so(clerk: Any) -> None:
    overdue, backup, report = lines(clerk)
    clerk.ledger.unlink()
    for line in (overdue, backup, report):
        ran = by_cron(line)
        assert ran.returncode == 5 and b"There is no ledger" in ran.stderr and b"Traceback" not in ran.stderr


def test_the_lines_name_everything_they_need(clerk: Any) -> None:
    found = jobs(clerk)
    assert list(found) == ["overdue", "backup", "monthly-report"]
    assert [one["when"] for one in found.values()] == ["0 8 * * *", "30 1 * * *", "0 18 28-31 * *"]
    for one in found.values():
        assert f"--ledger {clerk.ledger}" in one["command"] and "--lang en" in one["command"]
        assert (
            "PYTHONUTF8=1" in one["command"] and "--actor cron" in one["command"] and "complaintctl" in one["command"]
        )
    assert "--lang zh" in jobs(clerk, lang="zh")["overdue"]["command"]
    assert "--keep 30" in found["backup"]["command"]
    text = clerk("09:00", "cron").out
    assert text.count("\n") == 6 and text.count("\n# ") + text.startswith("# ") == 3
    assert "每天" in clerk("09:00", "cron", lang="zh").out


def test_copies_and_reports_can_go_elsewhere(clerk: Any) -> None:
    folder: Path = clerk.shell.home / "else where"
    clerk.take("2026-11-16 09:00")
    for line in lines(clerk, "--folder", str(folder))[1:]:
        assert by_cron(line).returncode == 0
    assert sorted(one.name for one in folder.iterdir()) == ["backups", "reports"]


def test_the_ledger_of_the_settings_is_named_in_full(clerk: Any) -> None:
    """Cron starts somewhere else, so that a name given from here would point nowhere."""
    ran = clerk.shell("--ledger", "site.db", "cron", "--json", env=clerk.env("09:00"))
    assert all(f"--ledger {clerk.ledger} " in one["command"] for one in ran.data["items"])
