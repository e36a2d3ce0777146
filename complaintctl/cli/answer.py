"""The one way to standard output: a command's result as a table, plain lines, JSON or CSV.

A command gives its data once and, for people, the lines that say it; which of them appears is decided here.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from complaintctl.cli.session import session
from complaintctl.errors import BadValue, OutputFailed
from complaintctl.language import N_, system_words
from complaintctl.output import style
from complaintctl.output.problem import fill
from complaintctl.output.text import safe

PEOPLE = ("table", "plain", "json")
"""The formats of a command whose answer is about one thing."""
LISTS = ("table", "plain", "json", "csv")
"""The formats of a listing."""

_DRAWN_AT_MOST = 200
"""Rows that are drawn as a table where no screen sets a limit; drawing takes a second per thousand."""

Line = str | tuple[str, str]
"""A line of text, or the line and a style of `output.style`."""


def choose(fmt: str | None, as_json: bool, allowed: Sequence[str] = PEOPLE) -> str:
    """The format to answer in: as asked, else a table for a person at a terminal and plain lines elsewhere."""
    if as_json:
        if fmt not in (None, "json"):
            raise BadValue(field="--format", text=fmt, expected="json")
        return "json"
    if fmt is None:
        return "table" if style.is_terminal(sys.stdout) and "table" in allowed else "plain"
    if fmt not in allowed:
        raise BadValue(field="--format", text=fmt, expected=list(allowed))
    return fmt


def give(
    fmt: str, data: Callable[[], object], lines: Callable[[], Iterable[Line]], *, as_they_are: bool = False
) -> None:
    """Answer with one thing: `data` for JSON, `lines` for people; only the one that is needed is called.

    As a table the lines are folded to the terminal, unless they are to be taken `as_they_are`: a file's, a script's.
    """
    if fmt == "json":
        give_json(data())
    else:
        write_lines(lines(), folded=fmt == "table" and not as_they_are)
        tell_warnings()


def give_json(data: object) -> None:
    """Answer with the JSON document of a command that did its work."""
    from complaintctl.output.envelope import success

    write_json(success(session().command or "", data, session().warnings))


def give_listing(
    fmt: str,
    columns: Sequence[Any],
    rows: Iterable[Mapping[str, Any]],
    zone: ZoneInfo,
    *,
    raw: bool = False,
    more: Mapping[str, object] | None = None,
    everything: bool = False,
) -> int:
    """Answer with rows, as `output.listing` describes them, and give back how many there were.

    `more` are further keys of JSON `data` beside `items`; `raw` is for CSV; `everything` draws a table of
    any length, because it was asked for.
    """
    from complaintctl.output import listing

    counted = _Counter(rows)
    if fmt == "json":
        give_json({"items": listing.items(columns, counted, zone), **(more or {})})
    elif fmt == "csv":
        for block in listing.csv_blocks(columns, counted, zone, raw=raw):
            write_bytes(block.encode("utf-8", "backslashreplace"))
        tell_warnings()
    elif fmt == "table":
        _give_table(columns, list(counted), zone, everything)
        tell_warnings()
    else:
        write_lines(listing.plain(columns, counted, zone))
        tell_warnings()
    return counted.count


class _Counter:
    """Rows on their way through, counted."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Any:
        for row in self.rows:
            self.count += 1
            yield row


def _give_table(columns: Sequence[Any], rows: list[Mapping[str, Any]], zone: ZoneInfo, everything: bool) -> None:
    from complaintctl.output import listing

    if not rows:
        return
    wide, high = style.screen()
    on_screen = style.is_terminal(sys.stdout)
    most = max(high - 5, 10) if on_screen else _DRAWN_AT_MOST
    if len(rows) > most and not everything:
        if not on_screen:
            write_lines(listing.plain(columns, rows, zone))
            return
        left = len(rows) - most
        session().warn("more-rows", N_("{left} more; --format plain shows all of them."), left=left)
        rows = rows[:most]
    with _Writing():
        listing.table(columns, rows, zone, sys.stdout, wide)


# ---- writing


class _Writing:
    """Says in words what keeps standard output from being written; a reader who left is no error."""

    def __enter__(self) -> None:
        session().printed = True

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise OutputFailed(problem=system_words(error)) from error


def write_lines(lines: Iterable[Line], *, folded: bool = False) -> None:
    """Print lines for people, made safe and coloured where that is welcome; `folded` to the width of a terminal."""
    out = sys.stdout
    with _Writing():
        for line in lines:
            text, kind = (line, "") if isinstance(line, str) else line
            for part in style.fitted(safe(text), out) if folded else (safe(text),):
                out.write(style.paint(part, kind, out) + "\n")


def write_bytes(block: bytes) -> None:
    """Print bytes that have their own encoding (CSV)."""
    with _Writing():
        sys.stdout.flush()
        sys.stdout.buffer.write(block)


def write_json(document: object) -> None:
    """Print a JSON document: on one line for programs, spread out for a person."""
    from complaintctl.output.envelope import dumps

    out = sys.stdout
    spread = 2 if style.is_terminal(out) else None
    text = dumps(document, ascii_only=not style.speaks_unicode(out), indent=spread)
    with _Writing():
        out.write(text + "\n")


def flush() -> None:
    """Bring everything out, so that a full disk is noticed while it can still be told."""
    with _Writing():
        sys.stdout.flush()


def tell(text: str, /, **values: object) -> None:
    """A message beside the data, on standard error: a catalogue text with its fields."""
    remark(fill(text, **values))


def remark(line: str) -> None:
    """Print a line for people on standard error, folded to the width of their terminal."""
    sys.stderr.write("\n".join(style.fitted(line, sys.stderr)) + "\n")


def tell_warnings() -> None:
    """The warnings so far, on standard error."""
    for warning in session().warnings:
        remark(warning["message"])
    session().warnings.clear()
