"""A written procedure in its typed form, built from the compiled snapshot that a ledger keeps.

A snapshot is plain JSON (see `pack.parse`, which makes one out of TOML), so that daily commands parse no TOML.
Nothing here knows a clause: every rule is data, and an office's own pack is as good as a shipped one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from complaintctl.rules.condition import Condition, holds
from complaintctl.rules.period import Limit, parse_limit

if TYPE_CHECKING:
    from complaintctl.rules.occasions import Followup, Occasion

Wording = Mapping[str, str]


class ClockRule(NamedTuple):
    """One clock of a procedure: from which moment, how long, to which step, by which clause, whose duty.

    `limit` is None for an untimed duty; `parameter` names the site parameter the limit comes from, if any;
    `followed_by` is a further step that must come after the step before the clock is met;
    `start` and `of` are the pack's `from` and `of`; `instead` names a moment fact that replaces the limit.
    """

    id: str
    pack: str
    step: str
    clause: str
    when: Condition
    start: str
    of: str | None
    limit: str | None
    parameter: str | None
    roll: bool
    ends: Literal["24:00", "closing"]
    duty: tuple[str, ...]
    rung: int | None
    ground: str
    instead: str | None
    met_by: tuple[str, ...]
    survives_closing: bool
    followed_by: str | None
    ended_by: tuple[str, ...]
    title: Wording


class JudgementRule(NamedTuple):
    """One rule of judgement: the facet gets the value where the condition holds."""

    facet: str
    value: str
    clause: str
    pack: str
    when: Condition
    because: Wording
    overrules: bool


class Timer(NamedTuple):
    """A fact that time makes true: `limit` after `start`, unless the step `unless` stands then."""

    name: str
    start: str
    limit: str
    unless: str
    clause: str
    title: Wording


class Notice(NamedTuple):
    """A demand on the manner of answering: a notice not given `via` one of these falls short.

    `short` is the step that such a notice counts as instead, or "remark" where it counts but is remarked.
    """

    when: Condition
    via: tuple[str, ...]
    clause: str
    short: str
    needs_note: bool


class Procedure:
    """A procedure in force: its rules, steps, ladder and parameters."""

    def __init__(self, snapshot: Mapping[str, Any]) -> None:
        """Wrap a compiled snapshot, as made by `pack.parse`."""
        self.snapshot = snapshot
        self.id: str = snapshot["id"]
        self.title: Wording = snapshot["title"]
        self.steps: Mapping[str, Any] = snapshot["steps"]
        self.roles: Mapping[str, Wording] = snapshot["roles"]
        self.rungs: Mapping[str, Any] = snapshot["rungs"]
        self.params: Mapping[str, Any] = snapshot["params"]
        self.agreement: Mapping[str, Any] | None = snapshot["agreement"]
        self.extension: Mapping[str, Any] | None = snapshot["extension"]
        self.promise: Mapping[str, Any] | None = snapshot["promise"]
        #: What is said of suggestions (clause, who decides); None where nothing is.
        self.suggestion: Mapping[str, Any] | None = snapshot.get("suggestion")
        self._remembered: dict[str, Any] = {}

    def remember(self, name: str, make: Callable[[Procedure], Any]) -> Any:
        """Return what `make` gives for this procedure, reckoned once."""
        if name not in self._remembered:
            self._remembered[name] = make(self)
        return self._remembered[name]

    @cached_property
    def clocks(self) -> tuple[ClockRule, ...]:
        """Return every clock, in the pack's order."""
        return tuple(self._clock(row) for row in self.snapshot["clocks"])

    def _clock(self, row: Mapping[str, Any]) -> ClockRule:
        limit, parameter = self._resolve(row["limit"])
        return ClockRule(
            id=row["id"],
            pack=row["pack"],
            step=row["step"],
            clause=row["clause"],
            when=row["when"],
            start=row["from"],
            of=row["of"],
            limit=limit,
            parameter=parameter,
            roll=row["roll"],
            ends=row["ends"],
            duty=tuple(row["duty"]),
            rung=row["rung"],
            ground=row["ground"],
            instead=row["instead"],
            met_by=tuple(row["met_by"]) or self.containing(row["step"]),
            followed_by=row["followed_by"],
            survives_closing=row["survives_closing"] or (limit is None and row["start_is_step"]),
            ended_by=tuple(row["ended_by"]),
            title=row["title"],
        )

    def _resolve(self, limit: str | None) -> tuple[str | None, str | None]:
        """Return a limit's wording and, where it is `$name`, the site parameter it comes from."""
        if limit is not None and limit.startswith("$"):
            return str(self.params[limit[1:]]["value"]), limit[1:]
        if limit == "at once" and "at-once" in self.params:
            return str(self.params["at-once"]["value"]), "at-once"
        return limit, None

    @cached_property
    def judgements(self) -> tuple[JudgementRule, ...]:
        """Return every rule of judgement, in the pack's order."""
        return tuple(JudgementRule(**row) for row in self.snapshot["judgements"])

    @cached_property
    def timers(self) -> tuple[Timer, ...]:
        """Return the facts that time makes true."""
        return tuple(
            Timer(row["name"], row["from"], row["limit"], row["unless"], row["clause"], row["title"])
            for row in self.snapshot["timers"]
        )

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Return the demands on the manner of answering."""
        return tuple(
            Notice(row["when"], tuple(row["via"]), row["clause"], row["short"], row["needs_note"])
            for row in self.snapshot["notices"]
        )

    @cached_property
    def occasions(self) -> tuple[Occasion, ...]:
        """Return the kinds of inspections and visits that the procedure speaks of."""
        from complaintctl.rules.occasions import occasion_of

        # A ledger may hold a snapshot that was compiled before procedures spoke of these.
        return tuple(occasion_of(row) for row in self.snapshot.get("occasions", ()))

    @cached_property
    def followups(self) -> tuple[Followup, ...]:
        """Return what inspections and visits leave to be done."""
        from complaintctl.rules.occasions import followup_of

        return tuple(followup_of(row) for row in self.snapshot.get("followups", ()))

    def occasion(self, subject: str, name: str) -> Occasion | None:
        """Return what the procedure says of a kind of inspection or visit; None where it says nothing."""
        return next((one for one in self.occasions if (one.subject, one.name) == (subject, name)), None)

    def followup(self, subject: str, step: str) -> Followup | None:
        """Return the rule for what an inspection or visit leaves to be done; None where there is none."""
        return next((one for one in self.followups if (one.subject, one.step) == (subject, step)), None)

    @cached_property
    def signatures(self) -> tuple[str, ...]:
        """Return the steps that somebody signs for with name and moment, in the order of the pack's clocks."""
        # A ledger may hold a snapshot that was compiled before procedures marked them.
        marked = {name for name, step in self.steps.items() if step.get("signature")}
        return tuple(dict.fromkeys(rule.step for rule in self.clocks if rule.step in marked))

    @cached_property
    def _containing(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {name: [name] for name in self.steps}
        for name in self.steps:
            for contained in self.steps[name]["contains"]:
                if contained != name and contained in found:
                    found[contained].append(name)
        return {name: tuple(steps) for name, steps in found.items()}

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Return the steps at which the resident hears from the office; each ends the wait for the "last word"."""
        return self.containing("word-given")

    def containing(self, step: str) -> tuple[str, ...]:
        """Return the steps that meet a clock of this step: the step itself and all that contain it."""
        return self._containing.get(step, (step,))

    def closing_step(self, known: Mapping[str, Any]) -> str:
        """Return the step at which a complaint of this kind closes (a step name, or "a|b" as in the pack)."""
        for row in self.snapshot["closings"]:
            if holds(row["when"], known):
                return str(row["step"])
        return "notified"

    def applies(self, table: str, known: Mapping[str, Any]) -> bool:
        """Say whether the pack has the table (such as "coordination") and its condition holds."""
        row = self.snapshot.get(table)
        return row is not None and holds(row["when"], known)

    def limit(self, wording: str) -> Limit:
        """Return a pack's limit, reading `$name` as the site parameter of that name."""
        resolved, _ = self._resolve(wording)
        return parse_limit(resolved or wording)
