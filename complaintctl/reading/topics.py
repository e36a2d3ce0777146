"""Words about the matters that residents complain of: which mean the same, and which say little because all say them.

Only what is needed for noticing that two complaints speak of one thing; what a text means is the lexicon's business.
"""

from __future__ import annotations

#: What comes to all buildings through one main: if it fails, it fails for the whole site.
SUPPLIES = ("停水", "停电", "停气", "停暖", "停热", "断网", "水压", "浑水")

_SAME = {
    "停水": "没有水 没水 断水 无水 水停 不来水 没来水",
    "停电": "没有电 没电 断电 无电 跳闸",
    "停气": "没有气 没气 断气 没燃气 燃气停 没煤气",
    "停暖": "没暖气 没有暖气 暖气不热 暖气没热 没供暖 没有供暖",
    "停热水": "没有热水 没热水 热水没有 热水一直没有 不出热水",
    "断网": "没有网 没网 网断 上不了网 网络断",
    "浑水": "水发黄 黄水 水很浑 水浑 水黄",
    "水压": "水小 水流小 水很小",
    "漏水": "渗水 渗漏 滴水 漏雨",
    "噪音": "噪声 吵闹 扰民 很吵 太吵 吵得",
    "臭味": "恶臭 很臭 太臭 发臭 臭气 异味 味道 气味",
    "涨价": "涨了 上涨 提价 加价 上调",
    "停车": "车位 泊车",
    "楼顶": "顶楼 顶层",
    " ": "单元 号楼",
}
#: (what is said, the one word that stands for it), longer ones first, so that 没有热水 is not read as 没有 and 热水.
ONE_MEANING = tuple(
    sorted(
        ((said, same) for same, words in _SAME.items() for said in words.split()), key=lambda one: (-len(one[0]), one)
    )
)
#: A thing that fails, and the words near behind it that say so, whatever stands between.
FAILING = {"电梯": ("坏", "停", "不动", "不能", "用不了", "故障", "卡", "困", "失灵", "没反应", "打不开", "不走")}
#: What stands right behind a thing where something else beside or inside it is meant.
BESIDE = ("里", "内", "厅", "间", "口", "旁", "门口", "广告")
#: A rise, and what rises, whichever is said first.
RISING = ("物业费", "管理费", "停车费", "水费", "电费")


def _listed(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


#: Pairs that name a place or a thing of the whole site: 车库, 快递柜, 充电桩 …
SHARED = _listed(
    "车库 车场 车棚 大门 北门 南门 东门 西门 正门 侧门 道闸 岗亭 围墙 递柜 电桩 路灯 圾房 圾站",
    "广场 花园 绿化 泳池 游乐 健身 会所 水景",
)
#: Pairs that many complaints have: in common they say little.
WEAK = _listed(
    "噪音 音大 声音 漏水 垃圾 臭味 态度 度差 停车 装修 保安 保洁 楼道 电动 动车 车辆 业费 电梯 梯里 不亮 灯不 坏了"
)
#: Pairs and words that stand in complaints of any kind.
COMMON = _listed(
    "物业 业主 小区 投诉 希望 处理 解决 家里 居民 住户 大家 邻居 楼上 楼下 管理 服务 公司 师傅 工作 人员",
    "今天 昨天 前天 昨晚 今早 晚上 早上 上午 下午 中午 半夜 现在 最近 马上 赶紧 时间 时候 一直 一下 多次 几次 再次",
    "反映 尽快 什么 怎么 还是 非常 严重 影响 没人 无人 人管 不管 觉得 要求 问题 情况 正常 生活 安排 检查 看看 维修",
    "不知 知道 为何 为什 么时",
    "the and for not was has are our out can you all but its his her too had did who how any now one two",
    "that this there with from have been they their please again still very what when which about",
)
#: Characters that only join others, count, or number a home.
JOINING = (
    "的了是在我你您他她它们这那就都也很太又还着吗呢吧啊呀请把被让和与及个有说去来到之其已再最才却但而或要可该从于"
    "一二三四五六七八九十百两几栋幢座层号"
)
