"""An office on a real ledger, whose clock the tests set."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaintctl.desk import packs, site
from complaintctl.desk.office import Office
from complaintctl.ledger.store import Ledger
from complaintctl.rules.example import moment

ZONE = ZoneInfo("Asia/Shanghai")


def at(text: str) -> int:
    """Return a local moment written like `2026-11-20 14:00`."""
    return moment(text, ZONE)


OfficeAt = Callable[..., Office]


@pytest.fixture
def ledger_file(tmp_path: Path) -> Path:
    """A new ledger under site-standard, begun on 2026-01-01."""
    path = tmp_path / "site.db"
    start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load("site-standard"), packs.shipped_calendar())
    site.begin(str(path), at("2026-01-01 08:00"), "manager", start)
    return path


@pytest.fixture
def office_at(ledger_file: Path) -> Iterator[OfficeAt]:
    """Open the ledger at a moment, as whoever acts."""
    opened: list[Ledger] = []

    def open_at(text: str, actor: str = "clerk") -> Office:
        ledger = Ledger.open(ledger_file, write=True)
        opened.append(ledger)
        return Office(ledger, at(text), actor)

    yield open_at
    for ledger in opened:
        ledger.close()
