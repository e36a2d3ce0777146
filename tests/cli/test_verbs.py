"""The verbs from outside: what they give scripts, what they tell people, and how few commands a day's work takes."""

import json
import os
import re
from typing import Any

import pytest

KEYS = {
    *("id", "number", "kind", "stage", "round", "received_at", "text", "unit", "name", "phone", "facts", "judgement"),
    *("reasons", "clocks", "timeline", "proposals"),
}
LATE = ("overdue", "late", "missed")

#: A way on which every verb is used, each with what it makes of the complaint: (moment, words, stage, last step).
WAY: list[tuple[str, tuple[str, ...], str, str]] = [
    ("09:05", ("assign", "1", "工程部", "--person", "李四"), "open", "dispatched"),
    ("09:20", ("record", "1", "contacted,verified", "到场查看"), "open", "verified"),
    ("09:25", ("escalate", "1", "manager", "--to", "王", "--opinion", "尽快"), "open", "referred"),
    ("09:30", ("amend", "1", "--danger", "--reason", "漏电"), "open", "amended"),
    ("10:00", ("extend", "1", "--until", "11-24 18:00", "--reason", "缺件", "--told", "电话"), "open", "extended"),
    ("10:05", ("attach", "1", "FILE", "--note", "照片"), "open", "extended"),
    ("11:00", ("resolve", "1", "已换", "--cause", "老化", "--analysis", "定期更换"), "resolved", "form-returned"),
    ("11:30", ("notify", "1", "--via", "visit", "--not-accepted", "--note", "仍暗"), "open", "reopened"),
    ("11:35", ("assign", "1", "工程部"), "open", "dispatched"),
    ("12:00", ("resolve", "1", "换了更亮的"), "resolved", "form-returned"),
    ("12:10", ("reopen", "1", "--reason", "又坏"), "open", "reopened"),
    ("12:11", ("assign", "1", "工程部"), "open", "dispatched"),
    ("12:20", ("resolve", "1", "重新布线"), "resolved", "form-returned"),
    ("12:30", ("notify", "1", "--via", "visit", "--accepted"), "notified", "notified"),
    ("2026-11-22 09:00", ("revisit", "1", "--satisfied", "--raised", "垃圾", "--by", "陈"), "closed", "closed"),
    ("2026-11-23 09:00", ("record", "1", "matters-dealt-with"), "closed", "matters-dealt-with"),
]


def test_every_verb_gives_scripts_the_whole_complaint(clerk: Any) -> None:
    photo = clerk.shell.home / "灯.jpg"
    photo.write_bytes(b"\xff\xd8")
    clerk.take("09:00", "--unit", "3-2-501", "--name", "张三丰", "--phone", "15400005678")
    for when, words, stage, step in WAY:
        words = tuple(str(photo) if word == "FILE" else word for word in words)
        document = clerk(when, *words, "--json").json
        assert (document["version"], document["ok"], document["command"]) == (1, True, words[0])
        data = document["data"]
        assert set(data) >= KEYS, words
        assert (data["id"], data["number"], data["stage"]) == (1, "TS202611-0001", stage)
        assert data["timeline"][-1]["kind"] != "logged"
        steps = [step for entry in data["timeline"] for step in entry["steps"]]
        assert steps[-1] == step, words
        assert (data["name"], data["phone"], data["unit"]) == ("张*", "154****5678", "3-*")
        assert data == {**clerk(when, "show", "1", "--json").data, "proposals": []}


def test_every_verb_tells_people_what_changed_what_runs_out_and_what_comes_next(clerk: Any) -> None:
    for language, next_word, by in (("en", "Next: complaintctl", "by "), ("zh", "下一步：complaintctl", "期限 ")):
        name = clerk.take("09:00")
        ran = clerk("09:05", "assign", name, "工程部", lang=language)
        lines = ran.out.splitlines()
        assert lines[0].startswith(f"TS202611-000{name}") and ran.err == ""
        assert any("R 四.5" in line and "C 4.3.1" in line for line in lines)
        assert any(by in line and "2026-11-20 11:00" in line and "C 4.3.1, 4.4.1" in line for line in lines)
        assert lines[-1].startswith(next_word) and f"resolve {name}" in lines[-1]


def test_a_complaint_taken_down_shows_judgement_reasons_and_clocks(clerk: Any) -> None:
    words = (
        "log",
        "--text",
        "保安骂人",
        "--unit",
        "3-1-501",
        "--channel",
        "phone",
        "--responsibility",
        "own",
        "--fault",
    )
    out = clerk("09:00", *words, "--kind", "complaint", "--category", "service").out
    assert out.splitlines()[0].startswith("TS202611-0001 (1)")
    assert "severity: important" in out and "R 四.3(2)" in out
    assert "class: class 1" in out and "Q 4.1" in out
    assert "validity: valid" in out and "C 4.1.1" in out
    assert "by 2026-11-20 09:10" in out and "by 2026-11-20 10:00" in out
    assert out.splitlines()[-1] == "Next: complaintctl assign 1 DEPARTMENT"
    zh = clerk("09:00", *words, "--kind", "complaint", "--category", "service", lang="zh").out
    assert "轻重：重要" in zh and "下一步：complaintctl assign 2 部门" in zh


def test_proposals_are_marked_for_people_and_listed_for_scripts(clerk: Any) -> None:
    data = clerk("09:00", "log", "--text", "3号楼楼道灯坏了", "--json").data
    proposed = {one["fact"]: one for one in data["proposals"]}
    assert proposed["category"]["value"] == "facility" and proposed["category"]["words"]
    assert set(data["proposed"]) == set(proposed)
    out = clerk("09:00", "log", "--text", "3号楼楼道灯坏了").out
    assert "Read from the text" in out and "category: facilities and repairs" in out
    assert "由文字读出" in clerk("09:00", "log", "--text", "3号楼楼道灯坏了", lang="zh").out


def test_what_is_stated_beats_what_is_proposed(clerk: Any) -> None:
    words = ("log", "--text", "3号楼楼道灯坏了", "--category", "charges", "--responsibility", "outside", "--no-fault")
    words = (*words, "--place", "3号楼大堂")
    data = clerk("09:00", *words, "--kind", "complaint", "--json").data
    assert data["facts"]["place"] == "3号楼大堂" and data["proposals"] == [] and data["proposed"] == []
    assert (data["facts"]["category"], data["judgement"]["class"]) == ("charges", "3")
    assert "Read from the text" not in clerk("09:00", *words, "--kind", "complaint").out


# ---- yes and no


FLAGS = ("fault", "injury", "major-loss", "promise-broken", "repeated", "over-one-month", "danger", "damage")
MORE_FLAGS = ("outage", "difficult", "complex", "inquiry-needed")


def test_every_fact_that_is_yes_or_no_can_be_both(clerk: Any) -> None:
    flags = (*FLAGS, *MORE_FLAGS)
    told = ("log", "--text", "甲", "--kind", "complaint")
    yes = clerk("09:00", *told, *(f"--{flag}" for flag in flags), "--json").data
    no = clerk("09:00", *told, *(f"--no-{flag}" for flag in flags), "--no-on-the-spot", "--json").data
    for flag in flags:
        assert yes["facts"][flag.replace("-", "_")] is True
        assert no["facts"][flag.replace("-", "_")] is False
    turned = clerk("09:01", "amend", "1", *(f"--no-{flag}" for flag in flags), "--json").data
    assert not any(turned["facts"][flag.replace("-", "_")] for flag in flags)


# ---- overruling


@pytest.mark.parametrize(
    ("facet", "value"), [("severity", "minor"), ("class", "3"), ("validity", "assist"), ("urgency", "urgent")]
)
def test_an_overruling_needs_its_reason_and_can_be_set_free(clerk: Any, facet: str, value: str) -> None:
    name = clerk.take("09:00", "--fault")
    before = clerk("09:00", "show", name, "--json").data["judgement"][facet]
    digest = clerk.digest()
    for verb in (("amend", name), ("log", "--text", "乙")):
        for reason in ((), ("--reason", ""), ("--reason", "  ")):
            error = clerk("09:01", *verb, f"--{facet}", value, *reason, "--json", code=2).json["error"]
            assert error["code"] in ("missing-option", "empty-text") and "--reason" in error["message"]
        clerk("09:01", *verb, f"--{facet}", "nonsense", "--reason", "x", code=2)
    assert clerk.digest() == digest
    data = clerk("09:02", "amend", name, f"--{facet}", value, "--reason", "误会一场", "--json").data
    reason = next(one for one in data["reasons"] if one["facet"] == facet)
    assert data["judgement"][facet] == value
    assert (reason["value"], reason["derived"]) == (value, before) and "误会一场" in reason["because"]
    data = clerk("09:03", "amend", name, "--withdraw", facet, "--json").data
    assert data["judgement"][facet] == before
    data = clerk("09:04", "log", "--text", "乙", f"--{facet}", value, "--reason", "误会", "--json").data
    assert data["judgement"][facet] == value


# ---- moments


def test_moments_are_echoed_as_they_were_read(clerk: Any) -> None:
    for typed, read in (
        ("08:30", "2026-11-20 08:30"),
        ("今天上午8点05分", "2026-11-20 08:05"),
        ("昨天18:30", "2026-11-19 18:30"),
        ("11-19 07:00", "2026-11-19 07:00"),
        ("2026-11-20T08:00+09:00", "2026-11-20 07:00"),
    ):
        ran = clerk("09:00", "log", "--text", "甲", "--at", typed)
        assert f"--at: read as {read}." in ran.err and f"received at {read}" in ran.out
        data = clerk("09:00", "log", "--text", "甲", "--at", typed, "--json").data
        assert data["received_at"] == f"{read.replace(' ', 'T')}:00+08:00"
    assert clerk("09:00", "log", "--text", "甲", "--at", "2026-11-20 08:30").err == ""
    assert "读作 2026-11-20 08:30" in clerk("09:00", "log", "--text", "甲", "--at", "08:30", lang="zh").err


@pytest.mark.parametrize("typed", ["10", "Sat", "2026-02", "20261122", "12.07", "now", "9am", "2026-13-01 09:00", ""])
def test_moments_that_could_mean_anything_are_refused_with_examples(clerk: Any, typed: str) -> None:
    name = clerk.take("08:00")
    digest = clerk.digest()
    for words in (("log", "--text", "甲"), ("assign", name, "工程部"), ("escalate", name, "3"), ("reopen", name)):
        ran = clerk("09:00", *words, "--at", typed, code=2)
        assert "2026-11-22 09:05" in ran.err and "昨天18:30" in ran.err
    assert clerk.digest() == digest


# ---- few commands


def test_solved_on_the_spot_takes_two_commands_and_leaves_nothing_overdue(clerk: Any) -> None:
    words = ("--text", "水龙头滴水", "--kind", "repair", "--category", "facility", "--unit", "3-1-501")
    clerk("09:00", "log", *words, "--on-the-spot", "--result", "换了垫圈")
    clerk("09:05", "notify", "1", "--via", "desk", "--accepted")
    assert not clerk.clocks("1", "09:06", *LATE)
    assert clerk("09:06", "overdue", "--exit-code").out == ""
    assert clerk("09:06", "show", "1", "--json").data["stage"] == "notified"


@pytest.mark.parametrize("kind", ["repair", "complaint"])
@pytest.mark.parametrize("channel", ["phone", "desk", "wechat"])
def test_a_lamp_mended_within_the_hour_takes_four(clerk: Any, kind: str, channel: str) -> None:
    words = (
        "--text",
        "楼道灯不亮",
        "--kind",
        kind,
        "--channel",
        channel,
        "--unit",
        "3-1-501",
        "--category",
        "facility",
    )
    clerk("09:00", "log", *words, "--responsibility", "own", "--no-fault")
    clerk("09:03", "assign", "1", "工程部")
    clerk("09:40", "resolve", "1", "灯泡已换")
    via = "written" if channel == "wechat" else "phone"
    clerk("09:55", "notify", "1", "--via", via, "--accepted", "--note", "住户满意")
    assert not clerk.clocks("1", "10:00", *LATE)
    assert clerk("10:00", "overdue", "--exit-code").out == ""


def test_by_the_book_it_takes_seven(clerk: Any) -> None:
    """An important complaint with every timed duty of the joined procedure, from the call to the closing."""
    words = (
        "--text",
        "保安骂人",
        "--channel",
        "phone",
        "--category",
        "service",
        "--kind",
        "complaint",
        "--unit",
        "3-1-501",
    )
    clerk("14:00", "log", *words, "--responsibility", "own", "--fault")
    clerk("14:05", "assign", "1", "秩序部")
    clerk("14:20", "escalate", "1", "manager", "--opinion", "严肃处理")
    clerk("14:40", "record", "1", "contacted,verified,reply-agreed", "双方核实,属实")
    clerk("15:30", "resolve", "1", "队员道歉,已培训")
    clerk("15:40", "notify", "1", "--via", "visit", "--accepted")
    clerk("2026-11-22 10:00", "revisit", "1", "--satisfied", "--by", "陈")
    data = clerk("2026-11-22 10:01", "show", "1", "--json").data
    assert data["stage"] == "closed"
    timed = {one["id"]: one["state"] for one in data["clocks"] if one["limit"]}
    assert set(timed.values()) == {"met"}, timed


# ---- several at once, standard input, words that look like options


def test_one_command_on_several_complaints_gives_items(clerk: Any) -> None:
    names = [clerk.take("09:00", "--unit", f"3-1-{n}01") for n in range(1, 4)]
    digest = clerk.digest()
    error = clerk("09:05", "assign", *names, "99", "工程部", "--json", code=3).json["error"]
    assert error["code"] == "not-found" and clerk.digest() == digest
    items = clerk("09:05", "assign", *names, "工程部", "--json").data["items"]
    assert [(one["id"], one["department"]) for one in items] == [(1, "工程部"), (2, "工程部"), (3, "工程部")]
    items = clerk("09:10", "record", "TS202611-0001", "2", "3", "signed,contacted", "一起", "--json").data["items"]
    assert [entry["steps"] for one in items for entry in one["timeline"][-1:]] == [["signed", "contacted"]] * 3
    items = clerk("09:20", "link", *names, "--json").data["items"]
    assert [one["event"] for one in items] == [1, 1, 1]
    out = clerk("09:30", "resolve", "1", "水泵已换", "--whole-event").out
    assert [line[:13] for line in out.splitlines() if line.startswith("TS")] == [f"TS202611-000{n}" for n in (1, 2, 3)]


LETTER = "-f 开头的信\r\n\r\n  第二段,有“引号”和 'x'\n\n"


def test_texts_come_from_standard_input(clerk: Any) -> None:
    data = clerk("09:00", "log", "-", "--channel", "letter", "--json", stdin=LETTER).data
    assert data["text"] == "-f 开头的信\n\n  第二段,有“引号”和 'x'"
    assert clerk("09:00", "log", "--text", "-", "--json", stdin="第二封").data["text"] == "第二封"
    clerk("09:05", "assign", "1", "工程部")
    clerk("09:06", "record", "1", "contacted", "-", stdin="电话里说的话")
    data = clerk("09:30", "resolve", "1", "-", "--json", stdin="-已处理").data
    assert data["timeline"][-1]["result"] == "-已处理"
    assert data["timeline"][-2]["note"] == "电话里说的话"


def test_texts_that_start_with_a_dash_are_taken_as_typed(clerk: Any) -> None:
    for words in (["--text", "-灯坏了"], ["--text=-灯坏了"], ["--text=--help"]):
        assert clerk("09:00", "log", *words, "--json").data["text"] in ("-灯坏了", "--help")
    clerk("09:00", "log", "--", "-灯坏了")
    assert clerk("09:00", "show", "4", "--json").data["text"] == "-灯坏了"
    ran = clerk("09:00", "log", "-灯坏了", code=2)
    assert "“--”" in ran.err and "standard input" in ran.err
    clerk("09:05", "assign", "1", "工程部")
    clerk("09:30", "resolve", "1", "--cause", "-x", "--", "-已换")
    assert clerk("09:30", "show", "1", "--json").data["timeline"][-1]["result"] == "-已换"


def test_long_private_words_stay_out_of_the_way(clerk: Any) -> None:
    """As long as a text may be: twenty thousand characters."""
    text = "灯" * 20_000
    assert clerk("09:00", "log", "-", "--json", stdin=text).data["text"] == text
    assert clerk("09:00", "show", "1", "--json").data["text"] == text
    assert clerk("09:01", "log", "-", stdin=text + "灯", code=2).err.count("\n") <= 2


# ---- undo and erasing, said in the clerk's words


def test_undo_says_what_it_took_back_and_what_comes_next(clerk: Any) -> None:
    name = clerk.take("09:00")
    clerk("09:05", "assign", name, "工程部")
    data = clerk("09:06", "undo", "--json").data
    assert [(one["kind"], one["subject"]) for one in data["undone"]] == [("assigned", "complaint/1")]
    assert (data["id"], data["stage"], data["department"]) == (1, "open", None)
    ran = clerk("09:07", "undo", lang="zh")
    assert "TS202611-0001" in ran.out and "2026-11-20 09:00" in ran.out and "编号不再使用" in ran.out
    data = clerk("09:08", "undo", "--json", code=4, actor="nobody").json["error"]
    assert (data["code"], data["rule"]) == ("refused", "nothing-to-undo")


def test_forgotten_it_is_shown_without_its_words(clerk: Any) -> None:
    name = clerk.take("09:00", "--name", "独孤求败", "--phone", "15400006789", "--text", "地下车库漏水")
    assert clerk("09:10", "forget", name, "--reason", "保存期满", "--json").data == {"id": 1, "entries": 1}
    whole = clerk.ledger.read_bytes()
    assert not any(word.encode() in whole for word in ("独孤求败", "15400006789", "地下车库漏水", "3-1-501"))
    data = clerk("09:11", "show", name, "--json").data
    assert (data["text"], data["name"], data["phone"], data["unit"]) == (None, None, None, None)
    for language in ("en", "zh"):
        assert "TS202611-0001" in clerk("09:11", "show", name, lang=language).out
    assert clerk("09:11", "search", "车库").out == ""
    assert clerk("09:12", "verify", "--json").data["findings"] == []
    clerk("09:13", "assign", name, "工程部")


def test_attached_files_are_kept_with_name_and_size(clerk: Any) -> None:
    name = clerk.take("09:00")
    photo, empty = clerk.shell.home / "灯 1.jpg", clerk.shell.home / "空.txt"
    photo.write_bytes(bytes(range(256)) * 40)
    empty.write_bytes(b"")
    data = clerk("09:05", "attach", name, str(photo), str(empty), "--note", "保安拍摄", "--json").data
    attached = [one for one in data["timeline"] if one["kind"] == "attached"]
    # A file's name may say whose it is, so it is shown only where private facts are.
    assert [(one["file"], one["evidence"]["size"], one["note"]) for one in attached] == [
        (None, 10_240, "保安拍摄"),
        (None, 0, "保安拍摄"),
    ]
    data = clerk("09:05", "show", name, "--reveal", "核对", "--json").data
    assert [one["file"] for one in data["timeline"] if one["kind"] == "attached"] == ["灯 1.jpg", "空.txt"]
    data = clerk("09:06", "log", "--text", "乙", "--evidence", str(photo), "--evidence", str(empty), "--json").data
    assert [one["kind"] for one in data["timeline"]] == ["logged", "attached", "attached"]
    assert clerk("09:07", "verify", "--json").data["findings"] == []


def test_files_of_any_name_are_taken_and_endless_ones_are_not(clerk: Any) -> None:
    name = clerk.take("09:00")
    for raw, kept in (("灯.jpg".encode("gb18030"), "灯.jpg"), (b"\xff\xff.jpg", "\ufffd\ufffd.jpg"), (b"a\nb", "a\nb")):
        path = clerk.shell.home / os.fsdecode(raw)
        path.write_bytes(b"photo")
        clerk("09:05", "attach", name, str(path))
        data = clerk("09:05", "show", name, "--reveal", "核对", "--json").data
        attached = [one for one in data["timeline"] if one["kind"] == "attached"]
        assert attached[-1]["file"] == kept
    for words in (("attach", name), ("log", "--text", "乙", "--evidence")):
        error = clerk("09:06", *words, "/dev/zero", "--json", code=2).json["error"]
        assert error["code"] == "file-unusable" and "32 MiB" in error["message"]


def test_an_entry_written_under_another_clock_says_so(clerk: Any) -> None:
    name = clerk.take("09:00")
    assert clerk("09:01", "show", name, "--json").data["timeline"][0]["pinned"] is True
    ran = clerk.shell("log", "--text", "现在", "--json", env={"COMPLAINTCTL_NOW": None})
    assert "pinned" not in ran.data["timeline"][0]


def test_an_agreed_time_that_came_too_late_is_said(clerk: Any) -> None:
    name = clerk.take("09:00")
    clerk("09:05", "assign", name, "工程部")
    ran = clerk("14:00", "record", name, "reply-agreed", "--agreed-by", "11-27 18:00")
    assert "kept as a promise" in ran.out
    document = clerk("14:01", "record", name, "contacted", "--agreed-by", "11-27 18:00", "--json").json
    assert [one["code"] for one in document["warnings"]] == ["agreed-late"]


def test_a_notice_that_falls_short_says_so(clerk: Any) -> None:
    name = clerk.take("09:00", "--households", "5")
    clerk("09:05", "assign", name, "工程部")
    clerk("10:00", "resolve", name, "水泵已换")
    document = clerk("10:10", "notify", name, "--via", "phone", "--json").json
    assert document["data"]["stage"] == "resolved"
    assert [one["code"] for one in document["warnings"]] == ["short-notice"]
    assert "C 4.8.1" in document["warnings"][0]["message"]
    zh = clerk("10:11", "notify", name, "--via", "desk", lang="zh").out
    assert "C 4.8.1" in zh and "上门" in zh
    assert clerk("10:12", "notify", name, "--via", "visit", "--accepted", "--json").json["warnings"] == []


def test_json_is_one_document_whatever_the_complaint_says(clerk: Any) -> None:
    text = '灯\x1b[31m闪 [/b] =HYPERLINK("x") \u202e反向 "q" \\ \u2028 end'
    ran = clerk("09:00", "log", "--text", text, "--json")
    assert ran.out.count("\n") == 1
    assert json.loads(ran.out)["data"]["text"] == text


#: A command to type, options, the name of a clause or a procedure, numbers and hashes.
COMMANDS_AND_NAMES = (
    r"complaintctl .*|--[a-z-]+|\bID\b|\(second\)|TS\d{6}-\d{4}|[0-9a-f]{16,}"
    r"|[a-z]+-(standard|instruction|mechanism|handbook|code)"
)


def test_nothing_english_is_left_where_chinese_is_spoken(clerk: Any) -> None:
    """Every verb on the way, and what looks at it: only commands, clauses and names of people stay as they are."""
    photo = clerk.shell.home / "灯.jpg"
    photo.write_bytes(b"1")
    told = ("--text", "楼道灯坏了", "--unit", "3-1-501", "--channel", "phone", "--responsibility", "own", "--fault")
    heard = [clerk("09:00", "log", *told, lang="zh", actor="柳")]
    for when, words, _, _ in WAY:
        words = tuple(str(photo) if word == "FILE" else word for word in words)
        heard.append(clerk(when, *words, lang="zh", actor="柳"))
    day = "2026-11-23 09:05"
    heard.append(clerk(day, "undo", lang="zh", actor="柳"))
    for words in (
        ("show", "1", "--all"),
        ("why", "1"),
        ("today",),
        ("overdue", "--all"),
        ("list", "--all"),
        ("verify",),
    ):
        heard.append(clerk(day, *words, lang="zh", actor="柳"))
    for ran in heard:
        for line in (ran.out + ran.err).splitlines():
            rest = re.sub(COMMANDS_AND_NAMES, "", line)
            assert not re.search(r"[A-Za-z]{2,}", rest), line


@pytest.mark.parametrize(
    "joined", ["contacted,verified", "contacted, verified", "contacted，verified", "contacted、verified"]
)
def test_lists_may_be_joined_by_the_commas_of_any_keyboard(clerk: Any, joined: str) -> None:
    name = clerk.take("09:00", "--households", "5", "--channel", "letter")
    data = clerk("09:10", "record", name, f"{joined},contacted,", "--json").data
    assert data["timeline"][-1]["steps"] == ["contacted", "verified"]
    clerk("09:11", "assign", name, "工程部")
    clerk("09:30", "resolve", name, "处理完毕")
    via = joined.replace("contacted", "visit").replace("verified", "written")
    assert clerk("09:40", "notify", name, "--via", via, "--json").data["stage"] == "notified"
