"""`import` of workbooks: days as spreadsheets keep them, formulas, and files that were made to do harm."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is an optional part (complaintctl[xlsx])")

NOW = "2026-11-22 09:00"
HEAD = ["序号", "投诉时间", "房号", "投诉内容", "联系电话", "完成时间"]


@pytest.fixture
def book(clerk):
    """Save a workbook of rows; `sheets` are further ones by name."""

    def save(*rows, name="r.xlsx", change=None, **sheets):
        made = openpyxl.Workbook()
        page = made.active
        page.title = "2025"
        for row in rows:
            page.append(row)
        for title, others in sheets.items():
            beside = made.create_sheet(title)
            for row in others:
                beside.append(row)
        if change:
            change(made)
        path = clerk.shell.home / name
        made.save(path)
        return str(path)

    return save


def take(clerk, file, *words, code=0):
    return clerk(NOW, "import", file, "--json", *words, code=code).json["data"]


def shown(clerk, number):
    return clerk(NOW, "show", str(number), "--json", "--reveal", "样例").data


def test_days_and_numbers_come_as_they_are_meant(clerk, book):
    file = book(
        ["样例花园投诉登记表"],
        HEAD,
        [1, datetime(2025, 3, 7), "3-1-101", "楼道灯不亮", 15400000001, date(2025, 3, 8)],
        [2, datetime(2025, 3, 7, 9, 5), "3-1-102", "门坏了", "15400000002", datetime(2025, 3, 7, 18, 30)],
        [3, 45728, "3-1-103", "水管漏", None, 45728.5],
        [4, "2025年3月14日", "3-1-104", "多行\n内容", 1.54e10, None],
        [None, None, None, None],
        ["合计", None, None, "4件"],
    )
    data = take(clerk, file)
    assert (data["format"], data["sheet"], data["heading_line"], data["encoding"]) == ("xlsx", "2025", 2, None)
    assert (data["counts"]["taken"], data["counts"]["skipped"], data["total"]) == (4, 3, 7)
    assert [(row["line"], row["code"]) for row in data["rows"]] == [(1, "title"), (7, "blank"), (8, "total")]
    first, second, third, fourth = (shown(clerk, number) for number in (1, 2, 3, 4))
    assert (first["received_at"][:10], first["phone"]) == ("2025-03-07", "15400000001")
    assert second["received_at"] == "2025-03-07T09:05:00+08:00" and second["resolved_at"] == "2025-03-07T18:30:00+08:00"
    assert third["received_at"][:10] == "2025-03-12" and third["resolved_at"] == "2025-03-12T12:00:00+08:00"
    assert (fourth["text"], fourth["phone"]) == ("多行\n内容", "15400000000")


def test_days_of_a_workbook_that_counts_from_1904(clerk, book):
    def to_1904(made):
        made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    file = book(HEAD, [1, datetime(2025, 3, 7), "3-1-101", "灯坏了"], [2, 44261, "3-1-102", "门坏了"], change=to_1904)
    assert take(clerk, file)["counts"]["taken"] == 2
    assert [shown(clerk, number)["received_at"][:10] for number in (1, 2)] == ["2025-03-07", "2025-03-07"]


def test_a_sheet_is_chosen_and_the_others_are_named(clerk, book):
    other = [HEAD, [1, "2025-04-01", "3-1-101", "四月的灯坏了"]]
    file = book(HEAD, [1, "2025-03-07", "3-1-101", "三月的灯坏了"], 四月=other)
    data = take(clerk, file, "--dry-run")
    assert (data["sheet"], data["other_sheets"]) == ("2025", ["四月"])
    assert take(clerk, file, "--sheet", "四月")["sheet"] == "四月"
    assert shown(clerk, 1)["text"] == "四月的灯坏了"
    assert clerk(NOW, "import", file, "--sheet", "五月", "--json", code=2).json["error"]["code"] == "bad-value"


def cached(file, name):
    """Put the values into a workbook's formulas that a spreadsheet would have kept beside them."""
    path = Path(file)
    target = path.with_name(name)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part.startswith("xl/worksheets/"):
                data = data.replace(b"<f>DATE(2025,3,7)</f><v />", b"<f>DATE(2025,3,7)</f><v>45723</v>")
                data = data.replace(b"<f>DATE(2025,3,7)</f><v></v>", b"<f>DATE(2025,3,7)</f><v>45723</v>")
            new.writestr(part, data)
    return str(target)


def test_of_a_formula_its_value_is_taken_and_one_without_is_refused(clerk, book):
    file = book(HEAD, ["=ROW()", "=DATE(2025,3,7)", "3-1-101", "灯坏了"])
    data = take(clerk, file, code=2)
    assert [(row["line"], row["fate"], row["code"]) for row in data["rows"]] == [(2, "refused", "formula-empty")]
    assert "投诉时间" in data["rows"][0]["reason"]
    data = take(clerk, cached(file, "kept.xlsx"))
    assert [(row["line"], row["fate"], row["code"]) for row in data["rows"]] == [(2, "remarked", "formula")]
    assert (shown(clerk, 1)["received_at"][:10], data["rows"][0]["number"]) == ("2025-03-07", "TS202503-0001")


def test_the_same_workbook_twice_takes_nothing_twice(clerk, book):
    file = book(HEAD, [1, datetime(2025, 3, 7), "3-1-101", "灯坏了"])
    assert take(clerk, file)["written"] == 1
    again = take(clerk, file)
    assert (again["written"], again["counts"]["duplicate"], again["import"]) == (0, 1, None)


def swollen(path, name, size):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)


def test_files_that_were_made_to_do_harm_are_refused_before_they_are_unpacked(clerk, book):
    home = clerk.shell.home
    bomb = book(HEAD, [1, "2025-03-07", "1", "灯"], name="bomb.xlsx")
    swollen(bomb, "xl/media/image1.png", 30_000_000)
    entities = book(HEAD, [1, "2025-03-07", "1", "灯"], name="entities.xlsx")
    with zipfile.ZipFile(entities, "a") as archive:
        archive.writestr("xl/custom.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    (home / "archive.xlsx").write_bytes(b"")
    with zipfile.ZipFile(home / "archive.xlsx", "w") as archive:
        archive.writestr("readme.txt", "no workbook")
    cut = book(HEAD, [1, "2025-03-07", "1", "灯"], name="cut.xlsx")
    Path(cut).write_bytes(Path(cut).read_bytes()[:-200])
    hollow = home / "hollow.xlsx"
    with zipfile.ZipFile(hollow, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    locked = home / "locked.xlsx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    long = book(HEAD, [1, "2025-03-07", "1", *["灯" * 30_000] * 8], name="long.xlsx")
    before = clerk.digest()
    for file, word in (
        (bomb, "unpacked"),
        (entities, "definitions"),
        (str(home / "archive.xlsx"), "archive"),
        (cut, "damaged"),
        (str(hollow), "damaged"),
        (str(locked), "password"),
        (long, "characters"),
    ):
        error = clerk(NOW, "import", file, "--json", code=2).json["error"]
        assert (error["code"], word in error["message"]) == ("source-wrong", True), (file, error)
    assert clerk.digest() == before


def test_without_the_optional_part_the_command_that_installs_it_is_named(clerk, book, shell):
    file = book(HEAD, [1, "2025-03-07", "1", "灯"])
    hidden = shell.home / "openpyxl.py"
    hidden.write_text("raise ImportError\n")
    env = {**clerk.shell.env, "PYTHONPATH": f"{shell.home}:{shell.env['PYTHONPATH']}"}
    ran = shell("import", file, "--json", env=env)
    assert (ran.code, ran.json["error"]["code"]) == (2, "missing-extra")
    error = ran.json["error"]
    assert error["message"] == "Reading a workbook (XLSX) needs an optional part that is not installed."
    assert "complaintctl[xlsx]" in error["hint"]
    assert "complaintctl[xlsx]" in ran.json["error"]["hint"]


def test_of_merged_cells_a_workbook_tells_what_is_below_them(clerk, book):
    def merge(made):
        made.active.merge_cells("B2:B4")
        made.active.merge_cells("C2:C3")
        made.active.merge_cells("A5:F5")

    rows = [
        [1, datetime(2025, 3, 7), "3-1-101", "灯坏了"],
        [2, None, None, "门坏了"],
        [3, None, None, "水管漏"],
        ["合计"],
    ]
    file = book(HEAD, *rows, change=merge)
    assert [row["code"] for row in take(clerk, file, "--dry-run", code=2)["rows"]] == ["no-date", "no-date", "total"]
    assert take(clerk, file, "--fill-down")["counts"]["taken"] == 3
    told = [shown(clerk, number) for number in (1, 2, 3)]
    # The day is that of all three; the third row is below no merged cell with a home in it.
    assert {one["received_at"][:10] for one in told} == {"2025-03-07"}
    assert [one["unit"] for one in told] == ["3-1-101", "3-1-101", None]


def test_the_register_stands_on_the_first_sheet_that_has_headings(clerk, book):
    register = [HEAD, [1, "2025-04-01", "3-1-101", "四月的灯坏了"]]
    file = book(["填写说明"], ["每行一条"], 登记表=register, 五月=register)
    data = take(clerk, file, "--dry-run")
    assert (data["sheet"], data["other_sheets"], data["counts"]["taken"]) == ("登记表", ["2025", "五月"], 1)
    # Who names a sheet gets that one or an error.
    error = clerk(NOW, "import", file, "--sheet", "2025", "--json", code=2).json["error"]
    assert error["code"] == "headings-wrong" and "line 1" in error["message"]


def test_a_hidden_sheet_is_read_only_when_it_is_named(clerk, book):
    def hide(made):
        made["旧表"].sheet_state = "hidden"

    others = [HEAD, [1, "2025-04-01", "3-1-101", "旧的灯坏了"]]
    file = book(HEAD, [1, "2025-03-07", "3-1-101", "灯坏了"], change=hide, 旧表=others)
    data = take(clerk, file, "--dry-run")
    assert (data["sheet"], data["other_sheets"]) == ("2025", [])
    assert take(clerk, file, "--dry-run", "--sheet", "旧表")["sheet"] == "旧表"


def test_a_number_that_may_be_the_first_or_the_tenth_is_not_guessed(clerk, book):
    file = book(HEAD, [1, 3.1, "3-1-101", "灯坏了"], [2, 3.7, "3-1-102", "门坏了"], [3, "3.1", "3-1-103", "水管漏"])
    rest = clerk.shell.home / "rest.csv"
    data = take(clerk, file, "--year", "2025", "--partial", "--corrections", str(rest), code=2)
    assert [(row["line"], row["fate"], row["code"]) for row in data["rows"]] == [(2, "undecided", "ambiguous")]
    assert data["written"] == 2
    # Nor is it where the correction file comes back as it was.
    assert take(clerk, str(rest), "--year", "2025", code=2)["counts"]["undecided"] == 1


def changed(file, name, *changes):
    """Write a workbook anew with something in some of its parts put otherwise: (part, old, new)."""
    path = Path(file)
    target = path.with_name(name)
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for one in before.namelist():
            data = before.read(one)
            for part, old, new in changes:
                if part == one:
                    assert old in data
                    data = data.replace(old, new)
            after.writestr(one, data)
    return str(target)


SHEET = "xl/worksheets/sheet1.xml"
TABLE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def with_table(file, name, *texts):
    """Put texts of a sheet into a table of texts, as spreadsheets do: (the text, the XML that stands in the table)."""
    cells = [
        (SHEET, f't="inlineStr"><is><t>{text}</t></is>'.encode(), f't="s"><v>{at}</v>'.encode())
        for at, (text, _) in enumerate(texts)
    ]
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TABLE}"/></Types>'.encode()
    made = changed(file, name, *cells, ("[Content_Types].xml", b"</Types>", named))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = "".join(f"<si>{xml}</si>" for _, xml in texts)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{table}</sst>')
    return made


def test_texts_come_from_the_table_of_texts(clerk, book):
    looks = "<r><t>楼道</t></r><r><rPr><b/></rPr><t>灯不亮</t></r><rPh sb='0' eb='1'><t>loudao</t></rPh>"
    file = book(HEAD, [1, "2025-03-07", "3-1-101", "甲文"], [2, "2025-03-08", "3-1-102", "乙文"])
    texts = (
        ("投诉内容", "<t>投诉内容</t>"),
        ("甲文", looks),
        ("乙文", "<t xml:space='preserve'>门坏了 </t>"),
        ("3-1-102", "<t/>"),
    )
    assert take(clerk, with_table(file, "table.xlsx", *texts))["columns"]["投诉内容"] == "text"
    assert [shown(clerk, number)["text"] for number in (1, 2)] == ["楼道灯不亮", "门坏了"]
    assert shown(clerk, 2)["unit"] is None


def test_rows_that_the_file_leaves_out_keep_their_lines_and_none_lies_beyond_the_last(clerk, book):
    file = book(HEAD, [1, "2025-03-07", "3-1-101", "灯坏了"], [2, "哪天", "3-1-102", "门坏了"])
    far = changed(file, "far.xlsx", (SHEET, b'<row r="3"', b'<row r="6"'))
    data = take(clerk, far, "--dry-run", code=2)
    assert [(row["line"], row["code"]) for row in data["rows"]] == [
        *((at, "blank") for at in (3, 4, 5)),
        (6, "unreadable"),
    ]
    beyond = changed(file, "beyond.xlsx", (SHEET, b'<row r="3"', b'<row r="99999999999"'))
    error = clerk(NOW, "import", beyond, "--json", code=2).json["error"]
    assert error["code"] == "source-wrong" and "damaged" in error["message"]


def test_a_text_that_is_not_in_the_table_makes_the_workbook_a_damaged_one(clerk, book):
    file = book(HEAD, [1, "2025-03-07", "3-1-101", "灯坏了"])
    lost = changed(
        with_table(file, "table.xlsx", ("灯坏了", "<t>灯坏了</t>")), "lost.xlsx", (SHEET, b"<v>0<", b"<v>8<")
    )
    error = clerk(NOW, "import", lost, "--json", code=2).json["error"]
    assert error["code"] == "source-wrong" and "damaged" in error["message"]
