"""What a verb says at its end: which clocks it changed, what runs out next, and the command that comes next."""

from typing import Any

import pytest

from complaintctl.desk.advice import changes, command_for, forward, pending
from complaintctl.desk.assign import assign
from complaintctl.desk.link import link
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.record import Record, record
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.revisit import Visit, revisit
from complaintctl.desk.suggestion import Decision, decide, publish, tell

LAMP = {"kind": "repair", "category": "facility"}


def onward(desk: Any, name: str) -> str | None:
    return forward(desk.life(name))


def by_advice(desk: Any, name: str) -> list[str]:
    """Follow the advice to the end, and return the words of each command."""
    followed = []
    while (command := onward(desk, name)) is not None:
        followed.append(command)
        verb, *words = command.split()
        if verb == "assign":
            assign(desk("09:05"), [name], "工程部")
        elif verb == "resolve":
            resolve(desk("09:40"), name, Result("处理完毕"))
        elif verb == "notify":
            notify(desk("09:50"), name, Told(words[words.index("--via") + 1].split(","), True))
        elif verb == "revisit":
            revisit(desk("10:00"), name, Visit("satisfied"))
        elif verb == "suggestion":
            follow_suggestion(desk, words[0], name)
        else:
            record(desk("09:45"), [name], Record([words[1]]))
        assert len(followed) < 9
    return followed


def follow_suggestion(desk: Any, word: str, name: str) -> None:
    if word == "told":
        tell(desk("09:42"), name)
    elif word == "adopt":
        decide(desk("09:44"), name, Decision(True, "加一盏灯"))
    else:
        publish(desk("10:05"), name)


WAY = ["assign {id} {department}", 'resolve {id} "{result}"']
BY_PHONE, ASK = "notify {id} --via phone --accepted", "revisit {id} --satisfied"


@pytest.mark.parametrize(
    ("facts", "way"),
    [
        ({}, [*WAY, BY_PHONE, ASK]),
        (LAMP, [*WAY, BY_PHONE, ASK]),
        ({"channel": "letter"}, [*WAY, "notify {id} --via written --accepted", ASK]),
        ({"households": 5}, [*WAY, "notify {id} --via visit --accepted", ASK]),
        ({"households": 5, "channel": "box"}, [*WAY, "notify {id} --via visit,written --accepted", ASK]),
        ({"responsibility": "self"}, [BY_PHONE]),
        ({"responsibility": "resident"}, [WAY[1], BY_PHONE, ASK]),
        (
            {"kind": "suggestion"},
            [
                "suggestion told {id}",
                'suggestion adopt {id} --plan "{plan}"',
                'notify {id} --via phone --note "{answer}"',
                "suggestion publish {id}",
            ],
        ),
        ({"unit": None}, WAY),
        ({"unit": None, "responsibility": "self"}, [WAY[1]]),
        ({"on_the_spot": True}, [BY_PHONE, ASK]),
    ],
)
def test_who_follows_the_advice_comes_to_the_end(desk: Any, facts: dict[str, Any], way: list[str]) -> None:
    name = desk.take("09:00", **facts)
    assert by_advice(desk, name) == [command.replace("{id}", name) for command in way]
    assert desk.life(name).stage == "closed"


def test_the_nameless_whose_form_is_still_out_are_led_to_it(desk: Any) -> None:
    name = desk.take("09:00", unit=None)
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("09:30"), name, Result("处理完毕", form_returned=False))
    assert onward(desk, name) == f'record {name} form-returned "{{note}}"'


def test_who_is_out_of_reach_is_written_to(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("09:30"), name, Result("处理完毕"))
    for minute in ("09:40", "09:50", "10:00"):
        record(desk(minute), [name], Record(["tried"]))
    assert onward(desk, name) == f"notify {name} --via written --accepted"


@pytest.mark.parametrize("facts", [{}, LAMP, {"households": 5}, {"responsibility": "outside"}])
def test_every_clock_that_runs_names_a_command_that_meets_it(desk: Any, facts: dict[str, Any]) -> None:
    name = desk.take("09:00", channel="on-site", fault=True, danger=True, difficult=True, inquiry_needed=True, **facts)
    waiting = pending(desk.life(name), desk.moment("09:00"))
    assert [one.clock.due_at for one in waiting] == sorted(one.clock.due_at for one in waiting)
    verbs = {one.clock.step: one.command.split()[0] for one in waiting}
    assert verbs["dispatched"] == "assign" and verbs["referred"] == "escalate"
    assert verbs["contacted"] == "record"
    for one in waiting:
        if one.command.startswith("escalate"):
            assert one.command.split()[2] in ("department-head", "supervisor", "manager", "company")


def test_what_is_owed_at_the_end_leads_to_what_comes_first(desk: Any) -> None:
    """A notice needs a result, and a result needs a department."""
    name = desk.take("09:00")
    for wanted in ("assign {id} {department}", 'resolve {id} "{result}"', "notify {id} --via phone --accepted"):
        life = desk.life(name)
        told = next(clock for clock in life.clocks if clock.step == "notified")
        assert command_for(life, told) == wanted.replace("{id}", name)
        solved = next(clock for clock in life.clocks if clock.step == "resolved")
        if "notify" not in wanted:
            assert command_for(life, solved) == wanted.replace("{id}", name)
        if "assign" in wanted:
            assign(desk("09:05"), [name], "工程部")
        elif "resolve" in wanted:
            resolve(desk("09:30"), name, Result("处理完毕"))


def test_an_inquiry_is_done_when_its_result_was_told(desk: Any) -> None:
    name = desk.take("09:00", inquiry_needed=True)
    waiting = {one.clock.id: one.command for one in pending(desk.life(name), desk.moment("09:00"))}
    assert waiting["H-inquiry"] == f'record {name} verified "{{note}}"'
    record(desk("09:30"), [name], Record(["verified"]))
    waiting = {one.clock.id: one.command for one in pending(desk.life(name), desk.moment("09:30"))}
    assert waiting["H-inquiry"] == f'record {name} contacted "{{note}}"'
    record(desk("09:40"), [name], Record(["contacted"]))
    assert desk.clocks(name, "09:40")["H-inquiry"][0] == "met"


def changed(done: Any, now: int) -> dict[str, tuple[str | None, str]]:
    return {one.clock.id: (one.old, one.new) for one in changes(done.before, done.life, now)}


def test_what_a_verb_changed(desk: Any) -> None:
    name = desk.take("09:00")
    found = changed(assign(desk("09:10"), [name], "工程部")[0], desk.moment("09:10"))
    assert found["R-dispatched-10min"] == ("running", "met")
    assert found["Q-class-1"] == ("waiting", "running")
    assert "C-contacted-2h" not in found
    found = changed(resolve(desk("14:00"), name, Result("处理完毕")), desk.moment("14:00"))
    assert found["Q-class-1"] == ("overdue", "late")
    assert found["R-resolved-minor"] == ("running", "met")
    assert found["R-signed"] == ("untimed", "lifted")


def test_a_reopening_brings_the_clocks_of_a_new_round(desk: Any) -> None:
    name = desk.take("09:00")
    assign(desk("09:05"), [name], "工程部")
    resolve(desk("09:30"), name, Result("处理完毕"))
    done = reopen(desk("09:40"), name)
    again = [one for one in changes(done.before, done.life, desk.moment("09:40")) if one.clock.round == 2]
    assert {one.clock.id for one in again} >= {"R-dispatched-10min", "C-contacted-2h"}
    assert {one.old for one in again} == {None}


def test_a_verb_that_changes_no_clock_says_so(desk: Any) -> None:
    names = [desk.take("09:00"), desk.take("09:00", unit="3-1-502")]
    done = link(desk("09:01"), names)[0]
    assert changed(done, desk.moment("09:01")) == {}


def test_several_matters_are_told_apart(desk: Any) -> None:
    name = desk.take("09:00")
    for start in ("09:05", "10:05"):
        assign(desk(start), [name], "工程部")
        resolve(desk(start), name, Result("处理完毕"))
        notify(desk(start), name, Told(["visit"], True))
        revisit(desk(start), name, Visit("satisfied", raised="又一件事"))
        commands = [one.command for one in pending(desk.life(name), desk.moment("11:00"))]
        if start == "09:05":
            assert commands == [f'record {name} matters-dealt-with "{{note}}"']
            reopen(desk("10:00"), name)
    first, second = (matter.seq for matter in desk.life(name).course.matters)
    assert sorted(commands) == sorted(
        f'record {name} matters-dealt-with --matter {seq} "{{note}}"' for seq in (first, second)
    )
    record(desk("11:00"), [name], Record(["matters-dealt-with"], matter=second))
    met = [clock.met_at for clock in desk.life(name).clocks if clock.step == "matters-dealt-with"]
    assert met == [None, desk.moment("11:00")]
