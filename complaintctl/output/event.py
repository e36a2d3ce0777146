"""An event as one sheet: what happens once for all, its households, what each is still owed, and what to do next."""

from collections.abc import Iterator, Sequence
from typing import Any

from complaintctl.desk.advice import forward
from complaintctl.desk.event_sheet import Event, Household, Once, Owed
from complaintctl.desk.office import Done, Office
from complaintctl.language import N_, gettext, plural, say
from complaintctl.output.complaint import Told, event_of
from complaintctl.output.done import Line, changed, labels, to_type
from complaintctl.output.layout import Text
from complaintctl.output.moments import due, iso, iso_or_none, local
from complaintctl.output.problem import fill
from complaintctl.output.text import pad, safe, width
from complaintctl.output.words import word
from complaintctl.rules.localtime import Moment

#: What has not happened yet; a dash that is one column wide on every terminal.
_NONE = "-"
_STYLES = {"overdue": "red", "late": "yellow", "missed": "yellow"}


# ---- for scripts


def data(office: Office, event: Event, *, reveal: bool) -> dict[str, Any]:
    """Give an event as JSON values; units masked unless `reveal`."""
    zone = office.zone
    return {
        "id": event.lead.id,
        "number": event.lead.number,
        "households": event.households,
        "complaints": len(event.members),
        "since": iso(event.since, zone),
        "collective_at": iso_or_none(event.collective_at, zone),
        "members": [_member_json(office, one, reveal) for one in event.members],
        "once": [_once_json(office, one) for one in event.once],
    }


def _member_json(office: Office, one: Household, reveal: bool) -> dict[str, Any]:
    life, zone = one.life, office.zone

    return {
        "id": life.id,
        "number": life.number,
        "unit": Told(office, life, reveal).fact("unit"),
        "stage": life.stage,
        "outcome": life.course.outcome,
        "received_at": iso(life.course.received_at, zone),
        "contacted_at": iso_or_none(one.contacted_at, zone),
        "resolved_at": iso_or_none(life.course.resolved_at, zone),
        "notified_at": iso_or_none(one.notified_at, zone),
        "visited": one.visited,
        "revisited_at": iso_or_none(one.revisited_at, zone),
        "owed": [
            {
                "step": owed.step,
                "due_at": iso_or_none(owed.due_at, zone),
                "state": owed.state,
                "command": to_type(owed.command),
            }
            for owed in one.owed
        ],
    }


def _once_json(office: Office, one: Once) -> dict[str, Any]:
    return {
        "step": one.step,
        "rung": one.rung,
        "round": one.round,
        "clause": one.clause,
        "met_at": iso_or_none(one.met_at, office.zone),
        "due_at": iso_or_none(one.due_at, office.zone),
        "state": one.state,
    }


# ---- for people


def lines(office: Office, event: Event, *, reveal: bool) -> Iterator[Text]:
    """Yield the sheet of an event."""
    yield from _head(office, event, reveal)
    yield Text("")
    yield Text(gettext(N_("Once for the event")), style="bold")
    heads = [_when(office, one) for one in event.once]
    widths = [max(map(width, column)) for column in zip(*heads, strict=True)]
    for one, head in zip(event.once, heads, strict=True):
        cells = "  ".join(pad(cell, wide) for cell, wide in zip(head, widths, strict=True))
        yield Text(_once(event, one), f"  {cells}  ", _STYLES.get(one.state, ""))
    if not event.once:
        yield Text(gettext(N_("nothing: it is not collective, or the procedure asks for nothing")), "  ")
    yield Text("")
    yield Text(gettext(N_("Each household")), style="bold")
    yield from _households(office, event, reveal)
    yield from _next(event)


def _head(office: Office, event: Event, reveal: bool) -> Iterator[Text]:
    lead, known = event.lead, event.lead.version_at(office.now).known
    complaints = plural(N_("{n} complaint"), N_("{n} complaints"), len(event.members)).format(n=len(event.members))
    households = plural(N_("{n} household"), N_("{n} households"), event.households).format(n=event.households)
    number = fill(N_("{number} ({id})"), number=lead.number, id=lead.id)
    yield Text(" · ".join([number, gettext(N_("one event")), complaints, households]), "", "bold")
    since = gettext(N_("since {moment}")).format(moment=local(event.since, office.zone))
    if event.collective_at is None:
        collective = gettext(N_("not collective"))
    else:
        collective = gettext(N_("collective since {moment}")).format(moment=local(event.collective_at, office.zone))
    yield Text(" · ".join([since, collective, word("category", known["category"])]), "  ")
    text = Told(office, lead, reveal).fact("text")
    for line in (gettext(N_("(erased)")) if text is None else text).split("\n"):
        yield Text(line, "  | ")


def _when(office: Office, one: Once) -> tuple[str, str]:
    """Give what stands aligned before what happens once: its state, and when it happened or is due."""
    moment = ""
    if one.met_at is not None:
        moment = local(one.met_at, office.zone)
    elif one.due_at is not None:
        moment = gettext(N_("by {moment}")).format(moment=due(one.due_at, office.zone))
    return word("state", one.state), moment


def _once(event: Event, one: Once) -> str:
    title = gettext(N_("manager's decision on telling company and developer"))
    if one.step != "decided":
        title = labels(event.lead).step(one.step, one.rung)
    again = gettext(N_("round {n}")).format(n=one.round) if one.round > 1 else None
    return safe(" · ".join(part for part in (title, one.clause, again) if part))


_HEADS = (N_("ID"), N_("Home"), N_("First word"), N_("Told"), N_("Home visit"), N_("Revisited"), N_("Still owed"))


def _households(office: Office, event: Event, reveal: bool) -> Iterator[Text]:
    """Yield a row a household, the columns under one another; what is still owed comes last and may fold."""
    rows = [[gettext(head) for head in _HEADS]]
    rows += [_row(office, one, reveal) for one in event.members]
    widths = [max(map(width, column)) for column in list(zip(*rows, strict=True))[:-1]]
    for number, row in enumerate(rows):
        head = "  ".join(pad(cell, wide) for cell, wide in zip(row, widths, strict=False))
        late = number and any(owed.state == "overdue" for owed in event.members[number - 1].owed)
        yield Text(row[-1], f"  {head}  ", "bold" if not number else "red" if late else "")


def _row(office: Office, one: Household, reveal: bool) -> list[str]:
    life = one.life
    home = Told(office, life, reveal).fact("unit")
    if life.course.nameless:
        home = gettext(N_("nameless"))
    owed = say([_owed(life, step) for step in one.owed if step.state != "waiting"]) or word("stage", life.stage)
    if life.course.outcome in ("withdrawn", "duplicate"):
        owed = word("outcome", life.course.outcome)
    visit = gettext(N_("yes")) if one.visited else _NONE
    moments = [_short(office, at) for at in (one.contacted_at, one.notified_at)]
    return [str(life.id), safe(home or ""), *moments, visit, _short(office, one.revisited_at), safe(owed)]


def _owed(life: Any, owed: Owed) -> str:
    name = labels(life).step(owed.step)
    if owed.state != "overdue":
        return name
    return gettext(N_("{step} (overdue)")).format(step=name)


def _short(office: Office, at: Moment | None) -> str:
    return _NONE if at is None else local(at, office.zone)[5:16]


def _next(event: Event) -> Iterator[Text]:
    """Yield the commands that come next: first what is done once, then for the households, several in one line."""
    once = [one for one in event.once if one.command is not None]
    commands = [str(one.command) for one in once if one.state != "untimed"]
    commands += [*_for_households(event), *(str(one.command) for one in once if one.state == "untimed")]
    if commands:
        yield Text("")
        yield Text(gettext(N_("What to do next")), style="bold")
    for command in dict.fromkeys(commands):
        yield Text(f"complaintctl {to_type(command)}", "  ")


def _for_households(event: Event) -> Iterator[str]:
    """Yield the commands for the households: one for all where it takes several, each by itself where it does not."""
    wanted: dict[str, list[str]] = {}
    for one in event.members:
        here = [owed.command for owed in one.owed if owed.state in ("running", "overdue")]
        onward = forward(one.life)
        for command in dict.fromkeys([*here, *([onward] if onward is not None else [])]):
            verb, _, rest = command.partition(f" {one.life.id} ")
            wanted.setdefault(f"{verb} {{id}} {rest}", []).append(str(one.life.id))
    verbs = {pattern: pattern.partition(" ")[0] for pattern in wanted}
    place = {verb: number for number, verb in enumerate(_VERBS)}
    for pattern, ids in sorted(wanted.items(), key=lambda one: place.get(verbs[one[0]], len(place))):
        verb = verbs[pattern]
        if verb in ("assign", "record"):
            yield pattern.replace("{id}", " ".join(ids))
        elif verb == "resolve":
            if "assign" in verbs.values():
                # One resolution answers all once every complaint has gone out.
                continue
            yield pattern.replace("{id}", ids[0]) + (" --whole-event" if len(ids) > 1 else "")
        else:
            yield from (pattern.replace("{id}", name) for name in ids)


#: The order in which a desk works: out to the department, a word to the households, the solution, the notice.
_VERBS = ("assign", "escalate", "record", "resolve", "notify", "revisit")


def linked(office: Office, results: Sequence[Done]) -> Iterator[Line]:
    """Yield what linking, or taking out, did to each complaint, and how the event stands; its clocks are one sheet."""
    for done in results:
        yield from changed(office, done)
        yield from (fill(N_("  Note: {text}"), text=remark.text) for remark in done.remarks)
    leads = dict.fromkeys(event_of(done.life) for done in results)
    for lead in leads:
        if lead is None:
            continue
        life = next(done.life for done in results if event_of(done.life) == lead)
        known = life.version_at(office.now).known
        said = N_("Households: {n}. The event: complaintctl event {id}")
        if known["collective"] == "yes":
            said = N_("Households: {n}, a collective complaint. The event: complaintctl event {id}")
        yield fill(said, n=known["households"], id=lead)
