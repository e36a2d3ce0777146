"""The written procedures as data: one TOML file a document, what they have in common, and the five joined."""

from pathlib import Path

#: The packs that ship with the program, the default first.
SHIPPED = (
    "site-standard",
    "resident-standard",
    "work-instruction",
    "owner-mechanism",
    "office-handbook",
    "service-code",
)
DEFAULT = SHIPPED[0]


def path(name: str) -> Path:
    """Return where a data file of this room lies, such as `common.toml`."""
    return Path(__file__).with_name(name)


def text(pack: str) -> str:
    """Return the TOML text of a shipped pack.

    Raises:
        KeyError: no pack of this id ships with the program.
    """
    if pack not in SHIPPED:
        raise KeyError(pack)
    return path(f"{pack}.toml").read_text(encoding="utf-8")


def common() -> str:
    """Return the TOML text that stands under every pack: roles, rungs, steps, validity."""
    return path("common.toml").read_text(encoding="utf-8")
