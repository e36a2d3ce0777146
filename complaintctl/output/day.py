"""The day at a glance, for people and for scripts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from complaintctl.language import N_, gettext, pick, plural
from complaintctl.output.labels import Labels, short_name
from complaintctl.output.moments import due, duration, iso, local
from complaintctl.output.text import pad, width
from complaintctl.output.words import word
from complaintctl.reports.signatures import COUNTED
from complaintctl.reports.today import Today
from complaintctl.reports.view import View

Line = str | tuple[str, str]

SHOWN = 5
"""Rows of each part that a person sees."""
LISTED = 50
"""Rows of each part in JSON; the counts are of all."""

_NOT_HELD_KEYS = ("subject", "id", "number", "occasion", "period", "area", "due_at", "gone")
_CLOCK_KEYS = (
    *("subject", "item"),
    *("id", "number", "step", "clause", "pack", "due_at", "late_by_seconds", "duty_of", "department", "next_rung"),
    *("round", "rung", "rung_name", "provisional", "kind", "severity", "building", "others"),
)


def data(view: View, day: Today) -> dict[str, Any]:
    """Give the day as JSON values: counts of all, and the first of each part."""
    zone = view.zone
    return {
        "as_of": iso(view.now, zone),
        "counts": {
            "open": day.open,
            "late": len(day.late),
            "due_next": len(day.due_next),
            "waiting_for_notice": len(day.waiting_for_notice),
            "waiting_for_revisit": len(day.waiting_for_revisit),
            "untimed": day.untimed,
            "not_held": len(day.not_held),
            "unanswered": day.unanswered,
            "signatures": day.signatures,
        },
        "late": [_clock(view, row) for row in day.late[:LISTED]],
        "due_next": [_clock(view, row) for row in day.due_next[:LISTED]],
        "waiting_for_notice": [_dated(view, row) for row in day.waiting_for_notice[:LISTED]],
        "waiting_for_revisit": [_dated(view, row) for row in day.waiting_for_revisit[:LISTED]],
        "not_held": [_dated(view, {key: row[key] for key in _NOT_HELD_KEYS}) for row in day.not_held[:LISTED]],
    }


def _clock(view: View, row: Mapping[str, Any]) -> dict[str, Any]:
    return _dated(view, {key: row[key] for key in _CLOCK_KEYS})


def _dated(view: View, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: iso(value, view.zone) if key in ("due_at", "since") and value is not None else value
        for key, value in row.items()
    }


_FEWEST = 4
"""Columns of a part that are left in any case."""


def lines(view: View, day: Today, columns: int | None = None) -> Iterator[Line]:
    """Yield the day for a person: the parts that have something, each with its first rows.

    Where a part is wider than `columns` the numbers are left out, and since when: the short id is what commands take.
    """
    labels = Labels(view.procedure)
    now = local(view.now, view.zone)
    opened = plural(N_("{n} complaint open"), N_("{n} complaints open"), day.open).format(n=day.open)
    yield (gettext(N_("{now} · {open}")).format(now=now, open=opened), "bold")
    yield from _part(N_("Late"), "red", _clocks(view, labels, day.late), day.late, "overdue", columns)
    yield from _part(
        N_("Due next"), "", _clocks(view, labels, day.due_next), day.due_next, "overdue --within 1d", columns
    )
    waiting = _waiting(view, day.waiting_for_notice)
    yield from _part(N_("Waiting for a notice"), "", waiting, day.waiting_for_notice, "list --stage resolved", columns)
    waiting = _waiting(view, day.waiting_for_revisit)
    yield from _part(
        N_("Waiting for a revisit"), "", waiting, day.waiting_for_revisit, "list --stage notified", columns
    )
    yield from _part(
        N_("Inspections and visits not held"),
        "",
        _not_held(view, day.not_held),
        day.not_held,
        "visit list --gaps",
        columns,
    )
    waits = day.late or day.due_next or day.waiting_for_notice or day.waiting_for_revisit or day.not_held
    if not waits and not day.unanswered:
        yield gettext(N_("Nothing is late, nothing falls due within a week, nobody waits."))
    if day.unanswered:
        text = plural(
            N_("{n} suggestion or inquiry is not answered yet: complaintctl suggestion list, list --kind inquiry"),
            N_("{n} suggestions or inquiries are not answered yet: complaintctl suggestion list, list --kind inquiry"),
            day.unanswered,
        )
        yield text.format(n=day.unanswered)
    if day.untimed:
        text = plural(
            N_("{n} duty without a limit is not done yet; complaintctl show ID names it."),
            N_("{n} duties without a limit are not done yet; complaintctl show ID names them."),
            day.untimed,
        )
        yield (text.format(n=day.untimed), "dim")
    if day.signatures:
        text = plural(
            N_("{n} signature waits: complaintctl signatures"),
            N_("{n} signatures wait: complaintctl signatures"),
            day.signatures,
        )
        many = f"{COUNTED}+" if day.signatures >= COUNTED else str(day.signatures)
        yield (text.format(n=many), "dim")


def _part(
    title: str, style: str, rows: list[list[str]], all_rows: Sequence[Any], command: str, columns: int | None = None
) -> Iterator[Line]:
    if not rows:
        return
    heading = gettext(N_("{title}: {n}")).format(title=gettext(title), n=len(all_rows))
    yield (heading, style or "bold")
    widths = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
    while columns is not None and sum(widths) + 2 * len(widths) > columns and len(widths) > _FEWEST:
        if not all(texts[0] for texts in rows):
            break
        rows, widths = [[texts[0], *texts[2:]] for texts in rows], [widths[0], *widths[2:]]
    for texts in rows:
        line = "  " + "  ".join(pad(text, wide) for text, wide in zip(texts, widths, strict=True)).rstrip()
        yield from (line,) if columns is None or width(line) <= columns else _folded(line, columns)
    if len(all_rows) > len(rows):
        left = gettext(N_("… {n} more: complaintctl {command}"))
        yield ("  " + left.format(n=len(all_rows) - len(rows), command=command), "dim")


def _folded(line: str, columns: int) -> Iterator[str]:
    """Fold a line that is too wide even so; few are, so what folds it is only loaded then."""
    from complaintctl.output.layout import Text, laid

    return (text for text, _style in laid([Text(line[2:], "  ")], columns))


def _clocks(view: View, labels: Labels, rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [
            short_name(row),
            row["number"],
            _due(view, row),
            _lateness(row["late_by_seconds"], row["due_in_seconds"]),
            labels.todo(row),
            labels.duty(row["duty_of"]),
            f"+{row['others']}" if row["others"] else "",
        ]
        for row in rows[:SHOWN]
    ]


def _waiting(view: View, rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [
            str(row["id"]),
            row["number"],
            gettext(N_("since {moment}")).format(moment=local(row["since"], view.zone)),
            gettext(N_("by {moment}")).format(moment=_due(view, row)) if row["due_at"] else "",
            _lateness(row["late_by_seconds"], None),
            word("category", row["category"]),
        ]
        for row in rows[:SHOWN]
    ]


def _not_held(view: View, rows: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    return [
        [
            row["number"] or " ".join(part for part in (row["period"], row["area"]) if part),
            pick(row["title"]) if row.get("title") else word(f"{row['subject']}-kind", row["occasion"]),
            gettext(N_("was due by {moment}") if row["gone"] else N_("by {moment}")).format(moment=_due(view, row)),
        ]
        for row in rows[:SHOWN]
    ]


def _due(view: View, row: Mapping[str, Any]) -> str:
    """A due moment, marked where it rests on a year whose holidays are not known."""
    text = due(row["due_at"], view.zone)
    return gettext(N_("{due} (provisional)")).format(due=text) if row.get("provisional") else text


def _lateness(late: int | None, ahead: int | None) -> str:
    if late is not None:
        return gettext(N_("late by {span}")).format(span=duration(late))
    return "" if ahead is None else gettext(N_("in {span}")).format(span=duration(ahead))
