"""`attach`: photos, recordings and documents."""

from typing import Annotated

import typer

from complaintctl.cli import answer, common
from complaintctl.cli.commands import _writing
from complaintctl.cli.opening import office as open_office
from complaintctl.language import N_

HELP = N_(
    "Attach evidence to a complaint, also to a closed one. The files are kept in the ledger itself; they are private."
)
EXAMPLES = N_('complaintctl attach 7 lamp.jpg --note "Taken by the guard"')


def attach(
    complaint: common.Id,
    files: Annotated[list[str], typer.Argument(metavar=N_("FILE…"), help=N_("Photos, recordings, documents."))],
    note: common.Note = None,
    fmt: common.Format = None,
    as_json: common.Json = False,
) -> None:
    from complaintctl.desk.attach import attach as verb

    form = answer.choose(fmt, as_json)
    said = _writing.said(note, "--note")
    loaded = [(_writing.file_name(name), _writing.file_bytes(name)) for name in files]
    with open_office(write=True) as office:
        _writing.give(form, office, [verb(office, complaint, loaded, note=said)])
