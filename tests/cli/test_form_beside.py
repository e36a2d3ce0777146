"""The guided form tells of the home's earlier complaints and of others' like ones, and offers to link."""

from typing import Any

import pytest


def form(clerk: Any, when: str, *lines: str, lang: str = "en", words: tuple[str, ...] = ()) -> Any:
    """Type all answers at once; the terminal's screen comes back."""
    keys = "".join(f"{line}\n" for line in lines)
    ran = clerk.shell.terminal("log", *words, keys=keys, env={**clerk.env(when, lang=lang), "TERM": "dumb"})
    return ran._replace(raw=ran.raw.decode("utf-8", "replace").encode())


def water(clerk: Any, when: str, unit: str, *more: str) -> str:
    words = ("--text", "家里停水了", "--category", "facility", "--unit", unit, *more)
    return str(clerk(when, "log", *words, "--json").data["id"])


def event(clerk: Any, name: str) -> Any:
    return clerk("12:00", "show", name, "--json").data["event"]


ASKED = "Same event? y = link it, Enter = no"


@pytest.mark.parametrize(("answer", "linked"), [("y", 1), ("1", 1), ("TS202611-0001", 1), ("", None), ("n", None)])
def test_one_like_complaint_is_offered(clerk: Any, answer: str, linked: int | None) -> None:
    water(clerk, "09:00", "3-1-101", "--name", "样例住户")
    ran = form(clerk, "09:30", "没水了", "5-1-101", ".", answer, "")
    assert ran.code == 0 and ran.out.count(ASKED) == 1
    assert "TS202611-0001 (1)" in ran.out and "building 3" in ran.out and "停水" in ran.out
    assert "样例住户" not in ran.out and "3-1-101" not in ran.out
    assert event(clerk, "2") == linked
    # What the clerk was shown while typing is not said again.
    assert ran.out.count("Other households may complain") == 1


def test_nothing_is_kept_before_the_last_yes(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101")
    before = clerk.digest()
    ran = form(clerk, "09:30", "没水了", "5-1-101", ".", "y", "no")
    assert ran.code == 130 and clerk.digest() == before


def test_of_several_one_is_chosen_by_its_number(clerk: Any) -> None:
    names = [water(clerk, "09:00", "3-1-101"), water(clerk, "09:01", "3-1-201")]
    clerk("09:02", "link", *names)
    water(clerk, "09:10", "8-1-101")
    ran = form(clerk, "09:30", "没水了", "5-1-101", ".", "maybe", "３", "")
    asked = "Same event? Its number links it, Enter = none"
    shown = " ".join(ran.out.split())
    assert ran.code == 0 and shown.count(asked) == 2 and "event of 2 households" in shown
    assert event(clerk, "4") == 3


def test_a_correction_that_changes_nothing_like_asks_no_second_time(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101")
    ran = form(clerk, "09:30", "没水了", "5-1-101", ".", "y", "fault no", "fault yes", "")
    assert ran.out.count(ASKED) == 1 and event(clerk, "2") == 1


def test_a_correction_that_makes_it_another_matter_takes_the_offer_back(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101")
    ran = form(clerk, "09:30", "没水了", "5-1-101", ".", "y", "kind suggestion", "")
    assert ran.code == 0 and event(clerk, "2") is None


def test_the_home_is_told_as_soon_as_it_is_typed(clerk: Any) -> None:
    clerk.take("2026-10-01 09:00", "--category", "noise")
    clerk("2026-10-01 09:05", "assign", "1", "工程部", "--person", "样例工甲")
    ran = form(clerk, "09:30", "又吵起来了", "3栋1单元501", ".", "")
    told, _, rest = ran.out.partition("Who complains?")
    assert "This home before:" in told and "TS202610-0001 (1)" in told and "工程部 样例工甲" in told
    assert "This home before:" not in rest
    # Without a home it could be another household's; once it is known, it is the same one's.
    ran = form(clerk, "09:31", "又吵起来了", ".", "", "unit 3-1-501", "")
    assert ran.out.count(ASKED) == 1 and ran.out.count("This home before:") == 1


def test_with_json_the_answer_still_holds_all_of_it(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101")
    ran = form(clerk, "09:30", "没水了", "5-1-101", ".", "n", "", words=("--json",))
    assert ran.code == 0 and '"like-complaints"' in ran.out and "complaintctl link 1 2" in ran.out


def test_nobody_is_asked_where_nothing_is_like(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101")
    ran = form(clerk, "09:30", "保安骂人", "5-1-101", ".", "")
    assert ran.code == 0 and "Same event?" not in ran.out and "This home before" not in ran.out


@pytest.mark.parametrize("columns", [80, 120])
def test_the_offer_in_chinese_on_a_real_terminal(clerk: Any, tmux: Any, columns: int) -> None:
    for n in range(1, 5):
        more = () if n == 1 else ("--event", "1")
        water(clerk, f"09:0{n}", f"3-1-{n}01", *more)
    clerk.take("2026-10-01 09:00", "--category", "noise", "--unit", "3-2-501")
    screen = tmux(columns)
    screen.type("at 09:30 log", "发生了什么？")
    screen.type("整栋楼都没水", "房号？")
    shown = screen.type("3-2-501", "投诉人姓名？")
    assert "本户以前的投诉：" in shown and "TS202610-0001（5）" in shown
    shown = screen.type("。", "是同一事件吗？")
    told = shown[shown.index("其他住户可能已反映同一事件：") :]
    assert "3栋" in told and "已关联，共4户" in told and "停水" in told and "设施维修" in told
    assert all(len(line.encode("gb18030")) <= columns for line in told.split("\n")), told
    shown = screen.type("是", "保存吗？")
    assert clerk("09:31", "event", "1", "--json").data["households"] == 4
    shown = screen.press("Enter")
    assert "TS202611-0005（6）" in shown and "集体投诉：是" in shown and "共5户" in shown
    data = clerk("09:31", "event", "6", "--json").data
    assert (data["households"], data["id"]) == (5, 1)
