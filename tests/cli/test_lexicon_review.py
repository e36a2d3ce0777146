"""The review of what the clerk said otherwise: judgements that followed from the text, and the reasons kept."""

from typing import Any

import pytest

#: Read as the company's own matter without fault: valid, of class 1, minor, not urgent.
LAMP = "楼道灯坏了"
STATED = ("--kind", "complaint", "--category", "facility", "--responsibility", "own", "--fault", "--households", "1")
NOT_SO = [f"--no-{name}" for name in ("injury", "major-loss", "danger", "damage", "outage", "repeated")]
ALL = (*STATED, *NOT_SO, "--no-over-one-month", "--no-promise-broken")


def changes(clerk: Any, when: str = "17:00") -> dict[Any, Any]:
    found = clerk(when, "lexicon", "review", "--json").data
    return {(one["fact"], one["proposed"], one["stated"]): one for one in found["changes"]}


def test_a_judgement_that_followed_from_the_text_is_shown_with_the_clerks_reason(clerk: Any) -> None:
    clerk("09:00", "log", "--text", LAMP, "--validity", "invalid", "--reason", "自家的灯")
    clerk("09:01", "log", "--text", LAMP)
    clerk("09:02", "log", "--text", LAMP, "--urgency", "urgent", "--reason", "样例老人要上楼")
    found = clerk("09:03", "lexicon", "review", "--json").data
    assert (found["judgements_overruled"], found["overruled"]) == (2, 0)
    one = changes(clerk)["validity", "valid", "invalid"]
    assert (one["count"], one["of"], one["reasons"], one["numbers"]) == (1, 3, ["自家的灯"], ["TS202611-0001"])
    assert one["words"] and all(word["word"] in LAMP and word["count"] == 1 for word in one["words"])
    assert changes(clerk)["urgency", "general", "urgent"]["reasons"] == ["样例老人要上楼"]


def test_an_amendment_overrules_a_judgement_until_it_is_withdrawn(clerk: Any) -> None:
    clerk("09:00", "log", "--text", LAMP)
    clerk("09:01", "amend", "1", "--class", "3", "--reason", "路灯")
    assert changes(clerk)["class", "1", "3"]["reasons"] == ["路灯"]
    clerk("09:02", "amend", "1", "--withdraw", "class")
    assert changes(clerk) == {}
    clerk("09:03", "undo")
    assert list(changes(clerk)) == [("class", "1", "3")]


def test_what_the_clerk_had_stated_himself_says_nothing_about_the_reading(clerk: Any) -> None:
    """Severity rests on facts that all were stated; class on the responsibility, which was left to the text."""
    clerk("09:00", "log", "--text", LAMP, *ALL, "--severity", "minor", "--reason", "已澄清")
    assert [key for key in changes(clerk) if key[0] == "severity"] == []
    clerk("09:01", "log", "--text", LAMP, "--no-fault", "--class", "2", "--reason", "在保修期内")
    assert ("class", "1", "2") in changes(clerk)


def test_overruling_to_what_it_was_anyway_overrules_nothing(clerk: Any) -> None:
    clerk("09:00", "log", "--text", LAMP, "--validity", "valid", "--reason", "核对过")
    assert changes(clerk) == {}


def test_it_is_measured_by_the_facts_as_they_were_when_it_was_overruled(clerk: Any) -> None:
    """The office first puts the responsibility right; what is overruled then is what follows from that."""
    clerk("09:00", "log", "--text", LAMP)
    clerk("09:01", "amend", "1", "--responsibility", "outside")
    clerk("09:02", "amend", "1", "--urgency", "urgent", "--validity", "valid", "--reason", "路口全黑")
    found = changes(clerk)
    # Validity rests on responsibility and kind, and the kind was read.
    assert set(found) == {
        ("responsibility", "own", "outside"),
        ("urgency", "general", "urgent"),
        ("validity", "assist", "valid"),
    }


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("1 judgement that followed from the text was overruled", "validity: valid → ", "because: 自家的灯")),
        ("zh", ("由文字得出的判定被改1项", "有效性：有效 → ", "理由：自家的灯")),
    ],
)
def test_people_read_it_in_their_language(clerk: Any, lang: str, said: tuple[str, ...]) -> None:
    clerk("09:00", "log", "--text", LAMP, "--validity", "invalid", "--reason", "自家的灯")
    out = clerk("09:01", "lexicon", "review", lang=lang).out
    assert not [text for text in said if text not in out]


def test_a_reason_typed_into_the_form_is_kept_with_the_correction(clerk: Any) -> None:
    keys = "楼上半夜装修，吵得睡不着\n.\ncategory neighbour\nreason 两户之间的事\n\n"
    ran = clerk.shell.terminal("log", keys=keys, env={**clerk.env("09:00"), "TERM": "dumb"})
    assert "for “lexicon review”: reason …" in ran.out
    assert changes(clerk)["category", "noise", "neighbour"]["reasons"] == ["两户之间的事"]


def test_the_form_asks_for_no_reason_where_nothing_was_proposed(clerk: Any) -> None:
    keys = "楼上半夜装修，吵得睡不着\n.\nunit 3-1-101\n\n"
    ran = clerk.shell.terminal("log", keys=keys, env={**clerk.env("09:00"), "TERM": "dumb"})
    assert "lexicon review" not in ran.out and changes(clerk) == {}


# ---- words, as clerks type them


@pytest.mark.parametrize("typed", ["danger", "危及人身", "危及人身=是", "危及人身＝yes", "danger=yes"])
def test_a_fact_that_is_yes_or_no_is_named_as_one_likes(clerk: Any, typed: str) -> None:
    words = ("--lang", "zh", "lexicon")
    clerk("09:00", *words, "add", "--term", "冒青烟", "--for", typed)
    assert [row["target"] for row in clerk("09:01", *words, "show", "--json").data["items"]] == ["danger=yes"]
    clerk("09:02", *words, "remove", "冒青烟", "--for", typed)
    assert clerk("09:03", *words, "show", "--json").data["items"] == []


def test_a_word_speaks_for_one_value_of_a_fact_only(clerk: Any) -> None:
    clerk("09:00", "lexicon", "add", "--term", "嗡嗡叫", "--for", "category=noise")
    clerk("09:01", "lexicon", "add", "--term", "嗡嗡叫", "--for", "outage")
    ran = clerk("09:02", "lexicon", "add", "--term", "嗡嗡叫", "--for", "category=order", code=2)
    assert "complaintctl lexicon remove 嗡嗡叫 --for category=noise" in ran.err
    assert len(clerk("09:03", "lexicon", "show", "--json").data["items"]) == 2


def test_that_the_program_has_a_word_already_is_told_and_it_is_added_all_the_same(clerk: Any) -> None:
    ran = clerk("09:00", "lexicon", "add", "--term", "电 梯", "--for", "lift", "--json")
    assert ran.data["added"] == [{"word": "电梯", "for": "lift"}]
    assert [one["code"] for one in ran.json["warnings"]] == ["shipped-already"]


def test_what_was_typed_is_named_in_the_error(clerk: Any) -> None:
    ran = clerk("09:00", "lexicon", "add", "--term", "占坑", "--for", "lifts", code=2)
    assert ran.err.startswith("complaintctl: --for lifts cannot be: expected a list of the lexicon")
