"""What a text lets one propose, case by case as a clerk would read them, and how the reading behaves as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintctl.reading.lexicon import ORDER, Leanings, load_lexicon
from complaintctl.reading.proposals import Proposal, propose
from complaintctl.reading.words import hear

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "reading.toml").read_text(encoding="utf-8"))["case"]


def read(text: str, stated: Mapping[str, Any] | None = None) -> dict[str, Proposal]:
    return {proposal.fact: proposal for proposal in propose(text, load_lexicon(), stated)}


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = read(case["text"])
    wanted = case.get("is", {})
    assert {fact: found[fact].value if fact in found else None for fact in wanted} == wanted
    assert [fact for fact in case.get("not", []) if fact in found] == []
    for fact, words in case.get("words", {}).items():
        assert found[fact].words == tuple(words)
    for fact, rule in case.get("rule", {}).items():
        assert found[fact].rule == rule


def test_a_proposal_names_the_words_as_they_stand_and_the_rule() -> None:
    (outage,) = (one for one in propose("示例苑全楼斷水", load_lexicon()) if one.fact == "outage")
    assert outage == Proposal("outage", True, ("斷水",), "no-supply")


def test_a_fact_that_follows_from_another_shows_the_words_of_that_one() -> None:
    found = read("楼道垃圾没清运")
    assert found["responsibility"].rule == "own-by-category"
    assert found["responsibility"].words == found["category"].words


def test_what_is_stated_is_not_proposed_and_others_follow_from_it() -> None:
    text = "楼道垃圾没人管"
    assert read(text)["fault"].value is True
    found = read(text, {"responsibility": "outside"})
    assert "responsibility" not in found
    assert "fault" not in found


def test_a_stated_no_stands_against_the_text() -> None:
    text = "多次投诉楼道垃圾没人管"
    assert {"repeated", "promise_broken"} <= set(read(text))
    assert not {"repeated", "promise_broken"} & set(read(text, {"repeated": False}))


def test_the_clause_is_the_bound_of_a_negation() -> None:
    assert "injury" not in read("没有受伤")
    assert "injury" in read("电话没有打通，受伤的是我母亲")


def test_a_supposition_reaches_over_one_comma_and_no_further() -> None:
    assert "outage" not in read("如果天热，整栋停水")
    assert "outage" in read("如果天热，大家难受，整栋停水")
    assert "outage" in read("如果天热。整栋停水")


def test_of_two_that_weigh_the_same_the_first_told_is_the_matter() -> None:
    # By the rules alone; which of two is the commoner matter would tip it.
    rules = load_lexicon()._replace(leanings=Leanings())
    for text, first in (("老鼠，噪音", "environment"), ("噪音，老鼠", "noise")):
        assert {one.fact: one.value for one in propose(text, rules)}["category"] == first


@pytest.mark.parametrize("text", ["", " ", "，。", "\n", "😀", "\x00", "\ud800", "a" * 50_000, "没" * 30_000])
def test_odd_texts_are_read_like_any_other(text: str) -> None:
    assert set(read(text)) == {"kind"}


def test_what_stands_far_behind_is_not_read() -> None:
    assert "outage" not in read("。" * 10_000 + "停水")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([case["text"] for case in CASES]), min_size=1, max_size=4), st.text(max_size=20))
def test_proposals_of_any_text_are_sound(texts: list[str], tail: str) -> None:
    text = "".join(texts) + tail
    found = propose(text, load_lexicon())
    facts = [proposal.fact for proposal in found]
    assert facts == [fact for fact in ORDER if fact in facts]
    seen = hear(text, load_lexicon()).text
    assert all(word in seen for proposal in found for word in proposal.words)
    assert all(proposal.value is not False for proposal in found)
    assert found == propose(text, load_lexicon())


def test_full_width_letters_and_figures_read_like_narrow_ones() -> None:
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
    for case in CASES:
        plain = {fact: (one.value, one.rule) for fact, one in read(case["text"]).items()}
        assert {fact: (one.value, one.rule) for fact, one in read(case["text"].translate(wide)).items()} == plain


def test_what_is_stated_alone_never_makes_a_flag_true() -> None:
    """A fact is proposed from words of the text; that the cause is the company's own says nothing of a fault."""
    for category in ("service", "charges", "order", "noise", "environment", "other"):
        stated = {"kind": "complaint", "responsibility": "own", "category": category}
        assert [one for one in propose("x", load_lexicon(), stated) if one.value is True] == []
