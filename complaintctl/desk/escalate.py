"""Referring a complaint to a rung of the ladder, with its opinion (R 四.4(2), Q 4.2.1–4.2.5, C 4.5, H4 四.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from complaintctl.desk.event import share
from complaintctl.desk.office import Done, Office
from complaintctl.desk.steps import begun, must_be_open
from complaintctl.errors import BadValue
from complaintctl.language import N_, Words
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
    expected = [f"{number} {rung['code']}" for number, rung in procedure.rungs.items()]
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

    Raises:
        NotFound, BadValue, IsClosed, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        rung = rung_of(life.course.procedure, level)
        must_be_open(office, life)
        moment = office.moment(at, Words(N_("The referral")), begun(life), complaint=life.id)
        body, private = {"rung": rung}, {"to": to, "opinion": opinion}
        command.append(life.id, "referred", moment, body, private)
        return command.done(life.id, *share(command, life, "referred", moment, body, private))
