"""People, departments and buildings folded from their entries: what was told last, what was undone, and the rows."""

from typing import Any

from complaintctl.desk import packs
from complaintctl.rules.entries import Entry
from complaintctl.rules.people import (
    Department,
    department_of,
    department_rows,
    fold_department,
    fold_person,
    person_of,
    person_rows,
)
from complaintctl.rules.place import fold as fold_building
from complaintctl.rules.place import rows as building_rows

BOOK = packs.shipped_book()


def entries(subject: str, *told: tuple[str, dict[str, Any], dict[str, Any] | None]) -> list[Entry]:
    """One command each: (kind, body, private), written down at 100, 200, …"""
    return [
        Entry(n, n, subject, kind, n * 100 - 1, n * 100, "clerk", body, private)
        for n, (kind, body, private) in enumerate(told, 1)
    ]


UNDONE = ("undone", {"batch": 1}, None)


def test_what_never_began_or_was_undone_is_nobody() -> None:
    began = {
        fold_person: ("staff/1", {"role": "desk", "since": 99}),
        fold_department: ("department/1", {"name": "工程部"}),
        fold_building: ("building/1", {"code": "3"}),
    }
    for fold, (subject, body) in began.items():
        assert fold(entries(subject, ("registered", body, None)), BOOK) is not None
        assert fold(entries(subject, ("registered", body, None), UNDONE), BOOK) is None
        assert fold(entries(subject, ("changed", body, None)), BOOK) is None


def test_the_area_counts_from_when_it_was_written_down_otherwise() -> None:
    told = [
        ("registered", {"role": "desk", "since": 99, "area": "东区"}, {"name": "样例甲", "phone": "15400000001"}),
        ("changed", {"role": "supervisor", "area": "东区"}, None),
    ]
    person = fold_person(entries("staff/1", *told), BOOK)
    assert person is not None
    assert (person.name, person.role, person.area_since, person.last_seq) == ("样例甲", "supervisor", 100, 2)
    person = fold_person(entries("staff/1", *told, ("changed", {"area": "西区"}, None)), BOOK)
    assert person is not None
    assert (person.area, person.area_since) == ("西区", 300)


def test_a_row_gives_the_same_person_without_the_telephone_number() -> None:
    body = {"role": "desk", "since": 99}
    person = fold_person(entries("staff/1", ("registered", body, {"name": "样例甲", "phone": "15400000001"})), BOOK)
    assert person is not None
    assert person.phone == "15400000001"
    (row,) = person_rows(person)["staff"]
    assert "phone" not in row
    assert person_of(row) == person._replace(phone=None)


def test_a_departments_categories_survive_their_row() -> None:
    for categories in ((), ("facility",), ("facility", "noise")):
        department = Department(1, "工程部", categories=categories)
        (row,) = department_rows(department)["department"]
        assert department_of(row).categories == categories


def test_a_building_has_as_many_households_as_was_told_else_as_it_has_homes() -> None:
    told = [
        ("registered", {"code": "3"}, None),
        ("units", {"count": 2}, {"units": ["3-1-101", "3-1-102"]}),
        ("units-gone", {"count": 1}, {"units": ["3-1-101"]}),
    ]
    building = fold_building(entries("building/1", *told), BOOK)
    assert building is not None
    rows = building_rows(building)
    assert (rows["building"][0]["households"], rows["home"]) == (1, [{"unit": "3-1-102", "building": 1}])
    building = fold_building(entries("building/1", *told, ("changed", {"households": 40}, None)), BOOK)
    assert building is not None
    assert building_rows(building)["building"][0]["households"] == 40
