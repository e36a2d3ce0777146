"""The short paths beside the clocks: disputes and their routes, suggestions and decisions on them, parts of a home.

None of these stops a limit or starts one, but for an appointment that was given (H5 三(二)1). What an entry tells in
private (parties, plan, price) is not read here: it may be erased without changing the course.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment

if TYPE_CHECKING:
    from complaintctl.rules.procedure import Procedure, Wording

#: The rungs of a dispute in their order (H6 二, H7 三); a procedure may name others, and what each of them needs.
ROUTES = ("negotiation", "mediation", "arbitration", "litigation")
ENDINGS = ("settled", "failed", "withdrawn", "decided")
#: Endings after which the matter may still be taken to a route that this one excludes.
WITHOUT_A_WORD = ("failed", "withdrawn")
DECISIONS = ("adopted", "not-adopted")
#: What a repair is about (H5 三(二)): the home's own part, a shared one, a fault of the building under warranty.
PARTS = ("own", "shared", "building")


class Route(NamedTuple):
    """A rung of a dispute: its clause, whether it needs a written agreement, and which routes it excludes.

    A route that the procedure does not speak of has neither title nor clause, and nothing is refused for it.
    """

    name: str
    title: Wording | None = None
    clause: str = ""
    needs_agreement: bool = False
    excludes: tuple[str, ...] = ()


class Part(NamedTuple):
    """What a repair can be about: whether price or finish time is told beforehand, and who answers for the cause."""

    name: str
    title: Wording | None = None
    clause: str = ""
    price: bool = False
    finish: bool = False
    responsibility: str | None = None


def routes(procedure: Procedure) -> tuple[Route, ...]:
    """Return the rungs of a dispute, the lowest first: the procedure's own, then the usual ones it leaves out."""

    def read(one: Procedure) -> tuple[Route, ...]:
        own = [Route(**{**row, "excludes": tuple(row["excludes"])}) for row in one.snapshot.get("routes", ())]
        return (*own, *(Route(name) for name in ROUTES if name not in {row.name for row in own}))

    found: tuple[Route, ...] = procedure.remember("routes", read)
    return found


def parts(procedure: Procedure) -> tuple[Part, ...]:
    """Return what a repair can be about: as the procedure says, then the usual parts it leaves out."""

    def read(one: Procedure) -> tuple[Part, ...]:
        own = [Part(**row) for row in one.snapshot.get("parts", ())]
        return (*own, *(Part(name) for name in PARTS if name not in {row.name for row in own}))

    found: tuple[Part, ...] = procedure.remember("parts", read)
    return found


class Step(NamedTuple):
    """One step of a dispute: its route, since when, and how it ended (None while it goes on).

    `agreement` is None where nothing was said of one. `entries` are the numbers of the entries that tell of it, and
    `batches` those of the commands that wrote them: what was attached by these is its evidence.
    """

    route: str
    at: Moment
    agreement: bool | None
    outcome: str | None
    ended_at: Moment | None
    entries: tuple[int, ...]
    batches: tuple[int, ...]


class Appointment(NamedTuple):
    """A time at which somebody will come to repair: given at `at`, for `until`."""

    at: Moment
    until: Moment
    round: int
    seq: int


class Suggestion(NamedTuple):
    """How far a suggestion has come in its present round; `consent` is None where nobody asked about the name."""

    told_at: Moment | None = None
    decision: str | None = None
    decided_at: Moment | None = None
    until: Moment | None = None
    published_at: Moment | None = None
    consent: bool | None = None


class Repair(NamedTuple):
    """What is known of a repair beside its facts; `price_told` is None where nothing was said of it."""

    part: str | None = None
    price_told: bool | None = None
    price_told_at: Moment | None = None


class Paths:
    """Reads the entries of these paths one after the other, in the order in which things happened."""

    def __init__(self, procedure: Procedure) -> None:
        """Begin with nothing told."""
        self._procedure = procedure
        self.steps: list[Step] = []
        self.suggestion = Suggestion()
        self.repair = Repair()
        self.appointments: list[Appointment] = []

    # ---- disputes

    @property
    def route(self) -> str | None:
        """The route on which the dispute is, or was last; None where there is none."""
        return next((one.route for one in reversed(self.steps) if one.outcome is None), self.last_route)

    @property
    def last_route(self) -> str | None:
        """The route that was begun last."""
        return self.steps[-1].route if self.steps else None

    @property
    def agreement(self) -> bool | None:
        """Whether there is a written agreement to arbitrate, as last said; None where nothing was said."""
        return next((one.agreement for one in reversed(self.steps) if one.agreement is not None), None)

    def disputed(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Take down what an entry says of a route; yield the milestones (step, detail) that it makes.

        Whoever takes the next rung has not come to terms on the one below: a step still open there failed.
        """
        body = entry.body
        route, outcome = body["route"], body.get("outcome")
        at = self.open_step(route)
        if at is None and body.get("added"):
            ended = self.last_step(route)
            if ended is not None:
                self._added(ended, entry)
                return
        if at is None:
            order = [one.name for one in routes(self._procedure)]
            for number, one in enumerate(self.steps):
                if one.outcome is None and _rank(order, one.route) < _rank(order, route):
                    self.steps[number] = one._replace(outcome="failed", ended_at=entry.at)
                    yield "dispute-ended", "failed"
            at = len(self.steps)
            self.steps.append(Step(route, entry.at, None, None, None, (), ()))
            yield "disputed", route
        one = self.steps[at]
        said = body.get("agreement")
        self.steps[at] = one._replace(
            agreement=one.agreement if said is None else said,
            outcome=outcome,
            ended_at=None if outcome is None else entry.at,
            entries=(*one.entries, entry.seq),
            batches=(*one.batches, entry.batch),
        )
        if outcome is not None:
            yield "dispute-ended", outcome

    def _added(self, at: int, entry: Entry) -> None:
        """Take down what was said of a step after it had ended: what came of it, a paper that proves it."""
        one = self.steps[at]
        self.steps[at] = one._replace(entries=(*one.entries, entry.seq), batches=(*one.batches, entry.batch))

    def open_step(self, route: str) -> int | None:
        """Return the place among the steps of the one that goes on by this route, or None."""
        found = [number for number, one in enumerate(self.steps) if one.route == route and one.outcome is None]
        return found[-1] if found else None

    def last_step(self, route: str) -> int | None:
        """Return the place among the steps of the last one by this route, or None."""
        return max((number for number, one in enumerate(self.steps) if one.route == route), default=None)

    # ---- suggestions

    def suggested(self, entry: Entry) -> str:
        """Take down a stage of a suggestion; return the milestone that it makes."""
        body, was = entry.body, self.suggestion
        stage = body["stage"]
        if stage == "told":
            self.suggestion = was._replace(told_at=entry.at)
            return "director-told"
        if stage == "published":
            self.suggestion = was._replace(published_at=entry.at, consent=body.get("consent"))
            return "published"
        self.suggestion = was._replace(
            told_at=entry.at if was.told_at is None else was.told_at,
            decision=stage,
            decided_at=entry.at,
            until=body.get("until"),
        )
        return str(stage)

    def reopened(self) -> None:
        """Begin a new round: the suggestion is told and decided on anew."""
        self.suggestion = Suggestion()

    # ---- repairs

    def repaired(self, entry: Entry, round_number: int) -> None:
        """Take down what is told of a repair: its part, the price, the appointment."""
        body = entry.body
        told = body.get("price_told")
        self.repair = Repair(
            body.get("part", self.repair.part),
            self.repair.price_told if told is None else told,
            entry.at if told and self.repair.price_told_at is None else self.repair.price_told_at,
        )
        if body.get("appointment") is not None:
            self.appointments.append(Appointment(entry.at, body["appointment"], round_number, entry.seq))


def _rank(order: list[str], route: str) -> int:
    """Return the place of a route in the ladder; one that the procedure no longer knows comes first."""
    return order.index(route) if route in order else -1


def excluded_by(paths: Paths, procedure: Procedure, wanted: str, agreement: bool | None) -> Route | None:
    """Return the route that closes the wanted one, or None.

    Where a written agreement on another route stands (`agreement`), only that one is left, until it is said that there
    is none any more. Any other route closes those it excludes while it goes on, and once it ended with a word on the
    matter itself.
    """
    by_name = {one.name: one for one in routes(procedure)}
    for rule in by_name.values():
        if wanted in rule.excludes and rule.needs_agreement and agreement:
            return rule
    barred = {*by_name[wanted].excludes, *(name for name, one in by_name.items() if wanted in one.excludes)}
    for step in paths.steps:
        if step.route not in barred or step.outcome in WITHOUT_A_WORD:
            continue
        if not by_name[step.route].needs_agreement or agreement is not False:
            return by_name[step.route]
    return None
