"""Why a complaint is judged and clocked as it is: every judgement and every clock, step by step, with its clause."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext, pick, say
from complaintctl.output.complaint import Told, clock_json, judgement, late_by, overruling, reason_json
from complaintctl.output.counting import how_counted
from complaintctl.output.done import step_title
from complaintctl.output.facts import joined, said
from complaintctl.output.layout import Text
from complaintctl.output.limits import PARAMETER, limit_words
from complaintctl.output.moments import due, duration, iso, local
from complaintctl.output.problem import bracketed
from complaintctl.output.sheet import Seen, clocks_seen, ground, step_name, title, value_word
from complaintctl.output.words import word
from complaintctl.rules.clock import Clock
from complaintctl.rules.condition import holds, leaves
from complaintctl.rules.facts import FACETS, JUDGED_KINDS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import ClockRule

_STARTS: dict[str, str] = {
    "received": N_("the receipt"),
    "first-receipt": N_("the first receipt"),
    "heard": N_("when a colleague heard it"),
    "became": N_("when it came to be so"),
    "last-word": N_("the last word to the resident"),
    "promise": N_("the promise"),
    "promised": N_("the promise"),
    "appointment": N_("the appointment"),
    "agreed": N_("the agreement with the resident"),
    "extended": N_("the extension"),
    "corrective": N_("the corrective action"),
    "raised": N_("when it was raised at the revisit"),
}


def data(office: Office, life: Life, now: Moment) -> dict[str, Any]:
    """Give the explanation as JSON values: the judgement with reasons, and each clock with its sentences."""
    sight = life.seen_at(now)
    procedure = life.course.procedure
    seen = clocks_seen(life, sight)
    told = Told(office, life, reveal=False)
    return {
        "id": life.id,
        "number": life.number,
        "as_of": iso(now, office.zone),
        "procedure": {"id": procedure.id, "title": pick(procedure.title)},
        "judgement": judgement(life, sight),
        "reasons": [reason_json(reason, overruling(life, reason, told)) for reason in sight.reasons],
        "clocks": [
            {
                **clock_json(life, one.clock, one.state, one.governs, now, office.zone),
                "why": list(sentences(office, life, one, seen)),
            }
            for one in seen
        ],
    }


def lines(office: Office, life: Life, now: Moment) -> Iterator[Text]:
    """Yield the explanation for a person, steps in the order in which they fall due."""
    sight = life.seen_at(now)
    procedure = life.course.procedure
    yield title(life, sight)
    named = gettext(N_("Procedure in force when it was received: {title} ({id})"))
    yield Text(named.format(title=pick(procedure.title), id=procedure.id), "  ")
    yield Text("")
    yield Text(gettext(N_("Judgement")), style="bold")
    reasons = {reason.facet: reason for reason in sight.reasons}
    told = Told(office, life, reveal=False)
    for facet in FACETS:
        name = word("facet", facet)
        if facet in reasons:
            reason = reasons[facet]
            yield Text(bracketed(ground(reason, overruling(life, reason, told)), reason.pack), _named(name))
        elif sight.version.known["kind"] in JUDGED_KINDS:
            yield Text(_ungrounded(life, facet), _named(name))
    if sight.version.known["kind"] not in JUDGED_KINDS:
        yield Text(gettext(N_("neither judged nor clocked: it is no complaint, and the answer closes it")), "  ")
    yield from _steps(office, life, clocks_seen(life, sight), now)


def _named(facet: str) -> str:
    return "  " + gettext(N_("{fact}: {value}")).format(fact=facet, value="")


def _ungrounded(life: Life, facet: str) -> str:
    """Say why a facet has no value: the procedure does not judge it, or none of its rules holds."""
    if any(rule.facet == facet for rule in life.course.procedure.judgements):
        text = N_("{value} — none of the procedure's grounds holds")
    else:
        text = N_("{value} — the procedure does not judge this")
    return gettext(text).format(value=value_word(facet, None))


def _steps(office: Office, life: Life, seen: list[Seen], now: Moment) -> Iterator[Text]:
    """Yield the clocks step by step: those of one step, rung and ground together, the governing one first."""
    groups: dict[tuple[Any, ...], list[Seen]] = {}
    for one in seen:
        groups.setdefault(one.clock.key, []).append(one)
    for group in sorted(groups.values(), key=_due_first):
        group.sort(key=lambda one: (not one.governs, one.clock.due_at or _NEVER))
        yield Text("")
        heading = step_name(life, group[0].clock)
        if life.course.round > 1:
            heading = gettext(N_("{first}, {second}")).format(first=heading, second=said("round", group[0].clock.round))
        yield Text(heading, style="bold")
        for one in group:
            yield from _clock(office, life, one, seen, now)


_NEVER = 1 << 60


def _due_first(group: list[Seen]) -> tuple[int, int]:
    dues = [one.clock.due_at for one in group if one.clock.due_at is not None]
    return group[0].clock.round, min(dues, default=_NEVER)


def _clock(office: Office, life: Life, one: Seen, seen: list[Seen], now: Moment) -> Iterator[Text]:
    clock = one.clock
    state = word("state", one.state)
    late = late_by(clock, one.state, now)
    if late is not None:
        state = gettext(N_("{state} by {span}")).format(state=state, span=duration(late))
    head = f"{'*' if one.governs else ' '} "
    text = gettext(N_("{clause} ({pack}) — {title}: {state}")).format(
        clause=clock.clause, pack=clock.pack, title=say(clock.title), state=state
    )
    yield Text(text, head, _style(one))
    for sentence in sentences(office, life, one, seen):
        yield Text(sentence, "    ")


def _style(one: Seen) -> str:
    if one.state in ("overdue", "missed"):
        return "red"
    return "" if one.governs else "dim"


# ---- the sentences of one clock


def sentences(office: Office, life: Life, one: Seen, seen: list[Seen]) -> Iterator[str]:
    """Yield why a clock stands as it does: why it applies, from when, how long, how it went, what governs."""
    clock = one.clock
    if clock.because:
        yield gettext(N_("Applies because: {facts}.")).format(facts=joined(clock.because))
    yield from _reckoning(office, life, clock)
    yield from _course(office, life, one)
    yield from _governing(office, one, seen)


def _reckoning(office: Office, life: Life, clock: Clock) -> Iterator[str]:
    """Yield from which moment the clock runs, by which limit, and how that was counted."""
    zone = office.zone
    start = start_words(life, clock)
    if clock.started_at is None:
        yield gettext(N_("Runs from {start}, which has not come.")).format(start=start)
        return
    moment = local(clock.started_at, zone)
    if clock.due_at is None:
        yield gettext(N_("From {start} ({moment}), without a limit: on the checklist, never overdue.")).format(
            start=start, moment=moment
        )
        return
    if clock.limit is None:
        text = N_("From {start} ({moment}) until {due}, the time given to the resident.")
        if clock.start == "corrective":
            text = N_("From {start} ({moment}) until {due}, the time set for its check.")
        yield gettext(text).format(start=start, moment=moment, due=due(clock.due_at, zone))
        return
    rule = rule_of(life, clock)
    asked = _asked_for(life, rule, clock)
    if asked is not None:
        yield gettext(N_("{asked} takes the place of {limit}: until {due}.")).format(
            asked=asked, limit=limit_words(clock.limit, clock.parameter), due=due(clock.due_at, zone)
        )
        return
    yield gettext(N_("From {start} ({moment}), {limit}: until {due}.")).format(
        start=start, moment=moment, limit=limit_words(clock.limit, clock.parameter), due=due(clock.due_at, zone)
    )
    yield from _parameter(life, clock)
    if rule is not None:
        yield from how_counted(office, life, clock, rule)
    if clock.provisional:
        yield gettext(
            N_("Provisional: the holidays of that year are not known yet; it is counted again when they are.")
        )


def rule_of(life: Life, clock: Clock) -> ClockRule | None:
    """Give the procedure's rule that a clock comes from; None for one made by an agreed or promised time."""
    return next((rule for rule in life.course.procedure.clocks if rule.id == clock.id), None)


def start_words(life: Life, clock: Clock) -> str:
    """Give what a clock counts from in words."""
    start = clock.start
    if start == "received" and clock.round > 1:
        return gettext(N_("the reopening"))
    return start_said(start, lambda step: _step_title(life, step))


def start_said(start: str, title: Callable[[str], str]) -> str:
    """Give what a rule counts from in words; `title` names a step as the procedure does."""
    if start in _STARTS:
        return gettext(_STARTS[start])
    if start.startswith("ran-out:"):
        step = title(start.removeprefix("ran-out:"))
        return gettext(N_("the running out of the limit for “{step}”")).format(step=step)
    return gettext(N_(" or ")).join(f"“{title(step)}”" for step in start.split("|"))


def _step_title(life: Life, step: str) -> str:
    return say(step_title(life, step))


def _asked_for(life: Life, rule: ClockRule | None, clock: Clock) -> str | None:
    """Give the fact that took the place of the limit, such as the time the resident asked for."""
    if rule is None or rule.instead is None:
        return None
    told = any(version.known.get(rule.instead) == clock.due_at for version in life.course.versions)
    return gettext(N_("the time the resident asked for")) if told else None


def _parameter(life: Life, clock: Clock) -> Iterator[str]:
    """Yield that a limit is the site's to set, and whether it still is the one that ships."""
    param = life.course.procedure.params.get(clock.parameter or "")
    if param is None:
        return
    default = limit_words(str(param["default"]))
    if param["value"] == param["default"]:
        text = N_("{mark} The documents leave this to the site ({clause}); {default} is the program's default.")
    else:
        text = N_("{mark} The documents leave this to the site ({clause}), which set it; the default is {default}.")
    yield gettext(text).format(mark=PARAMETER, clause=param["clause"], default=default)


def _course(office: Office, life: Life, one: Seen) -> Iterator[str]:
    """Yield how a clock came to its end: met by what, replaced by what, lifted by which fact."""
    clock, zone = one.clock, office.zone
    if one.state in ("met", "late", "done") and clock.met_at is not None:
        moment = local(clock.met_at, zone)
        if clock.met_by in (None, clock.step):
            yield gettext(N_("Done on {moment}.")).format(moment=moment)
        else:
            yield gettext(N_("Done on {moment} by “{step}”, which contains it.")).format(
                moment=moment, step=_step_title(life, clock.met_by or "")
            )
    if one.state == "replaced" and clock.ended_at is not None:
        yield gettext(N_("Replaced on {moment} by a time given to the resident.")).format(
            moment=local(clock.ended_at, zone)
        )
    if one.state in ("lifted", "missed") and clock.ended_at is not None:
        text = N_("Lifted on {moment}: {why}.") if one.state == "lifted" else N_("Missed, ended on {moment}: {why}.")
        yield gettext(text).format(moment=local(clock.ended_at, zone), why=_what_ended(life, clock, clock.ended_at))
    if one.state in ("unknown", "unrecorded"):
        text = N_("Taken over from a register that does not tell; left out of the rates.")
        yield gettext(text)


def _what_ended(life: Life, clock: Clock, at: Moment) -> str:
    """Say what ended a clock: a fact that changed, a step that ends it, the closing, a new round."""
    course = life.course
    rule = rule_of(life, clock)
    wrong = any(one.step == "wrong-from-the-start" for one in course.milestones)
    versions = [version.known for version in course.versions if version.round == clock.round]
    if wrong and rule is not None and not any(holds(rule.when, known) for known in versions):
        return gettext(N_("what it rested on was wrong from the start"))
    changes = list(_changed(life, rule, at)) if rule is not None else []
    if changes:
        return joined(changes)
    steps = [one.step for one in course.milestones if one.at == at and one.round in (clock.round, clock.round + 1)]
    ending = [step for step in steps if rule is not None and step in rule.ended_by]
    for step in (*ending, "closed", "reopened"):
        if step in steps:
            return _step_title(life, step)
    return gettext(N_("what it rested on was wrong from the start") if wrong else N_("it no longer applies"))


def _changed(life: Life, rule: ClockRule, at: Moment) -> Iterator[tuple[str, Any]]:
    """Yield the facts that a clock rests on and that changed at a moment, with their new values."""
    before = [version for version in life.course.versions if version.at < at]
    after = [version for version in life.course.versions if version.at == at]
    if before and after:
        for name in dict.fromkeys(leaves(rule.when)):
            old, new = before[-1].known.get(name), after[-1].known.get(name)
            if old != new:
                yield name, new


def _governing(office: Office, one: Seen, seen: Iterable[Seen]) -> Iterator[str]:
    """Yield whether a clock governs its step, and if not which one does."""
    others = [other for other in seen if other.clock.key == one.clock.key and other is not one]
    if not others or one.clock.due_at is None:
        return
    if one.governs:
        rivals = [other for other in others if other.clock.due_at is not None and other.state not in _GONE]
        if rivals:
            yield gettext(N_("Governs: the one due first of {n} limits for this step.")).format(n=len(rivals) + 1)
        return
    if one.state in _GONE:
        return
    chief = next((other.clock for other in others if other.governs), None)
    if chief is not None and chief.due_at is not None:
        yield gettext(N_("Does not govern: {clause} is due first ({due}).")).format(
            clause=chief.clause, due=due(chief.due_at, office.zone)
        )


_GONE = ("waiting", "replaced", "lifted", "missed", "unknown", "unrecorded")
