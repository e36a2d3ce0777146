"""The one place where whatever went wrong becomes a sentence and an exit code.

Kept light: until the command line is being read nothing but the standard library is loaded.
"""

import codecs
import gc
import os
import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from complaintctl import language
from complaintctl.cli.session import Session, begin, session
from complaintctl.errors import DeskError, Fault, Interrupted, OutOfMemory, OutputFailed

if TYPE_CHECKING:
    from types import TracebackType

_OBJECTS = 100_000
"""New objects between two looks for garbage: a short command needs none, and each look costs it a hundredth."""


def run_process() -> int:
    """Run the process's own command line; nothing of the program runs after it."""
    sys.excepthook = _fault
    gc.set_threshold(_OBJECTS)
    code = run(sys.argv[1:])
    # What is left is given back whole when the process ends; looking through it first would cost as much
    # as the bare interpreter. Nor is there anything left to interrupt.
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


def run(words: Sequence[str]) -> int:
    """Run a command line; whatever goes wrong on the way becomes a sentence and an exit code."""
    this = begin(words)
    try:
        _prepare_streams()
        try:
            return _run(this)
        except OutputFailed as error:
            _abandon(sys.stdout)
            return report(error, this)
        except DeskError as error:
            return report(error, this)
        except KeyboardInterrupt:
            return report(Interrupted(), this)
        except MemoryError:
            return report(OutOfMemory(), this)
    except BrokenPipeError:
        # The reader (head, a pager) has what it wanted and is gone: what was done is done.
        _abandon(sys.stdout)
        _abandon(sys.stderr)
        return 0


def _run(run: Session) -> int:
    from complaintctl.cli import settings
    from complaintctl.cli.registry import command_name

    language.install(settings.locale_language())
    if settings.is_no_language(run.given.get("--lang")):
        # That it is none is said in the language that stands otherwise.
        language.install(settings.language({}))
    language.install(settings.language(run.given))
    if not _goes_elsewhere(run):
        _speak_plainly(sys.stdout)
    run.command = command_name(run.rest)
    from complaintctl.output.problem import call

    named = run.given.get("--ledger")
    call(settings.APP if named is None else f"{settings.APP} --ledger {shell_word(named)}")

    from complaintctl.cli import answer, app

    code = app.run(run)
    answer.flush()
    return code


def shell_word(word: str) -> str:
    """A word as it can be typed to a shell."""
    if word and all(letter.isalnum() or letter in "/._-~" for letter in word):
        return word
    import shlex

    return shlex.quote(word)


def report(error: DeskError, run: Session) -> int:
    """Tell an error: JSON on standard output where it was asked for, else a sentence on standard error."""
    if run.wants_json and not run.printed:
        try:
            _tell_json(error, run)
            return error.exit_code
        except OutputFailed:
            _abandon(sys.stdout)
    try:
        _tell(error, run)
    except OSError:
        # Nobody can be told; the exit code still says it.
        _abandon(sys.stdout)
        _abandon(sys.stderr)
    return error.exit_code


def _tell_json(error: DeskError, run: Session) -> None:
    from complaintctl.cli.answer import flush, write_json
    from complaintctl.output import envelope, problem

    told = problem.as_json(error, run.called)
    write_json(envelope.failure(run.command, told, error.values.get("data")))
    flush()


def _tell(error: DeskError, run: Session) -> None:
    from complaintctl.cli.answer import remark
    from complaintctl.output.problem import describe

    sys.stdout.flush()
    message, hint = describe(error, run.called)
    for line in filter(None, (f"complaintctl: {message}", hint)):
        remark(line)
    sys.stderr.flush()


def _prepare_streams() -> None:
    """Make every stream able to carry every text, and let no file of ours become a closed standard stream."""
    for name, mode in (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY)):
        stream = getattr(sys, name)
        if stream is None:
            closed = os.fdopen(os.open(os.devnull, mode), "w" if mode else "r")
            setattr(sys, name, closed)
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_FALLBACK if mode else "surrogateescape")


_FALLBACK = "complaintctl"
_PLAIN = str.maketrans(
    {
        **{"·": "-", "—": "-", "–": "-", "…": "...", "→": ">", "×": "x", "‡": "+", "÷": "/", "≥": ">=", "≤": "<="},
        **{"“": '"', "”": '"', "‘": "'", "’": "'", "━": "-", "─": "-", "│": "|", "é": "e"},
        **{"，": ",", "。": ".", "、": ",", "：": ":", "；": ";", "（": "(", "）": ")", "？": "?", "！": "!"},
        # Clauses are cited as R 四.4(2)①.
        **{numeral: str(at) for at, numeral in enumerate("一二三四五六七八九十", 1)},
        **{circled: f"({at})" for at, circled in enumerate("①②③④⑤⑥⑦⑧⑨", 1)},
    }
)
"""What stands for a mark where a terminal has only ASCII, so that lines stay readable."""


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """Give what is written for characters that a stream cannot carry: a plain mark, else an escape."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    plain = (char.translate(_PLAIN) for char in lost)
    escaped = (one if one.isascii() else one.encode("ascii", "backslashreplace").decode("ascii") for one in plain)
    return "".join(escaped), error.end


codecs.register_error(_FALLBACK, _plainly)


def _speak_plainly(stream: TextIO) -> None:
    """Where a terminal lacks characters, measure columns by what it shows for them; without Chinese, speak English."""
    if _carries(stream, _RAREST):
        if "complaintctl.output.text" not in sys.modules:
            return
        how = None
    else:
        encoding = getattr(stream, "encoding", None) or "ascii"

        def how(text: str) -> str:
            return text.encode(encoding, _FALLBACK).decode(encoding)

    from complaintctl.output.text import speak_plainly

    speak_plainly(how)
    if how is not None and not _carries(stream, "投诉"):
        # Every Chinese word would be an escape that nobody can read.
        language.install("en")


_RAREST = "\U00020bb7·"
"""A character that only the encodings of every character have."""


def _goes_elsewhere(run: Session) -> bool:
    """Whether the answer has an encoding of its own: JSON with its escapes, or a file."""
    return run.wants_json or any(word.partition("=")[0] == "--output" for word in run.rest)


def _carries(stream: TextIO, text: str) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _abandon(stream: TextIO) -> None:
    """Let the interpreter's own last flush of a broken stream go nowhere instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _fault(kind: type[BaseException], error: BaseException, trace: "TracebackType | None") -> None:
    """A fault of the program: the kind and the place, never the values, which may be private."""
    if os.environ.get("COMPLAINTCTL_DEBUG"):
        sys.__excepthook__(kind, error, trace)
    if issubclass(kind, KeyboardInterrupt):
        report(Interrupted(), session())
        return
    report(Fault(kind=kind.__name__, place=_place(trace)), session())


def _place(trace: "TracebackType | None") -> str:
    """The innermost line of our own source that was running."""
    package = __file__.rpartition("cli")[0]
    place = "?"
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(package):
            place = f"{file.removeprefix(package)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
