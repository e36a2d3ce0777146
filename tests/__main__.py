"""Make a virtual environment, install the project with what its tests need, and run every check.

    python3 -m tests              all checks
    python3 -m tests -k ledger    only the tests, with arguments for pytest

Needs nothing but Python 3.11 or later. The environment is kept in `.venv`, so a second run starts at once.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
PYTHON = HOME / ("Scripts" if sys.platform == "win32" else "bin") / "python"
CHECKS = (
    ("lint", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "."]),
    ("types", ["-m", "mypy"]),
    ("import arrows", ["-c", "from importlinter.cli import lint_imports_command as run; run()"]),
)


def run(arguments: list[str]) -> int:
    """Run the environment's Python in the project's folder; return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


def prepare() -> None:
    """Create the environment and install the project, unless that was done for this very pyproject.toml."""
    mark = HOME / "installed-for"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    if not PYTHON.exists():
        venv.create(HOME, with_pip=True)
    if run(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", ".[dev]"]):
        raise SystemExit("Installing the project failed; see above.")
    mark.write_text(wanted)


def main(arguments: list[str]) -> int:
    """Run the checks, or only pytest when arguments are given; return the exit code."""
    prepare()
    if arguments:
        return run(["-m", "pytest", *arguments])
    failed = [name for name, command in CHECKS if run(command)]
    # The tests come last, so that their closing line is the run's closing line.
    if run(["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]):
        failed.append("tests")
    if failed:
        print("failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
