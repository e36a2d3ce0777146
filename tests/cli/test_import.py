"""`import`: an old register taken over, from outside. The messy one is `registers/register.csv`, all of it invented."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

MESSY = Path(__file__).with_name("registers") / "register.csv"
MESSAGES = Path(__file__).parents[3] / "shared" / "data" / "messages.csv"
NOW = "2026-11-22 09:00"
HEAD = "投诉时间,房号,投诉内容"

#: What becomes of the messy register, line by line; read by hand. Lines that are not here are taken as they are.
MESSY_ROWS = {
    1: ("skipped", "title"),
    5: ("remarked", "phone-damaged"),
    6: ("undecided", "no-year"),
    7: ("remarked", "undated"),
    12: ("remarked", "odd-weekday"),
    13: ("skipped", "total"),
    14: ("skipped", "heading"),
    15: ("undecided", "ambiguous"),
    16: ("undecided", "ambiguous"),
    17: ("undecided", "span"),
    18: ("undecided", "future"),
    19: ("refused", "no-date"),
    20: ("refused", "no-text"),
    21: ("remarked", "before-receipt"),
    24: ("duplicate", "same-row"),
    25: ("near_duplicate", "near-row"),
    27: ("refused", "columns"),
    28: ("refused", "unreadable"),
    29: ("skipped", "blank"),
    30: ("skipped", "total"),
    31: ("skipped", "signature"),
    32: ("skipped", "blank"),
}
COUNTS = {"taken": 8, "remarked": 4, "undecided": 5, "near_duplicate": 1, "duplicate": 1, "refused": 4, "skipped": 7}


@pytest.fixture
def put(clerk):
    """Write a register: lines joined, in an encoding; returns its name."""

    def write(*lines, name="r.csv", encoding="utf-8"):
        path = clerk.shell.home / name
        path.write_bytes("\n".join(lines).encode(encoding) if isinstance(lines[0], str) else lines[0])
        return str(path)

    return write


def told(ran):
    """The data of an import, be it whole or not."""
    return ran.json["data"]


def fates(data):
    return {row["line"]: (row["fate"], row["code"]) for row in data["rows"]}


def take(clerk, file, *words, code=0, **settings):
    return told(clerk(NOW, "import", file, "--json", *words, code=code, **settings))


def one(clerk, put, *cells, head=HEAD, words=(), code=0):
    """The fate of the only row of a register."""
    data = take(clerk, put(head, ",".join(cells)), "--dry-run", *words, code=code)
    found = fates(data)
    return found.get(2, ("taken", None))


# ---- the messy register


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030")])
def test_the_messy_register_adds_up_row_by_row_in_each_encoding(clerk, put, encoding, said):
    text = MESSY.read_text(encoding="utf-8").replace("样例癸", "样例𠮷")
    before = clerk.digest()
    data = take(clerk, put(text, encoding=encoding), "--dry-run", code=2)
    assert (data["encoding"], data["bom"], data["delimiter"]) == (said, encoding == "utf-8-sig", ",")
    assert (data["counts"], data["total"], data["written"]) == (COUNTS, sum(COUNTS.values()), 0)
    assert fates(data) == MESSY_ROWS
    assert all(row["reason"] for row in data["rows"])
    assert data["heading_line"] == 2 and data["columns"]["联系方式"] == "phone"
    assert clerk.digest() == before


def test_as_long_as_a_row_is_open_nothing_is_taken(clerk):
    before = clerk.digest()
    ran = clerk(NOW, "import", str(MESSY), "--json", code=2)
    assert ran.json["error"]["code"] == "rows-open" and told(ran)["counts"] == COUNTS
    assert clerk.digest() == before


def test_what_is_sound_is_taken_and_the_rest_corrected_and_fed_again(clerk):
    rest = clerk.shell.home / "rest.csv"
    words = ("--year", "2025", "--partial", "--corrections", str(rest))
    data = take(clerk, str(MESSY), *words, code=2)
    assert (data["written"], data["first"], data["last"], data["corrections"]) == (13, 1, 13, str(rest))
    assert rest.stat().st_mode & 0o777 == 0o600
    rows = list(csv.reader(io.StringIO(rest.read_text(encoding="utf-8-sig"))))
    assert rows[0][:5] == ["line", "reason", "decision", "序号", "投诉时间"]
    assert [row[0] for row in rows[1:]] == ["15", "16", "17", "18", "19", "20", "25", "27", "28"]
    # Fed back as it is, every row is open still, and nothing is taken.
    assert take(clerk, str(rest), code=2)["written"] == 0
    answers = {"15": "2025-03-04", "16": "2025-08-07", "17": "2025-03-17", "28": "2025-03-27"}
    for row in rows[1:]:
        row[4] = answers.get(row[0], row[4])
        row[2] = "take" if row[0] == "25" else "skip" if row[0] in ("18", "19", "20", "27") else ""
    with rest.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    data = take(clerk, str(rest))
    assert {**data["counts"], "total": data["total"]} == {
        **dict.fromkeys(COUNTS, 0),
        "taken": 5,
        "skipped": 4,
        "total": 9,
    }
    # And both files once more: not one row is taken twice.
    assert take(clerk, str(rest))["counts"]["duplicate"] == 5
    again = take(clerk, str(MESSY), "--year", "2025", "--partial", "--corrections", str(rest) + "2", code=2)
    assert (again["written"], again["counts"]["duplicate"]) == (0, 15)
    assert clerk(NOW, "verify", "--json").data["findings"] == []


def test_a_correction_file_is_never_written_over(clerk):
    rest = clerk.shell.home / "rest.csv"
    rest.write_text("decided here")
    before = clerk.digest()
    error = clerk(NOW, "import", str(MESSY), "--partial", "--corrections", str(rest), "--json", code=2).json["error"]
    assert (error["code"], rest.read_text(), clerk.digest()) == ("file-taken", "decided here", before)


def test_the_same_in_words_of_both_languages(clerk):
    shown = clerk(NOW, "import", str(MESSY), "--dry-run", code=2, lang="zh").out
    assert "UTF-8 编码，逗号分隔；表头在第2行" in shown and "“3/4/25”有多种读法" in shown and "合计行" in shown
    shown = clerk(NOW, "import", str(MESSY), "--dry-run", code=2, lang="en").out
    assert "“3/4/25” may be more than one day" in shown and "who signed the table" in shown
    listed = clerk(NOW, "import", str(MESSY), "--dry-run", "--format", "csv", "--raw", code=2).out
    rows = list(csv.DictReader(io.StringIO(listed)))
    assert {int(row["line"]): (row["fate"], row["code"]) for row in rows} == MESSY_ROWS


# ---- what becomes of it in the ledger


def test_a_row_becomes_a_complaint_with_its_steps(clerk):
    shutil.copy(MESSY, clerk.shell.home)
    take(clerk, str(clerk.shell.home / MESSY.name), "--year", "2025", "--partial", code=2)
    assert (clerk.shell.home / "register-corrections.csv").exists()
    first = clerk(NOW, "show", "1", "--json").data
    assert (first["number"], first["received_at"]) == ("TS202503-0001", "2025-03-07T00:00:00+08:00")
    assert (first["stage"], first["department"], first["facts"]["channel"]) == ("closed", "工程部", "phone")
    assert first["resolved_at"] == "2025-03-07T00:00:00+08:00" and first["outcome"] == "solved"
    assert first["imported"] == {
        **{"import": 1, "file": "register.csv", "line": 3, "time_unknown": True, "undated": []},
        **{"recorded": ["resolved", "revisited"]},
    }
    assert "category" not in first["proposed"] and first["facts"]["category"] == "facility"
    assert [one["kind"] for one in first["timeline"]] == ["logged", "resolved", "revisited"]
    states = {(one["step"], one["state"]) for one in first["clocks"]}
    assert ("contacted", "unrecorded") in states and not {one for _, one in states} & {"overdue", "running"}
    # Not satisfied when asked again: a second round, of which the register tells nothing.
    third = clerk(NOW, "show", "3", "--json").data
    assert (third["round"], third["stage"]) == (2, "open")
    timed = clerk(NOW, "show", "7", "--json").data
    assert timed["received_at"] == "2025-03-13T12:00:00+08:00" and not timed["imported"]["time_unknown"]
    assert timed["resolved_at"] == "2025-03-13T18:00:00+08:00"
    late = clerk(NOW, "overdue", "--all", "--json").data["items"]
    assert [one for one in late if one["subject"] == "complaint"] == []
    sheet = clerk(NOW, "show", "1", lang="zh").out
    assert "导入自 register.csv 第3行；钟点不详" in sheet
    assert "15400000001" not in sheet and "样例甲" not in sheet


def test_a_day_without_a_time_stays_out_of_the_rates(clerk, put):
    file = put("投诉时间,房号,投诉内容,处理结果,完成时间", "2026-11-02,3-1-101,保安态度恶劣,已道歉,2026-11-02")
    take(clerk, file)
    figures = {one["key"]: one for one in clerk(NOW, "monthly-report", "2026-11", "--json").data["figures"]}
    assert figures["received"]["value"] == 1 and figures["resolved"]["value"] == 1
    for key in ("dispatched-on-time", "contacted-on-time", "notified-on-time", "revisit-rate"):
        assert (figures[key]["denominator"], figures[key]["left_out"]) == (0, 1)


def test_an_open_row_is_worked_on_like_any_other(clerk, put):
    take(clerk, put("投诉时间,房号,投诉内容,完成时间", "2026-11-21 10:00,3-1-101,楼道灯不亮,"))
    clerk("2026-11-22 09:30", "assign", "1", "工程部")
    states = clerk.clocks("1", "2026-11-22 09:31")
    assert any(state == "running" for state, _ in states.values())
    clerk("2026-11-22 10:00", "resolve", "1", "换灯泡")
    clerk("2026-11-22 10:05", "notify", "1", "--via", "phone", "--accepted", "--note", "满意")
    assert clerk(NOW.replace("09:00", "10:06"), "show", "1", "--json").data["stage"] == "notified"


def test_numbers_follow_the_month_of_receipt_and_ids_the_rows(clerk, put):
    clerk.take("09:00")
    take(clerk, put(HEAD, "2026-11-03,1-1-101,灯坏了", "2025-01-05,1-1-102,门坏了", "2026-11-01,1-1-103,水管漏"))
    found = {one["id"]: one["number"] for one in clerk(NOW, "list", "--all", "--json").data["items"]}
    for option, ids in (("--imported", [2, 3, 4]), ("--no-imported", [1])):
        items = clerk(NOW, "list", "--all", option, "--json").data["items"]
        assert sorted(one["id"] for one in items) == ids
    assert found == {1: "TS202611-0001", 2: "TS202611-0002", 3: "TS202501-0001", 4: "TS202611-0003"}


def test_an_import_is_taken_back_at_once(clerk):
    clerk.take("09:00")
    rest = str(clerk.shell.home / "rest.csv")
    take(clerk, str(MESSY), "--partial", "--corrections", rest, code=2)
    taken = clerk(NOW, "undo", "--json").data["import"]
    assert (taken["complaints"], taken["first"], taken["last"], taken["file"]) == (12, 2, 13, "register.csv")
    assert [one["id"] for one in clerk(NOW, "list", "--all", "--json").data["items"]] == [1]
    assert clerk(NOW, "search", "电梯", "--json").data["items"] == []
    assert clerk(NOW, "verify", "--json").data["findings"] == []
    clerk(NOW, "rebuild")
    assert clerk(NOW, "verify", "--json").data["findings"] == []
    # What was taken back may be taken again; the command before it can be taken back then.
    Path(rest).unlink()
    again = take(clerk, str(MESSY), "--partial", "--corrections", rest, code=2)
    assert (again["written"], again["first"], again["import"]) == (12, 14, 2)
    clerk(NOW, "undo")
    assert clerk("2026-11-22 09:01", "undo", "--json").data["id"] == 1


def test_an_import_on_which_something_rests_stays(clerk, put):
    take(clerk, put(HEAD, "2026-11-21,3-1-101,楼道灯不亮", "2026-11-21,3-1-102,门坏了"))
    clerk("2026-11-22 09:30", "assign", "2", "工程部", actor="other")
    error = clerk("2026-11-22 09:31", "undo", "--json", code=4).json["error"]
    assert "TS202611-0002" in error["message"]
    clerk("2026-11-22 09:32", "undo", actor="other")
    assert clerk("2026-11-22 09:33", "undo", "--json").data["import"]["complaints"] == 2


def test_an_erased_row_is_not_taken_again(clerk, put):
    file = put(HEAD, "2026-11-21,3-1-101,楼道灯不亮", "2026-11-21,3-1-102,门坏了")
    take(clerk, file)
    clerk(NOW, "forget", "1", "--reason", "样例")
    assert b"3-1-101" not in clerk.ledger.read_bytes()
    found = take(clerk, file)
    assert fates(found) == {2: ("duplicate", "erased"), 3: ("duplicate", "in-ledger")}


def test_who_was_logged_already_is_not_taken_twice_unseen(clerk, put):
    clerk("2026-11-21 09:00", "log", "--text", "3栋电梯坏了没人修", "--unit", "3-1-101")
    file = put(HEAD, "2026-11-21,3-1-101,电梯坏了", "2026-11-20,3-1-101,电梯坏了", "2026-11-21,3-1-102,电梯坏了")
    found = take(clerk, file, code=2)
    assert fates(found) == {2: ("near_duplicate", "near-ledger")}
    assert found["rows"][0]["number"] == "TS202611-0001"


def test_the_mapping_is_remembered_for_the_same_headings(clerk, put):
    file = put("何日,哪户,说了什么", "2026-11-21,3-1-101,楼道灯不亮")
    error = clerk(NOW, "import", file, "--json", code=2).json["error"]
    assert error["code"] == "headings-wrong" and "说了什么" in error["message"]
    words = ("--map", "何日=date", "--map", "哪户=房号", "--map", "说了什么=text")
    assert take(clerk, file, *words)["columns"] == {"何日": "received_at", "哪户": "unit", "说了什么": "text"}
    later = put("何日,哪户,说了什么", "2026-11-22,3-1-101,楼道灯又不亮", name="later.csv")
    data = take(clerk, later)
    assert data["remembered"] and data["columns"]["哪户"] == "unit" and data["counts"]["taken"] == 1
    assert clerk(NOW, "import", file, "--map", "没有这列=text", "--json", code=2).json["error"]["code"] == "bad-value"
    error = clerk(NOW, "import", file, "--map", "何日=nonsense", "--json", code=2, lang="zh").json["error"]
    assert error["code"] == "bad-value" and error["hint"].startswith("应为：列名=字段、"), error


# ---- single rows


@pytest.mark.parametrize(
    ("cells", "fate", "code"),
    [
        (("2026-11-21", "1-1-1", "灯坏了"), "taken", None),
        (("2026-11-22 09:00", "1-1-1", "灯坏了"), "taken", None),
        (("2026-11-22 09:01", "1-1-1", "灯坏了"), "undecided", "future"),
        (("2026-11-22", "1-1-1", "灯坏了"), "taken", None),
        (("2026-11-23", "1-1-1", "灯坏了"), "undecided", "future"),
        (("3/4/25", "1-1-1", "灯坏了"), "undecided", "ambiguous"),
        (("", "1-1-1", "灯坏了"), "refused", "no-date"),
        (("同上", "1-1-1", "灯坏了"), "refused", "unreadable"),
        (("2026-11-21", "1-1-1", ""), "refused", "no-text"),
        (("2026-11-21", "1-1-1", "—"), "refused", "no-text"),
        (("2026-11-21", "1-1-1", "同上"), "refused", "no-text"),
        (("2026-11-21", "1-1-1", "\u200b\ufeff"), "refused", "no-text"),
        (("2026-11-21", "1-1-1", "灯\u200b坏了"), "remarked", "characters"),
        (("2026-11-21", "1-1-1", "灯\x07坏了"), "remarked", "characters"),
        (("2026-11-21", "灯坏了"), "refused", "columns"),
        (("2026-11-21", "1-1-1", "灯坏了", "多"), "refused", "columns"),
        (("2026-11-21", "1-1-1", "灯坏了", ""), "taken", None),
        (("2026-11-21 周日", "1-1-1", "灯坏了"), "remarked", "odd-weekday"),
        (("2026-11-21 三点", "1-1-1", "灯坏了"), "remarked", "odd-clock"),
    ],
)
def test_the_fate_of_a_row(clerk, put, cells, fate, code):
    assert one(clerk, put, *cells, code=0 if fate in ("taken", "remarked") else 2) == (fate, code)


STEPS = "投诉时间,房号,投诉内容,处理结果,完成时间,回访时间,满意度"


@pytest.mark.parametrize(
    ("cells", "code", "kinds"),
    [
        (("已换", "2026-11-11", "2026-11-12", "满意"), None, ["resolved", "revisited"]),
        (("已换", "2026-11-09", "", ""), "before-receipt", []),
        (("已换", "2026-11-23", "", ""), "step-future", []),
        (("已换", "3/4/25", "", ""), "step-ambiguous", []),
        (("已换", "", "", ""), "undated", ["resolved"]),
        (("处理中", "", "", ""), None, []),
        (("已换", "当天", "", ""), None, ["resolved"]),
        (("已换", "2026-11-12", "2026-11-11", "满意"), "out-of-order", ["resolved"]),
        (("已换", "2026-11-11", "", "满意"), None, ["resolved", "revisited"]),
        (("已换", "2026-11-11", "2026-11-12", "不满"), None, ["resolved", "revisited"]),
        (("已换", "2026-11-11", "2026-11-12", "尚可"), "satisfaction-unknown", ["resolved", "revisited"]),
    ],
)
def test_the_steps_of_a_row(clerk, put, cells, code, kinds):
    data = take(clerk, put(STEPS, ",".join(("2026-11-10", "1-1-1", "灯坏了", *cells))))
    assert [row["code"] for row in data["rows"]] == ([code] if code else [])
    entries = clerk(NOW, "show", "1", "--json").data["timeline"]
    assert [entry["kind"] for entry in entries] == ["logged", *kinds]


def test_the_house_of_a_merged_cell_holds_for_the_flats_below_it(clerk, put):
    rows = (
        "2026-11-01,3,1,501,灯坏了",
        ",,,502,门坏了",
        "2026-11-02,,2,503,水管漏",
        ",5,1,101,墙裂了",
        "2026-11-03,,,6-1-102,墙又裂了",
    )
    file = put("投诉时间,楼栋,单元,房号,投诉内容", *rows)
    take(clerk, file, "--fill-down")
    units = [clerk(NOW, "show", str(id_), "--reveal", "x", "--json").data["unit"] for id_ in range(1, 6)]
    assert units == ["3-1-501", "3-1-502", "3-2-503", "5-1-101", "6-1-102"]


def test_a_month_alone_in_its_row_is_a_title(clerk, put):
    rows = ("2026年10月,,", "2026-10-07,1-1-1,灯坏了", "2026年11月,,", "2026年11月,1-1-2,灯坏了", "2026-11-07,,")
    data = take(clerk, put(HEAD, *rows), "--dry-run", code=2)
    assert fates(data) == {
        **dict.fromkeys((2, 4), ("skipped", "title")),
        **{5: ("undecided", "span"), 6: ("refused", "no-text")},
    }


@pytest.mark.parametrize("typed", ["1.54E+10", "1.54e10", "########", "15400000001/1.54E+10"])
def test_a_telephone_number_that_a_spreadsheet_damaged_is_remarked_and_kept(clerk, put, typed):
    data = take(clerk, put(f"{HEAD},电话", f"2026-11-21,1-1-1,灯坏了,{typed}"))
    assert fates(data) == {2: ("remarked", "phone-damaged")}
    assert clerk(NOW, "show", "1", "--reveal", "x", "--json").data["phone"].replace(" ", "") == typed


@pytest.mark.parametrize("sign", [";", "\t"])
def test_other_signs_between_cells(clerk, put, sign):
    data = take(clerk, put(*(line.replace(",", sign) for line in (HEAD, "2026-11-21,1-1-1,灯坏了"))), "--dry-run")
    assert (data["delimiter"], data["counts"]["taken"]) == (sign, 1)


def test_merged_cells_are_filled_only_when_asked_for(clerk, put):
    file = put(
        "日期,房号,业主,投诉内容",
        "2026-11-20,1-1-1,样例甲,灯坏了",
        ",,,门坏了",
        ",1-1-2,样例乙,水管漏",
        "同上,1-1-3,,同上",
    )
    assert take(clerk, file, "--dry-run", code=2)["counts"]["refused"] == 3
    assert take(clerk, file, "--fill-down")["counts"]["taken"] == 4
    found = [clerk(NOW, "show", str(n), "--json", "--reveal", "样例").data for n in (2, 3, 4)]
    assert [(one["unit"], one["name"], one["text"]) for one in found] == [
        ("1-1-1", "样例甲", "门坏了"),
        ("1-1-2", "样例乙", "水管漏"),
        ("1-1-3", None, "水管漏"),
    ]
    assert {one["received_at"][:10] for one in found} == {"2026-11-20"}


def test_a_multi_line_cell_is_one_row_and_lines_are_counted(clerk, put):
    data = take(clerk, put(HEAD, '2026-11-20,1-1-1,"灯坏了', '门也坏了"', "nonsense,1-1-2,水管漏"), "--dry-run", code=2)
    assert fates(data) == {4: ("refused", "unreadable")} and data["counts"]["taken"] == 1


@pytest.mark.parametrize(
    ("head", "cells", "received"),
    [
        ("投诉日期,投诉时间", "2026-11-10,9:30", "2026-11-10T09:30:00+08:00"),
        ("登记日期,登记时间", "2026-11-10,下午3点", "2026-11-10T15:00:00+08:00"),
        ("登记时间,登记日期", "9:30,2026-11-10", "2026-11-10T09:30:00+08:00"),
        ("日期,投诉时间", "2026-11-10,2026-11-10 9:30", "2026-11-10T09:30:00+08:00"),
        ("Complaint Date,Complaint Time", "2026-11-10,9:30", "2026-11-10T09:30:00+08:00"),
        ("投诉日期,受理时间", "2026-11-10,2026-11-12 9:30", "2026-11-10T00:00:00+08:00"),
    ],
)
def test_a_day_and_its_time_of_day_stand_in_two_columns(clerk, put, head, cells, received):
    take(clerk, put(f"{head},投诉内容", f"{cells},灯坏了"))
    assert clerk(NOW, "show", "1", "--json").data["received_at"] == received


def test_the_course_of_a_row_tells_no_more_of_its_moments_than_the_register(clerk, put):
    ends = (",,", "2026-11-11,2026-11-12 9:30,满意", "2026-11-13,2026-11-14,不满意")
    take(clerk, put(STEPS, *(f"2026-11-10,1-1-{at},灯坏了,已换,{end}" for at, end in enumerate(ends))))
    course = [clerk(NOW, "show", id_, lang="zh").out.partition("办理经过\n")[2].splitlines() for id_ in ("1", "2")]
    assert [line[2:].split("  ")[0] for line in course[0][:2]] == ["2026-11-10", "日期不详"]
    assert [line[2:].split("  ")[0] for line in course[1][:3]] == ["2026-11-10", "2026-11-11", "2026-11-12 09:30"]
    clerk("2026-11-22 10:15", "assign", "3", "工程部")
    assert "  2026-11-22 10:15  " in clerk("2026-11-22 11:00", "show", "3", lang="zh").out


def test_a_column_that_is_named_by_hand_is_not_taken_for_a_time_of_day(clerk, put):
    file = put("投诉日期,投诉时间,投诉内容", "2026-11-09,2026-11-10 9:30,灯坏了")
    take(clerk, file, "--map", "投诉时间=received_at")
    assert clerk(NOW, "show", "1", "--json").data["received_at"] == "2026-11-10T09:30:00+08:00"


@pytest.mark.parametrize(("first", "second"), [("gb18030", "utf-8"), ("utf-8", "gb18030")])
def test_two_encodings_in_one_file_are_told_with_the_line_where_the_second_begins(clerk, put, first, second):
    rows = [(f"2026-11-{day:02},1-1-1,灯坏了，门禁也坏了，叫人来修\n", first) for day in range(1, 10)]
    odd = "2026-11-20,1-1-2,水管爆了，漏到楼下一层，快来\n"
    data = b"".join(text.encode(name) for text, name in [(f"{HEAD}\n", first), *rows, (odd, second)])
    error = clerk(NOW, "import", put(data), "--json", code=2, lang="en").json["error"]
    assert error["code"] == "source-wrong" and "line 11:" in error["message"], error


def test_an_english_register_is_read_as_well(clerk, put):
    file = put(
        "No.;Date received;Unit;Resident;Phone;Complaint;Handled by;Resolution;Completed on;Satisfied?",
        "1;7 March 2025;3-1-101;Sample A;154 0000 0001;Lift stuck;Sample Fitter;Relay replaced;8 March 2025;yes",
        "2;2025-03-09 14:30;3-1-102;Sample B;;Loud music at night;;Talked to them;2025-03-09 18:00;",
        "3;;;;;;;;;",
        "Total;;2 complaints;;;;;;;",
        "Prepared by: Sample C;;;;;;;;;",
    )
    data = take(clerk, file)
    assert (data["delimiter"], data["ignored"], data["counts"]["taken"]) == (";", [], 2)
    assert fates(data) == {4: ("skipped", "blank"), 5: ("skipped", "total"), 6: ("skipped", "signature")}
    assert clerk(NOW, "show", "1", "--json").data["resolved_at"] == "2025-03-08T00:00:00+08:00"


# ---- files that are none


@pytest.mark.parametrize(
    ("data", "words", "code"),
    [
        (b"", (), "source-wrong"),
        (bytes(range(256)) * 40, (), "source-wrong"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), (), "source-wrong"),
        ("投诉时间,投诉内容\n2026-11-20,灯".encode("utf-16"), (), "source-wrong"),
        (("投诉时间,投诉内容\n2026-11-20," + "灯" * 400_000).encode(), (), "source-wrong"),
        ('投诉时间,投诉内容\n2026-11-20,"灯'.encode() + b"\n" * 300_000, (), "source-wrong"),
        ("投诉时间,投诉内容\n2026-11-20,灯\0坏\n".encode(), (), "source-wrong"),
        ("投诉时间,投诉内容\n2026-11-20,灯坏了\n".encode("gb18030"), ("--encoding", "utf-8"), "source-wrong"),
        ("投诉时间,投诉内容\n2026-11-20,灯坏了\n".encode(), ("--encoding", "gb18030"), "source-wrong"),
        ("投诉时间,投诉内容\n2026-11-20,灯坏了\n".encode(), ("--encoding", "latin-1"), "bad-value"),
        ("投诉时间,投诉内容\n2026-11-20,灯坏了\n".encode(), ("--sheet", "1"), "bad-value"),
        ("投诉时间,投诉内容\n2026-11-20,灯坏了\n".encode(), ("--year", "25"), "bad-value"),
        ("姓名,电话\n样例甲,15400000001\n".encode(), (), "headings-wrong"),
        (b"PK\x03\x04" + bytes(100), (), "source-wrong"),
    ],
)
def test_a_file_that_is_no_register_is_refused_with_its_line(clerk, put, data, words, code):
    before = clerk.digest()
    for lang in ("en", "zh"):
        error = clerk(NOW, "import", put(data), *words, "--json", code=2, lang=lang).json["error"]
        assert error["code"] == code and error["hint"], error
    if code == "source-wrong":
        assert "第" in error["message"] and "行" in error["message"]
    assert clerk.digest() == before


def test_a_missing_file_is_not_found(clerk):
    assert clerk(NOW, "import", "nowhere.csv", "--json", code=3).json["error"]["code"] == "not-found"


# ---- as a process of its own


def test_it_works_as_a_process_of_its_own(shell, begun):
    shutil.copy(begun("site-standard"), shell.home / "site.db")
    env = {"COMPLAINTCTL_LEDGER": str(shell.home / "site.db"), "COMPLAINTCTL_NOW": "2026-11-22T09:00:00+08:00"}
    ran = shell("import", str(MESSY), "--dry-run", "--json", env=env)
    assert (ran.code, told(ran)["counts"]) == (2, COUNTS)
    (shell.home / "good.csv").write_text(f"{HEAD}\n2026-11-21,1-1-1,灯坏了\n", encoding="utf-8")
    ran = shell("import", "good.csv", env={**env, "COMPLAINTCTL_LANG": "zh"})
    assert ran.code == 0 and "已导入1条投诉" in ran.out
    assert shell("import", "good.csv", env=env).code == 0
    assert len(shell("list", "--json", env=env).data["items"]) == 1


def test_the_messages_beside_the_project_are_taken_whole(clerk):
    if not MESSAGES.exists():
        pytest.skip("shared/data/messages.csv is not beside the project")
    data = take(clerk, str(MESSAGES))
    assert data["columns"] == {
        **{"id": "serial", "date": "received_at", "subject": "subject", "text": "text"},
        **{"reply": "reply", "reply_date": "notified_at"},
    }
    assert (data["total"], data["counts"]["taken"] + data["counts"]["remarked"]) == (1480, 1480)
    assert json.loads(clerk(NOW, "verify", "--json").out)["data"]["findings"] == []
    assert take(clerk, str(MESSAGES))["counts"]["duplicate"] == 1480


def test_many_rows_are_read_on_every_core_and_give_the_same(clerk, put, begun, monkeypatch):
    from complaintctl.desk import take_over
    from complaintctl.intake import register

    rows = [
        f"2026-{1 + n % 9}-{1 + n % 28},{n}-1-101,{'灯坏了' if n % 3 else '电梯困人'}{n},{n % 7 or '不详'}"
        for n in range(900)
    ]
    file = put("投诉时间,房号,投诉内容,涉及户数", *rows)
    one = take(clerk, file)
    alone = [clerk(NOW, "show", str(n), "--json").data for n in (1, 450, 900)]
    shutil.copy(begun("site-standard"), clerk.ledger)
    monkeypatch.setattr(register, "MANY", 10)
    monkeypatch.setattr(take_over, "MANY", 10)
    assert take(clerk, file) == one and one["written"] == 900
    assert [clerk(NOW, "show", str(n), "--json").data for n in (1, 450, 900)] == alone
    assert clerk(NOW, "verify", "--json").data["findings"] == []


def test_a_promise_that_is_over_is_named_as_it_was_read(clerk, put):
    take(clerk, put(HEAD, "2026-11-10,1-1-1,灯坏了"))
    said = clerk(NOW, "record", "1", "reply-agreed", "--promise", "2026-11-20 24:00", code=2, lang="zh").err
    assert "2026-11-20 24:00" in said and "2026-11-21 00:00" not in said
