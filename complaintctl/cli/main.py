"""Where the program starts. So light that an interruption finds hardly anything of ours outside of the boundary."""

from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Run one command line (default: the process's own) and give its exit code."""
    try:
        from complaintctl.cli import boundary

        return boundary.run_process() if words is None else boundary.run(words)
    except KeyboardInterrupt:
        return 130
