"""What holds for one run of the program: the settings, the moment, the command's name, the warnings.

Commands get it with `session()`; everything in it is found out when first asked for.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from complaintctl.cli import clock, registry, settings
from complaintctl.language import say


class Session:
    """One run; `words` is the command line without the program's name."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = list(words)
        self.given, rest, known = settings.scan(self.words)
        self.rest = list(rest)
        if known and not rest and registry.HOME in registry.COMMANDS:
            self.words.append(registry.HOME)
            self.rest.append(registry.HOME)
        self.command: str | None = None
        self.warnings: list[dict[str, str]] = []
        self.printed = False
        """Whether a document has begun to appear on standard output, so that no second one may."""

    @cached_property
    def now(self) -> int:
        """The moment at which this command runs, the same for all it does."""
        return clock.now()

    @property
    def now_overridden(self) -> bool:
        """Whether that moment was set by the environment; entries written then say so."""
        return clock.overridden()

    @cached_property
    def ledger(self) -> Path:
        """The ledger's file."""
        return settings.ledger(self.given)

    @property
    def ledger_named(self) -> bool:
        """Whether a ledger was named, for commands that need none."""
        return settings.ledger_named(self.given)

    @cached_property
    def actor(self) -> str:
        """Who acts."""
        return settings.actor(self.given)

    @cached_property
    def wants_json(self) -> bool:
        """Whether JSON was asked for anywhere, so that even a usage error is answered in it."""
        # Of export it is the file that is JSON Lines; what is said of it is for people.
        forms = ("json",) if self.rest[:1] == ["export"] else ("json", "jsonl")
        for at, word in enumerate(self.words):
            if word == "--":
                return False
            if word == "--json" or word in [f"--format={form}" for form in forms]:
                return True
            if word == "--format" and self.words[at + 1 : at + 2] in [[form] for form in forms]:
                return True
        return False

    def hold(self, *, ledger: Path, now: int) -> None:
        """From here on look at another ledger, at another moment: for `demo`, which shows what it has built."""
        self.__dict__ |= {"ledger": ledger, "now": now}

    @property
    def called(self) -> str:
        """The command as a person types it: `complaintctl procedure list`."""
        return f"{settings.APP} {self.command}" if self.command else settings.APP

    def warn(self, code: str, text: str, /, **values: object) -> None:
        """Tell something beside the answer: on standard error, or in the JSON document's warnings."""
        from complaintctl.output.problem import fill

        self.warnings.append({"code": code, "message": fill(say(text), **values)})


_current = Session([])


def begin(words: Sequence[str]) -> Session:
    """Start a run."""
    global _current
    _current = Session(words)
    return _current


def session() -> Session:
    """The run that is going on."""
    return _current
