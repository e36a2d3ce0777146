"""What the invented desk does beside the daily complaints: inspections, visits, a dispute, a suggestion taken up, care.

Written to show each of them once, with something late or missing on purpose: a finding that is still not put right,
and a quarter that went by without its residents' forum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desk_script import Author

FRONT, SECOND, SUPERVISOR, MANAGER = "前台样例甲", "前台样例乙", "主管样例", "经理样例"
OFFICE, REPAIR, CLEAN, GUARD = "客服部(样例)", "工程部(样例)", "环境部(样例)", "秩序部(样例)"


def day(text: str) -> datetime:
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M")


def beside(author: Author) -> None:
    """Write all of it; what lies after the end of the script is left out."""
    for write in (people_and_places, inspections, visits, dispute, suggestion, care, assist):
        write(author)


def people_and_places(author: Author) -> None:
    """Who works here, which department has which matters, which buildings make up an area."""
    step, at = author.step, day("08-01 08:00")
    for name, role, department, area, superior in (
        ("经理样例", "manager", None, None, None),
        ("主管样例", "supervisor", OFFICE, None, "经理样例"),
        ("前台样例甲", "desk", OFFICE, None, "主管样例"),
        ("前台样例乙", "desk", OFFICE, None, "主管样例"),
        ("助理样例甲", "area-assistant", OFFICE, "东区", "主管样例"),
        ("助理样例乙", "area-assistant", OFFICE, "西区", "主管样例"),
        ("维修样例甲", "department-head", REPAIR, None, "经理样例"),
        ("维修样例乙", "department", REPAIR, None, "维修样例甲"),
        ("巡楼样例", "patrol-team", GUARD, None, "主管样例"),
    ):
        told = {"role": role, "department": department, "area": area, "superior": superior}
        step(at, "staff", "staff", MANAGER, name=name, **{key: one for key, one in told.items() if one})
    for department, head, categories in (
        (OFFICE, "主管样例", ["service", "charges", "building", "external", "other"]),
        (REPAIR, "维修样例甲", ["facility", "noise"]),
        (CLEAN, None, ["environment"]),
        (GUARD, None, ["safety", "order", "neighbour"]),
    ):
        step(
            at + timedelta(minutes=5),
            "department",
            "department",
            MANAGER,
            name=department,
            categories=categories,
            **({"head": head} if head else {}),
        )
    for building in range(1, 13):
        area, assistant = ("东区", "助理样例甲") if building <= 6 else ("西区", "助理样例乙")
        step(
            at + timedelta(minutes=10),
            "place",
            "place",
            MANAGER,
            building=str(building),
            area=area,
            assistant=assistant,
            households=100,
        )


def inspections(author: Author) -> None:
    """An irregular inspection, and the quarter's joint one with three findings, one of them late."""
    step = author.step
    step(
        day("08-20 15:00"),
        "inspect-record",
        "i1",
        SUPERVISOR,
        kind="irregular",
        inspectors=["主管样例"],
        items=["cleaning", "facilities"],
        found="楼道整洁,灯具完好",
    )
    step(day("09-10 09:30"), "inspect-plan", "i2", MANAGER, kind="joint", on="2026-09-18", note="三季度联合检查")
    findings = (
        {"text": "3号楼消防通道堆放纸箱", "department": GUARD, "limit": "3 workdays", "place": "3号楼一层"},
        {"text": "地下车库两具灭火器过期", "department": REPAIR, "limit": "2026-09-25", "place": "地下车库"},
        {"text": "7号楼外墙面砖松动,先拉了警戒线", "department": REPAIR, "limit": "2026-10-15", "place": "7号楼北侧"},
    )
    step(
        day("09-18 11:30"),
        "inspect-record",
        "i2",
        MANAGER,
        kind="joint",
        inspectors=["经理样例", "主管样例"],
        items=["staffing", "upkeep", "facilities", "fire-lanes"],
        parties={"committee": ["业委会样例"], "community": ["社区样例"], "company": ["经理样例"]},
        found="总体良好,三处需整改",
        findings=list(findings),
    )
    step(day("09-21 16:00"), "inspect-rectified", "i2", SUPERVISOR, n=1, result="纸箱已清走,住户已劝导")
    step(day("09-22 10:00"), "inspect-recheck", "i2", MANAGER, n=1, passed=True)
    step(day("09-24 17:00"), "inspect-rectified", "i2", SUPERVISOR, n=2, result="灭火器已更换", person="维修样例乙")
    step(day("09-25 10:30"), "inspect-recheck", "i2", MANAGER, n=2, passed=True)


def visits(author: Author) -> None:
    """The director's visits, the areas' rounds, a questionnaire – and no forum in the third quarter."""
    step = author.step
    step(day("08-27 17:00"), "visit-record", "v1", kind="assistant", area="东区", person="助理样例甲", participants=12)
    step(day("09-15 17:00"), "visit-record", "v6", kind="assistant", area="西区", person="助理样例乙", participants=9)
    step(day("09-08 09:00"), "visit-plan", "v2", MANAGER, kind="forum", on="2026-09-29", note="地点:活动室")
    step(
        day("09-25 16:30"),
        "visit-record",
        "v3",
        kind="festival",
        person="前台样例乙",
        participants=40,
        result="中秋游园,收集意见十余条",
        raised=["东门路灯太暗"],
        promise="2026-09-30 18:00",
    )
    step(day("09-29 15:00"), "visit-dealt", "v3", SECOND, n=1, text="已加装一盏路灯")
    step(
        day("10-16 17:30"),
        "visit-record",
        "v4",
        MANAGER,
        kind="director",
        person="经理样例",
        participants=6,
        result="走访六户,总体满意",
        asked=["电梯什么时候大修"],
        reply_by="2026-10-23 18:00",
    )
    step(day("10-22 10:00"), "visit-answered", "v4", MANAGER, n=1, text="维保单位定于明年三月大修")
    step(
        day("10-28 17:00"),
        "visit-record",
        "v5",
        kind="questionnaire",
        person="前台样例乙",
        topic="年度满意度",
        sent=300,
        returned=214,
        satisfied=189,
    )


def dispute(author: Author) -> None:
    """A quarrel about a leak between two homes: negotiated in vain, then mediated."""
    step, key, at = author.step, author.key(), day("10-26 09:20")
    told = {"category": "neighbour", "responsibility": "resident", "channel": "desk", "fault": False}
    home = {"unit": "6-2-302", "name": "样例住户901", "phone": "15400000901"}
    step(at, "log", key, text="楼上卫生间漏水到我家,对方不肯修", against="样例住户902", **told, **home)
    step(at + timedelta(minutes=30), "record", key, SECOND, steps="contacted,verified", note="两家都看过")
    step(
        at + timedelta(hours=1, minutes=40),
        "notify",
        key,
        SECOND,
        via="visit",
        accepted=True,
        note="说明物业只能协调",
    )
    step(at + timedelta(hours=1, minutes=45), "escalate", key, level="supervisor", opinion="先协调,谈不拢再请社区")
    step(at + timedelta(hours=2), "dispute", key, SECOND, route="negotiation", note="约两家当面谈")
    step(at + timedelta(days=1), "dispute", key, SECOND, route="negotiation", outcome="failed", result="费用谈不拢")
    step(
        at + timedelta(days=1, hours=2),
        "dispute",
        key,
        SUPERVISOR,
        route="mediation",
        before="社区调解委员会(样例)",
    )
    step(at + timedelta(days=3), "record", key, SECOND, steps="progress-told", note="调解时间已定")
    step(
        at + timedelta(days=4, hours=5),
        "dispute",
        key,
        SUPERVISOR,
        route="mediation",
        outcome="settled",
        result="楼上负责防水,费用各半",
        evidence={"调解协议.txt": "样例:楼上负责防水,费用各半。"},
    )
    step(at + timedelta(days=4, hours=6), "resolve", key, SUPERVISOR, result="按调解协议施工", person="主管样例")
    step(at + timedelta(days=4, hours=7), "notify", key, SUPERVISOR, via="visit", accepted=True, note="双方认可")


def told_of(steps: Iterable[Mapping[str, Any]], wanted: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any]:
    """Return the first complaint of the script that is as wanted."""
    return next(one for one in steps if one["do"] == "log" and wanted(one))


def suggestion(author: Author) -> None:
    """A suggestion of September is adopted with a plan, carried out, and published with thanks."""
    one = told_of(author.steps, lambda told: told.get("kind") == "suggestion" and told["at"] > "2026-09-01")
    key, at = one["key"], datetime.strptime(one["at"], "%Y-%m-%d %H:%M")
    author.step(at + timedelta(hours=1), "suggestion-told", key, to="经理样例")
    author.step(
        at + timedelta(days=2),
        "suggestion-adopt",
        key,
        MANAGER,
        plan="两周内实施",
        person="维修样例甲",
        until=(at + timedelta(days=16)).strftime("%Y-%m-%d 18:00"),
    )
    author.step(at + timedelta(days=15), "suggestion-publish", key, consent=False, note="公告栏张贴")


def care(author: Author) -> None:
    """A fall on a wet floor becomes a case; what lay about for a month is corrected, prevented and checked."""
    hurt = told_of(author.steps, lambda told: bool(told.get("injury")) and told["at"] < "2026-10-01")
    after = max(step["at"] for step in author.steps if step["key"] == hurt["key"])
    at = datetime.strptime(after, "%Y-%m-%d %H:%M") + timedelta(days=3)
    author.step(
        at.replace(hour=10, minute=0),
        "study",
        hurt["key"],
        SUPERVISOR,
        what="老人在湿滑走廊摔倒",
        cause="拖地后未放警示牌",
        lesson="湿拖必须放牌,高峰时段干拖",
        trained=["环境部全体(样例)"],
    )
    slow = told_of(author.steps, lambda told: told["text"].startswith("中央空调"))
    author.step(
        day("10-05 10:00"),
        "corrective",
        slow["key"],
        MANAGER,
        cause="备件没有库存,采购未跟催",
        correction="加急采购压缩机",
        prevention="关键备件建立最低库存",
        person="维修样例甲",
        until="2026-10-20 18:00",
    )
    author.step(
        day("10-19 11:00"), "corrective", slow["key"], MANAGER, checked="抽查库存台账", effective=True, action=None
    )


def assist(author: Author) -> None:
    """A matter from outside is passed on in writing, and answered."""
    one = told_of(author.steps, lambda told: told["category"] == "external" and told["at"] > "2026-10-01")
    sent = next(step for step in author.steps if step["key"] == one["key"] and step["do"] == "assign")
    at = datetime.strptime(sent["at"], "%Y-%m-%d %H:%M")
    step, key, whom = author.step, one["key"], "市政公司(样例)"
    step(at + timedelta(minutes=20), "record", key, SECOND, steps="passed-on", to=whom, note="去函说明情况")
    step(at + timedelta(minutes=55), "record", key, SECOND, steps="answered", **{"from": whom}, note="答应安排洒水")
