"""Where it happened, read from the text: buildings, entrances and spots of a compound, never a home."""

import pytest

from complaintctl.reading.place import proposed

TOLD = [
    ("3号楼2单元电梯坏了", "3号楼2单元"),
    ("在3栋大堂摔倒", "3栋大堂"),
    ("5栋1单元门口堆满垃圾", "5栋1单元门口"),
    ("12幢7楼走廊灯不亮", "12幢7楼走廊"),
    ("小区东门的道闸坏了", "小区东门"),
    ("A区地下车库入口积水", "A区地下车库入口"),
    ("我家在5号楼，地下车库漏水", "地下车库"),
    ("不是地下车库，是楼道漏水", "楼道"),
    ("3栋和5栋都停水", "3栋、5栋"),
    ("楼道灯不亮，楼道里还堆杂物", "楼道"),
    ("三号楼停水", "三号楼"),
    ("１２号楼停电", "１２号楼"),
    ("No light in the lobby of building 3", "lobby、building 3"),
]
NOT_TOLD = [
    "物业费怎么交",
    "3-2-501楼上漏水",
    "我住3栋502，楼上漏水",
    "3栋2单元502室漏水",
    "一栋楼都停水了",
    "三栋都停水",
    "我是3号楼的",
]


@pytest.mark.parametrize(("text", "place"), TOLD)
def test_a_place_is_proposed_in_the_words_of_the_text(text: str, place: str) -> None:
    found = proposed(text)
    assert found is not None and (found.fact, found.value) == ("place", place)
    assert all(word in text for word in found.words)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_a_home_a_count_or_nothing_is_no_place(text: str) -> None:
    assert proposed(text) is None
