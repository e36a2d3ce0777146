"""What is owed beside complaints, seen from outside: a quarter without a joint inspection, a year without a visit."""

import pytest


def now(text):
    return {"COMPLAINTCTL_NOW": f"{text.replace(' ', 'T')}+08:00"}


@pytest.fixture
def office(shell):
    """An office that begins on 22 August 2026 and takes nothing down."""
    shell.env |= {"COMPLAINTCTL_LEDGER": str(shell.home / "site.db"), "COMPLAINTCTL_LANG": "en"}
    assert shell("init", env=now("2026-08-22 10:00:00")).code == 0
    return shell


@pytest.mark.parametrize(
    ("moment", "periods"),
    [
        ("2026-09-30 23:59:59", []),
        ("2026-10-01 00:00:00", ["2026-Q3"]),
        ("2026-12-31 23:59:59", ["2026-Q3"]),
        ("2027-01-01 00:00:00", ["2026-Q3", "2026-Q4"]),
    ],
)
def test_a_quarter_without_a_joint_inspection_is_overdue_from_its_last_24_00(office, moment, periods):
    items = office("overdue", "--json", env=now(moment)).data["items"]
    assert [one["number"] for one in items] == periods
    for one in items:
        assert (one["subject"], one["step"], one["clause"]) == ("inspection", "joint-inspection", "O 03")
        assert (one["duty_of"], one["id"]) == ("committee", None)
    late = office("overdue", "--exit-code", env=now(moment)).code
    assert late == (10 if periods else 0)


def test_for_people_years_of_quarters_are_one_line(office):
    lines = office("overdue", "--format", "plain", env=now("2028-01-01 00:00:00")).out.splitlines()
    assert len(lines) == 2
    assert "2026-Q3" in lines[1] and "joint inspection" in lines[1] and lines[1].endswith("+5")
    assert len(office("overdue", "--all", "--format", "plain", env=now("2028-01-01 00:00:00")).out.splitlines()) == 7


def test_it_is_late_by_the_time_since_the_quarters_end(office):
    (item,) = office("overdue", "--json", env=now("2026-10-03 06:00:00")).data["items"]
    assert (item["due_at"], item["late_by_seconds"]) == ("2026-10-01T00:00:00+08:00", 2 * 86_400 + 6 * 3600)


def test_a_procedure_that_asks_for_none_owes_none(shell):
    shell.env |= {"COMPLAINTCTL_LEDGER": str(shell.home / "site.db")}
    assert shell("init", "--procedure", "service-code", env=now("2026-08-22 10:00:00")).code == 0
    assert shell("overdue", "--json", env=now("2027-02-01 00:00:00")).data["items"] == []
    assert shell("today", "--json", env=now("2027-02-01 00:00:00")).data["not_held"] == []


def test_an_office_owes_nothing_for_the_time_before_it_worked(shell):
    """Made ready in January, used from November on: the three quarters between are nobody's fault."""
    shell.env |= {"COMPLAINTCTL_LEDGER": str(shell.home / "site.db")}
    assert shell("init", env=now("2026-01-05 10:00:00")).code == 0
    assert shell("log", "--text", "楼道灯不亮", "--kind", "suggestion", env=now("2026-11-05 10:00:00")).code == 0
    assert shell("overdue", "--json", env=now("2026-12-31 23:59:59")).data["items"] == []
    (item,) = shell("overdue", "--json", env=now("2027-01-01 00:00:00")).data["items"]
    assert item["number"] == "2026-Q4"


def test_the_day_names_visits_that_were_not_held_and_those_soon_owed(office):
    told = office("today", "--json", env=now("2026-10-01 00:00:00")).data["not_held"]
    assert [(one["period"], one["occasion"], one["gone"]) for one in told] == [
        ("2026-Q3", "assistant", True),
        ("2026-Q3", "forum", True),
    ]
    before = office("today", "--json", env=now("2026-09-16 23:59:59")).data["not_held"]
    assert before == []
    soon = office("today", "--json", env=now("2026-09-17 00:00:00")).data["not_held"]
    assert [(one["occasion"], one["gone"]) for one in soon] == [
        ("assistant", False),
        ("forum", False),
        ("joint", False),
    ]
    year = office("today", "--json", env=now("2027-01-01 00:00:00")).data["not_held"]
    assert ("2026", "director", True) in [(one["period"], one["occasion"], one["gone"]) for one in year]


@pytest.mark.parametrize(("lang", "words"), [("zh", "联合检查"), ("en", "joint inspection")])
def test_it_is_told_in_both_languages(office, lang, words):
    for command in ("overdue", "today"):
        assert words in office("--lang", lang, command, env=now("2026-10-01 00:00:00")).out
