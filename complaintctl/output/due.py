"""When a limit runs out, and what was counted on the way."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from complaintctl.language import N_, gettext
from complaintctl.output.counting import told
from complaintctl.output.limits import limit_words
from complaintctl.output.moments import iso, local
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.counted import Counted, Tally, counted
from complaintctl.rules.localtime import Moment, shown
from complaintctl.rules.period import Due, Limit, reckon

Line = str | tuple[str, str]


class Question(NamedTuple):
    """A limit that runs from a moment, under a calendar; `from_due` says that the moment is a day's 24:00."""

    limit: Limit
    start: Moment
    calendar: Calendar
    roll: bool
    ends: Literal["24:00", "closing"]
    from_due: bool

    def due(self) -> Due:
        """When it runs out."""
        return reckon(self.limit, self.start, self.calendar, roll=self.roll, ends=self.ends, from_due=self.from_due)

    def tally(self) -> Tally:
        """What was counted."""
        return counted(self.limit, self.start, self.calendar, roll=self.roll, ends=self.ends, from_due=self.from_due)


def data(question: Question) -> dict[str, Any]:
    """Give the answer as JSON values; `counted` lists each day or stretch of time that was counted."""
    zone, due, tally = question.calendar.zone, question.due(), question.tally()
    return {
        "from": iso(question.start, zone),
        "limit": question.limit.text(),
        "due_at": iso(due.at, zone),
        "shown": shown(due.at, zone),
        "provisional": due.provisional,
        "counted": [_item(question, one) for one in tally.items],
        "passed_over": [_item(question, one) for one in tally.passed_over],
        "left_out": tally.left_out,
    }


def _item(question: Question, one: Counted) -> dict[str, Any]:
    """Give one thing counted: its number (null for stretches), its day, and for stretches from when to when."""
    zone = question.calendar.zone
    found: dict[str, Any] = {"number": one.number or None, "day": one.day.isoformat(), "nature": one.nature}
    if one.start is not None and one.end is not None:
        found |= {"start": iso(one.start, zone), "end": iso(one.end, zone)}
    return found


def lines(question: Question) -> Iterator[Line]:
    """Yield the answer for a person: the due moment first, then how it was counted."""
    zone, due = question.calendar.zone, question.due()
    text = shown(due.at, zone)
    yield (gettext(N_("{due} (provisional)")).format(due=text) if due.provisional else text, "bold")
    start = shown(question.start, zone) if question.from_due else local(question.start, zone)
    yield gettext(N_("  {limit} from {start}")).format(limit=limit_words(question.limit.text()), start=start)
    for sentence in told(question.limit, question.tally(), zone, roll=question.roll, ends=question.ends):
        yield f"  {sentence}"
    if due.provisional:
        yield gettext(N_("  Provisional: the holidays of that year are not known yet."))
