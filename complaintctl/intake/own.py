"""Our own export read back: a new ledger with the same entries in the same chain, and everything folded from them.

Every line is held against its hash before anything is kept, so that a file that was changed, cut short or mixed up
makes no ledger. Where the export held no private parts, the new ledger says so by an entry of its own.
"""

from __future__ import annotations

import json
import os
import sys
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from complaintctl.desk.export import FORM, MARK
from complaintctl.desk.office import Office
from complaintctl.desk.replay import refile
from complaintctl.desk.site import SITE
from complaintctl.errors import FileMissing, FileUnusable, LedgerError, LedgerExists, UsageFault
from complaintctl.language import N_, Words, system_words
from complaintctl.ledger import chain, outward
from complaintctl.ledger.backup import restore
from complaintctl.ledger.derived import ADOPTED
from complaintctl.ledger.store import Ledger
from complaintctl.rules.entries import Entry
from complaintctl.rules.localtime import Moment

LONGEST = 64 * 1024 * 1024
"""Characters of one line: more than the largest evidence takes."""
ORDERED_AT_ONCE = 5_000
"""How many missing private parts one entry names."""

STANDARD = "-"
"""The name of standard input."""

_FIRST = f'{{"{MARK}":'
_BOM = b"\xef\xbb\xbf"
_WRONG_SHAPE = (KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError, OverflowError)
"""What code that reads well-formed entries raises on others."""


class ExportWrong(UsageFault):
    """A file that is no whole export of ours: `problem` says why, `line` where."""

    code = "export-wrong"
    message = N_("{file}, line {line}: {problem}.")
    hint = N_("No ledger was made. Export it anew where it came from: export --format jsonl --output FILE")


NO_HEAD = N_("it is not the head of an export")
Watch = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]


class Written(NamedTuple):
    """What was made: the anchor of the new ledger, its entries and pieces of evidence, how many lack their words."""

    seq: int
    hash: str
    entries: int
    evidence: int
    complaints: int
    without_words: int


class _Line(NamedTuple):
    """One line of the file: where, and what it says."""

    number: int
    told: Mapping[str, Any]


def is_own(name: str) -> bool:
    """Say whether a file is an export of ours: its first line is the head of one. A missing file is none."""
    try:
        with Path(name).open("rb") as file:
            return file.read(len(_BOM + _FIRST.encode())).removeprefix(_BOM).startswith(_FIRST.encode())
    except (OSError, ValueError):
        return False


def take_over(
    name: str,
    path: str,
    now: Moment,
    actor: str,
    *,
    pinned: bool = False,
    watch: Watch = lambda *_: nullcontext(lambda _: None),
) -> Written:
    """Make a new ledger at `path` of the export `name`; it comes to lie there whole, or not at all.

    `watch` is told what is done and how often, and what it gives, from time to time how far that has come.

    Raises:
        ExportWrong, FileMissing, FileUnusable; LedgerExists, and whatever keeps the ledger from being written.
    """
    with _lines(name) as lines, Ledger.create(path) as ledger:
        head = _head(name, next(lines, None))
        with watch(N_("Writing entries"), _promised(head)) as done, ledger.write(actor, now):
            walk = _Walk(name, ledger, done)
            walk.take(lines)
        walk.ends_as(head)
        office = Office(ledger, now, actor, pinned=pinned)
        lacking = [seq for seq in outward.unordered(ledger) if seq not in walk.ordered]
        with watch(N_("Reckoning complaints"), walk.complaints) as done:
            complaints = _refolded(name, walk, office, lacking, done)
        seq, own, count = ledger.head()
        return Written(seq, own, count, walk.evidence, complaints, len(lacking))


def take_over_begun(name: str, path: str, now: Moment, actor: str, aside: str, **more: Any) -> Written:
    """Make a ledger of an export in the place of one that was only begun, which is kept as `aside`.

    Raises what `take_over` does, LedgerExists where the ledger at `path` holds more than what it began with, and
    what keeps that from being read.
    """
    with Ledger.open(path) as there:
        if any(entry.subject != SITE or entry.kind != ADOPTED or entry.batch > 1 for entry in there.all_entries()):
            raise LedgerExists(path=path)
    building = f"{path}.{os.getpid()}.new"
    try:
        made = take_over(name, building, now, actor, **more)
        restore(building, path, aside=aside)
    except LedgerError as error:
        # Whoever reads it knows the ledger's name, not the one under which it is built.
        error.values["path"] = path
        raise
    finally:
        Path(building).unlink(missing_ok=True)
    return made


@contextmanager
def _lines(name: str) -> Iterator[Iterator[_Line]]:
    """Give the lines of a file, or of standard input, as JSON objects, one after the other."""
    if name == STANDARD:
        yield _read(name, sys.stdin.buffer)
        return
    with _opened(name) as file:
        yield _read(name, file)


def _opened(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except FileNotFoundError:
        raise FileMissing(name=name) from None
    except (OSError, ValueError) as error:
        raise FileUnusable(file=name, problem=system_words(error)) from error


def _read(name: str, file: BinaryIO) -> Iterator[_Line]:
    """Yield what the lines say; empty ones, as an editor leaves at the end, say nothing."""
    number = 0
    while True:
        number += 1
        try:
            raw = file.readline(LONGEST)
        except OSError as error:
            raise FileUnusable(file=name, problem=system_words(error)) from error
        if not raw:
            return
        if raw.isspace():
            continue
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            raise _wrong(name, number, NO_HEAD if number == 1 else N_("it is not JSON, or cut off")) from None
        if not isinstance(told, dict):
            raise _wrong(name, number, NO_HEAD if number == 1 else N_("it is not an entry"))
        yield _Line(number, told)


def _promised(head: Mapping[str, Any]) -> int:
    """Say how many entries a head promises; 0 where it does not."""
    told = head.get("entries")
    return told if isinstance(told, int) else 0


def _head(name: str, first: _Line | None) -> Mapping[str, Any]:
    """Return the head of an export that can be made a ledger of."""
    told = {} if first is None else first.told
    form = told.get(MARK)
    if type(form) is not int or form < 1:
        raise _wrong(name, 1, NO_HEAD)
    if form > FORM:
        raise _wrong(name, 1, N_("a newer program wrote it"))
    if told.get("whole") is not True:
        raise _wrong(name, 1, N_("it is only a part (--since or --until), and no ledger can be made of it"))
    return told


class _Walk:
    """One walk along the lines, holding each against the chain and writing it down."""

    def __init__(self, name: str, ledger: Ledger, done: Callable[[int], None]) -> None:
        self._name, self._ledger, self._done = name, ledger, done
        self.line, self.seq, self.hash, self.batch = 1, 0, chain.GENESIS, 1
        self.evidence = self.complaints = 0
        self.ordered: set[int] = set()
        self._owed: Mapping[str, Any] | None = None
        self._digest: Mapping[str, Any] = {}

    def take(self, lines: Iterator[_Line]) -> None:
        """Write every entry and its evidence down; what is adopted is put in force."""
        outward.put_entries(self._ledger, self._entries(lines))

    def _entries(self, lines: Iterator[_Line]) -> Iterator[Sequence[object]]:
        for line in lines:
            self.line = line.number
            try:
                if "evidence" in line.told:
                    self._file(line.told)
                    continue
                yield self._entry(line.told)
            except ExportWrong:
                raise
            except _WRONG_SHAPE:
                raise self.wrong(N_("it is not an entry")) from None
            if self.seq % 1000 == 0:
                self._done(self.seq)
        self._done(self.seq)

    def _entry(self, told: Mapping[str, Any]) -> Sequence[object]:
        """Return the columns of one entry, held against its hash."""
        self._nothing_owed()
        head = tuple(told[key] for key in ("seq", "batch", "subject", "kind", "at", "recorded_at", "actor"))
        numbers, texts = (head[0], head[1], head[4], head[5]), (head[2], head[3], head[6])
        if any(type(one) is not int for one in numbers) or not all(isinstance(one, str) for one in texts):
            raise self.wrong(N_("it is not an entry"))
        body = chain.dumps(chain.clean(told["body"]))
        private, salt = self._private(told)
        digest = None if told["private_digest"] is None else bytes.fromhex(told["private_digest"])
        if head[0] != self.seq + 1 or head[1] < self.batch:
            raise self.wrong(N_("an entry is missing before it"))
        if chain.entry_hash(self.hash, head, body, digest).hex() != told["hash"]:
            raise self.wrong(N_("the entry was changed, or does not follow the one before it"))
        if private is not None and salt is not None and chain.private_digest(salt, private) != digest:
            raise self.wrong(N_("the private part was changed"))
        before, self.hash = self.hash, bytes.fromhex(told["hash"])
        self.seq, self.batch = head[0], head[1]
        self.complaints += head[3] == "logged"
        self._expect(told)
        return (*head, body, private, salt, digest, before, self.hash)

    def _private(self, told: Mapping[str, Any]) -> tuple[str | None, bytes | None]:
        if told["private"] is None:
            return None, None
        return chain.dumps(chain.clean(told["private"])), bytes.fromhex(told["salt"])

    def _expect(self, told: Mapping[str, Any]) -> None:
        """Remember what an entry orders to be erased, and the evidence that one with its words must be followed by."""
        self.ordered.update(told["body"].get("erased", ()))
        self._digest = told["body"].get("evidence") or {}
        self._owed = told["private"] if self._digest else None

    def _nothing_owed(self) -> None:
        if self._owed is not None:
            raise self.wrong(N_("the evidence of the entry before it is missing"))

    def _file(self, told: Mapping[str, Any]) -> None:
        """File a piece of evidence, held against the digest in its entry."""
        owed, self._owed = self._owed, None
        if owed is None or told["evidence"] != owed["file"] or told["seq"] != self.seq:
            raise self.wrong(N_("it is no evidence of the entry before it"))
        if told["data"] is None:
            # It was lost before: verify says so of the new ledger as it did of the old one.
            return
        data = b64decode(told["data"], validate=True)
        digest = chain.evidence_digest(bytes.fromhex(owed["salt"]), data)
        if digest != self._digest["digest"] or len(data) != self._digest["size"]:
            raise self.wrong(N_("the evidence was changed"))
        outward.put_evidence(self._ledger, owed["file"], int(told["mode"]), int(told["mtime"]), data)
        self.evidence += 1

    def ends_as(self, head: Mapping[str, Any]) -> None:
        """Hold the end of the chain against what the head of the file says."""
        self._nothing_owed()
        if head.get("entries") != self.seq or head.get("hash") != self.hash.hex():
            raise self.wrong(N_("the end is missing"))

    def wrong(self, problem: str) -> ExportWrong:
        """Say what is wrong with the line read last."""
        return _wrong(self._name, self.line, problem)


def _refolded(name: str, walk: _Walk, office: Office, lacking: Sequence[int], done: Callable[[int], None]) -> int:
    """Say which words are missing, put in force what was adopted, and fold everything; return how many complaints."""
    ledger = office.ledger
    try:
        with ledger.write(office.actor, office.now) as batch:
            for first in range(0, len(lacking), ORDERED_AT_ONCE):
                body: dict[str, Any] = {"erased": list(lacking[first : first + ORDERED_AT_ONCE])}
                batch.append(SITE, "taken-over", office.now, {**body, "pinned": True} if office.pinned else body)
            _adopt(batch, ledger.entries(SITE))
            if not office.book.procedures or not office.book.calendars:
                raise walk.wrong(N_("no procedure or calendar was ever adopted"))
            return refile(office, batch, done)
    except _WRONG_SHAPE as error:
        raise _wrong(name, walk.line, N_("its entries cannot be folded")) from error


def _adopt(batch: Any, entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.kind == ADOPTED:
            batch.adopt(entry)


def _wrong(name: str, line: int, problem: str) -> ExportWrong:
    file = Words(N_("standard input")) if name == STANDARD else name
    return ExportWrong(file=file, line=line, problem=Words(problem))
