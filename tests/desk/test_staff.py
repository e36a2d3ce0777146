"""The register of people: what is kept, what is refused, and that nothing about it is lost or half-written."""

import pytest

from complaintctl.desk import department, keep, places, replay
from complaintctl.desk.people import present, role_of, somebody
from complaintctl.desk.refused import OthersRestOnIt
from complaintctl.desk.refused_people import (
    DepartmentClosed,
    LeftAlready,
    NameTaken,
    NearlyADepartment,
    PersonLeft,
    SeveralOfThatName,
    SuperiorCycle,
    UnknownDepartment,
)
from complaintctl.desk.staff import Particulars, add, change, leave
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep, FutureMoment, NotFound
from complaintctl.ledger import people as register


def joins(desk, name, role="desk", when="09:00", actor="clerk", **told):
    return add(desk(when, actor), Particulars(name, role, **told)).after.id


def rows(desk):
    return {row["id"]: row for row in register.staff(desk.ledger.query)}


def sound(desk):
    """The chain holds, the rows are those folded anew, and rebuilding gives the same ones."""
    before = rows(desk), register.departments(desk.ledger.query), register.buildings(desk.ledger.query)
    assert keep.verify(desk("23:00")).findings == []
    replay.rebuild(desk("23:00"))
    assert before == (rows(desk), register.departments(desk.ledger.query), register.buildings(desk.ledger.query))
    return True


def test_what_is_told_is_kept_names_and_phones_apart(desk):
    joins(desk, "样例甲", "经理")
    number = joins(
        desk, " 样例  乙 ", "Supervisor", department="客服部", area="东区", superior="样例甲", phone="15400000001"
    )
    row = rows(desk)[number]
    assert (row["name"], row["role"], row["department"], row["area"]) == ("样例 乙", "supervisor", "客服部", "东区")
    assert row["superior"] == 1 and row["since"] == desk.moment("09:00") and row["left_at"] is None
    assert desk("09:00").thing("staff", number).phone == "15400000001"
    for entry in desk.ledger.entries("staff/2"):
        assert "样例" not in str(entry.body) and "15400000001" not in str(entry.body)
    assert sound(desk)


def test_roles_are_those_of_the_procedure_in_either_language(desk):
    procedure = desk("09:00").procedure
    assert {role_of(procedure, name) for name in ("manager", "经理", "MANAGER")} == {"manager"}
    error = desk.refuses(BadValue, lambda: joins(desk, "样例甲", "老大"))
    assert error.exit_code == 2 and len(error.values["expected"]) == len(procedure.roles)


@pytest.mark.parametrize("name", ["12", "１２", "  "])
def test_a_number_is_no_name(desk, name):
    desk.refuses(BadValue, lambda: joins(desk, name))


def test_one_name_stands_for_one_person_who_is_there(desk):
    joins(desk, "样例甲")
    error = desk.refuses(NameTaken, lambda: joins(desk, "样例甲", when="10:00"))
    assert (error.exit_code, error.rule, error.values["id"]) == (4, "name-taken", 1)
    joins(desk, "样例乙")
    desk.refuses(NameTaken, lambda: change(desk("10:00"), "2", Particulars(name="样例甲")))
    leave(desk("11:00"), "样例甲")
    assert joins(desk, "样例甲", when="11:01") == 3
    # Who left before and who is there now: the name means the one who is there.
    assert somebody(desk("12:00"), "样例甲").id == 3
    desk.refuses(NameTaken, lambda: change(desk("12:00"), "1", Particulars(), ["left"]))


def test_of_several_who_left_an_id_is_asked_for(desk):
    for came, went in (("09:00", "09:30"), ("09:40", "09:50")):
        joins(desk, "样例甲", when=came)
        leave(desk(went), "样例甲")
    error = desk.refuses(SeveralOfThatName, lambda: somebody(desk("10:00"), "样例甲"))
    assert (error.exit_code, error.values["ids"]) == (2, ["1", "2"])
    assert somebody(desk("10:00"), "２").id == 2
    desk.refuses(NotFound, lambda: somebody(desk("10:00"), "3"))
    desk.refuses(NotFound, lambda: somebody(desk("10:00"), "样例丙"))


def test_nobody_is_above_himself_over_however_many(desk):
    for name, superior in (("样例甲", None), ("样例乙", "样例甲"), ("样例丙", "样例乙")):
        joins(desk, name, superior=superior)
    error = desk.refuses(SuperiorCycle, lambda: change(desk("10:00"), "样例甲", Particulars(superior="样例丙")))
    assert (error.exit_code, error.rule) == (4, "superior-cycle")
    assert error.values["chain"] == "样例甲 → 样例丙 → 样例乙 → 样例甲"
    desk.refuses(SuperiorCycle, lambda: change(desk("10:00"), "样例甲", Particulars(superior="样例甲")))
    leave(desk("10:00"), "样例丙")
    desk.refuses(PersonLeft, lambda: joins(desk, "样例丁", superior="样例丙", when="10:00"))
    desk.refuses(NotFound, lambda: joins(desk, "样例丁", superior="样例戊"))


def test_what_stands_so_already_writes_nothing(desk):
    joins(desk, "样例甲", phone="15400000001")
    head = desk.ledger.head()
    done = change(desk("10:00"), "样例甲", Particulars(role="desk", phone="15400000001"))
    assert done.before == done.after and desk.ledger.head() == head
    done = change(desk("10:00"), "样例甲", Particulars(area="东区"), ["phone"])
    assert (done.after.area, done.after.phone) == ("东区", None)
    done = change(desk("10:30"), "样例甲", Particulars(phone="15400000002"), ["area"])
    assert (done.after.area, done.after.phone) == (None, "15400000002")
    assert sound(desk)


def test_leaving_has_a_moment_and_what_was_done_stays(desk):
    joins(desk, "样例甲", when="2026-11-18 09:00")
    desk.refuses(BeforeStep, lambda: leave(desk("10:00"), "样例甲", desk.moment("2026-11-18 08:59")))
    done = leave(desk("10:00"), "样例甲", desk.moment("2026-11-30 00:00"))
    assert done.after.left_at == desk.moment("2026-11-30 00:00")
    assert present(desk("10:00"), "样例甲", desk.moment("2026-11-29 23:59")).id == 1
    with pytest.raises(PersonLeft):
        present(desk("10:00"), "样例甲", desk.moment("2026-11-30 00:00"))
    error = desk.refuses(LeftAlready, lambda: leave(desk("11:00"), "样例甲"))
    assert (error.exit_code, error.rule) == (4, "left-already")
    assert [entry.kind for entry in desk.ledger.entries("staff/1")] == ["registered", "left"]
    desk.refuses(FutureMoment, lambda: joins(desk, "样例乙", since=desk.moment("09:01")))


def test_who_leaves_is_named_where_others_still_need_him(desk):
    joins(desk, "样例甲", "manager")
    joins(desk, "样例乙", superior="样例甲")
    department.keep_department(desk("09:00"), "工程部", department.Particulars(head="样例甲"))
    places.add(desk("09:00"), "3", places.Particulars(assistant="样例甲"))
    done = leave(desk("10:00"), "样例甲")
    assert [one.text.values["names"] for one in done.remarks] == [["样例乙"], ["工程部"], ["3"]]


# ---- departments


def test_departments_are_kept_and_changed_by_their_name(desk):
    told = department.Particulars(["facility", "building", "facility"])
    first = department.keep_department(desk("09:00"), " 工程部 ", told)
    assert first.before is None and first.after.categories == ("facility", "building")
    head = desk.ledger.head()
    assert department.keep_department(desk("09:01"), "工程部", told).after == first.after and desk.ledger.head() == head
    joins(desk, "样例甲")
    done = department.keep_department(desk("09:02"), "工程部", department.Particulars(head="样例甲", open=False))
    assert (done.after.head, done.after.closed_at) == (1, desk.moment("09:02"))
    done = department.keep_department(desk("09:03"), "工程部", department.Particulars(open=True), ["head", "category"])
    assert (done.after.head, done.after.closed_at, done.after.categories) == (None, None, ())
    assert sound(desk)


def test_a_name_that_is_no_department_is_a_slip_once_there_are_some(desk):
    office = desk("09:00")
    assert department.checked(office, "随便", office.now) == "随便"
    department.keep_department(office, "工程部", department.Particulars())
    joins(desk, "样例甲", department="工程部")
    error = desk.refuses(NearlyADepartment, lambda: department.checked(desk("09:01"), "工程步", office.now))
    assert (error.exit_code, error.code, error.values["near"]) == (2, "bad-value", ["工程部"])
    error = desk.refuses(UnknownDepartment, lambda: joins(desk, "样例乙", department="保安"))
    assert error.values["known"] == ["工程部"]
    department.keep_department(desk("10:00"), "工程部", department.Particulars(open=False))
    assert department.checked(desk("10:01"), "工程部", desk.moment("09:59")) == "工程部"
    error = desk.refuses(DepartmentClosed, lambda: department.checked(desk("10:01"), "工程部", desk.moment("10:00")))
    assert (error.exit_code, error.rule) == (4, "department-closed")


# ---- taking back, erasing, looking back


def test_what_was_written_about_people_is_taken_back(desk):
    joins(desk, "样例甲")
    change(desk("10:00"), "样例甲", Particulars(role="manager"))
    leave(desk("11:00"), "样例甲")
    undo(desk("12:00"))
    undo(desk("12:01"))
    row = rows(desk)[1]
    assert (row["role"], row["left_at"]) == ("desk", None)
    undo(desk("12:02"))
    assert rows(desk) == {} and present(desk("12:03"), "样例甲", desk.moment("12:03")) is None
    assert joins(desk, "样例甲", when="12:04") == 2
    assert sound(desk)


def test_nobody_is_taken_back_on_whom_others_rest(desk):
    joins(desk, "样例甲", actor="甲")
    joins(desk, "样例乙", actor="乙", superior="样例甲")
    error = desk.refuses(OthersRestOnIt, lambda: undo(desk("10:00", "甲")))
    assert error.rule == "others-rest-on-it"
    change(desk("10:00", "乙"), "样例乙", Particulars(), ["superior"])
    undo(desk("10:01", "甲"))
    assert list(rows(desk)) == [2] and sound(desk)


@pytest.mark.parametrize("named_by", ["staff", "department", "building"])
def test_nobody_is_named_again_who_was_taken_back_meanwhile(desk, named_by):
    joins(desk, "样例甲", actor="甲")
    if named_by == "staff":
        joins(desk, "样例乙", actor="乙", superior="样例甲")
        change(desk("10:00", "丙"), "样例乙", Particulars(), ["superior"])
    elif named_by == "department":
        department.keep_department(desk("09:30", "乙"), "工程部", department.Particulars(head="样例甲"))
        department.keep_department(desk("10:00", "丙"), "工程部", department.Particulars(), ["head"])
    else:
        places.add(desk("09:30", "乙"), "3", places.Particulars(assistant="样例甲"))
        places.change(desk("10:00", "丙"), "3", places.Particulars(), ["assistant"])
    undo(desk("10:01", "甲"))
    desk.refuses(OthersRestOnIt, lambda: undo(desk("10:02", "丙")))
    assert sound(desk)


def test_taking_back_makes_no_circle_and_no_second_bearer_of_a_name(desk):
    joins(desk, "样例甲")
    joins(desk, "样例乙", superior="样例甲")
    change(desk("10:00", "甲"), "样例乙", Particulars(), ["superior"])
    change(desk("10:01", "乙"), "样例甲", Particulars(superior="样例乙"))
    desk.refuses(OthersRestOnIt, lambda: undo(desk("10:02", "甲")))
    leave(desk("11:00", "丙"), "样例乙")
    joins(desk, "样例乙", when="11:01")
    desk.refuses(OthersRestOnIt, lambda: undo(desk("11:02", "丙")))


def test_somebody_is_erased_and_only_the_role_is_left(desk):
    joins(desk, "样例甲", "manager", phone="15400000001", superior=None)
    change(desk("10:00"), "样例甲", Particulars(name="样例乙"))
    assert keep.forget(desk("11:00"), "staff/1", "已离职") == 2
    row = rows(desk)[1]
    assert (row["name"], row["role"]) == (None, "manager")
    assert desk("11:01").thing("staff", 1).phone is None
    raw = desk.ledger.path
    with open(raw, "rb") as file:  # noqa: PTH123 - bytes of the ledger
        content = file.read()
    assert "样例甲".encode() not in content and b"15400000001" not in content
    assert sound(desk)


def test_the_register_as_it_was(desk):
    joins(desk, "样例甲", when="09:00")
    change(desk("10:00"), "样例甲", Particulars(role="manager"))
    leave(desk("11:00"), "样例甲")

    def then(when):
        return [(row["role"], row["left_at"]) for row in register.staff(replay.as_of(desk("12:00"), desk.moment(when)))]

    assert then("08:59") == []
    assert then("09:59") == [("desk", None)] and then("10:00") == [("manager", None)]
    assert then("11:00") == [("manager", desk.moment("11:00"))]
