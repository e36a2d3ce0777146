"""One row of a complaint register: a complaint to take over, one to be decided on, or none, and why.

A row is judged by itself here; whether it stands there twice, or in the ledger already, is found out afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from json import dumps
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.intake import words
from complaintctl.intake.columns import TIMES, Columns, plain
from complaintctl.intake.courses import course_of, joined
from complaintctl.intake.particulars import bucket_of, facts_of, private_of, text_of
from complaintctl.intake.sources import Row, Source
from complaintctl.reading.dates import SPAN, UNREADABLE, Day, read_day
from complaintctl.reading.lexicon import Lexicon
from complaintctl.reading.proposal import Proposal
from complaintctl.reading.proposals import leading, propose
from complaintctl.rules.localtime import Moment, day_of, readings

TAKEN, REMARKED, UNDECIDED, NEAR, DUPLICATE, REFUSED, SKIPPED = FATES = (
    *("taken", "remarked", "undecided", "near_duplicate"),
    *("duplicate", "refused", "skipped"),
)
"""What becomes of a row; every row has exactly one of these."""

#: Longer texts than the desk takes down are taken, but remarked.
LONGEST_TEXT = 20_000
#: Cells that say how the file was corrected, or number its rows; they are no part of the complaint.
_ASIDE = ("serial", "line", "reason", "decision")
#: Who complains and from where; blank below a merged cell together with its day.
_CONTACT = ("building", "entrance", "unit", "name", "phone")
_HOUSE = ("building", "entrance")
_HOME = re.compile(r"[\dA-Za-z\-－—#号栋幢座楼单元室房户]+")
_BARE_UNIT = re.compile(r"\d{1,4}[A-Za-z]?[室房]?")
_TAKE = ("take", "录入", "取", "要", "yes")
_SKIP = ("skip", "跳过", "弃", "不录入", "不要", "no")

Reason = tuple[str, Mapping[str, Any]]


class Judged(NamedTuple):
    """A row with its fate: `reasons` are codes with values, `data` what the desk is to take over.

    `digest` is the same for rows alike in all but their running number; `bucket` for those of the same day and
    complainant (None where there is no day). `decision` is take, skip or None.
    """

    line: int
    fate: str
    reasons: Sequence[Reason]
    cells: Sequence[str]
    digest: str | None = None
    bucket: int | None = None
    decision: str | None = None
    data: Mapping[str, Any] | None = None


class Rules(NamedTuple):
    """What holds for every row of a file: `year` of days without one, `steps` that the register can tell of."""

    columns: Columns
    now: Moment
    zone: ZoneInfo
    year: int | None
    fill_down: bool
    epoch: int
    strict: bool
    corrected: bool

    def read(self, text: str) -> Day:
        """Read a cell that should hold a day."""
        return read_day(text, year=self.year, epoch=self.epoch, zone=self.zone)


def rules_for(source: Source, columns: Columns, now: Moment, zone: ZoneInfo, year: int | None, fill: bool) -> Rules:
    """Return the rules for a file."""
    corrected = columns.has("decision")
    return Rules(columns, now, zone, year, fill, source.epoch, source.strict, corrected)


class Judge:
    """Judges row after row; it remembers what stood above for cells that were merged."""

    def __init__(self, rules: Rules, lexicon: Lexicon) -> None:
        """Begin with the first row below the headings."""
        self.rules = rules
        self.columns = rules.columns
        self.lexicon = lexicon
        self.leading = leading(lexicon)
        self._read_before: dict[tuple[tuple[str, Any], ...], tuple[Proposal, ...]] = {}
        self._above: dict[str, str] = {}
        self._last: dict[str, str] = {}
        self._house: dict[str, str] = {}
        self._plain = [plain(heading) for heading in rules.columns.headings]
        rows = rules.columns.rows or (rules.columns.headings,)
        self._heads = [[words.tidy(heading)[0] for heading in headings] for headings in rows]
        self._wanted = max((at for at, one in enumerate(rules.columns.headings, 1) if one.strip()), default=0)
        self._serial = rules.columns.places.get("serial", ())
        self._aside = {at for field in _ASIDE for at in rules.columns.places.get(field, ())}
        self._days = {at for field in TIMES for at in rules.columns.places.get(field, ())}
        self._known = {at for places in rules.columns.places.values() for at in places}

    def judge(self, row: Row) -> Judged:
        """Return what becomes of a row by itself."""
        cells, odd = self._tidied(row.cells)
        for at in row.blurred:
            if at in self._days:
                # 3.10 is kept by a spreadsheet as 3.1.
                cells[at] = f"{cells[at]}或{cells[at]}0"
        skipped = self._no_complaint(cells)
        if skipped:
            return Judged(row.line, SKIPPED, [(skipped, {})], cells)
        decision = self._decision(cells)
        if decision == "skip":
            return Judged(row.line, SKIPPED, [("decided", {})], cells, decision=decision)
        if self._wrong_count(cells):
            values = {"found": len(cells), "expected": self._wanted}
            return Judged(row.line, REFUSED, [("columns", values)], cells, decision=decision)
        told = self._told(cells)
        self._fill(told, cells, row.merged)
        reasons: list[Reason] = [("characters", {})] if odd else []
        if decision is None and (typed := self._cell(cells, "decision").strip()):
            reasons.append(("decision-unknown", {"text": typed[:20]}))
        broken = [at for at in row.empty_formulas if at in self._known - self._aside]
        if broken:
            return Judged(row.line, REFUSED, [("formula-empty", {"column": self._name(broken[0])})], cells)
        if any(at in self._known - self._aside for at in row.formulas):
            reasons.append(("formula", {}))
        return self._complaint(row.line, cells, told, decision, reasons)

    # ---- cells

    def _tidied(self, cells: Sequence[str]) -> tuple[list[str], bool]:
        found, odd = [], False
        for cell in cells:
            text, changed = words.tidy(cell)
            odd = odd or changed
            if self.rules.corrected and text[:1] == "'" and words.protected(text):
                text = text[1:]
            found.append(text)
        return found, odd

    def _name(self, at: int) -> str:
        headings = self.columns.headings
        return headings[at].strip()[:20] if at < len(headings) else str(at + 1)

    def _cell(self, cells: Sequence[str], field: str) -> str:
        return "\n".join(cells[at] for at in self.columns.places.get(field, ()) if at < len(cells) and cells[at])

    def _told(self, cells: Sequence[str]) -> dict[str, str]:
        """Return what each field says; several columns of one field one below the other."""
        return {field: self._cell(cells, field) for field in self.columns.places}

    def _wrong_count(self, cells: Sequence[str]) -> bool:
        if not self.rules.strict:
            return False
        return len(cells) < self._wanted or any(cells[len(self.columns.headings) :])

    def _decision(self, cells: Sequence[str]) -> str | None:
        said = self._cell(cells, "decision").strip().lower()
        return "take" if said in _TAKE else "skip" if said in _SKIP else None

    # ---- rows that are none

    def _no_complaint(self, cells: Sequence[str]) -> str | None:
        """Say why a row is no complaint: blank, headings again, totals, signatures, a title; None where it is one."""
        held = [at for at, cell in enumerate(cells) if cell and at not in self._aside]
        if not held:
            return _beside([cells[at] for at in self._serial if at < len(cells) and cells[at]])
        if self._headings_again(cells, held):
            return "heading"
        serial = [at for at in self._serial if at < len(cells) and cells[at]]
        problem = self.rules.read(self._cell(cells, "received_at")).problem
        if problem == SPAN and len(held) + len(serial) == 1:
            # 2025年3月 alone in its row stands above the rows of that month.
            return "title"
        if problem != UNREADABLE:
            return None
        first = sorted([*held, *serial])[:2]
        if any(words.is_total(cells[at]) for at in first):
            return "total"
        if any(words.is_signature(cells[at]) for at in (*serial, *held)) and not self._wordy(cells):
            return "signature"
        return "title" if len(held) + len(serial) == 1 and self._is_note(cells, held[0]) else None

    def _is_note(self, cells: Sequence[str], at: int) -> bool:
        """Say whether what stands alone in its row is a title or a note, and no complaint that lacks the rest."""
        if at in self.columns.places["text"]:
            return False
        return len(cells[at]) > LONGEST_NUMBER or (at == 0 and not _HOME.fullmatch(cells[at]))

    def _wordy(self, cells: Sequence[str]) -> bool:
        text = self._cell(cells, "text")
        return bool(text) and not words.is_signature(text) and len(text) > 8

    def _headings_again(self, cells: Sequence[str], held: Sequence[int]) -> bool:
        same = max(sum(at < len(row) and cells[at] == row[at] for at in held) for row in self._heads)
        return same >= 2 and 2 * same > len(held)

    # ---- merged cells

    def _fill(self, told: dict[str, str], cells: list[str], merged: Sequence[int]) -> None:
        """Fill what was left blank below a merged cell, if that was asked for, in `told` and in `cells`.

        A workbook tells which cells are `merged` with the one above; in other files it has to be inferred.
        """
        if not self.rules.fill_down:
            return
        for field, places in self.columns.places.items():
            if not told[field] and self._last.get(field) and any(at in merged for at in places):
                told[field] = self._last[field]
                self._put(cells, field, told[field])
        self._last |= {field: text for field, text in told.items() if text}
        blank = not told.get("received_at")
        fields = [field for field in told if words.is_ditto(told[field])]
        if blank:
            fields.append("received_at")
            if not any(told.get(field) for field in _CONTACT):
                fields += _CONTACT
        if _BARE_UNIT.fullmatch(told.get("unit", "")) and not told.get("building"):
            # 502 below a house's merged cell; its stairway, too, where that stands in a column of its own.
            fields += ["building"] if told.get("entrance") else ["building", "entrance"]
        for field in fields:
            above = self._above.get(field) or (self._house.get(field) if field in _HOUSE else None)
            if field in told and above:
                told[field] = above
                self._put(cells, field, above)
        if told.get("received_at") and not blank:
            self._above = {}
        if told.get("building"):
            self._house = {field: told[field] for field in _HOUSE if told.get(field)}
        self._above |= {field: text for field, text in told.items() if text and not words.is_ditto(text)}

    def _put(self, cells: list[str], field: str, text: str) -> None:
        """Write what was filled into the row, so that it is the same row wherever it stands in a correction file."""
        first, *rest = self.columns.places[field]
        cells += [""] * (first + 1 - len(cells))
        cells[first] = text
        for at in rest:
            if at < len(cells):
                cells[at] = ""

    def digest(self, cells: Sequence[str]) -> str:
        """Return what is the same for rows alike in all but their running number."""
        held = sorted(
            (self._plain[at], cell)
            for at, cell in enumerate(cells[: len(self._plain)])
            if cell and at not in self._aside
        )
        return sha256(dumps(held, ensure_ascii=True, separators=(",", ":")).encode()).hexdigest()[:32]

    # ---- a complaint

    def _complaint(
        self,
        line: int,
        cells: Sequence[str],
        told: Mapping[str, str],
        decision: str | None,
        reasons: list[Reason],
    ) -> Judged:
        digest = self.digest(cells)
        text = text_of(told)
        if not text:
            return Judged(line, REFUSED, [("no-text", {})], cells, digest, decision=decision)
        if len(text) > LONGEST_TEXT:
            reasons.append(("long", {"limit": LONGEST_TEXT}))
        day = self._day(told)
        if day.day is None:
            shown = told.get("received_at", "")[:40]
            code = day.problem if shown else "no-date"
            fate = REFUSED if code in (UNREADABLE, "no-date") else UNDECIDED
            return Judged(line, fate, [(str(code), {"text": shown})], cells, digest, decision=decision)
        at = moment_of(day, self.rules.zone)
        if day.day > day_of(self.rules.now, self.rules.zone) or at > self.rules.now:
            shown = told["received_at"][:40]
            return Judged(line, UNDECIDED, [("future", {"text": shown})], cells, digest, decision=decision)
        reasons += [(f"odd-{what}", {}) for what in day.odd]
        data = self._data(line, text, at, day, told, reasons)
        data["private"]["row"] = digest
        bucket = bucket_of(day.day, data["private"])
        return Judged(line, REMARKED if reasons else TAKEN, reasons, cells, digest, bucket, decision, data)

    def _day(self, told: Mapping[str, str]) -> Day:
        return joined(told.get("received_at", ""), told.get("time", ""), self.rules.read)

    def _data(
        self, line: int, text: str, at: Moment, day: Day, told: Mapping[str, str], reasons: list[Reason]
    ) -> dict[str, Any]:
        """Return what the desk takes over: facts, private facts, steps with their moments."""
        facts = facts_of(told, reasons)
        private = private_of(text, told, reasons)
        happened = self.rules.read(told.get("happened_at", ""))
        if happened.day is not None and moment_of(happened, self.rules.zone) <= self.rules.now:
            facts["happened_at"] = moment_of(happened, self.rules.zone)
        stated = {"text": text, **{name: value for name, value in facts.items() if name != "happened_at"}}
        proposals = self._proposed(text, stated)
        facts |= {one.fact: one.value for one in proposals}
        found = {one.fact: list(one.words) for one in proposals if one.words}
        course = course_of(at, day, told, self.rules, str(facts.get("kind", "complaint")), reasons)
        return {
            "at": at,
            "facts": facts,
            "proposed": sorted(one.fact for one in proposals),
            "private": private | ({"words": found} if found else {}),
            "department": told.get("department", "").replace("\n", " ")[:40] or None,
            "time_unknown": day.seconds is None,
            **course,
        }

    def _proposed(self, text: str, stated: dict[str, Any]) -> tuple[Proposal, ...]:
        """Read a text; short ones come again and again, and are read once."""
        if len(text) > _SHORT:
            return propose(text, self.lexicon, stated, prepared=self.leading)
        key = tuple(stated.items())
        found = self._read_before.get(key)
        if found is None:
            if len(self._read_before) >= _REMEMBERED:
                self._read_before.clear()
            found = self._read_before[key] = propose(text, self.lexicon, stated, prepared=self.leading)
        return found


_SHORT, _REMEMBERED = 60, 4096


def _beside(cells: Sequence[str]) -> str:
    """Say what a row is that holds nothing but its running number, or what stands in that column instead."""
    if any(words.is_total(cell) for cell in cells):
        return "total"
    if any(words.is_signature(cell) for cell in cells):
        return "signature"
    return "title" if any(len(cell) > LONGEST_NUMBER for cell in cells) else "blank"


LONGEST_NUMBER = 12
"""What is longer in the column of running numbers is a note."""


def moment_of(day: Day, zone: ZoneInfo) -> Moment:
    """Return the moment of a day that was read; without a time its first."""
    if day.day is None:
        raise ValueError("a day that was not read has no moment")
    return readings(day.day, 0, zone, day.seconds or 0)[0]
