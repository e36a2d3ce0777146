"""`staff`, and what the register of people changes for `assign`, `escalate`, `overdue` and completion, from outside."""

import csv
import io
import shutil

import pytest

from complaintctl.output.text import width
from tests.cli.test_shell_completion import completed

MASKED = "154****0001"


@pytest.fixture
def office(clerk):
    """Four people, one above the other, and two departments."""
    clerk("08:00", "staff", "add", "样例总", "--role", "总经理")
    clerk("08:00", "staff", "add", "样例经", "--role", "manager", "--superior", "样例总")
    clerk("08:00", "staff", "add", "样例主", "--role", "supervisor", "--superior", "2", "--phone", "15400000001")
    clerk("08:00", "staff", "department", "工程部", "--category", "facility,房屋质量", lang="zh")
    clerk("08:00", "staff", "department", "秩序部(样例)", "--category", "noise，order")
    clerk("08:00", "staff", "add", "样例甲", "--role", "department", "--department", "工程部", "--superior", "样例主")
    return clerk


def test_what_each_command_answers_in_json(office):
    data = office("09:00", "staff", "change", "样例主", "--area", "东区", "--json").data
    assert data == {
        **{"id": 3, "name": "样例主", "role": "supervisor", "department": None, "area": "东区", "phone": MASKED},
        **{"superior": {"id": 2, "name": "样例经"}, "since": "2026-11-20T08:00:00+08:00", "left_at": None},
    }
    shown = office("09:01", "staff", "show", "3", "--json").data
    assert shown["subordinates"] == [{"id": 4, "name": "样例甲"}] and shown["heads"] == shown["assists"] == []
    assert [(one["kind"], one["changes"], one["undone"]) for one in shown["history"]] == [
        ("registered", ["name", "phone", "role", "since", "superior"], False),
        ("changed", ["area"], False),
    ]
    left = office("09:02", "staff", "left", "样例主", "--on", "2026-11-30", "--json")
    assert left.data["left_at"] == "2026-12-01T00:00:00+08:00"
    assert [one["code"] for one in left.json["warnings"]] == ["still-named"]
    data = office("09:03", "staff", "department", "工程部", "--head", "样例甲", "--json").data
    assert data == {
        **{"id": 1, "name": "工程部", "categories": ["facility", "building"], "closed_at": None},
        "head": {"id": 4, "name": "样例甲"},
    }
    listed = office("09:04", "staff", "departments", "--json").data["items"]
    assert [(one["name"], one["categories"], one["head_name"]) for one in listed] == [
        ("工程部", "facility,building", "样例甲"),
        ("秩序部(样例)", "noise,order", None),
    ]


def test_the_list_is_who_is_there_and_knows_the_past(office):
    office("09:00", "staff", "left", "样例甲")
    assert "样例甲" not in office("09:00", "staff", "list").out
    rows = list(csv.DictReader(io.StringIO(office("09:01", "staff", "list", "--all", "--format", "csv", "--raw").out)))
    assert [(row["name"], row["role"], row["superior_name"], row["left_at"]) for row in rows] == [
        ("样例总", "general-manager", "", ""),
        ("样例经", "manager", "样例总", ""),
        ("样例主", "supervisor", "样例经", ""),
        ("样例甲", "department", "样例主", "2026-11-20T09:00:00+08:00"),
    ]
    before = office("09:02", "staff", "list", "--as-of", "08:30", "--json").data
    assert [one["left_at"] for one in before["items"]] == [None] * 4
    assert office("09:02", "staff", "list", "--department", "工程部", "--json").data["items"] == []
    assert "phone" not in before["items"][0] and "15400000001" not in office("09:03", "staff", "show", "3").out


def test_a_phone_is_shown_with_a_reason_that_stays(office):
    assert office("09:00", "staff", "show", "样例主", "--reveal", "夜间联系", "--json").data["phone"] == "15400000001"
    assert "15400000001" in office("09:00", "staff", "show", "3", "--reveal", "夜间联系").out
    kinds = [one["kind"] for one in office("09:01", "staff", "show", "3", "--json").data["history"]]
    assert kinds == ["registered", "revealed", "revealed"]


def test_a_member_of_staff_is_erased(office):
    office("09:00", "forget", "staff/3", "--reason", "已离职")
    shown = office("09:01", "staff", "show", "3", "--json").data
    assert (shown["name"], shown["phone"], shown["role"]) == (None, None, "supervisor")
    assert "#3" in office("09:01", "staff", "list").out
    assert "样例主" not in office("09:01", "staff", "show", "4").out
    assert office("09:02", "verify").code == 0


@pytest.mark.parametrize("name", ["staff/99", "staff/²", "staff/", "department/9", "inspection/1", "visit/٣"])
def test_whoever_is_not_registered_cannot_be_erased(office, name):
    error = office("09:00", "forget", name, "--reason", "已离职", "--json", code=3).json["error"]
    assert error["code"] == "not-found" and error["hint"]
    assert name != "staff/99" or error["message"] == "There is no member of staff “99”."


REFUSED = (
    ("staff add 样例乙", 2, "missing-option", None),
    ("staff add 样例乙 --role 老大", 2, "bad-value", None),
    ("staff add 样例甲 --role desk", 4, "refused", "name-taken"),
    ("staff add 样例乙 --role desk --department 工程", 2, "bad-value", None),
    ("staff add 样例乙 --role desk --superior 无此人", 3, "not-found", None),
    ("staff add 样例乙 --role desk --since 2026-11-21", 2, "future-moment", None),
    ("staff add 样例乙 --role desk --since 昨晚", 2, "bad-moment", None),
    ("staff change 样例甲", 2, "usage", None),
    ("staff change 样例甲 --clear role", 2, "bad-value", None),
    ("staff change 9 --role desk", 3, "not-found", None),
    ("staff change 样例总 --superior 样例甲", 4, "refused", "superior-cycle"),
    ("staff left 样例甲 --on 2026-11-19", 2, "before-step", None),
    ("staff show 无此人", 3, "not-found", None),
    ("staff department 工程部 --category 电梯", 2, "bad-value", None),
    ("staff department 工程部 --head 无此人", 3, "not-found", None),
    ("staff import none.csv", 3, "not-found", None),
    ("place add 3 --households 0", 2, "bad-value", None),
    ("place change 3 --area 东区", 3, "not-found", None),
    ("place units 3 3-1-101", 3, "not-found", None),
    ("place import none.csv", 3, "not-found", None),
    ("list --area 北区", 2, "bad-value", None),
    ("completion bash nothing", 2, "bad-value", None),
)


@pytest.mark.parametrize(("line", "code", "error", "rule"), REFUSED, ids=lambda value: str(value))
def test_every_refusal_has_its_code_and_says_what_to_do(office, line, code, error, rule):
    digest = office.digest()
    told = office("09:00", *line.split(), "--json", code=code) if "completion" not in line else None
    if told is None:
        assert office("09:00", *line.split(), code=code).err
        return
    assert (told.json["error"]["code"], told.json["error"].get("rule")) == (error, rule)
    assert told.json["error"]["hint"] and office.digest() == digest
    chinese = office("09:00", *line.split(), code=code, lang="zh").err
    assert chinese and "{" not in chinese


# ---- dispatch and referral


def test_a_dispatch_is_proposed_marked_and_says_why(office):
    one = office.take("09:00", "--category", "noise")
    assert "assign 1 '秩序部(样例)'" in office("09:01", "show", one).out
    done = office("09:02", "assign", one)
    assert "  To 秩序部(样例), for “noise” (proposed); elsewhere: complaintctl assign 1 …" in done.out
    two = office.take("09:03", "--category", "facility", "--unit", "3-1-502")
    data = office("09:04", "assign", two, "--person", "样例甲", "--json").data
    assert (data["department"], data["proposals"]) == (
        "工程部",
        [{"fact": "department", "value": "工程部", "words": ["样例甲"], "rule": "person"}],
    )
    taken = office("09:05", "log", "--text", "灯不亮", "--category", "facility", "--unit", "3-1-503", lang="zh")
    assert taken.out.rstrip().endswith("下一步：complaintctl assign 3 工程部")


def test_without_registers_a_missing_department_is_what_it_was(clerk):
    one = clerk.take("09:00")
    told = clerk("09:01", "assign", one, code=2).err
    assert told.startswith("complaintctl: An ID or the department is missing.")
    assert clerk("09:01", "assign", "工程部", code=2).err == told
    clerk("09:02", "assign", one, "工程步")


def test_what_cannot_be_proposed_names_the_departments(office):
    one = office.take("09:00", "--category", "charges")
    told = office("09:01", "assign", one, code=2).err
    assert "no department answers for its category" in told and "工程部, 秩序部(样例)" in told
    told = office("09:01", "assign", one, "工程步", code=2, lang="zh").err
    assert "没有“工程步”这个部门" in told and "是否为工程部" in told
    told = office("09:01", "assign", one, "绿化", "--new-department", "--json").data
    assert told["department"] == "绿化" and told["proposals"] == []
    office("09:02", "staff", "left", "样例甲")
    told = office("09:03", "assign", one, "工程部", "--person", "样例甲", "--json", code=4).json["error"]
    assert (told["rule"], told["message"]) == ("left", "样例甲 left at 2026-11-20 09:02.")
    office("09:03", "assign", one, "工程部", "--person", "样例甲", "--at", "09:01")


def test_on_a_terminal_the_proposal_is_asked_about(office):
    one = office.take("09:00", "--category", "noise")

    def typed(keys, when):
        return office.shell.terminal("assign", one, keys=keys, env=office.env(when))

    no = typed("n\n", "09:01")
    assert no.code == 2 and "to 秩序部(样例), for “noise”" in no.out and "Nothing was dispatched." in no.out
    assert office("09:02", "show", one, "--json").data["department"] is None
    yes = typed("what\n\n", "09:03")
    assert yes.code == 0 and office("09:04", "show", one, "--json").data["department"] == "秩序部(样例)"


def test_a_referral_is_proposed_to_who_stands_there(office):
    one = office.take("09:00", "--category", "facility", "--fault")
    assert "escalate 1 manager  (样例经)" in office("09:01", "show", one).out
    done = office("09:02", "escalate", one, "manager")
    assert "  To 样例经, who stands there (proposed)" in done.out
    entry = office("09:03", "show", one, "--json").data["timeline"][-1]
    assert (entry["to"], entry["staff"], entry["rung"]) == ("样例经", 2, 3)
    data = office("09:04", "escalate", one, "4", "--to", "集团值班室", "--json").data
    assert data["proposals"] == []


def test_overdue_names_who_is_next(office):
    one = office.take("09:00", "--category", "facility", "--fault")
    office("09:05", "assign", one, "--person", "样例甲")
    rows = office("14:30", "overdue", "--json").data["items"]
    assert {(row["next_rung"], row["next_person"]) for row in rows} == {("supervisor", "样例主")}
    office("14:31", "escalate", one, "manager")
    rows = office("14:32", "overdue", "--json").data["items"]
    assert {(row["next_rung"], row["next_person"]) for row in rows} == {("company", "样例总")}
    plain = office("14:32", "overdue").out
    assert "Who is next" in plain and "样例总" in plain
    past = office("14:33", "overdue", "--as-of", "14:30", "--json").data["items"]
    assert {row["next_person"] for row in past} == {"样例主"}


def test_overdue_is_as_it_was_where_nobody_is_registered(clerk):
    clerk.take("09:00", "--fault")
    rows = clerk("14:30", "overdue", "--json").data["items"]
    assert {row["next_person"] for row in rows} == {None}
    assert "Who is next" not in clerk("14:30", "overdue").out


# ---- tables, from outside


def test_a_list_of_staff_is_taken_and_bad_rows_keep_it_out(clerk):
    home = clerk.shell.home
    path = home / "人员.csv"
    path.write_bytes("姓名,岗位,上级,工号\n样例甲,经理,,1\n样例乙,主管,样例甲,2\n".encode("gb18030"))
    would = clerk("09:00", "staff", "import", str(path), "--dry-run", "--json").data
    assert would["counts"] == {"added": 2, "changed": 0, "unchanged": 0} and would["ignored"] == ["工号"]
    assert clerk("09:00", "staff", "list", "--json").data["items"] == []
    done = clerk("09:01", "staff", "import", str(path), "--json").data
    assert [(row["line"], row["id"], row["name"], row["fate"]) for row in done["rows"]] == [
        (2, 1, "样例甲", "added"),
        (3, 2, "样例乙", "added"),
    ]
    digest = clerk.digest()
    path.write_text("姓名,岗位\n样例丙,主管\n,主管\n样例丁,老大\n", "utf-8-sig")
    told = clerk("09:02", "staff", "import", str(path), "--json", code=2, lang="zh").json
    assert told["error"]["code"] == "rows-refused"
    assert [row["line"] for row in told["data"]["rows"]] == [3, 4]
    spoken = clerk("09:02", "staff", "import", str(path), code=2, lang="zh").err.splitlines()
    assert spoken[0] == "第3行：缺姓名" and "2行不能导入" in "".join(spoken)
    assert spoken[2].startswith("应为：") and "主管" in spoken[2] and spoken[2] == told["data"]["rows"][1]["hint"]
    assert clerk.digest() == digest


def test_of_a_long_list_taken_back_the_first_are_told_and_how_many_there_are(clerk):
    path = clerk.shell.home / "staff.csv"
    path.write_text("name,role\n" + "".join(f"样例{n:02},desk\n" for n in range(1, 13)), "utf-8")
    clerk("09:00", "staff", "import", str(path))
    told = clerk("09:01", "undo").out.splitlines()
    assert len(told) == 21 and told[18].startswith("member of staff 10: taken back") and told[20] == "2 more"
    assert clerk("09:02", "staff", "list", "--json").data["items"] == []


# ---- completion


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_names_of_the_ledger_are_completed(office):
    office("09:00", "staff", "left", "样例总")
    office("09:00", "place", "add", "3", "--area", "东区")
    ran = office.shell("completion", "bash")
    program = " ".join(office.shell.program)
    home = f"export {' '.join(f'{name}={value!r}' for name, value in office.env('09:01').items())}"
    given = " ".join(f"{name}={value!r}" for name, value in office.shell.env.items() if name != "PATH")
    script = f'export {given}\n{home}\ncomplaintctl() {{ {program} "$@"; }}\n{ran.out}'

    assert completed(script, "complaintctl overdue --department 工") == {"工程部"}
    assert completed(script, "complaintctl assign 7 秩") == {"秩序部\\(样例\\)"}
    assert completed(script, "complaintctl assign 7 --person 样例") == {"样例经", "样例主", "样例甲"}
    assert completed(script, "complaintctl staff left 样例主") == {"样例主"}
    assert completed(script, "complaintctl list --area ") == {"东区"}
    assert completed(script, "complaintctl list --building ") == {"3"}
    assert {"supervisor"} == completed(script, "complaintctl staff add 甲 --role superv")
    assert completed(script, "complaintctl list --category noi") == {"noise"}
    assert completed(script, "complaintctl assign 7 --new") == {"--new-department"}
    assert completed(script, "complaintctl --ledger /nowhere.db overdue --department 工") == set()


def test_a_name_is_printed_so_that_no_shell_runs_it(clerk):
    clerk("09:00", "staff", "add", "$(touch x) `y` 甲\\乙", "--role", "desk")
    assert clerk("09:01", "completion", "bash", "staff").out == "\\$\\(touch\\ x\\)\\ \\`y\\`\\ 甲\\\\乙\n"
    assert clerk("09:01", "completion", "fish", "staff").out == "$(touch x) `y` 甲\\乙\n"


# ---- screens


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_screens_fit_eighty_columns(office, lang):
    office("09:00", "place", "add", "3号楼", "--area", "东区", "--assistant", "样例甲", "--households", "120")
    one = office.take("09:00", "--category", "noise")
    screens = [
        office("09:01", *line.split(), lang=lang).out
        for line in (
            *("staff list --all", "staff show 样例主", "staff departments", "place list"),
            *("staff change 样例主 --area 东区", "staff left 样例主", "place change 3 --households 121"),
        )
    ]
    screens += [
        next(
            line
            for line in office("09:02", *words, lang=lang).out.splitlines()
            if line.startswith(("  To ", "  派往", "  报"))
        )
        for words in (("assign", one), ("escalate", one, "manager"))
    ]
    for line in "\n".join(screens).splitlines():
        assert width(line) <= 80, line
