"""What tests of the figures share: a site whose complaints are written by hand, folded by the rules, filed for real."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl import procedures
from complaintctl.ledger.derived import Told
from complaintctl.ledger.query import Queries
from complaintctl.ledger.store import Ledger, Replica
from complaintctl.procedures.holidays import shipped
from complaintctl.reports.month import MonthReport, month_report, month_span
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.entries import Entry
from complaintctl.rules.example import moment
from complaintctl.rules.life import fold, rows
from complaintctl.rules.pack import parse
from complaintctl.rules.procedure import Procedure

ZONE = ZoneInfo("Asia/Shanghai")
KINDS = {
    "dispatched": "assigned",
    "resolved": "resolved",
    "notified": "notified",
    "revisited": "revisited",
    "referred": "referred",
    "reopened": "reopened",
    "extended": "extended",
    "closed": "closed",
    "amended": "amended",
    "linked": "linked",
}
MOMENTS = ("promise", "agreed_by", "until", "requested_by", "heard_at")


def at(text: str) -> int:
    """A moment from `11-20 14:00` (2026), or with its year."""
    return moment(text if text[4:5] == "-" else f"2026-{text}", ZONE)


class Site:
    """Complaints told and worked on by hand; `report` files them in a ledger and reports a month."""

    def __init__(self, snapshot: dict[str, Any], settings: dict[str, Any], path: Path | None) -> None:
        self.snapshot = snapshot
        self.settings = {"zone": ZONE.key, **settings}
        self.path = path
        self.entries: dict[int, list[Entry]] = {}
        self.units: dict[int, str] = {}
        self.book = Book(ZONE, [(0, Procedure(snapshot))], [(0, Calendar.from_snapshot(shipped()))])
        self._seq = 0

    def told(self, when: str | int, *, nameless: bool = False, unit: str | None = None, **facts: Any) -> int:
        """Log a complaint; facts as in the domain, `building` and `imported` as in the entry."""
        complaint = len(self.entries) + 1
        self.entries[complaint] = []
        body: dict[str, Any] = {"number": f"TS202611-{complaint:04d}", "nameless": nameless}
        for name in ("building", "imported", "overruled"):
            if name in facts:
                body[name] = facts.pop(name)
        if unit:
            self.units[complaint] = unit
        self._append(complaint, "logged", when, {**body, "facts": self._moments(facts)})
        return complaint

    def do(self, complaint: int, step: str, when: str | int, **body: Any) -> None:
        """Take a step; anything that is no verb of its own is recorded."""
        body = self._moments(body)
        if step == "dispatched":
            body.setdefault("department", "工程部")
        elif step == "resolved":
            body = {"outcome": "solved", "form_returned": True, **body}
        elif step == "notified":
            body = {"via": ["phone", "written", "visit"], **body}
        elif step == "revisited":
            body = {"answer": "satisfied", "raised": False, **body}
        elif step not in KINDS:
            body = {"steps": step.split(","), **body}
        self._append(complaint, KINDS.get(step, "recorded"), when, body)

    def _moments(self, given: dict[str, Any]) -> dict[str, Any]:
        return {n: at(v) if n in MOMENTS and isinstance(v, str) else v for n, v in given.items()}

    def _append(self, complaint: int, kind: str, when: str | int, body: dict[str, Any]) -> None:
        self._seq += 1
        happened = at(when) if isinstance(when, str) else when
        subject = f"complaint/{complaint}"
        self.entries[complaint].append(
            Entry(self._seq, self._seq, subject, kind, happened, happened, "clerk", body, None)
        )

    def lives(self) -> Iterator[Any]:
        for complaint in self.entries:
            yield self.life(complaint)

    def filed(self) -> list[Any]:
        return [(rows(life), Told("", self.units.get(life.id))) for life in self.lives()]

    def adopted(self, when: int) -> Iterator[Entry]:
        for n, (what, snapshot) in enumerate(
            (("site", self.settings), ("procedure", self.snapshot), ("calendar", shipped())), 1
        ):
            kept = json.loads(json.dumps(snapshot))
            body = {"what": what, "name": what, "effective_from": None, "snapshot": kept}
            yield Entry(n, 1, "site", "adopted", when, when, "clerk", body, None)

    def life(self, complaint: int) -> Any:
        return fold(self.entries[complaint], self.book)

    def queries(self) -> Queries:
        """The questions over everything told so far, asked of tables in memory."""
        replica = Replica()
        for entry in self.adopted(0):
            replica.adopt(entry)
        replica.fill(self.filed())
        return replica.query

    def ledger(self) -> Path:
        """A ledger file with everything told so far; the entries are chained as they would be."""
        assert self.path is not None
        with Ledger.create(self.path) as ledger:
            start = min(one[0].at for one in self.entries.values())
            with ledger.write("clerk", start) as batch:
                for one in self.adopted(start):
                    batch.adopt(batch.append(one.subject, one.kind, one.at, one.body))
            entries = sorted((one for written in self.entries.values() for one in written), key=lambda one: one.seq)
            with ledger.write("clerk", max(one.at for one in entries)) as batch:
                for one in entries:
                    unit = self.units.get(int(one.subject.partition("/")[2])) if one.kind == "logged" else None
                    batch.append(one.subject, one.kind, one.at, one.body, {"unit": unit} if unit else None)
                batch.put_many(self.filed())
        return self.path

    def report(self, now: str | int, month: str | None = None, query: Queries | None = None) -> MonthReport:
        moment_now = at(now) if isinstance(now, str) else now
        span = month_span(month, ZONE, moment_now, self.settings)
        asked = query or self.queries()
        return month_report(asked, self.snapshot, self.settings, ZONE, moment_now, span, (7, "ab" * 32))


@pytest.fixture(scope="session")
def snapshots() -> Callable[[str], dict[str, Any]]:
    """The compiled snapshot of a shipped pack."""
    known: dict[str, dict[str, Any]] = {}

    def snapshot(name: str) -> dict[str, Any]:
        if name not in known:
            known[name] = parse(procedures.text(name), procedures.common())
        return known[name]

    return snapshot


@pytest.fixture(scope="session")
def new_site(snapshots: Callable[[str], dict[str, Any]]) -> Callable[..., Site]:
    """The same without a file, for a site that several tests share."""
    return lambda pack="site-standard", **settings: Site(snapshots(pack), settings, None)


@pytest.fixture
def make_site(snapshots: Callable[[str], dict[str, Any]], tmp_path: Path) -> Callable[..., Site]:
    """A site under a pack (default: all five), with its settings."""

    def make(pack: str = "site-standard", **settings: Any) -> Site:
        return Site(snapshots(pack), settings, tmp_path / "desk.db")

    return make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    """A site of 300 households under the standard procedure."""
    return make_site(households=300)
