"""What `record` takes besides a note: to whom it went, who answered, whether it was understood, how large it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from complaintctl.desk.office import Command, Remark
from complaintctl.desk.refused_care import NotAsked, NotPassedOn, WhichOne
from complaintctl.desk.steps import names, title
from complaintctl.errors import UsageFault
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.assist import ANSWERED, PASSED, Passed, passed_on, waiting
from complaintctl.rules.care import TO_BE_UNDERSTOOD
from complaintctl.rules.course import standing
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

if TYPE_CHECKING:
    from complaintctl.desk.record import Record

#: Which particular belongs to which steps.
STEPS_OF = {
    "--to": (PASSED, "warranty", "warranty-report", "warranty-feedback"),
    "--by": (ANSWERED,),
    "--large": ("warranty", "warranty-report"),
    "--understood/--not-understood": TO_BE_UNDERSTOOD,
}


def must_fit(what: Record) -> None:
    """Refuse a particular that none of the steps asks for: nobody would look for it there.

    Raises:
        UsageFault.
    """
    given = zip(STEPS_OF, (what.to, what.by, what.large or None, what.understood), strict=True)
    for option, value in given:
        if value is not None and not set(what.steps) & set(STEPS_OF[option]):
            problem = Phrase(N_("{option} belongs to the steps {steps}."), option=option, steps=list(STEPS_OF[option]))
            raise UsageFault(problem=problem)


def particulars(life: Life, what: Record, now: Moment) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """Return what body and private part keep of them, and (step, moment) of what they must come after.

    Raises:
        NotPassedOn, NotAsked, WhichOne: an answer to nothing, or to which of several is not clear.
    """
    body: dict[str, Any] = {}
    if what.understood is not None:
        body["understood"] = what.understood
    if ANSWERED not in what.steps:
        return body, {"to": what.to}, []
    passed, _ = passed_on(standing(life.entries))
    if not passed:
        raise NotPassedOn(**{**names(life), "clause": clauses_of(life, PASSED)})
    meant = _answered(life, passed, waiting(passed, now), what.by)
    who = what.by or next((one.to for one in meant), None)
    after = min(one.at for one in meant or passed)
    body["answers"] = [one.seq for one in meant if one.answered_at is None or one.answered_at > now]
    return body, {"to": what.to, "from": who}, [(title(life, PASSED), after)]


def _answered(life: Life, passed: Sequence[Passed], open_: Sequence[Passed], who: str | None) -> Sequence[Passed]:
    """Return what an answer answers: what went to whoever answers, or the only one that was asked.

    Whoever answered before and writes again answers nothing that went to others.
    """
    named = _sent_to(open_, who) or _sent_to(passed, who)
    asked = list(dict.fromkeys(one.to for one in named or open_ if one.to))
    if len(asked) < 2:
        return named or open_
    if who is not None and not named:
        raise NotAsked(field="--by", text=who, expected=asked)
    raise WhichOne(**names(life), choices=asked, option="--by")


def _sent_to(passed: Sequence[Passed], who: str | None) -> list[Passed]:
    """Return what went to somebody: by the very name if there is one, else by one that holds the other."""
    if who is None:
        return []
    exact = [one for one in passed if one.to == who]
    return exact or [one for one in passed if one.to and (one.to in who or who in one.to)]


def effect(command: Command, life: Life, what: Record, at: Moment) -> Iterator[Remark]:
    """Take down that the effect is large, and say where the procedure asks for no report of it (Q 4.2.6)."""
    if not what.large:
        return
    if not life.course.known["large_effect"]:
        life = command.append(life.id, "amended", at, {"facts": {"large_effect": True}}) or life
    if not any(clock.step == "warranty-report" for clock in life.clocks):
        text = N_("no written report is asked for: it is none of those that go to warranty work in this procedure")
        yield Remark("no-report", Words(text))


def unsaid(life: Life, what: Record) -> Iterator[Remark]:
    """Say which particular is missing that the clause asks for; what was recorded stands all the same."""
    for step, said, text in (
        (PASSED, what.to, N_("to whom it went is not said; --to WHOM keeps it ({clause})")),
        (TO_BE_UNDERSTOOD[0], what.understood, N_("taken as understood; --not-understood leaves it open ({clause})")),
    ):
        clause = clauses_of(life, step)
        # Where no document in force asks for the step, it asks for no particular of it either.
        if step in what.steps and said is None and clause:
            yield Remark("not-said", Phrase(text, clause=clause))


def clauses_of(life: Life, *steps: str) -> str:
    """Return the clauses by which the procedure asks for a step of this complaint, else of any; empty for none."""
    own = [clock.clause for clock in life.clocks if clock.step in steps]
    return clauses(own or (rule.clause for rule in life.course.procedure.clocks if rule.step in steps))


def clauses(found: Iterable[str]) -> str:
    """Join clauses, each part once."""
    parts = [part.strip() for clause in found for part in clause.split(",")]
    return ", ".join(dict.fromkeys(part for part in parts if part))
