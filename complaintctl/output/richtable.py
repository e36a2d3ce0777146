"""Tables drawn with Rich, which is only loaded here: it costs as much as the rest of a command."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from complaintctl.output.layout import fold
from complaintctl.output.style import colourful, is_terminal
from complaintctl.output.text import width

if TYPE_CHECKING:
    from complaintctl.output.listing import Column

#: Kinds of columns whose cells are never folded, and the least that is left of the others.
_WHOLE = ("moment", "due", "duration", "number")
_LEAST = 6


def paragraphs(headings: Sequence[str], texts: Sequence[Sequence[str]], columns_wide: int) -> Iterator[str]:
    """Rows as running text, each value after its heading; what is empty is left out."""
    for row in texts:
        said = [f"{name} {text}".strip() for name, text in zip(headings, row, strict=True) if text]
        yield from fold(" · ".join(said), columns_wide)


def draw(
    columns: Sequence["Column"],
    headings: Sequence[str],
    texts: Sequence[Sequence[str]],
    stream: TextIO,
    columns_wide: int,
) -> None:
    """Draw cells that are already safe; off a terminal as wide as they need, so that nothing is folded.

    On a terminal that is narrower than the columns can be made, each row is a paragraph of its own: Rich would
    leave columns out without a word.
    """
    wide = [max(map(width, column)) for column in zip(headings, *texts, strict=True)]
    whole = [column.kind in _WHOLE for column in columns]
    least = sum((one if kept else min(one, _LEAST)) + 3 for one, kept in zip(wide, whole, strict=True)) - 3
    if is_terminal(stream) and least > columns_wide:
        for line in paragraphs(headings, texts, columns_wide):
            stream.write(line + "\n")
        return
    needed = sum(one + 3 for one in wide) + 1
    console = Console(
        file=stream,
        width=columns_wide if is_terminal(stream) else max(needed, 80),
        no_color=not colourful(stream),
        color_system="standard" if colourful(stream) else None,
        highlight=False,
        emoji=False,
        markup=False,
        soft_wrap=False,
        legacy_windows=False,
    )
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for column, heading in zip(columns, headings, strict=True):
        table.add_column(
            Text(heading),
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=column.kind in _WHOLE,
            style=column.style or None,
        )
    for row in texts:
        table.add_row(*[Text(text) for text in row])
    console.print(table)
