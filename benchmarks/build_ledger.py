"""Builds a ledger of any size for measuring: `python benchmarks/build_ledger.py 100000 large.db`.

The sample desk is played once; its complaints, shifted in time and numbered anew, then stand for as many as are
asked for, about 400 a month, the last of them in October 2026. Only complaints of the last weeks are open, as in
an office that keeps up: what grows is the closed past. Every entry is chained and every row folded as in real life.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from desk_script import sample

from complaintctl.desk import packs, play, site
from complaintctl.desk.office import Office, subject_of, told
from complaintctl.ledger.store import Ledger
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life, fold, rows
from complaintctl.rules.localtime import local

A_MONTH = 400
#: Of so many, the last ones, some are still open; everything before is closed, as in an office that keeps up.
RECENT = 600
WEEK = 7 * 86_400
END = 1_793_440_800  # 2026-10-31 18:00 in Shanghai
MOMENT_KEYS = ("agreed_by", "promise", "until")
BATCH = 2_000


class Pattern(NamedTuple):
    """The entries of one sample complaint, and whether it was closed in the end with nothing left to do."""

    entries: Sequence[Entry]
    closed: bool


def main(count: int, path: str) -> None:
    """Build a ledger of `count` complaints at `path`."""
    start = site.Beginning(
        {"zone": "Asia/Shanghai", "households": 60_000}, packs.load("site-standard"), packs.shipped_calendar()
    )
    patterns = played(start)
    began = time.monotonic()
    with Ledger.create(path) as ledger:
        office = Office(ledger, END - 25 * 366 * 86_400, "benchmark")
        site.adopt_first(office, start)
        done = 0
        for chunk in chunks(list(shifts(patterns, count))):
            with ledger.write("benchmark", END) as batch:
                folded = [copied(office, batch, pattern, shift) for pattern, shift in chunk]
                batch.put_many((rows(life), told(life)) for life in folded)
            done += len(chunk)
            print(f"{done} of {count}, {time.monotonic() - began:.0f} s", file=sys.stderr)


def played(start: site.Beginning) -> list[Pattern]:
    """Play the sample desk and return its complaints without events, which span several complaints."""
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "sample.db") as ledger:
        office = Office(ledger, END - 120 * 86_400, "benchmark")
        site.adopt_first(office, start)
        for _ in play.play(office, sample()):
            pass
        found = []
        for row in ledger.query.list_complaints(now=END, limit=None):
            entries = ledger.entries(subject_of(row["id"]))
            life = fold(entries, office.book)
            if life is not None and not any(entry.kind == "linked" or "of" in entry.body for entry in entries):
                found.append(Pattern(entries, life.stage == "closed" and not owed(life)))
    return found


def owed(life: Life) -> bool:
    """Say whether something with a limit is still owed, such as a matter raised at a revisit."""
    return any(not clock.over and clock.met_at is None and clock.due_at is not None for clock in life.clocks)


def shifts(patterns: Sequence[Pattern], count: int) -> Iterator[tuple[Pattern, int]]:
    """Yield patterns with the seconds to shift them by, the earliest receipt first."""
    closed = [pattern for pattern in patterns if pattern.closed]
    wanted = []
    for number in range(count):
        back = number / A_MONTH * 30.4 * 86_400
        recent = number < RECENT
        pattern = (patterns if recent else closed)[number * 7 % len(patterns if recent else closed)]
        target = END - back - (0 if not recent or not pattern.closed else 3 * 86_400)
        # Whole weeks keep weekdays; no step may come to lie after the end.
        shift = int((target - pattern.entries[-1].at) // WEEK * WEEK)
        wanted.append((pattern, shift))
    wanted.sort(key=lambda one: one[0].entries[0].at + one[1])
    return iter(wanted)


def chunks(wanted: Sequence[tuple[Pattern, int]]) -> Iterator[Sequence[tuple[Pattern, int]]]:
    for at in range(0, len(wanted), BATCH):
        yield wanted[at : at + BATCH]


COUNTERS: dict[str, int] = {}


def copied(office: Office, batch: Any, pattern: Pattern, shift: int) -> Life:
    """Write a pattern's entries anew, moved in time, and return the life they give."""
    complaint = COUNTERS["id"] = COUNTERS.get("id", 0) + 1
    month = local(pattern.entries[0].at + shift, office.zone).strftime("%Y%m")
    COUNTERS[month] = COUNTERS.get(month, 0) + 1
    written = []
    for entry in pattern.entries:
        body = moved(entry.body, shift)
        if entry.kind == "logged":
            body["number"] = f"TS{month}-{COUNTERS[month]:04d}"
        written.append(batch.append(subject_of(complaint), entry.kind, entry.at + shift, body, entry.private))
    life = fold(written, office.book)
    assert life is not None
    return life


def moved(body: dict[str, Any], shift: int) -> dict[str, Any]:
    """Return a body with every moment in it moved."""
    found = {name: value + shift if name in MOMENT_KEYS else value for name, value in body.items()}
    facts = {
        name: value + shift if name.endswith(("_at", "_by")) and value is not None else value
        for name, value in body.get("facts", {}).items()
    }
    return {**found, "facts": facts} if facts else found


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
