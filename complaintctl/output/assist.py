"""Assisting for people and scripts: to whom a matter went, what was answered, when the resident hears again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, duration, iso, iso_or_none, local
from complaintctl.rules.assist import passed_on, waiting
from complaintctl.rules.course import standing
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

if TYPE_CHECKING:
    from complaintctl.output.complaint import Told


def data(life: Life, told: Told, zone: ZoneInfo, now: Moment) -> dict[str, Any] | None:
    """Give what was passed on and answered as JSON values; null for what is no matter of others and never was."""
    passed, answers = passed_on(standing(life.entries))
    if not passed and life.version_at(now).known.get("validity") != "assist":
        return None
    last, following = words(life, now)
    return {
        "passed_on": [
            {
                "to": _free(told, one.to),
                "at": iso(one.at, zone),
                "by": one.by,
                "text": _free(told, one.text),
                "answered_at": iso_or_none(one.answered_at, zone),
            }
            for one in passed
        ],
        "answers": [
            {"from": _free(told, one.who), "at": iso(one.at, zone), "by": one.by, "text": _free(told, one.text)}
            for one in answers
        ],
        "last_word_at": iso_or_none(last, zone),
        "next_word_due": iso_or_none(following, zone),
    }


def words(life: Life, now: Moment) -> tuple[Moment | None, Moment | None]:
    """Give when the resident last heard from the office, and by when the next word is due; None where none is."""
    steps = life.course.procedure.words
    last = max((one.at for one in life.course.milestones if one.step in steps and one.at <= now), default=None)
    states = zip(life.clocks, life.seen_at(now).states, strict=True)
    dues = [clock.due_at for clock, state in states if clock.step in steps and state in ("running", "overdue")]
    return last, min((at for at in dues if at is not None), default=None)


def lines(life: Life, told: Told, zone: ZoneInfo, now: Moment) -> Iterator[Text]:
    """Yield the section of a complaint's sheet; nothing where nothing was passed on."""
    passed, answers = passed_on(standing(life.entries))
    if not passed:
        return
    yield Text("")
    yield Text(gettext(N_("Passed to others")), style="bold")
    open_ = waiting(passed, now)
    for one in passed:
        whom = _free(told, one.to) or gettext(N_("(to whom is not said)"))
        text = gettext(N_("{moment} to {whom}")).format(moment=local(one.at, zone), whom=whom)
        if one in open_:
            came = gettext(N_("{span} without an answer")).format(span=duration(now - one.at))
        else:
            came = gettext(N_("answered {moment}")).format(moment=local(one.answered_at or now, zone))
        yield Text(gettext(N_("{first}; {second}")).format(first=text, second=came), "  ")
    for answer in (one for one in answers if not one.of and one.at <= now):
        whom = _free(told, answer.who) or gettext(N_("(who is not said)"))
        yield Text(gettext(N_("{moment} answer of {whom}")).format(moment=local(answer.at, zone), whom=whom), "  ")
    last, following = words(life, now)
    if following is not None:
        text = gettext(N_("next word to the resident by {moment}")).format(moment=due(following, zone))
        if last is not None:
            heard = gettext(N_("last word {moment}")).format(moment=local(last, zone))
            text = gettext(N_("{first}; {second}")).format(first=heard, second=text)
        yield Text(text, "  ", "red" if following < now else "")


def _free(told: Told, text: str | None) -> str | None:
    return None if text is None else " ".join(told.free(text).split())
