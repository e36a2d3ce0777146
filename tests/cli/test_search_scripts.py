"""Searching across scripts and widths: traditional and simplified, full and half width; and what the snippet shows."""

from typing import Any

import pytest

from complaintctl.ledger.variants import SIMPLIFIED, TRADITIONAL, ways
from complaintctl.reports.search import excerpt, folded

TEXTS = (
    "三號樓電梯壞了，門禁也失靈",
    "三号楼电梯坏了，门禁也失灵",
    "發票臺頭寫錯",
    "ＷＩＦＩ和ＫＴＶ音响，价格100%涨",
    "头发堵了地漏，样例＿甲",
)


@pytest.fixture
def told(clerk: Any) -> Any:
    for number, text in enumerate(TEXTS, 1):
        clerk(f"09:0{number}", "log", "--text", text, "--unit", "５栋２０１")
    return clerk


def found(clerk: Any, *words: str) -> dict[int, str]:
    return {one["id"]: one["snippet"] for one in clerk("10:00", "search", *words, "--json").data["items"]}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("电梯",), [2, 1]),
        (("電梯",), [2, 1]),
        (("电梯坏了", "门禁"), [2, 1]),
        (("門禁也失灵",), [2, 1]),
        (("楼",), [2, 1]),
        (("发票",), [3]),
        (("發票台頭",), [3]),
        (("头发",), [5]),
        (("wifi",), [4]),
        (("ｗｉｆｉ",), [4]),
        (("电\u200b梯",), [2, 1]),
        (("100%",), [4]),
        (("5栋201",), [5, 4, 3, 2, 1]),
        (("%",), []),
        (("_",), []),
        (('"电梯"',), [2, 1]),
        (("'; DROP TABLE entry",), []),
    ],
)
def test_what_is_found(told: Any, words: tuple[str, ...], ids: list[int]) -> None:
    assert list(found(told, *words)) == ids


def test_the_snippet_shows_the_place_as_it_was_written(told: Any) -> None:
    assert "電梯壞了" in found(told, "电梯坏了")[1]
    assert "ＫＴＶ" in found(told, "ktv")[4]


def test_a_word_is_looked_for_in_either_script_and_in_few_ways() -> None:
    assert ways("电梯") == ["电梯", "電梯"] and ways("電梯") == ["電梯", "电梯"]
    assert {"发票", "發票"} <= set(ways("发票")) and ways("abc-12") == ["abc-12"]
    assert ways("三号楼电梯坏了门禁失灵")[1] == "三號樓電梯壞了門禁失靈"
    assert len(ways(SIMPLIFIED[:40])) == 24 == len(set(ways(TRADITIONAL[:40])))


def test_the_table_turns_no_character_round() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL)) and len(TRADITIONAL) > 2_000
    assert not [one for one, other in zip(TRADITIONAL, SIMPLIFIED, strict=True) if one == other or other in TRADITIONAL]


def test_a_text_is_folded_character_for_character() -> None:
    for text in ("㎡ﬁ½電ＴＶİß", "＝１＋１", "\u200b𠮷"):
        assert len(folded(text)) == len(text)
    assert excerpt("一" * 40 + "㎡電梯壞了", ["电梯"]) == "…" + "一" * 17 + "㎡電梯壞了"
