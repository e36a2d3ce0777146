"""How buildings and homes are written: the code that a unit's number begins with, and a building's bare code."""

from __future__ import annotations

from collections.abc import Collection

MARKS = ("号楼", "栋", "幢", "座", "楼")
"""What may follow a building's number in writing and is no part of its code."""


def bare_code(typed: str) -> str:
    """Return a building's code as complaints have it: `3` for `3号楼`, `A` for `A座`; any other name as it is."""
    text = typed.strip()
    for mark in MARKS:
        if text.endswith(mark) and len(text) > len(mark):
            return text.removesuffix(mark).strip()
    return text


def code_within(unit: str, codes: Collection[str]) -> str | None:
    """Return the longest registered code with which a unit's number begins (`2-3` of `2-3-501`); None for none."""
    text = unit.strip()
    for end in range(len(text), 0, -1):
        if text[:end] in codes and (end == len(text) or _parts(text[end:])):
            return text[:end]
    return None


def _parts(rest: str) -> bool:
    """Say whether what follows a building's code in a unit's number is another part of it."""
    return rest[0] in "-－—–/#_ " or any(rest.startswith(mark) for mark in MARKS)
