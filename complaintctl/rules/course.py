"""The course of one complaint: its entries read in the order in which things happened.

Out of the entries come milestones (what was done when), versions (what was known and judged from when on),
pledges (agreed and promised times) and matters (raised at a revisit). Clocks are reckoned from these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.care import Action, action_of, counted_as
from complaintctl.rules.condition import holds
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import JUDGED_KINDS, OPEN_DEFAULTS, VOID_OUTCOMES
from complaintctl.rules.judge import judge
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Procedure, Timer

if TYPE_CHECKING:
    from complaintctl.rules.paths import Paths


class Milestone(NamedTuple):
    """Something that happened to a complaint: the step, when, in which round, by which entry.

    `seq` is 0 where no entry but time itself brought it about; `detail` is a code such as an outcome.
    """

    step: str
    at: Moment
    round: int
    seq: int
    rung: int | None = None
    detail: str | None = None


class Version(NamedTuple):
    """What was known and judged from `at` on, in which round, and what the clerk had overruled then."""

    at: Moment
    round: int
    known: dict[str, Any]
    overruled: dict[str, str]


class Pledge(NamedTuple):
    """A time given to the resident: `kind` is agreed, extended (both for the solution) or promised (a word)."""

    kind: str
    at: Moment
    until: Moment
    round: int
    seq: int


class Matter(NamedTuple):
    """A matter raised at a revisit, with the time promised for it, if any."""

    at: Moment
    until: Moment | None
    round: int
    seq: int


#: Entries that say to which event a complaint belongs: the last of them holds.
LINKS = ("linked", "unlinked")


def standing(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries that were not undone, in the order in which they were written."""
    kept = list(entries)
    undone = {entry.body["batch"] for entry in kept if entry.kind == "undone"}
    return [entry for entry in kept if entry.batch not in undone and entry.kind != "undone"]


def link_of(entries: Iterable[Entry]) -> Entry | None:
    """Return the entry that links a complaint to the event it belongs to; None where it belongs to none."""
    links = [entry for entry in standing(entries) if entry.kind in LINKS]
    return links[-1] if links and links[-1].kind == "linked" else None


class Course:
    """Reads the entries of one complaint one after the other; afterwards its attributes tell the course."""

    def __init__(self, entries: Sequence[Entry], book: Book) -> None:
        """Read the standing entries (see `standing`); the first in writing must be the intake."""
        self.intake = next(entry for entry in entries if entry.kind == "logged")
        self.book = book
        self.received_at: Moment = self.intake.at
        self.procedure: Procedure = book.procedure_at(self.received_at)
        self.milestones: list[Milestone] = []
        self.versions: list[Version] = []
        self.pledges: list[Pledge] = []
        self.matters: list[Matter] = []
        self.actions: list[Action] = []
        self.checked: dict[int, Milestone] = {}
        self.rounds: list[Moment] = [self.received_at]
        self.resolved_at: Moment | None = None
        self.notified_at: Moment | None = None
        self.closed_at: Moment | None = None
        self.closed_by_hand = False
        self.outcome: str | None = None
        # A register that was taken over may name the department without saying when the form went out.
        self.department: str | None = self.intake.body.get("department")
        self.nameless = bool(self.intake.body.get("nameless"))
        self.building: str | None = self.intake.body.get("building")
        self._paths: Paths | None = None
        self._facts: dict[str, Any] = {}
        self._overruled: dict[str, str] = {}
        self._links: list[tuple[Moment, int]] = []
        self._linked_by = 0
        self._amendments = 0
        self._judged: tuple[tuple[object, ...], dict[str, Any]] | None = None
        self.fired: dict[str, Moment] = {}
        self._read(entries)

    # ---- reading in order

    def _read(self, entries: Sequence[Entry]) -> None:
        self._take_from_the_start(entries)
        happened = sorted(entries, key=lambda entry: (entry.at, entry.seq))
        happened.remove(self.intake)
        self._links = sorted(self._household_receipts(entries))
        for entry in [self.intake, *happened]:
            self._let_time_pass(entry.at)
            self._apply(entry)
            self._close_if_done(entry)
            self._keep_version(entry.at)
        self._let_time_pass(None)
        self._mark_major()

    def _take_from_the_start(self, entries: Sequence[Entry]) -> None:
        """Put what was *wrong from the start* right at intake; earlier amendments of the same facts fall away."""
        facts = {**OPEN_DEFAULTS, **self.intake.body["facts"]}
        self._superseded: dict[int, set[str]] = {}
        for entry in entries:
            if entry.kind == "amended" and entry.body.get("from_the_start"):
                facts |= entry.body.get("facts", {})
                for earlier in entries:
                    if earlier.seq < entry.seq and earlier.kind == "amended":
                        self._superseded.setdefault(earlier.seq, set()).update(entry.body.get("facts", {}))
        self._facts = facts
        self._overruled = dict(self.intake.body.get("overruled", {}))
        for entry in entries:
            if entry.kind == "amended" and entry.body.get("from_the_start"):
                self._take_what_stands_beside(entry)

    def _take_what_stands_beside(self, entry: Entry) -> None:
        """Take what an amendment says beside the facts: who can be reached, where it is, what is overruled."""
        body = entry.body
        self.nameless = body.get("nameless", self.nameless)
        self.building = body.get("building", self.building)
        self._overruled |= body.get("overruled", {})
        for facet in body.get("withdrawn", ()):
            self._overruled.pop(facet, None)

    def _household_receipts(self, entries: Sequence[Entry]) -> list[tuple[Moment, int]]:
        """Return when each household of the linked event was received, and how many that brought."""
        linked = [entry for entry in entries if entry.kind in LINKS]
        self._linked_by = linked[0].seq if linked else 0
        return [(int(at), int(count)) for at, count in linked[-1].body["receipts"]] if linked else []

    def _let_time_pass(self, until: Moment | None) -> None:
        """Bring about what time alone does before `until` (None: for ever): timers, and households linked."""
        while True:
            waiting = [(at, timer) for timer in self.procedure.timers if (at := self._timer_at(timer)) is not None]
            receipts = [at for at, _ in self._links if self.versions and at > self.versions[-1].at]
            moments = [at for at, _ in waiting] + receipts
            if not moments or (until is not None and min(moments) >= until):
                return
            now = min(moments)
            self.fired |= {timer.name: at for at, timer in waiting if at == now}
            self._keep_version(now)

    def _timer_at(self, timer: Timer) -> Moment | None:
        """Return when a timer fires as things stand, or None where it has fired or is held off."""
        if timer.name in self.fired or not self.versions or self._stands(timer.unless):
            return None
        start = self.rounds[-1] if timer.start == "received" else self.received_at
        due = self.book.due(self.procedure.limit(timer.limit), start).at
        return max(due, self.versions[-1].at)

    def _stands(self, step: str) -> bool:
        if self.closed_at is not None:
            return True
        if step == "resolved":
            return self.resolved_at is not None
        return any(one.step == step and one.round == self.round for one in self.milestones)

    # ---- one entry

    @property
    def round(self) -> int:
        """The round the complaint is in; 1 until it is reopened."""
        return len(self.rounds)

    def _apply(self, entry: Entry) -> None:
        handler = getattr(self, f"_on_{entry.kind}", None)
        if handler is not None:
            handler(entry)
        body = entry.body
        for kind in ("agreed", "promised"):
            until = body.get(f"{kind}_by" if kind == "agreed" else "promise")
            if until is not None and not (kind == "promised" and body.get("raised")):
                self._pledge(kind, entry, until)
                # Agreeing on a time is what the reply-agreed step asks for (C 4.4.1, 4.7.2).
                if "reply-agreed" not in body.get("steps", ()) and entry.kind in (
                    "logged",
                    "recorded",
                    "amended",
                    "repair",
                ):
                    self._mark("reply-agreed", entry)

    def _mark(self, step: str, entry: Entry, **more: Any) -> None:
        # A paper of an earlier round may be signed when the next one has begun.
        self.milestones.append(Milestone(step, entry.at, entry.body.get("round", self.round), entry.seq, **more))

    def _pledge(self, kind: str, entry: Entry, until: Moment) -> None:
        self.pledges.append(Pledge(kind, entry.at, until, self.round, entry.seq))
        self._mark(kind, entry)

    def _on_logged(self, entry: Entry) -> None:
        self._mark("received", entry)

    def _on_amended(self, entry: Entry) -> None:
        body = entry.body
        self._amendments += 1
        self._mark("wrong-from-the-start" if body.get("from_the_start") else "amended", entry)
        if not body.get("from_the_start"):
            gone = self._superseded.get(entry.seq, set())
            self._facts |= {name: value for name, value in body.get("facts", {}).items() if name not in gone}
        self._take_what_stands_beside(entry)

    def _on_assigned(self, entry: Entry) -> None:
        self.department = entry.body.get("department")
        self._mark("dispatched", entry, detail=self.department)

    def _on_resolved(self, entry: Entry) -> None:
        self.resolved_at = entry.at
        self.outcome = entry.body.get("outcome", "solved")
        self._mark("resolved", entry, detail=self.outcome)
        if entry.body.get("form_returned"):
            self._mark("form-returned", entry)
        if self.outcome in VOID_OUTCOMES:
            self._close(entry)

    def _on_recorded(self, entry: Entry) -> None:
        for step in entry.body["steps"]:
            self._mark(
                counted_as(step, entry), entry, detail=str(entry.body["matter"]) if "matter" in entry.body else None
            )

    def _on_corrective(self, entry: Entry) -> None:
        self.actions.append(action_of(entry, self.round))
        self._mark("corrective-action", entry)

    def _on_checked(self, entry: Entry) -> None:
        self._mark("corrective-checked", entry, detail="effective" if entry.body["effective"] else "not-effective")
        self.checked[entry.body["action"]] = self.milestones[-1]

    def _on_referred(self, entry: Entry) -> None:
        # What was done once for an event of many households counts once (the month leaves these out).
        detail = "event" if "event" in entry.body else None
        self._mark("referred", entry, rung=entry.body["rung"], detail=detail)

    @property
    def paths(self) -> Paths:
        """Dispute, suggestion and repair; loaded only where one is told of, for most complaints have none."""
        if self._paths is None:
            from complaintctl.rules.paths import Paths

            self._paths = Paths(self.procedure)
        return self._paths

    @property
    def on_paths(self) -> bool:
        """Whether any entry tells of a dispute, a suggestion's path or a repair."""
        return self._paths is not None

    @property
    def disputed(self) -> bool:
        """Whether the complaint is, or was, in dispute."""
        return self._paths is not None and bool(self._paths.steps)

    def _on_disputed(self, entry: Entry) -> None:
        for step, detail in self.paths.disputed(entry):
            self._mark(step, entry, detail=detail)

    def _on_suggestion(self, entry: Entry) -> None:
        self._mark(self.paths.suggested(entry), entry)

    def _on_repair(self, entry: Entry) -> None:
        self.paths.repaired(entry, self.round)

    def _on_extended(self, entry: Entry) -> None:
        self._pledge("extended", entry, entry.body["until"])

    def _on_unlinked(self, entry: Entry) -> None:
        if entry.body.get("from_the_start"):
            self._mark("wrong-from-the-start", entry)

    def _on_reopened(self, entry: Entry) -> None:
        self._reopen(entry)

    def _on_closed(self, entry: Entry) -> None:
        self.closed_by_hand = True
        self._close(entry)

    def _on_notified(self, entry: Entry) -> None:
        step = self._notice_step(entry)
        if step == "notified" and self.resolved_at is None and self.known["kind"] in JUDGED_KINDS:
            # For an invalid complaint the explanation is the answer: it resolves as well (C 4.10).
            self.resolved_at = entry.at
            self.outcome = "explained"
            self._mark("resolved", entry, detail="explained")
        self._mark(step, entry, detail=",".join(entry.body["via"]))
        if step == "notified":
            self.notified_at = entry.at
        # An explanation that is not accepted closes nothing and reopens nothing: the matter is still being coordinated.
        refused = entry.body.get("accepted") is False and step != "explained"
        if refused and self.known["kind"] in JUDGED_KINDS:
            self._reopen(entry)

    def _notice_step(self, entry: Entry) -> str:
        """Say what a notice counts as: notified, an explanation given beforehand, or the step it falls short to."""
        if self.resolved_at is None and self.known["coordinated"]:
            return "explained"
        known = self.known if entry.seq > self._linked_by else self._known_unlinked()
        return short_of(self.procedure, known, [*self._vias(), *entry.body["via"]]) or "notified"

    def _known_unlinked(self) -> dict[str, Any]:
        """Return what was known before the complaint was linked: a notice given then was good enough."""
        links, self._links = self._links, []
        known = self._judge_anew(None)
        self._links = links
        return known

    def _vias(self) -> list[str]:
        """Return the manners in which this round's notices were given so far, since the resolution."""
        since = self.resolved_at if self.resolved_at is not None else self.rounds[-1]
        given = (one for one in self.milestones if one.round == self.round and one.at >= since and one.detail)
        return [via for one in given if one.step in NOTICE_STEPS for via in str(one.detail).split(",")]

    def _on_revisited(self, entry: Entry) -> None:
        body = entry.body
        self._mark("revisited", entry, detail=body["answer"])
        if body.get("raised"):
            self.matters.append(Matter(entry.at, body.get("promise"), self.round, entry.seq))
            self._mark("raised", entry)
        if body["answer"] == "dissatisfied":
            self._reopen(entry)

    # ---- rounds and closing

    def _reopen(self, entry: Entry) -> None:
        was_closed = self.closed_at is not None
        self._keep_version(entry.at)
        self.rounds.append(entry.at)
        if self._paths is not None:
            self._paths.reopened()
        self.resolved_at = self.notified_at = self.closed_at = None
        self.closed_by_hand = False
        self.outcome = None
        # Solved while it was taken down, or at once after: that was the round before.
        self._facts["on_the_spot"] = False
        self._mark("reopened", entry, detail="closed" if was_closed else None)

    def _close(self, entry: Entry) -> None:
        if self.closed_at is None:
            self.closed_at = entry.at
            self._mark("closed", entry)

    def _close_if_done(self, entry: Entry) -> None:
        """Close at the last step that the procedure names for a complaint of this kind."""
        if self.closed_at is not None or entry.kind == "closed":
            return
        known = self._now_known()
        if known["kind"] in JUDGED_KINDS and self.resolved_at is None:
            return
        first, _, other = self.procedure.closing_step(known).partition("|")
        step = first if known["form_out"] or not other else other
        if any(one.step == step and one.round == self.round for one in self.milestones):
            self._close(entry)

    # ---- what is known

    @property
    def known(self) -> dict[str, Any]:
        """What is known and judged as things stand."""
        return self._now_known()

    def _now_known(self, at: Moment | None = None) -> dict[str, Any]:
        """Return what is known, judged anew only where something has changed since the last time."""
        state = (at, len(self.milestones), self.round, len(self.fired), self._amendments, self._seen_until())
        if self._judged is None or self._judged[0] != state:
            self._judged = (state, self._judge_anew(at))
        return self._judged[1]

    def _seen_until(self) -> Moment:
        """Return up to when the course has been read: a household of the event counts once it was received."""
        return self.versions[-1].at if self.versions else 0

    def _judge_anew(self, at: Moment | None) -> dict[str, Any]:
        this_round = [one.step for one in self.milestones if one.round == self.round]
        last = max((at or 0), self.milestones[-1].at if self.milestones else 0, self._seen_until())
        known: dict[str, Any] = {
            **self._facts,
            "round": self.round,
            "tried": this_round.count("tried"),
            "nameless": self.nameless,
            "heard": self._facts.get("heard_at") is not None,
            "form_out": "dispatched" in this_round,
            **{timer.name: timer.name in self.fired for timer in self.procedure.timers},
        }
        linked = sum(count for received, count in self._links if received <= last)
        known["households"] = max(int(known["households"]), linked)
        judge(self.procedure, known, self._overruled)
        return known

    def _keep_version(self, at: Moment) -> None:
        if self.versions and self.versions[-1].at == at and self.versions[-1].round == self.round:
            self.versions.pop()
        self.versions.append(Version(at, self.round, self._now_known(at), dict(self._overruled)))

    def _mark_major(self) -> None:
        """Mark each moment at which the complaint became major, be it by an entry or by time."""
        was = False
        for version in self.versions:
            now = version.known["severity"] == "major"
            if now and not was:
                self.milestones.append(Milestone("became-major", version.at, version.round, 0))
            was = now


NOTICE_STEPS = ("notified", "contacted", "explained")


def short_of(procedure: Procedure, known: dict[str, Any], vias: Sequence[str]) -> str | None:
    """Return the step that a notice given in these manners counts as, or None where it falls short of nothing."""
    for demand in procedure.notices:
        if demand.short != "remark" and holds(demand.when, known) and not set(demand.via) & set(vias):
            return demand.short
    return None
