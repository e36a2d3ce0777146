"""`verify`, `rebuild`, `backup`, `restore`, `forget`: keeping the ledger whole and safe."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.session import session
from complaintctl.errors import BadValue, FileTaken, FileUnusable, Findings, LedgerExists
from complaintctl.language import N_, plural, system_words
from complaintctl.output import words
from complaintctl.output.problem import fill

HELP = {
    "verify": N_(
        "Look for what was changed behind the program's back: the file, the chain, the evidence, "
        "the rows folded from it.\n\n"
        "Cutting the tail off, or rewriting everything, only shows against an anchor from outside: "
        "the seq and hash that "
        "every monthly report prints. Exit code 6 if something is found."
    ),
    "rebuild": N_("Make everything that is folded from the entries again; it must give the same."),
    "backup": N_(
        "Copy the ledger, checked, readable by its owner only. A folder as target names the file after the day; with "
        "--keep the oldest copies there go."
    ),
    "restore": N_(
        "Put a backup in the ledger's place, after checking it. A ledger that lies there is kept beside it, only with "
        "--replace."
    ),
    "forget": N_(
        "Erase a complaint's names, phones, home, text and evidence for ever. What it was and when each step was taken "
        "stays, and the chain stays whole. This cannot be undone.\n\n"
        "Inspections and visits are named by their number, such as ZF202611-0001; a member of staff as staff/2."
    ),
}
EXAMPLES = {
    "verify": N_("complaintctl verify\ncomplaintctl verify --anchor 1204:9f2c51d0e4a7b833"),
    "rebuild": N_("complaintctl rebuild"),
    "backup": N_("complaintctl backup site-2026-11-22.db\ncomplaintctl backup backups/ --keep 30"),
    "restore": N_("complaintctl restore backups/site-2026-11-21.db --replace"),
    "forget": N_('complaintctl forget 7 --reason "Retention period over"'),
}

#: How a backup in a folder is named: the ledger's name and the day.
DATED = "{stem}-{day}{suffix}"


def verify(
    anchor: Annotated[
        str | None, typer.Option("--anchor", metavar="SEQ:HASH", help=N_("As noted outside, e.g. on a monthly report."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.keep import Verified
    from complaintctl.desk.keep import verify as verb

    form = answer.choose(fmt, as_json)
    known = _anchor(anchor)
    with open_office() as office:
        seen: Verified = verb(office, known)
    told: dict[str, Any] = {
        "seq": seen.seq,
        "hash": seen.hash,
        "entries": seen.entries,
        "findings": [{"code": one.code, "seq": one.seq, **one.values} for one in seen.findings],
    }
    if seen.findings:
        if form != "json":
            answer.write_lines((_finding(one) for one in seen.findings), folded=form == "table")
        raise Findings(count=len(seen.findings), data=told)
    answer.give(
        form,
        lambda: told,
        lambda: [
            fill(N_("Whole. Entries: {entries}, each chained to the one before."), entries=seen.entries),
            fill(N_("Anchor: {seq}:{hash}"), seq=seen.seq, hash=seen.hash),
        ],
    )


def _finding(one: Any) -> str:
    """Say what was found, where, and the particulars that the check gives, for whoever looks into it."""
    particulars = ", ".join(f"{name} {value}" for name, value in one.values.items() if value not in (None, "", []))
    said = words.word("finding", one.code)
    where = fill(N_("Entry {seq}: {what}"), seq=one.seq, what=said) if one.seq is not None else said
    return f"{where} [{one.code}{': ' if particulars else ''}{particulars}]"


#: Hex digits of a hash that an anchor must give at least; fewer could be met by chance.
SHORTEST_HASH = 16


def _anchor(typed: str | None) -> tuple[int, str] | None:
    if typed is None:
        return None
    seq, _, head = typed.strip().partition(":")
    hexadecimal = all(digit in "0123456789abcdef" for digit in head.lower())
    if not seq.isascii() or not seq.isdigit() or not SHORTEST_HASH <= len(head) <= 64 or not hexadecimal:
        raise BadValue(field="--anchor", text=typed, expected="1204:9f2c51d0e4a7b833")
    return int(seq), head.lower()


def rebuild(fmt: common.Format = None, as_json: common.Json = False) -> None:
    from complaintctl.desk.replay import rebuild as verb

    form = answer.choose(fmt, as_json)
    with open_office(write=True) as office:
        count = verb(office)
    answer.give(
        form,
        lambda: {"complaints": count},
        lambda: [fill(N_("Complaints folded anew from the entries: {count}."), count=count)],
    )


def backup(
    target: Annotated[str, typer.Argument(metavar=N_("FILE or FOLDER"), help=N_("Where to put the copy."))],
    keep: Annotated[
        str | None, typer.Option("--keep", metavar=N_("N"), help=N_("In a folder: how many copies to keep."))
    ] = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.ledger.backup import make, rotate

    form = answer.choose(fmt, as_json)
    kept = common.whole(keep, "--keep", least=1)
    path = session().ledger
    if not target.strip():
        raise BadValue(field="FILE", text=target, expected="backups/")
    common.check_characters(target, "FILE")
    folder = target.endswith("/") or Path(target).is_dir()
    if kept is not None and not folder:
        raise BadValue(field="--keep", text=str(kept), expected="backups/ --keep 30")
    file = Path(target)
    if folder:
        _folder(file)
        with open_office() as office:
            day = office.show(office.now)[:10]
        file = file / DATED.format(stem=path.stem, day=day, suffix=path.suffix)
    if not folder and file.exists():
        raise FileTaken(file=str(file))
    seq, head, count = make(str(path), str(file), replace=folder)
    removed = rotate(str(file), DATED.format(stem=path.stem, day="*", suffix=path.suffix), kept) if kept else []
    answer.give(
        form,
        lambda: {"file": str(file), "seq": seq, "hash": head, "entries": count, "removed": removed},
        lambda: [
            fill(N_("Backed up and checked: {file} (entries: {count})."), file=str(file), count=count),
            fill(N_("Anchor: {seq}:{hash}"), seq=seq, hash=head),
        ],
    )


def _folder(path: Path) -> None:
    """Make the folder of the copies, for its owner only."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileUnusable(file=str(path), problem=system_words(error)) from error


def restore(
    source: Annotated[str, typer.Argument(metavar="FILE", help=N_("The backup."))],
    replace: Annotated[
        bool, typer.Option("--replace", help=N_("Take the place of the ledger that lies there; it is kept beside it."))
    ] = False,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.ledger.backup import restore as verb

    form = answer.choose(fmt, as_json)
    path = session().ledger
    if path.exists() and not replace:
        error = LedgerExists(path=str(path))
        error.hint = N_(
            "Nothing was changed. --replace puts the backup in its place and keeps the present ledger beside it."
        )
        raise error
    aside = path.with_name(f"{path.name}.before-{session().now}") if replace and path.exists() else None
    seq, head, count = verb(source, str(path), aside=str(aside) if aside else None)
    answer.give(
        form,
        lambda: {
            "file": str(path),
            "aside": str(aside) if aside else None,
            "seq": seq,
            "hash": head,
            "entries": count,
        },
        lambda: _restored(path, aside, count),
    )


def _restored(path: Path, aside: Path | None, count: int) -> Iterator[str]:
    yield fill(N_("Restored: {path} (entries: {count})."), path=str(path), count=count)
    if aside is not None:
        yield fill(N_("What lay there before is now {aside}."), aside=str(aside))
    yield fill(N_("Next: complaintctl verify --anchor SEQ:HASH (the anchor that the last report printed)"))


def forget(
    complaint: common.Id, reason: common.Reason = None, fmt: common.Format = None, as_json: common.Json = False
) -> None:
    from complaintctl.desk.keep import forget as verb

    form = answer.choose(fmt, as_json)
    why = common.text_of(common.need(reason, "--reason"), "--reason")
    with open_office(write=True) as office:
        count = verb(office, complaint, why)
        found = office.query.complaint_id(complaint)
        answer.give(
            form,
            lambda: {"id": found, "entries": count},
            lambda: [
                plural(
                    N_("The private part of {n} entry is erased for ever."),
                    N_("The private part of {n} entries is erased for ever."),
                    count,
                ).format(n=count)
            ],
        )
