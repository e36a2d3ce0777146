"""Disputes: the routes that a quarrel takes, with parties, dates, outcome and evidence (H6 二, H7 三).

A route stops no clock: the office still owes its answers. What it refuses stands in the procedure in force.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.office import Done, Office, Remark, private_facts
from complaintctl.desk.path_words import called, is_open, other_side, route_word, since
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.refused_paths import (
    ExcludedByAgreement,
    NeedsAgreement,
    NotOfKind,
    OtherSideMissing,
    RouteExcluded,
)
from complaintctl.desk.steps import names
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words, say
from complaintctl.ledger.paths import in_dispute
from complaintctl.rules.facts import JUDGED_KINDS
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.paths import Route, Step, excluded_by, routes


class Deed(NamedTuple):
    """What happened on a route: with whom, before which body, whether there is a written agreement, how it ended.

    Without an outcome the route begins, or what is said is added to the one that goes on. `parties` are those on the
    other side; without them it is whoever was complained of. `evidence` holds (file name, bytes).
    """

    route: str
    parties: Sequence[str] = ()
    before: str | None = None
    agreement: bool | None = None
    outcome: str | None = None
    result: str | None = None
    evidence: Sequence[tuple[str, bytes]] = ()
    note: str | None = None
    at: Moment | None = None


def route_of(life: Life, asked: str) -> Route:
    """Return the route that a person calls by its name or its title in either language.

    Raises:
        BadValue: no such route.
    """
    wanted = asked.strip().lower()
    known = routes(life.course.procedure)
    for one in known:
        if wanted in (one.name, say(route_word(one)).lower(), *(title.lower() for title in (one.title or {}).values())):
            return one
    expected = [Phrase(N_("{code} ({title})"), code=one.name, title=route_word(one)) for one in known]
    raise BadValue(field=Words(N_("The route")), text=asked, expected=expected)


def dispute(office: Office, name: str, deed: Deed) -> Done:
    """Record what happened on a route; also on a closed complaint, which may still be taken to court.

    Raises:
        NotFound, BadValue: no such route. NotOfKind: a suggestion, an inquiry.
        NeedsAgreement, RouteExcluded, ExcludedByAgreement, AlreadyDone, OtherSideMissing.
        FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        rule = route_of(life, deed.route)
        step = _going_on(life, rule.name)
        added = None if step is not None else _added_to(life, rule.name, deed)
        if added is not None:
            step = added
        elif step is None:
            _may_begin(life, rule, deed)
        elif not _says_something(deed):
            values = {**names(life), "clause": rule.clause}
            raise AlreadyDone(**values, step=called(life, rule.name), at=office.show(step.at))
        after = [(called(life, rule.name), step.at)] if step is not None else []
        received = (Words(N_("received")), life.course.received_at)
        at = office.moment(deed.at, Words(N_("The step")), received, *after, complaint=life.id)
        body, private = _entry(life, rule, step, deed)
        if added is not None:
            body["added"] = True
        command.append(life.id, "disputed", at, body, private)
        for file_name, data in deed.evidence:
            command.attach(life.id, at, file_name, data, None)
        return command.done(life.id, *_remarks(life, rule, step, deed))


def disputes(office: Office) -> list[Life]:
    """Return the complaints in dispute: those that go on first, each the longest one first."""
    lives = [office.life(complaint) for complaint in in_dispute(office.query)]
    return sorted(lives, key=lambda life: (not is_open(life), since(life), life.id))


def _says_something(deed: Deed) -> bool:
    told = (deed.parties, deed.before, deed.outcome, deed.result, deed.evidence, deed.note)
    return deed.agreement is not None or any(told)


def _going_on(life: Life, route: str) -> Step | None:
    at = life.course.paths.open_step(route)
    return None if at is None else life.course.paths.steps[at]


def _added_to(life: Life, route: str, deed: Deed) -> Step | None:
    """Return the step that ended without a word of what came of it, where just that is said now; else None."""
    at = life.course.paths.last_step(route)
    step = None if at is None else life.course.paths.steps[at]
    if step is None or not deed.result or deed.outcome not in (None, step.outcome):
        return None
    if deed.parties or deed.before or deed.agreement is not None:
        return None
    said = any((entry.private or {}).get("result") for entry in life.entries if entry.seq in step.entries)
    return None if said else step


def _may_begin(life: Life, rule: Route, deed: Deed) -> None:
    """Refuse a route that this complaint cannot take, as far as the procedure in force says so."""
    paths, kind = life.course.paths, life.course.known["kind"]
    if kind not in JUDGED_KINDS:
        raise NotOfKind(**names(life), kind=Words(kind), wanted=Words(N_("complaint")), code="complaint")
    agreement = paths.agreement if deed.agreement is None else deed.agreement
    values = {**names(life), "route": called(life, rule.name), "code": rule.name}
    if rule.needs_agreement and not agreement:
        raise NeedsAgreement(**{**values, "clause": rule.clause})
    barring = excluded_by(paths, life.course.procedure, rule.name, agreement)
    if barring is not None:
        clause = barring.clause if rule.name in barring.excludes else rule.clause
        values |= {"clause": clause, "other": called(life, barring.name), "code": barring.name, "wanted": rule.name}
        raise (ExcludedByAgreement if barring.needs_agreement and agreement else RouteExcluded)(**values)


def _entry(life: Life, rule: Route, step: Step | None, deed: Deed) -> tuple[dict[str, Any], dict[str, Any]]:
    """Split what happened into codes and what is private; a new step names who is on the other side."""
    parties = list(deed.parties)
    if step is None and not parties:
        earlier = life.course.paths.steps
        against = private_facts(life).get("against")
        # Whoever goes on to the next rung has the same other side, unless somebody else is named.
        parties = (other_side(life, earlier[-1]) if earlier else []) or ([str(against)] if against else [])
        if not parties:
            raise OtherSideMissing(option="--with", command="complaintctl dispute", id=life.id, code=rule.name)
    agreement = deed.agreement
    if agreement is None and step is None and rule.needs_agreement:
        agreement = life.course.paths.agreement
    body: dict[str, Any] = {"route": rule.name}
    if agreement is not None:
        body["agreement"] = agreement
    if deed.outcome is not None:
        body["outcome"] = deed.outcome
    private = {"with": parties or None, "before": deed.before, "result": deed.result, "note": deed.note}
    return body, private


def _remarks(life: Life, rule: Route, step: Step | None, deed: Deed) -> Iterator[Remark]:
    """Say what a new step means for those that go on, and what is still missing."""
    order = [one.name for one in routes(life.course.procedure)]
    going_on = [one for one in life.course.paths.steps if one.outcome is None] if step is None else []
    below = [called(life, one.route) for one in going_on if order.index(one.route) < order.index(rule.name)]
    above = [called(life, one.route) for one in going_on if order.index(one.route) > order.index(rule.name)]
    if below:
        yield Remark("failed-below", Phrase(N_("{routes}: counts as failed, as the next rung was taken"), routes=below))
    if above:
        yield Remark("within", Phrase(N_("{routes}: goes on beside it"), routes=above))
    if step is None and rule.needs_agreement and not deed.evidence:
        text = Phrase(N_("attach the written agreement: complaintctl attach {id} FILE"), id=life.id)
        yield Remark("agreement-not-attached", text)
    if deed.outcome in ("settled", "decided") and not deed.result:
        yield Remark("no-result", Words(N_("say with --result what was settled or decided")))
