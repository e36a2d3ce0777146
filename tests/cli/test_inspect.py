"""`inspect` from outside: what it gives scripts, what people read in either language, and what it refuses."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest

from complaintctl.output.text import width

PARTIES = ("--party", "committee=样例甲", "--party", "community=样例乙、样例丁", "--party", "company=样例丙")
RECORD = ("inspect", "record", "regular", "--inspectors", "样例甲", "--items", "cleaning")
LANE = ("inspect", "finding", "1", "消防通道被占，电话15400005678", "--department", "秩序部")


def joint(clerk: Any, when: str = "10:00", *more: str) -> Any:
    return clerk(when, "inspect", "record", "joint", "--items", "cleaning,fire-lanes", *PARTIES, *more, "--json").data


def duties(clerk: Any, when: str, *more: str) -> list[dict[str, Any]]:
    """What stands in `overdue` about inspections that were held."""
    items = clerk(when, "overdue", *more, "--json").data["items"]
    return [one for one in items if one["subject"] == "inspection" and one["id"] is not None]


def quarters(clerk: Any, when: str, *more: str) -> list[str]:
    """The quarters that stand in `overdue` for want of a joint inspection."""
    items = clerk(when, "overdue", *more, "--json").data["items"]
    return [one["number"] for one in items if one["step"] == "joint-inspection"]


# ---- for scripts


def test_a_joint_inspection_from_its_plan_to_the_last_finding(clerk: Any, tmp_path: Path) -> None:
    photo = tmp_path / "通道.jpg"
    photo.write_bytes(b"\xff\xd8")
    planned = clerk("09:00", "inspect", "plan", "joint", "--on", "2026-11-20", "--items", "cleaning", "--json").data
    assert (planned["number"], planned["state"], planned["planned_on"]) == ("JC202611-0001", "planned", "2026-11-20")
    held = clerk("11:00", "inspect", "record", "1", "--at", "10:00", *PARTIES, "--found", "总体良好", "--json").data
    assert (held["id"], held["state"], held["held_at"]) == (1, "done", "2026-11-20T10:00:00+08:00")
    assert held["parties"] == {"committee": ["样例甲"], "community": ["样例乙", "样例丁"], "company": ["样例丙"]}
    assert (held["inspectors"], held["items"]) == (["样例甲", "样例乙", "样例丁", "样例丙"], ["cleaning"])
    words = (*LANE, "--until", "3个工作日", "--place", "3栋北侧", "--photo", str(photo), "--json")
    (finding,) = clerk("11:10", *words).data["findings"]
    assert (finding["n"], finding["id"], finding["department"], finding["photos"]) == (1, "1.1", "秩序部", 1)
    assert (finding["text"], finding["place"]) == ("消防通道被占，电话154****5678", "3栋北侧")
    assert (finding["found_at"], finding["limit"]) == ("2026-11-20T10:00:00+08:00", "3 workdays")
    assert (finding["due_at"], finding["shown"]) == ("2026-11-26T00:00:00+08:00", "2026-11-25 24:00")
    assert (finding["state"], finding["late"]) == ("open", False)
    done = clerk("2026-11-26 09:00", "inspect", "rectified", "1.1", "已清理", "--by", "样例丁", "--json").data
    (finding,) = done["findings"]
    assert (finding["state"], finding["late"], finding["late_by_seconds"]) == ("rectified", True, 9 * 3600)
    closed = clerk("2026-11-26 10:00", "inspect", "recheck", "1.1", "--passed", "--json").data
    (finding,) = closed["findings"]
    assert (closed["state"], finding["state"], finding["late"]) == ("done", "closed", True)
    assert (finding["checked_at"], finding["passed"]) == ("2026-11-26T10:00:00+08:00", True)
    assert [one["kind"] for one in closed["timeline"]] == [
        *("planned", "held", "found", "attached", "rectified", "rechecked"),
    ]
    shown = clerk("2026-11-26 10:00", "inspect", "show", "JC202611-0001", "--json").data
    assert shown == closed


def test_an_inspection_with_its_findings_in_one_command(clerk: Any) -> None:
    findings = ("--finding", "积水|工程部|11-21", "--finding", "堆物｜秩序部｜11-20 18:00")
    data = joint(clerk, "10:00", *findings)
    assert [(one["id"], one["text"], one["department"], one["shown"]) for one in data["findings"]] == [
        ("1.1", "积水", "工程部", "2026-11-21 24:00"),
        ("1.2", "堆物", "秩序部", "2026-11-20 18:00"),
    ]


def test_a_failed_recheck_keeps_each_try(clerk: Any) -> None:
    joint(clerk)
    clerk("10:10", *LANE, "--until", "11-20 12:00")
    clerk("13:00", "inspect", "rectified", "1.1", "已清理")
    failed = clerk(
        "14:00", "inspect", "recheck", "1.1", "--failed", "--until", "2 days", "--note", "又占", "--json"
    ).data
    (finding,) = failed["findings"]
    assert (finding["state"], finding["late"], finding["shown"]) == ("open", True, "2026-11-22 24:00")
    assert [(one["shown"], one["passed"], one["late_by_seconds"]) for one in finding["tries"]] == [
        ("2026-11-20 12:00", False, 3600),
        ("2026-11-22 24:00", None, None),
    ]


def test_the_list_by_what_is_asked_for(clerk: Any) -> None:
    joint(clerk, "10:00", "--finding", "积水|工程部|11-21", "--finding", "堆物|秩序部|11-20 18:00")
    clerk("10:30", *RECORD)
    clerk("10:40", "inspect", "plan", "regular", "--on", "12-01")

    def ids(*more: str) -> list[int]:
        return [one["id"] for one in clerk("19:00", "inspect", "list", *more, "--json").data["items"]]

    assert ids() == [3, 2, 1] and ids("--open") == [3, 1] and ids("--kind", "regular") == [3, 2]
    assert ids("--department", "工程部") == [1] and ids("--department", "财务部") == []
    (row,) = clerk("19:00", "inspect", "list", "--kind", "joint", "--json").data["items"]
    assert (row["findings"], row["open"], row["late"]) == (2, 2, 1)
    assert row["next_due_at"] == "2026-11-20T18:00:00+08:00"
    items = clerk("19:00", "inspect", "list", "--findings", "--json").data["items"]
    assert [(one["id"], one["state"], one["late_by_seconds"]) for one in items] == [
        ("1.1", "open", None),
        ("1.2", "overdue", 3600),
    ]
    clerk("19:10", "inspect", "rectified", "1.1", "干了")
    clerk("19:20", "inspect", "recheck", "1.1", "--passed")
    found = clerk("19:30", "inspect", "list", "--findings", "--open", "--format", "csv", "--raw").out
    (line,) = csv.DictReader(io.StringIO(found))
    assert (line["id"], line["department"], line["text"], line["late"]) == ("1.2", "秩序部", "堆物", "1")
    assert clerk("19:30", "inspect", "list", "--exit-code", "--open", code=10).out
    assert clerk("09:59", "inspect", "list", "--exit-code", "--as-of", "09:30").out == ""


def test_looking_back(clerk: Any) -> None:
    joint(clerk)
    clerk("10:10", *LANE, "--until", "11-21")
    clerk("12:00", "inspect", "rectified", "1.1", "已清理")
    then = clerk("13:00", "inspect", "show", "1", "--as-of", "11:00", "--json").data
    assert then["findings"][0]["state"] == "open" and then["timeline"][-1]["kind"] == "found"
    assert clerk("13:00", "inspect", "show", "1", "--as-of", "09:00", code=3).out == ""
    (row,) = clerk("13:00", "inspect", "list", "--as-of", "10:05", "--json").data["items"]
    assert (row["findings"], row["state"]) == (0, "done")


def test_what_was_erased_is_said_to_be(clerk: Any) -> None:
    joint(clerk, "10:00", "--finding", "积水|工程部|11-21")
    clerk("10:30", "forget", "inspection/1", "--reason", "期满")
    out = clerk("10:40", "inspect", "show", "1", lang="zh").out
    assert "业主委员会：（已抹除）" in out and "1.1  待整改  2026-11-21 24:00前  工程部\n       （已抹除）\n" in out
    data = clerk("10:40", "inspect", "show", "1", "--json").data
    assert (data["inspectors"], data["parties"]) == ([], {"committee": [], "community": [], "company": []})
    # What stands open goes on: only the words are gone.
    assert clerk("10:50", "inspect", "rectified", "1.1", "干了", "--json").data["findings"][0]["state"] == "rectified"


def test_a_backup_holds_inspections_too(clerk: Any, tmp_path: Path) -> None:
    joint(clerk, "10:00", "--finding", "积水|工程部|11-21")
    clerk("10:30", "backup", str(tmp_path / "copy.db"))
    clerk("10:40", "inspect", "rectified", "1.1", "干了")
    clerk("10:50", "restore", str(tmp_path / "copy.db"), "--replace")
    data = clerk("11:00", "inspect", "show", "1", "--json").data
    assert [one["state"] for one in data["findings"]] == ["open"]
    clerk("11:00", "verify")


def test_telephone_numbers_are_shown_for_a_reason_that_is_kept(clerk: Any) -> None:
    joint(clerk)
    clerk("10:10", *LANE, "--until", "11-21")
    assert "15400005678" not in clerk("10:20", "inspect", "show", "1").out
    assert "15400005678" not in clerk("10:20", "inspect", "list", "--findings", "--format", "csv").out
    shown = clerk("10:30", "inspect", "show", "1", "--reveal", "联系车主", "--json").data
    assert "15400005678" in shown["findings"][0]["text"]
    assert shown["timeline"][-1]["kind"] == "revealed" and shown["timeline"][-1]["reason"] == "联系车主"


def documented(title: str) -> set[str]:
    """The keys that a part of docs/json-keys.md names."""
    text = (Path(__file__).parents[2] / "docs" / "json-keys.md").read_text("utf-8")
    part = text[text.index(f"\n{title}\n") + 1 :]
    rows = re.findall(r"^\| (`.+?`) \|", re.split(r"\n##", part)[0], re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([a-z_]+)`", row)}


def test_the_keys_are_those_that_the_docs_name(clerk: Any) -> None:
    data = joint(clerk, "10:00", "--finding", "积水|工程部|11-21")
    assert set(data) == documented("## An inspection")
    assert set(data["findings"][0]) == documented("### A finding")
    listed = clerk("10:10", "inspect", "list", "--json").data
    found = clerk("10:10", "inspect", "list", "--findings", "--json").data["items"]
    assert set(listed) == {"items", "as_of"}
    assert {*listed["items"][0], *found[0]} == documented("## inspect list")


# ---- what is late


@pytest.mark.parametrize(
    ("now", "late"),
    [("2026-11-21 23:59", None), ("2026-11-22 00:00", None), ("2026-11-22 00:01", 60), ("2026-11-23 00:00", 86_400)],
)
def test_a_finding_is_overdue_after_the_24_00_of_its_day(clerk: Any, now: str, late: int | None) -> None:
    joint(clerk)
    clerk("10:10", *LANE, "--until", "11-21")
    found = duties(clerk, now)
    assert [one["late_by_seconds"] for one in found] == ([] if late is None else [late])
    for one in found:
        assert (one["id"], one["number"], one["item"], one["step"]) == (1, "JC202611-0001", 1, "rectified")
        assert (one["clause"], one["duty_of"], one["department"]) == ("O 04", "department", "秩序部")
        assert [row["number"] for row in clerk(now, "today", "--json").data["late"]] == ["JC202611-0001"]


def test_what_is_put_right_is_late_no_more_until_a_recheck_fails(clerk: Any) -> None:
    joint(clerk)
    clerk("10:10", *LANE, "--until", "10:30")
    clerk("10:10", *LANE, "--until", "10:40")
    assert [one["item"] for one in duties(clerk, "11:00")] == [1, 2]
    clerk("11:00", "inspect", "rectified", "1.1", "已清理")
    assert [one["item"] for one in duties(clerk, "11:01")] == [2]
    clerk("11:10", "inspect", "recheck", "1.1", "--failed", "--until", "11:30")
    assert [one["item"] for one in duties(clerk, "11:30")] == [2]
    assert [one["item"] for one in duties(clerk, "11:31")] == [2, 1]
    assert [one["item"] for one in duties(clerk, "11:20", "--within", "30m")] == [2, 1]
    assert duties(clerk, "11:31", "--department", "工程部") == []
    assert [one["item"] for one in duties(clerk, "11:40", "--as-of", "11:05")] == [2]


@pytest.mark.parametrize(
    ("earlier", "before", "after", "name"),
    [
        ("2026-06-30 10:00", "2026-09-30 23:59", "2026-10-01 00:00", "2026-Q3"),
        ("2026-09-30 10:00", "2026-12-31 23:59", "2027-01-01 00:00", "2026-Q4"),
    ],
)
def test_a_quarter_without_a_joint_inspection(clerk: Any, earlier: str, before: str, after: str, name: str) -> None:
    joint(clerk, earlier)
    assert quarters(clerk, before) == [] and quarters(clerk, after) == [name]
    # None of these is one: a plan, one of another kind, one without its parties, one that was taken back.
    clerk(before, "inspect", "plan", "joint", "--on", before[:10])
    clerk(before, *RECORD)
    words = ("inspect", "record", "joint", "--items", "cleaning", "--inspectors", "样例甲", *PARTIES[:4])
    clerk(before, *words, code=4)
    joint(clerk, before)
    assert quarters(clerk, after) == []
    clerk(before, "undo")
    assert quarters(clerk, after) == [name]
    # Held in its last minute, and written down a week after.
    later = after.replace("01 00:00", "08 09:00")
    assert quarters(clerk, later) == [name]
    joint(clerk, later, "--at", before)
    assert quarters(clerk, later) == [] and quarters(clerk, later, "--as-of", after) == [name]


def test_a_plan_whose_day_went_by_stands_in_the_day(clerk: Any) -> None:
    clerk("09:00", "inspect", "plan", "regular", "--on", "2026-11-20")
    clerk("09:00", "inspect", "plan", "regular", "--on", "2026-11-20")
    clerk("09:10", "inspect", "drop", "2", "--reason", "改期")

    def missed(now: str) -> list[str]:
        rows = clerk(now, "today", "--json").data["not_held"]
        return [row["number"] for row in rows if row["number"] is not None]

    assert missed("2026-11-20 23:59") == [] and missed("2026-11-21 00:00") == ["JC202611-0001"]
    clerk("2026-11-21 09:00", "inspect", "plan", "1", "--on", "2026-11-23")
    assert missed("2026-11-22 09:00") == []


# ---- for people


def test_the_sheet_in_both_languages_fits_a_terminal(clerk: Any) -> None:
    clerk("09:00", "inspect", "plan", "joint", "--on", "2026-11-20", "--items", "cleaning,fire-lanes")
    clerk("10:00", "inspect", "record", "1", *PARTIES, "--found", "总体良好")
    clerk("10:10", *LANE, "--until", "10:30", "--place", "三号楼北侧消防登高场地旁的非机动车停放区")
    clerk("10:20", "inspect", "finding", "1", "积水", "--department", "工程部", "--until", "3个工作日")
    clerk("10:40", "inspect", "rectified", "1.1", "已清理")
    clerk("10:50", "inspect", "recheck", "1.1", "--failed", "--until", "明天", "--note", "又被占用")
    english = ("joint inspection", "findings open", "owners' committee: 样例甲", "inspected: cleaning, fire lanes")
    english += (
        "1.2",
        "by 2026-11-25 24:00",
        "late before",
        "re-check failed",
        'complaintctl inspect rectified 1.1 "RESULT"',
    )
    chinese = (
        "联合检查",
        "有待整改",
        "业主委员会：样例甲",
        "社区：样例乙、样例丁",
        "检查内容：环境卫生、消防通道",
        "发现的问题",
    )
    chinese += (
        "待整改",
        "2026-11-21 24:00前",
        "曾逾期",
        "复查未通过",
        "办理经过",
        "下一步",
        'inspect rectified 1.1 "结果"',
    )
    for lang, words in (("en", english), ("zh", chinese)):
        env = {**clerk.env("11:00", lang=lang), "NO_COLOR": "1"}
        for command in ("show 1", "list", "list --findings"):
            seen = clerk.shell.terminal("inspect", *command.split(), env=env)
            assert seen.code == 0 and all(width(line) <= 80 for line in seen.out.splitlines()), seen.out
        out = clerk("11:00", "inspect", "show", "1", lang=lang).out
        assert [word for word in words if word not in out] == []
        assert "\n  | 总体良好\n" in out and "三号楼北侧消防登高场地旁的非机动车停放区" in out


def test_each_verb_says_what_it_did_and_what_comes_next(clerk: Any) -> None:
    def told(when: str, *words: str) -> list[str]:
        return clerk(when, "inspect", *words, lang="zh").out.splitlines()

    assert told("09:00", "plan", "joint", "--on", "2026-11-20", "--items", "cleaning") == [
        "JC202611-0001（1）：联合检查，计划 2026-11-20",
        "  检查内容：环境卫生",
        "下一步：complaintctl inspect record 1 --party committee=姓名 --party community=姓名 --party company=姓名",
    ]
    assert told("09:05", "plan", "1", "--on", "2026-11-21")[0] == "JC202611-0001（1）：联合检查，改期至 2026-11-21"
    lines = told("10:00", "record", "1", *PARTIES, "--finding", "堆物|秩序部|10:30")
    assert lines[0] == "JC202611-0001（1）：联合检查，2026-11-20 10:00 检查"
    assert lines[-2:] == [
        "  1.1  待整改  2026-11-20 10:30前  秩序部",
        '下一步：complaintctl inspect rectified 1.1 "结果"',
    ]
    lines = told("11:30", "rectified", "1.1", "已清")
    assert lines[1:] == [
        "  1.1  待复查  2026-11-20 10:30前  逾期1小时  秩序部",
        "下一步：complaintctl inspect recheck 1.1 --passed",
    ]
    assert told("11:40", "recheck", "1.1", "--passed") == [
        "JC202611-0001（1）：联合检查，复查通过",
        "  1.1  已整改  2026-11-20 10:30前  逾期1小时  秩序部",
    ]
    undone = clerk("11:50", "undo", lang="zh").out
    assert "检查 1" in undone and "复查" in undone and "rechecked" not in undone


def test_a_terminal_is_asked_for_what_the_record_needs(clerk: Any) -> None:
    env = clerk.env("10:00", lang="zh")
    asked = clerk.shell.terminal("inspect", "record", "regular", keys="样例甲、样例乙\n环境卫生,fire-lanes\n", env=env)
    assert asked.code == 0 and "检查人员是谁？" in asked.out and "消防通道 fire-lanes" in asked.out
    data = clerk("10:05", "inspect", "show", "1", "--json").data
    assert (data["inspectors"], data["items"]) == (["样例甲", "样例乙"], ["cleaning", "fire-lanes"])
    left = clerk.shell.terminal("inspect", "record", "regular", keys="\n\n", env=env)
    assert left.code == 2 and "缺少 --inspectors" in left.out
    assert clerk("10:05", "inspect", "list", "--json").data["items"][1:] == []


# ---- what is refused


MISSING = [
    (("inspect", "plan", "joint"), "--on"),
    (("inspect", "record", "regular", "--items", "cleaning"), "--inspectors"),
    (("inspect", "record", "regular", "--inspectors", "样例甲"), "--items"),
    (("inspect", "finding", "1", "甲", "--until", "11-21"), "--department"),
    (("inspect", "finding", "1", "甲", "--department", "秩序部"), "--until"),
    (("inspect", "recheck", "1.1"), "--passed|--failed"),
    (("inspect", "drop", "1"), "--reason"),
]


@pytest.mark.parametrize(("words", "option"), MISSING)
def test_what_is_missing_is_named(clerk: Any, words: tuple[str, ...], option: str) -> None:
    clerk("09:00", *RECORD)
    before = clerk.digest()
    error = clerk("10:00", *words, "--json", code=2).json["error"]
    assert error["code"] == "missing-option" and error["message"].startswith(f"{option} is missing")
    assert clerk.digest() == before


WRONG = [
    (("inspect", "plan", "sudden", "--on", "11-21"), "bad-value"),
    (("inspect", "plan", "joint", "--on", "soon"), "bad-moment"),
    (("inspect", "plan", "joint", "--on", "2026-11-19"), "bad-value"),
    (("inspect", "plan", "2", "--on", "11-21", "--items", "cleaning"), "bad-value"),
    ((*RECORD[:5], "--items", "roof"), "bad-value"),
    ((*RECORD, "--party", "committee"), "bad-value"),
    ((*RECORD, "--party", "police=样例丁"), "bad-value"),
    ((*RECORD, "--finding", "积水"), "bad-value"),
    ((*RECORD, "--finding", "积水||11-21"), "bad-value"),
    ((*RECORD, "--finding", "积水|工程部"), "missing-option"),
    ((*RECORD, "--at", "10:01"), "future-moment"),
    ((*RECORD, "--photo", "/nowhere.jpg"), "not-found"),
    ((*RECORD, "--inspectors", "  "), "empty-text"),
    ((*LANE, "--until", "soon"), "bad-value"),
    ((*LANE, "--until", "2026-11-19"), "before-step"),
    ((*LANE, "--until", "11-21", "--at", "08:59"), "before-step"),
    (("inspect", "rectified", "1.1", "清", "--at", "08:59"), "before-step"),
    (("inspect", "rectified", "1.1", "清", "--at", "10:01"), "future-moment"),
    (("inspect", "rectified", "1", "清"), "bad-value"),
    (("inspect", "rectified", "1.7", "清"), "not-found"),
    (("inspect", "recheck", "1.1", "--passed", "--until", "11-21"), "bad-value"),
    (("inspect", "show", "7"), "not-found"),
    (("inspect", "list", "--kind", "sudden"), "bad-value"),
]


@pytest.mark.parametrize(("words", "code"), WRONG)
def test_bad_input_says_what_is_wrong_and_keeps_nothing(clerk: Any, words: tuple[str, ...], code: str) -> None:
    clerk("09:00", *RECORD, "--finding", "积水|工程部|11-21")
    clerk("09:10", "inspect", "plan", "regular", "--on", "11-21")
    before = clerk.digest()
    ran = clerk("10:00", *words, "--json", code=3 if code == "not-found" else 2)
    error = ran.json["error"]
    assert error["code"] == code and error["message"] and error["hint"]
    assert clerk.digest() == before


def test_refusals_name_rule_clause_and_what_to_type(clerk: Any) -> None:
    clerk("09:00", *RECORD, "--finding", "积水|工程部|11-21")
    clerk("09:10", "inspect", "plan", "joint", "--on", "11-21")

    def refused(*words: str) -> tuple[str, str]:
        before = clerk.digest()
        error = clerk("10:00", "inspect", *words, "--json", code=4).json["error"]
        assert error["code"] == "refused" and "inspect" in error["hint"] and clerk.digest() == before
        assert error["clause"] in error["message"]
        return error["rule"], error["clause"]

    assert refused("record", "2", "--items", "cleaning", *PARTIES[:4]) == ("party-missing", "O 03")
    assert refused("finding", "2", "甲", "--department", "乙", "--until", "11-22") == ("not-held", "O 04")
    assert refused("recheck", "1.1", "--passed") == ("not-rectified", "O 04")
    clerk("10:10", "inspect", "rectified", "1.1", "清")
    clerk("10:20", "inspect", "recheck", "1.1", "--passed")
    assert (
        clerk("10:30", "inspect", "recheck", "1.1", "--passed", "--json", code=4).json["error"]["rule"]
        == "finding-closed"
    )
    assert clerk("10:30", "inspect", "rectified", "1.1", "清", "--json", code=4).json["error"]["clause"] == "O 04"
    told = clerk("10:30", "inspect", "record", "2", "--items", "cleaning", *PARTIES[:2], lang="zh", code=4).err
    assert "联合检查须各方参加，缺：社区、物业服务企业（O 03）。" in told
    assert "--party community=姓名 --party company=姓名" in told and "inspect record irregular" in told


def test_an_office_without_the_clause_keeps_inspections_and_asks_less(clerk_under: Any) -> None:
    clerk = clerk_under("service-code")
    words = ("inspect", "record", "joint", "--inspectors", "样例甲", "--items", "cleaning", "--finding", "积水|工程部")
    data = clerk("10:00", *words, "--json").data
    assert (data["clause"], data["findings"][0]["due_at"]) == (None, None)
    error = clerk("10:10", "inspect", "recheck", "1.1", "--passed", "--json", code=4).json["error"]
    assert (error["rule"], error["clause"]) == ("not-rectified", "") and "()" not in error["message"]
    assert duties(clerk, "2026-12-30 10:00") == []


def test_a_limit_before_the_finding_is_told_as_the_day_that_was_typed(clerk: Any) -> None:
    clerk("09:00", *RECORD)
    ran = clerk("10:00", *LANE, "--until", "2026-11-18", code=2)
    assert "--until cannot be 2026-11-18 24:00" in ran.err
