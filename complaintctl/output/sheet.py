"""A complaint as a person reads it: what it is, how it was judged and why, its clocks, what happened, what is next."""

from collections.abc import Iterator
from typing import NamedTuple

from complaintctl.desk.advice import besides, forward, pending, unlimited
from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext, say
from complaintctl.output import assist, care, signatures
from complaintctl.output.complaint import Told, event_of, late_by, overruling, sentence
from complaintctl.output.done import clock_title, ready, role, step_title
from complaintctl.output.facts import label, said
from complaintctl.output.history import timeline
from complaintctl.output.layout import Text
from complaintctl.output.limits import PARAMETER, limit_words
from complaintctl.output.moments import due, duration, local
from complaintctl.output.problem import bracketed
from complaintctl.output.text import pad, safe, width
from complaintctl.output.words import word
from complaintctl.rules.clock import Clock
from complaintctl.rules.facts import FACTS, JUDGED_KINDS
from complaintctl.rules.judge import Reason
from complaintctl.rules.life import Life, Sight
from complaintctl.rules.localtime import Moment
from complaintctl.rules.signatures import steps_of

#: The order in which the states of clocks are shown; a person looks at what is late first.
_ORDER = (
    "overdue",
    "running",
    "waiting",
    "late",
    "missed",
    "met",
    "done",
    "unknown",
    "unrecorded",
    "replaced",
    "lifted",
)
_HIDDEN = ("replaced", "lifted", "unknown", "unrecorded")
_STYLES = {"overdue": "red", "late": "yellow", "missed": "yellow"}


class Seen(NamedTuple):
    """One clock as it is at the moment of looking."""

    clock: Clock
    state: str
    governs: bool


def lines(office: Office, life: Life, *, reveal: bool, every: bool, now: Moment) -> Iterator[Text]:
    """Yield the sheet of a complaint; `every` shows also the clocks that no longer count."""
    sight = life.seen_at(now)
    told = Told(office, life, reveal)
    yield from _head(office, life, sight, told)
    if life.course.disputed or sight.version.known["kind"] in ("suggestion", "repair"):
        from complaintctl.output import paths

        yield from paths.lines(life, told, office.zone)
    if life.course.round > 1 or sight.version.known["repeated"]:
        from complaintctl.output.related import before_lines

        yield from (Text(line, "  ") for line in before_lines(office, life))
    yield from _judgement(life, sight, told)
    yield from _clocks(office, life, _not_signed(office, clocks_seen(life, sight)), every, now)
    yield from signatures.lines(office, life, told, now)
    yield from assist.lines(life, told, office.zone, now)
    yield from care.lines(life, told, office.zone, now)
    yield Text("")
    yield Text(gettext(N_("What happened")), style="bold")
    yield from timeline(office, life, told, now)
    yield from _next(office, life, now)


def clocks_seen(life: Life, sight: Sight) -> list[Seen]:
    """Give every clock with its state and whether it governs its step."""
    return [
        Seen(clock, state, index in sight.governing)
        for index, (clock, state) in enumerate(zip(life.clocks, sight.states, strict=True))
    ]


def _not_signed(office: Office, seen: list[Seen]) -> list[Seen]:
    """Leave out the signatures without a limit that were given or wait: they have a part of their own."""
    steps = steps_of(office.book)
    return [one for one in seen if one.clock.step not in steps or one.state not in ("untimed", "done")]


def _next(office: Office, life: Life, now: Moment) -> Iterator[Text]:
    """Yield the commands that meet what is late or runs, soonest due first, and the one that leads on."""
    yield Text("")
    yield Text(gettext(N_("What to do next")), style="bold")
    due_by = {one.command: one.clock.due_at or 0 for one in reversed(pending(life, now))}
    for onward in (forward(life), besides(life)):
        if onward is not None:
            due_by.setdefault(onward, 0)
    soonest = sorted(due_by.items(), key=lambda item: item[1] or _NEVER)
    for command, moment in soonest[:COMMANDS_SHOWN]:
        until = gettext(N_("by {moment}: ")).format(moment=due(moment, office.zone)) if moment else ""
        yield Text(f"{until}complaintctl {ready(office, life, command)}", "  ", "red" if 0 < moment < now else "")
    unhurried = [command for command in unlimited(life, now) if command not in due_by]
    for command in unhurried:
        yield Text(gettext(N_("no limit: ")) + f"complaintctl {ready(office, life, command)}", "  ")
    if not soonest and not unhurried:
        yield Text(gettext(N_("nothing; it is closed")), "  ")


_NEVER = 1 << 60
COMMANDS_SHOWN = 6


# ---- what it is


def title(life: Life, sight: Sight) -> Text:
    """Give the first line: number, kind, stage, and the round if it is not the first."""
    parts = [bracketed(life.number, str(life.id)), word("kind", sight.version.known["kind"]), word("stage", life.stage)]
    if life.course.round > 1:
        parts.append(said("round", life.course.round))
    return Text(" · ".join(parts), style="bold")


def _head(office: Office, life: Life, sight: Sight, told: Told) -> Iterator[Text]:
    known, course, zone = sight.version.known, life.course, office.zone
    yield title(life, sight)
    received = gettext(N_("received {moment}, {channel}")).format(
        moment=local(course.received_at, zone), channel=word("channel", known["channel"])
    )
    who = [told.fact(key) or "" for key in ("unit", "name", "phone")]
    if course.nameless:
        who = [gettext(N_("nameless"))]
    yield Text(" · ".join([received, *(part for part in who if part)]), "  ")
    text = told.fact("text")
    for line in (gettext(N_("(erased)")) if text is None else text).split("\n"):
        yield Text(line, "  | ")
    facts = [word("category", known["category"])]
    if known["kind"] in JUDGED_KINDS:
        facts.append(said("responsibility", known["responsibility"]))
    facts += [said(name, True) for name, fact in FACTS.items() if fact.type == "flag" and known.get(name)]
    if known["households"] > 1:
        facts.append(said("households", known["households"]))
    yield Text(" · ".join(facts), "  ")
    yield from _details(office, life, sight, told)


def _details(office: Office, life: Life, sight: Sight, told: Told) -> Iterator[Text]:
    """Yield what is known beside the main facts, a line each; nothing for what was never told."""
    known, course = sight.version.known, life.course
    pairs: list[tuple[str, str | None]] = [(label(key), told.fact(key)) for key in ("place", "against", "demand")]
    for name in ("happened_at", "heard_at"):
        pairs.append((label(name), None if known.get(name) is None else local(known[name], office.zone)))
    wanted = known.get("requested_by")
    pairs.append((label("requested_by"), None if wanted is None else due(wanted, office.zone)))
    pledges = [one for one in course.pledges if one.round == course.round]
    for kinds, text in ((("agreed", "extended"), N_("solution agreed for")), (("promised",), N_("word promised by"))):
        given = [one.until for one in pledges if one.kind in kinds]
        pairs.append((gettext(text), due(given[-1], office.zone) if given else None))
    pairs.append((gettext(N_("department")), course.department))
    pairs.append((gettext(N_("outcome")), word("outcome", course.outcome) or None))
    event = event_of(life)
    pairs.append((gettext(N_("event")), None if event is None else _event(event)))
    proposed = course.intake.body.get("proposed") or None
    pairs.append((gettext(N_("proposed from the text")), proposed and say([label(name) for name in proposed])))
    for name, value in pairs:
        if value:
            yield Text(gettext(N_("{fact}: {value}")).format(fact=name, value=" ".join(value.split())), "  ")
    if "imported" in course.intake.body:
        from complaintctl.output.imported import lines_of

        yield from (Text(line, "  ") for line in lines_of(course.intake, told))


def _event(lead: int) -> str:
    return gettext(N_("one event with complaint {id}: complaintctl event {id}")).format(id=lead)


# ---- the judgement


def _judgement(life: Life, sight: Sight, told: Told) -> Iterator[Text]:
    yield Text("")
    yield Text(gettext(N_("Judgement")), style="bold")
    if not sight.reasons:
        yield Text(gettext(N_("not judged: no complaint, or nothing in the procedure judges it")), "  ")
    names = [word("facet", reason.facet) for reason in sight.reasons]
    wide = max(map(width, names), default=0)
    for name, reason in zip(names, sight.reasons, strict=True):
        yield Text(ground(reason, overruling(life, reason, told)), f"  {pad(name, wide)}  ")


def value_word(facet: str, value: str | None) -> str:
    """Give a facet's value in words; the facets that say yes by their mere name say yes."""
    if facet in ("collective", "repeat"):
        return gettext(N_("yes")) if value else gettext(N_("no"))
    return word(facet, value) if value else gettext(N_("none"))


def ground(reason: Reason, overruled: str | None) -> str:
    """Give a value with its ground and clause; for an overruled one also what the rules alone would give."""
    text = gettext(N_("{value} — {because}")).format(
        value=value_word(reason.facet, reason.value), because=sentence(reason, overruled)
    )
    if reason.clause:
        text += f" · {reason.clause}"
    if reason.value != reason.derived:
        text += gettext(N_(" · by the rules it would be: {value}")).format(
            value=value_word(reason.facet, reason.derived)
        )
    return text


# ---- the clocks


def _clocks(office: Office, life: Life, seen: list[Seen], every: bool, now: Moment) -> Iterator[Text]:
    if not seen:
        # A suggestion or an inquiry has no clock at all.
        return
    shown = sorted(
        (one for one in seen if one.state in _ORDER and not _later(one) and (every or not _past(life, one))),
        key=lambda one: (_ORDER.index(one.state), one.clock.due_at or one.clock.met_at or 0),
    )
    yield Text("")
    yield Text(gettext(N_("Clocks")), style="bold")
    heads = [_columns(office, one, now) for one in shown]
    widths = [max(map(width, texts)) for texts in zip(*heads, strict=True)] if heads else []
    for one, texts in zip(shown, heads, strict=True):
        head = "  ".join(pad(text, wide) for text, wide in zip(texts, widths, strict=True))
        style = _STYLES.get(one.state, "") if one.governs else "dim"
        yield Text(clock_words(life, one.clock), f"{'*' if one.governs else ' '} {head}  ", style)
    untimed = [bracketed(clock_title(life, one.clock), one.clock.clause) for one in seen if one.state == "untimed"]
    later = [step_name(life, one.clock) for one in seen if _later(one)]
    for names, text in ((untimed, N_("Without a limit: {names}")), (later, N_("Not begun yet: {names}"))):
        if names:
            yield Text(gettext(text).format(names=say(list(dict.fromkeys(names)))), "  ")
    yield from _legend(shown, 0 if every else sum(_past(life, one) for one in seen))


def step_name(life: Life, clock: Clock) -> str:
    """Give what a clock's step is called, with the rung it goes to."""
    name = say(step_title(life, clock.step))
    rung = life.course.procedure.rungs.get(str(clock.rung))
    return name if rung is None else gettext(N_("{step} → {rung}")).format(step=name, rung=say(rung))


def _past(life: Life, one: Seen) -> bool:
    """Say whether a clock is of no more interest: it no longer counts, or was met in an earlier round."""
    return one.state in _HIDDEN or (one.state in ("met", "done") and one.clock.round < life.course.round)


def _later(one: Seen) -> bool:
    """Say whether a clock waits for something of which nobody knows when it comes."""
    return one.state == "waiting" and one.clock.due_at is None


def _legend(shown: list[Seen], hidden: int) -> Iterator[Text]:
    notes = []
    if any(not one.governs for one in shown):
        notes.append(gettext(N_("* governs: of several limits for one step the one due first")))
    if any(one.clock.parameter for one in shown):
        notes.append(f"{PARAMETER} " + gettext(N_("site parameter")))
    if hidden:
        notes.append(gettext(N_("{n} more no longer count: --all")).format(n=hidden))
    if notes:
        yield Text(" · ".join(notes), "  ", "dim")


def _columns(office: Office, one: Seen, now: Moment) -> tuple[str, str, str]:
    """Give what stands aligned before a clock's words: its state, its due moment, how late it is or what is left."""
    clock = one.clock
    moment = "" if clock.due_at is None else due(clock.due_at, office.zone)
    if clock.provisional and moment:
        moment = gettext(N_("{due} (provisional)")).format(due=moment)
    late = late_by(clock, one.state, now)
    left = ""
    if late is not None:
        left = gettext(N_("late by {span}")).format(span=duration(late))
    elif one.state == "running" and clock.due_at is not None:
        left = gettext(N_("in {span}")).format(span=duration(clock.due_at - now))
    elif clock.met_at is not None and one.state in ("met", "done"):
        left = gettext(N_("at {moment}")).format(moment=local(clock.met_at, office.zone))
    return word("state", one.state), moment, left


def clock_words(life: Life, clock: Clock) -> str:
    """Give what a clock asks for, its clause, limit and bearer, and its round where there are several."""
    parts = [clock_title(life, clock), clock.clause]
    if clock.limit:
        parts.append(limit_words(clock.limit, clock.parameter))
    parts.append(say([role(life, name) for name in clock.duty]))
    if life.course.round > 1:
        parts.append(said("round", clock.round))
    return safe(" · ".join(part for part in parts if part))
