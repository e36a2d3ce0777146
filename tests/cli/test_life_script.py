"""A complaint's whole life as a script lives it: commands and JSON, in English, on a fixed clock.

A guard was rude. The complaint is important, runs over its four hours, is extended too late, goes up the ladder, is
answered, not accepted, handled once more by the supervisor, accepted, revisited and closed; every due moment is
reckoned by hand.
"""

from typing import Any

TELL = (
    *("log", "--text", "保安骂人,态度恶劣", "--unit", "3-2-501", "--name", "张三丰", "--phone", "15400005678"),
    *("--kind", "complaint", "--channel", "phone", "--category", "service", "--responsibility", "own", "--fault"),
)


def states(data: Any, *ids: str) -> dict[str, tuple[str, str | None, bool]]:
    """Return state, due moment and whether it governs of each clock asked for (`id/round`)."""
    found = {f"{one['id']}/{one['round']}": (one["state"], one["shown"], one["governs"]) for one in data["clocks"]}
    return {name: found[name] for name in ids}


def overdue(clerk: Any, when: str) -> list[tuple[str, str, int, str | None]]:
    items = clerk(when, "overdue", "--json").data["items"]
    return [(one["step"], one["due_at"][5:16], one["late_by_seconds"], one["next_rung"]) for one in items]


def test_a_whole_life_through_json(clerk: Any) -> None:
    data = clerk("14:00", *TELL, "--json").data
    assert data["judgement"] == {
        **{"category": "service", "severity": "important", "class": "1", "validity": "valid"},
        **{"urgency": "general", "collective": False, "repeat": False},
    }
    reasons = {one["facet"]: (one["pack"], one["clause"]) for one in data["reasons"]}
    assert reasons["severity"] == ("resident-standard", "R 四.3(2)")
    assert reasons["validity"] == ("service-code", "C 4.1.1")
    assert states(data, "R-dispatched-10min/1", "R-referred-important/1", "C-contacted-2h/1", "Q-class-1/1") == {
        "R-dispatched-10min/1": ("running", "2026-11-20 14:10", True),
        "R-referred-important/1": ("running", "2026-11-20 15:00", True),
        "C-contacted-2h/1": ("running", "2026-11-20 16:00", True),
        "Q-class-1/1": ("waiting", None, False),
    }

    data = clerk("14:08", "assign", "1", "秩序部", "--person", "李队长", "--at", "14:06", "--json").data
    assert data["department"] == "秩序部"
    assert states(data, "R-dispatched-10min/1", "Q-class-1/1", "R-referred-major/1") == {
        "R-dispatched-10min/1": ("met", "2026-11-20 14:10", True),
        "Q-class-1/1": ("running", "2026-11-20 18:06", True),
        "R-referred-major/1": ("waiting", "2026-12-21 24:00", False),
    }

    data = clerk("14:50", "escalate", "1", "manager", "--opinion", "停岗核查", "--json").data
    assert states(data, "R-referred-important/1") == {"R-referred-important/1": ("met", "2026-11-20 15:00", True)}

    promise = ("--promise", "today 20:00")
    data = clerk("15:00", "record", "1", "contacted,verified", "双方核实", *promise, "--json").data
    assert data["promised_by"] == "2026-11-20T20:00:00+08:00"
    assert states(data, "C-contacted-2h/1", "H-verified-same-day/1", "C-word-given/1", "C-reply-agreed-2h/1") == {
        "C-contacted-2h/1": ("met", "2026-11-20 16:00", True),
        "H-verified-same-day/1": ("met", "2026-11-20 24:00", True),
        "C-word-given/1": ("running", "2026-11-20 20:00", False),
        "C-reply-agreed-2h/1": ("met", "2026-11-20 16:00", True),
    }

    assert overdue(clerk, "18:06") == []
    assert overdue(clerk, "18:30") == [
        ("resolved", "11-20T18:06", 1440, "supervisor"),
        ("referred", "11-20T18:16", 840, "supervisor"),
    ]
    late = ("extend", "1", "--until", "11-23 18:00", "--reason", "调监控", "--told", "电话")
    error = clerk("18:30", *late, "--json", code=4).json["error"]
    assert (error["rule"], error["clause"]) == ("too-late", "H4 五.3")
    data = clerk("18:40", "escalate", "1", "2", "--json").data
    assert states(data, "Q-late/1", "Q-late-silent/1") == {
        "Q-late/1": ("late", "2026-11-20 18:16", True),
        "Q-late-silent/1": ("running", "2026-11-22 24:00", True),
    }

    data = clerk("19:00", "resolve", "1", "当班保安道歉并调岗", "--cause", "培训不足", "--json").data
    assert (data["stage"], data["outcome"]) == ("resolved", "solved")
    assert states(data, "Q-class-1/1", "R-form-returned/1", "R-signed/1", "Q-late-silent/1") == {
        "Q-class-1/1": ("late", "2026-11-20 18:06", True),
        "R-form-returned/1": ("met", "2026-11-20 24:00", True),
        "R-signed/1": ("lifted", None, False),
        "Q-late-silent/1": ("lifted", "2026-11-22 24:00", False),
    }
    assert states(data, "promised/1", "C-notified/1")["promised/1"] == ("running", "2026-11-20 20:00", True)

    data = clerk("19:30", "notify", "1", "--via", "visit", "--not-accepted", "--note", "要求书面道歉", "--json").data
    assert (data["stage"], data["round"], data["judgement"]["repeat"]) == ("open", 2, True)
    assert states(data, "promised/1", "R-dispatched-10min/2", "C-contacted-2h/2") == {
        "promised/1": ("met", "2026-11-20 20:00", True),
        "R-dispatched-10min/2": ("running", "2026-11-20 19:40", True),
        "C-contacted-2h/2": ("running", "2026-11-20 21:30", True),
    }

    clerk("19:35", "assign", "1", "秩序部")
    data = clerk("19:50", "record", "1", "reply-agreed", "--agreed-by", "11-23 12:00", "--json").data
    assert data["agreed_by"] == "2026-11-23T12:00:00+08:00"
    assert states(data, "agreed/2", "Q-class-1/2") == {
        "agreed/2": ("running", "2026-11-23 12:00", True),
        "Q-class-1/2": ("replaced", "2026-11-20 23:35", False),
    }
    clerk("20:10", "escalate", "1", "经理", "--at", "20:05")
    clerk("20:20", "record", "1", "verified,planned", "经理约谈")
    clerk("2026-11-22 16:00", "resolve", "1", "书面道歉已送达", "--person", "主管王")
    clerk("2026-11-22 16:30", "notify", "1", "--via", "visit", "--accepted")
    data = clerk("2026-11-24 10:00", "revisit", "1", "--satisfied", "--raised", "门岗无灯", "--by", "陈", "--json").data
    assert (data["stage"], data["closed_at"]) == ("closed", "2026-11-24T10:00:00+08:00")
    assert states(data, "H-matters/2") == {"H-matters/2": ("running", "2026-11-27 24:00", True)}
    clerk("2026-11-25 09:00", "record", "1", "matters-dealt-with", "已装灯")
    clerk("2026-11-25 09:10", "record", "1", "case-study,training,reviewed", "月度案例")

    data = clerk("2026-11-25 09:20", "show", "1", "--json").data
    assert {one["id"] for one in data["clocks"] if one["state"] in ("late", "missed")} == {"Q-class-1", "Q-late"}
    assert not [one for one in data["clocks"] if one["state"] in ("running", "overdue")]
    assert [one["kind"] for one in data["timeline"]] == [
        *("logged", "assigned", "referred", "recorded", "referred", "resolved", "notified", "assigned", "recorded"),
        *("referred", "recorded", "resolved", "notified", "revisited", "recorded", "recorded"),
    ]
    assert data["timeline"][1]["at"] == "2026-11-20T14:06:00+08:00"
    assert data["timeline"][1]["recorded_at"] == "2026-11-20T14:08:00+08:00"

    items = clerk("2026-11-25 09:20", "list", "--all", "--json").data["items"]
    assert [(one["number"], one["stage"], one["round"]) for one in items] == [("TS202611-0001", "closed", 2)]
    figures = {
        one["key"]: one for one in clerk("2026-12-01 09:00", "monthly-report", "2026-11", "--json").data["figures"]
    }
    assert (figures["received"]["value"], figures["closed"]["value"], figures["open-end"]["value"]) == (1, 1, 0)
    assert (figures["timely-rate"]["numerator"], figures["timely-rate"]["denominator"]) == (0, 1)
    assert figures["reopened"]["value"] == 1 and figures["revisit-handling-rate"]["numerator"] == 1
    verified = clerk("2026-11-25 09:30", "verify", "--json").data
    assert verified["findings"] == [] and verified["entries"] == 3 + 16
    assert clerk("2026-11-25 09:30", "verify", "--anchor", f"{verified['seq']}:{verified['hash']}").code == 0
