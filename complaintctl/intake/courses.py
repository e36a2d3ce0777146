"""What a register tells of how a complaint went on: dispatched, solved, answered, asked again, each with its moment.

A moment that cannot be is remarked and not entered. A step that stands there without a day is entered as of the last
known moment and marked `undated`; nothing is reckoned from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from complaintctl.intake import words
from complaintctl.intake.columns import TIMES
from complaintctl.reading.dates import UNREADABLE, Day, read_clock
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.localtime import Moment, day_of, readings

if TYPE_CHECKING:
    from complaintctl.intake.judging import Reason, Rules

#: Fields that hold a step's moment, and the step.
MOMENTS = {
    "dispatched_at": "dispatched",
    "contacted_at": "contacted",
    "resolved_at": "resolved",
    "notified_at": "notified",
    "revisited_at": "revisited",
}
#: The columns that tell of a step at all; a register without any of them leaves it unrecorded.
COLUMNS = {
    "dispatched": ("dispatched_at",),
    "contacted": ("contacted_at",),
    "resolved": ("resolved_at", "result", "status", "notified_at", "reply"),
    "notified": ("notified_at", "reply"),
    "revisited": ("revisited_at", "revisit", "satisfaction"),
}


def recorded(has: Any) -> list[str]:
    """Return the steps that a register with these columns (`has` says which) tells of."""
    return [step for step, fields in COLUMNS.items() if any(has(field) for field in fields)]


def course_of(
    at: Moment, day: Day, told: Mapping[str, str], rules: Rules, kind: str, reasons: list[Reason]
) -> dict[str, Any]:
    """Return the steps of a row as (kind of entry, moment, body, private), and which of them lack a time or a day."""
    course = _Course(at, day, told, rules, reasons)
    course.dispatched()
    course.solved()
    course.answered()
    course.asked()
    course.finished(kind)
    return {
        "steps": course.steps,
        "untimed": course.untimed,
        "undated": course.undated,
        "person": course.person if not course.resolved else None,
        "note": course.note or None,
    }


def joined(written: str, beside: str, read: Callable[[str], Day]) -> Day:
    """Read a day, and its time of day where that stands in a column of its own `beside` it."""
    day = read(written)
    if not beside or day.seconds is not None:
        return day
    if day.day is None:
        return day if written else read(beside)
    clock = read_clock(beside)
    if clock is not None:
        return day._replace(seconds=clock)
    whole = read(beside)
    if whole.day == day.day:
        return whole
    return day if words.is_placeholder(beside) else day._replace(odd=(*day.odd, "clock"))


class _Course:
    """Reads one row's steps in the order in which they must have happened."""

    def __init__(self, at: Moment, day: Day, told: Mapping[str, str], rules: Rules, reasons: list[Reason]) -> None:
        self.receipt, self.timed, self.day = at, day.seconds is not None, day.day
        self.told, self.rules, self.reasons = told, rules, reasons
        self.last = at
        self.steps: list[list[Any]] = []
        self.untimed: list[str] = []
        self.undated: list[str] = []
        self.resolved = False
        self.reopened = False
        self.person = " ".join(told.get("handler", "").split())[:200] or None
        self.note = ""
        """What was done without settling it, kept beside the complaint."""

    def said(self, field: str) -> str:
        """Return what a column says; empty for what is only a stroke."""
        text = self.told.get(field, "")
        return "" if words.is_placeholder(text) or words.is_ditto(text) else text

    def moment(self, field: str) -> Moment | None:
        """Return the moment of a step; None where its column says none, or one that cannot be, which is remarked."""
        text, beside = self.said(field), self.said(TIMES[field])
        if not (text or beside) or words.not_done(text):
            return None
        step = MOMENTS[field]
        found = joined(text, beside, self._read)
        if found.day is None:
            if not (found.problem == UNREADABLE and words.done(text)):
                self._remark(f"step-{found.problem}", step, text or beside)
            return None
        return self._fitting(found, step, text or beside)

    def _read(self, text: str) -> Day:
        return Day(self.day) if words.same_day(text) else self.rules.read(text)

    def _fitting(self, found: Day, step: str, text: str) -> Moment | None:
        zone = self.rules.zone
        assert found.day is not None and self.day is not None
        if found.odd:
            self._remark(f"step-odd-{found.odd[0]}", step, text)
        at = readings(found.day, 0, zone, found.seconds or 0)[0]
        if found.day < self.day or (found.seconds is not None and self.timed and at < self.receipt):
            self._remark("before-receipt", step, text)
            return None
        if at > self.rules.now:
            self._remark("step-future", step, text)
            return None
        before = day_of(self.last, zone)
        if found.day < before or (found.seconds is not None and at < self.last and self._exact()):
            self._remark("out-of-order", step, text)
            return None
        if found.seconds is None:
            self.untimed.append(step)
        return max(at, self.last)

    def _exact(self) -> bool:
        """Say whether the last moment was told with its time."""
        return self.timed if self.last == self.receipt else not self.untimed and not self.undated

    def _remark(self, code: str, step: str, text: str) -> None:
        self.reasons.append((code, {"step": step, "text": text[:30]}))

    def enter(self, kind: str, at: Moment, body: dict[str, Any], private: dict[str, Any] | None = None) -> None:
        """Add an entry."""
        kept = {name: value for name, value in (private or {}).items() if value}
        self.steps.append([kind, at, body, kept or None])
        self.last = at

    def _undated(self, *steps: str) -> None:
        self.undated += [step for step in steps if step not in self.undated]

    # ---- the steps

    def dispatched(self) -> None:
        """Enter when the form went out, and the first word to the resident."""
        at = self.moment("dispatched_at")
        department = " ".join(self.said("department").split())[:40]
        if at is not None and department:
            self.enter("assigned", at, {"department": department}, {"person": self.person})
        elif at is not None:
            self.enter("recorded", at, {"steps": ["dispatched"]}, {"person": self.person})
        at = self.moment("contacted_at")
        if at is not None:
            self.enter("recorded", at, {"steps": ["contacted"]})

    def solved(self) -> None:
        """Enter the solution: at its day, else, where a result or a state tells of one, undated."""
        result, state = self.said("result"), self.said("status")
        at = self.moment("resolved_at")
        waits = words.not_done(state) or (not state and words.not_done(result))
        tells = (result and not waits) or words.done(state) or (words.done(self.said("resolved_at")) and not waits)
        if at is not None and words.not_done(state):
            self._remark("state-differs", "resolved", state)
        if at is None and tells and not self._bad("resolved"):
            at = self.last
            self._undated("resolved")
            if "resolved_at" in self.told and not self.said("resolved_at"):
                self.reasons.append(("undated", {"step": "resolved"}))
        if at is not None:
            self._solve(at, result)
        else:
            self.note = result

    def _bad(self, step: str) -> bool:
        """Say whether a step's moment stood there and could not be; then it is not entered."""
        return any(values.get("step") == step and code != "state-differs" for code, values in self.reasons)

    def _solve(self, at: Moment, result: str) -> None:
        outcome = "partly" if "部分解决" in result else "solved"
        self.enter("resolved", at, {"outcome": outcome}, {"result": result, "person": self.person})
        self.resolved = True

    def answered(self) -> None:
        """Enter when the resident was told; an answer to what was not solved by then is its solution as well."""
        reply = self.said("reply")
        at = self.moment("notified_at")
        if at is None and (not reply or self._bad("notified") or words.not_done(reply)):
            return
        if at is None:
            at = self.last
            self._undated("notified", *(() if self.resolved else ("resolved",)))
        if not self.resolved:
            if self._bad("resolved"):
                return
            if "notified" in self.untimed:
                self.untimed.append("resolved")
            self._solve(at, self.said("result") or reply)
            reply = reply if self.said("result") else ""
        self.enter("notified", at, {"via": []}, {"note": reply})

    def asked(self) -> None:
        """Enter what asking again gave."""
        text, mark = self.said("revisit"), self.said("satisfaction")
        at = self.moment("revisited_at")
        if at is None and text and "revisited_at" not in self.told:
            found = self._read(text)
            at = self._fitting(found, "revisited", text) if found.day is not None else None
        answer = words.answer(mark) or words.answer(text)
        if mark and answer is None:
            self.reasons.append(("satisfaction-unknown", {"text": mark[:20]}))
        if at is None:
            if not (text or answer) or self._bad("revisited") or words.not_done(text):
                return
            at = self.last
            self._undated("revisited")
        note = "\n".join(part for part in (text, mark if answer is None else "") if part)
        by = " ".join(self.said("revisited_by").split())[:200]
        self.enter("revisited", at, {"answer": answer or "not-told", "raised": False}, {"note": note, "person": by})
        self.reopened = answer == "dissatisfied"

    def finished(self, kind: str) -> None:
        """Close what is settled where the register has no column for what would close it."""
        asks = any(field in self.told for field in COLUMNS["revisited"]) and kind in JUDGED_KINDS
        if self.resolved and not asks and not self.reopened:
            self.enter("closed", self.last, {"register": True})
