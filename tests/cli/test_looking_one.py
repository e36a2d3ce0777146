"""show and why from outside: one complaint's JSON, its sheet, its explanation, and what stays private."""

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl import language
from complaintctl.cli.main import main
from complaintctl.desk import packs, site
from complaintctl.rules.example import moment

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new ledger under site-standard; every test works on a copy of it."""
    path = tmp_path_factory.mktemp("one") / "site.db"
    start = site.Beginning({"zone": "Asia/Shanghai"}, packs.load("site-standard"), packs.shipped_calendar())
    site.begin(str(path), moment("2026-01-01 08:00", ZoneInfo("Asia/Shanghai")), "manager", start)
    return path


@pytest.fixture
def run(shell: Any, template: Path) -> Callable[..., Any]:
    """The program, in a process of its own, at an hour of that Friday."""
    ledger = Path(shell.home) / "site.db"
    shutil.copy(template, ledger)
    shell.env |= {"COMPLAINTCTL_LEDGER": str(ledger), "COMPLAINTCTL_LANG": "en"}

    def at(hour: str, *words: str, code: int = 0) -> Any:
        ran = shell(*words, env={"COMPLAINTCTL_NOW": at_hour(hour)})
        assert ran.code == code, ran.out + ran.err
        return ran

    return at


@pytest.fixture
def do(run: Any, shell: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """The program within this process, which is faster: for what leads up to a look."""

    def at(hour: str, *words: str) -> None:
        for name, value in {**shell.env, "COMPLAINTCTL_NOW": at_hour(hour)}.items():
            monkeypatch.setenv(name, value)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()) as problem:
            assert main(words) == 0, problem.getvalue()

    yield at
    language.install("en")


def at_hour(hour: str) -> str:
    return f"{hour if 'T' in hour else f'{DAY}T{hour}'}:00+08:00"


TOLD = ("--text", "请回电15400005678", "--unit", "3-2-501", "--name", "张三丰", "--phone", "15400005678")
#: All stated, so that nothing is proposed from the text.
KINDS = (
    "--kind",
    "complaint",
    "--channel",
    "phone",
    "--category",
    "other",
    "--no-fault",
    "--responsibility",
    "unknown",
)


def tell(do: Callable[..., None], hour: str = "14:00", *more: str) -> None:
    stated = KINDS[:-2] if "--responsibility" in more else KINDS
    do(hour, "log", *TOLD, *(word for word in stated if word != "--no-fault" or "--fault" not in more), *more)


KEYS = {
    *("id", "number", "kind", "stage", "round", "received_at", "text", "unit", "name", "phone"),
    *("facts", "judgement", "reasons", "clocks", "timeline"),
}
CLOCK_KEYS = {
    *("step", "pack", "clause", "limit", "from", "started_at", "due_at", "met_at", "state", "governs", "provisional"),
    *("round", "rung", "duty_of"),
}


def test_json_of_a_complaint(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("14:06", "assign", "1", "工程部")
    data = run("19:00", "show", "TS202611-0001", "--json").data
    assert set(data) >= KEYS
    assert (data["id"], data["number"], data["kind"], data["stage"], data["round"]) == (
        *(1, "TS202611-0001", "complaint", "open", 1),
    )
    assert data["received_at"] == "2026-11-20T14:00:00+08:00"
    assert data["judgement"] == {
        **{"category": "other", "severity": "minor", "class": "1", "validity": "undetermined"},
        **{"urgency": "general", "collective": False, "repeat": False},
    }
    severity = next(one for one in data["reasons"] if one["facet"] == "severity")
    assert (severity["value"], severity["pack"], severity["clause"]) == ("minor", "resident-standard", "R 四.3(3)")
    assert "undetermined" in severity["because"]
    assert data["facts"]["responsibility"] == "unknown"
    assert data["facts"]["households"] == 1
    assert all(set(clock) >= CLOCK_KEYS for clock in data["clocks"])


def clocks(data: Any, step: str) -> dict[str, Any]:
    return {one["id"]: one for one in data["clocks"] if one["step"] == step}


def test_clocks_in_json(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("14:06", "assign", "1", "工程部")
    data = run("19:00", "show", "1", "--json").data
    class_1 = clocks(data, "resolved")["Q-class-1"]
    assert (class_1["limit"], class_1["from"], class_1["duty_of"]) == ("4 hours", "dispatched", "department")
    assert (class_1["started_at"], class_1["due_at"]) == ("2026-11-20T14:06:00+08:00", "2026-11-20T18:06:00+08:00")
    assert (class_1["state"], class_1["governs"], class_1["late_by_seconds"]) == ("overdue", True, 3240)
    minor = clocks(data, "resolved")["R-resolved-minor"]
    assert (minor["state"], minor["governs"], minor["shown"]) == ("running", False, "2026-11-22 24:00")
    assert minor["due_at"] == "2026-11-23T00:00:00+08:00"
    dispatched = clocks(data, "dispatched")["R-dispatched-10min"]
    assert (dispatched["met_at"], dispatched["state"]) == ("2026-11-20T14:06:00+08:00", "met")
    superior = clocks(data, "referred")["Q-late"]
    assert (superior["rung"], superior["rung_name"], superior["site_parameter"]) == (2, "supervisor", "at-once")
    month = clocks(data, "referred")["R-referred-major"]
    assert (month["state"], month["due_at"]) == ("waiting", "2026-12-22T00:00:00+08:00")


def test_kinds_that_are_not_judged_have_no_judgement(run: Callable[..., Any], do: Callable[..., None]) -> None:
    do("09:00", "log", "--text", "建议加装充电桩", "--kind", "suggestion")
    data = run("10:00", "show", "1", "--json").data
    facets = {facet: value for facet, value in data["judgement"].items() if facet != "category"}
    assert facets == dict.fromkeys(("severity", "class", "validity", "urgency", "collective", "repeat"))
    assert [one for one in data["clocks"] if one["state"] != "untimed"] == []
    assert "not judged" in run("10:00", "show", "1").out


def test_a_pack_without_a_facet_gives_none_for_it(
    shell: Any, run: Callable[..., Any], do: Callable[..., None], tmp_path: Path
) -> None:
    shell.env["COMPLAINTCTL_LEDGER"] = str(tmp_path / "other.db")
    do("2026-01-01T08:00", "init", "--procedure", "resident-standard")
    do("09:00", "log", "--text", "灯坏了", "--kind", "complaint", "--responsibility", "own", "--no-fault")
    judged = run("10:00", "show", "1", "--json").data["judgement"]
    assert (judged["severity"], judged["validity"]) == ("minor", "valid")
    assert (judged["class"], judged["urgency"], judged["collective"], judged["repeat"]) == (None, None, None, None)
    why = run("10:00", "why", "1").out
    assert "class: none — the procedure does not judge this" in why
    assert "work-instruction" not in why


def test_timeline_tells_every_entry(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("14:06", "assign", "1", "工程部", "--person", "李四")
    do("14:30", "record", "1", "contacted", "张三丰不在家，电话15400005678", "--at", "14:20")
    data = run("19:00", "show", "1", "--json").data
    assert [one["kind"] for one in data["timeline"]] == ["logged", "assigned", "recorded"]
    last = data["timeline"][-1]
    assert (last["at"], last["recorded_at"]) == ("2026-11-20T14:20:00+08:00", "2026-11-20T14:30:00+08:00")
    assert last["steps"] == ["contacted"]
    assert last["note"] == "张*不在家，电话154****5678"
    assert {"seq", "kind", "at", "recorded_at", "actor"} <= set(last)
    assert "(written down 2026-11-20 14:30)" in run("19:00", "show", "1").out


# ---- what is private


def test_private_facts_are_masked_wherever_they_stand(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do, "14:00", "--against", "王保安")
    for words in (["show", "1"], ["show", "1", "--all"], ["show", "1", "--json"], ["why", "1"], ["why", "1", "--json"]):
        out = run("15:00", *words).out
        for secret in ("张三丰", "15400005678", "3-2-501", "王保安"):
            assert secret not in out, words
    data = run("15:00", "show", "1", "--json").data
    assert (data["unit"], data["name"], data["phone"]) == ("3-*", "张*", "154****5678")
    assert (data["text"], data["facts"]["against"]) == ("请回电154****5678", "王*")


def test_revealing_wants_a_reason_and_leaves_an_entry(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    data = run("15:00", "show", "1", "--reveal", "回电核实", "--json").data
    assert (data["unit"], data["name"], data["phone"]) == ("3-2-501", "张三丰", "15400005678")
    assert data["text"] == "请回电15400005678"
    assert (data["timeline"][-1]["kind"], data["timeline"][-1]["reason"]) == ("revealed", "回电核实")
    assert "张三丰" not in run("15:01", "show", "1", "--json").out
    assert len(run("15:01", "show", "1", "--json").data["timeline"]) == 2
    run("15:02", "show", "1", "--reveal", " ", code=2)
    assert len(run("15:03", "show", "1", "--json").data["timeline"]) == 2


def test_showing_leaves_no_trace(run: Callable[..., Any], do: Callable[..., None], shell: Any) -> None:
    tell(do)
    ledger = Path(shell.env["COMPLAINTCTL_LEDGER"])
    before = ledger.read_bytes()
    for words in (["show", "1"], ["why", "1"], ["show", "1", "--as-of", "14:00"], ["overdue"], ["today"], ["list"]):
        run("18:00", *words)
    assert ledger.read_bytes() == before


# ---- the sheet


def test_the_sheet_puts_what_is_late_first(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("14:06", "assign", "1", "工程部")
    lines = run("19:00", "show", "1").out.splitlines()
    at = lines.index("Clocks")
    states = [line.split()[1 if line.startswith("*") else 0] for line in lines[at + 1 :] if line[2:9].strip()]
    states = [state for state in states if state in ("overdue", "running", "waiting", "met")]
    assert states == sorted(states, key=["overdue", "running", "waiting", "met"].index)
    assert states.count("overdue") == 4
    assert lines[0] == "TS202611-0001 (1) · complaint · open"
    assert any("complaintctl escalate 1 supervisor" in line for line in lines)


def test_replaced_and_lifted_clocks_only_with_all(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do, "09:00", "--responsibility", "own")
    do("09:05", "assign", "1", "工程部")
    do("10:00", "record", "1", "contacted", "约好", "--agreed-by", "2026-11-27 18:00")
    assert "replaced" not in run("10:30", "show", "1").out
    everything = run("10:30", "show", "1", "--all").out
    assert everything.count("replaced") == 2
    data = run("10:30", "show", "1", "--json").data
    governing = [one for one in data["clocks"] if one["step"] == "resolved" and one["governs"]]
    assert [one["due_at"] for one in governing] == ["2026-11-27T18:00:00+08:00"]
    assert data["agreed_by"] == "2026-11-27T18:00:00+08:00"
    assert "solution agreed for: 2026-11-27 18:00" in everything


def test_show_in_chinese(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    out = run("19:00", "--lang", "zh", "show", "1").out
    for words in (
        "判定",
        "期限",
        "办理经过",
        "下一步",
        "逾期",
        "首次联系住户",
        "2小时",
        "投诉处理人",
        "责任：尚未认定",
    ):
        assert words in out
    because = run("19:00", "--lang", "zh", "show", "1", "--json").data["reasons"][0]["because"]
    assert because == "其余有效投诉（有效性：待定）"


def test_an_overruled_judgement_says_who_by_and_what_the_rules_give(
    run: Callable[..., Any], do: Callable[..., None]
) -> None:
    tell(do, "14:00", "--responsibility", "own", "--fault")
    do("15:00", "amend", "1", "--severity", "minor", "--reason", "误会")
    severity = next(one for one in run("16:00", "show", "1", "--json").data["reasons"] if one["facet"] == "severity")
    assert (severity["value"], severity["derived"]) == ("minor", "important")
    assert severity["because"] == "overruled by the clerk: 误会"
    assert "by the rules it would be: important" in run("16:00", "show", "1").out


def test_as_of_shows_only_what_had_been_written_down(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("16:00", "assign", "1", "工程部", "--at", "14:06")
    early = run("19:00", "show", "1", "--as-of", "15:00", "--json").data
    assert (early["department"], len(early["timeline"])) == (None, 1)
    assert clocks(early, "dispatched")["R-dispatched-10min"]["state"] == "overdue"
    late = run("19:00", "show", "1", "--as-of", "17:00", "--json").data
    assert clocks(late, "dispatched")["R-dispatched-10min"]["state"] == "met"
    run("19:00", "show", "1", "--as-of", "13:59", code=3)


def test_what_was_erased_or_undone_is_gone(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("14:10", "record", "1", "contacted", "张三丰不在")
    do("15:00", "forget", "1", "--reason", "保存期满")
    data = run("16:00", "show", "1", "--json").data
    assert (data["text"], data["unit"], data["name"], data["phone"]) == (None, None, None, None)
    assert data["judgement"]["severity"] == "minor"
    sheet = run("16:00", "show", "1").out
    assert "(erased)" in sheet
    assert "张" not in sheet
    tell(do, "16:00")
    do("16:01", "undo")
    run("16:02", "show", "2", code=3)


def test_unknown_complaints(run: Callable[..., Any]) -> None:
    for words in (["show", "7"], ["why", "TS202611-0007"], ["show", "x"]):
        assert run("10:00", *words, "--json", code=3).json["error"]["code"] == "not-found"


# ---- why


def explained(data: Any, clock: str, round_: int = 1) -> str:
    return " ".join(next(one for one in data["clocks"] if one["id"] == clock and one["round"] == round_)["why"])


def test_why_explains_where_each_clock_comes_from(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do)
    do("14:06", "assign", "1", "工程部")
    data = run("19:00", "why", "1", "--json").data
    assert data["procedure"]["id"] == "site-standard"
    class_1 = explained(data, "Q-class-1")
    assert "cause class: class 1" in class_1
    assert "From “dispatched” (2026-11-20 14:06), 4 hours: until 2026-11-20 18:06." in class_1
    assert "Governs: the one due first of 2 limits" in class_1
    assert "Does not govern: Q 4.2.3 is due first (2026-11-20 18:06)." in explained(data, "R-resolved-minor")
    superior = explained(data, "Q-late")
    assert "the running out of the limit for “resolved” (2026-11-20 18:06), 10 minutes‡" in superior
    assert "‡ The documents leave this to the site (R 四.5); 10 minutes is the program's default." in superior
    plan = explained(data, "H-planned")
    assert "1: 2026-11-23, 2: 2026-11-24" in plan
    assert "2026-11-21" in plan
    out = run("19:00", "why", "1").out
    assert "* Q 4.2.3 (work-instruction) — resolve a class 1 complaint: overdue by 54 min" in out


def test_why_says_what_ended_a_clock(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do, "09:00")
    do("09:05", "assign", "1", "工程部")
    do("11:00", "amend", "1", "--responsibility", "outside")
    data = run("12:00", "why", "1", "--json").data
    assert "Lifted on 2026-11-20 11:00: cause class: class 3" in explained(data, "Q-class-1")
    do("12:30", "amend", "1", "--responsibility", "building", "--from-the-start")
    data = run("13:00", "why", "1", "--json").data
    assert "what it rested on was wrong from the start" in explained(data, "Q-class-1")


def test_why_tells_replaced_contained_and_reopened(run: Callable[..., Any], do: Callable[..., None]) -> None:
    tell(do, "09:00", "--responsibility", "own")
    do("09:05", "assign", "1", "工程部")
    do("10:00", "record", "1", "contacted", "约好", "--agreed-by", "2026-11-27 18:00")
    do("11:00", "resolve", "1", "已处理")
    do("12:00", "notify", "1", "--via", "phone", "--not-accepted")
    data = run("13:00", "why", "1", "--json").data
    assert "Replaced on 2026-11-20 10:00" in explained(data, "R-resolved-minor")
    assert "by “resolved”, which contains it" in explained(data, "H-verified-same-day")
    assert "Lifted on 2026-11-20 12:00: reopened" in explained(data, "R-revisited")
    assert "From the reopening (2026-11-20 12:00), 2 hours" in explained(data, "C-contacted-2h", 2)


def test_what_the_resident_asked_for_takes_the_place_of_the_limit(
    run: Callable[..., Any], do: Callable[..., None]
) -> None:
    tell(do, "09:00", "--responsibility", "own", "--requested-by", "2026-11-25 12:00")
    why = explained(run("10:00", "why", "1", "--json").data, "R-resolved-minor")
    assert "the time the resident asked for takes the place of 2 days: until 2026-11-25 12:00" in why


def test_a_deadline_beyond_the_known_years_is_marked_everywhere(
    run: Callable[..., Any], do: Callable[..., None]
) -> None:
    at, later, shown = "2026-12-30T16:00", "2027-01-04T08:00", "2027-01-04 24:00 (provisional)"
    tell(do, at, "--responsibility", "own", "--inquiry-needed")
    clock = clocks(run(at, "show", "1", "--json").data, "verified")["H-inquiry"]
    assert (clock["shown"], clock["provisional"]) == ("2027-01-04 24:00", True)
    assert shown in run(at, "show", "1").out
    assert "Provisional: the holidays of that year are not known yet" in run(at, "why", "1").out
    do(at, "assign", "1", "工程部")
    do(at, "record", "1", "verified,planned,reply-agreed", "约好", "--agreed-by", "2027-01-20 18:00")
    for words in (["overdue", "--within", "1d"], ["list"], ["today"]):
        assert shown in run(later, *words).out, words


def test_looking_at_one_complaint_loads_nothing_heavy(
    run: Callable[..., Any], do: Callable[..., None], shell: Any, imported_modules: Callable[..., frozenset[str]]
) -> None:
    tell(do)
    env = {"COMPLAINTCTL_LEDGER": shell.env["COMPLAINTCTL_LEDGER"], "COMPLAINTCTL_NOW": at_hour("15:00")}
    for form in ("plain", "json"):
        loaded = imported_modules("show", "1", "--format", form, env=env)
        assert not loaded & {
            "rich",
            "tomllib",
            "sqlite_utils",
            "dataclasses",
            "dateutil.parser",
            "complaintctl.reading",
        }
