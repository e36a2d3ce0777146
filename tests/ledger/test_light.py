"""Opening the ledger and reading a row costs next to nothing: no heavy module, no work that grows."""

import subprocess
import sys
import time
from pathlib import Path

from complaintctl.ledger.store import Ledger

HEAVY = (
    *("sqlite_utils", "hashlib", "dataclasses", "inspect", "logging", "asyncio", "unicodedata", "zlib", "secrets"),
    *("tomllib", "importlib.metadata", "dateutil", "rich", "typer", "email", "http", "ssl", "tempfile", "shutil"),
    *("complaintctl.ledger.schema", "complaintctl.ledger.chain", "complaintctl.ledger.words"),
    *("complaintctl.ledger.check", "complaintctl.ledger.backup", "complaintctl.ledger.create"),
)


def test_reading_loads_no_heavy_module(filled: Path) -> None:
    code = f"""
import sys
from complaintctl.ledger.store import Ledger
with Ledger.open(sys.argv[1]) as ledger:
    assert ledger.query.complaint(1)["number"] == "TS202611-0001"
    assert ledger.entries("complaint/1")
    ledger.head()
print([name for name in {HEAVY!r} if name in sys.modules])
"""
    # Without the user's site: a tool that hooks every start of Python would be counted as ours.
    run = subprocess.run(
        [sys.executable, "-s", "-c", code, str(filled)], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.strip() == "[]"


def test_opening_and_reading_a_row_takes_less_than_two_milliseconds(filled: Path) -> None:
    best = 1.0
    for _ in range(30):
        start = time.perf_counter()
        with Ledger.open(filled) as ledger:
            ledger.query.complaint(1)
        best = min(best, time.perf_counter() - start)
    assert best < 0.002
