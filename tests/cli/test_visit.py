"""Visits from outside: a year of them, what was raised and asked there by its time, gaps, refusals, both languages."""

import re
from typing import Any

import pytest

#: Each refusal that needs nothing but a ledger with a planned forum (1) and a held one (2) with a matter and a
#: question: words, exit code, what the message or hint must contain.
REFUSED: list[tuple[str, int, tuple[str, ...]]] = [
    ("plan forum", 2, ("--on",)),
    ("plan party --on 11-30", 2, ("party", "questionnaire")),
    ("plan forum --on 11-19", 2, ("2026-11-19", "visit record forum")),
    ("plan forum --on gestern", 2, ("gestern",)),
    ("plan director --on 11-30 --homes 0", 2, ("--homes",)),
    ("plan director --on 11-30 --homes 1 --unit 3-1-501 --unit 3-1-502", 2, ("--homes",)),
    ("record party", 2, ("party", "festival")),
    ("record 9", 3, ("9", "visit list")),
    ("record ZF202611-0099", 3, ("ZF202611-0099",)),
    ("record 2", 4, ("ZF202611-0002", "2026-11-19 18:00", "H11 3.2.2(3)")),
    ("record forum --at tomorrow", 2, ("tomorrow",)),
    ("record forum --at 2026-11-21T09:00+08:00", 2, ("still to come",)),
    ("record forum --promise 11-30T09:00", 2, ("--raised",)),
    ('record forum --reply-by "11-30 09:00"', 2, ("--asked",)),
    ("record forum --asked Wann", 4, ("H11 3.2.1(3)", "--reply-by")),
    ('record forum --asked Wann --reply-by "2026-11-19 09:00"', 2, ("2026-11-19 09:00",)),
    ('record forum --raised A --promise "2026-11-19 09:00"', 2, ("2026-11-19 09:00",)),
    ("record forum --participants minus", 2, ("--participants",)),
    ("record forum --sent 5", 2, ("--sent", "forum")),
    ("record questionnaire --returned 5", 2, ("--sent",)),
    ("record questionnaire --sent 10 --returned 11", 2, ("--returned", "11", "10")),
    ("record questionnaire --sent 10 --returned 9 --satisfied 10", 2, ("--satisfied", "10", "9")),
    ("record questionnaire --sent 10 --satisfied 1", 2, ("--returned",)),
    ("result 1 x", 4, ("ZF202611-0001", "visit record 1", "H11 3.2.2(3)")),
    ("result 2", 2, ("TEXT",)),
    ("raised 1 x", 4, ("ZF202611-0001", "visit record 1")),
    ('raised 2 x --at "2026-11-19 17:59"', 2, ("2026-11-19 18:00",)),
    ("raised 2 -", 2, ("TEXT",)),
    ("asked 2 x", 4, ("H11 3.2.1(3)", "--reply-by")),
    ("dealt 2.9 x", 3, ("2.9", "visit show")),
    ("dealt 9.1 x", 3, ("9",)),
    ("dealt 2 x", 3, ("3.1",)),
    ("dealt 2.2 x", 4, ("visit answered 2.2", "H11 3.2.1(3)")),
    ("answered 2.1 x", 4, ("visit dealt 2.1", "H9 3.3")),
    ('dealt 2.1 x --at "2026-11-19 17:59"', 2, ("2026-11-19 18:00",)),
    ("drop 1", 2, ("--reason",)),
    ("drop 2 --reason x", 4, ("ZF202611-0002", "H11 3.2.2(3)")),
    ("show 9", 3, ("9",)),
    ("list --year 26", 2, ("--year",)),
    ("list --kind party", 2, ("--kind", "forum")),
]


def words(line: str) -> list[str]:
    return [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|(\S+)', line)]


def visit(clerk: Any, when: str, line: str, **settings: Any) -> Any:
    """Run a verb of `visit` and return the visit that it gives."""
    return clerk(when, "visit", *words(line), "--json", **settings).data


@pytest.fixture
def held(clerk: Any) -> Any:
    """A forum planned (1), and one held on 19 November at 18:00 (2) with a matter raised and a question asked."""
    visit(clerk, "2026-11-19 09:00", "plan forum --on 11-30 --by 样例主任")
    visit(clerk, "2026-11-19 18:00", 'record forum --raised 加车架 --asked 电梯何时换 --reply-by "11-24 18:00"')
    return clerk


def test_every_refusal_says_what_is_missing_and_writes_nothing(held: Any) -> None:
    for line, code, told in REFUSED:
        before = held.digest()
        ran = held("2026-11-20 09:00", "visit", *words(line), code=code)
        assert ran.out == "" and held.digest() == before, line
        for word in told:
            assert word in ran.err, (line, word, ran.err)


def test_a_refusal_by_a_rule_names_rule_and_clause_for_scripts(held: Any) -> None:
    for line, rule, clause in (
        ("record 2", "held-already", "H11 3.2.2(3)"),
        ("raised 1 x", "not-held", "H11 3.2.2(3)"),
        ("asked 2 x", "no-reply-time", "H11 3.2.1(3)"),
        ("dealt 2.2 x", "is-a-question", "H11 3.2.1(3)"),
        ("answered 2.1 x", "is-a-matter", "H9 3.3, H11 3.2.1(4)"),
    ):
        error = held("09:00", "visit", *words(line), "--json", code=4).json["error"]
        assert (error["code"], error["rule"], error["clause"]) == ("refused", rule, clause)
    visit(held, "09:00", "dealt 2.1 已加")
    visit(held, "09:00", "answered 2.2 明年三月")
    visit(held, "09:00", "drop 1 --reason 暴雨")
    for line, rule, clause in (
        ("dealt 2.1 又", "already-done", "H9 3.3, H11 3.2.1(4)"),
        ("answered 2.2 又", "already-done", "H11 3.2.1(3)"),
        ("drop 1 --reason 又", "dropped", "H11 3.2.2(3)"),
        ("record 1", "dropped", "H11 3.2.2(3)"),
    ):
        error = held("09:05", "visit", *words(line), "--json", code=4).json["error"]
        assert (error["rule"], error["clause"]) == (rule, clause)


# ---- what comes of a visit


def test_a_plan_becomes_the_visit_and_keeps_its_number(clerk: Any) -> None:
    planned = visit(clerk, "2026-11-02 09:00", "plan director --on 11-30 --unit 3-1-501 --unit 5-2-101 --by 样例主任")
    assert (planned["number"], planned["state"], planned["planned_at"]) == (
        "ZF202611-0001",
        "planned",
        "2026-12-01T00:00:00+08:00",
    )
    assert (planned["units"], planned["homes"], planned["clause"]) == (["3-*", "5-*"], 2, "H11 3.2.2(1)")
    one = visit(clerk, "2026-12-03 09:00", 'record ZF202611-0001 --at "12-02 15:00" --result 满意')
    assert (one["id"], one["number"], one["state"]) == (1, "ZF202611-0001", "held")
    assert (one["held_at"], one["homes"], one["by"], one["result"]) == (
        "2026-12-02T15:00:00+08:00",
        2,
        "样例主任",
        "满意",
    )
    assert visit(clerk, "2026-12-03 09:00", "show 1") == one
    assert visit(clerk, "2026-12-03 09:00", "record festival --participants 60")["number"] == "ZF202612-0001"


def test_a_plan_is_moved_to_another_day_and_keeps_its_number(held: Any) -> None:
    one = visit(held, "2026-12-01 09:00", "plan 1 --on 12-08 --note 停电")
    assert (one["number"], one["state"], one["planned_at"], one["by"]) == (
        "ZF202611-0001",
        "planned",
        "2026-12-09T00:00:00+08:00",
        "样例主任",
    )
    assert gaps(held, "2026-12-08 23:59") == []
    assert gaps(held, "2026-12-09 00:00") == [("ZF202611-0001", "forum", None)]
    assert "plan moved 2026-12-08" in held("2026-12-09 00:00", "visit", "show", "1").out
    held("2026-12-09 09:00", "visit", "plan", "2", "--on", "12-20", code=4)
    held("2026-12-09 09:00", "visit", "plan", "1", "--on", "12-08", code=2)
    held("2026-12-09 09:00", "undo")
    assert gaps(held, "2026-12-01 00:00") == [("ZF202611-0001", "forum", None)]


def test_a_visit_recorded_by_its_kind_points_to_the_plan_that_it_may_have_been(held: Any) -> None:
    (warning,) = held("2026-11-28 09:00", "visit", "record", "forum", "--json").json["warnings"]
    assert warning["code"] == "plan-open" and "ZF202611-0001" in warning["message"]
    assert "visit record 1" in warning["message"]
    assert held("2026-11-28 09:00", "visit", "record", "festival", "--json").json["warnings"] == []


def test_what_is_added_later_counts_from_the_visit_unless_said(held: Any) -> None:
    added = visit(held, "2026-11-27 09:00", "raised 2 修门")["matters"][-1]
    assert (added["raised_at"], added["shown"], added["state"]) == (
        "2026-11-19T18:00:00+08:00",
        "2026-11-24 24:00",
        "overdue",
    )
    later = visit(held, "2026-11-27 09:00", 'raised 2 修窗 --at "2026-11-27 08:30"')["matters"][-1]
    assert (later["shown"], later["state"]) == ("2026-12-02 24:00", "running")


def test_several_matters_each_with_a_time_of_its_own(held: Any) -> None:
    visit(held, "2026-11-19 19:00", 'raised 2 修剪草坪 --promise "11-21 12:00"')
    visit(held, "2026-11-20 10:00", 'asked 2 何时收费 --reply-by "11-23 10:00" --at "2026-11-19 20:00"')
    one = visit(held, "2026-11-23 10:01", "show 2")
    found = {
        matter["id"]: (matter["kind"], matter["shown"], matter["state"], matter["promised"])
        for matter in one["matters"]
    }
    assert found == {
        "2.1": ("raised", "2026-11-24 24:00", "running", False),
        "2.2": ("asked", "2026-11-24 18:00", "running", True),
        "2.3": ("raised", "2026-11-21 12:00", "overdue", True),
        "2.4": ("asked", "2026-11-23 10:00", "overdue", True),
    }
    late = {matter["id"]: matter["late_by_seconds"] for matter in one["matters"]}
    assert late == {"2.1": None, "2.2": None, "2.3": 165_660, "2.4": 60}


def test_what_is_open_stands_among_what_is_late_before_at_and_after_its_time(held: Any) -> None:
    def late(when: str) -> list[tuple[str, str, int]]:
        items = held(when, "overdue", "--json").data["items"]
        return [(one["subject"], one["number"], one["item"]) for one in items]

    matter, question = ("visit", "ZF202611-0002", 1), ("visit", "ZF202611-0002", 2)
    assert late("2026-11-24 18:00") == []
    assert late("2026-11-24 18:01") == [question]
    assert late("2026-11-25 00:00") == [question]
    assert late("2026-11-25 00:01") == [question, matter]
    visit(held, "2026-11-25 00:01", "answered 2.2 明年")
    assert late("2026-11-25 00:02") == [matter]
    assert visit(held, "2026-11-25 00:02", "dealt 2.1 已办")["matters"][0]["state"] == "late"
    assert late("2026-11-25 00:03") == []


def test_a_questionnaire_tells_its_rates_with_numerator_and_denominator(clerk: Any) -> None:
    one = visit(clerk, "09:00", "record questionnaire --sent 200 --topic 停车")
    assert (one["rates"], one["sent"]) == ({"returned": None, "satisfied": None}, 200)
    one = visit(clerk, "09:30", "result 1 --returned 150 --satisfied 120")
    assert one["rates"]["returned"] == {"value": 0.75, "numerator": 150, "denominator": 200}
    assert one["rates"]["satisfied"] == {"value": 0.8, "numerator": 120, "denominator": 150}
    en, zh = (clerk("10:00", "visit", "show", "1", lang=lang).out for lang in ("en", "zh"))
    assert "200 sent out, 150 returned (75.0%, 150/200), 120 satisfied (80.0%, 120/150)" in en
    assert "发出200份；收回150份（75.0%，150/200）；满意120份（80.0%，120/150）" in zh
    clerk("10:00", "visit", "result", "1", "--sent", "140", code=2)
    none = visit(clerk, "10:00", "record questionnaire --sent 0 --returned 0 --satisfied 0")
    assert none["rates"]["returned"] == {"value": None, "numerator": 0, "denominator": 0}


def test_a_matter_that_reads_like_a_complaint_is_pointed_out(clerk: Any) -> None:
    ran = clerk("09:00", "visit", "record", "forum", "--raised", "保安骂人", "--raised", "建议增设车架", "--json")
    (warning,) = ran.json["warnings"]
    assert warning["code"] == "reads-like-complaint" and warning["message"].startswith("1.1 ")
    assert "complaintctl log" in warning["message"]
    assert clerk("09:05", "visit", "raised", "1", "绿化很好", "--json").json["warnings"] == []


# ---- gaps


def gaps(clerk: Any, when: str, *more: str) -> list[tuple[str, str, str | None]]:
    items = clerk(when, "visit", "list", "--gaps", *more, "--json").data["items"]
    return [(one["period"] or one["number"], one["kind"], one["area"]) for one in items]


@pytest.fixture
def year(clerk: Any) -> Any:
    """An office that works since 5 July 2026."""
    clerk.take("2026-07-05 09:00")
    return clerk


Q3 = [("2026-Q3", "assistant", None), ("2026-Q3", "forum", None)]


def test_a_quarter_without_a_forum_is_a_gap_from_its_last_24_00(year: Any) -> None:
    assert gaps(year, "2026-09-30 23:59") == []
    assert gaps(year, "2026-10-01 00:00") == Q3
    assert gaps(year, "2026-10-01 00:00", "--kind", "forum") == Q3[1:]
    visit(year, "2026-10-01 00:05", "record forum")
    assert gaps(year, "2026-10-01 00:06") == Q3


def test_one_held_on_the_last_day_and_recorded_later_closes_the_gap(year: Any) -> None:
    visit(year, "2026-10-02 09:00", 'record forum --at "2026-09-30 23:59"')
    visit(year, "2026-10-02 09:00", 'record assistant --at "2026-09-30 20:00"')
    assert gaps(year, "2026-10-02 10:00") == []
    assert gaps(year, "2026-10-02 10:00", "--as-of", "2026-10-01T12:00+08:00") == Q3
    year("2026-10-02 11:00", "undo")
    assert gaps(year, "2026-10-02 12:00") == Q3[:1]


def test_a_year_owes_the_director_one_visit_and_a_second_one_only_if_planned(year: Any) -> None:
    ours = ("--kind", "director")
    assert gaps(year, "2026-12-31 23:59", *ours) == []
    missing = [("2026", "director", None)]
    assert gaps(year, "2027-01-01 00:00", *ours, "--year", "2026") == missing
    assert gaps(year, "2027-01-01 00:00", *ours) == []
    visit(year, "2026-12-01 09:00", "plan director --on 12-10")
    visit(year, "2026-12-01 09:00", "plan director --on 12-20")
    visit(year, "2026-12-10 09:00", "record 1")
    assert gaps(year, "2026-12-20 23:59", *ours) == []
    assert gaps(year, "2026-12-21 00:00", *ours) == [("ZF202612-0002", "director", None)]
    assert gaps(year, "2027-01-01 00:00", *ours, "--year", "2026") == [("ZF202612-0002", "director", None)]
    visit(year, "2027-01-02 09:00", "drop 2 --reason 雪")
    assert gaps(year, "2027-01-02 09:00", *ours, "--year", "2026") == []


def test_gaps_and_missed_plans_stand_in_the_day(year: Any) -> None:
    visit(year, "2026-09-01 09:00", "plan forum --on 09-20")
    told = year("2026-10-01 00:00", "today", "--json").data["not_held"]
    assert [(one["number"] or one["period"], one["occasion"]) for one in told] == [
        ("ZF202609-0001", "forum"),
        ("2026-Q3", "assistant"),
        ("2026-Q3", "forum"),
    ]
    ran = year("2026-10-01 00:00", "visit", "list", "--exit-code", code=10)
    assert "Gaps: 3" in ran.err
    assert year("2026-10-01 00:00", "visit", "list", "--year", "2025", "--exit-code").out == ""


# ---- areas and people


@pytest.fixture
def areas(year: Any) -> Any:
    """The same office with two areas: building 3 in the east, 5 in the west, and the assistant of the west."""
    when = "2026-07-06 09:00"
    year(when, "place", "add", "3", "--area", "东区")
    year(when, "place", "add", "5", "--area", "西区")
    year(when, "staff", "add", "样例助理", "--role", "area-assistant", "--area", "西区")
    return year


def test_each_area_owes_its_own_visit_a_quarter(areas: Any) -> None:
    ours = ("--kind", "assistant")
    assert gaps(areas, "2026-09-30 23:59", *ours) == []
    both = [("2026-Q3", "assistant", "东区"), ("2026-Q3", "assistant", "西区")]
    assert gaps(areas, "2026-10-01 00:00", *ours) == both
    assert gaps(areas, "2026-10-01 00:00", *ours, "--area", "西区") == both[1:]
    visit(areas, "2026-09-30 23:00", "record assistant --area 东区")
    assert gaps(areas, "2026-10-01 00:00", *ours) == both[1:]
    told = areas("2026-10-01 00:00", "today", "--json").data["not_held"]
    assert [(one["occasion"], one["area"]) for one in told] == [("assistant", "西区"), ("forum", None)]


def test_an_area_that_nobody_knows_is_refused_once_areas_are_registered(areas: Any) -> None:
    for verb in ("plan assistant --on 11-30", "record assistant", "record forum"):
        before = areas.digest()
        ran = areas("09:00", "visit", *words(verb), "--area", "北区", code=2)
        assert "--area" in ran.err and "北区" in ran.err and "东区, 西区" in ran.err and areas.digest() == before
    missing = areas("09:00", "visit", "record", "assistant", "--json", code=2).json["error"]
    assert missing["code"] == "missing-option" and "东区, 西区" in missing["hint"]
    assert visit(areas, "09:00", "record forum")["area"] is None


def test_while_no_area_is_registered_any_name_is_taken(clerk: Any) -> None:
    assert visit(clerk, "09:00", "record assistant --area 北区")["area"] == "北区"
    assert visit(clerk, "09:00", "record assistant")["area"] is None


def test_the_area_follows_from_the_assistant_or_the_homes(areas: Any) -> None:
    assert visit(areas, "09:00", "record assistant --by 样例助理")["area"] == "西区"
    assert visit(areas, "09:00", "record assistant --by 样例助理 --area 东区")["area"] == "东区"
    one = visit(areas, "09:00", "record director --unit 3-1-501 --unit 3-2-101")
    assert (one["area"], one["building"], one["homes"]) == ("东区", "3", 2)
    assert visit(areas, "09:00", "record director --unit 3-1-501 --unit 5-2-101")["area"] is None
    planned = visit(areas, "09:00", "plan assistant --on 11-30 --unit 5-1-101")
    assert visit(areas, "2026-11-30 09:00", f"record {planned['id']} --participants 3")["area"] == "西区"


def test_nobody_visits_who_has_left_by_then(areas: Any) -> None:
    areas("2026-11-10 18:00", "staff", "left", "样例助理")
    for verb in ("plan assistant --on 11-30", "record assistant"):
        before = areas.digest()
        error = areas("09:00", "visit", *words(verb), "--by", "样例助理", "--json", code=4).json["error"]
        assert (error["rule"], "样例助理" in error["message"]) == ("left", True) and areas.digest() == before
    earlier = visit(areas, "09:00", 'record assistant --by 样例助理 --at "2026-11-09 10:00"')
    assert (earlier["by"], earlier["area"]) == ("样例助理", "西区")


# ---- looking


def test_the_list_gives_state_and_open_matters_and_is_narrowed(held: Any) -> None:
    visit(held, "2026-11-20 09:00", "dealt 2.1 已办")
    data = held("2026-11-20 10:00", "visit", "list", "--json").data
    assert [(one["id"], one["state"], one["matters"], one["open"]) for one in data["items"]] == [
        (2, "held", 2, 1),
        (1, "planned", 0, 0),
    ]
    assert data["year"] == 2026
    narrowed = held("2026-11-20 10:00", "visit", "list", "--kind", "director", "--json").data["items"]
    assert narrowed == []
    earlier = held("2026-11-20 10:00", "visit", "list", "--as-of", "2026-11-19T12:00+08:00", "--json").data["items"]
    assert [one["id"] for one in earlier] == [1]
    csv = held("2026-11-20 10:00", "visit", "list", "--format", "csv", "--raw").out.splitlines()
    assert csv[0].split(",")[:5] == ['"id"', '"number"', '"kind"', '"area"', '"state"'] and len(csv) == 3


def test_a_day_planned_on_the_last_of_the_year_belongs_to_that_year(clerk: Any) -> None:
    visit(clerk, "2026-12-01 09:00", "plan forum --on 2026-12-31")
    visit(clerk, "2026-12-01 09:00", "plan forum --on 2027-01-01")
    listed = [
        [one["id"] for one in clerk("2026-12-01 10:00", "visit", "list", "--year", year, "--json").data["items"]]
        for year in ("2026", "2027")
    ]
    assert listed == [[1], [2]]


def test_homes_and_telephones_are_masked_until_revealed_and_that_is_written_down(clerk: Any) -> None:
    visit(clerk, "09:00", "record director --unit 3-1-501 --raised 请回电15400005678，3-1-501漏水")
    for ran in (clerk("09:05", "visit", "show", "1"), clerk("09:05", "visit", "show", "1", "--json")):
        assert "3-1-501" not in ran.out and "15400005678" not in ran.out and "154****5678" in ran.out
    open_one = visit(clerk, "09:10", "show 1 --reveal 回电")
    assert open_one["units"] == ["3-1-501"] and "15400005678" in open_one["matters"][0]["text"]
    assert open_one["timeline"][-1]["kind"] == "revealed"
    assert "3-1-501" not in clerk("09:15", "visit", "show", "1").out


def test_show_at_an_earlier_moment_knows_only_what_was_written_by_then(held: Any) -> None:
    visit(held, "2026-11-20 09:00", "dealt 2.1 已办")
    then = visit(held, "2026-11-20 10:00", "show 2 --as-of 2026-11-19T18:30+08:00")
    assert then["matters"][0]["met_at"] is None and then["matters"][0]["state"] == "running"
    held("2026-11-20 10:00", "visit", "show", "2", "--as-of", "2026-11-19T12:00+08:00", code=3)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "zh",
            ("2026-11-19 18:00 进行", "提出事项：加车架", "逾期完成", "逾期1天", "下一步", "visit answered 2.2 结果"),
        ),
        (
            "en",
            ("took place 2026-11-19 18:00", "matter raised: 加车架", "met late", "late by 1 day", "visit answered 2.2"),
        ),
    ],
)
def test_the_sheet_fits_a_terminal_of_eighty_columns(held: Any, lang: str, told: tuple[str, ...]) -> None:
    visit(held, "2026-11-26 00:00", "dealt 2.1 已在车棚旁加装十个自行车架并重新划线以方便住户停放共享单车和电动车")
    shell = held.shell
    shell.env |= {**held.env("2026-11-26 09:00"), "COMPLAINTCTL_LANG": lang, "NO_COLOR": "1"}
    from complaintctl.output.text import width

    for command in ("show 2", "list", "list --gaps", "record festival --raised 保安骂人"):
        lines = shell.terminal("visit", *command.split()).out.splitlines()
        assert all(width(line) <= 80 for line in lines), command
    out = shell("visit", "show", "2").out
    for words_told in told:
        assert words_told in out


def test_a_procedure_without_visits_takes_them_all_the_same(clerk_under: Any) -> None:
    clerk = clerk_under("resident-standard")
    one = visit(clerk, "09:00", "record forum --raised 加车架 --asked 何时")
    assert [(matter["due_at"], matter["state"]) for matter in one["matters"]] == [(None, "untimed")] * 2
    assert one["clause"] is None
    ran = clerk("09:05", "visit", "record", "1", code=4)
    assert "2026-11-20 09:00." in ran.err and "()" not in ran.err
    assert gaps(clerk, "2027-01-01 00:00", "--year", "2026") == []


# ---- safe


def test_a_newer_calendar_recounts_what_was_provisional(clerk: Any) -> None:
    visit(clerk, "2026-12-30 16:00", "record forum --raised 加车架")
    matter = visit(clerk, "2026-12-30 16:00", "show 1")["matters"][0]
    assert (matter["shown"], matter["provisional"]) == ("2027-01-04 24:00", True)
    file = clerk.shell.home / "2027.toml"
    text = 'timezone = "Asia/Shanghai"\nholidays = ["2027-01-01", "2027-01-04"]\ncovered = [2026, 2027]\n'
    file.write_text(text, encoding="utf-8")
    clerk("2026-12-31 09:00", "calendar", "import", str(file))
    matter = visit(clerk, "2026-12-31 09:00", "show 1")["matters"][0]
    assert (matter["shown"], matter["provisional"]) == ("2027-01-06 24:00", False)
    clerk("2026-12-31 09:00", "verify")


def test_what_was_undone_is_gone_and_the_ledger_stays_whole(held: Any) -> None:
    ran = held("2026-11-20 09:00", "undo", "--json").data
    assert ran["things"] == [{"register": "visit", "id": 2, "stands": False}]
    held("2026-11-20 09:01", "visit", "show", "2", code=3)
    assert visit(held, "2026-11-20 09:02", "record forum")["number"] == "ZF202611-0003"
    held("2026-11-20 09:03", "verify")
    held("2026-11-20 09:04", "rebuild")
    held("2026-11-20 09:05", "verify")
    assert visit(held, "2026-11-20 09:06", "show 3")["id"] == 3


def test_what_others_wrote_since_keeps_a_visit_from_being_taken_back(held: Any) -> None:
    visit(held, "2026-11-20 09:00", "dealt 2.1 已办", actor="other")
    held("2026-11-20 09:05", "undo", code=4)
    held("2026-11-20 09:06", "undo", actor="other")
    assert visit(held, "2026-11-20 09:07", "show 2")["matters"][0]["state"] == "running"
    held("2026-11-20 09:08", "undo")


def test_an_erased_visit_keeps_its_moments_and_loses_every_word(held: Any) -> None:
    held("2026-11-20 09:00", "forget", "ZF202611-0002", "--reason", "保存期满")
    one = visit(held, "2026-11-20 09:05", "show 2 --reveal 查")
    assert [(matter["text"], matter["shown"]) for matter in one["matters"]] == [
        (None, "2026-11-24 24:00"),
        (None, "2026-11-24 18:00"),
    ]
    assert "加车架".encode() not in held.ledger.read_bytes()
    held("2026-11-20 09:06", "verify")
    assert "(erased)" in held("2026-11-20 09:07", "visit", "show", "2").out
