"""What tests of the terminal share: the real program in a process of its own, piped or on a terminal."""

import fcntl
import json
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import complaintctl

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
