"""What tests of the terminal share: the real program in a process of its own, piped or on a terminal."""

import fcntl
import hashlib
import io
import json
import os
import pty
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock
from zoneinfo import ZoneInfo

import pytest

import complaintctl
from complaintctl import language
from complaintctl.cli.main import main
from complaintctl.desk import packs, site
from complaintctl.rules.example import moment

PACKAGE_FOLDER = Path(complaintctl.__file__).parent.parent
TOYS = Path(__file__).with_name("toys.py")


class Ran(NamedTuple):
    """What a process left: exit code and the bytes of both streams."""

    code: int
    raw: bytes
    raw_err: bytes

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def err(self) -> str:
        return self.raw_err.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.raw)

    @property
    def data(self) -> Any:
        document = self.json
        assert document["ok"], document
        return document["data"]


class Shell:
    """Runs command lines in a clean environment with a home of its own; settings stay for later runs."""

    def __init__(self, home: Path, program: list[str]) -> None:
        self.home = home
        self.program = program
        self.env = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(PACKAGE_FOLDER),
            "USER": "clerk",
        }

    def __call__(
        self, *words: str | bytes, stdin: str | bytes = b"", env: dict[str, str | None] | None = None, **more: Any
    ) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        done = subprocess.run(
            [*self.program, *words],
            input=given,
            capture_output=True,
            env=self.environment(env),
            cwd=self.home,
            timeout=60,
            check=False,
            **more,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def environment(self, extra: dict[str, str | None] | None = None) -> dict[str, str]:
        merged = {**self.env, **(extra or {})}
        return {name: value for name, value in merged.items() if value is not None}

    def terminal(
        self,
        *words: str,
        keys: str = "",
        columns: int = 80,
        lines: int = 24,
        env: dict[str, str | None] | None = None,
    ) -> Ran:
        """Run on a terminal of a size; `keys` are typed in at once. Both streams come back as `out`."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        process = subprocess.Popen(
            [*self.program, *words],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=self.environment({"TERM": "xterm-256color", **(env or {})}),
            cwd=self.home,
            start_new_session=True,
        )
        os.close(theirs)
        if keys:
            os.write(ours, keys.encode())
        seen = _read_until_closed(ours)
        os.close(ours)
        return Ran(process.wait(30), seen.replace(b"\r\n", b"\n"), b"")


def _read_until_closed(handle: int) -> bytes:
    seen, until = b"", time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([handle], [], [], 1)[0]:
            continue
        try:
            block = os.read(handle, 65536)
        except OSError:
            break
        if not block:
            break
        seen += block
    return seen


@pytest.fixture(scope="session")
def new_shell() -> Callable[[Path], Shell]:
    """The real program with a home of one's choice, for ledgers that several tests share."""
    return lambda home: Shell(home, [sys.executable, "-m", "complaintctl"])


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The real program: `shell("log", "--text", "…").data`."""
    return Shell(tmp_path, [sys.executable, "-m", "complaintctl"])


@pytest.fixture
def toys(tmp_path: Path) -> Shell:
    """The program with only the toy commands of `toys.py`, to try the terminal's own promises."""
    return Shell(tmp_path, [sys.executable, str(TOYS)])


@pytest.fixture
def imported_modules(tmp_path: Path) -> Callable[..., frozenset[str]]:
    """The modules that a command line has imported when it ends: `imported_modules("overdue", env=…)`."""

    def imported(*words: str, program: str = "", env: dict[str, str | None] | None = None) -> frozenset[str]:
        code = (
            f"import sys\n{program}\nfrom complaintctl.cli.main import main\ncode = main(sys.argv[1:])\n"
            "sys.stderr.write('\\n'.join(sys.modules))\nsys.exit(code)"
        )
        ran = Shell(tmp_path, [sys.executable, "-c", code])(*words, env=env)
        assert ran.code in (0, 10), ran.err
        return frozenset(ran.err.split("\n"))

    return imported


PLAIN = {
    **{"--text": "甲", "--kind": "complaint", "--channel": "phone", "--category": "other"},
    **{"--responsibility": "own", "--unit": "3-1-501"},
}


class Clerk:
    """The program within this process, on a ledger of its own, at moments of one's choice: fast, for many steps.

    `clerk("09:00", "assign", "1", "工程部")` acts on Friday 2026-11-20 unless a day is given; `lang`, `actor` and
    other settings by name. `clerk.shell` is the same as a process of its own.
    """

    def __init__(self, shell: Shell, ledger: Path) -> None:
        self.shell = shell
        self.use(ledger)

    def use(self, ledger: Path) -> None:
        self.ledger = ledger
        self.shell.env |= {
            "COMPLAINTCTL_LEDGER": str(ledger),
            "COMPLAINTCTL_LANG": "en",
            "COMPLAINTCTL_ACTOR": "clerk",
        }

    def env(self, when: str, **settings: str) -> dict[str, str]:
        day, _, hour = f"{'' if ' ' in when else '2026-11-20 '}{when}".partition(" ")
        named = {f"COMPLAINTCTL_{name.upper()}": value for name, value in settings.items()}
        return {"COMPLAINTCTL_NOW": f"{day}T{hour}:00+08:00", **named}

    def __call__(self, when: str, *words: str, stdin: str | bytes = "", code: int = 0, **settings: str) -> Ran:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
        heard = io.TextIOWrapper(io.BytesIO(given), "utf-8")
        env = self.shell.environment(self.env(when, **settings))
        with (
            mock.patch.dict(os.environ, env, clear=True),
            mock.patch.object(sys, "stdin", heard),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            left = main(words)
        ran = Ran(left, _written(out), _written(err))
        assert left == code, ran.out + ran.err
        return ran

    def take(self, when: str, *more: str, **settings: str) -> str:
        """Take down a plain complaint, all of it stated unless `more` says otherwise; return its id."""
        stated = {name: value for name, value in PLAIN.items() if name not in more}
        if "nameless" in more:
            more = tuple(word for word in more if word != "nameless")
            stated.pop("--unit", None)
        fault = () if "--fault" in more else ("--no-fault",)
        words = [word for pair in stated.items() for word in pair]
        return str(self(when, "log", *words, *fault, *more, "--json", **settings).data["id"])

    def clocks(self, name: str, when: str, *states: str) -> dict[str, tuple[str, str | None]]:
        """Return state and shown due moment of a complaint's clocks by their id (`id/2` in round 2)."""
        return {
            one["id"] if one["round"] == 1 else f"{one['id']}/{one['round']}": (one["state"], one["shown"])
            for one in self(when, "show", name, "--json").data["clocks"]
            if not states or one["state"] in states
        }

    def digest(self) -> str:
        """Return what changes when a byte of the ledger does."""
        return hashlib.sha256(self.ledger.read_bytes()).hexdigest()


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    return stream.buffer.getvalue()  # type: ignore[attr-defined, no-any-return]


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A ledger begun on 2026-01-01 under a procedure, named by id or file; to be copied, not written to."""
    made: dict[tuple[str, str], Path] = {}

    def begin(procedure: str, day: str = "2026-01-01") -> Path:
        if (procedure, day) not in made:
            path = tmp_path_factory.mktemp("begun") / "site.db"
            start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load(procedure), packs.shipped_calendar())
            site.begin(str(path), moment(f"{day} 08:00", ZoneInfo("Asia/Shanghai")), "manager", start)
            made[procedure, day] = path
        return made[procedure, day]

    return begin


@pytest.fixture(scope="session")
def new_clerk() -> Callable[[Shell, Path], Clerk]:
    """A clerk at a ledger of one's choice, for what several tests share."""
    return Clerk


@pytest.fixture
def clerk(shell: Shell, begun: Callable[..., Path]) -> Iterator[Clerk]:
    """A clerk at a desk that works by site-standard."""
    ledger = shell.home / "site.db"
    shutil.copy(begun("site-standard"), ledger)
    yield Clerk(shell, ledger)
    language.install("en")


@pytest.fixture
def clerk_under(shell: Shell, begun: Callable[..., Path]) -> Iterator[Callable[[str], Clerk]]:
    """A clerk at a desk that works by another procedure: `clerk_under("service-code")`, or a pack's file."""

    def under(procedure: str) -> Clerk:
        ledger = shell.home / f"{Path(procedure).stem}.db"
        shutil.copy(begun(procedure), ledger)
        return Clerk(shell, ledger)

    yield under
    language.install("en")


class Tmux:
    """A clerk's terminal: a shell inside tmux, in which `at 09:05 assign 1 …` runs the program at that hour."""

    def __init__(self, clerk: Clerk, columns: int) -> None:
        self.clerk = clerk
        home = clerk.shell.home
        self.socket = str(home / "tmux")
        settings = home / "settings.sh"
        words = " ".join(clerk.shell.program)
        settings.write_text(
            "PS1='$ '\n"
            'at() { day=2026-11-20; case "$1" in 2*) day=$1; shift;; esac; hour=$1; shift\n'
            f'COMPLAINTCTL_NOW="${{day}}T$hour:00+08:00" {words} "$@"; }}\n'
        )
        env = clerk.shell.environment({"COMPLAINTCTL_LANG": "zh", "ENV": str(settings), "TERM": "xterm-256color"})
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", "120", "sh", "-i", env=env)
        self.until("$")

    def _tmux(self, *words: str, env: dict[str, str] | None = None) -> str:
        done = subprocess.run(
            ["tmux", "-u", "-S", self.socket, *words],
            env=env or self.clerk.shell.environment({"TERM": "xterm-256color"}),
            capture_output=True,
            cwd=self.clerk.shell.home,
            timeout=30,
            check=True,
        )
        return done.stdout.decode()

    def type(self, line: str, until: str = "$") -> str:
        """Type a line and give the screen when its last line begins with `until`."""
        stale = self.screen()
        self._tmux("send-keys", "-l", line)
        self._tmux("send-keys", "Enter")
        return self.until(until, stale)

    def press(self, key: str, until: str = "$") -> str:
        stale = self.screen()
        self._tmux("send-keys", key)
        return self.until(until, stale)

    def clear(self) -> None:
        self.type("clear")

    def screen(self) -> str:
        return self._tmux("capture-pane", "-p", "-J").rstrip()

    def until(self, text: str, stale: str = "") -> str:
        """Wait until the screen is another than the stale one, stands still, and its last line begins with a text."""
        seen, end = "", time.monotonic() + 20
        while time.monotonic() < end:
            before, seen = seen, self.screen()
            last = seen.rpartition("\n")[2]
            # The shell's own prompt stands alone; after it would be a command that has not run yet.
            if before == seen != stale and (last == text if text == "$" else last.startswith(text)):
                return seen
            time.sleep(0.05)
        raise AssertionError(f"no {text!r} on the screen:\n{seen}")

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def tmux(clerk: Clerk) -> Iterator[Callable[[int], Tmux]]:
    """A terminal of so many columns, in Chinese; skipped, visibly, where there is no tmux."""
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    opened: list[Tmux] = []

    def terminal(columns: int) -> Tmux:
        opened.append(Tmux(clerk, columns))
        return opened[-1]

    yield terminal
    for one in opened:
        one.close()
