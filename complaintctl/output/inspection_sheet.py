"""An inspection as people read it: who inspected what, its findings with their limits, what happened, what is next."""

from collections.abc import Collection, Iterator

from complaintctl.desk.inspection_shared import Deed
from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext
from complaintctl.output.inspection import (
    FINDING_STATES,
    STATES,
    due_words,
    free,
    items_words,
    kind_word,
    late_by,
    name,
    party_word,
)
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, duration, local
from complaintctl.output.problem import bracketed, fill, typed
from complaintctl.output.text import pad, width
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.inspection import Finding, Inspection
from complaintctl.rules.localtime import Moment

Line = str | tuple[str, str]

_STYLES = {"overdue": "red"}
#: Commands shown as next; the findings above tell the rest.
COMMANDS_SHOWN = 5
_ORDER = ("overdue", "open", "rectified")


# ---- after a verb


def lines(office: Office, deed: Deed) -> Iterator[Line]:
    """Yield what a verb did: the inspection, the findings it touched, and the command that comes next."""
    found = deed.inspection
    last = deed.before.last_seq if deed.before else 0
    new = [entry for entry in found.entries if entry.seq > last]
    touched = {entry.body["n"] for entry in new if "n" in entry.body}
    yield (
        fill(
            N_("{number} ({id}): {kind}, {what}"),
            number=found.number,
            id=found.id,
            kind=kind_word(office, found.kind),
            what=_what(new[0]) if new[0].kind != "held" else _held(office, new[0].at),
        ),
        "bold",
    )
    if any(entry.kind in ("planned", "held") for entry in new):
        for line in _who_and_what(office, found, False):
            yield f"  {line}"
    for one in found.findings:
        if one.n in touched:
            yield _finding_line(office, found, one)
    for remark in deed.remarks:
        yield fill(N_("  Note: {text}"), text=remark.text)
    following = commands(office, found, touched) or commands(office, found)
    if following:
        yield fill(N_("Next: complaintctl {command}"), command=following[0])


def _held(office: Office, at: Moment) -> str:
    return fill(N_("held {moment}"), moment=local(at, office.zone))


def _finding_line(office: Office, found: Inspection, one: Finding) -> Line:
    parts = [name(found, one), gettext(FINDING_STATES[one.state(office.now)]), *_time(office, one)]
    return ("  " + "  ".join((*parts, one.department)), _STYLES.get(one.state(office.now), ""))


# ---- the sheet


def sheet(office: Office, found: Inspection, *, reveal: bool) -> Iterator[Text]:
    """Yield all there is to know about an inspection."""
    state = gettext(STATES[found.state(office.now)])
    yield Text(f"{bracketed(found.number, str(found.id))} · {kind_word(office, found.kind)} · {state}", style="bold")
    for line in _times(office, found, reveal):
        yield Text(line, "  ")
    for line in _who_and_what(office, found, reveal):
        yield Text(line, "  ")
    if found.note:
        yield Text(fill(N_("note: {text}"), text=" ".join((free(found.note, reveal) or "").split())), "  ")
    for line in (free(found.found, reveal) or "").split("\n") if found.found else ():
        yield Text(line, "  | ")
    if found.held_at is not None:
        yield from _findings(office, found, reveal)
    yield Text("")
    yield Text(gettext(N_("What happened")), style="bold")
    counting = {entry.seq for entry in standing(found.entries)}
    for entry in sorted(found.entries, key=lambda one: (one.at, one.seq)):
        yield _event(office, found, entry, reveal, entry.seq in counting or entry.kind == "undone")
    following = commands(office, found)
    if following:
        yield Text("")
        yield Text(gettext(N_("What to do next")), style="bold")
        for command in following[:COMMANDS_SHOWN]:
            yield Text(typed(f"complaintctl {command}"), "  ")


def _times(office: Office, found: Inspection, reveal: bool) -> Iterator[str]:
    """Yield when it was planned and held, or why it was dropped."""
    parts = []
    if found.held_at is not None:
        parts.append(_held(office, found.held_at))
    if found.planned_on is not None and (
        found.held_at is None or local(found.held_at, office.zone)[:10] != found.planned_on
    ):
        parts.append(fill(N_("planned for {day}"), day=found.planned_on))
    if found.dropped_at is not None:
        parts.append(fill(N_("dropped {moment}"), moment=local(found.dropped_at, office.zone)))
    yield " · ".join(parts)
    if found.reason:
        yield fill(N_("reason: {text}"), text=" ".join((free(found.reason, reveal) or "").split()))


def _who_and_what(office: Office, found: Inspection, reveal: bool) -> Iterator[str]:
    if found.inspectors:
        yield fill(N_("inspectors: {names}"), names=list(found.inspectors))
    for code in found.party_codes:
        names = found.parties.get(code) or gettext(N_("(erased)"))
        yield fill(N_("{party}: {names}"), party=party_word(office, code), names=names)
    if found.items:
        yield fill(N_("inspected: {items}"), items=items_words(found.items))
    if found.photos:
        yield fill(N_("photos: {n}"), n=found.photos)


def _findings(office: Office, found: Inspection, reveal: bool) -> Iterator[Text]:
    yield Text("")
    yield Text(gettext(N_("What was found")), style="bold")
    if not found.findings:
        yield Text(gettext(N_("nothing to be put right")), "  ")
        return
    now = office.now
    cells = [
        (name(found, one), gettext(FINDING_STATES[one.state(now)]), *_padded(_time(office, one)), one.department)
        for one in found.findings
    ]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    for one, texts in zip(found.findings, cells, strict=True):
        head = "  ".join(pad(text, wide) for text, wide in zip(texts, widths, strict=True) if wide).rstrip()
        yield Text(head, "  ", _STYLES.get(one.state(now), ""))
        yield Text(_about(one, reveal), " " * (4 + widths[0]))


def _padded(parts: list[str]) -> tuple[str, str]:
    return parts[0] if parts else "", parts[1] if len(parts) > 1 else ""


def _time(office: Office, one: Finding) -> list[str]:
    """Give until when a finding must be put right, and how late it is, or was."""
    parts = []
    until = due_words(one.last, office.zone)
    if until:
        parts.append(fill(N_("by {moment}"), moment=until))
    late = late_by(one.last, office.now)
    if late is not None:
        parts.append(fill(N_("late by {span}"), span=duration(late)))
    elif one.late(office.now):
        parts.append(gettext(N_("late before")))
    return parts


def _about(one: Finding, reveal: bool) -> str:
    """Give what a finding is about, where, and what was done about it."""
    parts = [gettext(N_("(erased)")) if one.text is None else " ".join((free(one.text, reveal) or "").split())]
    if one.place:
        parts.append(free(one.place, reveal) or "")
    if one.last.result:
        parts.append(fill(N_("done: {result}"), result=" ".join((free(one.last.result, reveal) or "").split())))
    if one.photos:
        parts.append(fill(N_("photos: {n}"), n=one.photos))
    return " · ".join(parts)


# ---- what happened


def _event(office: Office, found: Inspection, entry: Entry, reveal: bool, counts: bool) -> Text:
    what = _what(entry)
    if "n" in entry.body:
        what = f"{found.id}.{entry.body['n']} {what}"
    parts = [what, *_codes(office, entry), *_notes(entry, reveal)]
    text = fill(N_("{what} — {actor}"), what=_joined(parts), actor=entry.actor)
    if entry.recorded_at != entry.at:
        text += gettext(N_(" (written down {moment})")).format(moment=local(entry.recorded_at, office.zone))
    if not counts:
        text += gettext(N_(" (taken back)"))
    return Text(text, f"  {local(entry.at, office.zone)}  ", "" if counts else "dim")


def _joined(parts: list[str]) -> str:
    what = parts[0]
    for part in parts[1:]:
        what = gettext(N_("{first}; {second}")).format(first=what, second=part)
    return what


_WHAT = {
    "held": N_("inspection held"),
    "dropped": N_("dropped"),
    "found": N_("found"),
    "rectified": N_("put right"),
    "attached": N_("photo attached"),
    "undone": N_("last command taken back"),
    "revealed": N_("private facts shown"),
    "forgotten": N_("private facts erased"),
}


def _what(entry: Entry) -> str:
    """Say what an entry is about an inspection."""
    if entry.kind == "planned":
        return fill(N_("planned for {day}"), day=entry.body["on"])
    if entry.kind == "moved":
        return fill(N_("moved to {day}"), day=entry.body["on"])
    if entry.kind == "rechecked":
        return gettext(N_("re-check passed") if entry.body["passed"] else N_("re-check failed"))
    return gettext(_WHAT.get(entry.kind, entry.kind))


def _codes(office: Office, entry: Entry) -> Iterator[str]:
    if "department" in entry.body:
        yield str(entry.body["department"])
    if entry.body.get("until") is not None:
        yield fill(N_("by {moment}"), moment=due(entry.body["until"], office.zone))
    if entry.body.get("limit") is not None:
        from complaintctl.output.limits import limit_words

        yield fill(N_("within {limit}"), limit=limit_words(entry.body["limit"]))


def _notes(entry: Entry, reveal: bool) -> Iterator[str]:
    private = entry.private or {}
    for key in ("result", "by", "note", "reason"):
        # What was found, and what is noted of the whole, stands above already.
        if private.get(key) and not (key == "note" and entry.kind in ("planned", "held")):
            yield " ".join((free(str(private[key]), reveal) or "").split())
    if entry.kind == "attached" and reveal and private.get("name"):
        yield str(private["name"])


# ---- what comes next


def commands(office: Office, found: Inspection, only: Collection[int] | None = None) -> list[str]:
    """Give the commands that lead on, what is late first, with the words that the clerk fills in.

    Of the findings `only`, where that is given. Nothing where all is done, or dropped.
    """
    if found.dropped_at is not None:
        return []
    if found.held_at is None:
        occasion = office.procedure.occasion("inspection", found.kind)
        parties = " ".join(f"--party {code}={gettext(N_('NAME'))}" for code in (occasion.parties if occasion else ()))
        who = parties if parties else "" if found.inspectors else f"--inspectors {gettext(N_('NAME'))}"
        what = "" if found.items else "--items cleaning,facilities"
        return [" ".join(part for part in (f"inspect record {found.id}", who, what) if part)]
    waiting = [one for one in found.findings if one.state(office.now) in _ORDER and (only is None or one.n in only)]
    waiting.sort(key=lambda one: (_ORDER.index(one.state(office.now)), one.last.due_at or 0, one.n))
    return [_command(office, found, one) for one in waiting]


def _command(office: Office, found: Inspection, one: Finding) -> str:
    if one.last.rectified_at is None:
        return f'inspect rectified {name(found, one)} "{gettext(N_("RESULT"))}"'
    return f"inspect recheck {name(found, one)} --passed"
