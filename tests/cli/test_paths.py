"""Disputes, suggestions, repairs, inquiries from outside: screens of both languages, JSON, CSV, exit codes, masks."""

import csv
import io
import json
import re

import pytest

PRIVATE = ("--name", "张样例", "--phone", "15400000001", "--unit", "3-1-501")


def error(ran):
    return ran.json["error"]


# ---- disputes


@pytest.fixture
def quarrel(clerk):
    facts = ("--responsibility", "resident", "--category", "neighbour", "--against", "李样例")
    return clerk.take("09:00", *facts, "--name", "张样例")


def test_a_dispute_from_the_first_talk_to_the_award(clerk, quarrel):
    (clerk.shell.home / "协议.pdf").write_bytes(b"signed by both")
    paper = str(clerk.shell.home / "协议.pdf")
    clerk("10:00", "dispute", quarrel, "negotiation", "--note", "约两家到管理处")
    clerk("2026-11-21 10:00", "dispute", quarrel, "调解", "--before", "样例街道调解委员会")
    clerk("2026-11-22 10:00", "dispute", quarrel, "arbitration", "--agreement", "--evidence", paper)
    said = ("--outcome", "decided", "--result", "李样例赔偿三百元，电话15400000002")
    data = clerk("2026-11-23 10:00", "dispute", quarrel, "arbitration", *said, "--json").data
    first, second, third = data["dispute"].pop("steps")
    assert data["dispute"] == {"route": "arbitration", "open": False}
    assert first == {
        "route": "negotiation",
        "at": "2026-11-20T10:00:00+08:00",
        "with": ["李*"],
        "before": None,
        "agreement": None,
        "outcome": "failed",
        "result": None,
        "ended_at": "2026-11-21T10:00:00+08:00",
        "evidence": [],
    }
    assert (second["route"], second["before"], second["outcome"]) == ("mediation", "样例街道调解委员会", "failed")
    assert (third["agreement"], third["outcome"]) == (True, "decided")
    assert third["result"] == "李*赔偿三百元，电话154****0002"
    [piece] = third["evidence"]
    assert piece["size"] == 14 and piece["file"] is None
    assert "李样例" not in json.dumps(data, ensure_ascii=False)
    whole = clerk("2026-11-23 11:00", "show", quarrel, "--reveal", "核对", "--json").data["dispute"]["steps"]
    assert whole[0]["with"] == ["李样例"] and whole[2]["evidence"][0]["file"] == "协议.pdf"


def test_refusals_name_rule_clause_and_what_to_type(clerk, quarrel):
    refused = error(clerk("10:00", "dispute", quarrel, "arbitration", "--json", code=4))
    assert (refused["rule"], refused["clause"]) == ("needs-agreement", "H6 二.3")
    assert "dispute 1 arbitration --agreement" in refused["hint"]
    clerk("10:00", "dispute", quarrel, "arbitration", "--agreement")
    refused = error(clerk("11:00", "dispute", quarrel, "litigation", "--json", code=4))
    assert (refused["rule"], refused["clause"]) == ("excluded-by-agreement", "H6 二.3")
    assert "dispute 1 litigation --no-agreement" in refused["hint"]
    clerk("11:00", "dispute", quarrel, "litigation", "--no-agreement")
    refused = error(clerk("12:00", "dispute", quarrel, "arbitration", "--agreement", "--json", code=4))
    assert refused["rule"] == "already-done" or refused["rule"] == "route-excluded"
    idea = clerk.take("09:00", "--kind", "suggestion")
    refused = error(clerk("12:00", "dispute", idea, "negotiation", "--with", "李样例", "--json", code=4))
    assert refused["rule"] == "not-of-kind" and "--kind complaint" in refused["hint"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("dispute", "1"), "missing-option", "ROUTE"),
        (("dispute", "1", "duel"), "bad-value", "negotiation"),
        (("dispute", "1", "mediation", "--outcome", "won"), "bad-value", "settled"),
        (("dispute", "1", "mediation", "--result", "和好"), "missing-option", "--outcome"),
        (("dispute", "1", "mediation", "--with", " "), "empty-text", "--with"),
        (("dispute", "1", "mediation", "--raw"), "usage", "--raw"),
        (("dispute", "--with", "李样例"), "usage", "ID"),
        (("dispute", "1", "mediation", "--evidence", "nowhere.pdf"), "not-found", "nowhere.pdf"),
        (("dispute", "99", "mediation", "--with", "李样例"), "not-found", "99"),
    ],
)
def test_bad_input_leaves_no_trace(clerk, quarrel, words, code, said):
    before = clerk.digest()
    ran = clerk("10:00", *words, "--json", code=3 if code == "not-found" else 2)
    assert error(ran)["code"] == code
    assert said in error(ran)["message"] + error(ran)["hint"]
    assert clerk.digest() == before


def test_nobody_on_the_other_side_is_missing_input(clerk):
    name = clerk.take("09:00")
    told = error(clerk("10:00", "dispute", name, "negotiation", "--json", code=2))
    assert told["code"] == "missing-option" and "--with NAME" in told["hint"]


def test_the_list_of_disputes(clerk, quarrel):
    assert clerk("10:00", "dispute").out == ""
    clerk("10:00", "dispute", quarrel, "mediation", "--with", "李样例,王样例", "--before", "样例调解委员会")
    [item] = clerk("11:00", "dispute", "--json").data["items"]
    assert {key: item[key] for key in ("id", "route", "since", "with", "before", "open", "outcome", "steps")} == {
        "id": 1,
        "route": "mediation",
        "since": "2026-11-20T10:00:00+08:00",
        "with": "李*、王*",
        "before": "样例调解委员会",
        "open": True,
        "outcome": None,
        "steps": 1,
    }
    rows = list(csv.DictReader(io.StringIO(clerk("11:00", "dispute", "--format", "csv", "--raw").out)))
    assert [(row["route"], row["open"]) for row in rows] == [("mediation", "1")]
    screen = clerk("11:00", "dispute", lang="zh").out
    assert re.search(r"调解 +2026-11-20 10:00 +李\*、王\* +样例调解委员会 +进行中", screen)
    clerk("12:00", "dispute", quarrel, "mediation", "--outcome", "withdrawn")
    assert "taken back" in clerk("12:30", "dispute").out


def test_the_sheet_and_the_timeline_tell_it_in_both_languages(clerk, quarrel):
    clerk("10:00", "dispute", quarrel, "mediation", "--before", "样例调解委员会")
    clerk("11:00", "dispute", quarrel, "mediation", "--outcome", "settled", "--result", "晚十点后安静")
    chinese, english = (clerk("12:00", "show", quarrel, lang=lang).out for lang in ("zh", "en"))
    assert (
        "\n纠纷\n  2026-11-20 10:00  调解 · 样例调解委员会 · 对方：李* · 2026-11-20 11:00 达成一致 · 晚十点后安静\n"
        in chinese
    )
    assert "  2026-11-20 11:00  纠纷处理；调解；达成一致；晚十点后安静——clerk\n" in chinese
    assert "settled by agreement on 2026-11-20 11:00" in english
    assert "李样例" not in chinese + english
    assert "dispute; mediation; with 李*; 样例调解委员会" in english
    # Nothing is said where there is nothing.
    other = clerk.take("09:00")
    assert "纠纷" not in clerk("12:00", "show", other, lang="zh").out


def test_looking_back_there_was_no_dispute_yet(clerk, quarrel):
    clerk("10:00", "dispute", quarrel, "mediation")
    then = clerk("11:00", "show", quarrel, "--as-of", "2026-11-20T09:59+08:00", "--json").data
    assert then["dispute"] is None
    assert clerk("11:00", "show", quarrel, "--json").data["dispute"]["route"] == "mediation"


def test_verify_and_rebuild_agree_with_what_was_filed(clerk, quarrel):
    clerk("10:00", "dispute", quarrel, "mediation")
    tap = clerk.take("09:00", "--kind", "repair")
    clerk("10:01", "repair", tap, "--part", "own", "--appointment", "15:00")
    idea = clerk.take("09:00", "--kind", "suggestion")
    clerk("10:02", "suggestion", "adopt", idea, "--plan", "加灯")
    clerk("10:03", "verify")
    clerk("10:04", "rebuild")
    clerk("10:05", "verify")


# ---- suggestions


@pytest.fixture
def idea(clerk):
    facts = ("--text", "大门口太暗，请加灯", "--kind", "suggestion", "--category", "facility", *PRIVATE)
    return str(clerk("09:00", "log", *facts, "--json").data["id"])


def adopted(clerk, idea, plan="大门口加装两盏路灯"):
    clerk("10:00", "suggestion", "adopt", idea, "--plan", plan, "--by", "样例主管", "--until", "11-30 24:00")


def test_a_suggestion_in_json(clerk, idea):
    clerk("09:30", "suggestion", "told", idea, "--to", "样例主任")
    adopted(clerk, idea)
    clerk("10:30", "notify", idea, "--via", "phone", "--note", "已采纳")
    data = clerk("11:00", "suggestion", "publish", idea, "--no-consent", "--json").data
    assert data["suggestion"] == {
        "told_at": "2026-11-20T09:30:00+08:00",
        "decision": "adopted",
        "decided_at": "2026-11-20T10:00:00+08:00",
        "plan": "大门口加装两盏路灯",
        "by": "样例主管",
        "reason": None,
        "until": "2026-12-01T00:00:00+08:00",
        "answered_at": "2026-11-20T10:30:00+08:00",
        "published_at": "2026-11-20T11:00:00+08:00",
        "consent": False,
    }
    assert data["stage"] == "closed" and data["clocks"] == [] and data["reasons"] == []
    assert data["dispute"] is None and data["repair"] is None
    assert "大门口加装两盏路灯" in data["notice"]


def test_what_is_posted_holds_nothing_private_without_consent(clerk, idea):
    adopted(clerk, idea, "按张样例的意见，在3-1-501楼下加灯，联系15400000001或13900000000")
    shown = clerk("11:00", "suggestion", "publish", idea, lang="zh").out
    posted = shown.partition("\n\n")[0]
    assert posted.split("\n") == [
        "采纳建议公示",
        "TS202611-0001，2026-11-20收到，类别：设施维修。",
        "已采纳。措施：按住户的意见，在住户家中楼下加灯，联系或",
        "完成时间：2026-11-30 24:00。",
        "感谢提出建议的住户关心小区、建言献策！",
        "2026-11-20",
    ]
    for secret in ("张", "3-1-501", "1540000", "139", "太暗"):
        assert secret not in posted


def test_with_consent_the_name_stands_there_and_nothing_else_private(clerk, idea):
    adopted(clerk, idea)
    posted = clerk("11:00", "suggestion", "publish", idea, "--consent").out.partition("\n\n")[0]
    assert "Our thanks to 张样例 for caring about our home." in posted
    for secret in ("3-1-501", "15400000001", "太暗"):
        assert secret not in posted
    # Taken back: a new text without it.
    again = clerk("12:00", "suggestion", "publish", idea, "--no-consent").out
    assert "张样例" not in again.partition("\n\n")[0]


def test_what_was_not_adopted_is_answered_with_the_reason(clerk, idea):
    clerk("10:00", "suggestion", "decline", idea, "--reason", "须保持消防通道畅通")
    posted = clerk("11:00", "suggestion", "publish", idea, lang="zh").out
    assert posted.startswith("建议答复公示\n")
    assert "未予采纳。原因：须保持消防通道畅通\n" in posted


def test_after_an_erasure_nothing_private_is_left_to_post(clerk, idea):
    adopted(clerk, idea)
    clerk("10:30", "forget", idea, "--reason", "保存期满")
    posted = clerk("11:00", "suggestion", "publish", idea, "--consent").out
    assert "张样例" not in posted and "路灯" not in posted and "Our thanks to the resident" in posted


def test_suggestions_are_refused_with_rule_clause_and_next_command(clerk, idea):
    refused = error(clerk("10:00", "suggestion", "publish", idea, "--json", code=4))
    assert (refused["rule"], refused["clause"]) == ("not-decided", "H11 3.1.4")
    assert "suggestion adopt 1 --plan" in refused["hint"]
    for kind in ("complaint", "repair", "inquiry"):
        name = clerk.take("09:00", "--kind", kind)
        for verb in (
            ("told", name),
            ("adopt", name, "--plan", "x"),
            ("decline", name, "--reason", "x"),
            ("publish", name),
        ):
            assert error(clerk("10:00", "suggestion", *verb, "--json", code=4))["rule"] == "not-of-kind"


@pytest.mark.parametrize(
    ("words", "code", "option"),
    [
        (("adopt", "1"), "missing-option", "--plan"),
        (("adopt", "1", "--plan", " "), "empty-text", "--plan"),
        (("decline", "1"), "missing-option", "--reason"),
        (("adopt", "1", "--plan", "x", "--until", "soon"), "bad-moment", "soon"),
        (("adopt", "1", "--plan", "x", "--until", "08:59"), "before-step", ""),
        (("list", "--waiting", "lunch"), "bad-value", "publishing"),
    ],
)
def test_bad_input_about_a_suggestion_leaves_no_trace(clerk, idea, words, code, option):
    before = clerk.digest()
    ran = clerk("10:00", "suggestion", *words, "--json", code=2)
    assert error(ran)["code"] == code and option in error(ran)["message"] + error(ran)["hint"]
    assert clerk.digest() == before


def test_the_list_says_what_waits(clerk, idea):
    [row] = clerk("09:10", "suggestion", "list", "--json").data["items"]
    assert (row["id"], row["waits_for"], row["decision"]) == (1, "director", None)
    adopted(clerk, idea)
    assert clerk("10:10", "suggestion", "list", "--waiting", "decision").out == ""
    [row] = csv.DictReader(io.StringIO(clerk("10:10", "suggestion", "list", "--format", "csv", "--raw").out))
    assert (row["waits_for"], row["by"], row["until"]) == ("answer", "样例主管", "2026-12-01T00:00:00+08:00")
    assert re.search(r"答复住户 +采纳 +样例主管 +2026-11-30 24:00", clerk("10:10", "suggestion", "list", lang="zh").out)
    clerk("10:10", "suggestion", "list", "--exit-code", code=10)
    clerk("10:20", "notify", idea, "--via", "phone")
    clerk("10:30", "suggestion", "publish", idea)
    clerk("10:40", "suggestion", "list", "--exit-code", code=0)
    assert len(clerk("10:40", "suggestion", "list", "--all", "--json").data["items"]) == 1


def test_the_sheet_is_a_checklist(clerk, idea):
    sheet = clerk("09:10", "show", idea, lang="zh").out
    assert "\n建议\n  [ ] 报告主任\n  [ ] 是否采纳\n  [ ] 答复住户\n  [ ] 公示致谢\n" in sheet
    assert sheet.endswith(
        '下一步\n  complaintctl suggestion told 1\n  complaintctl notify 1 --via phone --note "答复内容"\n'
    )
    assert "\n期限\n" not in sheet and "责任：" not in sheet
    adopted(clerk, idea)
    sheet = clerk("10:10", "show", idea, lang="zh").out
    assert "  [x] 采纳 2026-11-20 10:00 · 大门口加装两盏路灯 · 样例主管 · 至2026-11-30 24:00\n" in sheet


# ---- inquiries


@pytest.mark.parametrize(
    ("lang", "after_log", "after_notify"),
    [
        (
            "zh",
            [
                "TS202611-0001（1）：受理",
                "  咨询 · 收费与经费",
                '下一步：complaintctl notify 1 --via phone --note "答复内容"',
            ],
            ["TS202611-0001（1）：答复住户、关闭", "已在 2026-11-20 09:05 关闭。"],
        ),
        (
            "en",
            [
                "TS202611-0001 (1): received",
                "  inquiry · charges",
                'Next: complaintctl notify 1 --via phone --note "ANSWER"',
            ],
            ["TS202611-0001 (1): notified, closed", "Closed at 2026-11-20 09:05."],
        ),
    ],
)
def test_an_inquiry_is_answered_and_nothing_else(clerk, lang, after_log, after_notify):
    told = ("--text", "物业费怎么交", "--kind", "inquiry", "--category", "charges", "--responsibility", "none")
    assert clerk("09:00", "log", *told, "--unit", "3-1-501", lang=lang).out.splitlines() == after_log
    assert clerk("09:01", "today", "--json").data["counts"]["unanswered"] == 1
    assert "list --kind inquiry" in clerk("09:01", "today", lang=lang).out
    for screen in (clerk("09:01", "show", "1", lang=lang).out, clerk("09:01", "why", "1", lang=lang).out):
        assert not re.search(r"assign|resolve|revisit|escalate|DEPARTMENT|部门", screen)
    done = clerk("09:05", "notify", "1", "--via", "phone", "--note", "每月十号前", lang=lang)
    assert done.out.splitlines() == after_notify
    counts = clerk("09:06", "today", "--json").data["counts"]
    assert (counts["open"], counts["unanswered"]) == (0, 0)


# ---- repairs


def test_a_repair_in_json_and_on_the_sheet(clerk):
    facts = ("--text", "水龙头滴水", "--responsibility", "own", "--unit", "3-1-501")
    more = ("--part", "own", "--price", "80元", "--price-told", "--appointment", "11-21 14:00")
    data = clerk("09:00", "log", *facts, *more, "--json").data
    assert data["kind"] == "repair"
    assert data["repair"] == {
        "part": "own",
        "price": "80元",
        "price_told": True,
        "appointment": "2026-11-21T14:00:00+08:00",
        "finish": None,
    }
    data = clerk("09:10", "repair", "1", "--finish", "11-22 18:00", "--json").data
    assert data["repair"]["finish"] == data["agreed_by"] == "2026-11-22T18:00:00+08:00"
    sheet = clerk("09:20", "show", "1", lang="zh").out
    assert "\n报修\n  自用部位\n  费用：80元（已事先告知）\n  约定 2026-11-21 14:00 上门\n" in sheet
    assert "complaintctl record 1 came" in sheet


def test_five_minutes_to_engineering_before_at_and_after(clerk):
    states = []
    for hour in ("14:04", "14:05", "14:06"):
        name = clerk.take("14:00", "--kind", "repair")
        clerk(hour, "assign", name, "工程部")
        states.append(clerk.clocks(name, hour)["H-repair-order"])
    assert states == [(state, "2026-11-20 14:05") for state in ("met", "met", "late")]


def test_an_hour_agreed_stands_in_overdue_and_today_when_nobody_came(clerk):
    name = clerk.take("09:00", "--kind", "repair")
    clerk("09:01", "repair", name, "--appointment", "11:00")
    due = [row["step"] for row in clerk("10:30", "overdue", "--within", "1h", "--all", "--json").data["items"]]
    assert "came" in due

    def late(when):
        return [one for one in clerk(when, "overdue", "--json").data["items"] if one["step"] == "came"]

    assert late("11:00") == []
    [row] = late("11:01")
    assert (row["clause"], row["duty_of"], row["late_by_seconds"]) == ("H5 三(二)1", "department", 60)
    assert "上门" in clerk("11:01", "overdue", "--all", lang="zh").out
    clerk("11:02", "record", name, "came")
    assert late("11:03") == []


def test_the_order_goes_out_with_a_reminder_of_the_price(clerk):
    name = clerk.take("09:00", "--kind", "repair", "--part", "own")
    ran = clerk("09:03", "assign", name, "工程部", "--json")
    assert [one["code"] for one in ran.json["warnings"]] == ["price-not-told"]
    assert "H5 三(二)1" in ran.json["warnings"][0]["message"]
    chinese = clerk("09:04", "assign", name, "维修部", lang="zh").out
    assert '注意：派单前未告知收费标准（H5 三(二)1）：complaintctl repair 1 --price "…" --price-told\n' in chinese


def test_a_fault_of_the_building_is_proposed_with_the_reason(clerk):
    name = clerk.take("09:00", "--kind", "repair", "--responsibility", "unknown")
    data = clerk("09:01", "repair", name, "--part", "building", "--json")
    assert data.data["proposals"] == [
        {"fact": "responsibility", "value": "building", "words": ["building"], "rule": "part"}
    ]
    assert data.data["facts"]["responsibility"] == "building" and data.data["judgement"]["class"] == "2"
    assert "H5 三(二)3" in data.json["warnings"][0]["message"]


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("repair", "1"), 2, "missing-option"),
        (("repair", "1", "--part", "roof"), 2, "bad-value"),
        (("repair", "1", "--appointment", "08:59"), 2, "before-step"),
        (("repair", "2", "--part", "own"), 4, "refused"),
        (("log", "--text", "甲", "--kind", "complaint", "--part", "own"), 2, "usage"),
    ],
)
def test_bad_input_about_a_repair_leaves_no_trace(clerk, words, exit_code, code):
    clerk.take("09:00", "--kind", "repair")
    clerk.take("09:00", "--kind", "complaint")
    before = clerk.digest()
    assert error(clerk("09:05", *words, "--json", code=exit_code))["code"] == code
    assert clerk.digest() == before


# ---- what is never mixed


def test_the_complaints_rates_are_blind_to_every_other_kind(clerk):
    """A month with one complaint, then the same month with many a suggestion, inquiry and repair beside it."""

    def worked(kind, unit):
        name = clerk.take("09:00", "--kind", kind, "--unit", unit)
        if kind in ("complaint", "repair"):
            clerk("09:04", "assign", name, "工程部")
            clerk("09:30", "record", name, "contacted,reply-agreed")
            clerk("10:00", "resolve", name, "好了")
        else:
            clerk("09:10", "record", name, "contacted", "--promise", "09:20")
        clerk("10:10", "notify", name, "--via", "phone", "--note", "已告知")
        if kind in ("complaint", "repair"):
            clerk("11:00", "revisit", name, "--satisfied")

    def figures():
        found = clerk("2026-11-25 09:00", "monthly-report", "2026-11", "--json").data
        rates = {
            one["key"]: (one["numerator"], one["denominator"]) for one in found["figures"] if one["unit"] == "share"
        }
        return rates, {one["value"]: one["received"] for one in found["breakdowns"]["kind"]}

    worked("complaint", "1-1")
    alone, _ = figures()
    assert alone["timely-rate"] == alone["contacted-on-time"] == alone["satisfaction"] == (1, 1)
    for n, kind in enumerate(("suggestion", "inquiry", "suggestion")):
        worked(kind, f"2-{n}")
    among, kinds = figures()
    assert among == alone
    assert kinds == {"complaint": 1, "suggestion": 2, "inquiry": 1}
    worked("repair", "3-1")
    with_repair, kinds = figures()
    assert with_repair.pop("timely-rate") == (2, 2) and alone.pop("timely-rate") == (1, 1)
    assert with_repair == alone
    assert kinds["repair"] == 1
