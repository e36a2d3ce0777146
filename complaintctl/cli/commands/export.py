"""`export`: everything in the ledger, for other programs."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Write everything in the ledger to files that only you can read.\n\n"
    "csv: a folder with one file a table, for a spreadsheet (--raw: with keys and codes, for programs). "
    "jsonl: the entries line by line; “init --from FILE” makes an equal ledger of them. "
    "sqlite: the tables in a plain SQLite file, without any name, phone, home, free text or evidence.\n\n"
    "Without --reveal csv and jsonl hold nothing private either: a ledger made from such lines knows what was done "
    "and when, but no words."
)
EXAMPLES = N_(
    "complaintctl export --format csv --output tables/\n"
    "complaintctl export --format csv --output october/ --since 2026-10-01 --until 2026-10-31\n"
    'complaintctl export --format jsonl --output all.jsonl --reveal "Move to a new computer"\n'
    "complaintctl export --format sqlite --output figures.db"
)


def export(
    form: Annotated[
        str | None, typer.Option("--format", metavar="csv|jsonl|sqlite", help=N_("What to write."), show_default=False)
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            metavar=N_("FILE or FOLDER"),
            help=N_("Where to; nothing may lie there yet. jsonl: - is standard output."),
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar=N_("DATE"), help=N_("From this day on: received, held; jsonl: written down.")),
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar=N_("DATE"), help=N_("Up to and with this day."))
    ] = None,
    reveal: common.Reveal = None,
    raw: common.Raw = False,
    as_json: common.Json = False,
) -> None:
    from complaintctl.cli.commands import _export
    from complaintctl.desk.export import write_down

    kind, target = _export.checked(form, output, reveal=reveal, raw=raw, told=as_json)
    reason = common.text_of(reveal, "--reveal") if reveal is not None else None
    with open_office(write=reason is not None) as office:
        span = _export.span(office, since, until)
        if target == _export.STANDARD:
            if reason is not None:
                write_down(office, kind, reason)
            _export.to_standard_output(office, span, private=reason is not None)
            answer.tell(_export.PRIVATE_INSIDE if reason is not None else _export.NOTHING_PRIVATE)
            return
        with _export.beginning(target, kind) as building:
            if reason is not None:
                write_down(office, kind, reason)
            counts = _export.WRITERS[kind](office, building, span, private=reason is not None, raw=raw)
        head = office.ledger.head()
    answer.give(
        "json" if as_json else "plain",
        lambda: _export.data(target, kind, counts, head, private=reason is not None, whole=span.whole),
        lambda: _export.lines(target, kind, counts, head, private=reason is not None),
    )
