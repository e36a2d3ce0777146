"""The written procedures at the terminal: begun with each, copied, changed, checked, adopted, set, and judged by."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaintctl import procedures

TWO_STAGE = Path(__file__).parent.parent / "procedures" / "packs" / "two-stage.toml"

#: One and the same complaint: the company's own fault, a shared lift out of order, six households.
TOLD = (
    *("--kind", "complaint", "--channel", "phone", "--responsibility", "own", "--fault", "--outage", "--complex"),
    *("--inquiry-needed", "--households", "6", "--unit", "3-1-501", "--text", "电梯停了", "--category", "facility"),
)

#: Of each pack: the facets it judges, and the letters of the documents its clauses come from.
JUDGED = {
    "resident-standard": ({"severity": "important"}, {"R"}),
    "work-instruction": ({"class": "1"}, {"Q"}),
    "owner-mechanism": ({}, set()),
    "office-handbook": ({"urgency": "urgent"}, {"H"}),
    "service-code": ({"collective": True, "repeat": False}, {"C"}),
    "site-standard": (
        {"severity": "important", "class": "1", "urgency": "urgent", "collective": True, "repeat": False},
        {"R", "Q", "H", "C"},
    ),
}


def begin(clerk: Any, procedure: str, name: str = "own.db") -> Any:
    clerk.use(clerk.shell.home / name)
    return clerk("2026-11-01 08:00", "init", "--procedure", procedure, "--json").data


def documents(clocks: list[Any]) -> set[str]:
    return {one["clause"][0] for one in clocks}


@pytest.mark.parametrize("pack", JUDGED)
def test_each_pack_judges_the_same_complaint_by_its_own_clauses(clerk: Any, pack: str) -> None:
    assert begin(clerk, pack)["procedure"] == pack
    data = clerk("09:00", "log", *TOLD, "--json").data
    facets, letters = JUDGED[pack]
    judged = {facet: value for facet, value in data["judgement"].items() if value is not None}
    assert judged == {"category": "facility", "validity": "valid", **facets}
    assert documents(data["clocks"]) == letters
    assert data["procedure"] == pack
    reasons = {one["facet"]: one["clause"] for one in data["reasons"]}
    assert reasons.pop("validity") == "C 4.1.1" and {clause[0] for clause in reasons.values()} <= letters
    why = clerk("09:01", "why", "1").out
    assert f"({pack})" in why.splitlines()[1]
    for one in data["clocks"]:
        assert one["pack"] in why and one["pack"] == (pack if pack != "site-standard" else one["pack"])
    told = clerk("09:01", "why", "1", "--json").data
    assert {one["clause"][0] for one in told["clocks"]} == letters if letters else not told["clocks"]


def test_a_bare_init_asks_nothing_and_takes_the_joined_procedure(clerk: Any) -> None:
    clerk.use(clerk.shell.home / "deep" / "bare.db")
    ran = clerk("2026-11-01 08:00", "init", "--json")
    data = ran.data
    assert (data["procedure"], data["timezone"], data["settings"]) == (
        *("site-standard", "Asia/Shanghai"),
        {"zone": "Asia/Shanghai"},
    )
    assert data["calendar"]["covered"][-1] == 2026 and ran.json["warnings"] == []
    error = clerk("2026-11-01 08:01", "init", "--json", code=5).json["error"]
    assert error["code"] == "ledger-exists"


def test_init_takes_the_sites_own_settings(clerk: Any) -> None:
    clerk.use(clerk.shell.home / "own.db")
    words = ("--name", "示例小区", "--households", "1200", "--cut-off", "25", "--timezone", "Asia/Urumqi")
    data = clerk("2026-11-01 08:00", "init", *words, "--json").data
    assert data["settings"] == {"zone": "Asia/Urumqi", "name": "示例小区", "households": 1200, "cut_off": 25}
    taken = clerk("2026-11-20 09:00", "log", "--text", "甲", "--at", "07:00", "--json").data
    assert taken["received_at"].startswith("2026-11-20T07:00:00+0")
    for wrong in (("--timezone", "Mars/Base"), ("--households", "0"), ("--cut-off", "32"), ("--procedure", "nope")):
        clerk.use(clerk.shell.home / "none.db")
        ran = clerk("09:00", "init", *wrong, "--json", code=3 if wrong[1] == "nope" else 2)
        assert ran.json["ok"] is False and not clerk.ledger.exists()


# ---- a copy, changed


def copied(clerk: Any, pack: str, change: Callable[[str], str]) -> str:
    file = clerk.shell.home / "my.toml"
    clerk("08:00", "procedure", "copy", pack, str(file))
    text = file.read_text("utf-8")
    file.write_text(change(text), "utf-8")
    assert file.read_text("utf-8") != text
    return str(file)


def without(clock: str) -> Callable[[str], str]:
    """Take a clock out of a pack, and the examples that speak of it."""

    def change(text: str) -> str:
        blocks = re.split(r"(?m)^(?=\[\[)", text)
        kept = [block for block in blocks if f'id = "{clock}"' not in block and not block.startswith("[[example]]")]
        return "".join(kept)

    return change


def test_a_clock_taken_out_of_a_copy_is_gone_from_the_desk(clerk: Any) -> None:
    file = copied(clerk, "site-standard", without("C-contacted-2h"))
    begin(clerk, file)
    clerk.take("09:00")
    clocks = clerk.clocks("1", "09:00")
    assert "C-contacted-2h" not in clocks
    assert clocks["H-contacted-24h"] == ("running", "2026-11-21 09:00")
    assert "C 4.3.1, 4.4.1" not in clerk("09:01", "why", "1").out


def test_a_limit_changed_in_a_copy_is_the_limit(clerk: Any) -> None:
    def change(text: str) -> str:
        head, clock, rest = text.partition('id = "R-dispatched-10min"')
        return without("")(head + clock + rest.replace('limit = "10 minutes"', 'limit = "30 minutes"', 1))

    file = copied(clerk, "site-standard", change)
    begin(clerk, file)
    clerk.take("09:00")
    assert clerk.clocks("1", "09:00")["R-dispatched-10min"] == ("running", "2026-11-20 09:30")
    assert clerk.clocks("1", "09:00")["C-dispatched-at-once"] == ("running", "2026-11-20 09:10")


def test_a_changed_judgement_is_the_judgement_and_why_says_so(clerk: Any) -> None:
    file = copied(
        clerk,
        "resident-standard",
        lambda text: (
            without("")(text).replace('value = "important"', 'value = "major"', 1).replace("R 四.3(2)", "本处 7.1")
        ),
    )
    begin(clerk, file)
    data = clerk("09:00", "log", *TOLD, "--json").data
    severity = next(one for one in data["reasons"] if one["facet"] == "severity")
    assert (severity["value"], severity["clause"]) == ("major", "本处 7.1")
    assert "本处 7.1" in clerk("09:01", "why", "1").out


def test_a_copy_is_the_same_procedure_and_overwrites_nothing(clerk: Any) -> None:
    file = clerk.shell.home / "copy.toml"
    for pack in procedures.SHIPPED:
        clerk("08:00", "procedure", "copy", pack, str(file))
        assert (
            clerk("08:00", "procedure", "show", str(file), "--json").data
            == clerk("08:00", "procedure", "show", pack, "--json").data
        )
        ran = clerk("08:00", "procedure", "copy", pack, str(file), "--json", code=2)
        assert ran.json["error"]["code"] == "file-taken"
        file.unlink()


# ---- looking at them


def test_the_list_has_the_shipped_and_the_adopted(clerk: Any) -> None:
    clerk("2026-11-02 08:00", "procedure", "adopt", str(TWO_STAGE))
    rows = clerk("2026-11-02 09:00", "procedure", "list", "--json").data["items"]
    assert [one["id"] for one in rows if one["origin"] == "shipped"] == list(procedures.SHIPPED)
    assert [(one["id"], one["origin"]) for one in rows if one["origin"] != "shipped"] == [
        ("site-standard", "adopted"),
        ("two-stage", "in-force"),
    ]
    assert {one["id"]: one["clocks"] for one in rows}["owner-mechanism"] == 0
    assert "现场综合标准" in clerk("09:00", "procedure", "list", lang="zh").out


@pytest.mark.parametrize("pack", procedures.SHIPPED)
def test_a_procedure_is_shown_with_each_clause(clerk: Any, pack: str) -> None:
    data = clerk("08:00", "procedure", "show", pack, "--json").data
    out = clerk("08:00", "procedure", "show", pack).out
    for clock in data["clocks"]:
        assert clock["id"] in out and clock["clause"] in out
    for language in ("zh", "en"):
        assert clerk("08:00", "procedure", "show", pack, lang=language).out.count("\n") > len(data["clocks"])


def test_without_a_name_the_one_in_force(clerk: Any) -> None:
    assert clerk("08:00", "procedure", "show", "--json").data["id"] == "site-standard"
    clerk("08:01", "procedure", "adopt", "office-handbook")
    assert clerk("08:02", "procedure", "show", "--json").data["id"] == "office-handbook"


# ---- checking


@pytest.mark.parametrize("pack", [*procedures.SHIPPED, str(TWO_STAGE)], ids=lambda name: Path(name).name)
def test_what_ships_is_in_order(clerk: Any, pack: str) -> None:
    data = clerk("08:00", "procedure", "check", pack, "--json").data
    assert data["failed"] == []
    assert "in order" in clerk("08:00", "procedure", "check", pack).out


def test_an_example_that_fails_is_6_and_a_slip_in_the_form_2(clerk: Any) -> None:
    file = copied(clerk, "service-code", lambda text: text.replace('limit = "2 hours"', 'limit = "3 hours"'))
    before = clerk.digest()
    ran = clerk("08:00", "procedure", "check", file, code=6)
    assert "expected 2026" in ran.out
    document = clerk("08:00", "procedure", "check", file, "--json", code=6).json
    assert document["error"]["code"] == "example-failed" and document["data"]["failed"]
    Path(file).write_text(Path(file).read_text().replace('limit = "3 hours"', 'limit = "3 fortnights"'))
    for words in (("check",), ("adopt",), ("show",)):
        for language in ("en", "zh"):
            error = clerk("08:00", "procedure", *words, file, "--json", code=2, lang=language).json["error"]
            assert error["code"] in ("pack-wrong", "bad-limit")
            assert "clock" in error["message"] and "limit" in error["message"]
    clerk.use(clerk.shell.home / "none.db")
    clerk("08:00", "init", "--procedure", file, code=2)
    assert not clerk.ledger.exists()
    clerk.use(clerk.shell.home / "site.db")
    assert clerk.digest() == before


def test_checking_needs_no_ledger(clerk: Any) -> None:
    clerk.ledger.unlink()
    clerk("08:00", "procedure", "check", "site-standard")
    clerk("08:00", "procedure", "copy", "site-standard", str(clerk.shell.home / "x.toml"))
    clerk("08:00", "procedure", "show", "service-code")
    assert len(clerk("08:00", "procedure", "list", "--json").data["items"]) == len(procedures.SHIPPED)
    clerk("08:00", "--ledger", str(clerk.ledger), "procedure", "list", code=5)


# ---- adopting


def test_earlier_complaints_keep_the_procedure_they_were_received_under(clerk: Any) -> None:
    clerk.take("09:00")
    data = clerk("10:00", "procedure", "adopt", "service-code", "--json").data
    assert (data["procedure"], data["since"]) == ("service-code", "2026-11-20T10:00:00+08:00")
    clerk.take("10:05")
    shown = [clerk("10:06", "show", name, "--json").data for name in ("1", "2")]
    assert [one["procedure"] for one in shown] == ["site-standard", "service-code"]
    assert [one["judgement"]["severity"] for one in shown] == ["minor", None]
    for name, pack in (("1", "(site-standard)"), ("2", "(service-code)")):
        assert pack in clerk("10:06", "why", name).out
    # What is done on the old one later is judged by the old one's clauses.
    data = clerk("10:10", "amend", "1", "--fault", "--json").data
    assert data["judgement"]["severity"] == "important"
    data = clerk("10:11", "amend", "2", "--fault", "--json").data
    assert data["judgement"]["severity"] is None
    clerk("10:12", "undo", actor="other", code=4)


def test_site_parameters_hold_from_now_on(clerk: Any) -> None:
    clerk.take("09:00")
    rows = clerk("09:05", "procedure", "params", "--json").data["items"]
    assert {one["key"]: one["value"] for one in rows}["at-once"] == "10 minutes"
    rows = clerk("09:10", "procedure", "params", "at-once=20分钟", "revisit=2 days", "--json").data["items"]
    changed = {one["key"]: (one["value"], one["default"]) for one in rows if one["value"] != one["default"]}
    assert changed == {"at-once": ("20 minutes", "10 minutes"), "revisit": ("2 days", "3 days")}
    clerk.take("09:20")
    assert clerk.clocks("1", "09:20")["C-dispatched-at-once"] == ("overdue", "2026-11-20 09:10")
    assert clerk.clocks("2", "09:20")["C-dispatched-at-once"] == ("running", "2026-11-20 09:40")
    marked = next(
        one for one in clerk("09:21", "show", "2", "--json").data["clocks"] if one["id"] == "C-dispatched-at-once"
    )
    assert marked["site_parameter"] == "at-once"
    assert "20 minutes‡" in clerk("09:21", "show", "2").out


# ---- a procedure none of us wrote


def test_the_two_stage_code_is_lived_through(clerk: Any) -> None:
    begin(clerk, str(TWO_STAGE))
    told = ("--kind", "complaint", "--channel", "email", "--unit", "1-1-101", "--responsibility", "own", "--no-fault")
    ran = clerk("2026-07-01 10:00", "log", "--text", "花园无人打理", *told, "--category", "environment")
    assert "by 2026-07-08 24:00 acknowledge the complaint (T 1.1; complaints officer)" in ran.out
    ran = clerk("2026-07-03 15:00", "record", "1", "acknowledged", "已收到", lang="zh")
    assert "确认收到" in ran.out and "期限 2026-07-17 24:00 第一阶段答复" in ran.out

    longer = ("--reason", "专家未到", "--told", "书面")
    error = clerk("2026-07-17 16:00", "extend", "1", "--until", "08-01 00:01", *longer, "--json", code=4).json["error"]
    assert (error["rule"], error["clause"]) == ("too-long", "T 1.3")
    data = clerk("2026-07-17 16:00", "extend", "1", "--until", "2026-07-31 24:00", *longer, "--json").data
    assert [(one["id"], one["shown"]) for one in data["clocks"] if one["state"] == "running"] == [
        ("agreed", "2026-07-31 24:00")
    ]
    error = clerk("2026-07-20 09:00", "extend", "1", "--until", "08-05 09:00", *longer, "--json", code=4).json["error"]
    assert error["rule"] == "extended-enough"
    assert clerk("2026-07-31 23:59", "overdue").out == ""
    assert "T 1.3" in clerk("2026-08-01 00:01", "overdue").out

    # Whoever takes it down may answer it: there is no form to send out.
    clerk("2026-07-30 10:00", "resolve", "1", "每月两次修剪", "--person", "甲")
    data = clerk("2026-07-31 10:00", "notify", "1", "--via", "written", "--accepted", "--json").data
    assert data["stage"] == "closed"

    data = clerk("2026-08-03 09:00", "reopen", "1", "--reason", "要求复核", "--json").data
    assert data["round"] == 2
    clerk("2026-08-05 11:00", "record", "1", "acknowledged")
    clocks = clerk.clocks("1", "2026-08-05 11:00")
    assert clocks["acknowledged-2/2"] == ("met", "2026-08-10 24:00")
    assert clocks["answered-2/2"] == ("running", "2026-09-02 24:00")
    error = clerk("2026-08-20 10:00", "resolve", "1", "维持", "--person", "甲", "--json", code=4).json["error"]
    assert (error["rule"], error["clause"]) == ("same-person", "T 2.3")
    clerk("2026-08-20 10:00", "resolve", "1", "改为每周", "--person", "乙")
    data = clerk("2026-09-03 00:01", "notify", "1", "--via", "written", "--accepted", "--json").data
    assert data["stage"] == "closed" and clerk.clocks("1", "2026-09-03 00:01")["answered-2/2"][0] == "late"
    why = clerk("2026-09-03 09:00", "why", "1").out
    assert "T 2.2 (two-stage)" in why and "20 working days" in why
    error = clerk("2026-09-03 09:00", "record", "1", "planned-by-nobody", "--json", code=2).json["error"]
    assert "acknowledged" in error["hint"]
