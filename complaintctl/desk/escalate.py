"""Referring a complaint to a rung of the ladder, with its opinion (R 四.4(2), Q 4.2.1–4.2.5, C 4.5, H4 四.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from complaintctl.desk.event import share
from complaintctl.desk.office import Done, Office
from complaintctl.desk.steps import begun, must_be_open
from complaintctl.errors import BadValue
from complaintctl.language import N_, Phrase, Words
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.procedure import Procedure


def rung_of(procedure: Procedure, level: str) -> int:
    """Return the rung that a person calls by its number, its code or its name in either language.

    Raises:
        BadValue: no such rung in this procedure.
    """
    asked = level.strip().lower()
    for number, rung in procedure.rungs.items():
        if asked in (number, rung["code"], *_names(rung)):
            return int(number)
    expected = [
        Phrase(N_("{code} ({title})"), code=f"{number} {rung['code']}", title=rung)
        for number, rung in procedure.rungs.items()
    ]
    raise BadValue(field=Words(N_("The level")), text=level, expected=expected)


def _names(rung: Mapping[str, Any]) -> Iterator[str]:
    """Yield what people call a rung in either language, also by the other names that the documents have for it."""
    for language in ("zh", "en"):
        yield rung[language].lower()
        also = (rung.get("also") or {}).get(language, "")
        yield from (name.strip().lower() for name in also.replace("、", ",").split(",") if name.strip())


def escalate(
    office: Office,
    name: str,
    level: str,
    *,
    to: str | None = None,
    opinion: str | None = None,
    at: Moment | None = None,
) -> Done:
    """Refer a complaint; this meets every referral clock already started at that rung or below.

    Where people are registered and nobody was named, it goes `to` who stands at that rung, marked as proposed.

    Raises:
        NotFound, BadValue, IsClosed, FutureMoment, BeforeStep.
        PersonLeft: whoever was named has left.
    """
    with office.command() as command:
        life = command.open(name)
        rung = rung_of(life.course.procedure, level)
        must_be_open(office, life)
        moment = office.moment(at, Words(N_("The referral")), begun(life), complaint=life.id)
        body, proposals = _whom(office, life, rung, to, moment)
        private = {"to": to or next((str(one.value) for one in proposals), None), "opinion": opinion}
        command.append(life.id, "referred", moment, body, private)
        remarks = share(command, life, "referred", moment, body, private)
        return command.done(life.id, *remarks, proposals=proposals)


def _whom(office: Office, life: Life, rung: int, to: str | None, at: Moment) -> tuple[dict[str, Any], tuple[Any, ...]]:
    """Return the body of a referral, and to whom it is proposed to go where nobody was named."""
    if not office.query.registered("staff"):
        return {"rung": rung}, ()
    from complaintctl.desk.routing import referred

    route = referred(office, life, rung, to, at)
    return route.body, route.proposals
