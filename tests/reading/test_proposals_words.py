"""Which words count, clause by clause: denied, negated, feared and supposed ones, and how far a rule reaches.

A text of these cases is marked as it is to be read: [told], (spoken of only), {denied}.
"""

from __future__ import annotations

import re

import pytest

from complaintctl.reading.compile import compile_lexicon
from complaintctl.reading.lexicon import PLAIN, Lexicon
from complaintctl.reading.proposals import propose
from complaintctl.reading.words import DENIED, SPOKEN, TOLD, UNDONE, hear

FORM = """
form = 1
title = { zh = "试", en = "Trial" }
[marks]
negation = ["没", "没有", "not"]
carry = ["人", "和", "有", "造成", "the", "was"]
denial = ["不是"]
turn = ["而是"]
fine = ["没问题"]
speech = ["说"]
fear = ["怕"]
condition = ["如果"]
plain = ["没想到", "不平"]
[words]
lift = ["电梯", "lift"]
lift-hall = ["电梯厅"]
leak = ["漏水", "漏"]
harm = ["受伤", "骨折"]
uneven = ["不平"]
[[rule]]
name = "any"
fact = "category"
value = "facility"
words = ["lift"]
"""
LEXICON = Lexicon.from_snapshot(compile_lexicon(FORM))
OPEN = {TOLD: "[", SPOKEN: "(", UNDONE: "<", DENIED: "{"}
CLOSE = {TOLD: "]", SPOKEN: ")", UNDONE: ">", DENIED: "}"}


def marked(text: str) -> str:
    """Write the brackets of the cases around the words found."""
    heard = hear(text, LEXICON)
    for hit in reversed(heard.hits):
        if any(number >= PLAIN for number in hit.lists) and hit.lists != (PLAIN,):
            word = OPEN[hit.standing] + text[hit.start : hit.end] + CLOSE[hit.standing]
            text = text[: hit.start] + word + text[hit.end :]
    return text


@pytest.mark.parametrize(
    "text",
    [
        "[电梯][漏水]",
        "[电梯厅][漏]",
        "没<漏水>",
        "没有<漏水>",
        "没有人<受伤>",
        "没有造成人<受伤>和<骨折>",
        "没有造成人<受伤>，[骨折]",
        "没修[漏水]",
        "没修[漏水]和[受伤]",
        "没想到[漏水]",
        "[电梯]没<漏水>",
        "not the <lift>",
        "not was the <lift>",
        "不是{漏水}",
        "不是因为{电梯}{漏水}",
        "不是{漏水}，[电梯]",
        "不是{漏水}而是[电梯]",
        "[电梯]而是[漏水]",
        "没<漏水>不是{电梯}",
        "不是没{漏水}",
        "{电梯}{漏}没问题",
        "[电梯]，{漏水}没问题，[受伤]",
        "说[电梯]没问题",
        "{电梯}没问题[漏水]",
        "怕(漏水)(受伤)，[骨折]",
        "[漏水]怕(受伤)",
        "如果(漏水)，(受伤)，[骨折]",
        "如果(漏水)。[受伤]",
        "如果(漏水)\n[受伤]",
        "怕(漏水)。[受伤]",
        "[漏水]如果(受伤)",
        "如果在，没有，[受伤]",
        "怕(漏水)，[受伤]",
        "怕(漏水) [受伤]",
        "怕没(漏水)",
        "怕(不平)",
        "[不平]",
        "a [lift] b",
        "[lift]",
        "xlift liftz lifts",
        "zlift lifta alift",
        "[lift]9 3[lift]",
        "怕(lift) b (lift)",
        "怕(lift). [lift]",
        "怕(lift).b (lift)",
    ],
)
def test_standing(text: str) -> None:
    assert marked(re.sub(r"[][(){}<>]", "", text)) == text


def scoped(rule: str) -> Lexicon:
    """Give a lexicon with one more rule, of outage."""
    return Lexicon.from_snapshot(compile_lexicon(f'{FORM}[[rule]]\nname = "o"\nfact = "outage"\n{rule}'))


SCOPES = {
    "clause": 'words = ["lift", "leak"]',
    "beside": 'words = ["lift", "leak"]\nwithin = "beside"',
    "text": 'words = ["lift", "leak"]\nwithin = "text"',
}


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("电梯漏水", ["clause", "beside", "text"]),
        ("电梯，漏水", ["beside", "text"]),
        ("漏水，电梯", ["beside", "text"]),
        ("电梯，好，漏水", ["text"]),
        ("漏水，好，电梯", ["text"]),
        ("电梯没漏水", []),
        ("电梯", []),
        ("漏水", []),
    ],
)
def test_how_far_the_lists_of_a_rule_may_stand_apart(text: str, scopes: list[str]) -> None:
    found = {name: {one.fact: one for one in propose(text, scoped(rule))} for name, rule in SCOPES.items()}
    assert [name for name in found if "outage" in found[name]] == scopes
    for name in scopes:
        assert set(found[name]["outage"].words) == {"电梯", "漏水"}


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("电梯", ["clause", "beside", "text"]),
        ("电梯受伤", []),
        ("电梯没受伤", []),
        ("电梯，受伤", ["clause"]),
        ("电梯，好，受伤", ["clause", "beside"]),
        ("电梯，不是受伤", ["clause", "beside", "text"]),
    ],
)
def test_how_far_an_exception_reaches(text: str, scopes: list[str]) -> None:
    rule = 'words = ["lift"]\nunless = ["harm"]\nwithin = "{}"'
    found = [scope for scope in SCOPES if len(propose(text, scoped(rule.format(scope)))) == 2]
    assert found == scopes


def test_a_rule_names_only_words_of_the_clauses_in_which_it_holds() -> None:
    (outage,) = (one for one in propose("电梯厅，电梯漏，lift", scoped(SCOPES["clause"])) if one.fact == "outage")
    assert outage.words == ("电梯", "漏")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("没漏水", ("漏水",)),
        ("电梯没人漏水，漏", ("漏水",)),
        ("漏水", None),
        ("怕漏水", None),
        ("不是漏水", None),
        ("没修漏水", None),
    ],
)
def test_a_rule_for_what_was_left_undone_holds_only_where_its_words_are_negated(
    text: str, words: tuple[str, ...] | None
) -> None:
    found = {one.fact: one.words for one in propose(text, scoped('undone = true\nwords = ["leak"]\nwithin = "text"'))}
    assert found.get("outage") == words


def test_any_list_of_a_place_will_do_and_all_places_must() -> None:
    lexicon = scoped('words = [["lift", "lift-hall"], ["leak", "harm"]]')
    hold = ["电梯漏", "电梯厅漏", "电梯受伤", "电梯厅骨折"]
    texts = [*hold, "电梯", "漏受伤", "电梯电梯厅"]
    assert [text for text in texts if any(one.fact == "outage" for one in propose(text, lexicon))] == hold


@pytest.mark.parametrize(("weight", "value"), [(2, True), (3, True), (4, None), (5, None)])
def test_a_no_that_weighs_more_keeps_a_flag_from_being_proposed(weight: int, value: bool | None) -> None:
    against = f'\n[[rule]]\nname = "n"\nfact = "outage"\nvalue = false\nweight = {weight}\nwords = ["harm"]'
    lexicon = scoped(f'weight = 3\nwords = ["leak"]{against}')
    found = {one.fact: one.value for one in propose("漏水受伤", lexicon)}
    assert found.get("outage") is value


def test_the_weights_of_all_rules_for_a_value_add_up_and_the_heaviest_gives_its_name() -> None:
    more = """weight = 1
words = ["leak"]
[[rule]]
name = "c1"
fact = "category"
value = "noise"
weight = 2
words = ["harm"]
[[rule]]
name = "c2"
fact = "category"
value = "noise"
weight = 3
words = ["uneven"]
"""
    cases = [("电梯骨折", "facility", "any"), ("骨折电梯", "noise", "c1"), ("电梯不平骨折", "noise", "c2")]
    for text, category, rule in cases:
        (found,) = (one for one in propose(text, scoped(more)) if one.fact == "category")
        assert (found.value, found.rule) == (category, rule)


def test_what_is_denied_is_no_word_that_leads_to_anything() -> None:
    lexicon = scoped('words = ["leak"]\nwithin = "beside"')
    (outage,) = (one for one in propose("不是漏水，漏", lexicon) if one.fact == "outage")
    assert outage.words == ("漏",)


def test_a_flag_that_nothing_speaks_for_counts_as_no() -> None:
    lexicon = scoped(
        'words = ["leak"]\ngiven = { injury = false }\n[[rule]]\nname = "h"\nfact = "injury"\nwords = ["harm"]'
    )
    assert [one.fact for one in propose("漏水", lexicon)] == ["outage"]
    assert [one.fact for one in propose("漏水，受伤", lexicon)] == ["injury"]
