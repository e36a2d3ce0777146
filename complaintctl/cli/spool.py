"""Standard input as a file: what is looked at first, and read more than once, lies on the disk meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

STANDARD = "-"


@contextmanager
def spooled(file: str) -> Iterator[str]:
    """Give a file that can be read as often as wanted: `file` itself, or for `-` a copy of standard input.

    The copy can be read by nobody else, and is gone afterwards. Raises FileUnusable where the disk is full.
    """
    if file != STANDARD:
        yield file
        return
    import shutil
    import sys
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from complaintctl.errors import DeskError, FileUnusable
    from complaintctl.language import system_words

    # A folder of one's own is closed to others.
    with TemporaryDirectory(prefix="complaintctl-") as folder:
        path = Path(folder) / STANDARD
        try:
            with path.open("xb") as copy:
                shutil.copyfileobj(sys.stdin.buffer, copy)
        except OSError as problem:
            raise FileUnusable(file=STANDARD, problem=system_words(problem)) from None
        try:
            yield str(path)
        except DeskError as error:
            if error.values.get("file") == str(path):
                error.values["file"] = STANDARD
            raise
