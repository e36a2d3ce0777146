"""Buildings and the homes in them: what is kept, which building a unit lies in, what is refused."""

from complaintctl.desk import keep, places
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.play import play
from complaintctl.desk.refused import OthersRestOnIt
from complaintctl.desk.refused_people import BuildingKnown, PersonLeft, UnitElsewhere
from complaintctl.desk.staff import Particulars as Person
from complaintctl.desk.staff import add as join
from complaintctl.desk.staff import leave
from complaintctl.desk.undo import undo
from complaintctl.errors import NotFound
from complaintctl.ledger import people as register


def building(desk, code="3", when="09:00", actor="clerk", **told):
    return places.add(desk(when, actor), code, places.Particulars(**told)).after


def homes(desk):
    return register.homes(desk.ledger.query)


def test_a_building_has_the_code_that_complaints_have(desk):
    assert (building(desk, "3号楼").code, building(desk, "4").name) == ("3", None)
    assert places.find(desk("10:00"), "3号楼")["name"] == "3号楼"
    assert places.find(desk("10:00"), "3")["id"] == 1
    error = desk.refuses(BuildingKnown, lambda: building(desk, "3栋"))
    assert (error.exit_code, error.rule) == (4, "known-already")
    desk.refuses(NotFound, lambda: places.find(desk("10:00"), "5"))
    desk.refuses(NotFound, lambda: building(desk, "5", assistant="样例甲"))
    assert keep.verify(desk("23:00")).findings == []


def test_an_assistant_must_be_there(desk):
    join(desk("09:00"), Person("样例甲", "service-staff"))
    done = building(desk, assistant="样例甲", area="东区", households=120)
    assert (done.assistant, done.area, done.households) == (1, "东区", 120)
    leave(desk("10:00"), "样例甲")
    desk.refuses(PersonLeft, lambda: building(desk, "4", when="10:00", assistant="样例甲"))
    done = places.change(desk("10:01"), "3", places.Particulars(households=118), ["assistant"]).after
    assert (done.assistant, done.households) == (None, 118)


def test_homes_lie_in_one_building_and_count_where_no_number_was_told(desk):
    building(desk, "3")
    building(desk, "5", households=200)
    done = places.units(desk("09:01"), "3", ["3-1-101", " 3-1-102", "3-1-101"]).after
    assert done.units == ("3-1-101", "3-1-102") and done.households is None and done.homes == 2
    places.units(desk("09:02"), "5", ["5-1-101"])
    assert {row["code"]: row["households"] for row in register.buildings(desk.ledger.query)} == {"3": 2, "5": 200}
    error = desk.refuses(UnitElsewhere, lambda: places.units(desk("10:00"), "5", ["3-1-101"]))
    assert (error.exit_code, error.rule, error.values["code"]) == (4, "unit-elsewhere", "3")
    desk.refuses(NotFound, lambda: places.units(desk("10:00"), "5", ["5-1-999"], gone=True))
    places.units(desk("10:00"), "3", ["3-1-101"], gone=True)
    done = places.units(desk("10:01"), "5", ["3-1-101"])
    assert homes(desk) == {"3-1-102": 1, "5-1-101": 2, "3-1-101": 2}
    assert [one.code for one in done.remarks] == ["other-number"]
    for entry in desk.ledger.entries("building/1"):
        assert "3-1-10" not in str(entry.body)
    assert keep.verify(desk("23:00")).findings == []


def test_a_home_does_not_come_back_to_a_building_when_it_lies_in_another_now(desk):
    building(desk, "3")
    building(desk, "5")
    places.units(desk("09:01"), "3", ["3-1-101"])
    places.units(desk("09:02", "甲"), "3", ["3-1-101"], gone=True)
    places.units(desk("09:03", "乙"), "5", ["3-1-101"])
    desk.refuses(OthersRestOnIt, lambda: undo(desk("09:04", "甲")))
    undo(desk("09:05", "乙"))
    undo(desk("09:06", "甲"))
    assert homes(desk) == {"3-1-101": 1}


def test_homes_are_private_and_can_be_erased(desk):
    building(desk, "3", households=9)
    places.units(desk("09:01"), "3", ["3-1-101"])
    keep.forget(desk("10:00"), "building/1", "期满")
    assert homes(desk) == {} and register.buildings(desk.ledger.query)[0]["households"] == 9
    assert keep.verify(desk("23:00")).findings == []


def test_a_complaint_lies_in_the_building_that_is_registered_for_its_home(desk):
    assert desk.life(desk.take("09:00", unit="2-3-501")).course.building == "2"
    building(desk, "2-3")
    building(desk, "甲栋")
    places.units(desk("09:01"), "甲", ["会所一层"])
    taken = {unit: desk.take("10:00", unit=unit) for unit in ("2-3-501", "2-4-501", "会所一层", "物业楼上")}
    found = {unit: desk.life(number).course.building for unit, number in taken.items()}
    assert found == {"2-3-501": "2-3", "2-4-501": "2", "会所一层": "甲", "物业楼上": "物业"}
    amend(desk("11:00"), taken["2-4-501"], Correction({"unit": "2-3-502"}))
    assert desk.life(taken["2-4-501"]).course.building == "2-3"


def test_people_and_places_are_played_out_of_a_script(desk):
    steps = [
        {"do": "department", "name": "工程部", "categories": ["facility"]},
        {"do": "staff", "name": "样例甲", "role": "主管", "since": "2026-11-01"},
        {"do": "staff", "name": "样例乙", "role": "department", "department": "工程部", "superior": "样例甲"},
        {"do": "staff-change", "name": "样例乙", "area": "东区"},
        {"do": "department", "name": "工程部", "head": "样例乙"},
        {"do": "place", "building": "3", "households": 100},
        {"do": "place", "building": "3", "area": "东区", "assistant": "样例乙"},
        {"do": "units", "building": "3", "units": ["3-1-101"]},
        {"do": "log", "key": "c1", "text": "甲", "unit": "3-1-101", "category": "facility", "responsibility": "own"},
        {"do": "assign", "key": "c1", "person": "样例乙"},
        {"do": "escalate", "key": "c1", "level": "supervisor"},
        {"do": "staff-left", "name": "样例甲", "on": "2026-11-30"},
    ]
    told = [{"at": f"2026-11-20 10:{number:02}", "by": "clerk", **step} for number, step in enumerate(steps)]
    assert len(list(play(desk("23:00"), told))) == len(steps)
    query = desk.ledger.query
    assert [(row["code"], row["area"], row["assistant"], row["households"]) for row in register.buildings(query)] == [
        ("3", "东区", 2, 100)
    ]
    assert [(row["role"], row["left_at"]) for row in register.staff(query)] == [
        ("supervisor", desk.moment("2026-12-01 00:00")),
        ("department", None),
    ]
    life = desk.life("1")
    assert life.course.department == "工程部"
    assert [entry.private for entry in life.entries if entry.kind == "referred"] == [{"to": "样例甲"}]
