"""What stands beside a complaint: like ones of other households, the home's earlier ones, who handled it before."""

from typing import Any

import pytest

from complaintctl.desk import keep, site
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.hindsight import life_as_of
from complaintctl.desk.link import link
from complaintctl.desk.log import Intake, log, preview
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.related import Beside, beside, handled_before
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.undo import undo


def water(desk: Any, when: str, unit: str | None, **told: Any) -> str:
    return str(desk.take(when, **{"text": "家里停水了", "category": "facility", "unit": unit, **told}))


def seen(desk: Any, when: str, **told: Any) -> Beside:
    """What the clerk would be shown of a complaint that is being typed in."""
    facts = {"text": "停水了", "category": "facility", "channel": "phone", "unit": "5-1-101", **told}
    office = desk(when)
    return beside(office, preview(office, Intake({name: one for name, one in facts.items() if one is not None})))


def like(desk: Any, when: str, **told: Any) -> list[int]:
    return [one.id for one in seen(desk, when, **told).like]


# ---- others of the same thing


def test_another_household_is_named_with_its_reasons(desk: Any) -> None:
    water(desk, "09:00", "3-1-501", text="3栋停水了")
    before = desk.ledger.head()
    (found,) = seen(desk, "10:00").like
    assert (found.id, found.number, found.category, found.building) == (1, "TS202611-0001", "facility", "3")
    assert found.received_at == desk.moment("09:00") and found.event is None
    assert found.because == ("text", "site-wide", "category") and found.words == ("停水",)
    assert found.private["text"] == "3栋停水了"
    assert desk.ledger.head() == before


def test_three_days_are_counted_to_the_minute_both_ways(desk: Any) -> None:
    water(desk, "2026-11-20 09:00", "3-1-501")
    assert like(desk, "2026-11-23 08:59") == [1]
    assert like(desk, "2026-11-23 09:00") == [1]
    assert like(desk, "2026-11-23 09:01") == []
    # What is taken down late is compared with what came after it, too.
    office = desk("2026-11-23 10:00")
    for day, found in (("2026-11-17 09:00", [1]), ("2026-11-17 08:59", [])):
        life = preview(office, Intake({"text": "停水了", "category": "facility"}, at=desk.moment(day)))
        assert [one.id for one in beside(office, life).like] == found


def test_how_near_in_time_is_the_sites_own(desk: Any) -> None:
    water(desk, "2026-11-20 09:00", "3-1-501")
    site.set_parameters(desk("2026-11-20 10:00", "manager"), {"like-within": "2 hours"})
    assert like(desk, "2026-11-20 11:00") == [1]
    assert like(desk, "2026-11-20 11:01") == []


def test_an_open_event_counts_however_long_ago_it_began(desk: Any) -> None:
    names = [water(desk, "2026-11-01 09:00", "3-1-501"), water(desk, "2026-11-01 09:10", "3-1-502")]
    assert like(desk, "2026-11-20 09:00") == []
    link(desk("2026-11-01 09:20"), names)
    (found,) = seen(desk, "2026-11-20 09:00").like
    assert (found.id in (1, 2), found.event, found.households) == (True, 1, 2)


def test_one_of_an_event_is_enough_and_the_larger_event_goes_first(desk: Any) -> None:
    names = [water(desk, f"09:0{n}", f"3-1-{n}01") for n in range(1, 4)]
    link(desk("09:10"), names)
    alone = water(desk, "09:20", "8-1-101")
    found = seen(desk, "10:00").like
    assert [one.event or one.id for one in found] == [1, int(alone)]


def test_at_most_three_are_shown(desk: Any) -> None:
    for n in range(1, 6):
        water(desk, f"09:0{n}", f"3-1-{n}01")
    assert like(desk, "10:00") == [5, 4, 3]


@pytest.mark.parametrize("unit", ["3-1-501", "3栋1单元501室", "３－１－５０１"])
def test_the_same_household_is_no_other(desk: Any, unit: str) -> None:
    water(desk, "09:00", "3-1-501")
    assert like(desk, "10:00", unit=unit) == []
    assert like(desk, "10:00", unit="3-1-502") == [1]


def test_who_says_no_home_is_known_by_the_phone(desk: Any) -> None:
    water(desk, "09:00", None, phone="15400000001")
    assert like(desk, "10:00", phone="15400000001") == []
    assert like(desk, "10:00", phone="15400000002") == [1]
    assert like(desk, "10:00", unit=None) == [1]


def test_an_event_in_which_the_household_has_a_part_is_not_offered_again(desk: Any) -> None:
    names = [water(desk, f"09:0{n}", f"3-1-{n}01") for n in range(1, 4)]
    link(desk("09:10"), names)
    assert like(desk, "10:00", unit="3-1-201") == []
    assert seen(desk, "10:00", unit="3-1-201").earlier[0].id == 2


def test_what_is_closed_withdrawn_or_no_complaint_is_not_compared(desk: Any) -> None:
    name = water(desk, "09:00", "3-1-501")
    resolve(desk("09:05"), name, Result("撤回", "withdrawn"))
    water(desk, "09:10", "3-1-502", kind="suggestion")
    water(desk, "09:20", "3-1-503")
    undo(desk("09:21"))
    assert like(desk, "10:00") == []
    water(desk, "09:30", "3-1-504", kind="repair")
    assert like(desk, "10:00") == [4]
    assert like(desk, "10:00", kind="inquiry") == []


def test_what_was_erased_is_not_compared(desk: Any) -> None:
    name = water(desk, "09:00", "3-1-501")
    keep.forget(desk("09:10", "manager"), name, "依申请")
    assert like(desk, "10:00") == []


def test_a_complaint_taken_down_is_not_like_itself_or_its_own_event(desk: Any) -> None:
    water(desk, "09:00", "3-1-501")
    done = log(desk("10:00"), Intake({"text": "停水了", "category": "facility", "unit": "5-1-101"}, event="1"))
    assert beside(desk("10:00"), done.life).like == ()


def test_the_clerks_own_category_and_place_weigh(desk: Any) -> None:
    desk.take("09:00", text="架空层有人打麻将", category="noise", unit="5-1-301", place="5栋架空层")
    told = {"text": "架空层打牌到半夜", "unit": "7-1-201"}
    assert like(desk, "10:00", **told, category="noise", place="架空层") == [1]
    (found,) = seen(desk, "10:00", **told, category="noise", place="架空层").like
    assert "place" in found.because and "category" in found.because


# ---- the home's earlier ones


def earlier(desk: Any, when: str, unit: str = "3-1-501") -> list[tuple[Any, ...]]:
    return [(one.id, one.outcome, one.person, one.department) for one in seen(desk, when, unit=unit).earlier]


def solved(desk: Any, day: str, person: str | None = "样例工甲", **told: Any) -> str:
    name = str(desk.take(f"{day} 09:00", **{"category": "noise", **told}))
    assign(desk(f"{day} 09:05"), [name], "工程部", person=person)
    resolve(desk(f"{day} 10:00"), name, Result("已处理", "partly"))
    notify(desk(f"{day} 11:00"), name, Told(["visit"], True))
    return name


def test_what_the_home_raised_before_and_who_handled_it(desk: Any) -> None:
    solved(desk, "2026-10-03")
    desk.take("2026-11-01 09:00", category="order", unit="3栋1单元501室")
    desk.take("2026-11-02 09:00", unit="3-1-502")
    assert earlier(desk, "2026-11-20 09:00") == [(2, None, None, None), (1, "partly", "样例工甲", "工程部")]
    first = seen(desk, "2026-11-20 09:00", unit="3-1-501").earlier[-1]
    assert (first.number, first.category, first.stage) == ("TS202610-0001", "noise", "notified")
    assert (first.received_at, first.resolved_at) == (desk.moment("2026-10-03 09:00"), desk.moment("2026-10-03 10:00"))


def test_whoever_resolved_it_goes_before_whoever_took_it_over(desk: Any) -> None:
    name = str(desk.take("2026-10-03 09:00"))
    assign(desk("2026-10-03 09:05"), [name], "工程部", person="样例工甲")
    assign(desk("2026-10-03 09:30"), [name], "秩序部", person="样例工乙")
    assert earlier(desk, "2026-11-20 09:00") == [(1, None, "样例工乙", "秩序部")]
    resolve(desk("2026-10-03 10:00"), name, Result("已处理", person="样例工丙"))
    assert earlier(desk, "2026-11-20 09:00") == [(1, "solved", "样例工丙", "秩序部")]


def test_a_year_back_and_what_is_open_for_ever(desk: Any) -> None:
    solved(desk, "2026-01-03")
    withdrawn = desk.take("2026-01-04 09:00")
    resolve(desk("2026-01-04 10:00"), withdrawn, Result("撤回", "withdrawn"))
    assert [one[0] for one in earlier(desk, "2027-01-04 08:59")] == [2, 1]
    assert [one[0] for one in earlier(desk, "2027-01-04 09:00")] == [2, 1]
    # The first waits for its revisit still.
    assert [one[0] for one in earlier(desk, "2027-01-04 09:01")] == [1]


def test_the_last_five_without_the_one_being_taken_down(desk: Any) -> None:
    for day in range(1, 8):
        desk.take(f"2026-11-0{day} 09:00")
    assert [one[0] for one in earlier(desk, "2026-11-20 09:00")] == [7, 6, 5, 4, 3]
    done = log(desk("2026-11-20 09:00"), Intake({"text": "甲", "unit": "3-1-501"}))
    assert [one.id for one in beside(desk("2026-11-20 09:00"), done.life).earlier] == [7, 6, 5, 4, 3]


def test_without_a_home_nothing_is_known_before(desk: Any) -> None:
    desk.take("2026-11-01 09:00")
    assert seen(desk, "2026-11-20 09:00", unit=None).earlier == ()


# ---- raised before, with the numbers


def test_repeated_is_proposed_with_the_numbers_however_the_home_is_written(desk: Any) -> None:
    desk.take("2026-10-01 09:00", category="noise", unit="3栋1单元501")
    desk.take("2026-10-02 09:00", category="noise", unit="3-1-501")
    done = log(desk("09:00"), Intake({"text": "吵", "category": "noise", "unit": "３-１-５０１"}))
    (one,) = done.proposals
    assert (one.fact, one.value, one.rule) == ("repeated", True, "earlier-complaints")
    assert one.words == ("TS202610-0001", "TS202610-0002")


# ---- who handled it before


def hands(desk: Any, name: str, when: str = "2026-12-01 09:00") -> list[tuple[Any, ...]]:
    office = desk(when)
    found = handled_before(office, office.life(office.find(name)))
    return [(one.id, one.round, one.person, one.department, one.outcome) for one in found]


def test_a_reopened_complaint_tells_who_handled_its_earlier_rounds(desk: Any) -> None:
    name = solved(desk, "2026-11-20")
    assert hands(desk, name) == []
    reopen(desk("2026-11-21 09:00"), name)
    assert hands(desk, name) == [(1, 1, "样例工甲", "工程部", "partly")]
    assign(desk("2026-11-21 09:05"), [name], "客服部", person="样例主管")
    assert hands(desk, name) == [(1, 1, "样例工甲", "工程部", "partly")]
    resolve(desk("2026-11-21 10:00"), name, Result("重做"))
    reopen(desk("2026-11-22 09:00"), name)
    assert [one[1:4] for one in hands(desk, name)] == [(1, "样例工甲", "工程部"), (2, "样例主管", "客服部")]


def test_one_raised_several_times_tells_who_handled_the_earlier_ones_of_its_category(desk: Any) -> None:
    solved(desk, "2026-10-03")
    solved(desk, "2026-10-13", "样例工乙")
    solved(desk, "2026-10-23", "样例工丙", category="order")
    name = str(log(desk("09:00"), Intake({"text": "吵", "category": "noise", "unit": "3-1-501"})).life.id)
    assert [one[:3] for one in hands(desk, name)] == [(1, 1, "样例工甲"), (2, 1, "样例工乙")]
    amend(desk("09:10"), name, Correction({"repeated": False}, reason="不是同一件事"))
    assert hands(desk, name) == []


def test_looking_back_knows_only_who_was_written_down_by_then(desk: Any) -> None:
    name = solved(desk, "2026-11-20")
    reopen(desk("2026-11-21 09:00"), name)
    then, life = life_as_of(desk("2026-12-01 09:00"), name, desk.moment("2026-11-20 12:00"))
    assert handled_before(then, life) == []
