"""The signatures of one complaint: what was signed by which entry, and what waits to be signed by whom.

A signature is a step that a procedure marks as one; its clock says whose it is, by which clause, and what it
follows (Q 4.2.7, R 四.5, C 4.12.2). Nothing here knows a step's name, so an office's own pack can ask for another.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from complaintctl.rules.book import Book
from complaintctl.rules.clock import Clock, state_of
from complaintctl.rules.condition import holds
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import ClockRule

#: States in which a signature waits; one with a limit runs or has run out.
WAITS = ("untimed", "running", "overdue")
SIGNED = ("done", "met", "late")


class Signature(NamedTuple):
    """One signature on a complaint's papers.

    Each of `roles` may sign it; `since` is when it came to wait, which is when `follows` came; `signed_at` and `seq`
    (the entry that signed it) are None while it waits; `due_at` is None where it has no limit.
    """

    step: str
    follows: str
    roles: tuple[str, ...]
    clause: str
    pack: str
    round: int
    since: Moment | None
    due_at: Moment | None
    signed_at: Moment | None
    seq: int | None


def steps_of(book: Book) -> list[str]:
    """Return the steps that any procedure adopted here calls signatures, the latest procedure's first.

    A form begun under a procedure compiled before signatures were marked waits for its duties all the same; what the
    office calls a signature by now can then be signed on it.
    """
    found = [step for _, procedure in reversed(book.procedures) for step in procedure.signatures]
    return list(dict.fromkeys(found))


def signatures(life: Life, steps: Collection[str], now: Moment) -> list[Signature]:
    """Return what was signed by `now` and what waits then, in the procedure's order.

    What nobody need sign any more, and what cannot be signed yet, is left out. What two documents or two rounds ask
    for and one signature settles stands once.
    """
    found: dict[tuple[str, int | None], Signature] = {}
    for clock in life.clocks:
        if clock.step not in steps:
            continue
        state = state_of(clock.started_at, clock.due_at, clock.met_at, clock.ended_at, clock.ended_by, now)
        if state in (*WAITS, *SIGNED):
            one = _signature(life, clock, signed=state in SIGNED)
            held = found.get((one.step, one.seq))
            found[one.step, one.seq] = one if held is None else _joined(held, one)
    return list(found.values())


def _signature(life: Life, clock: Clock, *, signed: bool) -> Signature:
    seq = None
    if signed:
        seq = next(
            one.seq
            for one in life.course.milestones
            if one.step == clock.met_by and one.at == clock.met_at and one.round >= clock.round
        )
    return Signature(
        clock.step,
        clock.start,
        clock.duty,
        clock.clause,
        clock.pack,
        clock.round,
        clock.started_at,
        clock.due_at,
        clock.met_at if signed else None,
        seq,
    )


def _joined(one: Signature, other: Signature) -> Signature:
    """Return two demands for the same signature as one: it waits since the first, and is the later round's."""
    clauses = dict.fromkeys((one.clause, other.clause))
    return one._replace(
        roles=tuple(dict.fromkeys((*one.roles, *other.roles))),
        clause=", ".join(clauses),
        round=max(one.round, other.round),
        since=min((at for at in (one.since, other.since) if at is not None), default=None),
        due_at=min((at for at in (one.due_at, other.due_at) if at is not None), default=None),
    )


def entry_of(life: Life, signature: Signature) -> Entry | None:
    """Return the entry that signed; None while it waits."""
    return next((entry for entry in life.entries if entry.seq == signature.seq), None)


def asked_later(life: Life, step: str) -> ClockRule | None:
    """Return the rule by which a signature is still to be asked for in this round; None where it never is.

    A condition may wait for the dispatch itself (`form_out`), so it is read as if the form had gone out; none goes out
    for a suggestion or an inquiry by itself, so nobody waits for one there.
    """
    known = {**life.course.known}
    known["form_out"] = known["form_out"] or known["kind"] in JUDGED_KINDS
    taken = {one.step for one in life.course.milestones if one.round == life.course.round}
    for rule in life.course.procedure.clocks:
        if rule.step == step and holds(rule.when, known) and not taken & set(rule.start.split("|")):
            return rule
    return None
