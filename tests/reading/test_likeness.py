"""Whether two complaints may be about one event: case by case as a clerk would read them, and how points add up."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintctl.reading import topics
from complaintctl.reading.lexicon import load_lexicon
from complaintctl.reading.likeness import Likeness, Matter, alike, matter, pairs, resembles, sought
from complaintctl.reading.proposals import propose

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "like.toml").read_text(encoding="utf-8"))["case"]


def read(text: str, building: str, place: str | None = None) -> Matter:
    """Read a text as the desk does: category and outage out of its words."""
    found = {one.fact: one.value for one in propose(text, load_lexicon())}
    return matter(text, place, building or None, str(found.get("category", "other")), outage=bool(found.get("outage")))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    new, old = (read(case[name], building) for name, building in zip(("new", "old"), case["in"], strict=True))
    found = alike(new, old)
    assert (found is not None) is case["alike"]
    back = alike(old, new)
    assert (back is None) is (found is None) and (found is None or back is None or back.score == found.score)
    if found is not None and "because" in case:
        assert found.because == tuple(case["because"])
    if found is not None and "words" in case:
        assert found.words == tuple(case["words"])


# ---- the pairs


def test_numbers_joining_words_and_what_everybody_says_are_no_pairs() -> None:
    assert pairs("3栋2单元的物业，投诉") == ()
    assert pairs("我们小区的，在这里了") == ()
    assert pairs("烧烤店的油烟") == ("烧烤", "烤店", "油烟")
    assert pairs("KTV唱歌 ktv") == ("ktv", "唱歌")


def test_what_means_the_same_is_one_word() -> None:
    assert pairs("没水") == pairs("断水") == pairs("停水了") == ("停水",)
    assert "停热" in pairs("家里没有热水") and "停水" not in pairs("家里没有热水")
    assert "故障" in pairs("电梯老是停") and "故障" not in pairs("电梯旁边的灯，坏了")
    assert "涨价" in pairs("凭什么涨停车费")


def test_a_word_of_one_meaning_stands_for_itself() -> None:
    assert {same for _, same in topics.ONE_MEANING} & {said for said, _ in topics.ONE_MEANING} == set()


# ---- the points


def of(text: str, category: str = "noise", building: str | None = "3", **more: Any) -> Matter:
    return matter(text, more.get("place"), building, category, outage=more.get("outage", False))


def score(new: Matter, old: Matter) -> int | None:
    found = alike(new, old)
    return None if found is None else found.score


def test_same_category_place_and_building_weigh() -> None:
    text = "棋牌室麻将声"
    assert score(of(text), of(text)) == 45 + 20 + 20 + 15
    assert score(of(text), of(text, building="5")) == 45 + 20 + 15 + 15
    assert score(of(text), of(text, "order")) == 45 + 20 + 20
    assert score(of(text, place="架空层"), of(text, building="5", place="三栋架空层")) == 45 + 20 + 25 + 15
    assert alike(of(text), of(text)) == Likeness(100, ("text", "building", "category"), ("棋牌室麻将声",))


def test_a_failure_is_likelier_the_same_as_another_failure() -> None:
    one, other = of("门禁坏", "facility", outage=True), of("门禁坏", "facility", outage=True)
    assert score(one, other) == 30 + 20 + 25 + 15 + 10
    assert score(one, of("门禁坏", "facility")) == 30 + 20 + 25 + 15 - 10


def test_fifty_six_points_are_enough() -> None:
    # One pair in common of two and of three: 15 + 20 * (1/2 + 2/5) / 2 = 24; the building 20, the category 15.
    assert score(of("麻将 唱歌"), of("麻将 喝酒 打牌")) == 24 + 20 + 15
    # Another building: 15 for a matter outside the buildings; 54 are too few.
    assert score(of("麻将 唱歌"), of("麻将 喝酒 打牌", building="5")) is None


def test_nothing_in_common_is_not_alike_however_near() -> None:
    assert alike(of("麻将"), of("唱歌")) is None
    assert alike(of(""), of("")) is None


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_can_be_compared_and_the_order_does_not_matter(one: str, other: str) -> None:
    there, back = alike(of(one), of(other)), alike(of(other), of(one))
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.score == back.score <= 110 and set(there.words) and there.because[0] == "text"


# ---- earlier cases


def points(new: str, old: str, rare: dict[str, int] | None = None, *, other: bool = False) -> int:
    """How much an earlier case of the same category (or another) resembles a text; 0 where it does not."""
    category = "other" if other else "facility"
    found = resembles(matter(new, None, None, "facility"), matter(old, None, None, category), rare or {})
    return found.score if found else 0


def test_what_is_rare_counts_for_more() -> None:
    new = "道闸杆落下，停车费照收"
    rare = {"道闸": 9, "闸杆": 9, "停车": 1, "车费": 1}
    assert points(new, "道闸杆歪", rare) > points(new, "停车费贵", rare) > 0
    rare = {"道闸": 1, "闸杆": 1, "停车": 9, "车费": 9}
    assert 0 < points(new, "道闸杆歪", rare) < points(new, "停车费贵", rare)


def test_one_pair_in_common_is_chance_unless_it_is_half_of_the_matter() -> None:
    assert points("车位只卖不租，价格又高", "只卖整箱") == 0
    assert points("暖气漏", "暖气片裂开") > 0


def test_a_long_story_has_a_word_of_everything() -> None:
    new = "地下车库积水很深"
    story = "".join(chr(0x4E10 + 7 * n) for n in range(260))
    assert points(new, "地下车库积水") > points(new, f"地下车库积水{story}") > 0
    assert points("道闸杆落下砸到行人身上", f"道闸杆{story}") == 0


def test_the_same_category_speaks_for_it() -> None:
    assert points("地下车库积水", "地下车库灯暗") > points("地下车库积水", "地下车库灯暗", other=True)


def test_they_are_looked_for_by_what_stands_there_and_by_other_words_for_it() -> None:
    found = sought("电梯停了，家里没水")
    assert {"电梯", "没水", "停水", "断水"} <= set(found) and "故障" not in found
    assert found.index("没水") < found.index("断水")
    assert sought("物业，投诉") == () == sought("！？123")
