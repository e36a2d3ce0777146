"""Numbers with a unit in a text: 三次, 12户, 两个多月, 5 households.

Vague numbers give the least that they can mean: 十几 is 11, 两三 is 2, 上百 is 100, a bare 几 is 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_ENGLISH = {
    word: value
    for value, word in enumerate(
        ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 2
    )
}
_NUMBER = re.compile(rf"[0-9]+|[〇零一二两俩三四五六七八九十百千万几数半]+|(?<![a-z])(?:{'|'.join(_ENGLISH)})(?![a-z])")
_DOOR = re.compile(r"[0-9]{1,2}0[1-9]")
_FLAT = re.compile(r"(?<![0-9.])[1-9][0-9]?(?:0[1-9]|1[0-2])(?![0-9.])")
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "俩": 2} | {
    figure: value for value, figure in enumerate("三四五六七八九", 3)
}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_VAGUE = "几数"
_MORE = "多余来几半"
_MORE_AFTER = ("以上", "有余", "开外", "多")
_MORE_BEFORE = ("超过", "不止", "超", "over ", "more than ")
_NEARLY = ("近", "快", "将近", "接近", "差不多", "不到", "nearly ", "almost ")
_YEAR_IN_DAYS = 365


class Unit(NamedTuple):
    """What one unit of a count means: its list, its size in the count's measure, and when it counts.

    `definite`: a bare 几 does not count. `door_unless`: a number like 702 names a flat unless one of these follows.
    """

    list: int
    size: float
    at_least: float
    definite: bool
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]
    door_unless: tuple[str, ...]


class Flat(NamedTuple):
    """The list that a flat's number alone belongs to (502, 1803), and what it must not stand behind or before."""

    list: int
    not_after: tuple[str, ...]
    not_before: tuple[str, ...]


class Count(NamedTuple):
    """A number with its unit from `start` to `end`, in the list that its unit belongs to; `number` is rounded down."""

    start: int
    end: int
    list: int
    number: int


def counts(text: str, units: Mapping[str, Unit]) -> Iterator[Count]:
    """Yield the counted numbers of a normalised text, in order; those too small for their list are left out."""
    for found in _NUMBER.finditer(text):
        measured = _measured(text, found.end(), units)
        if measured is None:
            continue
        end, unit, more = measured
        if _ruled_out(text, found, end, unit, more):
            continue
        number = value_of(found.group())
        if _amount(text, found.start(), end, number, more) * unit.size >= unit.at_least:
            yield Count(found.start(), end, unit.list, int(number))


def flats(text: str, flat: Flat) -> Iterator[Count]:
    """Yield the numbers of a normalised text that name somebody's flat: 502 knocks, but 3-502 is who calls."""
    for found in _FLAT.finditer(text):
        if text.startswith(flat.not_before, found.end()) or text.endswith(flat.not_after, 0, found.start()):
            continue
        yield Count(found.start(), found.end(), flat.list, int(found.group()))


def _measured(text: str, start: int, units: Mapping[str, Unit]) -> tuple[int, Unit, bool] | None:
    """Find the longest unit after a number: where it ends, and whether a 多, 余, 来 or 半 stands before or inside."""
    if text[start : start + 1] == " ":
        start += 1
    ahead = text[start : start + 12]
    for at in range(2):
        if ahead[at : at + 1] and ahead[at] in _MORE:
            unit = _longest(ahead[:at] + ahead[at + 1 :], units)
            if unit is not None and len(unit) > at:
                return start + len(unit) + 1, units[unit], True
    unit = _longest(ahead, units)
    return None if unit is None else (start + len(unit), units[unit], False)


def _longest(ahead: str, units: Mapping[str, Unit]) -> str | None:
    for length in range(min(len(ahead), 10), 0, -1):
        unit = ahead[:length]
        if unit in units and not ("a" <= ahead[length : length + 1] <= "z" and unit.isascii()):
            return unit
    return None


def _ruled_out(text: str, found: re.Match[str], end: int, unit: Unit, more: bool) -> bool:
    figures = found.group()
    if unit.definite and set(figures) <= set(_VAGUE):
        return True
    if unit.not_before and text.startswith(unit.not_before, end):
        return True
    if unit.not_after and text.endswith(unit.not_after, 0, found.start()):
        return True
    if unit.size == _YEAR_IN_DAYS and figures.isdecimal() and len(figures) > 1 and not more:
        return True  # 2014年 and 08年 are years of the calendar
    return bool(unit.door_unless and _DOOR.fullmatch(figures) and not text.startswith(unit.door_unless, end))


def _amount(text: str, start: int, end: int, number: float, more: bool) -> float:
    """Give the number that the words around it mean: 一个多月 is more than 1, 近一个月 less."""
    if text.endswith(_NEARLY, 0, start):
        return number - 0.1
    if more or text.startswith(_MORE_AFTER, end) or text.endswith(_MORE_BEFORE, 0, start):
        return number + 0.5
    return number


def value_of(figures: str) -> float:
    """Give the least value of a numeral in figures, Chinese characters or English; 半 is one half.

    >>> [value_of(figures) for figures in ("12", "十几", "两三", "二百", "半")]
    [12, 11, 2, 200, 0.5]
    """
    if figures in _ENGLISH:
        return _ENGLISH[figures]
    if figures.isascii():
        return int(figures[:9])
    if "半" in figures:
        return 0.5
    if len(figures) > 2 and all(figure in _DIGITS for figure in figures):
        return int("".join(str(_DIGITS[figure]) for figure in figures[:9]))
    return _chinese(figures)


def _chinese(figures: str) -> int:
    total = 0
    digit: int | None = None
    for figure in figures:
        if figure in _POWERS:
            power = _POWERS[figure]
            if power == _POWERS["万"]:
                total, digit = (total + (digit or 0) or 1) * power, None
            else:
                total, digit = total + (1 if digit is None else digit) * power, None
        elif figure in _VAGUE:
            digit = 1 if total else 2
        elif digit is None or digit == 0:  # of two in a row, as in 两三, the first is the least
            digit = _DIGITS[figure]
    return total + (digit or 0)
