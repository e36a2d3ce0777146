"""A complaint's whole life as a clerk lives it at a terminal, in Chinese, through tmux: what is on the screen.

A lamp, taken down through the questions, dispatched late, mended, answered, asked about again, and closed.
"""

import shutil
from typing import Any


def test_a_whole_life_at_a_terminal_in_chinese(clerk: Any, begun: Any, tmux: Any) -> None:
    # The office began this very month: no quarter has gone by without what it owed.
    shutil.copy(begun("site-standard", "2026-11-02"), clerk.ledger)
    screen = tmux(100)
    assert "没有逾期" in screen.type("at 08:55")

    screen.type("at 09:00 log", "发生了什么？")
    screen.type("3号楼楼道灯坏了，晚上看不见路，请派人来修", "房号？")
    screen.type("3-1-501", "投诉人姓名？")
    screen.type("张三丰", "联系电话？")
    screen.type("15400005678", "受理渠道？")
    screen.type("电话", "发生在哪里？")
    shown = screen.type(".", "保存吗？")
    assert "由文字读出" in shown and "设施维修" in shown
    shown = screen.press("Enter")
    assert "TS202611-0001（1）" in shown
    assert "轻重：" in shown and "R 四.3" in shown and "期限 2026-11-20 09:05" in shown
    assert "下一步：complaintctl assign 1 部门" in shown

    screen.clear()
    shown = screen.type("at 09:08 overdue")
    assert "TS202611-0001" in shown and "派单" in shown and "2026-11-20 09:05" in shown and "3分" in shown
    screen.clear()
    shown = screen.type("at 09:09 assign 1 工程部 --person 李四")
    assert "按时：派单" in shown
    assert "H5 三(二)" in shown and "下一步：complaintctl resolve 1" in shown
    screen.clear()
    shown = screen.type('at 09:20 record 1 contacted "今天修好" --promise 今天18:00')
    assert "--promise：读作 2026-11-20 18:00" in shown and "2026-11-20 18:00" in shown
    screen.clear()
    shown = screen.type("at 09:25 resolve 1")
    assert "缺少" in shown and "complaintctl resolve --help" in shown and "终端" not in shown
    shown = screen.type('at 10:00 resolve 1 "灯泡已换"')
    assert "下一步：complaintctl notify 1 --via phone --accepted" in shown
    screen.clear()
    shown = screen.type('at 10:05 notify 1 --via phone --accepted --note "住户在外，电话表示满意"')
    assert "期限 2026-11-23 24:00" in shown and "下一步：complaintctl revisit 1 --satisfied" in shown
    screen.clear()
    shown = screen.type("at 10:06")
    assert "TS202611-0001" in shown and "2026-11-23 24:00" in shown

    screen.clear()
    shown = screen.type("at 10:10 show 1")
    assert "张*" in shown and "154****5678" in shown and "张三丰" not in shown and "15400005678" not in shown
    screen.clear()
    shown = screen.type("at 2026-11-22 10:00 revisit 1 --satisfied --by 陈")
    assert "2026-11-22 10:00" in shown and "关闭" in shown
    screen.clear()
    shown = screen.type("at 2026-11-22 10:01 list")
    assert "TS202611-0001" not in shown.partition("list")[2]
    shown = screen.type("at 2026-11-22 10:02 resolve 1 x")
    assert "2026-11-22 10:00" in shown and "complaintctl reopen 1" in shown
    assert "4" in screen.type("echo $?").splitlines()[-2]

    data = clerk("2026-11-22 10:05", "show", "1", "--json").data
    assert (data["stage"], data["department"]) == ("closed", "工程部")
    late = {one["id"] for one in data["clocks"] if one["state"] in ("late", "missed")}
    assert late == {"H-repair-order"}
