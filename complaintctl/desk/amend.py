"""Correcting what was taken down, and overruling a judgement; the former stays in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from complaintctl.desk.log import building_at, not_before
from complaintctl.desk.office import Done, Office, private_facts
from complaintctl.desk.record import agreed
from complaintctl.desk.refused import NotOverruled
from complaintctl.desk.steps import FACET_WORDS, begun, known_now, must_be_judged, names
from complaintctl.language import N_, Words
from complaintctl.rules.facts import PRIVATE
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment


class Correction(NamedTuple):
    """Facts as they should be, facets overruled or set free again, and why.

    `from_the_start` says that it was wrong all along: the change then counts as known at intake.
    """

    facts: Mapping[str, Any] = {}
    overruled: Mapping[str, str] = {}
    withdrawn: Sequence[str] = ()
    reason: str | None = None
    from_the_start: bool = False
    at: Moment | None = None


def amend(office: Office, name: str, correction: Correction) -> Done:
    """Amend a complaint; it is judged again, and its clocks follow.

    Raises:
        NotFound, NotJudged, NotOverruled, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        at = office.moment(correction.at, Words(N_("The amendment")), begun(life), complaint=life.id)
        kind = correction.facts.get("kind") or known_now(life)["kind"]
        must_be_judged(life.course.procedure, kind, correction.overruled)
        for facet in correction.withdrawn:
            if facet not in life.course.versions[-1].overruled:
                raise NotOverruled(**names(life), facet=Words(FACET_WORDS[facet]))
        body, private = _entry(office, life, correction, at)
        after = command.append(life.id, "amended", at, body, private) or life
        if {"unit", "households", "kind"} & set(correction.facts):
            from complaintctl.desk.link import count_anew

            count_anew(office, command, after)
            after = command.open(name)
        return command.done(life.id, *agreed(after, body.get("agreed_by")))


def _entry(office: Office, life: Life, correction: Correction, at: Moment) -> tuple[dict[str, Any], dict[str, Any]]:
    facts = dict(correction.facts)
    private: dict[str, Any] = {name: facts.pop(name) for name in PRIVATE if name in facts}
    body: dict[str, Any] = {"from_the_start": correction.from_the_start}
    for wanted in ("requested_by", "agreed_by"):
        if facts.get(wanted) is not None:
            # What the resident had asked for all along was asked for at the intake.
            since = life.course.received_at if wanted == "requested_by" and correction.from_the_start else at
            not_before(office, facts[wanted], Words(N_("The time given")), since, life.id)
    if "agreed_by" in facts:
        body["agreed_by"] = facts.pop("agreed_by")
    for earlier in ("heard_at", "happened_at"):
        if facts.get(earlier) is not None:
            office.moment(facts[earlier], Words(N_("The moment")), complaint=life.id)
    heard = facts.get("heard_at")
    if heard is not None:
        received = life.course.received_at
        office.moment(received, Words(N_("The receipt")), (Words(N_("heard by a colleague")), heard), complaint=life.id)
    if set(private) & {"unit", "name", "phone"}:
        now = private_facts(life) | private
        body["nameless"] = not any(now.get(name) for name in ("unit", "name", "phone"))
        if "unit" in private:
            body["building"] = building_at(office, now.get("unit"))
    body |= {
        "facts": facts,
        "overruled": dict(correction.overruled),
        "withdrawn": list(correction.withdrawn),
    }
    return body, private | {"reason": correction.reason}
