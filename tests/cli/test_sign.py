"""`sign` and `signatures` from outside: what a clerk types and reads, in both languages, and what scripts get."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

COMMITTEE = str(Path(__file__).parent.parent / "procedures" / "packs" / "committee.toml")


def sent_out(clerk: Any, *more: str, when: str = "09:00", department: str = "工程部") -> str:
    name = clerk.take(when, *more)
    clerk(when[:-1] + "5", "assign", name, department)
    return str(name)


def closed(clerk: Any) -> str:
    name = sent_out(clerk)
    clerk("10:00", "resolve", name, "换好")
    clerk("10:20", "notify", name, "--via", "visit", "--accepted", "--note", "认可")
    clerk("10:40", "revisit", name, "--satisfied")
    return name


def refused(ran: Any) -> tuple[str, str | None, str | None]:
    error = ran.json["error"]
    return error["code"], error.get("rule"), error.get("clause")


# ---- signing


def test_the_papers_of_a_complaint_from_opinion_to_manager(clerk: Any) -> None:
    name = closed(clerk)
    clerk("11:00", "sign", name, "opinion", "--by", "样例班长", "--opinion", "当天换灯")
    clerk("11:10", "sign", name, "countersigned", "--by", "样例客服")
    clerk("11:20", "sign", name, "sent-up", actor="supervisor")
    clerk("11:30", "sign", name, "--as", "supervisor")
    data = clerk("11:40", "sign", name, "--by", "样例经理", "--opinion", "-", "--json", stdin="同意结案\n").data
    at = "2026-11-20T{}:00+08:00".format
    assert data["id"] == int(name)
    assert [
        (one["step"], one["role"], one["clause"], one["signed_at"], one["by"], one["opinion"])
        for one in data["signatures"]
    ] == [
        ("opinion", "department", "Q 4.2.7", at("11:00"), "样例班长", "当天换灯"),
        ("countersigned", "service-staff", "Q 4.2.7", at("11:10"), "样例客服", None),
        ("sent-up", "supervisor", "Q 4.2.7", at("11:20"), "supervisor", None),
        ("reviewed", "supervisor", "C 4.12.2 (second)", at("11:30"), "clerk", None),
        ("manager-opinion", "manager", "C 4.12.2 (second)", at("11:40"), "样例经理", "同意结案"),
    ]
    assert [one["since"] for one in data["signatures"]] == [
        at("09:05"),
        at("11:00"),
        at("11:10"),
        at("10:40"),
        at("11:30"),
    ]
    shown = clerk("12:00", "show", name, "--reveal", "归档", "--json").data
    assert [one["by"] for one in shown["signatures"]] == ["样例班长", "样例客服", "supervisor", "clerk", "样例经理"]


def test_who_signed_is_told_and_the_residents_own_name_is_not(clerk: Any) -> None:
    """A signature is there to be read; the resident's name stays masked, also where it was typed as the signer's."""
    name = sent_out(clerk, "--name", "样例住户")
    clerk("09:10", "record", name, "opinion", "当天换灯", "--person", "样例班长")
    clerk("09:12", "sign", name, "countersigned", "--by", "样例住户")
    for words in (("show", name), ("show", name, "--json")):
        seen = clerk("09:20", *words).out
        assert "样例班长" in seen and "当天换灯" in seen and "样例住户" not in seen
        assert "样例住户" in clerk("09:30", *words, "--reveal", "核对").out


@pytest.mark.parametrize(
    ("lang", "headline", "done", "next_"),
    [
        ("en", "(1): opinion", "done: opinion (Q 4.2.7)", "Now waits for area service staff: countersigned (Q 4.2.7)"),
        ("zh", "（1）：部门意见", "完成：部门意见（Q 4.2.7）", "现待片区客服人员签署：客服签认（Q 4.2.7）"),
    ],
)
def test_what_the_clerk_reads(clerk: Any, lang: str, headline: str, done: str, next_: str) -> None:
    name = sent_out(clerk)
    said = clerk("09:10", "sign", name, "部门意见", "--by", "样例班长", lang=lang)
    lines = [line.strip() for line in said.out.splitlines()]
    assert lines[0] == f"TS202611-0001{'' if lang == 'zh' else ' '}{headline}"
    assert (lines[1], lines[-1], said.err) == (done, next_, "")


@pytest.mark.parametrize(
    ("lang", "heading", "signed", "waits"),
    [
        (
            "en",
            "Signatures",
            "opinion        2026-11-20 09:10 · 样例班长 · department · Q 4.2.7; 当天换灯",
            "countersigned  waits for area service staff since 2026-11-20 09:10 · Q 4.2.7",
        ),
        (
            "zh",
            "签署",
            "部门意见  2026-11-20 09:10 · 样例班长 · 责任部门 · Q 4.2.7；当天换灯",
            "客服签认  待片区客服人员签署，自 2026-11-20 09:10 · Q 4.2.7",
        ),
    ],
)
def test_the_sheet_has_a_part_for_signatures(clerk: Any, lang: str, heading: str, signed: str, waits: str) -> None:
    name = clerk.take("09:00")
    assert heading not in clerk("09:00", "show", name, lang=lang).out.splitlines()
    clerk("09:05", "assign", name, "工程部")
    clerk("09:10", "sign", name, "opinion", "--by", "样例班长", "--opinion", "当天换灯")
    lines = [line.strip() for line in clerk("09:20", "show", name, lang=lang).out.splitlines()]
    part = lines[lines.index(heading) + 1 :]
    assert part[1:3] == [signed, waits]
    # What has a part of its own is not told among the clocks once more.
    assert not any("Q 4.2.7" in line for line in lines[: lines.index(heading)])


def test_no_part_where_nothing_was_signed_and_nothing_waits(clerk: Any) -> None:
    name = clerk.take("09:00", "--kind", "suggestion")
    assert "Signatures" not in clerk("09:10", "show", name).out
    assert clerk("09:10", "show", name, "--json").data["signatures"] == []


# ---- refusals


@pytest.mark.parametrize(
    ("words", "rule", "clause"),
    [
        (("countersigned",), "signed-too-early", "Q 4.2.7"),
        (("sent-up",), "signed-too-early", "Q 4.2.7"),
        (("reviewed",), "signed-too-early", "C 4.12.2 (second)"),
        (("--as", "manager"), "signed-too-early", "C 4.12.2 (second)"),
        (("opinion", "--as", "manager"), "not-of-role", "Q 4.2.7"),
        (("signed",), "signed-already", "R 四.5"),
    ],
)
def test_a_signature_out_of_turn_is_refused(clerk: Any, words: tuple[str, ...], rule: str, clause: str) -> None:
    name = sent_out(clerk)
    clerk("09:10", "sign", name, "signed")
    before = clerk.digest()
    assert refused(clerk("09:20", "sign", name, *words, "--json", code=4)) == ("refused", rule, clause)
    assert clerk("09:20", "sign", name, *words, code=4).err.count(clause) == 1
    assert clerk.digest() == before


@pytest.mark.parametrize(
    ("lang", "message", "hint"),
    [
        (
            "en",
            "TS202611-0001: “countersigned” is signed after “opinion”, which has not come yet (Q 4.2.7).",
            "First: complaintctl sign 1 opinion",
        ),
        (
            "zh",
            "TS202611-0001：“客服签认”须在“部门意见”之后签署，而“部门意见”尚未完成（Q 4.2.7）。",
            "请先：complaintctl sign 1 opinion",
        ),
    ],
)
def test_the_refusal_says_what_comes_first(clerk: Any, lang: str, message: str, hint: str) -> None:
    name = sent_out(clerk)
    error = clerk("09:10", "sign", name, "countersigned", "--json", code=4, lang=lang).json["error"]
    assert (error["message"], error["hint"]) == (message, hint)


def test_the_refusal_names_the_next_command_where_no_signature_is_missing(clerk: Any) -> None:
    name = clerk.take("09:00")
    for lang, hint in (("en", "Next: complaintctl assign 1 DEPARTMENT"), ("zh", "下一步：complaintctl assign 1 部门")):
        error = clerk("09:01", "sign", name, "opinion", "--json", code=4, lang=lang).json["error"]
        assert error["hint"] == hint


def test_of_several_that_wait_the_message_names_each(clerk: Any) -> None:
    name = sent_out(clerk)
    said = clerk("09:10", "sign", name, code=2).err
    assert "signed (signed for: department), opinion (opinion: department)" in said
    assert "complaintctl sign 1 signed" in said
    said = clerk("09:10", "sign", name, "--as", "patrol-team", code=4).err
    assert "nothing waits to be signed by patrol team; waiting: signed" in said


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        ((), 2, "missing-option"),
        (("x",), 2, "usage"),
        (("1", "opinion", "more"), 2, "usage"),
        (("1", "contacted"), 2, "bad-value"),
        (("1", ""), 2, "empty-text"),
        (("1", "opinion", "--as", "king"), 2, "bad-value"),
        (("1", "opinion", "--by", " "), 2, "empty-text"),
        (("1", "opinion", "--opinion", ""), 2, "empty-text"),
        (("1", "opinion", "--at", "soon"), 2, "bad-moment"),
        (("1", "opinion", "--at", "10:00"), 2, "future-moment"),
        (("1", "opinion", "--at", "09:04"), 2, "before-step"),
        (("77", "opinion"), 3, "not-found"),
        (("1", "77", "opinion"), 3, "not-found"),
    ],
)
def test_bad_input(clerk: Any, words: tuple[str, ...], code: int, kind: str) -> None:
    sent_out(clerk)
    before = clerk.digest()
    assert clerk("09:10", "sign", *words, "--json", code=code).json["error"]["code"] == kind
    assert clerk.digest() == before


def test_a_signature_by_somebody_who_left(clerk: Any) -> None:
    name = sent_out(clerk)
    clerk("09:06", "staff", "add", "样例班长", "--role", "department-head")
    clerk("09:07", "staff", "left", "样例班长")
    error = clerk("09:10", "sign", name, "opinion", "--by", "样例班长", "--json", code=4).json["error"]
    assert (error["rule"], "样例班长" in error["message"]) == ("left", True)


def test_another_role_than_registered_is_a_warning(clerk: Any) -> None:
    name = sent_out(clerk)
    clerk("09:06", "staff", "add", "样例主管", "--role", "supervisor")
    ran = clerk("09:10", "sign", name, "opinion", "--by", "样例主管", "--json")
    assert [one["code"] for one in ran.json["warnings"]] == ["other-role"]
    assert "registered as supervisor; this is signed by department (Q 4.2.7)" in ran.json["warnings"][0]["message"]
    zh = clerk("09:20", "sign", name, "signed", "--by", "样例主管", lang="zh").out
    assert "样例主管登记为主管；此项应由责任部门签署（R 四.5）" in zh


# ---- what waits


@pytest.fixture
def waiting(clerk: Any) -> Any:
    """Two sent out, one of them with its opinion; one closed; at 12:00."""
    sent_out(clerk, when="08:00", department="保洁部")
    name = sent_out(clerk, when="08:10")
    clerk("08:30", "sign", name, "signed")
    clerk("08:40", "sign", name, "opinion", "--by", "样例班长")
    clerk.take("08:50", "--kind", "repair")
    closed(clerk)
    return clerk


@pytest.mark.parametrize(
    ("lang", "first", "row", "headings"),
    [
        (
            "en",
            "signed for — waits for department (R 四.5): 1",
            "  1  TS202611-0001  since 2026-11-20 08:05  3 h 55 min  保洁部  other",
            [
                "opinion — waits for department (Q 4.2.7): 2",
                "countersigned — waits for area service staff (Q 4.2.7): 1",
            ],
        ),
        (
            "zh",
            "签收——待责任部门签署（R 四.5）：1件",
            "  1  TS202611-0001  2026-11-20 08:05起  3小时55分  保洁部  其他",
            ["部门意见——待责任部门签署（Q 4.2.7）：2件", "客服签认——待片区客服人员签署（Q 4.2.7）：1件"],
        ),
    ],
)
def test_the_list_for_a_person(waiting: Any, lang: str, first: str, row: str, headings: list[str]) -> None:
    lines = waiting("12:00", "signatures", lang=lang).out.splitlines()
    assert lines[:2] == [first, row]
    parts = [line for line in lines if line and not line.startswith(" ")]
    assert parts[1:3] == headings and len(parts) == 4
    assert max(map(len, lines)) <= 80


def test_on_a_terminal_no_line_is_broken(waiting: Any) -> None:
    env = waiting.env("2026-11-21 12:00")
    for columns, told in ((67, False), (68, True)):
        seen = waiting.shell.terminal("signatures", columns=columns, env=env).out
        assert ("other" in seen) is told and "保洁部" in seen


def test_the_list_for_scripts(waiting: Any) -> None:
    data = waiting("12:00", "signatures", "--json").data
    assert (data["more"], data["as_of"]) == (False, "2026-11-20T12:00:00+08:00")
    assert [(one["id"], one["step"]) for one in data["items"]] == [
        (1, "signed"),
        (1, "opinion"),
        (2, "countersigned"),
        (4, "opinion"),
        (4, "reviewed"),
    ]
    assert data["items"][2] == {
        "id": 2,
        "number": "TS202611-0002",
        "step": "countersigned",
        "role": "service-staff",
        "clause": "Q 4.2.7",
        "pack": "work-instruction",
        "since": "2026-11-20T08:40:00+08:00",
        "waiting_seconds": 12_000,
        "due_at": None,
        "round": 1,
        "kind": "complaint",
        "category": "other",
        "department": "工程部",
        "building": "3",
        "stage": "open",
    }
    rows = list(csv.DictReader(io.StringIO(waiting("12:00", "signatures", "--format", "csv", "--raw").out)))
    assert [row["number"] for row in rows] == [one["number"] for one in data["items"]]
    assert rows[0].keys() == data["items"][0].keys()


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--role", "department"), [1, 1, 4]),
        (("--role", "主管"), [4]),
        (("--role", "manager"), []),
        (("--department", "保洁部"), [1, 1]),
        (("--role", "department", "--department", "工程部"), [4]),
        (("--department", "none"), []),
        (("--as-of", "08:35"), [1, 1, 2]),
        (("--as-of", "07:59"), []),
    ],
)
def test_narrowed(waiting: Any, words: tuple[str, ...], ids: list[int]) -> None:
    ran = waiting("12:00", "signatures", *words, "--json", "--exit-code", code=10 if ids else 0)
    assert [one["id"] for one in ran.data["items"]] == ids


def test_nothing_waits(clerk: Any) -> None:
    ran = clerk("09:00", "signatures")
    assert (ran.out, ran.err) == ("", "Nothing waits to be signed.\n")
    assert clerk("09:00", "signatures", lang="zh").err == "没有待签事项。\n"
    assert clerk("09:00", "signatures", "--json").data["items"] == []
    assert clerk("09:00", "signatures", "--role", "king", code=2).err.startswith(
        "complaintctl: --role cannot be “king”"
    )


def test_undo_puts_it_back_on_the_list(waiting: Any) -> None:
    waiting("12:00", "sign", "2", "--by", "样例客服")
    assert [one["step"] for one in waiting("12:01", "signatures", "--json").data["items"] if one["id"] == 2] == [
        "sent-up"
    ]
    waiting("12:02", "undo")
    assert [one["step"] for one in waiting("12:03", "signatures", "--json").data["items"] if one["id"] == 2] == [
        "countersigned"
    ]


def test_a_long_list_is_cut_for_each_signature_and_all_is_asked_for(clerk: Any) -> None:
    for number in range(12):
        sent_out(clerk, when=f"08:{number * 2:02}"[:-1] + "0")
    plain = clerk("12:00", "signatures").out
    assert plain.count("TS202611-") == 20 and plain.count("… more: complaintctl signatures --all") == 2
    assert "signed for — waits for department (R 四.5): 12" in plain
    assert clerk("12:00", "signatures", "--all").out.count("TS202611-") == 24
    assert clerk("12:00", "signatures", "--role", "department").out.count("TS202611-") == 24
    data = clerk("12:00", "signatures", "--json").data
    assert (len(data["items"]), data["more"]) == (24, False)


def test_a_signature_of_the_offices_own_procedure(clerk_under: Callable[[str], Any]) -> None:
    clerk = clerk_under(COMMITTEE)
    clerk.take("09:00")
    clerk("09:10", "sign", "1")
    item = clerk("09:20", "signatures", "--json").data["items"][0]
    assert (item["step"], item["role"], item["due_at"]) == (
        "committee-signed",
        "chair,manager",
        "2026-11-24T00:00:00+08:00",
    )
    assert "complaintctl sign 1 committee-signed" in clerk("09:20", "show", "1").out
    assert "业委会签认——待业委会主任、经理签署（K 2）：1件" in clerk("09:20", "signatures", lang="zh").out
    clerk("2026-11-24 00:01", "sign", "1", "--as", "业委会主任", "--by", "样例主任")
    assert clerk("2026-11-24 00:02", "show", "1", "--json").data["signatures"][1]["role"] == "chair"


def test_the_help_in_chinese(clerk: Any) -> None:
    for command in ("sign", "signatures"):
        assert "待签" in clerk("09:00", command, "--help", lang="zh").out
