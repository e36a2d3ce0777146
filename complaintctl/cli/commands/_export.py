"""What `export` does for each of its forms."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from complaintctl.cli import answer, common
from complaintctl.cli.placing import placed, private_text
from complaintctl.desk.export import REVEALED, Private, Span, lines_of
from complaintctl.desk.office import Office
from complaintctl.errors import BadValue, FutureMoment
from complaintctl.language import N_, Phrase, plural
from complaintctl.ledger import outward
from complaintctl.output.problem import fill

FORMS = ("csv", "jsonl", "sqlite")
STANDARD = "-"
_SUCH_AS = {"csv": "tables/", "jsonl": "export.jsonl", "sqlite": "export.db"}
Counts = Mapping[str, int]
_BLOCK = 100_000
"""Characters that are written at once."""


def checked(form: str | None, output: str | None, *, reveal: str | None, raw: bool, told: bool) -> tuple[str, str]:
    """Return the form asked for and where it goes, after a look at what goes together.

    Only lines go to standard output, unless the answer (`told`) is to stand there.

    Raises:
        MissingOption, BadValue, BadText.
    """
    kind = str(common.one_of(common.need(form, "--format"), "--format", FORMS))
    if output is None and kind == "jsonl" and not told:
        output = STANDARD
    target = common.need(output, "--output")
    if not target.strip() or (target == STANDARD and (kind != "jsonl" or told)):
        raise BadValue(field="--output", text=target, expected=_SUCH_AS[kind])
    common.check_characters(target, "--output")
    if kind == "sqlite" and reveal is not None:
        raise BadValue(field="--reveal", text=reveal, expected=["--format csv", "--format jsonl"])
    if kind != "csv" and raw:
        raise BadValue(field="--raw", text=kind, expected="--format csv")
    return kind, target


def span(office: Office, since: str | None, until: str | None) -> Span:
    """Return the days asked for as moments, from the first one's 0:00 to the last one's 24:00.

    Raises:
        BadDay, FutureMoment, BadValue.
    """
    from complaintctl.reading.moments import read_day
    from complaintctl.rules.localtime import day_end, day_of, instant

    days = []
    for field, typed in (("--since", since), ("--until", until)):
        day = None if typed is None else read_day(typed, now=office.now, zone=office.zone)
        if day is not None and day > day_of(office.now, office.zone):
            raise FutureMoment(field=field, moment=day.isoformat(), now=office.show(office.now))
        days.append(day)
    first, last = days
    if first is not None and last is not None and last < first:
        later = Phrase(N_("{day} or later"), day=first.isoformat())
        raise BadValue(field="--until", text=last.isoformat(), expected=later)
    return Span(
        None if first is None else instant(first, 0, office.zone), None if last is None else day_end(last, office.zone)
    )


def beginning(target: str, kind: str) -> AbstractContextManager[Path]:
    """Begin what is to lie at `target`: a folder of tables, or a file."""
    return placed(target, folder=kind == "csv")


# ---- the three forms


def to_standard_output(office: Office, span: Span, *, private: bool) -> None:
    """Write the entries line by line to standard output."""
    block = ""
    for line in lines_of(office, span, private=private):
        block += line + "\n"
        if len(block) > _BLOCK:
            answer.write_bytes(block.encode())
            block = ""
    answer.write_bytes(block.encode())
    answer.flush()


def _entries(office: Office, building: Path, span: Span, *, private: bool, raw: bool) -> Counts:
    count = 0
    with private_text(building) as stream:
        for line in lines_of(office, span, private=private):
            stream.write(line + "\n")
            count += line.startswith('{"seq":')
    return {"entries": count}


def _plain(office: Office, building: Path, span: Span, *, private: bool, raw: bool) -> Counts:
    from complaintctl.output.moments import iso

    seq, head, _count = office.ledger.head()
    about = {
        "what": "complaintctl",
        "zone": office.zone.key,
        "exported_at": iso(office.now, office.zone),
        "seq": str(seq),
        "hash": head,
    }
    about |= {name: iso(at, office.zone) for name, at in span._asdict().items() if at is not None}
    with outward.copied(office.ledger.path, str(building)) as copy:
        return outward.write_plain(copy, str(building), about, lambda at: iso(at, office.zone), *span.ends)


def _tables(office: Office, building: Path, span: Span, *, private: bool, raw: bool) -> Counts:
    from complaintctl.output import exported
    from complaintctl.output.labels import Labels

    counts = {}
    with outward.copied(office.ledger.path, str(building)) as copy:
        seen = Office(copy, office.now, office.actor)
        labels, told = Labels(office.procedure.snapshot), Private(seen)
        for table in outward.TABLES:
            more = REVEALED.get(table.name, ()) if private else ()
            columns = exported.files(table.name, (*table.columns, *more), table.moments, labels)
            rows = _Counted(_rows(copy, table, span, told if private else None))
            with private_text(building / exported.FILES[table.name]) as stream:
                for block in exported.csv_blocks(columns, rows, office.zone, raw=raw):
                    stream.write(block)
            counts[table.name] = rows.count
    return counts


def _rows(copy: Any, table: outward.Table, span: Span, told: Private | None) -> Iterator[Mapping[str, Any]]:
    for found in outward.rows(copy, table, *span.ends, named=told is not None):
        row = dict(zip(table.columns, found, strict=True))
        more = told.of(table.name, row) if told and table.name in REVEALED else {}
        yield {**dict.fromkeys(REVEALED.get(table.name, ())), **row, **more}


class _Counted:
    """Rows on their way through, counted."""

    def __init__(self, rows: Iterator[Mapping[str, Any]]) -> None:
        self.rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        for row in self.rows:
            self.count += 1
            yield row


Writer = Callable[..., Counts]
WRITERS: Mapping[str, Writer] = {"csv": _tables, "jsonl": _entries, "sqlite": _plain}


# ---- what is said of it

PRIVATE_INSIDE = N_("It holds private facts: keep it from others, and delete it after use.")
NOTHING_PRIVATE = N_("It holds no resident's name, phone, home or words, and no evidence.")


def data(
    target: str, kind: str, counts: Counts, head: tuple[int, str, int], *, private: bool, whole: bool
) -> dict[str, Any]:
    """Give what was written, for programs."""
    told = {"file": target, "format": kind, "rows": dict(counts), "private": private, "whole": whole}
    return {**told, "seq": head[0], "hash": head[1]}


def lines(target: str, kind: str, counts: Counts, head: tuple[int, str, int], *, private: bool) -> Iterator[str]:
    """Yield what was written, for people."""
    if kind == "jsonl":
        n = counts["entries"]
        said = plural(N_("{n} entry"), N_("{n} entries"), n).format(n=n)
    else:
        n = counts["complaint"]
        said = plural(N_("{n} complaint"), N_("{n} complaints"), n).format(n=n)
        tables = len(counts)
        said = fill(N_("{complaints} in {tables} tables"), complaints=said, tables=tables)
    yield fill(N_("Written: {file} ({what})."), file=target.rstrip(os.sep) or target, what=said)
    yield fill(PRIVATE_INSIDE if private else NOTHING_PRIVATE)
    yield fill(N_("Anchor: {seq}:{hash}"), seq=head[0], hash=head[1])
