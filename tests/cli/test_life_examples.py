"""The whole complaints of the worked examples, from `log` to `show --json` on a fixed clock, under site-standard."""

from typing import Any

import pytest

START = "2026-11-20 14:00"


def shown(clerk: Any, when: str, *ids: str, name: str = "1") -> dict[str, tuple[str, str | None]]:
    clocks = clerk.clocks(name, when)
    return {one: clocks[one] for one in ids}


@pytest.fixture
def unknown(clerk: Any) -> Any:
    """Told by phone at 14:00, responsibility unknown; dispatched 14:06."""
    clerk.take(START, "--responsibility", "unknown")
    clerk("14:06", "assign", "1", "工程部")
    return clerk


def test_responsibility_unknown_counts_as_class_1_until_known(unknown: Any) -> None:
    assert shown(unknown, "14:06", "C-contacted-2h", "Q-class-1") == {
        "C-contacted-2h": ("running", "2026-11-20 16:00"),
        "Q-class-1": ("running", "2026-11-20 18:06"),
    }


def test_found_outside_in_time_class_1_is_lifted(unknown: Any) -> None:
    data = unknown("17:00", "amend", "1", "--responsibility", "outside", "--json").data
    assert (data["judgement"]["severity"], data["judgement"]["class"]) == (None, "3")
    assert shown(unknown, "17:00", "Q-class-1", "Q-class-3") == {
        "Q-class-1": ("lifted", "2026-11-20 18:06"),
        "Q-class-3": ("running", "2026-11-23 24:00"),
    }


def test_found_outside_too_late_it_stays_late_unless_wrong_from_the_start(unknown: Any) -> None:
    unknown("19:00", "amend", "1", "--responsibility", "outside")
    assert shown(unknown, "19:00", "Q-class-1", "Q-late") == {
        "Q-class-1": ("missed", "2026-11-20 18:06"),
        "Q-late": ("overdue", "2026-11-20 18:16"),
    }
    unknown("19:01", "undo")
    unknown("19:02", "amend", "1", "--responsibility", "outside", "--from-the-start", "--reason", "市政管道")
    assert shown(unknown, "19:02", "Q-class-1", "Q-late")["Q-class-1"][0] == "lifted"
    assert unknown.clocks("1", "19:02")["Q-late"][0] in ("lifted", "waiting")
    month = unknown("19:03", "monthly-report", "--json").data["figures"]
    assert next(one for one in month if one["key"] == "wrong-from-the-start")["value"] == 1


def test_outside_found_own_and_fault_the_next_day(clerk: Any) -> None:
    clerk.take("2026-11-23 09:00", "--responsibility", "outside")
    clerk("2026-11-23 09:05", "assign", "1", "工程部")
    clerk("2026-11-24 10:00", "amend", "1", "--responsibility", "own", "--fault")
    assert shown(clerk, "2026-11-24 10:00", "R-referred-important", "Q-class-1") == {
        "R-referred-important": ("running", "2026-11-24 11:00"),
        "Q-class-1": ("running", "2026-11-24 14:00"),
    }


@pytest.mark.parametrize(
    ("told", "sent", "responsibility", "due"),
    [
        ("22:25", "22:30", "own", ("Q-class-1", "2026-11-21 02:30", "2026-11-21 02:40", "2026-11-23 24:00")),
        ("23:45", "23:50", "building", ("Q-class-2", "2026-11-20 24:00", "2026-11-21 00:10", "2026-11-22 24:00")),
    ],
)
def test_nothing_happens_and_it_climbs(
    clerk: Any, told: str, sent: str, responsibility: str, due: tuple[str, str, str, str]
) -> None:
    clerk.take(told, "--responsibility", responsibility)
    clerk(sent, "assign", "1", "工程部")
    clock, resolve, superior, top = due
    assert shown(clerk, "2026-11-24 09:00", clock, "Q-late", "Q-late-silent") == {
        clock: ("overdue", resolve),
        "Q-late": ("overdue", superior),
        "Q-late-silent": ("overdue", top),
    }


def test_unresolved_for_a_month_it_is_major_from_the_next_midnight(clerk: Any) -> None:
    clerk.take("2026-01-31 10:00")
    assert clerk("2026-02-28 23:59", "show", "1", "--json").data["judgement"]["severity"] == "minor"
    assert clerk("2026-03-01 00:00", "show", "1", "--json").data["judgement"]["severity"] == "major"
    assert clerk.clocks("1", "2026-03-01 00:00")["R-referred-major"] == ("running", "2026-03-01 24:00")


def test_resolved_in_time_and_reopened_after_the_month_it_is_major_at_once(clerk: Any) -> None:
    clerk.take("2026-01-31 10:00")
    clerk("2026-01-31 10:05", "assign", "1", "工程部")
    clerk("2026-02-20 10:00", "resolve", "1", "处理完毕")
    data = clerk("2026-03-05 09:00", "reopen", "1", "--reason", "又坏了", "--json").data
    assert data["judgement"]["severity"] == "major"
    assert shown(clerk, "2026-03-05 09:00", "R-dispatched-10min/2", "C-contacted-2h/2") == {
        "R-dispatched-10min/2": ("running", "2026-03-05 09:10"),
        "C-contacted-2h/2": ("running", "2026-03-05 11:00"),
    }


def test_agreed_at_10_and_only_at_14(clerk: Any) -> None:
    for name in ("1", "2"):
        clerk.take("09:00")
        clerk("09:05", "assign", name, "工程部")
    clerk("10:00", "record", "1", "reply-agreed", "--agreed-by", "11-27 18:00")
    clerk("14:00", "record", "2", "reply-agreed", "--agreed-by", "11-27 18:00")
    assert shown(clerk, "14:00", "agreed", "Q-class-1", "R-resolved-minor", "R-referred-major") == {
        "agreed": ("running", "2026-11-27 18:00"),
        "Q-class-1": ("replaced", "2026-11-20 13:05"),
        "R-resolved-minor": ("replaced", "2026-11-22 24:00"),
        # It becomes major when the month has run out at 2026-12-20 24:00.
        "R-referred-major": ("waiting", "2026-12-21 24:00"),
    }
    assert shown(clerk, "14:00", "Q-class-1", "Q-late", name="2") == {
        "Q-class-1": ("overdue", "2026-11-20 13:05"),
        "Q-late": ("overdue", "2026-11-20 13:15"),
    }


def test_the_fifth_household_and_a_phone_notice(clerk: Any) -> None:
    for minute in range(16, 21):
        name = clerk.take(f"2026-12-04 10:{minute}", "--unit", f"5-1-{minute}01")
    clerk("2026-12-04 10:21", "link", "1", "2", "3", "4", name)
    assert clerk.clocks("1", "2026-12-04 10:21")["C-collective"] == ("running", "2026-12-04 10:30")
    clerk("2026-12-04 10:22", "assign", "1", "工程部")
    clerk("2026-12-04 11:00", "resolve", "1", "水泵已换")
    data = clerk("2026-12-04 11:10", "notify", "1", "--via", "phone", "--json").data
    assert data["stage"] == "resolved" and data["timeline"][-1]["steps"] == ["contacted"]


def test_the_neighbours_noise(clerk: Any) -> None:
    clerk.take("23:40", "--responsibility", "resident", "--category", "noise")
    clocks = clerk.clocks("1", "23:40", "running")
    assert clocks["H-verified-same-day"] == ("running", "2026-11-20 24:00")
    assert clocks["C-contacted-2h"] == ("running", "2026-11-21 01:40")
    assert not [clock for clock in clerk.clocks("1", "23:40") if "dispatched" in clock]
    assert clerk("23:50", "notify", "1", "--via", "phone", "--json").data["stage"] == "open"


def test_a_letter_heard_first_by_a_colleague_from_nobody(clerk: Any) -> None:
    clerk.take("12:30", "--channel", "letter", "--heard-at", "11:00", "nameless")
    assert clerk.clocks("1", "12:30")["Q-told-the-desk"] == ("late", "2026-11-20 12:00")
    assert not [one for one in clerk("12:30", "show", "1", "--json").data["clocks"] if one["step"] == "contacted"]


def test_the_handbook_alone(clerk_under: Any) -> None:
    clerk = clerk_under("office-handbook")
    clerk.take("2026-04-30 09:00", "--complex")
    clerk("2026-04-30 09:05", "assign", "1", "工程部")
    by_step = {one["step"]: one for one in clerk("2026-04-30 09:05", "show", "1", "--json").data["clocks"]}
    assert (by_step["planned"]["shown"], by_step["resolved"]["shown"]) == ("2026-05-07 24:00", "2026-05-25 24:00")
