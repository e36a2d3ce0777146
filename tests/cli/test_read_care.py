"""What a clerk met who read signatures, letters to others and their answers with a critical eye."""

from typing import Any

OUTSIDE = ("--responsibility", "outside", "--category", "external")


def passed_on(clerk: Any, when: str) -> list[tuple[str | None, str | None]]:
    """Return (to whom, when answered) of every letter about complaint 1."""
    letters = clerk(when, "show", "1", "--json").data["assist"]["passed_on"]
    return [(one["to"], one["answered_at"] and one["answered_at"][11:16]) for one in letters]


def test_nothing_is_signed_for_an_inquiry_or_a_suggestion_that_no_form_goes_out_for(clerk: Any) -> None:
    clerk.take("09:00", "--kind", "inquiry")
    clerk.take("09:00", "--kind", "suggestion")
    for name in ("1", "2"):
        assert clerk("09:10", "sign", name, "--json", code=4).json["error"]["rule"] == "nothing-to-sign"
        named = clerk("09:10", "sign", name, "opinion", "--json", code=4).json["error"]
        assert (named["rule"], named["clause"]) == ("not-asked", "Q 4.2.7")


def test_a_suggestion_that_was_sent_to_a_department_is_signed_like_any_other_form(clerk: Any) -> None:
    clerk.take("09:00", "--kind", "suggestion")
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:06", "sign", "1", "opinion")


def test_a_second_answer_of_the_same_sender_answers_nobody_elses_letter(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:10", "record", "1", "passed-on", "please look", "--to", "样例公司甲")
    clerk("09:11", "record", "1", "passed-on", "please look", "--to", "样例公司乙")
    clerk("10:00", "record", "1", "answered", "on Monday", "--by", "样例公司乙")
    clerk("11:00", "record", "1", "answered", "on Tuesday", "--by", "样例公司乙")
    assert passed_on(clerk, "11:30") == [("样例公司甲", None), ("样例公司乙", "10:00")]
    assert len(clerk("11:30", "show", "1", "--json").data["assist"]["answers"]) == 2
    assert [one["to"] for one in clerk("11:30", "assist", "--json").data["items"]] == ["样例公司甲"]


def test_a_name_typed_in_full_is_not_taken_for_a_longer_one(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:10", "record", "1", "passed-on", "please look", "--to", "样例公司")
    clerk("09:11", "record", "1", "passed-on", "please look", "--to", "样例公司乙")
    clerk("10:00", "record", "1", "answered", "on Monday", "--by", "样例公司")
    assert passed_on(clerk, "11:30") == [("样例公司", "10:00"), ("样例公司乙", None)]


def test_asking_which_letter_was_answered_shows_nobodys_telephone(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:10", "record", "1", "passed-on", "please look", "--to", "样例王经理 15400001234")
    clerk("09:11", "record", "1", "passed-on", "please look", "--to", "样例公司乙")
    error = clerk("10:00", "record", "1", "answered", "on Monday", "--json", code=2).json["error"]
    assert "154****1234" in error["message"]
    assert "15400001234" not in error["message"]
    several = clerk("10:00", "record", "1", "answered", "on Monday", "--by", "样例", "--json", code=2).json["error"]
    assert several["code"] == "missing-option"


def test_undo_says_which_step_and_which_stage_it_took_back(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk.take("09:00", "--kind", "suggestion")
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:06", "sign", "1", "opinion")
    assert "09:06所写的：部门意见\n" in clerk("09:07", "undo", lang="zh").out.replace(" 所写", "所写")
    clerk("09:08", "suggestion", "adopt", "2", "--plan", "下月装灯")
    assert "采纳\n" in clerk("09:09", "undo", lang="zh").out.splitlines(keepends=True)[0]


def test_what_was_not_understood_is_told_once(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:10", "record", "1", "explained-class-3", "归市里管", "--not-understood")
    line = next(line for line in clerk("09:11", "show", "1", lang="zh").out.splitlines() if "归市里管" in line)
    assert line == "  2026-11-20 09:10  向业主解释三类投诉；未获理解；归市里管——clerk"


def test_a_price_that_is_known_need_not_be_typed_again(clerk: Any) -> None:
    clerk.take("09:00", "--kind", "repair")
    clerk.take("09:00", "--kind", "repair")
    clerk("09:01", "repair", "1", "--part", "own", "--price", "80元")
    clerk("09:01", "repair", "2", "--part", "own")
    told = clerk("09:02", "assign", "1", "2", "工程部", lang="zh").out
    assert "complaintctl repair 1 --price-told\n" in told
    assert 'complaintctl repair 2 --price "…" --price-told\n' in told
