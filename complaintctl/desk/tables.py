"""Taking a table into a register, all of it or nothing: what each row would do, and which rows cannot be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from complaintctl.errors import DeskError, UsageFault
from complaintctl.language import N_

Lines = Sequence[tuple[int, Mapping[str, str]]]
"""The rows of a table: the number of the line, and its cells by their column; what is empty is left out."""

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"

T = TypeVar("T")


class BadRow(UsageFault):
    """A row that cannot be taken; `problem` is the reason."""

    message = N_("{problem}")
    hint = ""


class Refused(NamedTuple):
    """A row that cannot be taken, and why."""

    line: int
    error: DeskError


class Row(NamedTuple):
    """What was, or would be, done: from which line on, to whom or what (`id` None before it is there), and its fate.

    `homes` is how many homes that puts down.
    """

    line: int
    id: int | None
    name: str
    fate: str
    homes: int = 0


class Taken(NamedTuple):
    """What a file does to a register; where a row is refused nothing was done."""

    rows: Sequence[Row]
    refused: Sequence[Refused]

    def count(self, fate: str) -> int:
        """How many of the rows have this fate."""
        return sum(row.fate == fate for row in self.rows)


def tried(line: int, refused: list[Refused], deed: Callable[[], T]) -> T | None:
    """Return what a deed gives; where a row makes it fail, write that down and return None."""
    try:
        return deed()
    except DeskError as error:
        refused.append(Refused(line, error))
        return None
