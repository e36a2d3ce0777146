"""The lexicon as a file: the shipped one is in step and whole, a wrong one is refused by key."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from complaintctl.errors import LexiconWrong
from complaintctl.language import Phrase, say
from complaintctl.reading.compile import LEANINGS, compile_lexicon, compiled_text
from complaintctl.reading.lexicon import COMPILED, MARKS, ORDER, Lexicon, load_lexicon
from complaintctl.reading.proposals import propose
from complaintctl.rules.facts import FACTS

SOURCE = COMPILED.with_suffix(".toml")

SMALL = """
form = 1
title = { zh = "小词典", en = "Small" }
[marks]
negation = ["没"]
carry = ["人"]
denial = ["不是"]
turn = ["而是"]
fine = ["没问题"]
speech = ["说"]
fear = ["怕"]
condition = ["如果"]
plain = ["没想到"]
[words]
lift = ["电梯", "升降机"]
broken = ["坏"]
[[count]]
list = "households"
units = { "户" = 1 }
at_least = 2
[[rule]]
name = "lift"
fact = "category"
value = "facility"
weight = 3
words = ["lift"]
[[rule]]
name = "stands"
fact = "outage"
words = ["lift", "broken"]
[[rule]]
name = "households"
fact = "households"
value = "number"
words = ["households"]
[[rule]]
name = "own"
fact = "responsibility"
value = "own"
given = { category = "facility", outage = true }
[traditional]
pairs = "電电 樓楼"
"""


def test_the_shipped_lexicon_is_compiled_from_its_source() -> None:
    compiled = compiled_text(*(source.read_text(encoding="utf-8") for source in (SOURCE, LEANINGS)))
    assert COMPILED.read_text(encoding="utf-8") == compiled, "run: python -m complaintctl.reading.compile"


def test_every_list_of_the_shipped_lexicon_is_used() -> None:
    document = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    places = [place for rule in document["rule"] for place in rule.get("words", []) + rule.get("unless", [])]
    used = {name for place in places for name in (place if isinstance(place, list) else [place])}
    numbers = {row["list"] for row in [*document["count"], document["flat"]]}
    shipped = load_lexicon()
    leant_on = {shipped.lists[int(number)] for number in shipped.leanings.lists}
    assert set(document["words"]) | numbers == used | leant_on


def test_every_traditional_character_stands_for_one_that_the_lexicon_uses() -> None:
    document = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    words = [word for table in ("words", "marks") for row in document[table].values() for word in row]
    known = set("".join([*words, *(unit for row in document["count"] for unit in row["units"])])) | set("两俩万几")
    pairs = document["traditional"]["pairs"].split()
    assert [pair for pair in pairs if pair[1] not in known] == []
    assert len({pair[0] for pair in pairs}) == len(pairs)
    assert not {pair[0] for pair in pairs} & known


def test_the_shipped_lexicon_reaches_every_fact_that_it_may_propose() -> None:
    rules = load_lexicon().rules
    assert set(rules) == set(ORDER)
    for fact in ORDER:
        values = {rule.value for rule in rules[fact]}
        known = set(FACTS[fact].choices) - {"unknown", "self"}
        assert values >= known if FACTS[fact].type == "choice" else values


def test_a_small_lexicon_of_an_offices_own_reads() -> None:
    snapshot = json.loads(json.dumps(compile_lexicon(SMALL)))
    found = {one.fact: one for one in propose("三户說電梯坏", Lexicon.from_snapshot(snapshot))}
    assert {fact: one.value for fact, one in found.items()} == {
        "outage": True,
        "households": 3,
        "category": "facility",
        "responsibility": "own",
    }
    assert found["responsibility"].words == ("電梯", "坏")


RULE = '[[rule]]\nname = "lift"\nfact = "category"\nvalue = "facility"\nweight = 3\nwords = ["lift"]'
GIVEN = 'given = { category = "facility", outage = true }'

WRONG = [
    ("[traditional]", 'inside = ["lift"]\n[traditional]', "rule[4].inside", "no such key here"),
    ("form = 1", 'form = 1\ninside = ["lifts"]', "inside", "lift, broken"),
    ("[traditional]", "[flat]\nlist = 1\n[traditional]", "flat.list", "a text"),
    ("form = 1", "form = 2", "form", "form 1"),
    ('title = { zh = "小词典", en = "Small" }', 'title = "Small"', "title", "both languages"),
    ("[traditional]", "[hints]\n[traditional]", "hints", "no such key here"),
    ('negation = ["没"]', 'negation = "没"', "marks.negation", "a list"),
    ('fear = ["怕"]\n', "", "marks.fear", "missing"),
    ('fear = ["怕"]', 'fears = ["怕"]', "marks.fears", "no such key here"),
    ('lift = ["电梯", "升降机"]', "lift = []", "words.lift", "a list"),
    ('lift = ["电梯", "升降机"]', 'lift = ["电梯", "电梯"]', "words.lift: 电梯", "twice"),
    ('lift = ["电梯", "升降机"]', 'lift = ["Lift"]', "words.lift: Lift", "without capitals"),
    ('lift = ["电梯", "升降机"]', 'lift = ["电|梯"]', "words.lift: 电|梯", "without capitals"),
    ('lift = ["电梯", "升降机"]', f'lift = ["{"长" * 31}"]', f"words.lift: {'长' * 31}", "30 characters"),
    ('lift = ["电梯", "升降机"]', 'lift = ["", "电梯"]', "words.lift", "not empty"),
    ('broken = ["坏"]', 'fear = ["坏"]', "words.fear", "twice"),
    ('units = { "户" = 1 }', "units = {}", "count[1].units", "units with their sizes"),
    ('units = { "户" = 1 }', 'units = { "户" = 0 }', "count[1].units.户", "units with their sizes"),
    ('units = { "户" = 1 }', 'units = { "户" = "1" }', "count[1].units.户", "a whole number"),
    ("at_least = 2", 'at_least = "2"', "count[1].at_least", "a whole number"),
    (RULE, RULE.replace('"category"', '"validity"'), "rule[1].fact", "one of injury"),
    (RULE, RULE.replace('"facility"', '"lifts"'), "rule[1].value", "one of facility"),
    (RULE, RULE.replace("weight = 3", "weight = 10"), "rule[1].weight", "from 1 to 9"),
    (RULE, RULE.replace('["lift"]', '["lifts"]'), "rule[1].words", "lift, broken, households"),
    (RULE, RULE.replace('["lift"]', '["negation"]'), "rule[1].words", "lift, broken, households"),
    (RULE, RULE.replace('["lift"]', '"lift"'), "rule[1].words", "a list"),
    (RULE, RULE + '\nwithin = "sentence"', "rule[1].within", "one of clause, beside, text"),
    (RULE, RULE + '\nunless = ["nothing"]', "rule[1].unless", "the name of a list"),
    (RULE, RULE + '\nbecause = "x"', "rule[1].because", "no such key here"),
    (RULE, RULE.replace('name = "lift"\n', ""), "rule[1].name", "missing"),
    ('name = "stands"', 'name = "lift"', "rule[2].name", "twice"),
    ('fact = "outage"\n', 'fact = "outage"\nvalue = "yes"\n', "rule[2].value", "true or false"),
    ('words = ["lift", "broken"]', "words = []", "rule[2].words", "words or given"),
    ('value = "number"', "value = 3", "rule[3].value", "one of number"),
    ('words = ["households"]', 'words = ["lift"]', "rule[3].words", "a [[count]]"),
    (GIVEN, "given = { fault = true }", "rule[4].given.fault", "one of all"),
    (GIVEN, "given = { outage = 1 }", "rule[4].given.outage", "true or false"),
    ("[traditional]", '[slips]\npairs = "点=电"\n[traditional]', "slips.pairs: 点=电", "slips of typing"),
    ("[traditional]", '[slips]\npairs = "点梯=电"\n[traditional]', "slips.pairs: 点梯=电", "slips of typing"),
    (
        "[traditional]",
        '[slips]\npairs = "点梯=电梯 点梯=电机"\n[traditional]',
        "slips.pairs: 点梯=电机",
        "slips of typing",
    ),
    ("[traditional]", "[slips]\npairs = 1\n[traditional]", "slips.pairs", "slips of typing"),
    ('pairs = "電电 樓楼"', 'pairs = "電电 樓"', "traditional.pairs: 樓", "pairs of characters"),
    ('pairs = "電电 樓楼"', "pairs = 1", "traditional.pairs", "pairs of characters"),
    ("[traditional]", "[traditional", "–", "TOML"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "expected"), WRONG, ids=[f"{row[2]}-{row[3]}" for row in WRONG])
def test_a_wrong_lexicon_is_refused_by_key(right: str, wrong: str, key: str, expected: str) -> None:
    assert SMALL.count(right) == 1
    with pytest.raises(LexiconWrong) as caught:
        compile_lexicon(SMALL.replace(right, wrong), "office.toml")
    values = caught.value.values
    assert values["file"] == "office.toml"
    assert values["key"] == key
    assert isinstance(values["expected"], Phrase)
    assert expected in say(values["expected"])


def test_no_words_without_lists() -> None:
    start, end = SMALL.index("[words]"), SMALL.index("[[count]]")
    with pytest.raises(LexiconWrong) as caught:
        compile_lexicon(SMALL[:start] + SMALL[end:])
    assert caught.value.values["key"] == "words"


def test_the_marks_are_those_that_the_reading_knows() -> None:
    assert load_lexicon().lists[: len(MARKS)] == MARKS


def test_reading_a_text_parses_no_toml_and_loads_nothing_heavy() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from complaintctl.reading.lexicon import load_lexicon;"
        "from complaintctl.reading.proposals import propose; propose('电梯坏了', load_lexicon());"
        "print([name for name in ('tomllib', 'dataclasses', 'inspect', 'dateutil', 'sqlite3', 'typer', 'rich',"
        " 'complaintctl.rules.pack', 'complaintctl.rules.period') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert Path(SOURCE).exists()


def test_words_of_the_lists_under_inside_count_within_longer_ones() -> None:
    longer = SMALL.replace('broken = ["坏"]', 'broken = ["坏"]\nnotice = ["电梯通知", "升降机票"]')
    for text, stands in (("电梯通知坏", False), ("升降机票坏", False)):
        found = {one.fact for one in propose(text, Lexicon.from_snapshot(compile_lexicon(longer)))}
        assert ("outage" in found) is stands
    opened = longer.replace("form = 1", 'form = 1\ninside = ["lift"]')
    for text in ("电梯通知坏", "升降机票坏"):
        found = {one.fact for one in propose(text, Lexicon.from_snapshot(compile_lexicon(opened)))}
        assert "outage" in found


def test_a_flats_number_is_a_word_of_its_list() -> None:
    flat = '[flat]\nlist = "flat"\nnot_after = ["-"]\nnot_before = ["元"]\n[traditional]'
    rule = '[[rule]]\nname = "flat"\nfact = "category"\nvalue = "neighbour"\nweight = 9\nwords = ["flat"]\n'
    lexicon = Lexicon.from_snapshot(compile_lexicon(SMALL.replace("[traditional]", rule + flat)))
    named = ["502很吵", "1803很吵", "顶楼2612很吵", "1210很吵"]
    other = ["3-502很吵", "502元很吵", "52很吵", "500很吵", "15020很吵", "1.502很吵"]
    spoken = [text for text in named + other if any(one.value == "neighbour" for one in propose(text, lexicon))]
    assert spoken == named


def test_a_slip_of_typing_is_read_as_what_is_meant_and_keeps_its_place() -> None:
    slips = '[slips]\npairs = "点梯=电梯 申降机=升降机"\n[traditional]'
    lexicon = Lexicon.from_snapshot(compile_lexicon(SMALL.replace("[traditional]", slips)))
    for text, word in (("我说点梯坏", "点梯"), ("申降机坏", "申降机"), ("點梯坏", None)):
        found = {one.fact: one.words for one in propose(text, lexicon)}
        assert found.get("category") == ((word,) if word else None)


def test_no_slip_of_the_shipped_lexicon_stands_in_one_of_its_own_words() -> None:
    lexicon = load_lexicon()
    assert [word for word in lexicon.words if lexicon.plain(word) != word] == []


def test_what_nobody_sees_does_not_part_a_word() -> None:
    (outage,) = (one for one in propose("电\u200b梯坏\ufeff了", load_lexicon()) if one.fact == "outage")
    assert outage.words == ("电梯", "坏了")
