"""The questions of the month's report, asked three times over: the month, the one before, the same a year ago.

SQLite hands over thousands of cells one by one at a price, so what is asked of every complaint comes as one text a
column, in a third of the time. A span goes from `start` (included) to `end` (excluded). Complaints whose taking-down
was undone are left out; they have neither clocks nor milestones.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from complaintctl.ledger.derived import COUNTED_STEPS, counted
from complaintctl.ledger.query import Queries

Row = tuple[Any, ...]

SORT = (
    *("kind", "severity", "class", "validity", "urgency", "outcome", "first_outcome", "collective", "rounds"),
    *COUNTED_STEPS,
)
"""What sort of complaint one is, in codes, as it stands at the moment of asking.

`first_outcome` is that of the first round, None until it was resolved; `collective` is `lead` (of its event, or alone),
`member` or None; `rounds` is `later` if it came to a second round. Each counted step has the state of its
governing first-round clock: met, late, missed (ran out and not met), running (or waiting for its start), unknown
(imported without a moment to judge by), or None where there is no such clock.
"""

TIMES = ("time_to_dispatch", "time_to_contact", "time_to_resolve")
"""Seconds from the receipt to the first such step of the first round; None where there was none, or it is unknown."""

PLACES = ("category", "channel", "department", "building")
"""What else complaints are counted by."""

COMPLAINT = ("id", *SORT, *PLACES, *TIMES)
"""The columns of a complaint. Where there is no code of `SORT`, an empty text stands for it."""

DONE = ("step", "rounds", "rung", "detail", "kind")
"""What was done: the step, `later` after the first round, the rung of a referral, a code as the step has it.

`kind` is that of the complaint, known of revisits only: what residents say of repairs is counted apart.
"""

PLEDGES = ("step", "state", "dealt")
"""A promise (`word-given`) or a matter raised (`matters-dealt-with`); `dealt` is 1 once it was met, late or not.

The state is met, late, missed, running, lifted, or unknown.
"""

LATER = ("kind", "outcome", *COUNTED_STEPS)
"""A round after the first, with the states of its governing clocks; `outcome` is known of the last round only."""


def _state(step: str) -> str:
    return (
        f"CASE WHEN {step}_due IS NULL THEN CASE WHEN {step}_unknown > 0 THEN 'unknown' "
        f"WHEN {step}_waiting > 0 THEN 'running' END WHEN {step}_met <= {step}_due THEN 'met' "
        f"WHEN {step}_met IS NOT NULL THEN 'late' WHEN {step}_due < :now THEN 'missed' ELSE 'running' END"
    )


def _time(step: str, column: str) -> str:
    return f"CASE WHEN {step}_unknown = 0 THEN {column} - received_at END"


_SEVERITY = "CASE WHEN becomes_major_at <= :now THEN 'major' ELSE severity END"
_FIRST_OUTCOME = """CASE WHEN round = 1 THEN outcome ELSE (SELECT m.detail FROM milestone m
  WHERE m.complaint = complaint.id AND m.step = 'resolved' AND m.round = 1 ORDER BY m.n DESC LIMIT 1) END"""
_COLLECTIVE = (
    "CASE WHEN collective_at <= :now THEN CASE WHEN coalesce(event, id) = id THEN 'lead' ELSE 'member' END END"
)
_ROUNDS = "CASE WHEN round > 1 THEN 'later' END"
_KIND_REVISITED = (
    "CASE step WHEN 'revisited' THEN (SELECT c.kind FROM complaint c WHERE c.id = milestone.complaint) END"
)
_EXPRESSIONS = {
    **{name: name for name in COMPLAINT},
    "severity": _SEVERITY,
    "first_outcome": _FIRST_OUTCOME,
    "collective": _COLLECTIVE,
    "rounds": _ROUNDS,
    **{step: _state(step) for step in COUNTED_STEPS},
    "time_to_dispatch": _time("dispatched", "dispatched_at"),
    "time_to_contact": _time("contacted", "contacted_at"),
    "time_to_resolve": _time("resolved", "first_resolved_at"),
}
# The index is named because its order is that of the lists.
_RECEIVED = """FROM complaint INDEXED BY complaint_received
WHERE received_at >= :start AND received_at < :end AND voided_at IS NULL"""


def complaints(
    query: Queries, start: int, end: int, now: int, names: Sequence[str] = COMPLAINT
) -> dict[str, list[Any]]:
    """The complaints received in a span, oldest first: a list for each of these columns."""
    values = {"start": start, "end": end, "now": now}
    lists = [_codes(_EXPRESSIONS[name]) if name in SORT else _list(_EXPRESSIONS[name]) for name in names]
    found = query.tuples(f"SELECT {', '.join(lists)} {_RECEIVED}", values)[0]
    columns = zip(names, found, strict=True)
    return {name: _split(column) if name in SORT else json.loads(column) for name, column in columns}


def _codes(expression: str) -> str:
    """A column of codes as one text; no code has a space in it."""
    return f"group_concat(ifnull({expression}, ''), ' ')"


def _split(column: str | None) -> list[str]:
    return [] if column is None else column.split(" ")


def _list(expression: str) -> str:
    """A column of anything else as a JSON list."""
    return f"json_group_array({expression})"


def _columns(
    query: Queries, expressions: Sequence[str], source: str, values: Sequence[object] | Mapping[str, object]
) -> list[list[Any]]:
    """One list for each expression, in the order in which the source gives its rows."""
    found = query.tuples(f"SELECT {', '.join(map(_list, expressions))} {source}", values)[0]
    return [json.loads(column) for column in found]


def done(query: Queries, start: int, end: int, plain: Sequence[str]) -> list[Row]:
    """How often each step was done in a span: columns `DONE` and the count.

    Steps of `plain` are only counted (all else is None), those of `DETAILED` in every detail.
    """
    counts = query.tuples(
        "SELECT step, NULL, NULL, NULL, NULL, count(*) FROM milestone INDEXED BY milestone_step "
        f"WHERE step IN ({_marks(plain)}) AND at >= ? AND at < ? GROUP BY step",
        (*plain, start, end),
    )
    wanted = ("step", _ROUNDS, "rung", "detail", _KIND_REVISITED)
    closely = _columns(query, wanted, _DETAILED, {"start": start, "end": end})
    return counts + [(*row, count) for row, count in Counter(zip(*closely, strict=True)).items()]


DETAILED = ("referred", "reopened", "revisited")
"""The steps of which the month asks more than how often."""

# The steps are written out in these statements, because only so SQLite takes the index that holds them alone.
_DETAILED = """FROM milestone INDEXED BY milestone_detailed
WHERE step IN ('referred', 'reopened', 'revisited') AND at >= :start AND at < :end"""


def each_done(query: Queries, start: int, end: int, step: str) -> list[Row]:
    """Each time a step was done in a span: the complaint's id and the columns `DONE`, in the order of time."""
    return query.tuples(
        f"SELECT complaint, step, {_ROUNDS}, rung, detail, {_KIND_REVISITED} FROM milestone "
        "WHERE step = ? AND at >= ? AND at < ? ORDER BY at, complaint, n",
        (step, start, end),
    )


def pledges(query: Queries, start: int, end: int, now: int) -> list[Row]:
    """The promises made and the matters raised in a span: the complaint's id and the columns `PLEDGES`.

    Several documents may set a clock for the same promise (its `ground`); one of them speaks for it, one that was
    lifted only where all were.
    """
    found: dict[Row, Row] = {}
    columns = _columns(query, _PLEDGE, _PLEDGED, {"start": start, "end": end, "now": now})
    for complaint, ground, step, state, dealt in zip(*columns, strict=True):
        known = found.get((complaint, ground))
        if known is None or known[2] == "lifted":
            found[complaint, ground] = (complaint, step, state, dealt)
    return list(found.values())


_PLEDGE = (
    *("complaint", "ground", "step"),
    """CASE WHEN ended_by IN ('unknown', 'unrecorded') THEN 'unknown' WHEN met_at <= due_at THEN 'met'
    WHEN met_at IS NOT NULL THEN 'late'
    WHEN ended_at <= :now THEN CASE WHEN due_at < ended_at THEN 'missed' ELSE 'lifted' END
    WHEN due_at < :now THEN 'missed' ELSE 'running' END""",
    "met_at IS NOT NULL",
)
_PLEDGED = """FROM clock INDEXED BY clock_pledged
WHERE step IN ('word-given', 'matters-dealt-with') AND started_at >= :start AND started_at < :end"""


def later_rounds(query: Queries, reopened: Sequence[int], now: int) -> list[Row]:
    """The rounds after the first of these complaints: the complaint's id and the columns `LATER`."""
    found: list[Row] = []
    for part in _parts(reopened):
        known = {row[0]: row[1:] for row in query.tuples(_ABOUT.format(marks=_marks(part)), part)}
        columns = _columns(query, _LATER_CLOCK, _LATER_CLOCKS.format(marks=_marks(part)), part)
        for (complaint, number), group in groupby(zip(*columns, strict=True), key=itemgetter(0, 1)):
            kind, outcome, rounds = known[complaint]
            states = _states(counted([_clock(row) for row in group], number), now)
            found.append((complaint, kind, outcome if number == rounds else None, *states))
    return found


def _clock(row: Row) -> dict[str, Any]:
    return {
        "round": row[1],
        "step": row[2],
        "ground": row[3],
        "started_at": row[4],
        "due_at": row[5],
        "met_at": row[6],
        "ended_at": row[7],
        "ended_by": row[8],
        "over": row[9],
        "limit": row[10],
    }


_LATER_CLOCK = (
    *("complaint", "round", "step", "ground", "started_at", "due_at", "met_at", "ended_at", "ended_by", "over"),
    '"limit"',
)
_ABOUT = "SELECT id, kind, outcome, round FROM complaint WHERE id IN ({marks})"
# In the order of complaints and rounds, as the index has them.
_LATER_CLOCKS = """FROM clock INDEXED BY clock_later
WHERE round > 1 AND step IN ('dispatched', 'contacted', 'resolved', 'notified', 'revisited')
AND complaint IN ({marks})"""


def _states(moments: Sequence[int | None], now: int) -> list[str | None]:
    """The same reading of the moments as in `_state`, step by step."""
    states: list[str | None] = []
    for at in range(0, len(moments), 4):
        due, met, unknown, waiting = moments[at : at + 4]
        if due is None:
            states.append("unknown" if unknown else "running" if waiting else None)
        elif met is not None:
            states.append("met" if met <= due else "late")
        else:
            states.append("missed" if due < now else "running")
    return states


# Whatever was last closed before a moment was closed then. So only what is open now, or was closed since, can have
# been open; of that, what was reopened since but had been closed by then was not.
_STILL_OPEN = """FROM complaint INDEXED BY complaint_open
WHERE closed_at IS NULL AND voided_at IS NULL AND received_at < :moment"""
_CLOSED_SINCE = """FROM complaint INDEXED BY complaint_closed
WHERE closed_at >= :moment AND voided_at IS NULL AND received_at < :moment"""
_CAME_BACK = """
SELECT DISTINCT c.id, c.received_at
FROM milestone r INDEXED BY milestone_detailed JOIN complaint c ON c.id = r.complaint
WHERE r.step IN ('referred', 'reopened', 'revisited') AND r.step = 'reopened' AND r.at >= :moment
AND r.detail = 'closed' AND c.received_at < :moment
AND (SELECT m.step FROM milestone m WHERE m.complaint = c.id AND m.step IN ('closed', 'reopened') AND m.at < :moment
  ORDER BY m.n DESC LIMIT 1) = 'closed'"""


def count_open_at(query: Queries, moment: int, received_since: Sequence[int] = ()) -> list[int]:
    """How many complaints were open (not closed) when `moment` began, and how many of them received since each of."""
    at = {"moment": moment}
    bounds = (-(2**53), *map(int, received_since))
    # The open ones are found by their receipt, so the young among them cost nothing though many old ones are open.
    open_ = query.tuples(
        f"SELECT {', '.join(f'(SELECT count(*) {_STILL_OPEN} AND received_at >= {since})' for since in bounds)}", at
    )[0]
    closed = query.tuples(
        f"SELECT {', '.join(f'coalesce(sum(received_at >= {since}), 0)' for since in bounds)} {_CLOSED_SINCE}", at
    )[0]
    back = [received for _, received in query.tuples(_CAME_BACK, at)]
    return [
        still + since_closed - sum(received >= since for received in back)
        for still, since_closed, since in zip(open_, closed, bounds, strict=True)
    ]


def each_open_at(query: Queries, moment: int) -> list[Row]:
    """(id, received_at) of the complaints that were open when `moment` began, oldest first."""
    at = {"moment": moment}
    came_back = set(query.tuples(_CAME_BACK, at))
    maybe = [row for part in (_STILL_OPEN, _CLOSED_SINCE) for row in query.tuples(f"SELECT id, received_at {part}", at)]
    return sorted((row for row in maybe if row not in came_back), key=lambda row: (row[1], row[0]))


_HOMES = """
FROM complaint c JOIN told t ON t.complaint = c.id
WHERE c.received_at >= :start AND c.received_at < :end AND c.voided_at IS NULL AND c.kind IN ('complaint', 'repair')
AND t.unit IS NOT NULL"""


def count_repeat_homes(query: Queries, start: int, end: int) -> int:
    """How many homes raised more than one complaint or repair in a span."""
    units = json.loads(query.tuples(f"SELECT json_group_array(t.unit) {_HOMES}", {"start": start, "end": end})[0][0])
    return sum(count > 1 for count in Counter(units).values())


def each_of_repeat_homes(query: Queries, start: int, end: int) -> list[int]:
    """Ids of the complaints of those homes, home by home; the homes themselves stay private."""
    again = f"SELECT t.unit {_HOMES} GROUP BY t.unit HAVING count(*) > 1"
    sql = f"SELECT c.id {_HOMES} AND t.unit IN ({again}) ORDER BY min(c.received_at) OVER (PARTITION BY t.unit), "
    return [row[0] for row in query.tuples(sql + "t.unit, c.received_at, c.id", {"start": start, "end": end})]


def clocks_run(query: Queries, start: int, end: int, now: int) -> bool:
    """Whether a limit of a complaint received in the span still runs, or still waits for its start."""
    return bool(query.tuples(_CLOCKS_RUN, {"start": start, "end": end, "now": now})[0][0])


# First what closing does not end (matters raised, the developer's report), then what is open: waiting limits have
# no due moment yet, untimed duties never get one.
_CLOCKS_RUN = """
SELECT EXISTS (SELECT 1 FROM clock k JOIN complaint c ON c.id = k.complaint
  WHERE k.met_at IS NULL AND k.over = 0 AND k.due_at IS NOT NULL AND k.due_at >= :now
  AND c.received_at >= :start AND c.received_at < :end)
OR EXISTS (SELECT 1 FROM complaint c JOIN clock k ON k.complaint = c.id
  WHERE c.closed_at IS NULL AND c.voided_at IS NULL AND c.received_at >= :start AND c.received_at < :end
  AND k.met_at IS NULL AND k.over = 0 AND k.due_at IS NULL AND k."limit" IS NOT NULL)"""


def first_receipt(query: Queries) -> int | None:
    """When the first complaint of all was received; None while there is none."""
    moment = query.tuples("SELECT min(received_at) FROM complaint WHERE voided_at IS NULL")[0][0]
    return None if moment is None else int(moment)


def numbers(query: Queries, complaints: Sequence[int]) -> dict[int, str]:
    """The numbers of complaints by their ids."""
    found: dict[int, str] = {}
    for part in _parts(complaints):
        found |= query.tuples(f"SELECT id, number FROM complaint WHERE id IN ({_marks(part)})", part)
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _parts(ids: Sequence[int], most: int = 400) -> Iterator[Sequence[int]]:
    for at in range(0, len(ids), most):
        yield ids[at : at + most]
