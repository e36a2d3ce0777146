"""Taking down a complaint: facts as told, proposals where nothing was told, and the judgement they give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintctl.desk.office import Command, Done, Office, Remark, subject_of
from complaintctl.desk.steps import must_be_judged
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.entries import Entry
from complaintctl.rules.facts import FACETS, FACTS, PRIVATE
from complaintctl.rules.life import Life, fold
from complaintctl.rules.localtime import Moment, local

if TYPE_CHECKING:
    from complaintctl.reading.proposal import Proposal

#: `repeated` is proposed when the home raised the category this often before, within six months (or what the site
#: parameter `repeated-within` says).
REPEATED_TIMES = 2


class Intake(NamedTuple):
    """What is taken down: facts by name as stated, the clerk's overrulings with a reason, the proposals.

    `read` is what the bare text proposes, also of facts that were stated: that is kept beside what the clerk said. None
    where nobody read it.

    The fact `on_the_spot` also resolves it, `result` saying how; `evidence` holds (file name, bytes); `event` names a
    complaint of the event to which it belongs. `repair` is what is known of a repair (`desk.repair.Repair`).
    """

    facts: Mapping[str, Any]
    at: Moment | None = None
    overruled: Mapping[str, str] = {}
    reason: str | None = None
    proposals: tuple[Proposal, ...] = ()
    read: tuple[Proposal, ...] | None = None
    result: str | None = None
    evidence: tuple[tuple[str, bytes], ...] = ()
    event: str | None = None
    repair: Any = None


def log(office: Office, intake: Intake) -> Done:
    """Take down a complaint, and its solution if it was solved on the spot.

    Raises:
        FutureMoment, BeforeStep: a moment that cannot be.
        NotFound: no such complaint to link it to.
    """
    at, intake = _checked(office, intake)
    with office.command() as command:
        complaint = command.batch.next_complaint_id()
        month = local(at, office.zone).strftime("%Y%m")
        proposals = _with_repeated(office, intake, at)
        body, private = _entry(office, intake, proposals)
        command.begin(complaint)
        number = command.batch.next_number(month)
        command.append(complaint, "logged", at, {"number": number, **body}, private)
        described = _described(office, command, complaint, intake.repair, at) if intake.repair is not None else ()
        if intake.facts.get("on_the_spot"):
            command.append(complaint, "resolved", at, {"outcome": "solved"}, {"result": intake.result})
        for name, data in intake.evidence:
            command.attach(complaint, at, name, data, None)
        linked = _linked(command, complaint, intake.event) if intake.event is not None else ()
        return command.done(complaint, *_remarks(office, command, complaint), *described, *linked, proposals=proposals)


def _described(office: Office, command: Command, complaint: int, what: Any, at: Moment) -> tuple[Remark, ...]:
    """Write down what is known of a repair when it is taken down; say what follows from its part."""
    from complaintctl.desk.repair import described

    return described(office, command, command.open(str(complaint)), what, at)


def _linked(command: Command, complaint: int, event: str) -> tuple[Remark, ...]:
    """Link what was just taken down to the event of another complaint, in the same command; say with which."""
    from complaintctl.desk.link import here, join, not_counted

    life = command.open(str(complaint))
    members = join(command, [life, here(command, event)])
    households = command.open(str(complaint)).course.known["households"]
    others = [command.open(str(one)).number for one in members if one != complaint]
    text = Phrase(N_("one event with {numbers}; households: {n}"), numbers=others, n=households)
    return (Remark("linked", text), *not_counted(command, members))


def preview(office: Office, intake: Intake) -> Life:
    """Return what the complaint would look like if it were taken down now; nothing is kept."""
    at, intake = _checked(office, intake)
    body, private = _entry(office, intake, _with_repeated(office, intake, at))
    entry = Entry(1, 1, subject_of(0), "logged", at, office.now, office.actor, {"number": "", **body}, private)
    life = fold([entry], office.book)
    if life is None:
        raise ValueError("an intake always gives a life")
    return life


def _checked(office: Office, intake: Intake) -> tuple[Moment, Intake]:
    """Return the moment of receipt, with every moment among the facts checked against it."""
    at = office.moment(intake.at, Words(N_("The receipt")))
    proposed = {one.fact: one.value for one in intake.proposals}
    kind = intake.facts.get("kind") or proposed.get("kind") or FACTS["kind"].default
    must_be_judged(office.book.procedure_at(at), str(kind), intake.overruled)
    for name, label in (("heard_at", N_("The hearing")), ("happened_at", N_("The event"))):
        moment = intake.facts.get(name)
        if moment is not None:
            office.moment(moment, Words(label))
    heard = intake.facts.get("heard_at")
    if heard is not None:
        office.moment(at, Words(N_("The receipt")), (Words(N_("heard by a colleague")), heard))
    for name, label in (("requested_by", N_("The time asked for")), ("agreed_by", N_("The time agreed on"))):
        wanted = intake.facts.get(name)
        if wanted is not None:
            not_before(office, wanted, Words(label), at)
    return at, intake


def not_before(office: Office, wanted: Moment, field: Any, at: Moment, complaint: int | None = None) -> None:
    """Refuse a time given to, or by, the resident that lies before the moment it was given.

    Raises:
        BeforeStep.
    """
    from complaintctl.errors import BeforeStep
    from complaintctl.rules.localtime import shown

    if wanted < at:
        raise BeforeStep(
            field=field,
            moment=shown(wanted, office.zone),
            earlier=Words(N_("the moment it was given")),
            earlier_at=office.show(at),
            id=complaint if complaint is not None else "ID",
        )


def _entry(office: Office, intake: Intake, proposals: Iterable[Proposal]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split what is taken down into the body (codes, numbers, moments) and what is private."""
    facts = {proposal.fact: proposal.value for proposal in proposals} | {
        name: value for name, value in intake.facts.items() if value is not None
    }
    private: dict[str, Any] = {name: facts.pop(name) for name in PRIVATE if name in facts}
    agreed_by = facts.pop("agreed_by", None)
    body: dict[str, Any] = {
        "facts": facts,
        "nameless": not any(private.get(name) for name in ("unit", "name", "phone")),
        "overruled": {facet: intake.overruled[facet] for facet in FACETS if facet in intake.overruled},
        "proposed": sorted(proposal.fact for proposal in proposals),
    }
    building = building_at(office, private.get("unit"))
    if building is not None:
        body["building"] = building
    if agreed_by is not None:
        body["agreed_by"] = agreed_by
    read = _read(intake)
    if read:
        body["read"] = read
    words = {one.fact: list(one.words) for one in (*_beside(intake), *proposals) if one.words}
    return body, private | {"reason": intake.reason, "words": words or None}


def _read(intake: Intake) -> dict[str, Any]:
    """Return what the text proposes of the facts that were stated, None where nothing: how well it is read shows there.

    Left out where the text says nothing and the clerk only what holds anyway.
    """
    if intake.read is None:
        return {}
    from complaintctl.reading.lexicon import ORDER

    read = {one.fact: one.value for one in intake.read}
    stated = {name: value for name in ORDER if (value := intake.facts.get(name)) is not None}
    return {name: read.get(name) for name, value in stated.items() if name in read or value != FACTS[name].default}


def _beside(intake: Intake) -> Iterable[Proposal]:
    return (one for one in intake.read or () if intake.facts.get(one.fact) is not None)


def building_at(office: Office, unit: str | None) -> str | None:
    """Return the building a unit lies in: as it is registered, where buildings are, else as it is written."""
    if unit and office.query.registered("building"):
        from complaintctl.desk.places import building_at as registered_at

        return registered_at(office, unit)
    return building_of(unit)


def building_of(unit: str | None) -> str | None:
    """Return the building a unit lies in: what stands before its first separator (`3-2-501`, `3栋501`, `3号楼`).

    None where the unit is not written so that its building can be told.
    """
    if not unit:
        return None
    head = unit.strip()
    for mark in ("号楼", "栋", "幢", "座", "楼"):
        before, found, _ = head.partition(mark)
        if found and before and len(before) <= LONGEST_BUILDING:
            return before
    for mark in "-－—–/#_ ":
        before, found, _ = head.partition(mark)
        if found and before and len(before) <= LONGEST_BUILDING:
            return before
    return None


LONGEST_BUILDING = 8


def _with_repeated(office: Office, intake: Intake, at: Moment) -> tuple[Proposal, ...]:
    """Return the proposals, with `repeated` where this unit raised this category often enough before."""
    proposals = tuple(one for one in intake.proposals if intake.facts.get(one.fact) is None)
    unit = intake.facts.get("unit")
    if intake.facts.get("repeated") is not None or not unit:
        return proposals
    proposed = {one.fact: one.value for one in proposals}
    category = intake.facts.get("category") or proposed.get("category") or FACTS["category"].default
    from complaintctl.desk.related import raised_before

    earlier = raised_before(office, str(unit), str(category), at)
    if len(earlier) < REPEATED_TIMES:
        return proposals
    from complaintctl.reading.proposal import Proposal

    others = tuple(one for one in proposals if one.fact != "repeated")
    return (*others, Proposal("repeated", True, tuple(earlier), "earlier-complaints"))


def _remarks(office: Office, command: Command, complaint: int) -> tuple[Remark, ...]:
    life = command.open(str(complaint))
    if life.course.received_at == office.now:
        return ()
    text = Phrase(N_("taken down as received at {at}"), at=office.show(life.course.received_at))
    return (Remark("back-dated", text),)
