"""overdue, today, list and search from outside, on a ledger with one day's work in it.

It is Friday 2026-11-20, 19:00, under site-standard. Complaint 1 is closed; 2 waits for its revisit; 3 is resolved
and waits for its notice; 4 is a suggestion; 5 (responsibility unknown, by phone at 14:00, dispatched 14:06) lies
there; 6 came by e-mail at 18:50 and is not dispatched yet.
"""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaintctl.desk import packs, site
from complaintctl.desk.assign import assign
from complaintctl.desk.log import Intake, log
from complaintctl.desk.notify import Told, notify
from complaintctl.desk.office import Office
from complaintctl.desk.record import Record, record
from complaintctl.desk.resolve import Result, resolve
from complaintctl.ledger.store import Ledger
from complaintctl.output.text import width
from complaintctl.reports.overdue import overdue
from complaintctl.reports.view import View, applies
from complaintctl.rules.clock import state_of
from complaintctl.rules.example import moment

ZONE = ZoneInfo("Asia/Shanghai")
NASTY = '灯\x1b[31m闪 [/b] =HYPERLINK("x") \u202e反向'


def at(text: str) -> int:
    return moment(text, ZONE)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("looking") / "site.db"
    settings = {"zone": "Asia/Shanghai", "name": "示例小区", "departments": ["工程部", "客服部"]}
    start = site.Beginning(settings, packs.load("site-standard"), packs.shipped_calendar())
    site.begin(str(path), at("2026-01-01 08:00"), "manager", start)
    with Ledger.open(path, write=True) as ledger:
        play(lambda text: Office(ledger, at(text), "clerk"))
    return path


def play(office: Callable[[str], Office]) -> None:
    own = {"channel": "phone", "kind": "complaint", "responsibility": "own"}
    log(office("2026-11-10 09:00"), Intake({**own, "text": "5号车库灯不亮", "category": "facility"}))
    assign(office("2026-11-10 09:05"), ["1"], "工程部")
    resolve(office("2026-11-10 10:00"), "1", Result("灯管已换"))
    for day, number in (("2026-11-18", "2"), ("2026-11-20", "3")):
        log(office(f"{day} 09:00"), Intake({**own, "text": "保安态度差", "unit": "5-101", "phone": "15400002222"}))
        assign(office(f"{day} 09:05"), [number], "客服部")
        record(office(f"{day} 09:30"), [number], Record(["reply-agreed"]))
        resolve(office(f"{day} 11:00"), number, Result("已道歉"))
    notify(office("2026-11-18 16:00"), "2", Told(["phone"], True, "住户说可以"))
    log(office("2026-11-20 10:00"), Intake({"text": "建议加装充电桩", "kind": "suggestion", "name": "王五"}))
    facts = {"text": "三号楼电梯坏了，回电15400005678", "unit": "3-2-501", "name": "张三", "phone": "15400005678"}
    log(office("2026-11-20 14:00"), Intake({**facts, "channel": "phone", "kind": "complaint", "category": "facility"}))
    assign(office("2026-11-20 14:06"), ["5"], "工程部")
    late = {"text": NASTY, "unit": "＝7栋\x07甲", "channel": "email", "kind": "complaint", "responsibility": "outside"}
    log(office("2026-11-20 18:50"), Intake(late))


@pytest.fixture
def run(shell: Any, written: Path) -> Any:
    """The program on that ledger at 19:00 in English; the shared file is only read."""
    shell.env |= {
        "COMPLAINTCTL_LEDGER": str(written),
        "COMPLAINTCTL_NOW": "2026-11-20T19:00:00+08:00",
        "COMPLAINTCTL_LANG": "en",
    }
    return shell


@pytest.fixture
def own_run(run: Any, written: Path, tmp_path: Path) -> Any:
    """The same on a copy that may be written to."""
    copy = tmp_path / "copy.db"
    shutil.copy(written, copy)
    run.env["COMPLAINTCTL_LEDGER"] = str(copy)
    return run


def now(text: str) -> dict[str, str]:
    return {"COMPLAINTCTL_NOW": f"{text.replace(' ', 'T')}:00+08:00"}


# ---- overdue

KEYS = "id number step clause pack due_at late_by_seconds duty_of department next_rung"


def test_overdue_lists_every_governing_clock_longest_late_first(run: Any) -> None:
    items = run("overdue", "--json").data["items"]
    assert [(one["id"], one["step"], one["due_at"], one["late_by_seconds"]) for one in items] == [
        (5, "contacted", "2026-11-20T16:00:00+08:00", 10_800),
        (5, "reply-agreed", "2026-11-20T16:00:00+08:00", 10_800),
        (5, "resolved", "2026-11-20T18:06:00+08:00", 3_240),
        (5, "referred", "2026-11-20T18:16:00+08:00", 2_640),
    ]
    assert list(items[0])[:10] == KEYS.split()
    assert items[0]["duty_of"] == "handler"
    assert items[0]["clause"] == "C 4.3.1, 4.4.1"
    assert items[0]["pack"] == "service-code"
    assert items[0]["next_rung"] == "supervisor", "the lowest rung that is owed comes first"
    assert (items[3]["rung"], items[3]["rung_name"], items[3]["round"]) == (2, "supervisor", 1)
    assert {one["subject"] for one in items} == {"complaint"}


def test_overdue_shows_one_line_a_complaint_unless_all(run: Any) -> None:
    lines = run("overdue").out.splitlines()
    assert len(lines) == 2
    assert "TS202611-0005" in lines[1]
    assert lines[1].endswith("+3")
    assert "2026-11-20 16:00" in lines[1]
    assert "3 h" in lines[1]
    assert len(run("overdue", "--all").out.splitlines()) == 5


def test_overdue_speaks_chinese(run: Any) -> None:
    out = run("--lang", "zh", "overdue").out
    assert "联系住户" in out
    assert "3小时" in out
    assert "主管" in out
    assert out.splitlines()[0].startswith("编号")


def test_overdue_is_silent_when_nothing_is_late(run: Any) -> None:
    for words in (["overdue"], ["overdue", "--format", "table"], ["overdue", "--exit-code"]):
        ran = run(*words, env=now("2026-11-20 14:00"))
        assert (ran.code, ran.raw, ran.raw_err) == (0, b"", b"")
    assert run("overdue", "--json", env=now("2026-11-20 14:00")).data["items"] == []


def test_at_the_due_moment_nothing_is_late_yet(run: Any) -> None:
    on_time = {"COMPLAINTCTL_NOW": "2026-11-20T16:00:00+08:00"}
    late = {"COMPLAINTCTL_NOW": "2026-11-20T16:00:01+08:00"}
    assert run("overdue", "--json", env=on_time).data["items"] == []
    assert [one["late_by_seconds"] for one in run("overdue", "--json", env=late).data["items"]] == [1, 1]


def test_overdue_within_marks_what_falls_due_soon(run: Any) -> None:
    items = run("overdue", "--within", "2h", "--json").data["items"]
    soon = [(one["id"], one["step"], one["due_in_seconds"]) for one in items if one["state"] == "running"]
    assert soon == [(6, "dispatched", 0), (6, "contacted", 6_600)]
    assert [one["state"] for one in items[:4]] == ["overdue"] * 4
    assert all(one["late_by_seconds"] is None for one in items[4:])
    lines = run("overdue", "--within", "2小时").out.splitlines()
    assert [line.split()[0] for line in lines] == ["ID", "5", "6"]
    assert "running" in lines[2]
    assert run("overdue", "--within", "soon").code == 2


def test_overdue_of_a_department_and_its_exit_code(run: Any) -> None:
    assert run("overdue", "--department", "工程部", "--exit-code").code == 10
    ran = run("overdue", "--department", "客服部", "--exit-code")
    assert (ran.code, ran.out) == (0, "")
    assert run("overdue").code == 0


def test_overdue_csv_has_the_stable_keys(run: Any) -> None:
    raw = run("overdue", "--format", "csv").raw
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert list(rows[0])[:10] == KEYS.split()
    assert [row["step"] for row in rows] == ["contacted", "reply-agreed", "resolved", "referred"]
    assert {"round", "rung", "subject"} <= set(rows[0])


def test_the_next_rung_lies_above_the_highest_referred_to(own_run: Any) -> None:
    for level, following in (("supervisor", "manager"), ("company", "outside"), ("outside", None)):
        assert own_run("escalate", "5", level).code == 0
        items = own_run("overdue", "--json", env=now("2026-11-20 19:30")).data["items"]
        assert {one["next_rung"] for one in items if one["id"] == 5} == {following}


def test_overdue_as_of_a_moment_gone_by(run: Any) -> None:
    ran = run("overdue", "--as-of", "2026-11-20 17:00", "--json")
    assert [one["step"] for one in ran.data["items"]] == ["contacted", "reply-agreed"]
    assert ran.data["as_of"] == "2026-11-20T17:00:00+08:00"
    told = run("overdue", "--as-of", "今天 17:00")
    assert "2026-11-20 17:00" in told.err
    assert run("overdue", "--as-of", "2026-11-21 17:00").code == 2


@pytest.mark.parametrize("look", ["2026-11-20 19:00", "2026-11-25 08:00", "2026-12-21 00:00", "2026-12-25 12:00"])
def test_overdue_agrees_with_the_complaints_themselves(written: Path, look: str) -> None:
    """What the derived rows say without folding is what the fold says: states, and which clock governs."""
    moment_ = at(look)
    with Ledger.open(written) as ledger:
        office = Office(ledger, moment_, "clerk")
        listed = {(one["id"], one["clock"], one["due_at"]) for one in overdue(View(ledger, moment_))}
        folded = set()
        for complaint in range(1, 7):
            life = office.life(complaint)
            sight = life.seen_at(moment_)
            folded |= {
                (complaint, life.clocks[index].id, life.clocks[index].due_at)
                for index in sight.governing
                if sight.states[index] == "overdue"
            }
    assert listed == folded
    assert listed


@pytest.mark.parametrize("started", [None, 50, 100, 150])
@pytest.mark.parametrize("ended", [None, 90, 100, 101])
def test_a_row_applies_exactly_while_its_clock_runs_or_is_overdue(started: int | None, ended: int | None) -> None:
    row = {"started_at": started, "ended_at": ended}
    state = state_of(started, 120, None, ended, "lifted" if ended else None, 100)
    assert applies(row, 100) == (state in ("running", "overdue"))


# ---- today


def test_today_is_what_runs_when_no_command_is_named(run: Any) -> None:
    assert run().out == run("today").out
    lines = run().out.splitlines()
    assert lines[0] == "2026-11-20 19:00 · 5 complaints open"
    assert "Late: 1" in lines
    assert "Waiting for a notice: 1" in lines
    assert "Waiting for a revisit: 1" in lines


def test_today_in_json_counts_and_lists(run: Any) -> None:
    data = run("today", "--json").data
    counts = data["counts"]
    assert (counts["open"], counts["late"], counts["waiting_for_notice"], counts["waiting_for_revisit"]) == (5, 1, 1, 1)
    assert data["late"][0]["others"] == 3
    assert data["late"][0]["due_at"] == "2026-11-20T16:00:00+08:00"
    assert data["due_next"][0]["id"] == 6
    assert data["waiting_for_notice"][0]["due_at"] == "2026-11-21T00:00:00+08:00"
    assert data["waiting_for_revisit"][0]["due_at"] == "2026-11-22T00:00:00+08:00"
    assert counts["untimed"] > 0


def test_today_without_anything_to_do_says_so(run: Any) -> None:
    ran = run("today", "--as-of", "2026-11-12 08:00")
    assert "0 complaints open" in ran.out
    assert "Nothing is late" in ran.out


# ---- list


def numbers(ran: Any) -> list[int]:
    return [one["id"] for one in ran.data["items"]]


def test_list_shows_what_is_open_newest_first(run: Any) -> None:
    assert numbers(run("list", "--json")) == [6, 5, 4, 3, 2]
    assert numbers(run("list", "--all", "--json")) == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("--stage closed", [1]),
        ("--stage resolved", [3]),
        ("--kind suggestion", [4]),
        ("--category facility", [5]),
        ("--category facility --all", [5, 1]),
        ("--severity minor", [5, 3, 2]),
        ("--class 3", [6]),
        ("--validity undetermined", [5]),
        ("--urgency urgent", []),
        ("--department 客服部", [3, 2]),
        ("--building 3", [5]),
        ("--channel email", [6]),
        ("--month 2026-11", [6, 5, 4, 3, 2, 1]),
        ("--month 2026-10", []),
    ],
)
def test_list_is_narrowed(run: Any, words: str, expected: list[int]) -> None:
    assert numbers(run("list", "--json", *words.split())) == expected


def test_severity_is_that_of_the_moment(run: Any) -> None:
    """A month without a solution makes complaint 5 major, without anybody writing anything."""
    assert numbers(run("list", "--severity", "major", "--json", env=now("2026-12-20 23:59"))) == []
    major = run("list", "--severity", "major", "--json", env=now("2026-12-21 00:00"))
    assert [(one["id"], one["severity"]) for one in major.data["items"]] == [(5, "major")]


def test_list_turns_pages(run: Any) -> None:
    first = run("list", "--limit", "2", "--json").data
    assert ([one["id"] for one in first["items"]], first["more"], first["total"]) == ([6, 5], True, 5)
    last = run("list", "--limit", "2", "--offset", "4", "--json").data
    assert ([one["id"] for one in last["items"]], last["more"], last["total"]) == ([2], False, 5)
    ran = run("list", "--limit", "2")
    assert len(ran.out.splitlines()) == 3
    assert ran.err.strip() == "Rows 1 to 2 of 5; --offset 2 shows what follows."


def test_list_says_what_falls_due_next(run: Any) -> None:
    rows = {one["id"]: one for one in run("list", "--json").data["items"]}
    assert (rows[5]["next_step"], rows[5]["next_due_at"]) == ("contacted", "2026-11-20T16:00:00+08:00")
    assert rows[5]["late_by_seconds"] == 10_800
    assert (rows[4]["next_step"], rows[4]["next_due_at"]) == (None, None)


def test_list_refuses_values_that_are_none(run: Any) -> None:
    for words in ("--severity huge", "--stage done", "--month 2026-13", "--limit 0", "--limit 1_0", "--offset -1"):
        assert run("list", *words.split()).code == 2, words


def test_list_as_of_a_moment_gone_by(run: Any) -> None:
    data = run("list", "--as-of", "2026-11-18 10:00", "--json").data
    assert [(one["id"], one["stage"]) for one in data["items"]] == [(2, "open")]


# ---- search


def test_search_finds_two_characters_and_shows_where(run: Any) -> None:
    found = run("search", "电梯", "--json").data["items"]
    assert [one["id"] for one in found] == [5]
    assert found[0]["snippet"] == "三号楼电梯坏了，回电154****5678"
    assert numbers(run("search", "态度", "保安", "--json")) == [3, 2]
    assert run("search", "灯管", "--json").data["items"][0]["snippet"] == "灯管已换"


def test_search_by_name_phone_and_unit_gives_none_of_them_away(run: Any) -> None:
    for words, shown in (("张三", "张*"), ("15400005678", "154****5678"), ("3-2-501", "3-*")):
        ran = run("search", words)
        assert shown in ran.out
        assert words not in ran.out


def test_search_without_a_match(run: Any) -> None:
    ran = run("search", "鳄鱼", "--exit-code")
    assert (ran.code, ran.out) == (0, "")
    assert run("search", "  ").code == 2


# ---- whatever was typed


def test_nasty_text_is_shown_safely_everywhere(run: Any) -> None:
    for words in (["search", "灯"], ["show", "6"], ["list"], ["today"], ["overdue", "--within", "2h"]):
        for form in ("plain", "table"):
            ran = run(*words, "--format", form)
            assert ran.code == 0
            assert b"\x1b" not in ran.raw
            assert b"\x07" not in ran.raw
            assert "\u202e" not in ran.out
    assert "灯\\u{1b}[31m闪 [/b] =HYPERLINK" in run("show", "6").out
    assert run("show", "6", "--json").data["text"] == NASTY
    rows = list(csv.reader(io.StringIO(run("search", "灯", "--format", "csv").raw.decode("utf-8-sig"))))
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_is_not_overrun(run: Any, columns: int) -> None:
    for words in (["show", "5"], ["list"], ["overdue", "--all"], ["search", "电梯"]):
        ran = run.terminal(*words, columns=columns, lines=60, env={"NO_COLOR": "1"})
        assert ran.code == 0
        assert max(map(width, ran.out.splitlines())) <= columns, words
        if words[0] != "show":
            assert ("TS202611-0005" in ran.out) == (columns == 120), words


def test_nothing_is_folded_when_piped(run: Any) -> None:
    assert max(map(width, run("show", "5").out.splitlines())) > 120
    for words in (["list"], ["overdue", "--all"], ["search", "电梯"]):
        for form in ("plain", "table"):
            assert "TS202611-0005" in run(*words, "--format", form).out


def test_without_a_ledger_each_says_so(run: Any) -> None:
    for words in (["overdue"], ["today"], ["list"], ["search", "x"], ["show", "1"], ["why", "1"]):
        ran = run(*words, "--json", env={"COMPLAINTCTL_LEDGER": "/nowhere/at/all.db"})
        assert ran.code == 5, words
        assert ran.json["error"]["code"] == "ledger-missing"
