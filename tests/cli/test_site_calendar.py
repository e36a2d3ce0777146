"""Holidays and office hours at the terminal: shown, tried, taken in; what they move, and what they leave alone."""

import sys
from pathlib import Path
from typing import Any

import pytest

from complaintctl import language
from complaintctl.output import words
from complaintctl.rules import calendar

NEXT_YEAR = """timezone = "Asia/Shanghai"
holidays = ["2027-01-01", "2027-01-04"]
workdays = ["2027-01-09"]
covered = [2027]
"""
HOURS = """[hours]
mon = ["08:30-12:00", "14:00-18:00"]
tue = ["08:30-12:00", "14:00-18:00"]
wed = ["08:30-12:00", "14:00-18:00"]
thu = ["08:30-12:00", "14:00-18:00"]
fri = ["08:30-12:00", "14:00-17:30"]
"""


@pytest.fixture
def waiting(clerk: Any) -> Any:
    """A complaint of 2026-12-30 16:00 whose plan and inquiry fall into a year that nobody knows yet."""
    clerk.take("2026-12-30 16:00", "--inquiry-needed")
    clerk("2026-12-30 16:05", "assign", "1", "工程部")
    return clerk


def file(clerk: Any, text: str) -> str:
    path: Path = clerk.shell.home / "cal.toml"
    path.write_text(text, "utf-8")
    return str(path)


def provisional(clerk: Any, when: str) -> dict[str, str]:
    return {one["id"]: one["shown"] for one in clerk(when, "show", "1", "--json").data["clocks"] if one["provisional"]}


def test_a_limit_beyond_the_known_years_is_marked_everywhere(waiting: Any) -> None:
    assert provisional(waiting, "2026-12-30 16:05") == {
        "H-planned": "2027-01-01 24:00",
        "H-inquiry": "2027-01-04 24:00",
    }
    waiting("2026-12-30 18:00", "record", "1", "contacted,verified,reply-agreed")
    waiting("2026-12-31 09:00", "record", "1", "reply-agreed", "--agreed-by", "2027-01-20 18:00")
    when = "2026-12-31 09:01"
    assert "2027-01-01 24:00 (provisional)" in waiting(when, "record", "1", "chased").out
    assert "(provisional)" in waiting(when, "overdue", "--all", "--within", "9d").out
    assert "provisional" in waiting(when, "show", "1").out
    assert "Provisional: the holidays of that year are not known yet" in waiting(when, "why", "1").out
    items = waiting(when, "overdue", "--within", "9d", "--json").data["items"]
    assert {one["step"]: one["provisional"] for one in items}["planned"] is True
    assert "暂定" in waiting(when, "overdue", "--all", "--within", "9d", lang="zh").out


def test_when_the_year_is_learnt_they_are_recounted_and_listed(waiting: Any) -> None:
    path = file(waiting, NEXT_YEAR)
    before = waiting.digest()
    data = waiting("2027-01-03 09:00", "calendar", "diff", path, "--json").data
    assert waiting.digest() == before
    assert [(one["number"], one["step"], one["old"], one["new"]) for one in data["moved"]] == [
        ("TS202612-0001", "verified", "2027-01-05T00:00:00+08:00", "2027-01-07T00:00:00+08:00"),
        ("TS202612-0001", "planned", "2027-01-02T00:00:00+08:00", "2027-01-06T00:00:00+08:00"),
    ]
    assert [one["day"] for one in data["days"]] == ["2027-01-01", "2027-01-04", "2027-01-09"]
    ran = waiting("2027-01-03 09:00", "calendar", "diff", path)
    assert "Days that would change: 3; due moments that would move: 2" in ran.out
    # By then the plan had run out; as it was provisional, it is recounted all the same.
    assert waiting.clocks("1", "2027-01-03 09:00")["H-planned"] == ("overdue", "2027-01-01 24:00")
    ran = waiting("2027-01-03 09:01", "calendar", "import", path)
    assert "“measures planned” 2027-01-01 24:00 → 2027-01-05 24:00 (H4 四.2)" in ran.out
    assert "2027" in ran.err and "13" in ran.err
    assert waiting.clocks("1", "2027-01-03 09:02")["H-planned"] == ("running", "2027-01-05 24:00")
    assert provisional(waiting, "2027-01-03 09:02") == {}
    assert waiting("2027-01-03 09:02", "verify", "--json").data["findings"] == []
    again = waiting("2027-01-03 09:03", "calendar", "import", path, "--json").data
    assert again["moved"] == [] and again["days"] == []


def test_what_is_listed_in_chinese(waiting: Any) -> None:
    ran = waiting("2026-12-31 09:00", "calendar", "import", file(waiting, NEXT_YEAR), lang="zh")
    assert "2027-01-01" in ran.out and "TS202612-0001" in ran.out and "节假日" in ran.out


def test_what_is_shown_is_a_file_that_gives_the_same(clerk: Any) -> None:
    shown = clerk("09:00", "calendar", "show").out
    data = clerk("09:00", "calendar", "import", file(clerk, shown), "--json").data
    assert data["days"] == [] and data["moved"] == []
    assert clerk("09:01", "calendar", "show").out == shown
    assert clerk("09:01", "calendar", "show", "--json").data["holidays"]["2026"]


def test_office_hours_are_taken_in_and_stay_when_a_years_list_comes(clerk: Any) -> None:
    hours = file(clerk, HOURS)
    clerk("09:00", "calendar", "import", hours)
    words = ("due", "4 business hours", "--from", "2026-11-20T16:00", "--json")
    assert clerk("09:01", "--ledger", str(clerk.ledger), *words).data["shown"] == "2026-11-23 11:00"
    clerk("09:02", "calendar", "import", file(clerk, NEXT_YEAR))
    assert clerk("09:03", "--ledger", str(clerk.ledger), *words).data["shown"] == "2026-11-23 11:00"
    assert (
        clerk("09:03", "--ledger", str(clerk.ledger), "due", "3 workdays", "--from", "2026-12-30T16:00", "--json").data[
            "shown"
        ]
        == "2027-01-06 24:00"
    )


def test_a_site_begins_with_its_own_hours_and_the_shipped_holidays(clerk: Any) -> None:
    path = file(clerk, HOURS)
    clerk.use(clerk.shell.home / "own.db")
    data = clerk("2026-01-01 08:00", "init", "--calendar", path, "--json").data
    assert data["calendar"]["covered"][-1] == 2026
    ledger = ("--ledger", str(clerk.ledger))
    assert clerk("09:00", *ledger, "due", "1 workday", "--from", "2026-02-14 16:00", "--json").data["shown"] == (
        "2026-02-24 24:00"
    )
    assert clerk("09:00", *ledger, "due", "1 business hour", "--from", "2026-11-20 17:00", "--json").data["shown"] == (
        "2026-11-23 09:00"
    )


def test_update_takes_in_what_the_library_knows(clerk: Any) -> None:
    pytest.importorskip("chinese_calendar", reason="chinesecalendar is not installed")
    clerk("09:00", "calendar", "import", file(clerk, HOURS))
    data = clerk("09:01", "calendar", "update", "--json").data
    assert data["days"] == [] and 2026 in data["covered"]
    assert '"08:30-12:00"' in clerk("09:02", "calendar", "show").out


def test_without_the_library_the_install_command_is_named(clerk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    for spoken in ("en", "zh"):
        error = clerk("09:00", "calendar", "update", "--json", code=2, lang=spoken).json["error"]
        assert error["code"] == "missing-extra" and "complaintctl[calendar]" in error["hint"]


@pytest.mark.parametrize(
    "text",
    [
        'holidays = ["2026-02-30"]',
        'holidays = ["2026-01-01", "2026-01-01"]',
        "holiday = []",
        '[hours]\nmon = ["12:00-08:00"]',
        '[hours]\nmon = ["08:00-12:00", "11:00-13:00"]',
        'timezone = "Mars/Base"',
        "covered = [26]",
        "not toml",
    ],
)
def test_a_wrong_file_is_refused_by_key_and_changes_nothing(waiting: Any, text: str) -> None:
    before, path = waiting.digest(), file(waiting, text)
    for verb in ("import", "diff"):
        for spoken in ("en", "zh"):
            ran = waiting("2026-12-31 09:00", "calendar", verb, path, "--json", code=2, lang=spoken)
            assert ran.json["error"]["code"] == "calendar-wrong" and "cal.toml" in ran.json["error"]["message"]
    assert waiting.digest() == before
    Path(path).write_bytes(b"\xff\xfe\x00")
    assert waiting("2026-12-31 09:00", "calendar", "import", path, "--json", code=2).json["error"]["code"] == "bad-text"


def test_the_nature_of_every_day_has_a_word_in_both_languages(clerk: Any) -> None:
    """`why` and `calendar diff` name the days that were passed over or that change."""
    natures = {getattr(calendar, name) for name in NATURES}
    for lang in ("zh", "en"):
        language.install(lang)
        shown = {nature: words.word("nature", nature) for nature in natures}
        assert len(set(shown.values())) == len(natures)
        if lang == "zh":
            assert not any(word.isascii() for word in shown.values()), shown
    text = 'holidays = ["2026-11-23"]\nworkdays = ["2026-11-22"]\nannual = ["11-24"]\n'
    text += '[day_hours]\n"2026-11-21" = ["09:00-10:00"]\n'
    data = clerk("09:00", "calendar", "diff", file(clerk, text), "--json").data
    assert {"holiday", "make-up", "annual", "day-hours"} <= {one["new"] for one in data["days"]}
    out = clerk("09:00", "calendar", "diff", file(clerk, NEXT_YEAR), lang="zh").out
    assert "weekend" not in out and "周末" in out


def test_office_hours_that_change_are_told_by_weekday_and_day(clerk: Any) -> None:
    """Five o'clock becomes four on Fridays, Saturdays are worked, and New Year's Eve closes at noon."""
    text = '[hours]\nfri = ["09:00-17:00"]\n'
    assert clerk("09:00", "calendar", "import", file(clerk, text)).code == 0
    text = '[hours]\nfri = ["09:00-16:00"]\nsat = ["09:00-12:00"]\n[day_hours]\n"2027-12-31" = ["09:00-12:00"]\n'
    data = clerk("09:01", "calendar", "diff", file(clerk, text), "--json").data
    assert data["weekdays"] == [
        {"weekday": "fri", "old": ["09:00-17:00"], "new": ["09:00-16:00"]},
        {"weekday": "sat", "old": [], "new": ["09:00-12:00"]},
    ]
    (day,) = data["days"]
    assert (day["day"], day["old_hours"], day["new_hours"]) == ("2027-12-31", ["09:00-17:00"], ["09:00-12:00"])
    lines = clerk("09:01", "calendar", "diff", file(clerk, text), lang="zh").out.splitlines()
    assert lines[:2] == ["  每周五：09:00-17:00 → 09:00-16:00", "  每周六：不上班 → 09:00-12:00"]


NATURES = ("WORKDAY", "REST", "HOLIDAY", "ANNUAL", "MAKE_UP", "OPENED", "SITE_OPEN", "SITE_CLOSED")
