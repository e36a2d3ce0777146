"""What an import says: how the file was read, what becomes of its rows and why, what was taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext
from complaintctl.output.moments import local
from complaintctl.output.problem import fill
from complaintctl.output.text import pad, width

#: In this order rows are shown: what keeps the import from being whole first.
ORDER = ("refused", "undecided", "near_duplicate", "duplicate", "remarked", "skipped")
#: As many rows of each fate are shown to people; all of them stand in CSV, JSON and the correction file.
SHOWN = 20

FATES: Mapping[str, str] = {
    "taken": N_("taken as it is"),
    "remarked": N_("taken with a remark"),
    "undecided": N_("to be decided"),
    "near_duplicate": N_("doubtful duplicate"),
    "duplicate": N_("exact duplicate"),
    "refused": N_("refused"),
    "skipped": N_("skipped"),
}
_STEPS: Mapping[str, str] = {
    "dispatched": N_("dispatch"),
    "contacted": N_("first word"),
    "resolved": N_("solution"),
    "notified": N_("answer"),
    "revisited": N_("revisit"),
}
REASONS: Mapping[str, str] = {
    "blank": N_("blank row"),
    "heading": N_("the headings again"),
    "total": N_("totals"),
    "signature": N_("who signed the table"),
    "title": N_("a title or a note"),
    "decided": N_("skipped as decided"),
    "columns": N_("cells: {found} instead of {expected}"),
    "no-text": N_("it does not say what the complaint is"),
    "long": N_("a text of more than {limit} characters"),
    "cut": N_("“{text}…” is too long for its field; all of it stands in the note"),
    "decision-unknown": N_("the decision “{text}” is neither take nor skip"),
    "no-date": N_("no day; --fill-down takes that of the row above"),
    "unreadable": N_("“{text}” is no day"),
    "no-year": N_("“{text}” has no year: --year"),
    "ambiguous": N_("“{text}” may be more than one day; write it as 2025-03-07"),
    "span": N_("“{text}” is more than one day; write down one"),
    "future": N_("“{text}” is still to come"),
    "formula-empty": N_("a formula without a value in column {column}; open and save the workbook once"),
    "formula": N_("the value of a formula was taken"),
    "characters": N_("characters that cannot be seen were left out"),
    "odd-weekday": N_("the weekday does not fit the day"),
    "odd-clock": N_("the time of day could not be read; taken without it"),
    "phone-damaged": N_("the telephone number was damaged by a spreadsheet; kept as typed"),
    "category-unknown": N_("category “{text}” is not known; proposed from the text"),
    "kind-unknown": N_("kind “{text}” is not known; proposed from the text"),
    "channel-unknown": N_("channel “{text}” is not known; taken as “at the desk”"),
    "responsibility-unknown": N_("responsibility “{text}” is not known; proposed from the text"),
    "satisfaction-unknown": N_("“{text}” says neither satisfied nor not"),
    "before-receipt": N_("{step} “{text}” lies before the receipt; not entered"),
    "out-of-order": N_("{step} “{text}” lies before the step it follows; not entered"),
    "step-future": N_("{step} “{text}” is still to come; not entered"),
    "step-unreadable": N_("{step} “{text}” is no day; not entered"),
    "step-ambiguous": N_("{step} “{text}” may be more than one day; not entered"),
    "step-span": N_("{step} “{text}” is more than one day; not entered"),
    "step-no-year": N_("{step} “{text}” has no year; not entered"),
    "step-odd-weekday": N_("{step}: the weekday does not fit the day"),
    "step-odd-clock": N_("{step}: the time of day could not be read; entered without it"),
    "state-differs": N_("a day of solution, but the state says “{text}”; entered"),
    "undated": N_("{step} without a day; entered without a moment"),
    "same-row": N_("the same as line {line}"),
    "in-ledger": N_("taken over before as {number}"),
    "erased": N_("taken over before as {number}, and erased since"),
    "near-row": N_("same day, complainant and matter as line {line}"),
    "near-ledger": N_("same day, complainant and matter as {number}"),
}


def reason(reasons: Sequence[Sequence[Any]]) -> str:
    """Give the reasons of a row's fate as one sentence."""
    return gettext(N_("; ")).join(_one(str(code), dict(values)) for code, values in reasons)


def _one(code: str, values: dict[str, Any]) -> str:
    if "step" in values:
        values["step"] = gettext(_STEPS[values["step"]])
    return fill(REASONS[code], **values)


def rows_of(register: Any, *fates: str) -> Iterator[dict[str, Any]]:
    """Yield the rows with one of these fates: line, fate, code of the first reason, reason in words, number."""
    for row in register.rows.rows(*fates, data=False):
        yield {
            "line": row.line,
            "fate": row.fate,
            "code": row.reasons[0][0] if row.reasons else None,
            "reason": reason(row.reasons),
            "number": row.number,
        }


def data(register: Any, done: Any, *, dry_run: bool, corrections: str | None) -> dict[str, Any]:
    """Give an import as JSON values; `done` is what was taken over, None where nothing was."""
    source, columns = register.source, register.columns
    return {
        "file": source.name,
        "format": source.format,
        "encoding": source.encoding,
        "bom": source.bom,
        "delimiter": source.delimiter,
        "sheet": source.sheet,
        "other_sheets": list(source.others),
        "heading_line": columns.line,
        "columns": columns.mapping,
        "ignored": [*columns.ignored, *columns.second],
        "remembered": register.remembered,
        "counts": register.counts,
        "total": sum(register.counts.values()),
        "rows": list(rows_of(register, *ORDER)),
        "dry_run": dry_run,
        "written": done.taken if done is not None else 0,
        "import": done.id if done is not None else None,
        "first": done.first if done is not None else None,
        "last": done.last if done is not None else None,
        "corrections": corrections,
    }


def lines(register: Any, done: Any, *, dry_run: bool, corrections: str | None) -> Iterator[Any]:
    """Yield an import for people: how the file was read, the rows by fate, the counts, what was done."""
    yield from _head(register)
    counts = register.counts
    for fate in ORDER:
        if counts[fate] and not (fate == "skipped" and counts[fate] > 2 * SHOWN):
            yield from _part(register, fate, counts[fate])
    yield ""
    for fate in FATES:
        yield f"{counts[fate]:>8}  {gettext(FATES[fate])}"
    yield f"{sum(counts.values()):>8}  {gettext(N_('rows in all'))}"
    yield ""
    if dry_run:
        yield gettext(N_("Only looked; nothing was taken."))
    elif done is None:
        yield gettext(N_("Nothing was taken."))
    elif not done.taken:
        yield gettext(N_("There was nothing to take."))
    else:
        many = N_("{n} complaints taken over, ids {first} to {last}; “complaintctl undo” takes all of them back.")
        text = (
            N_("One complaint taken over, id {first}; “complaintctl undo” takes it back.") if done.taken == 1 else many
        )
        yield fill(text, n=done.taken, first=done.first, last=done.last), "bold"
    if corrections is not None:
        yield fill(N_("What is left stands in {file}; correct it there and import that file."), file=corrections)


def _head(register: Any) -> Iterator[Any]:
    source, columns = register.source, register.columns
    if source.format == "csv":
        sign = {",": N_("commas"), ";": N_("semicolons"), "\t": N_("tabs")}[source.delimiter]
        text = N_("{file}: {encoding}, divided by {sign}; headings in line {line}")
        encoding = "UTF-8 BOM" if source.bom else source.encoding.upper()
        yield fill(text, file=source.name, encoding=encoding, sign=gettext(sign), line=columns.line), "bold"
    else:
        text = N_("{file}: sheet “{sheet}”; headings in row {line}")
        yield fill(text, file=source.name, sheet=source.sheet, line=columns.line), "bold"
    if columns.rows:
        yield gettext(N_("The headings stand in two rows, one below the other; they were read as one."))
    pairs = [f"{heading.strip()} → {field}" for heading, field in columns.mapping.items()]
    yield fill(N_("Columns: {pairs}"), pairs=pairs)
    if register.remembered:
        yield gettext(N_("Columns are read as at an earlier import of the same headings."))
    left = [*columns.ignored, *columns.second]
    if left:
        yield fill(N_("Left out: {names} (--map COLUMN=FIELD)"), names=[one.strip() for one in left])
    if source.others:
        yield fill(N_("Other sheets were not read: {names} (--sheet)"), names=list(source.others))


def _part(register: Any, fate: str, count: int) -> Iterator[Any]:
    from itertools import islice

    yield ""
    yield fill(N_("{fate}: {count}"), fate=gettext(FATES[fate]), count=count), "bold"
    found = list(islice(rows_of(register, fate), SHOWN))
    wide = max(width(str(row["line"])) for row in found)
    for row in found:
        number = f"{row['number']}  " if fate == "remarked" and row["number"] else ""
        yield f"  {pad(str(row['line']), wide, right=True)}  {number}{row['reason']}"
    if count > SHOWN:
        yield fill(N_("  … {count} more: --format csv"), count=count - SHOWN)


def corrections(register: Any) -> tuple[list[str], Iterator[list[str]]]:
    """Give the correction file: its headings, and every row that was not taken for a reason that can be mended.

    Beside the row as it stood there: its line, the reason, and an empty column for what is decided.
    """
    kept, headings = _columns(register)

    def rows() -> Iterator[list[str]]:
        for row in register.rows.rows("refused", "undecided", "near_duplicate", data=False):
            yield [str(row.line), reason(row.reasons), row.decision or "", *_cells(register, row, kept)]

    return ["line", "reason", "decision", *headings], rows()


def listing(register: Any) -> tuple[list[str], Iterator[list[str]]]:
    """Give every row but those taken as they are, and why, as CSV: it may be corrected and fed again, too."""
    from complaintctl.intake.columns import REPORT

    kept, headings = _columns(register)

    def rows() -> Iterator[list[str]]:
        for row in register.rows.rows(*ORDER, data=False):
            code = row.reasons[0][0] if row.reasons else ""
            ours = [str(row.line), row.fate, code, reason(row.reasons), row.number or "", row.decision or ""]
            yield [*ours, *_cells(register, row, kept)]

    return [*REPORT, *headings], rows()


def _columns(register: Any) -> tuple[list[int], list[str]]:
    """Return the columns of the register itself, without those that an earlier correction put there."""
    columns = register.columns
    own = {at for field in ("line", "reason", "decision") for at in columns.places.get(field, ())}
    kept = [at for at in range(len(columns.headings)) if at not in own]
    return kept, [columns.headings[at] for at in kept]


def _cells(register: Any, row: Any, kept: Sequence[int]) -> list[str]:
    """Return a row as it stood there."""
    # A row with too few or too many cells stays so: where they belong somebody has to say.
    short = bool(row.reasons) and row.reasons[0][0] == "columns"
    cells = [row.cells[at] if at < len(row.cells) else "" for at in kept if not short or at < len(row.cells)]
    beyond = [cell for cell in row.cells[len(register.columns.headings) :] if cell]
    return [*cells, *beyond]


def lines_of(intake: Any, told: Any) -> Iterator[str]:
    """Yield where a complaint was taken over from, and what stood beside it; nothing for one that was logged."""
    imported, private = intake.body["imported"], intake.private or {}
    if "line" not in imported:
        return
    text = N_("taken over from {file}, line {line}") if private.get("source") else N_("taken over from line {line}")
    line = fill(text, file=private.get("source"), line=imported["line"])
    yield line + (gettext(N_("; the time of day is not known")) if imported.get("time_unknown") else "")
    for name in ("person", "note"):
        if private.get(name):
            yield " ".join(told.free(str(private[name])).split())


def when(intake: Any, entry: Any, zone: ZoneInfo) -> str:
    """Give when a step that was taken over happened, as far as its register told: to the minute, the day, or not."""
    imported, moment = intake.body["imported"], local(entry.at, zone)
    if entry.seq == intake.seq:
        bare = bool(imported.get("time_unknown"))
    else:
        steps = {"dispatched" if entry.kind == "assigned" else entry.kind, *entry.body.get("steps", ())}
        if steps & set(imported.get("undated", ())):
            return pad(gettext(N_("day not known")), width(moment))
        bare = bool(steps & set(imported.get("untimed", ())))
    return pad(moment.partition(" ")[0], width(moment)) if bare else moment


def origin(life: Any) -> dict[str, Any] | None:
    """Give where a complaint was taken over from as JSON values; None for one that was logged."""
    intake = life.course.intake
    imported = intake.body.get("imported")
    if not imported or "line" not in imported:
        return None
    return {
        "import": imported.get("import"),
        "file": (intake.private or {}).get("source"),
        "line": imported["line"],
        "time_unknown": bool(imported.get("time_unknown")),
        "recorded": list(imported.get("recorded", ())),
        "undated": list(imported.get("undated", ())),
    }
