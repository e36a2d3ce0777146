"""Inspections for scripts and listings: one stable document, rows of inspections, rows of findings.

Who inspected acted for a party or the office and signs for it, so names are shown, as those of whoever handles a
complaint are; telephone numbers in texts, and the names of files, are shown only where they are revealed.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext, pick, say
from complaintctl.output import masks, words
from complaintctl.output.listing import Column
from complaintctl.output.moments import due, duration, iso, iso_or_none, local
from complaintctl.rules.course import standing
from complaintctl.rules.entries import Entry
from complaintctl.rules.inspection import REGISTER, Finding, Inspection, Try
from complaintctl.rules.localtime import Moment, shown

STATES = {
    "planned": N_("planned"),
    "missed": N_("not held on its day"),
    "open": N_("findings open"),
    "done": N_("nothing open"),
    "dropped": N_("dropped"),
}
FINDING_STATES = {
    "open": N_("to be put right"),
    "overdue": N_("overdue"),
    "rectified": N_("to be checked again"),
    "closed": N_("put right"),
}
ITEM_WORDS = {
    "staffing": N_("staffing"),
    "accounts": N_("income and expenses"),
    "upkeep": N_("upkeep plan"),
    "cleaning": N_("cleaning"),
    "facilities": N_("shared facilities"),
    "fire-lanes": N_("fire lanes"),
    "other": N_("other matters"),
}

#: Keys of an entry that its inspection tells already, or that no reader needs.
_NOT_TOLD = ("number", "planned_at", "salt", "file", "pinned")


def data(office: Office, found: Inspection, *, reveal: bool = False) -> dict[str, Any]:
    """Give an inspection as JSON values, as it is at the office's moment. What was erased is null or empty."""
    zone, now = office.zone, office.now
    return {
        "id": found.id,
        "number": found.number,
        "kind": found.kind,
        "state": found.state(now),
        "planned_on": found.planned_on,
        "held_at": iso_or_none(found.held_at, zone),
        "inspectors": list(found.inspectors),
        "parties": {code: found.parties.get(code, []) for code in found.party_codes},
        "items": list(found.items),
        "found": free(found.found, reveal),
        "note": free(found.note, reveal),
        "photos": found.photos,
        "dropped_at": iso_or_none(found.dropped_at, zone),
        "reason": free(found.reason, reveal),
        "clause": found.rule.clause if found.rule else None,
        "findings": [finding_data(office, found, one, reveal=reveal) for one in found.findings],
        "timeline": _timeline(found, zone, reveal),
    }


def finding_data(office: Office, found: Inspection, one: Finding, *, reveal: bool = False) -> dict[str, Any]:
    """Give a finding as JSON values; `late` is true for ever once a try went beyond its limit."""
    zone, now = office.zone, office.now
    return {
        "id": name(found, one),
        "n": one.n,
        "department": one.department,
        "text": free(one.text, reveal),
        "place": free(one.place, reveal),
        "found_at": iso(one.found_at, zone),
        **_try(one.last, zone, now, reveal),
        "closed_at": iso_or_none(one.closed_at, zone),
        "state": one.state(now),
        "late": one.late(now),
        "photos": one.photos,
        "tries": [_try(each, zone, now, reveal) for each in one.tries],
    }


def _try(one: Try, zone: ZoneInfo, now: Moment, reveal: bool) -> dict[str, Any]:
    return {
        "started_at": iso(one.started_at, zone),
        "limit": one.limit,
        "due_at": iso_or_none(one.due_at, zone),
        "shown": None if one.due_at is None else shown(one.due_at, zone),
        "provisional": one.provisional,
        "rectified_at": iso_or_none(one.rectified_at, zone),
        "late_by_seconds": late_by(one, now),
        "result": free(one.result, reveal),
        "by": one.by,
        "checked_at": iso_or_none(one.checked_at, zone),
        "passed": one.passed,
        "note": free(one.note, reveal),
    }


def late_by(one: Try, now: Moment) -> int | None:
    """Give by how many seconds a try went, or has by now gone, beyond its limit; None where it is on time."""
    if one.due_at is None:
        return None
    late = (now if one.rectified_at is None else one.rectified_at) - one.due_at
    return late if late > 0 else None


def _timeline(found: Inspection, zone: ZoneInfo, reveal: bool) -> list[dict[str, Any]]:
    counting = {entry.seq for entry in standing(found.entries)}
    return [
        {**_entry(entry, zone, reveal), "undone": entry.seq not in counting and entry.kind != "undone"}
        for entry in found.entries
    ]


def _entry(entry: Entry, zone: ZoneInfo, reveal: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "seq": entry.seq,
        "kind": entry.kind,
        "at": iso(entry.at, zone),
        "recorded_at": iso(entry.recorded_at, zone),
        "actor": entry.actor,
    }
    for key, value in (*entry.body.items(), *(entry.private or {}).items()):
        if key in told or key in _NOT_TOLD or (key == "name" and not reveal):
            continue
        told[key] = iso(value, zone) if key == "until" else free(value, reveal) if isinstance(value, str) else value
    return told


# ---- words


def name(found: Inspection, one: Finding) -> str:
    """Name a finding as commands take it: `3.2`."""
    return f"{found.id}.{one.n}"


def kind_word(office: Office, kind: str) -> str:
    """Give what the procedure in force calls a kind of inspection, else the standard word."""
    occasion = office.procedure.occasion(REGISTER, kind)
    return pick(occasion.title) if occasion else words.word("inspection-kind", kind)


def party_word(office: Office, code: str) -> str:
    """Give what the procedure in force calls a party."""
    roles = office.procedure.roles
    return pick(roles[code]) if code in roles else code


def items_words(items: Iterable[str]) -> str:
    """Give what was inspected, in words."""
    return say([gettext(ITEM_WORDS.get(item, item)) for item in items])


def free(text: str | None, reveal: bool) -> str | None:
    """Give a free text, without telephone numbers unless they are to be revealed."""
    return text if text is None or reveal else masks.words(text, {})


def due_words(one: Try, zone: ZoneInfo) -> str:
    """Give the due moment of a try, marked where it rests on a year whose holidays are not known; empty for none."""
    if one.due_at is None:
        return ""
    text = due(one.due_at, zone)
    return gettext(N_("{due} (provisional)")).format(due=text) if one.provisional else text


# ---- listings


def rows(office: Office, inspections: Iterable[Inspection]) -> Iterator[dict[str, Any]]:
    """Give inspections as rows: moments, codes, counts, and when the next open finding is due."""
    now = office.now
    for found in inspections:
        waiting = [one.last.due_at for one in found.open if one.last.rectified_at is None and one.last.due_at]
        yield {
            "id": found.id,
            "number": found.number,
            "kind": found.kind,
            "state": found.state(now),
            "planned_on": found.planned_on,
            "held_at": found.held_at,
            "dropped_at": found.dropped_at,
            "findings": len(found.findings),
            "open": len(found.open),
            "late": sum(one.late(now) for one in found.findings),
            "next_due_at": min(waiting, default=None),
        }


def columns(office: Office) -> tuple[Column, ...]:
    """Give the columns of inspections; people see when each was held, or shall be."""

    def when(row: Any) -> str:
        return local(row["held_at"], office.zone) if row["held_at"] is not None else str(row["planned_on"])

    return (
        Column("id", N_("ID"), "number"),
        Column("number", N_("Inspection no.")),
        Column("kind", N_("Inspection"), show=lambda row: kind_word(office, row["kind"])),
        Column("held_at", N_("When"), "moment", show=when),
        Column("state", N_("State"), show=lambda row: gettext(STATES[row["state"]])),
        Column("findings", N_("Findings"), "number"),
        Column("open", N_("Open"), "number"),
        Column("late", N_("Late"), "number"),
        Column("next_due_at", N_("Due next"), "due"),
        Column("planned_on", human=False),
        Column("dropped_at", kind="moment", human=False),
    )


def finding_rows(office: Office, inspections: Iterable[Inspection]) -> Iterator[dict[str, Any]]:
    """Give every finding of these inspections as a row."""
    for found in inspections:
        for one in found.findings:
            yield {
                "id": name(found, one),
                "inspection": found.id,
                "n": one.n,
                "number": found.number,
                "department": one.department,
                "text": free(one.text, False),
                "place": free(one.place, False),
                "found_at": one.found_at,
                "due_at": one.last.due_at,
                "provisional": one.last.provisional,
                "rectified_at": one.last.rectified_at,
                "checked_at": one.last.checked_at,
                "closed_at": one.closed_at,
                "state": one.state(office.now),
                "late": one.late(office.now),
                "late_by_seconds": late_by(one.last, office.now),
            }


def finding_columns(office: Office) -> tuple[Column, ...]:
    """Give the columns of findings."""

    def due_shown(row: Any) -> str:
        if row["due_at"] is None:
            return ""
        text = due(row["due_at"], office.zone)
        return gettext(N_("{due} (provisional)")).format(due=text) if row["provisional"] else text

    def late(row: Any) -> str:
        return duration(row["late_by_seconds"]) if row["late_by_seconds"] is not None else ""

    scripts = (Column(key, human=False) for key in ("inspection", "n", "place", "late", "provisional"))
    moments = (
        Column(key, kind="moment", human=False) for key in ("found_at", "rectified_at", "checked_at", "closed_at")
    )
    return (
        Column("id", N_("Finding")),
        Column("number", N_("Inspection no.")),
        Column("department", N_("Department")),
        Column("text", N_("What is wrong")),
        Column("due_at", N_("Due"), "due", show=due_shown),
        Column("late_by_seconds", N_("Late by"), "duration", style="red", show=late),
        Column("state", N_("State"), show=lambda row: gettext(FINDING_STATES[row["state"]])),
        *scripts,
        *moments,
    )
