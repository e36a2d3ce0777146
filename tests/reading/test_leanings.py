"""What texts lean to beside the rules: how it is weighed, when it decides, how it is told, and its file."""

from __future__ import annotations

import pytest

from complaintctl.errors import LexiconWrong
from complaintctl.reading.compile import LEANINGS, compile_lexicon
from complaintctl.reading.leaningtable import read_table, written
from complaintctl.reading.lexicon import Lexicon, load_lexicon
from complaintctl.reading.proposal import Proposal
from complaintctl.reading.proposals import LEANING, propose

LEXICON = """
form = 1
title = { zh = "例", en = "Example" }

[marks]
negation = ["没"]
carry = ["了"]
denial = ["不是"]
turn = ["而是"]
fine = ["挺好"]
speech = ["说"]
fear = ["怕"]
condition = ["万一"]
plain = ["不断"]

[words]
bang = ["敲"]
works = ["施工"]

[[rule]]
name = "banging"
fact = "category"
value = "noise"
weight = 1
words = ["bang"]

[[rule]]
name = "own-noise"
fact = "responsibility"
value = "own"
weight = 1
given = { category = "noise" }
"""
TABLE = """
form = 1

["category=external"]
start = -31
lists = "works=43"
words = "马路=24 路口=4 河边=17"

["responsibility=outside"]
start = -34
words = "马路=36 河边=5"
known = "category=external=9"

["fault=yes"]
start = -42
words = "不理=35 三回=6"
known = "responsibility=own=4"
"""
SMALL = Lexicon.from_snapshot(compile_lexicon(LEXICON, leanings=TABLE))


def read(text: str, **stated: str) -> dict[str, Proposal]:
    return {one.fact: one for one in propose(text, SMALL, stated)}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("敲", "noise"),  # a point for the rule
        ("马路路口敲", "noise"),  # by 28 tenths no value is proposed of which no rule speaks
        ("马路河边敲", "noise"),  # 41 - 31 draw with the rule, whose word was said
        ("马路河边路口敲", "external"),  # 45 - 31
        ("施工敲", "external"),  # 43 - 31
        ("怕施工敲", "external"),  # a topic is one also when it is feared
        ("不是施工敲", None),  # 不是 denies all that follows
        ("马路路口", None),
        ("马路河边", "external"),
    ],
)
def test_what_a_text_leans_to_is_added_to_what_the_rules_say(text: str, category: str | None) -> None:
    found = read(text).get("category")
    assert (found.value if found else None) == category


def test_what_is_settled_before_weighs_in_stated_or_read() -> None:
    assert read("马路河边路口敲")["responsibility"].value == "outside"  # 41 - 34 + 9
    assert read("马路河边", category="external")["responsibility"].value == "outside"
    assert read("马路河边敲", category="noise")["responsibility"].value == "own"  # 41 - 34 against a point


def test_what_is_known_proposes_nothing_of_which_the_text_does_not_speak() -> None:
    assert "responsibility" not in read("路", category="external")
    assert "fault" not in read("不理", responsibility="own")


def test_a_flag_is_proposed_where_more_speaks_for_it_than_against() -> None:
    assert "fault" not in read("三回不理", responsibility="outside")  # 41 - 42
    assert read("三回不理", responsibility="own")["fault"].value is True  # 41 - 42 + 4


def test_a_word_that_a_negation_cuts_does_not_stand_there() -> None:
    assert read("三回不理敲", responsibility="own")["fault"].value is True
    table = TABLE.replace("三回=6", "有人=6 人家=6")
    lexicon = Lexicon.from_snapshot(compile_lexicon(LEXICON.replace('["没"]', '["没有"]'), leanings=table))

    def faulty(text: str) -> bool:
        return any(one.fact == "fault" for one in propose(text, lexicon, {"responsibility": "own"}))

    assert faulty("有人不理")
    assert not faulty("没有人不理"), "there is no 有人 in it, only 没有"
    assert faulty("没有人家不理") and faulty("没有人不理，有人")


def test_the_words_are_told_that_tipped_it_the_weightiest_too_where_a_rule_had_spoken_already() -> None:
    assert read("路口马路河边")["category"] == Proposal("category", "external", ("马路", "河边"), LEANING)
    assert read("河边马路敲路口")["category"].words == ("河边", "马路")
    assert read("敲马路")["category"] == Proposal("category", "noise", ("敲",), "banging")
    assert read("施工敲")["category"].words == ("施工",)


def test_the_shipped_table_is_written_as_the_fit_writes_it() -> None:
    text = LEANINGS.read_text(encoding="utf-8")
    table = read_table(text, LEANINGS.name, load_lexicon().lists)
    assert written(table) == text
    facts = {side.partition("=")[0] for side in table}
    assert facts == {"category", "responsibility", "fault"}, "what is urgent, major or a repair is left to rules"


@pytest.mark.parametrize(
    ("right", "wrong", "key"),
    [
        ("form = 1", "form = 2", "form"),
        ("form = 1", "form = true", "form"),
        ("form = 1", "form =", "–"),
        ('category=external"]', 'category=nowhere"]', "category=nowhere"),
        ("start = -31", "begin = -2", "category=external"),
        ("start = -31", "start = true", "category=external"),
        ("works=43", "work=43", "category=external"),
        ("马路=24", "马路", "category=external.words: 马路"),
        ("马路=24", "马路=x", "category=external.words: 马路=x"),
        ("马路=24", "马路=--2", "category=external.words: 马路=--2"),
        ("马路=24", "马路=²", "category=external.words: 马路=²"),
        ('known = "category=external=9"', 'known = "fault=yes=9"', "responsibility=outside"),
    ],
)
def test_a_table_that_is_wrong_is_refused_by_its_place(right: str, wrong: str, key: str) -> None:
    assert right in TABLE
    with pytest.raises(LexiconWrong) as refused:
        compile_lexicon(LEXICON, leanings=TABLE.replace(right, wrong, 1))
    assert refused.value.values["key"] == key
