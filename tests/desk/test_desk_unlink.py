"""Joining an event while a complaint is taken down, and leaving one: the households are counted anew, history stays."""

from typing import Any

import pytest

from complaintctl.desk import keep
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.assign import assign
from complaintctl.desk.escalate import escalate
from complaintctl.desk.event_sheet import event_of
from complaintctl.desk.link import link, unlink
from complaintctl.desk.log import Intake, log
from complaintctl.desk.play import play
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import LinkedAlready, NotLinked, OthersRestOnIt
from complaintctl.desk.refused_event import NotInEvent
from complaintctl.desk.replay import rebuild
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.undo import undo
from complaintctl.errors import NotFound


def homes(desk: Any, count: int, **told: Any) -> list[str]:
    """Take down complaints of so many homes, one a minute from 10:01 on."""
    return [desk.take(f"10:{n:02}", unit=f"3-1-{n}01", **told) for n in range(1, count + 1)]


def linked(desk: Any, count: int = 5) -> list[str]:
    names = homes(desk, count)
    link(desk("10:06"), names)
    return names


def joins(desk: Any, when: str, event: str, unit: str | None, **told: Any) -> str:
    facts = {"text": "甲", "responsibility": "own", "channel": "phone", "unit": unit, **told}
    done = log(desk(when), Intake({name: one for name, one in facts.items() if one is not None}, event=event))
    return str(done.life.id)


def collective(desk: Any, name: str, when: str = "12:00") -> bool:
    return bool(desk.known(name, when)["collective"] == "yes")


def households(desk: Any, name: str, when: str = "12:00") -> int:
    return int(desk.known(name, when)["households"])


def manager(desk: Any, name: str, when: str) -> tuple[str, str | None] | None:
    return desk.clocks(name, when).get("C-collective")  # type: ignore[no-any-return]


def whole(desk: Any) -> bool:
    """The ledger holds, and folding everything anew gives the same rows."""
    office = desk("2026-12-30 09:00")
    before = [dict(row) for row in office.query.list_complaints(now=office.now, limit=None)]
    assert keep.verify(office).findings == []
    rebuild(office)
    return before == [dict(row) for row in office.query.list_complaints(now=office.now, limit=None)]


# ---- joining while it is taken down


def test_the_fifth_that_joins_makes_it_collective_before_at_and_after(desk: Any) -> None:
    first = desk.take("10:00", unit="3-1-101")
    names = [first, *(joins(desk, f"10:0{n}", first, f"3-1-{n}02") for n in range(1, 4))]
    assert not any(collective(desk, name) for name in names) and households(desk, first) == 4
    fifth = joins(desk, "10:10", names[2], "3-1-502")
    for name in (*names, fifth):
        assert collective(desk, name) and manager(desk, name, "10:10") == ("running", "2026-11-20 10:20")
    assert not any(collective(desk, name, "10:09") for name in names)
    sixth = joins(desk, "10:30", first, "3-1-602")
    assert households(desk, sixth) == 6 and manager(desk, sixth, "10:30") == ("running", "2026-11-20 10:40")
    assert manager(desk, first, "10:20") == ("running", "2026-11-20 10:20")
    assert manager(desk, first, "10:21") == ("overdue", "2026-11-20 10:20")
    assert whole(desk)


def test_it_is_one_command(desk: Any) -> None:
    first = desk.take("10:00")
    other = joins(desk, "10:01", first, "3-1-502")
    batches = {entry.batch for entry in desk.life(other).entries}
    assert len(batches) == 1 and desk.life(first).entries[-1].batch in batches
    assert [entry.kind for entry in desk.life(other).entries] == ["logged", "linked"]
    assert event_of(desk("10:02"), other).lead.id == int(first)


def test_the_same_household_twice_counts_once_however_it_is_written(desk: Any) -> None:
    first = desk.take("10:00", unit="3-1-101", phone="15400000001")
    for n, unit in enumerate(("3栋1单元101室", "３-１-１０１", "3-1-201", "3-1-301", "3-1-401"), 1):
        joins(desk, f"10:0{n}", first, unit)
    assert households(desk, first) == 4 and not collective(desk, first)
    # The home is not told, but the phone is known; another phone is another household.
    joins(desk, "10:06", first, None, phone="15400000001")
    assert households(desk, first) == 4
    joins(desk, "10:07", first, None, phone="15400000002")
    assert households(desk, first) == 5 and manager(desk, first, "10:07") == ("running", "2026-11-20 10:17")
    # Whoever told only the phone first, and the home later, is still one.
    joins(desk, "10:08", first, "3-1-901", phone="15400000002")
    assert households(desk, first) == 5


def test_nothing_is_taken_down_where_the_event_is_not_in_this_ledger(desk: Any) -> None:
    desk.take("10:00")
    for name in ("99", "TS202611-0099", "north.db:1", "北区/1", "2@north"):
        error = desk.refuses(NotFound, lambda name=name: joins(desk, "10:01", name, "3-1-502"))
        assert "one ledger is one site" in error.hint
    # The number that the new one itself will get names nothing else.
    desk.refuses(NotLinked, lambda: joins(desk, "10:01", "2", "3-1-502"))


def test_a_link_with_one_number_of_elsewhere_links_none(desk: Any) -> None:
    names = homes(desk, 2)
    for wrong in ("99", "other.db", "TS202612-0001"):
        desk.refuses(NotFound, lambda wrong=wrong: link(desk("10:10"), [*names, wrong]))
    assert desk.known(names[0], "12:00")["households"] == 1


def test_undoing_it_takes_both_back(desk: Any) -> None:
    names = linked(desk, 4)
    fifth = joins(desk, "10:10", names[0], "3-1-501")
    # What another colleague did meanwhile on one of the others does not rest on that link.
    record(desk("10:11", "colleague"), [names[1]], Record(["contacted"]))
    undo(desk("10:12"))
    assert not any(collective(desk, name) for name in names) and households(desk, names[0]) == 4
    assert desk("10:12").query.complaint(int(fifth))["voided_at"] is not None
    assert "contacted" in desk.done(names[1]) and whole(desk)


def test_it_cannot_be_undone_once_the_event_was_counted_again(desk: Any) -> None:
    names = linked(desk, 3)
    joins(desk, "10:10", names[0], "3-1-501")
    joins(desk, "10:11", names[0], "3-1-601", text="乙")
    undo(desk("10:12"))
    joins(desk, "10:13", names[0], "3-1-701")
    link(desk("10:14", "colleague"), [names[0], desk.take("10:14", "colleague", unit="3-1-801")])
    desk.refuses(OthersRestOnIt, lambda: undo(desk("10:15")))


# ---- leaving


def test_one_who_leaves_is_no_longer_counted_from_then_on(desk: Any) -> None:
    names = linked(desk)
    done = unlink(desk("10:08"), [names[4]])
    assert [one.life.id for one in done] == [5, 1, 2, 3, 4]
    for name in names:
        assert collective(desk, name, "10:05") and collective(desk, name, "10:07")
        assert not collective(desk, name, "10:08")
        assert manager(desk, name, "10:08") == ("lifted", "2026-11-20 10:15")
    assert households(desk, names[0]) == 4 and households(desk, names[4]) == 1
    row = desk("10:08").query.complaint
    assert [row(n)["event"] for n in range(1, 6)] == [1, 1, 1, 1, None]
    assert whole(desk)


def test_what_was_late_while_it_was_linked_stays_late(desk: Any) -> None:
    names = linked(desk)
    unlink(desk("10:16"), [names[4]])
    assert {manager(desk, name, "10:16") for name in names} == {("missed", "2026-11-20 10:15")}


def test_one_that_never_belonged_there_leaves_nothing_late(desk: Any) -> None:
    names = linked(desk)
    unlink(desk("10:16"), [names[4]], from_the_start=True, reason="另一部电梯")
    for name in names:
        assert manager(desk, name, "10:16") is None and not collective(desk, name, "10:10")
    # The month counts who put something right from the start: once, on the one that left.
    assert desk.done(names[4]).count("wrong-from-the-start") == 1
    assert desk.done(names[0]).count("wrong-from-the-start") == 0
    assert desk.life(names[4]).entries[-1].private == {"reason": "另一部电梯"}
    assert desk("10:16").query.complaint(1)["collective_at"] is None
    assert whole(desk)


def test_history_stays(desk: Any) -> None:
    names = linked(desk)
    escalate(desk("10:10"), names[0], "3", opinion="现场处理")
    unlink(desk("10:20"), [names[4]])
    assert [entry.kind for entry in desk.life(names[4]).entries] == ["logged", "linked", "referred", "unlinked"]
    assert manager(desk, names[4], "10:20") == ("met", "2026-11-20 10:15")


def test_the_first_that_leaves_gives_the_event_another_name(desk: Any) -> None:
    names = linked(desk)
    unlink(desk("10:08"), [names[0]])
    row = desk("10:08").query.complaint
    assert [row(n)["event"] for n in range(1, 6)] == [None, 2, 2, 2, 2]
    assert event_of(desk("10:09"), names[4]).lead.id == 2
    with pytest.raises(NotInEvent):
        event_of(desk("10:09"), names[0])


def test_of_two_none_is_left_alone_in_an_event(desk: Any) -> None:
    names = homes(desk, 2)
    link(desk("10:06"), names)
    unlink(desk("10:07"), [names[1]])
    assert [desk("10:08").query.complaint(n)["event"] for n in (1, 2)] == [None, None]
    assert households(desk, names[0]) == 1
    link(desk("10:08"), names)
    unlink(desk("10:09"), names)
    assert [desk("10:09").query.complaint(n)["event"] for n in (1, 2)] == [None, None] and whole(desk)


def test_several_leave_at_once_also_from_two_events(desk: Any) -> None:
    names = homes(desk, 8)
    link(desk("10:10"), names[:4])
    link(desk("10:11"), names[4:])
    unlink(desk("10:12"), [names[0], names[3], names[7]])
    row = desk("10:12").query.complaint
    assert [row(n)["event"] for n in range(1, 9)] == [None, 2, 2, None, 5, 5, 5, None]
    assert [households(desk, name) for name in names] == [1, 2, 2, 1, 3, 3, 3, 1] and whole(desk)


def test_another_of_the_same_home_stands_in_for_the_one_that_left(desk: Any) -> None:
    names = [*homes(desk, 5), desk.take("10:06", unit="3栋1单元101")]
    link(desk("10:07"), names)
    assert manager(desk, names[1], "10:07") == ("running", "2026-11-20 10:15")
    unlink(desk("10:08"), [names[0]])
    assert households(desk, names[1]) == 5 and collective(desk, names[1], "10:08")
    assert manager(desk, names[1], "10:08") == ("running", "2026-11-20 10:15")


def test_who_left_still_counts_for_the_time_before_when_the_event_is_counted_again(desk: Any) -> None:
    names = linked(desk)
    unlink(desk("10:16"), [names[4]])
    sixth = desk.take("10:30", unit="3-2-101")
    link(desk("10:31"), [names[0], sixth])
    assert households(desk, names[0]) == 5 and collective(desk, names[0], "10:30")
    assert not collective(desk, names[0], "10:20") and collective(desk, names[0], "10:10")
    amend(desk("10:40"), names[1], Correction({"unit": "3-1-999"}))
    assert not collective(desk, names[0], "10:20") and collective(desk, names[0], "10:10")
    assert whole(desk)


def test_who_comes_back_counts_once(desk: Any) -> None:
    names = linked(desk, 4)
    unlink(desk("10:10"), [names[3]])
    link(desk("10:20"), [names[0], names[3]])
    assert [households(desk, names[0], when) for when in ("10:03", "10:05", "10:15", "10:30")] == [3, 4, 4, 4]
    assert not collective(desk, names[0]) and whole(desk)


def test_leaving_is_undone(desk: Any) -> None:
    names = linked(desk)
    unlink(desk("10:08"), [names[4]])
    undo(desk("10:09"))
    assert all(collective(desk, name) for name in names)
    assert desk("10:09").query.complaint(5)["event"] == 1 and whole(desk)


def test_leaving_is_refused_where_there_is_no_event(desk: Any) -> None:
    names = linked(desk, 3)
    alone = desk.take("10:20", unit="8-1-101")
    error = desk.refuses(NotInEvent, lambda: unlink(desk("10:30"), [names[0], alone]))
    assert (error.exit_code, error.values["clause"], error.values["id"]) == (4, "C 4.1.4", int(alone))
    desk.refuses(NotFound, lambda: unlink(desk("10:30"), [names[0], "99"]))
    unlink(desk("10:31"), [names[0]])
    desk.refuses(NotInEvent, lambda: unlink(desk("10:32"), [names[0]]))
    desk.refuses(LinkedAlready, lambda: link(desk("10:33"), names[1:]))


def test_without_the_conduct_code_the_refusal_names_the_procedure(desk_under: Any) -> None:
    desk = desk_under("resident-standard")
    name = desk.take("10:00")
    assert desk.refuses(NotInEvent, lambda: unlink(desk("10:01"), [name])).values["clause"] == "resident-standard"


def test_what_is_known_after_a_link_is_what_holds_now(desk: Any) -> None:
    names = linked(desk)
    assert desk.life(names[0]).course.known["collective"] == "yes"
    assign(desk("10:07"), names, "工程部")
    resolve(desk("10:08"), names[0], Result("已处理"))
    unlink(desk("10:09"), [names[4]])
    assert desk.life(names[0]).course.known["collective"] is None


def test_a_script_can_join_and_leave(desk: Any) -> None:
    told = {"do": "log", "by": "clerk", "text": "停水", "responsibility": "own"}
    steps = [
        {**told, "at": "2026-11-20 10:00", "key": "a", "unit": "3-1-101"},
        {**told, "at": "2026-11-20 10:01", "key": "b", "unit": "3-1-102", "event": "a"},
        {**told, "at": "2026-11-20 10:02", "key": "c", "unit": "3-1-103", "event": "b"},
        {
            "do": "unlink",
            "by": "clerk",
            "at": "2026-11-20 10:10",
            "keys": ["c"],
            "from_the_start": True,
            "reason": "误",
        },
    ]
    known: dict[str, int] = {}
    assert len(list(play(desk("2026-11-20 12:00"), steps, known))) == 4
    row = desk("12:00").query.complaint
    assert [row(known[key])["event"] for key in "abc"] == [1, 1, None]
    assert desk.done("3")[-1] == "wrong-from-the-start"
