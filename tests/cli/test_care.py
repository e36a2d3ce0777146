"""`assist`, `study`, `corrective` and what `record` says besides a note, from outside: screens, JSON, refusals."""

from typing import Any

import pytest

CASE = ("--what", "路灯一周不亮", "--cause", "夜间无人巡查", "--lesson", "天黑后要巡一遍")
PLAN = ("--cause", "没有备件", "--correction", "换灯", "--prevention", "仓库常备", "--by", "样例主管")


def outside(clerk: Any, *more: str) -> str:
    name = clerk.take("09:00", "--responsibility", "outside", *more)
    clerk("09:05", "assign", name, "工程部")
    clerk("09:30", "record", name, "contacted")
    clerk("10:00", "record", name, "passed-on", "请查修", "--to", "样例水务公司")
    return str(name)


def important(clerk: Any, *more: str) -> str:
    name = clerk.take("09:00", "--fault", *more)
    clerk("09:05", "assign", name, "工程部")
    return str(name)


def section(text: str, title: str) -> list[str]:
    """The lines below a heading of `show`, up to the next empty one."""
    lines = text.splitlines()
    start = lines.index(title) + 1
    return [line.strip() for line in lines[start : lines.index("", start)]]


# ---- assist


def test_show_tells_to_whom_it_went_and_how_long_nobody_has_answered(clerk: Any) -> None:
    name = outside(clerk)
    shown = clerk("2026-11-24 12:00", "show", name)
    assert section(shown.out, "Passed to others") == [
        "2026-11-20 10:00 to 样例水务公司; 4 days 2 h without an answer",
        "last word 2026-11-20 09:30; next word to the resident by 2026-11-25 24:00",
    ]
    assert section(clerk("2026-11-24 12:00", "show", name, lang="zh").out, "转交情况") == [
        "2026-11-20 10:00 转样例水务公司；4天2小时未答复",
        "上次告知 2026-11-20 09:30；下次告知住户不迟于 2026-11-25 24:00",
    ]
    clerk("2026-11-24 13:00", "record", name, "answered", "周一开挖", "--by", "样例水务公司")
    shown = clerk("2026-11-24 14:00", "show", name)
    assert section(shown.out, "Passed to others")[0] == "2026-11-20 10:00 to 样例水务公司; answered 2026-11-24 13:00"
    assert "answered; 样例水务公司; 周一开挖 — clerk" in shown.out


def test_assist_in_json_for_scripts(clerk: Any) -> None:
    name = outside(clerk)
    clerk("2026-11-24 13:00", "record", name, "answered", "周一开挖")
    told = clerk("2026-11-24 14:00", "show", name, "--json").data["assist"]
    assert told == {
        "passed_on": [
            {
                "to": "样例水务公司",
                "at": "2026-11-20T10:00:00+08:00",
                "by": "clerk",
                "text": "请查修",
                "answered_at": "2026-11-24T13:00:00+08:00",
            }
        ],
        "answers": [{"from": "样例水务公司", "at": "2026-11-24T13:00:00+08:00", "by": "clerk", "text": "周一开挖"}],
        "last_word_at": "2026-11-20T09:30:00+08:00",
        "next_word_due": "2026-11-26T00:00:00+08:00",
    }
    own = clerk.take("09:00")
    assert clerk("09:10", "show", own, "--json").data["assist"] is None


def test_the_list_of_what_waits_for_others(clerk: Any) -> None:
    assert clerk("09:00", "assist").out == ""
    name = outside(clerk)
    other = clerk.take("11:00", "--responsibility", "building", "--unit", "3-1-502")
    clerk.take("11:00", "--unit", "3-1-503")
    ran = clerk("2026-11-26 10:00", "assist", "--exit-code", code=10)
    first, second = ran.out.splitlines()[1:]
    assert first.split("  ")[2:] and "样例水务公司" in first and "6 days" in first and first.endswith("10 h")
    assert "not passed on yet" in second
    assert "尚未转交" in clerk("2026-11-26 10:00", "assist", lang="zh").out
    items = clerk("2026-11-26 10:00", "assist", "--json").data["items"]
    assert [(one["id"], one["to"], one["silent_seconds"]) for one in items] == [
        (int(name), "样例水务公司", 518_400),
        (int(other), None, None),
    ]
    assert (items[0]["next_word_due"], items[0]["late_by_seconds"]) == ("2026-11-26T00:00:00+08:00", 36_000)
    assert (
        clerk("2026-11-26 10:00", "assist", "--format", "csv").out.splitlines()[0].lstrip("\ufeff").startswith('"id"')
    )
    clerk("2026-11-26 11:00", "record", name, "answered", "周一开挖")
    assert [one["id"] for one in clerk("2026-11-26 12:00", "assist", "--json").data["items"]] == [int(other)]
    assert len(clerk("2026-11-26 12:00", "assist", "--all", "--json").data["items"]) == 2
    # As it stood while nobody had answered.
    before = clerk("2026-11-26 12:00", "assist", "--as-of", "2026-11-26 10:30", "--json").data
    assert [one["id"] for one in before["items"]] == [int(name), int(other)]
    assert clerk("2026-11-26 12:00", "assist", "--exit-code", code=10).code == 10


def test_the_complainant_is_masked_wherever_words_are_shown(clerk: Any) -> None:
    name = clerk.take("09:00", "--responsibility", "outside", "--name", "样例住户甲", "--phone", "15400001234")
    clerk("09:05", "assign", name, "工程部")
    clerk("10:00", "record", name, "passed-on", "样例住户甲来电15400001234", "--to", "样例住户甲的开发商")
    for words in (("assist",), ("assist", "--json"), ("show", name), ("show", name, "--json")):
        out = clerk("11:00", *words).out
        assert "样例住户甲" not in out and "15400001234" not in out, words


def test_who_says_not_to_whom_is_reminded_of_the_clause(clerk: Any) -> None:
    name = clerk.take("09:00", "--responsibility", "building")
    clerk("09:05", "assign", name, "工程部")
    ran = clerk("10:00", "record", name, "passed-on", "请查修", "--json")
    assert [one["code"] for one in ran.json["warnings"]] == ["not-said"]
    assert "C 4.4.3, 4.4.5" in ran.json["warnings"][0]["message"]
    assert "（未写明转给谁）" in clerk("10:00", "show", name, lang="zh").out


@pytest.mark.parametrize(
    ("words", "code", "told", "said"),
    [
        (("answered", "收到"), 4, {"code": "refused", "rule": "not-passed-on"}, "C 4.1.2"),
        (("contacted", "--to", "甲"), 2, {"code": "usage"}, "--to"),
        (("warranty", "--understood"), 2, {"code": "usage"}, "--understood"),
        (("passed-on", "--to", " "), 2, {"code": "empty-text"}, "--to"),
        (("corrective-checked",), 2, {"code": "bad-value"}, "corrective … --checked"),
    ],
)
def test_what_record_refuses(clerk: Any, words: tuple[str, ...], code: int, told: dict[str, str], said: str) -> None:
    name = clerk.take("09:00", "--responsibility", "outside")
    before = clerk.digest()
    for lang in ("en", "zh"):
        error = clerk("10:00", "record", name, *words, "--json", code=code, lang=lang).json["error"]
        assert {key: error[key] for key in told} == told
        text = error["message"] + error["hint"]
        assert (said in text) if told["code"] != "refused" else error["clause"] == "C 4.4.3, 4.4.6"
    assert clerk.digest() == before


# ---- study


def test_a_case_is_written_shown_and_found_by_scripts(clerk: Any) -> None:
    name = important(clerk)
    clerk("10:00", "resolve", name, "换灯")
    ran = clerk("15:00", "study", name, *CASE, "--trained", "夜班；前台", "--training-at", "14:00")
    assert "Q 4.2.6" in ran.out and "C 4.12.1" in ran.out
    assert section(clerk("15:00", "show", name).out, "Case study") == [
        "what happened: 路灯一周不亮",
        "cause: 夜间无人巡查",
        "lesson: 天黑后要巡一遍",
        "trained 2026-11-20 14:00: 夜班, 前台",
    ]
    assert section(clerk("15:00", "show", name, lang="zh").out, "案例") == [
        "经过：路灯一周不亮",
        "原因：夜间无人巡查",
        "教训：天黑后要巡一遍",
        "2026-11-20 14:00 培训：夜班、前台",
    ]
    told = clerk("15:00", "show", name, "--json").data["study"]
    assert told == {
        **{"what": "路灯一周不亮", "cause": "夜间无人巡查", "lesson": "天黑后要巡一遍", "note": None},
        **{"at": "2026-11-20T15:00:00+08:00", "by": "clerk"},
        "trainings": [{"who": ["夜班", "前台"], "at": "2026-11-20T14:00:00+08:00", "by": "clerk", "text": None}],
    }


def test_the_cases_that_wait(clerk: Any) -> None:
    names = [important(clerk, "--unit", f"3-1-50{number}") for number in (1, 2)]
    for name in names:
        clerk("10:00", "resolve", name, "换灯")
    data = clerk("11:00", "study", "--json").data
    assert [one["id"] for one in data["items"]] == [int(name) for name in reversed(names)]
    assert (data["more"], data["items"][0]["severity"]) == (False, "important")
    one = clerk("11:00", "study", "--list", "--limit", "1")
    assert len(one.out.splitlines()) == 2 and "newest 1" in one.err
    clerk("11:00", "study", names[0], *CASE)
    assert [row["id"] for row in clerk("11:00", "study", "--untrained", "--json").data["items"]] == [int(names[0])]
    assert clerk("11:00", "study", "--month", "2026-10").out == ""
    assert [row["id"] for row in clerk("11:00", "study", "--month", "2026-11", "--json").data["items"]] == [
        int(names[1])
    ]
    # A moment ago the first was not written yet.
    assert len(clerk("11:05", "study", "--as-of", "10:30", "--json").data["items"]) == 2


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("1", "--what", "甲"), 2, ["--cause", "--lesson", "Q 4.2.6, C 4.12.1"]),
        (("1",), 2, ["--what", "--cause", "--lesson"]),
        (("1", "--trained", "夜班"), 2, ["--what", "--cause", "--lesson"]),
        (("1", *CASE, "--training-at", "09:30"), 2, ["--trained"]),
        (("1", *CASE, "--at", "09:00"), 2, ["2026-11-20 10:00"]),
        (("2", *CASE), 4, ["no-study", "Q 4.2.6, C 4.12.1"]),
        (("3", *CASE), 4, ["not-before-resolved"]),
        (("9", *CASE), 3, ["not-found"]),
        ((*CASE,), 2, ["usage"]),
        (("1", "--untrained"), 2, ["--untrained"]),
        (("1", "--format", "csv"), 2, ["csv"]),
        (("--month", "11"), 2, ["bad-moment", "2026-11"]),
    ],
)
def test_what_study_refuses(clerk: Any, words: tuple[str, ...], code: int, told: list[str]) -> None:
    clerk("10:00", "resolve", important(clerk), "换灯")
    other = clerk.take("09:00", "--responsibility", "outside", "--unit", "3-1-502")
    clerk("09:05", "assign", other, "工程部")
    clerk("10:00", "resolve", other, "已转", "--outcome", "passed-on")
    important(clerk, "--unit", "3-1-503")
    before = clerk.digest()
    for lang in ("en", "zh"):
        ran = clerk("11:00", "study", *words, *(("--json",) if "csv" not in words else ()), code=code, lang=lang)
        if "csv" in words:
            assert "csv" in ran.err
            continue
        error = ran.json["error"]
        text = " ".join(str(value) for value in error.values())
        assert all(one in text for one in told), error
    assert clerk.digest() == before


# ---- class 2 and 3


def test_a_warranty_order_of_large_effect(clerk: Any) -> None:
    name = clerk.take("09:00", "--responsibility", "building")
    clerk("09:05", "assign", name, "工程部")
    clerk("10:00", "record", name, "warranty", "六户渗水", "--to", "保修办", "--large")
    out = clerk("10:00", "show", name).out
    assert "its effect is large: report to the superior in writing (Q 4.2.6)" in out
    assert "影响较大，书面呈报上级（Q 4.2.6）" in clerk("10:00", "show", name, lang="zh").out
    clerk("11:00", "record", name, "warranty-report", "书面报告", "--to", "上级领导")
    clerk("2026-11-30 11:00", "record", name, "warranty-feedback", "已修好")
    data = clerk("2026-11-30 12:00", "show", name, "--json").data
    assert data["facts"]["large_effect"] is True
    assert data["warranty"] == {
        "orders": [{"to": "保修办", "at": "2026-11-20T10:00:00+08:00", "by": "clerk", "text": "六户渗水"}],
        "large_effect": True,
        "reported_at": "2026-11-20T11:00:00+08:00",
        "fed_back_at": "2026-11-30T11:00:00+08:00",
    }
    # The effect may also be corrected by itself.
    assert (
        clerk("2026-11-30 12:10", "amend", name, "--no-large-effect", "--json").data["facts"]["large_effect"] is False
    )


def test_the_flat_keys_of_classify_are_as_they_were_and_one_more(clerk: Any) -> None:
    line = '{"id": "a", "text": "漏水", "responsibility": "building", "large_effect": true, "colour": "red"}'
    told = clerk("09:00", "classify", "-", "--format", "jsonl", stdin=line).json
    assert (told["id"], told["class"], told["ignored"]) == ("a", "2", ["colour"])


def test_an_explanation_in_vain_leaves_the_duty_open(clerk: Any) -> None:
    name = outside(clerk)
    clerk("10:30", "resolve", name, "已转水务", "--outcome", "explained")
    ran = clerk("11:00", "record", name, "explained-class-3", "讲了一遍", "--not-understood")
    assert "explained in vain" in ran.out.splitlines()[0]
    assert "向业主解释三类投诉；未获理解" in clerk("11:00", "show", name, lang="zh").out
    assert clerk.clocks(name, "11:00")["Q-explained-class-3"] == ("untimed", None)
    clerk("12:00", "record", name, "explained-class-3", "又讲了一遍", "--understood")
    assert clerk.clocks(name, "12:00")["Q-explained-class-3"] == ("done", None)
    told = clerk("12:00", "show", name, "--json").data["explanations"]
    assert [(one["understood"], one["text"]) for one in told] == [(False, "讲了一遍"), (True, "又讲了一遍")]


# ---- corrective


def test_an_action_stands_in_the_lists_until_it_is_checked(clerk: Any) -> None:
    name = important(clerk)
    clerk("10:00", "corrective", name, *PLAN, "--until", "11-27 18:00")
    (row,) = clerk("10:00", "corrective", "--json").data["items"]
    assert (row["id"], row["action"], row["duty_of"], row["clause"]) == (int(name), 1, "样例主管", "R 四.6(2)")
    assert (row["due_at"], row["late_by_seconds"]) == ("2026-11-27T18:00:00+08:00", None)
    for when, late in (("2026-11-27 18:00", 0), ("2026-11-27 18:01", 1)):
        rows = clerk(when, "overdue", "--all", "--json").data["items"]
        assert [one["duty_of"] for one in rows if one["step"] == "corrective-checked"] == ["样例主管"] * late
    assert "样例主管" in clerk("2026-11-27 19:00", "corrective", "--exit-code", code=10).out
    day = clerk("2026-11-27 17:00", "today", "--json").data
    assert {"corrective-checked"} <= {
        row["step"] for row in clerk("2026-11-27 17:00", "overdue", "--within", "2h", "--json").data["items"]
    }
    assert day["counts"]["late"] == 1
    shown = section(clerk("2026-11-27 18:01", "show", name, lang="zh").out, "纠正与预防措施")
    assert shown == [
        "1. 样例主管，2026-11-27 18:00 前验证；逾期1分",
        *("原因：没有备件", "纠正：换灯", "预防：仓库常备"),
    ]
    clerk("2026-11-27 18:10", "resolve", name, "换灯")
    clerk("2026-11-27 18:20", "notify", name, "--via", "visit", "--accepted")
    assert clerk("2026-11-27 18:30", "revisit", name, "--satisfied", "--json").data["stage"] == "closed"
    hint = f'complaintctl corrective {name} --checked "NOTE" --effective'
    assert (
        clerk("2026-11-27 18:31", "show", name)
        .out.rpartition("What to do next\n")[2]
        .startswith(f"  by 2026-11-27 18:00: {hint}\n")
    )
    clerk("2026-11-28 09:00", "corrective", name, "--checked", "查看仓库", "--effective")
    assert clerk("2026-11-28 09:00", "corrective").out == ""


def test_an_action_that_had_not_worked_in_json_and_on_the_sheet(clerk: Any) -> None:
    name = important(clerk)
    clerk("10:00", "corrective", name, *PLAN, "--until", "11-27 18:00")
    again = ("--checked", "又灭了", "--not-effective", "--cause", "电缆老化", "--until", "12-05 18:00")
    told = clerk("2026-11-26 09:00", "corrective", name, *again, "--json").data["corrective"]
    first, second = told
    assert first == {
        **{"action": 1, "follows": None, "at": "2026-11-20T10:00:00+08:00", "by": "样例主管", "state": "met"},
        **{"cause": "没有备件", "correction": "换灯", "prevention": "仓库常备"},
        **{"until": "2026-11-27T18:00:00+08:00", "checked_at": "2026-11-26T09:00:00+08:00"},
        **{"how": "又灭了", "effective": False},
    }
    assert (second["action"], second["follows"], second["cause"], second["state"]) == (2, 1, "电缆老化", "running")
    sheet = section(clerk("2026-11-26 09:00", "show", name).out, "Corrective and preventive action")
    assert sheet[0] == "1. 样例主管, check by 2026-11-27 18:00"
    assert sheet[4] == "checked 2026-11-26 09:00: not effective; 又灭了"
    assert "until 2026-12-05 18:00, the time set for its check" in clerk("2026-11-26 09:00", "why", name).out


def test_complaints_that_owe_an_action(clerk: Any) -> None:
    name = important(clerk)
    clerk("09:20", "escalate", name, "manager")
    (row,) = clerk("10:00", "corrective", "--owed", "--json").data["items"]
    assert (row["id"], row["severity"], row["since"]) == (int(name), "important", "2026-11-20T09:20:00+08:00")
    clerk("10:00", "corrective", name, *PLAN, "--until", "18:00")
    assert clerk("10:00", "corrective", "--owed").out == ""


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("1", "--cause", "甲"), 2, ["--correction", "--prevention", "--by", "--until", "R 四.6(2)"]),
        (("1", *PLAN), 2, ["--until"]),
        (("1", *PLAN, "--until", "11-19 18:00"), 2, ["before-step"]),
        (("1", *PLAN, "--until", "nonsense"), 2, ["bad-moment"]),
        (("2", *PLAN, "--until", "18:00"), 4, ["no-corrective-action", "R 四.6(2)"]),
        (("1", "--checked", "看了", "--effective"), 4, ["nothing-to-check", "R 四.6(2)"]),
        (("1", "--effective"), 2, ["--checked"]),
        (("3", "--checked", "看了"), 2, ["--effective/--not-effective"]),
        (("3", "--checked", "看了", "--not-effective"), 2, ["--cause", "--until"]),
        (("3", "--checked", "看了", "--effective", "--until", "18:00"), 2, ["--not-effective"]),
        (("3", "--checked", "看了", "--effective", "--action", "2"), 2, ["bad-value", "--action"]),
        (("3", "--checked", "看了", "--effective", "--action", "x"), 2, ["bad-value", "--action"]),
        (("9", *PLAN, "--until", "18:00"), 3, ["not-found"]),
        (("--cause", "甲"), 2, ["usage"]),
        (("1", "--owed"), 2, ["--owed"]),
    ],
)
def test_what_corrective_refuses(clerk: Any, words: tuple[str, ...], code: int, told: list[str]) -> None:
    important(clerk)
    clerk.take("09:00", "--unit", "3-1-502")
    third = important(clerk, "--unit", "3-1-503")
    clerk("10:00", "corrective", third, *PLAN, "--until", "11-27 18:00")
    before = clerk.digest()
    for lang in ("en", "zh"):
        error = clerk("11:00", "corrective", *words, "--json", code=code, lang=lang).json["error"]
        text = " ".join(str(value) for value in error.values())
        assert all(one in text for one in told), error
    assert clerk.digest() == before


def test_all_of_it_as_a_process_of_its_own(clerk: Any) -> None:
    name = important(clerk)
    clerk("10:00", "resolve", name, "换灯")
    ran = clerk.shell("study", name, *CASE, env=clerk.env("11:00", lang="zh"))
    assert ran.code == 0 and "完成：案例（Q 4.2.6）" in ran.out
    ran = clerk.shell("corrective", name, *PLAN, "--until", "11-27 18:00", env=clerk.env("11:01", lang="zh"))
    assert ran.code == 0 and "--until：" in ran.err
    ran = clerk.shell("corrective", env=clerk.env("11:02", lang="zh"))
    assert ran.code == 0 and "样例主管" in ran.out
