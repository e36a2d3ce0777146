"""An office's own words laid over the lexicon: what they are for, what they change, and files refused by key."""

import pytest

from complaintctl.errors import LexiconWrong
from complaintctl.language import say
from complaintctl.reading.lexicon import load_lexicon
from complaintctl.reading.local import layered, lists_of, plain_word, stands, target, unknown
from complaintctl.reading.localfile import parse
from complaintctl.reading.proposals import propose

SHIPPED = load_lexicon()
HEAD = "form = 1\n[terms]\n"


def read(text: str, **terms: list[str]) -> dict[str, object]:
    lexicon = layered(SHIPPED, {name.replace("__", "="): words for name, words in terms.items()})
    return {one.fact: one.value for one in propose(text, lexicon)}


def test_a_word_for_a_value_speaks_for_it_and_says_by_which_rule() -> None:
    assert read("又见占坑").get("category") != "order"
    assert read("又见占坑", category__order=["占坑"])["category"] == "order"
    lexicon = layered(SHIPPED, {"category=order": ["占坑"]})
    (found,) = (one for one in propose("又见占坑", lexicon) if one.fact == "category")
    assert (found.words, found.rule) == (("占坑",), "local:category=order")


def test_a_word_of_a_list_works_in_every_rule_of_that_list() -> None:
    assert "outage" not in read("观光梯坏了，没法用")
    assert read("观光梯坏了，没法用", lift=["观光梯"])["outage"] is True


def test_a_flag_is_not_proposed_where_its_word_is_negated_or_feared() -> None:
    words = {"danger__yes": ["冒青烟"]}
    assert read("配电房冒青烟", **words)["danger"] is True
    assert "danger" not in read("配电房没冒青烟", **words)
    assert "danger" not in read("怕冒青烟", **words)


def test_a_word_that_stands_already_stands_for_both() -> None:
    before = SHIPPED.words["电梯"]
    lexicon = layered(SHIPPED, {"category=service": ["电梯"]})
    assert lexicon.homes[lexicon.words["电梯"]] == (*SHIPPED.homes[before], len(SHIPPED.lists))
    assert SHIPPED.words["电梯"] == before, "the shipped lexicon is shared and stays as it is"


@pytest.mark.parametrize(
    ("text", "word", "fact"),
    [
        ("地下室着火了", "地下室着火", "danger"),
        ("昨天起停水到现在", "停水到现在", "outage"),
    ],
)
def test_a_longer_word_hides_no_danger(text: str, word: str, fact: str) -> None:
    assert read(text)[fact] is True
    found = read(text, category__service=[word])
    assert (found["category"], found[fact]) == ("service", True)
    # Unless that is what it is for.
    assert fact not in read(text, plain=[word])


def test_words_for_what_the_lexicon_does_not_have_are_left_out_and_told() -> None:
    terms = {"gone-list": ["占坑"], "category=gone": ["占坑"]}
    assert layered(SHIPPED, terms).words == SHIPPED.words
    assert unknown(SHIPPED, {**terms, "lift": ["观光梯"]}) == ["gone-list", "category=gone"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lift", "lift"),
        (" LIFT ", "lift"),
        ("category = noise", "category=noise"),
        ("danger=yes", "danger=yes"),
        ("plain", "plain"),
        ("danger=no", None),
        ("danger", None),
        ("households=5", None),
        ("negation", None),
        ("nonsense", None),
    ],
)
def test_what_a_word_can_be_for(typed: str, meant: str | None) -> None:
    assert target(typed, SHIPPED) == meant


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("佔坑", "占坑"),
        (" Carport ", "carport"),
        ("小区Ａ门", "小区a门"),
        ("观 光 梯", "观光梯"),
        ("观光　梯", "观光梯"),
        ("Bike   Shed", "bike shed"),
        ("坑", None),
        ("一二三四五六七八九十一二", "一二三四五六七八九十一二"),
        ("一二三四五六七八九十一二三", None),
        ("占坑,占坑", None),
        ("样例13800", None),
        ("", None),
    ],
)
def test_what_is_a_word(typed: str, word: str | None) -> None:
    assert plain_word(typed, SHIPPED) == word


def test_it_is_told_what_the_program_has_already() -> None:
    assert stands(SHIPPED, "lift", "电梯") and not stands(SHIPPED, "lift", "观光梯")
    assert not stands(SHIPPED, "category=order", "电梯")


def test_a_file_gives_words_by_what_they_are_for() -> None:
    text = HEAD + 'lift = ["观光梯", "佔坑"]\n"category = order" = ["乱占坑"]\n'
    assert parse(text, SHIPPED, "w.toml") == {"lift": ["观光梯", "占坑"], "category=order": ["乱占坑"]}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("form = 1\nterms = [", "–"),
        ('form = 2\n[terms]\nlift = ["观光梯"]', "form"),
        ('[terms]\nlift = ["观光梯"]', "form"),
        ("form = 1\n", "terms"),
        ("form = 1\n[terms]\n", "terms"),
        (HEAD + 'lift = ["观光梯"]\n[words]\na = ["b"]', "words"),
        (HEAD + 'elevators = ["观光梯"]', "terms.elevators"),
        (HEAD + '"category=loud" = ["观光梯"]', "terms.category=loud"),
        (HEAD + 'lift = "观光梯"', "terms.lift"),
        (HEAD + "lift = []", "terms.lift"),
        (HEAD + 'lift = ["梯"]', "terms.lift: 梯"),
        (HEAD + "lift = [7]", "terms.lift: 7"),
        (HEAD + 'lift = ["观光梯", "观光梯"]', "terms.lift: 观光梯"),
        (HEAD + '"kind=repair" = ["占坑"]\n"kind=inquiry" = ["占坑"]', "terms.kind=inquiry: 占坑"),
    ],
)
def test_a_wrong_file_is_refused_by_key(text: str, key: str) -> None:
    with pytest.raises(LexiconWrong) as caught:
        parse(text, SHIPPED, "w.toml")
    assert (caught.value.values["file"], caught.value.values["key"]) == ("w.toml", key)


def test_what_is_no_toml_is_refused_by_line() -> None:
    with pytest.raises(LexiconWrong) as caught:
        parse("form = 1\n[terms\n", SHIPPED, "w.toml")
    assert say(caught.value.values["key"]) == "line 2"


def test_a_key_may_be_spoken_and_a_word_be_for_a_list_and_a_value() -> None:
    text = HEAD + 'elevator = ["观光梯"]\n"category=order" = ["观光梯"]\n'
    found = parse(text, SHIPPED, "w.toml", {"elevator": "lift", "category=order": "category=order"}.__getitem__)
    assert found == {"lift": ["观光梯"], "category=order": ["观光梯"]}


def test_a_rule_with_several_lists_asks_which_one() -> None:
    names = (rule.name for rules in SHIPPED.rules.values() for rule in rules)
    name, lists = next((one, lists_of(one, SHIPPED)) for one in names if len(lists_of(one, SHIPPED)) == 2)
    with pytest.raises(LexiconWrong) as caught:
        parse(HEAD + f'{name} = ["观光梯"]', SHIPPED, "w.toml")
    assert say(caught.value.values["expected"]).endswith(", ".join(lists))
