"""The clocks of one complaint, reckoned from its course, round by round: when each starts, is due, is met or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from complaintctl.rules.clock import Clock
from complaintctl.rules.condition import grounds, holds
from complaintctl.rules.course import Course, Milestone, Pledge, Version
from complaintctl.rules.holding import follows, holding, other_rules, plain_rules
from complaintctl.rules.imported import as_imported
from complaintctl.rules.localtime import Moment
from complaintctl.rules.period import parse_limit
from complaintctl.rules.pledged import agree, promise_notice
from complaintctl.rules.procedure import ClockRule

#: A stretch of time in which a rule applies: from, and to (None: as things stand, for ever).
Span = tuple[Moment, Moment | None]


def clocks_of(course: Course) -> list[Clock]:
    """Return every clock of every round, in the pack's order within a round."""
    found: list[Clock] = []
    for number in range(1, len(course.rounds) + 1):
        found.extend(Round(course, number).clocks())
    imported = course.intake.body.get("imported")
    return [as_imported(clock, imported) for clock in found] if imported else found


class Round:
    """Reckons the clocks of one round."""

    def __init__(self, course: Course, number: int) -> None:
        self.course = course
        self.number = number
        self.start = course.rounds[number - 1]
        self.end = course.rounds[number] if number < len(course.rounds) else None
        self.versions = [version for version in course.versions if version.round == number]
        self.milestones = sorted(
            (one for one in course.milestones if one.round == number), key=lambda one: (one.at, one.seq)
        )
        self.first: dict[str, Moment] = {}
        for one in reversed(self.milestones):
            self.first[one.step] = one.at
        self.last_entry_at = max(one.at for one in course.milestones if one.seq or one.step == "received")
        self.words = course.procedure.words
        self.timers = set(course.fired.values())
        self.closed_at = self._first_at(("closed",))
        self.pledges = [pledge for pledge in course.pledges if pledge.round == number]
        self.holding = [holding(course.procedure, version.known) for version in self.versions]
        # Most rules hold all the time, or never.
        self.held = frozenset().union(*(one.rules for one in self.holding))
        self.always = frozenset.intersection(*(one.rules for one in self.holding))
        self.throughout: list[Span] = [(self.versions[0].at, None)]

    # ---- all clocks of the round, those that depend on others last

    def clocks(self) -> list[Clock]:
        """Return the round's clocks."""
        procedure = self.course.procedure
        plain: list[Clock] = []
        for rule in procedure.remember("plain-rules", plain_rules):
            if rule.id in self.held:
                plain += self._plain(rule)
        plain, kept_as_promise = agree(self, plain)
        promised = [pledge for pledge in self.pledges if pledge.kind == "promised"]
        plain = promise_notice(self, plain, promised)
        promised += kept_as_promise
        for rule in procedure.remember("other-rules", other_rules):
            if follows(rule):
                plain.extend(self._after_run_out(rule, plain))
            elif rule.start == "promise":
                plain.extend(self._promises(rule, promised))
            elif rule.start == "raised":
                plain.extend(self._matters(rule))
            elif rule.start == "last-word":
                plain.extend(self._recurring(rule))
            elif rule.start == "appointment":
                plain.extend(self._appointments(rule))
            elif rule.start == "corrective":
                plain.extend(self._corrective(rule))
        return plain

    def _plain(self, rule: ClockRule) -> Iterator[Clock]:
        """Yield the clock of a rule that runs from a single moment."""
        if rule.start == "heard" and self.number > 1:
            return
        for spans in self._stretches(rule):
            natural = self._natural(rule, spans)
            met = self._met(rule)
            started = _begin(natural, spans, self.start)
            if rule.rung is not None:
                met = self._referral(rule, started)
            yield self._clock(rule, spans, started, met)

    # ---- when a rule applies, and from when it runs

    def _spans(self, rule: ClockRule) -> list[Span]:
        """Return the stretches (from, to) of this round in which the rule's condition holds."""
        if rule.id in self.always:
            return self.throughout
        spans: list[Span] = []
        if rule.id not in self.held:
            return spans
        applied = False
        for version, held in zip(self.versions, self.holding, strict=True):
            applies = rule.id in held.rules
            if applies and not applied:
                spans.append((version.at, None))
            elif applied and not applies:
                spans[-1] = (spans[-1][0], version.at)
            applied = applies
        return spans

    def _stretches(self, rule: ClockRule) -> list[list[Span]]:
        """Return the spans of each clock that a rule makes in this round.

        A clock that applied before resumes its old due moment; but where time alone brings the condition back, that is
        a ground of its own (a month that has passed, after another ground for the same was withdrawn).
        """
        spans = self._spans(rule)
        if len(spans) > 1 and spans[-1][0] in self.timers:
            return [spans[:-1], spans[-1:]]
        return [spans] if spans else []

    def _natural(self, rule: ClockRule, spans: Sequence[Span]) -> Moment | None:
        """Return the moment the rule counts from, before asking when it came to apply."""
        start = rule.start
        if start == "received":
            return self.start
        if start == "first-receipt":
            return self.course.received_at
        if start == "heard":
            heard = (version.known.get("heard_at") for version in self.versions)
            return next((int(moment) for moment in heard if moment is not None), None)
        if start == "became":
            return spans[0][0]
        first, _, other = start.partition("|")
        if not other:
            return self.first.get(first)
        result = self._first_at((other,))
        if self._first_at(("dispatched",)) is None:
            return result
        returned = self._first_at((first,))
        # A form that came back unsolved is a reply, but there is no result to tell before there is one.
        return max(returned, result) if returned is not None and result is not None else None

    def _first_at(self, steps: Iterable[str]) -> Moment | None:
        return min((self.first[step] for step in steps if step in self.first), default=None)

    # ---- when it is met or ended

    def _met(self, rule: ClockRule) -> Milestone | None:
        met = None
        for one in self._milestones_for(rule):
            if one.step in rule.met_by:
                met = one
                break
        if met is None or rule.followed_by is None:
            return met
        wanted = self.course.procedure.containing(rule.followed_by)
        return next((one for one in self.milestones if one.step in wanted and one.at >= met.at), None)

    def _milestones_for(self, rule: ClockRule) -> list[Milestone]:
        """Return the milestones that may meet a clock: a duty that outlives the round is met in a later one too."""
        if not rule.survives_closing or self.end is None:
            return self.milestones
        later = (one for one in self.course.milestones if one.round >= self.number)
        return sorted(later, key=lambda one: (one.at, one.seq))

    def _referral(self, rule: ClockRule, started: Moment | None) -> Milestone | None:
        """Return the referral that meets this one: at its rung or above, once its clock had started."""
        if started is None or rule.rung is None:
            return None
        return next(
            (
                one
                for one in self.milestones
                if one.step == "referred" and (one.rung or 0) >= rule.rung and one.at >= started
            ),
            None,
        )

    def _end(self, rule: ClockRule, spans: Sequence[Span], since: Moment | None) -> tuple[Moment | None, bool]:
        """Return when the clock ceases to count and whether an entry (not only time) brings that about."""
        ends: list[Moment] = []
        if spans[-1][1] is not None:
            ends.append(spans[-1][1])
        for one in self.milestones if rule.ended_by else ():
            if one.step in rule.ended_by and (since is None or one.at >= since):
                ends.append(one.at)
                break
        if not rule.survives_closing:
            ends.extend(at for at in (self.closed_at, self.end) if at is not None)
        if not ends:
            return None, False
        end = min(ends)
        return end, end <= self.last_entry_at

    # ---- making one clock

    def _clock(
        self,
        rule: ClockRule,
        spans: Sequence[Span],
        started: Moment | None,
        met: Milestone | None,
        *,
        due: Moment | None = None,
        ground: str | None = None,
        since: Moment | None = None,
        from_due: bool = False,
    ) -> Clock:
        ended, over = self._end(rule, spans, since)
        met_at = met.at if met else None
        provisional = False
        if due is None and started is not None and rule.limit is not None:
            due, provisional = self._due(rule, started, met_at, from_due or started in self.timers)
        if met_at is not None and ended is not None and met_at > ended:
            met_at = met = None
        if met_at is not None:
            ended, over = None, True
            if started is None:
                ended = met_at
        resumed = None
        if due is not None:
            resumed = next((begin for begin, end in spans if end is None or end > due), None)
            resumed = resumed if resumed is not None and resumed > due else None
        number, version = self._version_at(started if started is not None else spans[0][0])
        # By place, not by name, which costs twice the time: many are made, and in the order of their fields.
        return Clock(
            rule.id,
            rule.pack,
            rule.step,
            rule.clause,
            self.number,
            rule.rung,
            rule.ground if ground is None else ground,
            self._duty(rule.duty, number, version),
            rule.limit,
            rule.parameter,
            rule.start,
            started,
            due,
            provisional,
            resumed,
            met_at,
            met.step if met else None,
            ended,
            "lifted" if ended is not None else None,
            over,
            rule.title,
            self._because(rule, number, version),
        )

    def _because(self, rule: ClockRule, number: int, version: Version) -> tuple[tuple[str, object], ...]:
        told = self.holding[number].grounds
        if rule.id not in told:
            told[rule.id] = tuple(dict(grounds(rule.when, version.known)).items())
        return told[rule.id]

    def _duty(self, duty: tuple[str, ...], number: int, version: Version) -> tuple[str, ...]:
        """Return whose duty it is; a later round's handler, for example, is the supervisor (C 4.11)."""
        found = self.holding[number].duties.get(duty)
        if found is None:
            table = self.course.procedure.snapshot.get("handling")
            found = duty
            if table is not None and holds(table["when"], version.known):
                found = tuple(dict.fromkeys(table["by"] if role == table["role"] else role for role in duty))
            self.holding[number].duties[duty] = found
        return found

    def version_at(self, moment: Moment) -> Version:
        """Return what was known and judged at a moment of this round."""
        return self._version_at(moment)[1]

    def _version_at(self, moment: Moment) -> tuple[int, Version]:
        found = 0
        for number, version in enumerate(self.versions):
            if version.at <= moment:
                found = number
        return found, self.versions[found]

    def _due(self, rule: ClockRule, started: Moment, met_at: Moment | None, from_due: bool) -> tuple[Moment, bool]:
        limit = parse_limit(rule.limit or "")
        reckoned = self.course.book.due(
            limit, started, met_at=met_at, roll=rule.roll, ends=rule.ends, from_due=from_due
        )
        if rule.instead is None:
            return reckoned.at, reckoned.provisional
        due, provisional = reckoned.at, reckoned.provisional
        for number, version in enumerate(self.versions):
            wanted = version.known.get(rule.instead)
            # What had run out before the resident's own time was taken down stays late.
            if number and version.at > due:
                break
            # A time asked for that lies before the start (of a later round) takes the place of nothing.
            taken = wanted is not None and int(wanted) >= started
            due, provisional = (int(wanted or 0), False) if taken else (reckoned.at, reckoned.provisional)
        return due, provisional

    # ---- clocks that follow other clocks, words and revisits

    def _after_run_out(self, rule: ClockRule, clocks: Sequence[Clock]) -> Iterator[Clock]:
        """Yield the clock that starts when the governing clock of a document ran out (Q 4.2.4)."""
        step = rule.start.removeprefix("ran-out:")
        spans = self._spans(rule)
        if not spans:
            return
        watched = [clock for clock in clocks if clock.step == step and self._stands_for(clock, rule.of)]
        run_out = [at for clock in watched if (at := clock.ran_out_at()) is not None]
        if run_out:
            started = max(min(run_out), self.start)
            met = self._referral(rule, started) if rule.rung is not None else self._met(rule)
            yield self._clock(rule, spans, started, met, since=started, from_due=True)
        elif watched and self._first_at((step,)) is None and self.closed_at is None:
            yield self._clock(rule, spans, None, None)

    def _stands_for(self, clock: Clock, document: str | None) -> bool:
        if clock.id != "agreed":
            return clock.pack == document
        tables = (self.course.procedure.agreement, self.course.procedure.extension)
        return any(table is not None and document in table["stands_for"] for table in tables)

    def _promises(self, rule: ClockRule, promised: Iterable[Pledge]) -> Iterator[Clock]:
        """Yield one clock a promise, met by the next word to the resident."""
        spans = self._spans(rule)
        for pledge in promised if spans else ():
            met = next(
                (
                    one
                    for one in self.milestones
                    if one.step in self.words and one.seq > pledge.seq and one.at >= pledge.at
                ),
                None,
            )
            yield self._clock(rule, spans, pledge.at, met, due=pledge.until, ground=f"promise-{pledge.seq}")

    def _appointments(self, rule: ClockRule) -> Iterator[Clock]:
        """Yield one clock an appointment, until somebody came; a later one takes its place unless it had run out."""
        if not self.course.on_paths:
            return
        spans = self._spans(rule)
        given = [one for one in self.course.paths.appointments if one.round == self.number] if spans else []
        for number, one in enumerate(given, 1):
            until = given[number].at if number < len(given) else None
            met = next((mark for mark in self.milestones if mark.step in rule.met_by and mark.at >= one.at), None)
            if met is not None and until is not None and met.at > until:
                met = None
            ground = f"appointment-{one.seq}"
            clock = self._clock(rule, spans, one.at, met, due=one.until, ground=ground, since=one.at)
            if met is None and until is not None and (clock.ended_at is None or clock.ended_at > until):
                ended_by = "replaced" if one.until >= until else "lifted"
                clock = clock._replace(ended_at=until, ended_by=ended_by, over=True)
            yield clock

    def _matters(self, rule: ClockRule) -> Iterator[Clock]:
        """Yield one clock a matter raised at a revisit; it outlives the round and the closing."""
        spans = self._spans(rule) or [(self.start, None)]
        for matter in self.course.matters:
            if matter.round != self.number:
                continue
            met = next(
                (
                    one
                    for one in sorted(self.course.milestones, key=lambda one: (one.at, one.seq))
                    if one.step in rule.met_by
                    and one.seq > matter.seq
                    and one.at >= matter.at
                    and one.detail in (None, str(matter.seq))
                ),
                None,
            )
            clock = self._clock(rule, spans, matter.at, met, due=matter.until, ground=f"matter-{matter.seq}")
            yield clock if matter.until is None else clock._replace(limit=None, parameter=None)

    def _corrective(self, rule: ClockRule) -> Iterator[Clock]:
        """Yield one clock a corrective action, until its check, and the duty of whoever took it on."""
        spans = self._spans(rule)
        for action in self.course.actions if spans else ():
            if action.round == self.number:
                met, ground = self.course.checked.get(action.n), f"corrective-{action.n}"
                clock = self._clock(rule, spans, action.at, met, due=action.until, ground=ground)
                yield clock._replace(duty=(action.who,)) if action.who else clock

    def _recurring(self, rule: ClockRule) -> Iterator[Clock]:
        """Yield one clock a word to the resident, met by the next one or by the resolution."""
        spans = self._spans(rule)
        if not spans:
            return
        resolved = self._first_at(("resolved",))
        words = [one for one in self.milestones if one.step in self.words and (resolved is None or one.at < resolved)]
        distinct = [one for number, one in enumerate(words) if not number or one.at > words[number - 1].at]
        if not distinct and resolved is None:
            yield self._clock(rule, spans, None, None)
        for number, word in enumerate(distinct, 1):
            started = _begin(word.at, spans, self.start)
            met = next(
                (
                    one
                    for one in self.milestones
                    if one.at > word.at and (one.step in self.words or one.step in rule.met_by)
                ),
                None,
            )
            if started is not None and (met is None or met.at >= started):
                yield self._clock(rule, spans, started, met, ground=f"word-{number}")


def _begin(natural: Moment | None, spans: Sequence[Span], intake: Moment) -> Moment | None:
    """Return when a clock starts: at its natural start, or when it came to apply if that was later.

    What applied from intake on counts from the natural start even if that lies before the receipt (heard).
    """
    if natural is None:
        return None
    for begin, end in spans:
        if end is None or end > natural:
            return natural if begin <= max(intake, natural) else begin
    return natural
