"""Events of several households from outside: told while taking down, linked, shown as one sheet, left again."""

import re
from typing import Any

import pytest

from complaintctl.output.text import width

TEXTS = ("3栋停水了", "家里没水做不了饭", "断水一上午了", "停水了，老人在家", "没有水，厕所冲不了")


def water(clerk: Any, when: str, unit: str, *more: str, text: str = "停水了") -> str:
    words = ("--text", text, "--category", "facility", "--kind", "complaint", "--responsibility", "own", "--no-fault")
    return str(clerk(when, "log", *words, "--channel", "phone", "--unit", unit, *more, "--json").data["id"])


def five(clerk: Any) -> list[str]:
    """Five households, one a minute from 10:01 on, each joining the first while it is taken down."""
    first = water(clerk, "10:01", "3-1-101", text=TEXTS[0])
    others = (water(clerk, f"10:0{n}", f"3-{n}-101", "--event", first, text=TEXTS[n - 1]) for n in range(2, 6))
    return [first, *others]


# ---- told while it is taken down


def test_a_script_is_told_of_like_ones_with_the_line_that_links_them(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101", text="3栋停水了")
    document = clerk("09:30", "log", "--text", "家里没水", "--unit", "5-2-301", "--json").json
    data = document["data"]
    assert data["like"] == [
        {
            "id": 1,
            "number": "TS202611-0001",
            "received_at": "2026-11-20T09:00:00+08:00",
            "category": "facility",
            "building": "3",
            "event": None,
            "households": 1,
            "because": ["text", "site-wide", "category"],
            "words": ["停水"],
        }
    ]
    assert data["history"] == []
    (warning,) = document["warnings"]
    assert warning["code"] == "like-complaints" and warning["message"].endswith("complaintctl link 1 2")
    clerk("09:31", *warning["message"].rpartition("complaintctl ")[2].split())
    assert clerk("09:32", "event", "2", "--json").data["households"] == 2


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "not counted among the households: TS202611-0002 (C 4.1.4)"),
        ("zh", "建议、咨询不是投诉，不计入户数：TS202611-0002（C 4.1.4）"),
    ],
)
def test_a_question_about_it_is_no_complaint(clerk: Any, lang: str, said: str) -> None:
    water(clerk, "09:00", "3-1-101")
    clerk("09:30", "log", "--text", "何时来水", "--kind", "inquiry", "--unit", "3-1-102")
    assert said in clerk("09:31", "link", "1", "2", lang=lang).out
    ran = clerk("09:32", "log", "--text", "没水", "--unit", "3-1-103", "--event", "1", "--json", lang=lang)
    (warning,) = (one for one in ran.json["warnings"] if one["code"] == "not-counted")
    assert said in warning["message"]
    assert clerk("09:33", "event", "1", "--json").data["households"] == 2


def test_nothing_like_nothing_said(clerk: Any) -> None:
    water(clerk, "09:00", "3-1-101")
    document = clerk("09:30", "log", "--text", "保安骂人", "--unit", "5-2-301", "--json").json
    assert document["data"]["like"] == [] and document["warnings"] == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_clerk_reads_it_in_the_answer_without_private_words(clerk: Any, lang: str) -> None:
    water(clerk, "2026-10-01 09:00", "5-2-301", "--name", "样例住户丁")
    water(clerk, "09:00", "3-1-101", "--name", "样例住户", "--phone", "15400000001", text="样例住户家停水,15400000001")
    out = clerk("09:30", "log", "--text", "家里没水", "--unit", "5-2-301", lang=lang).out
    told = {
        "en": [
            "Other households may complain of the same:",
            "building 3",
            "If so: complaintctl link 2 3",
            "home before:",
        ],
        "zh": ["其他住户可能已反映同一事件：", "3栋", "如是：complaintctl link 2 3", "本户以前的投诉："],
    }
    assert [text for text in told[lang] if text not in out] == []
    assert "样*家停水,154****0001" in out and "停水" in out
    assert "样例住户" not in out and "15400000001" not in out and "3-1-101" not in out
    assert "TS202610-0001" in out and "2026-10-01" in out


def test_the_homes_earlier_ones_for_scripts(clerk: Any) -> None:
    clerk.take("2026-10-01 09:00", "--category", "noise")
    clerk("2026-10-01 09:05", "assign", "1", "工程部", "--person", "样例工甲")
    clerk("2026-10-01 10:00", "resolve", "1", "已处理", "--outcome", "partly")
    clerk.take("2026-10-02 09:00", "--category", "noise")
    data = clerk("09:30", "log", "--text", "又吵", "--category", "noise", "--unit", "3栋1单元501室", "--json").data
    assert data["history"] == [
        {
            "id": 2,
            "number": "TS202610-0002",
            "round": 1,
            "received_at": "2026-10-02T09:00:00+08:00",
            "category": "noise",
            "outcome": None,
            "resolved_at": None,
            "closed_at": None,
            "handled_by": None,
            "department": None,
        },
        {
            "id": 1,
            "number": "TS202610-0001",
            "round": 1,
            "received_at": "2026-10-01T09:00:00+08:00",
            "category": "noise",
            "outcome": "partly",
            "resolved_at": "2026-10-01T10:00:00+08:00",
            "closed_at": None,
            "handled_by": "样例工甲",
            "department": "工程部",
        },
    ]
    proposal = next(one for one in data["proposals"] if one["fact"] == "repeated")
    assert proposal["words"] == ["TS202610-0001", "TS202610-0002"] and proposal["rule"] == "earlier-complaints"
    assert [(one["number"], one["handled_by"]) for one in data["handled_before"]] == [
        *(("TS202610-0001", "样例工甲"), ("TS202610-0002", None)),
    ]
    out = clerk("09:31", "show", "3", lang="zh").out
    assert "前期处理（TS202610-0001）：工程部 样例工甲、部分解决、2026-10-01" in out


def test_a_home_is_the_same_as_its_door_plate(clerk: Any) -> None:
    clerk.take("2026-10-01 09:00", "--category", "noise", "--unit", "3-1-0501")
    clerk.take("2026-10-02 09:00", "--category", "noise", "--unit", "3-1-501")
    data = clerk("09:30", "log", "--text", "又吵", "--category", "noise", "--unit", "3号楼1单元0501", "--json").data
    assert [one["number"] for one in data["history"]] == ["TS202610-0002", "TS202610-0001"]
    data = clerk("09:31", "log", "--text", "又吵", "--category", "noise", "--unit", "3-1-501", "--json").data
    assert len(data["history"]) == 3


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "raised before: yes (this home raised the same before: TS202610-0001, TS202610-0002)"),
        ("zh", "（本户此前已反映同类问题：TS202610-0001、TS202610-0002）"),
    ],
)
def test_repeated_is_proposed_in_words_with_the_numbers(clerk: Any, lang: str, said: str) -> None:
    clerk.take("2026-10-01 09:00", "--category", "noise")
    clerk.take("2026-10-02 09:00", "--category", "noise")
    out = clerk("09:30", "log", "--text", "吵", "--category", "noise", "--unit", "3-1-501", lang=lang).out
    assert said in out


def test_the_supervisor_is_told_who_had_it_before(clerk: Any) -> None:
    name = clerk.take("10:00")
    clerk("10:05", "assign", name, "工程部", "--person", "样例工甲")
    clerk("11:00", "resolve", name, "已处理")
    assert "handled before" not in clerk("11:05", "escalate", name, "manager").out
    out = clerk("12:00", "notify", name, "--via", "visit", "--not-accepted").out
    assert "handled before (round 1): 工程部 样例工甲, solved, 2026-11-20" in out
    assert "handled before (round 1)" in clerk("12:10", "escalate", name, "supervisor").out
    assert "handled before (round 1)" in clerk("12:10", "show", name).out
    data = clerk("12:10", "show", name, "--json").data
    assert [(one["round"], one["handled_by"]) for one in data["handled_before"]] == [(1, "样例工甲")]
    assert "handled before" not in clerk("12:11", "assign", name, "客服部").out


# ---- log --event


def test_the_fifth_household_makes_it_collective(clerk: Any) -> None:
    names = five(clerk)
    data = clerk("10:05", "show", names[4], "--json").data
    assert (data["event"], data["judgement"]["collective"], data["facts"]["households"]) == (1, True, 5)
    assert clerk.clocks(names[0], "10:15")["C-collective"] == ("running", "2026-11-20 10:15")
    assert clerk.clocks(names[0], "10:16")["C-collective"] == ("overdue", "2026-11-20 10:15")
    for lang, said in (
        ("en", "one event with complaint 1: complaintctl event 1"),
        ("zh", "与1号同一事件：complaintctl event 1"),
    ):
        assert said in clerk("10:06", "show", names[3], lang=lang).out


@pytest.mark.parametrize("elsewhere", ["99", "TS202611-0099", "north.db", "/data/north.db:1", "北区 1", "1@north"])
def test_what_is_not_in_this_ledger_is_linked_to_nothing(clerk: Any, elsewhere: str) -> None:
    names = [water(clerk, "10:01", "3-1-101"), water(clerk, "10:02", "3-2-101")]
    before = clerk.digest()
    ran = clerk("10:10", "link", *names, elsewhere, code=3)
    assert "one ledger is one site" in ran.err
    ran = clerk("10:10", "log", "--text", "停水", "--event", elsewhere, "--json", code=3)
    assert ran.json["error"]["code"] == "not-found" and "one site" in ran.json["error"]["hint"]
    clerk("10:10", "link", elsewhere, names[0], "--off", code=3)
    clerk("10:10", "event", elsewhere, code=3)
    assert clerk.digest() == before


def test_undo_takes_back_the_complaint_and_its_link(clerk: Any) -> None:
    names = five(clerk)
    out = clerk("10:06", "undo").out
    assert "no longer counts" in out and out.count("TS202611-000") == 5
    assert clerk("10:07", "event", names[0], "--json").data["households"] == 4
    clerk("10:07", "show", names[4], code=3)


# ---- the event as one sheet


def worked(clerk: Any) -> list[str]:
    """Five households; the manager told and decided; all solved; one visited, one only called."""
    names = five(clerk)
    clerk("10:08", "escalate", names[1], "manager", "--opinion", "暂不通报,现场处理")
    clerk("10:09", "assign", *names, "工程部")
    clerk("10:20", "record", names[0], names[1], "contacted,reply-agreed", "已说明")
    clerk("11:00", "resolve", names[0], "换泵", "--whole-event")
    clerk("11:30", "notify", names[0], "--via", "visit", "--accepted")
    clerk("11:40", "notify", names[1], "--via", "phone", "--accepted")
    return names


def test_the_sheet_for_scripts(clerk: Any) -> None:
    names = worked(clerk)
    data = clerk("13:00", "event", names[3], "--json").data
    assert {key: data[key] for key in ("id", "number", "households", "complaints")} == {
        **{"id": 1, "number": "TS202611-0001", "households": 5, "complaints": 5}
    }
    assert (data["since"], data["collective_at"]) == ("2026-11-20T10:01:00+08:00", "2026-11-20T10:05:00+08:00")
    first, second, third = data["members"][:3]
    owed = first.pop("owed")
    assert first == {
        "id": 1,
        "number": "TS202611-0001",
        "unit": "3-*",
        "stage": "notified",
        "outcome": "solved",
        "received_at": "2026-11-20T10:01:00+08:00",
        "contacted_at": "2026-11-20T10:20:00+08:00",
        "resolved_at": "2026-11-20T11:00:00+08:00",
        "notified_at": "2026-11-20T11:30:00+08:00",
        "visited": True,
        "revisited_at": None,
    }
    assert owed == [
        {
            "step": "revisited",
            "due_at": "2026-11-24T00:00:00+08:00",
            "state": "running",
            "command": "revisit 1 --satisfied",
        }
    ]
    # A call does not answer it (C 4.8.1), and what was told to one household was told to no other.
    assert (second["contacted_at"], second["notified_at"]) == ("2026-11-20T10:20:00+08:00", None)
    assert second["visited"] is False
    assert (third["contacted_at"], third["notified_at"], third["stage"]) == (None, None, "resolved")
    owing = {one["step"]: (one["state"], one["command"]) for one in third["owed"]}
    assert owing["contacted"][0] == "overdue"
    assert owing["notified"] == ("running", "notify 3 --via visit --accepted")
    assert owing["revisited"][0] == "waiting"
    assert data["once"] == [
        {
            "step": "referred",
            "rung": 3,
            "round": 1,
            "clause": "C 4.5.1",
            "met_at": "2026-11-20T10:08:00+08:00",
            "due_at": "2026-11-20T10:15:00+08:00",
            "state": "met",
        },
        {
            "step": "decided",
            "rung": None,
            "round": 1,
            "clause": "C 4.5.1",
            "met_at": "2026-11-20T10:08:00+08:00",
            "due_at": None,
            "state": "done",
        },
        {
            **{"step": "special-report", "rung": None, "round": 1, "clause": "C 4.5.1"},
            **{"met_at": None, "due_at": None, "state": "untimed"},
        },
    ]


def test_what_waits_once_for_the_event_before_and_after(clerk: Any) -> None:
    names = five(clerk)

    def once(when: str) -> dict[Any, str]:
        return {(one["step"], one["rung"]): one["state"] for one in clerk(when, "event", "1", "--json").data["once"]}

    waiting: dict[Any, str] = {
        ("referred", 3): "running",
        ("decided", None): "untimed",
        ("special-report", None): "untimed",
    }
    assert once("10:15") == waiting
    assert once("10:16") == {**waiting, ("referred", 3): "overdue"}
    clerk("10:17", "escalate", names[2], "manager")
    assert once("10:17") == {**waiting, ("referred", 3): "late"}
    clerk("10:18", "escalate", names[4], "company")
    waiting |= {("referred", 3): "late", ("decided", None): "done", ("referred", 4): "done"}
    assert once("10:18") == waiting
    clerk("10:30", "record", names[3], "special-report", "水泵故障")
    assert once("10:30")[("special-report", None)] == "done"


def test_whoever_does_not_accept_it_asks_for_the_referral_anew(clerk: Any) -> None:
    names = worked(clerk)
    clerk("11:50", "notify", names[2], "--via", "visit", "--not-accepted")

    def once(when: str) -> list[tuple[Any, ...]]:
        found = clerk(when, "event", "1", "--json").data["once"]
        return [(one["step"], one["round"], one["state"]) for one in found if one["step"] in ("referred", "decided")]

    first = [("referred", 1, "met"), ("decided", 1, "done")]
    assert once("12:00") == [*first, ("referred", 2, "running")]
    out = clerk("12:01", "event", "1", lang="zh").out
    assert "逾期    2026-11-20 12:00前  上报 → 经理 · C 4.5.1 · 第2轮" in out
    assert f"complaintctl escalate {names[2]} manager" in out
    assert "上报 → 经理（已逾期）" in clerk("12:01", "event", lang="zh").out
    clerk("12:02", "escalate", names[2], "manager")
    assert once("12:03") == [*first, ("referred", 2, "late")]
    # A second household that comes back makes it a duty again; who waits is named.
    clerk("12:10", "notify", names[3], "--via", "visit", "--not-accepted")
    assert once("12:11") == [*first, ("referred", 2, "running")]
    assert f"complaintctl escalate {names[3]} manager" in clerk("12:11", "event", "1").out
    # One report, written after it came back, is one line.
    clerk("12:20", "record", names[2], "special-report", "水泵故障")
    found = clerk("12:21", "event", "1", "--json").data["once"]
    assert [(one["round"], one["state"]) for one in found if one["step"] == "special-report"] == [(1, "done")]


ZH = """\
TS202611-0001（1） · 同一事件 · 5件投诉 · 5户
  2026-11-20 10:01起 · 2026-11-20 10:05 起为集体投诉 · 设施维修
  | 3栋停水了

整个事件只做一次
  按时    2026-11-20 10:08  上报 → 经理 · C 4.5.1
  完成    2026-11-20 10:08  经理决定是否通报公司和地产 · C 4.5.1
  无时限                    特别事件报告 · C 4.5.1

各户
  编号  房号  首次联系     答复         上门  回访  尚欠
  1     3-*   11-20 10:20  11-20 11:30  是    -     回访
  2     3-*   11-20 10:20  -            -     -     答复住户
  3     3-*   -            -            -     -     联系住户、约定回复时间、答复住户
  4     3-*   -            -            -     -     联系住户、约定回复时间、答复住户
  5     3-*   -            -            -     -     联系住户、约定回复时间、答复住户

下一步
  complaintctl record 3 4 5 contacted "备注"
  complaintctl record 3 4 5 reply-agreed "备注"
  complaintctl notify 2 --via visit --accepted
  complaintctl notify 3 --via visit --accepted
  complaintctl notify 4 --via visit --accepted
  complaintctl notify 5 --via visit --accepted
  complaintctl revisit 1 --satisfied
  complaintctl record 1 special-report "备注"
"""


def test_the_sheet_for_people(clerk: Any) -> None:
    names = worked(clerk)
    assert clerk("12:00", "event", names[0], lang="zh").out == ZH
    screen = clerk.shell.terminal("event", "1", env=clerk.env("12:00", lang="zh"), lines=60).out
    assert max(map(width, re.sub(r"\x1b\[[\d;]*m", "", screen).splitlines())) <= 80 and "答复住户" in screen
    out = clerk("12:00", "event", names[0]).out
    assert "one event · 5 complaints · 5 households" in out and "Still owed" in out
    assert "manager's decision on telling company and developer · C 4.5.1" in out


def test_commands_for_all_households_stand_in_one_line(clerk: Any) -> None:
    five(clerk)
    out = clerk("10:06", "event", "1").out
    assert "complaintctl assign 1 2 3 4 5 DEPARTMENT" in out and "complaintctl escalate 1 manager" in out
    assert 'complaintctl record 1 2 3 4 5 contacted "NOTE"' in out and "resolve" not in out
    clerk("10:07", "assign", "1", "2", "3", "4", "5", "工程部")
    assert 'complaintctl resolve 1 "RESULT" --whole-event' in clerk("10:08", "event", "1").out


def test_homes_are_masked_and_showing_them_is_written_down_on_each(clerk: Any) -> None:
    names = five(clerk)
    before = clerk.digest()
    assert "3-2-101" not in clerk("10:06", "event", "1").out + str(clerk("10:06", "event", "1", "--json").data)
    assert clerk.digest() == before
    data = clerk("10:07", "event", "1", "--reveal", "上门", "--json").data
    assert [one["unit"] for one in data["members"]] == [f"3-{n}-101" for n in range(1, 6)]
    for name in names:
        last = clerk("10:08", "show", name, "--json").data["timeline"][-1]
        assert (last["kind"], last["reason"]) == ("revealed", "上门")


def test_many_households_told_of_one_complaint_are_an_event_by_themselves(clerk: Any) -> None:
    clerk.take("10:00", "--households", "5")
    clerk.take("10:01", "--households", "4", "--unit", "3-1-502")
    data = clerk("10:02", "event", "1", "--json").data
    assert (data["households"], data["complaints"], data["collective_at"]) == (5, 1, "2026-11-20T10:00:00+08:00")
    assert [one["id"] for one in clerk("10:02", "event", "--json").data["items"]] == [1]
    ran = clerk("10:02", "event", "2", "--json", code=4)
    assert ran.json["error"]["rule"] == "not-in-event" and ran.json["error"]["clause"] == "C 4.1.4"


def test_what_is_done_once_is_offered_on_a_complaint_that_is_open(clerk: Any) -> None:
    names = five(clerk)
    clerk("10:06", "resolve", names[0], "撤回", "--outcome", "withdrawn")
    assert "complaintctl escalate 2 manager\n" in clerk("10:07", "event", "3").out
    for name in names[1:]:
        clerk("10:08", "resolve", name, "撤回", "--outcome", "withdrawn")
    out = clerk("10:09", "event", "3").out
    # Nothing is left to refer, but the report is still to be written.
    assert "escalate" not in out and 'complaintctl record 1 special-report "NOTE"' in out
    clerk("10:10", "record", "1", "special-report", "误报")
    assert "What to do next" not in clerk("10:11", "event", "3").out


def test_a_procedure_that_knows_no_events_asks_nothing_for_them(clerk_under: Any) -> None:
    clerk = clerk_under("resident-standard")
    names = [clerk.take("10:00", "--unit", f"3-1-{n}01") for n in range(1, 7)]
    clerk("10:01", "link", *names)
    data = clerk("10:02", "event", "1", "--json").data
    assert (data["households"], data["collective_at"], data["once"]) == (6, None, [])
    assert "not collective" in clerk("10:02", "event", "1").out and "nothing:" in clerk("10:02", "event", "1").out
    assert clerk("10:02", "event", "--json").data["items"][0]["collective_at"] is None
    assert clerk("10:03", "link", "1", "--off", "--json").data["items"][0]["event"] is None


# ---- the open events


def test_the_list(clerk: Any) -> None:
    assert clerk("09:00", "event").out == "" and clerk("09:00", "event", "--json").data == {"items": []}
    names = five(clerk)
    clerk("10:05", "escalate", names[0], "manager")
    pair = [clerk.take("11:00", "--unit", "8-1-101"), clerk.take("11:01", "--unit", "8-1-102")]
    clerk("11:02", "link", *pair)
    items = clerk("12:02", "event", "--json").data["items"]
    assert [(one["id"], one["households"], one["complaints"], one["open"]) for one in items] == [
        (6, 2, 2, 2),
        (1, 5, 5, 5),
    ]
    assert items[0]["collective_at"] is None and items[1]["collective_at"] == "2026-11-20T10:05:00+08:00"
    assert items[1]["since"] == "2026-11-20T10:01:00+08:00"
    owed = {one["step"]: one for one in items[1]["owed"]}
    assert owed["contacted"] == {
        **{"step": "contacted", "rung": None, "households": 5},
        **{"due_at": "2026-11-20T12:01:00+08:00", "late_by_seconds": 60},
    }
    assert owed["special-report"]["households"] is None and "referred" not in owed
    out = clerk("12:02", "event", lang="zh").out
    assert "联系住户5户（已逾期）" in out and "特别事件报告" in out and "11-20 10:05" in out
    rows = clerk("12:02", "event", "--format", "csv", "--raw").out.splitlines()
    assert rows[0].startswith('"id","number","households","since","collective_at","owed"')
    assert '"6","TS202611-0006","2","2026-11-20T11:00:00+08:00"' in rows[1] and "contacted:5" in rows[2]
    assert clerk("12:02", "event", "--exit-code", code=10)


def test_an_event_is_listed_until_its_last_household_is_done_with(clerk: Any) -> None:
    names = [clerk.take("10:00", "--unit", "8-1-101"), clerk.take("10:01", "--unit", "8-1-102")]
    clerk("10:02", "link", *names)
    clerk("10:03", "resolve", names[0], "撤回", "--outcome", "withdrawn")
    (item,) = clerk("10:04", "event", "--json").data["items"]
    assert (item["complaints"], item["open"]) == (2, 1)
    member = clerk("10:04", "event", names[1], "--json").data["members"][0]
    assert (member["stage"], member["outcome"], member["owed"]) == ("closed", "withdrawn", [])
    clerk("10:05", "resolve", names[1], "撤回", "--outcome", "withdrawn")
    assert clerk("10:06", "event", "--json").data["items"] == []
    assert clerk("10:06", "event", names[1], "--json").data["complaints"] == 2


# ---- leaving


def test_leaving_an_event(clerk: Any) -> None:
    names = five(clerk)
    before = clerk.digest()
    ran = clerk("10:06", "link", names[0], "--reason", "误", code=2)
    assert "--off" in ran.err and clerk.digest() == before
    data = clerk("10:06", "link", names[4], "--off", "--reason", "另一部电梯", "--json").data
    assert [one["id"] for one in data["items"]] == [5, 1, 2, 3, 4]
    assert [one["event"] for one in data["items"]] == [None, 1, 1, 1, 1]
    assert not any(one["judgement"]["collective"] for one in data["items"])
    entry = data["items"][0]["timeline"][-1]
    assert (entry["kind"], entry["event"], entry["reason"]) == ("unlinked", 1, "另一部电梯")
    ran = clerk("10:07", "link", names[4], "--off", "--json", code=4)
    assert ran.json["error"]["rule"] == "not-in-event" and "C 4.1.4" in ran.json["error"]["message"]
    zh = clerk("10:08", "show", names[0], lang="zh").out
    assert "事件户数重新计算；1号的事件；5号移出" in zh.replace("与", "") or "5号移出" in zh
    assert "移出事件" in clerk("10:08", "show", names[4], lang="zh").out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Households: 4. The event: complaintctl event 1"),
        ("zh", "共4户。事件：complaintctl event 1"),
    ],
)
def test_what_linking_and_leaving_say(clerk: Any, lang: str, said: str) -> None:
    names = five(clerk)
    out = clerk("10:06", "link", names[4], "--off", "--from-the-start", lang=lang).out
    assert said in out and out.count("TS202611-000") == 5
    out = clerk("10:07", "link", names[0], names[4], lang=lang).out
    assert {"en": "a collective complaint", "zh": "属集体投诉"}[lang] in out
    assert clerk("10:08", "verify").code == 0
