"""A complaint's timeline for people: what happened when, by whom, and what time itself brought about."""

from collections.abc import Iterator
from typing import Any

from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext, pick, say
from complaintctl.output.complaint import Told
from complaintctl.output.done import step_title
from complaintctl.output.facts import said
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, local
from complaintctl.output.words import word
from complaintctl.rules.care import IN_VAIN
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import FACTS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

_KINDS: dict[str, str] = {
    "logged": N_("taken down"),
    "imported": N_("taken over from a register"),
    "assigned": N_("dispatched"),
    "resolved": N_("resolved"),
    "recorded": N_("recorded"),
    "notified": N_("result told"),
    "revisited": N_("revisited"),
    "referred": N_("referred upwards"),
    "extended": N_("extended"),
    "amended": N_("amended"),
    "linked": N_("linked to one event"),
    "unlinked": N_("taken out of the event"),
    "reopened": N_("reopened"),
    "closed": N_("closed by hand"),
    "corrective": N_("corrective action"),
    "checked": N_("corrective action checked"),
    "attached": N_("evidence attached"),
    "disputed": N_("dispute"),
    "suggestion": N_("suggestion"),
    "repair": N_("about the repair"),
    "undone": N_("last command taken back"),
    "revealed": N_("private facts shown"),
    "forgotten": N_("private facts erased"),
}

_ANSWERS: dict[str, str] = {
    "satisfied": N_("satisfied"),
    "dissatisfied": N_("not satisfied"),
    "no-answer": N_("nobody answered"),
    "not-told": N_("what it gave is not recorded"),
}

#: What a yes or a no of an entry is called.
_EITHER = {
    "understood": (N_("understood"), N_("not understood")),
    "effective": (N_("effective"), N_("not effective")),
}

#: Free texts of an entry, in the order in which they are told.
_NOTES = ("to", "from", "person", "result", "cause", "analysis", "opinion", "note", "raised", "reason", "told")


def timeline(office: Office, life: Life, told: Told, now: Moment) -> Iterator[Text]:
    """Yield one line an entry in the order in which things happened, the ones that no longer count marked."""
    counting = {entry.seq for entry in standing(life.entries)}
    events: list[tuple[Moment, int, Text]] = []
    for entry in life.entries:
        counts = entry.seq in counting or entry.kind == "undone"
        events.append((entry.at, entry.seq, _line(office, life, entry, told, counts)))
    for one in life.course.milestones:
        if not one.seq and one.at <= now:
            head = f"  {local(one.at, office.zone)}  "
            events.append((one.at, 0, Text(word("step", one.step), head)))
    for _, _, text in sorted(events, key=lambda event: event[:2]):
        yield text


def _line(office: Office, life: Life, entry: Entry, told: Told, counts: bool) -> Text:
    what = headline(life, entry)
    told_of = _path_codes if entry.kind in ("disputed", "suggestion", "repair") else _codes
    for part in (*told_of(office, life, entry, told), *_notes(entry, told), _file(entry, told)):
        what = gettext(N_("{first}; {second}")).format(first=what, second=part) if part else what
    text = gettext(N_("{what} — {actor}")).format(what=what, actor=entry.actor)
    if entry.recorded_at != entry.at:
        text += gettext(N_(" (written down {moment})")).format(moment=local(entry.recorded_at, office.zone))
    if not counts:
        text += gettext(N_(" (taken back)"))
    return Text(text, f"  {_when(office, life, entry)}  ", "" if counts else "dim")


def _when(office: Office, life: Life, entry: Entry) -> str:
    """When something happened; of what was taken over no more than its register told."""
    intake = life.course.intake
    if "imported" in intake.body and entry.recorded_at == intake.recorded_at:
        from complaintctl.output.imported import when

        return when(intake, entry, office.zone)
    return local(entry.at, office.zone)


def _file(entry: Entry, told: Told) -> str:
    """The name of a file attached, which may say whose it is: only where private facts are shown."""
    return str((entry.private or {}).get("name", "")) if entry.kind == "attached" and told.reveal else ""


def headline(life: Life, entry: Entry) -> str:
    """What an entry is: the steps it counted as by their names in the procedure, else its kind."""
    own = [one.step for one in life.course.milestones if one.seq == entry.seq and one.step not in _TOLD_OTHERWISE]
    steps = [*entry.body.get("steps", ()), *own]
    if steps and entry.kind != "amended":
        return say([say(step_title(life, step)) for step in dict.fromkeys(steps)])
    if entry.kind == "linked" and entry.body.get("again"):
        return gettext(N_("event counted anew"))
    return gettext(_KINDS[entry.kind]) if entry.kind in _KINDS else entry.kind


#: Milestones that the entry's own times, or its codes, tell already.
_TOLD_OTHERWISE = ("agreed", "promised", "raised", "disputed", "dispute-ended", IN_VAIN)


def _path_codes(office: Office, life: Life, entry: Entry, told: Told) -> Iterator[str]:
    """Yield what an entry about a dispute, a suggestion or a repair tells, then the times it gives."""
    from complaintctl.output.paths import codes

    yield from codes(life, entry, told, office.zone)
    yield from _times(office, entry)


def _codes(office: Office, life: Life, entry: Entry, _told: Told) -> Iterator[str]:
    """Yield what an entry's body tells: codes in words, times given, facts changed."""
    body = entry.body
    if "department" in body:
        yield str(body["department"])
    if "rung" in body:
        rung = life.course.procedure.rungs.get(str(body["rung"]))
        yield pick(rung) if rung else str(body["rung"])
    if "outcome" in body:
        yield word("outcome", body["outcome"])
    if "via" in body:
        yield say([word("via", via) for via in body["via"]])
    if "accepted" in body:
        yield gettext(N_("accepted") if body["accepted"] else N_("not accepted"))
    for key, texts in _EITHER.items():
        if body.get(key) is not None:
            yield gettext(texts[0 if body[key] else 1])
    if "answer" in body:
        yield gettext(_ANSWERS.get(body["answer"], body["answer"]))
    yield from _times(office, entry)
    if entry.kind == "amended":
        yield from _amended(office, entry)
    if "event" in body:
        yield gettext(N_("event of complaint {id}")).format(id=body["event"])
    for key, text in (("joined", N_("complaint {ids} joined it")), ("without", N_("complaint {ids} left it"))):
        if body.get(key):
            yield gettext(text).format(ids=say([str(one) for one in body[key]]))
    if entry.kind == "unlinked" and body.get("from_the_start"):
        yield gettext(N_("wrong from the start"))


def _times(office: Office, entry: Entry) -> Iterator[str]:
    """Yield the times that an entry gives."""
    for key, text in (
        ("until", N_("until {moment}")),
        ("agreed_by", N_("solution agreed for {moment}")),
        ("promise", N_("word promised by {moment}")),
    ):
        if entry.body.get(key) is not None:
            yield gettext(text).format(moment=due(entry.body[key], office.zone))


def _amended(office: Office, entry: Entry) -> Iterator[str]:
    body = entry.body
    if body.get("from_the_start"):
        yield gettext(N_("wrong from the start"))
    for name, value in body.get("facts", {}).items():
        yield said(name, due(value, office.zone) if FACTS[name].type == "moment" and value is not None else value)
    for facet, value in body.get("overruled", {}).items():
        yield gettext(N_("overruled: {what}")).format(what=said(facet, value))
    for facet in body.get("withdrawn", ()):
        yield gettext(N_("judged by the rules again: {facet}")).format(facet=word("facet", facet))


def _notes(entry: Entry, told: Told) -> Iterator[str]:
    private: dict[str, Any] = entry.private or {}
    for key in _NOTES:
        value = private.get(key)
        if isinstance(value, str) and value and not (key == "name" and entry.kind != "attached"):
            yield " ".join(told.free(value).split())
