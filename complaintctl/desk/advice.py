"""What a verb changed, what runs out next, and the command that comes next."""

from __future__ import annotations

from typing import NamedTuple

from complaintctl.rules.clock import Clock
from complaintctl.rules.condition import holds
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

#: The command that takes a step; every other step is recorded.
COMMANDS = {
    "dispatched": "assign {id} {department}",
    "resolved": 'resolve {id} "{result}"',
    "notified": "notify {id} --via {via} --accepted",
    "revisited": "revisit {id} --satisfied",
    "referred": "escalate {id} {rung}",
    "word-given": 'record {id} contacted "{note}"',
    "corrective-checked": 'corrective {id} --checked "{note}" --effective',
    "corrective-action": 'corrective {id} --cause "…" --correction "…" --prevention "…" --by {name} --until {moment}',
    "case-study": 'study {id} --what "…" --cause "…" --lesson "…"',
    "training": "study {id} --trained {name}",
    "passed-on": 'record {id} passed-on "{note}" --to {whom}',
    "explained-class-3": 'record {id} explained-class-3 "{note}" --understood',
}
RECORDED = 'record {id} {step} "{note}"'
#: What a suggestion and an inquiry want: no form, no limit, an answer that closes them.
TELL = "suggestion told {id}"
DECIDE = 'suggestion adopt {id} --plan "{plan}"'
ANSWER = 'notify {id} --via {via} --note "{answer}"'
PUBLISH = "suggestion publish {id}"
SIGNED = "sign {id} {step}"
#: Where several matters wait, each has to be named.
MATTER = 'record {id} {step} --matter {matter} "{note}"'
ACTION = 'corrective {id} --action {action} --checked "{note}" --effective'


class Change(NamedTuple):
    """A clock that a verb brought to another state; `old` is None for one that was not there before."""

    clock: Clock
    old: str | None
    new: str


class Next(NamedTuple):
    """A clock that runs, or ran, out next, and the command that meets it."""

    clock: Clock
    state: str
    command: str


def changes(before: Life | None, after: Life, now: Moment) -> list[Change]:
    """Return the clocks whose state a verb changed."""
    old = _states(before, now) if before is not None else {}
    return [
        Change(clock, old.get(key), state)
        for clock, state, key in _listed(after, now)
        if old.get(key) != state and not (key not in old and state in ("waiting", "lifted"))
    ]


def _listed(life: Life, now: Moment) -> list[tuple[Clock, str, tuple[object, ...]]]:
    sight = life.seen_at(now)
    return [
        (clock, state, (clock.id, clock.round, clock.ground, clock.due_at if clock.id in ("agreed", "promised") else 0))
        for clock, state in zip(life.clocks, sight.states, strict=True)
    ]


def _states(life: Life, now: Moment) -> dict[tuple[object, ...], str]:
    return {key: state for _, state, key in _listed(life, now)}


def pending(life: Life, now: Moment) -> list[Next]:
    """Return the governing clocks that run or ran out, soonest due first, each with its command."""
    sight = life.seen_at(now)
    found = [
        Next(clock, state, command_for(life, clock))
        for index, (clock, state) in enumerate(zip(life.clocks, sight.states, strict=True))
        if index in sight.governing and state in ("running", "overdue")
    ]
    return sorted(found, key=lambda one: one.clock.due_at or 0)


def unlimited(life: Life, now: Moment) -> list[str]:
    """Return the commands that meet the duties without a limit, each once; signatures have a list of their own."""
    states = life.seen_at(now).states
    open_ = [one for one, state in zip(life.clocks, states, strict=True) if state == "untimed"]
    wanted = {one.step: one for one in open_ if one.step not in life.course.procedure.signatures}
    if "case-study" in wanted:
        # Nobody can be trained on a case that is not written yet.
        wanted.pop("training", None)
    return list(dict.fromkeys(command_for(life, one) for one in wanted.values()))


def command_for(life: Life, clock: Clock) -> str:
    """Return the command, without the program's name, that meets a clock; `{…}` marks what the clerk fills in."""
    step = _wanting(life, clock)
    pattern = COMMANDS.get(step, SIGNED if step in life.course.procedure.signatures else RECORDED)
    if step == "notified" and life.course.resolved_at is None and not _explains(life):
        pattern = COMMANDS["resolved"]
    if pattern == COMMANDS["resolved"] and _must_go_out(life):
        pattern = COMMANDS["dispatched"]
    if clock.ground.startswith("matter-") and sum(one.ground.startswith("matter-") for one in life.clocks) > 1:
        pattern = MATTER
    rung = life.course.procedure.rungs[str(clock.rung)]["code"] if clock.rung is not None else ""
    if clock.start == "corrective" and len(life.course.actions) - len(life.course.checked) > 1:
        pattern = ACTION
    number = clock.ground.rpartition("-")[2]
    return _filled(pattern, id=str(life.id), step=step, rung=rung, via=_manner(life), matter=number, action=number)


def _wanting(life: Life, clock: Clock) -> str:
    """Return the step that a clock still waits for: its own, or the one that must follow it (telling the result)."""
    follows = next((rule.followed_by for rule in life.course.procedure.clocks if rule.id == clock.id), None)
    done = {one.step for one in life.course.milestones if one.round == clock.round}
    return follows if follows is not None and clock.step in done else clock.step


def forward(life: Life) -> str | None:
    """Return the command that brings the complaint to its next stage; None for a closed one."""
    course = life.course
    known = course.known
    if known["kind"] not in JUDGED_KINDS:
        return _short_path(life)
    if course.closed_at is not None:
        return None
    if course.notified_at is not None:
        return _filled(COMMANDS["revisited"], id=str(life.id))
    if known["nameless"] and known["kind"] in JUDGED_KINDS and course.resolved_at is not None:
        # Nobody can be told: it ends with the form, which has not come back yet.
        return _filled(RECORDED, id=str(life.id), step="form-returned")
    if course.resolved_at is not None or _explains(life):
        return _filled(COMMANDS["notified"], id=str(life.id), via=_manner(life))
    return _filled(COMMANDS["dispatched" if _must_go_out(life) else "resolved"], id=str(life.id))


def _short_path(life: Life) -> str | None:
    """Return what comes next for a suggestion (H11 3.1.4) or an inquiry; None where nothing is left."""
    course = life.course
    closed = course.closed_at is not None
    pattern = None if closed else ANSWER
    if course.known["kind"] == "suggestion":
        held = course.paths.suggestion
        if held.decision is None and held.told_at is not None:
            pattern = DECIDE
        elif held.decision is None and not closed and course.procedure.suggestion is not None:
            pattern = TELL
        elif closed and held.decision == "adopted" and held.published_at is None:
            pattern = PUBLISH
    return None if pattern is None else _filled(pattern, id=str(life.id), via=_manner(life))


def besides(life: Life) -> str | None:
    """Return what can be done as well: praise is answered without the director's having decided on anything."""
    if life.course.known["kind"] != "suggestion" or life.course.closed_at is not None:
        return None
    if life.course.paths.suggestion.decision is not None:
        return None
    return _filled(ANSWER, id=str(life.id), via=_manner(life))


def _must_go_out(life: Life) -> bool:
    """Say whether the complaint has to go to a department before it can be resolved."""
    known, rule = life.course.known, life.course.procedure.snapshot["assignment"]
    if rule is None or known["form_out"] or known["on_the_spot"] or life.course.resolved_at is not None:
        return False
    return holds(rule["needed_when"], known)


#: After so many tries in vain a written notice is all that can be asked (◆).
TRIED_ENOUGH = 3


def _manner(life: Life) -> str:
    """Return the manners in which the result must be told, so that the notice does not fall short."""
    course = life.course
    demands = [one for one in course.procedure.notices if one.short != "remark" and holds(one.when, course.known)]
    if course.resolved_at is None and course.known["coordinated"]:
        return "phone"
    usual = "written" if course.known["tried"] >= TRIED_ENOUGH else "phone"
    return ",".join(dict.fromkeys(one.via[0] for one in demands)) or usual


def _explains(life: Life) -> bool:
    """Say whether the explanation is the answer, so that a notice needs no resolution."""
    known = life.course.known
    return life.course.procedure.applies("explanation", known) and not known["coordinated"] and not known["nameless"]


def _filled(pattern: str, **values: str) -> str:
    for name, value in values.items():
        pattern = pattern.replace(f"{{{name}}}", value)
    return pattern
