"""`procedure simulate` on ten complaints of Friday 2026-11-20, worked through the desk under site-standard.

Tried are a stricter copy of it (class 1 in 2 hours instead of 4, the first word in 1 hour instead of 2, an important
complaint with the manager in 30 minutes instead of an hour) and the work instruction (Q) alone. Reckoned by hand, from
the documents' limits and the deeds below; office hours are Monday to Friday 08:30-12:00 and 14:00-18:00.

     complaint                        deeds                                      present      stricter      Q alone
  1  own, no fault (class 1, minor)   sent 09:05, word 09:50, solved 12:35       by 13:05     by 11:05 LATE by 13:05
  2  own, fault (important)           told 09:00, manager 09:45, word 10:30,     word 11:00   word 10:00 LATE   -
                                      solved 10:50, revisited late               mgr. 10:00   mgr. 09:30 LATE   -
  3  building (class 2)               told 10:00, sent 10:15 LATE, solved 17:00  by 24:00     by 24:00     by 24:00
  4  outside (class 3), on site       sent 10:05, superior 11:00, solved Mon.    11-23 24:00  11-23 24:00  11-23 24:00
  5  own, agreed on 11-24 18:00       sent 09:05, solved 11-24 10:00             11-24 18:00  11-24 18:00  13:05 LATE
  6  own, extended at 16:30           sent 13:05, solved 11-23 10:00             11-23 12:00  15:05 LATE   17:05 LATE
  7  own, result not accepted 10:30   round 2: sent 10:35, solved 13:30          by 14:35     by 12:35 LATE by 14:35
  8  own, six households              manager 09:08, solved 10:30                all in time under each
  9  a suggestion                                                                no limits
 10  own, nameless, at night          sent 22:30, solved 11-21 01:30             by 02:30     by 00:30 LATE by 02:30

Where the solution is late Q 4.2.4 wants the superior told ten minutes later (1: 11:15, 6: 15:15, 7: 12:45, 10: 00:40
in the stricter copy; 5: 13:15, 6: 17:15 under Q), and where nobody replied in two days, the top by 11-22 24:00 (6, and
under Q 5). The extension of 6 came after the stricter limit had run out, so there it replaces nothing; Q knows neither
extensions nor agreed times. The dispatch of 3 is late by R and C; Q alone asks for none.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from complaintctl import language
from complaintctl.cli.commands import simulate
from complaintctl.output.text import width
from complaintctl.reports import simulate as reports

LOOK = "2026-11-27 09:00"
SINCE = ("--since", "2026-11-20")
HOURS = "\n".join(f'{day} = ["08:30-12:00", "14:00-18:00"]' for day in ("mon", "tue", "wed", "thu", "fri"))

OWN = ("--kind", "complaint", "--responsibility", "own")
TOLD = {
    "1": ("09:00", *OWN, "--no-fault", "--channel", "phone", "--unit", "3-1-101"),
    "2": ("09:00", *OWN, "--fault", "--channel", "phone", "--unit", "3-1-102"),
    "5": ("09:00", *OWN, "--no-fault", "--channel", "phone", "--unit", "3-1-105"),
    "7": ("09:00", *OWN, "--no-fault", "--channel", "phone", "--unit", "3-1-107"),
    "8": ("09:00", *OWN, "--no-fault", "--channel", "phone", "--unit", "3-1-108", "--households", "6"),
    "9": ("09:00", "--kind", "suggestion", "--channel", "phone", "--unit", "3-1-109"),
    "3": ("10:00", "--kind", "complaint", "--responsibility", "building", "--channel", "phone", "--unit", "3-1-103"),
    "4": ("10:00", "--kind", "complaint", "--responsibility", "outside", "--channel", "on-site", "--unit", "3-1-104"),
    "6": ("13:00", *OWN, "--no-fault", "--channel", "phone", "--unit", "3-1-106"),
    "10": ("22:25", *OWN, "--no-fault", "--channel", "letter"),
}
"""The complaints by the numbers of the table, in the order in which they were taken down."""

VISIT = ("--via", "visit", "--accepted")
DEEDS = (
    ("1", "09:05", "assign", "工程部"),
    ("2", "09:05", "assign", "客服部"),
    ("5", "09:05", "assign", "客服部"),
    ("7", "09:05", "assign", "工程部"),
    ("8", "09:04", "assign", "客服部"),
    ("8", "09:08", "escalate", "manager"),
    ("5", "09:30", "record", "reply-agreed,verified", "--agreed-by", "11-24 18:00"),
    ("8", "09:30", "record", "reply-agreed,verified"),
    ("7", "09:40", "record", "reply-agreed,verified"),
    ("2", "09:45", "escalate", "manager"),
    ("1", "09:50", "record", "reply-agreed,verified"),
    ("7", "10:00", "resolve", "done"),
    ("4", "10:05", "assign", "工程部"),
    ("3", "10:15", "assign", "工程部"),
    ("2", "10:30", "record", "reply-agreed,verified"),
    ("7", "10:30", "notify", "--via", "visit", "--not-accepted"),
    ("8", "10:30", "resolve", "done"),
    ("7", "10:35", "assign", "工程部"),
    ("4", "10:40", "record", "contacted,verified"),
    ("2", "10:50", "resolve", "done"),
    ("3", "10:50", "record", "contacted,verified"),
    ("4", "11:00", "escalate", "supervisor"),
    ("8", "11:00", "notify", *VISIT),
    ("7", "11:10", "record", "reply-agreed,verified"),
    ("2", "11:30", "notify", *VISIT),
    ("1", "12:35", "resolve", "done"),
    ("6", "13:05", "assign", "工程部"),
    ("7", "13:30", "resolve", "done"),
    ("6", "13:40", "record", "reply-agreed,verified"),
    ("1", "14:00", "notify", *VISIT),
    ("7", "14:00", "notify", *VISIT),
    ("6", "16:30", "extend", "--until", "11-23 12:00", "--reason", "spare part", "--told", "by phone"),
    ("3", "17:00", "resolve", "done", "--outcome", "passed-on"),
    ("3", "17:30", "notify", *VISIT),
    ("10", "22:30", "assign", "秩序部"),
    ("10", "23:00", "record", "verified"),
    ("10", "2026-11-21 01:30", "resolve", "done"),
    ("3", "2026-11-21 09:00", "revisit", "--satisfied"),
    ("1", "2026-11-22 10:00", "revisit", "--satisfied"),
    ("8", "2026-11-22 10:00", "revisit", "--satisfied"),
    ("6", "2026-11-23 10:00", "resolve", "done"),
    ("6", "2026-11-23 10:30", "notify", *VISIT),
    ("7", "2026-11-23 11:00", "revisit", "--satisfied"),
    ("4", "2026-11-23 16:00", "resolve", "done", "--outcome", "passed-on"),
    ("4", "2026-11-23 17:00", "notify", *VISIT),
    ("2", "2026-11-24 09:00", "revisit", "--satisfied"),
    ("6", "2026-11-24 10:00", "revisit", "--satisfied"),
    ("5", "2026-11-24 10:00", "resolve", "done"),
    ("5", "2026-11-24 11:00", "notify", *VISIT),
    ("4", "2026-11-25 10:00", "revisit", "--satisfied"),
    ("5", "2026-11-26 10:00", "revisit", "--satisfied"),
)


@pytest.fixture(scope="module")
def ten(
    tmp_path_factory: pytest.TempPathFactory,
    new_shell: Callable[..., Any],
    new_clerk: Callable[..., Any],
    begun: Callable[[str], Path],
) -> Iterator[Any]:
    """The ten complaints at the desk; `ten.names` gives a complaint's short id by its number in the table."""
    home = tmp_path_factory.mktemp("ten")
    ledger = home / "site.db"
    ledger.write_bytes(begun("site-standard").read_bytes())
    clerk = new_clerk(new_shell(home), ledger)
    (home / "hours.toml").write_text(f"[hours]\n{HOURS}\n")
    clerk("08:00", "calendar", "import", str(home / "hours.toml"))
    clerk.names = {}
    for name, (when, *words) in TOLD.items():
        told = clerk(when, "log", "--text", "样例", "--category", "other", *words, "--json")
        clerk.names[name] = str(told.data["id"])
    for name, when, verb, *words in DEEDS:
        clerk(when, verb, clerk.names[name], *words)
    stricter(clerk, home / "stricter.toml")
    yield clerk
    language.install("en")


def stricter(clerk: Any, file: Path) -> None:
    clerk("08:00", "procedure", "copy", "site-standard", str(file))
    text = file.read_text("utf-8").replace('id = "site-standard"', 'id = "stricter"', 1).partition("[[example]]")[0]
    for clock, old, new in (
        ("Q-class-1", "4 hours", "2 hours"),
        ("C-contacted-2h", "2 hours", "1 hour"),
        ("R-referred-important", "1 hour", "30 minutes"),
    ):
        head, found, rest = text.partition(f'id = "{clock}"')
        assert found
        text = head + found + rest.replace(f'limit = "{old}"', f'limit = "{new}"', 1)
    file.write_text(text, "utf-8")


def tried(clerk: Any, pack: str, *words: str, **settings: Any) -> Any:
    name = str(clerk.shell.home / "stricter.toml") if pack == "stricter" else pack
    return clerk(LOOK, "procedure", "simulate", name, *SINCE, *words, **settings)


def changed(clerk: Any, data: Any) -> set[tuple[Any, ...]]:
    """The changes by the numbers of the table: (complaint, step, rung, round, ground, due, done, state, due, state)."""
    names = {name: number for number, name in clerk.names.items()}
    return {
        (
            *(names[str(one["id"])], one["step"], one["rung"], one["round"], one["ground"]),
            *(one[key] and one[key][5:16] for key in ("due_at", "met_at")),
            *(one["state"], one["simulated_due_at"] and one["simulated_due_at"][5:16], one["simulated_state"]),
        )
        for one in data["changes"]
    }


def table(data: Any, key: str = "steps") -> dict[Any, tuple[int, int, int, int]]:
    """The rows: late and asked at present, late and asked in the trial, by step or by step and rung."""
    return {
        (one["step"] if one["rung"] is None else (one["step"], one["rung"])): (
            *(one["late"], one["asked"]),
            *(one["simulated_late"], one["simulated_asked"]),
        )
        for one in data[key]
    }


def told(clerk: Any, data: Any) -> dict[tuple[int, str], tuple[int, int, list[str], list[str]]]:
    names = {name: number for number, name in clerk.names.items()}
    return {
        (one["rung"], one["ground"]): (
            *(one["now"], one["simulated"]),
            *(sorted(names[str(name)] for name in one[key]) for key in ("complaints", "simulated_complaints")),
        )
        for one in data["told"]
    }


# ---- the ten complaints, by hand


def test_what_would_be_late_under_the_stricter_copy(ten: Any) -> None:
    data = tried(ten, "stricter", "--json").data
    assert (data["pack"], data["complaints"], data["present"]) == (
        *("stricter", 10),
        [{"pack": "site-standard", "complaints": 10}],
    )
    assert (data["since"], data["until"]) == ("2026-11-20T00:00:00+08:00", "2026-11-28T00:00:00+08:00")
    none, not_asked = None, "not-asked"
    assert changed(ten, data) == {
        ("1", "resolved", none, 1, none, "11-20T13:05", "11-20T12:35", "met", "11-20T11:05", "late"),
        ("1", "referred", 2, 1, "late", none, none, not_asked, "11-20T11:15", "missed"),
        ("2", "contacted", none, 1, none, "11-20T11:00", "11-20T10:30", "met", "11-20T10:00", "late"),
        ("2", "referred", 3, 1, "important", "11-20T10:00", "11-20T09:45", "met", "11-20T09:30", "late"),
        ("6", "resolved", none, 1, none, "11-23T12:00", "11-23T10:00", "met", "11-20T15:05", "late"),
        ("6", "referred", 2, 1, "late", none, none, not_asked, "11-20T15:15", "missed"),
        ("6", "referred", 4, 1, "silent", none, none, not_asked, "11-23T00:00", "missed"),
        ("7", "resolved", none, 2, none, "11-20T14:35", "11-20T13:30", "met", "11-20T12:35", "late"),
        ("7", "referred", 2, 2, "late", none, none, not_asked, "11-20T12:45", "missed"),
        ("10", "resolved", none, 1, none, "11-21T02:30", "11-21T01:30", "met", "11-21T00:30", "late"),
        ("10", "referred", 2, 1, "late", none, none, not_asked, "11-21T00:40", "missed"),
    }


def test_how_many_are_late_step_by_step(ten: Any) -> None:
    """First rounds: nine complaints have limits (not the suggestion); the nameless one has no word to be given."""
    data = tried(ten, "stricter", "--json").data
    assert table(data) == {
        "dispatched": (1, 9, 1, 9),  # 3 at 10:15
        "contacted": (0, 8, 1, 8),  # 2
        "reply-agreed": (0, 6, 0, 6),  # the valid ones that have a name: 1, 2, 5, 6, 7, 8
        "word-given": (0, 0, 0, 1),  # 6: an extension that came too late is kept as a promise
        "verified": (0, 9, 0, 9),
        "planned": (0, 9, 0, 9),
        "progress-told": (0, 8, 0, 8),
        ("referred", 2): (0, 1, 3, 4),  # 4 face to face; late: 1, 6, 10
        ("referred", 3): (0, 2, 1, 2),  # 2 important, 8 collective
        ("referred", 4): (0, 0, 1, 1),  # 6 silent
        "resolved": (0, 9, 3, 9),  # 1, 6, 10
        "form-returned": (0, 9, 0, 9),
        "notified": (0, 8, 0, 8),
        "revisited": (1, 7, 1, 7),  # 2; the first round of 7 was reopened at the notice
    }
    assert {one["ground"] for one in (*data["steps"], *data["later_rounds"])} == {None}
    assert data["repairs"] == data["later_repairs"] == []
    later = table(data, "later_rounds")
    assert later["resolved"] == (0, 1, 1, 1) and later["referred", 2] == (0, 0, 1, 1)
    assert later["contacted"] == later["dispatched"] == later["notified"] == (0, 1, 0, 1)
    assert data["left_out"] == {
        **dict.fromkeys(("running", "simulated_running", "unknown", "simulated_unknown"), 0),
        **{"withdrawn": 0, "other_kinds": 1, "unsolved_jobs": 0, "untimed_jobs": 0, "unread_steps": {}},
    }


def test_who_would_have_been_told(ten: Any) -> None:
    assert told(ten, tried(ten, "stricter", "--json").data) == {
        (2, "face-to-face"): (1, 1, ["4"], ["4"]),
        (2, "late"): (0, 4, [], ["1", "10", "6", "7"]),
        (3, "collective"): (1, 1, ["8"], ["8"]),
        (3, "important"): (1, 1, ["2"], ["2"]),
        (4, "silent"): (0, 1, [], ["6"]),
    }
    assert told(ten, tried(ten, "work-instruction", "--json").data) == {
        (2, "face-to-face"): (1, 1, ["4"], ["4"]),
        (2, "late"): (0, 2, [], ["5", "6"]),
        (3, "collective"): (1, 0, ["8"], []),
        (3, "important"): (1, 0, ["2"], []),
        (4, "silent"): (0, 2, [], ["5", "6"]),
    }


def test_what_it_costs_each_department(ten: Any) -> None:
    """Minutes, by hand.

    工程部 has 1 (210 taken, 175 of them in office hours), 3 (405, 285), 4 (4675, 685), 6 (4135, 330) and both rounds
    of 7 (55, 55 and 175, 85). At present these are allowed 240, 825, 5155, 4255, 240, 240; in the trial 120, 825, 5155,
    120, 120, 120. There 1 is 90 short (55 of them before noon), 6 is 4015 short (175 on Friday and 90 on Monday in
    office hours), and round 2 of 7 is 55 short, all at noon. 客服部 has 2 (105, 105; 240, 120), 5 (5815, 955; 6295
    both) and 8 (86, 86; 240, 120). 秩序部 has 10 (180, 0; 240, 120; 60 short, at night).
    """
    data = tried(ten, "stricter", "--json").data
    keys = ("complaints", "jobs", "late", "limited", "simulated_late", "simulated_limited")
    minutes = (
        *("taken", "office", "allowed", "simulated_allowed"),
        *("short", "simulated_short", "off_hours", "simulated_off_hours"),
    )
    found = {
        one["department"]: (*(one[key] for key in keys), *(one[f"{key}_seconds"] / 60 for key in minutes))
        for one in data["departments"]
    }
    assert found == {
        "工程部": (5, 6, 0, 6, 3, 6, 9655, 1615, 10955, 6460, 0, 4160, 0, 3840),
        "客服部": (3, 3, 0, 3, 0, 3, 6006, 1146, 6775, 6535, 0, 0, 0, 0),
        "秩序部": (1, 1, 0, 1, 1, 1, 180, 0, 240, 120, 0, 60, 0, 60),
    }


def test_a_procedure_that_knows_no_agreed_time(ten: Any) -> None:
    data = tried(ten, "work-instruction", "--json").data
    none, not_asked = None, "not-asked"
    assert changed(ten, data) == {
        ("3", "dispatched", none, 1, none, "11-20T10:10", "11-20T10:15", "late", none, not_asked),
        ("5", "resolved", none, 1, none, "11-24T18:00", "11-24T10:00", "met", "11-20T13:05", "late"),
        ("5", "referred", 2, 1, "late", none, none, not_asked, "11-20T13:15", "missed"),
        ("5", "referred", 4, 1, "silent", none, none, not_asked, "11-23T00:00", "missed"),
        ("6", "resolved", none, 1, none, "11-23T12:00", "11-23T10:00", "met", "11-20T17:05", "late"),
        ("6", "referred", 2, 1, "late", none, none, not_asked, "11-20T17:15", "missed"),
        ("6", "referred", 4, 1, "silent", none, none, not_asked, "11-23T00:00", "missed"),
    }
    rows = table(data)
    assert rows["resolved"] == (0, 9, 2, 9) and rows["dispatched"] == (1, 9, 0, 0)
    assert rows["revisited"] == (1, 7, 1, 7) and rows["contacted"][2:] == (0, 0)


# ---- nothing is changed, and the same is the same


def test_the_ledger_is_only_read(ten: Any) -> None:
    before, files = ten.digest(), sorted(path.name for path in ten.shell.home.iterdir())
    for form in ("table", "plain", "json", "csv"):
        tried(ten, "stricter", "--format", form)
    tried(ten, "stricter", "--complaints")
    tried(ten, "stricter", "--as-of", "2026-11-23 09:00")
    tried(ten, "nope", code=3)
    assert ten.digest() == before
    assert sorted(path.name for path in ten.shell.home.iterdir()) == files


@pytest.mark.parametrize("renamed", [False, True])
def test_the_same_procedure_changes_nothing(ten: Any, renamed: bool, tmp_path: Path) -> None:
    """The shipped one is the one lived under; a copy under another name is read anew and gives the same."""
    name = "site-standard"
    if renamed:
        ten("08:00", "procedure", "copy", name, str(tmp_path / "same.toml"))
        text = (tmp_path / "same.toml").read_text("utf-8")
        (tmp_path / "same.toml").write_text(text.replace('id = "site-standard"', 'id = "same"', 1), "utf-8")
        name = str(tmp_path / "same.toml")
    data = ten(LOOK, "procedure", "simulate", name, *SINCE, "--json").data
    assert data["changes"] == [] and data["pack"] == ("same" if renamed else name)
    for row in (*data["steps"], *data["later_rounds"]):
        assert (row["late"], row["asked"]) == (row["simulated_late"], row["simulated_asked"])
    for one in data["told"]:
        assert (one["now"], one["complaints"]) == (one["simulated"], one["simulated_complaints"])
    for one in data["departments"]:
        assert one["short_seconds"] == one["simulated_short_seconds"]
        assert one["allowed_seconds"] == one["simulated_allowed_seconds"]
    out = ten(LOOK, "procedure", "simulate", name, *SINCE).out
    assert "Late in the trial only: 0" in out and "--complaints" not in out


# ---- the moment of looking


def test_it_looks_from_a_moment_and_knows_only_what_was_written_then(ten: Any) -> None:
    """On Friday at 12:45 complaint 1 is solved, round 2 of 7 is not, 6 and 10 have not come."""
    data = tried(ten, "stricter", "--as-of", "2026-11-20 12:45", "--json").data
    assert (data["complaints"], data["as_of"]) == (8, "2026-11-20T12:45:00+08:00")
    late = {(one[0], one[1], one[3]): (one[7], one[9]) for one in changed(ten, data)}
    assert late == {
        ("1", "resolved", 1): ("met", "late"),
        ("1", "referred", 1): ("not-asked", "missed"),
        ("2", "contacted", 1): ("met", "late"),
        ("2", "referred", 1): ("met", "late"),
        ("7", "resolved", 2): ("running", "overdue"),
    }
    assert [one["jobs"] for one in data["departments"]] == [2, 2]  # 2 and 8; 1 and round 1 of 7
    assert data["left_out"]["unsolved_jobs"] == 4  # 3, 4, 5 and round 2 of 7
    # A minute later the superior of 7 is late, too.
    data = tried(ten, "stricter", "--as-of", "2026-11-20 12:46", "--json").data
    assert ("7", "referred", 2) in {(one[0], one[1], one[3]) for one in changed(ten, data)}


def test_the_first_and_the_last_day_may_be_one_and_the_same(ten: Any) -> None:
    look = (LOOK, "procedure", "simulate", "service-code", "--since")
    assert ten(*look, "2026-11-20", "--until", "2026-11-20", "--json").data["complaints"] == 10
    assert ten(*look, "2026-11-27", "--until", "2026-11-27", "--json").data["complaints"] == 0


# ---- screens


def test_the_tables_fit_and_read_in_both_languages(ten: Any) -> None:
    for lang in ("zh", "en"):
        for words in ((), ("--complaints",)):
            name = str(ten.shell.home / "stricter.toml")
            env = ten.env(LOOK, lang=lang)
            ran = ten.shell.terminal("procedure", "simulate", name, *SINCE, *words, env={**env, "NO_COLOR": "1"})
            assert ran.code == 0
            assert max(map(width, ran.out.splitlines())) <= 80, ran.out
    screen = " ".join(tried(ten, "stricter", lang="zh").out.split())
    assert "处理完毕 0/9 3/9 +3" in screen and "上报 → 主管 0/1 3/4 +3" in screen
    assert "试算下新增逾期：11项（其中5项现行规程无此时限）" in screen
    assert "主管（处理逾期） 0 4 +4" in screen and "未计入：建议、咨询 1" in screen
    # 9655, 1615, 10955, 6460, 4160 and 3840 minutes
    assert "工程部 6 160.9 26.9 182.6 107.7 0.0 69.3 64.0 逾期/有时限：现行 0/6，试算 3/6" in screen


def test_the_complaints_behind_are_listed(ten: Any) -> None:
    out = tried(ten, "work-instruction", "--complaints").out
    number = ten(LOOK, "show", ten.names["5"], "--json").data["number"]
    lines = [line.split() for line in out.splitlines()]
    assert [number, "resolved", "11-24", "18:00", "11-20", "13:05", "11-24", "10:00", "3", "days", "20", "h"] in lines
    assert [number, "→", "supervisor", "none", "11-20", "13:15", "missed"] in lines
    assert "Late in the trial only: 6" in out and "Late at present only: 1" in out
    assert "manager (collective complaint), no longer told: 1" in out
    assert "supervisor (solution late), told in addition: 2" in out
    zh = tried(ten, "work-instruction", "--complaints", lang="zh").out
    assert "试算下不再逾期：1项" in zh and "经理（重要投诉）不再上报：1件" in zh
    assert "派单  11-20 10:10  无        11-20 10:15  5分" in zh


def test_csv_has_the_changes(ten: Any, tmp_path: Path) -> None:
    rows = tried(ten, "work-instruction", "--format", "csv", "--raw").out.splitlines()
    assert rows[0].replace('"', "") == (
        "id,number,step,rung,round,ground,department,due_at,met_at,state,simulated_due_at,simulated_state"
    )
    assert len(rows) == 8
    assert sum('"dispatched"' in row and '"not-asked"' in row for row in rows) == 1
    file = tmp_path / "changes.csv"
    assert tried(ten, "work-instruction", "--format", "csv", "--raw", "--output", str(file)).out == ""
    assert file.read_text("utf-8").splitlines() == rows


def test_a_long_ledger_shows_how_far_it_is(ten: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Off a terminal the bar is silent; what it is told is how many are done."""
    told: list[int] = []

    @contextmanager
    def bar(title: str, total: int) -> Iterator[Callable[[int], None]]:
        assert (title, total) == ("Replaying", 10)
        yield told.append

    without = tried(ten, "stricter").raw
    monkeypatch.setattr(simulate, "MANY", 9)
    monkeypatch.setattr(reports, "EVERY", 4)
    assert tried(ten, "stricter").raw == without
    monkeypatch.setattr("complaintctl.output.progress.progress", bar)
    assert tried(ten, "stricter").raw == without and told == [4, 8]


# ---- the page about it


def section(title: str, level: str = "##") -> set[str]:
    text = (Path(__file__).parents[2] / "docs" / "json-keys.md").read_text("utf-8")
    part = re.split(r"^#{2,3} ", text.partition(f"\n{level} {title}\n")[2], maxsplit=1, flags=re.M)[0]
    rows = re.findall(r"^\| (`.*?) \|", part, re.M)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


def test_the_documented_keys_are_the_keys(ten: Any) -> None:
    data = tried(ten, "work-instruction", "--json").data
    assert set(data) == section("procedure simulate")
    assert set(data["steps"][0]) == section("A row of steps", "###")
    assert set(data["departments"][0]) == section("A department", "###")
    assert set(data["changes"][0]) == section("A change", "###")
    text = (Path(__file__).parents[2] / "docs" / "json-keys.md").read_text("utf-8")
    for key in (*data["left_out"], *data["told"][0]):
        assert f"`{key}`" in text.partition("## procedure simulate")[2].partition("### ")[0]


def test_the_example_of_the_page_comes_out_as_it_says(ten: Any, clerk: Any) -> None:
    """Complaints 1, 10 and 5 of the table above, all sent to one department; the page's sums, on the screen."""
    (clerk.shell.home / "hours.toml").write_text(f"[hours]\n{HOURS}\n")
    clerk("08:00", "calendar", "import", str(clerk.shell.home / "hours.toml"))
    clerk.take("09:00")
    clerk.take("09:00", "--unit", "3-1-502")
    clerk("09:05", "assign", "1", "2", "工程部")
    clerk("09:30", "record", "2", "reply-agreed", "--agreed-by", "11-24 18:00")
    clerk("12:35", "resolve", "1", "done")
    clerk.take("22:25", "--unit", "3-1-503")
    clerk("22:30", "assign", "3", "工程部")
    clerk("2026-11-21 01:30", "resolve", "3", "done")
    clerk("2026-11-24 10:00", "resolve", "2", "done")
    out = clerk(LOOK, "procedure", "simulate", str(ten.shell.home / "stricter.toml"), *SINCE).out
    row = next(line.split() for line in out.splitlines() if line.startswith("工程部"))
    page = (Path(__file__).parents[2] / "docs" / "simulate.md").read_text("utf-8")
    assert row == ["工程部", "3", "103.4", "18.8", "112.9", "108.9", "0.0", "2.5", "1.6"]
    assert "taken 103.4, office 18.8, allowed 112.9 and 108.9, short 0.0 and 2.5, off hours 1.6" in page
    assert "late of those with a limit: present 0/3, trial 2/3" in out and "present 0/3, trial 2/3" in page
    assert "supervisor (solution late) 0 2 +2" in " ".join(out.split())
