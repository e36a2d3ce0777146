"""One event, many households: when it is collective, and what is done once for all of them."""

from typing import Any

import pytest

from complaintctl.desk import keep
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.escalate import escalate
from complaintctl.desk.link import link
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import LinkedAlready, NotAssigned, NotLinked
from complaintctl.desk.resolve import Result, resolve, resolve_event
from complaintctl.desk.undo import undo
from complaintctl.errors import NotFound


def homes(desk: Any, count: int, **told: Any) -> list[str]:
    """Take down complaints of so many homes, one a minute from 10:01 on."""
    return [desk.take(f"10:{n:02}", unit=f"3-1-{n}01", **told) for n in range(1, count + 1)]


def collective(desk: Any, name: str, when: str = "12:00") -> bool:
    return bool(desk.known(name, when)["collective"] == "yes")


def manager(desk: Any, name: str, when: str) -> tuple[str, str | None] | None:
    return desk.clocks(name, when).get("C-collective")  # type: ignore[no-any-return]


# ---- how it becomes collective


@pytest.mark.parametrize(("households", "yes"), [(1, False), (4, False), (5, True), (60, True)])
def test_by_the_households_told(desk: Any, households: int, yes: bool) -> None:
    name = desk.take("10:00", households=households)
    assert collective(desk, name) is yes
    assert (manager(desk, name, "10:00") == ("running", "2026-11-20 10:10")) is yes


def test_by_households_learnt_later(desk: Any) -> None:
    name = desk.take("10:00")
    amend(desk("10:30"), name, Correction({"households": 7}))
    assert manager(desk, name, "10:30") == ("running", "2026-11-20 10:40")


def test_by_links_since_the_fifth_ones_receipt(desk: Any) -> None:
    names = homes(desk, 5)
    link(desk("10:06"), names[:4])
    assert not any(collective(desk, name) for name in names)
    done = link(desk("10:08"), [names[0], names[4]])
    assert [one.life.id for one in done] == [1, 2, 3, 4, 5]
    for name in names:
        assert collective(desk, name)
        assert manager(desk, name, "10:08") == ("running", "2026-11-20 10:15")
    assert not any(collective(desk, name, "10:04") for name in names[:4])


def test_a_home_that_complains_twice_counts_once(desk: Any) -> None:
    names = [*homes(desk, 4), desk.take("10:05", unit="3-1-101")]
    link(desk("10:06"), names)
    assert not any(collective(desk, name) for name in names)
    other = desk.take("10:07", unit="3-1-901")
    link(desk("10:08"), [names[0], other])
    assert collective(desk, names[0]) and manager(desk, names[0], "10:08") == ("running", "2026-11-20 10:17")


def test_households_told_and_links_add_up(desk: Any) -> None:
    names = [desk.take("10:01", households=3), desk.take("10:02", unit="3-2-101", households=2)]
    link(desk("10:03"), names)
    assert all(collective(desk, name) for name in names)


def test_who_suggests_or_asks_does_not_complain(desk: Any) -> None:
    names = [*homes(desk, 3), desk.take("10:04", unit="3-1-401", kind="inquiry")]
    done = link(desk("10:06"), [*names, desk.take("10:05", unit="3-1-501", kind="suggestion")])
    assert [(one.life.number, [remark.code for remark in one.remarks]) for one in done] == [
        ("TS202611-0001", ["not-counted"]),
        *((f"TS202611-000{n}", []) for n in range(2, 6)),
    ]
    assert desk.known(names[0], "10:06")["households"] == 3
    link(desk("10:07"), [names[0], desk.take("10:07", unit="3-1-601")])
    assert desk.known(names[0], "10:07")["households"] == 4
    # What was taken for a question was a complaint after all, and the fifth household.
    amend(desk("10:08"), names[3], Correction({"kind": "complaint"}))
    assert desk.known(names[0], "10:08")["households"] == 5 and collective(desk, names[0])
    amend(desk("10:09"), names[3], Correction({"kind": "inquiry"}))
    assert desk.known(names[0], "10:09")["households"] == 4


def test_two_events_joined_are_one(desk: Any) -> None:
    names = homes(desk, 6)
    link(desk("10:10"), names[3:])
    link(desk("10:11"), names[:3])
    link(desk("10:12"), [names[5], names[2]])
    assert {desk("10:12").query.complaint(int(name))["event"] for name in names} == {1}
    assert all(collective(desk, name) for name in names)


# ---- what a link is refused for


def test_a_link_needs_two_that_are_not_linked_yet(desk: Any) -> None:
    names = homes(desk, 3)
    before = desk.ledger.head()
    for wrong in ([names[0]], [names[0], names[0]], [names[0], "TS202611-0001"], []):
        with pytest.raises(NotLinked):
            link(desk("10:10"), wrong)
    with pytest.raises(NotFound):
        link(desk("10:10"), [names[0], "99"])
    assert desk.ledger.head() == before
    link(desk("10:10"), names)
    before = desk.ledger.head()
    with pytest.raises(LinkedAlready):
        link(desk("10:11"), [names[2], names[0]])
    assert desk.ledger.head() == before


# ---- what happens once for the event


def linked(desk: Any) -> list[str]:
    names = homes(desk, 5)
    link(desk("10:06"), names)
    return names


def test_a_referral_of_one_counts_for_all(desk: Any) -> None:
    names = linked(desk)
    done = escalate(desk("10:15"), names[2], "manager", to="王经理", opinion="现场查看")
    assert [one.code for one in done.remarks] == ["event"]
    assert done.remarks[0].text.values["numbers"] == [f"TS202611-000{n}" for n in (1, 2, 4, 5)]
    for name in names:
        assert manager(desk, name, "10:15") == ("met", "2026-11-20 10:15")
    assert desk.life(names[0]).entries[-1].private == {"to": "王经理", "opinion": "现场查看"}
    assert keep.verify(desk("10:20")).findings == []


def test_a_referral_too_low_or_of_another_ground_is_its_own(desk: Any) -> None:
    names = linked(desk)
    assert escalate(desk("10:10"), names[0], "2").remarks == ()
    lone = desk.take("10:07", fault=True)
    assert escalate(desk("10:11"), lone, "3").remarks == ()
    assert manager(desk, names[1], "10:11") == ("running", "2026-11-20 10:15")


def test_the_special_report_is_written_once(desk: Any) -> None:
    names = linked(desk)
    done = record(desk("10:30"), [names[0]], Record(["special-report", "contacted"], "水泵故障"))[0]
    assert [one.code for one in done.remarks] == ["event"]
    for name in names:
        assert desk.clocks(name, "10:30")["C-special-report"][0] == "done"
    # The first word is owed to each household by itself.
    assert desk.clocks(names[0], "10:30")["C-contacted-2h"][0] == "met"
    assert desk.clocks(names[1], "10:30")["C-contacted-2h"][0] == "running"


def test_who_is_linked_later_finds_done_what_was_done_for_the_event(desk: Any) -> None:
    names = linked(desk)
    escalate(desk("10:10"), names[0], "3")
    record(desk("10:12"), [names[0]], Record(["special-report"]))
    sixth = desk.take("11:00", unit="3-2-101")
    link(desk("12:00"), [names[0], sixth])
    assert manager(desk, sixth, "12:00") == ("met", "2026-11-20 11:10")
    assert desk.clocks(sixth, "12:00")["C-special-report"][0] == "done"
    assert desk.done(names[0]).count("referred") == 1


def test_undoing_it_takes_it_back_from_all(desk: Any) -> None:
    names = linked(desk)
    escalate(desk("10:10"), names[0], "3")
    undo(desk("10:11"))
    for name in names:
        assert manager(desk, name, "10:11") == ("running", "2026-11-20 10:15")
    undo(desk("10:12"))
    assert not any(collective(desk, name) for name in names)
    assert keep.verify(desk("10:20")).findings == []


def test_what_is_closed_is_left_alone(desk: Any) -> None:
    names = linked(desk)
    resolve(desk("10:07"), names[4], Result("撤回", "withdrawn"))
    escalate(desk("10:10"), names[0], "3")
    assert "referred" not in desk.done(names[4])


def test_one_resolution_can_answer_all_but_each_is_told(desk: Any) -> None:
    names = linked(desk)
    assign(desk("10:08"), names[:4], "工程部")
    before = desk.ledger.head()
    with pytest.raises(NotAssigned):
        resolve_event(desk("11:00"), names[0], Result("水泵已换"))
    assert desk.ledger.head() == before
    assign(desk("10:09"), names[4:], "工程部")
    resolve(desk("10:30"), names[3], Result("先行处理"))
    done = resolve_event(desk("11:00"), names[0], Result("水泵已换"))
    assert [one.life.id for one in done] == [1, 2, 3, 5]
    assert {desk.life(name).stage for name in names} == {"resolved"}
    notify(desk("11:30"), names[0], Told(["visit"], True))
    assert [desk.life(name).stage for name in names] == ["notified", *["resolved"] * 4]


def test_a_complaint_of_its_own_resolves_alone(desk: Any) -> None:
    name, other = desk.take("09:00"), desk.take("09:01")
    assign(desk("09:05"), [name, other], "工程部")
    assert [one.life.id for one in resolve_event(desk("10:00"), name, Result("处理完毕"))] == [int(name)]
