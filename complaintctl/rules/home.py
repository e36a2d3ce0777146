"""A home by one name, however it is written: `3-1-501`, `3栋1单元501室`, `03-1-0501` and `３－１－５０１` are one home.

What was typed stays as it was typed; this is only for asking whether two complaints come from one household.
"""

from __future__ import annotations

import unicodedata

#: What stands between, or behind, the parts of a home's address.
_MARKS = ("号楼", "单元", "栋", "幢", "座", "楼", "室", "户", "房", "号", *"#-–—―_/,、 \t")
#: How a home of two or of three parts is usually written; the first is the plain form.
_WAYS = {
    2: ("{0}-{1}", *(f"{{0}}{mark}{{1}}{end}" for mark in ("栋", "号楼", "幢", "座") for end in ("", "室")), "{0}#{1}"),
    3: (
        "{0}-{1}-{2}",
        *(f"{{0}}{mark}{{1}}单元{{2}}{end}" for mark in ("栋", "号楼", "幢") for end in ("", "室")),
        "{0}#{1}-{2}",
    ),
}
#: The figures of a door plate that has a nought before the floor: 0301.
_PLATE = 4


def home(unit: str) -> str:
    """Return the plain form of a home's address: its parts joined by `-`, in small letters and narrow digits.

    Noughts before a number say nothing: door plates have 0301 where the register has 301.
    """
    text = unicodedata.normalize("NFKC", unit).casefold()
    for mark in _MARKS:
        text = text.replace(mark, "-")
    return "-".join(_bare(part) for part in text.split("-") if part) or unit.strip()


def _bare(part: str) -> str:
    return part.lstrip("0") or "0" if part.isdecimal() else part


def spellings(unit: str) -> tuple[str, ...]:
    """Return how the ledger may have a home written down: as typed here, and in the other usual ways."""
    plain = home(unit)
    parts = plain.split("-")
    rooms = [parts, *([[*parts[:-1], parts[-1].zfill(_PLATE)]] if _on_a_plate(parts) else [])]
    ways = [way.format(*one) for one in rooms for way in _WAYS.get(len(parts), ())]
    upper = [way.upper() for way in ways] if plain != plain.upper() else []
    return tuple(dict.fromkeys((unit, unit.strip(), plain, *ways, *upper)))


def _on_a_plate(parts: list[str]) -> bool:
    return len(parts) > 1 and parts[-1].isdecimal() and len(parts[-1]) == _PLATE - 1
