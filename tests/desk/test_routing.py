"""Where complaints go and to whom: proposed from the registers, marked as proposed, refused where it cannot be."""

import pytest

from complaintctl.desk.assign import assign
from complaintctl.desk.department import Particulars as Department
from complaintctl.desk.department import keep_department
from complaintctl.desk.escalate import escalate
from complaintctl.desk.people import at_rung
from complaintctl.desk.places import Particulars as Place
from complaintctl.desk.places import add as build
from complaintctl.desk.refused_people import DepartmentClosed, NoDepartment, PersonLeft, UnknownDepartment
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.staff import Particulars, add, leave
from complaintctl.desk.undo import undo
from complaintctl.ledger import people as register


def department(desk, name, *categories, when="08:00", **told):
    keep_department(desk(when), name, Department(categories or None, **told))


def joins(desk, name, role="department", **told):
    return add(desk("08:00"), Particulars(name, role, **told)).after.id


def body(desk, name, kind="assigned"):
    entry = [one for one in desk.life(name).entries if one.kind == kind][-1]
    return {key: value for key, value in entry.body.items() if key != "pinned"}


def test_with_empty_registers_everything_is_as_typed(desk):
    one = desk.take("09:00")
    done = assign(desk("09:05"), [one], "随便 什么", person="样例甲")[0]
    assert body(desk, one) == {"department": "随便 什么"} and (done.remarks, done.proposals) == ((), ())
    done = escalate(desk("09:06"), one, "manager")
    assert body(desk, one, "referred") == {"rung": 3} and done.proposals == ()
    two = desk.take("09:06", unit="3-1-502")
    desk.refuses(NoDepartment, lambda: assign(desk("09:07"), [two], None))


def test_the_department_that_alone_answers_for_the_category_is_proposed(desk):
    department(desk, "工程部", "facility", "building")
    department(desk, "秩序部", "order", "noise")
    one, two = desk.take("09:00", category="facility"), desk.take("09:00", category="noise", unit="3-1-502")
    first, second = assign(desk("09:05"), [one, two], None)
    assert body(desk, one) == {"department": "工程部", "proposed": ["department"]}
    assert desk.life(two).course.department == "秩序部"
    assert [tuple(done.proposals[0]) for done in (first, second)] == [
        ("department", "工程部", ("facility",), "category"),
        ("department", "秩序部", ("noise",), "category"),
    ]
    # What is typed holds, and is no proposal.
    done = assign(desk("09:06"), [one], "秩序部")[0]
    assert done.proposals == () and body(desk, one) == {"department": "秩序部"}


@pytest.mark.parametrize("also", [(), ("noise",)])
def test_none_is_proposed_where_none_or_several_answer(desk, also):
    department(desk, "工程部", "facility", *also)
    if also:
        department(desk, "秩序部", *also)
    one = desk.take("09:00", category="noise")
    error = desk.refuses(NoDepartment, lambda: assign(desk("09:05"), [one], None))
    assert error.exit_code == 2 and "工程部" in error.values["known"] and error.values["id"] == 1


def test_one_that_cannot_go_keeps_the_others_back(desk):
    department(desk, "工程部", "facility")
    one, two = desk.take("09:00", category="facility"), desk.take("09:00", category="noise", unit="3-1-502")
    desk.refuses(NoDepartment, lambda: assign(desk("09:05"), [one, two], None))
    assert "dispatched" not in desk.done(one)


def test_a_closed_department_is_not_proposed_and_not_taken(desk):
    department(desk, "工程部", "facility")
    department(desk, "工程部", when="09:10", open=False)
    one = desk.take("09:00", category="facility")
    assert desk.refuses(DepartmentClosed, lambda: assign(desk("09:20"), [one], "工程部")).rule == "department-closed"
    desk.refuses(NoDepartment, lambda: assign(desk("09:20"), [one], None))
    # At a moment before it was closed it still was there.
    assign(desk("09:20"), [one], None, at=desk.moment("09:09"))
    assert desk.life(one).course.department == "工程部"


def test_where_it_is_already_it_is_not_proposed_again_but_after_a_reopening_it_is(desk):
    department(desk, "工程部", "facility")
    one = desk.take("09:00", category="facility")
    assign(desk("09:05"), [one], None)
    desk.refuses(NoDepartment, lambda: assign(desk("09:06"), [one], None))
    resolve(desk("10:00"), one, Result("修好", form_returned=True))
    reopen(desk("11:00"), one, reason="又坏了")
    assign(desk("11:05", "other"), [one], None)
    assert desk.done(one).count("dispatched") == 2


def test_a_slip_is_refused_and_a_new_department_is_registered_with_the_dispatch(desk):
    department(desk, "工程部", "facility")
    one, two = desk.take("09:00"), desk.take("09:00", unit="3-1-502")
    error = desk.refuses(UnknownDepartment, lambda: assign(desk("09:05"), [one], "工程步"))
    assert error.exit_code == 2 and "--new-department" in error.hint
    assign(desk("09:06"), [one, two], "绿化 部", new_department=True)
    assert [row["name"] for row in register.departments(desk.ledger.query)] == ["工程部", "绿化 部"]
    assert body(desk, one) == body(desk, two) == {"department": "绿化 部"}
    assign(desk("09:07"), [one], "绿化 部", new_department=True)
    assert len(register.departments(desk.ledger.query)) == 2
    undo(desk("09:08"))
    undo(desk("09:09"))
    assert [row["name"] for row in register.departments(desk.ledger.query)] == ["工程部"]
    assert desk.life(one).course.department is None


def test_the_persons_department_comes_before_the_category(desk):
    department(desk, "工程部", "facility")
    department(desk, "秩序部", "noise")
    number = joins(desk, "样例甲", department="工程部")
    one = desk.take("09:00", category="noise")
    done = assign(desk("09:05"), [one], None, person="样例甲")[0]
    assert tuple(done.proposals[0]) == ("department", "工程部", ("样例甲",), "person")
    assert body(desk, one) == {"department": "工程部", "proposed": ["department"], "staff": number}
    done = assign(desk("09:06"), [one], "秩序部", person="样例甲")[0]
    assert [one.code for one in done.remarks] == ["other-department"]
    assert assign(desk("09:07"), [one], "秩序部", person="样例乙")[0].remarks == ()
    assert body(desk, one) == {"department": "秩序部"}


def test_nobody_who_has_left_takes_anything_on(desk):
    joins(desk, "样例甲")
    one = desk.take("09:00")
    leave(desk("10:00"), "样例甲")
    error = desk.refuses(PersonLeft, lambda: assign(desk("10:30"), [one], "工程部", person="样例甲"))
    assert (error.exit_code, error.rule) == (4, "left")
    desk.refuses(PersonLeft, lambda: assign(desk("10:30"), [one], "工程部", person="样例甲", at=desk.moment("10:00")))
    desk.refuses(PersonLeft, lambda: escalate(desk("10:30"), one, "manager", to="样例甲"))
    assign(desk("10:30"), [one], "工程部", person="样例甲", at=desk.moment("09:59"))
    assert body(desk, one)["staff"] == 1


def test_who_leaves_is_told_what_he_took_on_and_is_not_resolved(desk):
    joins(desk, "样例甲")
    taken = [desk.take("09:00", unit=f"3-1-50{number}") for number in range(4)]
    assign(desk("09:05"), taken, "工程部", person="样例甲")
    assign(desk("09:06"), [taken[1]], "工程部", person="别人")
    assign(desk("09:07"), [taken[2]], "工程部", person="别人")
    undo(desk("09:08"))
    resolve(desk("09:09"), taken[3], Result("修好", form_returned=True))
    (remark,) = leave(desk("10:00"), "样例甲").remarks
    assert remark.code == "still-handles"
    assert remark.text.values == {"count": 2, "numbers": ["TS202611-0001", "TS202611-0003"]}


def test_the_person_at_the_rung_is_proposed_and_marked(desk):
    joins(desk, "样例总", "general-manager")
    joins(desk, "样例经", "manager", superior="样例总")
    joins(desk, "样例主", "supervisor", superior="样例经")
    joins(desk, "样例甲", superior="样例主")
    department(desk, "工程部", "facility")
    one = desk.take("09:00", category="facility")
    assign(desk("09:05"), [one], None, person="样例甲")
    office, life = desk("09:06"), desk.life(one)
    assert [getattr(at_rung(office, life, rung), "name", None) for rung in (1, 2, 3, 4, 5)] == [
        *(None, "样例主", "样例经", "样例总", None)
    ]
    done = escalate(desk("09:07"), one, "company", opinion="尽快")
    assert tuple(done.proposals[0]) == ("to", "样例总", (), "ladder")
    assert body(desk, one, "referred") == {"rung": 4, "staff": 1, "proposed": ["to"]}
    entry = [one for one in desk.life(one).entries if one.kind == "referred"][-1]
    assert entry.private == {"to": "样例总", "opinion": "尽快"}
    done = escalate(desk("09:08"), one, "manager", to="管理处主任")
    assert done.proposals == () and body(desk, one, "referred") == {"rung": 3}


def test_before_the_dispatch_the_head_is_that_of_the_department_which_will_get_it(desk):
    joins(desk, "样例甲", "department-head", department="工程部")
    joins(desk, "样例乙", "department-head", department="秩序部")
    department(desk, "工程部", "facility", head="样例甲")
    department(desk, "秩序部", "noise", head="样例乙")
    one = desk.take("09:00", category="noise")
    assert at_rung(desk("09:01"), desk.life(one), 1).name == "样例乙"
    assign(desk("09:02"), [one], "工程部")
    assert at_rung(desk("09:03"), desk.life(one), 1).name == "样例甲"


def test_of_two_supervisors_it_is_that_of_the_buildings_area(desk):
    joins(desk, "样例东", "supervisor", area="东区")
    joins(desk, "样例西", "supervisor", area="西区")
    build(desk("08:00"), "3", Place(area="西区"))
    build(desk("08:00"), "5", Place())
    west, nowhere = desk.take("09:00"), desk.take("09:00", unit="5-1-101")
    assert at_rung(desk("09:01"), desk.life(west), 2).name == "样例西"
    assert at_rung(desk("09:01"), desk.life(nowhere), 2) is None
