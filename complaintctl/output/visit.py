"""A visit to residents, for people and for scripts: what was planned, what came of it, and what is still open."""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.desk.log import building_of
from complaintctl.language import N_, gettext, pick, say
from complaintctl.output import masks
from complaintctl.output.labels import Labels
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, duration, iso, iso_or_none, local
from complaintctl.output.problem import bracketed, fill
from complaintctl.output.words import word
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment, day_of
from complaintctl.rules.visit import Matter, Visit

#: Parts of an entry that the visit tells already, or that no reader needs.
_NOT_TOLD = ("number", "kind")
_MOMENTS = ("promise", "planned_at")
_KINDS: dict[str, str] = {
    "planned": N_("planned"),
    "moved": N_("plan moved"),
    "held": N_("visit held"),
    "result": N_("result added"),
    "raised": N_("matter raised"),
    "asked": N_("question asked"),
    "dealt": N_("matter dealt with"),
    "answered": N_("question answered"),
    "dropped": N_("given up"),
    "undone": N_("last command taken back"),
    "revealed": N_("private facts shown"),
    "forgotten": N_("private facts erased"),
}
_STATES: dict[str, str] = {
    "planned": N_("planned for {moment}"),
    "missed": N_("planned for {moment} and not held"),
    "held": N_("took place {moment}"),
    "dropped": N_("given up {moment}"),
}


def kind_title(procedure: Any, kind: str) -> str:
    """What a kind of visit is called: the standard word, or for an office's own kind its procedure's title."""
    standard = word("visit-kind", kind)
    if standard != kind:
        return standard
    own = (row for row in procedure.get("occasions", ()) if (row["subject"], row["name"]) == ("visit", kind))
    return next((pick(row["title"]) for row in own), kind)


def day(until: Moment, zone: ZoneInfo) -> str:
    """A day planned, which is kept as its end: `2026-11-30`."""
    return day_of(until - 1, zone).isoformat()


# ---- for scripts


def visit_json(visit: Visit, zone: ZoneInfo, now: Moment, *, reveal: bool = False) -> dict[str, Any]:
    """Give a visit as JSON values, as it stands at `now`; homes and telephone numbers masked unless `reveal`."""
    told, private = Told(visit, reveal), visit.private
    return {
        "id": visit.id,
        "number": visit.number,
        "kind": visit.kind,
        "state": visit.state(now),
        "planned_at": iso_or_none(visit.planned_at, zone),
        "held_at": iso_or_none(visit.held_at, zone),
        "dropped_at": iso_or_none(visit.dropped_at, zone),
        **{name: visit.told.get(name) for name in ("area", "building", "homes", "participants")},
        "units": [told.unit(unit) for unit in private.get("units") or ()],
        **{name: told.free(private.get(name)) for name in ("by", "topic", "result", "note", "reason")},
        **{name: visit.told.get(name) for name in ("sent", "returned", "satisfied")},
        "rates": {name: share(visit, name, of) for name, of in _SHARES.items()},
        "matters": [_matter_json(visit, one, told, zone, now) for one in visit.matters],
        "clause": _clause(visit),
        "procedure": visit.procedure.id,
        "timeline": [_entry_json(entry, visit, told, zone) for entry in visit.entries],
    }


#: A questionnaire's rates: each count with the one it is a part of.
_SHARES = {"returned": "sent", "satisfied": "returned"}


def share(visit: Visit, part: str, whole: str) -> dict[str, Any] | None:
    """A questionnaire's rate with numerator and denominator; `value` None where nothing is counted; None unknown."""
    counts = visit.told
    if part not in counts or whole not in counts:
        return None
    numerator, denominator = counts[part], counts[whole]
    value = numerator / denominator if denominator else None
    return {"value": value, "numerator": numerator, "denominator": denominator}


class Told:
    """What was told in private about a visit, masked unless it is to be revealed."""

    def __init__(self, visit: Visit, reveal: bool) -> None:
        self.units = [str(unit) for unit in visit.private.get("units") or ()]
        self.reveal = reveal

    def unit(self, unit: str) -> str:
        """A home: `3-*`."""
        return unit if self.reveal else masks.unit(unit, building_of(unit))

    def free(self, text: Any) -> Any:
        """A free text without telephone numbers and the homes visited; None stays None."""
        if text is None or self.reveal:
            return text
        for unit in self.units:
            text = masks.words(str(text), {"unit": unit}, building_of(unit))
        return masks.words(str(text), {})


def _matter_json(visit: Visit, one: Matter, told: Told, zone: ZoneInfo, now: Moment) -> dict[str, Any]:
    rule, state = one.rule, one.state(now)
    return {
        "id": f"{visit.id}.{one.n}",
        "n": one.n,
        "kind": one.kind,
        "step": one.step,
        "text": told.free(one.text),
        "raised_at": iso(one.raised_at, zone),
        "promised": one.promised is not None,
        "due_at": iso_or_none(one.due_at, zone),
        "shown": None if one.due_at is None else due(one.due_at, zone),
        "provisional": one.provisional,
        "met_at": iso_or_none(one.met_at, zone),
        "answer": told.free(one.answer),
        "state": state,
        "late_by_seconds": _late_by(one, state, now),
        "clause": rule.clause if rule else None,
        "pack": rule.pack if rule else None,
        "duty_of": ",".join(rule.duty) if rule else None,
    }


def _late_by(one: Matter, state: str, now: Moment) -> int | None:
    if one.due_at is None or state not in ("late", "overdue"):
        return None
    return (now if state == "overdue" or one.met_at is None else one.met_at) - one.due_at


def _entry_json(entry: Entry, visit: Visit, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    counting = {one.seq for one in standing(visit.entries)}
    shown: dict[str, Any] = {
        "seq": entry.seq,
        "kind": entry.kind,
        "at": iso(entry.at, zone),
        "recorded_at": iso(entry.recorded_at, zone),
        "actor": entry.actor,
    }
    for key, value in (*entry.body.items(), *(entry.private or {}).items()):
        if key in _NOT_TOLD or key in shown:
            continue
        if key in _MOMENTS:
            shown[key] = iso(value, zone)
        elif key == "units":
            shown[key] = [told.unit(unit) for unit in value]
        else:
            shown[key] = told.free(value) if isinstance(value, str) else value
    return {**shown, "undone": entry.seq not in counting and entry.kind != "undone"}


def _clause(visit: Visit) -> str | None:
    occasion = visit.procedure.occasion("visit", visit.kind)
    return occasion.clause if occasion else None


# ---- for people


def title(visit: Visit, zone: ZoneInfo, now: Moment) -> str:
    """The first line: number, kind, where, and how it stands."""
    parts = [bracketed(visit.number, str(visit.id)), kind_title(visit.procedure.snapshot, visit.kind)]
    parts += [visit.told["area"]] if visit.told.get("area") else []
    return " · ".join([*parts, _standing(visit, zone, now)])


def _standing(visit: Visit, zone: ZoneInfo, now: Moment) -> str:
    state = visit.state(now)
    if visit.planned_at is not None and state in ("planned", "missed"):
        moment = day(visit.planned_at, zone)
    else:
        moment = local((visit.held_at if state == "held" else visit.dropped_at) or 0, zone)
    return gettext(_STATES[state]).format(moment=moment)


def done_lines(
    visit: Visit, zone: ZoneInfo, now: Moment, remarks: Iterable[Any] = (), met: int | None = None
) -> Iterator[Text]:
    """Yield what a clerk reads after a verb: how the visit stands, what is open by when, and what comes next."""
    yield Text(title(visit, zone, now), style="bold")
    if _counts(visit):
        yield Text(_counts(visit), "  ")
    done = visit.matter(met) if met is not None else None
    if done is not None:
        state = done.state(now)
        yield Text(word("state", state), f"  {visit.id}.{done.n}  ", "yellow" if state == "late" else "")
    for one in _open(visit):
        yield _matter_line(visit, one, zone, now)
    for remark in remarks:
        yield Text(fill(N_("  Note: {text}"), text=remark.text).strip(), "  ")
    following = next_command(visit)
    if following:
        yield Text(fill(N_("Next: complaintctl {command}"), command=following))


def _open(visit: Visit) -> list[Matter]:
    """The matters not done with, the one due first first."""
    waiting = [one for one in visit.matters if one.met_at is None]
    return sorted(waiting, key=lambda one: (one.due_at is None, one.due_at or 0, one.n))


def _matter_line(visit: Visit, one: Matter, zone: ZoneInfo, now: Moment) -> Text:
    """An open matter: until when, which, what must be done with it, by which clause, whose duty."""
    head = f"  {visit.id}.{one.n}  "
    what = pick(one.rule.title) if one.rule else word("step", one.step)
    if one.rule is not None:
        duty = Labels(visit.procedure.snapshot).duty(",".join(one.rule.duty))
        what = gettext(N_("{title} ({clause}; {duty})")).format(title=what, clause=one.rule.clause, duty=duty)
    if one.due_at is None:
        return Text(what, head)
    late = one.state(now) == "overdue"
    mark = gettext(N_("overdue since")) if late else gettext(N_("by"))
    text = gettext(N_("{mark} {due} {what}")).format(mark=mark, due=_due(one, zone), what=what)
    return Text(text, head, "red" if late else "")


def _due(one: Matter, zone: ZoneInfo) -> str:
    shown = due(one.due_at or 0, zone)
    return shown + (gettext(N_(" (provisional)")) if one.provisional else "")


def next_command(visit: Visit) -> str | None:
    """The command that comes next, without the program's name; None where nothing is left to do."""
    if visit.dropped_at is not None:
        return None
    if visit.held_at is None:
        return f"visit record {visit.id}"
    waiting = _open(visit)
    if not waiting:
        return None
    verb = "dealt" if waiting[0].kind == "raised" else "answered"
    return f"visit {verb} {visit.id}.{waiting[0].n} {gettext(N_('RESULT'))}"


def _counts(visit: Visit) -> str:
    """A questionnaire's counts in one line, each rate with its numerator and denominator; empty for none."""
    counts = visit.told
    parts = []
    for name, text in (
        ("sent", N_("{n} sent out")),
        ("returned", N_("{n} returned")),
        ("satisfied", N_("{n} satisfied")),
    ):
        if name in counts:
            part = gettext(text).format(n=counts[name])
            rate = share(visit, name, _SHARES.get(name, ""))
            if rate is not None and rate["value"] is not None:
                part = gettext(N_("{what} ({share}, {numerator}/{denominator})")).format(
                    what=part, share=f"{rate['value']:.1%}", **{key: rate[key] for key in ("numerator", "denominator")}
                )
            parts.append(part)
    return say(parts)


def sheet(visit: Visit, zone: ZoneInfo, now: Moment, *, reveal: bool) -> Iterator[Text]:
    """Yield the sheet of a visit: what it was, what came of it, what happened, and what to do next."""
    told = Told(visit, reveal)
    yield Text(title(visit, zone, now), style="bold")
    yield from _about(visit, zone, told)
    if visit.matters:
        yield Text("")
        yield Text(gettext(N_("Raised and asked")), style="bold")
        for one in visit.matters:
            yield from _matter(visit, one, told, zone, now)
    yield Text("")
    yield Text(gettext(N_("What happened")), style="bold")
    for entry in sorted(visit.entries, key=lambda one: (one.at, one.seq)):
        yield _entry(entry, visit, told, zone)
    following = next_command(visit)
    if following:
        yield Text("")
        yield Text(gettext(N_("What to do next")), style="bold")
        yield Text(f"complaintctl {following}", "  ")


def _about(visit: Visit, zone: ZoneInfo, told: Told) -> Iterator[Text]:
    """Yield what is known of the visit itself, one line a thing, silent about what nobody said."""
    private, kept = visit.private, visit.told
    units = [told.unit(str(unit)) for unit in private.get("units") or ()]
    planned = None if visit.planned_at is None or visit.held_at is None else day(visit.planned_at, zone)
    for text, value in (
        (N_("clause: {value}"), _clause(visit)),
        (N_("planned for: {value}"), planned),
        (N_("by: {value}"), told.free(private.get("by"))),
        (N_("homes: {value}"), kept.get("homes")),
        (N_("homes named: {value}"), say(list(dict.fromkeys(units))) or None),
        (N_("people: {value}"), kept.get("participants")),
        (N_("about: {value}"), told.free(private.get("topic"))),
        (N_("sheets: {value}"), _counts(visit) or None),
        (N_("result: {value}"), told.free(private.get("result"))),
        (N_("remark: {value}"), told.free(private.get("note"))),
        (N_("given up because: {value}"), told.free(private.get("reason"))),
    ):
        if value is not None:
            yield Text(" ".join(gettext(text).format(value=value).split()), "  ")


def _matter(visit: Visit, one: Matter, told: Told, zone: ZoneInfo, now: Moment) -> Iterator[Text]:
    """Yield a matter: what was said, then how it stands."""
    state = one.state(now)
    text = told.free(one.text)
    kind = gettext(_KINDS[one.kind])
    said = gettext(N_("(erased)")) if text is None else " ".join(text.split())
    yield Text(gettext(N_("{fact}: {value}")).format(fact=kind, value=said), f"  {visit.id}.{one.n}  ")
    style = {"overdue": "red", "late": "yellow"}.get(state, "")
    parts = [word("state", state)]
    if one.due_at is not None:
        parts.append(gettext(N_("by {moment}")).format(moment=_due(one, zone)))
    late = _late_by(one, state, now)
    if late is not None:
        parts.append(gettext(N_("late by {span}")).format(span=duration(late)))
    if one.met_at is not None:
        parts.append(f"{gettext(_KINDS[_MET[one.kind]])} {local(one.met_at, zone)}")
    line = " · ".join(parts)
    if one.answer is not None:
        line = gettext(N_("{fact}: {value}")).format(fact=line, value=" ".join(told.free(one.answer).split()))
    yield Text(line, "       ", style)


_MET = {"raised": "dealt", "asked": "answered"}


def _entry(entry: Entry, visit: Visit, told: Told, zone: ZoneInfo) -> Text:
    """One line of what happened; texts that stand above are not told again."""
    what = gettext(_KINDS.get(entry.kind, entry.kind))
    if "planned_at" in entry.body:
        what = f"{what} {day(entry.body['planned_at'], zone)}"
    if "n" in entry.body:
        what = f"{what} {visit.id}.{entry.body['n']}"
    if entry.kind == "revealed" and entry.private:
        what = gettext(N_("{fact}: {value}")).format(fact=what, value=told.free(entry.private.get("reason", "")))
    text = gettext(N_("{what} — {actor}")).format(what=what, actor=entry.actor)
    if entry.recorded_at != entry.at:
        text += gettext(N_(" (written down {moment})")).format(moment=local(entry.recorded_at, zone))
    counts = entry.kind == "undone" or any(one.seq == entry.seq for one in standing(visit.entries))
    if not counts:
        text += gettext(N_(" (taken back)"))
    return Text(text, f"  {local(entry.at, zone)}  ", "" if counts else "dim")
