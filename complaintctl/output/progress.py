"""A progress bar on standard error, for the few commands that take longer than a breath.

Only a person at a terminal sees one; elsewhere, and in a dumb terminal, the work goes on in silence.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from complaintctl.language import gettext
from complaintctl.output.style import colourful, is_terminal


@contextmanager
def progress(title: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show a bar while work goes on: call what is given with how many of `total` are done by then.

    `title` is a catalogue text. The bar is gone when the work ends.
    """
    if not is_terminal(sys.stderr) or os.environ.get("TERM") == "dumb":
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(file=sys.stderr, no_color=not colourful(sys.stderr), legacy_windows=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(gettext(title), total=total)
        yield lambda done: bar.update(task, completed=done)
