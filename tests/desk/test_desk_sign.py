"""Signing a complaint's papers: in the order of the procedure, once, by somebody who is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaintctl.desk import packs, site, staff
from complaintctl.desk.assign import assign
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.office import Done
from complaintctl.desk.play import play
from complaintctl.desk.record import Record, record
from complaintctl.desk.refused import OthersRestOnIt
from complaintctl.desk.refused_people import PersonLeft
from complaintctl.desk.refused_sign import (
    NoSignatures,
    NotAsked,
    NothingOfRole,
    NothingToSign,
    NotOfRole,
    SeveralToSign,
    SignedAlready,
    SignedTooEarly,
)
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.revisit import Visit, revisit
from complaintctl.desk.sign import Signing, sign
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep, FutureMoment
from complaintctl.ledger.store import Ledger
from complaintctl.rules.signatures import entry_of, signatures, steps_of

SIGNATURES = ("signed", "opinion", "countersigned", "sent-up", "reviewed", "manager-opinion")
COMMITTEE = str(Path(__file__).parent.parent / "procedures" / "packs" / "committee.toml")


def signed(desk: Any, name: str, when: str) -> dict[str, str | None]:
    """Return each signature that was given or waits, with the moment at which it was given."""
    office = desk(when)
    life = desk.life(name)
    found = signatures(life, steps_of(office.book), office.now)
    return {
        one.step: None if one.signed_at is None else office.show(one.signed_at).removeprefix("2026-11-20 ")
        for one in found
    }


def put(desk: Any, when: str, name: str, step: str | None = None, **more: Any) -> Done:
    return sign(desk(when), [name], Signing(step, **more))[0]


def sent_out(desk: Any, **told: Any) -> str:
    name = desk.take("09:00", **told)
    assign(desk("09:05"), [name], "工程部")
    return str(name)


def closed(desk: Any, **told: Any) -> str:
    """A complaint closed at 10:40, of which nobody has signed anything."""
    name = sent_out(desk, **told)
    resolve(desk("10:00"), name, Result("换好"))
    notify(desk("10:20"), name, Told(["phone"], True, "住户认可"))
    revisit(desk("10:40"), name, Visit("satisfied"))
    return name


# ---- in order


def test_three_sign_one_after_the_other(desk: Any) -> None:
    name = sent_out(desk)
    assert signed(desk, name, "09:05") == {"signed": None, "opinion": None}
    put(desk, "09:10", name, "opinion", by="样例班长", opinion="当天换灯")
    assert signed(desk, name, "09:10") == {"signed": None, "opinion": "09:10", "countersigned": None}
    put(desk, "09:20", name, "countersigned", by="样例客服")
    done = put(desk, "09:30", name, "sent-up", by="样例主管", opinion="同意")
    assert done.remarks == ()
    assert signed(desk, name, "09:30") == {
        "signed": None,
        "opinion": "09:10",
        "countersigned": "09:20",
        "sent-up": "09:30",
    }
    # Looked at from a moment between them, what came later waits.
    assert signed(desk, name, "09:15") == {"signed": None, "opinion": "09:10", "countersigned": None}
    entry = desk.life(name).entries[-1]
    assert (entry.kind, entry.body) == ("recorded", {"steps": ["sent-up"]})
    assert entry.private == {"person": "样例主管", "opinion": "同意"}


@pytest.mark.parametrize(
    ("step", "clause", "earlier"),
    [
        ("countersigned", "Q 4.2.7", "opinion"),
        ("sent-up", "Q 4.2.7", "countersigned"),
        ("reviewed", "C 4.12.2 (second)", "closed"),
        ("manager-opinion", "C 4.12.2 (second)", "reviewed"),
    ],
)
def test_out_of_order_is_refused_with_the_clause(desk: Any, step: str, clause: str, earlier: str) -> None:
    name = sent_out(desk)
    error = desk.refuses(SignedTooEarly, lambda: put(desk, "09:10", name, step))
    assert (error.exit_code, error.rule) == (4, "signed-too-early")
    assert (error.values["clause"], error.values["code"]) == (clause, earlier)


def test_nothing_is_signed_before_the_form_went_out(desk: Any) -> None:
    name = desk.take("09:00")
    for step, clause in (("opinion", "Q 4.2.7"), ("signed", "R 四.5")):
        error = desk.refuses(SignedTooEarly, lambda step=step: put(desk, "09:01", name, step))
        assert (error.values["clause"], error.values["code"]) == (clause, "dispatched")
    assert desk.refuses(SignedTooEarly, lambda: put(desk, "09:01", name)).values["code"] == "dispatched"


def test_the_manager_signs_after_the_review(desk: Any) -> None:
    name = closed(desk)
    assert signed(desk, name, "10:40") == {"opinion": None, "reviewed": None}
    desk.refuses(SignedTooEarly, lambda: put(desk, "11:00", name, "manager-opinion"))
    put(desk, "11:00", name, "reviewed")
    put(desk, "11:10", name, "manager-opinion", opinion="同意结案")
    assert desk.states(name, "11:10", "done") >= {"C-reviewed", "C-manager-opinion"}


def test_a_form_is_signed_for_until_it_is_solved(desk: Any) -> None:
    name = closed(desk)
    error = desk.refuses(NotAsked, lambda: put(desk, "11:00", name, "signed"))
    assert (error.exit_code, error.values["clause"]) == (4, "R 四.5")


def test_what_is_not_asked_of_a_suggestion(desk: Any) -> None:
    name = desk.take("09:00", kind="suggestion", responsibility=None)
    notify(desk("09:30"), name, Told(["phone"], True))
    desk.refuses(NotAsked, lambda: put(desk, "10:00", name, "reviewed"))


# ---- which one, in which role


def test_the_only_one_that_waits_need_not_be_named(desk: Any) -> None:
    names = [sent_out(desk), sent_out(desk)]
    for name in names:
        put(desk, "09:10", name, "signed")
        put(desk, "09:10", name, "opinion")
    done = sign(desk("09:20"), names, Signing(by="样例客服"))
    assert [one.life.entries[-1].body["steps"] for one in done] == [["countersigned"], ["countersigned"]]


def test_of_several_the_one_must_be_named(desk: Any) -> None:
    name = sent_out(desk)
    error = desk.refuses(SeveralToSign, lambda: put(desk, "09:10", name))
    assert (error.exit_code, error.values["code"]) == (2, "signed")
    assert [one.values["code"] for one in error.values["waiting"]] == ["signed", "opinion"]
    desk.refuses(SeveralToSign, lambda: put(desk, "09:10", name, role="department"))


def test_a_role_tells_which_one_is_meant(desk: Any) -> None:
    name = closed(desk)
    done = put(desk, "11:00", name, role="supervisor")
    assert done.life.entries[-1].body == {"steps": ["reviewed"], "role": "supervisor"}
    assert put(desk, "11:10", name, role="经理").life.entries[-1].body["steps"] == ["manager-opinion"]


def test_a_role_that_does_not_sign_this(desk: Any) -> None:
    name = sent_out(desk)
    error = desk.refuses(NotOfRole, lambda: put(desk, "09:10", name, "opinion", role="manager"))
    assert (error.exit_code, error.rule, error.values["clause"]) == (4, "not-of-role", "Q 4.2.7")
    assert error.values["code"] == "manager"
    error = desk.refuses(NothingOfRole, lambda: put(desk, "09:10", name, role="patrol-team"))
    assert [one.values["code"] for one in error.values["waiting"]] == ["signed", "opinion"]
    # The manager's turn comes, after the review.
    error = desk.refuses(SignedTooEarly, lambda: put(desk, "09:10", name, role="manager"))
    assert error.values["code"] == "reviewed"


def test_what_is_no_signature_or_no_role(desk: Any) -> None:
    name = sent_out(desk)
    for step in ("contacted", "resolved", "签字画押", "x"):
        error = desk.refuses(BadValue, lambda step=step: put(desk, "09:10", name, step))
        assert error.values["expected"] == [
            "signed",
            "opinion",
            "countersigned",
            "sent-up",
            "reviewed",
            "manager-opinion",
        ]
    desk.refuses(BadValue, lambda: put(desk, "09:10", name, role="king"))


def test_by_its_name_in_either_language(desk: Any) -> None:
    name = sent_out(desk)
    put(desk, "09:10", name, "部门意见")
    put(desk, "09:10", name, "signed for")
    assert signed(desk, name, "09:10") == {"signed": "09:10", "opinion": "09:10", "countersigned": None}


# ---- once, in time, by somebody who is there


def test_the_same_twice_is_refused(desk: Any) -> None:
    name = sent_out(desk)
    put(desk, "09:10", name, "opinion", by="样例班长")
    error = desk.refuses(SignedAlready, lambda: put(desk, "09:20", name, "opinion", by="另一人"))
    assert (error.exit_code, error.rule, error.values["clause"]) == (4, "signed-already", "Q 4.2.7")
    assert (error.values["person"], error.values["at"]) == ("样例班长", "2026-11-20 09:10")


def test_all_signed_leaves_nothing_to_sign(desk_under: Callable[[str], Any]) -> None:
    desk = desk_under("resident-standard")
    name = sent_out(desk)
    put(desk, "09:10", name)
    error = desk.refuses(NothingToSign, lambda: put(desk, "09:20", name))
    assert (error.exit_code, error.rule) == (4, "nothing-to-sign")


def test_moments_stay_in_order(desk: Any) -> None:
    name = sent_out(desk)
    desk.refuses(BeforeStep, lambda: put(desk, "09:30", name, "opinion", at=desk.moment("09:04")))
    put(desk, "09:30", name, "opinion", at=desk.moment("09:10"))
    desk.refuses(BeforeStep, lambda: put(desk, "09:30", name, "countersigned", at=desk.moment("09:09")))
    desk.refuses(FutureMoment, lambda: put(desk, "09:30", name, "countersigned", at=desk.moment("09:31")))
    put(desk, "09:30", name, "countersigned", at=desk.moment("09:10"))
    assert signed(desk, name, "09:30")["countersigned"] == "09:10"


def test_several_are_signed_all_or_none(desk: Any) -> None:
    first, second = sent_out(desk), desk.take("09:00")
    desk.refuses(SignedTooEarly, lambda: sign(desk("09:10"), [first, second], Signing("opinion")))
    assert signed(desk, first, "09:10")["opinion"] is None


def registered(desk: Any, when: str, name: str, role: str, department: str | None = None) -> None:
    staff.add(desk(when), staff.Particulars(name, role, department))


def test_nobody_who_left_signs_any_more(desk: Any) -> None:
    registered(desk, "08:00", "样例班长", "department-head")
    registered(desk, "08:00", "样例前台", "desk")
    name = sent_out(desk)
    put(desk, "09:10", name, "signed", by="样例班长")
    staff.leave(desk("09:20"), "样例班长")
    staff.leave(desk("09:20"), "样例前台")
    error = desk.refuses(PersonLeft, lambda: put(desk, "09:20", name, "opinion", by="样例班长"))
    assert (error.exit_code, error.rule) == (4, "left")
    desk.refuses(PersonLeft, lambda: sign(desk("09:30", "样例前台"), [name], Signing("opinion")))
    desk.refuses(PersonLeft, lambda: record(desk("09:30"), [name], Record(["opinion"], person="样例班长")))
    # Nor does anything else: a contact, a solution, a revisit.
    left = "样例班长"
    desk.refuses(PersonLeft, lambda: record(desk("09:30"), [name], Record(["contacted"], person=left)))
    desk.refuses(PersonLeft, lambda: resolve(desk("09:30"), name, Result("换灯", person=left)))
    other = sent_out(desk)
    resolve(desk("09:30"), other, Result("换灯", person="样例外援"))
    notify(desk("09:31"), other, Told("visit", accepted=True))
    desk.refuses(PersonLeft, lambda: revisit(desk("09:40"), other, Visit("satisfied", by=left)))
    resolve(desk("09:41"), name, Result("换灯", person=left, at=desk.moment("09:19")))
    # What he signed while he was there may still be written down.
    put(desk, "09:40", name, "opinion", by="样例班长", at=desk.moment("09:19"))
    assert desk.life(name).entries[-1].body == {"steps": ["opinion"], "staff": 1}


@pytest.mark.parametrize(
    ("role", "department", "step", "remarked"),
    [
        ("department-head", "工程部", "opinion", False),
        ("desk", "工程部", "opinion", False),
        ("department-head", "保洁部", "opinion", True),
        ("supervisor", None, "opinion", True),
        ("department", None, "opinion", False),
        ("supervisor", None, "reviewed", False),
        ("supervisor", "客服部", "reviewed", False),
        ("manager", None, "reviewed", True),
    ],
)
def test_another_role_than_registered_is_remarked(
    desk: Any, role: str, department: str | None, step: str, remarked: bool
) -> None:
    registered(desk, "08:00", "样例甲", role, department)
    name = closed(desk)
    done = put(desk, "11:00", name, step, by="样例甲")
    assert [one.code for one in done.remarks] == (["other-role"] if remarked else [])
    assert signed(desk, name, "11:00")[step] == "11:00"


def test_undo_takes_a_signature_back_and_it_waits_again(desk: Any) -> None:
    name = sent_out(desk)
    put(desk, "09:10", name, "opinion")
    put(desk, "09:20", name, "countersigned")
    undo(desk("09:25"))
    assert signed(desk, name, "09:25") == {"signed": None, "opinion": "09:10", "countersigned": None}
    put(desk, "09:30", name, "countersigned")
    # Another's signature rests on the opinion by now.
    put_by = sign(desk("09:40", "supervisor"), [name], Signing("sent-up"))
    assert put_by[0].life.entries[-1].actor == "supervisor"
    desk.refuses(OthersRestOnIt, lambda: undo(desk("09:50")))


def test_a_script_signs_like_a_clerk(desk: Any) -> None:
    steps = [
        {"at": "2026-11-20 09:00", "by": "clerk", "do": "log", "key": "lamp", "text": "灯坏", "responsibility": "own"},
        {"at": "2026-11-20 09:05", "by": "clerk", "do": "assign", "key": "lamp", "department": "工程部"},
        {"at": "2026-11-20 09:10", "by": "clerk", "do": "sign", "key": "lamp", "step": "opinion", "person": "样例班长"},
        {"at": "2026-11-20 09:20", "by": "clerk", "do": "sign", "key": "lamp", "role": "service-staff"},
    ]
    known: dict[str, int] = {}
    assert len(list(play(desk("09:30"), steps, known))) == 4
    assert signed(desk, str(known["lamp"]), "09:30")["countersigned"] == "09:20"


# ---- rounds


def test_a_second_round_is_signed_by_itself(desk: Any) -> None:
    name = closed(desk)
    put(desk, "10:50", name, "opinion", by="样例班长")
    put(desk, "10:50", name, "reviewed")
    reopen(desk("11:00"), name, reason="不接受")
    desk.refuses(SignedTooEarly, lambda: put(desk, "11:01", name, "reviewed"))
    assign(desk("11:05"), [name], "工程部")
    put(desk, "11:10", name, "opinion", by="样例班长", opinion="换整盏灯")
    found = signatures(desk.life(name), ["opinion"], desk("11:10").now)
    assert [(one.round, one.signed_at) for one in found] == [(1, desk.moment("10:50")), (2, desk.moment("11:10"))]


def test_what_waits_from_two_rounds_stands_once_since_the_first(desk: Any) -> None:
    name = closed(desk)
    reopen(desk("11:00"), name, reason="不接受")
    assign(desk("11:05"), [name], "工程部")
    (one,) = signatures(desk.life(name), ["opinion"], desk("11:05").now)
    assert (one.round, one.since, one.seq, one.clause) == (2, desk.moment("09:05"), None, "Q 4.2.7")


def test_two_signatures_of_one_minute_are_told_apart(desk: Any) -> None:
    name = closed(desk)
    put(desk, "10:50", name, "opinion", by="样例班长")
    put(desk, "10:50", name, "reviewed", by="样例主管")
    life = desk.life(name)
    found = signatures(life, ["opinion", "reviewed"], desk("10:50").now)
    entries = [entry_of(life, one) for one in found]
    assert [entry.private["person"] for entry in entries] == ["样例班长", "样例主管"]


def test_what_an_earlier_round_left_is_signed_for_that_round(desk: Any) -> None:
    name = closed(desk)
    reopen(desk("11:00"), name, reason="不接受")
    put(desk, "11:10", name, "reviewed")
    assert desk.life(name).entries[-1].body == {"steps": ["reviewed"], "round": 1}
    clocks = desk.clocks(name, "11:10", "reviewed", "manager-opinion")
    # The second closing will ask for a review of its own.
    assert {clock: state for clock, (state, _) in clocks.items()} == {
        "C-reviewed": "done",
        "C-manager-opinion": "untimed",
        "C-reviewed/2": "waiting",
        "C-manager-opinion/2": "waiting",
    }


def test_what_two_rounds_left_is_signed_once(desk: Any) -> None:
    name = sent_out(desk)
    resolve(desk("10:00"), name, Result("换好"))
    notify(desk("10:20"), name, Told(["phone"], False, "仍不亮"))
    assign(desk("10:30"), [name], "工程部")
    put(desk, "11:00", name, "opinion")
    assert desk.states(name, "11:00", "done") >= {"Q-opinion", "Q-opinion/2"}
    desk.refuses(SignedAlready, lambda: put(desk, "11:01", name, "opinion"))


# ---- recorded instead


def test_a_bare_record_is_a_signature(desk: Any) -> None:
    name = sent_out(desk)
    record(desk("09:10"), [name], Record(["opinion"], "当天换灯", person="样例班长"))
    desk.refuses(SignedAlready, lambda: put(desk, "09:20", name, "opinion"))
    record(desk("09:20", "服务员"), [name], Record(["countersigned", "sent-up"]))
    assert signed(desk, name, "09:20") == {
        "signed": None,
        "opinion": "09:10",
        "countersigned": "09:20",
        "sent-up": "09:20",
    }


def test_a_record_keeps_to_the_order_of_signatures(desk: Any) -> None:
    name = sent_out(desk)
    for steps in (["countersigned"], ["sent-up"], ["manager-opinion"], ["sent-up", "opinion", "countersigned"]):
        desk.refuses(SignedTooEarly, lambda steps=steps: record(desk("09:10"), [name], Record(steps)))
    record(desk("09:10"), [name], Record(["opinion"]))
    early = Record(["countersigned"], at=desk.moment("09:09"))
    desk.refuses(BeforeStep, lambda: record(desk("09:20"), [name], early))


# ---- other procedures


def test_a_signature_of_the_offices_own(desk_under: Callable[[str], Any]) -> None:
    desk = desk_under(COMMITTEE)
    assert packs.check(COMMITTEE) == (1, [])
    name = desk.take("09:00")
    error = desk.refuses(SignedTooEarly, lambda: put(desk, "09:10", name, "committee-signed"))
    assert (error.values["clause"], error.values["code"]) == ("K 2", "manager-opinion")
    put(desk, "09:10", name)
    put(desk, "2026-11-24 00:00", name, "业委会签认", role="chair")
    assert desk.clocks(name, "2026-11-24 00:00", "committee-signed") == {
        "committee-signed": ("met", "2026-11-23 24:00")
    }


def compiled_before() -> dict[str, Any]:
    """The snapshot of a ledger begun before signatures were marked, when one clock stood for three names."""
    old: dict[str, Any] = json.loads(json.dumps(packs.load("site-standard")))
    later = ("countersigned", "sent-up", "manager-opinion")
    old["steps"] = {name: row for name, row in old["steps"].items() if name not in later}
    for row in old["steps"].values():
        del row["signature"]
    old["clocks"] = [row for row in old["clocks"] if row["step"] not in later]
    opinion = next(row for row in old["clocks"] if row["step"] == "opinion")
    opinion["duty"] = ["department", "service-staff", "supervisor"]
    return old


def test_a_snapshot_compiled_before_signatures_were_marked(desk: Any, tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    start = site.Beginning({"zone": "Asia/Shanghai"}, compiled_before(), packs.shipped_calendar())
    site.begin(str(path), desk.moment("2026-01-01 08:00"), "manager", start)
    with Ledger.open(path, write=True) as ledger:
        desk = type(desk)(ledger)
        name = sent_out(desk)
        error = desk.refuses(NoSignatures, lambda: put(desk, "09:10", name, "opinion"))
        assert (error.exit_code, error.values["pack"]) == (4, "site-standard")
        assert signed(desk, name, "09:10") == {}
        record(desk("09:10"), [name], Record(["opinion"], "当天换灯"))
        # Once the newer form is in force, what was begun before it can be signed, too, for what it asks.
        site.adopt_procedure(desk("09:30"), packs.load("site-standard"))
        put(desk, "09:40", name, "signed")
        assert signed(desk, name, "09:40") == {"signed": "09:40", "opinion": "09:10"}
        desk.refuses(NotAsked, lambda: put(desk, "09:50", name, "countersigned"))
