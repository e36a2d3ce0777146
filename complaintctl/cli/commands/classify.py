"""`classify`: judge texts without taking them down."""

import json
import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.errors import BadText, BadValue, DeskError, TextTooLong
from complaintctl.language import N_, Words

HELP = N_(
    "Judge a text without taking it down: what it proposes, and the kind, category, class, validity, urgency and "
    "severity that follow, each with its clause. It needs no ledger.\n\n"
    "--format jsonl reads many: a line is one text, or a JSON object with text and facts by name, and perhaps an id. "
    "It prints one JSON object a line, in the same order; a line that cannot be read gives an object with its error, "
    "and exit code 2 at the end."
)
EXAMPLES = N_(
    'complaintctl classify "楼上半夜装修,吵得睡不着"\ncomplaintctl classify - < letter.txt\n'
    "complaintctl classify --format jsonl < texts.jsonl > judged.jsonl"
)

FORMATS = (*answer.PEOPLE, "jsonl")


def classify(
    text: Annotated[
        str, typer.Argument(metavar=N_("[TEXT|-]"), help=N_("The text; - or nothing reads standard input."))
    ] = "-",
    fmt: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="table|plain|json|jsonl",
            help=N_("How to show it; jsonl also reads many."),
            show_default=False,
        ),
    ] = None,
    as_json: common.Json = False,
) -> None:
    form = answer.choose(fmt, as_json, FORMATS)
    if form == "jsonl":
        _many(text)
    else:
        _one(common.text_of(text, "TEXT"), form)


def _one(text: str, form: str) -> None:
    from complaintctl.cli.commands import _book
    from complaintctl.cli.commands._one import folded
    from complaintctl.desk.classify import classify as judge
    from complaintctl.output import classified

    book, lexicon = _book.reading()
    procedure = book.procedure_at(session().now)
    found = judge({"text": text}, procedure, lexicon)
    answer.give(form, lambda: classified.data(found, procedure), lambda: folded(classified.lines(found), form))


def _many(text: str) -> None:
    from complaintctl.output.envelope import dumps
    from complaintctl.output.style import speaks_unicode

    failed = False

    def judged() -> Iterator[str]:
        nonlocal failed
        ascii_only = not speaks_unicode(sys.stdout)
        for found in _objects(_lines(text)):
            failed = failed or "error" in found
            yield dumps(found, ascii_only=ascii_only)

    answer.write_lines(judged())
    if failed:
        raise typer.Exit(BadValue.exit_code)


def _lines(text: str) -> Iterator[bytes]:
    """Yield the lines to judge: of the text given, or as they come on standard input."""
    if text != "-":
        yield from text.encode("utf-8", "surrogateescape").split(b"\n")
        return
    while line := sys.stdin.buffer.readline(_LINE_AT_MOST):
        yield line
        while len(line) == _LINE_AT_MOST and not line.endswith(b"\n"):
            line = sys.stdin.buffer.readline(_LINE_AT_MOST)


_LINE_AT_MOST = 4 * common.TEXT_AT_MOST + 20_000
"""Bytes of a line that are looked at: a text as long as may be, and facts beside it."""


def _objects(lines: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what each line gives, in order; empty lines give nothing."""
    from complaintctl.cli.commands import _book
    from complaintctl.desk.classify import classify as judge
    from complaintctl.desk.classify import facts_of
    from complaintctl.output import classified, problem

    (book, lexicon), run = _book.reading(), session()
    procedure = book.procedure_at(run.now)
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        told: dict[str, Any] = {}
        try:
            told = _record(raw)
            facts, ignored = facts_of(told, run.now, book.zone)
            facts["text"] = common.text_of(facts["text"], "text") if facts["text"] != "-" else "-"
            found = classified.data(judge(facts, procedure, lexicon), procedure)
            more = {"ignored": ignored} if ignored else {}
            yield {"id": told.get("id"), **found, **more}
        except DeskError as error:
            yield {"id": told.get("id"), "line": number, "error": problem.as_json(error, run.called)}


def _record(raw: bytes) -> dict[str, Any]:
    """Read one line: a JSON object, or else a text.

    Raises:
        BadText, BadValue, TextTooLong.
    """
    if len(raw) >= _LINE_AT_MOST:
        raise TextTooLong(field="text", length=f"> {common.TEXT_AT_MOST}", limit=common.TEXT_AT_MOST)
    try:
        line = raw.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BadText(field="text", problem="UTF-8") from None
    if not line.startswith("{"):
        return {"text": line}
    try:
        record = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadValue(field="line", text=line[:60], expected=Words(N_("one whole JSON object"))) from None
    found: dict[str, Any] = record
    return found


def _no_number(name: str) -> Any:
    """Refuse NaN and infinities, which Python reads but JSON does not know."""
    raise ValueError(name)
