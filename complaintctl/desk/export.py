"""Everything out of the ledger, for other programs: its entries line by line, and what a table leaves out.

The lines are JSON, one entry each as it is chained, after a head that says what the file is; with the private parts
and the evidence they hold all that the ledger does, and `intake.own` makes an equal one of them.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from complaintctl.desk import registers
from complaintctl.desk.office import Office, subject_of
from complaintctl.desk.site import SITE
from complaintctl.ledger import outward
from complaintctl.ledger.store import Ledger
from complaintctl.rules.course import standing
from complaintctl.rules.facts import PRIVATE
from complaintctl.rules.localtime import Moment

MARK = "complaintctl-export"
"""What the first line of our own export begins with, as its first key."""
FORM = 1

#: What each table tells beside its columns, where somebody has said why he needs it.
REVEALED: Mapping[str, tuple[str, ...]] = {
    "complaint": (*PRIVATE, "result", "cause", "analysis", "notes"),
    "staff": ("name", "phone"),
    "finding": ("text", "place"),
    "matter": ("text", "answer"),
}
_PERSONS = frozenset(("person", "by", "to", "from", "before", "with", "trained", "name", "file", "salt"))
"""Private keys of entries that say who, or belong to evidence; the others are words."""
FURTHEST = 2**62
"""Seconds beyond every moment: a span that leaves nothing out."""


class Span(NamedTuple):
    """What is narrowed to: from a moment (included) to another (left out); None where it is open."""

    since: Moment | None = None
    until: Moment | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is left out."""
        return self.since is None and self.until is None

    @property
    def ends(self) -> tuple[Moment, Moment]:
        """Both ends as numbers."""
        return (-FURTHEST if self.since is None else self.since, FURTHEST if self.until is None else self.until)


def write_down(office: Office, form: str, reason: str) -> None:
    """Write down that private facts leave the ledger, by whose hand, in which form and why (PIPL 6, R 8)."""
    with office.command() as command:
        command.batch.append(SITE, "revealed", office.now, command.stamped({"export": form}), {"reason": reason})


def lines_of(office: Office, span: Span, *, private: bool) -> Iterator[str]:
    """Yield the export line by line, without line ends; the first is the head.

    Entries are taken up to the last one that is there when this begins. `private` also gives the private parts and
    the evidence; without it the chain can still be checked, as it only knows their digests.
    """
    ledger = office.ledger
    last, head, count = ledger.head()
    about = {
        MARK: FORM,
        **{"entries": count, "hash": head, "zone": office.zone.key, "exported_at": office.now},
        **{"private": private, "whole": span.whole},
    }
    yield json.dumps(about, separators=(",", ":"), ensure_ascii=False)
    for entry in outward.raw_entries(ledger, last, *span):
        yield _line(entry, private)
        if private and entry[8] is not None and '"evidence":' in str(entry[7]):
            yield from _evidence(ledger, int(str(entry[0])), json.loads(str(entry[8])))


def _line(entry: tuple[Any, ...], private: bool) -> str:
    """Give one entry; body and private part stand in it as they are stored, canonical JSON that they are."""
    seq, batch, subject, kind, at, recorded_at, actor, body, kept, salt, digest, _before, own = entry
    subject, kind, actor = (json.dumps(one, ensure_ascii=False) for one in (subject, kind, actor))
    sealed = "null" if digest is None else f'"{digest.hex()}"'
    told = f'{kept},"salt":"{salt.hex()}"' if private and kept is not None else 'null,"salt":null'
    return (
        f'{{"seq":{seq},"batch":{batch},"subject":{subject},"kind":{kind},"at":{at},"recorded_at":{recorded_at},'
        f'"actor":{actor},"body":{body},"private":{told},"private_digest":{sealed},"hash":"{own.hex()}"}}'
    )


def _evidence(ledger: Ledger, seq: int, private: Mapping[str, Any]) -> Iterator[str]:
    """Give the evidence of an entry; where it is lost, as `verify` would say, that nothing is there."""
    found = outward.stored_evidence(ledger, private.get("file", ""))
    told: dict[str, Any] = {"evidence": private.get("file"), "seq": seq, "data": None}
    if found is not None:
        mode, mtime, _size, data = found
        told |= {"mode": mode, "mtime": mtime, "data": b64encode(data).decode("ascii")}
    yield json.dumps(told, separators=(",", ":"), ensure_ascii=False)


class Private:
    """What is private about the rows of a table; what was erased is missing."""

    def __init__(self, office: Office) -> None:
        """Look into an office's entries, thing by thing as the rows come."""
        self._office = office
        self._last: tuple[str, Any] = ("", None)

    def of(self, table: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of `REVEALED` for one row."""
        if table == "complaint":
            return self._facts(subject_of(row["id"]))
        if table == "staff":
            return _named(self._thing(f"staff/{row['id']}"), table)
        whole = self._thing(f"inspection/{row['inspection']}" if table == "finding" else f"visit/{row['visit']}")
        parts = () if whole is None else whole.findings if table == "finding" else whole.matters
        return _named(next((one for one in parts if one.n == row["n"]), None), table)

    def _facts(self, subject: str) -> dict[str, Any]:
        """Give what was told, the last solution, and what was noted on the way, each with its moment."""
        found: dict[str, Any] = {}
        notes: list[str] = []
        for entry in standing(self._office.ledger.entries(subject)):
            told = {name: value for name, value in (entry.private or {}).items() if value and name not in _PERSONS}
            if entry.kind in ("logged", "amended"):
                found |= {name: value for name, value in (entry.private or {}).items() if name in PRIVATE}
                told = {name: value for name, value in told.items() if name == "reason"}
            elif entry.kind == "resolved":
                found |= {name: told.pop(name, None) for name in ("result", "cause", "analysis")}
            notes += [f"{self._office.show(entry.at)} {value}" for value in told.values() if isinstance(value, str)]
        return found | {"notes": "\n".join(notes) or None}

    def _thing(self, subject: str) -> Any | None:
        if self._last[0] != subject:
            entries = self._office.ledger.entries(subject)
            self._last = (subject, registers.fold(subject, entries, self._office.book))
        return self._last[1]


def _named(thing: Any | None, table: str) -> dict[str, Any]:
    return {} if thing is None else {name: getattr(thing, name) for name in REVEALED[table]}
