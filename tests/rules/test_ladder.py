"""Who stands at a rung: superiors first, then whoever alone holds the role; a proposal only without doubt."""

import pytest

from complaintctl.rules.ladder import Ladder, answering, cycle, department_names
from complaintctl.rules.units import bare_code, code_within

NOW = 1_000_000


def person(number, role, superior=None, department=None, area=None, left_at=None):
    named = {"id": number, "name": f"样例{number}", "role": role, "superior": superior}
    return {**named, "department": department, "area": area, "left_at": left_at}


def department(name, head=None, categories="", closed_at=None):
    return {"name": name, "head": head, "categories": categories, "closed_at": closed_at}


def who(people, code, departments=(), **asked):
    row = Ladder(people, departments, NOW).at_rung(code, **asked)
    return None if row is None else row["id"]


def test_an_empty_register_knows_nobody():
    assert who([], "manager", department="工程部", handler=3, area="东区") is None


def test_the_superiors_of_the_handler_come_before_whoever_has_the_role():
    people = [
        *(person(1, "manager"), person(2, "manager")),
        *(person(3, "supervisor", 2), person(4, "supervisor", 1), person(5, "department", 3)),
    ]
    assert who(people, "supervisor", handler=5) == 3
    assert who(people, "manager", handler=5) == 2
    # Two of each, and nothing that tells them apart.
    assert who(people, "supervisor") is None and who(people, "manager") is None


def test_without_a_handler_it_is_the_superiors_of_the_departments_head():
    people = [person(1, "manager"), person(2, "manager"), person(3, "department-head", 2, "工程部")]
    departments = [department("工程部", head=3)]
    assert who(people, "department-head", departments, department="工程部") == 3
    assert who(people, "manager", departments, department="工程部") == 2
    assert who(people, "manager", departments, department="环境部") is None


def test_nobody_is_referred_to_himself():
    people = [person(1, "supervisor"), person(2, "department-head", None, "工程部")]
    assert who(people, "supervisor", handler=1) is None
    assert who(people, "department-head", [department("工程部", head=2)], department="工程部", handler=2) is None


def test_who_has_left_is_passed_over_at_the_very_moment():
    def at(left_at):
        people = [person(1, "manager"), person(2, "supervisor", 1, left_at=left_at), person(3, "department", 2)]
        return who(people, "supervisor", handler=3), who(people, "manager", handler=3)

    assert at(NOW + 1) == (2, 1)
    assert at(NOW) == (None, 1)


def test_several_of_one_role_are_told_apart_by_department_then_area():
    people = [person(1, "supervisor", area="东区"), person(2, "supervisor", area="西区", department="客服部")]
    assert who(people, "supervisor", area="东区") == 1
    assert who(people, "supervisor", area="东区", department="客服部") == 2
    assert who(people, "supervisor", area="北区") is None


def test_the_head_of_another_department_is_none():
    people = [person(1, "department-head", department="环境部"), person(2, "department-head")]
    assert who(people, "department-head", department="环境部") == 1
    assert who(people, "department-head", department="工程部") == 2


@pytest.mark.parametrize(("role", "code"), [("general-manager", "company"), ("director", "manager")])
def test_a_rung_is_held_by_the_roles_that_the_documents_have_for_it(role, code):
    assert who([person(1, role)], code) == 1
    assert who([person(1, role)], "outside") is None


def test_the_departments_head_comes_before_the_superiors_and_before_another_head():
    people = [
        *(person(1, "department-head", department="工程部"), person(2, "department-head", department="工程部")),
        person(3, "desk", superior=1, department="工程部"),
    ]
    assert who(people, "department-head", [department("工程部", head=2)], department="工程部", handler=3) == 2


def test_a_head_stands_at_the_rung_of_his_role_and_not_once_he_has_left():
    def at(left_at):
        people = [person(1, "supervisor", department="工程部", left_at=left_at), person(2, "supervisor")]
        return who(people, "supervisor", [department("工程部", head=1)], department="工程部")

    assert at(None) == 1
    assert at(NOW) == 2


def test_the_area_tells_two_of_one_department_apart_and_who_is_erased_is_nobody():
    people = [person(1, "supervisor", None, "客服部", "东区"), person(2, "supervisor", None, "客服部", "西区")]
    assert who(people, "supervisor", department="客服部", area="西区") == 2
    assert who([people[0], {**people[1], "name": None}], "supervisor") == 1
    # Whoever handles it is no candidate: one is left.
    assert who(people, "supervisor", handler=1) == 2


def test_a_circle_that_was_written_all_the_same_ends():
    people = [person(1, "desk", 2), person(2, "desk", 1)]
    assert who(people, "manager", handler=1) is None


def test_cycles_are_found_from_anybody_in_them():
    above = {1: 2, 2: 3, 3: 1, 4: 1, 5: None}
    assert cycle(above, 1) == [1, 2, 3]
    assert cycle(above, 4) == [] and cycle(above, 5) == []
    assert cycle({1: 1}, 1) == [1]


def test_a_department_answers_for_its_categories_until_it_is_closed():
    rows = [department("工程部", categories="facility,building"), department("绿化部", None, "facility", NOW)]
    assert [row["name"] for row in answering(rows, "facility", NOW - 1)] == ["工程部", "绿化部"]
    assert [row["name"] for row in answering(rows, "facility", NOW)] == ["工程部"]
    assert answering(rows, "build", NOW) == []


def test_known_names_are_the_registers_the_sites_and_the_peoples():
    rows = [department("工程部"), department("绿化部", closed_at=NOW)]
    people = [person(1, "desk", department="客服部"), person(2, "desk", department="旧部", left_at=NOW)]
    own = ["环境部", {"name": "工程部"}, "绿化部"]
    assert department_names(rows, own, people, NOW) == ["工程部", "环境部", "客服部"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("3", "3"),
        ("3号楼", "3"),
        ("A座", "A"),
        ("东区-3", "东区-3"),
        ("12栋", "12"),
        (" 3 号楼 ", "3"),
        ("楼", "楼"),
    ],
)
def test_the_bare_code_of_a_building(typed, code):
    assert bare_code(typed) == code


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("3-1-501", "3"),
        ("2-3-501", "2-3"),
        ("2-31-501", "2"),
        ("3号楼501", "3"),
        ("31-501", None),
        ("3", "3"),
        ("x", None),
    ],
)
def test_the_longest_registered_code_that_a_unit_begins_with(unit, code):
    assert code_within(unit, {"2", "3", "2-3"}) == code
