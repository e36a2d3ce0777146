"""Where it happened, as a text tells it: a building with its entrance and floor, or a spot that all in a compound know.

A home is never proposed: where somebody lives is the unit, which is private and typed by the clerk. Nor is a place
that the text only denies. The words stand in the text as they are proposed.
"""

import re
from collections.abc import Iterator
from functools import cache

from complaintctl.reading.proposal import Proposal

_RULE = "place-told"

_CHINESE = """
地下停车场 地下停车库 地下车库 地下通道 地下室 地库 负一层 负二层 负一楼 负二楼 停车场 停车棚 电动车棚
自行车棚 车棚 车库 入户大堂 一楼大堂 大堂 门厅 电梯厅 电梯间 电梯里 电梯内 轿厢 消防通道 消防楼梯 楼梯间
楼道 走廊 过道 天台 楼顶 屋顶 架空层 单元门口 单元门 小区大门口 小区大门 小区门口 大门口 东南门 东北门
西南门 西北门 东门 西门 南门 北门 正门 侧门 后门 门岗 岗亭 保安亭 中心花园 小花园 中庭 草坪 绿化带 人工湖
景观湖 儿童游乐场 儿童乐园 游乐场 健身区 健身广场 中心广场 小区广场 篮球场 网球场 羽毛球场 游泳池 泳池
会所 垃圾站 垃圾房 垃圾投放点 配电房 配电室 水泵房 泵房 监控室 快递柜
"""
#: Spots of a compound, a longer one before what it holds.
_SPOTS = (
    *_CHINESE.split(),
    *("underground garage", "garage", "car park", "basement", "lobby", "stairwell", "corridor", "rooftop"),
    *("playground", "swimming pool", "east gate", "west gate", "south gate", "north gate", "main gate"),
)
_AFTER = ("出入口", "入口", "出口", "门口", "旁边", "附近")
_COUNT = "[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}"
_LIVES = ("住", "住在", "我是", "我家", "我家在", "本人", "业主")
_DENIES = ("不是", "不在", "并非")


def proposed(text: str) -> Proposal | None:
    """Propose where it happened from the text; None where it names no place but a home."""
    found = sorted((*_buildings(text), *_spots(text)))
    if not found:
        return None
    words = _joined(text, found)
    return Proposal("place", "、".join(words), tuple(words), _RULE)


def _joined(text: str, found: list[tuple[int, int]]) -> list[str]:
    """Give the places told, at most three: a spot right behind its building is one with it."""
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start - spans[-1][1] <= 1 and text[spans[-1][1] : start] in ("", "的"):
            spans[-1] = (spans[-1][0], end)
        elif not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return list(dict.fromkeys(text[start:end] for start, end in spans))[:3]


@cache
def _building() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9０-９A-Za-z-])(?:(?P<plain>{_COUNT}|[A-Za-z][0-9]?)(?P<mark>号楼|栋|幢|座)|[Bb]uilding [0-9]{{1,3}})"
        rf"(?P<entrance>的?(?:{_COUNT})单元)?(?P<floor>的?(?:{_COUNT})(?:楼|层))?(?P<home>[-0-9０-９]{{3,}})?"
    )


def _buildings(text: str) -> Iterator[tuple[int, int]]:
    if not any(mark in text for mark in ("号楼", "栋", "幢", "座", "uilding ")):
        return
    for found in _building().finditer(text):
        if found["home"] or _behind(text, found.start(), (*_LIVES, *_DENIES)) or _is_count(text, found):
            continue
        yield found.span()


def _is_count(text: str, found: re.Match[str]) -> bool:
    """Say whether it counts buildings or one of them (一栋楼, 三栋都) instead of naming one; 号楼 always names."""
    if found["plain"] is None or found["mark"] == "号楼" or found["entrance"]:
        return False
    counted = found["plain"][0] in "一二三四五六七八九十"
    return counted and (
        text[found.end("mark") : found.end("mark") + 1] in ("楼", "都", "全", "") or found["plain"] == "一"
    )


def _spots(text: str) -> Iterator[tuple[int, int]]:
    taken = [False] * len(text)
    for spot in _SPOTS:
        start = text.find(spot)
        while start >= 0:
            end = start + len(spot)
            if not any(taken[start:end]):
                taken[start:end] = [True] * (end - start)
                if not _behind(text, start, _DENIES):
                    yield _widened(text, start, end)
            start = text.find(spot, end)


@cache
def _quarter() -> re.Pattern[str]:
    return re.compile(r"(?:小区|园区|[A-Da-d一二三四东西南北][区期])的?$")


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in the quarter that stands before a spot, and which side of it is meant."""
    before = _quarter().search(text, max(0, start - 4), start)
    after = next((one for one in _AFTER if text.startswith(one, end)), "")
    return before.start() if before else start, end + len(after)


def _behind(text: str, start: int, words: tuple[str, ...]) -> bool:
    return text[max(0, start - 4) : start].endswith(words)
