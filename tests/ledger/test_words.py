"""Search words: two characters of Chinese are enough, one is, and so is the beginning of a number."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaintctl.ledger.derived import Told
from complaintctl.ledger.store import Replica
from complaintctl.ledger.words import index_words, match_expression

TEXTS = [
    "三号楼电梯困人，一小时没人来",
    "楼上空调滴水 15400005678",
    "Lift out of order, Tower B-12",
    "电动车在楼道充电",
    "３栋Ｂ座门禁坏了",
    "业主𠮷田先生 住址\ue000巷",
]


@pytest.fixture
def replica(folded: Callable[..., Any]) -> Iterator[Replica]:
    replica = Replica()
    replica.fill((folded(number, 100 + number), Told(text)) for number, text in enumerate(TEXTS, 1))
    yield replica
    replica.close()


def test_a_run_of_characters_becomes_pairs_and_its_last_character() -> None:
    assert index_words("电梯困人 Lift-3") == "电梯 梯困 困人 人 lift 3"


def test_a_query_becomes_phrases_that_must_all_occur() -> None:
    assert match_expression("电梯 困") == '"电梯" AND "困" *'
    assert match_expression("电梯B") == '"电梯 梯 b" *'
    assert match_expression("3栋") == '"3 栋" *'
    assert match_expression('-- "()* NEAR') == '"near" *'
    assert match_expression("…！") is None
    assert match_expression("") is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("电梯", [1]),
        ("梯困", [1]),
        ("人", [1]),
        ("电", [4, 1]),
        ("楼", [4, 2, 1]),
        ("电楼", []),
        ("电 楼", [4, 1]),
        ("154", [2]),
        ("1540000", [2]),
        ("5678", []),
        ("lift", [3]),
        ("LIFT order", [3]),
        ("ower", []),
        ("b-12", [3]),
        ("3栋", [5]),
        ("b座门", [5]),
        ("栋B", [5]),
        ("𠮷田", [6]),
        ("\ue000巷", [6]),
        ("OR", [3]),
        ("无", []),
    ],
)
def test_what_is_found(replica: Replica, query: str, found: list[int]) -> None:
    assert [row["id"] for row in replica.query.search(query)] == found


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_piece_of_a_chinese_text_finds_it(replica: Replica, data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([1, 4]))
    text = data.draw(st.sampled_from(TEXTS[number - 1].split("，")))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert number in [row["id"] for row in replica.query.search(text[start:end])]


@given(st.text(max_size=20))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_breaks_the_search(replica: Replica, query: str) -> None:
    replica.query.search(query)
