"""One event, many households: the referral, the report and the manager's decision happen once for all (C 4.5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from complaintctl.desk.office import Command, Office, Remark
from complaintctl.language import N_, Phrase
from complaintctl.rules.clock import Clock
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

WAITING = ("running", "overdue", "untimed")


def of_event(clock: Clock) -> bool:
    """Say whether a clock runs because many households complain, so that one deed meets it for all of them."""
    return any(name == "collective" for name, _ in clock.because)


def share(command: Command, life: Life, kind: str, at: Moment, body: dict[str, Any], private: Any) -> Iterator[Remark]:
    """Let a deed done on one complaint count on the others of its event that wait for it too; say on which.

    `body` has the `rung` of a referral, or the `steps` recorded.
    """
    steps = ["referred"] if kind == "referred" else body["steps"]
    shared = []
    for other in others(command.office, command, life):
        meant = {clock.step for clock in _waiting(command.office, other, at) if _serves(clock, steps, body.get("rung"))}
        if meant:
            told = (
                {"rung": body["rung"]} if kind == "referred" else {"steps": [step for step in steps if step in meant]}
            )
            command.append(other.id, kind, at, {**told, "event": life.id}, private)
            shared.append(other.number)
    if shared:
        yield Remark("event", Phrase(N_("counts for the whole event, also on {numbers}"), numbers=shared))


def catch_up(command: Command, member: Life, before: Iterable[Life]) -> None:
    """Let what was done for an event before count on a complaint that is linked to it only now."""
    done = {
        (clock.step, clock.ground, clock.rung): clock.met_at
        for other in before
        for clock in other.clocks
        if of_event(clock) and clock.met_at is not None
    }
    for clock in _waiting(command.office, member, command.office.now):
        met_at = done.get((clock.step, clock.ground, clock.rung))
        if met_at is not None and clock.started_at is not None:
            at = max(met_at, clock.started_at)
            kind = "referred" if clock.step == "referred" else "recorded"
            body = {"rung": clock.rung} if kind == "referred" else {"steps": [clock.step]}
            command.append(member.id, kind, at, {**body, "event": member.id})


def others(office: Office, command: Command, life: Life) -> list[Life]:
    """Return the other open complaints of a complaint's event."""
    row = office.query.complaint(life.id)
    if row is None or row["event"] is None:
        return []
    rows = office.query.event_of(row["event"])
    return [command.open(str(one["id"])) for one in rows if one["id"] != life.id and one["closed_at"] is None]


def _waiting(office: Office, life: Life, at: Moment) -> list[Clock]:
    """Return the clocks of the event that had begun by a moment and still wait."""
    states = zip(life.clocks, life.seen_at(office.now).states, strict=True)
    return [
        clock
        for clock, state in states
        if of_event(clock) and state in WAITING and clock.started_at is not None and clock.started_at <= at
    ]


def _serves(clock: Clock, steps: Iterable[str], rung: int | None) -> bool:
    return clock.step in steps and (clock.rung is None or (rung is not None and rung >= clock.rung))
