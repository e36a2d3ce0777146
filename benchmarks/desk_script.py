"""Writes the script of an invented desk: complaints and what was done about them, as `desk.play` reads it.

The sample data is `python benchmarks/desk_script.py > sample_data/desk.jsonl`; the benchmark ledgers are longer scripts
of the same make. Residents, homes and staff are invented and say so; phone numbers are of a block (154) that no
network uses. The same seed always gives the same script.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from desk_beside import beside

Step = dict[str, Any]
FIRST_DAY = datetime(2026, 8, 1)
LAST_MOMENT = datetime(2026, 10, 31, 18, 0)
FRONT, SECOND, SUPERVISOR, MANAGER = "前台样例甲", "前台样例乙", "主管样例", "经理样例"


class Matter(NamedTuple):
    """A kind of complaint: what is told, the facts in it, and which department it goes to."""

    text: str
    category: str
    responsibility: str
    department: str
    facts: Mapping[str, Any] = {}
    weight: int = 2


OFFICE = "客服部(样例)"
REPAIR = "工程部(样例)"
CLEAN = "环境部(样例)"
GUARD = "秩序部(样例)"

MATTERS = (
    Matter("{b}号楼{u}单元楼道灯不亮", "facility", "own", REPAIR, {}, 6),
    Matter("{b}号楼电梯按钮失灵,要按好几次", "facility", "own", REPAIR, {"fault": False}, 4),
    Matter("{b}号楼电梯停运,老人下不了楼", "facility", "own", REPAIR, {"outage": True}, 2),
    Matter("电梯里困人,按了报警没人应", "facility", "own", REPAIR, {"danger": True, "fault": True}, 1),
    Matter("地下车库积水漫到车轮", "facility", "own", REPAIR, {"outage": True, "fault": True}, 1),
    Matter("单元门禁坏了,谁都能进", "safety", "own", REPAIR, {"fault": True}, 3),
    Matter("报修水管三次,每次都说明天来", "service", "own", REPAIR, {"fault": True, "repeated": True}, 3),
    Matter("前台接电话态度生硬", "service", "own", OFFICE, {"fault": True}, 3),
    Matter(
        "承诺的暖气检修一直没有做,问过多次", "service", "own", REPAIR, {"promise_broken": True, "repeated": True}, 1
    ),
    Matter("{b}号楼前垃圾桶两天没清", "environment", "own", CLEAN, {"fault": True}, 4),
    Matter("楼道里有异味", "environment", "own", CLEAN, {}, 2),
    Matter("底商油烟飘进家里", "environment", "own", CLEAN, {"fault": True}, 2),
    Matter("水泵半夜嗡嗡响睡不着", "noise", "own", REPAIR, {}, 3),
    Matter("楼下店铺夜里放音乐", "noise", "own", GUARD, {"fault": True}, 2),
    Matter("楼上住户半夜拖桌子", "neighbour", "resident", GUARD, {}, 3),
    Matter("邻居把鞋柜摆在公共走廊", "neighbour", "resident", GUARD, {}, 2),
    Matter("电动车在楼道充电", "safety", "own", GUARD, {"danger": True, "fault": True}, 2),
    Matter("保安夜里不在岗", "safety", "own", GUARD, {"fault": True}, 2),
    Matter("消防通道被车堵住", "order", "own", GUARD, {"fault": True}, 3),
    Matter("外来车辆占了业主车位", "order", "own", GUARD, {"fault": True}, 3),
    Matter("绿地被人圈起来种菜", "order", "own", GUARD, {}, 2),
    Matter("物业费多收了一个月", "charges", "own", OFFICE, {"fault": True}, 3),
    Matter("公共收益没有公示", "charges", "own", OFFICE, {"fault": True}, 2),
    Matter("外墙渗水,卧室墙面起皮", "building", "building", OFFICE, {"damage": True}, 3),
    Matter("交房时窗户就关不严", "building", "building", OFFICE, {}, 3),
    Matter("小区门外道路施工扬尘", "external", "outside", OFFICE, {}, 3),
    Matter("门口公交站夜间报站太响", "external", "outside", OFFICE, {}, 2),
    Matter("市政停水没有提前通知", "external", "outside", OFFICE, {"outage": True}, 1),
    Matter("自家空调滴水,问物业管不管", "other", "self", OFFICE, {}, 2),
    Matter("要求物业帮忙办房产证", "other", "none", OFFICE, {}, 2),
    Matter("走廊地面湿滑,老人摔倒受伤", "safety", "own", CLEAN, {"injury": True, "fault": True}, 1),
    Matter("车被落下的外墙砖砸坏,损失很大", "safety", "own", REPAIR, {"major_loss": True, "danger": True}, 1),
)
REPAIRS = (
    Matter("厨房水龙头滴水", "facility", "own", REPAIR),
    Matter("{b}号楼{u}单元对讲机没声音", "facility", "own", REPAIR),
    Matter("卫生间地漏堵了", "facility", "own", REPAIR),
)
OTHERS = {
    "suggestion": ("建议在儿童区加一盏灯", "谢谢门岗帮忙搬东西", "建议快递柜挪到东门"),
    "inquiry": ("装修押金什么时候退", "车位月租怎么办理", "怎么预约活动室"),
}
CHANNELS = (
    *["desk"] * 6,
    *["phone"] * 8,
    *["wechat"] * 4,
    *["on-site"] * 2,
    "email",
    "letter",
    "box",
    "web",
    "committee",
    "company",
    "group",
    "government",
    "developer",
)
WRITTEN = ("letter", "box", "email", "web", "wechat")


class Author:
    """Writes one script; `random` decides what happens, within what the desk allows."""

    def __init__(self, seed: int, first: datetime, last: datetime) -> None:
        self.random = random.Random(seed)
        self.first, self.last = first, last
        self.steps: list[Step] = []
        self.count = 0

    def step(self, at: datetime, do: str, key: str, by: str = FRONT, **words: Any) -> None:
        """Take down a step, unless it lies after the end of the script."""
        if at <= self.last:
            self.steps.append({"at": at.strftime("%Y-%m-%d %H:%M"), "by": by, "do": do, "key": key, **words})

    def minutes(self, low: int, high: int) -> timedelta:
        return timedelta(minutes=self.random.randint(low, high))

    def at_desk(self, at: datetime) -> datetime:
        """Return the moment, moved to the next morning where nobody works."""
        if at.hour >= 18:
            at = at.replace(hour=8, minute=self.random.randint(30, 59)) + timedelta(days=1)
        elif at.hour < 8:
            at = at.replace(hour=8, minute=self.random.randint(30, 59))
        return at

    def home(self) -> Step:
        building, unit = self.random.randint(1, 12), self.random.randint(1, 3)
        number = self.random.randint(1, 18) * 100 + self.random.randint(1, 4)
        person = self.random.randint(1, 900)
        return {
            "unit": f"{building}-{unit}-{number}",
            "name": f"样例住户{person:03d}",
            "phone": f"1540000{person:04d}",
        }

    def key(self) -> str:
        self.count += 1
        return f"c{self.count:04d}"

    def one(self, at: datetime) -> None:
        """Write one complaint of a chance kind and all that follows."""
        draw = self.random.random()
        if draw < 0.05:
            self.other(at, self.random.choice(("suggestion", "inquiry")))
        elif draw < 0.15:
            self.complaint(at, self.random.choice(REPAIRS), kind="repair")
        else:
            matter = self.random.choices(MATTERS, [matter.weight for matter in MATTERS])[0]
            self.complaint(at, matter, kind="complaint")

    def other(self, at: datetime, kind: str) -> None:
        key = self.key()
        text = self.random.choice(OTHERS[kind])
        self.step(
            at, "log", key, text=text, kind=kind, category="other", responsibility="none", channel="desk", **self.home()
        )
        self.step(self.at_desk(at + self.minutes(10, 600)), "notify", key, via="phone", accepted=True)

    def complaint(self, at: datetime, matter: Matter, **facts: Any) -> None:
        key = self.key()
        home = self.home()
        building, unit = home["unit"].split("-")[:2]
        channel = self.random.choice(CHANNELS)
        told = {"channel": channel, "category": matter.category, "responsibility": matter.responsibility}
        if channel == "letter" and self.random.random() < 0.5:
            home = {}
        if channel in ("phone", "letter", "email") and self.random.random() < 0.2:
            told["heard_at"] = (at - self.minutes(15, 90)).strftime("%Y-%m-%d %H:%M")
        unknown = matter.responsibility in ("own", "outside") and self.random.random() < 0.12
        if unknown:
            told["responsibility"] = "unknown"
        told |= {"fault": False, "danger": False, "outage": False, "repeated": False} | dict(matter.facts) | facts
        self.step(at, "log", key, text=matter.text.format(b=building, u=unit), **told, **home)
        if unknown:
            found = at + self.minutes(20, 400)
            self.step(found, "amend", key, SECOND, responsibility=matter.responsibility)
        self.handle(at, key, matter, told, nameless=not home)

    def handle(self, at: datetime, key: str, matter: Matter, told: Step, *, nameless: bool) -> None:
        if matter.responsibility in ("self", "none"):
            via = "written" if told["channel"] in WRITTEN else "phone"
            if not nameless:
                self.step(
                    self.at_desk(at + self.minutes(10, 150)), "notify", key, via=via, accepted=True, note="已说明"
                )
            else:
                self.step(
                    self.at_desk(at + self.minutes(10, 150)), "resolve", key, result="已张贴说明", outcome="explained"
                )
            return
        slow = self.random.random() < 0.14
        sent = at + (self.minutes(12, 90) if slow else self.minutes(1, 9))
        contacted = at + (self.minutes(130, 600) if slow else self.minutes(15, 110))
        if matter.responsibility != "resident":
            self.step(sent, "assign", key, department=matter.department, person="维修样例甲")
        self.refer(sent, key, told)
        if not nameless:
            steps = "contacted,verified" if matter.responsibility == "resident" else "contacted,reply-agreed,verified"
            self.step(max(contacted, sent), "record", key, SECOND, steps=steps, note="已联系住户")
        if matter.responsibility != "resident" and self.random.random() < 0.5:
            self.step(sent + self.minutes(10, 100), "record", key, SECOND, steps="signed")
        self.finish(max(sent, contacted), key, matter, told, nameless=nameless, late=slow)

    def refer(self, at: datetime, key: str, told: Step) -> None:
        """Refer upwards what must be, mostly in time."""
        if told.get("danger") or told.get("outage") or told.get("damage"):
            self.step(at, "escalate", key, level="department-head", opinion="立即到场")
        if told["channel"] in ("company", "group", "government"):
            self.step(at, "escalate", key, SUPERVISOR, level="manager", opinion="先安抚再处理")
        if told["channel"] in ("desk", "on-site"):
            self.step(at + self.minutes(5, 60), "escalate", key, SUPERVISOR, level="supervisor", opinion="按程序办理")
        if told.get("fault") and told["responsibility"] in ("own", "unknown") and self.random.random() < 0.8:
            self.step(at + self.minutes(5, 45), "escalate", key, SUPERVISOR, level="manager", opinion="限时整改")
        if told.get("injury") or told.get("major_loss") or told.get("promise_broken"):
            self.step(at + self.minutes(30, 200), "escalate", key, SUPERVISOR, level="company", opinion="总经理已知")

    def finish(self, at: datetime, key: str, matter: Matter, told: Step, *, nameless: bool, late: bool) -> None:
        draw = self.random.random()
        if draw < 0.05 and self.left_lying(at):
            return
        if draw < 0.08:
            self.step(at + self.minutes(60, 900), "resolve", key, result="住户撤回", outcome="withdrawn")
            return
        ready = at + self.minutes(15, 120)
        if draw < 0.16 and matter.responsibility != "resident" and not nameless:
            until = at + timedelta(days=self.random.randint(2, 6))
            words = until.strftime("%Y-%m-%d 18:00")
            if draw < 0.12 or matter.responsibility != "own" or late:
                self.step(at, "record", key, SECOND, steps="reply-agreed", agreed_by=words)
            else:
                self.step(at, "extend", key, SUPERVISOR, until=words, reason="等备件", told="电话告知,住户同意")
            ready = until - timedelta(hours=self.random.randint(1, 30))
            self.progress(at, ready, key)
        elif draw < 0.30:
            ready = at + timedelta(hours=self.random.randint(8, 140))
            self.progress(at, ready, key)
        elif matter.responsibility in ("building", "outside"):
            ready = at + self.minutes(60, 500)
        self.answer(self.at_desk(max(ready, at)), key, matter, told, nameless=nameless)

    def left_lying(self, at: datetime) -> bool:
        """Say whether a thing may stay undone: seldom in the past, for sooner or later somebody notices."""
        return self.last - at < timedelta(days=15) or self.random.random() < 0.15

    def progress(self, at: datetime, ready: datetime, key: str) -> None:
        """Tell how it stands every second day until it is ready."""
        word = at + timedelta(days=2)
        while word < ready:
            self.step(self.at_desk(word), "record", key, SECOND, steps="progress-told", note="备件在途")
            word = self.at_desk(word) + timedelta(days=2)

    def answer(self, at: datetime, key: str, matter: Matter, told: Step, *, nameless: bool) -> None:
        outcome = "passed-on" if matter.responsibility in ("building", "outside") else "solved"
        if outcome == "solved" and self.random.random() < 0.06:
            outcome = "partly"
        self.step(at, "resolve", key, SECOND, result="已处理完毕", outcome=outcome, person="维修样例甲")
        if told["channel"] == "developer":
            self.step(at + self.minutes(20, 600), "record", key, steps="reported-developer")
        if nameless:
            return
        told_at = self.at_desk(at + (self.minutes(1500, 2500) if self.random.random() < 0.08 else self.minutes(5, 120)))
        via = "written" if told["channel"] in WRITTEN else self.random.choice(("phone", "phone", "visit"))
        if self.random.random() < 0.05:
            self.step(told_at, "notify", key, via=via, accepted=False, note="住户说还是不行")
            self.again(told_at, key, via, matter)
            return
        self.step(told_at, "notify", key, via=via, accepted=True, note="住户认可")
        self.revisit(told_at, key, via, matter)

    def revisit(self, at: datetime, key: str, via: str, matter: Matter) -> None:
        visit = self.at_desk(at + timedelta(days=self.random.choice((1, 1, 2, 2, 3, 5))))
        draw = self.random.random()
        if draw < 0.05:
            self.step(visit, "revisit", key, SECOND, answer="dissatisfied", note="又坏了", person="巡楼样例")
            self.again(visit, key, via, matter)
        elif draw < 0.12:
            promise = (visit + timedelta(days=2)).strftime("%Y-%m-%d 18:00")
            self.step(visit, "revisit", key, SECOND, answer="satisfied", raised="楼下垃圾桶挡路", promise=promise)
            self.step(visit + self.minutes(200, 3500), "record", key, SECOND, steps="matters-dealt-with", note="已移走")
        elif draw < 0.2:
            self.step(visit, "revisit", key, SECOND, answer="no-answer", person="巡楼样例")
        elif draw < 0.93 or not self.left_lying(visit):
            self.step(visit, "revisit", key, SECOND, answer="satisfied", person="巡楼样例")

    def again(self, at: datetime, key: str, via: str, matter: Matter) -> None:
        """Write a second round, handled by the supervisor."""
        if matter.responsibility != "resident":
            self.step(
                at + self.minutes(2, 8), "assign", key, SUPERVISOR, department=matter.department, person="维修样例乙"
            )
        self.step(at + self.minutes(20, 100), "record", key, SUPERVISOR, steps="contacted,reply-agreed,verified")
        done = self.at_desk(at + self.minutes(120, 230))
        self.step(done, "resolve", key, SUPERVISOR, result="换新件,当面试过", person="维修样例乙")
        told_at = self.at_desk(done + self.minutes(5, 60))
        self.step(told_at, "notify", key, SUPERVISOR, via=via, accepted=True, note="住户认可")
        self.step(self.at_desk(told_at + timedelta(days=2)), "revisit", key, SUPERVISOR, answer="satisfied")

    def collective(self, at: datetime, text: str, households: int) -> None:
        """Write one event that several households complain of, each answered by a visit."""
        keys = []
        for number in range(households):
            key, received = self.key(), at + timedelta(minutes=9 * number)
            keys.append(key)
            told = {"category": "facility", "responsibility": "own", "outage": True, "fault": True, "channel": "phone"}
            self.step(received, "log", key, text=text, **told, **self.home())
            self.step(received + timedelta(minutes=4), "assign", key, department=REPAIR)
            self.step(received + timedelta(minutes=5), "escalate", key, level="department-head")
        fifth = at + timedelta(minutes=9 * (households - 1))
        self.step(fifth + timedelta(minutes=6), "link", keys[0], keys=keys)
        self.step(
            fifth + timedelta(minutes=8), "escalate", keys[0], MANAGER, level="company", opinion="经理到场,已报公司"
        )
        for number, key in enumerate(keys):
            if number:
                self.step(fifth + timedelta(minutes=8), "escalate", key, MANAGER, level="manager")
            self.step(fifth + timedelta(minutes=20), "record", key, SECOND, steps="contacted,reply-agreed,verified")
            self.step(fifth + timedelta(minutes=150), "resolve", key, SECOND, result="水泵已更换", person="维修样例甲")
            self.step(fifth + timedelta(minutes=170 + 10 * number), "notify", key, SECOND, via="visit", accepted=True)
            self.step(fifth + timedelta(days=2, minutes=number), "revisit", key, SECOND, answer="satisfied")
        self.step(fifth + timedelta(days=1), "record", keys[0], MANAGER, steps="special-report", note="已填写")

    def to_the_top(self, at: datetime) -> None:
        """Write one that stays unsolved for more than a month and climbs the whole ladder."""
        key = self.key()
        told = {"category": "facility", "responsibility": "own", "fault": True, "channel": "phone"}
        self.step(at, "log", key, text="中央空调制冷一直不行", **told, **self.home())
        self.step(at + timedelta(minutes=6), "assign", key, department=REPAIR, person="维修样例甲")
        self.step(at + timedelta(minutes=50), "escalate", key, SUPERVISOR, level="manager", opinion="限期修复")
        self.step(at + timedelta(minutes=80), "record", key, SECOND, steps="contacted,reply-agreed,verified")
        self.step(at + timedelta(hours=5), "escalate", key, SUPERVISOR, level="supervisor", opinion="已逾期,督办")
        self.progress(at + timedelta(hours=2), at + timedelta(days=40), key)
        self.step(
            self.at_desk(at + timedelta(days=31)), "escalate", key, MANAGER, level="company", opinion="总经理过问"
        )
        done = self.at_desk(at + timedelta(days=40))
        self.step(done, "resolve", key, SECOND, result="压缩机已更换", person="维修样例甲")
        self.step(done + timedelta(hours=1), "notify", key, SECOND, via="visit", accepted=True)
        self.step(done + timedelta(days=2), "revisit", key, SECOND, answer="satisfied", person="巡楼样例")

    def from_the_start(self, at: datetime) -> None:
        """Write one whose cause turns out to have lain outside all along."""
        key = self.key()
        self.step(
            at,
            "log",
            key,
            text="家里水压太小",
            category="facility",
            responsibility="own",
            channel="phone",
            **self.home(),
        )
        self.step(at + timedelta(minutes=5), "assign", key, department=REPAIR)
        self.step(at + timedelta(minutes=60), "record", key, SECOND, steps="contacted,reply-agreed,verified")
        self.step(
            at + timedelta(hours=6),
            "amend",
            key,
            SECOND,
            responsibility="outside",
            from_the_start=True,
            reason="市政管网",
        )
        self.step(at + timedelta(days=1), "resolve", key, SECOND, result="水务公司已调压", outcome="passed-on")
        self.step(at + timedelta(days=1, hours=1), "notify", key, SECOND, via="phone", accepted=True, note="认可")
        self.step(at + timedelta(days=3), "revisit", key, SECOND, answer="satisfied")

    def never_satisfied(self, at: datetime) -> None:
        """Write one that is closed without agreement after the second round."""
        key = self.key()
        told = {"category": "charges", "responsibility": "own", "fault": False, "channel": "phone"}
        self.step(at, "log", key, text="要求退还三年物业费", **told, **self.home())
        self.step(at + timedelta(minutes=5), "assign", key, department=OFFICE)
        self.step(at + timedelta(minutes=60), "record", key, SECOND, steps="contacted,reply-agreed,verified")
        self.step(at + timedelta(hours=3), "resolve", key, SECOND, result="逐项核对,收费无误", outcome="explained")
        self.step(at + timedelta(hours=4), "notify", key, SECOND, via="phone", accepted=False, note="不接受")
        self.step(at + timedelta(hours=4, minutes=5), "assign", key, SUPERVISOR, department=OFFICE, person="主管样例")
        self.step(at + timedelta(hours=5), "record", key, SUPERVISOR, steps="contacted,reply-agreed,verified")
        self.step(
            at + timedelta(hours=6),
            "resolve",
            key,
            SUPERVISOR,
            result="再次核对,无误",
            outcome="explained",
            person="主管样例",
        )
        self.step(at + timedelta(hours=7), "close", key, MANAGER, reason="未能达成一致,已指明调解和诉讼途径")

    def script(self, per_day: float, *, events: bool = True) -> list[Step]:
        """Return the whole script, ordered by time."""
        day = self.first
        while day < self.last:
            busy = per_day * (0.5 if day.weekday() >= 5 else 1.2)
            for _ in range(int(busy) + (self.random.random() < busy % 1)):
                self.one(day + timedelta(minutes=self.random.randint(8 * 60, 20 * 60)))
            day += timedelta(days=1)
        if events:
            self.collective(datetime(2026, 9, 8, 9, 30), "顶楼停水,打了几次电话", 7)
            self.collective(datetime(2026, 10, 20, 10, 0), "车库入口道闸坏了出不去", 5)
            self.to_the_top(datetime(2026, 9, 3, 10, 0))
            self.from_the_start(datetime(2026, 9, 16, 9, 0))
            self.from_the_start(datetime(2026, 10, 14, 9, 0))
            self.never_satisfied(datetime(2026, 10, 12, 9, 0))
            beside(self)
        order = sorted(range(len(self.steps)), key=lambda index: (self.steps[index]["at"], index))
        return [self.steps[index] for index in order]


def sample() -> list[Step]:
    """Return the script of the sample data: three months of one small site."""
    return Author(2026, FIRST_DAY, LAST_MOMENT).script(3.2)


def lines(steps: list[Step]) -> Iterator[str]:
    """Yield the script as JSON Lines."""
    for step in steps:
        yield json.dumps(step, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines(sample()))
