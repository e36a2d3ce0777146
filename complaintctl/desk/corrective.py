"""Corrective and preventive action: cause, correction, prevention, who, by when, checked how (R 四.6(2))."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from complaintctl.desk.log import not_before
from complaintctl.desk.office import Command, Done, Office, Remark
from complaintctl.desk.record_particulars import clauses_of
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.refused_care import NoCorrective, NotForCorrective, NothingToCheck, PartsMissing, WhichOne
from complaintctl.desk.steps import names, title
from complaintctl.errors import BadValue, UsageFault
from complaintctl.language import N_, Words
from complaintctl.rules.care import Action, asked_for
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

ACTION, CHECK = "corrective-action", "corrective-checked"


class Plan(NamedTuple):
    """A corrective action: what caused it, what puts it right, what prevents it, who takes it on, checked by when."""

    cause: str | None = None
    correction: str | None = None
    prevention: str | None = None
    by: str | None = None
    until: Moment | None = None
    at: Moment | None = None


class Check(NamedTuple):
    """The check of an action: how it was checked, whether it had worked; if not, the action that follows."""

    how: str
    effective: bool | None
    action: int | None = None
    following: Plan = Plan()
    at: Moment | None = None


def take(office: Office, name: str, plan: Plan) -> Done:
    """Take a corrective action on a complaint that asks, or once asked, for one; closed or not.

    Raises:
        NotFound, NoCorrective, NotForCorrective, PartsMissing, PersonLeft, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        _must_ask_for_it(life, office.now)
        _whole(life, plan, "cause", "correction", "prevention", "by", "until")
        at = office.moment(
            plan.at,
            Words(N_("The corrective action")),
            (Words(N_("received")), life.course.received_at),
            complaint=life.id,
        )
        texts = {"cause": plan.cause, "correction": plan.correction, "prevention": plan.prevention}
        after = _append(office, command, life, at, plan.until or at, texts, _bearer(office, plan.by, at))
        return command.done(life.id, *_unclocked(after))


def check(office: Office, name: str, check: Check) -> Done:
    """Say how a corrective action was checked; one that had not worked is followed by another, with its own time.

    Raises:
        NotFound, NothingToCheck, WhichOne, AlreadyDone, BadValue, PartsMissing, UsageFault, PersonLeft.
        FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        action = _meant(office, life, check.action)
        if check.effective is None:
            _missing(life, ["--effective/--not-effective"])
        following = check.following
        if check.effective and any(value is not None for value in following):
            raise UsageFault(problem=Words(N_("A new cause and a new time belong to --not-effective.")))
        if not check.effective:
            _whole(life, following, "cause", "until")
        at = office.moment(check.at, Words(N_("The check")), (title(life, ACTION), action.at), complaint=life.id)
        body = {"action": action.n, "effective": bool(check.effective)}
        life = command.append(life.id, "checked", at, body, {"how": check.how}) or life
        if not check.effective:
            _follow(office, command, life, action, following, at)
        return command.done(life.id)


def _follow(office: Office, command: Command, life: Life, action: Action, plan: Plan, at: Moment) -> None:
    """Take the action that follows one that had not worked; what is not said anew is taken over from that one."""
    before = next(entry for entry in life.entries if entry.seq == action.seq)
    told = before.private or {}
    texts = {
        "cause": plan.cause,
        "correction": plan.correction or told.get("correction"),
        "prevention": plan.prevention or told.get("prevention"),
    }
    bearer = ({"department": before.body["department"]}, {}) if "department" in before.body else ({}, _person(told))
    if plan.by is not None:
        bearer = _bearer(office, plan.by, at)
    _append(office, command, life, at, plan.until or at, texts, bearer, follows=action.n)


def _person(told: dict[str, Any]) -> dict[str, Any]:
    return {"person": told.get("person")}


def _append(
    office: Office,
    command: Command,
    life: Life,
    at: Moment,
    until: Moment,
    texts: dict[str, Any],
    bearer: tuple[dict[str, Any], dict[str, Any]],
    *,
    follows: int | None = None,
) -> Life:
    not_before(office, until, Words(N_("The time of the check")), at, life.id)
    department, person = bearer
    number = max((one.n for one in life.course.actions), default=0) + 1
    body: dict[str, Any] = {"action": number, "until": until, **department}
    if follows is not None:
        body["follows"] = follows
    return command.append(life.id, "corrective", at, body, {**texts, **person}) or life


def _bearer(office: Office, who: str | None, at: Moment) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return who takes it on for body or private part: a department of the site is no private matter, a name is.

    Raises:
        PersonLeft.
    """
    from complaintctl.desk.people import departments, present, tidy

    name = tidy(who or "")
    kept = office.site.get("departments") or ()
    known = {str(one["name"] if isinstance(one, dict) else one) for one in kept}
    if name in known | {one.name for one in departments(office.query)}:
        return {"department": name}, {}
    present(office, name, at)
    return {}, {"person": name}


def _must_ask_for_it(life: Life, now: Moment) -> None:
    """Refuse a complaint for which the procedure's clock of the corrective action never applied.

    Raises:
        NoCorrective, NotForCorrective.
    """
    if not any(rule.step == ACTION for rule in life.course.procedure.clocks):
        raise NoCorrective(**names(life), pack=life.course.procedure.id)
    if not asked_for(life.course, ACTION, now):
        raise NotForCorrective(**{**names(life), "clause": clauses_of(life, ACTION)})


def _meant(office: Office, life: Life, number: int | None) -> Action:
    """Return the action that is checked: the one named, or the only one that waits.

    Raises:
        NothingToCheck, WhichOne, AlreadyDone, BadValue.
    """
    actions = {one.n: one for one in life.course.actions}
    if number is not None and number not in actions and actions:
        raise BadValue(field="--action", text=str(number), expected=[str(n) for n in actions])
    if number is not None and number in life.course.checked:
        raise AlreadyDone(**names(life), step=title(life, CHECK), at=office.show(life.course.checked[number].at))
    open_ = [n for n in actions if n not in life.course.checked]
    if not open_:
        raise NothingToCheck(**{**names(life), "clause": clauses_of(life, CHECK, ACTION)})
    if number is None and len(open_) > 1:
        raise WhichOne(**names(life), choices=[str(n) for n in open_], option="--action")
    return actions[open_[0] if number is None else number]


def _whole(life: Life, plan: Plan, *needed: str) -> None:
    missing = [f"--{part}" for part in needed if getattr(plan, part) is None]
    if missing:
        _missing(life, missing)


def _missing(life: Life, options: list[str]) -> None:
    step = CHECK if options[0].startswith("--effective") else ACTION
    values = {**names(life), "clause": clauses_of(life, ACTION), "what": title(life, step), "options": options}
    raise PartsMissing(**values)


def _unclocked(life: Life) -> Iterator[Remark]:
    """Say where the procedure keeps no clock of the check, as those adopted from an earlier program do."""
    if not any(clock.start == "corrective" for clock in life.clocks):
        yield Remark("no-check-clock", Words(N_("this procedure keeps no time for the check: only “show” tells it")))
