"""Answers written to a file instead of standard output: whole or not at all, and readable by their owner only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

from complaintctl.errors import FileUnusable, OutputFailed
from complaintctl.language import N_, system_words


@contextmanager
def into(file: str | None) -> Iterator[None]:
    """Within the block standard output is the file at `file` (None: stays as it is), put in its place at the end.

    A file that lies there is replaced; after an error it stays as it was. Raises FileUnusable.
    """
    if file is None:
        yield
        return
    from complaintctl.cli import answer

    path = Path(file)
    building = Path(f"{file}.{os.getpid()}.part")
    try:
        if path.is_dir():
            raise IsADirectoryError(21, os.strerror(21))
        opened = os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(opened, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
                with redirect_stdout(stream):
                    yield
                    answer.flush()
                os.fsync(stream.fileno())
            building.replace(path)
            answer.tell(N_("Written: {file}"), file=file)
        except BaseException:
            building.unlink(missing_ok=True)
            raise
    except OutputFailed as error:
        raise FileUnusable(file=file, problem=error.values["problem"]) from error
    except OSError as error:
        raise FileUnusable(file=file, problem=system_words(error)) from error
