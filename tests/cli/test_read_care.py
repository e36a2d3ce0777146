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


def test_steps_are_called_by_their_names_too(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:10", "record", "1", "书面转交,联系住户", "请查修", "--to", "样例公司")
    assert passed_on(clerk, "09:11") == [("样例公司", None)]
    error = clerk("09:12", "record", "1", "书面呈报", "--json", code=2, lang="zh").json["error"]
    assert "warranty-report（保修书面呈报）" in error["hint"]
    wrong = clerk("09:12", "record", "1", "联系住户", "--to", "样例公司", code=2)
    assert "--to" in wrong.err


def test_a_step_before_what_it_follows_is_called_by_its_name(clerk: Any) -> None:
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    clerk("09:10", "record", "1", "passed-on", "请查修", "--to", "样例公司")
    said = clerk("09:20", "record", "1", "answered", "周一", "--at", "09:09", code=2, lang="zh").err
    assert "“已答复”的时间不能是 2026-11-20 09:09：早于“书面转交”（2026-11-20 09:10）。" in said


def test_what_has_no_limit_stands_among_what_is_next_also_after_the_closing(clerk: Any) -> None:
    clerk.take("09:00", "--on-the-spot", "--result", "done")
    clerk("09:01", "notify", "1", "--via", "phone", "--accepted")
    closed = clerk("09:02", "revisit", "1", "--satisfied") and clerk("09:03", "show", "1", lang="zh").out
    after = closed.rpartition("下一步\n")[2].splitlines()
    assert after == [
        '  无期限：complaintctl record 1 supervisor-told "备注"',
        '  无期限：complaintctl study 1 --what "…" --cause "…" --lesson "…"',
    ]
    clerk("09:04", "record", "1", "supervisor-told")
    clerk("09:05", "study", "1", "--what", "a", "--cause", "b", "--lesson", "c")
    after = clerk("09:06", "show", "1", lang="zh").out.rpartition("下一步\n")[2].splitlines()
    assert after == ["  无期限：complaintctl study 1 --trained 姓名"]


def test_packs_that_lack_a_rule_take_the_usual_words_and_cite_no_empty_clause(clerk_under: Any) -> None:
    clerk = clerk_under("resident-standard")
    clerk.take("09:00", *OUTSIDE)
    clerk("09:05", "assign", "1", "Engineering")
    assert "（）" not in clerk("09:10", "record", "1", "explained-class-3", "x", lang="zh").out
    assert "（）" not in clerk("09:10", "record", "1", "passed-on", "x", lang="zh").out
    clerk("09:11", "dispute", "1", "仲裁", "--with", "样例甲", lang="zh")
    assert clerk("09:12", "show", "1", "--json").data["dispute"]["route"] == "arbitration"
    wrong = clerk("09:13", "dispute", "1", "吵架", code=2, lang="zh").err
    assert "arbitration（仲裁）" in wrong
    repair = clerk.take("09:20", "--kind", "repair")
    clerk("09:21", "repair", repair, "--part", "自用部位", lang="zh")
    assert clerk("09:22", "show", repair, "--json").data["repair"]["part"] == "own"


def test_a_route_or_a_repair_left_out_is_asked_for_by_name(clerk: Any) -> None:
    clerk.take("09:00", "--kind", "repair")
    assert "缺少途径。" in clerk("09:01", "dispute", "1", code=2, lang="zh").err
    nothing = clerk("09:01", "repair", "1", code=2, lang="zh").err
    assert "--part、--price、--price-told、--appointment、--finish、--note" in nothing
    assert "终端" not in nothing


def test_what_was_done_before_is_refused_with_its_clause(clerk: Any) -> None:
    clerk.take("09:00", "--kind", "suggestion")
    clerk("09:01", "suggestion", "told", "1")
    assert clerk("09:02", "suggestion", "told", "1", "--json", code=4).json["error"]["clause"] == "H11 3.1.4"
    clerk.take("09:00", "--against", "样例甲")
    clerk("09:03", "dispute", "2", "mediation")
    assert clerk("09:04", "dispute", "2", "mediation", "--json", code=4).json["error"]["clause"] == "H6 二.2"


def test_what_came_of_a_route_can_be_said_when_it_is_asked_for(clerk: Any) -> None:
    clerk.take("09:00", "--responsibility", "resident", "--against", "样例戊")
    clerk("09:10", "dispute", "1", "mediation", "--before", "样例居委会")
    assert "--result" in clerk("10:00", "dispute", "1", "mediation", "--outcome", "settled").out
    told = clerk("10:05", "dispute", "1", "mediation", "--outcome", "settled", "--result", "晚十点后安静", "--json")
    assert told.json["warnings"] == []
    steps = told.data["dispute"]["steps"]
    assert [(one["outcome"], one["result"], one["ended_at"][11:16]) for one in steps] == [
        ("settled", "晚十点后安静", "10:00")
    ]
    again = clerk("11:00", "dispute", "1", "mediation", "--outcome", "settled", "--result", "又谈成一次", "--json")
    assert [one["result"] for one in again.data["dispute"]["steps"]] == ["晚十点后安静", "又谈成一次"]
    clerk("11:01", "undo")
    clerk("11:02", "undo")
    steps = clerk("11:03", "show", "1", "--json").data["dispute"]["steps"]
    assert [(one["outcome"], one["result"]) for one in steps] == [("settled", None)]
    clerk("11:04", "verify")


def test_nobody_comes_to_a_closed_repair(clerk: Any) -> None:
    clerk.take("09:00", "--kind", "repair", "--on-the-spot", "--result", "done")
    clerk("09:01", "notify", "1", "--via", "phone", "--accepted")
    clerk("09:02", "revisit", "1", "--satisfied")
    assert clerk("09:03", "record", "1", "came", "--json", code=4).json["error"]["rule"] == "closed"
    clerk("09:03", "record", "1", "supervisor-told")


def test_the_next_rung_has_the_same_other_side(clerk: Any) -> None:
    clerk.take("09:00", "--responsibility", "resident", "--against", "样例戊")
    clerk("09:10", "dispute", "1", "negotiation", "--with", "甲邻", "--with", "乙邻")
    steps = clerk("09:20", "dispute", "1", "mediation", "--json").data["dispute"]["steps"]
    assert [one["with"] for one in steps] == [["甲*", "乙*"], ["甲*", "乙*"]]


def test_a_route_without_a_number_is_told_what_is_missing(clerk: Any) -> None:
    assert "编号" in clerk("09:00", "dispute", "调解", code=2, lang="zh").err


def test_the_part_of_a_repair_goes_before_what_was_only_read_from_the_text(clerk: Any) -> None:
    logged = clerk("09:00", "log", "--text", "修水管", "--kind", "repair", "--unit", "3-1-501", "--json").data
    assert logged["facts"]["responsibility"] == "own" and "responsibility" in logged["proposed"]
    told = clerk("09:01", "repair", "1", "--part", "building", "--json")
    assert told.data["facts"]["responsibility"] == "building"
    assert [one["code"] for one in told.json["warnings"]] == ["responsibility-proposed"]
    clerk("09:02", "amend", "1", "--responsibility", "own")
    told = clerk("09:03", "repair", "1", "--part", "building", "--json")
    assert told.data["facts"]["responsibility"] == "own"
    assert [one["code"] for one in told.json["warnings"]] == ["responsibility-differs"]


def test_nobody_is_thanked_by_a_name_that_is_not_known(clerk: Any) -> None:
    clerk.take("09:00", "nameless", "--kind", "suggestion")
    clerk("09:01", "suggestion", "adopt", "1", "--plan", "加灯")
    told = clerk("09:02", "suggestion", "publish", "1", "--consent", "--json").json
    assert [one["code"] for one in told["warnings"]] == ["no-name", "not-answered"]
    clerk.take("09:00", "--kind", "suggestion", "--name", "样例甲")
    clerk("09:03", "suggestion", "adopt", "2", "--plan", "加灯")
    named = clerk("09:04", "suggestion", "publish", "2", "--consent")
    assert "样例甲" in named.out and "no name" not in named.out


def test_the_day_fits_a_narrow_terminal_and_leaves_nothing_out_of_a_pipe(clerk: Any) -> None:
    clerk.take("09:00", "--responsibility", "building", "--danger", "--channel", "desk")
    clerk("09:01", "assign", "1", "工程部")
    env: dict[str, str | None] = {**clerk.env("11:30", lang="zh"), "LC_ALL": "C.UTF-8"}
    narrow = clerk.shell.terminal("today", columns=72, env=env).out
    wide = clerk.shell.terminal("today", columns=120, env=env).out
    assert "上报 → 部门负责人" in narrow and "TS202611-0001" not in narrow
    assert "TS202611-0001" in wide and "TS202611-0001" in clerk("11:30", "today", lang="zh").out


def test_a_number_typed_with_a_name_is_shown_nowhere(clerk: Any) -> None:
    clerk.take("09:00", "--fault")
    clerk("09:01", "assign", "1", "工程部")
    cause = ("--cause", "a", "--correction", "b", "--prevention", "c", "--until", "10:00")
    clerk("09:02", "corrective", "1", *cause, "--by", "样例主管15400009999")
    clerk("09:03", "sign", "1", "opinion", "--by", "样例班长 15400008888")
    shown = [clerk("11:00", "sign", "1", "opinion", "--json", code=4).out]
    for words in (("overdue",), ("today",), ("corrective",), ("show", "1"), ("signatures",)):
        shown += [clerk("11:00", *words, *form).out for form in ((), ("--json",))]
    assert "样例主管" in clerk("11:00", "corrective").out
    assert [text for text in shown if "15400009999" in text or "15400008888" in text] == []
    assert "15400009999" in clerk("11:01", "show", "1", "--reveal", "核对").out
