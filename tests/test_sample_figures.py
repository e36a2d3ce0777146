"""The sample month reckoned by hand: figures of sample_data/2026-10.csv counted from the script, with no code of ours.

`desk.jsonl` says in plain words what happened at the invented desk. Here it is read as a careful clerk would read it
with pencil and paper: a complaint is its taking-down and the steps after it, limits are added to moments. The report
must give the same numbers. Nothing of the package is imported.
"""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

SAMPLE = Path(__file__).parents[1] / "sample_data"
NOW = datetime(2026, 10, 31, 18)
HOUSEHOLDS = 1200
CLASS = {"own": "1", "unknown": "1", "building": "2", "outside": "3"}
MONTH, BEFORE = "2026-10", "2026-09"
DISPATCH = timedelta(minutes=10)
RUNGS = ("department-head", "supervisor", "manager", "company", "outside")
HOURS_2, HOURS_4 = timedelta(hours=2), timedelta(hours=4)
Step = dict[str, Any]


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def day_end(at: datetime, days: int = 0) -> datetime:
    """24:00 of the day, or of a later one."""
    return at.replace(hour=0, minute=0) + timedelta(days=days + 1)


SCRIPT: list[Step] = [json.loads(line) for line in (SAMPLE / "desk.jsonl").read_text("utf-8").splitlines()]
EVENTS = [set(step["keys"]) for step in SCRIPT if step["do"] == "link"]


class Story:
    """One complaint of the script: what was told, and every step after it in its order."""

    def __init__(self, told: Step) -> None:
        self.told = told
        self.received = moment(told["at"])
        self.kind = told.get("kind", "complaint")
        self.steps: list[Step] = []

    # ---- what it is

    @property
    def judged(self) -> bool:
        """Complaints and repairs are judged; suggestions and inquiries are not."""
        return self.kind in ("complaint", "repair")

    @property
    def causes(self) -> list[tuple[datetime, str]]:
        """Who must answer for the cause, and since when that was known."""
        found = [(self.received, self.told["responsibility"])]
        for step in self.all("amend"):
            # What was wrong from the start counts as known at the receipt.
            found = [] if step.get("from_the_start") else found
            at = self.received if step.get("from_the_start") else moment(step["at"])
            found.append((at, step["responsibility"]))
        return found

    @property
    def cause(self) -> str:
        return self.causes[-1][1]

    @property
    def valid(self) -> bool:
        """The company's own, or taken for it while nobody knows."""
        return self.judged and self.cause in ("own", "unknown")

    @property
    def invalid(self) -> bool:
        return self.judged and self.cause in ("resident", "self", "none")

    @property
    def nameless(self) -> bool:
        return not self.told.get("unit")

    @property
    def collective(self) -> bool:
        return any(self.told["key"] in event and len(event) >= 5 for event in EVENTS)

    @property
    def withdrawn(self) -> bool:
        return any(step.get("outcome") == "withdrawn" for step in self.first_round("resolve"))

    @property
    def grave(self) -> bool:
        """Major from the receipt: harm or loss that is the office's, or a broken promise raised again and again."""
        told = self.told
        harm = self.cause == "own" and (told.get("injury") or told.get("major_loss"))
        return self.valid and bool(harm or (told.get("promise_broken") and told.get("repeated")))

    # ---- what happened

    def all(self, verb: str) -> list[Step]:
        return [step for step in self.steps if step["do"] == verb]

    @property
    def reopened(self) -> list[datetime]:
        """When the resident did not accept the result, at the notice or at the revisit."""
        refusals = [step for step in self.all("notify") if step["accepted"] is False and self.judged]
        refusals += [step for step in self.all("revisit") if step["answer"] == "dissatisfied"]
        return sorted(moment(step["at"]) for step in refusals)

    def first_round(self, verb: str) -> list[Step]:
        """The steps of a kind before anything was refused; the refusal itself belongs to the round it ends."""
        end = min(self.reopened, default=NOW)
        return [step for step in self.all(verb) if moment(step["at"]) <= end]

    def first(self, verb: str) -> datetime | None:
        return min((moment(step["at"]) for step in self.first_round(verb)), default=None)

    @property
    def explained(self) -> bool:
        """Invalid ones are answered by the explanation; a neighbours' quarrel is settled first."""
        return self.judged and self.cause in ("self", "none")

    @property
    def resolutions(self) -> list[datetime]:
        found = [moment(step["at"]) for step in self.all("resolve")]
        if self.explained and not found:
            found = [moment(step["at"]) for step in self.all("notify")]
        return found

    @property
    def resolved(self) -> datetime | None:
        """The first solution."""
        return min(self.resolutions, default=None)

    @property
    def first_word(self) -> datetime | None:
        words = [moment(one["at"]) for one in self.first_round("record") if "contacted" in one["steps"]]
        return min([*words, *(moment(one["at"]) for one in self.first_round("notify"))], default=None)

    @property
    def closed(self) -> datetime | None:
        """At the revisit; the withdrawn and the nameless with the solution; what is only explained with the notice."""
        ends = [moment(one["at"]) for one in self.all("close")]
        if self.withdrawn or self.nameless:
            ends += self.resolutions
        if not self.judged or self.explained:
            ends += [moment(one["at"]) for one in self.all("notify")]
        ends += [moment(one["at"]) for one in self.all("revisit") if one["answer"] != "dissatisfied"]
        return min(ends, default=None)

    # ---- limits of the first round

    @property
    def solve_by(self) -> datetime | None:
        """The limit of the solution that is due first, with an agreed time in its place; None where there is none."""
        dues = [due for due in (self._by_cause(), self._two_days()) if due is not None]
        due = min(dues, default=None)
        given = [*self.first_round("extend"), *(one for one in self.first_round("record") if "agreed_by" in one)]
        for step in sorted(given, key=lambda one: str(one["at"])):
            if due is not None and moment(step["at"]) <= due:
                due = moment(step.get("until") or step["agreed_by"])
        return due

    def _by_cause(self) -> datetime | None:
        """From the dispatch: 4 hours for the office's own cause, the day for the builder's, 3 days for one outside."""
        sent = self.first("assign")
        if sent is None:
            return None
        for (since, cause), (until, _) in zip(self.causes, [*self.causes[1:], (NOW, "")], strict=True):
            start = max(sent, since)
            hours = start + HOURS_4
            due = {"own": hours, "unknown": hours, "building": day_end(start), "outside": day_end(start, 3)}.get(cause)
            # What is not known yet is taken for the office's own; a limit that ran out before the cause turned out
            # to be another stays late.
            if due is not None and (CLASS.get(cause) == CLASS.get(self.cause) or due < until):
                return due
        return None

    def _two_days(self) -> datetime | None:
        """Two days from the receipt for what is minor: valid, and neither grave nor the office's fault."""
        minor = self.valid and not self.grave and not self.told.get("fault")
        return day_end(self.received, 2) if minor else None

    @property
    def tell_by(self) -> datetime | None:
        """The limit of the notice: the day of the solution, for whoever can be told."""
        return day_end(self.resolved) if self.resolved and not self.nameless else None


STORIES = {step["key"]: Story(step) for step in SCRIPT if step["do"] == "log"}
for _step in SCRIPT:
    # People, buildings, inspections and visits stand beside complaints.
    if _step["do"] not in ("log", "link") and _step["key"] in STORIES:
        STORIES[_step["key"]].steps.append(_step)
ALL = list(STORIES.values())


def inside(at: datetime | None, month: str) -> bool:
    return at is not None and at.strftime("%Y-%m") == month


def received(month: str = MONTH) -> list[Story]:
    return [story for story in ALL if inside(story.received, month)]


def counted() -> list[Story]:
    """What rates look at: complaints and repairs received in the month, without those withdrawn."""
    return [story for story in received() if story.judged and not story.withdrawn]


def plain() -> list[Story]:
    """What most rates look at: of these the complaints alone. Repairs are counted apart, but for the timely rate."""
    return [story for story in counted() if story.kind == "complaint"]


def times(verb: str, month: str = MONTH, **words: Any) -> int:
    """How often something was done in a month, to any complaint."""
    found = [one for story in ALL for one in story.all(verb) if inside(moment(one["at"]), month)]
    return sum(all(one.get(name) == value for name, value in words.items()) for one in found)


def in_month(step: Step, month: str) -> bool:
    return inside(moment(step["at"]), month)


def steps_of(verb: str, month: str) -> list[Step]:
    """The steps of a kind in a month, whatever they are about."""
    return [step for step in SCRIPT if step["do"] == verb and in_month(step, month)]


def beside(verb: str, month: str) -> int:
    return len(steps_of(verb, month))


def in_time(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> tuple[int, int]:
    """Done by the limit, of all that were done or whose limit is past; what has no limit is not asked."""
    known = [(done, due) for done, due in pairs if due is not None and (done is not None or due < NOW)]
    return sum(done is not None and done <= due for done, due in known), len(known)


# ---- the report that stands beside the script

with (SAMPLE / f"{MONTH}.csv").open(encoding="utf-8-sig", newline="") as file:
    ROWS = list(csv.DictReader(file))
FIGURE = {row["key"]: row for row in ROWS if row["section"] == "figure"}

# ---- how many

BORDERS = {MONTH: (datetime(2026, 10, 1), NOW), BEFORE: (datetime(2026, 9, 1), datetime(2026, 10, 1))}


def open_at(at: datetime) -> list[Story]:
    """Taken down before, and not closed yet."""
    return [story for story in ALL if story.received < at and (story.closed is None or story.closed >= at)]


def month_passed(story: Story) -> datetime | None:
    """When a month had passed since the receipt without a solution; a month ends with its last day if it is short."""
    first = story.received.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    days = ((following + timedelta(days=31)).replace(day=1) - following).days
    passed = day_end(following.replace(day=min(story.received.day, days)))
    solved = any(one <= passed for one in story.resolutions)
    return passed if passed <= NOW and not solved else None


def became_major(month: str) -> int:
    """Grave ones at the receipt; others when a month has passed over them unsolved."""
    found = 0
    for story in ALL:
        since = story.received if story.grave else month_passed(story)
        found += story.valid and since is not None and inside(since, month)
    return found


def repeat_units(month: str) -> int:
    units = Counter(story.told.get("unit") for story in received(month) if story.judged and not story.nameless)
    return sum(count > 1 for count in units.values())


def worth_a_study(month: str) -> int:
    judged = [story for story in received(month) if story.judged and not story.withdrawn]
    return sum(severity(story) == "major" or story.collective or bool(story.reopened) for story in judged)


COUNTS: dict[str, Callable[[str], int]] = {
    "open-start": lambda month: len(open_at(BORDERS[month][0])),
    "open-end": lambda month: len(open_at(BORDERS[month][1])),
    "received": lambda month: len(received(month)),
    "resolved": lambda month: sum(inside(at, month) for story in ALL for at in story.resolutions),
    "closed": lambda month: sum(inside(story.closed, month) for story in ALL),
    "reopened": lambda month: sum(inside(at, month) for story in ALL for at in story.reopened),
    "became-major": became_major,
    "escalations": partial(times, "escalate"),
    **{f"escalations-{rung}": partial(times, "escalate", level=level) for rung, level in enumerate(RUNGS, 1)},
    "extensions": partial(times, "extend"),
    "wrong-from-the-start": partial(times, "amend", from_the_start=True),
    "collective": lambda month: sum(story.collective for story in received(month)),
    "collective-events": lambda month: sum(
        inside(min(STORIES[key].received for key in event), month) for event in EVENTS if len(event) >= 5
    ),
    "repeat-units": repeat_units,
    "worth-a-study": worth_a_study,
    "chased": partial(times, "record", steps="chased"),
    "case-studies": partial(times, "study"),
    "trainings": lambda month: sum(
        "trained" in one for story in ALL for one in story.all("study") if in_month(one, month)
    ),
    "inspections": lambda month: beside("inspect-record", month),
    "findings": lambda month: sum(len(one.get("findings", ())) for one in steps_of("inspect-record", month)),
    "visits": lambda month: beside("visit-record", month),
}


def severity(story: Story) -> str:
    if not story.valid:
        return ""
    if story.grave or month_passed(story) is not None:
        return "major"
    return "important" if story.told.get("fault") else "minor"


@pytest.mark.parametrize("key", COUNTS)
def test_a_count_of_the_month_and_of_the_one_before(key: str) -> None:
    given = [int(FIGURE[key][column]) for column in ("value", "previous")]
    assert given == [COUNTS[key](MONTH), COUNTS[key](BEFORE)]


def test_open_at_the_end_by_age() -> None:
    ages = [NOW - story.received for story in open_at(NOW)]
    bounds = [timedelta(days=days) for days in (1, 3, 7, 30)]
    keys = ("open-up-to-1-day", "open-up-to-3-days", "open-up-to-7-days", "open-up-to-30-days", "open-over-30-days")
    expected = Counter(sum(age > bound for bound in bounds) for age in ages)
    assert [int(FIGURE[key]["value"]) for key in keys] == [expected[number] for number in range(5)]


# ---- by what

VALIDITY = {"own": "valid", "unknown": "undetermined", "building": "assist", "outside": "assist"}
ALARMING = ("danger", "damage", "outage")


def urgency(story: Story) -> str:
    return "urgent" if any(story.told.get(name) for name in ALARMING) else "general"


#: By what is counted of every kind; and what only complaints and repairs have.
OF_ALL: dict[str, Callable[[Story], str]] = {
    "kind": lambda story: story.kind,
    "category": lambda story: story.told["category"],
    "channel": lambda story: story.told["channel"],
    "department": lambda story: (story.all("assign") or [{"department": ""}])[-1]["department"],
    "building": lambda story: story.told.get("unit", "").partition("-")[0],
    "severity": severity,
}
OF_JUDGED: dict[str, Callable[[Story], str]] = {
    "class": lambda story: CLASS.get(story.cause, ""),
    "validity": lambda story: VALIDITY.get(story.cause, "invalid"),
    "urgency": urgency,
}


def values(facet: str, month: str) -> Counter[str]:
    if facet in OF_ALL:
        return Counter(map(OF_ALL[facet], received(month)))
    return Counter(OF_JUDGED[facet](story) if story.judged else "" for story in received(month))


@pytest.mark.parametrize("facet", [*OF_ALL, *OF_JUDGED])
def test_a_breakdown(facet: str) -> None:
    rows = [row for row in ROWS if row["section"] == "breakdown" and row["key"] == facet]
    now, then = values(facet, MONTH), values(facet, BEFORE)
    assert {row["item"]: (int(row["value"]), int(row["previous"])) for row in rows} == {
        value: (now[value], then[value]) for value in now | then
    }


# ---- in time


def revisited() -> tuple[int, int]:
    """Revisited, of all that were or should have been within three days of an accepted notice of the result."""
    asked = [story for story in plain() if not story.explained and not story.nameless]
    notices = [(story, one, moment(one["at"])) for story in asked for one in story.first_round("notify")]
    # Before there is a result, what a quarrelling resident is told is an explanation.
    results = [(story, one, at) for story, one, at in notices if story.resolved and story.resolved <= at]
    accepted = [(story.first("revisit"), at) for story, one, at in results if one["accepted"] is not False]
    return in_time((done and min(done, day_end(at, 3)), day_end(at, 3)) for done, at in accepted)


def matters() -> tuple[int, int]:
    """Matters raised at revisits of the month, and those dealt with."""
    visits = [(story, one) for story in ALL for one in story.all("revisit") if inside(moment(one["at"]), MONTH)]
    raised = [story for story, visit in visits if "raised" in visit]
    dealt = sum(any(one["steps"] == "matters-dealt-with" for one in story.all("record")) for story in raised)
    return dealt, len(raised)


def satisfied() -> tuple[int, int]:
    """Revisits of the month that belong to a first round, by what the resident said."""
    told = [story for story in ALL if story.kind == "complaint"]
    visits = [one for story in told for one in story.first_round("revisit") if inside(moment(one["at"]), MONTH)]
    answers = Counter(one["answer"] for one in visits)
    return answers["satisfied"], answers["satisfied"] + answers["dissatisfied"]


RATES: dict[str, Callable[[], tuple[int, int]]] = {
    "dispatched-on-time": lambda: in_time(
        (story.first("assign"), story.received + DISPATCH) for story in plain() if not story.invalid
    ),
    "contacted-on-time": lambda: in_time(
        (story.first_word, story.received + HOURS_2) for story in plain() if not story.nameless
    ),
    "timely-rate": lambda: in_time((story.resolved, story.solve_by) for story in counted() if not story.invalid),
    "notified-on-time": lambda: in_time((story.first("notify"), story.tell_by) for story in plain()),
    "revisit-rate": revisited,
    "revisit-handling-rate": matters,
    "satisfaction": satisfied,
    "valid-complaint-rate": lambda: (sum(one.valid for one in plain()), HOUSEHOLDS),
}


@pytest.mark.parametrize("key", RATES)
def test_a_rate(key: str) -> None:
    row = FIGURE[key]
    numerator, denominator = RATES[key]()
    assert (int(row["numerator"]), int(row["denominator"])) == (numerator, denominator)
    assert row["value"] == f"{numerator / denominator:.4f}"


def test_what_is_left_out_makes_the_rest() -> None:
    """What stands apart is counted: with the denominator it makes all complaints, in the timely rate repairs too."""
    for key in ("dispatched-on-time", "contacted-on-time", "timely-rate", "notified-on-time"):
        apart = sum(int(row["value"]) for row in ROWS if row["section"] == "apart" and row["key"] == key)
        kinds = ("complaint", "repair") if key == "timely-rate" else ("complaint",)
        assert int(FIGURE[key]["denominator"]) + apart == sum(one.kind in kinds for one in received()), key


TIMES: dict[str, Callable[[Story], datetime | None]] = {
    "time-to-dispatch": lambda story: story.first("assign"),
    "time-to-contact": lambda story: story.first_word,
    "time-to-resolve": lambda story: story.resolved,
}


@pytest.mark.parametrize("key", TIMES)
def test_time_taken(key: str) -> None:
    spans = sorted((at - story.received).total_seconds() for story in plain() if (at := TIMES[key](story)))
    middle = (spans[(len(spans) - 1) // 2] + spans[len(spans) // 2]) / 2
    nine_in_ten = spans[-(-9 * len(spans) // 10) - 1]
    assert [float(FIGURE[f"{key}-{name}"]["value"]) for name in ("median", "p90")] == [int(middle), nine_in_ten]
    assert int(FIGURE[f"{key}-median"]["denominator"]) == len(spans)


# ---- the ledger behind it


def for_all(event: set[str]) -> int:
    """Deeds that happen once for an event and count on each of its complaints: the referral, the special report."""
    (linked,) = (number for number, step in enumerate(SCRIPT) if step["do"] == "link" and set(step["keys"]) == event)
    since = [step for step in SCRIPT[linked:] if step["key"] in event]
    referred = any(step.get("level") in ("manager", "company") for step in since)
    return referred + any(step.get("steps") == "special-report" for step in since)


ENTRIES_OF_THEIR_OWN = {
    "inspect-record": ("findings",),
    "visit-record": ("raised", "asked"),
    "dispute": ("evidence",),
    "study": ("trained",),
}


def test_every_step_left_one_entry() -> None:
    """Site, procedure and calendar were adopted first; what is done for an event is written down on each complaint."""
    entries = 3 + len(SCRIPT) + sum((len(event) - 1) * (1 + for_all(event)) for event in EVENTS)
    # A finding, what was raised or asked on a visit, a piece of evidence and a training are entries of their own.
    entries += sum(
        len(step[more]) for step in SCRIPT for more in ENTRIES_OF_THEIR_OWN.get(step["do"], ()) if more in step
    )
    assert [row["value"] for row in ROWS if row["section"] == "anchor" and row["key"] == "seq"] == [str(entries)]


def test_thirty_figures_and_more_are_reckoned_here() -> None:
    reckoned = {*COUNTS, *RATES, *(f"{key}-{name}" for key in TIMES for name in ("median", "p90"))}
    assert reckoned <= set(FIGURE) and len(reckoned) >= 30
