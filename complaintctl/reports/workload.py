"""Hours of work by department under two procedures: what the solutions took, what either would have allowed.

A job is one round of a complaint from the moment it went out to a department to its solution. What no department got
(solved at the desk, explained there) is a job of none, from its receipt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from complaintctl.rules.course import Milestone
from complaintctl.rules.facts import JUDGED_KINDS, VOID_OUTCOMES
from complaintctl.rules.imported import recorded
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.officehours import OfficeHours
from complaintctl.rules.simulate import Asked, Key

Answers = Mapping[Key, Asked]


class Job(NamedTuple):
    """One round of work: who had it, from when to when, and by when either procedure wanted it solved."""

    department: str | None
    start: Moment
    done: Moment
    due: Moment | None
    simulated_due: Moment | None


class Work:
    """The jobs of one department, added up: seconds, and how many jobs each sum is taken over."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.complaints = self.jobs = self.elapsed = self.office = 0
        self.now = Allowed()
        self.simulated = Allowed()


class Allowed:
    """What one procedure allows these jobs: `limited` jobs have a limit, `late` of them took longer.

    `short` is how much faster these would have had to be, `outside` what of that lies outside office hours.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.limited = self.late = self.allowed = self.short = self.outside = 0

    def add(self, job: Job, due: Moment | None, hours: OfficeHours) -> None:
        """Add a job that was wanted by `due`; one without a limit adds nothing.

        What ran out before the job came to the department is the desk's delay: no job is allowed less than nothing.
        """
        if due is None:
            return
        by = max(due, job.start)
        self.limited += 1
        self.allowed += by - job.start
        if job.done > due:
            self.late += 1
            self.short += job.done - by
            self.outside += job.done - by - hours.between(by, job.done)


class Workload:
    """The work of every department, and how many jobs could not be reckoned."""

    def __init__(self, hours: OfficeHours) -> None:
        """Begin with nothing; `hours` are the office hours that count."""
        self.hours = hours
        self.departments: dict[str | None, Work] = {}
        self.open = self.untimed = 0

    def take(self, life: Life, present: Answers, simulated: Answers) -> None:
        """Add the jobs of a complaint."""
        counted: set[str | None] = set()
        for job in self._jobs(life, present, simulated):
            work = self.departments.setdefault(job.department, Work())
            work.complaints += job.department not in counted
            counted.add(job.department)
            work.jobs += 1
            work.elapsed += job.done - job.start
            work.office += self.hours.between(job.start, job.done)
            work.now.add(job, job.due, self.hours)
            work.simulated.add(job, job.simulated_due, self.hours)

    def _jobs(self, life: Life, present: Answers, simulated: Answers) -> Iterator[Job]:
        """Yield the rounds that were solved; withdrawn complaints and duplicates were no work."""
        untimed = _untimed(life)
        for number, began in enumerate(life.course.rounds, 1):
            steps = [one for one in life.course.milestones if one.round == number]
            done = _first(steps, "resolved")
            if done is not None and done.detail in VOID_OUTCOMES:
                continue
            if untimed:
                self.untimed += 1
            elif done is None:
                # A round that was reopened or closed unsolved is nobody's work any more.
                self.open += number == len(life.course.rounds) and life.course.closed_at is None
            else:
                yield _job(steps, began, done.at, present, simulated)


def _job(steps: list[Milestone], began: Moment, done: Moment, present: Answers, simulated: Answers) -> Job:
    sent = [one for one in steps if one.step == "dispatched" and one.at <= done]
    start = min((one.at for one in sent), default=began)
    # Sent on from one department to another, it is the last one that had to solve it.
    department = max(sent, key=lambda one: (one.at, one.seq)).detail if sent else None
    return Job(department, start, done, _due(present, began), _due(simulated, began))


def _due(answers: Answers, began: Moment) -> Moment | None:
    """Return the earliest due moment of the solution in the round that began then."""
    dues = [one.due_at for key, one in answers.items() if key[:2] == (began, "resolved") and one.due_at is not None]
    return min(dues, default=None)


def _first(steps: list[Milestone], step: str) -> Milestone | None:
    return min((one for one in steps if one.step == step), key=lambda one: one.at, default=None)


def _untimed(life: Life) -> bool:
    """Say whether a complaint was taken over from a register that cannot tell when it went out or was solved."""
    imported = life.course.intake.body.get("imported")
    if not imported:
        return False
    if any(not recorded(imported, step) for step in ("dispatched", "resolved")):
        return True
    return bool(imported.get("time_unknown") or imported.get("untimed") or imported.get("undated"))


def is_work(life: Life) -> bool:
    """Say whether a complaint is one that limits apply to; suggestions and inquiries go their own short way."""
    return life.course.versions[-1].known["kind"] in JUDGED_KINDS
