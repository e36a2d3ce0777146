"""Numbers with a unit: their least value, and when they count."""

from __future__ import annotations

import pytest

from complaintctl.reading.numbers import Unit, counts, value_of


@pytest.mark.parametrize(
    ("figures", "value"),
    [
        ("7", 7),
        ("120", 120),
        ("零", 0),
        ("两", 2),
        ("俩", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("二十三", 23),
        ("一百零五", 105),
        ("三百二十", 320),
        ("一千", 1000),
        ("两万", 20_000),
        ("百", 100),
        ("几", 2),
        ("几十", 20),
        ("十几", 11),
        ("数百", 200),
        ("两三", 2),
        ("十七八", 17),
        ("三五百", 300),
        ("半", 0.5),
        ("二〇一九", 2019),
        ("twelve", 12),
    ],
)
def test_least_value(figures: str, value: float) -> None:
    assert value_of(figures) == value


UNITS = {
    "户": Unit(1, 1, 2, True, ("每",), ("型",), ("都",)),
    "户业主": Unit(1, 1, 2, True, ("每",), ("型",), ("都",)),
    "次": Unit(2, 1, 2, False, (), (), ()),
    "天": Unit(3, 1, 32, False, (), (), ()),
    "个月": Unit(3, 30, 32, False, (), (), ()),
    "年": Unit(3, 365, 32, False, (), (), ()),
    "months": Unit(3, 30, 32, False, (), (), ()),
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("两户", [(0, 2, 1, 2)]),
        ("12 户业主", [(0, 6, 1, 12)]),
        ("一户", []),
        ("几户", []),
        ("十几户", [(0, 3, 1, 11)]),
        ("20多户", [(0, 4, 1, 20)]),
        ("每3户", []),
        ("3户型", []),
        ("702户", []),
        ("702户都", [(0, 4, 1, 702)]),
        ("700户", [(0, 4, 1, 700)]),
        ("几次", [(0, 2, 2, 2)]),
        ("1次", []),
        ("31天", []),
        ("32天", [(0, 3, 3, 32)]),
        ("一个月", []),
        ("一个多月", [(0, 4, 3, 1)]),
        ("一个月有余", [(0, 3, 3, 1)]),
        ("超过一个月", [(2, 5, 3, 1)]),
        ("近两个月", [(1, 4, 3, 2)]),
        ("半个月", []),
        ("半年", [(0, 2, 3, 0)]),
        ("2年", [(0, 2, 3, 2)]),
        ("2014年", []),
        ("10多年", [(0, 4, 3, 10)]),
        ("two months", [(0, 10, 3, 2)]),
        ("two monthsx", []),
        ("5月", []),
        ("没有数", []),
    ],
)
def test_counts(text: str, found: list[tuple[int, int, int, int]]) -> None:
    assert [tuple(one) for one in counts(text, UNITS)] == found
