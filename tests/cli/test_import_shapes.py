"""`import` of registers of odd shape: double headings, moments in two columns, empty talk, lists fed again."""

import csv
import io
from pathlib import Path

import pytest

MESSY = Path(__file__).with_name("registers") / "register.csv"
NOW = "2026-11-22 09:00"
HEAD = "投诉时间,房号,投诉内容"


@pytest.fixture
def put(clerk):
    def write(*lines, name="r.csv", encoding="utf-8"):
        path = clerk.shell.home / name
        path.write_bytes("\n".join(lines).encode(encoding))
        return str(path)

    return write


def take(clerk, file, *words, code=0):
    return clerk(NOW, "import", file, "--json", *words, code=code).json["data"]


def fates(data):
    return {row["line"]: (row["fate"], row["code"]) for row in data["rows"]}


def show(clerk, number):
    return clerk(NOW, "show", str(number), "--json", "--reveal", "样例").data


# ---- headings


@pytest.mark.parametrize(
    ("upper", "lower", "columns"),
    [
        (
            "序号,投诉,,,,处理,,",
            ",日期,房号,内容,类别,日期,结果,处理人",
            {
                **{"序号": "serial", "投诉日期": "received_at", "房号": "unit", "投诉内容": "text", "类别": "category"},
                **{"处理日期": "resolved_at", "处理结果": "result", "处理人": "handler"},
            },
        ),
        (
            "序号,日期,房号,投诉内容,种类,处理,,回访",
            ",,,,,日期,结果,日期",
            {
                **{"序号": "serial", "日期": "received_at", "房号": "unit", "投诉内容": "text", "种类": "category"},
                **{"处理日期": "resolved_at", "处理结果": "result", "回访日期": "revisited_at"},
            },
        ),
    ],
)
def test_headings_in_two_rows_are_read_as_one(clerk, put, upper, lower, columns):
    row = "1,2026-11-10,1-1-1,灯坏了,设施,2026-11-11,已换,2026-11-12"
    file = put("样例花园投诉登记表", upper, lower, row, upper, lower, "2,2026-11-11,1-1-2,门坏了,设施,,,")
    data = take(clerk, file)
    assert data["columns"] == columns and data["heading_line"] == 2
    assert fates(data) == {1: ("skipped", "title"), **dict.fromkeys((5, 6), ("skipped", "heading"))}
    assert data["written"] == 2 and show(clerk, 1)["resolved_at"][:10] == "2026-11-11"
    assert "two rows" in clerk(NOW, "import", file, "--dry-run").out


def test_a_row_below_the_headings_is_not_taken_for_headings(clerk, put):
    file = put("日期,房号,投诉内容,处理结果,备注", "不详,样例楼,灯坏了,已换,", "2026-11-10,1-1-1,门坏了,已换,")
    assert fates(take(clerk, file, "--dry-run", code=2)) == {2: ("refused", "unreadable")}


@pytest.mark.parametrize(
    ("head", "cells", "resolved"),
    [
        ("完成日期,完成时间", "2026-11-11,10:15", "2026-11-11T10:15:00+08:00"),
        ("完成时间,完成日期", "下午3点,2026-11-11", "2026-11-11T15:00:00+08:00"),
        ("完成日期,完成时间", "2026-11-11,", "2026-11-11T00:00:00+08:00"),
        ("完成日期,完成时间", ",2026-11-11 10:15", "2026-11-11T10:15:00+08:00"),
        ("处理时间,办结时间", "2026-11-10 10:00,2026-11-11 10:15", "2026-11-11T10:15:00+08:00"),
        ("Completion Date,Completion Time", "2026-11-11,10:15", "2026-11-11T10:15:00+08:00"),
    ],
)
def test_a_step_has_its_day_and_its_time_in_two_columns(clerk, put, head, cells, resolved):
    data = take(clerk, put(f"投诉时间,投诉内容,处理结果,{head}", f"2026-11-10 09:00,灯坏了,已换,{cells}"))
    assert data["counts"]["taken"] == 1 and show(clerk, 1)["resolved_at"] == resolved


def test_a_heading_that_ends_with_empty_cells_asks_for_no_more_cells(clerk, put):
    assert take(clerk, put(f"{HEAD},,", "2026-11-10,1-1-1,灯坏了"), "--dry-run")["counts"]["taken"] == 1


# ---- texts that say nothing


@pytest.mark.parametrize(
    "text",
    [
        *(
            "见附件",
            "详见录音",
            "内容见附件。",
            "[图片]",
            "测试",
            "测 试",
            "测试数据1",
            "test",
            "Test data",
            "无投诉",
            "本日无投诉",
        ),
        *("（无）", "一切正常", "待补充", "已作废", "样例", "请填写", "xxx", "123", "see attachment", "同上"),
    ],
)
def test_a_mere_placeholder_is_no_text(clerk, put, text):
    assert fates(take(clerk, put(HEAD, f"2026-11-10,1-1-1,{text}"), "--dry-run", code=2)) == {2: ("refused", "no-text")}


@pytest.mark.parametrize(
    "text",
    [
        "吵",
        "漏水",
        "没电",
        "没来电",
        "见附件，电梯坏了",
        "测试电梯时夹到人",
        "消防测试太吵",
        "重复收费",
        "12号楼",
        "无水",
        "lift",
    ],
)
def test_few_words_are_a_text(clerk, put, text):
    assert take(clerk, put(HEAD, f'2026-11-10,1-1-1,"{text}"'), "--dry-run")["counts"]["taken"] == 1


# ---- lists fed again


def test_what_a_dry_run_lists_as_csv_is_corrected_and_fed_again(clerk):
    take(clerk, str(MESSY), "--partial", "--corrections", str(clerk.shell.home / "unused.csv"), code=2)
    listed = clerk(NOW, "import", str(MESSY), "--dry-run", "--format", "csv", code=2).out
    rows = list(csv.reader(io.StringIO(listed.removeprefix("\ufeff"))))
    assert rows[0][:7] == ["line", "fate", "code", "reason", "number", "decision", "序号"]
    # What was taken over is known again, and what is open is open still.
    path = clerk.shell.home / "list.csv"
    path.write_text(listed, encoding="utf-8")
    data = take(clerk, str(path), code=2)
    assert (data["written"], data["total"]) == (0, len(rows) - 1)
    open_rows = {row[0]: row for row in rows[1:] if row[1] in ("undecided", "near_duplicate", "refused")}
    assert {name: data["counts"][name] for name in ("undecided", "near_duplicate", "refused")} == {
        **{"undecided": 5, "near_duplicate": 1, "refused": 4},
    }
    for line, row in open_rows.items():
        row[5] = "skip"
        if line == "15":
            row[5], row[7] = "", "2025-03-04"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    data = take(clerk, str(path))
    assert (data["written"], data["counts"]["taken"]) == (1, 1)


def test_what_cannot_be_seen_does_not_come_back_from_the_correction_file(clerk, put):
    rest = clerk.shell.home / "rest.csv"
    take(clerk, put(HEAD, "哪天,1-1-1,楼\u200b道灯\u202e不亮"), "--corrections", str(rest), code=2)
    text = rest.read_text(encoding="utf-8-sig")
    assert "楼道灯不亮" in text
    rest.write_text(text.replace("哪天", "2026-11-10"), encoding="utf-8")
    take(clerk, str(rest))
    assert show(clerk, 1)["text"] == "楼道灯不亮"


def test_a_correction_file_that_lies_there_is_noticed_before_anything_is_read(clerk):
    rest = clerk.shell.home / "rest.csv"
    rest.write_text("decided here")
    # What cannot be read at all is not even looked at.
    nothing = clerk.shell.home / "nothing.csv"
    nothing.write_text("")
    for target, code in ((str(rest), "file-taken"), (str(clerk.shell.home / "no" / "rest.csv"), "file-unusable")):
        ran = clerk(NOW, "import", str(nothing), "--partial", "--corrections", target, "--json", code=2)
        assert ran.json["error"]["code"] == code


def test_what_was_filled_from_above_stands_in_the_correction_file(clerk, put):
    rest = clerk.shell.home / "rest.csv"
    rows = ("2026-11-01,1-1-1,灯坏了", ",1-1-2,", "2026-11-02,1-1-3,门坏了", ",,", ",1-1-4,无")
    file = put(HEAD, *rows)
    take(clerk, file, "--fill-down", "--partial", "--corrections", str(rest), code=2)
    kept = list(csv.reader(io.StringIO(rest.read_text(encoding="utf-8-sig"))))[1:]
    assert [row[3:] for row in kept] == [["2026-11-01", "1-1-2", ""], ["2026-11-02", "1-1-4", "无"]]


def test_a_row_below_a_merged_cell_is_the_same_row_in_the_correction_file(clerk, put):
    rest = clerk.shell.home / "rest.csv"
    file = put(HEAD, "2026-11-01,1-1-1,楼道灯坏了", ",,楼道的灯坏了")
    take(clerk, file, "--fill-down", "--partial", "--corrections", str(rest), code=2)
    rest.write_text(rest.read_text(encoding="utf-8-sig").replace('line 2",""', 'line 2","take"'), encoding="utf-8")
    assert take(clerk, str(rest))["written"] == 1
    assert take(clerk, file, "--fill-down")["counts"]["duplicate"] == 2


def test_one_row_is_told_in_the_singular(clerk, put):
    ran = clerk(NOW, "import", put(HEAD, "2026-11-10,1-1-1,灯坏了"))
    assert "One complaint taken over, id 1;" in ran.out
    ran = clerk(NOW, "import", put(HEAD, "哪天,1-1-1,灯坏了"), code=2)
    assert "1 row refused or to be decided on; nothing was taken." in ran.err


# ---- odd rows are taken, and what was odd is said


def test_a_very_long_text_is_taken_whole_and_remarked(clerk, put):
    data = take(clerk, put(HEAD, "2026-11-10,1-1-1," + "灯坏了。" * 6_000))
    assert fates(data) == {2: ("remarked", "long")}
    assert len(show(clerk, 1)["text"]) == 24_000


def test_what_is_too_long_for_its_field_stands_in_the_note(clerk, put):
    name = "样例" * 150
    assert fates(take(clerk, put(f"{HEAD},业主", f"2026-11-10,1-1-1,灯坏了,{name}"))) == {2: ("remarked", "cut")}
    assert name in clerk(NOW, "show", "1", "--reveal", "样例").out


def test_a_decision_that_is_none_is_said(clerk, put):
    file = put(
        f"decision,{HEAD}", "maybe,2026-11-10,1-1-1,灯坏了", "录入,2026-11-10,1-1-2,门坏了", "跳过,哪天,1-1-3,门又坏了"
    )
    assert fates(take(clerk, file)) == {2: ("remarked", "decision-unknown"), 4: ("skipped", "decided")}


@pytest.mark.parametrize("home", ["3栋1单元101", "３－１－１０１", "3号楼1单元101室", "3 - 1 - 101"])
def test_a_home_in_another_spelling_is_the_same_home(clerk, put, home):
    file = put(
        HEAD, "2026-11-10,3-1-101,楼道灯不亮", f"2026-11-10,{home},楼道的灯不亮", "2026-11-10,3-1-102,楼道灯不亮"
    )
    assert fates(take(clerk, file, "--dry-run", code=2)) == {3: ("near_duplicate", "near-row")}


def test_a_home_alone_in_its_row_is_no_title(clerk, put):
    found = take(
        clerk, put("房号,投诉时间,投诉内容", "1-1-1,,", "三月,,", "2026-11-10附注样例样例样例,,"), "--dry-run", code=2
    )
    assert fates(found) == {2: ("refused", "no-text"), **dict.fromkeys((3, 4), ("skipped", "title"))}


# ---- files that are none


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "picture"),
        (b"%PDF-1.7\n1 0 obj\n", "picture"),
        ("投诉时间,投诉内容\n2026-11-10,灯坏了\n".encode("utf-16-le"), "no text"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf\r\n", "nothing in it"),
    ],
)
def test_what_is_no_table_is_refused_for_what_it_is(clerk, data, word):
    path = clerk.shell.home / "r.csv"
    path.write_bytes(data)
    before = clerk.digest()
    error = clerk(NOW, "import", str(path), "--json", code=2).json["error"]
    assert (error["code"], word in error["message"], "line 1" in error["message"]) == ("source-wrong", True, True)
    assert clerk.digest() == before


# ---- how long it took


@pytest.mark.parametrize(
    ("received", "resolved", "took", "words"),
    [
        ("2025-03-07", "2025-07-16", 131 * 86_400, "took 131 days"),
        ("2025-03-07 10:00", "2025-07-16", 131 * 86_400, "took 131 days"),
        ("2025-03-07 10:00", "2025-03-07", 0, "the same day"),
        ("2025-03-07 10:00", "2025-03-07 11:30", 5_400, "took 1 h 30 min"),
        ("2025-03-07", "", None, None),
    ],
)
def test_how_long_a_case_took_is_told_no_closer_than_its_register_does(clerk, put, received, resolved, took, words):
    take(clerk, put("投诉时间,房号,投诉内容,处理结果,完成时间", f"{received},1-1-1,地下车库积水严重,已抽水,{resolved}"))
    clerk("2026-11-22 09:30", "log", "--text", "地下车库又积水，很严重", "--unit", "1-1-2", "--category", "facility")
    (like,) = clerk("2026-11-22 09:31", "show", "2", "--similar", "--json").data["similar"]
    assert like["took_seconds"] == took
    shown = clerk("2026-11-22 09:31", "show", "2", "--similar").out
    assert words in shown if words else "took" not in shown
