"""`procedure simulate`: which complaints, seen when, what the other procedure does not know, and what is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LOOK = "2026-11-27 09:00"
HOURS = "\n".join(f'{day} = ["08:30-12:00", "14:00-18:00"]' for day in ("mon", "tue", "wed", "thu", "fri"))


def tried(clerk: Any, pack: str, *words: str, **settings: Any) -> Any:
    return clerk(LOOK, "procedure", "simulate", pack, "--since", "2026-11-20", *words, **settings)


# ---- the span


def test_the_span_holds_both_its_days(clerk: Any) -> None:
    for when in ("2026-11-19 23:59", "2026-11-20 00:00", "2026-11-20 23:59", "2026-11-21 00:00"):
        clerk.take(when)
    look = ("2026-11-21 08:00", "procedure", "simulate", "service-code", "--since")
    assert clerk(*look, "2026-11-20", "--until", "2026-11-20", "--json").data["complaints"] == 2
    assert clerk(*look, "11-20", "--json").data["complaints"] == 3
    assert clerk(*look, "昨天", "--until", "今天", "--json").data["complaints"] == 3
    assert clerk(*look, "today", "--json").data["complaints"] == 1
    out = clerk("2026-11-22 08:00", "procedure", "simulate", "service-code", "--since", "today").out
    assert out.splitlines()[1].startswith("0 received from 2026-11-22 to 2026-11-22") and len(out.splitlines()) == 2


def test_a_procedure_adopted_on_the_way_is_what_later_complaints_lived_under(clerk: Any) -> None:
    clerk.take("09:00")
    clerk("10:00", "procedure", "adopt", "service-code")
    clerk.take("10:05")
    clerk("10:10", "record", "1", "contacted")
    data = clerk("2026-11-21 08:00", "procedure", "simulate", "service-code", "--since", "11-20", "--json").data
    assert data["present"] == [
        {"pack": "site-standard", "complaints": 1},
        {"pack": "service-code", "complaints": 1},
    ]
    # Neither was looked into the same day, but C asks for that nowhere.
    assert [(one["id"], one["step"], one["simulated_state"]) for one in data["changes"]] == [
        (1, "verified", "not-asked")
    ]
    # Before the adoption was written down only the first one was known.
    words = ("--as-of", "09:30", "--json")
    data = clerk("18:00", "procedure", "simulate", "service-code", "--since", "today", *words).data
    assert data["present"] == [{"pack": "site-standard", "complaints": 1}]


def test_the_calendar_is_the_one_known_at_that_moment(clerk: Any) -> None:
    clerk.take("09:00")
    clerk("09:05", "assign", "1", "工程部")
    clerk("12:35", "resolve", "1", "done")
    (clerk.shell.home / "hours.toml").write_text(f"[hours]\n{HOURS}\n")
    clerk("13:00", "calendar", "import", str(clerk.shell.home / "hours.toml"))
    look = ("procedure", "simulate", "service-code", "--since", "today", "--json")
    for words, minutes in (((), 175), (("--as-of", "12:40"), 210)):
        (one,) = clerk("18:00", *look, *words).data["departments"]
        assert (one["taken_seconds"], one["office_seconds"]) == (210 * 60, minutes * 60)


def test_changed_parameters_are_a_difference_to_the_shipped_procedure(clerk: Any) -> None:
    clerk("08:00", "procedure", "params", "at-once=30 minutes")
    clerk.take("09:00", "--difficult")
    clerk("09:20", "escalate", "1", "manager")
    data = clerk("10:00", "procedure", "simulate", "site-standard", "--since", "today", "--json").data
    found = [(one["step"], one["rung"], one["state"], one["simulated_state"]) for one in data["changes"]]
    assert found == [("referred", 3, "met", "late")]


# ---- what the other procedure does not know


def test_steps_that_the_other_procedure_does_not_know_are_told(clerk_under: Callable[[str], Any]) -> None:
    packs = Path(__file__).parent.parent / "procedures" / "packs"
    clerk = clerk_under(str(packs / "two-stage.toml"))
    clerk.take("2026-07-01 10:00")
    clerk("2026-07-03 15:00", "record", "1", "acknowledged")
    clerk.take("2026-07-03 16:00")
    clerk("2026-07-03 16:10", "record", "2", "acknowledged,verified")
    clerk("2026-07-03 16:11", "undo")
    clerk("2026-07-03 16:12", "record", "2", "acknowledged,verified")
    words = ("procedure", "simulate", "site-standard", "--since", "2026-07-01")
    data = clerk("2026-07-06 09:00", *words, "--json").data
    assert data["left_out"]["unread_steps"] == {"acknowledged": 2}
    assert {one["step"] for one in data["steps"]} >= {"acknowledged", "dispatched", "verified"}
    verified = next(one for one in data["steps"] if one["step"] == "verified")
    # The first one was not looked into on its day.
    assert (verified["simulated_late"], verified["simulated_asked"]) == (1, 2)
    out = clerk("2026-07-06 09:00", *words).out
    assert "This procedure does not know 2 of the steps recorded: acknowledged 2." in out
    out = clerk("2026-07-06 09:00", *words, lang="zh").out
    assert "该规程没有以下已记环节，共2次，未予计入：acknowledged 2。" in out


def test_a_linked_event_is_told_once(clerk: Any) -> None:
    for number in range(1, 7):
        clerk.take(f"09:0{number}", "--unit", f"3-1-{number}01")
    clerk("09:10", "link", *"123456")
    data = clerk("09:30", "procedure", "simulate", "service-code", "--since", "today", "--json").data
    one = next(one for one in data["told"] if one["ground"] == "collective")
    assert (one["rung"], one["now"], one["simulated"]) == (3, 1, 1)
    assert one["complaints"] == one["simulated_complaints"] == [1, 2, 3, 4, 5, 6]


def test_withdrawn_complaints_stand_outside(clerk: Any) -> None:
    clerk.take("09:00")
    clerk("11:30", "resolve", "1", "x", "--outcome", "withdrawn")
    data = clerk("12:00", "procedure", "simulate", "owner-mechanism", "--since", "today", "--json").data
    assert (data["complaints"], data["steps"], data["changes"], data["departments"]) == (1, [], [], [])
    assert data["left_out"]["withdrawn"] == 1


# ---- what is refused


def test_an_unknown_procedure_names_those_there_are(clerk: Any) -> None:
    error = tried(clerk, "nope", "--json", code=3).json["error"]
    assert error["code"] == "not-found" and "nope" in error["message"]
    for pack in ("site-standard", "resident-standard", "work-instruction", "owner-mechanism", "office-handbook"):
        assert pack in error["hint"]
    assert "程序自带：site-standard、" in tried(clerk, "nope", code=3, lang="zh").err
    assert tried(clerk, "missing.toml", "--json", code=3).json["error"]["code"] == "not-found"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('limit = "2 hours"', 'limit = "2 fortnights"', "limit"),
        ('step = "contacted"', 'step = "contatced"', "step"),
        ('met_by = ["verified"]', 'met_by = ["veryfied"]', "met_by"),
        ("title = {", "titel = {", "titel"),
        ("[[clock]]", "[[clock]", "TOML"),
    ],
)
def test_a_malformed_procedure_is_refused_by_its_key(clerk: Any, tmp_path: Path, old: str, new: str, key: str) -> None:
    file = tmp_path / "wrong.toml"
    clerk(LOOK, "procedure", "copy", "service-code", str(tmp_path / "right.toml"))
    text = (tmp_path / "right.toml").read_text("utf-8")
    if old.startswith("met_by"):
        text = text.replace('step = "contacted"\n', f'step = "contacted"\n{old}\n', 1)
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    before = clerk.digest()
    for lang in ("en", "zh"):
        error = tried(clerk, str(file), "--json", code=2, lang=lang).json["error"]
        assert error["code"] in ("pack-wrong", "bad-limit")
        assert str(file) in error["message"] and (key in error["message"] + error["hint"])
    check = clerk(LOOK, "procedure", "check", str(file), "--json", code=2, lang="zh").json["error"]
    assert check == error and clerk.digest() == before


@pytest.mark.parametrize(
    ("words", "code", "field"),
    [
        (("--since", "2026-11-28"), "future-moment", "--since"),
        (("--since", "tomorrow"), "future-moment", "--since"),
        (("--since", "2026-11-20", "--until", "2026-11-28"), "future-moment", "--until"),
        (("--since", "2026-11-20", "--until", "2026-11-19"), "bad-value", "--until"),
        (("--since", "2026-11-25", "--as-of", "2026-11-24 09:00"), "future-moment", "--since"),
        (("--since", "soon"), "bad-moment", "soon"),
        (("--since", "2026-11-20", "--as-of", "2026-11-28 09:00"), "future-moment", "--as-of"),
        ((), "missing-option", "--since"),
    ],
)
def test_a_span_that_cannot_be_is_refused(clerk: Any, words: tuple[str, ...], code: str, field: str) -> None:
    for lang in ("en", "zh"):
        ran = clerk(LOOK, "procedure", "simulate", "service-code", *words, "--json", code=2, lang=lang)
        assert ran.json["error"]["code"] == code and field in ran.json["error"]["message"]


def test_without_a_ledger_there_is_nothing_to_replay(clerk: Any) -> None:
    clerk.ledger.unlink()
    error = tried(clerk, "service-code", "--json", code=5).json["error"]
    assert error["code"] == "ledger-missing"
