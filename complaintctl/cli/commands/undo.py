"""`undo`: take back one's last command."""

from collections.abc import Iterator
from typing import Any

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.desk.office import Done, Office
from complaintctl.desk.registers import REGISTERS
from complaintctl.desk.undo import RestoredThing, Undone
from complaintctl.language import N_, gettext
from complaintctl.output import words
from complaintctl.output.done import judgement, what_next
from complaintctl.output.moments import iso
from complaintctl.output.problem import fill
from complaintctl.rules.entries import Entry
from complaintctl.rules.life import Life

HELP = N_(
    "Take back your own last command. Nothing is deleted: the ledger says that it no longer counts.\n\n"
    "Refused where later entries rest on it, and for what was adopted or erased."
)
EXAMPLES = N_("complaintctl undo")

MOST_SHOWN = 10
"""Of a list of people or places taken back: how many are told one by one; `--json` has all."""


def undo(fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.undo import undo as verb

    form = answer.choose(fmt, as_json)
    with open_office(write=True) as office:
        undone = verb(office)
        answer.give(form, lambda: _data(office, undone), lambda: _lines(office, undone))


def _data(office: Office, undone: Undone) -> dict[str, Any]:
    from complaintctl.output.complaint import complaint_json

    entries = [{"seq": one.seq, "kind": one.kind, "subject": one.subject} for one in undone.entries]
    items = [
        complaint_json(office, one.life) if one.life else {"id": one.id, "number": one.number, "stage": None}
        for one in undone.complaints
    ]
    if undone.register is not None:
        taken = undone.register._asdict()
        return {"items": [], "things": [], "undone": [], "import": taken | {"at": iso(taken["at"], office.zone)}}
    if undone.words is not None:
        return {"words": undone.words, "undone": entries}
    if len(items) == 1 and not undone.things:
        return {**items[0], "undone": entries}
    things = [{"register": one.register, "id": one.id, "stands": one.thing is not None} for one in undone.things]
    return {"items": items, "things": things, "undone": entries}


def _lines(office: Office, undone: Undone) -> Iterator[Any]:
    if undone.register is not None:
        text = N_(
            "The import of {file} at {at} is taken back. Complaints that no longer count: {n}, ids {first} to {last}."
        )
        taken = undone.register
        values = {"file": taken.file or "–", "at": office.show(taken.at), "n": taken.complaints}
        yield fill(text, **values, first=taken.first, last=taken.last)
    if undone.words is not None:
        text = N_("The office's own words are again those that stood before {at}: {n}.")
        yield fill(text, at=office.show(undone.entries[0].recorded_at), n=sum(map(len, undone.words.values())))
    for one in undone.complaints:
        subject = f"complaint/{one.id}"
        kinds = [_called(one.before, entry) for entry in undone.entries if entry.subject == subject]
        yield (
            fill(
                N_("{number} ({id}): taken back what was written at {at}: {what}"),
                number=one.number,
                id=one.id,
                at=office.show(undone.entries[0].recorded_at),
                what=list(dict.fromkeys(kinds)),
            ),
            "bold",
        )
        if one.life is None:
            yield "  " + gettext(N_("The complaint no longer counts; its number is not given again."))
        else:
            yield from judgement(office, Done(one.before, one.life))
            yield from what_next(office, one.life)
    for thing in undone.things[:MOST_SHOWN]:
        yield from _thing_lines(office, undone, thing)
    if len(undone.things) > MOST_SHOWN:
        yield fill(N_("{count} more"), count=len(undone.things) - MOST_SHOWN)


def _called(life: Life, entry: Entry) -> str:
    """Say what an entry was: of steps recorded and of a suggestion's stages, which ones."""
    if entry.kind not in ("recorded", "suggestion"):
        return words.word("entry", entry.kind)
    from complaintctl.output.history import headline

    return headline(life, entry)


def _thing_lines(office: Office, undone: Undone, one: RestoredThing) -> Iterator[Any]:
    """Say what was taken back of an inspection, a visit, a member of staff …"""
    subject = f"{one.register}/{one.id}"
    kinds = [words.word("entry", entry.kind) for entry in undone.entries if entry.subject == subject]
    yield (
        fill(
            N_("{what} {id}: taken back what was written at {at}: {kinds}"),
            what=gettext(REGISTERS[one.register]().word),
            id=one.id,
            at=office.show(undone.entries[0].recorded_at),
            kinds=list(dict.fromkeys(kinds)),
        ),
        "bold",
    )
    if one.thing is None:
        yield "  " + gettext(N_("It no longer counts; its number is not given again."))
