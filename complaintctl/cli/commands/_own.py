"""Beginning a ledger with our own export: what `init --from` does and says."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from complaintctl.cli import answer, common
from complaintctl.cli.session import session
from complaintctl.errors import UsageFault
from complaintctl.language import N_
from complaintctl.output.problem import fill
from complaintctl.output.progress import progress

if TYPE_CHECKING:
    from complaintctl.intake.own import Written


class NotBeside(UsageFault):
    """An `option` that says otherwise what the export already says."""

    code = "bad-value"
    message = N_("{option} does not go with an export of our own, which is taken whole.")
    hint = N_("Leave it out; an export that is damaged or incomplete is refused anyway.")


def take_over(form: str, source: str, others: Mapping[str, object], *, begun: bool = False) -> None:
    """Make a ledger at this session's place of an export, and answer with what it holds.

    `others` are the options that would say otherwise what it begins with; `begun` says that a ledger with nothing
    in it but its beginning gives way.

    Raises:
        NotBeside: one of them was given too.
        ExportWrong, FileMissing, LedgerExists.
    """
    from complaintctl.intake import own

    for option, value in others.items():
        if value is not None:
            raise NotBeside(option=option)
    common.check_characters(source, "--from")
    run, aside = session(), None
    how: dict[str, Any] = {"pinned": run.now_overridden, "watch": progress}
    if begun and run.ledger.exists():
        aside = f"{run.ledger}.before-{run.now}"
        made = own.take_over_begun(source, str(run.ledger), run.now, run.actor, aside, **how)
    else:
        made = own.take_over(source, str(run.ledger), run.now, run.actor, **how)
    answer.give(
        form,
        lambda: {"file": str(run.ledger), "source": source, "aside": aside, **made._asdict()},
        lambda: _lines(run.ledger, aside, made),
    )


def _lines(path: Path, aside: str | None, made: "Written") -> Iterator[str]:
    yield fill(
        N_("{path}: taken over, each entry held against its hash. Entries: {entries}; complaints: {complaints}."),
        path=str(path),
        entries=made.entries,
        complaints=made.complaints,
    )
    if made.without_words:
        yield fill(N_("Entries that came without their private part: {n}; the ledger says so."), n=made.without_words)
    if aside is not None:
        yield fill(N_("The ledger that was there, with nothing in it yet, is kept as {file}."), file=aside)
    yield fill(N_("Anchor: {seq}:{hash}"), seq=made.seq, hash=made.hash)
