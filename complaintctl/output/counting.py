"""How a limit was counted, in sentences: elapsed time, whole days, working days with the days off passed over."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext, say
from complaintctl.output.limits import limit_words
from complaintctl.output.moments import due, local
from complaintctl.output.problem import bracketed
from complaintctl.output.words import word
from complaintctl.rules.clock import Clock
from complaintctl.rules.counted import Counted, Tally, counted
from complaintctl.rules.life import Life
from complaintctl.rules.localtime import Moment
from complaintctl.rules.period import (
    AT_ONCE,
    BUSINESS,
    BY_DAY,
    DAYS,
    ELAPSED,
    MONTHS,
    SAME_DAY,
    TEN_MINUTES,
    WORKDAYS,
    Limit,
    parse_limit,
    reckon,
)
from complaintctl.rules.procedure import ClockRule

_SHOWN = 8
"""Days that are named one by one; of more only the first and the last."""


def how_counted(office: Office, life: Life, clock: Clock, rule: ClockRule) -> Iterator[str]:
    """Yield how a clock's limit was counted; nothing where its due moment came about in another way."""
    if clock.limit is None or clock.started_at is None or clock.due_at is None:
        return
    limit = parse_limit(clock.limit)
    for from_due in (False, True):
        for _, calendar in reversed(life.course.book.calendars):
            found = reckon(limit, clock.started_at, calendar, roll=rule.roll, ends=rule.ends, from_due=from_due)
            if found.at == clock.due_at:
                tally = counted(
                    limit, clock.started_at, calendar, roll=rule.roll, ends=rule.ends, from_due=from_due, most=_SHOWN
                )
                yield from told(limit, tally, office.zone, roll=rule.roll, ends=rule.ends)
                return


def told(limit: Limit, tally: Tally, zone: ZoneInfo, *, roll: bool = False, ends: str = "24:00") -> Iterator[str]:
    """Yield the sentences of a count."""
    if limit.unit in ELAPSED:
        yield gettext(N_("Counted as elapsed time, through nights and holidays."))
    elif limit.unit == SAME_DAY:
        yield gettext(N_("Counted to 24:00 of the day on which it starts."))
    elif limit.unit == DAYS:
        yield gettext(N_("Counted in days: the starting day does not count, the last ends at 24:00."))
    elif limit.unit == MONTHS:
        yield gettext(
            N_("Counted in months, to 24:00 of the corresponding day or, where there is none, the month's last.")
        )
    elif limit.unit == WORKDAYS:
        yield gettext(N_("Counted in working days: {days}.")).format(days=days(tally.items, tally.left_out))
    elif limit.unit == AT_ONCE:
        yield gettext(N_("“At once” is taken as {limit}.")).format(limit=limit_words(TEN_MINUTES.text()))
    elif limit.unit == BY_DAY:
        yield gettext(N_("To 24:00 of that day, or of the month's last day where it is shorter."))
    elif limit.unit in BUSINESS and tally.items:
        yield gettext(N_("Counted in office hours: {spans}.")).format(spans=spans(tally.items, zone))
    if tally.passed_over:
        off = say([bracketed(one.day.isoformat(), word("nature", one.nature)) for one in tally.passed_over[:_SHOWN]])
        text = N_("Passed over: {days} and more.") if len(tally.passed_over) > _SHOWN else N_("Passed over: {days}.")
        yield gettext(text).format(days=off)
    if ends == "closing" and limit.unit not in (*ELAPSED, *BUSINESS, AT_ONCE):
        yield gettext(N_("But it ends when the office closes that day, not at 24:00."))
    if roll and any(not one.number for one in tally.items):
        yield gettext(N_("The last day was a rest day, so the next working day takes its place."))


def days(items: Sequence[Counted], left_out: int) -> str:
    """Name the days counted, one by one, with their numbers."""
    text = gettext(N_("{fact}: {value}"))
    named = [text.format(fact=one.number, value=one.day.isoformat()) for one in items if one.number]
    if left_out and named:
        named.insert(-1, "…")
    return say(named)


def spans(items: Sequence[Counted], zone: ZoneInfo) -> str:
    """Name the stretches of office hours counted."""

    def span(start: Moment | None, end: Moment | None) -> str:
        return f"{local(start or 0, zone)}–{due(end or 0, zone)[11:]}"

    return say([span(one.start, one.end) for one in items])
