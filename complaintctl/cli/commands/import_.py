"""`import FILE`: take over the register that an office kept in a spreadsheet."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.errors import BadValue, MissingOption, UsageFault
from complaintctl.language import N_, Phrase, Words

HELP = N_(
    "Take over an old register of complaints from a CSV or XLSX file, a row a complaint: all of it, or nothing; "
    "--partial takes what is sound.\n\n"
    "The encoding is found out and said. Columns are known by their headings; --map corrects that and is remembered. "
    "Days are read where they have one reading and never guessed. Solution, answer and revisit become steps with "
    "their moments.\n\n"
    "Look first with --dry-run. What cannot be taken is written to the file of --corrections: correct it there, say "
    "take or skip under “decision”, and import that file; what --dry-run --format csv lists can be fed again as well. "
    "The same row is never taken twice.\n\n"
    "What “export --format jsonl” wrote makes a new ledger, as “init --from” does."
)
EXAMPLES = N_(
    "complaintctl import register.csv --dry-run\n"
    "complaintctl import register.xlsx --sheet 2025 --year 2025 --fill-down\n"
    'complaintctl import register.csv --map "Details=text" --map "Door=unit" --partial --corrections rest.csv\n'
    "complaintctl import rest.csv"
)


class RowsOpen(UsageFault):
    """Rows of a register that are refused or must be decided on; `data` holds them for scripts."""

    code = "rows-open"
    message = N_("{file}: {rows} refused or to be decided on{rest}.")
    hint = N_("Correct them in the file of --corrections and import that; --partial takes the others now.")


def import_(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help=N_("The register: CSV (UTF-8 or GB18030) or XLSX; - reads standard input.")
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar=N_("COLUMN=FIELD"), help=N_("What a column means; “ignore” leaves it out.")),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", metavar="YYYY", help=N_("The year of days written without one."))
    ] = None,
    fill_down: Annotated[
        bool, typer.Option("--fill-down", help=N_("Fill blanks below merged cells from the row above."))
    ] = False,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar=N_("TITLE"), help=N_("The sheet of a workbook."))
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="utf-8|gb18030", help=N_("Read it so, whatever it looks like."))
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help=N_("Take what is sound; the rest is written down."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only look what it would do."))] = False,
    corrections: Annotated[
        str | None,
        typer.Option("--corrections", metavar=N_("FILE"), help=N_("Where to write the rows to be corrected.")),
    ] = None,
    fmt: common.ListFormat = None,
    as_json: common.Json = False,
    raw: common.Raw = False,
) -> None:
    from complaintctl.cli.commands._own import take_over
    from complaintctl.cli.spool import STANDARD, spooled
    from complaintctl.intake.columns import mapped
    from complaintctl.intake.own import is_own
    from complaintctl.intake.register import Wish
    from complaintctl.intake.sources import open_source
    from complaintctl.ledger.scratch import Scratch

    form = answer.choose(fmt, as_json, answer.LISTS)
    with spooled(file) as path:
        if is_own(path):
            asked = {
                "--map": mapping,
                "--year": year,
                "--sheet": sheet,
                "--encoding": encoding,
                "--corrections": corrections,
            }
            flags = {"--fill-down": fill_down or None, "--partial": partial or None, "--dry-run": dry_run or None}
            take_over(form, path, {**asked, **flags}, begun=True)
            return
        wish = Wish(mapped(mapping or []), _year(year), fill_down)
        target = corrections or (_beside(file) if partial and not dry_run else None)
        if target is not None:
            _free(target)
        source = open_source(path, encoding=encoding, sheet=sheet)
        if file == STANDARD:
            source = source._replace(name=file)
        with open_office(write=not dry_run) as office, Scratch() as rows:
            register = _judged(office, source, wish, rows)
            done = None
            with _rest(register, target) as written:
                if not dry_run and (register.whole or partial):
                    done = _taken(office, register, partial)
            _give(form, raw, register, done, dry_run=dry_run, written=written)


def _year(typed: str | None) -> int | None:
    if typed is None:
        return None
    if not (typed.isascii() and typed.isdigit() and 1950 <= int(typed[:6]) <= 2100):
        raise BadValue(field="--year", text=typed[:20], expected=Words(N_("a year, such as 2025")))
    return int(typed)


def _beside(file: str) -> str:
    """Name the correction file after the register, in the folder it lies in.

    Raises:
        MissingOption: what came through standard input has no name.
    """
    from complaintctl.cli.spool import STANDARD

    if file == STANDARD:
        raise MissingOption(option="--corrections", command="complaintctl import")
    path = Path(file)
    return str(path.with_name(f"{path.stem}-corrections.csv"))


def _free(target: str) -> None:
    """Refuse at once to write over a correction file: somebody may have decided in it. Raises FileTaken."""
    import os

    from complaintctl.errors import FileTaken, FileUnusable

    if os.path.lexists(target):
        raise FileTaken(file=target)
    if not Path(target).absolute().parent.is_dir():
        raise FileUnusable(file=target, problem=Words(N_("there is no such folder")))


def _judged(office: Any, source: Any, wish: Any, rows: Any) -> Any:
    from complaintctl.desk.lexicon import in_force
    from complaintctl.intake.register import judge
    from complaintctl.output.progress import progress

    with progress(N_("Reading rows"), source.about) as done:
        return judge(office, source, wish, in_force(office.query), rows, done)


def _taken(office: Any, register: Any, partial: bool) -> Any:
    from complaintctl.intake.register import take
    from complaintctl.output.progress import progress

    counts = register.counts
    sound = counts["taken"] + counts["remarked"]
    if not sound:
        return None
    with progress(N_("Taking over"), sound) as done:
        return take(office, register, done, partial=partial)


@contextmanager
def _rest(register: Any, target: str | None) -> Iterator[str | None]:
    """Write the correction file, which comes to lie there when everything else went well; give its name, or None."""
    if target is None or register.whole:
        with nullcontext():
            yield None
        return
    from complaintctl.cli.placing import placed, private_text
    from complaintctl.output.csvfile import blocks
    from complaintctl.output.imported import corrections

    with placed(target) as building:
        with private_text(building) as stream:
            for block in blocks(*corrections(register)):
                stream.write(block)
        yield target


def _give(form: str, raw: bool, register: Any, done: Any, *, dry_run: bool, written: str | None) -> None:
    from complaintctl.output import imported as output
    from complaintctl.output.csvfile import blocks

    count = sum(register.counts[fate] for fate in ("refused", "undecided", "near_duplicate"))
    told = None
    if form == "json":
        told = output.data(register, done, dry_run=dry_run, corrections=written)
    elif form == "csv":
        for block in blocks(*output.listing(register), raw=raw):
            answer.write_bytes(block.encode("utf-8", "backslashreplace"))
        answer.tell_warnings()
    else:
        lines = output.lines(register, done, dry_run=dry_run, corrections=written)
        answer.write_lines(lines, folded=form == "table")
    if count:
        raise RowsOpen(
            count=count,
            file=register.source.name,
            rows=Phrase(N_("{n} row") if count == 1 else N_("{n} rows"), n=count),
            rest=_rest_taken(done.taken) if done is not None else Words(N_("; nothing was taken")),
            **({"data": told} if told else {}),
        )
    if told is not None:
        answer.give_json(told)


def _rest_taken(count: int) -> Any:
    return Phrase(N_("; {n} was taken") if count == 1 else N_("; {n} were taken"), n=count)
