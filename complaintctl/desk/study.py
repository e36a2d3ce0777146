"""Case studies: what happened, its cause, the lesson, and who was trained on it (Q 4.2.6, C 4.12.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from complaintctl.desk.office import Command, Done, Office
from complaintctl.desk.record_particulars import clauses_of
from complaintctl.desk.refused import NotBeforeResolved
from complaintctl.desk.refused_care import NotForStudy, PartsMissing
from complaintctl.desk.steps import names, title
from complaintctl.language import N_, Words
from complaintctl.rules.care import asked_for
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment

STUDY, TRAINING = "case-study", "training"


class Study(NamedTuple):
    """The substance of a case, and who was trained on it when (default: when it was written)."""

    what: str | None = None
    cause: str | None = None
    lesson: str | None = None
    trained: Sequence[str] = ()
    training_at: Moment | None = None
    at: Moment | None = None


def study(office: Office, name: str, case: Study) -> Done:
    """Write a complaint up as a case, or take down a training held on it, or both.

    A later study of the same complaint takes the place of the former, which stays on the timeline.

    Raises:
        NotFound, NotForStudy, NotBeforeResolved, PartsMissing, FutureMoment, BeforeStep.
    """
    with office.command() as command:
        life = command.open(name)
        resolved = _resolved(life, office.now)
        written = _whole(life, case)
        at = _moment(office, life, case.at, N_("The case study"), resolved)
        if written:
            private = {"what": case.what, "cause": case.cause, "lesson": case.lesson}
            command.append(life.id, "recorded", at, {"steps": [STUDY]}, private)
        if case.trained:
            held = case.training_at if case.training_at is not None or written else case.at
            held = _moment(office, life, at if held is None else held, N_("The training"), resolved)
            _train(command, life, held, case.trained)
        return command.done(life.id)


def _train(command: Command, life: Life, at: Moment, trained: Sequence[str]) -> None:
    command.append(life.id, "recorded", at, {"steps": [TRAINING]}, {"trained": "；".join(trained)})


def _resolved(life: Life, now: Moment) -> Moment:
    """Return when the complaint was first resolved; refuse one that is no case, or not yet.

    Raises:
        NotForStudy, NotBeforeResolved.
    """
    clause = clauses_of(life, STUDY)
    if not asked_for(life.course, STUDY, now):
        raise NotForStudy(**{**names(life), "clause": clause or life.course.procedure.id})
    first = min((one.at for one in life.course.milestones if one.step == "resolved"), default=None)
    if first is None:
        raise NotBeforeResolved(**{**names(life), "clause": clause}, step=title(life, STUDY))
    return first


def _whole(life: Life, case: Study) -> bool:
    """Say whether a study is written (else a training alone); refuse one of which a part is missing.

    Raises:
        PartsMissing.
    """
    parts = {"--what": case.what, "--cause": case.cause, "--lesson": case.lesson}
    missing = [option for option, value in parts.items() if value is None]
    before = any(one.step == STUDY for one in life.course.milestones)
    if len(missing) == len(parts) and case.trained and before:
        return False
    if missing:
        what = title(life, STUDY)
        values: dict[str, Any] = {**names(life), "clause": clauses_of(life, STUDY), "what": what, "options": missing}
        raise PartsMissing(**values)
    return True


def _moment(office: Office, life: Life, given: Moment | None, label: str, resolved: Moment) -> Moment:
    return office.moment(given, Words(label), (title(life, "resolved"), resolved), complaint=life.id)
