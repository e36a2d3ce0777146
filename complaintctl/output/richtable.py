"""Tables drawn with Rich, which is only loaded here: it costs as much as the rest of a command."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from complaintctl.output.style import colourful, is_terminal
from complaintctl.output.text import width

if TYPE_CHECKING:
    from complaintctl.output.listing import Column


def draw(
    columns: Sequence["Column"],
    headings: Sequence[str],
    texts: Sequence[Sequence[str]],
    stream: TextIO,
    columns_wide: int,
) -> None:
    """Draw cells that are already safe; off a terminal as wide as they need, so that nothing is folded."""
    needed = sum(max(map(width, column)) + 3 for column in zip(headings, *texts, strict=True)) + 1
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
            no_wrap=column.kind in ("moment", "due", "duration", "number"),
            style=column.style or None,
        )
    for row in texts:
        table.add_row(*[Text(text) for text in row])
    console.print(table)
