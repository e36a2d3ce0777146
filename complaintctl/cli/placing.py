"""Files and folders written whole or not at all, readable by their owner only, and never over what lies there."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from complaintctl.errors import FileTaken, FileUnusable
from complaintctl.language import system_words


@contextmanager
def placed(target: str, *, folder: bool = False) -> Iterator[Path]:
    """Give an empty file (or folder) beside `target` to be written; at the end it comes to lie there.

    After an error nothing of it is left. Raises FileTaken if anything lies there, now or then, and FileUnusable.
    """
    building = Path(f"{target.rstrip('/')}.{os.getpid()}.part")
    try:
        if os.path.lexists(target):
            raise FileTaken(file=target)
        if folder:
            building.mkdir(mode=0o700)
        else:
            os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            yield building
            _synced(building)
            _named(building, target.rstrip("/") or target)
        finally:
            _removed(building)
    except OSError as error:
        raise FileUnusable(file=target, problem=system_words(error)) from error


@contextmanager
def private_text(path: Path) -> Iterator[TextIO]:
    """Open a new file for text that only its owner can read."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        yield stream


def _synced(path: Path) -> None:
    """Bring a file, or what a folder holds, to the disk."""
    for one in sorted(path.iterdir()) if path.is_dir() else (path,):
        with one.open("rb+") as file:
            os.fsync(file.fileno())


def _named(building: Path, target: str) -> None:
    """Give what was built its name, unless that was taken meanwhile. Raises FileTaken."""
    if building.is_dir():
        if os.path.lexists(target):
            raise FileTaken(file=target)
        building.rename(target)
        return
    try:
        os.link(building, target)
    except FileExistsError:
        raise FileTaken(file=target) from None
    except OSError:
        # A file system without links: between the look and the move lies a small gap, the best it can do.
        if os.path.lexists(target):
            raise FileTaken(file=target) from None
        building.rename(target)


def _removed(building: Path) -> None:
    if building.is_dir():
        shutil.rmtree(building, ignore_errors=True)
    else:
        building.unlink(missing_ok=True)
