"""Who is there at a moment: what every verb that names somebody asks of the register."""

import pytest

from complaintctl.desk.people import areas, departments, present
from complaintctl.desk.refused_people import PersonLeft


def registered(desk, when, name, left=None, **body):
    """Put somebody into the register; return the id."""
    office = desk(when)
    with office.command() as command:
        subject = command.new_thing("staff")
        command.write(subject, "registered", office.now, {"role": "desk", "since": office.now, **body}, {"name": name})
        if left is not None:
            command.write(subject, "left", office.now, {"left_at": desk.moment(left)})
    return int(subject.partition("/")[2])


def test_a_name_that_nobody_registered_is_nobody(desk):
    office = desk("09:00")
    assert present(office, "样例甲", office.now) is None
    assert areas(office) == () and departments(office.query) == []


def test_somebody_is_there_until_the_moment_of_leaving(desk):
    number = registered(desk, "09:00", "样例甲", left="18:00", department="工程部", area="东区")
    office = desk("20:00")
    found = present(office, " 样例甲 ", desk.moment("17:59"))
    assert (found.id, found.name, found.role) == (number, "样例甲", "desk")
    assert (found.department, found.area) == ("工程部", "东区")
    for when in ("18:00", "18:01"):
        with pytest.raises(PersonLeft) as caught:
            present(office, "样例甲", desk.moment(when))
    assert caught.value.exit_code == 4 and caught.value.rule == "left"
    assert caught.value.values == {"person": "样例甲", "at": "2026-11-20 18:00", "clause": ""}
    assert areas(office) == ("东区",)


def test_who_came_back_is_there_again(desk):
    registered(desk, "09:00", "样例甲", left="10:00")
    again = registered(desk, "11:00", "样例甲")
    assert present(desk("12:00"), "样例甲", desk.moment("12:00")).id == again
