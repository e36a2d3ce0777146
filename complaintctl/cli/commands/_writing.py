"""What the writing verbs share: reading moments in the site's zone, and answering with what was done."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.desk.office import Done, Office
from complaintctl.errors import FileMissing, FileUnusable
from complaintctl.language import N_, system_words
from complaintctl.output import done as output
from complaintctl.output.problem import fill

#: One piece of evidence: a photo or a short recording; more makes the ledger slow to copy.
LARGEST_EVIDENCE = 32 * 1024 * 1024


def moment(
    office: Office,
    typed: str | None,
    field: str,
    *,
    future: bool | None = False,
    echo: bool = True,
    since: str | None = None,
) -> int | None:
    """Return a moment as typed, in the site's zone; how it was read is echoed on standard error (unless `echo` is off).

    `future` is False for what has happened, True for what is to come: that may be a limit too, such as 两天内, counted
    from `since` (as typed; None: from now). None stays None.
    """
    if typed is None:
        return None
    from complaintctl.reading.moments import read

    if future:
        from complaintctl.reading.until import read_ahead

        start = office.now if since is None else read(since, now=office.now, zone=office.zone).at
        due = office.book.due
        found = read_ahead(typed, now=office.now, zone=office.zone, due=lambda limit: due(limit, start).at, field=field)
    else:
        found = read(typed, now=office.now, zone=office.zone, future=future, field=field)
    if echo and found.echo != typed.strip() and not session().wants_json:
        answer.tell(N_("{field}: read as {echo}."), field=field, echo=found.echo)
    return found.at


def said(value: str | None, option: str) -> str | None:
    """Return a text that may be left out, checked like every other. None stays None.

    Raises:
        EmptyText, TextTooLong, BadText.
    """
    return None if value is None else common.text_of(value, option)


def give(
    form: str,
    office: Office,
    results: Sequence[Done],
    *,
    more: Callable[[Office, Done], Iterable[str]] | None = None,
) -> None:
    """Answer with what was done to one complaint (JSON: the complaint) or to several (JSON: `items`).

    `more` gives further lines about each for people.
    """
    if form == "json":
        for result in results:
            common.warn_of(result.remarks)
        items = [data(office, result) for result in results]
        answer.give_json(items[0] if len(items) == 1 else {"items": items})
        return
    said = more or (lambda _office, _done: ())
    lines = (line for result in results for line in (*output.lines(office, result), *said(office, result)))
    answer.write_lines(lines, folded=form == "table")
    answer.tell_warnings()


def data(office: Office, result: Done) -> dict[str, Any]:
    """Return a complaint as JSON after a verb, with what the program proposed."""
    from complaintctl.output.complaint import complaint_json

    proposals = [
        {"fact": one.fact, "value": one.value, "words": list(one.words), "rule": one.rule} for one in result.proposals
    ]
    document = {**complaint_json(office, result.life), "proposals": proposals}
    if result.beside is not None:
        from complaintctl.output.related import data as beside

        document |= beside(office, result.beside)
    return document


def file_bytes(name: str) -> bytes:
    """Return a file to be attached.

    Raises:
        FileMissing, FileUnusable: no file, not readable, or too large.
    """
    try:
        with Path(name).open("rb") as file:
            # What has no size of its own, such as a pipe, is not read for ever.
            data = file.read(LARGEST_EVIDENCE + 1)
    except FileNotFoundError:
        raise FileMissing(name=name) from None
    except OSError as error:
        raise FileUnusable(file=name, problem=system_words(error)) from error
    if len(data) > LARGEST_EVIDENCE:
        problem = fill(N_("larger than {size} MiB"), size=LARGEST_EVIDENCE // 1024 // 1024)
        raise FileUnusable(file=name, problem=problem)
    return data


def file_name(name: str) -> str:
    """Return the name under which a file is kept: its last part, also where it is written in the older Chinese code."""
    raw = os.fsencode(Path(name).name)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")
