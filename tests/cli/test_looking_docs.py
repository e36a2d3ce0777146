"""docs/json-keys.md and docs/exit-codes.md name exactly what the program gives."""

import re
from pathlib import Path
from typing import Any

import pytest

from complaintctl import errors
from complaintctl.cli.commands import import_
from complaintctl.desk import refused_people
from complaintctl.intake import columns, own, sources, table
from complaintctl.rules.facts import FACTS

#: Causes that few commands know: imported, so that they are found below.
BESIDE = (refused_people, table, columns, own, sources, import_)
DOCS = Path(__file__).parents[2] / "docs"


def section(heading: str) -> str:
    text = (DOCS / "json-keys.md").read_text("utf-8")
    found = re.search(rf"^##+ {re.escape(heading)}$(.*?)(?=^##+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def keys(heading: str) -> set[str]:
    rows = re.findall(r"^\| (`[^|]+`) \|", section(heading), re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


@pytest.fixture
def site(shell: Any) -> Any:
    shell.env |= {
        "COMPLAINTCTL_LEDGER": str(shell.home / "site.db"),
        "COMPLAINTCTL_NOW": "2026-11-20T09:00:00+08:00",
        "COMPLAINTCTL_LANG": "en",
    }
    shell("init")
    shell("log", "--text", "三号楼电梯坏了", "--unit", "3-2-501", "--kind", "complaint", "--channel", "phone")
    shell("log", "--text", "灯坏了", "--kind", "repair", "--unit", "3-1")
    shell("assign", "2", "工程部")
    shell("resolve", "2", "已更换")
    shell.env["COMPLAINTCTL_NOW"] = "2026-11-20T19:00:00+08:00"
    return shell


def test_the_documented_keys_are_the_keys(site: Any) -> None:
    complaint = site("show", "1", "--json").data
    assert set(complaint) == keys("A complaint")
    assert set(complaint["reasons"][0]) == keys("A reason")
    assert all(set(clock) == keys("A clock") for clock in complaint["clocks"])
    assert keys("An entry of the timeline") <= set(complaint["timeline"][0])
    overdue = site("overdue", "--json").data
    assert (set(overdue), set(overdue["items"][0])) == ({"items", "as_of"}, keys("overdue"))
    today = site("today", "--json").data
    assert set(today) == keys("today")
    assert set(today["counts"]) | set(today["waiting_for_notice"][0]) <= set(re.findall(r"`(\w+)`", section("today")))
    assert set(today["late"][0]) - {"others"} <= keys("overdue")
    listed = site("list", "--json").data["items"][0]
    assert set(listed) == keys("list and search")
    found = site("search", "电梯", "--json").data
    assert set(found) == {"items", "total", "more", "offset", "as_of"}
    assert set(found["items"][0]) == keys("list and search") | {"snippet"}
    why = site("why", "1", "--json").data
    assert set(why) == keys("why")
    assert set(why["clocks"][0]) == keys("A clock") | {"why"}
    assert set(site("due", "1 day", "--json").data) == keys("due")
    assert set(site("classify", "灯坏了", "--json").data) == keys("classify")


def test_the_documented_keys_of_a_visit_are_the_keys(site: Any) -> None:
    site("visit", "plan", "forum", "--on", "2026-11-20")
    site("visit", "record", "forum", "--raised", "加车架")
    site.env["COMPLAINTCTL_NOW"] = "2026-11-21T09:00:00+08:00"
    visit = site("visit", "show", "2", "--json").data
    assert (set(visit), set(visit["matters"][0])) == (keys("A visit"), keys("A matter"))
    listed = site("visit", "list", "--json").data
    assert (set(listed), set(listed["items"][0])) == ({"items", "year", "gaps", "as_of"}, keys("visit list"))
    assert set(site("visit", "list", "--gaps", "--json").data["items"][0]) == keys("visit list --gaps")


def test_the_documented_keys_of_people_and_places_are_the_keys(site: Any) -> None:
    site("staff", "add", "样例甲", "--role", "desk")
    assert set(site("staff", "show", "1", "--json").data) == keys("A member of staff")
    assert set(site("place", "add", "3", "--json").data) == keys("A building")
    (site.home / "staff.csv").write_text("name,role\n样例乙,desk\n")
    assert set(site("staff", "import", "staff.csv", "--json").data) == keys("staff import and place import")


def test_every_fact_that_classify_takes_is_named() -> None:
    assert set(FACTS) <= set(re.findall(r"`(\w+)`", section("classify")))


def causes(base: type[errors.DeskError]) -> set[tuple[str, str]]:
    found = set()
    for cause in base.__subclasses__():
        found |= {(cause.code, str(cause.exit_code))} | causes(cause)
    return found


def test_every_error_has_its_code_in_the_list() -> None:
    text = (DOCS / "exit-codes.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", text, re.MULTILINE))
    abstract = {(errors.LedgerError.code, str(errors.LedgerError.exit_code))}
    assert listed == causes(errors.DeskError) - abstract
    documented = set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE))
    assert {code for _, code in listed} | {"0", str(errors.NOT_EMPTY)} == documented
