"""Private facts made fit to be seen by anyone: a name's first character, a phone's ends, a unit's building.

Whoever needs more asks for it with a reason, and that stays in the ledger (R 8, H4 二.2).
"""

import re
from collections.abc import Mapping
from typing import Any

STARS = "****"
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?!\d)")
_BUILDING_MARKS = ("号楼", "栋", "幢", "座", "楼", "-", "－", "—", "–", "/", "#", "_", " ")
#: Shorter ones stand in too many innocent words and numbers to be taken out of a text.
_SHORTEST_NAME, _SHORTEST_UNIT = 2, 4


def name(text: str) -> str:
    """`张三` → `张*`."""
    return f"{text.strip()[:1]}*"


def phone(text: str) -> str:
    """`15400005678` → `154****5678`; shorter numbers keep less, what is no number its first character."""
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) >= 11:
        return f"{digits[:3]}{STARS}{digits[-4:]}"
    if len(digits) >= 7:
        return f"{digits[:2]}{STARS}{digits[-2:]}"
    return f"{text.strip()[:1]}{STARS}"


def unit(text: str, building: str | None) -> str:
    """`3-2-501` → `3-*`, `12栋501` → `12栋*`; where no building can be told nothing is shown."""
    home = text.strip()
    if not building or not home.startswith(building):
        return "*"
    rest = home[len(building) :]
    mark = next((mark for mark in _BUILDING_MARKS if rest.startswith(mark)), "")
    return f"{building}{mark}*"


def words(text: str, private: Mapping[str, Any], building: str | None = None) -> str:
    """A free text without mobile numbers and without the complainant's own name, phone and unit."""
    for key, least, shown in (("phone", 7, phone), ("name", _SHORTEST_NAME, name)):
        value = str(private.get(key) or "").strip()
        if len(value) >= least:
            text = text.replace(value, shown(value))
    home = str(private.get("unit") or "").strip()
    if len(home) >= _SHORTEST_UNIT:
        text = text.replace(home, unit(home, building))
    return _MOBILE.sub(rf"\1{STARS}\3", text)


def party(text: str, known: tuple[str, ...]) -> str:
    """Whom the complaint is against: a department or colleague of the site by name, anyone else masked."""
    return text if text.strip() in known else name(text)


def departments(site: Mapping[str, Any]) -> tuple[str, ...]:
    """The departments of a site by name; these are no private matter."""
    kept = site.get("departments") or ()
    return tuple(str(one["name"] if isinstance(one, Mapping) else one) for one in kept)
