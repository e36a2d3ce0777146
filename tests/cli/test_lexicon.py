"""The office's own words and the review of overruled proposals, from outside."""

from pathlib import Path
from typing import Any

import pytest

#: Texts in which only this office's word tells that a place is taken: five homes, one of them twice.
HOMES = ("3-1-101", "3-1-102", "3-1-103", "3-2-201", "3-2-201")


@pytest.fixture
def misread(clerk: Any) -> Any:
    """Five complaints whose category the clerk states against, or beside, what was read; and five others."""
    for n, home in enumerate(HOMES, 1):
        words = ("--category", "neighbour", "--no-fault", "--reason", "占了公共地方")
        clerk(f"09:0{n}", "log", "--text", f"{n}号门外又见占坑，怎么说都不听", "--unit", home, *words)
    for n in range(1, 6):
        clerk(f"10:0{n}", "log", "--text", f"{n}楼的灯不亮", "--unit", f"5-1-{n}01")
    return clerk


def category(ran: Any) -> Any:
    return next((one["value"] for one in ran.data["proposals"] if one["fact"] == "category"), None)


# ---- adding, reading with them, taking back


def test_a_word_added_is_read_from_then_on_and_undone_again(clerk: Any) -> None:
    before = clerk("09:00", "log", "--text", "又见占坑", "--json")
    added = clerk("09:01", "lexicon", "add", "--term", "佔坑", "--for", "category=order", "--json").data
    assert added == {"added": [{"word": "占坑", "for": "category=order"}], "stood_already": []}
    after = clerk("09:02", "log", "--text", "又见占坑", "--json")
    assert (category(before), category(after)) != ("order", "order")
    assert category(after) == "order"
    assert category(clerk("09:03", "classify", "又见占坑", "--json")) == "order"
    clerk("09:04", "undo")  # of the second complaint
    undone = clerk("09:05", "undo", "--json").data
    assert undone["words"] == {} and [one["kind"] for one in undone["undone"]] == ["adopted"]
    assert category(clerk("09:06", "classify", "又见占坑", "--json")) != "order"
    assert clerk("09:07", "undo", "--json").data["number"] == "TS202611-0001"
    assert clerk("09:08", "verify").code == 0


def test_undo_goes_back_one_change_after_the_other(clerk: Any) -> None:
    for n, word in enumerate(("甲甲", "乙乙", "丙丙"), 1):
        clerk(f"09:0{n}", "lexicon", "add", "--term", word, "--for", "lift")
    assert clerk("09:04", "undo", "--json").data["words"] == {"lift": ["甲甲", "乙乙"]}
    assert clerk("09:05", "undo", "--json").data["words"] == {"lift": ["甲甲"]}
    assert clerk("09:06", "undo", "--json").data["words"] == {}
    ran = clerk("09:07", "undo", "--json", code=4)
    assert ran.json["error"]["code"] == "refused"


def test_undo_is_refused_where_another_changed_the_words_since(clerk: Any) -> None:
    clerk("09:01", "lexicon", "add", "--term", "甲甲", "--for", "lift")
    clerk("09:02", "--actor", "other", "lexicon", "add", "--term", "乙乙", "--for", "lift")
    ran = clerk("09:03", "undo", code=4)
    assert "later entries rest on the command" in ran.err and "complaintctl lexicon remove WORD" in ran.err


def test_the_same_word_twice_writes_nothing(clerk: Any) -> None:
    clerk("09:01", "lexicon", "add", "--term", "占坑", "--for", "category=order")
    again = clerk("09:02", "lexicon", "add", "--term", "占坑", "--for", "category=order", "--json").data
    assert again == {"added": [], "stood_already": [{"word": "占坑", "for": "category=order"}]}
    (row,) = clerk("09:03", "lexicon", "show", "--json").data["items"]
    assert row["since"] == "2026-11-20T09:01:00+08:00"


def test_removing_leaves_what_the_word_is_for_elsewhere(clerk: Any) -> None:
    for target in ("category=order", "lift"):
        clerk("09:01", "lexicon", "add", "--term", "占坑", "--for", target)
    clerk("09:02", "lexicon", "remove", "占坑", "--for", "lift")
    rows = clerk("09:03", "lexicon", "show", "--json").data["items"]
    assert [(row["word"], row["target"], row["read"]) for row in rows] == [("占坑", "category=order", True)]
    clerk("09:04", "lexicon", "remove", "占坑")
    ran = clerk("09:05", "lexicon", "remove", "占坑", code=3)
    assert "lexicon show" in ran.err
    earlier = clerk("09:06", "lexicon", "show", "--as-of", "2026-11-20 09:03", "--json").data["items"]
    assert [row["word"] for row in earlier] == ["占坑"]


def test_they_stand_after_a_rebuild(clerk: Any) -> None:
    clerk("09:01", "lexicon", "add", "--term", "占坑", "--for", "category=order")
    clerk("09:02", "rebuild")
    assert len(clerk("09:03", "lexicon", "show", "--json").data["items"]) == 1


# ---- files


def test_a_file_is_checked_then_added(clerk: Any, tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('form = 1\n[terms]\nlift = ["观光梯", "电梯"]\n"danger=yes" = ["冒青烟"]\n', "utf-8")
    data = clerk("09:01", "lexicon", "check", str(file), "--json").data
    assert len(data["words"]) == 3 and data["shipped_already"] == [{"word": "电梯", "for": "lift"}]
    assert clerk("09:02", "lexicon", "show", "--json").data["items"] == []
    clerk("09:03", "lexicon", "add", str(file))
    assert clerk("09:04", "lexicon", "check", "--json").data["file"] is None
    assert len(clerk("09:05", "lexicon", "show", "--json").data["items"]) == 3


def test_a_wrong_file_adds_nothing(clerk: Any, tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('form = 1\n[terms]\nlift = ["观光梯"]\nnonsense = ["占坑"]\n', "utf-8")
    for command in ("check", "add"):
        ran = clerk("09:01", "lexicon", command, str(file), "--json", code=2)
        assert ran.json["error"]["code"] == "lexicon-wrong"
        assert "words.toml" in ran.json["error"]["message"] and "terms.nonsense" in ran.json["error"]["message"]
    assert clerk("09:02", "lexicon", "show", "--json").data["items"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), 2),
        (("--term", "占坑"), 2),
        (("--for", "lift"), 2),
        (("none.toml",), 3),
        (("none.toml", "--term", "占坑", "--for", "lift"), 2),
        (("--term", "坑", "--for", "lift"), 2),
        (("--term", "占坑", "--for", "danger=no"), 2),
        (("--term", "15400000001", "--for", "lift"), 2),
    ],
)
def test_what_cannot_be_added(clerk: Any, words: tuple[str, ...], code: int) -> None:
    clerk("09:00", "lexicon", "add", *words, code=code)


def test_a_value_may_be_typed_as_its_words(clerk: Any) -> None:
    words = ("--lang", "zh", "lexicon", "add", "--term", "占坑", "--for", "类别=公共秩序")
    assert "“占坑”今后识别为类别：公共秩序。" in clerk("09:01", *words).out


def test_what_words_can_be_for_is_listed_without_a_ledger(shell: Any) -> None:
    rows = {row["target"]: row for row in shell("lexicon", "show", "--lists", "--json").data["items"]}
    assert "电梯" in rows["lift"]["words"] or rows["lift"]["count"] > 5
    assert {"category=noise", "danger=yes", "kind=repair"} <= set(rows)
    assert not {"negation", "households=yes"} & set(rows)


# ---- what is kept, and the review


def test_what_was_read_is_kept_beside_what_was_stated(clerk: Any) -> None:
    clerk("09:00", "log", "--text", "楼上半夜装修，吵得睡不着", "--category", "neighbour", "--danger", "--no-injury")
    found = clerk("09:01", "lexicon", "review", "--json").data
    changes = {(one["fact"], one["proposed"], one["stated"]): one for one in found["changes"]}
    assert set(changes) == {("category", "noise", "neighbour"), ("danger", None, True)}
    assert (found["texts"], found["overruled"]) == (1, 1)
    # Words that overlap (吵得睡, 睡不着) are told as one.
    assert "吵得睡不着" in [one["word"] for one in changes["category", "noise", "neighbour"]["words"]]


def test_stating_what_was_read_anyway_overrules_nothing(clerk: Any) -> None:
    clerk("09:00", "log", "--text", "楼上半夜装修，吵得睡不着", "--category", "noise")
    found = clerk("09:01", "lexicon", "review", "--json").data
    assert (found["changes"], found["overruled"]) == ([], 0) and found["proposed"] >= 1


def test_an_amendment_overrules_with_its_reason_and_its_undoing_takes_that_back(clerk: Any) -> None:
    clerk("09:00", "log", "--text", "楼上半夜装修，吵得睡不着")
    clerk("09:01", "amend", "1", "--category", "neighbour", "--reason", "两户之间的事")
    (change,) = clerk("09:02", "lexicon", "review", "--json").data["changes"]
    assert (change["proposed"], change["stated"], change["count"], change["of"]) == ("noise", "neighbour", 1, 1)
    assert change["reasons"] == ["两户之间的事"] and change["numbers"] == ["TS202611-0001"]
    clerk("09:03", "undo")
    assert clerk("09:04", "lexicon", "review", "--json").data["changes"] == []


def test_a_complaint_taken_back_is_not_reviewed(clerk: Any) -> None:
    clerk("09:00", "log", "--text", "楼上半夜装修，吵得睡不着", "--category", "neighbour")
    clerk("09:01", "undo")
    assert clerk("09:02", "lexicon", "review", "--json").data["texts"] == 0


def test_words_of_many_homes_are_suggested_with_the_command_that_adds_them(misread: Any) -> None:
    found = misread("11:00", "lexicon", "review", "--json").data
    (change,) = (one for one in found["changes"] if one["fact"] == "category")
    assert (change["stated"], change["count"], change["reasons"]) == ("neighbour", 5, ["占了公共地方"])
    suggested = {one["word"]: one for one in found["suggested"]}
    assert "占坑" in suggested
    one = suggested["占坑"]
    assert (one["among"], one["of"], one["others"], one["of_others"]) == (5, 5, 0, 5)
    misread("11:01", *one["command"].rpartition("complaintctl ")[2].split())
    assert misread("11:02", "lexicon", "review", "--json").data["changes"] == found["changes"]


def test_words_of_fewer_than_three_homes_are_not_suggested(clerk: Any) -> None:
    for n in range(1, 5):
        words = ("--category", "order", "--unit", "3-1-101" if n < 3 else "3-1-102")
        clerk(f"09:0{n}", "log", "--text", "门外又见占坑", *words)
    assert clerk("09:10", "lexicon", "review", "--json").data["suggested"] == []


def test_a_review_begins_with_the_day_named(misread: Any) -> None:
    assert misread("11:00", "lexicon", "review", "--since", "2026-11-20", "--json").data["texts"] == 10
    # The next morning, nothing of the day before.
    ran = misread("2026-11-21 08:00", "lexicon", "review", "--since", "2026-11-21")
    assert ran.out == "No text was read in that time.\n"


def test_the_review_in_both_languages(misread: Any) -> None:
    english, chinese = (misread("11:00", "--lang", lang, "lexicon", "review").out for lang in ("en", "zh"))
    assert "because: 占了公共地方" in english and "lexicon add --term 占坑 --for category=neighbour" in english
    assert "理由：占了公共地方" in chinese and "建议加的词" in chinese
    assert all(len(line) <= 80 for line in english.splitlines())


def test_what_the_guided_form_corrects_is_kept_too(clerk: Any) -> None:
    keys = "楼上半夜装修，吵得睡不着\n.\ncategory neighbour\n\n"
    clerk.shell.terminal("log", keys=keys, env={**clerk.env("09:00"), "TERM": "dumb"})
    found = clerk("09:01", "lexicon", "review", "--json").data["changes"]
    assert ("category", "noise", "neighbour") in [(one["fact"], one["proposed"], one["stated"]) for one in found]
