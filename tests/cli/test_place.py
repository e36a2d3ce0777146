"""`place`, and what registered buildings change for listings and the month's figures, from outside."""

import csv
import io

import pytest


def report(clerk, when="2026-11-25 09:00", *words, **settings):
    return clerk(when, "monthly-report", "--json", *words, **settings)


@pytest.fixture
def site(clerk):
    """Two buildings in two areas, and complaints from both: in 3 two valid ones and an invalid one, in 5 a repair."""
    clerk("08:00", "place", "add", "3号楼", "--area", "东区", "--households", "120")
    clerk("08:00", "place", "add", "5", "--area", "西区", "--households", "80")
    clerk.take("09:00", "--unit", "3-1-501")
    clerk.take("09:01", "--unit", "3-1-502")
    clerk.take("09:02", "--unit", "3-1-503", "--responsibility", "self")
    clerk.take("09:03", "--unit", "5-1-101", "--kind", "repair")
    clerk.take("09:04", "--unit", "7-1-101")
    return clerk


def test_what_each_command_answers_in_json(clerk):
    clerk("08:00", "staff", "add", "样例甲", "--role", "service-staff")
    added = clerk("09:00", "place", "add", "3号楼", "--assistant", "样例甲", "--json").data
    assert added == {
        **{"id": 1, "code": "3", "name": "3号楼", "area": None, "assistant": {"id": 1, "name": "样例甲"}},
        **{"households": None, "homes": 0},
    }
    data = clerk("09:01", "place", "units", "3", "-", "--json", stdin="3-1-101\n\n3-1-102 \n").data
    assert (data["households"], data["homes"]) == (2, 2)
    data = clerk("09:02", "place", "change", "3栋", "--households", "120", "--clear", "name,assistant", "--json").data
    assert (data["name"], data["assistant"], data["households"]) == (None, None, 120)
    data = clerk("09:03", "place", "units", "3", "3-1-101", "--gone", "--json").data
    assert (data["households"], data["homes"]) == (120, 1)
    clerk("09:04", "place", "add", "12", "--area", "东区")
    clerk("09:04", "place", "add", "5", "--area", "东区")
    listed = clerk("09:05", "place", "list", "--area", "东区", "--json").data["items"]
    assert [(one["code"], one["homes"], one["households"]) for one in listed] == [("5", 0, None), ("12", 0, None)]
    assert [one["code"] for one in clerk("09:05", "place", "list", "--as-of", "09:03", "--json").data["items"]] == ["3"]
    assert "3-1-10" not in "".join(
        clerk("09:05", "place", "list", "--format", kind).out for kind in ("plain", "json", "csv")
    )


def test_refusals_of_places(site):
    for words, code, rule in (
        (("add", "3栋"), 4, "known-already"),
        (("units", "5", "3-1-101"), 4, "unit-elsewhere"),
        (("change", "3"), 2, None),
        (("units", "3", "x" * 61), 2, None),
    ):
        if rule == "unit-elsewhere":
            site("09:10", "place", "units", "3", "3-1-101")
        digest = site.digest()
        error = site("09:11", "place", *words, "--json", code=code).json["error"]
        assert error.get("rule") == rule and error["hint"] and site.digest() == digest


def test_buildings_are_taken_from_a_table(clerk):
    path = clerk.shell.home / "楼栋.csv"
    path.write_bytes("楼栋,户数,房号\r\n3号楼,120,3-1-101\r\n3号楼,,3-1-102\r\n".encode("gb18030"))
    shown = clerk("09:00", "place", "import", str(path), lang="zh").out
    assert shown == "新增 1，更改 0，不变 0。\n  新增：3\n  登记房号：2个\n"
    path.write_text("building,households\n3,120\n3,121\n", "utf-8")
    told = clerk("09:01", "place", "import", str(path), "--json", code=2).json
    assert told["data"]["rows"] == [{"line": 3, "reason": "line 2 says otherwise of building 3", "hint": ""}]


def test_a_listing_is_narrowed_to_an_area_or_a_building_by_its_name(site):
    def listed(*words):
        return [one["id"] for one in site("09:30", "list", *words, "--json").data["items"]]

    assert listed("--area", "东区") == [3, 2, 1]
    assert listed("--area", "西区", "--kind", "repair") == [4]
    assert listed("--building", "3号楼") == listed("--building", "3") == [3, 2, 1]
    assert listed("--building", "7") == [5] and listed("--building", "9号楼") == []
    site("09:31", "staff", "add", "样例甲", "--role", "service-staff", "--area", "北区")
    assert listed("--area", "北区") == []
    error = site("09:32", "list", "--area", "南区", code=2).err
    assert "东区, 北区, 西区" in error


def test_each_building_has_its_rate_where_its_households_are_known(site):
    data = report(site).data
    found = {one["value"]: (one["label"], one["valid"]) for one in data["breakdowns"]["building"]}
    assert found == {
        "3": ("3号楼", {"numerator": 2, "denominator": 120}),
        "5": ("5", {"numerator": 0, "denominator": 80}),
        "7": ("7", {"numerator": 1, "denominator": None}),
    }
    assert "valid" not in data["breakdowns"]["category"][0]
    rate = next(one for one in data["figures"] if one["key"] == "valid-complaint-rate")
    assert (rate["numerator"], rate["denominator"]) == (3, 200)
    rows = list(csv.DictReader(io.StringIO(site("2026-11-25 09:00", "monthly-report", "--format", "csv", "--raw").out)))
    assert [
        tuple(row[name] for name in ("key", "item", "label", "value", "numerator", "denominator"))
        for row in rows
        if row["section"] == "building"
    ] == [
        ("valid-complaint-rate", "3", "3号楼", "0.0167", "2", "120"),
        ("valid-complaint-rate", "5", "5", "0.0000", "0", "80"),
    ]
    shown = site("2026-11-25 09:00", "monthly-report", lang="zh").out
    assert "  有效投诉率   3号楼 1.67%（2/120）、5 0.0%（0/80）\n" in shown
    assert "户数：200（各楼栋合计）。\n" in shown


def test_the_sum_is_used_only_where_every_building_has_a_number(site):
    assert report(site).data["households"] == {"value": 200, "source": "buildings", "buildings": 200}
    site("10:00", "place", "add", "7")
    data = report(site).data
    assert data["households"] == {"value": None, "source": None, "buildings": None}
    rate = next(one for one in data["figures"] if one["key"] == "valid-complaint-rate")
    assert (rate["denominator"], rate["apart"]["households-unknown"]) == (None, 3)
    site("10:01", "place", "units", "7", "7-1-101")
    assert report(site).data["households"]["value"] == 201


def test_a_site_with_another_number_keeps_it_and_that_is_said(shell, new_clerk):
    ledger = shell.home / "own.db"
    assert shell("--ledger", str(ledger), "init", "--households", "1200").code == 0
    clerk = new_clerk(shell, ledger)
    clerk("2026-12-01 08:00", "place", "add", "3", "--households", "1180")
    ran = report(clerk, "2026-12-02 09:00")
    assert ran.data["households"] == {"value": 1200, "source": "site", "buildings": 1180}
    assert [one["code"] for one in ran.json["warnings"]] == ["households-differ"]
    shown = clerk("2026-12-02 09:00", "monthly-report").out
    assert "Households: the site has 1200, its buildings together 1180; the rates use 1200." in shown
    clerk("2026-12-02 10:00", "place", "change", "3", "--households", "1200")
    assert report(clerk, "2026-12-02 11:00").json["warnings"] == []


def test_the_month_is_as_it_was_where_no_building_is_registered(clerk):
    clerk.take("09:00")
    data = report(clerk).data
    assert data["households"] == {"value": None, "source": None, "buildings": None}
    assert "Households" not in clerk("2026-11-25 09:00", "monthly-report").out
    rows = csv.DictReader(io.StringIO(clerk("2026-11-25 09:00", "monthly-report", "--format", "csv", "--raw").out))
    assert not [row for row in rows if row["section"] == "building" or row["key"] == "households"]
