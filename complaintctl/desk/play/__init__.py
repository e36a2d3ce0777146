"""Playing a desk's past through the desk's own verbs, each at its own moment: for sample data.

A step is a mapping: `at` (local moment), `by` (who acts), `do` (the verb), `key` (a name for the complaint within
the script) and the verb's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.close import close
from complaintctl.desk.corrective import Check, Plan, check, take
from complaintctl.desk.escalate import escalate
from complaintctl.desk.extend import extend
from complaintctl.desk.link import link, unlink
from complaintctl.desk.log import Intake, log
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.office import Office
from complaintctl.desk.play.inspections import VERBS as INSPECTING
from complaintctl.desk.play.paths import MOMENTS as PATH_MOMENTS
from complaintctl.desk.play.paths import VERBS as ON_PATHS
from complaintctl.desk.play.people import VERBS as REGISTERING
from complaintctl.desk.play.visits import VERBS as VISITING
from complaintctl.desk.record import Record, record
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.revisit import Visit, revisit
from complaintctl.desk.sign import Signing, sign
from complaintctl.desk.study import Study, study
from complaintctl.reading.moments import read
from complaintctl.rules.facts import FACTS

Step = Mapping[str, Any]
Verb = Callable[[Office, Step, Mapping[str, int]], int | None]

#: Words of a step that are moments, besides the facts that are.
MOMENTS = (
    *("promise", "until", "training_at", "reply_by"),
    *PATH_MOMENTS,
    *(name for name, fact in FACTS.items() if fact.type == "moment"),
)


def play(office: Office, steps: Iterable[Step], known: dict[str, int] | None = None) -> Iterator[Step]:
    """Play the steps in their order and yield each when it is done; `known` comes to hold the id behind each key.

    Raises:
        DeskError: a step that the desk refuses; the script is wrong then.
    """
    known = {} if known is None else known
    for step in steps:
        then = office.at(_moment(office, step["at"]), step["by"])
        told = {name: _moment(then, value) if name in MOMENTS else value for name, value in step.items()}
        found = VERBS[step["do"]](then, told, known)
        if found is not None:
            known[step["key"]] = found
        yield step


def _moment(office: Office, text: str) -> int:
    return read(text, now=office.now, zone=office.zone, future=None).at


def _log(office: Office, step: Step, known: Mapping[str, int]) -> int:
    facts = {name: step[name] for name in FACTS if name in step}
    intake = Intake(facts, overruled=step.get("overruled", {}), reason=step.get("reason"), result=step.get("result"))
    intake = intake._replace(event=str(known[step["event"]]) if "event" in step else None)
    return log(office, intake).life.id


def _assign(office: Office, step: Step, known: Mapping[str, int]) -> None:
    assign(office, [_id(step, known)], step.get("department"), person=step.get("person"))


def _resolve(office: Office, step: Step, known: Mapping[str, int]) -> None:
    of = str(known[step["of"]]) if "of" in step else None
    result = Result(step["result"], step.get("outcome", "solved"), of, person=step.get("person"))
    resolve(office, _id(step, known), result._replace(form_returned=step.get("form_returned")))


def _notify(office: Office, step: Step, known: Mapping[str, int]) -> None:
    told = Told(str(step.get("via", "phone")).split(","), step.get("accepted"), step.get("note"))
    notify(office, _id(step, known), told)


def _revisit(office: Office, step: Step, known: Mapping[str, int]) -> None:
    visit = Visit(step["answer"], step.get("raised"), step.get("promise"), step.get("person"), step.get("note"))
    revisit(office, _id(step, known), visit)


def _record(office: Office, step: Step, known: Mapping[str, int]) -> None:
    steps = str(step["steps"]).split(",")
    what = Record(steps, step.get("note"), step.get("promise"), step.get("agreed_by"), person=step.get("person"))
    more = {name: step[name] for name in ("to", "large", "understood") if name in step}
    record(office, [_id(step, known)], what._replace(**more, by=step.get("from")))


def _sign(office: Office, step: Step, known: Mapping[str, int]) -> None:
    what = Signing(step.get("step"), step.get("role"), step.get("person"), step.get("opinion"))
    sign(office, [_id(step, known)], what)


def _study(office: Office, step: Step, known: Mapping[str, int]) -> None:
    parts = (step.get("what"), step.get("cause"), step.get("lesson"))
    study(office, _id(step, known), Study(*parts, step.get("trained", ()), step.get("training_at")))


def _corrective(office: Office, step: Step, known: Mapping[str, int]) -> None:
    told = (step.get("cause"), step.get("correction"), step.get("prevention"), step.get("person"))
    plan = Plan(*told, step.get("until"))
    if "checked" in step:
        check(office, _id(step, known), Check(step["checked"], step["effective"], step.get("action"), plan))
    else:
        take(office, _id(step, known), plan)


def _escalate(office: Office, step: Step, known: Mapping[str, int]) -> None:
    escalate(office, _id(step, known), str(step["level"]), to=step.get("to"), opinion=step.get("opinion"))


def _extend(office: Office, step: Step, known: Mapping[str, int]) -> None:
    extend(office, _id(step, known), until=step["until"], reason=step["reason"], told=step["told"])


def _amend(office: Office, step: Step, known: Mapping[str, int]) -> None:
    facts = {name: step[name] for name in FACTS if name in step}
    start = bool(step.get("from_the_start"))
    correction = Correction(facts, step.get("overruled", {}), step.get("withdraw", ()), step.get("reason"), start)
    amend(office, _id(step, known), correction)


def _reopen(office: Office, step: Step, known: Mapping[str, int]) -> None:
    reopen(office, _id(step, known), reason=step.get("reason"))


def _close(office: Office, step: Step, known: Mapping[str, int]) -> None:
    close(office, _id(step, known), reason=step["reason"])


def _link(office: Office, step: Step, known: Mapping[str, int]) -> None:
    link(office, [str(known[key]) for key in step["keys"]])


def _unlink(office: Office, step: Step, known: Mapping[str, int]) -> None:
    start = bool(step.get("from_the_start"))
    unlink(office, [str(known[key]) for key in step["keys"]], from_the_start=start, reason=step.get("reason"))


def _id(step: Step, known: Mapping[str, int]) -> str:
    return str(known[step["key"]])


VERBS: dict[str, Verb] = {
    "log": _log,
    "assign": _assign,
    "resolve": _resolve,
    "notify": _notify,
    "revisit": _revisit,
    "record": _record,
    "sign": _sign,
    "study": _study,
    "corrective": _corrective,
    "escalate": _escalate,
    "extend": _extend,
    "amend": _amend,
    "reopen": _reopen,
    "close": _close,
    "link": _link,
    "unlink": _unlink,
    **VISITING,
    **REGISTERING,
    **ON_PATHS,
    **INSPECTING,
}
