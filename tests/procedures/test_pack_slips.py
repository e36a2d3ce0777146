"""Slips of the pen: whatever stands at whatever key of a pack, it is refused by key or taken, and never breaks."""

import copy
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaintctl import procedures
from complaintctl.errors import PackWrong
from complaintctl.procedures import holidays
from complaintctl.rules import example, pack
from complaintctl.rules.book import Book
from complaintctl.rules.calendar import Calendar
from complaintctl.rules.packkeys import Reader
from complaintctl.rules.procedure import Procedure

COMMON = tomllib.loads(procedures.common())
CALENDAR = Calendar.from_snapshot(holidays.shipped())
ZONE = ZoneInfo("Asia/Shanghai")
GONE = object()
SLIPS = [7, -1, True, 1.5, "x", "", "$x", [], ["x"], [{}], {}, {"x": 1}, {"zh": "甲", "en": "a"}, GONE]


def places(value, path=()):
    """Every place of a document, as the keys and numbers that lead there."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for number, one in enumerate(value[:3]):
            yield from places(one, (*path, number))


def slipped(document, path, slip):
    found = copy.deepcopy(document)
    holder = found
    for key in path[:-1]:
        holder = holder[key]
    if slip is GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = copy.deepcopy(slip)
    return found


def taken(document):
    """Compile a pack and run its examples; say whether it was taken."""
    try:
        snapshot = pack.compile_pack(Reader("slip.toml", document, COMMON))
    except PackWrong as wrong:
        expected = wrong.values["expected"]
        assert expected.text.format(**expected.values)
        assert wrong.values["key"]
        return False
    book = Book(ZONE, [(0, Procedure(snapshot))], [(0, CALENDAR)])
    for row in document.get("example", []):
        example.run(row, book)
    return True


def document_of(name):
    if name == "two-stage":
        return tomllib.loads((Path(__file__).parent / "packs" / "two-stage.toml").read_text(encoding="utf-8"))
    found = tomllib.loads(procedures.text(name))
    return {**found, "clock": found["clock"][:3], "example": []}


@pytest.mark.parametrize("name", ["two-stage", "service-code"])
def test_a_slip_is_refused_or_taken(name):
    document = document_of(name)
    assert taken(document)
    outcomes = [taken(slipped(document, path, slip)) for path in places(document) if path for slip in SLIPS]
    assert 0 < outcomes.count(True) < outcomes.count(False)
