"""What the tests of the ledger share: rows as the rules would fold them, a small ledger, another process."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from complaintctl.ledger.derived import CLOCK, COMPLAINT, MILESTONE, Told
from complaintctl.ledger.store import Ledger

PHONE = "15400005678"


class Rows(NamedTuple):
    complaint: dict[str, Any]
    clocks: list[dict[str, Any]]
    milestones: list[dict[str, Any]]


def fold(
    id_: int,
    received_at: int,
    clocks: list[dict[str, Any]] | None = None,
    milestones: list[tuple[str, int]] | None = None,
    **facts: Any,
) -> Rows:
    """Rows of a complaint; what is not said is empty. Milestones are (step, at) in the order of time."""
    complaint = {
        **dict.fromkeys(COMPLAINT),
        **dict.fromkeys(("repeat", "reopened", "chased", "nameless", "imported"), 0),
        **{"id": id_, "number": f"TS202611-{id_:04d}", "kind": "complaint", "received_at": received_at},
        **{"round": 1, "households": 1, "last_seq": 1},
        **facts,
    }
    empty_clock = {**dict.fromkeys(CLOCK), "round": 1, "parameter": 0, "over": 0, "provisional": 0}
    empty_milestone = {**dict.fromkeys(MILESTONE), "round": 1}
    return Rows(
        complaint,
        [{**empty_clock, "complaint": id_, "n": n, "clock": f"T-{n}", **one} for n, one in enumerate(clocks or [], 1)],
        [
            {**empty_milestone, "complaint": id_, "n": n, "step": step, "at": at}
            for n, (step, at) in enumerate(milestones or [], 1)
        ],
    )


@pytest.fixture(scope="session")
def folded() -> Callable[..., Rows]:
    return fold


def fill(path: Path) -> None:
    """Six entries about a site and two complaints, one with a phone number and a photograph."""
    with Ledger.create(path) as ledger:
        with ledger.write("desk", 1_000) as batch:
            snapshot = {"households": 300, "name": "样板小区"}
            body = {"what": "site", "name": "样板小区", "effective_from": None, "snapshot": snapshot}
            batch.adopt(batch.append("site", "adopted", 1_000, body))
        for number in (1, 2):
            with ledger.write("desk", 2_000 + number) as batch:
                text = {"text": f"{number}号楼电梯困人", "phone": PHONE, "name": "张三"}
                batch.append(f"complaint/{number}", "logged", 1_900, {"channel": "phone"}, text)
                batch.put(
                    fold(number, 1_900, milestones=[("received", 1_900)]), Told(text["text"] + " " + PHONE, "3-1201")
                )
        with ledger.write("guard", 3_000) as batch:
            batch.attach("complaint/1", 2_950, "照片 15400005678.jpg", b"\xff\xd8picture" * 50)
            batch.append("complaint/1", "recorded", 2_960, {"steps": ["contacted"], "pinned": True})
            batch.append("complaint/2", "recorded", 2_960, {"steps": ["verified"]}, {"note": "已核实"})


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("filled") / "desk.db"
    fill(path)
    return path.read_bytes()


@pytest.fixture
def filled(tmp_path: Path, filled_once: bytes) -> Path:
    """The path of a ledger made by `fill`."""
    path = tmp_path / "desk.db"
    path.write_bytes(filled_once)
    path.chmod(0o600)
    return path


@pytest.fixture
def started() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start Python code in another process; whatever still runs at the end of the test is killed."""
    running: list[subprocess.Popen[str]] = []

    def start(code: str, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        command = [*before, sys.executable, "-c", code, *map(str, arguments)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()
