"""Lists of staff and buildings taken from CSV files: encodings, headings, bad rows with their lines, all or nothing."""

import pytest

from complaintctl.desk import keep, place_table, places, staff_table
from complaintctl.desk.department import Particulars as Department
from complaintctl.desk.department import keep_department
from complaintctl.desk.staff import Particulars, add, leave
from complaintctl.desk.undo import undo
from complaintctl.errors import FileMissing, FileUnusable
from complaintctl.intake.headings import PLACES, STAFF
from complaintctl.intake.table import TableWrong, read_table
from complaintctl.ledger import people as register
from complaintctl.output.problem import describe

PEOPLE = """姓名,岗位,部门,上级,电话,到岗日期,备注
样例乙,主管,客服部,样例甲,15400000002,2026-11-01,x
样例甲,经理,,,,,
样例丙,department,工程部,样例乙,,,
"""
HOMES = """楼栋,名称,片区,管家,户数,房号
3号楼,,东区,样例甲,120,3-1-101
3,,,,,3-1-102
5,样例阁,西区,,80,
"""


@pytest.fixture
def table(tmp_path):
    """Write a table, and read it as staff or places."""

    def write(text, columns=STAFF, needed="name", encoding="utf-8"):
        path = tmp_path / "table.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_table(str(path), columns, (needed,))

    return write


def reasons(taken):
    return [(one.line, describe(one.error, "complaintctl")[0]) for one in taken.refused]


def names(desk):
    return {row["name"]: (row["role"], row["department"], row["superior"]) for row in register.staff(desk.ledger.query)}


# ---- reading


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("ends", "separator"), [("\n", ","), ("\r\n", ";"), ("\r\n", "\t")])
def test_a_table_is_read_however_an_office_saved_it(table, encoding, ends, separator):
    text = PEOPLE.replace(",", separator).replace("\n", ends)
    found = table(text, encoding=encoding)
    assert [(line.number, line.cells["name"]) for line in found.lines] == [(2, "样例乙"), (3, "样例甲"), (4, "样例丙")]
    assert found.lines[1].cells == {"name": "样例甲", "role": "经理"}
    assert found.ignored == ["备注"]


def test_english_headings_in_any_order_and_blank_lines(table):
    found = table('Role,NAME\n\ndesk,"样例,甲"\n,\n"handler","样例\n乙"\n')
    assert [(line.number, dict(line.cells)) for line in found.lines] == [
        (3, {"role": "desk", "name": "样例,甲"}),
        (5, {"role": "handler", "name": "样例\n乙"}),
    ]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "nothing in it"),
        ("岗位\n主管\n", 1, "heading that is needed"),
        ("姓名,名字\n甲,乙\n", 1, "named twice"),
        ("姓名,岗位\n甲,主管,多\n", 2, "more cells"),
        ('姓名,岗位\n甲,主管\n"乙,主管\n', 3, "quotation"),
        ("姓名,岗位\n甲,主管\n".encode("utf-16"), 1, "neither UTF-8 nor GB18030"),
        (b"name,role\n\xff\xff\xff,desk\n", 1, "neither UTF-8 nor GB18030"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(table, text, line, problem):
    with pytest.raises(TableWrong) as caught:
        table(text)
    assert (caught.value.exit_code, caught.value.code) == (2, "table-wrong")
    assert caught.value.values["line"] == line and problem in caught.value.values["problem"]


def test_a_file_that_is_not_there_or_a_folder(tmp_path):
    with pytest.raises(FileMissing):
        read_table(str(tmp_path / "none.csv"), STAFF)
    with pytest.raises(FileUnusable):
        read_table(str(tmp_path), STAFF)


@pytest.mark.parametrize("length", [201, 200_000])
def test_a_cell_too_long_for_a_name_is_told_with_its_line_and_no_other_cause(table, length):
    assert table(f"name,role,备注\n{'长' * 200},desk,{'长' * 201}\n").lines[0].number == 2
    with pytest.raises(TableWrong) as caught:
        table(f"name,role\n样例甲,desk\n样例乙,{'长' * length}\n")
    assert "line 3: a cell holds more than 200 characters" in describe(caught.value, "complaintctl")[0]


# ---- people


def test_superiors_may_stand_below_and_everybody_comes_with_one_command(desk, table):
    taken = staff_table.take(desk("09:00"), table(PEOPLE).lines)
    assert [(row.line, row.id, row.name, row.fate) for row in taken.rows] == [
        (2, 1, "样例乙", "added"),
        (3, 2, "样例甲", "added"),
        (4, 3, "样例丙", "added"),
    ]
    assert names(desk) == {
        "样例乙": ("supervisor", "客服部", 2),
        "样例甲": ("manager", None, None),
        "样例丙": ("department", "工程部", 1),
    }
    first = desk("09:01").thing("staff", 1)
    assert (first.since, first.phone) == (desk.moment("2026-11-01 00:00"), "15400000002")
    assert len({entry.batch for entry in desk.ledger.entries_of(["staff"])}) == 1
    assert keep.verify(desk("23:00")).findings == []
    undo(desk("09:02"))
    assert names(desk) == {}


def test_taking_the_same_file_again_changes_nothing_and_another_only_what_it_says(desk, table):
    staff_table.take(desk("09:00"), table(PEOPLE).lines)
    head = desk.ledger.head()
    again = staff_table.take(desk("09:01"), table(PEOPLE).lines)
    assert {row.fate for row in again.rows} == {"unchanged"} and desk.ledger.head() == head
    other = staff_table.take(desk("09:02"), table("name,role,superior\n样例丙,,样例甲\n样例丁,desk,样例丙\n").lines)
    assert [row.fate for row in other.rows] == ["changed", "added"]
    assert names(desk)["样例丙"] == ("department", "工程部", 2) and names(desk)["样例丁"] == ("desk", None, 3)


def test_a_superior_is_found_however_the_spaces_stand(desk, table):
    staff_table.take(desk("09:00"), table("name,role,superior\n样例  甲,manager,\n样例乙,desk,样例　甲\n").lines)
    assert names(desk)["样例乙"][2] == 1


def test_a_dry_run_says_the_same_and_keeps_nothing(desk, table):
    head = desk.ledger.head()
    would = staff_table.take(desk("09:00"), table(PEOPLE).lines, dry_run=True)
    assert [(row.id, row.fate) for row in would.rows] == [(None, "added")] * 3 and desk.ledger.head() == head


def test_every_bad_row_is_named_and_nobody_is_taken(desk, table):
    keep_department(desk("08:00"), "工程部", Department())
    add(desk("08:00"), Particulars("样例走", "desk"))
    leave(desk("08:30"), "样例走")
    text = (
        "name,role,department,superior,since\n"
        "样例甲,desk,,,\n,desk,,,\n样例甲,desk,,,\n样例乙,,,,\n样例丙,老大,,,\n样例丁,desk,工程步,,\n"
        "样例戊,desk,,无此人,\n样例己,desk,,样例走,\n样例庚,desk,,,2026-13-01\n样例辛,desk,,,2026-11-21\n12,desk,,,\n"
        "样例环,desk,,样例圈,\n样例圈,desk,,样例环,\n"
    )
    head = desk.ledger.head()
    taken = staff_table.take(desk("09:00"), table(text).lines)
    assert sorted(line for line, _ in reasons(taken)) == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    told = dict(reasons(taken))
    assert "missing" in told[3] and "earlier line" in told[4] and "工程步" in told[7] and "left at" in told[9]
    assert told[13] == "Nobody can be above himself: 样例环 → 样例圈 → 样例环."
    assert taken.rows == [] and desk.ledger.head() == head


# ---- places


def places_of(desk):
    fields = ("code", "name", "area", "assistant", "households")
    return [tuple(row[field] for field in fields) for row in register.buildings(desk.ledger.query)]


def test_rows_for_buildings_and_homes_come_together(desk, table):
    add(desk("08:00"), Particulars("样例甲", "service-staff"))
    lines = table(HOMES, PLACES, "building").lines
    taken = place_table.take(desk("09:00"), lines)
    assert [(row.line, row.name, row.fate, row.homes) for row in taken.rows] == [
        (2, "3", "added", 2),
        (4, "5", "added", 0),
    ]
    assert places_of(desk) == [("3", "3号楼", "东区", 1, 120), ("5", "样例阁", "西区", None, 80)]
    assert register.homes(desk.ledger.query) == {"3-1-101": 1, "3-1-102": 1}
    head = desk.ledger.head()
    assert {row.fate for row in place_table.take(desk("09:01"), lines).rows} == {"unchanged"}
    assert desk.ledger.head() == head
    more = table("building,households,unit\n5,81,5-1-101\n3,,3-1-103\n", PLACES, "building").lines
    assert [(row.fate, row.homes) for row in place_table.take(desk("09:02"), more).rows] == [("changed", 1)] * 2
    assert places_of(desk)[1] == ("5", "样例阁", "西区", None, 81)
    assert keep.verify(desk("23:00")).findings == []
    undo(desk("09:03"))
    assert len(register.homes(desk.ledger.query)) == 2


def test_homes_alone_give_the_number_of_households(desk, table):
    lines = table("房号,楼栋\n7-1-101,7\n7-1-102,7\n7-1-103,7栋\n", PLACES, "building").lines
    place_table.take(desk("09:00"), lines)
    assert places_of(desk) == [("7", None, None, None, 3)]
    told = table("楼栋,户数\n7,3\n", PLACES, "building").lines
    assert place_table.take(desk("09:01"), told).rows[0].fate == "changed"
    assert place_table.take(desk("09:02"), told).rows[0].fate == "unchanged"


def test_a_home_that_the_table_itself_has_elsewhere_is_told_by_its_line(desk, table):
    lines = table("building,unit\n4,4-1\n5,4-1\n", PLACES, "building").lines
    assert reasons(place_table.take(desk("09:00"), lines)) == [(3, "the home stands in line 2 already")]


def test_bad_rows_of_places_are_named_and_nothing_is_taken(desk, table):
    places.add(desk("08:00"), "9", places.Particulars())
    places.units(desk("08:00"), "9", ["9-1-101"])
    text = (
        "building,area,assistant,households,unit\n"
        "3,东区,,120,3-1-101\n,东区,,,3-1-102\n3,西区,,,\n3,,,121,\n3,,,,3-1-101\n3,,,,9-1-101\n"
        "4,,样例无,,\n4,,,0,\n4,,,-5,\n4,,,12.0,\n4,,,１２,\n5,,,,3-1-101\n"
    )
    head = desk.ledger.head()
    taken = place_table.take(desk("09:00"), table(text, PLACES, "building").lines)
    assert [line for line, _ in reasons(taken)] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    told = dict(reasons(taken))
    assert "line 2" in told[4] and "line 2" in told[6] and "9" in told[7] and "样例无" in told[8]
    assert desk.ledger.head() == head and len(places_of(desk)) == 1
