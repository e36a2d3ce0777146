"""Suggestions at the desk: told, adopted or not, answered, published; and inquiries, which are only answered."""

import pytest

from complaintctl.desk.advice import besides, forward
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.play import play
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.refused_paths import NotDecided, NotOfKind
from complaintctl.desk.refused_people import PersonLeft
from complaintctl.desk.reopen import reopen
from complaintctl.desk.suggestion import Decision, decide, listed, publish, tell, waits_for
from complaintctl.desk.undo import undo
from complaintctl.errors import BeforeStep, FutureMoment

PLAN = Decision(True, "大门口加灯")


@pytest.fixture
def idea(desk):
    return desk.take("09:00", kind="suggestion", text="大门口太暗", channel="box")


def waits(desk, name):
    return waits_for(desk.life(name))


def test_the_whole_path(desk, idea):
    assert waits(desk, idea) == "director"
    tell(desk("09:30"), idea, to="样例主任")
    assert waits(desk, idea) == "decision"
    until = desk.moment("2026-11-30 24:00")
    decide(desk("10:00"), idea, Decision(True, "大门口加灯", "样例主管", until))
    assert waits(desk, idea) == "answer"
    notify(desk("10:30"), idea, Told(["phone"], None, "采纳了"))
    assert desk.life(idea).stage == "closed"
    assert waits(desk, idea) == "publishing"
    publish(desk("11:00"), idea, consent=True)
    assert waits(desk, idea) is None
    held = desk.life(idea).course.paths.suggestion
    moments = [desk.moment(hour) for hour in ("09:30", "10:00", "11:00")]
    assert [held.told_at, held.decided_at, held.published_at] == moments
    assert (held.decision, held.until, held.consent) == ("adopted", until, True)
    assert desk.done(idea) == ["received", "director-told", "adopted", "notified", "closed", "published"]
    assert desk.ledger.query.complaint(int(idea))["decision"] == "adopted"


def test_what_comes_next_is_never_a_dispatch(desk, idea):
    said = [forward(desk.life(idea))]
    assert besides(desk.life(idea)) == 'notify 1 --via phone --note "{answer}"'
    tell(desk("09:30"), idea)
    said.append(forward(desk.life(idea)))
    decide(desk("10:00"), idea, PLAN)
    said.append(forward(desk.life(idea)))
    notify(desk("10:30"), idea, Told(["phone"]))
    said.append(forward(desk.life(idea)))
    publish(desk("11:00"), idea)
    said.append(forward(desk.life(idea)))
    assert said == [
        "suggestion told 1",
        'suggestion adopt 1 --plan "{plan}"',
        'notify 1 --via phone --note "{answer}"',
        "suggestion publish 1",
        None,
    ]
    assert besides(desk.life(idea)) is None


def test_who_decides_has_been_told(desk, idea):
    decide(desk("10:00"), idea, Decision(False, reason="须保持消防通道畅通"))
    held = desk.life(idea).course.paths.suggestion
    assert (held.decision, held.told_at) == ("not-adopted", desk.moment("10:00"))


def test_what_is_not_adopted_need_not_be_published_but_may(desk, idea):
    decide(desk("10:00"), idea, Decision(False, reason="须保持消防通道畅通"))
    notify(desk("10:30"), idea, Told(["phone"]))
    assert waits(desk, idea) is None
    publish(desk("11:00"), idea)


def test_nothing_is_published_before_a_decision(desk, idea):
    tell(desk("09:30"), idea)
    refused = desk.refuses(NotDecided, lambda: publish(desk("10:00"), idea))
    assert refused.values["clause"] == "H11 3.1.4"


def test_a_procedure_that_says_nothing_of_it_lets_thanks_be_posted(desk_under):
    desk = desk_under("service-code")
    name = desk.take("09:00", kind="suggestion", text="保安热心")
    publish(desk("10:00"), name)
    assert forward(desk.life(name)) == 'notify 1 --via phone --note "{answer}"'


def test_praise_is_answered_without_a_decision_and_waits_for_nobody(desk, idea):
    done = notify(desk("09:30"), idea, Told(["phone"], None, "谢谢"))
    assert [one.code for one in done.remarks] == ["undecided"]
    assert desk.life(idea).stage == "closed"
    assert waits(desk, idea) is None and listed(desk("10:00")) == []


def test_decided_after_the_answer_all_the_same(desk, idea):
    tell(desk("09:30"), idea)
    notify(desk("09:40"), idea, Told(["phone"]))
    assert waits(desk, idea) == "decision"
    decide(desk("10:00"), idea, PLAN)
    assert waits(desk, idea) == "publishing"


def test_twice_is_refused(desk, idea):
    tell(desk("09:30"), idea)
    desk.refuses(AlreadyDone, lambda: tell(desk("09:40"), idea))
    decide(desk("10:00"), idea, PLAN)
    desk.refuses(AlreadyDone, lambda: decide(desk("10:10"), idea, Decision(False, reason="不")))
    publish(desk("11:00"), idea, consent=False)
    desk.refuses(AlreadyDone, lambda: publish(desk("11:10"), idea))
    # A resident may change their mind about the name, either way.
    publish(desk("11:20"), idea, consent=True)
    publish(desk("11:30"), idea, consent=False)
    assert desk.life(idea).course.paths.suggestion.consent is False


def test_undone_it_waits_again_and_reopened_it_is_decided_anew(desk, idea):
    decide(desk("10:00"), idea, PLAN)
    undo(desk("10:05"))
    assert waits(desk, idea) == "director"
    decide(desk("10:10"), idea, PLAN)
    notify(desk("10:30"), idea, Told(["phone"]))
    reopen(desk("11:00"), idea, reason="另有想法")
    assert waits(desk, idea) == "director"
    assert desk.ledger.query.complaint(int(idea))["decision"] is None


def test_only_suggestions_take_this_path(desk):
    for kind in ("complaint", "repair", "inquiry"):
        name = desk.take("09:00", kind=kind)
        for deed in (
            lambda name=name: tell(desk("10:00"), name),
            lambda name=name: decide(desk("10:00"), name, PLAN),
            lambda name=name: publish(desk("10:00"), name),
        ):
            refused = desk.refuses(NotOfKind, deed)
            assert refused.values["kind"] == kind
    amend(desk("10:10"), "1", Correction({"kind": "suggestion"}, from_the_start=True))
    tell(desk("10:20"), "1")


def test_moments_keep_their_order(desk, idea):
    desk.refuses(BeforeStep, lambda: tell(desk("10:00"), idea, at=desk.moment("08:59")))
    tell(desk("10:00"), idea, at=desk.moment("09:00"))
    desk.refuses(FutureMoment, lambda: decide(desk("10:00"), idea, PLAN._replace(at=desk.moment("10:01"))))
    desk.refuses(BeforeStep, lambda: decide(desk("10:00"), idea, PLAN._replace(until=desk.moment("09:59"))))
    decide(desk("10:00"), idea, PLAN._replace(until=desk.moment("10:00")))
    desk.refuses(BeforeStep, lambda: publish(desk("11:00"), idea, at=desk.moment("09:59")))


def test_the_list_holds_what_waits_and_for_what(desk):
    told, fresh, decided, done = (
        desk.take(when, kind="suggestion", unit=unit)
        for when, unit in (("09:00", "1-1"), ("09:01", "1-2"), ("09:02", "1-3"), ("09:03", "1-4"))
    )
    desk.take("09:04", kind="inquiry", unit="1-5")
    tell(desk("09:10"), told)
    decide(desk("09:10"), decided, PLAN)
    decide(desk("09:11"), done, Decision(False, reason="不"))
    notify(desk("09:20"), done, Told(["phone"]))
    found = {str(life.id): waits_for(life) for life in listed(desk("10:00"))}
    assert found == {told: "decision", fresh: "director", decided: "answer"}
    assert [str(life.id) for life in listed(desk("10:00"), every=True)] == [told, fresh, decided, done]


# ---- inquiries


def test_an_inquiry_is_answered_and_closed_by_one_notice(desk):
    name = desk.take("09:00", kind="inquiry", text="物业费怎么交")
    assert forward(desk.life(name)) == 'notify 1 --via phone --note "{answer}"'
    assert desk.clocks(name, "2026-12-24 09:00") == {}
    done = notify(desk("09:05"), name, Told(["phone"], None, "每月十号前"))
    assert done.remarks == () and done.life.stage == "closed"
    assert forward(done.life) is None


def test_neither_has_a_clock_or_a_judgement_at_any_time(desk, idea):
    tell(desk("09:30"), idea)
    decide(desk("10:00"), idea, PLAN)
    for when in ("09:00", "12:00", "2026-12-24 09:00"):
        assert desk.clocks(idea, when) == {}
        known = desk.known(idea, when)
        assert [known[facet] for facet in ("severity", "class", "validity", "urgency")] == [None] * 4


# ---- people, and a script


def test_nobody_who_left_decides_or_carries_out(desk, idea):
    office = desk("08:00")
    with office.command() as command:
        subject = command.new_thing("staff")
        command.write(subject, "registered", office.now, {"role": "desk", "since": office.now}, {"name": "样例甲"})
        command.write(subject, "left", office.now, {"left_at": desk.moment("09:30")})
    desk.refuses(PersonLeft, lambda: tell(desk("09:30"), idea, to="样例甲"))
    desk.refuses(PersonLeft, lambda: decide(desk("10:00"), idea, PLAN._replace(by="样例甲")))
    tell(desk("10:00"), idea, to="样例甲", at=desk.moment("09:29"))


def test_the_paths_can_be_played_out_of_a_script(desk):
    steps = [
        {"at": "2026-11-20 09:00", "do": "log", "key": "s", "text": "加灯", "kind": "suggestion", "unit": "1-1"},
        {"at": "2026-11-20 09:10", "do": "suggestion-told", "key": "s", "to": "样例主任"},
        {"at": "2026-11-20 09:20", "do": "suggestion-adopt", "key": "s", "plan": "加灯", "until": "2026-11-30 24:00"},
        {"at": "2026-11-20 09:30", "do": "suggestion-publish", "key": "s", "consent": True},
        {"at": "2026-11-20 09:00", "do": "log", "key": "d", "text": "加门", "kind": "suggestion", "unit": "1-2"},
        {"at": "2026-11-20 09:10", "do": "suggestion-decline", "key": "d", "reason": "消防通道"},
        {"at": "2026-11-20 09:00", "do": "log", "key": "r", "text": "漏水", "kind": "repair", "unit": "1-3"},
        {"at": "2026-11-20 09:01", "do": "repair", "key": "r", "part": "own", "appointment": "2026-11-21 10:00"},
        {"at": "2026-11-20 09:00", "do": "log", "key": "q", "text": "吵", "against": "李样例", "unit": "1-4"},
        {"at": "2026-11-20 10:00", "do": "dispute", "key": "q", "route": "mediation", "evidence": {"a.txt": "记录"}},
        {"at": "2026-11-20 11:00", "do": "dispute", "key": "q", "route": "mediation", "outcome": "settled"},
    ]
    known = {}
    played = list(play(desk("2026-11-21 09:00"), [{"by": "样例", **step} for step in steps], known))
    assert len(played) == len(steps)
    rows = {row["id"]: row for row in desk.ledger.query.list_complaints(now=desk.moment("2026-11-21 09:00"))}
    assert [rows[known[key]]["decision"] for key in "sd"] == ["adopted", "not-adopted"]
    assert (rows[known["r"]]["part"], rows[known["q"]]["dispute"]) == ("own", "mediation")
