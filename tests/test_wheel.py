"""The built wheel: all its data is inside, and the demo runs from it in an empty folder, without a home.

Dependencies are taken from the environment that runs the tests, so that nothing is downloaded for them. Building needs
hatchling: the environment's own, or one that pip can fetch; where neither is to be had the tests are skipped.
"""

import json
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "complaintctl"
UNREACHABLE = ("No matching distribution found for hatchling", "Could not find a version that satisfies")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as `pip wheel .` builds it."""
    folder = tmp_path_factory.mktemp("wheel")
    isolation = ["--no-build-isolation"] if find_spec("hatchling") else []
    options = ["--no-deps", "--quiet", "--disable-pip-version-check", *isolation, "--wheel-dir", str(folder)]
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(ROOT)], capture_output=True, text=True, check=False
    )
    if built.returncode and any(words in built.stderr for words in UNREACHABLE):
        pytest.skip("hatchling is not installed and cannot be fetched")
    assert built.returncode == 0, built.stderr
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; the folder of its programs."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=True)
    pip = [sys.executable, "-m", "pip", "--python", str(home), "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    # At the end of the path, so that the wheel's own package is found first; an editable one is not followed.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def run(installed: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed program with nothing set in its environment: no home, no path, no locale."""
    done = subprocess.run(
        [installed / "complaintctl", *words], cwd=folder, env={}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done


def test_the_wheel_holds_all_that_the_program_reads(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    source = {
        path.relative_to(ROOT).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix != ".pyc" and "sample_data" not in path.parts
    }
    sample = {f"complaintctl/sample_data/{path.name}" for path in (ROOT / "sample_data").iterdir()}
    assert source | sample <= names
    for name in ("procedures/site-standard.toml", "procedures/lexicon.json", "procedures/holidays.json"):
        assert f"complaintctl/{name}" in names
    assert "complaintctl/locale/zh/LC_MESSAGES/complaintctl.mo" in names
    assert {"complaintctl/sample_data/desk.jsonl", "complaintctl/sample_data/site.json"} <= names


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"complaintctl"}


def test_the_demo_runs_from_the_wheel_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "demo", folder=tmp_path)
    overdue = done.stdout.index("$ complaintctl overdue")
    explained = done.stdout.index("$ complaintctl why", overdue)
    month = done.stdout.index("$ complaintctl monthly-report 2026-10", explained)
    assert "TS202608-0043" in done.stdout[overdue:explained]
    assert "Governs" in done.stdout[explained:month]
    assert "resolved in time" in done.stdout[month:] and "timely-rate" in done.stdout[month:]
    assert str(tmp_path / "complaintctl-demo.db") in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["complaintctl-demo.db"]
    assert not done.stderr
    # What the demo says to try can be tried.
    tries = [line.split(maxsplit=3) for line in done.stdout.splitlines() if line.startswith("  complaintctl --ledger")]
    assert len(tries) >= 5
    run(installed, "--ledger", "complaintctl-demo.db", "verify", folder=tmp_path)


def test_the_wheel_speaks_both_languages_and_knows_its_rules(installed: Path, tmp_path: Path) -> None:
    assert "投诉" in run(installed, "--lang", "zh", "--help", folder=tmp_path).stdout
    judged = run(installed, "classify", "电梯停运,老人下不了楼", "--json", folder=tmp_path).stdout
    assert json.loads(judged)["data"]["urgency"] == "urgent"
    due = run(installed, "due", "3 workdays", "--from", "2026-09-30 16:00", folder=tmp_path).stdout
    assert "2026-10-10 24:00" in due
    run(installed, "procedure", "check", "service-code", folder=tmp_path)
    home = run(installed, "--version", folder=tmp_path).stdout
    assert "0.1.0" in home and not list(tmp_path.iterdir())


def test_the_installed_program_is_the_wheel_s(installed: Path, tmp_path: Path) -> None:
    where = "import complaintctl; print(complaintctl.__file__)"
    found = subprocess.run(
        [installed / "python", "-c", where], cwd=tmp_path, env={}, capture_output=True, text=True, check=True
    ).stdout
    assert Path(found.strip()).is_relative_to(installed.parent)
