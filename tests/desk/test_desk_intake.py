"""Taking down: what is kept where, what is proposed and what was stated, numbers, and moments that cannot be."""

import json
from typing import Any

import pytest

from complaintctl.desk import site
from complaintctl.desk.amend import Correction, amend
from complaintctl.desk.log import Intake, building_of, log, preview
from complaintctl.desk.undo import undo
from complaintctl.errors import BeforeStep, FutureMoment
from complaintctl.reading.proposals import Proposal


def entry(desk: Any, name: str) -> Any:
    return desk.life(name).course.intake


def test_what_may_be_read_by_all_and_what_is_private_are_kept_apart(desk: Any) -> None:
    name = desk.take(
        "09:00", text="灯坏了", name="张三", phone="15400000001", place="3栋楼道", demand="修好", against="工程部"
    )
    kept = entry(desk, name)
    assert kept.private == {
        **{"text": "灯坏了", "name": "张三", "phone": "15400000001", "unit": "3-1-501"},
        **{"place": "3栋楼道", "demand": "修好", "against": "工程部"},
    }
    body = json.dumps(kept.body, ensure_ascii=False)
    assert not any(word in body for word in ("灯坏了", "张三", "199", "501", "楼道", "修好", "工程部"))
    assert kept.body["building"] == "3"
    assert kept.body["nameless"] is False


@pytest.mark.parametrize(
    ("unit", "building"),
    [
        ("3-2-501", "3"),
        ("12栋501", "12"),
        ("3号楼2单元501", "3"),
        ("A座1203", "A"),
        ("3—2—501", "3"),
        ("5 601", "5"),
        ("501", None),
        ("", None),
        ("-501", None),
        ("一个很长很长很长的名字-501", None),
        (None, None),
    ],
)
def test_the_building_is_told_from_the_unit(unit: str | None, building: str | None) -> None:
    assert building_of(unit) == building


@pytest.mark.parametrize("known", ["unit", "name", "phone"])
def test_one_way_of_reaching_somebody_is_enough_not_to_be_nameless(desk: Any, known: str) -> None:
    assert desk.life(desk.take("09:00", **{"unit": None, known: "x"})).course.nameless is False
    assert desk.life(desk.take("09:00", unit=None)).course.nameless is True


# ---- proposals


SEEN = (Proposal("category", "noise", ("吵",), "noise"), Proposal("fault", True, (), "fell-short"))


def test_what_is_proposed_counts_and_is_marked(desk: Any) -> None:
    done = log(desk("09:00"), Intake({"text": "吵", "responsibility": "own"}, proposals=SEEN))
    assert [one.fact for one in done.proposals] == ["category", "fault"]
    kept = entry(desk, str(done.life.id))
    assert kept.body["proposed"] == ["category", "fault"]
    assert kept.body["facts"]["category"] == "noise" and kept.body["facts"]["fault"] is True
    assert kept.private["words"] == {"category": ["吵"]}
    assert desk.known("1", "09:00")["severity"] == "important"


def test_what_is_stated_beats_what_is_proposed(desk: Any) -> None:
    told = {"text": "吵", "responsibility": "own", "category": "service", "fault": False}
    done = log(desk("09:00"), Intake(told, proposals=SEEN))
    assert done.proposals == ()
    assert (desk.known("1", "09:00")["category"], desk.known("1", "09:00")["severity"]) == ("service", "minor")


def test_a_preview_keeps_nothing_and_says_what_would_be(desk: Any) -> None:
    before = desk.ledger.head()
    life = preview(desk("09:00"), Intake({"text": "吵", "responsibility": "own"}, proposals=SEEN))
    assert life.version_at(desk.moment("09:00")).known["severity"] == "important"
    assert [clock.id for clock in life.clocks if clock.step == "dispatched"] == [
        *("R-dispatched-10min", "C-dispatched-at-once"),
    ]
    assert desk.ledger.head() == before


# ---- raised before


def repeated(desk: Any, when: str = "2026-11-20 09:00", **told: Any) -> bool:
    name = desk.take(when, **told)
    assert ("repeated" in entry(desk, name).body["proposed"]) is entry(desk, name).body["facts"].get("repeated", False)
    return bool(desk.life(name).course.known["repeated"])


def test_a_home_that_raised_it_twice_before_is_proposed_as_repeating(desk: Any) -> None:
    assert not repeated(desk, "2026-05-20 09:00", category="noise")
    assert not repeated(desk, "2026-08-01 09:00", category="noise")
    assert not repeated(desk, category="service")
    assert not repeated(desk, category="noise", unit="3-1-502")
    assert repeated(desk, category="noise")


def test_six_months_are_counted_to_the_minute(desk: Any) -> None:
    desk.take("2026-05-20 08:59", category="noise")
    desk.take("2026-08-01 09:00", category="noise")
    assert not repeated(desk, category="noise")
    desk.take("2026-05-20 09:00", category="noise")
    # The one just taken down is not before itself, and the two of this summer and the one of today are.
    assert repeated(desk, "2026-11-20 09:00", category="noise")


def test_how_far_back_is_the_sites_own_in_months_or_days(desk: Any) -> None:
    desk.take("2026-10-01 09:00", category="noise")
    desk.take("2026-11-01 09:00", category="noise")
    site.set_parameters(desk("2026-11-15 09:00", "manager"), {"repeated-within": "30 days"})
    assert not repeated(desk, category="noise")
    site.set_parameters(desk("2026-11-21 09:00", "manager"), {"repeated-within": "60 days"})
    assert repeated(desk, "2026-11-22 09:00", category="noise")
    site.set_parameters(desk("2026-11-23 09:00", "manager"), {"repeated-within": "99999 months"})
    assert repeated(desk, "2026-11-24 09:00", category="noise")


def test_what_was_undone_was_not_raised_and_the_clerks_word_beats_the_count(desk: Any) -> None:
    desk.take("2026-10-01 09:00", category="noise")
    desk.take("2026-10-02 09:00", category="noise")
    assert desk.life(desk.take("09:00", category="noise", repeated=False)).course.known["repeated"] is False
    for _ in range(2):
        undo(desk("09:05"))
    assert not repeated(desk, category="noise")


# ---- numbers


def test_numbers_tell_the_month_of_receipt_and_are_never_given_twice(desk: Any) -> None:
    numbers = [
        desk.life(desk.take(when)).number for when in ("2026-10-31 23:59", "2026-11-01 00:00", "2026-10-31 08:00")
    ]
    assert numbers == ["TS202610-0001", "TS202611-0001", "TS202610-0002"]
    undo(desk("2026-11-01 00:01"))
    assert desk.life(desk.take("2026-10-31 09:00")).number == "TS202610-0003"


def test_the_month_of_a_number_is_the_sites_own(desk: Any) -> None:
    """2026-10-31 16:30 UTC is November already at the site."""
    assert desk.life(desk.take("2026-11-01 00:30")).number.startswith("TS202611")


# ---- moments


def intake(desk: Any, told: dict[str, Any], when: str | None = None) -> None:
    log(desk("12:00"), Intake({"text": "甲", **told}, None if when is None else desk.moment(when)))


@pytest.mark.parametrize(
    ("told", "when", "error"),
    [
        ({}, "12:01", FutureMoment),
        ({"happened_at": "12:01"}, None, FutureMoment),
        ({"heard_at": "12:01"}, None, FutureMoment),
        ({"heard_at": "11:00"}, "10:59", BeforeStep),
        ({"requested_by": "11:59"}, None, BeforeStep),
        ({"agreed_by": "09:59"}, "10:00", BeforeStep),
    ],
)
def test_moments_that_cannot_be_leave_nothing_behind(
    desk: Any, told: dict[str, str], when: str | None, error: type[Exception]
) -> None:
    before = desk.ledger.head()
    with pytest.raises(error):
        intake(desk, {name: desk.moment(value) for name, value in told.items()}, when)
    assert desk.ledger.head() == before


def test_moments_at_the_very_edge_are_taken(desk: Any) -> None:
    noon = desk.moment("12:00")
    intake(desk, {"happened_at": noon, "heard_at": noon, "requested_by": noon, "agreed_by": noon})
    assert desk.done("1") == ["received", "agreed", "reply-agreed"]


def test_what_happened_can_lie_before_and_after_the_hearing(desk: Any) -> None:
    told = {"happened_at": desk.moment("2026-11-01 09:00"), "heard_at": desk.moment("11:30"), "channel": "letter"}
    intake(desk, told, "11:45")
    assert desk.clocks("1", "12:00", "received") == {"Q-told-the-desk": ("met", "2026-11-20 12:30")}


def test_taken_down_later_it_says_so(desk: Any) -> None:
    done = log(desk("12:00"), Intake({"text": "甲"}, desk.moment("09:00")))
    assert [one.code for one in done.remarks] == ["back-dated"]
    assert done.life.course.intake.recorded_at - done.life.course.intake.at == 3 * 3600
    assert log(desk("12:00"), Intake({"text": "甲"})).remarks == ()


# ---- on the spot, overruled, evidence


def test_solved_on_the_spot_it_is_resolved_by_the_same_command(desk: Any) -> None:
    done = log(desk("09:00"), Intake({"text": "甲", "unit": "1-1", "on_the_spot": True}, result="换了灯泡"))
    assert desk.done("1") == ["received", "resolved"]
    assert {entry.batch for entry in done.life.entries} == {done.life.entries[0].batch}
    assert done.life.entries[1].private == {"result": "换了灯泡"}
    assert not desk.clocks("1", "09:00", "dispatched", "signed", "form-returned")


def test_an_overruling_is_kept_with_its_reason_and_the_derived_value_stays_visible(desk: Any) -> None:
    told = {"text": "甲", "responsibility": "own", "fault": True}
    done = log(desk("09:00"), Intake(told, overruled={"severity": "minor"}, reason="误会"))
    reason = next(one for one in done.life.seen_at(desk.moment("09:00")).reasons if one.facet == "severity")
    assert (reason.value, reason.derived) == ("minor", "important")
    assert done.life.course.intake.private["reason"] == "误会"


def test_evidence_comes_with_the_intake(desk: Any) -> None:
    done = log(desk("09:00"), Intake({"text": "甲"}, evidence=(("灯.jpg", b"\xff\xd8photo"), ("b.txt", b""))))
    attached = [entry for entry in done.life.entries if entry.kind == "attached"]
    assert [entry.private["name"] for entry in attached] == ["灯.jpg", "b.txt"]
    assert [desk.ledger.evidence(entry.private["file"]) for entry in attached] == [b"\xff\xd8photo", b""]


# ---- corrected later


def test_a_home_corrected_to_one_without_a_building_has_none(desk: Any) -> None:
    name = desk.take("09:00", unit="3-1-501")
    amend(desk("09:05"), name, Correction({"unit": "501"}))
    assert desk.life(name).course.building is None
    amend(desk("09:06"), name, Correction({"name": "张三"}))
    assert desk.life(name).course.building is None
    amend(desk("09:07"), name, Correction({"unit": "5栋501"}))
    assert desk.life(name).course.building == "5"


def test_nobody_hears_of_it_after_the_desk_took_it_down(desk: Any) -> None:
    name = desk.take("09:00", channel="letter")
    with pytest.raises(BeforeStep):
        amend(desk("09:10"), name, Correction({"heard_at": desk.moment("09:01")}))
    amend(desk("09:10"), name, Correction({"heard_at": desk.moment("07:30")}, from_the_start=True))
    assert desk.clocks(name, "09:10")["Q-told-the-desk"] == ("late", "2026-11-20 08:30")


def test_what_was_asked_for_all_along_may_have_passed_by_now(desk: Any) -> None:
    name = desk.take("09:00")
    asked = Correction({"requested_by": desk.moment("12:00")})
    with pytest.raises(BeforeStep):
        amend(desk("14:00"), name, asked)
    amend(desk("14:00"), name, asked._replace(from_the_start=True))
    assert desk.clocks(name, "14:00")["R-resolved-minor"] == ("overdue", "2026-11-20 12:00")
