"""An office on a real ledger, whose clock the tests set."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl.desk import packs, site
from complaintctl.desk.assign import assign
from complaintctl.desk.log import Intake, log
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.office import Office
from complaintctl.desk.record import Record, record
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.revisit import Visit, revisit
from complaintctl.ledger.store import Ledger
from complaintctl.reports.view import View
from complaintctl.rules.example import moment
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import shown

ZONE = ZoneInfo("Asia/Shanghai")
DONE = Result("处理完毕")


def at(text: str) -> int:
    """Return a local moment written like `2026-11-20 14:00`."""
    return moment(text, ZONE)


OfficeAt = Callable[..., Office]


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A ledger begun on 2026-01-01 under a procedure, named by id or file; to be copied, not written to."""
    made: dict[str, Path] = {}

    def begin(procedure: str) -> Path:
        if procedure not in made:
            path = tmp_path_factory.mktemp("begun") / "site.db"
            start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load(procedure), packs.shipped_calendar())
            site.begin(str(path), at("2026-01-01 08:00"), "manager", start)
            made[procedure] = path
        return made[procedure]

    return begin


@pytest.fixture
def ledger_file(tmp_path: Path, begun: Callable[[str], Path]) -> Path:
    """A new ledger under site-standard, begun on 2026-01-01."""
    path = tmp_path / "site.db"
    shutil.copy(begun("site-standard"), path)
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


class Desk:
    """One open ledger; `desk("2026-11-20 09:00")`, or `desk("09:00")` of that Friday, is the office at a moment."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def __call__(self, text: str, actor: str = "clerk") -> Office:
        return Office(self.ledger, self.moment(text), actor)

    def moment(self, text: str) -> int:
        return at(text if " " in text else f"2026-11-20 {text}")

    def take(self, when: str, actor: str = "clerk", **told: Any) -> str:
        """Take down the company's own matter told by phone, unless told otherwise; return its id."""
        own = {"text": "甲", "channel": "phone", "responsibility": "own", "unit": "3-1-501"}
        facts = {name: value for name, value in {**own, **told}.items() if value is not None}
        return str(log(self(when, actor), Intake(facts)).life.id)

    def important(self, **told: Any) -> str:
        """Return an important complaint of 09:00, dispatched at 09:05."""
        name = self.take("09:00", fault=True, **told)
        assign(self("09:05"), [name], "工程部")
        return name

    def solved(self, **told: Any) -> str:
        """Return a complaint of 09:00, dispatched at 09:05, resolved at 10:00."""
        name = self.take("09:00", **told)
        assign(self("09:05"), [name], "工程部")
        resolve(self("10:00"), name, DONE)
        return name

    def passed(self, **told: Any) -> str:
        """Return a complaint of 09:00 that others must solve: the resident told, the matter passed on at 10:00."""
        name = self.take("09:00", responsibility="outside", **told)
        assign(self("09:05"), [name], "工程部")
        record(self("09:30"), [name], Record(["contacted"]))
        record(self("10:00"), [name], Record(["passed-on"], "请查修", to="样例水务公司"))
        return name

    def closed(self, name: str) -> str:
        """Take a dispatched complaint to its end: resolved at 10:00, told at 10:30, content at 10:40."""
        resolve(self("10:00"), name, DONE)
        notify(self("10:30"), name, Told(["visit"], True))
        revisit(self("10:40"), name, Visit("satisfied"))
        assert self.life(name).stage == "closed"
        return name

    def view(self, when: str) -> View:
        """What the ledger says at a moment, as listings read it."""
        return View(self.ledger, self.moment(when))

    def life(self, name: str) -> Life:
        office = self("2026-12-31 09:00")
        return office.life(office.find(name))

    def known(self, name: str, when: str) -> dict[str, Any]:
        """Return what is known and judged of a complaint at a moment."""
        return self.life(name).version_at(self.moment(when)).known

    def clocks(self, name: str, when: str, *steps: str) -> dict[str, tuple[str, str | None]]:
        """Return state and due moment of a complaint's clocks, as they are shown, by their id (`id/2` in round 2)."""
        life = self.life(name)
        return {
            clock.id if clock.round == 1 else f"{clock.id}/{clock.round}": (
                state,
                None if clock.due_at is None else shown(clock.due_at, ZONE),
            )
            for clock, state in zip(life.clocks, life.seen_at(self.moment(when)).states, strict=True)
            if not steps or clock.step in steps
        }

    def states(self, name: str, when: str, *wanted: str) -> set[str]:
        """Return the ids of a complaint's clocks that are in one of these states."""
        return {clock for clock, (state, _) in self.clocks(name, when).items() if state in wanted}

    def refuses(self, error: type[Exception], deed: Callable[[], Any]) -> Any:
        """Expect a refusal that leaves no trace in the ledger, and return it."""
        before = self.ledger.head()
        with pytest.raises(error) as caught:
            deed()
        assert self.ledger.head() == before
        return caught.value

    def done(self, name: str) -> list[str]:
        """Return the steps taken so far, in the order of time."""
        marks = sorted(self.life(name).course.milestones, key=lambda one: (one.at, one.seq))
        return [one.step for one in marks if one.seq]


@pytest.fixture
def desk(ledger_file: Path) -> Iterator[Desk]:
    """The same ledger, opened once, for many steps."""
    with Ledger.open(ledger_file, write=True) as ledger:
        yield Desk(ledger)


@pytest.fixture
def desk_under(tmp_path: Path, begun: Callable[[str], Path]) -> Iterator[Callable[[str], Desk]]:
    """A desk that works by another procedure: `desk_under("service-code")`, or a pack's file."""
    opened: list[Ledger] = []

    def under(procedure: str) -> Desk:
        path = tmp_path / f"{Path(procedure).stem}.db"
        shutil.copy(begun(procedure), path)
        opened.append(Ledger.open(path, write=True))
        return Desk(opened[-1])

    yield under
    for ledger in opened:
        ledger.close()


@pytest.fixture(scope="session")
def two_stage() -> str:
    """The file of a two-stage complaints code such as other countries have."""
    return str(Path(__file__).parent.parent / "procedures" / "packs" / "two-stage.toml")
