"""Class care and corrective action for people and scripts: case, warranty, explanation, actions with their checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext, say
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, duration, iso, local
from complaintctl.rules.care import TO_BE_UNDERSTOOD
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

if TYPE_CHECKING:
    from complaintctl.output.complaint import Told


class Care(NamedTuple):
    """What is kept of a complaint beside its handling, each in the order of time."""

    studies: list[Entry]
    trainings: list[Entry]
    orders: list[Entry]
    reports: list[Entry]
    feedbacks: list[Entry]
    explanations: list[Entry]
    actions: list[Entry]
    checks: dict[int, Entry]


def of(life: Life) -> Care:
    """Gather what stands."""
    entries = sorted(standing(life.entries), key=lambda one: (one.at, one.seq))

    def of_step(*steps: str) -> list[Entry]:
        return [one for one in entries if one.kind == "recorded" and set(steps) & set(one.body["steps"])]

    return Care(
        of_step("case-study"),
        of_step("training"),
        of_step("warranty"),
        of_step("warranty-report"),
        of_step("warranty-feedback"),
        of_step(*TO_BE_UNDERSTOOD),
        [one for one in entries if one.kind == "corrective"],
        {one.body["action"]: one for one in entries if one.kind == "checked"},
    )


# ---- for scripts


def data(life: Life, told: Told, zone: ZoneInfo, now: Moment) -> dict[str, Any]:
    """Give `study`, `warranty`, `explanations` and `corrective` as JSON values; null and empty where there is none."""
    care = of(life)
    large = bool(life.version_at(now).known.get("large_effect"))
    return {
        "study": _study(care, told, zone) if care.studies or care.trainings else None,
        "warranty": _warranty(care, told, zone, large) if care.orders or care.reports or large else None,
        "explanations": [
            {"understood": one.body.get("understood"), **_told(one, told, zone)} for one in care.explanations
        ],
        "corrective": [_action(life, one, care.checks, told, zone, now) for one in care.actions],
    }


def _told(entry: Entry, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    private = entry.private or {}
    return {"at": iso(entry.at, zone), "by": private.get("person") or entry.actor, "text": _free(told, entry, "note")}


def _study(care: Care, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    last = _last_written(care.studies)
    return {
        **{name: _free(told, last, name) if last else None for name in ("what", "cause", "lesson", "note")},
        "at": iso(last.at, zone) if last else None,
        "by": last.actor if last else None,
        "trainings": [{"who": _who(told, one), **_told(one, told, zone)} for one in care.trainings],
    }


def _warranty(care: Care, told: Told, zone: ZoneInfo, large: bool) -> dict[str, Any]:
    return {
        "orders": [{"to": _free(told, one, "to"), **_told(one, told, zone)} for one in care.orders],
        "large_effect": large,
        "reported_at": iso(care.reports[-1].at, zone) if care.reports else None,
        "fed_back_at": iso(care.feedbacks[-1].at, zone) if care.feedbacks else None,
    }


def _action(
    life: Life, entry: Entry, checks: Mapping[int, Entry], told: Told, zone: ZoneInfo, now: Moment
) -> dict[str, Any]:
    body = entry.body
    check = checks.get(body["action"])
    return {
        "action": body["action"],
        "follows": body.get("follows"),
        "at": iso(entry.at, zone),
        **{name: _free(told, entry, name) for name in ("cause", "correction", "prevention")},
        "by": _bearer(told, entry),
        "until": iso(body["until"], zone),
        "state": state(life, body["action"], now),
        "checked_at": iso(check.at, zone) if check else None,
        "how": _free(told, check, "how") if check else None,
        "effective": check.body["effective"] if check else None,
    }


def state(life: Life, number: int, now: Moment) -> str | None:
    """Give the state of the clock of an action's check; None where the procedure keeps none."""
    states = zip(life.clocks, life.seen_at(now).states, strict=True)
    return next((one for clock, one in states if clock.ground == f"corrective-{number}"), None)


def _bearer(told: Told, entry: Entry) -> str | None:
    found = entry.body.get("department") or (entry.private or {}).get("person")
    return None if found is None else told.free(str(found))


def _free(told: Told, entry: Entry, key: str) -> str | None:
    value = (entry.private or {}).get(key)
    return None if value is None else told.free(str(value))


def _who(told: Told, entry: Entry) -> list[str]:
    return [one for one in (_free(told, entry, "trained") or "").split("；") if one]


def _last_written(studies: Sequence[Entry]) -> Entry | None:
    """Give the study that counts: the last one with its substance, else the last note."""
    whole = [one for one in studies if (one.private or {}).get("what")] or list(studies)
    return whole[-1] if whole else None


# ---- for people


def lines(life: Life, told: Told, zone: ZoneInfo, now: Moment) -> Iterator[Text]:
    """Yield the sections of a complaint's sheet; nothing for what there is not."""
    care = of(life)
    last = _last_written(care.studies)
    if (last is not None and (last.private or {}).get("what")) or any(_who(told, one) for one in care.trainings):
        yield Text("")
        yield Text(gettext(N_("Case study")), style="bold")
        if last is not None:
            yield from _pairs(
                told, last, (("what", N_("what happened")), ("cause", N_("cause")), ("lesson", N_("lesson")))
            )
        for one in care.trainings:
            who = say(_who(told, one)) or gettext(N_("(who is not said)"))
            yield Text(gettext(N_("trained {moment}: {who}")).format(moment=local(one.at, zone), who=who), "  ")
    if care.actions:
        yield Text("")
        yield Text(gettext(N_("Corrective and preventive action")), style="bold")
    for one in care.actions:
        yield from _action_lines(life, one, care.checks.get(one.body["action"]), told, zone, now)


def _action_lines(
    life: Life, entry: Entry, check: Entry | None, told: Told, zone: ZoneInfo, now: Moment
) -> Iterator[Text]:
    body = entry.body
    late = state(life, body["action"], now) == "overdue"
    who = _bearer(told, entry) or gettext(N_("(who is not said)"))
    head = gettext(N_("{who}, check by {moment}")).format(who=who, moment=due(body["until"], zone))
    if late:
        span = gettext(N_("late by {span}")).format(span=duration(now - body["until"]))
        head = gettext(N_("{first}; {second}")).format(first=head, second=span)
    yield Text(head, f"  {body['action']}. ", "red" if late else "")
    yield from _pairs(
        told,
        entry,
        (("cause", N_("cause")), ("correction", N_("correction")), ("prevention", N_("prevention"))),
        "     ",
    )
    if check is not None:
        word = gettext(N_("effective") if check.body["effective"] else N_("not effective"))
        text = gettext(N_("checked {moment}: {word}")).format(moment=local(check.at, zone), word=word)
        how = _free(told, check, "how")
        yield Text(gettext(N_("{first}; {second}")).format(first=text, second=how) if how else text, "     ")


def _pairs(told: Told, entry: Entry, names: Sequence[tuple[str, str]], head: str = "  ") -> Iterator[Text]:
    for key, name in names:
        value = _free(told, entry, key)
        if value:
            words = " ".join(value.split())
            yield Text(gettext(N_("{fact}: {value}")).format(fact=gettext(name), value=words), head)
