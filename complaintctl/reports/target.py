"""What a procedure asks a figure to reach, and whether it was reached, in whole numbers so that an edge is an edge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from complaintctl.reports.figure import Tally


class Target(NamedTuple):
    """A target as the pack writes it: `at_least` or `at_most` such as "90%", both included; with its clause."""

    at_least: str | None
    at_most: str | None
    clause: str


def targets_of(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Target]]:
    """The targets of a procedure's snapshot, by the figure they are set for."""
    found: dict[str, list[Target]] = {}
    for row in rows:
        found.setdefault(row["figure"], []).append(Target(row["at_least"], row["at_most"], row["clause"]))
    return found


def joined(targets: Iterable[Target]) -> Target | None:
    """Several targets for one figure as one, the strictest of each kind; None where there is none."""
    those = list(targets)
    if not those:
        return None
    least = max((one.at_least for one in those if one.at_least), key=share, default=None)
    most = min((one.at_most for one in those if one.at_most), key=share, default=None)
    return Target(least, most, ", ".join(dict.fromkeys(one.clause for one in those)))


def share(text: str) -> float:
    """The share that a percentage says: "90%" is 0.9."""
    number, scale = _exact(text)
    return number / scale


def met(target: Target | None, tally: Tally) -> bool | None:
    """Whether a share reaches its target; None where there is no target or no share."""
    if target is None or not tally.denominator or tally.numerator is None:
        return None
    for text, sign in ((target.at_least, 1), (target.at_most, -1)):
        if text is not None:
            number, scale = _exact(text)
            if sign * (tally.numerator * scale - number * tally.denominator) < 0:
                return False
    return True


def _exact(text: str) -> tuple[int, int]:
    """A percentage as numerator and denominator."""
    whole, _, places = text.rstrip("%").partition(".")
    return int(whole + places), 100 * 10 ** len(places)
