"""Moments and spans of time as they are shown: exact for scripts, short for people.

Moments are seconds since 1970 in UTC; `zone` is the site's. A due moment at local midnight is the 24:00 of
the day that ends there, as the written procedures put it.
"""

from zoneinfo import ZoneInfo

from complaintctl.language import N_, gettext
from complaintctl.rules.localtime import iso, shown

__all__ = ["due", "duration", "iso", "iso_or_none", "local"]

_UNITS = (
    (86400, N_("{n} day"), N_("{n} days")),
    (3600, N_("{n} h"), N_("{n} h")),
    (60, N_("{n} min"), N_("{n} min")),
    (1, N_("{n} s"), N_("{n} s")),
)


def iso_or_none(moment: int | None, zone: ZoneInfo) -> str | None:
    """A moment in ISO 8601 for scripts; None for none."""
    return None if moment is None else iso(moment, zone)


def local(moment: int, zone: ZoneInfo) -> str:
    """The moment as a person reads it: `2026-11-20 16:00`, with seconds only where there are some."""
    return shown(moment, zone, due=False)


def due(moment: int, zone: ZoneInfo) -> str:
    """A due moment as a person reads it: midnight is `2026-11-20 24:00` of the day before."""
    return shown(moment, zone)


def duration(seconds: int) -> str:
    """A span in the two units that matter: `3 days 4 h`, `1小时20分`; under a minute `40 s`, nothing `0 min`."""
    rest, parts = abs(seconds), []
    if rest < 60:
        return _amount(3, rest) if rest else _amount(2, 0)
    for unit, (size, *_texts) in enumerate(_UNITS[:3]):
        n, rest = divmod(rest, size)
        if n:
            parts.append((unit, n))
    first = parts[0][0]
    shown = [_amount(unit, n) for unit, n in parts if unit <= first + 1]
    return gettext(N_("{first} {second}")).format(first=shown[0], second=shown[1]) if shown[1:] else shown[0]


def _amount(unit: int, n: int) -> str:
    one, many = _UNITS[unit][1:]
    return gettext(one if n == 1 else many).format(n=n)
