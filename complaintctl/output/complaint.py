"""A complaint as scripts get it: one stable document, the same from every verb on a complaint and from `show`."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.desk.office import Office, private_facts
from complaintctl.language import N_, gettext, say
from complaintctl.output import masks
from complaintctl.output.facts import because, joined
from complaintctl.output.moments import iso, iso_or_none
from complaintctl.rules.clock import Clock
from complaintctl.rules.course import link_of, standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import FACETS, FACTS, JUDGED_KINDS
from complaintctl.rules.judge import Reason
from complaintctl.rules.life import Life, Sight
from complaintctl.rules.localtime import Moment, shown

#: Facets that say yes or no.
FLAG_FACETS = ("collective", "repeat")
#: Facts that stand at the top of the document instead of in `facts`.
_TOP_FACTS = ("text", "unit", "name", "phone")
#: Keys of an entry's body or private part that hold a moment.
_MOMENTS = ("until", "promise", "agreed_by", "appointment")
#: Parts of an entry that its complaint tells already, or that no reader needs.
_NOT_TOLD = (
    *("facts", "number", "nameless", "overruled", "proposed", "read", "words", "salt", "file", "building"),
    *("receipts", "left", "imported", "row", "source"),
)


def complaint_json(office: Office, life: Life, *, reveal: bool = False, now: Moment | None = None) -> dict[str, Any]:
    """Give a complaint as JSON values, as it is at `now` (default: the office's moment).

    Name, phone, unit and the person complained of are masked unless `reveal`. What was erased is null.
    """
    from complaintctl.output import assist, care

    moment = office.now if now is None else now
    sight = life.seen_at(moment)
    course, zone = life.course, office.zone
    told = Told(office, life, reveal)
    known = sight.version.known
    from complaintctl.output import signatures

    return {
        "id": life.id,
        "number": life.number,
        "kind": known["kind"],
        "stage": life.stage,
        "round": course.round,
        "received_at": iso(course.received_at, zone),
        **{key: told.fact(key) for key in _TOP_FACTS},
        "facts": _facts(life, sight, told, zone),
        "judgement": judgement(life, sight),
        "reasons": [reason_json(reason, overruling(life, reason, told)) for reason in sight.reasons],
        "clocks": [
            clock_json(life, clock, state, index in sight.governing, moment, zone)
            for index, (clock, state) in enumerate(zip(life.clocks, sight.states, strict=True))
        ],
        "signatures": signatures.data(office, life, told, moment),
        "timeline": timeline(life, told, zone),
        "procedure": course.procedure.id,
        "department": course.department,
        "building": course.building,
        "outcome": course.outcome,
        "event": event_of(life),
        "handled_before": _handled_before(office, life, known),
        **_paths(life, told, zone),
        "nameless": course.nameless,
        "imported": _imported(life),
        "proposed": _proposed(life),
        "agreed_by": _last_pledge(life, ("agreed", "extended"), zone),
        "promised_by": _last_pledge(life, ("promised",), zone),
        "resolved_at": iso_or_none(course.resolved_at, zone),
        "notified_at": iso_or_none(course.notified_at, zone),
        "closed_at": iso_or_none(course.closed_at, zone),
        "assist": assist.data(life, told, zone, moment),
        **care.data(life, told, zone, moment),
    }


class Told:
    """What was told in private about a complaint, masked unless it is to be revealed."""

    def __init__(self, office: Office, life: Life, reveal: bool) -> None:
        """Collect the private facts as last told; erased ones are missing."""
        self.private = private_facts(life)
        self.reveal = reveal
        self.building = life.course.building
        self.departments = (*masks.departments(office.site), *office.query.department_names())
        # Whoever a dispute is with is named again in what came of it.
        told = (entry.private.get("with", ()) for entry in life.entries if entry.kind == "disputed" and entry.private)
        self.opponents = {name for names in told for name in names if len(name) > 1}

    def fact(self, key: str) -> str | None:
        """A private fact by its name, as last told; None where it was never told or is erased."""
        value = self.private.get(key)
        return None if value is None else self.masked(key, str(value))

    def masked(self, key: str, value: str) -> str:
        """The value of a private fact: `张*`, `154****5678`, a unit's building, a free text without these."""
        if self.reveal:
            return value
        if key == "name":
            return masks.name(value)
        if key == "phone":
            return masks.phone(value)
        if key == "unit":
            return masks.unit(value, self.building)
        if key == "against":
            return masks.party(value, self.departments)
        return self.free(value)

    def free(self, text: str) -> str:
        """A free text, without telephone numbers and the complainant's name and unit unless revealed."""
        if self.reveal:
            return text
        for name in self.opponents:
            text = text.replace(name, masks.party(name, self.departments))
        return masks.words(text, self.private, self.building)


# ---- facts and judgement


def _facts(life: Life, sight: Sight, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    """Every fact of the list by name; moments in ISO 8601, what was never told null."""
    known = sight.version.known
    facts: dict[str, Any] = {}
    for name, fact in FACTS.items():
        if name in _TOP_FACTS or name == "kind":
            continue
        if fact.private:
            facts[name] = told.fact(name)
        elif name == "agreed_by":
            facts[name] = _last_pledge(life, ("agreed",), zone)
        elif fact.type == "moment":
            facts[name] = iso_or_none(known.get(name), zone)
        else:
            facts[name] = known.get(name, fact.default)
    return facts


def judgement(life: Life, sight: Sight) -> dict[str, Any]:
    """The judgement by facet; null where the procedure gives none, or a complaint of this kind is not judged."""
    known = sight.version.known
    has = {rule.facet for rule in life.course.procedure.judgements}
    judged = known["kind"] in JUDGED_KINDS
    found: dict[str, Any] = {"category": known["category"]}
    for facet in FACETS:
        if facet in FLAG_FACETS:
            found[facet] = known.get(facet) == "yes" if judged and facet in has else None
        else:
            found[facet] = known.get(facet)
    return found


def reason_json(reason: Reason, overruled: str | None = None) -> dict[str, Any]:
    """Why a facet has its value: the clause, and a sentence with the facts that made it so.

    `overruled` is the clerk's own ground for another value than the rules give. `derived` is what the rules alone
    give, other than `value` only where a clerk overruled it.
    """
    return {
        "facet": reason.facet,
        "value": _value(reason.facet, reason.value),
        "pack": reason.pack,
        "clause": reason.clause,
        "because": sentence(reason, overruled),
        "derived": _value(reason.facet, reason.derived),
    }


def sentence(reason: Reason, overruled: str | None = None) -> str:
    """A reason in words, with the facts behind it or the clerk's own ground."""
    ground = because(say(reason.because), reason.facts)
    return gettext(N_("{fact}: {value}")).format(fact=ground, value=overruled) if overruled else ground


def overruling(life: Life, reason: Reason, told: Told) -> str | None:
    """The clerk's own words for overruling a judgement; None where none was overruled, or they are erased."""
    if reason.clause:
        return None
    for entry in reversed(standing(life.entries)):
        if reason.facet in entry.body.get("overruled", {}):
            words = (entry.private or {}).get("reason")
            return None if words is None else told.free(str(words))
    return None


def _value(facet: str, value: str | None) -> Any:
    return value == "yes" if facet in FLAG_FACETS else value


# ---- clocks


def clock_json(life: Life, clock: Clock, state: str, governs: bool, now: Moment, zone: ZoneInfo) -> dict[str, Any]:
    """One clock: where it comes from, its moments, its state at `now`, and whether it governs its step."""
    due = clock.due_at
    return {
        "id": clock.id,
        "step": clock.step,
        "pack": clock.pack,
        "clause": clock.clause,
        "title": say(clock.title),
        "limit": clock.limit,
        "site_parameter": clock.parameter,
        "from": clock.start,
        "started_at": iso_or_none(clock.started_at, zone),
        "due_at": iso_or_none(due, zone),
        "shown": None if due is None else shown(due, zone),
        "met_at": iso_or_none(clock.met_at, zone) if clock.met_at is None or clock.met_at <= now else None,
        "ended_at": iso_or_none(clock.ended_at, zone) if clock.ended_at is None or clock.ended_at <= now else None,
        "state": state,
        "governs": governs,
        "late_by_seconds": late_by(clock, state, now),
        "provisional": clock.provisional,
        "round": clock.round,
        "rung": clock.rung,
        "rung_name": rung_code(life, clock.rung),
        "ground": clock.ground or None,
        "duty_of": ",".join(clock.duty),
        "because": joined(clock.because) or None,
    }


def late_by(clock: Clock, state: str, now: Moment) -> int | None:
    """By how many seconds a clock was, or is by now, exceeded; None for one that is not late."""
    if clock.due_at is None:
        return None
    if state == "overdue":
        return now - clock.due_at
    if state == "late" and clock.met_at is not None:
        return clock.met_at - clock.due_at
    if state == "missed" and clock.ended_at is not None:
        return clock.ended_at - clock.due_at
    return None


def rung_code(life: Life, rung: int | None) -> str | None:
    """The code of a rung of the ladder of the complaint's procedure, such as `manager`."""
    if rung is None:
        return None
    found = life.course.procedure.rungs.get(str(rung))
    return str(found["code"]) if found else None


# ---- timeline


def timeline(life: Life, told: Told, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Every entry in the order of writing; `steps` says what it counted as, `undone` that it no longer counts."""
    counting = {entry.seq for entry in standing(life.entries)}
    return [
        {**_entry(life, entry, told, zone), "undone": entry.seq not in counting and entry.kind != "undone"}
        for entry in life.entries
    ]


def _entry(life: Life, entry: Entry, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "seq": entry.seq,
        "kind": entry.kind,
        "at": iso(entry.at, zone),
        "recorded_at": iso(entry.recorded_at, zone),
        "actor": entry.actor,
        "steps": [one.step for one in life.course.milestones if one.seq == entry.seq],
    }
    private = dict(entry.private or {})
    if entry.kind == "attached":
        # A file's name may say whose it is: the evidence is private, its number and digest are not.
        name = private.pop("name", None)
        shown["file"] = name if told.reveal else None
        for name in ("file", "salt"):
            private.pop(name, None)
    for key, value in (*entry.body.items(), *private.items()):
        if key in shown or (key in _NOT_TOLD and not _changed(entry, key, value)):
            continue
        shown[key] = _told_value(key, value, told, zone)
    return shown


def _changed(entry: Entry, key: str, value: Any) -> bool:
    """Whether an amendment tells here what it changed."""
    return key in ("facts", "overruled", "nameless", "building") and entry.kind == "amended" and bool(value)


def _told_value(key: str, value: Any, told: Told, zone: ZoneInfo) -> Any:
    if key == "facts":
        return {name: _told_value(name, one, told, zone) for name, one in value.items()}
    if value is not None and (key in _MOMENTS or (key in FACTS and FACTS[key].type == "moment")):
        return iso(value, zone)
    if isinstance(value, str) and key in FACTS and FACTS[key].private:
        return told.masked(key, value)
    if key == "with" and isinstance(value, list):
        return [told.masked("against", one) for one in value]
    return told.free(value) if isinstance(value, str) else value


def event_of(life: Life) -> int | None:
    """The lead complaint of the event that this one is linked to, or None."""
    link = link_of(life.entries)
    return None if link is None else int(link.body["event"])


def _handled_before(office: Office, life: Life, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who handled it before: the rounds before this one, and what the home raised of it before."""
    if life.course.round == 1 and not known["repeated"]:
        return []
    from complaintctl.output.related import before_json

    return before_json(office, life)


def _paths(life: Life, told: Told, zone: ZoneInfo) -> dict[str, Any]:
    """Dispute, suggestion and repair; a plain complaint or inquiry without a dispute has none of them."""
    if not life.course.disputed and life.course.known["kind"] not in ("suggestion", "repair"):
        return {"dispute": None, "suggestion": None, "repair": None}
    from complaintctl.output import paths

    return paths.data(life, told, zone)


def _proposed(life: Life) -> list[str]:
    """The facts that nobody stated: the program proposed them from the text."""
    return list(life.course.intake.body.get("proposed", ()))


def _imported(life: Life) -> dict[str, Any] | None:
    """From which file and line it was taken over; null for what was taken down here."""
    if "imported" not in life.course.intake.body:
        return None
    from complaintctl.output.imported import origin

    return origin(life)


def _last_pledge(life: Life, kinds: tuple[str, ...], zone: ZoneInfo) -> str | None:
    until = [one.until for one in life.course.pledges if one.kind in kinds and one.round == life.course.round]
    return iso(until[-1], zone) if until else None
