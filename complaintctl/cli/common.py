"""What commands share: options, reading a text from standard input, checks of what was typed.

The options are `Annotated` types, so that a command's signature says which it takes. Moments are read in the
command, as their zone is the site's and the site is in the ledger.
"""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from complaintctl.cli.session import session
from complaintctl.errors import BadText, BadValue, EmptyText, MissingArgument, MissingOption, TextTooLong
from complaintctl.language import N_, Phrase, Words
from complaintctl.output.style import is_terminal

if TYPE_CHECKING:
    from complaintctl.desk.office import Remark

TEXT_AT_MOST = 20_000
"""Characters of one text: some ten printed pages; more belongs into a file that is attached."""

_BYTES_AT_MOST = 4 * TEXT_AT_MOST + 4

MOMENT = N_("MOMENT")

Format = Annotated[
    str | None,
    typer.Option("--format", metavar="table|plain|json", help=N_("How to show it."), show_default=False),
]
ListFormat = Annotated[
    str | None,
    typer.Option("--format", metavar="table|plain|json|csv", help=N_("How to show it."), show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help=N_("Short for --format json."), show_default=False)]
Raw = Annotated[
    bool, typer.Option("--raw", help=N_("CSV for programs: no mark at its head, no apostrophes."), show_default=False)
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar=MOMENT, help=N_("What the ledger would have said at that moment.")),
]
At = Annotated[str | None, typer.Option("--at", metavar=MOMENT, help=N_("When it happened, if not just now."))]
Reason = Annotated[str | None, typer.Option("--reason", metavar=N_("WHY"), help=N_("Why; it is kept."))]
Note = Annotated[str | None, typer.Option("--note", metavar=N_("TEXT"), help=N_("A remark that is kept."))]
Reveal = Annotated[
    str | None,
    typer.Option("--reveal", metavar=N_("WHY"), help=N_("Show names, phones and units; the reason is written down.")),
]
ExitCode = Annotated[
    bool, typer.Option("--exit-code", help=N_("Leave with exit code 10 if there is anything to show."))
]
Id = Annotated[str, typer.Argument(metavar="ID", help=N_("The complaint's number, or its short id."))]
Ids = Annotated[list[str], typer.Argument(metavar="ID", help=N_("Numbers or short ids of complaints."))]


def may_ask() -> bool:
    """Whether somebody is there to answer: both ends of the conversation are a terminal."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def need(value: str | None, option: str) -> str:
    """The value of an option that is needed; `MissingOption` or, at a terminal, `MissingArgument` names it."""
    if value is None:
        raise MissingArgument(option=option) if may_ask() else MissingOption(option=option)
    return value


def text_of(value: str, field: str, *, empty: bool = False) -> str:
    """A text as it was typed, or from standard input for `-`, checked.

    Raises EmptyText (unless `empty` is allowed), TextTooLong above `TEXT_AT_MOST` characters, and BadText for
    NUL and broken encodings. Line ends become newlines; everything else stays as it was typed.
    """
    if value == "-":
        value = _standard_input(field)
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not value and not empty:
        error = EmptyText(field=field)
        if field not in ("--text", "TEXT", "RESULT"):
            error.hint = N_("Say something there, or leave it out.")
        raise error
    if len(value) > TEXT_AT_MOST:
        raise TextTooLong(field=field, length=len(value), limit=TEXT_AT_MOST)
    check_characters(value, field)
    return value


def check_characters(value: str, field: str) -> None:
    """`BadText` for what no text can hold: NUL, and bytes that were no characters of the terminal's encoding."""
    if "\0" in value:
        raise BadText(field=field, problem="NUL")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadText(field=field, problem=f"U+{ord(value[error.start]):04X}") from None


def _standard_input(field: str) -> str:
    """All of standard input as text: UTF-8, else the terminal's own encoding. Reads no more than may be kept."""
    raw = sys.stdin.buffer.read(_BYTES_AT_MOST + 1)
    if len(raw) > _BYTES_AT_MOST:
        raise TextTooLong(field=field, length=f"> {TEXT_AT_MOST}", limit=TEXT_AT_MOST)
    for encoding in ("utf-8-sig", sys.stdin.encoding):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadText(field=field, problem=Words(N_("neither UTF-8 nor the terminal's encoding")))


def whole(value: str | None, option: str, *, least: int = 0, most: int = 1_000_000) -> int | None:
    """A whole number written in plain digits; `BadValue` for signs, points and the like. None stays None."""
    if value is None:
        return None
    if not (value.isascii() and value.isdigit()) or not least <= int(value[:12]) <= most:
        raise BadValue(field=option, text=value, expected=f"{least}–{most}")
    return int(value)


def is_id(word: str) -> bool:
    """Whether a word reads as a complaint's number or short id."""
    return word.isascii() and (word.isdigit() or (word[:2].upper() == "TS" and word[2:3].isdigit()))


def one_of(value: str | None, option: str, choices: tuple[str, ...], *, fact: str = "") -> str | None:
    """A value out of a fixed list; `BadValue` shows the list with what each means. None stays None.

    A value of a `fact` may be called by its word in the language in force, too; its code is returned.
    """
    if value is None or value in choices:
        return value
    from complaintctl.output.words import word

    words = {code: word(fact or option.lstrip("-"), code) for code in choices}
    asked = value.strip().lower()
    meant = [code for code, said in words.items() if fact and said.lower() == asked]
    if len(meant) == 1:
        return meant[0]
    expected = [
        code if said == code else Phrase(N_("{code} ({title})"), code=code, title=said) for code, said in words.items()
    ]
    raise BadValue(field=option, text=value, expected=expected)


def several(value: str) -> list[str]:
    """The codes in a list joined by commas, also those of a Chinese keyboard; each once, blanks and gaps left out."""
    parts = value.replace("，", ",").replace("、", ",").split(",")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def leave_if(rows: int, wanted: bool) -> None:
    """Exit code 10 where `--exit-code` was given and the listing was not empty."""
    from complaintctl.errors import NOT_EMPTY

    if wanted and rows:
        raise typer.Exit(NOT_EMPTY)


def warn(code: str, text: str, /, **values: object) -> None:
    """Tell something beside the answer (see `Session.warn`)."""
    session().warn(code, text, **values)


def warn_of(remarks: Iterable["Remark"]) -> None:
    """Tell a script what a verb remarks, beside its answer; people read it in the lines of the answer."""
    for remark in remarks:
        warn(remark.code, "{text}", text=remark.text)
