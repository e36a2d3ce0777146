"""What `show` and `why` share: finding one complaint, as it is or as it was, and folding lines to the screen."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from complaintctl.cli import common
from complaintctl.cli.opening import office as open_office
from complaintctl.cli.opening import past
from complaintctl.desk.office import Office
from complaintctl.language import N_, gettext
from complaintctl.output import style
from complaintctl.output.layout import Text, laid
from complaintctl.rules.life import Life


@contextmanager
def looked_at(name: str, as_of: str | None, reveal: str | None = None) -> Iterator[tuple[Office, Life]]:
    """Open the ledger and give a complaint, as it stood at `as_of` where that is given.

    With a reason to `reveal` what is private, that is written down first.

    Raises:
        NotFound, LedgerError, BadMoment, FutureMoment, EmptyText.
    """
    reason = common.text_of(reveal, "--reveal") if reveal is not None else None
    with open_office(write=reason is not None) as office:
        moment = None if as_of is None else past(as_of, office.zone)
        if reason is not None:
            from complaintctl.desk.reveal import reveal as write_down

            life = write_down(office, name, reason=reason)
        if moment is not None:
            from complaintctl.desk.hindsight import life_as_of

            yield life_as_of(office, name, moment)
        else:
            yield office, life if reason is not None else office.life(office.find(name))


def as_json(office: Office, life: Life, *, reveal: bool, similar: bool = False) -> dict[str, Any]:
    """Give a complaint's JSON document, on request with the earlier cases like it."""
    from complaintctl.output.complaint import complaint_json

    document = complaint_json(office, life, reveal=reveal)
    if similar:
        from complaintctl.desk.similar import similar as look
        from complaintctl.output.related import similar_json

        document["similar"] = [similar_json(office, one) for one in look(office, life, longer=True)]
    return document


def sheet(
    office: Office, life: Life, form: str, *, reveal: bool, every: bool, similar: bool = False
) -> Iterator[tuple[str, str]]:
    """Give a complaint's sheet in lines, on request with the earlier cases like it."""
    from complaintctl.output.sheet import lines

    yield from folded(lines(office, life, reveal=reveal, every=every, now=office.now), form)
    if similar:
        from complaintctl.desk.similar import similar as look
        from complaintctl.output.related import similar_lines

        found = list(similar_lines(office, look(office, life, longer=True)))
        yield "", ""
        none = [gettext(N_("No solved case before was like it."))]
        yield from folded((Text(line) for line in found or none), form)


def folded(lines: Iterable[Text], form: str) -> Iterator[tuple[str, str]]:
    """Lay lines out: folded at the width of a person's terminal, whole everywhere else."""
    import sys

    on_screen = form == "table" and style.is_terminal(sys.stdout)
    return laid(lines, style.screen()[0] if on_screen else None)
