"""Runs a worked example of a pack: facts and moments in, judgement and due moments out.

The form is that of `[[example]]` in a pack (docs/procedure-packs.md); an office reads and writes it by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.rules.book import Book
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import FACTS
from complaintctl.rules.life import Life, Sight, fold
from complaintctl.rules.localtime import Moment, day_end, instant, shown

STEP_KINDS = {
    "dispatched": "assigned",
    "resolved": "resolved",
    "notified": "notified",
    "revisited": "revisited",
    "referred": "referred",
    "reopened": "reopened",
    "extended": "extended",
    "linked": "linked",
    "closed": "closed",
}
MOMENTS = tuple(name for name, fact in FACTS.items() if fact.type == "moment")


class Difference(NamedTuple):
    """Something that came out otherwise than an example says."""

    what: str
    expected: str
    found: str


def moment(text: str, zone: ZoneInfo) -> Moment:
    """Read `2026-11-20 14:00`, with or without seconds, or `2026-11-20 24:00`; ValueError otherwise."""
    day, _, clock = text.partition(" ")
    if clock == "24:00":
        return day_end(date.fromisoformat(day), zone)
    at = datetime.fromisoformat(f"{day} {clock}")
    return instant(at.date(), at.hour * 60 + at.minute, zone) + at.second


class Script:
    """Turns an example's words into entries, as the desk would have written them."""

    def __init__(self, example: Mapping[str, Any], zone: ZoneInfo) -> None:
        """Write the entries of the example."""
        self.zone = zone
        self.entries: list[Entry] = []
        self._tell(dict(example["told"]))
        for step in example.get("steps", []):
            self._step(dict(step))

    def _append(self, kind: str, at: Moment, body: dict[str, Any]) -> None:
        seq = len(self.entries) + 1
        self.entries.append(Entry(seq, seq, "complaint/1", kind, at, at, "example", body, None))

    def _facts(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: moment(value, self.zone) if name in MOMENTS else value
            for name, value in given.items()
            if name in FACTS and not FACTS[name].private
        }

    def _tell(self, told: dict[str, Any]) -> None:
        facts = self._facts(told)
        body: dict[str, Any] = {
            "number": "TS000000-0001",
            "nameless": bool(told.get("nameless", False)),
            "overruled": told.get("overruled", {}),
        }
        if "agreed_by" in facts:
            body["agreed_by"] = facts.pop("agreed_by")
        if "imported" in told:
            body["imported"] = told["imported"]
        self._append("logged", moment(told["at"], self.zone), {**body, "facts": facts})

    def _step(self, step: dict[str, Any]) -> None:
        at = moment(step.pop("at"), self.zone)
        times: dict[str, Any] = {
            name: moment(step[name], self.zone) for name in ("promise", "agreed_by", "until") if name in step
        }
        if "amend" in step:
            body = {"facts": self._facts(step["amend"]), "from_the_start": step.get("from_the_start", False)}
            body |= _given(step["amend"], "nameless")
            self._append("amended", at, body)
        elif "overrule" in step or "withdraw" in step:
            body = {"overruled": step.get("overrule", {}), "withdrawn": step.get("withdraw", [])}
            body |= _given(step, "from_the_start")
            self._append("amended", at, body)
        elif "appointment" in step:
            self._append("repair", at, {"appointment": moment(step["appointment"], self.zone)})
        elif "step" not in step:
            self._append("recorded", at, {"steps": [], **times})
        elif step["step"] == "corrective-action" and "until" in times:
            self._append("corrective", at, {"action": self._actions() + 1, **times})
        elif step["step"] == "corrective-checked":
            body = {"action": step.get("action", self._actions()), "effective": step.get("effective", True)}
            self._append("checked", at, body)
        elif step["step"] in STEP_KINDS:
            self._append(STEP_KINDS[step["step"]], at, {**self._body(step), **times})
        else:
            self._append(
                "recorded", at, {"steps": step["step"].split(","), **_given(step, "matter", "understood"), **times}
            )

    def _actions(self) -> int:
        return sum(entry.kind == "corrective" for entry in self.entries)

    def _body(self, step: Mapping[str, Any]) -> dict[str, Any]:
        name = step["step"]
        if name == "dispatched":
            return {"department": step.get("department", "engineering")}
        if name == "resolved":
            dispatched = any(entry.kind == "assigned" for entry in self.entries)
            returned = step.get("form_returned", dispatched)
            return {"outcome": step.get("outcome", "solved"), "form_returned": returned}
        if name == "notified":
            return {"via": str(step.get("via", "phone")).split(","), **_given(step, "accepted")}
        if name == "revisited":
            answer = {"none": "no-answer"}.get(step.get("answer", "satisfied"), step.get("answer", "satisfied"))
            return {"answer": answer, "raised": bool(step.get("raised", False))}
        if name == "linked":
            since = moment(step["since"], self.zone)
            first = self.entries[0]
            own = int(first.body["facts"].get("households", 1))
            return {"event": 1, "receipts": [[first.at, own], [since, step["households"] - own]]}
        return _given(step, "rung")


def _given(step: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: step[name] for name in names if name in step}


def run(example: Mapping[str, Any], book: Book) -> list[Difference]:
    """Return what came out otherwise than the example says; an empty list where all agrees."""
    zone = book.zone
    now = moment(example["at"], zone)
    # What a look at a moment sees is what had happened by then.
    life = fold([entry for entry in Script(example, zone).entries if entry.at <= now], book)
    if life is None:
        return [Difference("told", "a complaint", "none")]
    sight = life.seen_at(now)
    found = list(_judged(example.get("judged", {}), sight))
    for expected in example.get("due", []):
        found.extend(_due(expected, life, sight, zone))
    found.extend(_absent(example.get("absent", []), life, sight, zone))
    for name, value in (
        ("closed", life.stage == "closed"),
        ("round", life.course.round),
        ("stage", life.stage),
    ):
        if name in example and example[name] != value:
            found.append(Difference(name, str(example[name]), str(value)))
    return found


def _judged(expected: Mapping[str, Any], sight: Sight) -> Iterable[Difference]:
    for facet, value in expected.items():
        have = sight.version.known.get(facet)
        wanted = {True: "yes", False: "none"}.get(value, value) if isinstance(value, bool) else value
        if str(have or "none") != str(wanted):
            yield Difference(facet, str(wanted), str(have or "none"))


def matching(expected: Mapping[str, Any], life: Life) -> list[int]:
    """Return the indices of the clocks that an expectation speaks of, by clock id or step, pack, clause, rung."""
    wanted = {
        name: expected[name] for name in ("step", "pack", "clause", "rung", "ground", "round") if name in expected
    }
    if "clock" in expected:
        wanted["id"] = expected["clock"]
    return [
        index
        for index, clock in enumerate(life.clocks)
        if all(getattr(clock, name) == value for name, value in wanted.items())
    ]


def _due(expected: Mapping[str, Any], life: Life, sight: Sight, zone: ZoneInfo) -> Iterable[Difference]:
    indices = matching(expected, life)
    if set(expected) <= {"step", "at", "state", "rung", "round"}:
        # A step alone means the clock that governs it.
        indices = [index for index in indices if index in sight.governing] or indices[:1]
    name = str(expected.get("clock") or " ".join(str(expected[key]) for key in expected if key not in ("at", "state")))
    if not indices:
        yield Difference(name, "a clock", "none")
        return
    first: list[Difference] = []
    for index in indices:
        differences = list(_one(expected, life, sight, index, zone, name))
        if not differences:
            return
        first = first or differences
    yield from first


def _one(
    expected: Mapping[str, Any], life: Life, sight: Sight, index: int, zone: ZoneInfo, name: str
) -> Iterable[Difference]:
    clock = life.clocks[index]
    due = "none" if clock.due_at is None else shown(clock.due_at, zone)
    if "at" in expected and expected["at"] != due:
        yield Difference(f"{name}: due", str(expected["at"]), due)
    if "state" in expected and expected["state"] != sight.states[index]:
        yield Difference(f"{name}: state", str(expected["state"]), sight.states[index])
    if "governs" in expected and expected["governs"] != (index in sight.governing):
        yield Difference(f"{name}: governs", str(expected["governs"]), str(index in sight.governing))
    if "provisional" in expected and expected["provisional"] != clock.provisional:
        yield Difference(f"{name}: provisional", str(expected["provisional"]), str(clock.provisional))


def _absent(expected: Iterable[Any], life: Life, sight: Sight, zone: ZoneInfo) -> Iterable[Difference]:
    """Yield every clock that an example says is not there; `at` and `state` narrow what is meant."""
    for one in expected:
        asked = {"clock": one} if isinstance(one, str) else one
        for index in matching(asked, life):
            due = life.clocks[index].due_at
            at = "none" if due is None else shown(due, zone)
            if asked.get("at", at) == at and asked.get("state", sight.states[index]) == sight.states[index]:
                yield Difference(str(asked), "no such clock", sight.states[index])
