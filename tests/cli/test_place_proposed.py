"""The place that a text names: proposed, kept with what is private, never put over what was stated."""

import sqlite3
from contextlib import closing
from typing import Any

TEXT = "3号楼2单元电梯坏了没人修"


def of(data: Any) -> list[Any]:
    return [one["value"] for one in data["proposals"] if one["fact"] == "place"]


def test_it_is_marked_and_shown(clerk: Any) -> None:
    taken = clerk("09:00", "log", "--text", TEXT, "--json").data
    assert of(taken) == ["3号楼2单元"] == [taken["facts"]["place"]]
    shown = clerk("09:01", "show", "1", "--json").data
    assert shown["facts"]["place"] == "3号楼2单元" and "place" in shown["proposed"]
    assert of(clerk("09:02", "classify", TEXT, "--json").data) == ["3号楼2单元"]


def test_what_is_stated_stands(clerk: Any) -> None:
    taken = clerk("09:00", "log", "--text", TEXT, "--place", "样例处", "--json").data
    assert (taken["facts"]["place"], of(taken)) == ("样例处", [])


def test_it_goes_with_the_private_part(clerk: Any) -> None:
    clerk("09:00", "log", "--text", TEXT)
    with closing(sqlite3.connect(clerk.ledger)) as ledger:
        body, private = ledger.execute("select body, private from entry where kind = 'logged'").fetchone()
    assert "3号楼" not in body and "3号楼" in private


def test_people_are_told_the_place_once(clerk: Any) -> None:
    for words in (("log", "--text", TEXT), ("classify", TEXT)):
        assert clerk("09:00", *words).out.count("3号楼2单元") == 1
