"""A trial of another procedure as people read it, at 80 columns: what is late, who is told, the hours of work."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext, pick, say
from complaintctl.output.labels import Labels
from complaintctl.output.layout import Text, laid
from complaintctl.output.moments import due, duration, local
from complaintctl.output.text import clip, pad, safe, width
from complaintctl.output.words import word
from complaintctl.reports.simulate import Change, Row, Simulation, Table, Tally, order
from complaintctl.reports.workload import Work
from complaintctl.rules.localtime import Moment
from complaintctl.rules.simulate import LATE, NOT_ASKED

Line = tuple[str, str]

NARROW = 80
"""Columns that the tables are laid out for; a narrower terminal breaks their lines."""
_COUNTS = (38, 14, 14, 14)
_HOURS = (18, 6, 8, 8, 8, 8, 8, 8, 8)
"""Widths of the columns of the two kinds of tables: the name, then the values."""
_WIDE, _LEAST = 96, 12
"""From which width on the changes have numbers; what a step is clipped to at least."""

GROUNDS = {
    "major": N_("major complaint"),
    "important": N_("important complaint"),
    "face-to-face": N_("told face to face, not solved on the spot"),
    "difficult": N_("difficult, or over the office's head"),
    "late": N_("solution late"),
    "silent": N_("late and no reply"),
    "collective": N_("collective complaint"),
    "urgent": N_("urgent complaint"),
    "explanation": N_("explanation"),
    "inquiry": N_("inquiry with its result"),
}
"""Grounds of the documents in a few words; another procedure's are told by the title of their clock."""


ONLY = {True: N_("Late in the trial only: {n}"), False: N_("Late at present only: {n}")}
"""What is late under one of the two only."""


class Span(NamedTuple):
    """What was asked for: when the first day begins, when the last one ends, and the zone in which they are told."""

    since: Moment
    until: Moment
    zone: ZoneInfo


def lines(found: Simulation, span: Span, labels: Labels, columns: int | None) -> Iterator[Line]:
    """Give the comparison in lines with their styles; what runs on is folded at `columns` (None: nothing is)."""
    yield from laid(_head(found, span), columns)
    if not found.complaints:
        return
    yield from _steps(found, labels, columns)
    yield from _told(found, labels, columns)
    yield from _departments(found, columns)


def _head(found: Simulation, span: Span) -> Iterator[Text]:
    title = gettext(N_("Trial of {title} ({id})"))
    yield Text(title.format(title=pick(found.procedure.title), id=found.procedure.id), style="bold")
    first, last = local(span.since, span.zone)[:10], due(span.until, span.zone)[:10]
    text = gettext(N_("{n} received from {first} to {last}, as of {now}. Nothing in the ledger is changed."))
    yield Text(text.format(n=found.complaints, first=first, last=last, now=local(found.now, span.zone)))
    if not found.complaints:
        return
    lived = [gettext(N_("{id} {n}")).format(id=name, n=count) for name, count in found.lived.most_common()]
    yield Text(gettext(N_("Present: the procedure each was received under ({lived}).")).format(lived=say(lived)))
    if found.unread:
        text = gettext(N_("This procedure does not know {n} of the steps recorded: {steps}."))
        steps = say([gettext(N_("{id} {n}")).format(id=name, n=count) for name, count in found.unread.most_common()])
        yield Text(text.format(n=found.unread.total(), steps=steps), style="yellow")


# ---- counts


def _steps(found: Simulation, labels: Labels, columns: int | None) -> Iterator[Line]:
    """Give the table of the complaints' first rounds whole, of what is counted apart only what is late."""
    steps = list(labels.procedure["steps"])
    apart = (
        (N_("Later rounds, counted apart"), found.later),
        (N_("Repairs, counted apart"), found.repairs),
        (N_("Later rounds of repairs"), found.later_repairs),
    )
    for title, table in ((N_("Late / asked"), found.first), *apart):
        whole = table is found.first
        rows = order(
            (row for row, sides in table.items() if any(one.asked if whole else one.late for one in sides)), steps
        )
        if not rows and not whole:
            continue
        yield "", ""
        yield from _row(gettext(title), _headings(), _COUNTS, columns, "bold")
        for row in rows:
            now, then = table[row]
            change = then.late - now.late
            values = (_share(now), _share(then), _signed(change))
            yield from _row("  " + _step(row, labels), values, _COUNTS, columns, _style(change))
        yield from laid(_apart(table, found if whole else None), columns)
    yield "", ""
    yield from laid(_changed(found), columns)


def _row(
    name: str, values: Sequence[str], widths: Sequence[int], columns: int | None, style: str = ""
) -> Iterator[Line]:
    """Give a row of a table; on a terminal a name that is too long gets a line of its own."""
    name = safe(name)
    cells = "".join(pad(value, wide, right=True) for value, wide in zip(values, widths[1:], strict=True))
    over = width(name) - widths[0]
    if over < len(cells) - len(cells.lstrip()):
        yield pad(name, widths[0]) + cells[max(over, 0) :], style
    elif columns is None:
        yield f"{name}  {cells.lstrip()}", style
    else:
        yield from laid([Text(name.strip(), " " * (len(name) - len(name.lstrip())), style)], columns)
        yield " " * widths[0] + cells, style


def _headings() -> Sequence[str]:
    return gettext(N_("present")), gettext(N_("trial")), gettext(N_("change"))


def _step(row: Row, labels: Labels) -> str:
    step, rung, ground = row
    name = labels.step(step, rung)
    if ground is None:
        return name
    why = gettext(GROUNDS[ground]) if ground in GROUNDS else ground
    return gettext(N_("{name} ({ground})")).format(name=name, ground=why)


def _share(tally: Tally) -> str:
    return f"{tally.late}/{tally.asked}" if tally.asked else "–"


def _signed(change: int) -> str:
    return f"{change:+d}" if change else "0"


def _style(change: int) -> str:
    return "red" if change > 0 else "green" if change < 0 else ""


def _apart(table: Table, found: Simulation | None) -> Iterator[Text]:
    """Say what stands outside the numbers above, under either procedure."""
    now, then = (_sum(side) for side in (_sides(table, 0), _sides(table, 1)))
    parts = [
        gettext(text).format(now=a, trial=b)
        for text, a, b in (
            (N_("not decided yet: present {now}, trial {trial}"), now.running, then.running),
            (N_("imported without the time: present {now}, trial {trial}"), now.unknown, then.unknown),
        )
        if a or b
    ]
    if found is not None:
        parts += [
            gettext(text).format(n=count)
            for text, count in (
                (N_("{n} withdrawn or duplicate"), found.withdrawn),
                (N_("suggestions and inquiries {n}"), found.others),
            )
            if count
        ]
    if parts:
        yield Text(gettext(N_("not in it: {apart}")).format(apart=gettext(N_("; ")).join(parts)), "    ", "dim")


def _sides(table: Table, side: int) -> list[Tally]:
    return [sides[side] for sides in table.values()]


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total.running += one.running
        total.unknown += one.unknown
    return total


def _changed(found: Simulation) -> Iterator[Text]:
    """Say how many would change, and how many of them only because one of the two asks for nothing there."""
    listed = (
        (True, ONLY[True], N_("Late in the trial only: {n} ({new} of them without such a limit at present)")),
        (False, ONLY[False], N_("Late at present only: {n} ({new} of them without such a limit in the trial)")),
    )
    for worse, plain, text in listed:
        rows = [one for one in found.changes if one.worse == worse]
        new = sum(NOT_ASKED in (one.state, one.simulated_state) for one in rows)
        yield Text(gettext(text if new else plain).format(n=len(rows), new=new))
    if found.changes:
        yield Text(gettext(N_("--complaints lists them one by one.")))


# ---- who is told


def _told(found: Simulation, labels: Labels, columns: int | None) -> Iterator[Line]:
    if not found.told:
        return
    yield "", ""
    yield from _row(gettext(N_("To be told, and why")), _headings(), _COUNTS, columns, "bold")
    for rung, ground in sorted(found.told):
        telling = found.told[rung, ground]
        why = gettext(GROUNDS[ground]) if ground in GROUNDS else pick(telling.title)
        name = gettext(N_("{name} ({ground})")).format(name=labels.rung(rung), ground=why)
        now, then = len(telling.now), len(telling.simulated)
        yield from _row("  " + name, (str(now), str(then), _signed(then - now)), _COUNTS, columns)


# ---- hours


def _departments(found: Simulation, columns: int | None) -> Iterator[Line]:
    work = found.work
    if not work.departments:
        return
    yield "", ""
    yield gettext(N_("Hours of work, from the dispatch to the solution")), "bold"
    spans = (gettext(N_("taken")), gettext(N_("allowed")), gettext(N_("short")))
    yield from _row("", ("", *spans), (_HOURS[0], _HOURS[1], 16, 16, 24), columns, "bold")
    wanted = (
        N_("jobs"),
        N_("all"),
        N_("office"),
        N_("present"),
        N_("trial"),
        N_("present"),
        N_("trial"),
        N_("off-hrs"),
    )
    yield from _row(gettext(N_("Department")), [gettext(text) for text in wanted], _HOURS, columns, "bold")
    named = sorted((-one.jobs, name) for name, one in work.departments.items() if name is not None)
    for name in (*(name for _, name in named), None):
        if name in work.departments:
            one = work.departments[name]
            yield from _row(name or gettext(N_("not dispatched")), [str(one.jobs), *_sums(one)], _HOURS, columns)
            if one.now.limited or one.simulated.limited:
                yield from laid([_of(one)], columns)
    yield from laid(_left_out(found), columns)


def _sums(one: Work) -> Iterator[str]:
    yield _tenths(one.elapsed)
    yield _tenths(one.office)
    yield _tenths(one.now.allowed) if one.now.limited else "–"
    yield _tenths(one.simulated.allowed) if one.simulated.limited else "–"
    yield _tenths(one.now.short) if one.now.limited else "–"
    yield _tenths(one.simulated.short) if one.simulated.limited else "–"
    yield _tenths(one.simulated.outside) if one.simulated.limited else "–"


def _tenths(seconds: int) -> str:
    tenths = (seconds + 180) // 360
    return f"{tenths // 10}.{tenths % 10}"


def _of(one: Work) -> Text:
    text = gettext(N_("late of those with a limit: present {now}, trial {trial}"))
    now, then = (f"{side.late}/{side.limited}" for side in (one.now, one.simulated))
    return Text(text.format(now=now, trial=then), "    ", "dim")


def _left_out(found: Simulation) -> Iterator[Text]:
    work = found.work
    parts = [
        gettext(text).format(n=count)
        for text, count in (
            (N_("{n} not solved yet"), work.open),
            (N_("{n} imported without times"), work.untimed),
        )
        if count
    ]
    if parts:
        yield Text(gettext(N_("not in it: {apart}")).format(apart=gettext(N_("; ")).join(parts)), "    ", "dim")
    if work.hours.calendar.hours is None:
        text = N_("The calendar has no office hours: working days count round the clock; off hours are days off.")
        yield Text(gettext(text), "    ", "dim")


# ---- the complaints behind


def changes(found: Simulation, span: Span, labels: Labels, columns: int | None) -> Iterator[Line]:
    """Give the complaints behind each change: what would have been late, what would not, who else is told."""
    yield from laid(_head(found, span), columns)
    for worse, title in ONLY.items():
        rows = [one for one in found.changes if one.worse == worse]
        yield "", ""
        yield gettext(title).format(n=len(rows)), "bold"
        if rows:
            yield from _table(rows, found.now, span, labels, columns)
    for (rung, ground), telling in sorted(found.told.items()):
        now, then = telling.complaints
        for text, ids in ((N_("told in addition"), then.keys() - now), (N_("no longer told"), now.keys() - then)):
            if ids:
                why = gettext(GROUNDS[ground]) if ground in GROUNDS else pick(telling.title)
                head = gettext(N_("{rung} ({ground}), {what}: {n}"))
                yield "", ""
                yield safe(head.format(rung=labels.rung(rung), ground=why, what=gettext(text), n=len(ids))), "bold"
                numbers = {**now, **then}
                yield from laid([Text(" ".join(numbers[one] for one in sorted(ids)), "  ")], columns)


def _table(rows: Sequence[Change], now: Moment, span: Span, labels: Labels, columns: int | None) -> Iterator[Line]:
    """Give the changes in columns; a terminal that is too narrow for numbers gets the short ids, as elsewhere."""
    short = _shortened(rows, now, span.zone)
    narrow = columns is not None and columns < _WIDE
    headings = (N_("ID") if narrow else N_("Number"), N_("Step"), N_("Present due"), N_("Trial due"), N_("Done"))
    head = [gettext(text) for text in (*headings, N_("Late by"))]
    cells = [[str(one.id) if narrow else one.number, *_cells(one, now, short, labels)] for one in rows]
    wide = [max(map(width, column)) for column in zip(head, *cells, strict=True)]
    if columns is not None:
        room = columns - sum(wide) - 2 * (len(wide) - 1) + wide[1]
        wide[1] = min(wide[1], max(room, _LEAST))
    for number, row in enumerate([head, *cells]):
        row[1] = clip(row[1], wide[1])
        line = "  ".join(pad(text, size) for text, size in zip(row, wide, strict=True))
        yield line.rstrip(), "" if number else "bold"


def _shortened(rows: Iterable[Change], now: Moment, zone: ZoneInfo) -> Callable[[Moment, bool], str]:
    """Give what shows a moment; its year is left out where everything shown is of the year of looking."""
    moments = [at for one in rows for at in (one.due_at, one.simulated_due_at, one.met_at) if at is not None]
    year = local(now, zone)[:5]
    alike = all(due(at, zone).startswith(year) for at in moments)

    def show(at: Moment, is_due: bool) -> str:
        text = due(at, zone) if is_due else local(at, zone)
        return text[5:] if alike else text

    return show


def _cells(one: Change, now: Moment, show: Callable[[Moment, bool], str], labels: Labels) -> Iterator[str]:
    apart = one.ground if one.ground in GROUNDS else None
    name = _step((one.step, None, apart), labels) if one.rung is None else "→ " + labels.rung(one.rung)
    if one.round > 1:
        name = gettext(N_("{step}, round {n}")).format(step=name, n=one.round)
    yield safe(name)
    for at in (one.due_at, one.simulated_due_at):
        yield show(at, True) if at is not None else gettext(N_("none"))
    yield show(one.met_at, False) if one.met_at is not None else ""
    yield _late_by(one, now)


def _late_by(one: Change, now: Moment) -> str:
    """Say by how much it is late under the procedure under which it is; nothing where it can no longer be done."""
    ran_out, state = (one.simulated_due_at, one.simulated_state) if one.worse else (one.due_at, one.state)
    ended = now if state == "overdue" else one.met_at
    if ran_out is None or ended is None or ended <= ran_out or state not in LATE:
        return word("state", state)
    return duration(ended - ran_out)
