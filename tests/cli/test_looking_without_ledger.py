"""due and classify: neither needs a ledger, a home or a configuration."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def run(shell: Any) -> Any:
    shell.env |= {"COMPLAINTCTL_NOW": "2026-11-20T19:00:00+08:00", "COMPLAINTCTL_LANG": "en"}
    return shell


# ---- due: the worked examples, reckoned by hand

EXAMPLES = [
    ("2026-11-20 23:55", "10 minutes", "", "2026-11-21 00:05"),
    ("2026-11-20 23:55", "same day", "", "2026-11-20 24:00"),
    ("2026-11-20 09:00", "2 days", "", "2026-11-22 24:00"),
    ("2026-11-20 09:00", "2 days", "--roll", "2026-11-23 24:00"),
    ("2026-02-12 10:00", "2 days", "--roll", "2026-02-14 24:00"),
    ("2026-01-31 10:00", "1 month", "", "2026-02-28 24:00"),
    ("2028-01-31 10:00", "1个月", "", "2028-02-29 24:00"),
    ("2026-02-13 16:00", "1 workday", "", "2026-02-14 24:00"),
    ("2026-02-14 16:00", "1 workday", "", "2026-02-24 24:00"),
    ("2026-09-30T16:00", "3 workdays", "", "2026-10-10 24:00"),
    ("2026-11-20 24:00", "2 days", "", "2026-11-22 24:00"),
    ("2026-02-28 24:00", "当天", "", "2026-03-01 24:00"),
    ("2026-12-30 16:00", "3个工作日", "", "2027-01-04 24:00"),
    ("2026-02-10 16:00", "by day 30 of the month", "", "2026-02-28 24:00"),
    ("2026-02-10 16:00", "立即", "", "2026-02-10 16:10"),
]


@pytest.mark.parametrize(("start", "limit", "option", "shown"), EXAMPLES)
def test_due(run: Any, start: str, limit: str, option: str, shown: str) -> None:
    data = run("due", limit, "--from", start, *option.split(), "--json").data
    assert data["shown"] == shown
    assert data["provisional"] == shown.startswith("2027")


def test_due_in_json(run: Any) -> None:
    data = run("due", "3 workdays", "--from", "2026-09-30T16:00", "--json").data
    assert (data["from"], data["limit"]) == ("2026-09-30T16:00:00+08:00", "3 workdays")
    assert (data["due_at"], data["shown"]) == ("2026-10-11T00:00:00+08:00", "2026-10-10 24:00")
    assert [one["day"] for one in data["counted"]] == ["2026-10-08", "2026-10-09", "2026-10-10"]
    assert [one["day"] for one in data["passed_over"]] == [f"2026-10-0{day}" for day in range(1, 8)]


def test_due_for_people_begins_with_the_answer(run: Any) -> None:
    lines = run("due", "3 workdays", "--from", "2026-12-30 16:00").out.splitlines()
    assert lines[0] == "2027-01-04 24:00 (provisional)"
    assert "Counted in working days: 1: 2026-12-31, 2: 2027-01-01, 3: 2027-01-04." in lines[2]
    lines = run("--lang", "zh", "due", "1个月", "--from", "2026-01-31 10:00").out.splitlines()
    assert lines[:2] == ["2026-02-28 24:00", "  自2026-01-31 10:00起1个月"]


def test_due_with_office_hours_of_a_file(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "hours.toml"
    file.write_text('[hours]\nfri = ["08:30-12:00", "14:00-17:30"]\nmon = ["08:30-12:00"]\n', "utf-8")
    words = ["due", "4 business hours", "--from", "2026-11-20 16:00", "--calendar", str(file), "--json"]
    data = run(*words).data
    assert data["shown"] == "2026-11-23 11:00"
    assert [(one["start"][11:16], one["end"][11:16]) for one in data["counted"]] == [
        ("16:00", "17:30"),
        ("08:30", "11:00"),
    ]
    closing = run("due", "1 day", "--from", "2026-11-19 16:00", "--ends", "closing", "--calendar", str(file), "--json")
    assert closing.data["shown"] == "2026-11-20 17:30"


def test_due_uses_the_calendar_of_a_named_ledger(run: Any, tmp_path: Path) -> None:
    ledger, file = str(tmp_path / "site.db"), tmp_path / "own.toml"
    file.write_text('holidays = ["2026-11-23"]\n', "utf-8")
    assert run("--ledger", ledger, "init", "--calendar", str(file)).code == 0
    words = ["due", "1 workday", "--from", "2026-11-20 09:00", "--json"]
    assert run("--ledger", ledger, *words).data["shown"] == "2026-11-24 24:00"
    assert run(*words, env={"COMPLAINTCTL_LEDGER": ledger}).data["shown"] == "2026-11-24 24:00"
    assert run(*words).data["shown"] == "2026-11-23 24:00"
    assert run(*words, env={"COMPLAINTCTL_LEDGER": str(tmp_path / "not-yet.db")}).code == 0
    assert run("--ledger", str(tmp_path / "typo.db"), *words).code == 5


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        (["soon", "--from", "2026-11-20 09:00"], 2, "bad-limit"),
        (["3 workdays", "--from", "10"], 2, "bad-moment"),
        (["3 workdays", "--ends", "noon"], 2, "bad-value"),
        (["3 workdays", "--calendar", "none.toml"], 3, "not-found"),
    ],
)
def test_due_refuses_what_it_cannot_read(run: Any, words: list[str], code: int, error: str) -> None:
    ran = run("due", *words, "--json")
    assert (ran.code, ran.json["error"]["code"]) == (code, error)


# ---- classify

JUDGED = ("kind", "category", "responsibility", "class", "validity", "urgency", "severity", "reasons")


def judged(run: Any, *records: object) -> list[Any]:
    lines = "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in records)
    ran = run("classify", "--format", "jsonl", stdin=lines)
    assert ran.code == 0, ran.out
    return [json.loads(line) for line in ran.out.splitlines()]


def test_classify_judges_by_stated_facts(run: Any) -> None:
    stated = {"kind": "complaint", "category": "service"}
    found = judged(
        run,
        {"id": "a", "text": "x", **stated, "responsibility": "own", "fault": True},
        {"id": 2, "text": "x", **stated, "responsibility": "building", "fault": False, "danger": True},
        {"id": None, "text": "x", **stated, "responsibility": "resident", "households": 5},
        {"text": "x", "kind": "suggestion"},
    )
    assert [one["id"] for one in found] == ["a", 2, None, None]
    assert [tuple(one[facet] for facet in ("severity", "class", "validity", "urgency")) for one in found] == [
        ("important", "1", "valid", "general"),
        (None, "2", "assist", "urgent"),
        (None, None, "invalid", "general"),
        (None, None, None, None),
    ]
    assert [one["collective"] for one in found] == [False, False, True, None]
    assert all(set(one) >= set(JUDGED) for one in found)
    clauses = {one["facet"]: one["clause"] for one in found[0]["reasons"]}
    assert (clauses["severity"], clauses["class"]) == ("R 四.3(2)", "Q 4.1.1")


def test_classify_is_what_log_would_say(run: Any, tmp_path: Path) -> None:
    text = "三号楼电梯坏了三天没人修，老人出不了门"
    run("--ledger", str(tmp_path / "site.db"), "init")
    logged = run("--ledger", str(tmp_path / "site.db"), "log", "--text", text, "--json").data
    found = run("classify", text, "--json").data
    assert {facet: found[facet] for facet in ("severity", "class", "validity", "urgency")} == {
        facet: logged["judgement"][facet] for facet in ("severity", "class", "validity", "urgency")
    }
    assert found["kind"] == logged["kind"]
    assert [one["fact"] for one in found["proposals"]] == [one["fact"] for one in logged["proposals"]]
    assert found["reasons"] == logged["reasons"]


def test_classify_judges_by_the_procedure_of_a_named_ledger(run: Any, tmp_path: Path) -> None:
    ledger = str(tmp_path / "site.db")
    run("--ledger", ledger, "init", "--procedure", "resident-standard")
    own = run("--ledger", ledger, "classify", "灯坏了", "--json").data
    assert (own["class"], own["urgency"], own["collective"]) == (None, None, None)
    assert run("classify", "灯坏了", "--json").data["class"] == "1"


def test_classify_reads_texts_and_objects_line_by_line(run: Any) -> None:
    ran = run("classify", "--format", "jsonl", stdin='灯坏了\n\n{"id": 7, "text": "电梯坏了"}\n')
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, [one["id"] for one in found]) == (0, [None, 7])


def test_a_bad_line_gives_its_error_in_order(run: Any) -> None:
    lines = [
        "灯坏了",
        '{"id": 1, "text": ',
        '{"id": 2}',
        '{"id": 3, "text": "x", "fault": "yes"}',
        '{"id": 4, "text": "x", "category": "weather"}',
        '{"id": 5, "text": "x", "households": 0}',
        '{"id": 6, "text": "x", "requested_by": "tomorrowish"}',
        '{"id": 7, "text": "a\\u0000b"}',
        '{"id": 8, "text": "x", "households": NaN}',
        '{"id": 9, "text": "\\ud800"}',
        "最后一行",
    ]
    ran = run("classify", "--format", "jsonl", stdin="\n".join(lines).encode() + b"\n\xff\xfe\n")
    assert ran.code == 2
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert [one.get("line") for one in found] == [None, *range(2, 11), None, 12]
    assert [one["error"]["code"] for one in found if "error" in one] == [
        *("bad-value", "empty-text", "bad-value", "bad-value", "bad-value", "bad-moment", "bad-text", "bad-value"),
        *("bad-text", "bad-text"),
    ]
    assert [one["id"] for one in found if "error" in one] == [None, 2, 3, 4, 5, 6, 7, None, 9, None]


def test_keys_that_are_no_facts_are_named_not_swallowed(run: Any) -> None:
    found = judged(run, {"text": "x", "id": 1, "colour": "red", "received_at": "2026-11-20 09:00", "evidence": []})
    assert found[0]["ignored"] == ["colour"]


def test_a_line_without_an_end(run: Any) -> None:
    long = '{"text": "' + "长" * 400_000 + '"}'
    ran = run("classify", "--format", "jsonl", stdin=f"{long}\n灯坏了\n")
    found = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.code == 2
    assert found[0]["error"]["code"] == "text-too-long"
    assert (len(found), found[1]["kind"] is not None) == (2, True)


def test_classify_for_people_names_the_words(run: Any) -> None:
    out = run("classify", "-", stdin="电梯坏了，没人管").out
    assert "R 四.3" in out
    assert "电梯" in out
    assert "严重" not in out
    assert "从文字中提取" in run("--lang", "zh", "classify", "电梯坏了，没人管").out
    assert run("classify", "", "--json").json["error"]["code"] == "empty-text"


def test_neither_needs_a_home(run: Any, tmp_path: Path) -> None:
    bare: dict[str, str | None] = {"HOME": None, "USER": None, "COMPLAINTCTL_NOW": None}
    assert run("due", "2 hours", "--from", "2026-11-20 09:00", env=bare).code == 0
    assert run("classify", "灯坏了", env=bare).code == 0
    assert list(tmp_path.iterdir()) == []
