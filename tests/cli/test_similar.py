"""Earlier cases like a complaint: who is told of them, what of them is told, and what is left out."""

import pytest

from complaintctl.desk import similar

SOLVED = ("--channel", "phone", "--responsibility", "own", "--kind", "complaint", "--no-fault")


def solved(clerk, day, text, result, *more, hours=2):
    """Take down, dispatch and solve a complaint, its solution so many hours after the receipt."""
    at = f"2026-11-{day} 09:00"
    one = str(clerk(at, "log", "--text", text, *SOLVED, *more, "--json").data["id"])
    clerk(f"2026-11-{day} 09:05", "assign", one, "工程部")
    clerk(f"2026-11-{day} {9 + hours:02d}:00", "resolve", one, result, "--cause", "按键进水")
    return one


@pytest.fixture
def cases(clerk):
    """Three solved cases, the last one of another kind; one that was withdrawn."""
    solved(clerk, "02", "2号楼电梯按键失灵，按了没反应", "更换按键面板，样例住户二在场", "--name", "样例住户二")
    solved(clerk, "03", "3号楼电梯按键又失灵", "更换主板", hours=5)
    solved(clerk, "04", "门口垃圾两天没人清", "已清运", "--category", "environment")
    one = str(clerk("2026-11-05 09:00", "log", "--text", "电梯按键失灵", *SOLVED, "--json").data["id"])
    clerk("2026-11-05 10:00", "resolve", one, "住户撤回", "--outcome", "withdrawn")
    return clerk


NEW = ("log", "--text", "7号楼电梯按键失灵，很久没人修", *SOLVED)


def test_a_script_is_told_how_they_were_solved_and_how_long_it_took(cases):
    data = cases("2026-11-20 09:00", *NEW, "--json").data
    assert [(one["id"], one["outcome"], one["took_seconds"]) for one in data["similar"]] == [
        (2, "solved", 5 * 3600),
        (1, "solved", 2 * 3600),
    ]
    last = data["similar"][0]
    assert (last["result"], last["cause"], last["department"]) == ("更换主板", "按键进水", "工程部")
    assert {"按键", "失灵"} <= set(last["words"])


def test_who_complained_then_is_not_told(cases):
    ran = cases("2026-11-20 09:00", *NEW, "--json")
    assert "样例住户二" not in ran.out and "更换按键面板" in ran.out


@pytest.mark.parametrize(
    ("lang", "heading", "took"), [("en", "Like cases before:", "took 5 h"), ("zh", "类似案例：", "用时5小时")]
)
def test_a_clerk_reads_it_in_the_answer_and_on_the_sheet(cases, lang, heading, took):
    said = cases("2026-11-20 09:00", *NEW, lang=lang).out
    assert heading in said and took in said and "更换主板；按键进水" in said.replace("; ", "；")
    sheet = cases("2026-11-20 09:10", "show", "5", "--similar", lang=lang).out
    assert heading in sheet and took in sheet
    assert heading not in cases("2026-11-20 09:10", "show", "5", lang=lang).out


def test_what_came_later_or_is_not_solved_teaches_nothing(cases):
    data = cases("2026-11-20 09:00", "show", "1", "--similar", "--json").data
    assert data["similar"] == []
    assert "similar" not in cases("2026-11-20 09:00", "show", "1", "--json").data
    assert "No solved case before was like it." in cases("2026-11-20 09:00", "show", "3", "--similar").out


def test_what_was_erased_teaches_nothing_and_undone_neither(cases):
    cases("2026-11-19 09:00", "forget", "2", "--reason", "住户要求")
    data = cases("2026-11-20 09:00", *NEW, "--json").data
    assert [one["id"] for one in data["similar"]] == [1]


def test_a_text_of_signs_and_one_that_has_nothing_in_common(cases):
    assert cases("2026-11-20 09:00", "log", "--text", "？？！！", *SOLVED, "--json").data["similar"] == []
    assert cases("2026-11-20 09:00", "log", "--text", '" OR words:*', *SOLVED, "--json").data["similar"] == []


# ---- among many


def told(clerk, at):
    return [one["id"] for one in clerk(at, *NEW, "--json").data["similar"]]


@pytest.fixture
def few_are_looked_at(monkeypatch):
    """Two complaints stand for the hundreds that are looked at: it goes the same way with so many more."""
    for name in ("LOOKED_FOR", "LOOKED_FOR_LONGER", "READ", "READ_LONGER"):
        monkeypatch.setattr(similar, name, 2)
    monkeypatch.setattr(similar, "LATER", 1)


def test_a_rare_word_finds_what_lies_far_back(clerk, few_are_looked_at):
    """Many have “nobody mended it” in common since; one had the same buttons."""
    solved(clerk, "02", "2号楼电梯按键失灵", "更换按键面板")
    for day in ("03", "04", "05", "06", "07"):
        solved(clerk, day, "灯坏了很久没人修", "已修")
    assert told(clerk, "2026-11-20 09:00")[0] == 1


def test_an_old_complaint_is_held_against_older_ones(clerk, few_are_looked_at):
    first = solved(clerk, "02", "2号楼电梯按键失灵", "更换按键面板")
    second = solved(clerk, "03", "3号楼电梯按键失灵", "更换主板")
    for day in ("04", "05", "06", "07"):
        solved(clerk, day, "4号楼电梯按键失灵", "更换主板")
    data = clerk("2026-11-20 09:00", "show", second, "--similar", "--json").data
    assert [one["id"] for one in data["similar"]] == [int(first)]


def test_a_register_that_was_taken_over_later_tells_of_older_cases(clerk, tmp_path):
    solved(clerk, "02", "2号楼电梯按键失灵", "更换按键面板")
    register = tmp_path / "register.csv"
    register.write_text(
        "受理日期,投诉内容,处理结果,完成日期\n2025-03-07,5号楼电梯按键失灵,换了面板,2025-03-09\n", "utf-8"
    )
    clerk("2026-11-20 09:00", "import", str(register))
    data = clerk("2026-11-20 09:10", "show", "1", "--similar", "--json").data
    assert [(one["id"], one["result"]) for one in data["similar"]] == [(2, "换了面板")]


def test_other_words_for_the_same_are_looked_for_as_well(clerk):
    solved(clerk, "02", "家里没水了", "阀门已开", "--category", "facility")
    data = clerk("2026-11-20 09:00", "log", "--text", "早上起来停水", *SOLVED, "--category", "facility", "--json").data
    assert [one["words"] for one in data["similar"]] == [["停水"]]


def test_at_a_moment_gone_by_only_what_was_solved_by_then_is_told(cases):
    """The second case was solved at 14:00, five hours after it was taken down."""
    cases("2026-11-03 10:00", *NEW, "--json")
    for moment, ids in (("2026-11-20 09:00", [2, 1]), ("2026-11-03 13:00", [1]), ("2026-11-03 14:00", [2, 1])):
        data = cases("2026-11-20 09:00", "show", "5", "--similar", "--as-of", moment, "--json").data
        assert [one["id"] for one in data["similar"]] == ids, moment


def test_what_was_explained_away_is_a_case_too(clerk):
    told = ("--text", "自家空调滴水谁来管", "--responsibility", "self", "--kind", "complaint", "--unit", "3-1-101")
    clerk("2026-11-02 09:00", "log", *told)
    clerk("2026-11-02 10:00", "notify", "1", "--via", "phone", "--accepted")
    (one,) = clerk("2026-11-20 09:00", "log", *told, "--json").data["similar"]
    assert (one["id"], one["outcome"], one["took_seconds"], one["result"]) == (1, "explained", 3600, None)
