"""Which periods are owed: areas that come later, procedures that come and go, other zones, months that are cut off."""

from typing import Any

import pytest

JOINT = ("--party", "committee=样例甲", "--party", "community=样例乙", "--party", "company=样例丙", "--items", "upkeep")


def gaps(clerk: Any, when: str, kind: str = "assistant") -> list[tuple[str, str | None]]:
    """The period and the area of each visit owed and not held, of a year."""
    items = clerk(when, "visit", "list", "--gaps", "--json").data["items"]
    return [(one["period"], one["area"]) for one in items if one["kind"] == kind]


def quarters(clerk: Any, when: str) -> list[str]:
    items = clerk(when, "overdue", "--json").data["items"]
    return [one["number"] for one in items if one["step"] == "joint-inspection"]


def month(clerk: Any, when: str, of: str) -> list[tuple[str, str]]:
    found = clerk(when, "monthly-report", of, "--json").data["gaps"]
    return [(one["occasion"], one["period"]) for one in found]


# ---- areas


def test_areas_owe_nothing_for_the_time_before_they_were_registered(clerk: Any) -> None:
    for day in ("2026-02-03", "2026-05-06", "2026-08-04"):
        clerk(f"{day} 10:00", "visit", "record", "assistant", "--by", "样例助理")
    clerk("2026-11-10 09:00", "place", "add", "3", "--area", "东区")
    clerk("2026-11-10 09:01", "place", "add", "5", "--area", "西区")
    assert gaps(clerk, "2026-12-31 23:59") == []
    assert gaps(clerk, "2027-01-01 00:00") == []  # the list shows the year begun
    told = clerk("2027-01-01 00:00", "today", "--json").data["not_held"]
    assert [one["area"] for one in told if one["occasion"] == "assistant"] == ["东区", "西区"]
    clerk("2027-01-02 09:00", "place", "add", "7", "--area", "北区")
    told = clerk("2027-03-31 23:59", "today", "--json").data["not_held"]
    missed = [(one["area"], one["due_at"][:10]) for one in told if one["occasion"] == "assistant"]
    assert missed.count(("北区", "2027-01-01")) == 0 and missed.count(("东区", "2027-01-01")) == 1


def test_what_the_site_as_one_did_not_hold_stays_a_gap_when_areas_come(clerk: Any) -> None:
    clerk("2026-01-05 10:00", "visit", "record", "forum")
    assert gaps(clerk, "2026-07-01 00:00") == [("2026-Q1", None), ("2026-Q2", None)]
    clerk("2026-07-06 09:00", "place", "add", "3", "--area", "东区")
    assert gaps(clerk, "2026-10-01 00:00") == [("2026-Q1", None), ("2026-Q2", None), ("2026-Q3", "东区")]
    assert ("assistant", "2026-Q1") in month(clerk, "2026-10-01 00:00", "2026-03")


def test_an_area_of_people_owes_until_the_last_of_them_has_left(clerk: Any) -> None:
    clerk("2026-01-05 10:00", "visit", "record", "forum")
    clerk("2026-01-05 10:00", "staff", "add", "样例助理", "--role", "area-assistant", "--area", "西区")
    clerk("2026-03-01 10:00", "staff", "left", "样例助理", "--on", "2026-04-01")
    assert gaps(clerk, "2026-04-01 23:59") == [("2026-Q1", "西区")]
    assert gaps(clerk, "2026-04-02 00:00") == [("2026-Q1", None)]


# ---- procedures


def test_what_a_procedure_asked_for_in_its_time_stays_in_that_month(clerk: Any) -> None:
    clerk("2026-07-02 09:00", "visit", "record", "forum")
    assert ("joint", "2026-Q3") in month(clerk, "2026-10-01 00:00", "2026-09")
    clerk("2026-11-10 09:00", "procedure", "adopt", "service-code")
    assert ("joint", "2026-Q3") in month(clerk, "2026-11-10 09:01", "2026-09")
    assert quarters(clerk, "2027-01-01 00:00") == []
    assert month(clerk, "2027-01-01 00:00", "2026-12") == []


@pytest.mark.parametrize(
    ("adopted", "owed"),
    [("2026-12-31 23:59", ["2026-Q4"]), ("2027-01-01 00:00", []), ("2026-10-01 00:00", ["2026-Q4"])],
)
def test_a_quarter_is_owed_under_the_procedure_in_which_it_ends(
    clerk_under: Any, adopted: str, owed: list[str]
) -> None:
    clerk = clerk_under("service-code")
    clerk("2026-07-02 09:00", "visit", "record", "forum")
    clerk(adopted, "procedure", "adopt", "site-standard")
    assert quarters(clerk, "2027-01-01 00:00") == owed
    assert [one for one in month(clerk, "2027-01-01 00:00", "2026-12") if one[0] == "joint"] == [
        ("joint", one) for one in owed
    ]


# ---- zones and months


def test_a_quarter_ends_at_midnight_of_the_sites_zone_in_summer_and_in_winter(clerk: Any) -> None:
    """Berlin is two hours ahead of UTC until 25 October 2026, then one: midnight is 06:00, then 07:00 in Shanghai."""
    clerk.use(clerk.shell.home / "berlin.db")
    clerk("2026-08-22 09:00", "init", "--timezone", "Europe/Berlin")
    assert quarters(clerk, "2026-10-01 05:59") == []
    assert quarters(clerk, "2026-10-01 06:00") == ["2026-Q3"]
    assert quarters(clerk, "2027-01-01 06:59") == ["2026-Q3"]
    assert quarters(clerk, "2027-01-01 07:00") == ["2026-Q3", "2026-Q4"]
    clerk("2027-01-01 07:00", "inspect", "record", "joint", *JOINT, "--at", "2026-12-31 23:59")
    assert quarters(clerk, "2027-01-01 07:00") == []


@pytest.mark.parametrize(
    ("held", "owed"),
    [("2026-09-30 23:59", []), ("2026-09-30 24:00", ["2026-Q3"]), ("2026-10-01 00:00", ["2026-Q3"])],
)
def test_what_is_held_at_24_00_is_held_in_the_quarter_that_begins(clerk: Any, held: str, owed: list[str]) -> None:
    clerk("2026-07-02 09:00", "visit", "record", "forum")
    clerk("2026-10-02 09:00", "inspect", "record", "joint", *JOINT, "--at", held)
    found = [one for one in month(clerk, "2026-10-02 09:00", "2026-09") if one[0] == "joint"]
    assert found == [("joint", one) for one in owed]


def test_a_plan_goes_by_at_the_24_00_of_its_day(clerk: Any) -> None:
    clerk("2026-11-20 09:00", "inspect", "plan", "regular", "--on", "2026-11-25")
    plans = [clerk(when, "today", "--json").data for when in ("2026-11-25 23:59", "2026-11-26 00:00")]
    assert ["JC202611-0001" in str(one) for one in plans] == [False, True]


def test_the_month_of_a_site_with_a_cut_off_has_the_quarter_that_ended_in_it(clerk: Any) -> None:
    clerk.use(clerk.shell.home / "cut.db")
    clerk("2026-08-22 09:00", "init", "--cut-off", "25")
    assert [("joint" in dict(month(clerk, "2026-10-26 09:00", of))) for of in ("2026-09", "2026-10")] == [False, True]
