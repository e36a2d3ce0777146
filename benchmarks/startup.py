"""How long a whole command takes, as a multiple of the bare interpreter of the same environment.

    python benchmarks/startup.py --program .venv/bin/complaintctl small.db large.db
    python benchmarks/startup.py --program .venv/bin/complaintctl --only overdue small.db

The yardstick is `python -I -c pass` of the environment in which the program is installed (a real installation
with compiled bytecode, not an editable one). Both are run in turn, twenty pairs; the figure is the median of the
ratios of wall time, and of three tries the best. Each command is tried on every ledger that is named; writing
commands work on a copy. Memory is the process's greatest, but never less than that of this script, which starts it.
The exit code is 1 if a limit is broken.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

PAIRS, TRIES = 20, 3
MEMORY_LIMIT = 30
"""MiB that a daily command may take at most."""
GROWTH_LIMIT = 1.15
"""How much longer a command may take on the last ledger than on the first."""


class Case(NamedTuple):
    """A command line with its limit; `{id}` is a fresh complaint's, ready for the step."""

    words: str
    limit: float
    daily: bool = True
    table: bool = False


CASES = (
    *(
        Case(f"{command} --format {form}", 9)
        for command in ("overdue", "today", "list", "show 1")
        for form in ("plain", "csv", "json")
        if (command.split()[0], form) not in (("show", "csv"), ("today", "csv"))
    ),
    Case("log --text 楼道灯不亮 --unit 3-1-502 --phone 15400000000", 10),
    Case("show {id} --similar --format plain", 9),
    Case("assign {id} 工程部", 10),
    Case("resolve {id} 已更换", 10),
    Case("monthly-report {month} --format csv", 12),
    Case("--help", 10, daily=False),
    Case("overdue --help", 10, daily=False),
    Case("list --format table", 16, daily=False, table=True),
)


class Measured(NamedTuple):
    """A process's wall time in seconds, its greatest memory in MiB, and its exit code."""

    seconds: float
    memory: float
    code: int


def run(command: list[str], env: dict[str, str]) -> Measured:
    """Run once, its output thrown away."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(seconds, usage.ru_maxrss / 1024, process.returncode)


def ratio(python: str, next_command: Callable[[], list[str]], env: dict[str, str]) -> tuple[float, float, set[int]]:
    """The best of three medians, the greatest memory, and the exit codes met."""
    bare = [python, "-I", "-c", "pass"]
    best, memory, codes = float("inf"), 0.0, set()
    run(bare, env)
    run(next_command(), env)
    for _ in range(TRIES):
        ratios = []
        for _ in range(PAIRS):
            yardstick, measured = run(bare, env), run(next_command(), env)
            ratios.append(measured.seconds / yardstick.seconds)
            memory = max(memory, measured.memory)
            codes.add(measured.code)
        best = min(best, statistics.median(ratios))
    return best, memory, codes


def commands(
    program: str, ledger: Path, case: Case, options: argparse.Namespace, env: dict[str, str]
) -> Iterator[list[str]]:
    """The command lines to run one after the other; each writing one gets a complaint that awaits its step."""
    start = [program, "--ledger", str(ledger)]
    if "{id}" not in case.words:
        words = [word.replace("{month}", options.month) for word in case.words.split()]
        while True:
            yield [*start, *words]
    for number in prepared(start, case, env):
        yield [*start, *(word.replace("{id}", number) for word in case.words.split())]


def prepared(start: list[str], case: Case, env: dict[str, str]) -> list[str]:
    """Short ids of fresh complaints, dispatched already where the command resolves."""
    ids = []
    for _ in range(1 + PAIRS * TRIES):
        told = _json([*start, "log", "--text", "楼道灯不亮", "--unit", "3-1-502", "--json"], env)
        ids.append(str(told["data"]["id"]))
    if case.words.startswith("resolve"):
        _json([*start, "assign", *ids, "工程部", "--json"], env)
    return ids


def _json(command: list[str], env: dict[str, str]) -> dict[str, dict[str, object]]:
    done = subprocess.run(command, env=env, capture_output=True, check=False)
    document: dict[str, dict[str, object]] = json.loads(done.stdout)
    if not document["ok"]:
        raise SystemExit(f"{' '.join(command)}: {document['error']}")
    return document


def measure(options: argparse.Namespace, folder: Path) -> bool:
    """Measure every case on every ledger, print a line each; whether all limits held."""
    python = str(Path(options.program).with_name("python"))
    env = {**os.environ, "LC_ALL": "C.UTF-8", "COMPLAINTCTL_LANG": options.lang}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    copies = []
    for number, ledger in enumerate(options.ledgers):
        copies.append(folder / f"{number}.db")
        shutil.copyfile(ledger, copies[-1])
    good = True
    print(f"{'command':<52} {'limit':>6} " + " ".join(f"{Path(name).stem[:14]:>22}" for name in options.ledgers))
    for case in CASES:
        if options.only and not case.words.startswith(tuple(options.only)):
            continue
        line, ratios = f"{case.words:<52} {case.limit:>6}", []
        for ledger in copies:
            source = commands(options.program, ledger, case, options, env)
            times, memory, codes = ratio(python, lambda source=source: next(source), env)  # type: ignore[misc]
            ratios.append(times)
            held = times <= case.limit and (memory < MEMORY_LIMIT or not case.daily) and codes == {0}
            good &= held
            line += f" {times:>7.2f} {memory:>6.1f} MiB {'ok' if held else '!!'}" + (
                "" if codes == {0} else f" {codes}"
            )
        if len(ratios) > 1:
            growth = ratios[-1] / ratios[0]
            good &= growth <= GROWTH_LIMIT
            line += f"  ×{growth:.2f}{'' if growth <= GROWTH_LIMIT else ' !!'}"
        print(line, flush=True)
    return good


def main() -> int:
    """Read the options, measure, and say whether the limits held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=shutil.which("complaintctl"), help="the installed console script")
    parser.add_argument("--only", action="append", default=[], help="only commands that begin so; may be repeated")
    parser.add_argument("--month", default="2026-10", help="the month of the report")
    parser.add_argument("--lang", default="zh", choices=("zh", "en"))
    parser.add_argument("ledgers", nargs="+", help="ledgers, the smallest first")
    options = parser.parse_args()
    if not options.program:
        parser.error("complaintctl is not on the path; name it with --program")
    with tempfile.TemporaryDirectory() as folder:
        return 0 if measure(options, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
