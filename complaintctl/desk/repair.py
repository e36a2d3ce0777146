"""Repairs: which part it is about, the price told, the hour agreed for coming, the finish time told (H5 三(二))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from complaintctl.desk.log import not_before
from complaintctl.desk.office import Command, Done, Office, Remark
from complaintctl.desk.path_words import part_word
from complaintctl.desk.record import agreed
from complaintctl.desk.refused_paths import NothingSaid, NotOfKind
from complaintctl.desk.steps import begun, first_of, must_be_open, names
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words, say
from complaintctl.reading.proposal import Proposal
from complaintctl.rules.course import standing
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.paths import Part, parts


class Repair(NamedTuple):
    """What is known of a repair: its part, the price and whether it was told, the hour agreed, the finish told."""

    part: str | None = None
    price: str | None = None
    price_told: bool | None = None
    appointment: Moment | None = None
    finish: Moment | None = None
    note: str | None = None
    at: Moment | None = None


def repair(office: Office, name: str, what: Repair) -> Done:
    """Record what is known of a repair; the finish time told is an agreed time.

    Raises:
        NotFound, NotOfKind, IsClosed, NothingSaid, BadValue: no such part.
        FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        _must_be_repair(life)
        must_be_open(office, life)
        at = office.moment(what.at, Words(N_("The moment")), begun(life), complaint=life.id)
        if not any(value is not None for value in what[:6]):
            raise NothingSaid(options=["--part", "--price", "--price-told", "--appointment", "--finish", "--note"])
        proposals = _describe(office, command, life, what, at)
        after = command.open(name)
        remarks = (*agreed(after, what.finish), *_after_dispatch(after), *_proposed(after, proposals))
        return command.done(life.id, *remarks, proposals=proposals)


def described(office: Office, command: Command, life: Life, what: Repair, at: Moment) -> tuple[Remark, ...]:
    """Write down, within a command, what is known of a repair just taken down; say what follows from its part.

    Raises:
        BadValue: no such part. BeforeStep.
    """
    proposals = _describe(office, command, life, what, at)
    return tuple(_proposed(command.open(str(life.id)), proposals))


def _must_be_repair(life: Life) -> None:
    kind = life.course.known["kind"]
    if kind != "repair":
        raise NotOfKind(**names(life), kind=Words(kind), wanted=Words(N_("repair")), code="repair")


def _describe(office: Office, command: Command, life: Life, what: Repair, at: Moment) -> tuple[Proposal, ...]:
    """Write down what is known of a repair within a command; return what follows from its part, and is taken so."""
    body: dict[str, Any] = {}
    part = part_of(life, what.part) if what.part is not None else None
    if part is not None:
        body["part"] = part.name
    if what.price_told is not None:
        body["price_told"] = what.price_told
    for key, wanted, label in (
        ("appointment", what.appointment, N_("The appointment")),
        ("agreed_by", what.finish, N_("The finish time")),
    ):
        if wanted is not None:
            not_before(office, wanted, Words(label), at, life.id)
            body[key] = wanted
    command.append(life.id, "repair", at, body, {"price": what.price, "note": what.note})
    if part is None or part.responsibility is None or _stated(life, part.responsibility):
        return ()
    command.append(life.id, "amended", at, {"facts": {"responsibility": part.responsibility}})
    return (Proposal("responsibility", part.responsibility, (part.name,), BY_PART),)


def _stated(life: Life, wanted: str) -> bool:
    """Say whether somebody said who answers for the cause; what was only read from the text gives way to the part."""
    stands = life.course.known["responsibility"]
    if stands in ("unknown", wanted):
        return bool(stands == wanted)
    amended = any(
        one.kind == "amended" and "responsibility" in one.body.get("facts", {}) for one in standing(life.entries)
    )
    return amended or "responsibility" not in life.course.intake.body.get("proposed", ())


#: The rule by which a part proposes who answers for the cause.
BY_PART = "part"


def part_of(life: Life, asked: str) -> Part:
    """Return the part that a person calls by its name or its title in either language.

    Raises:
        BadValue: no such part.
    """
    wanted = asked.strip().lower()
    known = parts(life.course.procedure)
    for one in known:
        titles = (one.title or {}).values()
        if wanted in (one.name, say(part_word(one)).lower(), *(title.lower() for title in titles)):
            return one
    expected = [Phrase(N_("{code} ({title})"), code=one.name, title=part_word(one)) for one in known]
    raise BadValue(field="--part", text=asked, expected=expected)


def before_dispatch(life: Life) -> Iterator[Remark]:
    """Say what the resident should have been told before the order goes out, and was not (H5 三(二)1, 2)."""
    course = life.course
    part = next((one for one in parts(course.procedure) if one.name == course.paths.repair.part), None)
    if part is None or course.known["kind"] != "repair":
        return
    if part.price and not course.paths.repair.price_told:
        text = N_("the price was not told before the order went out ({clause}): complaintctl repair {id} {options}")
        known = any(one.kind == "repair" and (one.private or {}).get("price") for one in standing(life.entries))
        options = "--price-told" if known else '--price "…" --price-told'
        yield Remark("price-not-told", Phrase(text, clause=part.clause, id=life.id, options=options))
    if part.finish and not any(one.kind in ("agreed", "extended") for one in course.pledges):
        text = N_("no finish time was told ({clause}): complaintctl repair {id} --finish MOMENT")
        yield Remark("finish-not-told", Phrase(text, clause=part.clause, id=life.id))


def _after_dispatch(life: Life) -> Iterator[Remark]:
    """The same for a repair whose part was learnt only after the order had gone out."""
    sent = first_of(life, "dispatched")
    if sent is None:
        return
    yield from before_dispatch(life)
    part = next((one for one in parts(life.course.procedure) if one.name == life.course.paths.repair.part), None)
    told = life.course.paths.repair.price_told_at
    if part is not None and part.price and told is not None and told > sent:
        text = N_("the price was told only after the order had gone out ({clause})")
        yield Remark("price-told-late", Phrase(text, clause=part.clause))


def _proposed(life: Life, proposals: tuple[Proposal, ...]) -> Iterator[Remark]:
    """Say who is taken to answer for the cause, and why; or that it was stated otherwise."""
    part = next((one for one in parts(life.course.procedure) if one.name == life.course.paths.repair.part), None)
    if part is None or part.responsibility is None:
        return
    stands = life.course.known["responsibility"]
    values = {"clause": part.clause, "part": part.title or Words(part.name), "id": life.id}
    if proposals:
        text = N_(
            "who answers for the cause is taken from the part, {part} ({clause}); if not so: complaintctl amend {id}"
        )
        yield Remark("responsibility-proposed", Phrase(text, **values))
    elif stands != part.responsibility:
        text = N_(
            "{part} ({clause}) would answer for the cause otherwise: complaintctl amend {id} --responsibility {code}"
        )
        yield Remark("responsibility-differs", Phrase(text, **values, code=part.responsibility))
