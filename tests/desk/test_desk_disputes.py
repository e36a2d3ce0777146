"""Disputes at the desk: routes in order, what the procedure refuses, and that no route stops a clock (H6 二, H7 三)."""

import tomllib

import pytest

from complaintctl import procedures
from complaintctl.desk.attach import attach
from complaintctl.desk.dispute import Deed, dispute, disputes, other_side
from complaintctl.desk.keep import forget
from complaintctl.desk.refused import AlreadyDone
from complaintctl.desk.refused_paths import (
    ExcludedByAgreement,
    NeedsAgreement,
    NotOfKind,
    OtherSideMissing,
    RouteExcluded,
)
from complaintctl.desk.reopen import reopen
from complaintctl.desk.resolve import Result, resolve
from complaintctl.desk.undo import undo
from complaintctl.errors import BadValue, BeforeStep, FutureMoment


@pytest.fixture
def quarrel(desk):
    """A neighbour's noise, told at 09:00; a dispute then goes where it is sent."""
    return desk.take("09:00", responsibility="resident", category="neighbour", against="李样例")


def go(desk, name, when, route, **told):
    return dispute(desk(when), name, Deed(route, **told))


def steps(desk, name):
    return [(one.route, one.outcome) for one in desk.life(name).course.paths.steps]


def test_rungs_are_taken_in_order_and_the_one_below_has_failed_then(desk, quarrel):
    go(desk, quarrel, "10:00", "negotiation")
    done = go(desk, quarrel, "11:00", "mediation", before="样例调解委员会")
    assert [one.code for one in done.remarks] == ["failed-below"]
    assert steps(desk, quarrel) == [("negotiation", "failed"), ("mediation", None)]
    life = desk.life(quarrel)
    assert life.course.paths.route == "mediation"
    assert life.course.paths.steps[0].ended_at == desk.moment("11:00")
    assert other_side(life, life.course.paths.steps[1]) == ["李样例"]


def test_rungs_may_be_skipped_and_a_lower_one_goes_on_beside_a_higher(desk, quarrel):
    assert go(desk, quarrel, "10:00", "litigation").remarks == ()
    done = go(desk, quarrel, "11:00", "mediation")
    assert [one.code for one in done.remarks] == ["within"]
    assert steps(desk, quarrel) == [("litigation", None), ("mediation", None)]
    assert desk.life(quarrel).course.paths.route == "mediation"
    go(desk, quarrel, "12:00", "mediation", outcome="failed")
    # The court has not heard of that yet.
    assert desk.life(quarrel).course.paths.route == "litigation"


def test_history_written_down_late_falls_into_its_place(desk, quarrel):
    go(desk, quarrel, "12:00", "mediation")
    done = go(desk, quarrel, "13:00", "negotiation", at=desk.moment("10:00"))
    assert [(one.route, one.outcome) for one in done.life.course.paths.steps] == [
        ("negotiation", "failed"),
        ("mediation", None),
    ]


def test_a_route_can_begin_and_end_at_once_and_be_taken_again(desk, quarrel):
    go(desk, quarrel, "10:00", "negotiation", outcome="settled", result="晚十点后安静")
    go(desk, quarrel, "15:00", "negotiation")
    assert steps(desk, quarrel) == [("negotiation", "settled"), ("negotiation", None)]


def test_settled_without_a_word_of_what_is_remarked(desk, quarrel):
    done = go(desk, quarrel, "10:00", "negotiation", outcome="settled")
    assert [one.code for one in done.remarks] == ["no-result"]


# ---- what the procedure refuses


def test_arbitration_needs_a_written_agreement(desk, quarrel):
    refused = desk.refuses(NeedsAgreement, lambda: go(desk, quarrel, "10:00", "arbitration"))
    assert refused.values["clause"] == "H6 二.3"
    desk.refuses(NeedsAgreement, lambda: go(desk, quarrel, "10:00", "arbitration", agreement=False))
    done = go(desk, quarrel, "10:00", "arbitration", agreement=True)
    assert [one.code for one in done.remarks] == ["agreement-not-attached"]
    done = go(desk, quarrel, "10:10", "arbitration", evidence=[("agreement.pdf", b"signed")])
    assert done.remarks == ()


def test_an_agreement_noted_before_is_enough(desk, quarrel):
    go(desk, quarrel, "10:00", "negotiation", agreement=True)
    go(desk, quarrel, "11:00", "arbitration", evidence=[("agreement.pdf", b"signed")])
    assert desk.life(quarrel).course.paths.steps[1].agreement is True


def test_arbitration_leaves_no_way_to_court(desk, quarrel):
    go(desk, quarrel, "10:00", "arbitration", agreement=True)
    refused = desk.refuses(ExcludedByAgreement, lambda: go(desk, quarrel, "11:00", "litigation"))
    assert refused.values["clause"] == "H6 二.3"
    go(desk, quarrel, "11:00", "arbitration", outcome="decided", result="裁决赔偿")
    desk.refuses(ExcludedByAgreement, lambda: go(desk, quarrel, "12:00", "litigation"))
    # The award was set aside, and with it the agreement: then there is a way.
    go(desk, quarrel, "13:00", "litigation", agreement=False)
    assert steps(desk, quarrel) == [("arbitration", "decided"), ("litigation", None)]


def test_what_the_court_has_is_not_arbitrated_until_the_suit_is_taken_back(desk, quarrel):
    go(desk, quarrel, "10:00", "litigation")
    refused = desk.refuses(RouteExcluded, lambda: go(desk, quarrel, "11:00", "arbitration", agreement=True))
    assert refused.values["clause"] == "H6 二.3"
    go(desk, quarrel, "12:00", "litigation", outcome="withdrawn")
    go(desk, quarrel, "13:00", "arbitration", agreement=True)


def test_a_judgment_is_the_last_word(desk, quarrel):
    go(desk, quarrel, "10:00", "litigation", outcome="decided", result="判决")
    desk.refuses(RouteExcluded, lambda: go(desk, quarrel, "11:00", "arbitration", agreement=True))


def test_a_procedure_that_says_nothing_refuses_nothing(desk_under):
    desk = desk_under("service-code")
    name = desk.take("09:00", responsibility="resident", against="李样例")
    go(desk, name, "10:00", "arbitration")
    go(desk, name, "11:00", "litigation")
    assert steps(desk, name) == [("arbitration", "failed"), ("litigation", None)]


def test_a_procedure_may_have_rungs_of_its_own(desk_under, tmp_path):
    table = '\n[[route]]\nname = "ombudsman"\ntitle = { zh = "申诉专员", en = "ombudsman" }\nclause = "X 9"\n'
    text = procedures.text("service-code").replace('id = "service-code"', 'id = "own"') + table
    assert "route" in tomllib.loads(text)
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    desk = desk_under(str(tmp_path / "own.toml"))
    name = desk.take("09:00", responsibility="own", against="样例部门")
    go(desk, name, "10:00", "申诉专员")
    go(desk, name, "11:00", "litigation")
    assert steps(desk, name) == [("ombudsman", "failed"), ("litigation", None)]


def test_who_asks_or_suggests_has_no_dispute(desk):
    for kind in ("suggestion", "inquiry"):
        name = desk.take("09:00", kind=kind, against="李样例")
        desk.refuses(NotOfKind, lambda name=name: go(desk, name, "10:00", "negotiation"))


def test_a_step_needs_somebody_on_the_other_side(desk):
    name = desk.take("09:00")
    missing = desk.refuses(OtherSideMissing, lambda: go(desk, name, "10:00", "negotiation"))
    assert missing.values["option"] == "--with"
    go(desk, name, "10:00", "negotiation", parties=["样例装修公司", "李样例"])
    life = desk.life(name)
    assert other_side(life, life.course.paths.steps[0]) == ["样例装修公司", "李样例"]


def test_moments_keep_their_order(desk, quarrel):
    desk.refuses(FutureMoment, lambda: go(desk, quarrel, "10:00", "mediation", at=desk.moment("10:01")))
    desk.refuses(BeforeStep, lambda: go(desk, quarrel, "10:00", "mediation", at=desk.moment("08:59")))
    go(desk, quarrel, "10:00", "mediation", at=desk.moment("09:00"))
    go(desk, quarrel, "10:00", "litigation")
    early = Deed("litigation", outcome="decided", at=desk.moment("09:59"))
    desk.refuses(BeforeStep, lambda: dispute(desk("11:00"), quarrel, early))


def test_the_same_again_says_nothing_and_an_unknown_route_is_named(desk, quarrel):
    go(desk, quarrel, "10:00", "协商")
    desk.refuses(AlreadyDone, lambda: go(desk, quarrel, "11:00", "negotiation"))
    unknown = desk.refuses(BadValue, lambda: go(desk, quarrel, "11:00", "duel"))
    codes = [one.values["code"] for one in unknown.values["expected"]]
    assert codes == ["negotiation", "mediation", "arbitration", "litigation"]


# ---- no route stops a clock


def test_no_route_stops_or_starts_a_clock(desk):
    """Two complaints alike, one of them all the way through the ladder: their clocks are the same at every hour."""
    plain = desk.take("09:00", responsibility="own", fault=True, against="工程部")
    other = desk.take("09:00", responsibility="own", fault=True, against="工程部", unit="3-1-502")
    go(desk, other, "09:10", "negotiation")
    go(desk, other, "11:30", "mediation", before="样例调解委员会")
    go(desk, other, "2026-11-23 10:00", "arbitration", agreement=True, evidence=[("a.pdf", b"x")])
    go(desk, other, "2026-12-22 10:00", "arbitration", outcome="decided", result="裁决")
    for when in ("09:05", "09:10", "10:01", "11:30", "2026-11-23 10:00", "2026-12-21 00:00", "2026-12-22 10:00"):
        assert desk.clocks(plain, when) == desk.clocks(other, when), when
    late = desk.clocks(other, "2026-11-22 09:00", "contacted", "dispatched")
    assert late["C-contacted-2h"] == ("overdue", "2026-11-20 11:00")
    assert late["R-dispatched-10min"] == ("overdue", "2026-11-20 09:10")


def test_a_dispute_goes_on_after_closing_and_through_a_reopening(desk):
    name = desk.take("09:00", responsibility="own", against="工程部", unit=None)
    from complaintctl.desk.assign import assign

    assign(desk("09:05"), [name], "工程部")
    resolve(desk("09:30"), name, Result("已处理"))
    assert desk.life(name).stage == "closed"
    go(desk, name, "10:00", "mediation")
    assert desk.life(name).stage == "closed"
    reopen(desk("11:00"), name, reason="不服")
    assert steps(desk, name) == [("mediation", None)]
    assert desk.life(name).course.round == 2


# ---- evidence, undoing, erasing, listing


def test_evidence_belongs_to_the_step_it_came_with(desk, quarrel):
    from complaintctl.output.paths import evidence

    go(desk, quarrel, "10:00", "negotiation", evidence=[("talk.txt", b"one")])
    attach(desk("10:30"), quarrel, [("photo.jpg", b"of the noise itself")])
    go(desk, quarrel, "11:00", "mediation", evidence=[("a.txt", b"two"), ("b.txt", b"three")])
    life = desk.life(quarrel)
    assert [len(evidence(life, step)) for step in life.course.paths.steps] == [1, 2]


def test_an_undone_step_never_was(desk, quarrel):
    go(desk, quarrel, "10:00", "negotiation")
    go(desk, quarrel, "11:00", "mediation", evidence=[("a.txt", b"two")])
    undo(desk("11:05"))
    assert steps(desk, quarrel) == [("negotiation", None)]
    undo(desk("11:06"))
    assert desk.life(quarrel).course.paths.route is None
    assert disputes(desk("11:07")) == []


def test_what_is_erased_leaves_the_routes_and_no_name(desk, quarrel):
    go(desk, quarrel, "10:00", "mediation", before="样例调解委员会", outcome="settled", result="李样例道歉")
    forget(desk("11:00"), quarrel, reason="保存期满")
    life = desk.life(quarrel)
    assert steps(desk, quarrel) == [("mediation", "settled")]
    assert other_side(life, life.course.paths.steps[0]) == []
    assert desk.ledger.query.search("李样例") == []


def test_the_other_side_and_the_body_are_found(desk, quarrel):
    go(desk, quarrel, "10:00", "mediation", parties=["王样例"], before="样例司法所")
    assert [row["id"] for row in desk.ledger.query.search("王样例")] == [int(quarrel)]
    assert [row["id"] for row in desk.ledger.query.search("司法所")] == [int(quarrel)]


def test_the_list_has_what_goes_on_first(desk, quarrel):
    ended = desk.take("08:00", responsibility="resident", against="李样例", unit="3-1-502")
    later = desk.take("10:30", responsibility="resident", against="李样例", unit="3-1-503")
    desk.take("10:40", unit="3-1-504")
    go(desk, ended, "08:30", "negotiation", outcome="settled", result="和好")
    go(desk, later, "11:00", "litigation")
    go(desk, quarrel, "11:30", "mediation")
    assert [str(life.id) for life in disputes(desk("12:00"))] == [later, quarrel, ended]
    columns = {row["id"]: row["dispute"] for row in desk.ledger.query.list_complaints(now=desk.moment("12:00"))}
    assert [columns[int(name)] for name in (later, quarrel, ended)] == ["litigation", "mediation", "negotiation"]
    assert columns[4] is None
