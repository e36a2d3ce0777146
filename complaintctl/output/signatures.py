"""The signatures of a complaint's papers, for people and for scripts: who signed what when, and what waits for whom."""

from collections.abc import Iterator
from typing import Any

from complaintctl.desk.office import Done, Office
from complaintctl.language import N_, gettext, say
from complaintctl.output.complaint import Told
from complaintctl.output.done import role, step_title
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, iso_or_none, local
from complaintctl.output.problem import fill
from complaintctl.output.text import pad, width
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.signatures import Signature, entry_of, signatures, steps_of


def data(office: Office, life: Life, told: Told, now: Moment) -> list[dict[str, Any]]:
    """Give the signatures as JSON values, in the order of the procedure: the signed ones, and those that wait."""
    zone = office.zone
    found = []
    for one in signatures(life, steps_of(office.book), now):
        entry = entry_of(life, one)
        found.append(
            {
                "step": one.step,
                "role": _role(one, entry),
                "clause": one.clause,
                "pack": one.pack,
                "round": one.round,
                "since": iso_or_none(one.since, zone),
                "due_at": iso_or_none(one.due_at, zone),
                "signed_at": iso_or_none(one.signed_at, zone),
                "by": None if entry is None else by(life, entry, told),
                "opinion": None if entry is None else _opinion(one, entry, told),
            }
        )
    return found


def lines(office: Office, life: Life, told: Told, now: Moment) -> Iterator[Text]:
    """Yield the part of a complaint's sheet about signatures; nothing where none was given and none waits."""
    found = signatures(life, steps_of(office.book), now)
    if not found:
        return
    yield Text("")
    yield Text(gettext(N_("Signatures")), style="bold")
    titles = [say(step_title(life, one.step)) for one in found]
    wide = max(map(width, titles))
    for title, one in zip(titles, found, strict=True):
        entry = entry_of(life, one)
        text = _waits(office, life, one) if entry is None else _signed(office, life, one, entry, told)
        yield Text(text, f"  {pad(title, wide)}  ")


def waiting_next(office: Office, done: Done) -> Iterator[str]:
    """Yield a line for each signature that waits since this command, and whose it is."""
    steps = steps_of(office.book)
    before = signatures(done.before, steps, office.now) if done.before else []
    waited = {(one.step, one.round) for one in before if one.seq is None}
    for one in signatures(done.life, steps, office.now):
        if one.seq is None and (one.step, one.round) not in waited:
            yield fill(
                N_("  Now waits for {roles}: {step} ({clause})"),
                roles=[role(done.life, name) for name in one.roles],
                step=step_title(done.life, one.step),
                clause=one.clause,
            )


def by(life: Life, entry: Entry, told: Told) -> str | None:
    """Give who signed: whoever was named, else who wrote it down; None once erased.

    A signature is there to be read, and signers are staff: only the complainant's own name and phone are masked.
    """
    if entry.private is None and any(entry.seq in other.body.get("erased", ()) for other in life.entries):
        return None
    named = (entry.private or {}).get("person")
    if named is None:
        return entry.actor
    return told.free(str(named))


def _role(one: Signature, entry: Entry | None) -> str:
    """The role in which it was signed, where that was said, else those that may sign it."""
    said = entry.body.get("role") if entry is not None else None
    return str(said) if said is not None else ",".join(one.roles)


def _opinion(one: Signature, entry: Entry, told: Told) -> str | None:
    """The opinion given with a signature: its own text, or the note of a step that was merely recorded."""
    private = entry.private or {}
    text = private.get("opinion") or private.get("note")
    return None if text is None else told.free(str(text))


def _signed(office: Office, life: Life, one: Signature, entry: Entry, told: Told) -> str:
    roles = [role(life, name) for name in _role(one, entry).split(",")]
    name = by(life, entry, told) or gettext(N_("(erased)"))
    parts = [local(one.signed_at or 0, office.zone), name, say(roles), one.clause]
    text = " · ".join(parts)
    opinion = _opinion(one, entry, told)
    return (
        text
        if opinion is None
        else gettext(N_("{first}; {second}")).format(first=text, second=" ".join(opinion.split()))
    )


def _waits(office: Office, life: Life, one: Signature) -> str:
    text = fill(
        N_("waits for {roles} since {moment} · {clause}"),
        roles=[role(life, name) for name in one.roles],
        moment=local(one.since or 0, office.zone),
        clause=one.clause,
    )
    if one.due_at is None:
        return text
    return text + " · " + gettext(N_("by {moment}")).format(moment=due(one.due_at, office.zone))
