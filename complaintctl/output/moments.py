"""Moments and spans of time as they are shown: exact for scripts, short for people.

Moments are seconds since 1970 in UTC; `zone` is the site's. A due moment at local midnight is the 24:00 of
the day that ends there, as the written procedures put it.
"""

from datetime import datetime, tzinfo

from complaintctl.language import N_, gettext

_UNITS = (
    (86400, N_("{n} day"), N_("{n} days")),
    (3600, N_("{n} h"), N_("{n} h")),
    (60, N_("{n} min"), N_("{n} min")),
    (1, N_("{n} s"), N_("{n} s")),
)


def iso(moment: int, zone: tzinfo) -> str:
    """The exact instant for scripts: `2026-11-20T16:00:00+08:00`."""
    return datetime.fromtimestamp(moment, zone).isoformat()


def local(moment: int, zone: tzinfo) -> str:
    """The moment as a person reads it: `2026-11-20 16:00`, with seconds only where there are some."""
    when = datetime.fromtimestamp(moment, zone)
    return when.strftime("%Y-%m-%d %H:%M:%S" if when.second else "%Y-%m-%d %H:%M")


def due(moment: int, zone: tzinfo) -> str:
    """A due moment as a person reads it: midnight is `2026-11-20 24:00` of the day before."""
    when = datetime.fromtimestamp(moment, zone)
    if when.hour or when.minute or when.second:
        return local(moment, zone)
    return f"{datetime.fromtimestamp(moment - 1, zone):%Y-%m-%d} 24:00"


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
